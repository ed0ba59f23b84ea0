"""Who stands out, by numbers: the worked examples, the laws of the method, and the edges where it must be silent."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from itertools import pairwise, product
from math import ceil, comb, exp, inf, isfinite, lgamma, log, sqrt

import numpy as np
import pandas as pd
import pytest
from conftest import often
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from poa.analysis.causes.cells import ALL_ORDERS, DIMENSIONS, Cells, cells_of, telling
from poa.analysis.causes.change import Counts, Parts, excess, split, total
from poa.analysis.causes.naming import Named, has_history, name_causes
from poa.analysis.causes.predictive import Predictive
from poa.analysis.causes.spans import span
from poa.analysis.causes.standing import Extra, Group, predicted, refitted, spared_in
from poa.analysis.causes.usual import TheOthers, dispersion_of, shrunk
from poa.analysis.intervals import wilson
from poa.analysis.projection import HORIZON, Breach, Stream, breach, most_late, orders_needed, outlook
from poa.analysis.stages import (
    ALL,
    C,
    D,
    H,
    Times,
    dispatch_halves,
    out_of_order,
    overrun,
    possibly,
    stage_sets,
    surely,
)
from poa.facts import Day
from poa.orders import NOT_STATED, SEVERAL
from poa.policy import late_shipment_rule

RULE = late_shipment_rule()
TARGET = RULE.target
TODAY = date(2026, 11, 2)
BITS = {"dispatch": D, "handover": H, "confirmation": C}

few = partial(settings, max_examples=often(25))


# --- Helpers: counts of a group, a predictive of one group, the times and the orders of made-up reports.


def counts(late_before, orders_before, late, orders):
    return Counts(late_before=late_before, orders_before=orders_before, late=late, orders=orders)


def before(one):
    return Fraction(one.late_before, one.orders_before)


def rose(groups):
    """The change of the account's rate, straight from its definition."""
    was = Fraction(sum(one.late_before for one in groups), sum(one.orders_before for one in groups))
    return Fraction(sum(one.late for one in groups), sum(one.orders for one in groups)) - was


def usually(orders, mean, variance):
    return Predictive(np.array([orders]), np.array([mean], dtype=float), np.array([variance], dtype=float))


def tail(predictive, observed):
    return float(predictive.tail(np.array([observed]))[0])


def at_most(predictive, limit):
    return float(predictive.at_most(np.array([limit]))[0])


def days(*rows, end=TODAY):
    """Days that end on a date, from (orders, late)."""
    first = end - timedelta(days=len(rows) - 1)
    return [
        Day(day=first + timedelta(days=at), orders=orders, late=late)
        for at, (orders, late) in enumerate(rows)
    ]


def stream(orders, rate=0.0, known_late=1.0):
    return Stream(orders=orders, rate=rate, known_late=known_late)


def worked_past(late):
    return [(20, count) for count in late]


@dataclass(frozen=True)
class World:
    """Orders of a made-up report: names by dimension, day and lateness of each, and where the window is."""

    names: dict[str, list[str]]
    day: np.ndarray
    late: np.ndarray
    window: int
    end: int

    def cells(self, *, categories=None, **more) -> Cells:
        columns = {
            dimension: pd.Series(pd.Categorical(column, categories=(categories or {}).get(dimension)))
            for dimension, column in self.names.items()
        }
        return cells_of(columns, day=self.day, late=self.late, window=self.window, end=self.end, **more)

    def named(self, **more) -> Named:
        return name_causes(self.cells(), target=TARGET, **more)

    def only(self, chosen) -> "World":
        """The world of some of its orders, in this order."""
        return replace(
            self,
            names={key: [column[at] for at in chosen.tolist()] for key, column in self.names.items()},
            day=self.day[chosen],
            late=self.late[chosen],
        )

    def alone(self) -> "World":
        """The window without its history."""
        return self.only(np.flatnonzero(self.day >= self.window))

    def inside(self, dimension, name) -> np.ndarray:
        return np.array([one == name for one in self.names[dimension]]) & (self.day >= self.window)


def world(rows, *, window=30, end=59, dimensions=("supplier",)) -> World:
    """A world from rows (day, late, a name for each dimension)."""
    rows = list(rows)
    return World(
        names={name: [row[2 + at] for row in rows] for at, name in enumerate(dimensions)},
        day=np.array([row[0] for row in rows], dtype=np.int64),
        late=np.array([row[1] for row in rows], dtype=bool),
        window=window,
        end=end,
    )


@dataclass(frozen=True)
class Plan:
    """A report with chance in it, said in few numbers: suppliers, carriers and SKUs, and perhaps one planted cause.

    Of each dimension the first name, ``supplier-0`` and so on, is the one that may be planted, in the window;
    the whole account, where it has no history, in the last ten days.
    """

    seed: int
    cause: str
    extra: float
    rate: float
    daily: int
    suppliers: int
    carriers: int

    def world(self, *, history=True) -> World:
        chance = np.random.default_rng(self.seed)
        orders = self.daily * 70
        sizes = {"supplier": self.suppliers, "carrier": self.carriers, "sku": 6}
        codes = {name: chance.integers(0, size, orders) for name, size in sizes.items()}
        day = np.sort(chance.integers(0, 70, orders)).astype(np.int64)
        late = chance.random(orders) < self.rate
        since = 60 if self.cause == "account" and not history else 40
        hit = (chance.random(orders) < self.extra) & (day >= since)
        if self.cause:
            late |= hit & (codes.get(self.cause, np.zeros(orders)) == 0)
        made = World(
            names={name: [f"{name}-{code}" for code in column] for name, column in codes.items()},
            day=day,
            late=late,
            window=40,
            end=69,
        )
        return made if history else made.alone()


def plans(*, planted=("", "supplier", "carrier", "account"), least=0.05):
    return st.builds(
        Plan,
        seed=st.integers(0, 2**32 - 1),
        cause=st.sampled_from(planted),
        extra=st.floats(least, 0.6),
        rate=st.floats(0.005, 0.035),
        daily=st.integers(12, 30),
        suppliers=st.integers(2, 5),
        carriers=st.integers(2, 3),
    )


def causes(named):
    """Dimension, name and kind of each cause."""
    cells = named.yardstick.cells
    return [
        (one.group.dimension, cells.names[one.group.dimension][one.group.number], kind)
        for one, kind in named.causes
    ]


def figures(named):
    """Every figure of every cause, strongest first."""
    return [
        [
            *(one.orders, one.late, one.usual, one.low, one.high, one.chance),
            *(one.extra.first, one.extra.last, one.extra.chance),
        ]
        for one, _ in named.causes
    ]


def alike(one, other):
    """Two looks say the same: the same kinds of cause, the same figures."""
    assert (one.compared, one.first, one.last) == (other.compared, other.first, other.last)
    assert [kind for *_, kind in causes(one)] == [kind for *_, kind in causes(other)]
    assert len(figures(one)) == len(figures(other))
    for mine, theirs in zip(figures(one), figures(other), strict=True):
        assert mine == pytest.approx(theirs, rel=1e-9, abs=1e-9)
    assert one.yardstick.spread == pytest.approx(other.yardstick.spread, rel=1e-9)


def sane(named):
    """What must be true of any answer: real numbers in their order, and names that are some."""
    cells = named.yardstick.cells
    for one, _ in named.causes:
        assert cells.nameable(one.group.dimension)[one.group.number]
        assert isfinite(one.usual)
        assert 0 <= one.usual <= one.orders
        assert 0 <= one.low <= one.high <= one.orders
        assert 0 <= one.chance <= 1
        assert 0 <= one.extra.chance <= 1
        assert 0 <= one.late <= one.orders
        low, high = one.caused
        assert 0 <= low <= high <= one.late
        # To the whole order: the range of a usual count of a few hundredths is 0 to 0.
        assert low <= round(max(0.0, one.late - one.usual)) <= high
    return named


# --- The worked examples: the change in its parts

SPIKE = {
    "A": (counts(20, 1000, 18, 900), (0, Fraction(3, 4000))),
    "B": (counts(15, 500, 72, 600), (Fraction(99, 4000), Fraction(1, 500))),
    "C": (counts(5, 500, 3, 300), (0, Fraction(1, 400))),
    "D": (counts(0, 0, 7, 200), (0, 0)),
}
SIMPSON = {
    "X": (counts(9, 900, 4, 500), (Fraction(-7, 5000), Fraction(31, 2500))),
    "Y": (counts(12, 100, 55, 500), (Fraction(-3, 1000), Fraction(3, 100))),
}


@pytest.mark.parametrize(
    ("table", "rate", "mix", "change"),
    [
        (SPIKE, Fraction(99, 4000), Fraction(21, 4000), Fraction(3, 100)),
        (SIMPSON, Fraction(-11, 2500), Fraction(53, 1250), Fraction(19, 500)),
    ],
    ids=["spike and new supplier", "every supplier improves"],
)
def test_the_parts_of_the_change_are_the_worked_ones(table, rate, mix, change):
    """Each supplier's parts, their sums and the whole change are the printed fractions, exactly."""
    parts = split([one for one, _ in table.values()])
    assert [(part.rate, part.mix) for part in parts] == [expected for _, expected in table.values()]
    assert (total([part.rate for part in parts]), total([part.mix for part in parts])) == (rate, mix)
    assert rate + mix == change == rose([one for one, _ in table.values()])


def test_a_new_supplier_has_no_part_in_the_rates():
    """What is new changed no rate of its own; it is mix, and nothing where its rate is the middle of both."""
    new = counts(0, 0, 9, 200)
    rest = counts(40, 2000, 93, 1800)
    parts = split([rest, new])
    assert parts[1].rate == 0
    assert parts[1].mix == (Fraction(9, 200) - (Fraction(40, 2000) + Fraction(102, 2000)) / 2) * Fraction(
        200, 2000
    )
    assert split([one for one, _ in SPIKE.values()])[3] == Parts(rate=Fraction(0), mix=Fraction(0))


def test_what_would_have_been_late_anyway_is_the_worked_one():
    """Excess of each supplier, the rate without it, and what is left to the mix are those of the example."""
    groups = {name: one for name, (one, _) in SPIKE.items()}
    account = Fraction(40, 2000)
    over = {name: excess(one, before(one) if one.orders_before else account) for name, one in groups.items()}
    assert over == {"A": 0, "B": 54, "C": 0, "D": 3}
    assert Fraction(100 - over["B"], 2000) == Fraction(23, 1000)
    assert Fraction(100 - over["D"], 2000) == Fraction(485, 10_000)
    assert sum(over.values()) == 57
    assert Fraction(57, 2000) + Fraction(3, 2000) == rose(list(groups.values()))
    assert [excess(one, before(one)) for one, _ in SIMPSON.values()] == [-1, -5]


# --- The worked examples: interval, usual range, shrinkage


@pytest.mark.parametrize(
    ("group", "usual", "observed", "chance"),
    [
        ((600, 18, 18 * 0.97 + 18**2 / 15), (7, 32), 72, "4.6e-09"),
        ((600, 18, 1.5 * 18 * 0.97 + 18**2 / 15), (7, 33), 72, "1.4e-07"),
        ((40, 2, 2 * 0.95 * 1.5), (0, 6), 5, "0.084"),
        ((40, 2, 2 * 0.95 * 1.5), (0, 6), 8, "0.0070"),
    ],
    ids=["by chance", "clustered", "small, 5 late", "small, 8 late"],
)
def test_the_usual_range_and_its_tail_are_the_worked_ones(group, usual, observed, chance):
    """The 95 % range and the chance of so many late orders are the printed ones."""
    one = usually(*group)
    assert tuple(int(end[0]) for end in one.range()) == usual
    digits = len(chance.split("e")[0].replace(".", "").lstrip("0"))
    assert tail(one, observed) == pytest.approx(float(chance), rel=0.5 * 10 ** (1 - digits))


def test_the_late_orders_caused_are_the_worked_ones():
    """72 late where 7 to 32 are usual: 40 to 65 are beyond it."""
    low, high = (int(end[0]) for end in usually(600, 18, 39.06).range())
    assert (72 - high, 72 - low) == (40, 65)


def test_the_shrunk_factors_are_the_worked_ones():
    """Groups that differ little more than by chance are drawn far towards the account's rate."""
    factors, doubt = shrunk(np.array([20.0, 15.0, 5.0]), np.array([20.0, 10.0, 10.0]), spread=1.0)
    assert factors == pytest.approx([1, 75 / 70, 65 / 70], rel=1e-12)
    assert doubt == pytest.approx([1 / 80, 1 / 75, 1 / 65], rel=1e-12)
    # Where days cluster twice as much as chance, the same groups differ by chance alone.
    clustered, unsure = shrunk(np.array([20.0, 15.0, 5.0]), np.array([20.0, 10.0, 10.0]), spread=2.0)
    assert clustered == pytest.approx([1, 1015 / 1010, 1005 / 1010], rel=1e-12)
    assert unsure == pytest.approx([1 / 1010, 1 / 1007.5, 1 / 1002.5], rel=1e-12)


def test_over_dispersion_is_the_formula_by_hand():
    """Squared deviations of weeks, with a belief that weighs ten of them, give the printed factor."""
    late, orders = np.array([[2, 6], [4, 4]]), np.full((2, 2), 100)
    square = 4 / (4 * 0.96)
    assert dispersion_of(late, orders) == pytest.approx((2 * square + 15) / (2 + 10), rel=1e-12)
    assert dispersion_of(late * 0, orders) == 1.5
    assert dispersion_of(np.full((1, 20), 4), np.full((1, 20), 100)) == 1.0
    assert dispersion_of(np.array([[0, 30] * 10]), np.full((1, 20), 100)) > 5


# --- The worked examples: the rolling window

PAST = (0, 0, 0, 0, 0, 3, 2, 0, 4, 1)
SCENARIOS = {
    "zero late, 20 a day": (
        20,
        (),
        [(late, 200) for late in (10, 10, 10, 10, 10, 7, 5, 5, 1, 0)],
        6,
    ),
    "one late on odd days": (
        20,
        (1, 3, 5, 7, 9),
        [(late, 200) for late in (11, 11, 12, 12, 13, 10, 9, 9, 6, 5)],
        9,
    ),
    "zero late, 10 a day": (
        10,
        (),
        list(zip((10, 10, 10, 10, 10, 7, 5, 5, 1, 0), range(190, 90, -10), strict=True)),
        9,
    ),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_window_of_each_day_ahead_is_the_worked_one(name):
    """Late orders and orders of every coming day, the verdict on each, and the day from which all are under."""
    daily, odd, table, under_from = SCENARIOS[name]
    seen = outlook(worked_past(PAST), [stream([daily] * HORIZON)], length=10, spread=1.0, rule=RULE)
    come = [0, *(int(day in odd) for day in range(1, 11))]
    ahead = seen.ahead[1:11]
    windows = [(one.past_late + sum(come[: at + 1]), one.orders) for at, one in enumerate(ahead, start=1)]
    assert windows == table
    under = [sum(come[: at + 1]) <= one.spare for at, one in enumerate(ahead, start=1)]
    assert under == [RULE.met(late=late, orders=orders) for late, orders in table]
    assert under_from == next(day for day in range(1, 11) if all(under[day - 1 :]))
    if not odd:
        assert (seen.optimistic, seen.likely, seen.cautious) == (under_from,) * 3
    # The same days as they would be counted afterwards: the run of missed days ends on that day.
    for day in range(1, 11):
        after = [*worked_past(PAST), *((daily, late) for late in come[1 : day + 1])]
        assert (breach(days(*after), 10, RULE) is None) == under[day - 1]


def test_fewer_orders_cross_the_target_twice():
    """With half the orders the window is under on day 7, over again on day 8, and under for good on day 9."""
    seen = outlook(worked_past(PAST), [stream([10] * HORIZON)], length=10, spread=1.0, rule=RULE)
    assert [one.spare >= 0 for one in seen.ahead[6:10]] == [False, True, False, True]
    assert (seen.likely, seen.spare) == (9, -5)


def test_the_budget_and_the_orders_needed_are_the_worked_ones():
    """Allowed late orders of each count of orders, and how many on-time orders a missed window needs."""
    allowed = {1: 0, 25: 0, 26: 1, 50: 1, 51: 2, 100: 3, 101: 4, 200: 7, 250: 9}
    assert {orders: most_late(orders, RULE) for orders in allowed} == allowed
    assert [orders_needed(*one, RULE) for one in ((10, 200), (4, 100), (1, 25), (3, 100))] == [51, 1, 1, 0]
    assert not RULE.met(late=10, orders=250)
    assert RULE.met(late=10, orders=251)
    assert breach(days(*worked_past(PAST)), 10, RULE) == Breach(since=TODAY, open_ended=True)


# --- The worked examples: steps, start

MIDNIGHT = np.datetime64("2026-10-05T00:00:00", "s")
HOUR = np.timedelta64(3600, "s")
NAT = np.datetime64("NaT", "s")


def instants(moments, *, unit=HOUR):
    return np.array([NAT if one is None else MIDNIGHT + one * unit for one in moments], dtype="datetime64[s]")


def times(rows, *, unit=HOUR, bare=frozenset()):
    """Times from rows (purchased, ordered, dispatched, scanned, confirmed, ship-by), None where missing."""
    names = ("purchased", "ordered", "dispatched", "scanned", "confirmed", "ship_by")
    columns = zip(*rows, strict=True)
    return Times(
        **{name: instants(column, unit=unit) for name, column in zip(names, columns, strict=True)},
        days=frozenset(bare),
    )


STEPS = [  # dispatched, scanned, confirmed: hours after the purchase, due after 48
    ((60, 66, 62), D, {"dispatch": 12, "confirmation": 2}),
    ((40, 44, 50), C, {"confirmation": 2}),
    ((40, 55, 57), H, {"handover": 7, "confirmation": 2}),
    ((None, 46, 49), C, {"confirmation": 1}),
    ((None, None, 70), ALL, {"undivided": 22}),
    ((45, None, 53), H | C, {"undivided": 5}),
]


def test_the_steps_and_their_hours_are_the_worked_ones():
    """Set of steps, bounds and the split of the overrun of each order, and 53 hours in all."""
    made = times([(0, None, *moments, 48) for moments, _, _ in STEPS])
    sets = stage_sets(made)
    assert sets.tolist() == [expected for _, expected, _ in STEPS]
    assert (surely(sets, D).sum(), possibly(sets, D).sum()) == (1, 2)
    assert (surely(sets, H).sum(), possibly(sets, H).sum()) == (1, 3)
    assert (surely(sets, C).sum(), possibly(sets, C).sum()) == (2, 4)
    lengths = {name: (piece / HOUR).tolist() for name, piece in overrun(made).items()}
    for at, (_, _, expected) in enumerate(STEPS):
        assert {name: piece[at] for name, piece in lengths.items() if piece[at]} == expected
    assert {name: sum(piece) for name, piece in lengths.items()} == {
        "dispatch": 12,
        "handover": 7,
        "confirmation": 7,
        "undivided": 27,
    }
    assert sum(sum(piece) for piece in lengths.values()) == 53


def test_the_start_is_the_worked_one():
    """Four bad days at the end are one span that goes on; bad days in the middle are one that is over."""
    found = span(np.full(8, 10), np.array([0, 0, 0, 0, 3, 4, 3, 4]))
    assert (found.first, found.last, found.earliest, found.latest, found.running) == (4, 7, 4, 4, True)
    assert found.score == pytest.approx(14 * log(2) + 26 * log(26 / 33) + 40 * log(80 / 66), rel=1e-12)
    assert f"{found.score:.6f}" == "11.200250"
    over = span(np.full(8, 10), np.array([0, 1, 0, 0, 5, 6, 0, 0]))
    assert (over.first, over.last, over.running) == (4, 5, False)


# --- Laws of the change in its parts

_COUNT = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)
GROUPS = (
    st.lists(
        st.builds(lambda was, now: counts(was[0], was[1], now[0], now[1]), _COUNT, _COUNT),
        min_size=1,
        max_size=6,
    )
    .filter(lambda found: any(one.orders_before for one in found))
    .filter(lambda found: any(one.orders for one in found))
)


def swapped(one):
    return counts(one.late, one.orders, one.late_before, one.orders_before)


def scaled(one, *, was=1, now=1):
    return counts(was * one.late_before, was * one.orders_before, now * one.late, now * one.orders)


@settings(max_examples=often(100))
@given(GROUPS)
def test_the_parts_add_up_to_the_change(groups):
    """All parts together are the change of the rate; with the periods swapped each is its own negative."""
    parts = split(groups)
    assert total([part.rate for part in parts]) + total([part.mix for part in parts]) == rose(groups)
    assert [(-part.rate, -part.mix) for part in split([*map(swapped, groups)])] == [
        (part.rate, part.mix) for part in parts
    ]


@settings(max_examples=often(50))
@given(GROUPS)
def test_nothing_changed_has_no_parts(groups):
    """Two periods with the same counts give all zeros."""
    assume(any(one.orders_before for one in groups))
    same = [counts(one.late_before, one.orders_before, one.late_before, one.orders_before) for one in groups]
    assert {(part.rate, part.mix) for part in split(same)} == {(0, 0)}


@settings(max_examples=often(50))
@given(GROUPS, st.integers(1, 9), st.integers(1, 9))
def test_the_size_of_a_period_does_not_count(groups, was, now):
    """All counts of one period times a whole number change no part."""
    assert split([scaled(one, was=was, now=now) for one in groups]) == split(groups)


@settings(max_examples=often(100))
@given(GROUPS, _COUNT, _COUNT, st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=2))
def test_splitting_a_group_of_equal_rates_changes_nothing_else(groups, was, now, pieces):
    """Parts of a group that have its rates add up to it, whatever their sizes; the other groups stay."""
    assume(was[1])
    assume(now[1])
    whole = scaled(
        counts(*was, *now), was=sum(one for one, _ in pieces), now=sum(other for _, other in pieces)
    )
    apart = split([*groups, *(scaled(counts(*was, *now), was=one, now=other) for one, other in pieces)])
    together = split([*groups, whole])
    size = len(groups)
    assert apart[:size] == together[:size]
    assert total([part.rate for part in apart[size:]]) == together[size].rate
    assert total([part.mix for part in apart[size:]]) == together[size].mix


@settings(max_examples=often(50))
@given(GROUPS)
def test_excess_and_composition_are_the_change(groups):
    """What groups have beyond their own rate, and what their shares of the orders do, make up the change."""
    orders = sum(one.orders for one in groups)
    account = Fraction(sum(one.late_before for one in groups), sum(one.orders_before for one in groups))
    baselines = [before(one) if one.orders_before else account for one in groups]
    over = sum(excess(one, rate) for one, rate in zip(groups, baselines, strict=True))
    expected = sum(one.orders * rate for one, rate in zip(groups, baselines, strict=True))
    assert over / orders + (expected / orders - account) == rose(groups)


@settings(max_examples=often(50))
@given(st.lists(st.fractions(), max_size=20))
def test_the_exact_total_is_the_sum(fractions):
    """Added in pairs, fractions give what they give one after the other; of none, zero."""
    assert total(fractions) == sum(fractions)


@pytest.mark.parametrize("groups", [[counts(0, 0, 1, 5)], [counts(1, 5, 0, 0)], []])
def test_a_change_needs_orders_before_and_now(groups):
    """Without orders in one of the periods there is no change to split."""
    with pytest.raises(ValueError, match="no orders"):
        split(groups)


# --- Laws of the interval and of the distribution


@settings(max_examples=often(60))
@given(st.integers(1, 400))
def test_the_ends_of_the_interval_are_where_the_rate_is_just_surprising(orders):
    """At both ends the rate stands 1.96 standard errors off, as the interval is defined; both rise with late."""
    z = 1.959963984540054
    found = [wilson(late, orders) for late in range(orders + 1)]
    for late, (low, high) in enumerate(found):
        rate = late / orders
        assert 0 <= low <= rate <= high <= 1
        for end in (low, high):
            if 0 < end < 1:
                assert abs(end - rate) == pytest.approx(z * sqrt(end * (1 - end) / orders), rel=1e-6)
        mirror = found[orders - late]
        assert (low, high) == pytest.approx((1 - mirror[1], 1 - mirror[0]), abs=1e-12)
        wide = wilson(4 * late, 4 * orders)
        assert wide[1] - wide[0] < high - low
    assert all(one < other for one, other in pairwise(found))


def rising(start, count):
    """start · (start + 1) · … , so many factors."""
    product_ = Fraction(1)
    for at in range(count):
        product_ *= start + at
    return product_


def exact(orders, mean, rho):
    """The beta-binomial in whole fractions; without clustering the binomial."""
    rate = mean / orders
    if not rho:
        return [comb(orders, k) * rate**k * (1 - rate) ** (orders - k) for k in range(orders + 1)]
    size = 1 / rho - 1
    a, b = rate * size, (1 - rate) * size
    return [
        comb(orders, k) * rising(a, k) * rising(b, orders - k) / rising(size, orders)
        for k in range(orders + 1)
    ]


@settings(max_examples=often(60))
@given(
    st.integers(2, 25),
    st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=50),
    st.sampled_from([Fraction(0), Fraction(1, 500), Fraction(1, 20), Fraction(1, 3), Fraction(4, 5)]),
)
def test_the_distribution_is_the_exact_one(orders, rate, rho):
    """Every tail, every sum from below and the range are those of whole fractions."""
    chances = exact(orders, rate * orders, rho)
    assert sum(chances) == 1
    variance = orders * rate * (1 - rate) * (1 + (orders - 1) * rho)
    one = usually(orders, float(rate * orders), float(variance))
    for count in range(orders + 1):
        assert tail(one, count) == pytest.approx(float(sum(chances[count:])), rel=1e-6)
        assert at_most(one, count) == pytest.approx(float(sum(chances[: count + 1])), rel=1e-6)
    low, high = (int(end[0]) for end in one.range())
    slack = Fraction(1, 10**9)
    assert sum(chances[:low]) < Fraction(25, 1000) + slack
    assert sum(chances[: low + 1]) >= Fraction(25, 1000) - slack
    assert sum(chances[:high]) < Fraction(975, 1000) + slack
    assert sum(chances[: high + 1]) >= Fraction(975, 1000) - slack


@few()
@given(st.integers(2, 3000), st.floats(0.001, 0.6), st.floats(1.0, 4.0), st.integers(0, 200))
def test_at_least_and_at_most_are_complements(orders, rate, spread, count):
    """P(at least k + 1) and P(at most k) make one, and the range holds 95 %."""
    mean = orders * rate
    one = usually(orders, mean, spread * mean * (1 - rate))
    count = min(count, orders - 1)
    assert tail(one, count + 1) + at_most(one, count) == pytest.approx(1, abs=1e-9)
    low, high = (int(end[0]) for end in one.range())
    assert at_most(one, high) - (at_most(one, low - 1) if low else 0) >= 0.95 - 1e-9
    assert low <= ceil(mean)
    assert high >= int(mean)
    assert at_most(one, -1) == 0
    assert tail(one, 0) == 1
    assert tail(one, orders + 1) == pytest.approx(0, abs=1e-12)


def by_gamma(orders, mean, variance, observed):
    """P(at least so many) by the gamma function, count by count."""
    rate = mean / orders
    size = 1 / ((variance / (orders * rate * (1 - rate)) - 1) / (orders - 1)) - 1
    a, b = rate * size, (1 - rate) * size
    around = lgamma(orders + 1) + lgamma(size) - lgamma(orders + size) - lgamma(a) - lgamma(b)
    return sum(
        exp(around - lgamma(k + 1) - lgamma(orders - k + 1) + lgamma(k + a) + lgamma(orders - k + b))
        for k in range(observed, orders + 1)
    )


@pytest.mark.parametrize(
    ("orders", "mean", "variance", "observed"),
    [(600, 18.0, 47.79, 72), (2000, 20.0, 130.0, 90), (40, 2.0, 2.85, 9)],
)
def test_the_tail_of_many_orders_is_that_of_the_gamma_function(orders, mean, variance, observed):
    """The chance of many late orders is right to a thousandth part of itself."""
    one = usually(orders, mean, variance)
    assert tail(one, observed) == pytest.approx(by_gamma(orders, mean, variance, observed), rel=1e-3)


@pytest.mark.parametrize("observed", [60, 100, 149, 200])
def test_a_far_tail_does_not_depend_on_who_is_asked_with_it(observed):
    """Where bad days cluster strongly, the far tail is the exact one, alone or beside a bigger group."""
    alone = tail(usually(600, 5.0, 88.5), observed)
    beside = Predictive(np.array([600, 600]), np.array([5.0, 300.0]), np.array([88.5, 1500.0]))
    assert float(beside.tail(np.array([observed] * 2))[0]) == pytest.approx(alone, rel=1e-3)
    assert alone == pytest.approx(by_gamma(600, 5.0, 88.5, observed), rel=1e-3)


@few()
@given(
    st.lists(
        st.tuples(st.integers(1, 300), st.floats(0, 1), st.floats(0.5, 3), st.integers(0, 300)),
        min_size=1,
        max_size=8,
    )
)
def test_groups_asked_together_are_answered_as_if_alone(asked):
    """The answer for a group does not depend on its neighbours, at its edges neither."""
    orders, mean, variance, observed = (
        np.array(column)
        for column in zip(
            *((n, n * rate, spread * n * rate, min(k, n)) for n, rate, spread, k in asked), strict=True
        )
    )
    together = Predictive(orders, mean, variance)
    for at in range(len(asked)):
        alone = usually(orders[at], mean[at], variance[at])
        for question in ("tail", "at_most"):
            answer = getattr(alone, question)(observed[at : at + 1])[0]
            assert getattr(together, question)(observed)[at] == pytest.approx(answer, rel=1e-9, abs=1e-15)
            assert 0 <= answer <= 1
        assert [end[at] for end in together.range()] == [end[0] for end in alone.range()]


# --- Laws of the usual rate


@settings(max_examples=often(60))
@given(
    st.lists(st.tuples(st.integers(0, 50), st.floats(0.1, 50)), min_size=1, max_size=8), st.floats(1.0, 3.0)
)
def test_a_factor_is_drawn_towards_one_and_not_beyond(pairs, spread):
    """Each factor lies between 1 and what the group's own late orders say; its doubt is more than none."""
    observed, expected = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    factors, doubt = shrunk(observed, expected, spread=spread)
    own = observed / expected
    assert (np.minimum(own, 1) - 1e-12 <= factors).all()
    assert (factors <= np.maximum(own, 1) + 1e-12).all()
    assert (doubt > 0).all()
    assert shrunk(expected, expected, spread=spread)[0] == pytest.approx(np.ones(len(pairs)))


@few()
@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(1, 12))
def test_over_dispersion_is_never_less_than_chance(seed, groups, weeks):
    """It is at least 1, and repeating a group's weeks in another order does not change it."""
    chance = np.random.default_rng(seed)
    orders = chance.integers(0, 60, (groups, weeks))
    late = chance.binomial(orders, chance.random((groups, 1)) * 0.5)
    found = dispersion_of(late, orders)
    assert found >= 1
    moved = chance.permutation(weeks)
    assert dispersion_of(late[:, moved], orders[:, moved]) == pytest.approx(found, rel=1e-12)


def test_each_group_is_compared_with_all_others():
    """Without history the usual rate of a supplier is the rate of the orders outside it, and outside the causes."""
    made = world(
        [(at % 30, at < late, name) for name, late, n in (("A", 8, 40), ("B", 3, 60)) for at in range(n)]
        + [(at % 30, False, "C") for at in range(100)],
        window=0,
        end=29,
    )
    cells = made.cells()
    orders, late = cells.counts(0, 29, block=10)
    others = TheOthers(cells=cells, orders=orders, late=late)
    none = np.ones(orders.shape)
    assert others.rates("supplier", none)[:, 0] == pytest.approx([3 / 160, 8 / 140, 11 / 100])
    struck = spared_in(others, {Group(1, 0): Extra(0, 2, 0.2)})
    assert others.rates("supplier", struck)[:, 0] == pytest.approx([3 / 160, 0.5 / 100, 3 / 60])
    assert others.rates("account", none) is None


def test_causes_that_meet_multiply_the_chance_of_being_on_time():
    """An order in two causes escapes both or is late, and only in the days of each."""
    rows = [(day, False, name, carrier) for day, name, carrier in product(range(30), "AB", "PQ")]
    cells = world(rows, window=0, end=29, dimensions=("supplier", "carrier")).cells()
    orders, late = cells.counts(0, 29, block=10)
    yardstick = TheOthers(cells=cells, orders=orders, late=late)
    spared = spared_in(yardstick, {Group(1, 0): Extra(0, 2, 0.25), Group(2, 1): Extra(1, 1, 0.5)})
    places = [
        (cells.names["supplier"][supplier], cells.names["carrier"][carrier])
        for supplier, carrier in zip(cells.group["supplier"], cells.group["carrier"], strict=True)
    ]
    assert dict(zip(places, spared.tolist(), strict=True)) == {
        ("A", "P"): [0.75] * 3,
        ("A", "Q"): [0.75, 0.375, 0.75],
        ("B", "P"): [1] * 3,
        ("B", "Q"): [1, 0.5, 1],
    }


def test_the_extra_chance_is_what_fits_the_late_orders():
    """Of the orders that would have been on time, the extra chance makes as many late as there are beyond."""
    rows = [(day, at == 0 and day % 2 == 0, "A") for day in range(60) for at in range(20)]
    rows += [(day, True, "A") for day in range(30, 60) for _ in range(5)]
    named = sane(world(rows).named())
    ((one, _),) = named.causes
    assert one.group.dimension == "account"
    assert one.extra.chance == pytest.approx((one.late - one.usual) / (one.orders - one.usual), rel=1e-9)
    again = refitted(named.yardstick, {one.group: Extra(one.extra.first, one.extra.last)})
    assert again[one.group].chance == pytest.approx(one.extra.chance, rel=1e-9)


# --- Laws of who is named


@few()
@given(plans())
def test_every_dimension_sums_to_the_account(plan):
    """Orders and late orders of the groups of each dimension are those of all orders, blanks included."""
    made = plan.world()
    names = dict(made.names)
    names["supplier"] = [NOT_STATED if at % 7 == 0 else one for at, one in enumerate(names["supplier"])]
    names["carrier"] = [SEVERAL if at % 5 == 0 else one for at, one in enumerate(names["carrier"])]
    cells = replace(made, names=names).cells()
    for first, last in ((0, made.window - 1), (made.window, made.end)):
        inside = (made.day >= first) & (made.day <= last)
        orders, late = cells.counts(first, last, block=10)
        for dimension in ("account", "supplier", "carrier", "sku"):
            assert cells.gathered(dimension, orders).sum() == inside.sum()
            assert cells.gathered(dimension, late).sum() == (inside & made.late).sum()
            for number, name in enumerate(cells.names[dimension]):
                mine = cells.members(dimension, number)
                assert (cells.per_day(mine)[0].sum(), cells.per_day(mine)[1].sum()) == (
                    mine.sum(),
                    (mine & made.late).sum(),
                )
                if dimension != "account":
                    assert mine.tolist() == [one == name for one in names[dimension]]


@few()
@given(plans(), st.integers(0, 2**32 - 1), st.booleans())
def test_the_order_of_rows_and_columns_does_not_count(plan, seed, history):
    """Shuffled orders, columns in another order and categories in another order give every figure again."""
    made = plan.world(history=history)
    chance = np.random.default_rng(seed)
    moved = made.only(chance.permutation(len(made.day)))
    moved = replace(moved, names=dict(reversed(moved.names.items())))
    mixed = {
        key: chance.permutation([*sorted(set(column)), "unused"]).tolist()
        for key, column in made.names.items()
    }
    cells = moved.cells(categories=mixed)
    assert cells.names == made.cells().names
    for dimension in cells.dimensions:
        assert cells.group[dimension].tolist() == made.cells().group[dimension].tolist()
    one, other = made.named(), name_causes(cells, target=TARGET)
    assert causes(one) == causes(other)
    alike(one, other)


@few()
@given(plans(), st.integers(0, 2**32 - 1))
def test_the_names_do_not_count(plan, seed):
    """Groups under other names, in another alphabetical order, are found again with every figure."""
    made = plan.world()
    chance = np.random.default_rng(seed)
    called = {}
    for dimension, column in made.names.items():
        known = sorted(set(column))
        new = chance.permutation([f"{dimension} {at}" for at in range(len(known))])
        called[dimension] = dict(zip(known, new.tolist(), strict=True))
    names = {key: [called[key][one] for one in column] for key, column in made.names.items()}
    one, other = made.named(), replace(made, names=names).named()
    alike(one, other)
    renamed = [
        (dimension, called.get(dimension, {}).get(name, name), kind) for dimension, name, kind in causes(one)
    ]
    assert renamed == causes(other)


@few()
@given(plans(), st.integers(1, 30), st.booleans())
def test_moving_all_days_moves_nothing_else(plan, away, history):
    """With empty days before, the same causes have the same figures."""
    made = plan.world(history=history)
    later = replace(made, day=made.day + away, window=made.window + away, end=made.end + away)
    one, other = made.named(), later.named()
    assert causes(one) == causes(other)
    for mine, theirs in zip(figures(one), figures(other), strict=True):
        assert mine == pytest.approx(theirs, rel=1e-9, abs=1e-12)


@few()
@given(plans(), st.booleans())
def test_the_same_orders_give_the_same_answer(plan, history):
    """Nothing depends on chance: a second look says the same, to the last digit."""
    made = plan.world(history=history)
    one, other = made.named(), made.named()
    assert causes(one) == causes(other)
    assert figures(one) == figures(other)


@few(max_examples=often(40))
@given(plans(), st.booleans())
def test_a_cause_has_its_range_and_its_late_orders(plan, history):
    """Late orders caused lie in their range and are no more than all; who changed has three or more beyond usual."""
    made = plan.world(history=history)
    named = sane(made.named())
    assert has_history(named.yardstick.cells) is history
    assert (named.compared == "own_history") is history
    for (one, kind), (dimension, name, _) in zip(named.causes, causes(named), strict=True):
        mine = made.inside(dimension, name) if dimension != "account" else made.day >= made.window
        assert (one.orders, one.late) == (mine.sum(), (mine & made.late).sum())
        if kind == "changed":
            assert one.late - one.usual >= 3
            assert one.chance <= 0.02
    excesses = [one.late - one.usual for one, _ in named.causes]
    assert excesses == sorted(excesses, reverse=True)
    assert named.extras == {one.group: one.extra for one, _ in named.causes}


@few(max_examples=often(30))
@given(plans(planted=("supplier", "carrier", "account"), least=0.3), st.booleans())
def test_a_strong_planted_cause_is_the_one_that_is_named(plan, history):
    """A third of a group's orders made late in the window: that group comes first, and it changed."""
    assume(history or plan.cause != "supplier" or plan.suppliers > 2)  # of two, either may be the odd one
    made = plan.world(history=history)
    dimension, name, kind = causes(sane(made.named()))[0]
    assert (dimension, kind) == (plan.cause, "changed")
    assert name == (ALL_ORDERS if plan.cause == "account" else f"{plan.cause}-0")


@few()
@given(plans(planted=("",)), st.integers(0, 2**32 - 1))
def test_more_late_orders_of_a_supplier_are_less_likely_by_chance(plan, seed):
    """With history and suppliers alone, each further late order lowers the chance of so many."""
    made = plan.world()
    made = replace(made, names={"supplier": made.names["supplier"]})
    mine = np.flatnonzero(made.inside("supplier", "supplier-0") & ~made.late)
    chance = np.random.default_rng(seed)
    tails, usual = [], []
    for more in range(5):
        late = made.late.copy()
        late[chance.permutation(mine)[: 2 * more]] = True
        yardstick = replace(made, late=late).named().yardstick
        predictive, mean = predicted(yardstick, "supplier", np.ones(yardstick.orders.shape))
        tails.append(float(predictive.tail(yardstick.counts("supplier")[1].sum(axis=1))[0]))
        usual.append(float(mean[0]))
    assert usual == [usual[0]] * 5
    assert all(after < one for one, after in pairwise(tails))


EVEN = st.tuples(st.integers(2, 5), st.integers(1, 3), st.integers(0, 2**32 - 1))


def even(suppliers, carriers, seed, *, late, orders):
    """A report in which each supplier and carrier has so many late orders in every ten days, before and now."""
    chance = np.random.default_rng(seed)
    rows = []
    for start, supplier, carrier in product(range(0, 60, 10), range(suppliers), range(carriers)):
        on = start + chance.integers(0, 10, orders)
        rows += [(int(day), at < late, f"s{supplier}", f"c{carrier}") for at, day in enumerate(on)]
    return world(rows, dimensions=("supplier", "carrier"))


@few()
@given(EVEN, st.sampled_from([(0, 25), (1, 40), (3, 100), (1, 100)]), st.booleans())
def test_where_all_are_alike_nothing_stands_out(shape, rate, history):
    """Equal rates under the target, or no late order at all: no cause is named, with history or without."""
    made = even(*shape, late=rate[0], orders=rate[1])
    made = made if history else made.alone()
    assert made.named().causes == ()


@few(max_examples=often(15))
@given(EVEN, st.sampled_from([(4, 40), (20, 100)]))
def test_where_all_are_alike_and_slow_nothing_is_said_to_have_changed(shape, rate):
    """Equal rates above the target before and now: suppliers may be slow all along, none changed."""
    named = sane(even(*shape, late=rate[0], orders=rate[1]).named())
    assert {(dimension, kind) for dimension, _, kind in causes(named)} <= {
        ("supplier", "above_target_throughout")
    }
    for one, _ in named.causes:
        assert one.usual == pytest.approx(one.late, rel=1e-6)


@few()
@given(plans(planted=("",)), st.sampled_from([NOT_STATED, SEVERAL]), st.booleans())
def test_a_blank_is_never_a_cause(plan, blank, history):
    """However late the orders without a name are, or those of several, they are not named."""
    made = plan.world(history=history)
    named_ = [blank if one == "supplier-0" else one for one in made.names["supplier"]]
    made = replace(made, names={**made.names, "supplier": named_})
    late = made.late | (made.inside("supplier", blank) & (np.arange(len(made.day)) % 3 > 0))
    named = sane(replace(made, late=late).named())
    assert blank not in {name for _, name, _ in causes(named)}


# --- Edges


@few()
@given(plans(), st.integers(0, 60), st.integers(1, 40), st.integers(1, 15))
def test_blocks_of_days_end_with_the_last_day(plan, first, length, block):
    """Counted backwards in blocks from the last day: each is whole, but for the first one."""
    made = plan.world()
    last = first + length - 1
    cells = made.cells()
    orders, late = (one.sum(axis=0).tolist() for one in cells.counts(first, last, block=block))
    ends = range(last, first - 1, -block)
    spans = [(made.day > end - block) & (made.day >= first) & (made.day <= end) for end in reversed(ends)]
    assert orders == [int(one.sum()) for one in spans]
    assert late == [int((one & made.late).sum()) for one in spans]


def test_the_cause_with_most_late_orders_beyond_usual_comes_first():
    """Of two causes the one that made more orders late stands first, whatever they are called."""
    rows = [*steady("A"), *steady("B"), *steady("C"), *steady("D")]
    rows += [(day, True, name) for day in NOW for name, many in (("A", 2), ("B", 5)) for _ in range(many)]
    named = sane(world(rows).named())
    assert causes(named) == [("supplier", "B", "changed"), ("supplier", "A", "changed")]
    assert [one.late for one, _ in named.causes] == [150, 60]


@pytest.mark.parametrize(("late", "expected"), [(3, []), (4, [("supplier", "A", "changed")])])
def test_three_late_orders_beyond_the_usual_are_the_least_that_make_a_cause(late, expected):
    """However unlikely by chance, a hair under three late orders beyond the usual do not matter; a hair under four do."""
    rows = [*steady("B", daily=100), *((day, False, "A") for day in range(60))]
    rows += [(45, True, "A")] * late
    assert causes(sane(world(rows).named())) == expected


def steady(name, *, first=0, last=59, daily=10, late=()):
    """So many orders a day, all of them late on the days of ``late``."""
    return [(day, day in late, name) for day in range(first, last + 1) for _ in range(daily)]


NOW = range(30, 60)


@pytest.mark.parametrize("blank", [NOT_STATED, SEVERAL])
def test_the_only_late_group_is_not_named_where_it_has_no_name(blank):
    """All late orders have no supplier, or several: that is no supplier, and neither is any other."""
    made = world([*steady("A"), *steady(blank, late=NOW), *steady("C")])
    named = sane(made.named())
    assert {dimension for dimension, _, _ in causes(named)} <= {"account"}
    assert causes(sane(made.named(suppliers=False))) == causes(named)


def test_a_name_that_is_unknown_is_not_named():
    """Names that the caller calls none are counted and not named; without that they are."""
    made = world([*steady("A"), *steady("tbd", late=NOW), *steady("C")])
    assert causes(sane(made.named())) == [("supplier", "tbd", "changed")]
    silent = made.cells(nameless=frozenset({NOT_STATED, SEVERAL, "tbd"}))
    named = sane(name_causes(silent, target=TARGET))
    assert "tbd" not in {name for _, name, _ in causes(named)}
    assert silent.counts(30, 59)[1].sum() == 300


def test_no_supplier_is_named_where_too_few_are_stated():
    """Barred suppliers are silent, changed ones and those slow all along."""
    changed = world([*steady("A", late=NOW), *steady("B"), *steady("C")])
    assert causes(sane(changed.named())) == [("supplier", "A", "changed")]
    slow = world([*steady("A", late=range(0, 60, 4)), *steady("B"), *steady("C")])
    assert causes(sane(slow.named())) == [("supplier", "A", "above_target_throughout")]
    for made in (changed, slow):
        assert "supplier" not in {dimension for dimension, _, _ in causes(sane(made.named(suppliers=False)))}


def test_more_orders_for_a_slow_supplier_are_a_matter_of_the_mix():
    """A supplier above the target before, as slow as ever, that got most of the orders: the mix moved."""
    rows = [(day, at == 0, "slow") for day in range(30) for at in range(5)]
    rows += [(day, day == at, "good") for day in range(30) for at in range(45)]
    rows += [(day, at < 5, "slow") for day in NOW for at in range(25)]
    rows += [(day, day == at, "good") for day in NOW for at in range(25)]
    assert causes(sane(world(rows).named())) == [("supplier", "slow", "mix")]


@pytest.mark.parametrize("names", ["A", "ABC"])
def test_everything_late_after_an_on_time_history_is_one_cause(names):
    """Nothing late before and everything now is the account, not its suppliers one by one."""
    rows = [row for name in names for row in steady(name, late=NOW)]
    ((one, kind),) = sane(world(rows).named()).causes
    assert (one.group, kind, one.late, one.orders) == (Group(0, 0), "changed", 300 * len(names), one.late)
    assert one.usual < 1


@pytest.mark.parametrize("daily", [1, 10])
@pytest.mark.parametrize("first", [0, 30])
def test_nothing_late_names_nothing(first, daily):
    """Without a late order there is no cause, with history or without."""
    rows = [row for name in "AB" for row in steady(name, first=first, daily=daily)]
    assert world(rows).named().causes == ()


def test_a_zero_baseline_is_no_reason_to_name_one_late_order():
    """Where nothing was ever late, one or two late orders are not a cause; a supplier with many is."""
    for late in (1, 2):
        rows = [*steady("A"), *steady("B"), *((45, True, "A") for _ in range(late))]
        assert world(rows).named().causes == ()
    many = world([*steady("A"), *steady("B"), *((day, True, "A") for day in NOW)])
    assert causes(sane(many.named())) == [("supplier", "A", "changed")]


def test_without_supplier_column_the_account_can_be_named():
    """Without any name the account stands alone, and is named where it changed."""
    rows = [(day, day >= 30 and at < 3) for day in range(60) for at in range(20)]
    named = sane(world(rows, dimensions=()).named())
    assert causes(named) == [("account", ALL_ORDERS, "changed")]
    assert list(telling(named.yardstick.cells)) == ["account"]
    calm = world([(day, day % 30 == at) for day in range(60) for at in range(30)], dimensions=())
    assert calm.named().causes == ()


def test_one_supplier_is_not_told_from_the_account():
    """With one supplier alone, what changed is the account's."""
    rows = [(day, day >= 30 and at < 3, "A") for day in range(60) for at in range(20)]
    assert causes(sane(world(rows).named())) == [("account", ALL_ORDERS, "changed")]


def test_without_history_a_supplier_stands_out_from_the_others():
    """With the window alone, a supplier far above the others is named, and compared with them."""
    rows = [(day, at == 0 and day % 10 == 0, name) for day in range(30) for name in "BCDE" for at in range(5)]
    rows += [(day, at < 2, "A") for day in range(30) for at in range(5)]
    named = sane(world(rows, window=0, end=29).named())
    assert named.compared == "others"
    assert [(dimension, name) for dimension, name, _ in causes(named)] == [("supplier", "A")]
    assert named.last < named.first


def test_without_history_the_first_days_can_be_the_history():
    """An account that turned late within the window is compared with the days before; figures are the window's."""
    rows = [(day, day >= 20 and at < 6, name) for day in range(30) for name in "AB" for at in range(12)]
    named = sane(world(rows, window=0, end=29).named())
    assert named.compared == "first_days"
    assert causes(named) == [("account", ALL_ORDERS, "changed")]
    ((one, _),) = named.causes
    assert (one.orders, one.late) == (720, 120)
    assert named.first == 0
    assert named.last in {7, 11, 15}


def test_a_hundred_and_fifty_orders_of_seven_days_are_a_history():
    """Fewer days or fewer orders before the window are none."""
    for length, before_, expected in ((7, 150, True), (6, 150, False), (7, 149, False)):
        rows = [(at % length, False, "A") for at in range(before_)] + [(length, False, "A")]
        assert has_history(world(rows, window=length, end=length + 29).cells()) is expected


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("day", [0, 15, 29])
@pytest.mark.parametrize("count", [1, 5, 300])
def test_orders_of_a_single_day_name_nothing(day, count, late):
    """One order, or many on one day, with nothing to compare them with: no cause, and no failure."""
    made = world([(day, late, "A")] * count + [(day, late, "B")] * count, window=0, end=29)
    assert made.named().causes == ()


def test_all_orders_of_the_window_on_one_day_are_judged_by_the_history():
    """A single bad day with everything late is the account's, against its history."""
    rows = [*steady("A", last=29), *steady("B", last=29)]
    bad = [(59, True, name) for name in "AB" for _ in range(40)]
    good = [(59, False, name) for name in "AB" for _ in range(40)]
    assert causes(sane(world([*rows, *bad]).named())) == [("account", ALL_ORDERS, "changed")]
    assert world([*rows, *good]).named().causes == ()


@pytest.mark.parametrize("names", ["A", "AB"])
def test_suppliers_that_are_all_slow_without_history_have_real_figures(names):
    """With nobody left to compare with, what is said of them is still a number."""
    rows = [(day, at % 5 == 0, name) for day in range(30) for name in names for at in range(10)]
    sane(world(rows, window=0, end=29).named())


# --- Laws of the span of days


def fit(late, orders):
    on_time = orders - late
    return (late * log(late / orders) if late else 0) + (on_time * log(on_time / orders) if on_time else 0)


def slow_spans(orders, late, until, outside):
    """Every raised range of days with its score, in plain Python."""
    known = [at for at, count in enumerate(orders) if count]
    n, k = sum(orders) + outside[0], sum(late) + outside[1]
    found = {}
    for at, first in enumerate(known):
        for last in known[at:]:
            inside = sum(orders[first : last + 1]), sum(late[first : last + 1])
            rest = n - inside[0], k - inside[1]
            if last >= until and rest[0] and inside[1] * rest[0] > rest[1] * inside[0]:
                found[first, last] = fit(inside[1], inside[0]) + fit(rest[1], rest[0]) - fit(k, n)
    return known, found


_DAY = st.one_of(st.just([0, 0]), *[st.tuples(st.integers(0, 15), st.integers(1, 15)).map(sorted)] * 3)
DAILY = st.lists(_DAY, min_size=1, max_size=14).filter(lambda rows: any(orders for _, orders in rows))


@settings(max_examples=often(150))
@given(DAILY, st.sampled_from([1.0, 1.7]), st.integers(0, 8), st.sampled_from([(0, 0), (0, 0), (40, 1)]))
@example([[6, 7], [2, 3], [3, 3], [3, 10], [4, 9]], 1.0, 0, (0, 0))  # a start just outside the set
@example([[5, 9], [10, 11], [3, 6], [1, 3], [0, 9]], 1.0, 0, (0, 0))  # and one just inside
def test_the_span_is_the_best_of_all_ranges(rows, spread, until, outside):
    """No range of days fits better; ties are the shortest, then the earliest; near ones give the start set."""
    late, orders = (list(column) for column in zip(*rows, strict=True))
    found = span(np.array(orders), np.array(late), spread=spread, until=until, outside=outside)
    known, every = slow_spans(orders, late, until, outside)
    if sum(late) < 5 or len(known) < 2 or not every:
        assert found is None
        return
    best = max(every.values())
    tied = min((last - first, first, last) for (first, last), score in every.items() if score >= best - 1e-9)
    assert (found.first, found.last) == tied[1:]
    assert found.score == pytest.approx(best, abs=1e-9)
    last = max((score for (_, end), score in every.items() if end == known[-1]), default=-inf)
    assert found.running == (last >= best - 1.92 * spread)  # as good as the best range, or nearly
    assert found.end == (known[-1] if found.running else found.last)
    # A day without orders may have been the first one, as well as the day with orders that follows it.
    begun = range(known[0], known[-1] + 1)
    follows = {day: min(one for one in known if one >= day) for day in begun}
    first = {
        day: max((every.get((follows[day], last), -inf) for last in known), default=-inf) for day in begun
    }
    near = [day for day in begun if first[day] >= best - 1.92 * spread]
    assert (found.earliest, found.latest) == (near[0], near[-1])
    assert found.earliest <= found.first <= found.latest
    half = sum(exp(first[day] - best) for day in begun) / 2
    below = sum(exp(first[day] - best) for day in begun if day < found.likely)
    assert found.earliest <= found.likely <= min(found.latest, found.last)
    assert below <= half + 1e-9 or found.likely == found.earliest
    assert below + exp(first[found.likely] - best) >= half - 1e-9 or found.likely in {
        found.latest,
        found.last,
    }


@settings(max_examples=often(40))
@given(DAILY, st.integers(0, 20))
def test_the_start_moves_with_the_days(rows, away):
    """Days without orders before the first one move every day of the span, and its score not at all."""
    late, orders = (np.array(column) for column in zip(*rows, strict=True))
    found = span(orders, late)
    moved = span(*(np.concatenate([np.zeros(away, dtype=np.int64), one]) for one in (orders, late)))
    if found is None:
        assert moved is None
        return
    expected = {
        name: getattr(found, name) + away for name in ("first", "last", "end", "likely", "earliest", "latest")
    }
    assert moved == replace(found, **expected)


@pytest.mark.parametrize("late", [[0] * 9, [4, *[0] * 8], [1] * 9])
def test_few_or_even_late_orders_have_no_start(late):
    """Fewer than five late orders, or the same on every day, tell no day."""
    assert span(np.full(9, 10), np.array(late)) is None


# --- Laws of the budget

RULES = st.sampled_from([RULE, *(replace(RULE, target=Fraction(*one)) for one in ((3, 100), (1, 40)))])


@few(max_examples=often(60))
@given(st.integers(0, 2000), RULES)
def test_the_budget_is_the_most_that_meets_the_target(orders, rule):
    """So many late orders meet the target, one more misses it; with more orders it never falls."""
    most = most_late(orders, rule)
    assert rule.met(late=most, orders=orders) or most < 0
    assert not rule.met(late=most + 1, orders=orders)
    assert (most < 0) == (orders == 0)
    assert most <= most_late(orders + 1, rule)


@few(max_examples=often(100))
@given(st.integers(0, 90), st.integers(0, 3000), RULES, st.integers(2, 9))
def test_the_orders_needed_are_the_fewest_that_work(late, orders, rule, factor):
    """With so many more orders on time the target is met, with one fewer it is not; the verdict scales."""
    assume(late <= orders)
    needed = orders_needed(late, orders, rule)
    assert rule.met(late=late, orders=orders + needed)
    assert not needed or not rule.met(late=late, orders=orders + needed - 1)
    assert rule.met(late=late, orders=orders) == rule.met(late=factor * late, orders=factor * orders)


ROLLING = st.lists(
    st.tuples(st.integers(0, 6), st.integers(20, 60)).map(lambda one: (one[1], one[0])),
    min_size=4,
    max_size=25,
)
SPARSE = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 3)).map(sorted).map(lambda one: (one[1], one[0])),
    min_size=4,
    max_size=25,
)


@settings(max_examples=often(100))
@given(st.one_of(ROLLING, SPARSE), st.integers(2, 8))
def test_the_breach_is_the_last_run_of_missed_windows(rows, length):
    """It is the run of the last day, from the first covered window on; no orders are no breach."""
    missed = {}
    for end in range(length, len(rows) + 1):
        orders, late = (sum(column) for column in zip(*rows[end - length : end], strict=True))
        missed[end] = bool(orders) and not RULE.met(late=late, orders=orders)
    expected = None
    for end in sorted(missed, reverse=True):
        if not missed[end]:
            break
        since = TODAY - timedelta(days=len(rows) - end)
        expected = Breach(since=since, open_ended=end == length)
    assert breach(days(*rows), length, RULE) == expected


@settings(max_examples=often(60))
@given(st.one_of(ROLLING, SPARSE), st.integers(2, 8), st.integers(-400, 400))
def test_the_breach_moves_with_the_days(rows, length, away):
    """Moving all days moves the day since when the target is missed."""
    one = breach(days(*rows), length, RULE)
    other = breach(days(*rows, end=TODAY + timedelta(days=away)), length, RULE)
    assert other == (one and replace(one, since=one.since + timedelta(days=away)))


@settings(max_examples=often(100))
@given(st.one_of(ROLLING, SPARSE), st.integers(2, 8), st.data())
def test_a_late_order_ends_no_breach_and_one_on_time_starts_none(rows, length, data):
    """One more late order never clears a breach or makes it begin later; one more on time never the other way."""
    at = data.draw(st.integers(0, len(rows) - 1))
    one = breach(days(*rows), length, RULE)

    def more(late):
        orders, was = rows[at]
        return breach(days(*rows[:at], (orders + 1, was + late), *rows[at + 1 :]), length, RULE)

    worse, better = more(1), more(0)
    if one is not None:
        assert worse is not None
        assert worse.since <= one.since
    if better is not None:
        assert one is not None
        assert one.since <= better.since


# --- Laws of the steps

MOMENTS = ("purchased", "ordered", "dispatched", "scanned", "confirmed")
MINUTE = np.timedelta64(60, "s")


@st.composite
def late_orders(draw):
    """Complete times of late orders in their order: bought, ordered, dispatched, scanned; all within ten days."""
    rows = []
    for _ in range(draw(st.integers(1, 6))):
        bought, ordered, dispatched, scanned = sorted(draw(st.tuples(*[st.integers(0, 9000)] * 4)))
        due = draw(st.one_of(st.integers(bought, 9000), st.sampled_from([dispatched, scanned])))
        confirmed = max(due + 1, dispatched) + draw(st.sampled_from([0, 0, 1, 700, 4000]))
        confirmed = draw(st.sampled_from([confirmed, max(confirmed, scanned)]))
        rows.append([bought, ordered, dispatched, scanned, confirmed, due])
    return rows


def blanked(rows, drop):
    return [
        [None if 0 < at < 4 and at in gone else one for at, one in enumerate(row)]
        for row, gone in zip(rows, drop, strict=True)
    ]


def subset(one, other):
    return ((one & ~other) == 0).all()


@settings(max_examples=often(100))
@given(late_orders())
def test_complete_times_tell_one_step(rows):
    """In their order, all times of an order name the step it was in at its deadline, and its half."""
    made = times(rows, unit=MINUTE)
    assert not out_of_order(made).any()
    found = stage_sets(made)
    routing, supplier = dispatch_halves(made, found)
    for row, step, ours, theirs in zip(rows, found, routing, supplier, strict=True):
        _, ordered, dispatched, scanned, confirmed, due = row
        if dispatched > due:
            expected = D
        elif due < scanned <= confirmed:
            expected = H
        else:
            expected = C
        assert step == expected
        assert (bool(ours), bool(theirs)) == (step == D and ordered > due, step == D and ordered <= due)


@settings(max_examples=often(150))
@given(late_orders(), st.data())
def test_a_missing_time_widens_and_never_misleads(rows, data):
    """Without some times each set holds the step of the complete ones, and each bound the true count."""
    gone = st.lists(st.sets(st.integers(1, 3)), min_size=len(rows), max_size=len(rows))
    fewer = data.draw(gone)
    fewest = [one | other for one, other in zip(fewer, data.draw(gone), strict=True)]
    full = times(rows, unit=MINUTE)
    true, known, least = (
        stage_sets(times(blanked(rows, drop), unit=MINUTE)) for drop in ([set()] * len(rows), fewer, fewest)
    )
    assert subset(true, known)
    assert subset(known, least)
    for step in BITS.values():
        count = int((true == step).sum())
        for sets in (known, least):
            assert surely(sets, step).sum() <= count <= possibly(sets, step).sum()
        assert not (surely(least, step) & ~surely(known, step)).any()
        assert not (possibly(known, step) & ~possibly(least, step)).any()
    blank = times(blanked(rows, fewer), unit=MINUTE)
    for halves, whole in zip(dispatch_halves(blank, known), dispatch_halves(full, true), strict=True):
        assert (halves | ~whole).all()
        assert not (halves & ((known & D) == 0)).any()


@settings(max_examples=often(100))
@given(late_orders(), st.sets(st.sampled_from(["ordered", "dispatched", "scanned", "purchased"])))
def test_a_bare_day_may_be_any_moment_of_it(rows, bare):
    """Times known by their day alone leave the true step possible, and contradict nothing."""
    full = times(rows, unit=MINUTE)
    day = {name: getattr(full, name).astype("datetime64[D]").astype("datetime64[s]") for name in bare}
    blurred = replace(full, **day, days=frozenset(bare))
    assert not out_of_order(blurred).any()
    true, known = stage_sets(full), stage_sets(blurred)
    assert subset(true, known)
    for halves, whole in zip(dispatch_halves(blurred, known), dispatch_halves(full, true), strict=True):
        assert (halves | ~whole).all()


@settings(max_examples=often(50))
@given(late_orders(), st.data())
def test_no_times_tell_nothing_and_a_common_shift_changes_nothing(rows, data):
    """Without times every step may be; moved together, times tell the same."""
    nothing = stage_sets(times(blanked(rows, [{1, 2, 3}] * len(rows)), unit=MINUTE))
    assert set(nothing.tolist()) == {ALL}
    drop = data.draw(st.lists(st.sets(st.integers(1, 3)), min_size=len(rows), max_size=len(rows)))
    made = times(blanked(rows, drop), unit=MINUTE)
    away = np.timedelta64(data.draw(st.integers(-(10**8), 10**8)), "s")
    moved = replace(made, **{name: getattr(made, name) + away for name in (*MOMENTS, "ship_by")})
    assert stage_sets(moved).tolist() == stage_sets(made).tolist()
    for name, piece in overrun(made).items():
        assert (overrun(moved)[name] == piece).all()


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ((10, None, 5, 60, 70, 48), True),
        ((0, None, 40, 30, 70, 48), True),
        ((0, None, 80, 90, 70, 48), True),
        ((0, None, 40, 90, 70, 48), False),
        ((0, None, 70, 70, 70, 48), False),
        ((None, None, 40, None, 70, 48), False),
    ],
)
def test_times_that_contradict_each_other_tell_nothing(row, wrong):
    """Dispatched before bought, scanned before dispatched, dispatched after the confirmation: any step may be."""
    made = times([row])
    assert out_of_order(made).tolist() == [wrong]
    assert bool(stage_sets(made)[0] == ALL) is wrong
    if wrong:
        pieces = {name: piece[0] for name, piece in overrun(made).items()}
        assert pieces == {"dispatch": 0, "handover": 0, "confirmation": 0, "undivided": (70 - 48) * HOUR}


@st.composite
def any_times(draw):
    """Late orders with times in any order, any of them missing."""
    moment = st.one_of(st.none(), st.integers(0, 9000))
    rows = []
    for _ in range(draw(st.integers(1, 6))):
        due = draw(st.integers(0, 6000))
        rows.append([*draw(st.tuples(*[moment] * 4)), due + draw(st.integers(1, 3000)), due])
    return rows


@settings(max_examples=often(150))
@given(
    st.one_of(late_orders(), any_times()),
    st.sets(st.sampled_from(["ordered", "dispatched", "scanned", "purchased"])),
)
def test_the_pieces_of_the_overrun_add_up(rows, bare):
    """They sum to the time from deadline to confirmation, none is negative, whatever is missing or wrong."""
    made = times(rows, unit=MINUTE, bare=bare)
    pieces = overrun(made)
    assert set(pieces) == {*BITS, "undivided"}
    assert (sum(pieces.values(), np.timedelta64(0, "s")) == made.confirmed - made.ship_by).all()
    for piece in pieces.values():
        assert (piece >= np.timedelta64(0, "s")).all()


@settings(max_examples=often(80))
@given(late_orders())
def test_an_order_spends_time_in_the_step_it_was_in(rows):
    """With complete times nothing is undivided, and no step before the one at the deadline has a piece."""
    made = times(rows, unit=MINUTE)
    pieces, sets = overrun(made), stage_sets(made)
    zero = np.timedelta64(0, "s")
    assert (pieces["undivided"] == zero).all()
    assert (pieces["dispatch"][sets != D] == zero).all()
    assert (pieces["dispatch"][sets == D] > zero).all()
    assert (pieces["handover"][sets == C] == zero).all()
    assert (pieces["handover"][sets == H] > zero).all()
    assert (pieces["confirmation"][sets == C] > zero).all()


# --- Laws of the outlook

PASTS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 6)).map(lambda one: (one[0], min(one))),
    min_size=10,
    max_size=30,
)
VOLUMES = st.lists(st.integers(0, 40), min_size=7, max_size=7).map(
    lambda week: [week[day % 7] for day in range(HORIZON)]
)


def ahead(past, volume, *, rate=0.0, known_late=12.0, length=10, spread=1.5):
    return outlook(past, [stream(volume, rate, known_late)], length=length, spread=spread, rule=RULE)


def dates(seen):
    return [inf if day is None else day for day in (seen.optimistic, seen.likely, seen.cautious)]


@few(max_examples=often(60))
@given(PASTS, VOLUMES, st.floats(0, 0.2), st.floats(0, 50), st.floats(1, 4))
def test_zero_late_is_the_best_that_can_come(past, volume, rate, known_late, spread):
    """Its late orders never rise and are gone after the window; no other rate is under target sooner."""
    best = ahead(past, volume)
    left = [one.past_late for one in best.ahead]
    assert left == sorted(left, reverse=True)
    assert set(left[10:]) == {0}
    assert left[0] == sum(late for _, late in past[-10:])
    assert len(set(dates(best))) == 1
    other = ahead(past, volume, rate=rate, known_late=known_late, spread=spread)
    assert [one.spare for one in other.ahead] == [one.spare for one in best.ahead]
    assert all(sooner <= later for sooner, later in zip(dates(best), dates(other), strict=True))
    assert dates(other) == sorted(dates(other))


@few(max_examples=often(60))
@given(PASTS, VOLUMES, st.floats(0, 0.08), st.data())
def test_one_more_past_late_order_never_helps(past, volume, rate, data):
    """It leaves each later day with as much to spare or less, and brings no date forward."""
    at = data.draw(st.integers(0, len(past) - 1))
    orders, late = past[at]
    assume(late < orders)
    worse = [*past[:at], (orders, late + 1), *past[at + 1 :]]
    one, other = ahead(past, volume, rate=rate), ahead(worse, volume, rate=rate)
    assert all(sooner <= later for sooner, later in zip(dates(one), dates(other), strict=True))
    assert all(was.spare >= now.spare for was, now in zip(one.ahead, other.ahead, strict=True))


@few(max_examples=often(60))
@given(PASTS, VOLUMES, st.integers(2, 5))
def test_the_verdicts_ahead_are_those_of_whole_numbers_and_scale(past, volume, factor):
    """A day has nothing to lose where it is under target with none late, and so at any scale; no orders miss none."""
    one = ahead(past, volume)
    many = ahead([(orders * factor, late * factor) for orders, late in past], [n * factor for n in volume])
    for few_, lot in zip(one.ahead, many.ahead, strict=True):
        met = not few_.orders or RULE.met(late=few_.past_late, orders=few_.orders)
        assert (few_.spare >= 0) == met == (lot.spare >= 0)
        if few_.orders:
            assert RULE.met(late=few_.past_late + few_.spare, orders=few_.orders)
            assert not RULE.met(late=few_.past_late + few_.spare + 1, orders=few_.orders)
        assert lot.orders == factor * few_.orders
    assert dates(one) == dates(many)
    assert one.spare == min(day.spare for day in one.ahead[1:8])


@few()
@given(PASTS, st.lists(st.floats(0, 9), min_size=HORIZON, max_size=HORIZON), st.integers(1, 15))
def test_no_order_to_come_is_lost_to_rounding(past, volume, length):
    """Whole orders of each window differ by less than one from what is expected in it."""
    seen = ahead(past[-length:], volume, length=length)
    for day, one in enumerate(seen.ahead):
        assert abs(one.coming - sum(volume[max(0, day - length) : day])) <= 1 + 1e-9
        assert (one.past_orders == 0) or day < length


@few(max_examples=often(40))
@given(st.floats(0.01, 0.045), st.floats(1.2, 3), st.floats(2, 40))
def test_the_band_is_the_chance_of_being_under(rate, spread, known):
    """Each date is the first from which every later chance is at least 10, 50 or 90 %, by the gamma function."""
    seen = ahead(worked_past(PAST), [20] * HORIZON, rate=rate, known_late=known, spread=spread)
    assert not RULE.met(late=sum(PAST), orders=200)
    chances = [0.0]
    for day in range(1, 11):
        coming, left = 20 * day, sum(PAST[day:])
        mean, spare = coming * rate, most_late(200, RULE) - left
        variance = spread * mean * (1 - rate) + mean**2 * spread / known
        chances.append(1 - by_gamma(coming, mean, variance, spare + 1) if spare >= 0 else 0.0)
    chances += [chances[-1]] * (HORIZON - 10)
    for least, found in zip((0.1, 0.5, 0.9), (seen.optimistic, seen.likely, seen.cautious), strict=True):
        assume(min(abs(chance - least) for chance in chances) > 1e-6)
        later = [day for day in range(HORIZON + 1) if min(chances[day:]) >= least]
        assert found == (later[0] if later else None)


def test_a_rate_that_stays_above_the_target_has_no_date():
    """With half of the coming orders late no day within the horizon is under target."""
    seen = ahead(worked_past(PAST), [20] * HORIZON, rate=0.5)
    assert (seen.optimistic, seen.likely, seen.cautious) == (None, None, None)


def test_the_ranks_of_groups_are_the_order_of_ties():
    """Ties fall to the account, then suppliers, carriers and SKUs."""
    assert [Group(rank, 0).dimension for rank in range(4)] == list(DIMENSIONS)
    assert sorted([Group(2, 0), Group(0, 5), Group(1, 1), Group(1, 0)]) == [
        Group(0, 5),
        Group(1, 0),
        Group(1, 1),
        Group(2, 0),
    ]


def test_an_exact_tie_falls_to_the_supplier():
    """A supplier and a carrier with the very same orders cannot be told apart: the supplier is named."""
    rows = [
        (day, late, name, {"A": "P"}.get(name, "Q"))
        for day, late, name in [*steady("A", late=NOW), *steady("B")]
    ]
    assert causes(sane(world(rows, dimensions=("supplier", "carrier")).named())) == [
        ("supplier", "A", "changed")
    ]
