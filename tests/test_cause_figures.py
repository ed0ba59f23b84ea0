"""Each figure behind a cause, against the slow reckoning of ``slow_causes.py`` and against numbers worked out by hand."""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import exp, inf, lgamma, log, nextafter
from random import Random

import numpy as np
import pytest
from slow_causes import EVERY, Account, at_least, dispersion, mass, usual_range
from test_causes import causes, counts, slow_spans, steady, usually, world

from poa.analysis.causes import naming
from poa.analysis.causes import search as searching
from poa.analysis.causes import standing as judging
from poa.analysis.causes.cells import DIMENSIONS, telling
from poa.analysis.causes.change import Parts, split, total
from poa.analysis.causes.naming import has_history, name_causes
from poa.analysis.causes.predictive import Predictive
from poa.analysis.causes.search import Rules, search
from poa.analysis.causes.spans import Span, span
from poa.analysis.causes.standing import (
    Extra,
    Group,
    StandsOut,
    comparisons,
    extra_chance,
    predicted,
    refitted,
    spared_in,
    standing,
)
from poa.analysis.causes.usual import OwnHistory, TheOthers, Yardstick, dispersion_of, shrunk, variance_of

CLOSE = {"rel": 1e-9, "abs": 1e-12}
SUPPLIER = DIMENSIONS.index("supplier")
CARRIER = DIMENSIONS.index("carrier")
SKU = DIMENSIONS.index("sku")
THREE = ("supplier", "carrier", "sku")


# --- Small accounts with chance in them, by the fast way and by the slow one


def drawn(seed, *, days=60, window=30, daily=7, rate=0.06, struck=0.35):
    """Orders of three dimensions; A is late in the last twelve days, P in the ten before, and nothing else stands out."""
    dice = Random(seed)  # noqa: S311 - no secret
    rows = []
    for day in range(days):
        for _ in range(daily):
            supplier, carrier, sku = dice.choice("AABCC"), dice.choice("PQQ"), dice.choice("xyyz")
            chance = rate
            if supplier == "A" and day >= days - 12:
                chance += struck
            if carrier == "P" and days - 22 <= day < days - 12:
                chance += struck
            rows.append((day, dice.random() < chance, supplier, carrier, sku))
    return Account(tuple(rows), THREE, window, days - 1, (0, window - 1))


def cells_in(account, **more):
    made = world(account.rows, window=account.window, end=account.end, dimensions=account.dimensions)
    return made.cells(**more)


def yardstick_of(account):
    cells = cells_in(account)
    orders, late = cells.counts(account.window, account.end, block=10)
    if account.history:
        first, last = account.history
        return OwnHistory(cells=cells, orders=orders, late=late, first=first, last=last)
    return TheOthers(cells=cells, orders=orders, late=late)


def numbered(yardstick, group):
    """A group told by names, by its numbers."""
    dimension, name = group
    return Group(DIMENSIONS.index(dimension), yardstick.cells.names[dimension].index(name))


def extras_of(yardstick, extras):
    return {numbered(yardstick, group): Extra(*one) for group, one in extras.items()}


def named_of(yardstick, group):
    return group.dimension, yardstick.cells.names[group.dimension][group.number]


def places(yardstick):
    """The names of each cell, in the order of its rows."""
    cells = yardstick.cells
    rows = range(len(cells.group["account"]))
    return [
        tuple(cells.names[name][cells.group[name][at]] for name in cells.dimensions if name != "account")
        for at in rows
    ]


TWO = {("supplier", "A"): (1, 2, 0.3), ("carrier", "P"): (0, 1, 0.2)}
WITH = {f"history {seed}": drawn(seed) for seed in (1, 2)}
WITH["little history"] = drawn(3, window=9, days=35, daily=9)
WITH["nothing late before"] = replace(
    drawn(4), rows=tuple((day, late and day >= 30, *names) for day, late, *names in drawn(4).rows)
)
WITH["nearly all late"] = drawn(5, rate=0.93, struck=0)
WITH["apart"] = replace(
    drawn(6),
    rows=tuple(
        (day, late or (names[0] == "C" and at % 2 == 0), *names)
        for at, (day, late, *names) in enumerate(drawn(6).rows)
    ),
)
WITHOUT = {
    f"without {name}": replace(one, rows=tuple(row for row in one.rows if row[0] >= one.window), history=None)
    for name, one in WITH.items()
}
ACCOUNTS = {**WITH, **WITHOUT}
every = pytest.mark.parametrize("name", ACCOUNTS)


@every
def test_the_spread_is_that_of_the_weeks(name):
    account = ACCOUNTS[name]
    assert yardstick_of(account).spread == pytest.approx(account.spread, **CLOSE)


@every
@pytest.mark.parametrize("extras", [{}, TWO], ids=["no cause", "two causes"])
def test_the_usual_rate_of_each_cell_is_the_slow_one(name, extras):
    """Of every dimension: the account's times its factors, or that of the others outside the causes."""
    account, yardstick = ACCOUNTS[name], yardstick_of(ACCOUNTS[name])
    fast, slow = spared_in(yardstick, extras_of(yardstick, extras)), account.spared(extras)
    assert [slow[cell] for cell in places(yardstick)] == [pytest.approx(row) for row in fast.tolist()]
    for dimension in account.every:
        rates, expected = yardstick.rates(dimension, fast), account.rates(dimension, slow)
        if expected is None:
            assert rates is None
            continue
        assert rates[:, 0].tolist() == pytest.approx([expected[cell] for cell in places(yardstick)], **CLOSE)


@every
def test_the_doubt_about_each_group_is_the_slow_one(name):
    account, yardstick = ACCOUNTS[name], yardstick_of(ACCOUNTS[name])
    for dimension in account.every:
        expected = [account.unsure((dimension, one)) for one in account.names(dimension)]
        assert yardstick.unsure(dimension).tolist() == pytest.approx(expected, **CLOSE)


@every
def test_the_counts_of_each_group_and_block_are_those_of_its_orders(name):
    account, yardstick = ACCOUNTS[name], yardstick_of(ACCOUNTS[name])
    for dimension in account.every:
        orders, late = yardstick.counts(dimension)
        told = [account.counts((dimension, one)) for one in account.names(dimension)]
        assert list(zip(orders.tolist(), late.tolist(), strict=True)) == told


@every
@pytest.mark.parametrize("extras", [{}, TWO], ids=["no cause", "two causes"])
def test_where_each_group_stands_is_the_slow_figure(name, extras):
    """Orders, late orders, the usual ones with their range, and the chance, in three ranges of blocks."""
    account, yardstick = ACCOUNTS[name], yardstick_of(ACCOUNTS[name])
    spared = account.spared({})
    last = account.blocks - 1
    for dimension in account.every:
        if account.rates(dimension, spared) is None:
            continue
        for one in account.names(dimension):
            for first, end in {(0, last), (0, 0), (last, last)}:
                own = (dimension, one)
                all_ = {**extras, own: (first, end, 0.1)}
                found = standing(yardstick, numbered(yardstick, own), extras_of(yardstick, all_))
                told = (found.orders, found.late, found.usual, found.low, found.high, found.chance)
                assert told == pytest.approx(account.standing(own, all_), rel=1e-7, abs=1e-12)


@every
@pytest.mark.parametrize("alpha", [0.0005, 0.02, 0.9])
def test_the_groups_that_pass_in_each_range_of_blocks_are_the_slow_ones(name, alpha):
    account, yardstick = ACCOUNTS[name], yardstick_of(ACCOUNTS[name])
    none = np.ones(yardstick.orders.shape)
    for dimension in account.every:
        names = yardstick.cells.names[dimension]
        found = {
            (one.first, one.last): [names[at] for at in one.groups]
            for one in judging.tests(yardstick, dimension, none, alpha=alpha)
            if len(one.groups)
        }
        if account.rates(dimension, account.spared({})) is None:
            assert found == {}
            continue
        expected = dict(account.passing(dimension, account.spared({}), alpha))
        assert found == {blocks: passed for blocks, passed in expected.items() if passed}


@every
def test_the_extra_chances_that_fit_together_are_the_slow_ones(name):
    account, yardstick = ACCOUNTS[name], yardstick_of(ACCOUNTS[name])
    found = refitted(yardstick, extras_of(yardstick, TWO))
    told = {named_of(yardstick, one): (extra.first, extra.last, extra.chance) for one, extra in found.items()}
    assert told == {one: pytest.approx(extra, **CLOSE) for one, extra in account.refitted(TWO).items()}


@every
def test_the_usual_count_of_all_groups_together_is_that_of_each(name):
    account, yardstick = ACCOUNTS[name], yardstick_of(ACCOUNTS[name])
    slow, fast = account.spared(TWO), spared_in(yardstick, extras_of(yardstick, TWO))
    for dimension in account.every:
        if account.rates(dimension, slow) is None:
            with pytest.raises(ValueError, match=dimension):
                predicted(yardstick, dimension, fast)
            continue
        one, mean = predicted(yardstick, dimension, fast)
        told = [
            account.alone((dimension, group), 0, account.blocks - 1, slow)
            for group in account.names(dimension)
        ]
        expected = [(orders, usual, variance) for orders, _, usual, variance in told]
        assert list(zip(one.orders, one.mean, one.variance, strict=True)) == [
            pytest.approx(each, **CLOSE) for each in expected
        ]
        assert mean.tolist() == one.mean.tolist()


@every
def test_the_gain_and_the_score_of_causes_are_the_slow_ones(name):
    """What a cause adds to the log-likelihood, in some blocks, and what all of them come to less their cost."""
    account, yardstick = ACCOUNTS[name], yardstick_of(ACCOUNTS[name])
    slow, fast = account.spared(TWO), spared_in(yardstick, extras_of(yardstick, TWO))
    for own, (first, last) in ((("supplier", "C"), (0, 1)), (("sku", "x"), (1, 1))):
        gain = searching._gain(yardstick, numbered(yardstick, own), Extra(first, last), fast)
        assert gain == pytest.approx(account.gain(own, first, last, slow), **CLOSE)
    for extras in ({}, TWO):
        score = searching._score(yardstick, extras_of(yardstick, extras))
        assert score == pytest.approx(account.score(extras), **CLOSE)


@every
@pytest.mark.parametrize("alpha", [0.02, 0.5])
def test_the_search_finds_what_the_slow_search_finds(name, alpha):
    """The same causes in the same days with the same figures, strongest first."""
    account, yardstick = ACCOUNTS[name], yardstick_of(ACCOUNTS[name])
    same(yardstick, search(yardstick, Rules(alpha=alpha)), account.search(alpha=alpha))


def same(yardstick, found, slow):
    told = [
        (
            named_of(yardstick, one.group),
            (one.orders, one.late, one.usual, one.low, one.high, one.chance),
            (one.extra.first, one.extra.last, one.extra.chance),
        )
        for one in found
    ]
    assert [one for one, *_ in told] == [one for one, _ in slow]
    for (_, *mine), (_, theirs) in zip(told, slow, strict=True):
        assert [*mine[0], *mine[1]] == pytest.approx([*theirs[0], *theirs[1]], rel=1e-7, abs=1e-12)


@pytest.mark.parametrize("name", ["history 1", "without history 1"])
def test_what_is_given_is_found_in_any_case(name):
    """A group that is given stays among the causes, of the whole window, beside what the search finds."""
    account, yardstick = ACCOUNTS[name], yardstick_of(ACCOUNTS[name])
    given = (("sku", "z"), ("supplier", "B"))
    rules = Rules(given=frozenset(numbered(yardstick, one) for one in given))
    same(yardstick, search(yardstick, rules), account.search(given=given))


# --- A yardstick whose rates are told, for thresholds


@dataclass(frozen=True, eq=False)
class Told(Yardstick):
    """Rates, over-dispersion and doubts as they are given: one rate for every cell."""

    rate: float | None = 0.125
    phi: float = 1.0
    doubt: float = 0.0

    @property
    def spread(self):
        return dict.fromkeys(self.cells.dimensions, self.phi)

    def rates(self, dimension, spared):  # noqa: ARG002 - whoever looks
        return None if self.rate is None else np.full((len(self.orders), 1), self.rate)

    def unsure(self, dimension):
        return np.full(len(self.cells.names[dimension]), self.doubt)


def told(groups, *, days=10, kind=Told, **more):
    """A window of suppliers with (late, orders) in each block of ten days, from its first day."""
    rows = []
    for name, blocks in groups.items():
        for at, (late, orders) in enumerate(blocks):
            rows += [(10 * at, number < late, name) for number in range(orders)]
    cells = world(rows, window=0, end=days - 1).cells()
    orders, late = cells.counts(0, days - 1, block=10)
    return kind(cells=cells, orders=orders, late=late, **more)


def passed(yardstick, *, alpha=1e9, dimension="supplier"):
    """The names that pass in each range of blocks."""
    none = np.ones(yardstick.orders.shape)
    found = judging.tests(yardstick, dimension, none, alpha=alpha)
    names = yardstick.cells.names[dimension]
    return {(one.first, one.last): [names[at] for at in one.groups] for one in found}


@pytest.mark.parametrize(("orders", "expected"), [(9, []), (10, ["A"]), (11, ["A"])])
def test_ten_orders_are_the_fewest_that_can_stand_out(orders, expected):
    found = passed(told({"A": [(9, orders)], "B": [(0, 20)]}))
    assert found.get((0, 0), []) == expected


@pytest.mark.parametrize(("late", "expected"), [(4, []), (5, ["A"]), (6, ["A"])])
def test_three_late_orders_beyond_the_usual_are_enough(late, expected):
    """Of 16 orders two are usual: five are three beyond, to the last digit."""
    assert passed(told({"A": [(late, 16)], "B": [(0, 20)]})).get((0, 0), []) == expected


@pytest.mark.parametrize(("late", "expected"), [(11, []), (12, ["A"]), (13, ["A"])])
def test_half_of_the_usual_count_is_the_least_excess_of_a_cause(late, expected):
    """Of 64 orders eight are usual: twelve are half as many again."""
    assert passed(told({"A": [(late, 64)], "B": [(0, 20)]})).get((0, 0), []) == expected


@pytest.mark.parametrize(("rest", "expected"), [(74, ["A"]), (75, []), (54, ["A"])])
def test_a_twentieth_of_all_late_orders_is_the_least_excess_of_a_cause(rest, expected):
    """Four beyond the usual two matter among 80 late orders, and not among 81."""
    found = passed(told({"A": [(6, 16)], "B": [(rest, 800)]}))
    assert found.get((0, 0), []) == expected


def test_a_chance_that_is_all_of_the_allowance_passes():
    """In one block and in three: the chance that is told is the allowance at which a group begins to pass."""
    for blocks in ([(9, 24)], [(2, 8), (6, 12), (4, 12)]):
        yardstick = told({"A": blocks, "B": [(1, 20)] * len(blocks)}, days=10 * len(blocks))
        for first, last in ((0, len(blocks) - 1), (1, 1), (1, 2), (0, 1)):
            if last >= len(blocks):
                continue
            group = Group(SUPPLIER, 0)
            chance = standing(yardstick, group, {group: Extra(first, last)}).chance
            assert 0 < chance < 1
            assert passed(yardstick, alpha=chance)[first, last] == ["A"]
            assert passed(yardstick, alpha=nextafter(chance, 0.0))[first, last] == []


@pytest.mark.parametrize(("blocks", "whole", "part"), [(1, 1, None), (2, 2, 4), (3, 2, 10), (4, 2, 18)])
def test_half_of_the_allowance_is_for_the_whole_window_and_half_for_all_shorter_ranges(blocks, whole, part):
    """A chance is that of so many late orders, times the comparisons, times the ranges that share its half."""
    yardstick = told({"A": [(12, 16)] * blocks, "B": [(0, 20)] * blocks}, days=10 * blocks)
    group = Group(SUPPLIER, 0)
    for first, last, weight in ((0, blocks - 1, whole), (0, 0, part)):
        if weight is None:
            continue
        size = last - first + 1
        chance = standing(yardstick, group, {group: Extra(first, last)}).chance
        tail = at_least(16 * size, 2.0 * size, 2.0 * size * 0.875, 12 * size)
        assert chance == pytest.approx(tail * 2 * 2 * weight, rel=1e-6)


def test_what_the_whole_window_does_not_show_is_no_cause():
    """A block with late orders beyond the usual, made up for by too few in the other: in neither range, at any allowance."""
    yardstick = told({"A": [(9, 24), (0, 24)], "B": [(0, 20), (0, 20)]}, days=20)
    group = Group(SUPPLIER, 0)
    assert passed(yardstick).get((0, 0), ["A"]) == ["A"]
    fewer = told({"A": [(9, 24), (0, 40)], "B": [(0, 20), (0, 20)]}, days=20)
    assert passed(fewer) == {}
    assert standing(fewer, group, {group: Extra(0, 0)}).chance == 1.0
    assert standing(yardstick, group, {group: Extra(0, 0)}).chance < 1.0


@pytest.mark.parametrize(
    ("sizes", "expected"), [((9, 9, 9), 2), ((10, 9, 9), 2), ((10, 11, 9), 4), ((10, 10, 30), 6)]
)
def test_the_comparisons_are_the_groups_of_ten_orders_times_the_dimensions(sizes, expected):
    """Two dimensions tell: the account and the suppliers."""
    yardstick = told({name: [(0, size)] for name, size in zip("ABC", sizes, strict=True)})
    assert comparisons(yardstick, "supplier") == expected
    assert comparisons(yardstick, "account") == 2


def test_the_chance_is_never_more_than_one():
    """A tail of an eighth is a half in four comparisons, and no more than one in forty."""
    group = Group(SUPPLIER, 0)
    for others, expected in (("B", 0.5), ("BCDEFGHIJKLMNOPQRST", 1.0)):
        groups = {"A": [(5, 16)], **{name: [(0, 20)] for name in others}}
        yardstick = told(groups, phi=8.0, doubt=5.0)
        assert standing(yardstick, group, {group: Extra(0, 0)}).chance == pytest.approx(expected, rel=1e-5)
    assert standing(yardstick, group, {group: Extra(0, 0)}).chance == 1.0


@pytest.mark.parametrize(
    ("late", "rate", "expected"),
    [
        (2, 0.125, 0.0),
        (1, 0.125, 0.0),
        (9, 0.125, 0.5),
        (16, 0.125, 0.999),
        (16, 1.0, 0.0),
        (16, 0.984375, 0.999),
    ],
)
def test_the_extra_chance_lies_between_none_and_all_but_one_in_a_thousand(late, rate, expected):
    """Late orders beyond the usual ones, of those that would have been on time."""
    yardstick = told({"A": [(late, 16)], "B": [(0, 20)]}, rate=rate)
    none = np.ones(yardstick.orders.shape)
    assert extra_chance(yardstick, Group(SUPPLIER, 0), Extra(0, 0), none) == pytest.approx(
        expected, abs=1e-12
    )


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(7, 32, (40, 65)), (72, 80, (0, 0)), (60, 72, (0, 12)), (71, 73, (0, 1))]
)
def test_what_is_caused_is_what_lies_beyond_the_range(low, high, expected):
    one = StandsOut(
        group=Group(1, 0), orders=600, late=72, usual=18.0, low=low, high=high, extra=Extra(0, 0), chance=0.0
    )
    assert one.caused == expected


def test_two_causes_of_nearly_the_same_orders_are_fitted_thirty_times():
    """They settle slowly: after thirty rounds the chances are those of the slow reckoning, to the last but few digits."""
    rows = [(day, at % 3 < 2 and day >= 30, "A", "P", "x") for day in range(60) for at in range(6)]
    rows += [
        (day, at == 0 and day % 9 == 0, "A" if at == 1 and day % 30 == 1 else "B", "Q", "y")
        for day in range(60)
        for at in range(6)
    ]
    account = Account(tuple(rows), THREE, 30, 59, (0, 29))
    yardstick = yardstick_of(account)
    two = {("supplier", "A"): (0, 2, 0.0), ("carrier", "P"): (0, 2, 0.0)}
    found = refitted(yardstick, extras_of(yardstick, two))
    told_ = {named_of(yardstick, one): extra.chance for one, extra in found.items()}
    assert told_ == pytest.approx({one: extra[2] for one, extra in account.refitted(two).items()}, rel=1e-10)


# --- The search, step by step


def scripted(monkeypatch, fits):
    """Searches that find what they are told, one after the other; what each was forbidden is kept."""
    forbidden = []

    def found(_yardstick, _rules, without):
        forbidden.append(set(without))
        return fits[len(forbidden) - 1]

    monkeypatch.setattr(searching, "_one_search", found)
    return forbidden


def fit_of(number, score):
    group = None if number is None else Group(SUPPLIER, number)
    return searching._Fit(extras={} if group is None else {group: Extra(0, 0)}, first=group, score=score)


def test_the_search_starts_four_times_without_the_first_choices_before(monkeypatch):
    yardstick = told({name: [(4, 20)] for name in "ABCDE"})
    forbidden = scripted(monkeypatch, [fit_of(at, at) for at in range(6)])
    assert [one.group.number for one in search(yardstick, Rules())] == [3]
    assert forbidden == [{Group(SUPPLIER, at) for at in range(number)} for number in range(4)]


def test_the_first_of_equal_searches_stays_and_a_search_without_choice_ends_it(monkeypatch):
    yardstick = told({name: [(4, 20)] for name in "ABCDE"})
    scripted(monkeypatch, [fit_of(0, 1.0), fit_of(1, 1.0 + 5e-10), fit_of(2, 1.0), fit_of(3, 0.5)])
    assert [one.group.number for one in search(yardstick, Rules())] == [0]
    scripted(monkeypatch, [fit_of(0, 1.0), fit_of(1, 1.0 + 1e-9), fit_of(2, 1.0), fit_of(3, 0.5)])
    assert [one.group.number for one in search(yardstick, Rules())] == [0]
    scripted(monkeypatch, [fit_of(0, 1.0), fit_of(1, 1.0 + 3e-9), fit_of(2, 1.0), fit_of(3, 0.5)])
    assert [one.group.number for one in search(yardstick, Rules())] == [1]
    forbidden = scripted(monkeypatch, [fit_of(0, 1.0), fit_of(None, 2.0), fit_of(2, 9.0)])
    assert search(yardstick, Rules()) == ()
    assert len(forbidden) == 2


def test_five_causes_are_the_most_of_one_search():
    """Of seven suppliers that all stand out five are taken; those that are given come beside them."""
    groups = {name: [(20 + at, 40)] for at, name in enumerate("ABCDEFG")} | {"H": [(100, 1000)]}
    yardstick = told(groups, rate=0.1)
    fit = searching._one_search(yardstick, Rules(), {Group(0, 0)})
    assert sorted(one.number for one in fit.extras) == [2, 3, 4, 5, 6]
    assert fit.first == Group(SUPPLIER, 6)
    given = searching._one_search(yardstick, Rules(given=frozenset({Group(SUPPLIER, 7)})), {Group(0, 0)})
    assert sorted(one.number for one in given.extras) == [2, 3, 4, 5, 6, 7]


def test_who_is_barred_or_forbidden_or_found_already_is_not_chosen():
    yardstick = told({"A": [(30, 40)], "B": [(25, 40)], "C": [(2, 40)]}, rate=0.0625)
    account, a, b = Group(0, 0), Group(SUPPLIER, 0), Group(SUPPLIER, 1)
    whole = Extra(0, 0)

    def chosen(*, extras=None, forbidden=(), **rules):
        found = searching._strongest(yardstick, extras or {}, Rules(**rules), set(forbidden))
        return found and found[0]

    assert chosen() == account
    assert chosen(forbidden=[account]) == a
    assert chosen(forbidden=[account, a]) == b
    assert chosen(forbidden=[account, a, b]) is None
    assert chosen(forbidden=[account], barred=frozenset({SUPPLIER})) is None
    assert chosen(forbidden=[account], barred=frozenset({CARRIER})) == a
    assert chosen(forbidden=[account], extras={a: replace_chance(whole, 0.6)}) == b


def replace_chance(extra, chance):
    return Extra(extra.first, extra.last, chance)


def test_a_blank_stays_a_candidate_where_suppliers_are_barred():
    """What gathers on it is its own: it is taken, and never named."""
    rows = [(0, at < 30, "(not stated)") for at in range(40)] + [(0, at < 2, "B") for at in range(40)]
    cells = world(rows, window=0, end=9).cells()
    orders, late = cells.counts(0, 9, block=10)
    yardstick = Told(cells=cells, orders=orders, late=late, rate=0.0625)
    blank = cells.names["supplier"].index("(not stated)")
    found = searching._strongest(yardstick, {}, Rules(barred=frozenset({SUPPLIER})), {Group(0, 0)})
    assert found == (Group(SUPPLIER, blank), Extra(0, 0))


def test_of_equal_gains_the_first_is_chosen():
    """By dimension, then by days, then by name."""
    yardstick = told({"A": [(30, 40)], "B": [(30, 40)]}, rate=0.0625)
    found = searching._strongest(yardstick, {}, Rules(), {Group(0, 0)})
    assert found == (Group(SUPPLIER, 0), Extra(0, 0))


def test_the_weakest_that_the_others_explain_is_dropped_first_and_what_is_given_is_not():
    yardstick = told({"A": [(30, 40)], "B": [(5, 40)], "C": [(4, 40)]}, rate=0.0625)
    a, b, c = (Group(SUPPLIER, number) for number in range(3))
    extras = {one: Extra(0, 0, 0.1) for one in (a, b, c)}
    assert set(searching._without_explained(yardstick, extras, Rules())) == {a}
    kept = searching._without_explained(yardstick, extras, Rules(given=frozenset({c})))
    assert set(kept) == {a, c}
    twins = {Group(SUPPLIER, 0): Extra(0, 0, 0.9), Group(0, 0): Extra(0, 0, 0.5)}
    one = told({"A": [(30, 40)], "B": [(0, 10)]}, rate=0.0625)
    assert set(searching._without_explained(one, twins, Rules())) == {Group(0, 0)}  # of equals the last goes


def test_a_chance_of_exactly_the_allowance_is_kept():
    yardstick = told({"A": [(9, 24)], "B": [(1, 20)]})
    group = Group(SUPPLIER, 0)
    extras = {group: Extra(0, 0, 0.2)}
    chance = standing(yardstick, group, extras).chance
    assert set(searching._without_explained(yardstick, extras, Rules(alpha=chance))) == {group}
    assert searching._without_explained(yardstick, extras, Rules(alpha=nextafter(chance, 0.0))) == {}


def test_each_cause_costs_three_and_the_choice_among_the_candidates():
    """Candidates are the groups of ten orders; where there is none, the choice is free."""
    yardstick = told({"A": [(4, 20)], "B": [(2, 20)], "C": [(0, 9)]})
    group = Group(SUPPLIER, 0)
    fit = 6 * log(0.125) + 43 * log(0.875)
    assert searching._score(yardstick, {}) == pytest.approx(fit, rel=1e-12)
    assert searching._score(yardstick, {group: Extra(0, 0, 0.0)}) == pytest.approx(
        fit - 3 - log(3), rel=1e-12
    )
    few = told({"A": [(1, 4)], "B": [(0, 4)]})
    assert searching._score(few, {group: Extra(0, 0, 0.0)}) == pytest.approx(
        log(0.125) + 7 * log(0.875) - 3, rel=1e-12
    )


def test_where_nothing_tells_the_rate_is_that_of_the_orders_outside_every_cause():
    """At least half a late order of at least one, and at most all but one in a thousand."""
    cause = {Group(SUPPLIER, 0): Extra(0, 0, 0.5)}

    def score(*, extras, **groups):
        return searching._score(told({name: [one] for name, one in groups.items()}, rate=None), extras)

    cost = 3 + log(3)
    quarter = 5 * log(0.25) + 15 * log(0.75) + 10 * log(1 - 0.75 * 0.5) + 10 * log(0.75 * 0.5) - cost
    assert score(extras=cause, A=(10, 20), B=(5, 20)) == pytest.approx(quarter, rel=1e-12)
    none = 20 * log(1 - 0.5 / 20) + 10 * log(1 - (1 - 0.5 / 20) * 0.5) + 10 * log((1 - 0.5 / 20) * 0.5) - cost
    assert score(extras=cause, A=(10, 20), B=(0, 20)) == pytest.approx(none, rel=1e-12)
    all_late = 20 * log(0.999) + 20 * log(1 - 0.001 * 0.5) - cost
    assert score(extras=cause, A=(20, 20), B=(20, 20)) == pytest.approx(all_late, rel=1e-9)
    every_one = {Group(0, 0): Extra(0, 0, 0.5)}
    both = 10 * log(0.75) + 30 * log(0.25) - cost
    assert score(extras=every_one, A=(10, 20), B=(0, 20)) == pytest.approx(both, rel=1e-12)


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_what_was_never_or_always_late_is_taken_as_one_in_a_million_millions(rate):
    late = 1 if rate == 0 else 19
    yardstick = told({"A": [(late, 20)], "B": [(20 * int(rate), 20)]}, rate=rate)
    assert searching._score(yardstick, {}) == pytest.approx(log(1e-12), rel=1e-5)


def test_a_group_that_nothing_tells_of_has_no_gain_and_no_place():
    yardstick = told({"A": [(4, 20)], "B": [(4, 20)]}, rate=None)
    none, group = np.ones(yardstick.orders.shape), Group(SUPPLIER, 0)
    for asked in (
        lambda: searching._gain(yardstick, group, Extra(0, 0), none),
        lambda: standing(yardstick, group, {group: Extra(0, 0)}),
        lambda: predicted(yardstick, "supplier", none),
    ):
        with pytest.raises(ValueError):
            asked()
    assert passed(yardstick) == {}
    assert search(yardstick, Rules()) == ()


# --- The distribution


def test_a_share_that_is_met_to_the_last_digit_is_reached():
    """One order that is late 25 times in a thousand: up to none are 97.5 %, and mirrored, none alone is 2.5 %."""
    assert [int(end[0]) for end in usually(1, 0.025, 0.0).range()] == [0, 0]
    assert [int(end[0]) for end in usually(1, 0.975, 0.0).range()] == [0, 1]
    assert [int(end[0]) for end in usually(1, 0.0250001, 0.0).range()] == [0, 1]
    assert [int(end[0]) for end in usually(1, 0.9750001, 0.0).range()] == [1, 1]


@pytest.mark.parametrize("variance", [0.0, 0.5, 3.0, 9.0, 11.9])
@pytest.mark.parametrize(("orders", "mean"), [(1, 0.3), (2, 0.5), (8, 2.0), (8, 6.0), (30, 1.0), (60, 20.0)])
def test_tails_sums_and_range_are_those_of_the_slow_distribution(orders, mean, variance):
    one = usually(orders, mean, variance)
    chances = mass(orders, mean, variance)
    for count in range(orders + 2):
        assert one.tail(np.array([count]))[0] == pytest.approx(
            at_least(orders, mean, variance, count), rel=1e-6, abs=1e-12
        )
        expected = min(1.0, sum(chances[: count + 1]))
        assert one.at_most(np.array([count]))[0] == pytest.approx(expected, rel=1e-6, abs=1e-12)
        assert one.tail(np.array([count]))[0] <= 1.0
        assert one.at_most(np.array([count]))[0] <= 1.0
    assert one.tail(np.array([0]))[0] == 1.0
    assert tuple(int(end[0]) for end in one.range()) == usual_range(orders, mean, variance)


def test_many_orders_have_no_chance_too_great_for_a_number():
    """Half of five thousand: the middle count halves the chances."""
    one = usually(5000, 2500.0, 1250.0)
    assert one.tail(np.array([2500]))[0] == pytest.approx(
        0.5 + exp(lgamma(5001) - 2 * lgamma(2501) - 5000 * log(2)) / 2, rel=1e-6
    )


def test_more_variance_than_two_ends_have_is_that_of_two_ends():
    """All or nothing: a quarter of the chance at eight late orders, the rest at none."""
    for variance in (12.0, 50.0):
        one = usually(8, 2.0, variance)
        assert one.tail(np.array([1]))[0] == pytest.approx(0.25, abs=1e-5)
        assert one.tail(np.array([8]))[0] == pytest.approx(0.25, abs=1e-5)


def test_no_rate_is_quite_never_or_always():
    """Never late is once in a million millions, and so is always late for on time."""
    assert usually(10, 0.0, 0.0).tail(np.array([1]))[0] == pytest.approx(1e-11, rel=1e-3)
    assert usually(10, 10.0, 0.0).at_most(np.array([9]))[0] == pytest.approx(1e-11, rel=1e-3)
    assert [int(end[0]) for end in usually(10, 10.0, 0.0).range()] == [10, 10]
    assert [int(end[0]) for end in usually(10, 0.0, 0.0).range()] == [0, 0]


def test_a_group_without_orders_has_none_late():
    one = usually(0, 0.0, 0.0)
    assert [int(end[0]) for end in one.range()] == [0, 0]
    assert (one.tail(np.array([0]))[0], one.tail(np.array([1]))[0]) == (1.0, 0.0)
    assert (one.at_most(np.array([-1]))[0], one.at_most(np.array([0]))[0]) == (0.0, 1.0)
    unknown = usually(10, float("nan"), float("nan"))
    assert unknown.tail(np.array([0]))[0] == 1.0


def test_groups_are_reckoned_in_blocks_that_fit_and_not_one_by_one(monkeypatch):
    """Each block holds as many groups as the limit allows, and the answers are those of each alone."""
    from poa.analysis.causes import predictive

    orders, mean = np.array([5, 60, 20, 5, 30, 9, 60]), np.array([1.0, 9.0, 4.0, 2.0, 3.0, 1.0, 20.0])
    one = Predictive(orders, mean, 2 * mean)
    alone = [usually(*each).tail(np.array([3]))[0] for each in zip(orders, mean, 2 * mean, strict=True)]
    sizes = []
    block = Predictive._block

    def noted(self, at, top):
        sizes.append((len(at), top + 1))
        return block(self, at, top)

    monkeypatch.setattr(predictive, "_AT_ONCE", 62)
    monkeypatch.setattr(Predictive, "_block", noted)
    assert one.tail(np.full(7, 3)) == pytest.approx(alone, rel=1e-12)
    assert sizes == [(3, 10), (2, 31), (1, 61), (1, 61)]
    sizes.clear()
    monkeypatch.setattr(predictive, "_AT_ONCE", 61)
    one.tail(np.full(7, 3))
    assert sizes == [(3, 10), (1, 21), (1, 31), (1, 61), (1, 61)]
    sizes.clear()
    monkeypatch.setattr(predictive, "_AT_ONCE", 8)  # fewer than one group has
    one.tail(np.full(7, 3))
    assert sizes == [(1, 6), (1, 6), (1, 10), (1, 21), (1, 31), (1, 61), (1, 61)]


# --- Usual rates at their edges


def test_weeks_of_eight_tenths_of_an_expected_late_order_tell():
    """Four orders a week at one in five: 0.8; the greatest square is drawn back to the 90 % point."""
    late, orders = np.array([[4, 0, 0, 0, 0]]), np.full((1, 5), 4)
    assert 4 * 0.2 == 0.8
    assert dispersion_of(late, orders) == pytest.approx((4 + 10 + 15) / (4 + 10), rel=1e-12)
    assert dispersion_of(late, orders, belief=2.0) == pytest.approx((14 + 20) / 14, rel=1e-12)
    fewer = np.array([[3, 0, 0, 0, 0]])
    assert dispersion_of(fewer, np.full((1, 5), 3)) == 1.5


def test_a_group_that_is_always_late_or_has_no_orders_tells_no_spread():
    orders = np.full((2, 3), 5)
    assert dispersion_of(orders, orders) == 1.5
    assert dispersion_of(orders * 0, orders * 0, belief=1.25) == 1.25
    late = np.array([[2, 3, 1], [0, 0, 0]])
    alone = dispersion_of(late[:1], orders[:1])
    assert (
        dispersion_of(late, np.array([[5, 5, 5], [0, 0, 0]]))
        == alone
        == dispersion([[(2, 5), (3, 5), (1, 5)]], 1.5)
    )


def test_where_nothing_is_expected_every_factor_is_one_and_all_but_sure():
    factors, doubt = shrunk(np.zeros(2), np.zeros(2), spread=1.0)
    assert factors.tolist() == [1.0, 1.0]
    assert doubt.tolist() == [0.001, 0.001]


def test_the_variance_has_chance_and_doubt():
    """Chance by the usual count with what causes add, doubt by the plain one; without orders there is neither."""
    found = variance_of(
        1.5, np.array([8.0, 0.0]), np.array([4.0, 0.0]), np.array([16, 0]), np.array([0.25, 9.0])
    )
    assert found.tolist() == [1.5 * 8 * 0.5 + 16 * 0.25, 0.0]
    assert variance_of(2.0, np.array([0.5]), np.array([0.5]), np.array([1]), np.array([1.0])).tolist() == [
        0.75
    ]


def test_one_other_order_is_a_yardstick_and_half_a_late_order_its_least():
    yardstick = told({"A": [(3, 20)], "B": [(0, 1)]}, kind=TheOthers)
    none = np.ones(yardstick.orders.shape)
    assert yardstick.rates("supplier", none)[:, 0].tolist() == [0.5, 3 / 20]
    late = told({"A": [(3, 20)], "B": [(1, 1)]}, kind=TheOthers)
    assert late.rates("supplier", none)[:, 0].tolist() == [0.95, 3 / 20]
    assert late.unsure("supplier").tolist() == [
        late.spread["account"] / 1 + 0.25,
        late.spread["account"] / 3 + 0.25,
    ]
    assert yardstick.unsure("supplier")[0] == yardstick.spread["account"] / 0.5 + 0.25


def test_where_all_others_are_some_causes_they_are_the_yardstick_as_they_are():
    yardstick = told({"A": [(3, 20)], "B": [(5, 10)], "C": [(4, 30)]}, kind=TheOthers)
    causes_ = {Group(SUPPLIER, 1): Extra(0, 0, 0.4), Group(SUPPLIER, 2): Extra(0, 0, 0.1)}
    rates = yardstick.rates("supplier", spared_in(yardstick, causes_))[:, 0].tolist()
    assert rates == pytest.approx([9 / 40, 3 / 20, 3 / 20], rel=1e-12)


def test_groups_apart_by_a_thousandth_and_a_half_are_not_all_alike():
    """Ten late orders beyond a hundred, at a spread of 0.85: a relative variance of 0.0015, and at 0.91 one of 0.0009."""
    factors, doubt = shrunk(np.array([110.0]), np.array([100.0]), spread=0.85)
    assert factors[0] == pytest.approx((110 + 1 / 0.0015) / (100 + 1 / 0.0015), rel=1e-12)
    assert doubt[0] == pytest.approx(1 / (110 / 0.85 + 1 / 0.0015), rel=1e-12)
    assert shrunk(np.array([110.0]), np.array([100.0]), spread=0.91)[0][0] == pytest.approx(
        1110 / 1100, rel=1e-12
    )


@pytest.mark.parametrize("days", [9, 10, 11, 19, 20, 21])
@pytest.mark.parametrize("history", [0, 30])
def test_the_blocks_of_a_window_are_ten_days(days, history):
    """The last is whole; with a history and without."""
    cells = world(steady("A", last=history + days - 1), window=history, end=history + days - 1).cells()
    found = name_causes(cells, target=Fraction(1, 25)).yardstick
    assert found.orders.tolist() == [
        [10 * (days - 10 * at if days < 10 * (at + 1) else 10) for at in reversed(range(-(-days // 10)))]
    ]


def test_whoever_is_alone_has_nobody_to_be_compared_with():
    yardstick = told({"A": [(3, 20)]}, kind=TheOthers)
    assert np.isnan(yardstick.rates("supplier", np.ones(yardstick.orders.shape))).all()


def test_who_is_gone_or_new_or_small_has_its_doubt():
    """Groups with orders in one of the periods alone, and of a hundredth of a usual late order."""
    rows = [(day, day % 9 == 0 and at == 0, name) for day in range(60) for name in "AB" for at in range(3)]
    rows += [(day, True, "gone") for day in range(20)] + [(40, False, "new")]
    account = Account(tuple(rows), ("supplier",), 30, 59, (0, 29))
    yardstick = yardstick_of(account)
    expected = [account.unsure(("supplier", one)) for one in account.names("supplier")]
    assert yardstick.unsure("supplier").tolist() == pytest.approx(expected, **CLOSE)
    assert (
        yardstick.unsure("supplier")[account.names("supplier").index("gone")]
        == account.spread["account"] / account.known
    )


def test_without_orders_before_the_usual_rate_is_a_half():
    rows = [(day, False, name) for day in range(30, 60) for name in "AB"]
    yardstick = yardstick_of(Account(tuple(rows), ("supplier",), 30, 59, (0, 29)))
    assert yardstick.rates("supplier", np.ones(yardstick.orders.shape)).ravel().tolist() == [0.5, 0.5]


def test_a_group_without_orders_in_both_periods_has_no_part_in_the_change():
    """And one that is new or gone has the whole of its part in the mix."""
    parts = split([counts(1, 10, 3, 10), counts(0, 0, 0, 0), counts(2, 10, 0, 0), counts(0, 0, 4, 10)])
    middle = (Fraction(3, 20) + Fraction(7, 20)) / 2
    assert parts == (
        Parts(rate=Fraction(1, 2) * Fraction(2, 10), mix=Fraction(0)),
        Parts(rate=Fraction(0), mix=Fraction(0)),
        Parts(rate=Fraction(0), mix=-(Fraction(2, 10) - middle) / 2),
        Parts(rate=Fraction(0), mix=(Fraction(4, 10) - middle) / 2),
    )
    assert total([part.rate + part.mix for part in parts]) == Fraction(7, 20) - Fraction(3, 20)
    for groups in ([counts(0, 0, 1, 5)], [counts(1, 5, 0, 0)]):
        with pytest.raises(ValueError, match="no orders"):
            split(groups)


# --- Orders that stand for several


def test_an_order_that_stands_for_several_is_counted_as_so_many():
    """Every count of weighted orders is that of the orders one by one."""
    from test_causes import World

    dice = Random(8)  # noqa: S311 - no secret
    rows = [(dice.randrange(20), dice.random() < 0.3, dice.choice("AB")) for _ in range(40)]
    weight = np.array([dice.randrange(1, 5) for _ in rows])
    many = [row for row, times in zip(rows, weight, strict=True) for _ in range(times)]
    light: World = world(rows, window=8, end=19)
    one, all_ = light.cells(weight=weight), world(many, window=8, end=19).cells()
    for first, last, block in ((0, 19, 0), (8, 19, 10), (8, 19, 5), (3, 3, 7), (0, 13, 7)):
        for mine, theirs in zip(
            one.counts(first, last, block=block), all_.counts(first, last, block=block), strict=True
        ):
            assert mine.tolist() == theirs.tolist()
    for number in range(2):
        mine = one.per_day(one.members("supplier", number))
        assert [part.tolist() for part in mine] == [
            part.tolist() for part in all_.per_day(all_.members("supplier", number))
        ]
    assert one.count(one.late) == all_.count(all_.late) == int(weight[[row[1] for row in rows]].sum())
    assert all_.count(all_.late) == sum(row[1] for row in many)


def test_the_counts_of_cells_are_those_of_their_orders():
    """For blocks of any length, by names, in the order of the names."""
    account = ACCOUNTS["history 1"]
    cells = cells_in(account)
    yardstick = yardstick_of(account)
    assert places(yardstick) == sorted(account.cells, key=lambda cell: cell[::-1])
    for first, last, block in ((0, 59, 0), (30, 59, 10), (30, 59, 7), (5, 5, 0), (9, 30, 4)):
        orders, late = cells.counts(first, last, block=block)
        expected = account.table(first, last, block)
        assert orders.tolist() == [expected[0][cell] for cell in places(yardstick)]
        assert late.tolist() == [expected[1][cell] for cell in places(yardstick)]
    for dimension in account.every:
        assert cells.names[dimension] == tuple(account.names(dimension))
    assert (
        tuple(cells.group) == tuple(cells.names) == account.every == cells.dimensions == tuple(telling(cells))
    )
    assert cells.names["account"] == (EVERY,)


def test_the_orders_of_each_day_are_counted_to_the_last_day():
    cells = world([(0, True, "A"), (2, False, "A"), (2, True, "A"), (2, True, "B")], window=1, end=4).cells()
    orders, late = cells.per_day(cells.members("supplier", 0))
    assert (orders.tolist(), late.tolist()) == ([1, 0, 2, 0, 0], [1, 0, 1, 0, 0])


def test_no_days_hold_no_orders():
    """In one column of noughts."""
    cells = world([(0, True, "A"), (2, False, "B")], window=1, end=4).cells()
    assert [part.tolist() for part in cells.counts(3, 2)] == [[[0], [0]]] * 2
    assert [part.tolist() for part in cells.counts(2, 2)] == [[[0], [1]], [[0], [0]]]


def test_an_extra_adds_nothing_before_it_is_fitted():
    assert Extra(0, 2) == Extra(0, 2, 0.0)


def test_one_name_tells_no_orders_apart_and_two_do():
    one = world(
        [(0, False, "A", "P"), (1, False, "A", "Q")], window=0, end=5, dimensions=("supplier", "carrier")
    )
    assert list(telling(one.cells())) == ["account", "carrier"]


# --- Since when, until when


def test_five_late_orders_on_two_days_tell_a_day():
    """Four do not, and neither does one day alone; nor are days before the given one looked at."""
    found = span(np.array([20, 20]), np.array([0, 5]))
    assert (found.first, found.last, found.running) == (1, 1, True)
    assert span(np.array([20, 20]), np.array([0, 4])) is None
    assert span(np.array([0, 20]), np.array([0, 5])) is None
    assert span(np.array([20, 20]), np.array([5, 0]), until=1) is None
    assert span(np.array([20, 20]), np.array([5, 0]), until=0).running is False


def test_orders_outside_the_days_are_part_of_the_comparison():
    """Even days stand out beside others that are on time, by both of their counts."""
    found = span(np.array([10, 10]), np.array([4, 4]), outside=(100.0, 3.0))
    whole = 8 * log(8 / 20) + 12 * log(12 / 20) + 3 * log(3 / 100) + 97 * log(97 / 100)
    assert found.score == pytest.approx(whole - 11 * log(11 / 120) - 109 * log(109 / 120), rel=1e-12)
    assert (found.first, found.last) == (0, 1)
    assert span(np.array([10, 10]), np.array([4, 4]), outside=(100.0, 60.0)) is None
    assert span(np.array([10, 10, 10]), np.array([4, 4, 4]), outside=(100.0, 60.0)) is None


def slow_span(orders, late, *, spread, until, outside):
    """The span and its days of beginning, from every range of days."""
    known, every_range = slow_spans(orders, late, until, outside)
    if sum(late) < 5 or len(known) < 2 or not every_range:
        return None
    best = max(every_range.values())
    tied = [
        (last - first, first, last) for (first, last), score in every_range.items() if score >= best - 1e-9
    ]
    _, first, last = min(tied)
    begun = range(known[0], known[-1] + 1)
    follows = {day: min(one for one in known if one >= day) for day in begun}
    fits = {
        day: max((score for (start, _), score in every_range.items() if start == follows[day]), default=-inf)
        for day in begun
    }
    near = [day for day in begun if fits[day] >= best - 1.92 * spread]
    weights = [exp(fits[day] - best) for day in begun]
    middle = next(day for at, day in enumerate(begun) if sum(weights[: at + 1]) >= sum(weights) / 2)
    at_the_end = [score for (_, end), score in every_range.items() if end == known[-1]]
    running = max(at_the_end, default=-inf) >= best - 1.92 * spread
    return Span(
        first=first,
        last=last,
        end=known[-1] if running else last,
        likely=min(max(middle, near[0]), near[-1], last),
        earliest=near[0],
        latest=near[-1],
        running=running,
        score=pytest.approx(best, rel=1e-9),
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_span_is_that_of_all_ranges_of_days(seed):
    """Counts drawn by chance, of days with few orders, many or none; a few of them have bad days in the middle or at the end."""
    dice = Random(seed)  # noqa: S311 - no secret
    orders = [dice.choice((0, 1, 4, 9, 12)) for _ in range(dice.randrange(3, 14))]
    bad = range(dice.randrange(len(orders)), dice.randrange(len(orders) + 1))
    late = [
        sum(dice.random() < (0.7 if at in bad else 0.15) for _ in range(many))
        for at, many in enumerate(orders)
    ]
    for spread, until, outside in ((1.0, 0, (0, 0)), (1.7, 2, (0, 0)), (1.3, 0, (40, 1)), (3.0, 5, (9, 3))):
        found = span(np.array(orders), np.array(late), spread=spread, until=until, outside=outside)
        assert found == slow_span(orders, late, spread=spread, until=until, outside=outside)
    assert span(np.array(orders), np.array(late)) == slow_span(
        orders, late, spread=1.0, until=0, outside=(0, 0)
    )


# --- Which looks are taken, and what is told of them


def looks(monkeypatch, rows, *, window, end, chances=()):
    """The looks that are taken, in their order; each finds one cause with the chance that it is told."""
    taken = []

    def noted(yardstick, compared, _target, alpha, *, suppliers):
        history = (yardstick.first, yardstick.last) if isinstance(yardstick, OwnHistory) else None
        taken.append((compared, history, alpha, int(yardstick.orders.sum()), suppliers))
        chance = chances[len(taken) - 1] if len(taken) <= len(chances) else None
        one = StandsOut(
            group=Group(0, 0), orders=1, late=1, usual=0.0, low=0, high=0, extra=Extra(0, 0), chance=chance
        )
        return naming.Named(
            causes=() if chance is None else ((one, "changed"),),
            nameless=(),
            compared=compared,
            yardstick=yardstick,
            first=history[0] if history else window,
            last=history[1] if history else window - 1,
        )

    monkeypatch.setattr(naming, "_look", noted)
    return name_causes(world(rows, window=window, end=end).cells(), target=Fraction(1, 25)), taken


def test_with_a_history_one_look_is_taken_at_the_whole_allowance(monkeypatch):
    found, taken = looks(monkeypatch, steady("A"), window=30, end=59)
    assert taken == [("own_history", (0, 29), 0.02, 300, True)]
    assert (found.first, found.last) == (0, 29)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(8, ()), (9, (8,)), (12, (8,)), (13, (8, 12)), (16, (8, 12)), (17, (8, 12, 16)), (30, (8, 12, 16))],
)
@pytest.mark.parametrize("since", [0, 4])
def test_without_history_four_looks_share_the_allowance(monkeypatch, days, expected, since):
    """The others, and the first days where a day is left after them; they begin with the first order."""
    rows = steady("A", first=since, last=since + days - 1, daily=20)
    _, taken = looks(monkeypatch, rows, window=0, end=since + days - 1)
    assert taken == [
        ("others", None, 0.005, 20 * days, True),
        *(("first_days", (since, since + first - 1), 0.005, 20 * (days - first), True) for first in expected),
    ]


def test_a_day_before_the_window_is_no_first_day(monkeypatch):
    _, taken = looks(monkeypatch, steady("A", last=19, daily=20), window=3, end=19)
    assert [history for _, history, *_ in taken] == [None, (3, 10), (3, 14), (3, 18)]


@pytest.mark.parametrize(("orders", "expected"), [(149, 1), (150, 2)])
def test_first_days_of_fewer_than_a_hundred_and_fifty_orders_are_no_history(monkeypatch, orders, expected):
    rows = [(at % 8, False, "A") for at in range(orders)] + [(8, False, "A")]
    _, taken = looks(monkeypatch, rows, window=0, end=8)
    assert len(taken) == expected


@pytest.mark.parametrize(
    ("chances", "chosen"),
    [((), 0), ((0.01, 0.01, 0.01, 0.01), 0), ((0.01, 0.02, 0.001, 0.002), 2), ((None, None, None, 0.005), 3)],
)
def test_the_look_with_the_least_chance_is_told_and_the_first_of_equals(monkeypatch, chances, chosen):
    found, taken = looks(monkeypatch, steady("A", last=29, daily=20), window=0, end=29, chances=chances)
    compared, history, *_ = taken[chosen]
    assert found.compared == compared
    if history:
        assert (found.first, found.last) == history


def test_what_the_first_days_show_is_told_of_the_whole_window():
    """Counts, usual range and extra chance are those of the window; the chance stays that of the look."""
    rows = tuple((day, day >= 20 and at < 6, name) for day in range(30) for name in "AB" for at in range(12))
    found = name_causes(world(rows, window=0, end=29).cells(), target=Fraction(1, 25))
    ((one, kind),) = found.causes
    assert (found.compared, kind) == ("first_days", "changed")
    own = ("account", EVERY)
    look = Account(rows, ("supplier",), found.last + 1, 29, (found.first, found.last))
    ((_, (seen, _)),) = look.search(alpha=0.005)
    whole = replace(look, window=0)
    extras = whole.refitted({own: (0, 2, 0.0)})
    told_ = (one.orders, one.late, one.usual, one.low, one.high)
    assert told_ == pytest.approx(whole.standing(own, extras)[:5], **CLOSE)
    assert (one.extra.first, one.extra.last, one.extra.chance) == pytest.approx(extras[own], **CLOSE)
    assert one.chance == pytest.approx(seen[-1], rel=1e-6)


@pytest.mark.parametrize(
    ("orders", "days", "expected"), [(150, 7, True), (149, 7, False), (150, 6, False), (151, 8, True)]
)
def test_seven_days_and_a_hundred_and_fifty_orders_are_a_history(orders, days, expected):
    rows = [(at % days, False, "A") for at in range(orders)] + [(days, False, "A")] * 9
    assert has_history(world(rows, window=days, end=days + 3).cells()) is expected


# --- Slow all along, and of what kind


def slow(account, *, target, alpha=1e9, found=()):
    yardstick = yardstick_of(account)
    groups = naming._slow_all_along(yardstick, found, target, alpha)
    return sorted(yardstick.cells.names["supplier"][one.number] for one in groups)


def slowly(account, target, alpha, extras):
    """Who is slow all along, from the rule."""
    now, late = (sum(sum(one) for one in part.values()) for part in account.now)
    if late < Fraction(7, 8) * target * now:
        return []
    spared = account.spared({one: extra for one, extra in extras.items() if one[0] != "supplier"})
    found = []
    names = account.names("supplier")
    sizes = {name: sum(account.counts(("supplier", name))[0]) for name in names}
    middle = (account.window + account.end) // 2
    spans = [account.history] if account.history else [(account.window, middle), (middle + 1, account.end)]
    for name in names:
        own, cells = ("supplier", name), account.inside(("supplier", name))
        orders, struck = sizes[name], sum(account.counts(own)[1])
        places_ = [(cell, at) for cell in cells for at in range(account.blocks)]
        allowed = sum(
            account.now[0][cell][at] * (1 - (1 - float(target)) * spared[cell][at]) for cell, at in places_
        )
        variance = account.spread["supplier"] * allowed * (1 - allowed / max(orders, 1))
        chance = at_least(orders, allowed, variance, struck) * max(
            1, sum(size >= 10 for size in sizes.values())
        )
        before = []
        for first, last in spans:
            mine = [late for day, late, *cell in account.rows if first <= day <= last and cell[0] == name]
            before.append(bool(mine) and sum(mine) >= float(target) * len(mine))
        if orders >= 10 and struck - allowed >= 3 and chance <= alpha and all(before):
            found.append(name)
    return found


@every
@pytest.mark.parametrize("target", [Fraction(1, 25), Fraction(1, 12), Fraction(1, 6), Fraction(4, 5)])
@pytest.mark.parametrize("alpha", [0.02, 1.0])
def test_who_is_slow_all_along_is_the_slow_answer(name, target, alpha):
    account, yardstick = ACCOUNTS[name], yardstick_of(ACCOUNTS[name])
    extras = {("carrier", "P"): (0, 1, 0.2), ("supplier", "A"): (1, 2, 0.3)}
    for these in ({}, extras):
        found = tuple(
            standing(yardstick, numbered(yardstick, one), extras_of(yardstick, these)) for one in these
        )
        assert slow(account, target=target, alpha=alpha, found=found) == slowly(account, target, alpha, these)


def two_suppliers(before, now, rest_before, rest_now, *, history=(0, 0)):
    """A and B with (late, orders) on the one day of history and on the one of the window."""
    rows = []
    for name, *periods in (("A", before, now), ("B", rest_before, rest_now)):
        for day, (late, orders) in zip((0, 1), periods, strict=True):
            rows += [(day, at < late, name) for at in range(orders)]
    return Account(tuple(rows), ("supplier",), 1, 1, history)


@pytest.mark.parametrize(
    ("before", "now", "rest", "expected"),
    [
        ((3, 12), (6, 12), (0, 4), ["A"]),
        ((2, 12), (6, 12), (0, 4), []),  # under the target before
        ((0, 0), (6, 12), (0, 4), []),  # no orders before
        ((3, 12), (5, 12), (0, 4), []),  # two beyond a quarter of twelve
        ((4, 4), (9, 9), (0, 20), []),  # nine orders
        ((4, 4), (10, 10), (0, 20), ["A"]),
        ((3, 12), (7, 16), (0, 16), ["A"]),  # seven of 32 are seven eighths of the target
        ((3, 12), (7, 16), (0, 17), []),  # of 33 they are less
    ],
)
def test_slow_all_along_begins_at_its_thresholds(before, now, rest, expected):
    """With a target of a quarter: ten orders, three late beyond it, the target met before, an account near it."""
    account = two_suppliers(before, now, (0, 20), rest)
    assert slow(account, target=Fraction(1, 4)) == expected


def test_a_supplier_of_ten_orders_is_one_of_those_compared():
    """Of nine it is none: the same chance stands against an allowance between once and twice its tail."""
    for orders, expected in ((9, ["A"]), (10, [])):
        account = two_suppliers((6, 24), (12, 24), (0, 20), (0, orders))
        tail = at_least(24, 6.0, account.spread["supplier"] * 6 * 0.75, 12)
        assert slow(account, target=Fraction(1, 4), alpha=1.5 * tail) == expected


def test_a_chance_of_all_of_the_allowance_is_slow_to_the_last_digit():
    account = two_suppliers((6, 24), (12, 24), (0, 20), (0, 20))
    variance = yardstick_of(account).spread["supplier"] * 6 * 0.75
    tail = Predictive(np.array([24, 20]), np.array([6.0, 5.0]), np.array([variance, 3.75])).tail(
        np.array([12, 0])
    )
    alpha = float(tail[0]) * 2
    assert slow(account, target=Fraction(1, 4), alpha=alpha) == ["A"]
    assert slow(account, target=Fraction(1, 4), alpha=nextafter(alpha, 0.0)) == []


def test_a_chance_of_all_of_the_allowance_is_slow():
    """Of 24 orders twelve are late where six may be, in two comparisons."""
    account = two_suppliers((6, 24), (12, 24), (0, 20), (0, 20))
    chance = at_least(24, 6.0, account.spread["supplier"] * 6 * 0.75, 12) * 2
    assert slow(account, target=Fraction(1, 4), alpha=chance * (1 + 1e-6)) == ["A"]
    assert slow(account, target=Fraction(1, 4), alpha=chance * (1 - 1e-6)) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [((4, 5), ["A"]), ((5, 5), []), ((4, 4), []), ((0, 9), ["A"]), ((3, 4), []), ((5, 6), [])],
)
def test_without_history_slow_is_slow_in_both_halves(days, expected):
    """Of ten days the first five are a half; all late orders lie on two days."""
    rows = [(day, True, "A") for day in days for _ in range(20)]
    rows += [(day, False, name) for day in range(10) for name in "AB"]
    assert slow(Account(tuple(rows), ("supplier",), 0, 9, None), target=Fraction(1, 4)) == expected


def test_who_has_no_name_is_never_slow_and_one_supplier_tells_nothing():
    account = two_suppliers((8, 12), (8, 12), (0, 20), (0, 4))
    rows = tuple((day, late, "(not stated)" if name == "A" else name) for day, late, name in account.rows)
    assert slow(replace(account, rows=rows), target=Fraction(1, 4)) == []
    assert slow(replace(account, rows=tuple((*row[:2], "A") for row in rows)), target=Fraction(1, 4)) == []


def kind_of(account, *, passed=True, target=Fraction(1, 4), group=None):
    yardstick = yardstick_of(account)
    return naming._kind(yardstick, group or Group(SUPPLIER, 0), target, passed=passed)


@pytest.mark.parametrize(
    ("before", "now", "rest_before", "rest_now", "expected"),
    [
        ((10, 40), (15, 60), (0, 60), (0, 40), "mix"),
        ((9, 40), (15, 60), (0, 60), (0, 40), "changed"),  # under the target before
        ((10, 40), (13, 50), (0, 60), (0, 50), "changed"),  # just a quarter more of the orders
        ((10, 40), (13, 51), (0, 60), (0, 50), "mix"),  # and more than that
        ((10, 40), (40, 60), (0, 60), (0, 40), "changed"),  # its rate rose by more than its share did
        ((0, 0), (15, 60), (0, 60), (0, 40), "changed"),  # new
        ((1, 4), (15, 60), (0, 96), (0, 40), "mix"),  # one late order before is all that the target allows
        ((40, 40), (60, 60), (60, 60), (40, 40), "changed"),  # neither part moves
    ],
)
def test_a_mix_is_a_slow_supplier_with_a_quarter_more_of_the_orders(
    before, now, rest_before, rest_now, expected
):
    account = two_suppliers(before, now, rest_before, rest_now)
    assert kind_of(account) == expected
    throughout = "mix" if expected == "mix" else "above_target_throughout"
    assert kind_of(account, passed=False) == throughout


def test_without_history_who_passed_has_changed_and_who_is_given_was_slow():
    account = two_suppliers((10, 40), (15, 60), (0, 60), (0, 40), history=None)
    assert kind_of(account) == "changed"
    assert kind_of(account, passed=False) == "above_target_throughout"
    assert kind_of(account, passed=False, group=Group(0, 0)) == "changed"


def test_what_a_slow_supplier_explains_is_nobody_elses():
    """A is slow all along, by a carrier that nobody else uses: it is told, and the carrier is not."""
    rows = [(day, at < 2, "A", "P") for day in range(60) for at in range(6)]
    rows += [(day, False, name, "Q") for day in range(60) for name in "BC" for at in range(6)]
    named = world(rows, dimensions=("supplier", "carrier")).named()
    assert causes(named) == [("supplier", "A", "above_target_throughout")]
    assert named.nameless == ()
    assert (named.first, named.last) == (0, 29)


def test_blanks_that_gather_late_orders_are_told_apart_from_the_causes():
    rows = [*steady("(not stated)", late=range(30, 60)), *steady("B"), *steady("C")]
    named = world(rows).named()
    assert causes(named) == []
    assert [one.group for one in named.nameless] == [Group(SUPPLIER, 0)]
    assert set(named.extras) == {Group(SUPPLIER, 0)}


def test_without_history_no_day_serves_as_one():
    rows = [
        (day, at == 0 and name == "A" and day % 3 == 0, name)
        for day in range(5)
        for name in "ABC"
        for at in range(5)
    ]
    named = world(rows, window=2, end=6).named()
    assert (named.compared, named.first, named.last) == ("others", 2, 1)
