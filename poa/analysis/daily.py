"""Day by day: how many confirmed orders were due, and how many of them were late."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from poa.analysis.rates import Counting
from poa.facts import Day
from poa.orders import Mask

_SLICE = 1 << 20  # orders at a time: what lies between is larger than the days
LONGEST = 120  # days: 30 of the window and at most 90 of history


def daily(counting: Counting, *, as_of: date) -> tuple[Day, ...]:
    """Each day up to the as-of day, days without orders included."""
    counted, days = counting.counted, counting.days
    starts = range(0, len(days), _SLICE)
    known = [part.min() for at in starts if len(part := days[at : at + _SLICE][_inside(days, counted, at)])]
    if not known or min(known) > np.datetime64(as_of, "D"):
        return ()
    since = counting.inferred_from or date.min  # before it, late orders alone are known
    first = max(since, min(known).astype("datetime64[D]").item(), as_of - timedelta(days=LONGEST - 1))
    start = np.datetime64(first, "D")
    length = (as_of - first).days + 1

    def per_day(chosen: Mask) -> list[int]:
        counts = np.zeros(length, dtype=np.int64)
        for begin in starts:
            mine = np.flatnonzero(_inside(days, chosen, begin)) + begin
            at = (days[mine] - start).astype(np.int64)
            known = (at >= 0) & (at < length)
            counts += counting.orders.tally(at[known], mine[known], size=length)
        return [int(count) for count in counts]

    orders, late = per_day(counted), per_day(counting.late)
    return tuple(
        Day(day=first + timedelta(days=at), orders=orders[at], late=late[at]) for at in range(length)
    )


def _inside(days: npt.NDArray[np.datetime64], chosen: Mask, at: int) -> Mask:
    """Which orders of one slice are chosen and have a day."""
    return np.asarray(chosen[at : at + _SLICE] & ~np.isnat(days[at : at + _SLICE]))
