"""When it happened and when it will be over: incidents, what the windows can bear, the projection, closed days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from poa.facts.figures import Figure

Scenario: TypeAlias = Literal["zero_late", "current_rate", "usual_rate", "paused", "paused_moved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Days on which late orders gathered. ``causes`` are positions among the causes, first begun first.

    ``late`` of ``orders`` of the whole account in these days, ``expected`` what is usual for them; the
    peak is the day with most late orders. ``trigger`` names the cause that began first, if any did.
    """

    from_: Figure
    to: Figure
    running: bool
    orders: Figure
    late: Figure
    expected: Figure
    peak_day: Figure
    peak_rate: Figure
    trigger: Figure | None
    causes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one window can bear. ``allowed`` late orders of its ``orders`` would still meet the target.

    ``overdue`` of the ``late`` ones are past their ship-by time and not confirmed yet.
    ``orders_needed`` on time would meet it if no day left the window. ``week_spare`` is how many late
    orders the next seven days can bear among about ``week_orders``; negative: none, and so many too
    many. ``missed_since`` is the first day of the unbroken run of misses, ``or_before`` true where it
    may have begun before the data covers a window. ``clean_after``: without a late order from now on,
    the window holds none after that day.
    """

    window_days: int
    orders: Figure
    late: Figure
    overdue: Figure
    allowed: Figure
    orders_needed: Figure
    week_orders: Figure
    week_spare: Figure
    missed_since: Figure
    or_before: bool
    clean_after: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """From which day on a window stays under its target, under a scenario; None: not within 40 days.

    ``optimistic``, ``likely``, ``cautious``: with a chance of 10, 50 and 90 %. ``name`` is the group of
    the scenario; None at the usual rate means that all causes are back at it. ``spare`` is the least number of late orders that the next seven days can bear. ``path``
    is the expected rate of the window that ends so many days after the as-of day, None without orders.
    """

    scenario: Scenario
    dimension: str | None
    name: str | None
    window_days: int
    optimistic: Figure
    likely: Figure
    cautious: Figure
    spare: Figure
    path: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay:
    """A public holiday; ``provisional`` where its year is not announced yet there."""

    day: date
    country: str
    where: Literal["origin", "store"]
    name: str
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDays:
    """Holidays at the origin and at the store in the days of the orders.

    Of the late orders that were in dispatch at their deadline, ``over_closed`` had a holiday at the origin
    between purchase and ship-by, ``on_open_days`` had none.
    """

    origin: str
    store: str
    days: tuple[ClosedDay, ...]
    provisional: bool
    over_closed: Figure
    on_open_days: Figure
