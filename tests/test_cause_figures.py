"""Each figure behind a cause, against the slow reckoning of ``slow_causes.py`` and against numbers worked out by hand."""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, inf, log, nextafter
from random import Random

import numpy as np
import pytest
from slow_causes import EVERY, Account, at_least, dispersion, mass, usual_range
from test_causes import causes, steady, usually, world

from poa.analysis.causes import naming
from poa.analysis.causes import search as searching
from poa.analysis.causes import standing as judging
from poa.analysis.causes.cells import DIMENSIONS, telling
from poa.analysis.causes.naming import has_history, name_causes
from poa.analysis.causes.predictive import Predictive
from poa.analysis.causes.search import Rules, search
from poa.analysis.causes.spans import span
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
    dice = Random(seed)
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
        (day, late or names[0] == "C" and at % 2 == 0, *names)
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
