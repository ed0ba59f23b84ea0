"""From counted orders to the causes that stand out: the one place where history, window and target meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from poa.analysis.causes.cells import Cells, Dimension, cells_of
from poa.analysis.causes.naming import Named, name_causes
from poa.analysis.rates import Counting
from poa.analysis.windows import Window
from poa.orders import NOT_STATED, SEVERAL

Positions: TypeAlias = npt.NDArray[np.integer[Any]]

HISTORY_DAYS = 90

_MOST_UNSTATED = 0.5  # of the late orders: beyond it no supplier is named


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Looked:
    """The counted orders of history and window, and the causes that stand out among them.

    ``positions`` says where each order of the cells stands in the order table, ``first`` which date
    their day 0 is. ``stated`` of the window's ``late`` late orders have a supplier;
    ``suppliers_named`` tells whether these are enough for one to be named.
    """

    cells: Cells
    named: Named
    positions: Positions
    first: date
    stated: int
    late: int
    suppliers_named: bool

    def day(self, number: int) -> date:
        """The date of a day of the cells."""
        return self.first + timedelta(days=number)


def look(counting: Counting, window: Window, *, role_of: Callable[[str], str]) -> Looked | None:
    """Look for causes; None where the rows do not list every order of the window, or hold none.

    ``role_of`` says what a name is that is no supplier: ``unknown`` ones are never named.
    """
    if not (counting.complete and counting.knows_late):
        return None
    earliest = window.first - timedelta(days=HISTORY_DAYS)
    inside = (
        counting.counted
        & (counting.days >= np.datetime64(earliest, "D"))
        & (counting.days <= np.datetime64(window.last, "D"))
    )
    positions = np.flatnonzero(inside)
    if not len(positions):
        return None
    positions = positions.astype(np.int32)  # of five million orders, each array counts
    days = counting.days[positions]
    first = min(window.first, days.min().astype("datetime64[D]").item())
    day = (days - np.datetime64(first, "D")).astype(np.int16)
    del days
    start = (window.first - first).days
    if not (day >= start).any():
        return None
    late = counting.late[positions]
    names = _names(counting, positions)
    known = {str(name) for column in names.values() for name in column.cat.categories}
    cells = cells_of(
        names,
        day=day,
        late=late,
        window=start,
        end=(window.last - first).days,
        nameless=frozenset({NOT_STATED, SEVERAL, *(name for name in known if role_of(name) == "unknown")}),
        weight=None if counting.orders.condensed is None else counting.orders.condensed.weight[positions],
    )
    now = late & (day >= start)
    blank = (
        (names["supplier"] == NOT_STATED).to_numpy() if "supplier" in names else np.ones(len(day), dtype=bool)
    )
    count, stated = int(np.count_nonzero(now)), int(np.count_nonzero(now & ~blank))
    enough = stated >= (1 - _MOST_UNSTATED) * count
    return Looked(
        cells=cells,
        named=name_causes(cells, target=counting.rule.target, suppliers=enough),
        positions=positions,
        first=first,
        stated=stated,
        late=count,
        suppliers_named=enough,
    )


def _names(counting: Counting, positions: Positions) -> dict[Dimension, pd.Series[str]]:
    """The names of the orders, by dimension; a dimension that no row states is none."""
    table = counting.orders.table
    dimensions: tuple[Dimension, ...] = ("supplier", "carrier", "sku")
    return {
        name: pd.Series(table[name].array.take(positions))  # without an index of its own for each
        for name in dimensions
        if set(table[name].cat.categories) - {NOT_STATED}
    }
