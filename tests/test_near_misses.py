"""Near misses: confirmed in time with at most four hours to spare, told by supplier, and only where clocks tell."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_weeks import ACCOUNT, MONDAY, Made, accounts, counting, late

from poa.analysis.measures import measures
from poa.analysis.near_misses import near_misses
from poa.analysis.weeks import week_window
from poa.orders import NOT_STATED
from poa.policy.kpis import near_miss

WEEK = week_window("2026-W44")
EXACT = frozenset()
SECOND = 1 / 3600


def told(orders, *, coarse=EXACT, **more):
    found = near_misses(counting(orders, **more), WEEK, coarse=coarse)
    return (
        found.orders.value,
        found.of_orders.value,
        [(one.name.value, one.orders.value) for one in found.suppliers],
    )


@pytest.mark.parametrize(
    ("confirmed", "near"),
    [(-4 - SECOND, 0), (-4, 1), (-2, 1), (-SECOND, 1), (0, 1), (SECOND, 0), (30, 0), (None, 0)],
)
def test_a_near_miss_is_in_the_last_four_hours_and_in_time(confirmed, near):
    """The first instant of the four hours and the ship-by time itself belong to them; late is no near miss."""
    assert told([Made(confirmed=confirmed), Made(confirmed=-20)])[0] == near


def test_suppliers_stand_most_first_and_the_nameless_last():
    orders = [
        *[Made(confirmed=-1, supplier="")] * 5,
        *[Made(confirmed=-1, supplier="Birch & Sons")] * 2,
        *[Made(confirmed=-1, supplier="Alder Supply")] * 2,
        *[Made(confirmed=-1, supplier="義烏恒泰")] * 3,
        Made(confirmed=-20, supplier="Elm"),
        late(supplier="Elm"),
    ]
    suppliers = [("義烏恒泰", 3), ("Alder Supply", 2), ("Birch & Sons", 2), (NOT_STATED, 5)]
    assert told(orders) == (12, 14, suppliers)


def test_a_week_without_a_confirmed_order_has_none():
    assert told([Made(due=MONDAY + timedelta(days=9), confirmed=-1)]) == (0, 0, [])
    assert told([Made(confirmed=None)], now=MONDAY) == (None, None, [])


@pytest.mark.parametrize(
    "unknown",
    [{"coarse": frozenset({"ship_confirmed"})}, {"complete": False}],
    ids=["bare days", "late orders only"],
)
def test_what_cannot_be_told_is_not_told(unknown):
    """A bare day cannot prove four hours, and a list of late orders holds none that was in time."""
    assert told([Made(confirmed=-1), late()], **unknown) == (None, None, [])


def test_the_figures_list_their_rows_and_have_names_of_their_own():
    found = near_misses(counting([Made(confirmed=-1), Made(confirmed=-20)]), WEEK, coarse=EXACT)
    assert found.hours == near_miss().hours == 4
    assert found.orders.rows.lines[0].ranges == ((2, 2),)
    assert found.of_orders.rows.lines[0].ranges == ((2, 3),)
    figures = [found.orders, found.of_orders, found.suppliers[0].name, found.suppliers[0].orders]
    assert len({one.id for one in figures}) == 4


@given(accounts())
def test_the_suppliers_add_up_and_the_control_figure_agrees(orders):
    made = counting(orders)
    number, of, suppliers = told(orders)
    known = any(one.confirmed is not None for one in orders)
    assert (number is not None) == known
    if known:
        assert number == sum(own for _, own in suppliers) <= of
        assert all(own for _, own in suppliers)
    kpi = next(one for one in measures(made, [WEEK], [ACCOUNT], coarse=EXACT) if one.kpi == "near_misses")
    assert (kpi.low.value or 0) == (number or 0)


@given(accounts(), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_a_name_changes_the_numbers(orders, dice):
    assert told(dice.sample(orders, len(orders))) == told(orders)
    renamed = [replace(one, supplier=one.supplier and f"{one.supplier}, formerly") for one in orders]
    assert told(renamed)[2] == [
        (name if name == NOT_STATED else f"{name}, formerly", number) for name, number in told(orders)[2]
    ]
