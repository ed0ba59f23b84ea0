"""Does a group stand out, and by how much, once the other causes are counted in: one test, one fit.

A cause gives every order of its group, in its days, one more chance of being late: so causes add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from poa.analysis.causes.cells import DIMENSIONS, Dimension, telling
from poa.analysis.causes.predictive import Floats, Predictive
from poa.analysis.causes.usual import Yardstick, usual_late, variance_of
from poa.orders import Positions

LEAST_ORDERS = 10
LEAST_LATE = 3
FULL = 0.999  # the most that a cause may add, so that an order on time stays possible

_MATERIAL = 0.05  # of all late orders of the window
_REFITS = 30


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """One group of a dimension, by its number; ordered as ties are broken."""

    rank: int
    number: int

    @property
    def dimension(self) -> Dimension:
        """The dimension of its rank."""
        return DIMENSIONS[self.rank]


@dataclass(frozen=True, slots=True, order=True)
class Extra:
    """What a cause adds: so much chance of being late, in the blocks from ``first`` to ``last``."""

    first: int
    last: int
    chance: float = 0.0


Extras = Mapping[Group, Extra]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandsOut:
    """A group that stands out: ``usual`` late orders of the whole window without it, and what it adds.

    ``low`` to ``high`` is the 95 % range of the usual count, ``chance`` the probability of at least as
    many late orders without a cause in the days of the extra, all comparisons counted in.
    """

    group: Group
    orders: int
    late: int
    usual: float
    low: int
    high: int
    extra: Extra
    chance: float

    @property
    def caused(self) -> tuple[int, int]:
        """The 95 % range of the late orders beyond the usual ones."""
        return max(0, self.late - self.high), max(0, self.late - self.low)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Tested:
    """The groups of a dimension that stand out in one range of blocks."""

    first: int
    last: int
    groups: Positions


def tests(yardstick: Yardstick, dimension: Dimension, spared: Floats, *, alpha: float) -> Iterator[Tested]:
    """Every range of blocks: which groups are big enough, late enough, and too late for chance.

    Half of the allowance is for the whole window, half for all shorter ranges; all groups and
    dimensions are counted in.
    """
    usual = usual_late(yardstick, dimension, spared)
    plain = yardstick.plain(dimension)
    if usual is None or plain is None:
        return
    orders, late = yardstick.counts(dimension)
    columns = usual.shape[1]
    compared, least = comparisons(yardstick, dimension), _least(yardstick)
    spread, doubt = yardstick.spread[dimension], yardstick.unsure(dimension)
    # What some days have too many and others too few is no cause: the whole window must show it too. Blanks are
    # tested like any group: what gathers on them is theirs, and not everybody's, although they are never named.
    able = (late - usual).sum(axis=1) >= least
    for first in range(columns):
        for last in range(first, columns):
            n, k, mean, own = (part[:, first : last + 1].sum(axis=1) for part in (orders, late, usual, plain))
            with np.errstate(invalid="ignore"):
                at = np.flatnonzero(able & (n >= LEAST_ORDERS) & (k - mean >= least) & (k - mean >= mean / 2))
            if not len(at):
                continue
            variance = variance_of(spread, mean[at], own[at], n[at], doubt[at])
            tail = Predictive(n[at], mean[at], variance).tail(k[at])
            weight = _ranges(yardstick, first, last)
            yield Tested(first=first, last=last, groups=at[tail * compared * weight <= alpha])


def _least(yardstick: Yardstick) -> float:
    """Late orders beyond the usual that a cause must have: fewer would not matter."""
    return max(float(LEAST_LATE), _MATERIAL * float(yardstick.late.sum()))


def _ranges(yardstick: Yardstick, first: int, last: int) -> int:
    """How many ranges of blocks a test stands for: the whole window is a half, all shorter ones the other."""
    columns = yardstick.orders.shape[1]
    shorter = columns * (columns + 1) // 2 - 1
    if not shorter:
        return 1
    return 2 if last - first + 1 == columns else 2 * shorter


def comparisons(yardstick: Yardstick, dimension: Dimension) -> int:
    """How many comparisons a dimension's test must stand: its groups, times the dimensions."""
    orders = yardstick.counts(dimension)[0].sum(axis=1)
    return max(1, int((orders >= LEAST_ORDERS).sum())) * len(tuple(telling(yardstick.cells)))


def standing(yardstick: Yardstick, group: Group, extras: Extras) -> StandsOut:
    """One group against what is usual for it in the whole window, the other causes counted in."""
    extra = extras[group]
    spared = spared_in(yardstick, {one: other for one, other in extras.items() if one != group})
    whole = Extra(0, yardstick.orders.shape[1] - 1)
    orders, late, predictive = _alone(yardstick, group, whole, spared)
    low, high = predictive.range()
    return StandsOut(
        group=group,
        orders=orders,
        late=late,
        usual=float(predictive.mean[0]),
        low=int(low[0]),
        high=int(high[0]),
        extra=extra,
        chance=_chance(yardstick, group, extra, spared),
    )


def _chance(yardstick: Yardstick, group: Group, extra: Extra, spared: Floats) -> float:
    """The chance of so many late orders in the days of a cause without it, all comparisons counted in."""
    whole = Extra(0, yardstick.orders.shape[1] - 1)
    least = _least(yardstick)
    _, total, of_window = _alone(yardstick, group, whole, spared)
    _, late, predictive = _alone(yardstick, group, extra, spared)
    mean = float(predictive.mean[0])
    if total - of_window.mean[0] < least or late - mean < max(least, mean / 2):
        return 1.0
    weight = _ranges(yardstick, extra.first, extra.last)
    tail = float(predictive.tail(np.array([late]))[0])
    return min(1.0, tail * comparisons(yardstick, group.dimension) * weight)


def _alone(yardstick: Yardstick, group: Group, extra: Extra, spared: Floats) -> tuple[int, int, Predictive]:
    """Orders and late orders of one group in some blocks, and what is usual for it there."""
    usual = usual_late(yardstick, group.dimension, spared)
    plain = yardstick.plain(group.dimension)
    if usual is None or plain is None:
        raise ValueError(group)
    orders, late = yardstick.counts(group.dimension)
    blocks = slice(extra.first, extra.last + 1)
    at = slice(group.number, group.number + 1)
    n, k, mean, own = (part[at, blocks].sum(axis=1) for part in (orders, late, usual, plain))
    doubt = yardstick.unsure(group.dimension)[at]
    variance = variance_of(yardstick.spread[group.dimension], mean, own, n, doubt)
    return int(n[0]), int(k[0]), Predictive(n, mean, variance)


def predicted(yardstick: Yardstick, dimension: Dimension, spared: Floats) -> tuple[Predictive, Floats]:
    """The usual late orders of each group in the whole window, and their mean; raises ValueError where none is."""
    usual = usual_late(yardstick, dimension, spared)
    plain = yardstick.plain(dimension)
    if usual is None or plain is None:
        raise ValueError(dimension)
    mean, own = usual.sum(axis=1), plain.sum(axis=1)
    orders = yardstick.counts(dimension)[0].sum(axis=1)
    variance = variance_of(yardstick.spread[dimension], mean, own, orders, yardstick.unsure(dimension))
    return Predictive(orders, mean, variance), mean


def refitted(yardstick: Yardstick, extras: Extras) -> dict[Group, Extra]:
    """The extra chances of all causes together, until they settle."""
    fitted = dict(extras)
    for _ in range(_REFITS):
        before = dict(fitted)
        for group, own in before.items():
            others = {one: extra for one, extra in fitted.items() if one != group}
            chance = extra_chance(yardstick, group, own, spared_in(yardstick, others))
            fitted[group] = Extra(own.first, own.last, chance)
        if all(abs(fitted[group].chance - before[group].chance) < 1e-7 for group in fitted):
            break
    return fitted


def extra_chance(yardstick: Yardstick, group: Group, extra: Extra, spared: Floats) -> float:
    """The chance of being late that fits the late orders of a group in its blocks, beside what is usual."""
    orders, late, predictive = _alone(yardstick, group, extra, spared)
    usual = float(predictive.mean[0])
    return min(max((late - usual) / max(orders - usual, 1e-9), 0.0), FULL)


def spared_in(yardstick: Yardstick, extras: Extras) -> Floats:
    """Of each cell and block the share of orders that no cause makes late."""
    spared = np.ones(yardstick.orders.shape)
    for group, extra in sorted(extras.items()):
        members = yardstick.cells.group[group.dimension] == group.number
        spared[members, extra.first : extra.last + 1] *= 1 - extra.chance
    return spared
