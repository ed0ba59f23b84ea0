"""``poa summary --open``: what it prints and what it writes for suppliers, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from strategies import order_id

from poa.account import Account
from poa.account.open_list import open_list
from poa.cli.open_screen import left
from poa.cli.summary import command
from poa.errors import OutputFault, PoaError, UsageFault
from poa.files import as_input

HEADER = "order-id,order-item-id,sku,supplier,buyer-name,purchase-date,ship-by-date,ship-confirm-date,supplier-dispatch-date,tracking-number"
BUYER = "Erika Mustermann"
NOW = "2026-11-03T12:00:00-08:00"
# Number, item, SKU, supplier, ship-by day, confirmed, dispatched, tracking number.
LINES = (
    (1, 1, "MUG-11", "Alder Supply", "2026-10-20", "", "", ""),
    (2, 1, "MUG-12", "Alder Supply", "2026-11-02", "", "", "T2"),
    (3, 1, "MUG-11", "Alder Supply", "2026-11-03", "", "", ""),
    (4, 1, "BOWL-4", "Alder Supply", "2026-11-04", "", "2026-11-02T20:00:00Z", "T4"),
    (5, 1, "PEN-CASE", "义乌恒泰", "2026-11-04", "", "", ""),
    (6, 1, "BAG-S", "", "2026-11-05", "", "", ""),
    (7, 1, "MUG-11", "Alder Supply", "2026-11-06", "", "", ""),
    (7, 2, "BAG-L", "Birch & Sons", "2026-11-06", "", "", ""),
    (8, 1, "MUG-11", "Alder Supply", "2026-11-01", "2026-10-31T20:00:00Z", "", "T8"),
)


def orders(lines: tuple[tuple[object, ...], ...] = LINES) -> str:
    rows = [
        f"{order_id(int(str(number)))},{item},{sku},{supplier},{BUYER},2026-10-08T09:00:00Z,{due}T23:59:59-08:00,{confirmed},{left_at},{track}"
        for number, item, sku, supplier, due, confirmed, left_at, track in lines
    ]
    return "\n".join([HEADER, *rows]) + "\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the orders above, in which poa runs."""
    (tmp_path / "orders.csv").write_text(orders(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(
        command, ["orders.csv", "--complete", "--now", NOW, *args], standalone_mode=False
    )


def said(*args: str) -> str:
    done = run("--open", *args)
    assert done.exception is None, done.exception
    return done.output


def refused(*args: str) -> PoaError:
    fault = run(*args).exception
    assert isinstance(fault, PoaError)
    return fault


def only(folder: Path, pattern: str) -> str:
    (path,) = folder.glob(pattern)
    return path.read_bytes().decode("utf-8-sig")


SCREEN = """\
Open orders, Amazon.com, judged at 2026-11-03 12:00 (-08:00)
7 orders are not confirmed: 2 past their ship-by time, 1 with up to 24 hours
left, 2 with up to 48 hours left, 2 with more than 48 hours left.
1 of them has a dispatch time and a tracking number: confirm that one yourself.

Amazon may cancel 1 order by itself within 2 days, or already
Order                Supplier      Promised          Waits until
101-0000001-0007919  Alder Supply  2026-10-21 00:59  2026-10-30
Amazon cancels an order that is not confirmed 7 business days after the ship-by
day, by Amazon Seller Central help 200197960 (Brazilian page in English); not
stated for this store.

Alder Supply: 4 orders, 2 past due
Order                SKU                Promised          Left          Tracking
101-0000001-0007919  MUG-11             2026-10-21 00:59  past 13 d     missing
102-0000002-0015838  MUG-12             2026-11-02 23:59  past 12 h     known
103-0000003-0023757  MUG-11             2026-11-03 23:59  11 h          missing
104-0000004-0031676  BOWL-4             2026-11-04 23:59  35 h          known

义乌恒泰: 1 order
Order                SKU                Promised          Left          Tracking
105-0000005-0039595  PEN-CASE           2026-11-04 23:59  35 h          missing

(not stated): 1 order
Order                SKU                Promised          Left          Tracking
106-0000006-0047514  BAG-S              2026-11-05 23:59  2 d 11 h      missing

(several): 1 order
Order                SKU                Promised          Left          Tracking
107-0000007-0055433  MUG-11 (Alder      2026-11-06 23:59  3 d 11 h      missing
                     Supply), BAG-L
                     (Birch & Sons)
"""

ENGLISH = """\
Open orders: Alder Supply
Hello,

By our records of 2026-11-03, the shipment of 4 orders with you is not confirmed yet. Please answer for each as asked below. Ship-by days are days of the store's clock (America/Los_Angeles).

Past the ship-by time
Please answer for these first, today: when did each leave, or when will it leave? Please also confirm the hand-over to the carrier.

- 101-0000001-0007919, SKU MUG-11, ship by 2026-10-21; tracking number needed
- 102-0000002-0015838, SKU MUG-12, ship by 2026-11-02

To be shipped
Please tell us when each will leave, and confirm the hand-over to the carrier once it is done.

- 103-0000003-0023757, SKU MUG-11, ship by 2026-11-03; tracking number needed

Dispatch time known to us
By the dispatch times we have, these have left. Please confirm that the carrier has them.

- 104-0000004-0031676, SKU BOWL-4, ship by 2026-11-04

You can also fill in the list open-orders-Alder-Supply-8ead5529.csv and send it back.

Thank you.
"""

CHINESE = """\
未确认发货的订单：Alder Supply
您好！

截至2026-11-03，我方记录中贵方有4笔订单尚未确认发货，请按下列要求逐单回复。最晚发货日以店铺所在时区（America/Los_Angeles）为准。

已过最晚发货时间
请今天优先回复：每笔订单何时已出货？如未出货，何时出货？并请确认是否已交给承运人。

- 101-0000001-0007919，SKU：MUG-11，最晚发货日2026-10-21；请提供运单号
- 102-0000002-0015838，SKU：MUG-12，最晚发货日2026-11-02

等待发货
请告知每笔订单的出货时间，并在交给承运人后确认。

- 103-0000003-0023757，SKU：MUG-11，最晚发货日2026-11-03；请提供运单号

已知出货时间
按我方掌握的出货时间，以下订单已出货，请确认承运人已收到货物。

- 104-0000004-0031676，SKU：BOWL-4，最晚发货日2026-11-04

也可以直接填写文件open-orders-Alder-Supply-8ead5529.csv后发回。

谢谢！
"""


@pytest.mark.usefixtures("folder")
def test_the_screen_says_it_all_first_and_then_each_supplier() -> None:
    """The moment, the sum, what Amazon may cancel, then the orders of each supplier within 80 columns."""
    shown = said()
    assert "\n".join(line.rstrip() for line in shown.splitlines()) + "\n" == SCREEN


@pytest.mark.parametrize(("options", "text"), [((), ENGLISH), (("--lang", "zh"), CHINESE)], ids=["en", "zh"])
def test_a_supplier_is_asked_in_the_language_that_the_seller_named(
    folder: Path, options: tuple[str, ...], text: str
) -> None:
    """Without --lang it is English, whatever signs a name is written in."""
    said("--out", "out", *options)
    assert only(folder, "out/open-orders-Alder*.txt") == text


@pytest.mark.parametrize("language", ["en", "zh", "ja", "de"])
def test_no_file_for_a_supplier_names_a_buyer_or_another_supplier(folder: Path, language: str) -> None:
    """Each file has its own orders only; those of several suppliers, or of none, are in no supplier's file."""
    said("--out", "out", "--lang", language)
    names = {"Alder Supply", "Birch & Sons", "义乌恒泰"}
    files = [path for path in folder.glob("out/*") if path.is_file()]
    assert len(files) == 4
    for path in files:
        text = path.read_text(encoding="utf-8-sig")
        assert BUYER not in text
        assert sum(name in text for name in names) == (path.suffix == ".txt")
        assert not any(order_id(number) in text for number in (6, 7, 8))
    own = only(folder, "out/internal/open-orders.csv")
    assert BUYER not in own
    assert "MUG-11: Alder Supply, BAG-L: Birch & Sons" in own
    assert own.count("\r\n") == 8


def test_a_list_that_the_supplier_filled_in_is_read_back(folder: Path) -> None:
    """Its columns are those of a supplier's list: the dispatch and the number that stand there are known then."""
    said("--out", "out")
    name = next(path.name for path in folder.glob("out/open-orders-Alder*.csv"))
    filled = only(folder, f"out/{name}").replace(
        f"{order_id(1)},MUG-11,2026-10-21T00:59:59-07:00,past_due,,,,",
        f"{order_id(1)},MUG-11,2026-10-21T00:59:59-07:00,past_due,2026-11-02T09:00:00+08:00,YunExpress,YT1,",
    )
    assert "YT1" in filled
    account = Account(
        reports=(as_input("orders.csv", orders().encode()), as_input(name, filled.encode("utf-8-sig"))),
        complete=True,
    )
    first = open_list(account, tell=lambda _: None).waiting.orders[0]
    assert (first.order_id, first.tracking, first.dispatched) == (
        order_id(1),
        "known",
        "2026-11-01T17:00:00-08:00",
    )


def test_a_cell_that_a_program_would_run_is_a_text(folder: Path) -> None:
    """A SKU that begins like a formula has an apostrophe before it; the file opens with the mark of UTF-8."""
    lines = ((1, 1, "=HYPERLINK(1)", "Alder Supply", "2026-11-04", "", "", ""), LINES[-1])
    (folder / "orders.csv").write_text(orders(lines), encoding="utf-8")
    said("--out", "out")
    for pattern in ("out/open-orders-*.csv", "out/internal/*.csv"):
        assert "'=HYPERLINK(1)" in only(folder, pattern)
        assert next(folder.glob(pattern)).read_bytes().startswith(b"\xef\xbb\xbforder_id,sku,")


@pytest.mark.usefixtures("folder")
def test_json_holds_every_order_and_the_counts() -> None:
    """The contract's keys, with each line of an order of several suppliers."""
    told = json.loads(said("--json"))
    assert (told["open"], told["judged"], told["marketplace"]) == (1, NOW, "US")
    assert [one["order_id"] for one in told["orders"]] == [order_id(number) for number in range(1, 8)]
    assert told["counts"] == {"past_due": 2, "h4": 0, "h24": 1, "h48": 2, "later": 2, "no_deadline": 0}
    assert (told["number"], told["to_cancel"], told["lists_open"], told["lists_all"]) == (7, 1, True, True)
    assert told["orders"][6]["lines"] == [
        {"sku": "MUG-11", "supplier": "Alder Supply"},
        {"sku": "BAG-L", "supplier": "Birch & Sons"},
    ]
    assert told["orders"][0]["places"] == [{"file": "orders.csv", "ranges": [[2, 2]]}]


def test_nobody_is_asked_to_ship_what_the_buyer_asked_to_cancel(folder: Path) -> None:
    """The unshipped report tells it: the screen names the order, no text does, and the seller's own list marks it."""
    rows = [
        f"{order_id(number)}\t1\t2026-11-05T07:59:59+00:00\tMUG-11\t{asked}"
        for number, asked in ((1, "true"), (2, "false"))
    ]
    head = "order-id\torder-item-id\tpromise-date\tsku\tis-buyer-requested-cancellation"
    (folder / "orders.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    (folder / "suppliers.csv").write_text("sku,supplier\nMUG-11,Alder\n", encoding="utf-8")
    shown = said("suppliers.csv", "--out", "out")
    assert f"Of these the buyer asked to cancel, so decide first: {order_id(1)}." in shown.replace("\n", " ")
    assert "No text asks about 1 order: it has no supplier" in shown
    for pattern in ("out/open-orders-Alder.txt", "out/open-orders-Alder.csv"):
        assert order_id(1) not in only(folder, pattern)
        assert order_id(2) in only(folder, pattern)
    own = only(folder, "out/internal/open-orders.csv").splitlines()
    assert [line.endswith(",yes") for line in own if line.startswith("10")] == [True, False]
    told = json.loads(said("suppliers.csv", "--json", "--out", "again"))
    assert [one["buyer_asked_to_cancel"] for one in told["orders"]] == [True, False]
    assert sorted(told["files"]) == sorted(
        path.relative_to(folder / "again").as_posix() for path in folder.glob("again/**/*.*")
    )


def test_a_terminal_shows_fifty_orders_and_counts_the_rest(folder: Path) -> None:
    """The most urgent fifty of all suppliers together; the files hold every one, a text the first 200."""
    lines = [
        (number, 1, "A-1", "Alder" if number % 2 else "Birch", f"2026-11-{4 + number // 60:02d}", "", "", "")
        for number in range(1, 501)
    ]
    confirmed = (900, *LINES[-1][1:])
    (folder / "orders.csv").write_text(orders((*lines, confirmed)), encoding="utf-8")
    shown = said("--out", "out")
    assert sum(order_id(number) in shown for number in range(1, 501)) == 50
    assert "450 more, less urgent than these" in shown
    assert "Alder: 250 orders, 25 shown" in shown
    assert "Birch: 250 orders, 25 shown" in shown
    assert only(folder, "out/open-orders-Birch.csv").count("\r\n") == 251
    text = only(folder, "out/open-orders-Birch.txt")
    assert text.count("\n- ") == 200
    assert "50 more orders are in the list open-orders-Birch.csv only." in text


def test_late_orders_alone_are_no_good_news(folder: Path) -> None:
    """A list of late orders tells nothing of open ones: it is said, and no file is written."""
    rows = [f"{order_id(number)},2026-10-2{number},2026-10-2{number + 1}" for number in range(1, 6)]
    late = "\n".join(["Order ID,Expected ship date,Ship confirmation date", *rows])
    (folder / "orders.csv").write_text(late, encoding="utf-8")
    done = CliRunner().invoke(command, ["orders.csv", "--open"], standalone_mode=False)
    assert "Nothing is known of open orders" in done.output.replace("\n", " ")
    assert "No order is open" not in done.output
    done = CliRunner().invoke(command, ["orders.csv", "--open", "--out", "out"], standalone_mode=False)
    assert isinstance(done.exception, PoaError)
    assert not (folder / "out").exists()


def test_where_no_order_is_open_nothing_is_written(folder: Path) -> None:
    """It says so in a sentence."""
    (folder / "orders.csv").write_text(orders(LINES[-1:]), encoding="utf-8")
    shown = said("--out", "out")
    assert "No order is open." in shown
    assert "Nothing was written" in shown
    assert not (folder / "out").exists()


def test_a_folder_that_holds_files_is_left_alone_until_overwrite(folder: Path) -> None:
    """Without --overwrite nothing is touched; with it, texts of an earlier run are named and stay."""
    said("--out", "out")
    (folder / "out" / "open-orders-Gone.txt").write_text("old")
    assert isinstance(refused("--open", "--out", "out"), OutputFault)
    shown = said("--out", "out", "--overwrite")
    assert "of an earlier run, not written again: open-orders-Gone.txt" in shown
    assert (folder / "out" / "open-orders-Gone.txt").read_text() == "old"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--out", "out"), "--out goes with --open"),
        (("--lang", "zh"), "--lang goes with --open --out DIR."),
        (("--open", "--lang", "zh"), "--lang goes with --open --out DIR."),
        (("--open", "--overwrite"), "--overwrite goes with --open --out DIR."),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(
    folder: Path, options: tuple[str, ...], words: str
) -> None:
    """One sentence says what it goes with, and nothing is written."""
    fault = refused(*options)
    assert isinstance(fault, UsageFault)
    assert words in fault.message
    assert not (folder / "out").exists()


def test_a_language_that_is_not_there_is_refused_before_anything_is_written(folder: Path) -> None:
    """The languages that there are stand in the hint."""
    fault = refused("--open", "--out", "out", "--lang", "fr")
    assert "en, zh, ja, de" in (fault.hint or "")
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, "not told"),
        (0.0, "0 min"),
        (0.999, "59 min"),
        (4.0, "4 h"),
        (48.99, "48 h"),
        (49.0, "2 d 1 h"),
        (260.0, "10 d"),
        (-0.5, "past 30 min"),
        (-3.9, "past 3 h"),
    ],
)
def test_time_left_is_never_more_than_there_is(hours: float | None, words: str) -> None:
    """Parts are cut, not rounded up."""
    assert left(hours) == words
