"""Rows of several files that say the same of an order: overlapping reports hold many, and there is nothing to settle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from poa.orders import CLOCKS, DATES, NAMES, Mask, Numbers

Places = Numbers

# What counts of a row, beside where it stands.
_SAID = ("item", "told", "open", "ships", *NAMES, *DATES, *CLOCKS)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Copies:
    """The orders of which each of several files has one row, all equal: rows by their place in the table.

    ``again`` are the rows that say what the first of their order said before, ``first`` is the row that each of them repeats.
    ``alike`` marks both kinds, ``listed`` are the first rows of orders that a file lists which lists every order.
    """

    alike: Mask
    again: Places
    first: Places
    listed: Places


def copies_of(rows: pd.DataFrame, twice: Mask) -> Copies:
    """The copies among the rows of orders with several rows, which ``twice`` marks; files stand in their order.

    An order that is told twice in one file, or confirmed by a row that leaves it open, is none of them.
    """
    at = np.flatnonzero(twice)
    at = at[np.argsort(rows["key"].to_numpy()[at], kind="stable")]
    key, file = rows["key"].to_numpy()[at], rows["file"].to_numpy()[at]
    begins = np.r_[True, key[1:] != key[:-1]]
    starts = np.flatnonzero(begins)
    confirmed, told, opened = (rows[name].to_numpy()[at] for name in ("confirmed", "told", "open"))
    like = ~confirmed | (told & ~opened)
    like[1:] &= begins[1:] | (file[1:] != file[:-1])
    for name in _SAID:
        if name in rows:
            values = _numbers(rows[name])[at]
            like[1:] &= begins[1:] | (values[1:] == values[:-1])
    length = np.diff(np.r_[starts, len(at)])
    whole = np.logical_and.reduceat(like, starts)
    of_whole = np.repeat(whole, length)
    alike = np.zeros(len(rows), dtype=bool)
    alike[at] = of_whole
    listed = np.logical_or.reduceat(rows["listed"].to_numpy()[at], starts)
    again = of_whole & ~begins
    return Copies(
        alike=alike,
        again=at[again],
        first=np.repeat(at[starts], length)[again],
        listed=at[starts[whole & listed]],
    )


def _numbers(column: pd.Series[Any]) -> npt.NDArray[np.generic]:
    """A column as numbers that are equal where its values are, gaps included."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy()
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_localize(None).astype(np.int64)
    found: npt.NDArray[np.generic] = column.to_numpy()
    return found
