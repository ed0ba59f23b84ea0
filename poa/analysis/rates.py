"""The late shipment rate of each window, order by order, and beside it what Amazon states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from poa.analysis.intervals import FEW, wilson
from poa.analysis.windows import BASES, BASIS_WORDS, Days, Window, order_days, told_span
from poa.facts import FiguresOf, Rate, Rows, StatedRate
from poa.orders import Basis, Mask, Orders
from poa.policy import LateShipmentRule

LATE = "confirmed after the ship-by instant"  # the words for late orders


@dataclass(frozen=True, slots=True, kw_only=True)
class Denominator:
    """Where the number of orders comes from when the rows do not list every order."""

    orders: int
    told_by: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Counting:
    """What the counting needs beside the orders: their days, what is overdue, the rule's target.

    ``days`` is the day of each order; ``overdue`` marks unconfirmed orders past their ship-by
    instant; ``complete`` says that the rows list every order; ``by`` names the basis of ``days``.
    ``inferred_from`` is set where a list of late orders stands for the confirmations: from that day
    on, an order that is listed, not open and not in that list counts as not late. ``all_late_known``
    is false where the files tell of some late orders, and nothing says that they are all.
    """

    orders: Orders
    days: Days
    overdue: Mask
    rule: LateShipmentRule
    zone: str
    by: Basis
    complete: bool
    inferred_from: date | None = None
    all_late_known: bool = True

    @cached_property
    def late(self) -> Mask:
        """Orders confirmed after their ship-by instant."""
        return self.orders.table["late"].to_numpy()

    @cached_property
    def confirmed(self) -> Mask:
        """Orders that are confirmed, or late already."""
        return self.orders.table["confirmed"].to_numpy()

    @property
    def unknown(self) -> Mask:
        """Orders that a list of every order holds and no file with confirmations does, and that are not open."""
        table = self.orders.table
        return (table["listed"] & ~table["told"] & ~table["open"]).to_numpy()

    @cached_property
    def counted(self) -> Mask:
        """Orders of the denominator: confirmed ones, and those whose confirmation is inferred."""
        if self.inferred_from is None:
            return self.confirmed
        since = self.days >= np.datetime64(self.inferred_from, "D")
        return self.confirmed | (self.unknown & since)

    @property
    def tells(self) -> bool:
        """Whether any file says of any order when it was confirmed; else nothing is known of late ones."""
        return bool(self.orders.table["told"].any())

    @property
    def knows_late(self) -> bool:
        """Whether the files tell every late order."""
        return self.tells and self.all_late_known

    @property
    def without_day(self) -> int:
        """How many orders have no day by this basis, so that no window holds them."""
        return self.orders.count(np.isnat(self.days))

    @property
    def orders_rule(self) -> str:
        """The words for the orders of the denominator."""
        if self.inferred_from is None:
            return "confirmed orders"
        return (
            "orders that are not open, whose confirmation is known or inferred from the list of late orders"
        )

    def rule_of(self, window: Window, what: str) -> str:
        """The words under which a figure's rows are found again."""
        if window.days is None:
            return f"{what}, all of the file"
        return f"{what}, {self.by} day from {window.first} to {window.last} ({self.zone})"

    def behind(self, window: Window, chosen: Mask, what: str) -> Rows:
        """The rows of the chosen orders of a window, under the words that say which they are."""
        inside = np.flatnonzero(window.holds(self.days) & chosen)
        return self.orders.behind(inside, self.rule_of(window, what))


def rate_of(counting: Counting, window: Window, *, told: Denominator | None = None) -> Rate:
    """The rate of one window; ``told`` counts the orders where the rows do not list every one."""
    late_rows = counting.behind(window, counting.late, LATE)
    all_rows = counting.behind(window, counting.counted, counting.orders_rule)
    open_rows = counting.behind(window, counting.overdue, "not confirmed, past the ship-by instant")
    number = all_rows.orders if counting.complete else (told.orders if told else None)
    if not counting.knows_late:
        number = None
    if not counting.tells:
        late_rows = Rows(rule="no file says when an order was confirmed", orders=0)
    if not counting.complete:
        words = f"stated: {told.told_by}" if told else "no file lists every order"
        all_rows = Rows(rule=words, orders=number or 0)
    late, overdue, rule = late_rows.orders, open_rows.orders, counting.rule
    low, high = wilson(late, number) if number else (None, None)
    figure = FiguresOf(f"late_shipment_rate.{window.key}")
    return Rate(
        window_days=window.days,
        from_=figure("from", window.first.isoformat(), "day", all_rows),
        to=figure("to", window.last.isoformat(), "day", all_rows),
        orders=figure("orders", number, "orders", all_rows),
        late=figure("late", late if counting.tells else None, "orders", late_rows),
        rate=figure("rate", late / number if number else None, "fraction", late_rows),
        low=figure("low", low, "fraction", late_rows),
        high=figure("high", high, "fraction", late_rows),
        target=figure("target", float(rule.target), "fraction", Rows(rule=rule.source, orders=0)),
        meets_target=rule.met(late=late, orders=number) if number else None,
        all_late_known=counting.all_late_known,
        few=number is not None and number < FEW,
        unconfirmed=figure("unconfirmed", overdue, "orders", open_rows),
        at_least=figure(
            "at_least", (late + overdue) / (number + overdue) if number else None, "fraction", open_rows
        ),
    )


def reproduced(counting: Counting, stated: StatedRate) -> StatedRate:
    """Amazon's count of one window with the bases of ours that give the same.

    Both numbers are compared; where the rows list late orders only, the late ones alone.
    """
    span = told_span(stated)
    told = (stated.late.value, stated.orders.value)
    same = []
    for basis in BASES:
        ours = counted(counting, span, order_days(counting.orders, zone=counting.zone, basis=basis))
        both = counting.complete and stated.orders.value is not None
        if ours == told if both else ours[0] == told[0]:
            same.append(BASIS_WORDS[basis])
    return replace(stated, reproduced_by=tuple(same))


def lists_late_orders_only(counting: Counting, window: Window) -> bool:
    """Whether more than half of the window's orders are late, or every order is: then not all are listed."""
    late, orders = counted(counting, window, counting.days)
    every = bool(counting.late.any()) and bool(counting.late[counting.confirmed].all())
    return 2 * late > orders or (every and not orders)


def counted(counting: Counting, window: Window, days: Days) -> tuple[int, int]:
    """Late orders and orders of a window, by the given days."""
    inside = window.holds(days)
    count = counting.orders.count
    return count(inside & counting.late), count(inside & counting.counted)
