"""The annex lists exactly the late orders that the letter counts, and no cell of it can run."""

import csv
import io
import re
import time
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from strategies import order_id, orders, report, text_of

from poa.account import Account, counted_facts
from poa.account.joined import join
from poa.account.laid_to import laid_to
from poa.account.late_orders import late_orders
from poa.annex import WORDS, escaped, listed, table_csv, unescaped, workbook
from poa.characters import clean
from poa.facts import Lines
from poa.facts.late_orders import LateOrder
from poa.files import as_input
from poa.orders import key_of
from poa.sample import sample_files


def counted(*reports, suppliers=(), **options):
    """Joined files, their facts and their late orders."""
    files = [as_input(f"report{at or ''}.csv", text.encode()) for at, text in enumerate(reports)]
    maps = [as_input("suppliers.csv", text.encode()) for text in suppliers]
    account = Account(reports=tuple(files), suppliers=tuple(maps), **options)
    joined = join(account, tell=lambda _: None)
    facts = counted_facts(account, joined)
    return joined, facts, late_orders(joined, facts)


# --- the orders ----------------------------------------------------------------------------------


def test_the_sample_lists_what_it_counts_and_says_of_each_what_explain_says():
    """As many as the rate counts, in order of the deadline; step and group of each are those of poa explain."""
    made = sample_files()
    report_, suppliers = (made[name].decode() for name in ("late-shipment-report.csv", "suppliers.csv"))
    joined, facts, found = counted(report_, suppliers=[suppliers])
    assert len(found) == facts.late_shipment_rate[0].late.value == 44
    assert [one.ship_by for one in found] == sorted(one.ship_by for one in found)
    keys = joined.orders.table["key"].to_numpy()
    key_of_cause = {(one.dimension, one.name.value): one.key for one in facts.attribution.causes}
    for one in found:
        laid = laid_to(int(np.flatnonzero(keys == key_of(one.order_id))[0]), joined, facts)
        assert one.steps == laid.steps
        assert one.groups == tuple(key_of_cause[cause] for cause in laid.causes)
        (place,) = one.places
        ((line, _),) = place.ranges
        assert one.order_id in report_.splitlines()[line - 1]
    assert sum("S1" in one.groups for one in found) == facts.attribution.causes[0].late.value
    assert {one.groups for one in found} == {("S1",), ()}


@given(orders(most=8))
@settings(max_examples=often(30))
def test_late_orders_are_those_of_the_longest_window(lines):
    """Whatever the rows, the list is as long as the count, each order is there once, and late by more than nothing."""
    _, facts, found = counted(report(lines), complete=True)
    assert len(found) == facts.late_shipment_rate[0].late.value
    assert len({one.order_id for one in found}) == len(found)
    by_order = {order_id(line.order): [] for line in lines}
    for line in lines:
        if line.confirmed is not None:
            by_order[order_id(line.order)].append((line.confirmed - line.ship_by).total_seconds())
    for one in found:
        assert one.delay_hours * 3600 == pytest.approx(max(by_order[one.order_id]))
        apart = datetime.fromisoformat(one.confirmed) - datetime.fromisoformat(one.ship_by)
        assert apart.total_seconds() == pytest.approx(one.delay_hours * 3600)


SEVERAL = """\
order-id,order-item-id,sku,supplier,carrier,ship-by-date,ship-confirm-date
111-0000001-0000001,1,A-1,Birch,UPS,2026-10-31T23:59:59-07:00,2026-11-01T01:00:00-07:00
111-0000001-0000001,2,-12,Alder,UPS,2026-10-31T23:59:59-07:00,2026-11-01T23:59:59-08:00
111-0000001-0000001,3,A-1,,USPS,2026-10-31T23:59:59-07:00,2026-10-31T10:00:00-07:00
111-0000002-0000002,4,A-1,Birch,UPS,2026-10-31T23:59:59-07:00,2026-10-31T10:00:00-07:00
"""


def test_an_order_of_several_lines_is_one_row_with_all_its_names():
    """Dates are those of the latest line, in the store's zone over its clock change; its supplier comes first."""
    (one,) = counted(SEVERAL, complete=True)[2]
    assert one.skus == ("A-1", "-12")
    assert one.suppliers == ("Alder", "Birch")
    assert one.carriers == ("UPS", "USPS")
    assert one.ship_by == "2026-10-31T23:59:59-07:00"
    assert one.confirmed == "2026-11-01T23:59:59-08:00"
    assert one.delay_hours == 25
    assert one.steps == ("dispatch", "handover", "confirmation")
    assert one.places == (Lines(file="report.csv", ranges=((2, 4),)),)


def test_the_places_of_many_orders_are_those_of_each():
    """Rows of one order in two files, next to each other and apart, stand as the evidence of a single order does."""
    head, *rows = SEVERAL.splitlines()
    other = "111-0000003-0000003,5,A-1,Birch,UPS,2026-10-30T23:59:59-07:00,2026-11-01T01:00:00-07:00"
    files = ["\n".join([head, rows[0], other, rows[2], ""]), "\n".join([head, other, rows[1], rows[3], ""])]
    joined, _, found = counted(*files, complete=True)
    assert [one.places for one in found] == [
        (Lines(file="report.csv", ranges=((3, 3),)), Lines(file="report1.csv", ranges=((2, 2),))),
        (Lines(file="report.csv", ranges=((2, 2), (4, 4))), Lines(file="report1.csv", ranges=((3, 3),))),
    ]
    every = np.arange(len(joined.orders.table))
    assert joined.orders.places_of_each(every) == [
        joined.orders.behind(every[at : at + 1], "").lines for at in every
    ]
    assert joined.orders.places_of_each(every[:0]) == []


def test_bare_days_stay_days():
    """Where the file has no times of day, none is made up: the delay is in days."""
    rows = [["111-0000001-0000001", "2026-10-01", "2026-10-05", "2026-10-08"]]
    rows += [[order_id(n), "2026-10-01", "2026-10-05", "2026-10-04"] for n in range(2, 6)]
    header = ("order-id", "purchase-date", "ship-by-date", "ship-confirm-date")
    (one,) = counted(text_of(rows, header=header))[2]
    assert (one.purchased, one.ship_by, one.confirmed) == ("2026-10-01", "2026-10-05", "2026-10-08")
    assert (one.delay_hours, one.delay_days) == (None, 3)


# --- the files -----------------------------------------------------------------------------------

ONE = LateOrder(
    order_id="111-2223334-4445556",
    skus=("-12",),
    suppliers=("Alder Supply",),
    carriers=(),
    purchased=None,
    ship_by="2026-10-14T23:59:59-07:00",
    confirmed="2026-10-16T01:00:00-07:00",
    dispatched=None,
    first_scan="2026-10-15",
    delay_hours=25.0003,
    delay_days=None,
    steps=("dispatch", "handover"),
    groups=("S1", "K2"),
    places=(Lines(file="r.csv", ranges=((2, 3), (17, 17))), Lines(file="s.csv", ranges=((5, 5),))),
)
HEAD = [
    "No.",
    "Order ID",
    "SKU",
    "Supplier",
    "Ship by",
    "Confirmed",
    "First carrier scan",
    "Delay (hours)",
    "Step at the deadline",
    "Group that stands out",
    "File",
    "Lines",
]
ROW = [
    1,
    "111-2223334-4445556",
    "-12",
    "Alder Supply",
    "2026-10-14 23:59:59 -07:00",
    "2026-10-16 01:00:00 -07:00",
    "2026-10-15",
    25,
    "dispatch / handover",
    "S1, K2",
    "r.csv / s.csv",
    "2–3, 17 / 5",
]
EXHIBITS = [("1", "Late orders", "late-orders.xlsx", "2026-11-01"), ("2", "=1+1", "＝a.pdf", "2026-10-30")]
NAUGHTY = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    ' "=1+1',
    "'=1+1",
    "a;=1+1",
    "\u00a0=1",
    "https://a.example",
    "internal:Sheet!A1",
    "{=1+1}",
    "00123",
    "1E5",
    "TRUE",
    "#N/A",
    "_x0041_",
    "<b>&amp;",
    "<r><t>a</t></r>",
    "]]></t><f>1+1</f>",
    'a,"b"',
    "A\u0301 \U0001f642 义乌",
    "''",
    "\u202eabc",
    "a\0b\x1b[31m",
    "a\r\nb\tc",
    "\ud800",
    "\ufffe",
    "x" * 40_000,
    "\U0001f642" * 20_000,
]


def sheets(data):
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def cells(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_workbook_has_the_orders_the_exhibits_and_how_it_was_counted():
    """Each column that some order fills is there; numbers are numbers, ids and dates texts in the store's zone."""
    found = sheets(workbook(listed([ONE]), exhibits=EXHIBITS, notes=["Counted by ship-by day.", "=x"]))
    assert found == {
        "Late orders": [HEAD, ROW],
        "Exhibits": [["Exhibit", "Title", "File", "Date"], *map(list, EXHIBITS)],
        "Notes": [["Notes"], ["Counted by ship-by day."], ["=x"]],
    }


def test_the_csv_says_the_same():
    """The same cells, the SKU -12 with its apostrophe, a mark for Excel and lines after RFC 4180."""
    data = table_csv(listed([ONE]))
    assert data.startswith(b"\xef\xbb\xbfNo.,Order ID,")
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    head, row = cells(data)
    assert head == HEAD
    assert row == ["1", ROW[1], "'-12", *ROW[3:7], "25.0", *ROW[8:]]
    assert [unescaped(cell) for cell in row][2] == "-12"


@pytest.mark.parametrize("words", NAUGHTY)
def test_no_cell_can_run_and_each_can_be_read(words):
    """Whatever a seller's cell holds, both files hold it as text, also once it was edited, and it can be read."""
    naughty = replace(ONE, order_id=words, skus=(words,), suppliers=(words,), places=())
    data = workbook(listed([naughty]), exhibits=[(words,) * 4], notes=[words], title=words)
    shown = " ".join(re.sub("[\0\x1b\u202e\ud800\ufffe]", "\ufffd", words).split())
    units = len(shown.encode("utf-16-le")) // 2
    kept = shown if units < 32_768 else shown[: 32_764 * len(shown) // units] + "..."
    found = sheets(data)
    assert found["Late orders"][1][1:4] == [kept] * 3
    assert found["Exhibits"][1] == [kept] * 4
    assert found["Notes"][1] == [kept]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            xml = package.read(name).decode()
            assert "<f>" not in xml
            assert "<hyperlink" not in xml
        styles = re.findall(r"<xf [^>]*>", package.read("xl/styles.xml").decode().partition("<cellXfs")[2])
        for number in (1, 2, 3):
            xml = package.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert ' t="s"' not in xml
            texts = re.findall(r' s="(\d+)" t="inlineStr"', xml)
            assert texts
            assert all('quotePrefix="1"' in styles[int(at)] for at in texts)
    cell = cells(table_csv(listed([naughty])))[1][1]
    assert unescaped(cell) == kept
    assert not re.match(r"[\s\"'“]*[=+\-@＝＋－＠]", cell) or cell.startswith("'")
    assert not re.search(r";[\s\"]*=", cell)


def test_rows_stand_where_the_workbook_says_and_look_as_drawn():
    """Each cell has its place and its form, and head, filter, widths and print setup are those of the rows."""
    other = replace(ONE, skus=(), delay_hours=2.5, places=())
    with zipfile.ZipFile(io.BytesIO(workbook(listed([ONE, other])))) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
        styles = package.read("xl/styles.xml").decode()
    forms = re.findall(r"<xf [^>]*>", styles.partition("<cellXfs")[2])
    head, *rows = re.findall(r'<row r="\d+">(.*?)</row>', xml)
    places = [re.findall(r'<c r="([A-Z]+\d+)"', row) for row in (head, *rows)]
    assert places == [
        [f"{letter}1" for letter in "ABCDEFGHIJKL"],
        [f"{letter}2" for letter in "ABCDEFGHIJKL"],
        [f"{letter}3" for letter in "ABDEFGHIJ"],
    ]
    form = {
        place: forms[int(at)]
        for row in (head, *rows)
        for place, at in re.findall(r'r="(\w+)" s="(\d+)"', row)
    }
    assert 'numFmtId="1"' in form["A2"]
    assert 'formatCode="0.0###"' in styles
    assert 'numFmtId="164"' in form["H3"]
    assert 'fontId="1"' in form["B1"]
    assert "<v>2.5</v>" in rows[1]
    assert '<dimension ref="A1:L3"/>' in xml
    assert '<autoFilter ref="A1:L3"/>' in xml
    assert 'topLeftCell="A2"' in xml
    assert '<col min="2" max="2" width="21.7' in xml
    assert 'fitToHeight="0" orientation="landscape"' in xml


SPELLED = st.text(st.sampled_from(list("=+-@'\";\t ＝＋“x1\n\r")), max_size=8) | st.text(max_size=6)


@given(SPELLED)
def test_an_escaped_cell_reads_back(text):
    """No two texts become one cell, and none begins a formula, at its start or behind a semicolon."""
    assert unescaped(escaped(text)) == text
    assert not re.search(r"(^|[;\t])[\s\"“]*[=+\-@\t\r\n＝＋－＠]", escaped(text))


@given(st.lists(st.tuples(SPELLED, SPELLED), max_size=4))
def test_csv_has_a_row_an_order_whatever_its_names(names):
    """Commas, quotes and line ends stay inside their cell."""
    many = [replace(ONE, skus=(sku,), groups=(group,)) for sku, group in names]
    head, *rows = cells(table_csv(listed(many)))
    assert [len(row) for row in rows] == [len(head)] * len(names)
    for heading, at in (("SKU", 0), ("Group that stands out", 1)):
        if heading in head:
            read = [unescaped(row[head.index(heading)]) for row in rows]
            assert read == [clean(name[at]) for name in names]


@given(st.integers(0, 10**9).map(order_id))
def test_order_ids_are_never_escaped(order):
    """What Amazon looks an order up by stays as it is."""
    assert escaped(order) == order


def test_same_orders_same_bytes_on_any_day():
    """No clock and no system is in either file."""
    made = workbook(listed([ONE]), exhibits=EXHIBITS, notes=["a"], dated="2026-11-01")
    time.sleep(1.1)
    assert workbook(listed([ONE]), exhibits=EXHIBITS, notes=["a"], dated="2026-11-01") == made
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert re.findall(r">(20\d\d-[^<]*)<", core) == ["2026-11-01T00:00:00Z"] * 2
    assert "xlsxwriter" not in core.casefold()


def test_all_words_can_be_said_in_another_language():
    """Names of sheets, heads and steps are the caller's, safe for Excel; a word that is none of ours is a mistake."""
    words = {name: f"{number}译" for number, name in enumerate(WORDS)} | {
        "late_orders": "迟/发[订单]" + "长" * 40,
        "exhibits": "same",
        "notes": "Same",
    }
    found = sheets(workbook(listed([ONE], words), words=words))
    assert list(found) == ["迟 发 订单 " + "长" * 22, "same", "Same 3"]
    told = [str(cell) for sheet in found.values() for row in sheet for cell in row]
    english = {word for word in WORDS.values() if word in told}
    assert english == set()
    assert cells(table_csv(listed([ONE], words)))[0][1] == words["order_id"]
    with pytest.raises(ValueError, match="order-id"):
        table_csv(listed([], {"order-id": "x"}))


@pytest.mark.parametrize(("hours", "shown"), [(0.02, 0.02), (1 / 3600, 0.0003), (0.06, 0.1), (33.206, 33.2)])
def test_a_late_order_is_never_late_by_nothing(hours, shown):
    """One decimal, and as many as it takes to tell a delay of seconds from none."""
    assert sheets(workbook(listed([replace(ONE, delay_hours=hours)])))["Late orders"][1][7] == shown


def test_days_and_unknown_steps_are_said_as_such():
    """A delay in days has its own column, and a step that nothing tells, or everything, is not known."""
    days = replace(ONE, delay_hours=None, delay_days=3, steps=("dispatch", "handover", "confirmation"))
    head, row = sheets(workbook(listed([days])))["Late orders"]
    assert "Delay (hours)" not in head
    assert row[head.index("Delay (days)")] == 3
    assert row[head.index("Step at the deadline")] == "not known"


def test_no_late_order_leaves_the_heads():
    """An empty list is a file too."""
    short = ["No.", "Order ID", "Ship by", "Confirmed", "Step at the deadline", "File", "Lines"]
    assert sheets(workbook(listed([])))["Late orders"] == [short]
    assert cells(table_csv(listed([]))) == [short]


def test_twenty_thousand_orders_are_written_at_once():
    """A large account waits seconds, not minutes."""
    many = [replace(ONE, order_id=order_id(number)) for number in range(20_000)]
    start = time.perf_counter()
    data, text = workbook(listed(many)), table_csv(listed(many))
    assert time.perf_counter() - start < 15
    assert len(sheets(data)["Late orders"]) == len(cells(text)) == 20_001


def test_orders_on_which_nothing_counts_are_left_out():
    """An order late before the longest window is not of the annex."""
    rows = [
        [order_id(1), "2026-08-05T00:00:00Z", "2026-08-08T00:00:00Z"],
        *([order_id(n), f"{datetime(2026, 10, n, tzinfo=UTC):%Y-%m-%dT00:00:00Z}", "2026-10-01T00:00:00Z"] for n in range(5, 20)),
        [order_id(3), "2026-10-18T00:00:00Z", "2026-10-19T12:00:00Z"],
    ]  # fmt: skip
    found = counted(text_of(rows, header=("order-id", "ship-by-date", "ship-confirm-date")), complete=True)[2]
    assert [(one.order_id, one.delay_hours) for one in found] == [(order_id(3), 36)]
