"""What the Monday page finds, and what it costs: ``python bench/weeks.py quiet|planted|speed [NUMBER]``.

``quiet``: in how many made-up quiet weeks the page names an incident (a percentage that is to stay under 5).
``planted``: of incidents that begin on a known day, how many stand on the page of the week they began in, with
the right name, step and day, and whether later pages say that they go on and that they ended.
``speed``: wall time and memory of a page of 1,000,000 orders in 52 weeks, beside reading them (``week_speed.py``).
"""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from poa.account import Account
from poa.account.weeks import AccountWeeks, Promised, Told, open_weeks, tell_week
from poa.analysis.weeks import week_of
from poa.case import Case
from poa.facts.history import WeekRecord
from poa.facts.weekly import WeekIncident, Weekly
from poa.files import as_input

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

MOST_FALSE = 0.05  # of quiet weeks
LEAST_FOUND = 0.95  # of incidents of which MANY late orders are to be expected in their first week
MANY = 10
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
T = TypeVar("T")
SIZES = (("under 5", 0.0, 5.0), ("5 to 10", 5.0, 10.0), ("10 and more", 10.0, float("inf")))


@dataclass(frozen=True, kw_only=True)
class Course:
    """What consecutive pages told of one planted incident, from the page of the week that it began in on.

    ``states`` has a word for each page up to the second after the incident's end, blank where it does not tell it;
    ``ended_at`` is the number of the page of the week that it ended in.
    """

    dimension: str
    weekday: int
    expected: float
    found: bool
    named: bool
    step: str
    days_off: int | None
    states: tuple[str, ...]
    ended_at: int

    @property
    def told_ended(self) -> bool:
        """Whether the page of the week of its end, or the one after, calls it ended."""
        return "ended" in self.states[self.ended_at : self.ended_at + 2]

    @property
    def told(self) -> bool:
        """Whether any page up to its end tells it."""
        return any(self.states[: self.ended_at + 1])

    @property
    def too_soon(self) -> bool:
        """Whether a page called it ended in a week before that of its end."""
        return "ended" in self.states[: self.ended_at]

    @property
    def in_order(self) -> bool:
        """Whether the pages say new, running and so on, ended, and then nothing more; a short one may be ended at once."""
        said = list(self.states)
        while said and not said[0]:
            said.pop(0)
        while said and not said[-1]:
            said.pop()
        if not said or said[-1] != "ended":
            return False
        return said[:-1] == ["new", *["running"] * (len(said) - 2)][: len(said) - 1]


def made_weeks(report: Any) -> AccountWeeks:
    """The rows of a made-up report, read."""
    return open_weeks(Account(reports=(as_input("report.csv", report.csv()),)), tell=lambda _: None)


def page(weeks: AccountWeeks, sunday: date, records: dict[str, WeekRecord], *, history: bool) -> Told:
    """The page of the week that ends then; its records join the others, as those of a case folder do."""
    told = tell_week(
        weeks,
        week_of(sunday),
        promised=Promised(case=Case(), history=history),
        records=records,
        tell=lambda _: None,
    )
    records |= told.fresh
    return told


def quiet(seed: int) -> list[str]:
    """The names of incidents on the page of the last whole week of a quiet account."""
    made = importlib.import_module("planted_weeks").quiet_week(seed)
    weeks = made_weeks(made.report)
    if weeks.newest.last != made.sunday:
        raise AssertionError(weeks.newest)
    told = page(weeks, made.sunday, {}, history=False).weekly
    return [" ".join(_who(one)) for one in told.incidents]


def planted(seed: int) -> Course:
    """The pages of an account with one incident, from the week that it began in to the second after its end."""
    made = importlib.import_module("planted_weeks").planted_week(seed)
    weeks, records = made_weeks(made.report), dict[str, WeekRecord]()
    last = week_of(made.last).last
    pages = []
    sunday = made.sunday
    while sunday <= last + timedelta(days=14):
        pages.append(page(weeks, sunday, records, history=True).weekly)
        sunday += timedelta(days=7)
    who = (made.dimension, made.name)
    first = _meets(pages[0], made.first, made.sunday)
    own = next((one for one in first if _named(one, who)), None)
    start = None if own is None else date.fromisoformat(str(own.incident.from_.value))
    return Course(
        dimension=made.dimension,
        weekday=made.first.weekday(),
        expected=made.extra,
        found=bool(first),
        named=own is not None,
        step="" if own is None else own.step,
        days_off=None if start is None else abs((start - made.first).days),
        states=tuple(_state(one, who, made.first, made.last) for one in pages),
        ended_at=(last - made.sunday).days // 7,
    )


def _who(one: WeekIncident) -> tuple[str, str]:
    """The cause that began an incident; the whole account where none did."""
    if not one.causes:
        return "account", "(all orders)"
    return one.causes[0].dimension, str(one.causes[0].name.value)


def _named(one: WeekIncident, who: tuple[str, str]) -> bool:
    """Whether an incident is laid to its cause, or to it among others that began later, or to what has nearly the same orders."""
    if _who(one) == who:
        return True
    alike = ((same.dimension, str(same.name.value)) for cause in one.causes for same in cause.alike)
    return who in {(cause.dimension, str(cause.name.value)) for cause in one.causes} or who in alike


def _meets(told: Weekly, first: date, last: date) -> list[WeekIncident]:
    """The incidents of a page that have a day in common with these."""
    return [
        one
        for one in told.incidents
        if str(one.incident.from_.value) <= last.isoformat()
        and str(one.incident.to.value) >= first.isoformat()
    ]


def _state(told: Weekly, who: tuple[str, str], first: date, last: date) -> str:
    return next((one.state for one in _meets(told, first, last) if _named(one, who)), "")


def print_quiet(number: int) -> bool:
    """Print how many quiet pages name anything; false where these are too many."""
    found = _each(quiet, number)
    named = [(seed, names) for seed, names in enumerate(found) if names]
    print(f"{len(named)} of {number} quiet pages name an incident: {len(named) / number:.1%}")
    for seed, names in named:
        print(f"  {seed}: {', '.join(names)}")
    return len(named) <= MOST_FALSE * number


def print_planted(number: int) -> bool:
    """Print the tables; false where too few of the larger incidents are found in their first week."""
    courses = _each(planted, number)
    print(f"{'first page, late orders to expect:':36}" + "".join(f"{name:>16}" for name, _, _ in SIZES))
    for day, name in [*enumerate(WEEKDAYS), (-1, "all")]:
        ours = [one for one in courses if day in {-1, one.weekday}]
        cells = (_share([one.found for one in ours if low <= one.expected < high]) for _, low, high in SIZES)
        print(
            f"  {'began on a ' if day >= 0 else ''}{name:<20}".ljust(36)
            + "".join(f"{cell:>16}" for cell in cells)
        )
    for dimension in ("supplier", "carrier", "sku", "account"):
        cells = (
            _share(
                [one.found for one in courses if one.dimension == dimension and low <= one.expected < high]
            )
            for _, low, high in SIZES
        )
        print(f"  {dimension}".ljust(36) + "".join(f"{cell:>16}" for cell in cells))
    found = [one for one in courses if one.found]
    named = [one for one in courses if one.named]
    steps = Counter(one.step or "none told" for one in named)
    off = [one.days_off for one in named if one.days_off is not None]
    told = [one for one in courses if one.told]
    print(f"right name, of those found: {_share([one.named for one in found])}")
    print(f"step, of those named: {', '.join(f'{step} {steps[step]}' for step in sorted(steps))}")
    print(
        f"first day, median difference: {median(off) if off else '-'} days; at most 1 day: {_share([one <= 1 for one in off])}"
    )
    print(f"told by the page of the week of its end: {len(told)} of {number}; of these:")
    print(f"  told ended on that page or the next: {_share([one.told_ended for one in told])}")
    print(f"  called ended on an earlier page, untruly: {_share([one.too_soon for one in told])}")
    print(f"  new, running, ended in this order: {_share([one.in_order for one in told])}")
    every = [one.found for one in courses if one.expected >= MANY]
    return sum(every) >= LEAST_FOUND * len(every)


def _share(held: Sequence[bool]) -> str:
    return f"{sum(held)} of {len(held)}"


def _each(task: Callable[[int], T], number: int) -> Sequence[T]:
    """The results of all seeds, in their order."""
    seeds: Iterable[int] = range(number)
    with ProcessPoolExecutor(max_workers=2) as pool:
        return list(pool.map(task, seeds, chunksize=4))


def main(what: str, number: int) -> int:
    """Run one of the three; the exit code is 1 where a goal is missed."""
    if what == "speed":
        return int(importlib.import_module("week_speed").main(number) > 2)
    return int(not {"quiet": print_quiet, "planted": print_planted}[what](number))


if __name__ == "__main__":
    sys.exit(
        main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3 if sys.argv[1] == "speed" else 100)
    )
