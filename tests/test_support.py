"""What supports a single figure: the facts of whom the sentence names, a statement of the case, or nothing."""

import pytest
from made_grounds import ALDER, BIRCH, SUPPORT, UNKNOWN, around, figure, made_ground, of, told

from poa.review.support import Supported

PROVEN = ("proven", None)


# --- numbers -------------------------------------------------------------------------------------

NUMBERS = [
    # Of the account, whoever is named.
    ("800 orders", (), ("proven", "late_shipment_rate.30.orders")),
    ("800 orders", (ALDER,), ("proven", "late_shipment_rate.30.orders")),
    ("40 late orders", (), ("proven", "late_shipment_rate.30.late")),
    ("22 late orders", (), ("proven", "late_shipment_rate.10.late")),
    ("40", (), ("proven", "late_shipment_rate.30.late")),
    ("801 orders", (), UNKNOWN),
    ("45", (), UNKNOWN),
    # Of a group, only where it is named; what it counts comes before what the account does.
    ("30 late orders", (ALDER,), ("proven", "late_by_supplier.S1.late")),
    ("30 late orders", (BIRCH, ALDER), ("proven", "late_by_supplier.S1.late")),
    ("30 late orders", (BIRCH,), UNKNOWN),
    ("30 late orders", (), UNKNOWN),
    ("120 orders", (ALDER,), ("proven", "late_by_supplier.S1.orders")),
    ("120 orders", (), UNKNOWN),
    # A count of orders is none of late ones; orders may be late ones.
    ("800 late orders", (), UNKNOWN),
    ("780 late orders", (), UNKNOWN),
    ("40 orders", (), ("proven", "late_shipment_rate.30.late")),
    ("41 orders", (), ("proven", "clocks.carrier_scan.late")),
    ("41 late orders", (), UNKNOWN),  # the carrier scanned them late
    ("28 late orders", (), ("proven", "stages.dispatch.low")),
    # What is counted must be what the fact counts.
    ("2500 rows", (), ("proven", "rows_read")),
    ("2500 orders", (), UNKNOWN),
    ("800 rows", (), UNKNOWN),
    ("18 SKUs", (), ("proven", "remedies.single_source_skus")),
    ("18 suppliers", (), ("proven", "remedies.single_source_skus")),
    ("18 carriers", (), ("proven", "remedies.single_source_skus")),
    ("18 orders", (), UNKNOWN),
    ("18 orders", (ALDER,), ("proven", "attribution.supplier.S1.change.rate_orders")),
    ("18 late orders", (ALDER,), ("proven", "attribution.supplier.S1.change.rate_orders")),
    ("18 rows", (), UNKNOWN),
    ("18", (), ("proven", "remedies.single_source_skus")),
    ("95.85 hours", ("BOWL-6",), ("proven", "remedies.handling.H1.actual_p90")),
    ("96 hours", ("BOWL-6",), ("proven", "remedies.handling.H1.actual_p90")),
    ("96 days", ("BOWL-6",), UNKNOWN),
    ("96 orders", ("BOWL-6",), UNKNOWN),
    ("3.25 days", ("BOWL-6",), ("proven", "remedies.handling.H1.gap")),
    ("3.25 hours", ("BOWL-6",), UNKNOWN),
    ("13 days", (), ("proven", "attribution.causes.1.late_caused")),
    ("13 hours", (), UNKNOWN),
    ("40 minutes", (), UNKNOWN),
    ("40 people", (), UNKNOWN),
    # Windows, and how many groups there are.
    ("30 days", (), PROVEN),
    ("10 days", (), PROVEN),
    ("30", (), PROVEN),
    ("30 hours", (), UNKNOWN),
    ("31 days", (), UNKNOWN),
    ("3 suppliers", (), PROVEN),
    ("2 suppliers", (), PROVEN),
    ("1 supplier", (), PROVEN),
    ("4 suppliers", (), UNKNOWN),
    ("2 carriers", (), UNKNOWN),
    # Annexes.
    ("Annex 1", (), PROVEN),
    ("Annex 2", (), PROVEN),
    ("Annex 3", (), UNKNOWN),
    # How many were usual is said where "usual" is.
    ("9 orders", (ALDER,), UNKNOWN),
    ("9 late orders", (ALDER,), UNKNOWN),
    # Bounds of what is no bound say nothing exactly, but nearly.
    ("over 39 late orders", (), ("proven", "late_shipment_rate.30.late")),
    ("over 40 late orders", (), UNKNOWN),
    ("at least 31 orders", (), ("proven", "budgets.30.allowed")),
    # About.
    ("about 800 orders", (), ("proven", "late_shipment_rate.30.orders")),
    ("about 770 orders", (), ("proven", "late_shipment_rate.30.orders")),
    ("about 810 orders", (), ("proven", "late_shipment_rate.30.orders")),
    ("about 850 orders", (), UNKNOWN),
    ("about 810 late orders", (), UNKNOWN),
    ("over 780 orders", (), ("proven", "late_shipment_rate.30.orders")),
    ("over 780 late orders", (), UNKNOWN),
    ("over 21 late orders", (), ("proven", "late_shipment_rate.10.late")),
    ("over 21 orders", (), ("proven", "late_shipment_rate.10.late")),
    ("over 21", (), ("proven", "late_shipment_rate.10.late")),
    ("over 115 orders", (), UNKNOWN),
    ("over 115 orders", (ALDER,), ("proven", "late_by_supplier.S1.orders")),
    ("over 29 late orders", (ALDER,), ("proven", "late_by_supplier.S1.late")),
    ("over 30 late orders", (ALDER,), UNKNOWN),
    ("over 37 orders", ("BOWL-6",), ("proven", "late_shipment_rate.30.late")),
    ("over 2450 orders", (), UNKNOWN),
    ("over 2450 rows", (), UNKNOWN),
    ("over 39 minutes", (), UNKNOWN),
    ("over 39 people", (), UNKNOWN),
    ("over 39 suppliers", (), UNKNOWN),
    ("over 25 late orders", (), UNKNOWN),  # the 28 of a step are no window's
    ("over 25 late orders", (ALDER,), UNKNOWN),
]


@pytest.mark.parametrize(("text", "groups", "expected"), NUMBERS)
def test_a_number_is_one_of_whom_the_sentence_names_or_of_the_account(text, groups, expected):
    assert told(text, *groups) == expected


@pytest.mark.parametrize(
    ("text", "groups", "expected"),
    [
        ("760 orders", (), ("proven", "late_shipment_rate.30.late")),
        ("760", (), ("proven", "late_shipment_rate.30.late")),
        ("90 orders", (ALDER,), ("proven", "late_by_supplier.S1.late")),
        ("760 late orders", (), UNKNOWN),
        ("760 suppliers", (), UNKNOWN),
        ("40 orders", (), UNKNOWN),
        ("800 orders", (), ("proven", "late_shipment_rate.30.orders")),
        ("about 760 orders", (), ("proven", "late_shipment_rate.30.late")),
        ("about 800 orders", (), ("proven", "late_shipment_rate.30.orders")),
        ("over 39 orders", (), UNKNOWN),
    ],
)
def test_a_number_of_orders_in_time_is_what_was_not_late(text, groups, expected):
    assert told(text, *groups, in_time=True) == expected


def test_orders_in_time_are_none_where_the_sentence_does_not_say_so():
    assert told("760 orders") == UNKNOWN


def test_days_are_those_of_a_window_or_from_a_first_to_a_last_day():
    facts = {"incidents.0.from": ("day", "2026-10-14"), "incidents.0.to": ("day", "2026-10-18")}
    assert told("5 days", ground=made_ground(facts=facts)) == PROVEN
    assert told("5 days") == UNKNOWN
    assert told("10 days", ground=made_ground(without=("late_shipment_rate.10.from",))) == PROVEN


@pytest.mark.parametrize("text", ["2 orders", "9 orders", "9 late orders"])
def test_what_is_usual_is_told_where_the_sentence_says_so(text):
    assert told(text, ALDER)[0] == "unknown"
    assert told(text, ALDER, usual=True)[0] == "proven"


def test_a_figure_has_the_groups_and_windows_that_it_may_be_of():
    assert of("40 late orders").scopes == {30}
    assert of("30 late orders", ALDER).scopes == {ALDER}
    assert of("760 orders", in_time=True).scopes == {30}
    assert of("2500 rows").scopes == {None}
    assert of("30 days").scopes == frozenset()
    assert of("21 orders", ALDER).scopes == {ALDER}
    facts = {"late_shipment_rate.10.late": ("orders", 40), "budgets.30.week_orders": ("orders", 40)}
    assert of("40 late orders", ground=made_ground(facts=facts)).scopes == {30, 10}


# --- statements ----------------------------------------------------------------------------------

CAUSE, MEASURE = "case.cause.0.statement", "case.preventive.0.measure"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("6 packers", CAUSE),
        ("10:00", CAUSE),
        ("17 July 2026", CAUSE),
        ("2.5%", MEASURE),
        ("4 November 2026", "case.letter_date"),
    ],
)
def test_what_the_case_states_is_the_sellers_own(text, fact):
    assert told(text) == ("sellers_own", fact)


@pytest.mark.parametrize("text", ["11:00", "7 packers", "18 July 2026", "2.6%"])
def test_what_neither_rows_nor_case_know_is_unknown(text):
    assert told(text) == UNKNOWN


def test_what_rows_prove_is_proven_also_where_the_case_states_it():
    assert told("40 late orders") == ("proven", "late_shipment_rate.30.late")
    assert told("3 suppliers") == PROVEN


def test_a_rate_that_is_misrounded_may_be_the_cases_own():
    facts = {CAUSE: ("statement", "Our rate was 8%.")}
    assert told("8%") == ("misleading", "late_shipment_rate.10.rate")
    assert told("8%", ground=made_ground(facts=facts)) == ("sellers_own", CAUSE)


def test_a_code_that_is_misspelt_may_be_the_cases_own():
    facts = {CAUSE: ("statement", "MUG-13 was sold out.")}
    assert of("MUG-13") == Supported(verdict="untrue", expected="MUG-11")
    assert told("MUG-13", ground=made_ground(facts=facts)) == ("sellers_own", CAUSE)


# --- days, orders, codes, times ------------------------------------------------------------------

NAMED = [
    ("31 October 2026", ("proven", "as_of")),
    ("2 October 2026", ("proven", "late_shipment_rate.30.from")),
    ("2 October", ("proven", "late_shipment_rate.30.from")),
    ("October 2026", ("proven", "as_of")),
    ("3 November 2026", ("proven", "")),
    ("2 October 2025", UNKNOWN),
    ("3 October", UNKNOWN),
    ("September 2026", UNKNOWN),
    ("10:30", UNKNOWN),
    ("111-1839303-3150322", ("proven", "late_orders.111-1839303-3150322")),
    ("112-7654321-1234567", PROVEN),
    ("112-7654321-1234568", ("left", None)),
    ("MUG-11", PROVEN),
    ("mug-11", PROVEN),
    ("S2", ("proven", "late_by_supplier.S2.name")),
    ("s2", ("proven", "late_by_supplier.S2.name")),
    ("ZZZ-99", UNKNOWN),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_days_orders_and_codes_are_those_that_there_are(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(("text", "fact"), [("10月", "as_of"), ("11月", "case.letter_date"), ("9月", None)])
def test_a_month_without_its_year_is_one_in_which_a_day_is(text, fact):
    assert SUPPORT.of(figure(text, language="ja"), around()).fact == fact


def test_an_order_is_left_to_another_rule_only_where_there_is_a_list():
    bare = made_ground(without=("late_orders.1",), late_orders=frozenset())
    assert told("112-7654321-1234568", ground=bare) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MUG-12", ("untrue", "MUG-11")),
        ("S22", ("untrue", None)),
        ("late-order5.xlsx", ("untrue", "late-orders.xlsx")),
    ],
)
def test_a_code_like_one_that_there_is_names_it_as_it_is_written(text, expected):
    one = of(text)
    assert (one.verdict, one.expected, one.fact) == (*expected, None)
