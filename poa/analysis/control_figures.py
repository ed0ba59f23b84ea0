"""What each control figure counts or times, order by order: masks and seconds over the whole order table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from poa.analysis.clocked import Clocked, Seconds, clocked
from poa.analysis.rates import LATE, Counting
from poa.analysis.stages import C, possibly, surely
from poa.analysis.steps import steps_of
from poa.orders import Mask
from poa.policy.kpis import near_miss


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Counted:
    """Orders that count surely, possibly, and those that were measured, with words for each; the second's may be the first's.

    ``high`` is None where nobody can say how many more there may be. ``share`` asks for the part of ``of``; what of
    ``high`` is not among ``of`` is then in both parts of the upper share.
    """

    low: Mask
    high: Mask | None
    of: Mask
    words: str
    high_words: str = ""
    of_words: str
    share: bool = False


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Timed:
    """Seconds of each order, :data:`UNTOLD` where it tells none. ``instead`` serves groups that ``tells`` no order of."""

    seconds: Seconds
    words: str
    tells: Mask | None = None
    instead: Timed | None = None


Taken: TypeAlias = Counted | Timed


def control_figures(counting: Counting, *, coarse: frozenset[str]) -> dict[str, Taken | None]:
    """Every control figure by its id; None where no file tells what it needs."""
    clocks = clocked(counting, coarse=coarse)
    every = counting.complete
    share = _late_dispatched(counting, clocks, share=True) if every else None
    return {
        "late_confirmed": _late_confirmed(counting, clocks, coarse),
        "confirmation_lag": _timed(clocks.confirmation_lag(), "hours from hand-over to confirmation")
        if every
        else None,
        "late_dispatched": _late_dispatched(counting, clocks, share=False),
        "late_dispatch_share": share,
        "lead_time": lead_time(clocks) if every else None,
        "routing_lag": _timed(
            clocks.seconds("purchased", "ordered"), "hours from purchase to the order at the supplier"
        )
        if every
        else None,
        "pickup_missed": _pickup_missed(counting, clocks),
        "near_misses": _near_misses(counting, clocks),
        "overdue_open": _overdue_open(counting),
        "late_orders": _late(counting, share=False) if counting.tells else None,
        "late_shipment_rate": _late(counting, share=True) if every and counting.knows_late else None,
    }


def lead_time(clocks: Clocked) -> Timed | None:
    """From the order at the supplier to dispatch; from the purchase in groups of which no such order is told."""
    bought = _timed(clocks.seconds("purchased", "dispatched"), "hours from purchase to dispatch")
    ordered = clocks.seconds("ordered", "dispatched")
    if ordered is None:
        return None if clocks.tells("ordered") else bought
    return Timed(
        seconds=ordered,
        words="hours from the order at the supplier to dispatch",
        tells=clocks.known("ordered"),
        instead=bought,
    )


def near_missed(counting: Counting, clocks: Clocked) -> Mask:
    """Orders confirmed in time, in the last hours before their ship-by time, that time included."""
    left = clocks.times.ship_by - clocks.times.confirmed
    inside: Mask = (left >= np.timedelta64(0, "s")) & (left <= np.timedelta64(near_miss().hours, "h"))
    return inside & counting.counted & ~counting.late


def _timed(seconds: Seconds | None, words: str) -> Timed | None:
    return None if seconds is None else Timed(seconds=seconds, words=words)


def _late(counting: Counting, *, share: bool) -> Counted:
    # An order that is past due and not confirmed will be late: a promise does not hold because nobody confirms.
    return Counted(
        low=counting.late,
        high=counting.late | counting.overdue if counting.all_late_known else None,
        of=counting.counted,
        words=LATE,
        high_words=f"{LATE}, or past it and not confirmed",
        of_words=counting.orders_rule,
        share=share,
    )


def _late_confirmed(counting: Counting, clocks: Clocked, coarse: frozenset[str]) -> Counted | None:
    """Late orders whose step at the deadline was the confirmation, by the bounds of the steps."""
    if not counting.tells or not (clocks.tells("dispatched") or clocks.tells("scanned")):
        return None
    steps = steps_of(counting, days=coarse)
    low, high = np.zeros(len(counting.days), dtype=bool), np.zeros(len(counting.days), dtype=bool)
    low[steps.positions], high[steps.positions] = surely(steps.sets, C), possibly(steps.sets, C)
    return Counted(
        low=low,
        high=high if counting.all_late_known else None,
        of=counting.counted,
        words=f"{LATE}, surely handed over before it",
        high_words=f"{LATE}, handed over before it or not told",
        of_words=counting.orders_rule,
    )


def _late_dispatched(counting: Counting, clocks: Clocked, *, share: bool) -> Counted | None:
    """Orders that left after their ship-by time. The share is of the orders that tell it, the count of all late ones too."""
    if not clocks.tells("dispatched"):
        return None
    side = clocks.side("dispatched")
    # What the carrier had in time had left in time, whether or not a file tells when.
    untold = (counting.late | counting.overdue) & ~side.told & ~clocks.side("scanned").surely_in_time
    high = side.maybe_after if share else side.maybe_after | untold
    return Counted(
        low=side.surely_after,
        high=high if share or counting.knows_late else None,
        of=side.told,
        words="dispatched after the ship-by instant",
        high_words="dispatched after the ship-by instant, or on its day"
        if share
        else "dispatched after the ship-by instant, or late or past due and not told",
        of_words="orders whose dispatch is told",
        share=share,
    )


def _pickup_missed(counting: Counting, clocks: Clocked) -> Counted | None:
    """Orders that left in time and were first scanned after their ship-by time."""
    if not (clocks.tells("dispatched") and clocks.tells("scanned")):
        return None
    left, taken = clocks.side("dispatched"), clocks.side("scanned")
    both = left.told & taken.told
    may = ~left.surely_after & (taken.maybe_after | ~taken.told)
    judged = both | counting.late | counting.overdue
    return Counted(
        low=both & left.surely_in_time & taken.surely_after,
        high=may & judged if counting.knows_late else None,
        of=both,
        words="dispatched by the ship-by instant and first scanned after it",
        high_words="dispatched by the ship-by instant and first scanned after it, or late or past due and not told",
        of_words="orders whose dispatch and first scan are told",
    )


def _near_misses(counting: Counting, clocks: Clocked) -> Counted | None:
    if not counting.tells or not clocks.exact("confirmed"):
        return None
    found = near_missed(counting, clocks)
    return Counted(
        low=found,
        high=found if counting.complete else None,
        of=counting.counted,
        words=f"confirmed in the last {near_miss().hours} hours before the ship-by instant",
        of_words=counting.orders_rule,
    )


def _overdue_open(counting: Counting) -> Counted | None:
    """Open orders past due; None where the files tell of late orders only, and so nothing of open ones."""
    if not (counting.complete or bool(counting.orders.table["open"].any())):
        return None
    return Counted(
        low=counting.overdue,
        high=counting.overdue,
        of=np.ones(len(counting.days), dtype=bool),
        words="not confirmed, past the ship-by instant",
        of_words="orders of these days",
    )
