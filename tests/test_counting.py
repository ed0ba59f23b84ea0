"""Counting: laws that hold for every report, the examples worked by hand, and a second, slower counter."""

import csv
import io
import json
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from math import fsum, isclose
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import often
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import (
    ALIASES,
    HEADER,
    Line,
    cells,
    facts,
    local_stamp,
    order_id,
    orders,
    report,
    stamp,
    summary,
    text_of,
    told,
    windows,
)

from poa.analysis.intervals import FEW, wilson
from poa.errors import InputFault, UsageFault
from poa.facts import evidence_data, summary_data
from poa.policy import late_shipment_rule
from poa.rounding import rounded

RULE = late_shipment_rule()
ZONES = {"US": "America/Los_Angeles", "JP": "Asia/Tokyo", "DE": "Europe/Berlin"}
NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def lines(*, late, on_time, supplier="", start=1):
    """So many late and punctual orders of one day."""
    return [
        Line(
            order=start + at,
            item="",
            sku="A-1",
            supplier=supplier,
            purchased=NOON - DAY,
            ship_by=NOON,
            confirmed=NOON + timedelta(hours=1 if at < late else -1),
        )
        for at in range(late + on_time)
    ]


# --- An oracle: the definitions of the domain in plain Python, order by order.

STAMPS = {"ship-by": "ship-by-date", "purchase": "purchase-date", "confirm": "ship-confirm-date"}


def counted(text, *, zone, basis, as_of):
    clock = ZoneInfo(zone)

    def read(cell):
        moment = datetime.fromisoformat(cell) if cell else None
        return moment.replace(tzinfo=clock) if moment and moment.tzinfo is None else moment

    def day(moment):
        return moment.astimezone(clock).date()

    by_order = defaultdict(list)
    for row in csv.DictReader(io.StringIO(text)):
        by_order[row["order-id"]].append({**row, **{name: read(row[name]) for name in STAMPS.values()}})
    table = []
    for rows in by_order.values():
        due, confirmed, bought = (
            [row[STAMPS[name]] for row in rows] for name in ("ship-by", "confirm", "purchase")
        )
        late = any(
            done and done.astimezone(UTC) > by.astimezone(UTC)
            for done, by in zip(confirmed, due, strict=True)
        )
        told_all = late or None not in confirmed
        latest = {
            "ship-by": max(due),
            "confirm": max(filter(None, confirmed)) if told_all else None,
            "purchase": max(filter(None, bought), default=None),
        }
        suppliers = {" ".join(row["supplier"].split()) or "(not stated)" for row in rows}
        name = suppliers.pop() if len(suppliers) == 1 else "(several)"
        table.append((latest, late, told_all, name))
    seen = [
        row[name]
        for rows in by_order.values()
        for row in rows
        for name in STAMPS.values()
        if name != "ship-by-date"
    ]
    stamps = [moment.astimezone(UTC) for moment in seen if moment]
    dues = [latest["ship-by"].astimezone(UTC) for latest, *_ in table]
    end = as_of or min(day(max(dues)), day(max(stamps, default=max(dues))))
    now = max(stamps, default=max(dues))
    found: dict[Any, Any] = {"as_of": end.isoformat(), "suppliers": defaultdict(lambda: [0, 0])}
    found["confirmed"] = [latest["confirm"] for latest, *_ in table]
    known = [day(latest[basis]) for latest, *_ in table if latest[basis]]
    found["span"] = [min(known).isoformat(), max(known).isoformat()] if known else None
    for days in (30, 10, None):
        late_ones = all_ones = overdue = 0
        for latest, late, told_all, name in table:
            moment = latest[basis]
            if days and not (moment and end - timedelta(days=days - 1) <= day(moment) <= end):
                continue
            late_ones, all_ones = late_ones + late, all_ones + told_all
            overdue += not told_all and latest["ship-by"].astimezone(UTC) < now
            if days == 30 and told_all:
                found["suppliers"][name][0] += late
                found["suppliers"][name][1] += 1
        found[days] = (late_ones, all_ones, overdue)
    return found


@settings(max_examples=often(100))
@given(
    orders(),
    st.sampled_from(sorted(ZONES)),
    st.sampled_from(sorted(STAMPS)),
    st.sampled_from([None, date(2026, 10, 25), date(2026, 11, 1)]),
    st.booleans(),
)
def test_a_slow_counter_in_plain_python_finds_the_same_numbers(made, store, basis, as_of, local):
    """Windows, suppliers and open orders are those of the definitions, on any basis, in any zone."""
    assume(basis == "ship-by" or any(line.purchased for line in made))
    zone = ZONES[store]
    text = report(made, written=local_stamp(zone) if local else stamp)
    expected = counted(text, zone=zone, basis=basis, as_of=as_of)
    assume(basis != "confirm" or any(latest for latest in expected["confirmed"]))
    found = summary(text, marketplace=store, window_by=basis, as_of=as_of, complete=True)
    rates = {rate["window_days"]: rate for rate in found["late_shipment_rate"]}
    assert found["as_of"] == expected["as_of"]
    assert [rates[None][end] for end in ("from", "to")] == expected["span"]
    for days, rate in rates.items():
        assert (rate["late"], rate["orders"], rate["unconfirmed"]) == expected[days]
    shares = {one["name"]: [one["late"], one["orders"]] for one in found["late_by_supplier"]["suppliers"]}
    assert shares == expected["suppliers"]
    assert found["unconfirmed_past_due"] == expected[None][2]


# --- Laws


@settings(max_examples=often(20))
@given(orders(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_count(made, chance):
    """Shuffled rows tell the same facts; only line numbers differ."""
    shuffled = list(made)
    chance.shuffle(shuffled)
    assert told(facts(report(made))) == told(facts(report(shuffled)))


@settings(max_examples=often(20))
@given(orders(), st.permutations(range(len(HEADER))))
def test_the_order_of_columns_does_not_count(made, places):
    """Columns are found by their names, so a file with its columns moved tells the same, line by line."""
    moved = text_of(
        [[cells(line)[at] for at in places] for line in made], header=[HEADER[at] for at in places]
    )
    one, other = facts(report(made)), facts(moved)
    assert told(one) == told(other)
    assert evidence_data(one) == evidence_data(other)
    assert one.source.files[0].columns == other.source.files[0].columns


@settings(max_examples=often(20))
@given(orders(), st.integers(2, 4))
def test_counts_scale_with_the_orders(made, times):
    """Every order repeated under other ids multiplies counts, and leaves rates and shares alone."""
    many = [replace(line, order=line.order + 1000 * at) for at in range(times) for line in made]
    one, more = summary(report(made), complete=True), summary(report(many), complete=True)
    for few, lot in zip(one["late_shipment_rate"], more["late_shipment_rate"], strict=True):
        assert [few[key] * times for key in ("late", "orders", "unconfirmed")] == [
            lot[key] for key in ("late", "orders", "unconfirmed")
        ]
        assert (few["rate"], few["meets_target"]) == (lot["rate"], lot["meets_target"])
        if few["orders"]:
            assert lot["high"] - lot["low"] < few["high"] - few["low"]
    for few, lot in zip(
        one["late_by_supplier"]["suppliers"], more["late_by_supplier"]["suppliers"], strict=True
    ):
        assert [few["name"], few["late"] * times, few["orders"] * times] == [
            lot["name"],
            lot["late"],
            lot["orders"],
        ]
        assert (few["share_of_late"], few["share_of_orders"]) == (
            lot["share_of_late"],
            lot["share_of_orders"],
        )


@settings(max_examples=often(25))
@given(orders(most=20), st.booleans())
def test_suppliers_add_up_to_the_account(made, complete):
    """Orders and late orders of all suppliers, blank and several included, are those of the 30 days."""
    found = summary(report(made), complete=complete)
    window = found["late_shipment_rate"][0]
    shares = found["late_by_supplier"]["suppliers"]
    assert sum(one["late"] for one in shares) == window["late"]
    if window["orders"] is not None:
        assert sum(one["orders"] for one in shares) == window["orders"]
    if window["late"]:
        assert isclose(fsum(one["share_of_late"] for one in shares), 1)
    if window["orders"]:
        assert isclose(fsum(one["share_of_orders"] for one in shares), 1)


@settings(max_examples=often(20))
@given(orders(), st.booleans())
def test_the_same_bytes_give_the_same_facts_and_valid_json(made, complete):
    """Nothing depends on clock or chance, and no figure is NaN or infinite."""
    one, other = (facts(report(made), complete=complete) for _ in range(2))
    assert one == other
    json.dumps([summary_data(one), evidence_data(one)], allow_nan=False)


@settings(max_examples=often(20))
@given(orders(), st.integers(1, 400))
def test_moving_all_dates_by_days_moves_the_windows_alone(made, days):
    """In a zone without clock changes, a report of other days has the same numbers on other days."""
    away = timedelta(days=days)
    later = [
        replace(
            line,
            purchased=line.purchased and line.purchased + away,
            ship_by=line.ship_by + away,
            confirmed=line.confirmed and line.confirmed + away,
        )
        for line in made
    ]

    def moved(found):
        match found:
            case dict():
                return {key: moved(value) for key, value in found.items()}
            case list():
                return [moved(value) for value in found]
            case str() if len(found) == 10 and found[4] + found[7] == "--":
                return (date.fromisoformat(found) + away).isoformat()
            case str() if len(found) == 20 and found.endswith("Z"):
                return f"{datetime.fromisoformat(found) + away:%Y-%m-%dT%H:%M:%SZ}"
            case _:
                return found

    one, other = (summary(report(rows), marketplace="JP") for rows in (made, later))
    for found in (one, other):
        found.pop("source")
        for waiting in found["past_due"]:  # business days do not move with the calendar
            waiting.pop("cancelled_after"), waiting.pop("due")
    assert moved(one) == other


@settings(max_examples=often(25))
@given(orders(), st.sampled_from(["ship-by", "purchase"]))
def test_each_day_is_in_the_day_by_day_list_once(made, basis):
    """The days follow one another up to the as-of day, and those of the window add up to its figures."""
    assume(basis == "ship-by" or any(line.purchased for line in made))
    found = summary(report(made), complete=True, window_by=basis)
    days = [date.fromisoformat(one["day"]) for one in found["days"]]
    assert all(later - day == DAY for day, later in pairwise(days))
    assert not days or days[-1].isoformat() == found["as_of"]
    window = found["late_shipment_rate"][0]
    inside = [one for one in found["days"] if window["from"] <= one["day"]]
    assert (sum(one["late"] for one in inside), sum(one["orders"] for one in inside)) == (
        window["late"],
        window["orders"],
    )


@settings(max_examples=often(20))
@given(orders(most=8))
def test_every_figure_names_the_rows_behind_it(made):
    """The lines listed for late orders are exactly the lines of the late orders of that window."""
    found = facts(report(made), complete=True)
    late = {line.order for line in made if line.confirmed and line.confirmed > line.ship_by}
    expected = {at for at, line in enumerate(made, start=2) if line.order in late}
    places = evidence_data(found)["late_shipment_rate.all.late"]["rows"].get("lines", [])
    listed = {at for place in places for first, last in place["ranges"] for at in range(first, last + 1)}
    assert listed == expected


def test_lines_are_listed_as_ranges():
    """Neighbouring lines are one range, and a line between two ranges is in neither."""
    made = lines(late=0, on_time=7)
    for at in (0, 2, 3, 6):
        made[at] = replace(made[at], confirmed=NOON + timedelta(hours=1))
    rows = evidence_data(facts(report(made), complete=True))["late_shipment_rate.all.late"]["rows"]
    assert rows["lines"] == [{"file": "report.csv", "ranges": [[2, 2], [4, 5], [8, 8]]}]


# --- The interval and the verdict


@pytest.mark.parametrize(
    ("late", "orders", "low", "high"),
    [
        (72, 600, 0.096386, 0.148449),
        (0, 20, 0.0, 0.161125),
        (3, 50, 0.020615, 0.162171),
        (1, 25, 0.007096, 0.195441),
        (20, 20, 0.838875, 1.0),
    ],
)
def test_wilsons_interval_is_the_worked_one(late, orders, low, high):
    """The interval of each worked example is right to the sixth digit, in the function and in the facts."""
    assert wilson(late, orders) == pytest.approx((low, high), abs=5e-7)
    rate = summary(report(lines(late=late, on_time=orders - late)), complete=True)["late_shipment_rate"][2]
    assert (rate["low"], rate["high"]) == wilson(late, orders)


COUNTS = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=often(200))
@given(COUNTS)
def test_wilsons_interval_keeps_its_shape(counts):
    """It holds the rate, stays within 0 and 1, rises with late orders, mirrors, and narrows with more."""
    late, n = counts
    low, high = wilson(late, n)
    assert 0 <= low <= late / n <= high <= 1
    assert (low == 0) == (late == 0)
    assert (high == 1) == (late == n)
    if late < n:
        assert low < wilson(late + 1, n)[0]
        assert high < wilson(late + 1, n)[1]
    assert wilson(n - late, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)
    wide = wilson(4 * late, 4 * n)
    assert wide[1] - wide[0] < high - low


@pytest.mark.parametrize(
    ("late", "orders", "met"), [(4, 100, False), (1, 25, False), (3, 100, True), (0, 1, True)]
)
def test_exactly_the_target_fails(late, orders, met):
    """4 of 100 and 1 of 25 miss the target of under 4 %, 3 of 100 meets it: in the facts too."""
    assert RULE.met(late=late, orders=orders) is met
    rate = summary(report(lines(late=late, on_time=orders - late)), complete=True)["late_shipment_rate"][0]
    assert (rate["meets_target"], rate["target"], rate["late"]) == (met, 0.04, late)


@settings(max_examples=often(300))
@given(st.integers(0, 10**6), st.integers(1, 10**7), st.integers(2, 9))
def test_the_verdict_is_judged_in_whole_numbers(late, n, times):
    """It is the verdict of exact fractions, scales, and no order changes it in the wrong direction."""
    met = RULE.met(late=late, orders=n)
    assert met == (Fraction(late, n) < Fraction(4, 100))
    assert met == RULE.met(late=late * times, orders=n * times)
    assert met or not RULE.met(late=late + 1, orders=n + 1)
    assert RULE.met(late=late, orders=n + 1) or not met


@pytest.mark.parametrize(
    ("n", "most"), [(1, 0), (25, 0), (26, 1), (50, 1), (51, 2), (100, 3), (101, 4), (200, 7), (250, 9)]
)
def test_the_budget_of_late_orders_is_the_worked_one(n, most):
    """The most late orders that still meet the target are those of the worked table."""
    assert RULE.met(late=most, orders=n)
    assert not RULE.met(late=most + 1, orders=n)


@settings(max_examples=often(200))
@given(st.integers(0, 10**6), st.integers(1, 10**9))
def test_a_printed_rate_stands_on_the_true_side_of_the_target(late, n):
    """However near the target a rate is, its rounded percentage gives the verdict of whole numbers."""
    assume(late <= n)
    number, _ = rounded(late / n, against=0.04)
    assert (number < 4) == RULE.met(late=late, orders=n) or Fraction(late / n) == Fraction(0.04)


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.03999999999, "3.999999"), (0.04, "4.00"), (0.03996, "3.996"), (0.040000000001, "4.000001")],
)
def test_rounding_never_reaches_the_target(value, printed):
    """A rate a hair under the target is not printed as the target, nor is one a hair above."""
    assert str(rounded(value, against=0.04)[0]) == printed


def test_a_small_window_is_marked_as_few():
    """Under 20 orders a percentage misleads, so the window and the supplier say so."""
    for count, few in ((FEW - 1, True), (FEW, False)):
        found = summary(report(lines(late=1, on_time=count - 1)), complete=True)
        assert found["late_shipment_rate"][0]["few"] is few
        assert found["late_by_supplier"]["suppliers"][0]["few"] is few


def test_a_window_without_orders_has_no_rate():
    """No orders is not 0 %: rate, interval and verdict are absent."""
    rate = summary(report(lines(late=1, on_time=9)), as_of=date(2026, 11, 10))["late_shipment_rate"][1]
    assert (rate["late"], rate["orders"]) == (0, 0)
    assert {rate[key] for key in ("rate", "low", "high", "meets_target", "at_least")} == {None}


def test_late_is_after_the_instant_and_equal_is_on_time():
    """Confirmed in the very second of the deadline is on time, one second later is late."""
    one = lines(late=0, on_time=1)[0]
    for seconds, late in ((0, 0), (1, 1)):
        found = summary(report([replace(one, confirmed=NOON + timedelta(seconds=seconds))]), complete=True)
        assert windows(found)[None] == (late, 1)


def test_open_orders_stand_beside_the_rate():
    """Unconfirmed past the deadline is counted apart, and the rate if confirmed now is at least that."""
    made = [
        *lines(late=1, on_time=8),
        *(replace(line, confirmed=None) for line in lines(late=0, on_time=2, start=50)),
        *(replace(line, confirmed=None, ship_by=NOON + DAY) for line in lines(late=0, on_time=1, start=60)),
    ]
    found = summary(report(made), complete=True)
    rate = found["late_shipment_rate"][0]
    assert (rate["late"], rate["orders"], rate["unconfirmed"]) == (1, 9, 2)
    assert rate["at_least"] == pytest.approx(3 / 11)
    assert found["unconfirmed_past_due"] == 2
    later = summary(report(made), complete=True, now=NOON + 2 * DAY)
    assert later["unconfirmed_past_due"] == 3


def test_now_is_the_latest_stamp_of_any_row():
    """A confirmation of one item of an unfinished order is a stamp, and its other item is overdue by it."""
    first = lines(late=0, on_time=1)[0]
    made = [
        replace(first, item="1", confirmed=None),
        replace(first, item="2", sku="B", ship_by=NOON + 3 * DAY, confirmed=NOON + 2 * DAY),
        replace(first, order=2, confirmed=None),
    ]
    assert summary(report(made), complete=True)["unconfirmed_past_due"] == 2


def test_the_moment_of_now_is_told_in_utc():
    """A moment given with another offset is judged as that instant and printed as UTC."""
    made = [replace(line, confirmed=None) for line in lines(late=0, on_time=1)]
    zone = ZoneInfo("Asia/Tokyo")
    found = facts(report(made), now=(NOON + timedelta(hours=1)).astimezone(zone))
    assert found.unconfirmed_past_due.value == 1
    assert "2026-10-20T13:00:00Z" in found.unconfirmed_past_due.rows.rule


def test_a_long_list_of_suppliers_is_summed_up():
    """A table names ten suppliers and puts the others into one line, so that nothing is lost."""
    made = [
        line
        for at in range(15)
        for line in lines(late=at % 3, on_time=3, supplier=f"Supplier {at:02d}", start=100 * at + 1)
    ]
    found = summary(report(made), complete=True)["late_by_supplier"]
    assert (len(found["suppliers"]), len(found["top"]), found["rest_count"]) == (15, 10, 5)
    assert found["suppliers"][:10] == found["top"]
    assert sum(one["late"] for one in found["top"]) + found["rest"]["late"] == sum(at % 3 for at in range(15))
    assert [one["key"] for one in found["top"]] == [f"S{at}" for at in range(1, 11)]


# --- Does the file list every order?

PLAIN = ("order-id", "ship-by-date", "ship-confirm-date")


def three(header, late, on_time):
    rows = [
        [order_id(line.order), stamp(line.ship_by), stamp(line.confirmed)]
        for line in lines(late=late, on_time=on_time)
    ]
    return text_of(rows, header=header)


@pytest.mark.parametrize(
    ("header", "late", "on_time", "options", "expected"),
    [
        (PLAIN, 2, 2, {}, 4),
        (PLAIN, 3, 2, {}, None),
        (PLAIN, 3, 2, {"complete": True}, 5),
        (PLAIN, 3, 2, {"orders": 90}, 90),
        (ALIASES, 1, 9, {}, None),
        (ALIASES, 1, 9, {"complete": True}, 10),
        (ALIASES, 1, 9, {"mapping": "complete = true\n"}, 10),
        (PLAIN, 1, 9, {"mapping": "complete = false\n"}, None),
        (ALIASES, 1, 9, {"orders": 40}, 40),
    ],
)
def test_a_rate_needs_a_list_of_every_order_or_a_number(header, late, on_time, options, expected):
    """A plain header with at most half its orders late has a rate; a list of late orders has none of its own."""
    found = summary(three(header, late, on_time), **options)
    rate = found["late_shipment_rate"][0]
    assert (rate["late"], rate["orders"]) == (late, expected)
    assert (rate["rate"] is None) == (rate["meets_target"] is None) == (expected is None)
    assert rate["rate"] is None or rate["rate"] == late / (expected or 1)


def test_without_every_order_nothing_is_said_of_orders_of_suppliers_or_days():
    """A list of late orders gives no supplier's rate, no share of orders, and no days."""
    found = summary(three(ALIASES, 3, 0), orders=500)
    one = found["late_by_supplier"]["suppliers"][0]
    assert (one["late"], one["share_of_late"]) == (3, 1)
    assert {one[key] for key in ("orders", "rate", "low", "high", "share_of_orders")} == {None}
    assert found["days"] == []


def test_a_list_of_one_file_is_enough_to_lose_the_whole():
    """With a list of late orders beside a full list, the whole is no full list."""
    full = three(PLAIN, 1, 9)
    more = text_of([[order_id(500), stamp(NOON), stamp(NOON + DAY)]], header=ALIASES)
    assert summary(full, more)["late_shipment_rate"][0]["orders"] is None


@pytest.mark.parametrize(("number", "code"), [(2, "too_few_orders"), (10**400, "too_many_orders")])
def test_a_typed_number_that_cannot_be_is_refused(number, code):
    """Fewer orders than late orders, or more than the world has, stop the run with a sentence."""
    with pytest.raises(UsageFault) as fault:
        facts(three(ALIASES, 3, 0), orders=number)
    assert fault.value.code == code
    assert fault.value.hint


def test_a_typed_number_beside_a_full_list_is_only_mentioned():
    """The rows are counted; that the seller typed another number is printed as an assumption."""
    found = summary(three(PLAIN, 1, 9), orders=50)
    assert found["late_shipment_rate"][0]["orders"] == 10
    assert any("stated 50 orders" in words and "hold 10" in words for words in found["source"]["assumptions"])


# --- Windows


def test_a_window_holds_both_its_ends_in_the_days_of_the_store():
    """Thirty days end on the as-of day; the first second of the first and the last of the last are in."""
    clock = ZoneInfo(ZONES["US"])
    edges = [
        datetime(2026, 10, 1, 23, 59, 59, tzinfo=clock),
        datetime(2026, 10, 2, 0, 0, 0, tzinfo=clock),
        datetime(2026, 10, 31, 23, 59, 59, tzinfo=clock),
        datetime(2026, 11, 1, 0, 0, 0, tzinfo=clock),
    ]
    made = [
        replace(line, ship_by=edge, purchased=None, confirmed=edge - DAY)
        for line, edge in zip(lines(late=0, on_time=4), edges, strict=True)
    ]
    found = summary(report(made), as_of=date(2026, 10, 31))
    assert windows(found) == {30: (0, 2), 10: (0, 1), None: (0, 4)}
    assert [found["late_shipment_rate"][0][key] for key in ("from", "to")] == ["2026-10-02", "2026-10-31"]


def test_orders_without_the_day_of_the_basis_are_named():
    """Where windows go by purchase day, orders without one are in no window, and that is said."""
    made = lines(late=0, on_time=5)
    made[0] = replace(made[0], purchased=None)
    found = summary(report(made), window_by="purchase")
    assert windows(found) == {30: (0, 4), 10: (0, 4), None: (0, 5)}
    assert any("without a purchase day: 1" in words for words in found["source"]["assumptions"])


def _no_purchase():
    return three(PLAIN, 1, 9)


def _all_open():
    return report([replace(line, confirmed=None) for line in lines(late=0, on_time=3)])


@pytest.mark.parametrize(("text", "basis"), [(_no_purchase, "purchase"), (_all_open, "confirm")])
def test_a_basis_that_no_order_has_is_refused(text, basis):
    """Windows by a date that no order states would all be empty, so the run stops and says so."""
    with pytest.raises(UsageFault) as fault:
        facts(text(), window_by=basis)
    assert fault.value.code == "no_window_day"
    assert fault.value.hint


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1994, 5, 5), date(9999, 12, 31)])
def test_an_as_of_day_outside_amazons_life_is_refused(day):
    """No window reaches outside the calendar."""
    with pytest.raises(UsageFault) as fault:
        facts(report(lines(late=1, on_time=3)), as_of=day)
    assert fault.value.code == "bad_as_of"


def test_reports_that_contradict_each_other_everywhere_are_refused():
    """Where no order is told in one way, there is nothing to count, and the first line is named."""
    one = lines(late=1, on_time=0)
    with pytest.raises(InputFault) as fault:
        facts(report(one), report([replace(one[0], confirmed=one[0].confirmed + timedelta(hours=1))]))
    assert (fault.value.code, fault.value.file, fault.value.line) == ("no_usable_row", "report.csv", 2)
