"""Handling time of each SKU: what was promised, and how long it took from order to hand-over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, repeat

import numpy as np
import numpy.typing as npt

from poa.analysis.clocked import HOUR, Seconds
from poa.analysis.closed_days import holidays_of
from poa.analysis.rates import Counting
from poa.analysis.shares import TOO_FEW
from poa.analysis.windows import Window, days_of
from poa.facts import Figure, FiguresOf, Handling, MeasuredBy, Rows, Unit
from poa.orders import MISSING, NOT_STATED, SEVERAL, Numbers, Positions

Codes = npt.NDArray[np.integer]

LISTED = 20  # SKUs of each kind that the facts hold

_CLOCKS: tuple[MeasuredBy, ...] = ("first_scan", "supplier_dispatched", "ship_confirmed")
_KNOWN = 0.8  # of the orders: a clock that tells fewer does not speak for all
_TENTH = 10  # one order in so many may be handed over later than a promise that holds
_YEAR = 366  # days: a time beyond it is a slip of the pen, and needs no holidays
_PIECE = 1 << 20  # orders whose times are looked at together
_WIDTH = 1 << 33  # seconds: wider than any time between two moments of the years that are read


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Measured:
    """Orders of a window whose hand-over a clock tells, grouped by SKU.

    ``positions`` stand in the order table and are sorted by ``sku``, a code; ``start`` says where each of the ``skus``
    begins, and one end more; ``sizes`` how many orders each has. ``coarse``: the clock tells bare days.
    """

    counting: Counting
    clock: MeasuredBy
    coarse: bool
    positions: Positions
    skus: Codes
    start: Positions
    sizes: Numbers

    def late(self, at: int) -> Positions:
        """The orders of a SKU that were handed over after the ship-by instant."""
        mine = self.positions[self.start[at] : self.start[at + 1]]
        times = self.times(mine)
        # Rows that stand for several orders stand for such as agree in this.
        return mine[np.unique(times.place[times.moment > times.due])]

    def times(self, chosen: Positions) -> _Times:
        """The times of some of the orders, by their positions."""
        names = ("purchased", "ship_by", self.clock)
        place, told = self.counting.orders.moments(chosen, names)
        bought, due, left = (told[name] for name in names)
        moment = np.where(left > MISSING, np.maximum(left, bought), MISSING) if self.coarse else left
        return _Times(place=place, bought=bought, due=due, left=left, moment=moment)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Times:
    """Purchase, ship-by and hand-over of orders in seconds, and of which of the rows asked for each is.

    ``moment`` is ``left``, of a bare day its first moment that is not before the purchase.
    """

    place: Positions
    bought: Seconds
    due: Seconds
    left: Seconds
    moment: Seconds


def measured(counting: Counting, window: Window, *, days: frozenset[str]) -> Measured | None:
    """The first clock that tells the hand-over of four in five orders, and the SKUs that have 30 such orders or more.

    ``days`` names the clocks that are bare days: such a time counts as the first moment of its day, so that
    no order is found later than it was.
    """
    table, orders = counting.orders.table, counting.orders
    inside = np.flatnonzero(window.holds(counting.days) & counting.counted)
    if not len(inside):
        return None
    for clock in _CLOCKS:
        if clock not in table:
            continue
        # A row that stands for several orders stands for such as agree in this.
        due, bought, moment = (orders.seconds(name, inside) for name in ("ship_by", "purchased", clock))
        if clock in days:
            moment = np.where(moment > MISSING, np.maximum(moment, bought), MISSING)
        known = inside[(bought > MISSING) & (due >= bought) & (moment > MISSING) & (moment >= bought)]
        if orders.count(known) >= _KNOWN * orders.count(inside):
            return _grouped(counting, clock, known, coarse=clock in days)
    return None


def _grouped(counting: Counting, clock: MeasuredBy, chosen: Positions, *, coarse: bool) -> Measured | None:
    """The same by SKU, without SKUs of few orders and orders without a SKU of their own."""
    column = counting.orders.table["sku"].cat
    codes = column.codes.to_numpy()[chosen]
    size = len(column.categories)
    counts = counting.orders.tally(codes, chosen, size=size)
    kept = counts >= TOO_FEW
    for name in (NOT_STATED, SEVERAL):
        if name in column.categories:
            kept[column.categories.get_loc(name)] = False
    if not kept.any():
        return None
    mine = kept[codes]
    chosen, codes = chosen[mine], codes[mine]
    skus = np.flatnonzero(kept)
    rows = np.bincount(codes, minlength=size)[skus]
    return Measured(
        counting=counting,
        clock=clock,
        coarse=coarse,
        positions=chosen[np.argsort(codes, kind="stable")],
        skus=skus,
        start=np.concatenate(([0], np.cumsum(rows))),
        sizes=counts[skus],
    )


def percentile(times: Seconds, start: Positions, percent: int) -> Seconds:
    """The smallest time of each group that so many percent of it do not exceed."""
    sizes = np.diff(start)
    group = np.repeat(np.arange(len(sizes)), sizes)
    ordered = np.sort(group * _WIDTH + times) - group * _WIDTH
    rank: Seconds = ordered[start[:-1] + (sizes * percent + 99) // 100 - 1]
    return rank


def handling(window: Window, found: Measured | None, *, store: str) -> tuple[tuple[Handling, ...], int, int]:
    """The SKUs with the widest gap, how many were measured, and how many carry a raise.

    ``store`` is the country of the store, whose business days count.
    """
    if found is None:
        return (), 0, 0
    promised, halves, nine_tenths, over = (
        np.concatenate(parts) for parts in zip(*map(_points, repeat(found), _some(found)), strict=True)
    )
    raises = (nine_tenths > promised) & (over * _TENTH > found.sizes)
    ranked = np.lexsort((found.skus, promised - nine_tenths, ~raises))[:LISTED]
    days = _business_days(found, [int(at) for at in ranked if raises[at]], store=store)
    listed = tuple(
        _told(
            window,
            found,
            number,
            int(at),
            hours=(int(promised[at]), int(halves[at]), int(nine_tenths[at])),
            days=days.get(int(at)),
        )
        for number, at in enumerate(ranked, start=1)
    )
    return listed, len(found.skus), int(np.count_nonzero(raises))


def _some(found: Measured) -> Iterator[range]:
    """The SKUs in pieces whose orders fit into the memory together."""
    piece = (np.cumsum(found.sizes) - 1) // _PIECE
    edges = [0, *(np.flatnonzero(np.diff(piece)) + 1).tolist(), len(piece)]
    yield from (range(first, last) for first, last in pairwise(edges))


def _points(found: Measured, skus: range) -> tuple[Seconds, Seconds, Seconds, Seconds]:
    """Of some SKUs: median of the promise, median and 90 % point of the hand-over, how many were over their promise."""
    rows = found.positions[found.start[skus.start] : found.start[skus.stop]]
    times = found.times(rows)
    promised, actual = times.due - times.bought, times.moment - times.bought
    start = np.concatenate(([0], np.cumsum(found.sizes[skus.start : skus.stop])))
    over: Seconds = np.add.reduceat((actual > promised).astype(np.int64), start[:-1])
    return percentile(promised, start, 50), percentile(actual, start, 50), percentile(actual, start, 90), over


def _business_days(found: Measured, skus: list[int], *, store: str) -> dict[int, tuple[int, int]]:
    """Of some SKUs the business days promised (the median), and those that would have covered nine orders in ten."""
    if not skus:
        return {}
    mine = np.concatenate([np.arange(found.start[at], found.start[at + 1]) for at in skus])
    times = found.times(found.positions[mine])
    # The day of the order does not count, the last one does: from Saturday to Monday is one business day.
    bought, due, left = (
        days_of(seconds, zone=found.counting.zone) + 1 for seconds in (times.bought, times.due, times.left)
    )
    first, last = bought.min().item(), min(max(due.max(), left.max()), bought.max() + _YEAR).item()
    closed = np.array([day for day, _, _ in holidays_of(store, first, last)], dtype="datetime64[D]")
    promised = np.busday_count(bought, due, holidays=closed)
    taken = np.busday_count(bought, left, holidays=closed)
    needed = np.where(times.moment > times.due, np.maximum(taken, promised + 1), taken)
    ends = np.cumsum(found.sizes[skus])[:-1]
    parts = zip(skus, np.split(promised, ends), np.split(needed, ends), strict=True)
    return {at: (_point(own, 50), _point(most, 90)) for at, own, most in parts}


def _told(
    window: Window,
    found: Measured,
    number: int,
    at: int,
    *,
    hours: tuple[int, int, int],
    days: tuple[int, int] | None,
) -> Handling:
    """One SKU; ``days`` is None where its rows carry no raise, so that no business days are told."""
    orders, late = found.counting.orders, found.late(at)
    name = str(orders.table["sku"].cat.categories[found.skus[at]])
    figure_of = FiguresOf(f"remedies.handling.H{number}")
    rule = found.counting.rule_of(window, f"sku {name}, orders whose {found.clock} is known")
    behind = orders.behind(np.sort(found.positions[found.start[at] : found.start[at + 1]]), rule)
    late_rule = f"sku {name}, orders whose {found.clock} is known and after the ship-by instant"
    late_rows = orders.behind(np.sort(late), found.counting.rule_of(window, late_rule))

    def figure(what: str, value: float | str, unit: Unit, words: str) -> Figure:
        # Its lines are those of `orders`.
        return figure_of(what, value, unit, Rows(rule=f"{behind.rule}: {words}", orders=behind.orders))

    told_days: tuple[Figure | None, Figure | None] = (None, None)
    if days is not None:
        words = "business days of the store from purchase to"
        told_days = (
            figure("promised_days", days[0], "days", f"{words} ship-by, the median"),
            figure("needed_days", days[1], "days", f"{words} {found.clock}, covering nine in ten"),
        )
    promise, half, most = (seconds / HOUR for seconds in hours)
    to_clock = f"hours from purchase to {found.clock}"
    return Handling(
        key=f"H{number}",
        sku=figure("sku", name, "name", "their SKU"),
        measured_by=found.clock,
        orders=figure_of("orders", behind.orders, "orders", behind),
        over=figure_of("over", orders.count(late), "orders", late_rows),
        promised=figure("promised", promise, "hours", "hours from purchase to ship-by, the median"),
        actual_p50=figure("actual_p50", half, "hours", f"{to_clock}, the median"),
        actual_p90=figure("actual_p90", most, "hours", f"{to_clock}, the 90 % point"),
        gap=figure("gap", most - promise, "hours", "the 90 % point less the promised median"),
        carries_raise=days is not None,
        promised_days=told_days[0],
        needed_days=told_days[1],
    )


def _point(numbers: Numbers, percent: int) -> int:
    return int(np.sort(numbers)[(len(numbers) * percent + 99) // 100 - 1])
