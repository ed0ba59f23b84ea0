"""The control figures of weeks: counted again by hand, between bounds, and never told where no clock tells."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_weeks import ACCOUNT, MONDAY, SUPPLIERS, ZONE, Made, accounts, counting, late

from poa.analysis.measures import measures, verdict
from poa.analysis.weeks import week_of, week_window
from poa.analysis.windows import Window
from poa.facts import Lines
from poa.orders import NOT_STATED
from poa.policy.kpis import kpis

WEEK = week_window("2026-W44")
NEXT = week_window("2026-W45")
EXACT = frozenset()
GROUPS = tuple(("supplier", name or NOT_STATED) for name in SUPPLIERS)
COUNTS = [one.id for one in kpis().values() if one.unit == "orders"]


def measured(orders, *, weeks=(WEEK,), group=ACCOUNT, coarse=EXACT, **more):
    """Each control figure of one group: its bounds, and how many orders it is of."""
    found = measures(counting(orders, **more), weeks, [group], coarse=coarse)
    return {
        (one.kpi, one.week) if len(weeks) > 1 else one.kpi: (one.low.value, one.high.value, one.of.value)
        for one in found
    }


def hours_after_purchase(dispatched, scanned, confirmed):
    """An order that is due 48 hours after its purchase."""
    return Made(
        purchased=-48,
        dispatched=None if dispatched is None else dispatched - 48,
        scanned=None if scanned is None else scanned - 48,
        confirmed=confirmed - 48,
    )


T4 = [
    hours_after_purchase(60, 66, 62),
    hours_after_purchase(40, 44, 50),
    hours_after_purchase(40, 55, 57),
    hours_after_purchase(None, 46, 49),
    hours_after_purchase(None, None, 70),
    hours_after_purchase(45, None, 53),
]


def test_the_worked_example_of_the_steps():
    """Of six late orders 1-2 left late, 1-3 were not picked up, 2-4 waited for the confirmation."""
    assert measured(T4) == {
        "late_confirmed": (2, 4, 6),
        "confirmation_lag": (17, 17, 5),  # 2, 3, 8, 10, 17
        "late_dispatched": (1, 2, 4),
        "late_dispatch_share": (0.25, 0.25, 4),
        "lead_time": (60, 60, 4),  # 40, 40, 45, 60
        "routing_lag": (None, None, 0),
        "pickup_missed": (1, 3, 2 + 1),
        "near_misses": (0, 0, 6),
        "overdue_open": (0, 0, 6),
        "late_orders": (6, 6, 6),
        "late_shipment_rate": (1, 1, 6),
    }


def test_the_ninety_per_cent_point_is_the_time_of_an_order():
    """Of ten orders it is the ninth, of eleven the tenth: rank ceil(0.9 n), and nothing between two orders."""
    for number in (1, 2, 9, 10, 11, 20):
        orders = [Made(purchased=-60, dispatched=-60 + hours) for hours in range(1, number + 1)]
        assert measured(orders)["lead_time"] == (ceil(0.9 * number), ceil(0.9 * number), number)


def test_a_lead_time_begins_at_the_supplier_where_a_file_tells_it_of_the_group():
    """The order time at the supplier of one group says nothing of another, which begins at the purchase."""
    orders = [
        Made(supplier="Alder Supply", ordered=-30, dispatched=-20),
        Made(supplier="Alder Supply", ordered=None, dispatched=-20),
        Made(supplier="Birch & Sons", ordered=None, dispatched=-20, purchased=-48),
    ]
    assert measured(orders, group=("supplier", "Alder Supply"))["lead_time"] == (10, 10, 1)
    assert measured(orders, group=("supplier", "Birch & Sons"))["lead_time"] == (28, 28, 1)
    assert measured(orders)["lead_time"] == (10, 10, 1)


def test_the_start_of_a_lead_time_does_not_change_from_week_to_week():
    """One week without an order time at the supplier does not fall back to the purchase."""
    orders = [
        Made(ordered=-30, dispatched=-20),
        Made(ordered=None, dispatched=-20, due=MONDAY + timedelta(days=8)),
    ]
    found = measured(orders, weeks=(WEEK, NEXT))
    assert found["lead_time", "2026-W44"] == (10, 10, 1)
    assert found["lead_time", "2026-W45"] == (None, None, 0)


def test_a_confirmation_lag_begins_at_the_scan_of_an_order_without_a_dispatch():
    orders = [
        Made(dispatched=-20, scanned=-15, confirmed=-10),
        Made(dispatched=None, scanned=-15, confirmed=-12),
    ]
    assert measured(orders[:1])["confirmation_lag"] == (10, 10, 1)
    assert measured(orders[1:])["confirmation_lag"] == (3, 3, 1)


@pytest.mark.parametrize(
    ("order", "kpi_id", "told"),
    [
        (Made(dispatched=-20, confirmed=-21), "confirmation_lag", (None, None, 0)),
        (Made(dispatched=-50, purchased=-48), "lead_time", (None, None, 0)),
        (Made(ordered=-49, purchased=-48), "routing_lag", (None, None, 0)),
        (late(dispatched=2, scanned=-1), "late_dispatched", (None, None, 0)),
        (late(dispatched=-2, scanned=-3), "pickup_missed", (None, None, 0)),
    ],
)
def test_times_out_of_order_are_not_told(order, kpi_id, told):
    """Hours are never negative, and an order that was scanned before it left tells neither."""
    assert measured([order])[kpi_id] == told


def test_an_order_dispatched_and_confirmed_in_one_moment_has_a_lag_of_no_time():
    assert measured([Made(dispatched=-10, confirmed=-10)])["confirmation_lag"] == (0, 0, 1)


@pytest.mark.parametrize(
    ("coarse", "told", "untold"),
    [
        ({"supplier_dispatched"}, {"routing_lag"}, {"confirmation_lag", "lead_time"}),
        ({"supplier_ordered"}, {"confirmation_lag"}, {"lead_time", "routing_lag"}),
        ({"ship_confirmed"}, {"lead_time", "routing_lag"}, {"confirmation_lag", "near_misses"}),
        ({"purchased"}, {"confirmation_lag", "lead_time"}, {"routing_lag"}),
        ({"first_scan"}, {"confirmation_lag", "lead_time", "routing_lag", "near_misses"}, set()),
    ],
)
def test_a_bare_day_gives_no_hours(coarse, told, untold):
    """Where a clock is a bare day, the hours that begin or end at it are not told; the others are."""
    order = Made(ordered=-40, dispatched=-20, scanned=-15, confirmed=-10)
    found = measured([order], coarse=frozenset(coarse))
    assert {name for name in told if found[name][0] is None} == set()
    assert {name for name in untold if found[name][0] is not None} == set()


def test_a_bare_day_of_dispatch_is_late_only_from_the_day_after():
    """On the ship-by day itself the parcel may have left before or after a ship-by time at noon."""
    noon = MONDAY + timedelta(hours=12)
    days = [Made(due=noon, dispatched=hours, confirmed=-1) for hours in (-36, -12, 12)]
    found = measured(days, coarse=frozenset({"supplier_dispatched"}))
    assert found["late_dispatched"] == (1, 2, 3)
    assert found["late_dispatch_share"] == (1 / 3, 2 / 3, 3)


def test_a_week_without_orders_tells_nothing():
    found = measures(counting([Made()]), [NEXT], [ACCOUNT, ("supplier", "nobody")], coarse=EXACT)
    assert {(one.low.value, one.high.value, one.of.value, one.due.value) for one in found} == {
        (None, None, 0, 0)
    }
    assert {verdict(one, kpis()[one.kpi], 1000.0) for one in found} == {"not_told"}


def test_one_order_in_time_is_held_and_one_late_order_missed():
    for orders, rate, told in (([Made()], 0.0, "held"), ([late()], 1.0, "missed")):
        found = {one.kpi: one for one in measures(counting(orders), [WEEK], [ACCOUNT], coarse=EXACT)}
        assert found["late_shipment_rate"].low.value == rate
        assert verdict(found["late_shipment_rate"], kpis()["late_shipment_rate"], 0.04) == told
        assert verdict(found["late_orders"], kpis()["late_orders"], 0) == told


def test_an_order_that_is_past_due_is_open_and_not_late_yet():
    """It is counted as past due; it may have left late as nobody says when; the rate may rise by it, and does not yet."""
    found = measured([Made(confirmed=None), Made(dispatched=-20)])
    assert found["overdue_open"] == (1, 1, 2)
    assert found["late_dispatched"] == (0, 1, 1)
    assert found["late_shipment_rate"] == (0, 0.5, 1)
    assert found["late_orders"] == (0, 1, 1)


def test_an_open_order_past_due_may_have_missed_its_pickup():
    found = measured([Made(confirmed=None), Made(dispatched=-20, scanned=-19)])
    assert found["pickup_missed"] == (0, 1, 1)


def test_a_list_of_late_orders_tells_nothing_of_open_ones_and_a_list_of_open_ones_does():
    assert measured([late()], complete=False)["overdue_open"] == (None, None, 0)
    assert measured([late(), Made(confirmed=None)], complete=False)["overdue_open"] == (1, 1, 2)


def test_without_orders_no_verdict_is_given_whatever_the_bounds():
    """None late of no orders holds nothing."""
    (found,) = (
        one
        for one in measures(counting([Made()]), [WEEK], [ACCOUNT], coarse=EXACT)
        if one.kpi == "late_orders"
    )
    assert verdict(found, kpis()["late_orders"], 0) == "held"
    assert verdict(replace(found, of=replace(found.of, value=0)), kpis()["late_orders"], 0) == "not_told"


def test_what_the_carrier_had_in_time_did_not_leave_late():
    assert measured([late(scanned=-2), Made(dispatched=-20)])["late_dispatched"] == (0, 0, 1)


def test_an_order_without_a_supplier_is_a_group_of_its_own():
    found = measured([late(supplier=""), Made()], group=("supplier", NOT_STATED))
    assert found["late_orders"] == (1, 1, 1)


def test_a_list_of_late_orders_tells_counts_and_no_share_and_no_hours():
    """Of late orders alone nobody can say how fast the week was, nor who nearly was late."""
    found = measured([late(ordered=-40, dispatched=1, scanned=2)] * 2, complete=False)
    assert {name for name, told in found.items() if told[0] is None} == {
        *("confirmation_lag", "late_dispatch_share", "lead_time", "routing_lag", "overdue_open"),
        "late_shipment_rate",
    }
    assert found["late_orders"] == (2, 2, 2)
    assert found["near_misses"] == (0, None, 2)


def test_where_not_every_late_order_is_known_nothing_with_late_orders_is_held():
    found = measures(
        counting([late(dispatched=-1), Made()], all_late_known=False), [WEEK], [ACCOUNT], coarse=EXACT
    )
    own = {one.kpi: one for one in found}
    assert own["late_shipment_rate"].low.value is None
    for name in ("late_orders", "late_confirmed", "late_dispatched", "pickup_missed"):
        assert own[name].high.value is None
        assert verdict(own[name], kpis()[name], 100) == "not_told"
    assert verdict(own["late_orders"], kpis()["late_orders"], 0) == "missed"


def test_each_group_has_the_control_figures_that_can_be_taken_of_it():
    """A carrier has no lead time."""
    groups = [ACCOUNT, ("supplier", "Alder Supply"), ("carrier", "Northway"), ("sku", "A-1")]
    found = measures(counting([Made()]), [WEEK], groups, coarse=EXACT)
    kinds = Counter(one.dimension for one in found)
    assert kinds == {kind: sum(kind in one.per for one in kpis().values()) for kind, _ in groups}
    assert ("carrier", "lead_time") not in {(one.dimension, one.kpi) for one in found}


def test_a_figure_has_its_own_name_and_the_rows_that_count():
    """The id names figure, week and group; the late order's line is listed."""
    found = measures(
        counting([Made(), late(), Made()]),
        [WEEK, NEXT],
        [ACCOUNT, ("supplier", "Alder Supply")],
        coarse=EXACT,
    )
    figures = [figure for one in found for figure in (one.low, one.high, one.of, one.due)]
    assert len({one.id for one in figures}) == len(figures)
    rate = next(one for one in found if one.kpi == "late_orders" and one.dimension == "supplier")
    assert rate.low.id == "weekly.kpi.late_orders.2026-W44.supplier.Alder Supply.low"
    assert rate.low.rows.lines == (Lines(file="report.csv", ranges=((3, 3),)),)
    assert rate.low.rows.rule == (
        "confirmed after the ship-by instant, supplier Alder Supply, "
        "ship-by day from 2026-10-26 to 2026-11-01 (America/Los_Angeles)"
    )


def test_the_repeated_hour_is_an_hour_of_the_four_before_a_ship_by_time():
    """On 1 November from 23:30 to 02:30 are four hours by the sun and three by the clock."""
    due = datetime(2026, 11, 1, 2, 30, tzinfo=ZoneInfo(ZONE))
    three_by_the_clock = datetime(2026, 10, 31, 23, 30, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    assert due.astimezone(UTC) - three_by_the_clock == timedelta(hours=4)
    assert measured([Made(due=due, confirmed=-4)])["near_misses"] == (1, 1, 1)
    assert measured([Made(due=due, confirmed=-4 - 1 / 3600)])["near_misses"] == (0, 0, 1)


def test_the_last_second_of_the_long_sunday_is_the_weeks_and_the_next_is_not():
    last = datetime(2026, 11, 1, 23, 59, 59, tzinfo=ZoneInfo(ZONE))
    orders = [late(due=last), late(due=last + timedelta(seconds=1))]
    found = measured(orders, weeks=(WEEK, NEXT))
    assert (found["late_orders", "2026-W44"], found["late_orders", "2026-W45"]) == ((1, 1, 1), (1, 1, 1))


def test_new_years_day_of_2027_is_in_week_53():
    found = measures(
        counting([late(due=datetime(2027, 1, 1, 12, tzinfo=UTC))]),
        [week_of(date(2027, 1, 1))],
        [ACCOUNT],
        coarse=EXACT,
    )
    assert {one.week for one in found} == {"2026-W53"}
    assert next(one for one in found if one.kpi == "late_orders").low.value == 1


# --- laws ------------------------------------------------------------------------------------------


@given(accounts())
def test_bounds_are_bounds(orders):
    """Low is at most high, a count at most the orders, a share between 0 and 1, hours never negative."""
    for one in measures(counting(orders), [WEEK, NEXT], [ACCOUNT, *GROUPS], coarse=EXACT):
        low, high = one.low.value, one.high.value
        assert one.of.value <= one.due.value
        assert (low is None) == (high is None)
        if low is None:
            continue
        assert 0 <= low <= high
        assert one.unit == "hours" or high <= {"fraction": 1, "orders": one.due.value}[one.unit]
        assert one.unit != "orders" or (one.low.rows.orders, one.high.rows.orders) == (low, high)


@given(accounts())
def test_the_suppliers_add_up_to_the_account(orders):
    """What surely counts of the account surely counts of one supplier, and no order is in two."""
    found = measures(counting(orders), [WEEK, NEXT], [ACCOUNT, *GROUPS], coarse=EXACT)
    whole, parts = Counter(), Counter()
    for one in found:
        into = whole if one.dimension == "account" else parts
        into[one.kpi, one.week, "due"] += one.due.value
        if one.unit == "orders":
            into[one.kpi, one.week, "of"] += one.of.value
            into[one.kpi, one.week, "low"] += one.low.value or 0
    assert whole == parts


@given(accounts())
def test_two_weeks_together_are_one_after_the_other(orders):
    """What is measured of a week does not depend on the weeks beside it; counts of a fortnight are those of its weeks."""
    made = counting(orders)
    groups = [ACCOUNT, *GROUPS]
    both = measures(made, [WEEK, NEXT], groups, coarse=EXACT)
    assert both == sum((measures(made, [week], groups, coarse=EXACT) for week in (WEEK, NEXT)), ())
    turned = measures(made, [NEXT, WEEK], groups, coarse=EXACT)
    assert sorted(both, key=lambda one: one.low.id) == sorted(turned, key=lambda one: one.low.id)
    fortnight = Window(days=14, first=WEEK.first, last=NEXT.last)
    for one in measures(made, [fortnight], [ACCOUNT], coarse=EXACT):
        weeks = [week for week in both if (week.kpi, week.dimension) == (one.kpi, "account")]
        assert one.due.value == sum(week.due.value for week in weeks)
        assert one.of.value == sum(week.of.value for week in weeks)
        assert one.unit != "orders" or (one.low.value or 0) == sum(week.low.value or 0 for week in weeks)


@given(accounts(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(orders, dice):
    shuffled = dice.sample(orders, len(orders))
    for group in (ACCOUNT, *GROUPS):
        assert measured(orders, group=group) == measured(shuffled, group=group)


@given(accounts(), st.sampled_from([-1, 1, 30]))
def test_one_more_late_order_is_one_more_late_order(orders, dispatched):
    """It never lowers a count, and raises the late orders by itself."""
    assume(any(one.confirmed is not None and WEEK.first <= one.due.date() <= WEEK.last for one in orders))
    before = measured([*orders, Made()])
    after = measured([*orders, Made(), late(dispatched=dispatched, confirmed=31)])
    assert after["late_orders"][0] == before["late_orders"][0] + 1
    assert after["late_shipment_rate"][0] >= before["late_shipment_rate"][0]
    for name in COUNTS:
        assert (after[name][0] or 0) >= (before[name][0] or 0), name


@given(accounts())
def test_renaming_a_supplier_changes_names_alone(orders):
    renamed = [
        replace(one, supplier={"Alder Supply": "Zelkova"}.get(one.supplier, one.supplier)) for one in orders
    ]
    assert measured(orders, group=("supplier", "Alder Supply")) == measured(
        renamed, group=("supplier", "Zelkova")
    )
    assert measured(orders) == measured(renamed)


@given(accounts())
def test_the_figures_are_those_that_a_loop_over_the_orders_gives(orders):
    """Counted again order by order, from the made-up times themselves."""
    found = measured(orders)
    week = [one for one in orders if WEEK.first <= one.due.date() <= WEEK.last]
    orderly = [one for one in week if not wrong(one)]
    confirmed = [one for one in week if one.confirmed is not None]
    tardy = [one for one in confirmed if one.confirmed > 0]
    assert (found["late_orders"][0] or 0) == len(tardy)
    assert (found["overdue_open"][0] or 0) == len(week) - len(confirmed)
    assert (found["near_misses"][0] or 0) == sum(-4 <= one.confirmed <= 0 for one in confirmed)
    left_late = [one for one in orderly if one.dispatched is not None and one.dispatched > 0]
    assert (found["late_dispatched"][0] or 0) == len(left_late)
    missed = [
        one
        for one in orderly
        if None not in (one.dispatched, one.scanned) and one.dispatched <= 0 < one.scanned
    ]
    assert (found["pickup_missed"][0] or 0) == len(missed)
    assert found["routing_lag"][0] == nine_tenths(orderly, "purchased", "ordered")
    at_supplier = any(one.ordered is not None for one in orders)
    assert found["lead_time"][0] == nine_tenths(
        orderly, "ordered" if at_supplier else "purchased", "dispatched"
    )


def wrong(one):
    pairs = [("purchased", "dispatched"), ("dispatched", "scanned")]
    return any(
        None not in (getattr(one, first), getattr(one, second)) and getattr(one, second) < getattr(one, first)
        for first, second in pairs
    )


def nine_tenths(orders, start, end):
    known = sorted(
        getattr(one, end) - getattr(one, start)
        for one in orders
        if None not in (getattr(one, start), getattr(one, end)) and getattr(one, end) >= getattr(one, start)
    )
    return known[ceil(len(known) * 9 / 10) - 1] if known else None


@given(accounts())
def test_no_late_order_surely_left_late_and_was_surely_handed_over_in_time(orders):
    tardy = [one for one in orders if (one.confirmed or 0) > 0]
    assume(tardy)
    found = measured(tardy)
    sure = sum(found[name][0] or 0 for name in ("late_confirmed", "late_dispatched"))
    assert sure <= (found["late_orders"][0] or 0)


def test_many_groups_and_weeks_are_measured_in_their_own_cells():
    """No order strays into a neighbouring cell where there are hundreds of them."""
    names = [f"Supplier {at:02d}" for at in range(12)]
    weeks = [week_of(WEEK.first + timedelta(days=7 * at)) for at in range(30)]
    rng = np.random.default_rng(7)
    orders = [
        Made(
            due=MONDAY + timedelta(days=int(rng.integers(0, 210)), hours=12),
            supplier=names[int(rng.integers(0, 12))],
            confirmed=float(rng.integers(-20, 3)),
        )
        for _ in range(600)
    ]
    found = measures(counting(orders), weeks, [("supplier", name) for name in names], coarse=EXACT)
    told = {(one.name, one.week): one.low.value or 0 for one in found if one.kpi == "late_orders"}
    expected = Counter(
        (one.supplier, f"{one.due.isocalendar().year}-W{one.due.isocalendar().week:02d}")
        for one in orders
        if one.confirmed > 0
    )
    assert {key: number for key, number in told.items() if number} == expected
