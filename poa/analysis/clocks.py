"""The three clocks, kept apart: ship confirmation (Amazon's rate), the carrier's first scan, delivery.

A supplier that handed over in time and was confirmed late is late by the first clock and not by the
second: that lateness is the seller's own.
"""

from __future__ import annotations

from poa.analysis.rates import LATE, Counting
from poa.analysis.windows import Window
from poa.facts import Clock, FiguresOf

# What each clock compares: the moment that it tells, the deadline, and words for both.
_CLOCKS = (
    ("ship_confirmation", "ship_confirmed", "ship_by", LATE),
    ("carrier_scan", "first_scan", "ship_by", "first scanned by the carrier after the ship-by instant"),
    ("delivery", "delivered", "deliver_by", "delivered after the deliver-by instant"),
)


def clocks(counting: Counting, window: Window) -> tuple[Clock, ...]:
    """Each clock that a file carries, over the orders of one window."""
    table = counting.orders.table
    inside = window.holds(counting.days)
    found = []
    for name, moment, deadline, words in _CLOCKS:
        if moment not in table or deadline not in table:
            continue
        told = inside & (table[moment].notna() & table[deadline].notna()).to_numpy()
        late = told & (table[moment] > table[deadline]).to_numpy()
        if name == "ship_confirmation":  # as the rate judges it: line by line
            late = inside & counting.late
            told |= late
        if not told.any():
            continue
        told_rows = counting.behind(window, told, f"orders with {moment} and {deadline}")
        late_rows, figure = counting.behind(window, late, words), FiguresOf(f"clocks.{name}")
        found.append(
            Clock(
                name=name,
                told=figure("told", told_rows.orders, "orders", told_rows),
                late=figure("late", late_rows.orders, "orders", late_rows),
            )
        )
    return tuple(found)
