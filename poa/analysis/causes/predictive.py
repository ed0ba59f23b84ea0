"""How many late orders a group would normally have had: a beta-binomial range, for many groups at once.

The mean is the usual count; the variance holds chance, clustered bad days and how little the history
knows. One distribution gives the test, the range of late orders caused, and the plain sentence
"normally 7 to 32".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from poa.orders import Numbers, Positions

Floats = npt.NDArray[np.float64]

LOW, HIGH = 0.025, 0.975  # the range that is printed: 95 %

_TIGHT = 1e12  # pseudo-orders of a rate that is known exactly: the binomial
# Standard deviations above the mean beyond which nothing weighs: few where the shape is all but normal.
_NORMAL, _SPREAD, _FAR = 50.0, 12.0, 40.0
_AT_ONCE = 2_000_000  # probabilities held at a time


@dataclass(frozen=True, eq=False)
class Predictive:
    """The usual late orders of each group: out of ``orders``, with this mean and variance."""

    orders: Numbers
    mean: Floats
    variance: Floats

    @cached_property
    def _shape(self) -> tuple[Floats, Floats]:
        """The beta distribution's two numbers, by mean and variance; never narrower than chance alone."""
        n = np.maximum(self.orders, 1)
        rate = np.clip(np.nan_to_num(self.mean) / n, 1e-12, 1 - 1e-12)
        chance = n * rate * (1 - rate)
        with np.errstate(divide="ignore", invalid="ignore"):
            rho = (self.variance / chance - 1) / np.maximum(n - 1, 1)
            size = np.clip(1 / rho - 1, 1e-6, _TIGHT)
        size = np.where(rho > 1 / _TIGHT, size, _TIGHT)
        return rate * size, (1 - rate) * size

    def tail(self, observed: Numbers) -> Floats:
        """P(usual count >= observed) of each group."""
        out = np.ones(len(self.orders))
        for at, chances in self._chances(observed):
            beyond = np.arange(chances.shape[1]) >= observed[at][:, None]
            out[at] = np.where(observed[at] > 0, (chances * beyond).sum(axis=1), 1.0)
        return np.minimum(out, 1.0)

    def at_most(self, limit: Numbers) -> Floats:
        """P(count <= limit) of each group; 0 where the limit is negative."""
        out = np.zeros(len(self.orders))
        for at, chances in self._chances(np.maximum(limit, 0)):
            within = np.arange(chances.shape[1]) <= limit[at][:, None]
            out[at] = (chances * within).sum(axis=1)
        return np.minimum(out, 1.0)

    def range(self) -> tuple[Numbers, Numbers]:
        """The 95 % range of each group's usual count, both ends included."""
        low = np.zeros(len(self.orders), dtype=np.int64)
        high = np.zeros(len(self.orders), dtype=np.int64)
        for at, chances in self._chances(low):
            summed = np.cumsum(chances, axis=1)
            low[at] = _first(summed, LOW)
            high[at] = _first(summed, HIGH)
        return low, high

    def _chances(self, needed: Numbers) -> Iterator[tuple[Positions, Floats]]:
        """Groups (positions) with the probability of each count 0, 1, 2 …, in blocks of like size."""
        mean = np.nan_to_num(self.mean)
        deviation = np.sqrt(np.nan_to_num(np.maximum(self.variance, self.mean)))
        spread = np.where(mean > np.sqrt(_NORMAL) * deviation, _SPREAD, _FAR) * deviation + 30
        # As far beyond what is asked for as beyond the mean: so no answer hangs on who is asked with it.
        tops = np.minimum((np.maximum(mean, needed) + spread).astype(np.int64), self.orders)
        order = np.argsort(tops, kind="stable")
        start = 0
        while start < len(order):
            end = start + 1
            while end < len(order) and (end - start + 1) * (tops[order[end]] + 1) <= _AT_ONCE:
                end += 1
            at = order[start:end]
            yield at, self._block(at, int(tops[at].max()))
            start = end

    def _block(self, at: Positions, top: int) -> Floats:
        # Neighbouring counts have a simple ratio, so that no gamma function is needed.
        a, b = (part[at][:, None] for part in self._shape)
        n = self.orders[at][:, None].astype(np.float64)
        k = np.arange(top, dtype=np.float64)[None, :]
        with np.errstate(divide="ignore"):
            steps = np.log(np.maximum(n - k, 0) * (a + k)) - np.log(
                (k + 1) * np.maximum(b + n - k - 1, 1e-300)
            )
        logs = np.concatenate([np.zeros((len(at), 1)), np.cumsum(steps, axis=1)], axis=1)
        chances = np.exp(logs - logs.max(axis=1, keepdims=True))
        total: Floats = chances / chances.sum(axis=1, keepdims=True)
        return total


def _first(summed: Floats, share: float) -> Numbers:
    """The first count at which the summed probability reaches a share."""
    reached: Callable[..., Numbers] = np.argmax
    return reached(summed >= share - 1e-12, axis=1)
