"""Whose a late order is, by the rows: a sentence that gives it to another is found, and one that does not is left."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from made_grounds import judged_alone, made_ground, made_known
from made_reviews import sample_ground

from poa.review.known import Known
from poa.review.marks import Names
from poa.words import spoken

A, B, C, D = (f"112-000000{at}-000000{at}" for at in range(1, 5))
ALDER, CEDAR = "Alder Supply", "Cedar Supply"


def rows(*lines, file="report.csv"):
    return {"lines": [{"file": file, "ranges": [list(one) for one in lines]}]}


@cache
def ground():
    """Alder Supply has A and B, Cedar Supply C, whose row stands in another file as well; of D nothing is known."""
    made = made_ground(
        facts={
            **{f"late_orders.{one}": ("name", one) for one in (A, B, C, D)},
            "late_by_sku.K2.name": ("name", "BOWL-4"),
            "late_by_sku.K2.late": ("orders", 1),
            "late_by_sku.K3.name": ("name", "(several)"),
            "late_by_sku.K3.late": ("orders", 1),
        }
    )
    behind = {
        f"late_orders.{A}": rows((4, 5)),
        f"late_orders.{B}": rows((9, 9)),
        f"late_orders.{C}": rows((5, 5), file="other.csv"),
        f"late_orders.{D}": {"orders": 1},
        "late_by_supplier.S1.late": rows((2, 4), (9, 9)),
        "late_by_supplier.S3.late": rows((5, 6), file="other.csv"),
        "late_by_sku.K1.late": rows((5, 5)),
        "late_by_sku.K2.late": rows((5, 5), file="other.csv"),
        "late_by_sku.K3.late": rows((9, 9)),
    }
    evidence = {
        key: {**one, "rows": behind.get(key, {"orders": 0, "rule": "none"})}
        for key, one in made.evidence.items()
    }
    return replace(made, evidence=evidence, late_orders=frozenset({A, B, C, D}))


def owners():
    return made_known(ground()).owners


@pytest.mark.parametrize(
    ("order", "groups"), [(A, {ALDER, "MUG-11"}), (B, {ALDER}), (C, {CEDAR, "BOWL-4"}), (D, set())]
)
def test_an_order_is_of_the_groups_whose_late_rows_hold_one_of_its_own(order, groups):
    """ "(several)" is no SKU: an order of two has none here."""
    assert owners().of(f"late_orders.{order}") == groups


@pytest.mark.parametrize(
    ("order", "group", "other"),
    [
        (A, ALDER, None),
        (A, CEDAR, ALDER),
        (C, ALDER, CEDAR),
        (C, "MUG-11", "BOWL-4"),
        (A, "BOWL-4", "MUG-11"),
        (B, "MUG-11", None),  # two SKUs, or one that is not listed
        (D, ALDER, None),
        (A, "Nobody", None),
    ],
)
def test_an_order_is_anothers_only_where_the_rows_show_whose(order, group, other):
    assert owners().other(f"late_orders.{order}", group) == other


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"Two orders of Alder Supply were late: {A}, {B}.", []),
        (f"Order {A} of Alder Supply was late.", []),
        (f"Order {D} of Alder Supply was late.", []),
        (f"Two orders were late: {A}, {C}.", []),
        (f"Alder Supply had order {A} late, Cedar Supply {C}.", []),
        (
            f"Two orders of Alder Supply were late: {A}, {C}.",
            [f"By the rows, {C} is an order of Cedar Supply, not of Alder Supply."],
        ),
        (
            f"Two orders of Cedar Supply were late: {A} and {B}.",
            [
                f"By the rows, {A} is an order of Alder Supply, not of Cedar Supply.",
                f"By the rows, {B} is an order of Alder Supply, not of Cedar Supply.",
            ],
        ),
        (
            f"Two orders of Alder Supply were late: {A}, {D}.",  # nobody knows whose the other is
            ["No figure here is that of Alder Supply; its rows say 30 / 120."],
        ),
        (
            f"Alder Supply had order {C} late, Cedar Supply {A}.",
            [f"{A} is not the figure of Cedar Supply."],
        ),
    ],
)
def test_an_order_that_is_given_to_another_is_found(text, said):
    found, _ = judged_alone(text, ground=ground())
    assert [spoken(one.message, "en") for one in found] == said


def test_the_finding_stands_at_the_order_with_its_rows_and_whose_it_is():
    (one,), _ = judged_alone(f"Order {C} of Alder Supply was late.", ground=ground())
    assert (one.at.text, one.expected, one.fact) == (C, CEDAR, f"late_orders.{C}")
    assert one.rows == 1
    assert spoken(one.remedy, "en") == "Write Cedar Supply, or take the order out."


def test_every_late_order_of_the_sample_is_counted_under_its_supplier():
    """As many as the facts count, supplier by supplier."""
    base = sample_ground()
    known = Known(base, "en", Names(base.names))
    told = Counter(
        name for fact in base.evidence if fact.startswith("late_orders.1") for name in known.owners.of(fact)
    )
    suppliers = {start: name for start, name in known.scopes.items() if start.startswith("late_by_supplier.")}
    assert len(suppliers) == 6
    assert {name: told[name] for name in suppliers.values()} == {
        name: base.value(f"{start}.late") for start, name in suppliers.items()
    }
