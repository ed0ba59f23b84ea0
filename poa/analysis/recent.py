"""The orders of the last weeks alone: what is counted of a week need not look at the years before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from poa.analysis.rates import Counting
from poa.orders import Orders


def recent(counting: Counting, *, since: date) -> Counting:
    """The same counting with the orders due on a day or later, their rows and their order kept."""
    chosen = np.flatnonzero(counting.days >= np.datetime64(since, "D"))
    if len(chosen) == len(counting.days):
        return counting
    return replace(
        counting,
        orders=_some(counting.orders, chosen.astype(np.int64)),
        days=counting.days[chosen],
        overdue=counting.overdue[chosen],
    )


def _some(orders: Orders, chosen: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Orders:
    """Some orders of the table, by their positions ascending."""
    first = orders.row_start[chosen].astype(np.int64)
    counts = orders.row_start[chosen + 1] - first
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    rows = orders.rows[np.arange(starts[-1]) + np.repeat(first - starts[:-1], counts)]
    lines = orders.late_lines
    lines = lines[np.isin(lines.index.to_numpy(), chosen)]
    return replace(
        orders,
        table=orders.table.iloc[chosen].reset_index(drop=True),
        late_lines=lines.set_index(np.searchsorted(chosen, lines.index.to_numpy())),
        rows=rows,
        row_start=starts,
    )
