"""The control figures as data: each is whole, fits causes that have measures, and meets a target one way only."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa.policy.causes import cause_codes
from poa.policy.kpis import kpis, near_miss

NUMBERS = st.one_of(st.integers(0, 50), st.floats(0, 50))
KPIS = st.sampled_from(list(kpis().values()))


def test_every_control_figure_is_whole():
    """No field is blank, and what it can be taken of is known."""
    for one in kpis().values():
        assert all([one.title, one.meaning, one.needs, one.source]), one.id
        assert one.meaning.endswith("."), one.id
        assert "account" in one.per, one.id
        assert set(one.per) <= {"account", "supplier", "carrier", "sku"}, one.id
        assert len(set(one.per)) == len(one.per), one.id
        assert one.unit in {"hours", "orders", "fraction"}, one.id
        assert one.better == ("at_most" if one.unit == "orders" else "under"), one.id
        assert one.sure in {"C", "S", "U"}, one.id


def test_a_control_figure_fits_causes_that_have_something_to_check():
    for one in kpis().values():
        assert one.fits, one.id
        assert len(set(one.fits)) == len(one.fits), one.id
        assert all(cause_codes()[code].preventive for code in one.fits), one.id


def test_every_cause_with_measures_has_a_control_figure():
    fitted = {code for one in kpis().values() for code in one.fits}
    assert {code for code, cause in cause_codes().items() if cause.preventive} == fitted


def test_a_near_miss_is_our_choice_and_says_so():
    rule = near_miss()
    assert (rule.hours, rule.as_of, rule.sure) == (4, date(2026, 11, 26), "U")
    assert rule.source.startswith("our choice")


@given(KPIS, NUMBERS, NUMBERS, NUMBERS)
def test_a_verdict_speaks_for_every_value_between_the_bounds(one, first, second, target):
    low, high = sorted((first, second))
    told = one.verdict(low, high, target)
    met = {one.met(value, target) for value in (low, (low + high) / 2, high)}
    assert told == {(True,): "held", (False,): "missed"}.get(tuple(met), "not_told")


@given(KPIS, NUMBERS, NUMBERS)
def test_a_missing_bound_never_gives_the_verdict_that_needs_it(one, value, target):
    assert one.verdict(value, None, target) in {"missed", "not_told"}
    assert one.verdict(None, value, target) in {"held", "not_told"}
    assert one.verdict(None, None, target) == "not_told"


@pytest.mark.parametrize(
    ("name", "at_target"), [("late_shipment_rate", False), ("late_orders", True), ("lead_time", False)]
)
def test_the_target_itself_fails_where_under_is_asked(name, at_target):
    """Exactly 4 % fails as it does for Amazon; exactly 3 orders are at most 3."""
    assert kpis()[name].met(3, 3) is at_target
    assert kpis()[name].met(2, 3)
    assert kpis()["late_shipment_rate"].met(3 / 75, 0.04) is False
