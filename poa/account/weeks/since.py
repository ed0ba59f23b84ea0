"""How the rate went before and since a day, such as that of Amazon's notice: counts, no judgement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from poa.account.weeks.seen import AccountWeeks, Seen
from poa.account.weeks.weekly import counted_span
from poa.analysis.windows import Window
from poa.errors import UsageFault
from poa.facts.weekly import Since, WeekCount

_WEEKS_BEFORE = 4


def since(weeks: AccountWeeks, seen: Seen, mark: date) -> Since:
    """The counts before and since ``mark``; raises UsageFault where the rows tell of no day since."""
    if mark > seen.until:
        raise UsageFault(
            "nothing_since",
            f"The rows end on {seen.until}, before {mark}.",
            hint="Hand in a report that holds the days since.",
        )
    days = [rate.window_days for rate in seen.facts.late_shipment_rate if rate.window_days]
    before = _span(mark - timedelta(days=7 * _WEEKS_BEFORE), mark - timedelta(days=1))
    after = _span(mark, seen.until)
    return Since(
        mark=mark,
        until=seen.last_day("since.until"),
        before=counted_span(seen, before, "since.before"),
        since=counted_span(seen, after, "since.since"),
        weeks=tuple(_weeks(weeks, seen, mark)),
        first_clean=tuple((length, mark + timedelta(days=length - 1)) for length in sorted(days)),
    )


def _span(first: date, last: date) -> Window:
    return Window(days=(last - first).days + 1, first=first, last=last)


def _weeks(weeks: AccountWeeks, seen: Seen, mark: date) -> Iterator[WeekCount]:
    """Seven days each, counted from the mark in both directions; the last may be shorter."""
    for number in range(-_WEEKS_BEFORE, (seen.until - mark).days // 7 + 1):
        first = mark + timedelta(days=7 * number)
        last = min(first + timedelta(days=6), seen.until)
        if first >= weeks.first:
            yield counted_span(seen, _span(first, last), f"since.weeks.{first}")
