"""The counted orders of history and window, gathered by what they share: supplier, carrier and SKU.

Each dimension is a partition, so sums are exact: every order is in one group of each, blank names and
orders with several names included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from poa.orders import ALL_ORDERS, NOT_STATED, SEVERAL, Mask, Numbers

Dimension: TypeAlias = Literal["account", "supplier", "carrier", "sku"]
DIMENSIONS: tuple[Dimension, ...] = ("account", "supplier", "carrier", "sku")  # ties fall in this order

_SLICE = 1 << 20  # orders at a time

Codes: TypeAlias = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Cells:
    """Orders as cells.

    ``cell``, ``day`` (whole days from the first one) and ``late`` are of each order; ``group`` says of each
    cell in which group of a dimension it is, ``names`` what those are called.
    ``window`` is the first day of the window; the days before it are history, down to 0. ``nameless``
    holds names that are none, such as those of a blank: they are counted like any, and never a cause.
    ``weight`` says how many orders each place stands for; None where it is one everywhere.
    """

    cell: npt.NDArray[np.int32]
    day: npt.NDArray[np.int16]
    late: Mask
    group: Mapping[Dimension, Codes]
    names: Mapping[Dimension, tuple[str, ...]]
    nameless: frozenset[str]
    window: int
    end: int
    weight: Numbers | None = None

    def count(self, chosen: Mask) -> int:
        """How many orders are chosen."""
        return int(np.count_nonzero(chosen) if self.weight is None else self.weight[chosen].sum())

    def _tally(self, number: npt.NDArray[Any], part: slice, chosen: Mask, *, size: int) -> Numbers:
        """How many of the chosen orders of a part have each number."""
        weights = None if self.weight is None else self.weight[part][chosen]
        return np.bincount(number, weights=weights, minlength=size).astype(np.int64, copy=False)

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions that tell orders apart, and the account."""
        return tuple(name for name in DIMENSIONS if name in self.group)

    def counts(self, first: int, last: int, *, block: int = 0) -> tuple[Numbers, Numbers]:
        """Orders and late orders of each cell (rows) on these days.

        Columns are blocks of so many days, the last one whole; one column where ``block`` is 0.
        """
        width = max(1, block or last - first + 1)
        columns = max(0, last - first) // width + 1
        shape = (len(self.group["account"]), columns)
        orders, late = (
            np.zeros(shape[0] * columns, dtype=np.int64),
            np.zeros(shape[0] * columns, dtype=np.int64),
        )
        for start in range(0, len(self.day), _SLICE):  # what lies between is larger than the counts
            part = slice(start, start + _SLICE)
            day, struck = self.day[part], self.late[part]
            inside = (day >= first) & (day <= last)
            block_of = columns - 1 - (last - day[inside].astype(np.int64)) // width
            at = self.cell[part][inside].astype(np.int64) * columns + block_of
            orders += self._tally(at, part, inside, size=len(orders))
            late += self._tally(at[struck[inside]], part, inside & struck, size=len(late))
        return orders.reshape(shape), late.reshape(shape)

    def gathered(self, dimension: Dimension, per_cell: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """What stands at each cell (rows), summed for each group of a dimension, column by column."""
        columns = per_cell.shape[1]
        at = self.group[dimension][:, None] * columns + np.arange(columns)
        size = len(self.names[dimension]) * columns
        summed = np.bincount(at.ravel(), weights=per_cell.ravel(), minlength=size).astype(np.float64)
        return summed.reshape(-1, columns)

    def nameable(self, dimension: Dimension) -> Mask:
        """Which groups can be named at all: a blank is no supplier, and several are not one."""
        return np.array([name not in self.nameless for name in self.names[dimension]], dtype=bool)

    def members(self, dimension: Dimension, group: int) -> Mask:
        """Which orders are in a group."""
        inside: Mask = (self.group[dimension] == group)[self.cell]
        return inside

    def per_day(self, members: Mask) -> tuple[Numbers, Numbers]:
        """Orders and late orders of each day, of the chosen orders."""
        orders, late = np.zeros(self.end + 1, dtype=np.int64), np.zeros(self.end + 1, dtype=np.int64)
        for start in range(0, len(self.day), _SLICE):
            part = slice(start, start + _SLICE)
            day, chosen = self.day[part], members[part]
            struck = chosen & self.late[part]
            orders += self._tally(day[chosen], part, chosen, size=len(orders))
            late += self._tally(day[struck], part, struck, size=len(late))
        return orders, late


def cells_of(
    names: Mapping[Dimension, pd.Series[str]],
    *,
    day: npt.NDArray[np.integer[Any]],
    late: Mask,
    window: int,
    end: int,
    nameless: frozenset[str] = frozenset({NOT_STATED, SEVERAL}),
    weight: Numbers | None = None,
) -> Cells:
    """Gather orders; ``names`` are categories of each order, by dimension, days are whole numbers."""
    cell, distinct = _factorized(list(names.values()), len(day))
    rest = distinct
    group: dict[Dimension, Codes] = {"account": np.zeros(len(distinct), dtype=np.intp)}
    called: dict[Dimension, tuple[str, ...]] = {"account": (ALL_ORDERS,)}
    for dimension, column in reversed(list(names.items())):
        known = column.cat.categories
        group[dimension], called[dimension] = _by_name(rest % len(known), known)
        rest = rest // len(known)
    # In the order of their names: no figure may depend on which row came first.
    order = np.lexsort([group[name] for name in DIMENSIONS if name in group])
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order))
    return Cells(
        cell=place.astype(np.int32)[cell],
        day=day.astype(np.int16),
        late=late,
        group={name: group[name][order] for name in DIMENSIONS if name in group},
        names={name: called[name] for name in DIMENSIONS if name in called},
        nameless=nameless,
        window=window,
        end=end,
        weight=weight,
    )


def _factorized(columns: Sequence[pd.Series[str]], rows: int) -> tuple[npt.NDArray[np.int32], Numbers]:
    """Which names each order has together, as a number, and the names behind each number, packed into one."""
    codes: list[npt.NDArray[np.int32]] = []
    found: list[Numbers] = []
    for start in range(0, rows, _SLICE):
        packed = np.zeros(min(_SLICE, rows - start), dtype=np.int64)
        for column in columns:
            packed *= len(column.cat.categories)
            packed += column.iloc[start : start + _SLICE].cat.codes.to_numpy()
        local, distinct = pd.factorize(packed)
        codes.append(local.astype(np.int32))
        found.append(np.asarray(distinct, dtype=np.int64))
    every = np.unique(np.concatenate(found))
    cell = [
        np.searchsorted(every, own).astype(np.int32)[local] for local, own in zip(codes, found, strict=True)
    ]
    return np.concatenate(cell), every


def _by_name(codes: Numbers, known: pd.Index[str]) -> tuple[Codes, tuple[str, ...]]:
    """Codes of a category as numbers of its used names, which stand in alphabetical order."""
    used, place = np.unique(codes, return_inverse=True)
    names = [str(name) for name in known.take(used).tolist()]
    order = sorted(range(len(names)), key=names.__getitem__)
    rank = np.empty(len(names), dtype=np.intp)
    rank[order] = np.arange(len(names))
    return rank[place], tuple(names[at] for at in order)


def telling(cells: Cells) -> Iterator[Dimension]:
    """Dimensions that can tell orders apart: those with two groups or more."""
    yield "account"
    yield from (name for name in cells.dimensions if name != "account" and len(cells.names[name]) > 1)
