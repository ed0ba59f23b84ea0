"""Made-up accounts for the Monday page, quiet ones and ones with an incident that begins on a known day.

120 days of rows end on the Sunday of the page's week; a quiet report goes on for a few days, as an export made in the
week after it does, one with an incident for four weeks, so that its end is told too. `planted.World` draws the
account: weekdays, a trend, over-dispersed days, suppliers that differ for good, in half of the accounts a peak and bad days.
"""

import datetime as dt
import itertools
from dataclasses import dataclass

import numpy as np
from planted import CONFIRM, DAY, HEADER, HOUR, WINDOW, Lines, Planted, World, _mess, _texts, _times

DAYS = 120  # up to the last day of the page's week
LATER = 28  # days of rows after it, with an incident
BASE = (0.005, 0.035)  # usual rates of accounts
LENGTHS = (4, 18)  # days of an incident
# How likely an order of the group is late that else were not; of a whole account little is much.
STRENGTH = {"supplier": (0.15, 0.6), "carrier": (0.15, 0.6), "sku": (0.15, 0.6), "account": (0.04, 0.15)}
SIZES = {"supplier": (5, 20), "carrier": (5, 1e9), "sku": (1, 1e9), "account": (0, 1e9)}  # orders a day
DIMENSIONS = (
    "supplier",
    "supplier",
    "carrier",
    "sku",
    "account",
)  # what an incident is of, half as often as not
DISPATCH = 0
_MIDNIGHT = 7 * HOUR  # of Los Angeles, so that days end there too


class Weeks(World):
    """An account whose 120th day is a Sunday."""

    def _calendar(self, rng, per_day):
        self.days, self.history = DAYS, DAYS - WINDOW
        self.as_of -= dt.timedelta(days=(self.as_of.weekday() + 1) % 7)
        self.zero = self.as_of - dt.timedelta(days=DAYS - 1)
        return super()._calendar(rng, per_day)

    def date(self, day):
        return (self.zero + dt.timedelta(days=day)).isoformat()

    def rated(self, rng):
        """Draw the late orders again, at a usual rate of the account from `BASE`."""
        self.chance = (self.chance * rng.uniform(*BASE) / self.chance.mean()).clip(0, 0.6)
        self.late = rng.random(len(self.late)) < self.chance


@dataclass(frozen=True, slots=True)
class Week:
    """A report, the Sunday of its page, and the incident in it.

    `extra` are the late orders that were to be expected of it in the week that it starts in, `made` those that it
    made there; both are 0 in a quiet report, and `first` and `last` are None.
    """

    report: Planted
    sunday: dt.date
    dimension: str = ""
    name: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    extra: float = 0.0
    made: int = 0


def quiet_week(seed):
    """An account in which nothing happens; the export is of one of the six days after the Sunday."""
    rng = np.random.Generator(np.random.PCG64([1, seed]))
    world = _account(rng)
    end = DAYS + int(rng.integers(1, 7))
    return Week(_report(rng, world, seed, end), world.as_of)


def planted_week(seed):
    """An account with one incident that starts in the last fourteen days of its 120, delayed at dispatch."""
    for attempt in itertools.count():
        rng = np.random.Generator(np.random.PCG64([2, seed, attempt]))
        world = _account(rng)
        dimension = DIMENSIONS[seed % len(DIMENSIONS)]
        first = DAYS - 1 - int(rng.integers(0, 14))
        last = first + int(rng.integers(LENGTHS[0], LENGTHS[1] + 1)) - 1
        sunday = first + (DAYS - 1 - first) % 7
        a_day = (
            np.bincount(world.codes[dimension][world.day < DAYS], minlength=len(world.names[dimension]))
            / DAYS
        )
        low, high = SIZES[dimension]
        fit = np.flatnonzero((a_day >= low) & (a_day <= high))
        if not len(fit):
            continue
        element, extra = int(rng.choice(fit)), rng.uniform(*STRENGTH[dimension])
        hit = (world.codes[dimension] == element) & (world.day >= first) & (world.day <= last)
        noise = rng.lognormal(0, rng.uniform(0, 0.4), len(world.late))
        in_week = hit & (world.day <= sunday)
        expected = float((extra * (1 - world.chance[in_week])).sum())
        hit &= ~world.late & (rng.random(len(hit)) < extra * noise[world.day])
        world.late[hit], world.stage[hit] = True, DISPATCH
        return Week(
            _report(rng, world, seed, DAYS + LATER),
            dt.date.fromisoformat(world.date(sunday)),
            dimension,
            world.names[dimension][element],
            dt.date.fromisoformat(world.date(first)),
            dt.date.fromisoformat(world.date(last)),
            expected,
            int((hit & in_week).sum()),
        )
    raise AssertionError


def _account(rng):
    world = Weeks(rng, str(rng.choice(["G", "H"])))
    world.rated(rng)
    return world


def _report(rng, world, seed, end):
    """The rows as an export at the beginning of a day holds them: what came later is not in it."""
    world.days, now = end + 3, end * DAY
    times = _times(rng, world)
    lines = _mess(rng, world, times)
    for column in HEADER[7:]:
        lines.missing[column] |= times[column] >= now
    there = times["purchase-date"][lines.order] < now
    there &= ~(lines.missing[CONFIRM][lines.order] & (times[CONFIRM][lines.order] < now))
    held = (part[there] for part in (lines.order, lines.item, lines.sku, lines.supplier))
    lines = Lines(*held, lines.missing, lines.plain)
    shifted = {column: time + _MIDNIGHT for column, time in times.items()}
    return Planted(f"week-{seed:04d}", HEADER, _texts(world, shifted, lines, seed), {})
