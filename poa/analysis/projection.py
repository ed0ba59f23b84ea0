"""What a window can bear, and until when: the first day from which it stays under its target, under a scenario.

The past days of the window are whole numbers and fall out of it on known days; what is to come is a
volume (an assumption) and a late rate (the scenario), whose chance gives the band.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

import numpy as np

from poa.analysis.causes.predictive import Floats, Predictive
from poa.facts import Day
from poa.policy import LateShipmentRule

HORIZON = 40  # days
WEEK = 7
BAND = (0.10, 0.50, 0.90)  # optimistic, likely, cautious: chance of being under target on the day


def most_late(orders: int, rule: LateShipmentRule) -> int:
    """The most late orders that still meet the target; -1 where not even none does: without orders."""
    return (rule.target.numerator * orders - 1) // rule.target.denominator


def orders_needed(late: int, orders: int, rule: LateShipmentRule) -> int:
    """How many more orders on time would meet the target, if no day left the window."""
    return max(0, late * rule.target.denominator // rule.target.numerator - orders + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """Since when the target is missed without a break; ``open_ended`` where it may have been missed before."""

    since: date
    open_ended: bool


def breach(days: Sequence[Day], length: int, rule: LateShipmentRule) -> Breach | None:
    """The run of missed days that ends on the last day; None where that day meets the target.

    Only windows that the days cover whole are judged; where the first of them misses, so may earlier ones.
    """
    run: Breach | None = None
    for end in range(length, len(days) + 1):
        covered = days[end - length : end]
        late, orders = sum(day.late for day in covered), sum(day.orders for day in covered)
        if not orders or rule.met(late=late, orders=orders):
            run = None
        elif run is None:
            run = Breach(since=days[end - 1].day, open_ended=end == length)
    return run


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Orders that come: so many each day, late at this rate, which was learnt from ``known_late`` late orders."""

    orders: Sequence[float]
    rate: float
    known_late: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The window that ends so many days on: what is left of the past in it, what comes, what it can bear."""

    past_orders: int
    past_late: int
    coming: int
    spare: int

    @property
    def orders(self) -> int:
        """Orders of the whole window."""
        return self.past_orders + self.coming


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Days from the as-of day (0) from which the target is met on every later day; None: not within the horizon.

    ``expected`` are the late orders to expect among those that come into each window ahead.
    """

    optimistic: int | None
    likely: int | None
    cautious: int | None
    ahead: tuple[Ahead, ...]
    expected: tuple[float, ...]

    @property
    def spare(self) -> int:
        """The most late orders that the next seven days can bear; negative: over the target whatever they bring."""
        return min(one.spare for one in self.ahead[1 : WEEK + 1])


def outlook(
    past: Sequence[tuple[int, int]],
    streams: Sequence[Stream],
    *,
    length: int,
    spread: float,
    rule: LateShipmentRule,
) -> Outlook:
    """When the window of ``length`` days is under its target again.

    ``past`` are orders and late orders of each day up to the as-of day, ``streams`` what comes after it,
    ``spread`` the over-dispersion of days.
    """
    ahead = _ahead(past, streams, length=length, rule=rule)
    mean, variance = _late(streams, days=len(ahead), length=length, spread=spread)
    chances = _chances(ahead, mean, variance)
    dates = [_stays(chances, least) for least in BAND]
    return Outlook(
        optimistic=dates[0],
        likely=dates[1],
        cautious=dates[2],
        ahead=tuple(ahead),
        expected=tuple(mean.tolist()),
    )


def _ahead(
    past: Sequence[tuple[int, int]], streams: Sequence[Stream], *, length: int, rule: LateShipmentRule
) -> list[Ahead]:
    # Whole orders whose running sum is the rounded running sum: no order is lost to rounding.
    daily = [sum(stream.orders[day] for stream in streams) for day in range(HORIZON)]
    whole = [0, *(round(number) for number in accumulate(daily))]
    found = []
    for days in range(HORIZON + 1):
        left = past[len(past) - (length - days) :] if days < length else ()
        orders, late = sum(day[0] for day in left), sum(day[1] for day in left)
        coming = whole[days] - whole[max(0, days - length)]
        found.append(
            Ahead(
                past_orders=orders,
                past_late=late,
                coming=coming,
                spare=most_late(orders + coming, rule) - late if orders + coming else 0,  # no orders, no rate
            )
        )
    return found


def _late(streams: Sequence[Stream], *, days: int, length: int, spread: float) -> tuple[Floats, Floats]:
    """Late orders to expect among those that come into each window ahead, and their variance."""
    mean, variance = np.zeros(days), np.zeros(days)
    for stream in streams:
        summed = np.concatenate([[0.0], np.cumsum(stream.orders)])[:days]
        before = np.concatenate([np.zeros(min(length, days)), summed])[:days]
        late = (summed - before) * stream.rate
        mean += late
        variance += spread * late * (1 - stream.rate) + late**2 * spread / max(stream.known_late, 0.5)
    return mean, variance


def _chances(ahead: Sequence[Ahead], mean: Floats, variance: Floats) -> list[float]:
    """The chance of meeting the target on each day."""
    coming = np.array([one.coming for one in ahead], dtype=np.int64)
    spare = np.array([one.spare for one in ahead], dtype=np.int64)
    certain = (mean == 0) | (coming == 0)
    chances = Predictive(coming, mean, variance).at_most(spare)
    return [float(spare[at] >= 0) if certain[at] else float(chances[at]) for at in range(len(ahead))]


def _stays(chances: Sequence[float], least: float) -> int | None:
    """The first day from which every later chance is at least this; None where the last one is not."""
    days = len(chances)
    while days and chances[days - 1] >= least:
        days -= 1
    return days if days < len(chances) else None
