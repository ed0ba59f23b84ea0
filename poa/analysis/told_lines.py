"""What the lines of some orders tell, as papers print it: their names, and instants as the store's clock writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import numpy as np
import pandas as pd

from poa.orders import NOT_STATED, SEVERAL, Orders, Positions

_DAY, _SECOND = len("2026-10-14"), len("2026-10-14T23:59:59")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One column of dates: what is printed, and which of them are bare days."""

    shown: list[str | None]
    bare: list[bool]


def told_times(lines: pd.DataFrame, name: str, *, zone: str, coarse: frozenset[str]) -> Told:
    """A column as ISO texts in the zone: a bare deadline is read as the last second of its day, others as the first.

    ``coarse`` names the columns that some file tells as bare days.
    """
    if name not in lines:
        return Told(shown=[None] * len(lines), bare=[False] * len(lines))
    told = lines[name].dt
    utc = told.tz_convert(None).to_numpy("datetime64[s]")
    local = told.tz_convert(zone).dt.tz_localize(None).to_numpy("datetime64[s]")
    edge = np.timedelta64(86_399 if name == "ship_by" else 0, "s")
    bare = ((local - local.astype("datetime64[D]") == edge) & (name in coarse)).tolist()
    ahead = np.where(np.isnat(local), 0, (local - utc).astype(np.int64)).tolist()
    offsets = {seconds: _offset(seconds) for seconds in set(ahead)}
    texts = np.datetime_as_string(local).tolist()
    return Told(
        shown=[
            None if text == "NaT" else text[:_DAY] if day else text + offsets[seconds]
            for text, day, seconds in zip(texts, bare, ahead, strict=True)
        ],
        bare=bare,
    )


def _offset(seconds: int) -> str:
    """What an ISO text says of a zone that many seconds ahead of UTC: ``-07:00``."""
    return datetime.min.replace(tzinfo=timezone(timedelta(seconds=seconds))).isoformat()[_SECOND:]


def names_of_lines(orders: Orders, rows: pd.DataFrame, name: str, at: Positions) -> list[tuple[str, ...]]:
    """The names of each order's lines; most orders have one, and the order table knows it.

    ``rows`` are the rows that the orders were made of, ``name`` a column of :data:`poa.orders.NAMES`, ``at``
    positions in the order table. Blank names are left out.
    """
    table = orders.table.iloc[at]
    own = [str(value) for value in table[name].tolist()]
    keys = table["key"].tolist()
    several = {key for key, value in zip(keys, own, strict=True) if value == SEVERAL}
    told: Mapping[int, tuple[str, ...]] = {}
    if several:
        mine = rows.loc[rows["key"].isin(several).to_numpy(), ["key", name]]
        found: dict[int, dict[str, None]] = {}
        for key, value in zip(mine["key"].tolist(), mine[name].tolist(), strict=True):
            if value:
                found.setdefault(key, {})[str(value)] = None
        told = {key: tuple(values) for key, values in found.items()}
    alone = {value: () if value == NOT_STATED else (value,) for value in set(own)}
    return [
        told.get(key, ()) if value == SEVERAL else alone[value] for key, value in zip(keys, own, strict=True)
    ]
