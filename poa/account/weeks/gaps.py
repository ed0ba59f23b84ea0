"""What the files do not tell of a week, in whole sentences: a page with few gaps is worth more than a full one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import numpy as np

from poa.account.assumptions import missing_days
from poa.account.open_list import lists_open
from poa.account.weeks.records import covered, faded, short
from poa.account.weeks.seen import AccountWeeks, Seen
from poa.analysis.weeks import iso_week
from poa.facts.history import WeekRecord
from poa.orders import NOT_STATED
from poa.words import Said, counted, said

_CLOCKS = {
    "supplier_dispatched": said(
        "No file tells when orders were dispatched, so hand-over in time and lead times are not known."
    ),
    "first_scan": said("No file tells the carrier's first scans."),
}


def gaps(
    weeks: AccountWeeks, seen: Seen, records: Mapping[str, WeekRecord], *, history: bool
) -> Iterator[Said]:
    """The gaps of a week's page, the gravest first."""
    facts, counting = seen.facts, seen.counted.counting
    if not seen.whole:
        yield said(
            "The rows end on {until}, before the week does: this is not the whole week.",
            until=seen.until.isoformat(),
        )
    longest = facts.late_shipment_rate[0]
    if str(longest.from_.value) < weeks.first.isoformat():
        yield said(
            "The rows begin on {first}, so they do not cover all of the {days} days.",
            first=weeks.first.isoformat(),
            days=longest.window_days,
        )
    since = date.fromisoformat(str(longest.from_.value))
    yield from missing_days(counting, first=since, last=seen.window.last)
    refused = int(facts.rows_refused.value or 0)
    if refused:
        yield counted(
            refused,
            "1 row could not be used; internal/facts.json names it.",
            "{number} rows could not be used; internal/facts.json names them.",
        )
    yield from _of_week(seen)
    if not lists_open(seen.joined):
        yield said("The files tell of late orders only, so nothing is known of open ones.")
    table = counting.orders.table
    for clock, words in _CLOCKS.items():
        if clock not in table or table[clock].isna().all():
            yield words
    if weeks.account.origin is None:
        yield said("Nobody said where the goods come from (--origin), so its holidays are not known.")
    yield from _of_history(weeks, seen, records)
    if not history:
        yield said("Without a case folder (--case) no history is kept and no promise is followed.")


def _of_history(weeks: AccountWeeks, seen: Seen, records: Mapping[str, WeekRecord]) -> Iterator[Said]:
    """What earlier pages told and the rows of now do not."""
    for week, (orders, late) in short(seen, covered(weeks, seen.window), records, zone=weeks.zone).items():
        yield (
            said(
                "{week}: the files at hand hold {late} of the {told} late orders that its page told, and list no others; what it told stands.",
                week=week,
                late=late,
                told=records[week].late,
            )
            if orders is None
            else said(
                "{week}: the files at hand hold {orders} of the {told} orders that its page told; what it told stands.",
                week=week,
                orders=orders,
                told=records[week].orders or 0,
            )
        )
    before = iso_week(seen.window.first - timedelta(days=7))
    for one in faded(seen, records.get(before)):
        yield said(
            "The page of {week} told an incident of {who} that was still going on; with the rows of now it no longer stands out.",
            week=before,
            who=one.name or said("the whole account"),
        )


def _of_week(seen: Seen) -> Iterator[Said]:
    """Orders of the week whose supplier nobody states."""
    counting = seen.counted.counting
    inside = seen.window.holds(counting.days) & counting.counted
    number = int(np.count_nonzero(inside))
    blank = (counting.orders.table["supplier"] == NOT_STATED).to_numpy() & inside
    missing = int(np.count_nonzero(blank))
    if number and missing == number:
        yield said("No file states the supplier of any order of the week (--suppliers).")
    elif missing:
        yield counted(
            missing,
            "Of {orders} orders of the week, 1 has no supplier stated.",
            "Of {orders} orders of the week, {number} have no supplier stated.",
            orders=number,
        )
