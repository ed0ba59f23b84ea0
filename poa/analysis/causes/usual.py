"""What is usual for each group: two yardsticks, the account's own history, or the other groups.

A yardstick answers one question: how many late orders would each group of a dimension have had, given
the causes found so far, and with what variance? Counts have a row for each cell and a column for each
block of days, so that a cause may last for a part of the window.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from poa.analysis.causes.cells import Cells, Dimension, telling
from poa.analysis.causes.predictive import Floats
from poa.orders import Numbers

BLOCK = 10  # days
NO_INFORMATION = 1.5  # over-dispersion where no weeks tell

_PRIOR_WEEKS = 10  # weeks that this belief weighs
_CELL = 0.8  # least expected late orders of a week that tells of over-dispersion
_WINSOR = 0.9
_SAME = 1000.0  # weight of "all groups are alike" where they differ by chance alone
_APART = 0.25  # relative variance between groups without history: they differ by half
_TOP = 0.95  # a usual rate that leaves room for a cause


@dataclass(frozen=True, eq=False)
class Yardstick(ABC):
    """Usual late orders of groups in a window; ``orders`` and ``late`` are counts of cells and blocks."""

    cells: Cells
    orders: Numbers
    late: Numbers

    @property
    @abstractmethod
    def spread(self) -> dict[Dimension, float]:
        """Over-dispersion of each dimension."""

    @abstractmethod
    def rates(self, dimension: Dimension, spared: Floats) -> Floats | None:
        """The usual rate of each cell (one column), seen from its group of this dimension; None: no answer."""

    @abstractmethod
    def unsure(self, dimension: Dimension) -> Floats:
        """The relative variance that each group's usual count has beside chance."""

    @cached_property
    def _counts(self) -> dict[Dimension, tuple[Numbers, Numbers]]:
        return {}

    def counts(self, dimension: Dimension) -> tuple[Numbers, Numbers]:
        """Orders and late orders of each group and block."""
        if dimension not in self._counts:
            orders, late = (self.cells.gathered(dimension, part) for part in (self.orders, self.late))
            self._counts[dimension] = (orders.astype(np.int64), late.astype(np.int64))
        return self._counts[dimension]

    @cached_property
    def _plain(self) -> dict[Dimension, Floats | None]:
        return {}

    def plain(self, dimension: Dimension) -> Floats | None:
        """Usual late orders of each group and block without any cause; None: no answer."""
        if dimension not in self._plain:
            self._plain[dimension] = usual_late(self, dimension, np.ones(self.orders.shape))
        return self._plain[dimension]


@dataclass(frozen=True, eq=False)
class OwnHistory(Yardstick):
    """The account's rate in the days ``first`` to ``last``, times one factor for each dimension in turn.

    Factors are shrunk towards 1 as far as chance alone would let groups differ (empirical Bayes by
    moments); their uncertainty is part of the variance.
    """

    first: int
    last: int

    @cached_property
    def past(self) -> tuple[Numbers, Numbers]:
        """Orders and late orders of each cell in the history."""
        return self.cells.counts(self.first, self.last)

    @cached_property
    def _known_late(self) -> float:
        """Late orders behind the account's rate; where there was none, half of one, as an order may come."""
        return max(float(self.past[1].sum()), 0.5)

    @cached_property
    def spread(self) -> dict[Dimension, float]:
        """Over-dispersion of each dimension, from the weeks of the history."""
        return spreads(self.cells, first=self.first, last=self.last)

    @cached_property
    def _factors(self) -> tuple[Floats, dict[Dimension, Floats]]:
        """The usual rate of each cell, and the relative variance of each group's factor."""
        orders, late = self.past
        rate = np.full(orders.shape, self._known_late / max(int(orders.sum()), 1))
        unsure: dict[Dimension, Floats] = {}
        for name in telling(self.cells):
            if name == "account":
                continue
            observed = self.cells.gathered(name, late)[:, 0]
            expected = self.cells.gathered(name, orders * rate)[:, 0]
            factor, unsure[name] = shrunk(observed, expected, spread=self.spread[name])
            rate = rate * factor[self.cells.group[name]][:, None]
        return np.minimum(rate, _TOP), unsure

    def rates(self, dimension: Dimension, spared: Floats) -> Floats | None:  # noqa: ARG002 - one rate, whoever looks
        """The usual rate of each cell."""
        return self._factors[0]

    @cached_property
    def _unsure(self) -> dict[Dimension, Floats]:
        rate, unsure = self._factors
        usual = (self.orders.sum(axis=1, keepdims=True) * rate)[:, 0]
        known: dict[Dimension, Floats] = {}
        for name in self.cells.dimensions:
            size = len(self.cells.names[name])
            doubt = np.zeros(size)
            for other, variance in unsure.items():
                doubt += self._shared(name, other, usual, variance)
            own = np.bincount(self.cells.group[name], weights=usual, minlength=size)
            known[name] = self.spread["account"] / self._known_late + doubt / np.maximum(own, 1e-12) ** 2
        return known

    def _shared(self, one: Dimension, other: Dimension, usual: Floats, variance: Floats) -> Floats:
        """Over the groups of another dimension: (usual late orders in common) squared, times their variance."""
        width = len(self.cells.names[other])
        pairs, place = np.unique(self.cells.group[one] * width + self.cells.group[other], return_inverse=True)
        common = np.bincount(place, weights=usual).astype(np.float64)
        weights: Floats = common**2 * variance[pairs % width]
        size = len(self.cells.names[one])
        return np.bincount(pairs // width, weights=weights, minlength=size).astype(np.float64)

    def unsure(self, dimension: Dimension) -> Floats:
        """The doubt about the account's rate and every factor."""
        return self._unsure[dimension]


@dataclass(frozen=True, eq=False)
class TheOthers(Yardstick):
    """The rate of all orders outside the group and outside the causes found: a yardstick without history."""

    @cached_property
    def spread(self) -> dict[Dimension, float]:
        """Over-dispersion of each dimension, from the weeks of the window."""
        return spreads(self.cells, first=self.cells.window, last=self.cells.end)

    def rates(self, dimension: Dimension, spared: Floats) -> Floats | None:
        """The rate of the others, of each group, at its cells; for the account there are no others."""
        if dimension == "account":
            return None
        outside = spared == 1.0
        orders = self.cells.gathered(dimension, self.orders * outside).sum(axis=1)
        late = self.cells.gathered(dimension, self.late * outside).sum(axis=1)
        others, known = orders.sum() - orders, late.sum() - late
        # Where every other order is some cause's, the others as they are still are others.
        every, every_late = (part.sum(axis=1) for part in self.counts(dimension))
        alone = others <= 0
        others = np.where(alone, every.sum() - every, others)
        known = np.maximum(np.where(alone, every_late.sum() - every_late, known), 0.5)
        rate = np.where(others > 0, known / np.maximum(others, 1), np.nan)
        return np.minimum(rate, _TOP)[self.cells.group[dimension]][:, None]

    def unsure(self, dimension: Dimension) -> Floats:
        """The doubt about the others' rate, and groups that may differ by half without any cause."""
        late = self.counts(dimension)[1].sum(axis=1)
        unsure: Floats = self.spread["account"] / np.maximum(late.sum() - late, 0.5) + _APART
        return unsure


def spreads(cells: Cells, *, first: int, last: int) -> dict[Dimension, float]:
    """Over-dispersion of each dimension, from the weeks of these days.

    SKUs have too few orders a week to tell; what is not known of them is taken from their suppliers.
    """
    weekly = cells.counts(first, last, block=7)
    spread: dict[Dimension, float] = {}
    for name in cells.dimensions:
        belief = spread.get("supplier", NO_INFORMATION) if name == "sku" else NO_INFORMATION
        orders, late = (cells.gathered(name, part) for part in weekly)
        spread[name] = dispersion_of(late, orders, belief=belief)
    return spread


def dispersion_of(late: Floats, orders: Floats, *, belief: float = NO_INFORMATION) -> float:
    """How much more weekly counts within a group vary than chance, at least 1 (Spiegelhalter 2005; winsorised).

    Rows are groups, columns weeks. ``belief`` is what is assumed where no weeks tell; weeks that do
    outweigh it.
    """
    rate = late.sum(axis=1, keepdims=True) / np.maximum(orders.sum(axis=1, keepdims=True), 1)
    expected = orders * rate
    told = (expected >= _CELL) & (rate < 1)
    if not told.any():
        return belief
    squares = (late - expected)[told] ** 2 / (expected * (1 - rate))[told]
    squares = np.minimum(squares, np.quantile(squares, _WINSOR))
    free = int(told.sum()) - int(told.any(axis=1).sum())
    return max(1.0, float(squares.sum() + belief * _PRIOR_WEEKS) / (free + _PRIOR_WEEKS))


def shrunk(observed: Floats, expected: Floats, *, spread: float) -> tuple[Floats, Floats]:
    """Each group's factor on the usual rate and its relative variance, shrunk by moments."""
    between = float(((observed - expected) ** 2 - spread * expected).sum())
    total = float((expected**2).sum())
    variance = max(0.0, between / total) if total else 0.0
    weight = 1 / variance if variance > 1 / _SAME else _SAME
    return (observed + weight) / (expected + weight), 1 / (observed / spread + weight)


def usual_late(yardstick: Yardstick, dimension: Dimension, spared: Floats) -> Floats | None:
    """Usual late orders of each group and block, what the causes found add counted in."""
    rates = yardstick.rates(dimension, spared)
    if rates is None:
        return None
    return yardstick.cells.gathered(dimension, yardstick.orders * (1 - (1 - rates) * spared))


def variance_of(spread: float, usual: Floats, plain: Floats, orders: Numbers, unsure: Floats) -> Floats:
    """The variance of usual counts: chance with clustering, and doubt about the usual rates.

    ``usual`` holds what the causes found add, ``plain`` does not: those are not in doubt. One value a group.
    """
    return spread * usual * (1 - usual / np.maximum(orders, 1)) + plain**2 * unsure
