"""Days that the files hardly speak of, between days that they do: the mark of a report that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import numpy as np

from poa.analysis.windows import Days
from poa.orders import Condensed

_BEFORE = 6  # weeks in which the same weekday says what is usual
_HARDLY = 0.1  # of what is usual: some orders of such days stand in other reports
_DAYS = 2  # one day alone may be a holiday
_NO_DAY = np.iinfo(np.int64).min  # NaT
_ORDERS = 10  # that would be usual: fewer may be missing by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """Days running that hold hardly an order, and how many would be usual by the same weekdays before."""

    first: date
    last: date
    orders: int
    usual: int


def holes(days: Days, *, last: date, condensed: Condensed | None = None) -> tuple[Hole, ...]:
    """The holes among the days of orders up to ``last``; days after the last order are none."""
    numbers = days.astype("datetime64[D]", copy=False).view(np.int64)
    known = (numbers > _NO_DAY) & (numbers <= np.datetime64(last, "D").astype(np.int64))
    if not known.any():
        return ()
    numbers = numbers[known]  # of five million orders, each array counts
    start = int(numbers.min())
    numbers -= start
    counts = np.bincount(numbers, weights=condensed.weight[known] if condensed else None)
    return tuple(_found(counts.astype(np.int64).tolist(), np.datetime64(start, "D").item()))


def _found(counts: list[int], start: date) -> Iterator[Hole]:
    usual: list[float] = []
    open_at: int | None = None
    for at, orders in enumerate(counts):
        usual.append(_usual(counts, usual, at))
        if orders <= _HARDLY * usual[at]:
            open_at = at if open_at is None and usual[at] else open_at
        elif open_at is not None:
            yield from _hole(counts, usual, open_at, at - 1, start)
            open_at = None


def _usual(counts: list[int], usual: list[float], at: int) -> float:
    """The middle number of orders of the same weekday before, where it was none of a hole; 0 where there is none."""
    before = [
        counts[one]
        for one in range(at - 7, max(-1, at - 7 * _BEFORE - 1), -7)
        if counts[one] > _HARDLY * usual[one]
    ]
    return float(median(before)) if before else 0.0


def _hole(counts: list[int], usual: list[float], first: int, last: int, start: date) -> Iterator[Hole]:
    while not usual[last]:  # days on which none is usual, such as a weekend
        last -= 1
    expected = sum(usual[first : last + 1])
    if sum(value > 0 for value in usual[first : last + 1]) >= _DAYS and expected >= _ORDERS:
        yield Hole(
            first=start + timedelta(days=first),
            last=start + timedelta(days=last),
            orders=sum(counts[first : last + 1]),
            usual=round(expected),
        )
