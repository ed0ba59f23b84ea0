"""How many late orders a window can bear, how many orders it would take, and since when it bears too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from poa.facts import Day
from poa.policy import LateShipmentRule


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
