"""Day by day: how many confirmed orders were due, and how many of them were late."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from poa.analysis.rates import Counting
from poa.facts import Day

LONGEST = 120  # days: 30 of the window and at most 90 of history


def daily(counting: Counting, *, as_of: date) -> tuple[Day, ...]:
    """Each day up to the as-of day, days without orders included."""
    known = counting.days[counting.counted & ~np.isnat(counting.days)]
    if not len(known) or known.min() > np.datetime64(as_of, "D"):
        return ()
    since = counting.inferred_from or date.min  # before it, late orders alone are known
    first = max(since, known.min().astype("datetime64[D]").item(), as_of - timedelta(days=LONGEST - 1))
    start = np.datetime64(first, "D")
    length = (as_of - first).days + 1

    def per_day(chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[int]:
        at = (counting.days[chosen] - start).astype(np.int64)
        counts: list[int] = np.bincount(at[(at >= 0) & (at < length)], minlength=length).tolist()
        return counts

    dated = ~np.isnat(counting.days)
    orders, late = per_day(counting.counted & dated), per_day(counting.late & dated)
    return tuple(
        Day(day=first + timedelta(days=at), orders=orders[at], late=late[at]) for at in range(length)
    )
