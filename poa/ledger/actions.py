"""The action ledger: each action of the case, week by week, until its check has held as long as the case says.

The effectiveness check of an 8D report: an action is verified when its control figure met the target in so many
weeks running, and closed then; a miss after that reopens it. What no row and no word of the seller tells
counts neither way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from poa.analysis.weeks import iso_week, week_window
from poa.case import Case, Corrective, Preventive, action_names
from poa.case.supports import parted
from poa.facts import Figure, Rows, Unit
from poa.facts.history import ToldMeasure, WeekRecord
from poa.facts.ledger import Check, Dimension, Entry, Heading, Ledger, Measure, Status, Verdict
from poa.ledger.records import record_name
from poa.orders import ALL_ORDERS
from poa.policy.kpis import kpis

Scope: TypeAlias = tuple[Dimension, str]
Key: TypeAlias = tuple[str, str, Dimension, str]  # kpi, week, group

ACCOUNT: Scope = ("account", ALL_ORDERS)
_ORDER: tuple[Status, ...] = ("overdue", "reopened", "broken", "not_yet", "planned", "verified", "closed")
_SHOWN = 13  # weeks of an entry: a quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class _Action:
    """An action of the case, of either kind, as the ledger needs it."""

    id: str
    heading: Heading
    at: int
    due: date | None
    shown: bool  # a file in evidence/ shows that it was done
    kpi: str | None
    scope: Scope
    target: float | None
    weeks: int | None


def wanted_of(case: Case) -> dict[Scope, frozenset[str]]:
    """The control figures that the history keeps: all of the account, and of other groups those that an action names."""
    found: dict[Scope, frozenset[str]] = {ACCOUNT: frozenset(kpis())}
    for one in _actions(case, ()):
        if one.kpi:
            found[one.scope] = found.get(one.scope, frozenset()) | {one.kpi}
    return found


def ledger(
    case: Case,
    week: str,
    records: Mapping[str, WeekRecord],
    *,
    evidence: Collection[str] = (),
    measured: Sequence[Measure] = (),
) -> Ledger:
    """The ledger as it stands at the end of a week.

    ``records`` are the weeks told so far by their names, this one among them; ``evidence`` the files that are there;
    ``measured`` control figures with their rows, which stand for those of the records where both tell.
    """
    own: dict[tuple[str | None, str | None], Verdict] = {
        (told.action, told.week): "held" if told.held else "missed"
        for told in case.check
        if told.held is not None
    }
    known = {(one.kpi, one.week, one.dimension, one.name): one for one in measured}
    entries = sorted(
        (_entry(one, week, records, own, known) for one in _actions(case, evidence)),
        key=lambda one: _ORDER.index(one.status),
    )

    def count(name: str, *statuses: Status) -> Figure:
        number = sum(one.status in statuses for one in entries)
        rule = f"actions of the case that are {' or '.join(statuses)} at the end of {week}"
        return Figure(id=f"ledger.{name}", value=number, unit="actions", rows=Rows(rule=rule, orders=0))

    return Ledger(
        entries=tuple(entries),
        verified=count("verified", "verified", "closed"),
        broken=count("broken", "broken", "reopened"),
        overdue=count("overdue", "overdue"),
        waiting=count("waiting", "not_yet", "planned"),
    )


def _actions(case: Case, evidence: Collection[str]) -> Iterator[_Action]:
    names = {place: own for own, place in action_names(case).items()}
    shown_by = {one.id or str(number): one.shown_by or "" for number, one in enumerate(case.cause, start=1)}
    alone = next(iter(shown_by.values()), "") if len(shown_by) == 1 else ""
    headings: tuple[Heading, ...] = ("corrective", "preventive")
    for heading in headings:
        actions: Sequence[Corrective | Preventive] = getattr(case, heading)
        for at, action in enumerate(actions):
            yield _Action(
                id=names[f"{heading}.{at}"],
                heading=heading,
                at=at,
                due=action.date if isinstance(action, Corrective) else action.start,
                shown=isinstance(action, Corrective) and (action.evidence or "") in evidence,
                kpi=action.kpi,
                scope=_scope(shown_by.get(action.cause, "") if action.cause else alone, action.kpi),
                target=action.target,
                weeks=action.weeks,
            )


def _scope(shown_by: str, kpi: str | None) -> Scope:
    """The group that an action's figure is taken of: what shows its cause, where the figure can be taken of it."""
    kind, name = parted(shown_by)
    known = kpis().get(kpi or "")
    for dimension in ("supplier", "carrier", "sku"):
        if kind == dimension and name and known and dimension in known.per:
            return (dimension, name)
    return ACCOUNT


def _entry(
    action: _Action,
    week: str,
    records: Mapping[str, WeekRecord],
    own: Mapping[tuple[str | None, str | None], Verdict],
    known: Mapping[Key, Measure],
) -> Entry:
    last = week_window(week).last
    checks = tuple(_check(action, one, records, own, known) for one in _weeks(action.due, week))
    course = _course(checks, action.weeks)
    due = action.due
    late_by = (last - due).days if due else 0
    status = _status(action, course, checks, last=last)

    def figure(name: str, value: int | None, unit: Unit, rule: str) -> Figure:
        return Figure(id=f"ledger.{action.id}.{name}", value=value, unit=unit, rows=Rows(rule=rule, orders=0))

    stated = f"stated by the seller for {action.id}"
    return Entry(
        id=action.id,
        heading=action.heading,
        at=action.at,
        due=due,
        status=status,
        kpi=action.kpi,
        dimension=action.scope[0],
        name=action.scope[1],
        target=action.target,
        weeks_needed=figure("weeks_needed", action.weeks, "weeks", stated),
        weeks_held=figure(
            "weeks_held", course.streak, "weeks", f"weeks running up to {week} in which the check held"
        ),
        late_by=figure(
            "late_by", late_by if status == "overdue" else None, "days", f"from the day {stated} to {last}"
        ),
        closed_in=course.closed_in,
        checks=checks[-_SHOWN:],
    )


def _weeks(due: date | None, week: str) -> Iterator[str]:
    """The whole weeks since an action is in place, up to this one."""
    if due is None:
        return
    monday = due + timedelta(days=-due.weekday() % 7)
    last = week_window(week).last
    while monday <= last:
        yield iso_week(monday)
        monday += timedelta(days=7)


def _check(
    action: _Action,
    week: str,
    records: Mapping[str, WeekRecord],
    own: Mapping[tuple[str | None, str | None], Verdict],
    known: Mapping[Key, Measure],
) -> Check:
    key, measured = (action.kpi, *action.scope), None
    for told in records[week].measures if week in records else ():
        if (told.kpi, told.dimension, told.name) == key:
            measured = known.get((told.kpi, week, *action.scope)) or _of_record(told, action, week)
            break
    verdict: Verdict = "not_told"
    if measured and action.target is not None and action.kpi:
        verdict = kpis()[action.kpi].verdict(measured.low.value, measured.high.value, action.target)
    stated = own.get((action.id, week))
    if verdict == "not_told" and stated:
        return Check(week=week, verdict=stated, measured=measured, own=True)
    return Check(week=week, verdict=verdict, measured=measured, own=False)


def _of_record(told: ToldMeasure, action: _Action, week: str) -> Measure:
    """A control figure as the history tells it."""
    unit = kpis()[told.kpi].unit
    rows = Rows(rule=f"{told.kpi} of {told.name} in {week}, as told in {record_name(week)}", orders=told.of)

    def figure(name: str, value: float | None, of: Unit) -> Figure:
        whole = of in {"orders", "groups"} and value is not None
        return Figure(
            id=f"ledger.{action.id}.{week}.{name}",
            value=int(value or 0) if whole else value,
            unit=of,
            rows=rows,
        )

    return Measure(
        kpi=told.kpi,
        week=week,
        dimension=action.scope[0],
        name=told.name,
        unit=unit,
        low=figure("low", told.low, unit),
        high=figure("high", told.high, unit),
        of=figure("of", told.of, "orders"),
        due=figure("due", told.due, "orders"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """How the checks went: held so many weeks running up to now, last told so, closed in that week, reopened since."""

    streak: int
    last: Verdict
    closed_in: str | None
    reopened: bool


def _course(checks: Sequence[Check], needed: int | None) -> _Course:
    streak, reopened = 0, False
    last: Verdict = "not_told"
    closed_in: str | None = None
    for check in checks:
        if check.verdict == "not_told":
            continue
        last = check.verdict
        streak = streak + 1 if last == "held" else 0
        if last == "missed" and closed_in is not None:
            closed_in, reopened = None, True
        if needed is not None and streak >= needed and closed_in is None:
            closed_in, reopened = check.week, False
    return _Course(streak=streak, last=last, closed_in=closed_in, reopened=reopened)


def _status(action: _Action, course: _Course, checks: Sequence[Check], *, last: date) -> Status:
    if action.due is None or action.due > last:
        return "planned"
    if course.closed_in is not None:
        return "verified" if checks and course.closed_in == checks[-1].week else "closed"
    if course.reopened:
        return "reopened"
    if course.last == "missed":
        return "broken"
    if course.last == "held" or action.shown or not checks:
        return "not_yet"
    return "overdue"  # its day is past, and nothing tells that it is in place
