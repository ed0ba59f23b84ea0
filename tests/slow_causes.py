"""Who stands out, the slow way: the formulas of the attribution in plain Python, order by order and group by group.

It shares no code with ``poa.analysis.causes``: what both say has been reckoned twice. Rows are (day, late, a name
for each dimension), as ``world`` of ``test_causes.py`` takes them; groups are (dimension, name).
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import ceil, comb, exp, floor, log, nan

EVERY = "(all orders)"


def mass(orders, mean, variance):
    """The chance of each count from 0 to all orders: beta-binomial, or binomial where the variance is no larger."""
    n = max(orders, 1)
    rate = min(max(mean / n, 1e-12), 1 - 1e-12)
    chance = n * rate * (1 - rate)
    rho = (variance / chance - 1) / max(n - 1, 1)
    if rho <= 1e-12:
        return [
            exp(log(comb(orders, k)) + k * log(rate) + (orders - k) * log(1 - rate))
            for k in range(orders + 1)
        ]
    size = max(1 / rho - 1, 1e-6)
    rises = [_rises(start, orders) for start in (rate * size, (1 - rate) * size, size)]
    return [
        exp(log(comb(orders, k)) + rises[0][k] + rises[1][orders - k] - rises[2][orders])
        for k in range(orders + 1)
    ]


def _rises(start, most):
    """Logs of start (start + 1) (start + 2) …, of no factor and more."""
    found = [0.0]
    for at in range(most):
        found.append(found[-1] + log(start + at))
    return found


def at_least(orders, mean, variance, observed):
    return min(1.0, sum(mass(orders, mean, variance)[observed:])) if observed > 0 else 1.0


def usual_range(orders, mean, variance):
    """The counts at which the chances from below reach 2.5 % and 97.5 %."""
    ends, below = [], 0.0
    for k, chance in enumerate(mass(orders, mean, variance)):
        below += chance
        while len(ends) < 2 and below >= (0.025, 0.975)[len(ends)] - 1e-12:
            ends.append(k)
    return tuple(ends)


def quantile(values, share):
    """Between the two nearest of the ordered values, in proportion."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low, high = ordered[floor(at)], ordered[ceil(at)]
    return low + (high - low) * (at - floor(at))


def dispersion(groups, belief):
    """From the weeks (late, orders) of each group: winsorised squares, with a belief that weighs ten weeks."""
    squares, free = [], 0
    for weeks in groups:
        orders = sum(n for _, n in weeks)
        rate = sum(k for k, _ in weeks) / orders if orders else 0.0
        told = [
            (k - n * rate) ** 2 / (n * rate * (1 - rate)) for k, n in weeks if n * rate >= 0.8 and rate < 1
        ]
        squares += told
        free += max(0, len(told) - 1)
    if not squares:
        return belief
    top = quantile(squares, 0.9)
    return max(1.0, (sum(min(one, top) for one in squares) + 10 * belief) / (free + 10))


@dataclass(frozen=True)
class Account:
    """Orders, their dimensions, the window, and the days that serve as history (None: the others do)."""

    rows: tuple
    dimensions: tuple
    window: int
    end: int
    history: tuple | None = None

    @cached_property
    def every(self):
        return ("account", *self.dimensions)

    @cached_property
    def telling(self):
        return tuple(name for name in self.every if name == "account" or len(self.names(name)) > 1)

    def names(self, dimension):
        return sorted({self.name(cell, dimension) for cell in self.cells})

    def name(self, cell, dimension):
        return EVERY if dimension == "account" else cell[self.dimensions.index(dimension)]

    @cached_property
    def cells(self):
        return sorted({row[2:] for row in self.rows})

    @cached_property
    def members(self):
        """The cells of each group."""
        found = defaultdict(list)
        for dimension in self.every:
            for cell in self.cells:
                found[dimension, self.name(cell, dimension)].append(cell)
        return found

    def inside(self, group):
        return self.members[group]

    def table(self, first, last, block):
        """Orders and late orders of each cell and block; blocks end with the last day."""
        size = block or last - first + 1
        columns = max(0, last - first) // size + 1
        orders, late = ({cell: [0] * columns for cell in self.cells} for _ in range(2))
        for day, struck, *cell in self.rows:
            if first <= day <= last:
                column = columns - 1 - (last - day) // size
                orders[tuple(cell)][column] += 1
                late[tuple(cell)][column] += struck
        return orders, late

    @cached_property
    def now(self):
        return self.table(self.window, self.end, 10)

    @cached_property
    def past(self):
        return self.table(*self.history, 0)

    @cached_property
    def blocks(self):
        return len(self.now[0][self.cells[0]])

    def counts(self, group):
        """Orders and late orders of a group, block by block."""
        return tuple(
            [sum(part[cell][block] for cell in self.inside(group)) for block in range(self.blocks)]
            for part in self.now
        )

    @cached_property
    def spread(self):
        first, last = self.history or (self.window, self.end)
        orders, late = self.table(first, last, 7)
        found = {}
        for dimension in self.every:
            groups = []
            for name in self.names(dimension):
                cells = self.inside((dimension, name))
                weeks = range(len(orders[cells[0]]))
                groups.append(
                    [
                        (sum(late[cell][at] for cell in cells), sum(orders[cell][at] for cell in cells))
                        for at in weeks
                    ]
                )
            belief = found.get("supplier", 1.5) if dimension == "sku" else 1.5
            found[dimension] = dispersion(groups, belief)
        return found

    @cached_property
    def known(self):
        return max(sum(late[0] for late in self.past[1].values()), 0.5)

    @cached_property
    def factored(self):
        """The usual rate of each cell from the history, and the relative variance of each group's factor."""
        orders, late = ({cell: part[cell][0] for cell in self.cells} for part in self.past)
        rate = dict.fromkeys(self.cells, self.known / max(sum(orders.values()), 1))
        doubt = {}
        for dimension in self.telling[1:]:
            names, phi = self.names(dimension), self.spread[dimension]
            observed = {one: sum(late[cell] for cell in self.inside((dimension, one))) for one in names}
            expected = {
                one: sum(orders[cell] * rate[cell] for cell in self.inside((dimension, one))) for one in names
            }
            between = sum((observed[one] - expected[one]) ** 2 - phi * expected[one] for one in names)
            total = sum(expected[one] ** 2 for one in names)
            apart = max(0.0, between / total) if total else 0.0
            m = 1 / apart if apart > 0.001 else 1000.0
            factor = {one: (observed[one] + m) / (expected[one] + m) for one in names}
            doubt[dimension] = {one: 1 / (observed[one] / phi + m) for one in names}
            rate = {cell: rate[cell] * factor[self.name(cell, dimension)] for cell in self.cells}
        return {cell: min(one, 0.95) for cell, one in rate.items()}, doubt

    def rates(self, dimension, spared):
        """The usual rate of each cell, seen from its group of a dimension; None where nothing tells."""
        if self.history:
            return self.factored[0]
        if dimension == "account":
            return None
        found = {}
        for name in self.names(dimension):
            own = self.inside((dimension, name))
            others = [cell for cell in self.cells if cell not in own]
            free = [(cell, at) for cell in others for at in range(self.blocks) if spared[cell][at] == 1]
            if not sum(self.now[0][cell][at] for cell, at in free):
                free = [(cell, at) for cell in others for at in range(self.blocks)]
            orders, late = (sum(part[cell][at] for cell, at in free) for part in self.now)
            rate = min(max(late, 0.5) / orders, 0.95) if orders else nan
            found.update(dict.fromkeys(own, rate))
        return found

    def unsure(self, group):
        """The relative variance of a group's usual count beside chance."""
        if not self.history:
            late = sum(sum(one) for one in self.now[1].values()) - sum(self.counts(group)[1])
            return self.spread["account"] / max(late, 0.5) + 0.25
        rate, doubt = self.factored
        usual = {cell: sum(self.now[0][cell]) * rate[cell] for cell in self.cells}
        mine = set(self.inside(group))
        found = 0.0
        for dimension, variances in doubt.items():
            for name, variance in variances.items():
                found += (
                    sum(usual[cell] for cell in self.inside((dimension, name)) if cell in mine) ** 2
                    * variance
                )
        return (
            self.spread["account"] / self.known + found / max(sum(usual[cell] for cell in mine), 1e-12) ** 2
        )

    def spared(self, extras):
        """Of each cell and block the share of orders that no cause makes late; extras are (first, last, chance)."""
        found = {cell: [1.0] * self.blocks for cell in self.cells}
        for group, (first, last, chance) in extras.items():
            for cell in self.inside(group):
                for at in range(first, last + 1):
                    found[cell][at] *= 1 - chance
        return found

    def usual(self, group, spared):
        """Usual late orders of a group, block by block, what the causes add counted in."""
        rates = self.rates(group[0], spared)
        return [
            sum(
                self.now[0][cell][at] * (1 - (1 - rates[cell]) * spared[cell][at])
                for cell in self.inside(group)
            )
            for at in range(self.blocks)
        ]

    def alone(self, group, first, last, spared):
        """Orders, late orders, usual ones and their variance in some blocks."""
        part = slice(first, last + 1)
        orders, late = (sum(one[part]) for one in self.counts(group))
        usual = sum(self.usual(group, spared)[part])
        own = sum(self.usual(group, self.spared({}))[part])
        chance = self.spread[group[0]] * usual * (1 - usual / max(orders, 1))
        return orders, late, usual, chance + own**2 * self.unsure(group)

    @property
    def least(self):
        return max(3.0, 0.05 * sum(sum(one) for one in self.now[1].values()))

    def compared(self, dimension):
        enough = sum(sum(self.counts((dimension, name))[0]) >= 10 for name in self.names(dimension))
        return max(1, enough) * len(self.telling)

    def weight(self, first, last):
        """How many ranges a test stands for: the whole window a half of the allowance, all shorter ones the other."""
        shorter = self.blocks * (self.blocks + 1) // 2 - 1
        if not shorter:
            return 1
        return 2 if (first, last) == (0, self.blocks - 1) else 2 * shorter

    def chance(self, group, first, last, spared):
        """The chance of so many late orders, all comparisons counted in; 1 where they would not matter."""
        orders, late, usual, variance = self.alone(group, first, last, spared)
        _, total, of_window, _ = self.alone(group, 0, self.blocks - 1, spared)
        if not (total - of_window >= self.least and late - usual >= max(self.least, usual / 2)):
            return 1.0
        times = self.compared(group[0]) * self.weight(first, last)
        return min(1.0, at_least(orders, usual, variance, late) * times)

    def passing(self, dimension, spared, alpha):
        """The ranges of blocks and the groups that stand out in each."""
        for first in range(self.blocks):
            for last in range(first, self.blocks):
                yield (
                    (first, last),
                    [
                        name
                        for name in self.names(dimension)
                        if sum(self.counts((dimension, name))[0][first : last + 1]) >= 10
                        and self.chance((dimension, name), first, last, spared) <= alpha
                    ],
                )

    def fitting(self, group, first, last, spared):
        """The extra chance that fits the late orders of a group, beside what is usual."""
        orders, late, usual, _ = self.alone(group, first, last, spared)
        return min(max((late - usual) / max(orders - usual, 1e-9), 0.0), 0.999)

    def refitted(self, extras):
        """All extra chances together, one after the other, until they settle or thirty times."""
        fitted = dict(extras)
        for _ in range(30):
            before = dict(fitted)
            for group, (first, last, _) in before.items():
                others = {one: extra for one, extra in fitted.items() if one != group}
                fitted[group] = (first, last, self.fitting(group, first, last, self.spared(others)))
            if all(abs(fitted[one][2] - before[one][2]) < 1e-7 for one in fitted):
                break
        return fitted

    def standing(self, group, extras):
        """Orders, late, usual, low, high and chance of one group, the other causes counted in."""
        spared = self.spared({one: extra for one, extra in extras.items() if one != group})
        orders, late, usual, variance = self.alone(group, 0, self.blocks - 1, spared)
        low, high = usual_range(orders, usual, variance)
        first, last, _ = extras[group]
        return orders, late, usual, low, high, self.chance(group, first, last, spared)

    def gain(self, group, first, last, spared):
        """How much likelier the late orders become with a cause."""
        chance = self.fitting(group, first, last, spared)
        rates = self.rates(group[0], spared)
        found = 0.0
        for cell in self.inside(group):
            for at in range(first, last + 1):
                now = 1 - (1 - rates[cell]) * spared[cell][at]
                then = now + (1 - now) * chance
                late = self.now[1][cell][at]
                found += late * log(then / now) + (self.now[0][cell][at] - late) * log(1 - chance)
        return found

    def score(self, extras):
        """The log-likelihood of all late orders, less the cost of each cause."""
        spared = self.spared(extras)
        places = [(cell, at) for cell in self.cells for at in range(self.blocks)]
        rates = self.rates("account", spared)
        if rates is None:
            free = [(cell, at) for cell, at in places if spared[cell][at] == 1]
            orders, late = (sum(part[cell][at] for cell, at in free) for part in self.now)
            rates = dict.fromkeys(self.cells, min(max(late, 0.5) / max(orders, 1), 0.999))
        found = 0.0
        for cell, at in places:
            chance = min(max(1 - (1 - rates[cell]) * spared[cell][at], 1e-12), 1 - 1e-12)
            late = self.now[1][cell][at]
            found += late * log(chance) + (self.now[0][cell][at] - late) * log(1 - chance)
        candidates = sum(
            sum(self.counts((dimension, name))[0]) >= 10
            for dimension in self.telling
            for name in self.names(dimension)
        )
        return found - len(extras) * (3 + log(max(candidates, 1)))

    def one_search(self, forbidden, *, alpha, given=()):
        """Take what makes the late orders likeliest, fit again, up to five; drop what the others explain."""
        extras = self.refitted(dict.fromkeys(sorted(given, key=self.rank), (0, self.blocks - 1, 0.0)))
        first = None
        while len(extras) < 5 + len(given):
            best = self.strongest(extras, forbidden, alpha=alpha)
            if best is None:
                break
            first = first or best[1]
            extras = self.refitted({**extras, best[1]: best[2]})
        while True:
            failing = {one: self.standing(one, extras)[-1] for one in extras if one not in given}
            failing = {one: chance for one, chance in failing.items() if chance > alpha}
            if not failing:
                return extras, first
            weakest = max(failing, key=lambda one: (failing[one], self.rank(one)))
            extras = self.refitted({one: extra for one, extra in extras.items() if one != weakest})

    def strongest(self, extras, forbidden, *, alpha):
        """Gain, group and days of the candidate that makes the late orders likeliest."""
        spared = self.spared(extras)
        best = None
        for dimension in self.telling:
            if self.rates(dimension, spared) is None:
                continue
            for (start, end), names in self.passing(dimension, spared, alpha):
                for group in ((dimension, name) for name in names):
                    if group in forbidden or group in extras:
                        continue
                    gain = self.gain(group, start, end, spared)
                    if best is None or gain > best[0] + 1e-9:
                        best = (gain, group, (start, end, 0.0))
        return best

    def rank(self, group):
        return self.every.index(group[0]), self.names(group[0]).index(group[1])

    def search(self, *, alpha=0.02, given=()):
        """The best of four searches, each without the first choices of those before it."""
        forbidden, best, score = set(), None, None
        for _ in range(4):
            extras, first = self.one_search(forbidden, alpha=alpha, given=given)
            own = self.score(extras)
            if score is None or own > score + 1e-9:
                best, score = extras, own
            if first is None:
                break
            forbidden.add(first)
        told = {one: (self.standing(one, best), best[one]) for one in best}
        return sorted(told.items(), key=lambda one: (one[1][0][2] - one[1][0][1], self.rank(one[0])))
