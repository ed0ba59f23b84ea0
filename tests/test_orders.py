"""The order table: every row is used or refused by name, and one order is one order however often it is told."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from conftest import often
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import HEADER, Line, cells, facts, order_id, problems, report, summary, text_of, told

from poa.characters import clean, shape, shown_date, shown_id
from poa.errors import GateNotMet
from poa.facts import evidence_data, summary_data
from poa.orders import order_keys

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ORDER = Line(
    order=1, item="", sku="A-1", supplier="", purchased=NOON - 24 * HOUR, ship_by=NOON, confirmed=NOON - HOUR
)
PLACE = {name: at for at, name in enumerate(HEADER)}


def with_cell(row, column, value):
    return [value if at == PLACE[column] else cell for at, cell in enumerate(row)]


# --- Rows read = rows used + rows refused

BREAKS = {
    "bad_order_id": lambda row: with_cell(row, "order-id", "1.12E+16"),
    "bad_order_id ": lambda row: with_cell(row, "order-id", ""),
    "bad_order_id  ": lambda row: with_cell(row, "order-id", "１１１-1111111-1111111"),
    "bad_date": lambda row: with_cell(row, "ship-by-date", "32/13/26"),
    "bad_date ": lambda row: with_cell(row, "ship-confirm-date", "soon"),
    "bad_date  ": lambda row: with_cell(row, "purchase-date", "2026-02-30"),
    "bad_date   ": lambda row: with_cell(row, "ship-by-date", "0001-01-01T10:00:00Z"),
    "no_ship_by": lambda row: with_cell(row, "ship-by-date", " "),
    "ship_by_before_purchase": lambda row: with_cell(row, "purchase-date", "2026-10-20T12:00:01Z"),
    "late_or_not": lambda row: with_cell(row, "ship-confirm-date", "2026-10-20"),
    "ragged_row": lambda row: row[:-2],
    "ragged_row ": lambda row: [*row, "x"],
    "conflict": lambda row: with_cell(row, "ship-confirm-date", "2026-10-20T13:00:00Z"),
    "same again": lambda row: row,
    "another item": lambda row: with_cell(row, "order-item-id", "2"),
    "good": None,
}
USED = {"good", "same again", "another item"}


@settings(max_examples=often(40))
@given(
    st.lists(st.sampled_from(sorted(BREAKS)), min_size=1, max_size=12), st.sampled_from(",;\t"), st.booleans()
)
def test_every_row_is_used_or_refused_by_line_and_reason(kinds, delimiter, gap):
    """Whatever is wrong with rows, each is listed once under its line, and read = used + refused."""
    rows, expected = [cells(ORDER)], set()
    for number, kind in enumerate(kinds, start=2):
        row = cells(replace(ORDER, order=number, item="1"))
        if kind in USED | {"conflict"}:
            rows.append(row)
        first = len(rows) + 1
        if kind != "good":
            rows.append(BREAKS[kind](row))
        lines = {first, first + 1} if kind == "conflict" else set() if kind in USED else {first + 1}
        expected |= {(line + gap, kind.strip()) for line in lines}
    text = text_of(rows, delimiter=delimiter)
    header, rest = text.split("\n", 1)
    found = summary(f"{header}\n{chr(10) * gap}{rest}")
    file = found["source"]["files"][0]
    assert problems(found) == expected
    assert len(found["source"]["problems"]) == len(expected) == file["rows_refused"] == found["rows_refused"]
    assert file["rows_read"] == len(rows) == found["rows_read"]
    assert file["rows_used"] == len(rows) - len(expected)


@pytest.mark.parametrize(
    ("column", "value", "code", "shown"),
    [
        ("order-id", "1.12E+16", "bad_order_id", "1.12E+16"),
        ("order-id", "112-1234567-123456", "bad_order_id", "112-1234567-123456"),
        ("order-id", "Jane Roe", "bad_order_id", "letters and signs, 8 characters"),
        ("order-id", "", "bad_order_id", None),
        ("order-id", "１１１-1111111-1111111", "bad_order_id", "digits and signs, 19 characters"),
        ("ship-by-date", "32/13/26", "bad_date", "32/13/26"),
        ("ship-by-date", "31/12/1999 24:00", "bad_date", "31/12/1999 24:00"),
        ("ship-by-date", "Jane Roe", "bad_date", "letters and signs, 8 characters"),
        ("ship-by-date", "", "no_ship_by", None),
        ("ship-confirm-date", "tomorrow", "bad_date", "letters, 8 characters"),
        ("purchase-date", "2026-10-20T12:00:01Z", "ship_by_before_purchase", "2026-10-20T12:00:00Z"),
    ],
)
def test_a_refused_row_is_told_with_line_column_and_what_may_be_shown(column, value, code, shown):
    """A refusal names file, line, column and reason, and shows the value only where it is no person's data."""
    found = summary(text_of([cells(ORDER), with_cell(cells(replace(ORDER, order=2)), column, value)]))
    (problem,) = found["source"]["problems"]
    blamed = "ship-by-date" if code == "ship_by_before_purchase" else column
    assert problem == {
        "file": "report.csv",
        "line": 3,
        "column": blamed,
        "value": shown,
        "code": code,
        "message": problem["message"],
        "refused": True,
    }
    assert problem["message"].startswith(f"{blamed}: ")
    assert "Jane" not in json.dumps(found)


def test_a_row_has_one_reason_the_first():
    """A row with everything wrong is listed once."""
    found = summary(text_of([cells(ORDER), ["x", "", "", "", "x", "x", "x"]]))
    assert problems(found) == {(3, "bad_order_id")}


def test_ship_by_at_the_moment_of_purchase_is_possible():
    """Only a deadline before the purchase is refused, not one at it, nor one on the day of a bare purchase."""
    rows = [
        with_cell(cells(ORDER), "purchase-date", "2026-10-20T12:00:00Z"),
        with_cell(cells(replace(ORDER, order=2)), "purchase-date", "2026-10-20"),
    ]
    assert not summary(text_of(rows))["source"]["problems"]


def test_a_strict_run_ends_with_the_refused_rows():
    """With strict, a refused row ends the run and is named by its line; without one, it goes on."""
    with pytest.raises(GateNotMet) as gate:
        facts(report([ORDER]) + "x,,,,,,\n", strict=True)
    assert gate.value.open_points == (
        "report.csv:3: order-id: not an Amazon order id (three groups of 3, 7 and 7 digits)",
    )
    assert facts(report([ORDER]), strict=True)


# --- One order


def merged(*lines):
    """The one order that lines are, as late, confirmed and its supplier."""
    found = summary(report(list(lines)), complete=True)
    rate = found["late_shipment_rate"][2]
    names = [one["name"] for one in found["late_by_supplier"]["suppliers"]]
    assert not found["source"]["problems"]
    return rate["late"], rate["orders"], names


A, B = replace(ORDER, item="1", supplier="A"), replace(ORDER, item="2", supplier="B")
LATE = NOON + HOUR


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((A, A), (0, 1, ["A"])),
        ((A, replace(A, item="2")), (0, 1, ["A"])),
        ((A, B), (0, 1, ["(several)"])),
        ((A, replace(B, supplier="")), (0, 1, ["(several)"])),
        ((A, replace(B, confirmed=LATE)), (1, 1, ["(several)"])),
        ((replace(A, confirmed=LATE), replace(B, confirmed=LATE)), (1, 1, ["(several)"])),
        ((A, replace(B, confirmed=None)), (0, 0, [])),
        ((replace(A, confirmed=LATE), replace(B, confirmed=None)), (1, 1, ["(several)"])),
        ((replace(A, ship_by=NOON + 2 * HOUR, confirmed=LATE), B), (0, 1, ["(several)"])),
    ],
)
def test_an_order_is_one_however_many_lines_it_has(lines, expected):
    """Late once if any line is late by its own deadline, confirmed when all are, one supplier or several."""
    assert merged(*lines) == expected


def test_the_day_of_an_order_is_that_of_its_last_line():
    """An order with two deadlines belongs to the window of the later one."""
    found = summary(report([A, replace(B, ship_by=NOON + 48 * HOUR)]), complete=True)
    assert found["late_shipment_rate"][2]["to"] == "2026-10-22"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (A, replace(A, confirmed=LATE)),
        (A, replace(A, confirmed=None)),
        (A, replace(A, ship_by=NOON + HOUR)),
        (A, replace(A, purchased=None)),
        (A, replace(A, supplier="B")),
        (replace(A, item=""), replace(A, item="", confirmed=LATE)),
    ],
)
@pytest.mark.parametrize("files", [1, 2])
def test_lines_that_contradict_each_other_leave_their_order_out(one, two, files):
    """One line told in two ways is a conflict, in one file or in two: every row of the order is named."""
    other = replace(ORDER, order=2, supplier="C")
    if files == 2 and two.confirmed is None:  # its file tells of a moment after the confirmation
        two = replace(two, purchased=A.confirmed + HOUR)
        one = replace(one, purchased=two.purchased)
    if files == 1:
        found = summary(report([other, one, two, one]), complete=True)
        places = {("report.csv", line) for line in (3, 4, 5)}
    else:
        found = summary(report([other, one]), report([two]), complete=True)
        places = {("report.csv", 3), ("report1.csv", 2)}
    assert {(row["file"], row["line"]) for row in found["source"]["problems"]} == places
    for row in found["source"]["problems"]:
        assert row["code"] == "conflict"
        assert order_id(1) in row["message"]
        for file, line in places:
            assert f"{file}:{line}" in row["message"]
    assert found["late_shipment_rate"][2]["orders"] == 1
    assert found["rows_read"] == found["rows_refused"] + sum(
        file["rows_used"] for file in found["source"]["files"]
    )


def test_an_order_open_in_a_file_that_ends_before_its_confirmation_is_confirmed():
    """Monday's file has it open and the next one confirmed: the stamps inside the rows say which came first."""
    open_then = replace(A, confirmed=None)
    found = summary(report([open_then]), report([A]), complete=True)
    assert found["late_shipment_rate"][2]["orders"] == 1
    assert found["unconfirmed_past_due"] == 0
    assert [one for one in found["source"]["assumptions"] if "after the last row of the first" in one]
    later = replace(ORDER, order=2, supplier="C", confirmed=A.confirmed + HOUR)
    found = summary(report([open_then, later]), report([A]), complete=True)
    assert {row["code"] for row in found["source"]["problems"]} == {"conflict"}


def test_spaces_around_an_id_do_not_make_another_order():
    """An id with spaces around it is the same order."""
    rows = [cells(A), with_cell(cells(A), "order-id", f" {order_id(1)} ")]
    assert summary(text_of(rows), complete=True)["late_shipment_rate"][2]["orders"] == 1


def test_ids_of_another_form_need_a_mapping():
    """A mapping file lifts the rule of Amazon's ids; its own pattern is then the rule."""
    rows = [
        ["DE-1", "2026-10-12", "2026-10-14"],
        ["DE-2", "2026-10-12", "2026-10-12"],
        ["XX", "2026-10-12", "2026-10-12"],
    ]
    text = text_of(rows, header=["order-id", "ship-by-date", "ship-confirm-date"])
    free = summary(text, mapping="complete = true\n")
    assert free["late_shipment_rate"][2]["orders"] == 3
    held = summary(text, mapping='complete = true\norder_id_pattern = "DE-[0-9]+"\n')
    assert held["late_shipment_rate"][2]["orders"] == 2
    assert problems(held) == {(4, "bad_order_id")}
    assert held["source"]["problems"][0]["value"] == "letters, 2 characters"


def test_ids_with_one_meaning_in_two_files_are_one_order():
    """Orders of a foreign form and of Amazon's are told apart, and each joins its own rows of another file."""
    header = ["order-id", "ship-by-date", "ship-confirm-date"]
    first = text_of(
        [["DE-1", "2026-10-12", "2026-10-14"], [order_id(1), "2026-10-12", "2026-10-12"]], header=header
    )
    found = summary(first, first, mapping="complete = true\n")
    assert (found["late_shipment_rate"][2]["late"], found["late_shipment_rate"][2]["orders"]) == (1, 2)


@settings(max_examples=often(200))
@given(
    st.lists(
        st.one_of(
            st.from_regex(r"[0-9]{3}-[0-9]{7}-[0-9]{7}", fullmatch=True),
            st.text("0123456789-/:; １", max_size=20),
            st.from_regex(r"[0-9:]{3}-[0-9/]{7}-[0-9]{7}", fullmatch=True),
        ),
        max_size=5,
    )
)
@example(["11:-1111111-1111111"])
@example(["11/-1111111-1111111"])
def test_an_id_has_a_number_exactly_if_it_is_amazons(ids):
    """Ids of the form 3-7-7 get their 17 digits as a number; any other text gets none."""
    keys = order_keys(pa.chunked_array([ids], type=pa.string()))
    for given_id, text, key in zip(ids, keys.text.to_pylist(), keys.keys.tolist(), strict=True):
        bare = given_id.strip()
        good = (
            len(bare) == 19
            and bare[3] == bare[11] == "-"
            and (bare[:3] + bare[4:11] + bare[12:]).isascii()
            and (bare[:3] + bare[4:11] + bare[12:]).isdigit()
        )
        assert key == (int(bare.replace("-", "")) if good else -1)
        assert text.strip() == bare


def test_many_rows_are_proven_by_their_rule():
    """A figure lists the lines of at most 500 orders; beyond it, rule and number stand alone."""
    late = [replace(ORDER, order=at, confirmed=LATE) for at in range(1, 502)]
    shown = evidence_data(facts(report(late[:500]), complete=True))["late_shipment_rate.all.late"]["rows"]
    assert shown["lines"] == [{"file": "report.csv", "ranges": [[2, 501]]}]
    summed = evidence_data(facts(report(late), complete=True))["late_shipment_rate.all.late"]["rows"]
    assert "lines" not in summed
    assert (summed["orders"], "confirmed after" in summed["rule"]) == (501, True)


# --- Shapes that a report can have


@dataclass(frozen=True)
class Odd:
    name: str
    text: str
    orders: int


PLAIN = "order-id,ship-by-date,ship-confirm-date\n"
ODD = [
    Odd("one row", PLAIN + f"{order_id(1)},2026-10-12,2026-10-12\n", 1),
    Odd("no line end", PLAIN + f"{order_id(1)},2026-10-12,2026-10-12", 1),
    Odd("nothing confirmed", PLAIN + f"{order_id(1)},2026-10-12,\n{order_id(2)},2026-10-13,\n", 0),
    Odd("two reports in one", 2 * (PLAIN + f"{order_id(1)},2026-10-12,2026-10-12\n"), 1),
    Odd("a total line", PLAIN + f"{order_id(1)},2026-10-12,2026-10-12\nTotal,1,\n", 1),
    Odd("the end mark of DOS", PLAIN + f"{order_id(1)},2026-10-12,2026-10-12\n\x1a", 1),
    Odd(
        "a zero byte far down",
        PLAIN
        + "".join(f"{order_id(at)},2026-10-12,2026-10-12\n" for at in range(1, 200))
        + "\x00,\x00,\x00\n",
        199,
    ),
    Odd(
        "a cell of a megabyte",
        "note," + PLAIN + "x" * 1_000_000 + f",{order_id(1)},2026-10-12,2026-10-12\n",
        1,
    ),
    Odd(
        "line separators of other alphabets",
        "note," + PLAIN + f"a\u2028b\x85c,{order_id(1)},2026-10-12,2026-10-12\n",
        1,
    ),
    Odd(
        "four hundred columns",
        ",".join(f"c{at}" for at in range(400))
        + ","
        + PLAIN
        + "," * 400
        + f"{order_id(1)},2026-10-12,2026-10-12\n",
        1,
    ),
]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.name)
def test_an_odd_report_is_read_to_its_last_row(odd):
    """However odd the file, its orders are counted and every other row is named."""
    found = summary(odd.text, complete=True)
    assert found["late_shipment_rate"][2]["orders"] == odd.orders
    file = found["source"]["files"][0]
    assert file["rows_read"] == file["rows_used"] + len(found["source"]["problems"])


def test_a_report_without_purchase_dates_has_the_same_counts():
    """The purchase column is not needed: without it the ship-by windows are the same."""
    rows = [cells(replace(ORDER, order=at, confirmed=LATE if at < 3 else NOON)) for at in range(1, 9)]
    places = [at for name, at in PLACE.items() if name != "purchase-date"]
    bare = text_of([[row[at] for at in places] for row in rows], header=[HEADER[at] for at in places])
    assert told(facts(bare)) == told(facts(text_of(rows)))


# --- Words that may be printed


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("", "nothing, 0 characters"),
        ("x", "letters, 1 character"),
        ("12", "digits, 2 characters"),
        ("a 1!", "letters and digits and signs, 4 characters"),
    ],
)
def test_a_shape_says_what_a_value_looks_like(value, words):
    """Kinds of characters and their number, and none of them."""
    assert shape(value) == words


@settings(max_examples=often(300))
@given(st.text(max_size=50))
def test_a_shape_never_holds_the_value(value):
    """What is shown of a refused value is the value whole, in its own alphabet, or its shape."""
    for shown in (shown_date(value), shown_id(value)):
        assert shown == shape(value) or (shown == value and any(char.isdigit() for char in value))


@settings(max_examples=often(300))
@given(st.text(max_size=30))
def test_a_clean_name_stands_on_one_line_and_stays_clean(text):
    """Cleaning twice changes nothing more, and what comes out fits into paper, terminal and JSON."""
    name = clean(text)
    assert clean(name) == name
    assert "\n" not in name
    assert name.isprintable() or not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in name)
    assert json.loads(json.dumps(name)) == name
    name.encode()


def test_facts_are_plain_data():
    """The summary holds nothing but JSON's own kinds, and survives the way there and back."""
    data = summary_data(facts(report([ORDER])))
    assert json.loads(json.dumps(data, allow_nan=False)) == data
