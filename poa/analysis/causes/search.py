"""The search: which groups stand out, so that together they explain the late orders, and nothing else does.

Greedy with joint refitting; what the others explain is dropped; the search starts again without its own
first choices. "Nothing stands out" is an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np

from poa.analysis.causes.cells import DIMENSIONS, telling
from poa.analysis.causes.predictive import Floats
from poa.analysis.causes.standing import (
    FULL,
    LEAST_ORDERS,
    Extra,
    Extras,
    Group,
    StandsOut,
    extra_chance,
    refitted,
    spared_in,
    standing,
    tests,
)
from poa.analysis.causes.usual import Yardstick

ALPHA = 0.02  # the chance of naming anything where nothing is wrong, over all comparisons

_MOST = 5  # causes
_STARTS = 4
_COST = 3.0  # of one cause, beside the choice among all candidates, in log-likelihood


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a search may name: ``alpha`` as above, no name of a ``barred`` rank, the ``given`` ones in any case."""

    alpha: float = ALPHA
    barred: frozenset[int] = frozenset()
    given: frozenset[Group] = frozenset()


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
        shut = yardstick.cells.nameable(dimension) & (rank in rules.barred)
        for tested in tests(yardstick, dimension, spared, alpha=rules.alpha):
            for number in tested.groups.tolist():
                group = Group(rank, number)
                if shut[number] or group in forbidden or group in extras:
                    continue
                extra = Extra(tested.first, tested.last)
                gain = _gain(yardstick, group, extra, spared)
                if best is None or gain > best[0] + 1e-9:
                    best = (gain, group, extra)
    return best[1:] if best else None


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
    chance = extra_chance(yardstick, group, extra, spared)
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
        rates = np.array([[min(known / max(float((yardstick.orders * outside).sum()), 1.0), FULL)]])
    chance = np.clip(1 - (1 - rates) * spared, 1e-12, 1 - 1e-12)
    on_time = yardstick.orders - yardstick.late
    fit = float((yardstick.late * np.log(chance) + on_time * np.log1p(-chance)).sum())
    candidates = sum(
        int((yardstick.counts(name)[0].sum(axis=1) >= LEAST_ORDERS).sum())
        for name in telling(yardstick.cells)
    )
    return fit - len(extras) * (_COST + log(max(candidates, 1)))
