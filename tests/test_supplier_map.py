"""The supplier map: who makes which SKU, on which days, and where it disagrees with the report."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import Line, facts, orders, report, summary, text_of, told, workbook

from poa.errors import InputFault

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def account(*rows):
    """Punctual orders of (sku, supplier, purchase moment, deadline); the last two may be left out."""
    made = []
    for at, row in enumerate(rows, 1):
        sku, supplier, bought, due = (*row, *(NOON - DAY, NOON)[len(row) - 2 :])
        made.append(
            Line(order=at, item="", sku=sku, supplier=supplier, purchased=bought, ship_by=due, confirmed=due)
        )
    return report(made)


def shares(text, *maps, **options):
    found = summary(text, suppliers=list(maps), complete=True, **options)
    return {one["name"]: one["orders"] for one in found["late_by_supplier"]["suppliers"]}


def assumed(text, *maps):
    return " ".join(summary(text, suppliers=list(maps), complete=True)["source"]["assumptions"])


THREE = account(("A-1", ""), ("00123", ""), ("NA", ""))
PLAIN = [["A-1", "Alder Supply"], ["00123", "Birch & Sons"], ["NA", "義烏恒泰"]]
EXPECTED = {"Alder Supply": 1, "Birch & Sons": 1, "義烏恒泰": 1}


@pytest.mark.parametrize(
    "header",
    [
        ["sku", "supplier"],
        ["Merchant SKU", "Supplier name"],
        ["商品编码", "供应商"],
        ["Seller_SKU", "VENDOR"],
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_map_gives_each_sku_its_supplier(header, delimiter):
    """A text of any delimiter, its columns found by name, names the supplier of each SKU as written."""
    assert shares(THREE, text_of(PLAIN, header=header, delimiter=delimiter)) == EXPECTED


def test_a_map_may_be_a_workbook():
    """An .xlsx is read as a text is; ids that are text stay text."""
    assert shares(THREE, workbook([["sku", "supplier"], *PLAIN])) == EXPECTED


def test_days_of_a_workbook_are_days():
    """From and to may be date cells."""
    header = ["sku", "supplier", "from", "to"]
    sheet = workbook([header, ["A-1", "Old", None, NOON - 5 * DAY], ["A-1", "New", NOON - 4 * DAY, None]])
    assert shares(account(("A-1", "", NOON - 6 * DAY), ("A-1", "", NOON - DAY)), sheet) == {
        "Old": 1,
        "New": 1,
    }


def test_columns_beside_sku_and_supplier_do_not_count():
    """Other columns, moved columns and spaces around names change nothing."""
    text = text_of([["x", " Alder  Supply ", "y", " A-1 "]], header=["note", "supplier", "phone", "sku"])
    assert shares(account(("A-1", "")), text) == {"Alder Supply": 1}


def test_the_map_wins_over_the_report_and_differences_are_counted():
    """Where both name a supplier the map is followed, and how many rows differ is printed."""
    text = account(("A-1", "Alder"), ("A-1", "Birch"), ("A-1", ""), ("B-2", "Cedar"))
    map_ = text_of([["A-1", "Alder"]], header=["sku", "supplier"])
    assert shares(text, map_) == {"Alder": 3, "Cedar": 1}
    words = assumed(text, map_)
    assert "name another supplier than the supplier map: 1" in words
    assert "SKU that the supplier map does not hold: 1" in words


def test_an_unknown_sku_keeps_what_the_report_says():
    """A SKU that the map does not hold has the report's supplier, or none."""
    text = account(("B-2", "Cedar"), ("C-3", ""))
    assert shares(text, text_of([["A-1", "Alder"]], header=["sku", "supplier"])) == {
        "Cedar": 1,
        "(not stated)": 1,
    }


def test_two_suppliers_of_one_sku_without_days_are_several():
    """Without days to tell them apart, such orders stand under (several), whatever the order of the lines."""
    lines = [["A-1", "Alder"], ["A-1", "Birch"], ["B-2", "Cedar"], ["B-2", "Cedar"]]
    for rows in (lines, lines[::-1]):
        map_ = text_of(rows, header=["sku", "supplier"])
        assert shares(account(("A-1", "Own"), ("B-2", "")), map_) == {"(several)": 1, "Cedar": 1}


def test_several_joins_orders_of_several_lines():
    """An order of two suppliers and one of a doubtful SKU stand in the same group."""
    one = Line(order=1, item="1", sku="A-1", supplier="", purchased=None, ship_by=NOON, confirmed=NOON)
    two = Line(order=1, item="2", sku="B-2", supplier="", purchased=None, ship_by=NOON, confirmed=NOON)
    three = Line(order=2, item="1", sku="A-1", supplier="", purchased=None, ship_by=NOON, confirmed=NOON)
    map_ = text_of([["A-1", "Alder"], ["A-1", "Birch"], ["B-2", "Birch"]], header=["sku", "supplier"])
    assert shares(report([one, two, three]), map_) == {"(several)": 2}


# --- Days

DATED = text_of(
    [["A-1", "Old", "", "2026-10-14"], ["A-1", "New", "2026-10-15", ""]],
    header=["sku", "supplier", "from", "to"],
)


@pytest.mark.parametrize(
    ("moment", "supplier"),
    [
        ("2026-10-15T06:59:59+00:00", "Old"),
        ("2026-10-15T07:00:00+00:00", "New"),
        ("2026-01-01T00:00:00+00:00", "Old"),
        ("2026-10-19T00:00:00+00:00", "New"),
    ],
)
def test_the_purchase_day_decides_and_both_ends_are_in(moment, supplier):
    """The day in the store's zone on which an order was bought chooses between dated entries."""
    bought = datetime.fromisoformat(moment)
    assert shares(account(("A-1", "", bought)), DATED) == {supplier: 1}


def test_without_a_purchase_day_the_deadline_decides():
    """Where no purchase is stated, the ship-by day stands in for it."""
    assert shares(account(("A-1", "", None, datetime(2026, 10, 14, 20, tzinfo=UTC))), DATED) == {"Old": 1}


def test_a_day_that_no_entry_covers_keeps_what_the_report_says():
    """A map that speaks of other days says nothing of this one: it does not blank a supplier out."""
    map_ = text_of([["A-1", "Alder", "2026-09-01", "2026-09-30"]], header=["sku", "supplier", "from", "to"])
    assert shares(account(("A-1", "Own")), map_) == {"Own": 1}
    assert "another supplier" not in assumed(account(("A-1", "Own")), map_)


def test_overlapping_days_are_several():
    """Two suppliers on one day are several; the same supplier twice is one."""
    header = ["sku", "supplier", "from", "to"]
    rows = [["A-1", "Alder", "2026-10-01", "2026-10-31"], ["A-1", "Birch", "2026-10-15", "9999-12-31"]]
    text = account(
        ("A-1", "", datetime(2026, 10, 5, 12, tzinfo=UTC)),
        ("A-1", "", datetime(2026, 10, 19, 12, tzinfo=UTC)),
    )
    assert shares(text, text_of(rows, header=header)) == {"Alder": 1, "(several)": 1}
    same = [[sku, "Alder", *days] for sku, _, *days in rows]
    assert shares(text, text_of(same, header=header)) == {"Alder": 2}


def test_two_maps_are_one():
    """Entries of several files are joined."""
    first, second = (
        text_of([row], header=["sku", "supplier"]) for row in (["A-1", "Alder"], ["00123", "Birch"])
    )
    assert shares(THREE, first, second) == {"Alder": 1, "Birch": 1, "(not stated)": 1}


@settings(max_examples=often(15))
@given(orders(most=8), st.permutations(PLAIN))
def test_the_order_of_the_lines_of_a_map_does_not_count(made, rows):
    """A shuffled map gives the same facts."""
    one, other = (text_of(lines, header=["sku", "supplier"]) for lines in (PLAIN, rows))
    assert told(facts(report(made), suppliers=one)) == told(facts(report(made), suppliers=other))


@settings(max_examples=often(15))
@given(orders(most=8))
def test_a_map_that_says_what_the_report_says_changes_nothing(made):
    """Given the suppliers as a map instead of a column, the facts are the same."""
    owners = {"00123": "Alder", "1E5": "Birch", "NA": "Cedar", "A-1": "Elm"}
    inside = [replace(line, supplier=owners[line.sku]) for line in made]
    outside = [replace(line, supplier="") for line in made]
    map_ = text_of(list(owners.items()), header=["sku", "supplier"])
    assert told(facts(report(inside))) == told(facts(report(outside), suppliers=map_))


# --- Faults


def test_a_line_that_cannot_be_used_is_listed_and_the_others_are_used():
    """A line without a SKU or supplier, with a day that is none, or ending before it begins, is named."""
    rows = [
        ["A-1", "Alder", "", ""],
        ["", "Birch", "", ""],
        ["B-2", "", "", ""],
        ["C-3", "Cedar", "32/13/26", ""],
        ["D-4", "Dogwood", "", "jane@example.com"],
        ["E-5", "Elm", "2026-10-02", "2026-10-01"],
        ["F-6", "(not stated)", "", ""],
    ]
    text = text_of(rows, header=["sku", "supplier", "from", "to"])
    found = summary(account(("A-1", "")), suppliers=text, complete=True)
    problems = [
        (row["file"], row["line"], row["column"], row["code"], row["value"])
        for row in found["source"]["problems"]
    ]
    assert problems == [
        ("suppliers.csv", 3, "sku", "no_sku", None),
        ("suppliers.csv", 4, "supplier", "no_supplier", None),
        ("suppliers.csv", 5, "from", "bad_date", "32/13/26"),
        ("suppliers.csv", 6, "to", "bad_date", "letters and signs, 16 characters"),
        ("suppliers.csv", 7, "to", "bad_date", "2026-10-01"),
        ("suppliers.csv", 8, "supplier", "no_supplier", None),
    ]
    file = found["source"]["files"][1]
    assert (file["report"], file["rows_read"], file["rows_used"], file["rows_refused"]) == (
        "supplier_map",
        7,
        1,
        6,
    )
    assert found["rows_refused"] == 0
    assert "jane" not in json.dumps(found)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "empty", None),
        ("sku,supplier\n", "no_rows", None),
        ("sku,price\nA-1,3\n", "unknown_header", 1),
        ("name,supplier\nA-1,3\n", "unknown_header", 1),
        ("sku,supplier,Supplier\nA-1,X,Y\n", "duplicated_column", 1),
        ("sku,supplier name,vendor\nA-1,X,Y\n", "ambiguous_column", 1),
        ("sku,supplier\nA-1,Alder, Inc.\n", "ragged_row", 2),
        ('sku,supplier\nA-1,"Alder\nB-2,Birch\n', "unbalanced_quotes", 2),
        ("sku,supplier\n,Alder\n", "no_usable_row", 2),
        ("sku,supplier,from\nA-1,Alder,03/04/2026\n", "ambiguous_dates", None),
        ("%PDF-1.7", "binary", None),
        ("PK\x03\x04", "binary", None),
    ],
)
def test_a_map_that_cannot_be_read_is_a_sentence(text, code, line):
    """A fault of the map names the map, its line, and what to do."""
    with pytest.raises(InputFault) as fault:
        facts(account(("A-1", "")), suppliers=text)
    assert (fault.value.code, fault.value.file, fault.value.line) == (code, "suppliers.csv", line)
    assert fault.value.hint


def test_a_day_before_all_calendars_is_a_bad_day():
    """A day of the year 0 is refused as any other that is none."""
    text = "sku,supplier,from\nA-1,Alder,0000-01-01T00:00:00Z\nA-1,Birch,\n"
    found = summary(account(("A-1", "")), suppliers=text, complete=True)
    assert [row["line"] for row in found["source"]["problems"]] == [2]
