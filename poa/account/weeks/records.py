"""What the history keeps of a week, from its rows; and whether a week's rows changed since it was told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from poa.account.assumptions import missing_days
from poa.account.standing_out import coarse_clocks
from poa.account.weeks.seen import AccountWeeks, Seen
from poa.analysis.measures import measures
from poa.analysis.weeks import cut_off, iso_week, weeks_between
from poa.analysis.windows import Window
from poa.facts import Figure, Incident
from poa.facts.history import ToldBefore, ToldIncident, ToldMeasure, ToldRate, WeekRecord
from poa.facts.ledger import Measure
from poa.ledger import Scope

_DIGITS = 6  # of a control figure in the history


def covered(weeks: AccountWeeks, last: Window) -> tuple[Window, ...]:
    """The weeks up to this one whose days the rows cover from their Monday on."""
    return tuple(one for one in weeks_between(weeks.first, last.last) if one.first >= weeks.first)


def record_of(
    seen: Seen, *, before: WeekRecord | None, measured: Sequence[Measure], since: date
) -> WeekRecord:
    """The record of a week as its end knew it; ``before`` is that of the week before, ``since`` the first day of the rows."""
    orders, late = seen.by_day.recount(seen.window, seen.moment)
    return WeekRecord(
        week=seen.week,
        cut_off=seen.moment.isoformat(),
        orders=orders,
        late=late,
        days=tuple(_days(seen)),
        rates=tuple(
            ToldRate(window_days=days, orders=int(rate.orders.value), late=int(rate.late.value or 0))
            for rate in seen.rates
            if (days := rate.window_days)
            and isinstance(rate.orders.value, int)
            and seen.counted.as_of - timedelta(days=days - 1) >= since
        ),
        incidents=tuple(told for _, told in incidents_of(seen, before)),
        measures=tuple(_measure(one) for one in measured),
    )


def measures_of(seen: Seen, wanted: Mapping[Scope, Collection[str]]) -> tuple[Measure, ...]:
    """The control figures of a week that are wanted of each group, with their rows.

    Where days of the week are missing, they are not told: what nobody has seen neither keeps a promise nor breaks it.
    """
    every = measures(seen.recent, [seen.window], list(wanted), coarse=coarse_clocks(seen.joined))
    found = (one for one in every if one.kpi in wanted[one.dimension, one.name])
    first, last = seen.window.first, seen.window.last
    if any(missing_days(seen.counted.counting, first=first, last=last)):
        return tuple(
            replace(one, low=replace(one.low, value=None), high=replace(one.high, value=None))
            for one in found
        )
    return tuple(found)


def restated(
    seen: Seen, weeks: Sequence[Window], records: Mapping[str, WeekRecord], *, zone: str
) -> dict[str, tuple[int | None, int]]:
    """The told weeks of which the rows now tell more orders, or others late, and what they tell.

    Rows that hold fewer orders of a week than its page told do not restate it: then not all of its files are at hand.
    """
    return {
        record.week: now for record, now in _changed(seen, weeks, records, zone) if not _fewer(now, record)
    }


def short(
    seen: Seen, weeks: Sequence[Window], records: Mapping[str, WeekRecord], *, zone: str
) -> dict[str, tuple[int | None, int]]:
    """The told weeks of which the rows at hand hold less than their pages told: the told numbers stand."""
    return {record.week: now for record, now in _changed(seen, weeks, records, zone) if _fewer(now, record)}


def _changed(
    seen: Seen, weeks: Sequence[Window], records: Mapping[str, WeekRecord], zone: str
) -> Iterator[tuple[WeekRecord, tuple[int | None, int]]]:
    for one in weeks:
        record = records.get(iso_week(one.first))
        if record is None:
            continue
        moment = seen.moment if one.first == seen.window.first else cut_off(one, zone)
        now = seen.by_day.recount(one, moment)
        if now != (record.orders, record.late):
            yield record, now


def _fewer(now: tuple[int | None, int], record: WeekRecord) -> bool:
    """Whether rows hold less of a week than was told: fewer orders, or where only late ones are listed fewer of these."""
    if record.orders is None:
        return now[1] < record.late
    return now[0] is None or now[0] < record.orders


def carried(made: WeekRecord, told: WeekRecord, *, seen_in: str) -> WeekRecord:
    """A record made again: with what its pages had told before, where that was of the same moment and is not so any more."""
    before = told.before
    if told.cut_off == made.cut_off and (told.orders, told.late) != (made.orders, made.late):
        before = (*before, ToldBefore(seen_in=seen_in, orders=told.orders, late=told.late))
    return replace(made, before=before)


def _days(seen: Seen) -> Iterator[tuple[int, int]]:
    for number in range(7):
        day = seen.window.first + timedelta(days=number)
        orders, late = seen.by_day.recount(Window(days=1, first=day, last=day), seen.moment)
        yield orders or 0, late


def incidents_of(seen: Seen, before: WeekRecord | None) -> Iterator[tuple[Incident, ToldIncident]]:
    """The incidents of a week's page: those with a day in it, and those that ended since the page before told them.

    ``before`` is the record of the week before, None without one.
    """
    others = {who_of(seen, one) for one in seen.happened.incidents}
    for one in seen.happened.incidents:
        dimension, name = who_of(seen, one)
        first, last = str(one.from_.value), str(one.to.value)
        earlier = _told_before(dimension, name, first, last, before=before, others=others)
        if last >= seen.window.first.isoformat() or any(told.running for told in earlier):
            yield (
                one,
                ToldIncident(
                    dimension=dimension,
                    name=name,
                    first=first,
                    last=last,
                    running=one.running,
                    first_week=min((told.first_week for told in earlier), default=seen.week),
                ),
            )


def _told_before(
    dimension: str,
    name: str,
    first: str,
    last: str,
    *,
    before: WeekRecord | None,
    others: Collection[tuple[str, str]] = (),
) -> tuple[ToldIncident, ...]:
    """What the page before told of an incident; nothing where it is new.

    Two tellings are of one incident where their days (ISO texts) meet and the same group began it. Which group
    that is may change as more rows tell it, from a SKU to the supplier that makes it; so a telling is also of
    this incident where its group began none of ``others``, the groups (dimension, name) of the incidents of this page.
    """
    return tuple(
        one
        for one in (before.incidents if before else ())
        if one.first <= last
        and first <= one.last
        and ((one.dimension, one.name) == (dimension, name) or (one.dimension, one.name) not in others)
    )


def faded(seen: Seen, before: WeekRecord | None) -> Iterator[ToldIncident]:
    """Incidents that the page before told as still going on, and that do not stand out any more with the rows of now."""
    found = {told for _, told in incidents_of(seen, before)}
    others = {(one.dimension, one.name) for one in found}
    known = {
        told
        for one in found
        for told in _told_before(one.dimension, one.name, one.first, one.last, before=before, others=others)
    }
    yield from (one for one in (before.incidents if before else ()) if one.running and one not in known)


def who_of(seen: Seen, one: Incident) -> tuple[str, str]:
    """The cause that began an incident: dimension and name, blank where none stands out in it."""
    if not one.causes:
        return "", ""
    cause = seen.happened.causes[one.causes[0]]
    return cause.dimension, str(cause.name.value)


def _measure(one: Measure) -> ToldMeasure:
    return ToldMeasure(
        kpi=one.kpi,
        dimension=one.dimension,
        name=one.name,
        low=_number(one.low),
        high=_number(one.high),
        of=int(one.of.value or 0),
        due=int(one.due.value or 0),
    )


def _number(figure: Figure) -> float | None:
    return None if figure.value is None else round(float(figure.value), _DIGITS)
