"""Handling time of each SKU: what was promised, and how long it took from order to hand-over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from poa.analysis.closed_days import holidays_of
from poa.analysis.rates import Counting
from poa.analysis.shares import TOO_FEW
from poa.analysis.windows import Window, local_days
from poa.facts import Figure, Handling, MeasuredBy, Rows, Unit
from poa.orders import NOT_STATED, SEVERAL

Positions = npt.NDArray[np.intp]
Seconds = npt.NDArray[np.int64]
Codes = npt.NDArray[np.integer]

LISTED = 20  # SKUs of each kind that the facts hold

_CLOCKS: tuple[MeasuredBy, ...] = ("first_scan", "supplier_dispatched", "ship_confirmed")
_KNOWN = 0.8  # of the orders: a clock that tells fewer does not speak for all
_TENTH = 10  # one order in so many may be handed over later than a promise that holds
_HOUR = 3_600
_YEAR = 366  # days: a time beyond it is a slip of the pen, and needs no holidays
_NONE = np.iinfo(np.int64).min  # how numpy writes a missing moment as a number
_WIDTH = 1 << 33  # seconds: wider than any time between two moments of the years that are read


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Measured:
    """Orders of a window whose hand-over a clock tells, grouped by SKU; times in seconds.

    ``positions`` stand in the order table and are sorted by ``sku``, a code; ``start`` says where each
    of the ``skus`` begins, and one end more.
    """

    clock: MeasuredBy
    positions: Positions
    skus: Codes
    start: npt.NDArray[np.intp]
    promised: Seconds
    actual: Seconds


def measured(counting: Counting, window: Window, *, days: frozenset[str]) -> Measured | None:
    """The first clock that tells the hand-over of four in five orders, and the SKUs that have 30 such orders or more.

    ``days`` names the clocks that are bare days: such a time counts as the first moment of its day, so that
    no order is found later than it was.
    """
    table = counting.orders.table
    inside = np.flatnonzero(window.holds(counting.days) & counting.counted)
    if not len(inside):
        return None
    bought, due = (_seconds(counting, name, inside) for name in ("purchased", "ship_by"))
    for clock in _CLOCKS:
        if clock not in table:
            continue
        moment = _seconds(counting, clock, inside)
        if clock in days:
            moment = np.where(moment > _NONE, np.maximum(moment, bought), _NONE)
        known = (bought > _NONE) & (due >= bought) & (moment > _NONE) & (moment >= bought)
        if np.count_nonzero(known) >= _KNOWN * len(inside):
            return _grouped(counting, clock, inside[known], (due - bought)[known], (moment - bought)[known])
    return None


def _seconds(counting: Counting, name: str, chosen: Positions) -> Seconds:
    column = counting.orders.table[name].dt.tz_localize(None).to_numpy()
    found: Seconds = column[chosen].astype("datetime64[s]").astype(np.int64)
    return found


def _grouped(
    counting: Counting, clock: MeasuredBy, chosen: Positions, promised: Seconds, actual: Seconds
) -> Measured | None:
    """The same by SKU, without SKUs of few orders and orders without a SKU of their own."""
    column = counting.orders.table["sku"].cat
    codes = column.codes.to_numpy()[chosen]
    counts = np.bincount(codes, minlength=len(column.categories))
    kept = counts >= TOO_FEW
    for name in (NOT_STATED, SEVERAL):
        if name in column.categories:
            kept[column.categories.get_loc(name)] = False
    if not kept.any():
        return None
    mine = kept[codes]
    chosen, promised, actual, codes = chosen[mine], promised[mine], actual[mine], codes[mine]
    order = np.argsort(codes, kind="stable")
    skus = np.flatnonzero(kept)
    return Measured(
        clock=clock,
        positions=chosen[order],
        skus=skus,
        start=np.concatenate(([0], np.cumsum(counts[skus]))),
        promised=promised[order],
        actual=actual[order],
    )


def percentile(times: Seconds, start: npt.NDArray[np.intp], percent: int) -> Seconds:
    """The smallest time of each group that so many percent of it do not exceed."""
    sizes = np.diff(start)
    group = np.repeat(np.arange(len(sizes)), sizes)
    ordered = np.sort(group * _WIDTH + times) - group * _WIDTH
    rank: Seconds = ordered[start[:-1] + (sizes * percent + 99) // 100 - 1]
    return rank


def handling(
    counting: Counting, window: Window, found: Measured | None, *, store: str
) -> tuple[tuple[Handling, ...], int, int]:
    """The SKUs with the widest gap, how many were measured, and how many carry a raise.

    ``store`` is the country of the store, whose business days count.
    """
    if found is None:
        return (), 0, 0
    promised = percentile(found.promised, found.start, 50)
    halves, nine_tenths = (percentile(found.actual, found.start, at) for at in (50, 90))
    late = (found.actual > found.promised).astype(np.int64)
    over = np.add.reduceat(late, found.start[:-1])
    raises = (nine_tenths > promised) & (over * _TENTH > np.diff(found.start))
    ranked = np.lexsort((found.skus, promised - nine_tenths, ~raises))[:LISTED]
    told = _Telling(counting=counting, window=window, found=found)
    days = _business_days(counting, found, [int(at) for at in ranked if raises[at]], store=store)
    listed = tuple(
        told.sku(
            number,
            int(at),
            hours=(int(promised[at]), int(halves[at]), int(nine_tenths[at])),
            days=days.get(int(at)),
        )
        for number, at in enumerate(ranked, start=1)
    )
    return listed, len(found.skus), int(np.count_nonzero(raises))


def _business_days(
    counting: Counting, found: Measured, skus: list[int], *, store: str
) -> dict[int, tuple[int, int]]:
    """Of some SKUs the business days promised (the median), and those that would have covered nine orders in ten."""
    if not skus:
        return {}
    spans = [np.arange(found.start[at], found.start[at + 1]) for at in skus]
    mine = np.concatenate(spans)
    rows = found.positions[mine]
    # The day of the order does not count, the last one does: from Saturday to Monday is one business day.
    bought, due, left = (
        local_days(counting.orders.table[name].take(rows), zone=counting.zone) + 1
        for name in ("purchased", "ship_by", found.clock)
    )
    first, last = bought.min().item(), min(max(due.max(), left.max()), bought.max() + _YEAR).item()
    closed = np.array([day for day, _, _ in holidays_of(store, first, last)], dtype="datetime64[D]")
    promised = np.busday_count(bought, due, holidays=closed)
    taken = np.busday_count(bought, left, holidays=closed)
    late = found.actual[mine] > found.promised[mine]
    needed = np.where(late, np.maximum(taken, promised + 1), taken)
    ends = np.cumsum([len(span) for span in spans])[:-1]
    parts = zip(skus, np.split(promised, ends), np.split(needed, ends), strict=True)
    return {at: (_point(own, 50), _point(most, 90)) for at, own, most in parts}


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Telling:
    """Figures of one SKU, each with its rows."""

    counting: Counting
    window: Window
    found: Measured

    def sku(
        self, number: int, at: int, *, hours: tuple[int, int, int], days: tuple[int, int] | None
    ) -> Handling:
        """One SKU; ``days`` is None where its rows carry no raise, so that no business days are told."""
        found = self.found
        span = slice(int(found.start[at]), int(found.start[at + 1]))
        rows, late = found.positions[span], found.actual[span] > found.promised[span]
        name = str(self.counting.orders.table["sku"].cat.categories[found.skus[at]])
        key = f"H{number}"
        whose = f"sku {name}, orders whose {found.clock} is known"
        behind = self._rows(np.sort(rows), whose)
        told_days: tuple[Figure | None, Figure | None] = (None, None)

        def figure(what: str, value: float | str, unit: Unit, words: str) -> Figure:
            told = Rows(
                rule=f"{behind.rule}: {words}", orders=behind.orders
            )  # its lines are those of `orders`
            return Figure(id=f"remedies.handling.{key}.{what}", value=value, unit=unit, rows=told)

        if days is not None:
            words = "business days of the store from purchase to"
            told_days = (
                figure("promised_days", days[0], "days", f"{words} ship-by, the median"),
                figure("needed_days", days[1], "days", f"{words} {found.clock}, covering nine in ten"),
            )
        promise, half, most = (seconds / _HOUR for seconds in hours)
        return Handling(
            key=key,
            sku=figure("sku", name, "name", "their SKU"),
            measured_by=found.clock,
            orders=Figure(
                id=f"remedies.handling.{key}.orders", value=behind.orders, unit="orders", rows=behind
            ),
            over=Figure(
                id=f"remedies.handling.{key}.over",
                value=int(np.count_nonzero(late)),
                unit="orders",
                rows=self._rows(np.sort(rows[late]), f"{whose} and after the ship-by instant"),
            ),
            promised=figure("promised", promise, "hours", "hours from purchase to ship-by, the median"),
            actual_p50=figure(
                "actual_p50", half, "hours", f"hours from purchase to {found.clock}, the median"
            ),
            actual_p90=figure(
                "actual_p90", most, "hours", f"hours from purchase to {found.clock}, the 90 % point"
            ),
            gap=figure("gap", most - promise, "hours", "the 90 % point less the promised median"),
            carries_raise=days is not None,
            promised_days=told_days[0],
            needed_days=told_days[1],
        )

    def _rows(self, positions: Positions, what: str) -> Rows:
        return self.counting.orders.behind(positions, self.counting.rule_of(self.window, what))


def _point(numbers: npt.NDArray[np.int64], percent: int) -> int:
    return int(np.sort(numbers)[(len(numbers) * percent + 99) // 100 - 1])
