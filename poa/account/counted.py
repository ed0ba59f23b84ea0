"""From joined rows to what is counted: which orders, by which day, in which windows, against which denominators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from poa.account.completeness import Completeness, completeness_of
from poa.account.joined import Account, Joined
from poa.analysis.open_orders import past_due
from poa.analysis.rates import Counting, Denominator, rate_of
from poa.analysis.windows import Window, as_of_day, latest_stamp, order_days, window
from poa.errors import UsageFault
from poa.facts import Rate, StatedRate
from poa.orders import Basis
from poa.policy import late_shipment_rule

_ORDERS_LIMIT = 10**12


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Counted:
    """The orders of an account as they are counted, ``as_of`` the last day of its ``windows``, open ones at ``now``.

    ``told`` are denominators that are stated where the rows do not list every order, by days of the window.
    """

    counting: Counting
    completeness: Completeness
    windows: tuple[Window, ...]
    told: Mapping[int, Denominator]
    stated: tuple[StatedRate, ...]
    as_of: date
    now: datetime

    def rate(self, span: Window) -> Rate:
        """The rate of a window, against what is stated of it where the rows do not list every order."""
        return rate_of(self.counting, span, told=self.told.get(span.days or 0))


def counted(account: Account, joined: Joined) -> Counted:
    """What the joined rows are counted by; raises UsageFault for days that cannot be counted."""
    rule, orders, store = late_shipment_rule(), joined.orders, joined.store
    stated = tuple(one for one in joined.stated if isinstance(one, StatedRate))
    by: Basis = account.window_by or ("ship-by" if orders.table["ship_by"].notna().any() else "purchase")
    reports = joined.gathered.reports("orders")
    completeness = completeness_of(
        reports,
        orders,
        by=by,
        chosen=account.window_by is not None,
        conflicts=tuple(row for row in joined.problems if row.code == "conflict"),
    )
    by = completeness.by
    as_of = account.as_of or _as_of(joined, stated, inferred=completeness.inferred)
    now = (account.now or latest_stamp(orders)).astimezone(UTC)
    windows = tuple(window(days, as_of=as_of) for days in rule.windows_days)
    counting = Counting(
        orders=orders,
        days=order_days(orders, zone=store.zone, basis=by),
        overdue=past_due(orders, now=now),
        rule=rule,
        zone=store.zone,
        by=by,
        complete=completeness.complete,
        inferred_from=windows[0].first if completeness.inferred else None,
        all_late_known=completeness.all_late_known,
    )
    if np.isnat(counting.days).all():
        raise UsageFault(
            "no_window_day",
            f"No order has a {counting.by} day, so none belongs to a window.",
            hint="Choose another --window-by; each order has a ship-by day.",
        )
    if account.as_of:
        _check_as_of(counting, as_of)
    completeness = completeness.judged(counting, windows[0])
    counting = replace(counting, complete=completeness.complete)
    told = _denominators((account.orders, account.orders_10), stated, windows)
    _check_denominators(counting, windows, told)
    return Counted(
        counting=counting,
        completeness=completeness,
        windows=windows,
        told=told,
        stated=stated,
        as_of=as_of,
        now=now,
    )


def _as_of(joined: Joined, stated: tuple[StatedRate, ...], *, inferred: bool) -> date:
    """Amazon's own last day, else the last day that the rows cover.

    Where the late orders come from a list of them, its last confirmation is the last day it speaks of.
    """
    counts = next((one for one in stated if one.orders.value is not None), None)
    if counts:
        return date.fromisoformat(str(counts.to.value))
    found = as_of_day(joined.orders, zone=joined.store.zone)
    if inferred:
        table = joined.orders.table
        told = table["ship_confirmed"][table["told"]].dropna()
        if len(told):
            found = min(found, told.max().tz_convert(joined.store.zone).date())
    return found


def _check_as_of(counting: Counting, as_of: date) -> None:
    """Windows that the rows cannot speak of are a slip of the pen."""
    span = whole_file(counting)
    near = timedelta(days=max(late_shipment_rule().windows_days))
    if not span.first - near <= as_of <= span.last + near:
        raise UsageFault(
            "as_of_outside",
            f"The as-of day {as_of} lies far outside the days of the rows, {span.first} to {span.last}.",
            hint="Correct --as-of, or hand in the report of those days.",
        )


def whole_file(counting: Counting) -> Window:
    """The window of the whole file, from its first to its last day."""
    known = counting.days[~np.isnat(counting.days)]
    first, last = known.min().item(), known.max().item()
    if counting.inferred_from:
        return Window(days=None, first=max(first, counting.inferred_from), last=last, bounded=True)
    return Window(days=None, first=first, last=last)


def _denominators(
    typed: Sequence[int | None], stated: Sequence[StatedRate], windows: Sequence[Window]
) -> dict[int, Denominator]:
    """The orders of each window as Amazon states them or the user typed them; typed ones win.

    Amazon's number counts only for the very days that it speaks of.
    """
    longest, shortest = max(late_shipment_rule().windows_days), min(late_shipment_rule().windows_days)
    told = {
        one.window_days: Denominator(orders=one.orders.rows.orders, told_by=one.orders.rows.rule)
        for one in stated
        if one.orders.value is not None
        and any((one.from_.value, one.to.value) == (f"{span.first}", f"{span.last}") for span in windows)
    }
    for days, number in zip((longest, shortest), typed, strict=True):
        if number is not None:
            told[days] = Denominator(orders=number, told_by="typed by the user")
    return told


def _check_denominators(counting: Counting, windows: Sequence[Window], told: dict[int, Denominator]) -> None:
    """Refuse stated numbers of orders that the rows or one another contradict."""
    sizes = [told[span.days].orders for span in windows if span.days in told]
    if sizes != sorted(sizes, reverse=True):
        raise UsageFault("too_many_orders", "The shorter window cannot have more orders than the longer one.")
    for span in windows:
        stated = told.get(span.days or 0)
        late = int(np.count_nonzero(span.holds(counting.days) & counting.late))
        if stated and not late <= stated.orders <= _ORDERS_LIMIT:
            raise UsageFault(
                "too_few_orders" if stated.orders < late else "too_many_orders",
                f"The rows show {late:,} late orders in the last {span.days} days, but"
                f" {stated.orders:,} orders are stated ({stated.told_by}).",
                hint="Check the number of orders, and that both speak of the same days.",
            )
