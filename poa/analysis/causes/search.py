"""The search: which groups stand out, so that together they explain the late orders, and nothing else does.

Additive: a cause gives every order of its group, in its days, one more chance of being late. Greedy with
joint refitting; what the others explain is dropped; the search starts again without its own first
choices. "Nothing stands out" is an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from poa.analysis.causes.cells import DIMENSIONS, Dimension, telling
from poa.analysis.causes.predictive import Floats, Predictive
from poa.analysis.causes.usual import Yardstick, spared_by, usual_late, variance_of

ALPHA = 0.02  # the chance of naming anything where nothing is wrong, over all comparisons
LEAST_ORDERS = 10
LEAST_LATE = 3
MATERIAL = 0.05  # of all late orders of the window

_MOST = 5  # causes
_STARTS = 4
_REFITS = 30
_COST = 3.0  # of one cause, beside the choice among all candidates, in log-likelihood
_FULL = 0.999


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a search may name: ``alpha`` as above, no group of a ``barred`` rank, the ``given`` ones in any case."""

    alpha: float = ALPHA
    barred: frozenset[int] = frozenset()
    given: frozenset[Group] = frozenset()


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Tested:
    """The groups of a dimension that stand out in one range of blocks."""

    first: int
    last: int
    groups: npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    extras: dict[Group, Extra]
    first: Group | None
    score: float


def search(yardstick: Yardstick, rules: Rules) -> tuple[StandsOut, ...]:
    """The causes that stand out, strongest first; none where nothing does."""
    forbidden: set[Group] = set()
    best: _Fit | None = None
    for _ in range(_STARTS):
        fit = _one_search(yardstick, rules, forbidden)
        if best is None or fit.score > best.score + 1e-9:
            best = fit
        if fit.first is None:
            break
        forbidden.add(fit.first)
    if best is None:
        return ()
    found = [standing(yardstick, group, best.extras) for group in best.extras]
    return tuple(sorted(found, key=lambda one: (one.usual - one.late, one.group)))


def _one_search(yardstick: Yardstick, rules: Rules, forbidden: set[Group]) -> _Fit:
    whole = Extra(0, yardstick.orders.shape[1] - 1)
    extras = refitted(yardstick, dict.fromkeys(sorted(rules.given), whole))
    first: Group | None = None
    while len(extras) < _MOST + len(rules.given):
        chosen = _strongest(yardstick, extras, rules, forbidden)
        if chosen is None:
            break
        first = first or chosen[0]
        extras = refitted(yardstick, {**extras, chosen[0]: chosen[1]})
    extras = _without_explained(yardstick, extras, rules)
    return _Fit(extras=extras, first=first, score=_score(yardstick, extras))


def _strongest(
    yardstick: Yardstick, extras: Extras, rules: Rules, forbidden: set[Group]
) -> tuple[Group, Extra] | None:
    """The candidate, in its days, that makes the late orders most likely, of those that pass."""
    spared = spared_in(yardstick, extras)
    best: tuple[float, Group, Extra] | None = None
    for dimension in telling(yardstick.cells):
        rank = DIMENSIONS.index(dimension)
        if rank in rules.barred:
            continue
        for tested in tests(yardstick, dimension, spared, alpha=rules.alpha):
            for number in tested.groups.tolist():
                group = Group(rank, number)
                if group in forbidden or group in extras:
                    continue
                extra = Extra(tested.first, tested.last)
                gain = _gain(yardstick, group, extra, spared)
                if best is None or gain > best[0] + 1e-9:
                    best = (gain, group, extra)
    return best[1:] if best else None


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
    # What some days have too many and others too few is no cause: the whole window must show it too.
    able = yardstick.cells.nameable(dimension) & ((late - usual).sum(axis=1) >= least)
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
    return max(float(LEAST_LATE), MATERIAL * float(yardstick.late.sum()))


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
            chance = _extra_chance(yardstick, group, own, spared_in(yardstick, others))
            fitted[group] = Extra(own.first, own.last, chance)
        if all(abs(fitted[group].chance - before[group].chance) < 1e-7 for group in fitted):
            break
    return fitted


def _extra_chance(yardstick: Yardstick, group: Group, extra: Extra, spared: Floats) -> float:
    """The chance of being late that fits the late orders of a group in its blocks, beside what is usual."""
    orders, late, predictive = _alone(yardstick, group, extra, spared)
    usual = float(predictive.mean[0])
    return min(max((late - usual) / max(orders - usual, 1e-9), 0.0), _FULL)


def spared_in(yardstick: Yardstick, extras: Extras) -> Floats:
    """Of each cell and block the share of orders that no cause makes late."""
    return spared_by(
        yardstick,
        [
            (group.dimension, group.number, (extra.first, extra.last), extra.chance)
            for group, extra in sorted(extras.items())
        ],
    )


def _without_explained(yardstick: Yardstick, extras: Extras, rules: Rules) -> dict[Group, Extra]:
    """Drop, weakest first, each cause that no longer stands out once the others are counted in."""
    kept = dict(extras)
    while True:
        chances = {
            group: standing(yardstick, group, kept).chance for group in kept if group not in rules.given
        }
        failing = [group for group, chance in chances.items() if chance > rules.alpha]
        if not failing:
            return kept
        weakest = max(failing, key=lambda group: (chances[group], group))
        kept = refitted(yardstick, {one: extra for one, extra in kept.items() if one != weakest})


def _gain(yardstick: Yardstick, group: Group, extra: Extra, spared: Floats) -> float:
    """How much likelier the late orders become with this cause, in log-likelihood."""
    rates = yardstick.rates(group.dimension, spared)
    if rates is None:
        raise ValueError(group)
    chance = _extra_chance(yardstick, group, extra, spared)
    members = yardstick.cells.group[group.dimension] == group.number
    blocks = slice(extra.first, extra.last + 1)
    now = (1 - (1 - rates) * spared)[members, blocks]
    then = 1 - (1 - now) * (1 - chance)
    k = yardstick.late[members, blocks]
    on_time = yardstick.orders[members, blocks] - k
    return float((k * np.log(then / now) + on_time * np.log1p(-chance)).sum())


def _score(yardstick: Yardstick, extras: Extras) -> float:
    """The log-likelihood of the late orders, less the cost of each cause."""
    spared = spared_in(yardstick, extras)
    rates = yardstick.rates("account", spared)
    if rates is None:
        outside = spared == 1.0
        known = max(float((yardstick.late * outside).sum()), 0.5)
        rates = np.array([[min(known / max(float((yardstick.orders * outside).sum()), 1.0), _FULL)]])
    chance = np.clip(1 - (1 - rates) * spared, 1e-12, 1 - 1e-12)
    on_time = yardstick.orders - yardstick.late
    fit = float((yardstick.late * np.log(chance) + on_time * np.log1p(-chance)).sum())
    candidates = sum(
        int((yardstick.counts(name)[0].sum(axis=1) >= LEAST_ORDERS).sum())
        for name in telling(yardstick.cells)
    )
    return fit - len(extras) * (_COST + log(max(candidates, 1)))
