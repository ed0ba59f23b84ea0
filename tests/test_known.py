"""What the facts of a run are sorted by: whose each is, its days, its values, and the seller's own figures."""

from dataclasses import replace

import pytest
from made_grounds import made_ground, made_known

KNOWN = made_known()


# --- whose a fact is -----------------------------------------------------------------------------

WHOSE = [
    ("late_by_supplier.S1.late", "Alder Supply"),
    ("late_by_supplier.S1.name", "Alder Supply"),
    ("late_by_supplier.S2.orders", "Birch & Sons"),
    ("late_by_carrier.C1.late", "Heron Express"),
    ("late_by_sku.K1.orders", "MUG-11"),
    ("attribution.supplier.S1.usual_low", "Alder Supply"),
    ("attribution.supplier.S1.change.rate_orders", "Alder Supply"),
    ("attribution.causes.0.late_caused", "Alder Supply"),
    ("remedies.handling.H1.over", "BOWL-6"),
    ("remedies.single_source.U1.orders", "BOWL-6"),
    ("late_orders.in_dispatch.Alder Supply", "Alder Supply"),
    # The account as a whole, or nobody.
    ("attribution.causes.1.late_caused", None),
    ("late_by_account.A1.late", None),
    ("late_shipment_rate.30.late", None),
    ("stages.dispatch.low", None),
    ("rows_read", None),
    ("late_by_supplier.S9.late", None),
    ("case.seller.name", None),
]


@pytest.mark.parametrize(("fact", "group"), WHOSE)
def test_a_fact_counts_its_group_or_the_account(fact, group):
    assert KNOWN.scope(fact) == group


def test_the_starts_of_groups_lead_to_their_names_and_the_account_is_none():
    assert KNOWN.scopes == {
        "late_by_supplier.S1": "Alder Supply",
        "attribution.supplier.S1": "Alder Supply",
        "late_by_supplier.S2": "Birch & Sons",
        "attribution.supplier.S2": "Birch & Sons",
        "late_by_supplier.S3": "Cedar Supply",
        "attribution.supplier.S3": "Cedar Supply",
        "late_by_carrier.C1": "Heron Express",
        "attribution.carrier.C1": "Heron Express",
        "late_by_sku.K1": "MUG-11",
        "attribution.sku.K1": "MUG-11",
        "remedies.handling.H1": "BOWL-6",
        "remedies.single_source.U1": "BOWL-6",
        "attribution.causes.0": "Alder Supply",
    }


def test_a_name_that_the_rows_do_not_tell_makes_no_group():
    known = made_known(made_ground(facts={"late_by_supplier.S2.name": ("name", None)}))
    assert "late_by_supplier.S2" not in known.scopes
    assert known.scope("late_by_supplier.S2.late") is None


def test_facts_without_an_attribution_have_the_other_groups():
    bare = made_known(replace(made_ground(), facts={"attribution": None}))
    assert set(KNOWN.scopes) - set(bare.scopes) == {"attribution.causes.0"}


@pytest.mark.parametrize("leaf", ["name", "sku", "supplier"])
def test_a_group_is_named_by_its_name_its_sku_or_its_supplier(leaf):
    facts = {f"remedies.x.X1.{leaf}": ("name", "Lot 7"), "remedies.x.X1.orders": ("orders", 3)}
    assert made_known(made_ground(facts=facts)).scope("remedies.x.X1.orders") == "Lot 7"
    other = {f"remedies.x.X1.{leaf}s": ("name", "Lot 7"), f"remedies.y.{leaf}": ("statement", "Lot 8")}
    assert made_known(made_ground(facts=other)).scopes == KNOWN.scopes


def test_groups_are_known_by_name_and_by_the_keys_of_their_tables():
    assert KNOWN.groups == {
        "s1": "Alder Supply",
        "s2": "Birch & Sons",
        "s3": "Cedar Supply",
        "c1": "Heron Express",
        "k1": "MUG-11",
        "alder supply": "Alder Supply",
        "birch & sons": "Birch & Sons",
        "cedar supply": "Cedar Supply",
        "heron express": "Heron Express",
        "mug-11": "MUG-11",
        "bowl-6": "BOWL-6",
    }


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("Alder Supply", "late_by_supplier.S1"),
        ("Heron Express", "late_by_carrier.C1"),
        ("MUG-11", "late_by_sku.K1"),
        ("BOWL-6", None),
        ("Nobody Ltd", None),
    ],
)
def test_the_facts_of_a_group_begin_with_its_table(name, start):
    assert KNOWN.start_of(name) == start


# --- which days ----------------------------------------------------------------------------------

DAYS_OF = [
    ("late_shipment_rate.30.late", 30),
    ("late_shipment_rate.10.rate", 10),
    ("late_shipment_rate.all.late", None),
    ("budgets.30.allowed", 30),
    ("budgets.7.allowed", 7),
    ("projection.10.spare", 10),
    ("late_by_account.A1.late", 30),
    ("clocks.carrier_scan.late", 30),
    ("stages.dispatch.low", 30),
    ("late_orders.listed", 30),
    ("late_by_supplier.S1.late", None),
    ("rows_read", None),
    ("remedies.budgets.30.allowed", None),
]


@pytest.mark.parametrize(("fact", "days"), DAYS_OF)
def test_a_fact_counts_the_days_of_its_window(fact, days):
    assert KNOWN.days_of(fact) == days


def test_without_a_window_what_counts_the_longest_counts_no_days():
    known = made_known(replace(made_ground(), facts={}))
    assert known.days_of("clocks.carrier_scan.late") is None
    assert known.windows == frozenset()
    assert known.spans == {}


def test_windows_are_known_by_their_lengths_and_their_ends():
    assert KNOWN.windows == {30, 10}
    assert KNOWN.spans == {("2026-10-02", "2026-10-31"): 30, ("2026-10-22", "2026-10-31"): 10}


def test_a_length_counts_the_first_and_the_last_day():
    facts = {
        "incidents.0.from": ("day", "2026-10-14"),
        "incidents.0.to": ("day", "2026-10-14"),
        "incidents.1.from": ("day", "2026-10-01"),
        "incidents.1.to": ("day", None),
        "incidents.2.from": ("day", None),
        "incidents.2.to": ("day", "2026-10-05"),
        "incidents.3.date": ("day", "2026-10-01"),
        "incidents.3.to": ("day", "2026-10-05"),
    }
    assert KNOWN.lengths == {30, 10}
    assert made_known(made_ground(facts=facts)).lengths == {30, 10, 1}


def test_days_are_those_of_facts_statements_and_annexes_the_first_fact_for_each():
    assert KNOWN.days == {
        "2026-10-31": "as_of",
        "2026-10-02": "late_shipment_rate.30.from",
        "2026-10-22": "late_shipment_rate.10.from",
        "2026-11-04": "case.letter_date",
        "2026-11-03": "",
    }


def test_a_text_that_only_begins_or_ends_as_a_day_is_none():
    facts = {"a": ("statement", "2026-12-01."), "b": ("statement", "x2026-12-02"), "c": ("orders", 20261203)}
    assert made_known(made_ground(facts=facts)).days == KNOWN.days


def test_a_day_of_an_annex_that_a_fact_has_too_is_the_facts():
    known = made_known(made_ground(facts={"case.corrective.0.date": ("statement", "2026-11-03")}))
    assert known.days["2026-11-03"] == "case.corrective.0.date"
