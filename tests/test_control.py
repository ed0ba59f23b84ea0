"""The control chart: its limits by hand, and the laws that they keep."""

import random
from fractions import Fraction
from math import isclose, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from poa.analysis.control import LEAST, control, sigma_z
from poa.analysis.intervals import FEW
from poa.facts import figures

POINT = st.integers(FEW, 500).flatmap(lambda orders: st.tuples(st.integers(0, orders), st.just(orders)))
BASE = st.lists(POINT, min_size=LEAST, max_size=30)


def limits(found):
    return [(point.lower.value, point.upper.value) for point in found.points]


def outside(found):
    return [point.outside for point in found.points]


def share(points):
    return Fraction(sum(late for late, _ in points), sum(orders for _, orders in points))


def binomial(dice, orders, chance):
    return sum(dice.random() < chance for _ in range(orders)), orders


def test_laneys_limits_by_hand():
    """Shares one standard deviation below and above 10 %, in turn: each moving range is 2, sigma_z 2 / 1.128."""
    base = [(7, 100), (13, 100), (81, 900), (99, 900)] * 2
    found = control([*base, (150, 900), (136, 900), (16, 225)], base=len(base))
    wide = Fraction(2) / Fraction(1128, 1000)
    half = {
        100: 3 * wide * Fraction(3, 100),
        900: 3 * wide * Fraction(1, 100),
        225: 3 * wide * Fraction(2, 100),
    }
    assert found.centre.value == 0.1
    assert isclose(found.sigma_z.value, wide)
    assert found.base.value == 8
    for (lower, upper), orders in zip(limits(found), [100, 100, 900, 900] * 2 + [900, 900, 225], strict=True):
        assert isclose(upper, Fraction(1, 10) + half[orders])
        assert isclose(lower, max(0, Fraction(1, 10) - half[orders]), abs_tol=1e-15)
    # 150 of 900 is 16.67 %, over 15.32 %; 136 of 900 is 15.11 %, under it.
    assert outside(found) == [False] * 8 + [True, False, False]
    assert found.outside.value == 1


def test_the_plain_limits_by_hand():
    """Equal shares vary less than chance: sigma_z is 1, and three standard deviations of 900 orders at 10 % are 3 %."""
    found = control([(90, 900)] * 8, base=8)
    assert found.sigma_z.value == 1
    assert sigma_z([(90, 900)] * 8, centre=Fraction(1, 10)) == 0
    for lower, upper in limits(found):
        assert isclose(lower, 0.07)
        assert isclose(upper, 0.13)


def test_a_share_on_its_limit_is_inside():
    """117 and 63 of 900 lie on the limits 13 % and 7 % exactly; one order further is outside."""
    tried = [(117, 900), (118, 900), (63, 900), (62, 900)]
    assert outside(control([(90, 900)] * 8 + tried, base=8))[8:] == [False, True, False, True]


def test_chance_alone_gives_a_sigma_z_of_about_one():
    """Weeks of one true rate: sigma_z is 1 in the mean of 300 histories, and 1.5 is far away."""
    dice = random.Random(20261102)  # noqa: S311 - the same draws in every run
    found = []
    for _ in range(300):
        base = [binomial(dice, orders, 0.1) for orders in (120, 80, 200, 150) * 3]
        found.append(sigma_z(base, centre=share(base)))
    assert 0.95 < sum(found) / len(found) < 1.05


def test_a_rate_that_wanders_gives_a_wider_sigma_z():
    """Weeks whose true rate changes vary more than chance: sigma_z tells it, and none of them is outside."""
    dice = random.Random(7)  # noqa: S311 - the same draws in every run
    base = [binomial(dice, 800, chance) for chance in (0.02, 0.06) * 15]
    found = control(base, base=len(base))
    assert found.sigma_z.value > 2
    assert found.outside.value == 0


@pytest.mark.deep
def test_points_outside_by_chance_are_rare():
    """Of 5,000 weeks that only chance moves, under 1 % are outside the limits that 25 weeks before them give."""
    dice = random.Random(11)  # noqa: S311 - the same draws in every run
    base = [binomial(dice, 200, 0.05) for _ in range(25)]
    weeks = [binomial(dice, 200, share(base)) for _ in range(5_000)]
    assert control([*base, *weeks], base=25).outside.value < 50


@given(BASE, st.integers(2, 9))
def test_times_as_many_orders_make_plain_limits_narrower_and_leave_laneys(base, times):
    """Of k times the counts the centre stays and sigma_z grows by the root of k: p' limits stay where they were."""
    assume(0 < share(base) < 1)
    more = [(late * times, orders * times) for late, orders in base]
    centre = share(base)
    assert share(more) == centre
    once = sigma_z(base, centre=centre)
    assert isclose(sigma_z(more, centre=centre), once * sqrt(times), abs_tol=1e-12)
    before, after = limits(control(base, base=len(base))), limits(control(more, base=len(base)))
    for (low, high), (lower, upper) in zip(before, after, strict=True):
        if once >= 1:
            assert isclose(low, lower, abs_tol=1e-12)
            assert isclose(high, upper, abs_tol=1e-12)
        else:
            assert low <= lower + 1e-12
            assert upper <= high + 1e-12


@given(BASE)
def test_limits_hold_the_centre_and_stay_fractions(base):
    """0 ≤ lower ≤ centre ≤ upper ≤ 1, and sigma_z is at least 1."""
    assume(0 < share(base) < 1)
    found = control(base, base=len(base))
    assert found.sigma_z.value >= 1
    for lower, upper in limits(found):
        assert 0 <= lower <= found.centre.value <= upper <= 1


@given(BASE, POINT, st.integers(1, 500))
def test_more_orders_never_widen_limits(base, point, more):
    """Beside the same base, a point of more orders has limits at most as wide."""
    assume(0 < share(base) < 1)
    small, large = limits(control([*base, point, (point[0], point[1] + more)], base=len(base)))[-2:]
    assert small[0] <= large[0] <= large[1] <= small[1]


@given(BASE, st.lists(POINT, max_size=8))
def test_points_beside_the_base_change_nothing_of_it(base, others):
    """Centre and sigma_z are the base's alone, and its points' limits too; a slice picks as a count does."""
    alone, among = control(base, base=len(base)), control([*base, *others], base=len(base))
    assert (alone.centre.value, alone.sigma_z.value) == (among.centre.value, among.sigma_z.value)
    assert among.points[: len(base)] == alone.points
    assert among == control([*base, *others], base=slice(len(base)))


@given(BASE)
def test_time_backwards_is_as_wide(base):
    """A moving range has no direction: the base read backwards has the same centre and sigma_z."""
    one, other = control(base, base=len(base)), control(base[::-1], base=len(base))
    assert one.centre.value == other.centre.value
    assert (one.sigma_z.value is None) == (other.sigma_z.value is None)
    assert one.sigma_z.value is None or isclose(one.sigma_z.value, other.sigma_z.value)


@given(st.lists(st.integers(5, 60), min_size=LEAST, max_size=20), st.data())
def test_the_order_of_points_of_one_share_says_nothing(sizes, data):
    """Weeks of 20 % each, however large, are within chance in any order, each with the limits of its own size."""
    turned = data.draw(st.permutations(sizes))
    one, other = (control([(size, 5 * size) for size in each], base=len(each)) for each in (sizes, turned))
    assert one.sigma_z.value == other.sigma_z.value == 1
    assert one.centre.value == other.centre.value == 0.2
    assert dict(zip(sizes, limits(one), strict=True)) == dict(zip(turned, limits(other), strict=True))


@given(BASE, st.integers(0, 30))
def test_a_point_without_orders_breaks_no_range(base, at):
    """A week without orders has no limits, is not judged, and its neighbours' ranges go past it."""
    at = min(at, len(base))
    found = control([*base[:at], (0, 0), *base[at:]], base=len(base) + 1)
    without = control(base, base=len(base))
    assert (found.centre.value, found.sigma_z.value) == (without.centre.value, without.sigma_z.value)
    assert found.base.value == len(base)
    assert limits(found)[at] == (None, None)
    assert outside(found)[at] is None
    assert [*limits(found)[:at], *limits(found)[at + 1 :]] == limits(without)


@given(st.lists(POINT, max_size=LEAST - 1))
def test_too_few_weeks_give_no_limits(base):
    """Under eight base points there is a centre and nothing to judge by, however many points follow."""
    found = control([*base, (0, 0), (5, 100), (90, 100)], base=len(base) + 1)
    assert found.sigma_z.value is None
    assert found.outside.value is None
    assert set(limits(found)) == {(None, None)}
    assert set(outside(found)) == {None}
    assert (found.centre.value is None) == (not base)


@pytest.mark.parametrize("late", [0, 50])
def test_a_base_of_one_kind_gives_no_limits(late):
    """None late or all late has no spread: no limits, and a first late order is no signal by itself."""
    found = control([(late, 50)] * 12 + [(1, 50)], base=12)
    assert found.centre.value == late / 50
    assert found.sigma_z.value is None
    assert outside(found) == [None] * 13


def test_a_point_of_few_orders_has_limits_and_is_not_judged():
    """One late order of two is beyond the limits of two orders at 2 %, and no signal."""
    found = control([(2, 100)] * 10 + [(1, 2), (FEW, FEW)], base=10)
    few, enough = found.points[-2:]
    assert few.upper.value < 1 / 2
    assert few.outside is None
    assert enough.outside is True
    assert found.outside.value == 1


@pytest.mark.parametrize("point", [(3, 2), (-1, 5), (0, -1)])
def test_counts_that_cannot_be_are_refused(point):
    """More late orders than orders is a mistake of the caller's, not a share over 100 %."""
    with pytest.raises(ValueError, match="late orders"):
        control([point], base=1)


def test_every_figure_has_its_own_id():
    """Ids begin with the name given and are there once each."""
    found = control([(2, 100)] * 9, base=8, name="weekly.control")
    ids = [figure.id for figure in figures(found)]
    assert len(ids) == len(set(ids)) == 4 + 2 * 9
    assert {"weekly.control.centre", "weekly.control.sigma_z", "weekly.control.points.8.upper"} <= set(ids)
    assert found.centre.rows.orders == 800
