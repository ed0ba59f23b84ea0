"""Scorecards of suppliers: what the rows of one week tell of each, and against the four weeks before."""

from dataclasses import fields, replace
from datetime import timedelta
from math import ceil, exp, lgamma

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_weeks import MONDAY, Made, accounts, counting, late

from poa.analysis.scorecards import scorecards
from poa.analysis.shares import shares
from poa.analysis.weeks import week_window
from poa.facts import Figure
from poa.orders import NOT_STATED

WEEK = week_window("2026-W44")
EXACT = frozenset()
SOME_WEEKS_BEFORE = MONDAY - timedelta(days=10) + timedelta(hours=23)


def no_role(_name):
    return ""


def cards(orders, *, coarse=EXACT, role_of=no_role, **more):
    return scorecards(counting(orders, **more), WEEK, role_of=role_of, coarse=coarse)


def card(orders, **more):
    """The one scorecard of one supplier: its figures as values."""
    (one,) = cards(orders, **more)
    return values(one)


def values(one):
    told = {part.name: getattr(one, part.name) for part in fields(one)}
    return {name: value.value if isinstance(value, Figure) else value for name, value in told.items()}


def many(number, **more):
    return [Made(**more)] * number


def test_a_scorecard_counted_by_hand():
    """Twelve orders; ten tell their dispatch, of which nine left in time; hours run from the order at the supplier."""
    orders = [
        *[Made(ordered=-40, dispatched=-40 + hours, confirmed=-1) for hours in range(1, 10)],
        late(ordered=-40, dispatched=2, confirmed=3),
        Made(ordered=-40, confirmed=-1),
        Made(confirmed=-1),
    ]
    own = card(orders)
    assert (own["key"], own["name"], own["role"]) == ("S1", "Alder Supply", "")
    assert (own["orders"], own["late"], own["rate"]) == (12, 1, 1 / 12)
    assert (own["dispatch_known"], own["in_time"], own["on_time"]) == (10, 9, 0.9)
    # Ten lead times: 1 to 9 and 42. Ranks 5, 9 and 1.
    assert own["lead_from"] == "supplier"
    assert (own["lead_time"], own["lead_time_p90"], own["spread"]) == (5, 9, 8)
    # Lags from dispatch to confirmation: 1, and 30 to 38. Rank 5.
    assert own["tracking_lag"] == 33
    assert own["few"] is False
    assert (own["orders_before"], own["late_before"], own["trend"]) == (0, 0, "unknown")


def test_without_an_order_at_the_supplier_the_lead_time_begins_at_the_purchase():
    own = card([Made(purchased=-48, dispatched=-20)])
    assert (own["lead_from"], own["lead_time"], own["spread"]) == ("purchase", 28, 0)


def test_without_dispatches_nothing_is_told_of_them():
    own = card([Made(), late()])
    assert {
        own[name] for name in ("dispatch_known", "in_time", "on_time", "lead_time", "spread", "tracking_lag")
    } == {None}
    assert own["late"] == 1


@pytest.mark.parametrize(
    ("coarse", "told"),
    [
        ({"supplier_dispatched"}, ("", None, None)),
        ({"supplier_ordered"}, ("", None, 10)),
        ({"ship_confirmed"}, ("supplier", 20, None)),
        ({"purchased"}, ("supplier", 20, 10)),
    ],
)
def test_bare_days_give_no_hours(coarse, told):
    own = card([Made(ordered=-40, dispatched=-20, confirmed=-10)], coarse=frozenset(coarse))
    assert (own["lead_from"], own["lead_time"], own["tracking_lag"]) == told


def test_a_bare_day_on_the_ship_by_day_tells_neither_in_time_nor_late():
    """Of three days of dispatch the one on the ship-by day, due at noon, is left out of the share."""
    noon = MONDAY + timedelta(hours=12)
    orders = [Made(due=noon, dispatched=hours, confirmed=-1) for hours in (-36, -12, 12)]
    own = card(orders, coarse=frozenset({"supplier_dispatched"}))
    assert (own["dispatch_known"], own["in_time"], own["on_time"]) == (2, 1, 0.5)


def test_times_out_of_order_are_left_out():
    own = card([Made(dispatched=-60, purchased=-48), Made(dispatched=-5, confirmed=-6), Made(dispatched=-20)])
    assert (own["dispatch_known"], own["in_time"]) == (2, 2)
    assert own["tracking_lag"] == 10
    assert own["lead_time"] == 28


def test_a_list_of_late_orders_tells_no_share_and_no_hours():
    own = card([late(ordered=-40, dispatched=1)] * 12, complete=False)
    assert own["late"] == 12
    assert {
        own[name] for name in ("orders", "rate", "on_time", "lead_time", "tracking_lag", "orders_before")
    } == {None}
    assert (own["lead_from"], own["trend"]) == ("", "unknown")


def test_no_supplier_no_orders_and_one_order():
    assert cards([Made(due=SOME_WEEKS_BEFORE)]) == ()
    own = card([late(supplier="")])
    assert (own["name"], own["role"], own["rate"], own["few"]) == (NOT_STATED, "not_stated", 1, True)


def test_who_is_no_supplier_has_a_role_and_the_nameless_come_last():
    """The keys are those of the late orders by supplier of the same week."""
    orders = [
        *[late(supplier="")] * 50,
        *[late(supplier="Own shelf")] * 40,
        *many(40, supplier="Alder Supply"),
    ]
    found = cards(orders, role_of=lambda name: "own_warehouse" if name == "Own shelf" else "")
    assert [(one.key, one.name.value, one.role) for one in found] == [
        ("S1", "Own shelf", "own_warehouse"),
        ("S2", "Alder Supply", ""),
        ("S3", NOT_STATED, "not_stated"),
    ]


@pytest.mark.parametrize(
    ("now", "before", "trend"),
    [
        ((9, 9), (0, 400), "unknown"),  # few orders in the week
        ((10, 10), (0, 9), "unknown"),  # few before
        ((10, 10), (0, 10), "worse"),
        ((4, 50), (16, 400), "steady"),  # 4 % before, 8 % now: chance does that
        ((12, 50), (16, 400), "worse"),
        ((0, 50), (16, 400), "steady"),
        ((0, 50), (160, 400), "better"),
        ((50, 50), (400, 400), "steady"),  # as bad as ever
        ((0, 50), (0, 400), "steady"),
        ((1, 10), (0, 100), "steady"),  # none of 100 is not never: the first late order is no change
        ((2, 20), (0, 100), "worse"),
        ((3, 20), (0, 20), "steady"),
        ((4, 20), (0, 20), "worse"),
    ],
)
def test_a_trend_is_what_chance_does_not_explain(now, before, trend):
    own = card(trended(now, before))
    assert (own["late"], own["orders"]) == now
    assert (own["late_before"], own["orders_before"]) == before
    assert own["trend"] == trend


def trended(now, before):
    return [
        *[late()] * now[0],
        *many(now[1] - now[0]),
        *[late(due=SOME_WEEKS_BEFORE)] * before[0],
        *many(before[1] - before[0], due=SOME_WEEKS_BEFORE),
    ]


@given(st.integers(10, 40), st.data())
def test_the_trend_is_that_of_the_beta_binomial_distribution(orders, data):
    """Worse above, better below the range that holds 95 % given the orders before; counted here by gamma functions."""
    before = data.draw(st.integers(10, 60))
    late_before, now = data.draw(st.integers(0, before)), data.draw(st.integers(0, orders))
    a, b = late_before + 0.5, before - late_before + 0.5
    chances = [exp(log_chance(k, orders, a, b)) for k in range(orders + 1)]
    below, up_to = sum(chances[:now]), sum(chances[: now + 1])
    told = card(trended((now, orders), (late_before, before)))["trend"]
    if min(abs(below - 0.975), abs(up_to - 0.025)) > 1e-6:
        assert told == ("worse" if below >= 0.975 else "better" if up_to < 0.025 else "steady")


def log_chance(k, n, a, b):
    def beta(x, y):
        return lgamma(x) + lgamma(y) - lgamma(x + y)

    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + beta(k + a, n - k + b) - beta(a, b)


@pytest.mark.parametrize(("back", "counted"), [(1, 1), (28, 1), (29, 0), (0, 0), (-7, 0)])
def test_the_four_weeks_before_end_with_the_sunday_before(back, counted):
    orders = [
        Made(due=MONDAY + timedelta(days=2)),
        late(due=MONDAY - timedelta(days=back) + timedelta(hours=12)),
    ]
    (own,) = cards(orders)
    assert (own.orders_before.value, own.late_before.value) == (counted, counted)


def test_without_every_late_order_there_is_no_rate_and_no_trend():
    own = card(trended((12, 50), (16, 400)), all_late_known=False)
    assert (own["rate"], own["trend"]) == (None, "unknown")


@given(accounts())
def test_the_suppliers_are_those_of_the_shares_and_add_up(orders):
    made = counting(orders)
    found = scorecards(made, WEEK, role_of=no_role, coarse=EXACT)
    own = shares(made, WEEK, "supplier")
    assert [(one.key, one.name.value) for one in found] == [(one.key, one.name.value) for one in own]
    inside = WEEK.holds(made.days) & made.counted
    assert sum(one.orders.value for one in found) == inside.sum()
    if made.tells:
        assert sum(one.late.value for one in found) == (inside & made.late).sum()
    for one in found:
        known = one.dispatch_known.value or 0
        assert (one.in_time.value or 0) <= known <= one.orders.value
        assert (one.on_time.value is None) == (known == 0)
        if one.lead_time.value is not None:
            assert 0 <= one.lead_time.value <= one.lead_time_p90.value
            assert 0 <= one.spread.value <= one.lead_time_p90.value
            assert one.lead_time.rows.orders <= one.orders.value
        assert one.few == (one.orders.value < 10)


@given(accounts(), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_a_name_changes_the_numbers(orders, dice):
    """Only the names change, and with them the order among equals."""

    def told(some):
        return sorted(
            [
                {name: value for name, value in values(one).items() if name not in {"key", "name"}}
                for one in cards(some)
            ],
            key=repr,
        )

    renamed = [replace(one, supplier=one.supplier and f"The {one.supplier}") for one in orders]
    assert told(renamed) == told(orders) == told(dice.sample(orders, len(orders)))


@given(st.lists(st.integers(0, 100), min_size=1, max_size=30))
def test_the_points_are_times_of_orders(hours):
    """The median, the 90 % and the 10 % point are those at ranks ceil(n / 2), ceil(0.9 n), ceil(0.1 n)."""
    own = card([Made(purchased=-200, dispatched=-200 + one) for one in hours])
    ordered, number = sorted(hours), len(hours)

    def rank(tenths):
        return ordered[ceil(number * tenths / 10) - 1]

    assert (own["lead_time"], own["lead_time_p90"], own["spread"]) == (rank(5), rank(9), rank(9) - rank(1))


def test_every_figure_has_a_name_of_its_own():
    found = cards([Made(dispatched=-5), Made(supplier="Birch & Sons"), late(supplier="")])
    ids = [
        value.id
        for one in found
        for value in (getattr(one, part.name) for part in fields(one))
        if isinstance(value, Figure)
    ]
    assert len(set(ids)) == len(ids) == 13 * 3
    assert all(one.startswith("weekly.scorecard.S") for one in ids)
