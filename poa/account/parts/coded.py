"""Rows as plain numbers, which are small on the disk: names by their place in a list, moments in seconds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

Names = dict[str, dict[str, int]]


def coded(rows: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Rows of a report as numbers; names that are not in the lists yet are added to them."""
    return pd.DataFrame({name: _coded(rows[name], names.setdefault(str(name), {})) for name in rows})


def _coded(column: pd.Series, known: dict[str, int]) -> npt.NDArray[np.generic]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        place = np.array(
            [known.setdefault(str(name), len(known)) for name in column.cat.categories], dtype=np.int32
        )
        return np.asarray(place[column.cat.codes.to_numpy()])
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        moments = column.dt.tz_localize(None).to_numpy().astype("datetime64[s]")
        return np.asarray(moments.astype(np.int64))
    return np.asarray(column.to_numpy())


def decoded(found: pd.DataFrame, like: pd.DataFrame, names: Mapping[str, Mapping[str, int]]) -> pd.DataFrame:
    """The numbers as rows again, with the columns and kinds of a report's rows, and the two of their own."""
    told: dict[str, object] = {}
    for name, kind in like.dtypes.items():
        column = found[name].to_numpy()
        if isinstance(kind, pd.CategoricalDtype):
            told[str(name)] = _names(column, list(names[str(name)]))
        elif isinstance(kind, pd.DatetimeTZDtype):
            told[str(name)] = pd.DatetimeIndex(column.astype("datetime64[s]")).tz_localize("UTC")
        else:
            told[str(name)] = pd.Series(column).astype(kind).array
    more = {name: found[name].to_numpy() for name in ("weight", "group")}
    return pd.DataFrame({**told, **more}, copy=False)


def _names(codes: npt.NDArray[np.int32], known: list[str]) -> pd.Categorical[str]:
    """The names of these rows alone, in their order, a blank among them as everywhere."""
    used = np.unique(codes)
    told = sorted({known[at] for at in used.tolist()} | {""})
    place = {name: at for at, name in enumerate(told)}
    number = np.zeros(len(known), dtype=np.int32)
    number[used] = [place[known[at]] for at in used.tolist()]
    return pd.Categorical.from_codes(number[codes], categories=pd.Index(told, dtype="str"))
