"""Reading a file: two roads with one result, every delimiter and line end, and what is no report."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import (
    HEADER,
    cells,
    facts,
    order_id,
    orders,
    problems,
    report,
    summary,
    text_of,
    told,
    workbook,
)

from poa.account import Account, facts_of
from poa.errors import InputFault
from poa.facts import evidence_data, summary_data
from poa.files import as_input
from poa.reports import folded, recognise, report_named
from poa.reports.records import read_even, read_uneven
from poa.reports.texts import open_text

PLAIN = "order-id,ship-by-date,ship-confirm-date\n"
GOOD = f"{order_id(1)},2026-10-12T23:59:59Z,2026-10-12T10:00:00Z\n"


def fault_of(*reports, **options):
    """The one fault that a run ends with; whatever else is raised is a traceback and fails the test."""
    with pytest.raises(InputFault) as caught:
        facts(*reports, **options)
    fault = caught.value
    assert fault.message
    assert fault.file
    assert fault.hint
    return fault


# --- Two roads


def both_roads(text):
    table = open_text(as_input("r.csv", text.encode()))
    body = b"".join(piece.data for piece in table.rows)
    wanted = range(len(table.header))

    def plain(columns, lines, ragged):
        return [columns[at].to_pylist() for at in wanted], lines, [(row.line, row.cells) for row in ragged]

    even = read_even(body, wanted, table)
    if even is not None:
        columns, count = even
        even = plain(columns, list(range(table.first_line, table.first_line + count)), ())
    try:
        read = read_uneven(body, wanted, table, first_line=table.first_line, name="r.csv", last=True)
        uneven = plain(read.columns, read.lines.tolist(), read.ragged)
    except InputFault as fault:
        uneven = fault.code
    return even, uneven


@settings(max_examples=often(150))
@given(
    st.sampled_from(",;\t"),
    st.lists(st.lists(st.text('a"é ,;\t', max_size=4), min_size=3, max_size=3), min_size=1, max_size=6),
)
def test_the_fast_road_and_the_careful_road_agree(delimiter, rows):
    """Of any well-written table both roads read the same cells on the same lines."""
    if delimiter == "\t":  # a tab file has no quotes, so no tab in a cell, and none around one
        rows = [[cell.replace("\t", " ").replace('"', "") for cell in row] for row in rows]
        text = "x\ty\tz\n" + "".join("\t".join(row) + "\n" for row in rows)
    else:
        text = text_of(rows, header=["x", "y", "z"], delimiter=delimiter)
    even, uneven = both_roads(text)
    assert even == uneven
    assert [list(row) for row in zip(*uneven[0], strict=True)] == rows


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize(
    "titles",
    [
        ["order\nid", "ship-by-date", "ship-confirm-date"],
        ["order-id", "ship-by\r\ndate", "ship-confirm-date"],
        ["订单号\norder\n\nid", "ship-by\ndate", "ship\nconfirm date"],
    ],
)
def test_a_title_that_breaks_within_its_quotes_is_one_title(delimiter, titles):
    """As Excel writes a title of several lines, the first one too; the rows after it keep their numbers."""
    quoted = delimiter.join(f'"{one}"' if "\n" in one else one for one in titles)
    table = open_text(as_input("report.csv", f"{quoted}\n1{delimiter}2{delimiter}3\n".encode()))
    assert table.header == tuple(" ".join(one.split()) for one in titles)
    assert table.delimiter == delimiter
    assert table.first_line == 2 + "".join(titles).count("\n")


@pytest.mark.parametrize("above", ['"Report of October', 'Report of "October', '"Report" of October"', '"'])
def test_a_stray_quote_in_a_sentence_above_the_header_is_no_quote(above):
    told = [summary(f"{one}\n{PLAIN}{GOOD}") for one in (above, "Report of October")]
    assert told[0]["late_shipment_rate"] == told[1]["late_shipment_rate"]
    assert told[0]["rows_read"] == told[1]["rows_read"] == 1


@settings(max_examples=often(400))
@given(st.sampled_from(",;\t"), st.text('ab"\n,;\t ', max_size=16))
def test_the_fast_road_never_takes_what_the_careful_one_reads_otherwise(delimiter, body):
    """Of any text at all, the fast road reads what the careful one reads, or leaves it to that."""
    even, uneven = both_roads(f"x{delimiter}y\n{body}")
    assert even is None or uneven in (even, "unbalanced_quotes")


@settings(max_examples=often(12))
@given(orders(most=6), st.integers(0, 5))
def test_an_empty_line_or_a_quoted_line_end_changes_no_fact(made, at):
    """What sends a file down the careful road leaves every figure, and every used row, as it was."""
    rows = [[*cells(line), "note"] for line in made]
    even = text_of(rows, header=[*HEADER, "remark"])
    lines = even.splitlines(keepends=True)
    gap = "".join([*lines[: at + 1], "\n", *lines[at + 1 :]])
    rows[-1][-1] = "two\nlines"
    broken = text_of(rows, header=[*HEADER, "remark"])
    assert told(facts(even)) == told(facts(gap)) == told(facts(broken))
    assert evidence_data(facts(even)) == evidence_data(facts(broken))


def test_lines_are_counted_as_an_editor_counts_them():
    """After a quoted line end, an empty line and one of spaces, a refused row is named by its own line."""
    text = (
        "order-id,ship-by-date,ship-confirm-date,note\n"
        f'{order_id(1)},2026-10-12,2026-10-12,"one\ntwo\nthree"\n'
        "\n"
        "   \n"
        f"broken,2026-10-12,2026-10-12,\n"
    )
    found = summary(text)
    assert problems(found) == {(7, "bad_order_id")}
    assert found["source"]["files"][0]["rows_read"] == 2


def test_lines_are_counted_beyond_a_quoted_line_end():
    """A row below a cell of three lines is named by its own line, with no other oddity in the file."""
    text = (
        "order-id,ship-by-date,ship-confirm-date,note\n"
        f'{order_id(1)},2026-10-12,2026-10-12,"one\ntwo\nthree"\n'
        "broken,2026-10-12,2026-10-12,x\n"
    )
    assert problems(summary(text)) == {(5, "bad_order_id")}


def test_only_a_line_with_nothing_on_it_is_no_row():
    """A line of empty cells is a row without an order id, on both roads; an empty line is none."""
    for gap in ("", "\n"):
        found = summary(f"{PLAIN}{gap}{GOOD},,\n")
        assert found["source"]["files"][0]["rows_read"] == 2
        assert problems(found) == {(3 + len(gap), "bad_order_id")}


def test_rows_after_a_page_of_empty_lines_are_read():
    """However many empty lines follow the header, the rows after them count."""
    assert summary(PLAIN + "\n" * 70_000 + GOOD)["source"]["files"][0]["rows_used"] == 1


def test_quotes_do_not_swallow_rows_of_a_tab_file():
    """In a tab file a quote that opens and one that closes four rows on are letters, and no row is lost."""
    rows = [
        f"{order_id(at)}\t2026-10-12\t2026-10-11\t{note}\n"
        for at, note in enumerate(['"5 in', "", "", 'x"', ""], 1)
    ]
    found = summary((PLAIN.rstrip() + ",note\n").replace(",", "\t") + "".join(rows))
    assert (found["source"]["files"][0]["rows_used"], problems(found)) == (5, set())


# --- Delimiters, line ends, encodings


@settings(max_examples=often(15))
@given(
    orders(most=6),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.tuples(st.booleans(), st.booleans(), st.sampled_from(["", "\n", "\n\n\n"])),
)
def test_delimiter_line_ends_and_mark_change_no_fact(made, delimiter, end, other):
    """Comma, semicolon or tab, LF, CRLF or CR, with a byte order mark or without: the same facts."""
    mark, careful, tail = other
    rows = [[*cells(line), "note"] for line in made]
    rows[0][-1] = "a\nb" if careful and delimiter != "\t" else "a"
    expected = facts(text_of(rows, header=[*HEADER, "remark"]))
    text = text_of(rows, header=[*HEADER, "remark"], delimiter=delimiter) + tail
    data = text.replace("\n", end).encode("utf-8-sig" if mark else "utf-8")
    found = facts(data)
    assert told(found) == told(expected)
    assert evidence_data(found) == evidence_data(expected)
    assert found.source.files[0].encoding == ("utf-8-sig" if mark else "utf-8")


@pytest.mark.parametrize(
    ("encoding", "supplier"),
    [("cp1252", "Müller & Söhne"), ("cp932", "大阪商店"), ("gb18030", "義烏恒泰"), ("utf-16", "Müller 義烏")],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_encoding_that_is_named_is_used(encoding, supplier, end):
    """A file in the named encoding gives its names as they were written, whatever its line ends."""
    text = (
        f"order-id,supplier,ship-by-date,ship-confirm-date\n{order_id(1)},{supplier},2026-10-12,2026-10-12\n"
    )
    found = summary(text.replace("\n", end).encode(encoding), encoding=encoding)
    assert found["late_by_supplier"]["suppliers"][0]["name"] == supplier
    assert found["source"]["files"][0]["encoding"] == encoding


def test_the_mark_of_utf8_wins_over_a_named_encoding():
    """A file that says it is UTF-8 is, even where --encoding was meant for another file of the run."""
    text = f"order-id,supplier,ship-by-date,ship-confirm-date\n{order_id(1)},Müller,2026-10-12,2026-10-12\n"
    found = summary(text.encode("utf-8-sig"), encoding="cp1252")
    assert found["late_by_supplier"]["suppliers"][0]["name"] == "Müller"


@pytest.mark.parametrize("first", ["sep=;\n", '"sep=;"\n', "\n\n", "SEP=;\n"])
def test_what_excel_writes_above_the_header_is_no_header(first):
    """Empty lines and Excel's own sep=; before the header are passed over, and lines still counted."""
    found = summary((first + PLAIN + GOOD + "x,,\n").replace(",", ";"))
    assert found["source"]["files"][0]["rows_used"] == 1
    assert problems(found) == {(3 + first.count("\n"), "bad_order_id")}


def test_a_title_may_hold_a_line_end():
    """A header with a quoted line end, as spreadsheets write it, is one header."""
    found = summary(
        f'order-id,"a\nnote","ship-by\n-date",ship-confirm-date\n{order_id(1)},x,2026-10-12,2026-10-12\nx,,,\n'
    )
    assert found["source"]["files"][0]["columns"]["ship_by"] == "ship-by -date"
    assert problems(found) == {(5, "bad_order_id")}


def test_an_inch_mark_in_a_title_opens_no_quote():
    """A quote inside a title that is not quoted is a letter."""
    found = summary(
        f'order-id,5" box,ship-by-date,ship-confirm-date\n{order_id(1)},x,2026-10-12,2026-10-12\n'
    )
    assert found["source"]["files"][0]["rows_used"] == 1


@pytest.mark.parametrize("tail", [",", ",,,", ", ,"])
def test_trailing_delimiters_shift_nothing(tail):
    """Delimiters at the end of rows, beyond the header, move no cell to another column."""
    assert summary(PLAIN + GOOD.replace("\n", tail + "\n"))["source"]["files"][0]["rows_used"] == 1


def test_texts_that_look_like_numbers_stay_texts():
    """00123, 1E5, NA, nan and TRUE are names of SKUs and suppliers, letter by letter."""
    names = ["00123", "1E5", "NA", "nan", "TRUE", "1_000", "１２"]
    rows = [[order_id(at), name, name, "2026-10-12", "2026-10-12"] for at, name in enumerate(names, 1)]
    found = summary(
        text_of(rows, header=["order-id", "sku", "supplier", "ship-by-date", "ship-confirm-date"])
    )
    assert sorted(one["name"] for one in found["late_by_supplier"]["suppliers"]) == sorted(names)


def test_names_are_kept_as_paper_can_hold_them():
    """A name keeps its letters; spaces around it, control characters and hidden marks go or are shown."""
    rows = [
        [order_id(1), " Elm\u00a0 Works \u200b", "2026-10-12", "2026-10-12"],
        [order_id(2), "a\x1b[31mb\u202ec", "2026-10-12", "2026-10-12"],
    ]
    found = summary(text_of(rows, header=["order-id", "supplier", "ship-by-date", "ship-confirm-date"]))
    assert {one["name"] for one in found["late_by_supplier"]["suppliers"]} == {
        "Elm Works",
        "a\ufffd[31mb\ufffdc",
    }


@pytest.mark.parametrize("word", ["(not stated)", "(several)"])
def test_a_supplier_called_as_our_own_words_is_no_other_group(word):
    """A cell that says (not stated) is a blank one, and one that says (several) joins that group."""
    rows = [
        [order_id(1), word, "2026-10-12", "2026-10-12", "1"],
        [order_id(2), "", "2026-10-12", "2026-10-12", "1"],
        [order_id(3), "A", "2026-10-12", "2026-10-12", "1"],
        [order_id(3), "B", "2026-10-12", "2026-10-12", "2"],
    ]
    header = ["order-id", "supplier", "ship-by-date", "ship-confirm-date", "order-item-id"]
    shares = summary(text_of(rows, header=header))["late_by_supplier"]["suppliers"]
    assert {one["name"]: one["orders"] for one in shares} == (
        {"(not stated)": 2, "(several)": 1} if word == "(not stated)" else {"(not stated)": 1, "(several)": 2}
    )


# --- Headers


@pytest.mark.parametrize(
    "case", [str.upper, str.title, lambda title: title.replace("-", " "), lambda title: f" {title}_ "]
)
def test_case_and_punctuation_of_a_title_do_not_count(case):
    """Order Id, ORDER-ID and order_id are one column, and still the plain header."""
    row = [order_id(1), "", "", "", "", "2026-10-12", "2026-10-12"]
    found = summary(text_of([row], header=[case(title) for title in HEADER]))
    assert found["late_shipment_rate"][0]["orders"] == 1


@pytest.mark.parametrize("column", report_named("late_shipment").columns, ids=lambda column: column.name)
def test_every_alias_names_its_column_alone(column):
    """No two columns of the report share a title, so that a header has one reading."""
    names = {folded(title) for title in (column.plain, *column.aliases)}
    for other in report_named("late_shipment").columns:
        if other is not column:
            assert names.isdisjoint(folded(title) for title in (other.plain, *other.aliases))


def test_the_plain_title_wins_over_an_alias_beside_it():
    """Where ship-by-date and Expected ship date both stand, the plain title is the column."""
    found = recognise(["order-id", "Expected ship date", "ship-by-date", "ship-confirm-date"], file="r.csv")
    assert found.positions["ship_by"] == 2


# --- Faults of a file: code, file, line, column, and what to do

TWO_ALIASES = "order-id,Expected ship date,Promised Ship Date,ship-confirm-date\n"
FILE_FAULTS = [
    ("empty", b"", "empty", None, None),
    ("empty but for its mark", b"\xef\xbb\xbf", "empty", None, None),
    ("empty lines", b"\n \n\r\n", "empty", None, None),
    ("header alone", PLAIN, "no_rows", None, None),
    ("header and empty lines", PLAIN + "\n\n  \n", "no_rows", None, None),
    ("a zip file", b"PK\x03\x04" + b"x" * 40, "binary", None, None),
    ("a gzip file", b"\x1f\x8b\x08" + b"x" * 40, "binary", None, None),
    ("a PDF", b"%PDF-1.7\n", "binary", None, None),
    ("an old workbook", b"\xd0\xcf\x11\xe0" + b"x" * 40, "binary", None, None),
    ("zero bytes", (PLAIN + GOOD).encode("utf-16-le"), "binary", None, None),
    ("unknown header", "a,b,c\n1,2,3\n", "unknown_header", 1, None),
    ("one needed column missing", "order-id,ship-by-date\n1,2\n", "unknown_header", 1, None),
    ("a column twice", PLAIN.replace("\n", ",Ship-By-Date\n") + GOOD, "duplicated_column", 1, "Ship-By-Date"),
    ("an unused column twice", "x,X,order-id,ship-by-date,ship-confirm-date\n", "duplicated_column", 1, "X"),
    ("two columns for one", TWO_ALIASES, "ambiguous_column", 1, "Expected ship date"),
    ("no encoding at all", PLAIN.encode() + GOOD.encode() + b"\xff\x81\xff,,\n", "not_utf8", 3, None),
    ("none, CR", (PLAIN + GOOD).replace("\n", "\r").encode() + b"\xff\x81\xff,,\r", "not_utf8", 3, None),
    (
        "an open quote",
        PLAIN + GOOD + f'{order_id(2)},"2026-10-12,2026-10-12\n' + GOOD,
        "unbalanced_quotes",
        3,
        None,
    ),
    (
        "a quote that swallows a row",
        PLAIN + f'{order_id(2)},2026-10-12,"x\n' + GOOD + 'a,b,"\n',
        "unbalanced_quotes",
        2,
        None,
    ),
    (
        "an open quote in the last cell",
        PLAIN + GOOD + f'{order_id(2)},2026-10-12,"2026-10-12',
        "unbalanced_quotes",
        3,
        None,
    ),
    (
        "an open quote in the only row",
        PLAIN + f'{order_id(2)},2026-10-12,"2026-10-12\n',
        "unbalanced_quotes",
        2,
        None,
    ),
    (
        "an open quote in the header",
        'order-id,"ship-by-date,ship-confirm-date\n' + GOOD,
        "unbalanced_quotes",
        1,
        None,
    ),
    (
        "a cell without end",
        "order-id,note,ship-by-date,ship-confirm-date\n\n1," + "x" * 40_000 + ",,\n",
        "too_large",
        3,
        None,
    ),
    ("six hundred columns", ",".join(f"c{at}" for at in range(600)) + "\n", "too_many_columns", 1, None),
    ("no usable row", PLAIN + "1,2026-10-12,\n2,2026-10-12,\n", "no_usable_row", 2, "order-id"),
    ("ragged rows alone", PLAIN + "1\n2,2\n", "no_usable_row", 2, None),
    ("ambiguous dates", PLAIN + f"{order_id(1)},03/04/2026,\n", "ambiguous_dates", None, "ship-by-date"),
    (
        "mixed day orders",
        PLAIN + f"{order_id(1)},31/10/2026,\n{order_id(2)},10/31/2026,\n",
        "ambiguous_dates",
        None,
        "ship-by-date",
    ),
]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"), [row[1:] for row in FILE_FAULTS], ids=[row[0] for row in FILE_FAULTS]
)
def test_a_fault_of_a_file_is_told_with_its_place_and_a_next_step(text, code, line, column):
    """Each file that cannot be used ends the run with its own code, line, column and a hint."""
    fault = fault_of(text)
    assert (fault.code, fault.file, fault.line, fault.column) == (code, "report.csv", line, column)


@pytest.mark.parametrize(
    ("encoding", "code"),
    [
        ("nope", "unknown_encoding"),
        ("hex", "unknown_encoding"),
        ("\0", "unknown_encoding"),
        ("ascii", "bad_encoding"),
        ("utf-8", "bad_encoding"),
    ],
)
def test_a_wrong_encoding_is_a_sentence(encoding, code):
    """An encoding that does not exist, or does not fit, is told as such."""
    assert fault_of(PLAIN.encode() + b"M\xfcller,,\n", encoding=encoding).code == code


def test_a_wrong_encoding_names_the_line():
    """Where the bytes do not fit the named encoding, the line of the first one is named."""
    assert fault_of(PLAIN.encode() + b"x,,\nM\xfcller,,\n", encoding="ascii").line == 3


def test_zero_bytes_after_decoding_are_found_too():
    """UTF-16 read as another encoding is no text, and is not read as one."""
    assert fault_of((PLAIN + GOOD).encode("utf-16-le"), encoding="latin-1").code == "binary"


def test_an_unknown_header_comes_back_as_a_mapping_file():
    """The hint holds a mapping file with the known columns and the nearest titles, and it works as it is."""
    header = ["Order number", "ship by (date)", "ship confirm day", "sku"]
    rows = [["7", "2026-10-12", "2026-10-13", "A"]]
    fault = fault_of(text_of(rows, header=header))
    assert fault.code == "unknown_header"
    for title in header:
        assert title in fault.message
    mapping = fault.hint[fault.hint.index("[columns]") :]
    assert 'ship_by = "ship by (date)"' in mapping
    assert 'ship_confirmed = "ship confirm day"' in mapping
    found = summary(text_of(rows, header=header), mapping=mapping)
    assert found["source"]["files"][0]["columns"]["sku"] == "sku"
    assert found["late_shipment_rate"][2]["late"] == 1


def test_a_title_with_quotes_survives_the_mapping_file():
    """A header that holds quotes and backslashes is quoted in the hint so that the file can be read."""
    header = ['order "id" \\1', "ship-by-date", "ship-confirm-date"]
    fault = fault_of(text_of([["7", "2026-10-12", "2026-10-13"]], header=header))
    mapping = fault.hint[fault.hint.index("[columns]") :]
    found = summary(text_of([["7", "2026-10-12", "2026-10-13"]], header=header), mapping=mapping)
    assert found["source"]["files"][0]["columns"]["order_id"] == header[0]


# --- Buyers' data

CANARIES = (
    "Jane Roe",
    "12 Elm Street",
    "jane@example.com",
    "+1 555 010 4477",
    "555-010-4477",
    "April May",
    "June",
    "80331",
    "06.12.34.56.78",
)
BUYER = (
    "buyer-name",
    "ship-address-1",
    "buyer-email",
    "buyer-phone-number",
    "other",
    "first",
    "month",
    "zip",
    "phone",
)


def said(text, **options):
    """Everything that a run says, be it facts or a fault."""
    try:
        found = facts(text, **options)
    except InputFault as fault:
        return json.dumps(fault.as_data(), ensure_ascii=False)
    return json.dumps([summary_data(found), evidence_data(found)], ensure_ascii=False)


@pytest.mark.parametrize("shift", range(-len(CANARIES), len(CANARIES) + 1))
def test_a_buyers_data_is_never_said_wherever_a_row_slides(shift):
    """Columns of buyers are dropped, and a row that slid under other titles is refused by shape alone."""
    header = [*BUYER[:4], "order-id", "purchase-date", "ship-by-date", "ship-confirm-date", *BUYER[4:]]
    good = [*CANARIES[:4], order_id(1), "2026-10-01", "2026-10-12", "2026-10-12", *CANARIES[4:]]
    slid = good[-shift:] + good[:-shift] if shift else good
    text = text_of([good, slid], header=header)
    for options in ({}, {"mapping": "complete = true\n"}):
        words = said(text, **options)
        assert not [canary for canary in CANARIES if canary in words]
        assert order_id(1) not in words or "conflict" in words


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("column", ["order-id", "purchase-date", "ship-by-date", "ship-confirm-date"])
def test_a_buyers_data_in_a_date_or_an_id_is_not_printed(canary, column):
    """A refused value that could be a person's is told by its shape."""
    row = {
        "order-id": order_id(2),
        "purchase-date": "2026-10-01",
        "ship-by-date": "2026-10-12",
        "ship-confirm-date": "2026-10-12",
    }
    good, bad = dict(row), {**row, "order-id": order_id(3), column: canary}
    text = text_of([list(good.values()), list(bad.values())], header=list(row))
    assert canary not in said(text)
    assert "character" in said(text)
    assert canary not in said(text_of([list(bad.values())], header=list(row)))


@pytest.mark.parametrize("twice", [0, 1])
def test_a_file_without_a_header_does_not_say_its_first_row(twice):
    """Where a row stands in the header's place, the fault says so and prints none of it."""
    row = ["Jane Roe", *["Jane Roe"] * twice, order_id(1), "2026-10-12", "2026-10-12"]
    fault = fault_of(text_of([row, row], header=row))
    assert (fault.code, fault.line) == ("no_header", 1)
    mapped = fault_of(text_of([row, row], header=row), mapping='[columns]\norder_id = "Nr"\n')
    assert mapped.code == "no_header"
    for words in (fault, mapped):
        assert "Jane" not in json.dumps(words.as_data())


def test_an_order_told_in_two_ways_is_named_by_an_id_alone():
    """Where a mapping lets any text be an id, a conflict names lines, not a text that could be a name."""
    rows = [
        ["Jane Roe", "2026-10-12", "2026-10-11", "A"],
        ["Jane Roe", "2026-10-12", "2026-10-14", "A"],
        ["x", "2026-10-12", "2026-10-12", "A"],
    ]
    header = ["order-id", "ship-by-date", "ship-confirm-date", "sku"]
    words = said(text_of(rows, header=header), mapping="complete = true\n")
    assert "conflict" in words
    assert "Jane" not in words


# --- Several files


def test_files_of_one_name_are_told_apart():
    """Two reports of one name are numbered, each with its own rows, and lines name the right one."""
    one = PLAIN + f"{order_id(1)},2026-10-12,2026-10-14\nbad\n"
    two = one.replace(order_id(1), order_id(2))
    found = facts_of(
        Account(reports=tuple(as_input("r.csv", text.encode()) for text in (one, two)), complete=True),
        tell=print,
    )
    assert [(file.name, file.rows_used, file.rows_refused) for file in found.source.files] == [
        ("r.csv", 1, 1),
        ("r.csv (2)", 1, 1),
    ]
    assert [row.file for row in found.source.problems] == ["r.csv", "r.csv (2)"]
    places = evidence_data(found)["late_shipment_rate.all.late"]["rows"]["lines"]
    assert places == [{"file": "r.csv", "ranges": [[2, 2]]}, {"file": "r.csv (2)", "ranges": [[2, 2]]}]


@settings(max_examples=often(15))
@given(orders(most=8), st.integers(0, 8))
def test_a_report_in_two_files_is_one_report(made, at):
    """Cut anywhere, even within an order, with the rows at the cut in both files: the same facts."""
    one, two = made[: at + 1], made[max(0, at - 1) :]
    if not two:
        return
    whole, halves = told(facts(report(made))), told(facts(report(one), report(two)))
    assert halves.pop("rows_read") == len(one) + len(two) >= whole.pop("rows_read") == len(made)
    del whole["evidence"]["rows_read"], halves["evidence"]["rows_read"]
    assert whole == halves


# --- A workbook


UTC_DAYS = 'zone = "UTC"\ncomplete = true\n'


def _odd(moment):
    """A moment that is no midnight, which a workbook cannot tell from a bare day."""
    return moment and moment.replace(second=30)


@settings(max_examples=often(10))
@given(orders(most=6))
def test_a_workbook_gives_the_facts_of_its_text(made):
    """The same rows as .xlsx, their times as times, tell the same facts on the same lines."""
    made = [
        replace(line, purchased=None, ship_by=_odd(line.ship_by), confirmed=_odd(line.confirmed))
        for line in made
    ]
    text = report(made)
    sheet = workbook([HEADER, *(cells(line, written=lambda moment: moment) for line in made)])
    one, other = facts(text, mapping=UTC_DAYS), facts(sheet, mapping=UTC_DAYS)
    assert told(one) == told(other)
    assert evidence_data(one) == evidence_data(other)


def test_a_bare_day_and_a_midnight_of_a_workbook_are_told_apart():
    """A column of days has days, which end at 23:59:59; in a column of times a day is its midnight."""
    header = PLAIN.strip().split(",")
    noon = datetime(2026, 10, 12, 12, tzinfo=UTC)
    midnight = noon - timedelta(hours=12)
    days = [header, [order_id(1), midnight, noon], [order_id(2), midnight + timedelta(days=1), noon]]
    times = [header, [order_id(1), midnight, noon], [order_id(2), noon + timedelta(days=1), noon]]
    assert summary(workbook(days), complete=True)["late_shipment_rate"][2]["late"] == 0
    assert summary(workbook(times), complete=True)["late_shipment_rate"][2]["late"] == 1


def test_a_workbook_is_read_from_its_first_sheet_with_anything_on_it():
    """An empty sheet in front, empty rows and numbers as ids do no harm, and lines are the sheet's."""
    header = PLAIN.strip().split(",")
    sheet = [
        [],
        header,
        [],
        [order_id(1), "2026-10-12", "2026-10-12"],
        [1.12e16, "2026-10-12", ""],
        [None, None, None],
    ]
    found = summary(workbook([], sheet))
    assert (found["source"]["files"][0]["rows_read"], problems(found)) == (2, {(5, "bad_order_id")})


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ([[]], "empty"),
        ([[PLAIN.strip().split(",")]], "no_rows"),
        ([[["a", "b"], ["1", "2"]]], "unknown_header"),
        ([[["order-id", "sku", "sku", "ship-by-date", "ship-confirm-date"], ["1"]]], "ambiguous_column"),
        ([[["Jane Roe", order_id(1)], ["x", "y"]]], "no_header"),
    ],
)
def test_a_fault_of_a_workbook_is_a_sentence(sheets, code):
    """A workbook without rows, or with a header that cannot be read, is refused as a text would be."""
    fault = fault_of(workbook(*sheets))
    assert fault.code == code
    assert "Jane" not in json.dumps(fault.as_data())


def test_a_damaged_workbook_is_a_sentence():
    """Wherever a workbook is cut or overwritten, the run ends with facts or with a fault, never a traceback."""
    whole = workbook([PLAIN.strip().split(","), [order_id(1), "2026-10-12", "2026-10-12"]])
    for at in range(4, len(whole), 97):
        for data in (whole[:at], whole[:at] + b"\xff" + whole[at + 1 :]):
            assert said(data)


# --- Anything at all


@settings(max_examples=often(150))
@given(st.binary(max_size=60), st.integers(0, 200), st.sampled_from([None, "utf-16", "cp932", "latin-1"]))
def test_no_bytes_end_in_a_traceback(junk, at, encoding):
    """Bytes put anywhere into a report give facts or one fault of ours."""
    data = (PLAIN + GOOD + GOOD.replace(order_id(1), order_id(2))).encode()
    assert said(data[:at] + junk + data[at:], encoding=encoding)
