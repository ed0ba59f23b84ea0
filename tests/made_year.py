"""A made-up account over many weeks, written as a plain CSV: all of it, or what its file held on a Monday in between."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from strategies import order_id, stamp

from poa.account import Account
from poa.account.weeks import AccountWeeks, Promised, Told, open_weeks, tell_week
from poa.analysis.weeks import cut_off, iso_week, week_window, weeks_between
from poa.build.weekly import Week, weekly_papers
from poa.case import Case
from poa.cli.pack_folders import open_packs
from poa.doing import silent
from poa.facts.history import WeekRecord
from poa.files import as_input
from poa.ledger import record_bytes

ZONE = "America/Los_Angeles"
SUPPLIERS = {"Alder Supply": "MUG", "Birch & Sons": "BAG", "義烏恒泰": "PEN"}  # and how its SKUs begin
HEAD = (
    "order-id,sku,supplier,purchase-date,ship-by-date,ship-confirm-date,"
    "supplier-order-date,supplier-dispatch-date,carrier-first-scan-date"
)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of an order as it happened; ``None`` is what never did."""

    number: int
    sku: str = "MUG-11"
    supplier: str = "Alder Supply"
    bought: datetime
    due: datetime
    confirmed: datetime | None = None
    ordered: datetime | None = None
    dispatched: datetime | None = None
    scanned: datetime | None = None

    @property
    def id(self) -> str:
        return order_id(self.number)

    def until(self, moment: datetime | None) -> "Line":
        """What was known of it then."""
        if moment is None:
            return self
        names = ("confirmed", "ordered", "dispatched", "scanned")
        told = {name: getattr(self, name) for name in names}
        return replace(self, **{name: at if at and at <= moment else None for name, at in told.items()})

    def updated(self, moment: datetime | None) -> datetime:
        """When the file last changed it."""
        known = self.until(moment)
        return max(
            at
            for at in (known.bought, known.confirmed, known.ordered, known.dispatched, known.scanned)
            if at is not None
        )


def at(day: date, hour: float, zone: str = ZONE) -> datetime:
    """An hour of a day on the store's clock."""
    whole = datetime.combine(day, time(), tzinfo=ZoneInfo(zone)) + timedelta(hours=hour)
    return whole.astimezone(UTC)


def due_on(day: date, zone: str = ZONE) -> datetime:
    """The last second of a day where the store is."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def order(
    number: int,
    due: date,
    *,
    late: bool = False,
    confirmed: bool = True,
    supplier: str = "Alder Supply",
    zone: str = ZONE,
    step: str = "dispatch",
) -> Line:
    """One order due at the end of a day: on time by half a day, or late by six hours in one step."""
    end = due_on(due, zone)
    dispatched = end + (2 * HOUR if late and step == "dispatch" else -20 * HOUR)
    scanned = end + (4 * HOUR if late and step != "confirmation" else -16 * HOUR)
    done = end + (6 * HOUR if late else -12 * HOUR)
    return Line(
        number=number,
        supplier=supplier,
        sku=f"{SUPPLIERS.get(supplier, 'OTHER')}-1",
        bought=end - 50 * HOUR,
        due=end,
        ordered=end - 48 * HOUR,
        dispatched=dispatched if confirmed else None,
        scanned=scanned if confirmed else None,
        confirmed=done if confirmed else None,
    )


def account_of(
    first: date,
    weeks: int,
    *,
    seed: int = 1,
    per_day: int = 6,
    late: float = 0.03,
    late_of: Callable[[str, date], float] | None = None,
    zone: str = ZONE,
) -> tuple[Line, ...]:
    """Orders of so many weeks from a Monday on, in the order of purchase.

    Every eighth order has two lines with ship-by and confirmation of their own, one in fifty is never confirmed;
    ``late_of`` gives the share that is late by supplier and ship-by day.
    """
    chance = random.Random(seed)  # noqa: S311
    found: list[Line] = []
    number = 0
    for passed in range(7 * weeks):
        day = first + timedelta(days=passed)
        for _ in range(per_day):
            number += 1
            bought = at(day, chance.uniform(0, 23.9), zone)
            never = chance.random() < 0.02
            lines = 2 if chance.random() < 1 / 8 else 1
            for item in range(lines):
                supplier = chance.choice(list(SUPPLIERS))
                promised = day + timedelta(days=chance.randint(1, 3))
                share = late_of(supplier, promised) if late_of else late
                line = _line(
                    chance, number, supplier, bought, due_on(promised, zone), share=share, never=never
                )
                found.append(replace(line, sku=f"{line.sku}-{chance.randint(1, 4) + 4 * item}"))
    return tuple(sorted(found, key=lambda one: (one.bought, one.number)))


def _line(
    chance: random.Random,
    number: int,
    supplier: str,
    bought: datetime,
    due: datetime,
    *,
    share: float,
    never: bool,
) -> Line:
    if chance.random() < share:
        dispatched = due + timedelta(hours=chance.uniform(1, 40))
        scanned = dispatched + timedelta(hours=chance.uniform(1, 8))
        confirmed = scanned + timedelta(hours=chance.uniform(0, 6))
    else:
        confirmed = bought + (due - bought) * chance.uniform(0.3, 0.98)
        scanned = bought + (confirmed - bought) * 0.9
        dispatched = bought + (confirmed - bought) * 0.8
    ordered = bought + (dispatched - bought) * 0.2
    return Line(
        number=number,
        sku=SUPPLIERS[supplier],
        supplier=supplier,
        bought=_second(bought),
        due=due,
        ordered=_second(ordered),
        dispatched=None if never else _second(dispatched),
        scanned=None if never else _second(scanned),
        confirmed=None if never else _second(confirmed),
    )


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def csv_of(lines: Iterable[Line], *, as_of: datetime | None = None, updated: bool = False) -> bytes:
    """The lines as a file; with ``as_of`` as it was then: later orders not there, later events blank."""
    rows = [
        ",".join(
            (
                one.id,
                one.sku,
                one.supplier,
                *(
                    stamp(moment)
                    for moment in (
                        one.bought,
                        one.due,
                        one.confirmed,
                        one.ordered,
                        one.dispatched,
                        one.scanned,
                    )
                ),
                *((stamp(whole.updated(as_of)),) if updated else ()),
            )
        )
        for whole in lines
        if as_of is None or whole.bought <= as_of
        for one in (whole.until(as_of),)
    ]
    return ("\n".join([f"{HEAD},last-updated-date" if updated else HEAD, *rows]) + "\n").encode()


def end_of(week: str, zone: str = ZONE) -> datetime:
    """The moment at which a week ends."""
    return cut_off(week_window(week), zone)


def weeks_of(*files: bytes, **more: object) -> AccountWeeks:
    """The account of some files, that list every order unless said otherwise."""
    inputs = tuple(
        as_input(f"orders-{at}.csv" if at else "orders.csv", data) for at, data in enumerate(files)
    )
    return open_weeks(Account(**{"reports": inputs, "complete": True, **more}), tell=silent)


def told_in(
    weeks: AccountWeeks,
    week: str,
    records: Mapping[str, WeekRecord],
    *,
    case: Case | None = None,
    history: bool = True,
    evidence: Sequence[str] = (),
) -> Told:
    """One week as told with the history at hand."""
    promised = Promised(case=case or Case(), history=history, evidence=frozenset(evidence))
    return tell_week(weeks, week_window(week), promised=promised, records=records, tell=silent)


def kept(records: Mapping[str, WeekRecord], told: Told) -> dict[str, WeekRecord]:
    """The history after a week was told."""
    return dict(sorted({**records, **told.fresh}.items()))


def history_bytes(records: Mapping[str, WeekRecord]) -> dict[str, bytes]:
    """The files of a history."""
    return {week: record_bytes(record) for week, record in records.items()}


def page_of(told: Told, *, case: Case | None = None, history: bool = True) -> dict[str, bytes]:
    """The files of a week's folder, in Markdown."""
    week = Week(
        facts=told.seen.facts,
        weekly=told.weekly,
        case=case or Case(),
        case_file=("", b""),
        pack=open_packs(None),
        history=history,
        formats=("md",),
    )
    return dict(weekly_papers(week, tell=silent).files)


def summary_of(told: Told, *, case: Case | None = None, history: bool = True) -> str:
    """The page that the operations lead reads."""
    return page_of(told, case=case, history=history)["weekly-summary.md"].decode()


def names(first: str, last: str) -> list[str]:
    """The names of the weeks from one to another."""
    span = weeks_between(week_window(first).first, week_window(last).last)
    return [iso_week(one.first) for one in span]
