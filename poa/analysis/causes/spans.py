"""Since when, until when: the span of days that tells a group's late orders apart best (temporal scan).

Of all ranges of days the one whose rate inside differs most from outside, by the binomial likelihood
ratio (Kulldorff 1997), raised rates only. What fits almost as well gives the days between which it began.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from poa.analysis.causes.predictive import Floats
from poa.orders import Numbers

LEAST_LATE = 5  # late orders: fewer tell no day
_NEAR = 1.92  # log-likelihood within which a start fits as well: half the 95 % point of chi-square(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days as numbers: the best range, and the days on which it may have begun, the likeliest middle first.

    ``likely`` halves the likelihood of all first days: the best range alone begins at a late order,
    and so too late where orders are few. It goes on (``running``, and ``end`` is the last day with
    orders) where a range to that day fits as well as the best one does.
    """

    first: int
    last: int
    end: int
    likely: int
    earliest: int
    latest: int
    running: bool
    score: float


def span(
    orders: Numbers,
    late: Numbers,
    *,
    spread: float = 1.0,
    until: int = 0,
    outside: tuple[float, float] = (0.0, 0.0),
) -> Span | None:
    """The raised span of days; None with few late orders, or where no span is raised.

    ``orders`` and ``late`` are counts of each day; days without orders are skipped. ``spread`` is the
    over-dispersion; a span that ends before the day ``until`` is not looked at. ``outside`` are further
    orders and late orders that no span holds, where the days have no history. Ties: the shortest, then
    the earliest.
    """
    days = np.flatnonzero(orders > 0)
    if late.sum() < LEAST_LATE or len(days) < 2:
        return None
    scores = _scores(orders[days].astype(np.float64), late[days].astype(np.float64), outside)
    scores[:, days < until] = -np.inf
    best = scores.max()
    if not np.isfinite(best):
        return None
    starts, ends = np.nonzero(scores >= best - 1e-9)
    _, start, end = min(
        zip((days[ends] - days[starts]).tolist(), starts.tolist(), ends.tolist(), strict=True)
    )
    # A day without orders may have been the first as well as the day with orders that follows it.
    begun = np.arange(days[0], days[-1] + 1)
    each = scores.max(axis=1)[np.searchsorted(days, begun)]
    weights = np.exp(each - best)
    near = begun[each >= best - _NEAR * spread]
    # One order on time on the last day is no end.
    goes_on = bool(scores[:, -1].max() >= best - _NEAR * spread)
    middle = int(begun[np.searchsorted(np.cumsum(weights), weights.sum() / 2)])
    return Span(
        first=int(days[start]),
        last=int(days[end]),
        end=int(days[-1] if goes_on else days[end]),
        likely=min(max(middle, int(near[0])), int(near[-1]), int(days[end])),
        earliest=int(near[0]),
        latest=int(near[-1]),
        running=goes_on,
        score=float(best),
    )


def _scores(orders: Floats, late: Floats, outside: tuple[float, float]) -> Floats:
    """The likelihood ratio of each range (first day, last day); minus infinity where it is not raised."""
    total, hits = orders.sum() + outside[0], late.sum() + outside[1]
    within = np.concatenate([[0.0], np.cumsum(orders)])
    struck = np.concatenate([[0.0], np.cumsum(late)])
    n = within[None, 1:] - within[:-1, None]
    k = struck[None, 1:] - struck[:-1, None]
    ranges = np.triu(np.ones_like(n, dtype=bool))
    with np.errstate(invalid="ignore", divide="ignore"):
        raised = ranges & (n > 0) & (total > n) & (k * (total - n) > (hits - k) * n)
        score = _fit(k, n) + _fit(hits - k, total - n) - _fit(hits, total)
    found: Floats = np.where(raised, score, -np.inf)
    return found


def _fit(k: Floats, n: Floats) -> Floats:
    """The log-likelihood of k out of n at its own rate."""
    on_time = n - k
    with np.errstate(invalid="ignore", divide="ignore"):
        first = np.where(k > 0, k * np.log(k / n), 0.0)
        second = np.where(on_time > 0, on_time * np.log(on_time / n), 0.0)
    total: Floats = first + second
    return total
