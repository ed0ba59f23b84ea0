"""What the clocks say of every order: handed over in time or not, and the hours between two moments.

A bare day may be any moment of it, so that it can say "in time", "late" or neither; it never gives hours.
Times that cannot be in their order count as not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from poa.analysis.rates import Counting
from poa.analysis.stages import Instants, Times, times_of
from poa.orders import Mask

Moment: TypeAlias = Literal["purchased", "ordered", "dispatched", "scanned", "confirmed"]
Seconds: TypeAlias = npt.NDArray[np.int64]

HOUR = 3_600
UNTOLD = -1  # seconds of an order that does not tell them


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Side:
    """On which side of its ship-by time a moment of each order lies: told at all, surely after it, possibly after it."""

    told: Mask
    surely_after: Mask
    maybe_after: Mask

    @property
    def surely_in_time(self) -> Mask:
        """Orders whose moment is told and surely not after the ship-by time."""
        return self.told & ~self.maybe_after


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Clocked:
    """The moments of every order of the table, and which of them contradict each other.

    ``wrong`` marks orders that left before they were bought, or were scanned before they left.
    """

    times: Times
    wrong: Mask

    def tells(self, moment: Moment) -> bool:
        """Whether any order has the moment."""
        return not bool(np.isnat(self._of(moment)).all())

    def known(self, moment: Moment) -> Mask:
        """Orders that have the moment."""
        return ~np.isnat(self._of(moment))

    def exact(self, moment: Moment) -> bool:
        """Whether some order has the moment, with a time of day."""
        return moment not in self.times.days and self.tells(moment)

    def side(self, moment: Moment) -> Side:
        """Where a moment of each order lies against its ship-by time."""
        at, due = self._of(moment), self.times.ship_by
        told = ~np.isnat(at) & ~np.isnat(due) & ~self.wrong
        return Side(
            told=told, surely_after=told & (at > due), maybe_after=told & (self.times.end(moment) > due)
        )

    def seconds(self, start: Moment, end: Moment) -> Seconds | None:
        """From one moment to another, by order; None where one of them is a bare day or nobody tells it."""
        if not (self.exact(start) and self.exact(end)):
            return None
        return self._between(self._of(start), self._of(end))

    def confirmation_lag(self) -> Seconds | None:
        """From dispatch, or the first scan of an order without one, to confirmation.

        A scan fills in only where dispatches have a time of day or nobody tells them: beside bare days it
        would make the lag of some orders shorter than it was.
        """
        if not self.exact("confirmed") or ("dispatched" in self.times.days and self.tells("dispatched")):
            return None
        start = self._of("dispatched")
        if self.exact("scanned"):
            start = np.where(np.isnat(start), self._of("scanned"), start)
        return None if np.isnat(start).all() else self._between(start, self._of("confirmed"))

    def _between(self, start: Instants, end: Instants) -> Seconds:
        known = ~np.isnat(start) & ~np.isnat(end) & ~self.wrong
        found = np.full(len(start), UNTOLD, dtype=np.int64)
        found[known] = np.maximum((end[known] - start[known]).astype(np.int64), UNTOLD)
        return found

    def _of(self, moment: Moment) -> Instants:
        found: Instants = getattr(self.times, moment)
        return found


def clocked(counting: Counting, *, coarse: frozenset[str]) -> Clocked:
    """The moments of the orders; ``coarse`` names the clocks that some file tells as bare days."""
    times = times_of(counting.orders.table, coarse)
    wrong = (times.end("dispatched") < times.purchased) | (times.end("scanned") < times.dispatched)
    return Clocked(times=times, wrong=wrong)


def told(seconds: Seconds) -> Seconds:
    """The seconds that are told, sorted."""
    return np.sort(seconds[seconds > UNTOLD])


def point(ordered: Seconds, percent: int) -> float:
    """Hours of the order at rank ceil(n * percent / 100) of sorted seconds, of which there is at least one."""
    return int(ordered[(len(ordered) * percent + 99) // 100 - 1]) / HOUR
