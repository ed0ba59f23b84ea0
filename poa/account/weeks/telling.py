"""A week's page with its history: missed weeks filled in, weeks whose rows changed made again, this week added."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from poa.account.weeks.records import carried, covered, measures_of, record_of, restated, short
from poa.account.weeks.seen import AccountWeeks, Seen
from poa.account.weeks.weekly import Promised, charted, weekly
from poa.analysis.weeks import iso_week, week_window
from poa.analysis.windows import Window
from poa.doing import Doing, Tell
from poa.facts.history import WeekRecord
from poa.facts.ledger import Measure
from poa.facts.weekly import Charted, Weekly
from poa.ledger import wanted_of

Images = Callable[[], Mapping[str, bytes]]  # pictures by file name, once they are drawn
Draw = Callable[[Charted], Images]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Told:
    """The facts of a week's page, what it was made of, and the records that are new or made again, by week.

    ``filled`` are the earlier weeks among them that the history lacked; ``images`` gives what ``draw`` drew.
    """

    weekly: Weekly
    seen: Seen
    images: Images | None
    fresh: Mapping[str, WeekRecord]
    filled: tuple[str, ...]


def tell_week(
    weeks: AccountWeeks,
    week: Window,
    *,
    promised: Promised,
    records: Mapping[str, WeekRecord],
    tell: Tell,
    draw: Draw | None = None,
) -> Told:
    """Tell one week. ``records`` is the history as it lies there; without one nothing of earlier weeks is kept.

    ``draw`` is called as soon as there is enough to draw the charts from, so that they can be drawn meanwhile.

    The same rows, case and history give the same page, and a history that was lost is made again from the rows,
    week by week, each as its own end knew it.
    """
    name = iso_week(week.first)
    known = {told: record for told, record in records.items() if told < name}
    fresh: dict[str, WeekRecord] = {}
    if promised.history:
        fresh = _filled(weeks, week, promised, known, tell)
        known |= fresh
    seen = weeks.seen(name, week)
    measured = measures_of(seen, wanted_of(promised.case))
    own, old = _record(weeks, seen, measured, known), records.get(name) if promised.history else None
    if old and (_moment(own) < _moment(old) or name in short(seen, [week], records, zone=weeks.zone)):
        own = old  # not all of its files are at hand
    elif old:
        own = carried(own, old, seen_in=name)
    known[name] = own
    if own != old and week in covered(weeks, week):  # of half a week, later pages would tell too little
        fresh[name] = own
    if promised.history:
        earlier = covered(weeks, week)[:-1]
        for changed in restated(seen, earlier, known, zone=weeks.zone):
            then = weeks.seen(changed, week_window(changed))
            again = _record(weeks, then, measures_of(then, wanted_of(promised.case)), known)
            known[changed] = fresh[changed] = carried(again, known[changed], seen_in=name)
    shown = charted(weeks, seen, promised=promised, records=known, measured=measured)
    images = draw(shown) if draw else None
    return Told(
        weekly=weekly(weeks, seen, promised=promised, records=known, measured=measured, charted=shown),
        seen=seen,
        images=images,
        fresh=fresh if promised.history else {},
        filled=tuple(sorted(one for one in fresh if one != name and one not in records)),
    )


def _filled(
    weeks: AccountWeeks, week: Window, promised: Promised, records: Mapping[str, WeekRecord], tell: Tell
) -> dict[str, WeekRecord]:
    """The weeks before this one that the rows cover and the history lacks, lacks a figure of, or told before their end."""
    wanted = {(kpi, *scope) for scope, kpis in wanted_of(promised.case).items() for kpi in kpis}
    missing = [
        one
        for one in covered(weeks, week)
        if one.first < week.first
        and (
            (known := records.get(iso_week(one.first))) is None
            or not wanted <= {(told.kpi, told.dimension, told.name) for told in known.measures}
            or _moment(known) < weeks.moment(one)[0]
        )
    ]
    found: dict[str, WeekRecord] = {}
    for number, one in enumerate(missing):
        name = iso_week(one.first)
        tell(Doing(f"Filling in {name} ({number + 1} of {len(missing)})"))
        seen = weeks.seen(name, one)
        old = records.get(name)
        if old and name in short(seen, [one], records, zone=weeks.zone):
            continue
        measured = measures_of(seen, wanted_of(promised.case))
        made = _record(weeks, seen, measured, {**records, **found})
        found[name] = carried(made, old, seen_in=iso_week(week.first)) if old else made
    return found


def _moment(record: WeekRecord) -> datetime:
    return datetime.fromisoformat(record.cut_off)


def _record(
    weeks: AccountWeeks, seen: Seen, measured: Sequence[Measure], records: Mapping[str, WeekRecord]
) -> WeekRecord:
    before = records.get(iso_week(seen.window.first - timedelta(days=7)))
    return record_of(seen, before=before, measured=measured, since=weeks.first)
