"""Since when, until when: the span of days that tells a group's late orders apart best (temporal scan).

Of all ranges of days the one whose rate inside differs most from outside, by the binomial likelihood
ratio (Kulldorff 1997), raised rates only. What fits almost as well gives the days between which it began.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from poa.analysis.causes.predictive import Floats, Ints

LEAST_LATE = 5  # late orders: fewer tell no day
_NEAR = 1.92  # log-likelihood within which a start fits as well: half the 95 % point of chi-square(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days as numbers: best first and last one, the days between which it began, whether it goes on."""

    first: int
    last: int
    earliest: int
    latest: int
    running: bool
    score: float


def span(orders: Ints, late: Ints, *, spread: float = 1.0, until: int = 0) -> Span | None:
    """The raised span of days; None with few late orders, or where no span is raised.

    ``orders`` and ``late`` are counts of each day; days without orders are skipped. ``spread`` is the
    over-dispersion; a span that ends before the day ``until`` is not looked at. Ties: the shortest, then
    the earliest.
    """
    days = np.flatnonzero(orders > 0)
    if late.sum() < LEAST_LATE or len(days) < 2:
        return None
    scores = _scores(orders[days].astype(np.float64), late[days].astype(np.float64))
    scores[:, days < until] = -np.inf
    best = scores.max()
    if not np.isfinite(best):
        return None
    starts, ends = np.nonzero(scores >= best - 1e-9)
    tied = min(zip((days[ends] - days[starts]).tolist(), starts.tolist(), ends.tolist(), strict=True))
    near = np.flatnonzero((scores >= best - _NEAR * spread).any(axis=1))
    return Span(
        first=int(days[tied[1]]),
        last=int(days[tied[2]]),
        earliest=int(days[near[0]]),
        latest=int(days[near[-1]]),
        running=int(days[tied[2]]) == int(days[-1]),
        score=float(best),
    )


def _scores(orders: Floats, late: Floats) -> Floats:
    """The likelihood ratio of each range (first day, last day); minus infinity where it is not raised."""
    total, hits = orders.sum(), late.sum()
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
