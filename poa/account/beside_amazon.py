"""Amazon's stated figure beside our own, and what explains a gap: window, dates, or rows that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from poa.account.joined import Joined
from poa.analysis.rates import LATE, Counting, counted, reproduced
from poa.analysis.windows import Window, local_days, told_span
from poa.facts import Figure, FiguresOf, StatedRate
from poa.words import Said, said, strung


def beside_amazon(counting: Counting, stated: StatedRate, joined: Joined) -> StatedRate:
    """Amazon's count of a window with our own of the same days, and the reasons why they may differ."""
    span = told_span(stated)
    late, orders = counted(counting, span, counting.days)
    compared = reproduced(counting, stated)
    figure = FiguresOf(f"stated_by_amazon.{stated.window_days}")
    own_orders = figure(
        "own_orders",
        orders if counting.complete else None,
        "orders",
        counting.behind(span, counting.counted, counting.orders_rule),
    )
    late_rows = counting.behind(span, counting.late, LATE)
    own_late = figure("own_late", late, "orders", late_rows)
    return replace(
        compared,
        own_orders=own_orders,
        own_late=own_late,
        gap=tuple(_reasons(compared, own_late, own_orders, counting, joined)),
    )


def _reasons(
    stated: StatedRate, late: Figure, orders: Figure, counting: Counting, joined: Joined
) -> Iterator[Said]:
    """What can explain a gap, where there is one; each reason is seen in the files, none is guessed."""
    same_late = late.value == stated.late.value
    same_orders = orders.value is None or stated.orders.value in (None, orders.value)
    if same_late and same_orders:
        return
    if stated.reproduced_by:
        yield said(
            "counted by {by} date, the rows give Amazon's number",
            by=strung("{one} or {other}", stated.reproduced_by),
        )
    days = counting.days[~np.isnat(counting.days)]
    span = told_span(stated)
    if days.min() > np.datetime64(span.first, "D"):
        yield said("the rows begin on {day}, after Amazon's window does", day=days.min().item())
    if days.max() < np.datetime64(span.last, "D"):
        yield said("the rows end on {day}, before Amazon's window does", day=days.max().item())
    yield from _missing_orders(stated, orders, span, counting, joined)


def _missing_orders(
    stated: StatedRate, orders: Figure, span: Window, counting: Counting, joined: Joined
) -> Iterator[Said]:
    """Orders that are in Amazon's number and not in ours, as far as the files show which."""
    refused = sum(row.refused for row in joined.problems)
    if refused:
        yield said("rows that could not be used: {number}", number=refused)
    open_ = counting.orders.count(span.holds(counting.days) & counting.overdue)
    if open_:
        yield said(
            "orders past their ship-by time and not confirmed, which may be in Amazon's number: {number}",
            number=open_,
        )
    cancelled = joined.apart.cancelled.drop_duplicates("key")
    stamp = cancelled["purchased"]
    if counting.by != "purchase":
        stamp = cancelled["ship_by"].fillna(stamp)  # All Orders has no ship-by date
    day = local_days(stamp, zone=counting.zone)
    aside = int(np.count_nonzero(span.holds(day)))
    if aside:
        yield said("cancelled orders, which may be in Amazon's number: {number}", number=aside)
    if stated.orders.value is not None and orders.value is not None:
        missing = int(str(stated.orders.value)) - int(str(orders.value)) - open_ - aside
        if missing > 0:
            yield said("orders that Amazon counts and the files do not hold: {number}", number=missing)
