"""The page's facts of one week: put together from what its end knew, the history, and the promises of the case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from poa.account.open_list import waiting_of
from poa.account.standing_out import coarse_clocks, role_in
from poa.account.weeks.gaps import gaps
from poa.account.weeks.incidents import week_incidents
from poa.account.weeks.seen import AccountWeeks, Seen
from poa.analysis.coming_days import coming
from poa.analysis.control import control
from poa.analysis.intervals import FEW
from poa.analysis.near_misses import near_misses
from poa.analysis.rates import LATE
from poa.analysis.scorecards import scorecards
from poa.analysis.weeks import cut_off, iso_week, week_of, weeks_between
from poa.analysis.windows import Window
from poa.case import Case
from poa.facts import FiguresOf, Rows
from poa.facts.history import ToldBefore, WeekRecord
from poa.facts.ledger import Measure
from poa.facts.weekly import (
    Charted,
    Outlook,
    RateBefore,
    Restated,
    WeekCount,
    Weekly,
)
from poa.ledger import ledger, record_name
from poa.policy import country_of, origin_of

_WEEKS = 13  # of the table and the chart: a quarter
_AHEAD = (7, 14)  # days


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Promised:
    """What the page follows: the case, the names of the files in ``evidence/``, and whether a history is kept."""

    case: Case
    evidence: Collection[str] = ()
    history: bool = False


def charted(
    weeks: AccountWeeks,
    seen: Seen,
    *,
    promised: Promised,
    records: Mapping[str, WeekRecord],
    measured: tuple[Measure, ...],
) -> Charted:
    """The facts that the page's charts are drawn from.

    ``records`` is the history up to this week, this one included, ``measured`` are the control figures of the week.
    """
    counts = tuple(_weeks(weeks, seen, records))
    told = counts if seen.counted.counting.complete else ()
    known = [(int(one.late.value or 0), int(one.orders.value or 0)) for one in told]
    return Charted(
        weeks=counts,
        control=control(known, base=max(0, len(known) - 1), name="weekly.control"),
        scorecards=scorecards(
            seen.recent, seen.window, role_of=role_in(weeks.account), coarse=coarse_clocks(seen.joined)
        ),
        ledger=ledger(promised.case, seen.week, records, evidence=promised.evidence, measured=measured),
        target=float(seen.rates[0].target.value or 0),
    )


def weekly(
    weeks: AccountWeeks,
    seen: Seen,
    *,
    promised: Promised,
    records: Mapping[str, WeekRecord],
    measured: tuple[Measure, ...],
    charted: Charted,
) -> Weekly:
    """The facts of a week's page, from the same as those of its charts; weeks that it restates say so in it."""
    counting = seen.counted.counting
    before = records.get(iso_week(seen.window.first - timedelta(days=7)))
    origin = weeks.account.origin
    return Weekly(
        week=seen.week,
        first=seen.window.first,
        last=seen.window.last,
        cut_off=seen.moment.isoformat(),
        whole=seen.whole,
        data_until=seen.last_day("weekly.data_until"),
        count=charted.weeks[-1],
        before=tuple(_before(weeks, seen, before)),
        weeks=charted.weeks,
        control=charted.control,
        compared_with=seen.happened.compared_with,
        incidents=tuple(week_incidents(seen, before, promised.case.notice.date, history=promised.history)),
        scorecards=charted.scorecards,
        near_misses=near_misses(seen.recent, seen.window, coarse=coarse_clocks(seen.joined)),
        waiting=waiting_of(seen.joined, counting, now=seen.moment),
        outlook=tuple(_outlook(seen)),
        coming=coming(
            origin=origin_of(origin) if origin else None,
            store=country_of(weeks.read.store.code),
            after=seen.window.last,
        ),
        measures=measured,
        ledger=charted.ledger,
        restated=tuple(
            _restated(one, told)
            for one in records.values()
            for told in one.before
            if told.seen_in == seen.week
        ),
        gaps=tuple(gaps(weeks, seen, records, history=promised.history)),
    )


def _weeks(weeks: AccountWeeks, seen: Seen, records: Mapping[str, WeekRecord]) -> Iterator[WeekCount]:
    """The week and those before it, as far as rows or history tell of them, without a gap."""
    first = seen.window.first - timedelta(days=7 * (_WEEKS - 1))
    known = [
        one
        for one in weeks_between(first, seen.window.last)
        if one.first >= weeks.first or iso_week(one.first) in records or one.first == seen.window.first
    ]
    for one in known:
        record, own = records.get(iso_week(one.first)), f"weekly.weeks.{iso_week(one.first)}"
        if one.first >= weeks.first or record is None:
            yield counted_span(seen, one, own)
        else:
            rows = Rows(rule=f"as told in {record_name(record.week)}", orders=record.orders or 0)
            yield _count(own, one, record.orders, record.late, (rows, rows), told=True)


def counted_span(seen: Seen, span: Window, own: str) -> WeekCount:
    """Orders and late orders of some days, as figures whose ids begin with ``own``."""
    counting = seen.counted.counting
    late = counting.behind(span, counting.late, LATE)
    orders = counting.behind(span, counting.counted, counting.orders_rule)
    number = orders.orders if counting.complete else None
    return _count(own, span, number, late.orders, (orders, late), told=False)


def _count(
    own: str, week: Window, orders: int | None, late: int, rows: tuple[Rows, Rows], *, told: bool
) -> WeekCount:
    figure = FiguresOf(own)
    return WeekCount(
        week=iso_week(week.first),
        first=week.first,
        last=week.last,
        orders=figure("orders", orders, "orders", rows[0]),
        late=figure("late", late, "orders", rows[1]),
        rate=figure("rate", late / orders if orders else None, "fraction", rows[1]),
        few=orders is not None and orders < FEW,
        told=told,
    )


def _before(weeks: AccountWeeks, seen: Seen, record: WeekRecord | None) -> Iterator[RateBefore]:
    """Both windows as they stood a week earlier, where rows or history tell of all their days."""
    earlier = week_of(seen.window.first - timedelta(days=1))
    for rate in seen.facts.late_shipment_rate:
        days = rate.window_days
        if days is None or not seen.whole:
            continue
        span = Window(days=days, first=earlier.last - timedelta(days=days - 1), last=earlier.last)
        told = next((one for one in record.rates if one.window_days == days), None) if record else None
        if span.first >= weeks.first and seen.counted.counting.complete:
            orders, late = seen.by_day.recount(span, cut_off(earlier, weeks.zone))
            words = f"{span.first} to {span.last}, as known at the end of {earlier.last}"
        elif told:
            orders, late = told.orders, told.late
            words = f"as told in {record_name(iso_week(earlier.first))}"
        else:
            continue
        if not orders:
            continue
        rows = Rows(rule=f"the {days} days a week earlier: {words}", orders=orders)
        figure = FiguresOf(f"weekly.before.{days}", rows)
        yield RateBefore(
            window_days=days,
            orders=figure("orders", orders, "orders"),
            late=figure("late", late, "orders"),
            rate=figure("rate", late / orders, "fraction"),
            few=orders < FEW,
        )


def _outlook(seen: Seen) -> Iterator[Outlook]:
    """The rate of each window some days on, if none of the coming orders is late."""
    for one in seen.facts.projection or ():
        if one.scenario != "zero_late":
            continue
        figure = FiguresOf(f"weekly.outlook.{one.window_days}")
        for days in _AHEAD:
            rate = one.path[days] if days < len(one.path) else None
            rule = f"the {one.window_days} days that end {days} days after {seen.until}, if none of the coming orders is late"
            yield Outlook(
                window_days=one.window_days,
                in_days=days,
                rate=figure(str(days), rate, "fraction", Rows(rule=rule, orders=0)),
            )


def _restated(now: WeekRecord, told: ToldBefore) -> Restated:
    then = Rows(rule=f"as told before, kept in {record_name(now.week)}", orders=told.orders or 0)
    rows = Rows(rule=f"orders due in {now.week}, as known at its end", orders=now.orders or 0)
    figure = FiguresOf(f"weekly.restated.{now.week}", rows)
    return Restated(
        week=now.week,
        orders_told=figure("orders_told", told.orders, "orders", then),
        late_told=figure("late_told", told.late, "orders", then),
        orders=figure("orders", now.orders, "orders"),
        late=figure("late", now.late, "orders"),
    )
