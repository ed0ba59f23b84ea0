"""What the facts of a run are sorted by: their values, as counts, shares and codes, and the seller's own figures."""

from dataclasses import replace
from decimal import Decimal

import pytest
from made_grounds import figure, made_ground, made_known

from poa.review.known import _may_count

KNOWN = made_known()


# --- values --------------------------------------------------------------------------------------

SHOWN = [
    ("late_shipment_rate.30.rate", "5.00%"),
    ("late_by_supplier.S3.rate", "1.84%"),
    ("late_by_supplier.S2.rate", "0.00%"),
    ("rows_read", "2,500"),
    ("late_shipment_rate.30.late", "40"),
    ("late_by_supplier.S2.late", "0"),
    ("as_of", "2026-10-31"),
    ("late_by_supplier.S1.name", "Alder Supply"),
    ("remedies.handling.H1.actual_p90", "95.85"),
]


@pytest.mark.parametrize(("fact", "shown"), SHOWN)
def test_a_value_is_shown_as_a_reader_writes_it(fact, shown):
    assert KNOWN.shown(fact) == shown


def test_a_share_that_there_is_not_is_shown_as_none():
    assert made_known(made_ground(facts={"x.rate": ("fraction", None)})).shown("x.rate") == "None"


LATE_OF_ORDERS = [
    (30, "40 / 800"),
    (10, "22 / 250"),
    (7, None),
    ("Alder Supply", "30 / 120"),
    ("Birch & Sons", "0 / 300"),
    ("BOWL-6", None),
]


@pytest.mark.parametrize(("scope", "shown"), LATE_OF_ORDERS)
def test_late_orders_of_all_of_a_group_or_a_window(scope, shown):
    assert KNOWN.late_of_orders(scope) == shown


@pytest.mark.parametrize("leaf", ["late", "orders"])
def test_one_of_two_counts_alone_tells_nothing_of_a_group(leaf):
    known = made_known(made_ground(without=(f"late_by_supplier.S1.{leaf}",)))
    assert known.late_of_orders("Alder Supply") is None


def test_thousands_are_told_apart():
    facts = {
        "late_shipment_rate.30.orders": ("orders", 12000),
        "late_shipment_rate.30.late": ("orders", 1040),
    }
    assert made_known(made_ground(facts=facts)).late_of_orders(30) == "1,040 / 12,000"


@pytest.mark.parametrize(
    ("fact", "share"),
    [
        ("late_shipment_rate.30.rate", Decimal("0.05")),
        ("late_by_supplier.S2.rate", Decimal("0.0")),
        ("late_shipment_rate.30.late", Decimal(40)),
        ("as_of", None),
        ("nothing.rate", None),
    ],
)
def test_a_share_is_a_number_or_nothing(fact, share):
    assert KNOWN.share(fact) == share


def test_counts_are_found_by_value_in_the_order_of_the_facts():
    assert KNOWN.counts[Decimal(40)] == ["late_shipment_rate.30.late", "late_by_account.A1.late"]
    assert KNOWN.counts[Decimal(2500)] == ["rows_read"]
    assert KNOWN.counts[Decimal(18)] == [
        "attribution.supplier.S1.change.rate_orders",
        "remedies.single_source_skus",
    ]


@pytest.mark.parametrize(
    ("value", "fact"),
    [
        ("95.85", "remedies.handling.H1.actual_p90"),
        ("95.9", "remedies.handling.H1.actual_p90"),  # half up
        ("96", "remedies.handling.H1.actual_p90"),
        ("3.3", "remedies.handling.H1.gap"),
        ("3", "remedies.handling.H1.gap"),
    ],
)
def test_a_count_with_decimals_is_also_the_same_rounded(value, fact):
    assert fact in KNOWN.counts[Decimal(value)]


@pytest.mark.parametrize("value", ["95.8", "95", "3.2", "4", "0.05", "2.5"])
def test_shares_and_other_roundings_are_no_counts(value):
    assert Decimal(value) not in KNOWN.counts


def test_truth_values_names_and_what_is_not_there_are_no_counts():
    facts = {"a": ("orders", True), "b": ("orders", None), "c": ("name", 77), "d": ("orders", "77")}
    known = made_known(made_ground(facts=facts))
    assert not {Decimal(1), Decimal(77)} & known.counts.keys()


@pytest.mark.parametrize("unit", ["orders", "groups", "suppliers", "rows", "about", "days", "hours"])
def test_every_unit_that_is_counted_has_counts(unit):
    assert made_known(made_ground(facts={"x.y": (unit, 7777)})).counts[Decimal(7777)] == ["x.y"]


def test_orders_in_time_are_those_that_were_not_late():
    assert KNOWN.in_time[Decimal(760)] == ["late_shipment_rate.30.late", "late_by_account.A1.late"]
    assert KNOWN.in_time[Decimal(90)] == ["late_by_supplier.S1.late"]
    assert KNOWN.in_time[Decimal(300)] == ["late_by_supplier.S2.late"]
    assert sorted(KNOWN.in_time) == [20, 90, 228, 300, 373, 751, 760]


def test_what_has_no_whole_or_is_not_counted_has_none_in_time():
    facts = {
        "a.late": ("orders", 3),
        "b.late": ("orders", None),
        "b.orders": ("orders", 9),
        "c.late": ("orders", 1),
        "c.orders": ("orders", 9.5),
        "d.orders": ("orders", 50),
    }
    assert made_known(made_ground(facts=facts)).in_time == KNOWN.in_time


def test_shares_of_the_account_begin_with_those_of_the_windows():
    ground = made_ground(facts={"attribution.history.rate": ("fraction", 0.022)})
    first = {"attribution.history.rate": ground.evidence["attribution.history.rate"]}
    known = made_known(replace(ground, evidence=first | dict(ground.evidence)))
    told = [fact for fact, _ in known.fractions[None]]
    assert told[0] == "late_shipment_rate.30.rate"
    assert told[-1] == "attribution.history.rate"
    assert known.fractions["Alder Supply"] == [
        ("late_by_supplier.S1.rate", Decimal("0.25")),
        ("late_by_supplier.S1.share_of_orders", Decimal("0.15")),
        ("late_by_supplier.S1.share_of_late", Decimal("0.75")),
    ]


def test_counts_and_what_is_not_there_are_no_shares():
    ground = made_ground(
        without=("late_by", "late_shipment"), facts={"a": ("fraction", None), "b": ("orders", 1)}
    )
    assert made_known(ground).fractions == {}
    whole = made_known(made_ground(facts={"a.share": ("fraction", 1)}))
    assert ("a.share", Decimal(1)) in whole.fractions[None]


# --- codes ---------------------------------------------------------------------------------------


def test_orders_are_known_by_their_digits_with_the_fact_where_the_letter_names_one():
    assert KNOWN.orders == {
        "11118393033150322": "late_orders.111-1839303-3150322",
        "11276543211234567": "",
    }


def test_names_with_digits_and_files_of_annexes_are_known_as_they_are_written():
    assert KNOWN.written == {
        "mug-11": "MUG-11",
        "bowl-6": "BOWL-6",
        "late-orders.xlsx": "late-orders.xlsx",
        "stock-2026-11-03.csv": "stock-2026-11-03.csv",
    }


def test_codes_are_those_and_the_keys_of_groups_and_whole_paths_of_annexes():
    assert KNOWN.codes == {
        "mug-11": "",
        "bowl-6": "",
        "late-orders.xlsx": "",
        "stock-2026-11-03.csv": "",
        "annex/late-orders.xlsx": "",
        "a1": "late_by_account.A1.name",
        "s1": "late_by_supplier.S1.name",
        "s2": "late_by_supplier.S2.name",
        "s3": "late_by_supplier.S3.name",
        "c1": "late_by_carrier.C1.name",
        "k1": "late_by_sku.K1.name",
    }


@pytest.mark.parametrize(
    ("shown", "near"),
    [
        ("mug-12", "mug-11"),
        ("late-order.xlsx", "late-orders.xlsx"),
        ("zzz-99", None),
        ("m1", None),
        ("annex/late-orders.xlsx" + "x" * 6, "annex/late-orders.xlsx"),
    ],
)
def test_an_unknown_code_resembles_one_or_none(shown, near):
    assert made_known().nearest_code(shown) == near


@pytest.mark.parametrize(("length", "near"), [(60, True), (61, False)])
def test_a_code_of_more_than_sixty_signs_resembles_none(length, near):
    ground = made_ground(names=frozenset({"x1" * 30}))
    shown = ("x1" * 31)[:length]
    assert (made_known(ground).nearest_code(shown) is not None) == near


def test_after_five_hundred_unknown_codes_none_is_compared_any_more():
    known = made_known(made_ground(names=frozenset({"MUG-11"}), enclosed=()))
    for number in range(499):
        known.nearest_code(f"{number}")
    assert known.nearest_code("mug-12") == "mug-11"
    assert known.nearest_code("mug-13") is None
    assert known.nearest_code("mug-12") == "mug-11"


# --- how many groups -----------------------------------------------------------------------------


def test_groups_are_counted_as_all_with_late_orders_and_without():
    assert KNOWN.sizes == {"suppliers": {3, 2, 1}, "carriers": {1, 0}, "skus": {1, 0}}


# --- statements ----------------------------------------------------------------------------------

CAUSE, MEASURE = "case.cause.0.statement", "case.preventive.0.measure"
STATED = [
    ("6 packers", CAUSE),
    ("6", CAUSE),
    ("10:00", CAUSE),
    ("17 July 2026", CAUSE),
    ("3 SKUs", CAUSE),
    ("3", CAUSE),
    ("3 orders", None),  # SKUs are no orders
    ("3 suppliers", None),
    ("1 in 90", MEASURE),
    ("90 orders", MEASURE),  # "1 in 90" may be told as "one of 90 orders"
    ("90", MEASURE),
    ("90 SKUs", None),
    ("2.5%", MEASURE),
    ("2.6%", None),
    ("77 late orders", ""),  # the title of an annex
    ("about 77 late orders", ""),
    ("over 77 late orders", None),
    ("at least 77 late orders", None),
    ("fewer than 1 in 90", MEASURE),
    ("at most 1 in 90", MEASURE),  # who is under it is at most there
    ("more than 1 in 90", None),
    ("at least 1 in 90", None),
    ("over 3 SKUs", None),
    ("under 2.5%", None),
    ("41 late orders", None),
    ("18 July 2026", None),
]


@pytest.mark.parametrize(("text", "fact"), STATED)
def test_a_figure_is_stated_where_the_same_was_counted(text, fact):
    assert KNOWN.stated(figure(text)) == fact


MAY_COUNT = [
    (None, "hours", True),
    (None, "orders", True),
    (None, None, True),
    ("hours", "hours", True),
    ("hours", None, True),
    ("hours", "days", False),
    ("orders", "late_orders", False),
    *(
        (unit, unit, True)
        for unit in ("annex", "orders", "late_orders", "skus", "suppliers", "carriers", "rows")
    ),
    *(
        (unit, None, False)
        for unit in ("annex", "orders", "late_orders", "skus", "suppliers", "carriers", "rows")
    ),
    ("people", None, True),
]


@pytest.mark.parametrize(("unit", "stated", "may"), MAY_COUNT)
def test_what_rows_count_must_be_stated_of_the_same(unit, stated, may):
    """ "8" in a statement may be eight hours or people, and no eight orders; a bare 8 may be anything."""
    assert _may_count(unit, stated) is may
