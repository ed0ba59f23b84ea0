"""Buyers' data never leaves the reader: canaries are planted, and everything said and written is searched."""

import gc
import html
import io
import json
import re
import traceback
import types
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from conftest import run_poa
from strategies import order_id, workbook

from poa.account import Account, facts_of
from poa.account.joined import join
from poa.errors import Undecided
from poa.facts import summary_data
from poa.files import as_input, open_input
from poa.reports.texts import open_text

# The title of a column that a buyer's data stands in, and a value that stands nowhere else. Titles are
# Amazon's own where a report has such a column; the rest are those that sellers' tools add.
CANARIES = {
    "buyer-name": "Aveline Quorra01",
    "recipient-name": "Bertrand Quorra02",
    "buyer-email": "quorra03@marketplace.example",
    "buyer-phone-number": "+1 480-386-0904 ext. 73805",
    "ship-phone-number": "(212) 555-0906",
    "ship-address-1": "1407 Quorra07 Lane",
    "ship-address-2": "Apt. Quorra08",
    "ship-address-3": "c/o Quorra09",
    "ship-city": "Quorra10ville",
    "ship-state": "Quorra11shire",
    "ship-postal-code": "QZ12 9XK",
    "ship-county": "Quorra13 County",
    "ship-neighborhood": "Bairro Quorra14",
    "bill-name": "Clémence Quorra15",
    "bill-address-1": "Quorra16straße 9",
    "bill-city": "Quorra17stadt",
    "bill-postal-code": "91817-2618",
    "gift-message-text": "Happy birthday, dear Quorra19!",
    "gift-wrap-type": "Ribbon for Quorra20",
    "purchase-order-number": "PO-QUORRA-2121",
    "buyer-company-name": "Quorra22 Tecnologia Ltda",
    "cpf": "123.456.723-23",
    "buyer-identification-number": "X2424242424Z",
    "buyer-tax-registration-id": "DE252525252",
    "delivery-Instructions": "Key under the pot of Quorra26",
    "default-ship-from-address-name": "Depot Quorra27",
    "ioss-number": "IM2828282828",
    "customized-url": "https://example.com/custom/quorra29",
    "customized-text": "For Quorra30 with love",
    "buyer-ip-address": "203.131.131.131",
    "ipv6": "2001:db8:3232:3232::32",
    "card-number": "4155 3300 0033 3456",
    "card-holder": "A QUORRA34",
    "iban": "DE35 3535 3535 3535 3535 35",
    "national-id": "QN363636C",
    "passport-number": "C37373737",
    "licence-plate": "QU-ORRA 3838",
    "buyer-name-kana": "クォーラサンキュウ",
    "recipient-name-kanji": "九尾四十郎",
    "buyer-alias": "quorra41_fan",
    "buyer-requested-cancel-reason": "I moved to Quorra42",
    "door-code": "#4343*QUORRA",
    "signed-by": "Neighbour Quorra44",
    "gps": "48.454545, 9.454545",
    "whatsapp": "+49 151 46464646",
    "buyer-url": "https://example.com/u/quorra47",
    "device-id": "3f484848-4848-4848-8484-484848484848",
    "notes": "Allergic to latex, says Quorra49",
    "occupation": "Notary at Quorra50",
    "birthday": "1961-02-13",
    "social-security-number": "078-05-5252",
    "home-phone": "0153-53-5353",
}
# These look like days, so that they are told apart by what they are, not by their form.
LIKE_DAYS = ("birthday", "social-security-number", "home-phone")

SPLIT = 21  # so many canaries stand among the columns that are read, the rest behind them
GOOD = 24  # orders that can be used


@dataclass(frozen=True)
class Kind:
    """A report in text: its name, delimiter, titles that are read, and the cells of an order under them."""

    name: str
    delimiter: str
    cells: dict[str, str]
    days: tuple[str, ...]  # columns of days


DUE, BOUGHT = "2026-10-2{}T06:59:59Z", "2026-10-1{}T08:00:00Z"
KINDS = (
    Kind(
        "late.csv",
        ",",
        {
            "order-id": "",
            "order-item-id": "",
            "sku": "LMP-220",
            "supplier": "Alder Supply",
            "purchase-date": BOUGHT,
            "ship-by-date": DUE,
            "ship-confirm-date": "2026-10-2{}T06:00:00Z",
            "supplier-order-date": "2026-10-1{}T09:00:00Z",
            "supplier-dispatch-date": "2026-10-1{}T10:00:00Z",
            "carrier-first-scan-date": "2026-10-1{}T11:00:00Z",
        },
        (
            "purchase-date",
            "ship-by-date",
            "ship-confirm-date",
            "supplier-order-date",
            "supplier-dispatch-date",
            "carrier-first-scan-date",
        ),
    ),
    Kind(
        "unshipped.txt",
        "\t",
        {
            "order-id": "",
            "order-item-id": "",
            "purchase-date": BOUGHT,
            "payments-date": BOUGHT,
            "reporting-date": "2026-10-2{}T00:00:00Z",
            "promise-date": DUE,
            "days-past-promise": "0",
            "sku": "LMP-220",
            "product-name": "Lamp",
            "quantity-purchased": "1",
            "sales-channel": "Amazon.com",
            "is-buyer-requested-cancellation": "false",
        },
        ("purchase-date", "reporting-date", "promise-date"),
    ),
    Kind(
        "orders.txt",
        "\t",
        {
            "order-id": "",
            "order-item-id": "",
            "purchase-date": BOUGHT,
            "payments-date": BOUGHT,
            "sku": "LMP-220",
            "product-name": "Lamp",
            "latest-ship-date": DUE,
            "latest-delivery-date": "2026-10-2{}T20:00:00Z",
            "fulfilled-by": "Seller",
            "shipment-status": "Shipped",
            "sales-channel": "Amazon.com",
            "is-buyer-requested-cancellation": "false",
        },
        ("purchase-date", "latest-ship-date", "latest-delivery-date"),
    ),
    Kind(
        "all-orders.txt",
        "\t",
        {
            "amazon-order-id": "",
            "merchant-order-id": "",
            "purchase-date": BOUGHT,
            "last-updated-date": "2026-10-2{}T01:00:00Z",
            "order-status": "Shipped",
            "fulfillment-channel": "Merchant",
            "sales-channel": "Amazon.com",
            "sku": "LMP-220",
            "item-status": "Shipped",
            "quantity": "1",
        },
        ("purchase-date", "last-updated-date"),
    ),
)


def rows_of(kind: Kind) -> list[list[str]]:
    """The header, good rows, and rows in which the canaries slid into every other column."""
    read = list(kind.cells)
    personal = list(CANARIES)
    header = [*read[:2], *personal[:SPLIT], *read[2:], *personal[SPLIT:]]

    def cells(number: int, **other: str) -> list[str]:
        day = number % 8
        own = {title: text.format(day) for title, text in kind.cells.items()} | CANARIES
        own |= {read[0]: order_id(number), read[1]: f"{60_000_000_000 + number}"}
        if number % 6 == 0 and "ship-confirm-date" in own:
            own["ship-confirm-date"] = f"2026-10-2{day}T18:00:00Z"
        return [(own | other)[title] for title in header]

    rows = [header, *(cells(number) for number in range(1, GOOD + 1))]
    whole = cells(900)
    # Slid by every number of cells, so that each canary stands in each column once; cells lost at either
    # end; cells too many.
    rows += [whole[at:] + whole[:at] for at in range(1, len(whole))]
    rows += [whole[at:] for at in range(1, len(whole), 3)]
    rows += [whole[: len(whole) - at] for at in range(1, 4)]
    rows += [cells(901) + personal_cells[:3] for personal_cells in (list(CANARIES.values()),)]
    # In the cells of an id, an item's id and of every day, one canary a row.
    number = 1000
    for title, value in CANARIES.items():
        rows.append(cells(number, **{read[0]: value}))
        rows.append(cells(number + 1, **{read[1]: value}))
        number += 2
        for day in kind.days if title not in LIKE_DAYS else ():
            rows.append(cells(number, **{day: value}))
            number += 1
    return rows


def text_of(kind: Kind) -> str:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if kind.delimiter in cell or '"' in cell else cell

    return "".join(kind.delimiter.join(map(quoted, row)) + "\n" for row in rows_of(kind))


def v0() -> str:
    """An answer of the Orders API v0 with the buyer in its own objects, and slid into ids and days."""

    def order(number: int, **other: object) -> dict[str, object]:
        return {
            "AmazonOrderId": order_id(number),
            "PurchaseDate": BOUGHT.format(number % 8),
            "LastUpdateDate": "2026-10-28T00:00:00Z",
            "OrderStatus": "Shipped",
            "FulfillmentChannel": "MFN",
            "SalesChannel": "Amazon.com",
            "MarketplaceId": "ATVPDKIKX0DER",
            "LatestShipDate": DUE.format(number % 8),
            "LatestDeliveryDate": "2026-10-29T00:00:00Z",
            "BuyerInfo": {title: CANARIES[title] for title in list(CANARIES)[:20]},
            "ShippingAddress": {title: CANARIES[title] for title in list(CANARIES)[20:]},
            "OrderItems": [
                {
                    "OrderItemId": str(60_000_000_000 + number),
                    "SellerSKU": "LMP-220",
                    "BuyerInfo": {"GiftMessageText": CANARIES["gift-message-text"]},
                    "BuyerRequestedCancel": {"BuyerCancelReason": CANARIES["buyer-requested-cancel-reason"]},
                }
            ],
        } | other

    days = ("PurchaseDate", "LastUpdateDate", "LatestShipDate", "LatestDeliveryDate")
    return json.dumps({"payload": {"Orders": list(_slid(order, "AmazonOrderId", days))}}, indent=1)


def v2026() -> str:
    """The same of the Orders API 2026-01-01, packages with the address they are sent from and to."""

    def order(number: int, **other: object) -> dict[str, object]:
        item = str(60_000_000_000 + number)
        day = number % 8
        whole = {
            "orderId": order_id(number),
            "createdTime": BOUGHT.format(day),
            "lastUpdatedTime": "2026-10-28T00:00:00Z",
            "salesChannel": {"marketplaceId": "ATVPDKIKX0DER", "marketplaceName": "Amazon.com"},
            "buyer": {title: CANARIES[title] for title in list(CANARIES)[:20]},
            "recipient": {"deliveryAddress": {title: CANARIES[title] for title in list(CANARIES)[20:]}},
            "fulfillment": {
                "fulfillmentStatus": "SHIPPED",
                "fulfilledBy": "MERCHANT",
                "shipByWindow": {"latestDateTime": DUE.format(day)},
            },
            "orderItems": [
                {
                    "orderItemId": item,
                    "product": {
                        "sellerSku": "LMP-220",
                        "customization": {"customizedUrl": CANARIES["customized-url"]},
                        "serialNumbers": [CANARIES["device-id"]],
                    },
                    "fulfillment": {
                        "packing": {"giftOption": {"giftMessage": CANARIES["gift-message-text"]}}
                    },
                }
            ],
            "packages": [
                {
                    "createdTime": f"2026-10-2{day}T0{9 if number % 6 == 0 else 5}:00:00Z",
                    "shipTime": f"2026-10-2{day}T03:00:00Z",
                    "carrier": "USPS",
                    "trackingNumber": f"94000000000000000{number:05d}",
                    "shipFromAddress": dict(CANARIES),
                    "packageItems": [
                        {"orderItemId": item, "transparencyCodes": [CANARIES["passport-number"]]}
                    ],
                }
            ],
        }
        if "shipBy" in other:
            whole["fulfillment"]["shipByWindow"]["latestDateTime"] = other.pop("shipBy")
        if "packaged" in other:
            whole["packages"][0]["createdTime"] = other.pop("packaged")
        return whole | other

    days = ("createdTime", "lastUpdatedTime", "shipBy", "packaged")
    return json.dumps({"orders": list(_slid(order, "orderId", days))}, indent=1)


def _slid(order, number_key: str, days: tuple[str, ...]) -> Iterator[dict[str, object]]:
    yield from (order(number) for number in range(1, GOOD + 1))
    number = 1000
    for title, value in CANARIES.items():
        yield order(number, **{number_key: value})
        number += 1
        for day in days if title not in LIKE_DAYS else ():
            yield order(number, **{day: value})
            number += 1


FILES = (*(kind.name for kind in KINDS), "v0.json", "v2026.json", "late.xlsx")


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Path:
    """A folder with one report of each kind."""
    folder = tmp_path_factory.mktemp("reports")
    for kind in KINDS:
        (folder / kind.name).write_text(text_of(kind), encoding="utf-8")
    (folder / "v0.json").write_text(v0(), encoding="utf-8")
    (folder / "v2026.json").write_text(v2026(), encoding="utf-8")
    (folder / "late.xlsx").write_bytes(wide_workbook(rows_of(KINDS[0])))
    return folder


def wide_workbook(rows: list[list[str]]) -> bytes:
    """An .xlsx of texts with more than 26 columns."""
    plain = workbook([["x"]])
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = "".join(
        f'<row r="{at}">'
        + "".join(
            f'<c r="{_letters(place)}{at}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            for place, cell in enumerate(row)
            if cell
        )
        + "</row>"
        for at, row in enumerate(rows, start=1)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "xl/sheet1.xml":
                data = f'<?xml version="1.0"?><worksheet {main}><sheetData>{sheet}</sheetData></worksheet>'.encode()
            new.writestr(part, data)
    return out.getvalue()


def _letters(place: int) -> str:
    high, low = divmod(place, 26)
    return (chr(ord("A") + high - 1) if high else "") + chr(ord("A") + low)


def bare(text: str) -> str:
    """Letters and digits alone: what wraps, escapes or marks up a text does not hide it."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"[\W_]+", "", html.unescape(text)).casefold()


NEEDLES = {title: bare(value) for title, value in CANARIES.items()}
# What tells a canary apart stands in a part of it as well: a table may break the rest over lines.
NEEDLES |= {
    f"{title} (part)": bare(found[0])
    for title, value in CANARIES.items()
    if (found := re.search(r"quorra[0-9]{2}", value, re.IGNORECASE))
}


def found_in(text: str) -> set[str]:
    haystack = bare(text)
    return {title for title, needle in NEEDLES.items() if needle in haystack}


def texts_in(path: Path) -> Iterator[tuple[str, str]]:
    """Every text that a file holds: its name, itself, the members of a package with and without their tags."""
    yield path.name, path.name
    data = path.read_bytes()
    members = {path.name: data}
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            members = {f"{path.name}/{part.filename}": package.read(part) for part in package.infolist()}
    for name, content in members.items():
        for encoding in ("utf-8", "latin-1"):
            text = content.decode(encoding, "replace")
            yield name, text
            yield name, re.sub(r"<[^>]*>", "", text)


def leaks(done, *folders: Path) -> set[tuple[str, str]]:
    """Which canary stands where, in what was printed and in every file of the folders."""
    said = [("stdout", done.stdout), ("stderr", done.stderr)]
    said += [
        told for folder in folders for path in folder.rglob("*") if path.is_file() for told in texts_in(path)
    ]
    return {(where, title) for where, text in said for title in found_in(text)}


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def run(tmp_path, reports, home):
    """Run poa in an empty folder with a home of its own; the folders that it could write to are searched."""

    def poa(*args: str, check: int | None) -> None:
        work, scratch = tmp_path / "work", tmp_path / "tmp"
        for folder in (work, scratch):
            folder.mkdir(exist_ok=True)
        env = {"HOME": str(home), "TMPDIR": str(scratch), "XDG_CACHE_HOME": str(home / "cache")}
        done = run_poa(
            *(reports / arg if arg in FILES else arg for arg in args), cwd=work, env=env, check=check
        )
        assert not leaks(done, work, scratch, home)
        assert "Traceback" not in done.stderr or "--debug" in args

    return poa


def test_there_are_forty_kinds_of_personal_data():
    """At least forty canaries, each of which is found where it stands and nowhere else."""
    assert len(CANARIES) >= 40
    for title, value in CANARIES.items():
        assert {name for name in found_in(f"x {value} y") if "(part)" not in name} == {title}


def test_the_search_finds_what_is_hidden(tmp_path):
    """A canary inside a Word file, broken over lines, escaped or marked up is found."""
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("word/document.xml", "<w:t>1407 Quor</w:t><w:t>ra07 Lane</w:t>")
    (tmp_path / "b.md").write_text("quorra03\\@market\nplace\\.example")
    (tmp_path / "c.json").write_text(json.dumps(CANARIES["buyer-name-kana"]))
    (tmp_path / "d.png").write_bytes(b"\x89PNG\xff" + CANARIES["gps"].encode())

    class Done:
        stdout, stderr = "", ""

    assert {title for _, title in leaks(Done, tmp_path)} >= {
        "ship-address-1",
        "buyer-email",
        "buyer-name-kana",
        "gps",
    }


@pytest.mark.parametrize("file", FILES)
def test_a_summary_tells_nothing_of_a_buyer(run, file):
    """Refused rows are told by line, column and shape, whatever slid into their cells."""
    run("summary", file, "--debug", check=0)
    run("summary", file, "--json", check=0)


@pytest.mark.parametrize("file", FILES)
def test_refused_rows_under_strict_tell_nothing_of_a_buyer(run, file):
    """--strict lists the refused rows, with a traceback where --debug asks for it."""
    run("summary", file, "--strict", "--debug", check=3)


@pytest.mark.parametrize("file", FILES)
def test_an_explanation_tells_nothing_of_a_buyer(run, file):
    """Orders that are used, or refused by a day."""
    run("explain", order_id(6), file, check=0)
    run("explain", order_id(1002), file, "--json", "--debug", check=None)


@pytest.mark.parametrize("file", ["late.csv", "v2026.json", "late.xlsx"])
def test_the_papers_tell_nothing_of_a_buyer(run, file):
    """Word, Markdown, charts, facts and provenance of an appeal, each member of each package."""
    run("appeal", file, "--out", "out", check=0)


def test_all_reports_together_tell_nothing_of_a_buyer(run):
    """What files say of one order is joined, told, explained and contradicted without its buyer."""
    together = [name for name in FILES if name != "late.xlsx"]
    run("summary", *together, "--json", check=0)
    run("explain", order_id(6), *together, "--json", check=0)
    run("appeal", *together, "--out", "out", "--debug", check=0)


def test_an_appeal_that_fails_tells_nothing_of_a_buyer(run, tmp_path):
    """A template that fails, a folder in the way and a format that does not exist, with --debug."""
    pack = tmp_path / "work" / "acme"
    pack.mkdir(parents=True)
    (pack / "pack.toml").write_text('id = "acme"\nversion = "1"\nfacts = 1\nextends = "default"\n')
    (pack / "plan-of-action.md.j2").write_text("{{ nothing.of.the.kind }}\n")
    run("appeal", "late.csv", "--pack", "acme", "--out", "out", "--debug", check=1)
    (tmp_path / "work" / "out" / "plan-of-action.md").mkdir(parents=True)
    run("appeal", "late.csv", "--out", "out", "--overwrite", "--debug", check=1)
    run("appeal", "late.csv", "--final", "--out", "other", "--json", check=3)


def told(text: str | bytes, name: str, tmp_path: Path, *flags: str) -> set[tuple[str, str]]:
    """Which canaries poa prints of a file, in words with a traceback, and as JSON."""
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    out = tmp_path / "out"
    out.mkdir(exist_ok=True)
    found: set[tuple[str, str]] = set()
    for more in (("--debug",), ("--json",)):
        done = run_poa("summary", tmp_path / name, *flags, *more, cwd=out)
        found |= leaks(done, out)
    return found


def test_a_first_row_without_titles_is_not_printed(tmp_path):
    """Where the titles are missing, the first row stands in their place, and is a buyer's."""
    for kind in KINDS[::3]:  # one with commas, one with tabs
        rows = rows_of(kind)
        for first in (rows[1], rows[GOOD + 9]):
            text = kind.delimiter.join(first).replace(",,", ",") + "\n"
            assert not told(text * 3, f"headless-{kind.name}", tmp_path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_json_that_is_no_known_answer_is_not_printed(tmp_path, encoding):
    """An answer in UTF-16, or one object a line, is no table whose titles could be shown."""
    order = {
        "AmazonOrderId": order_id(1),
        "OrderStatus": "Shipped",
        "BuyerName": CANARIES["buyer-name"],
        "City": CANARIES["ship-city"],
        "Gift": CANARIES["gift-message-text"],
    }
    one = json.dumps(order)
    assert not told(one.encode(encoding), "answer.json", tmp_path)
    assert not told(f"{one}\n{one}\n".encode(encoding), "lines.json", tmp_path)


@pytest.mark.parametrize("odd", [5, "x", ["x"], {"a": "x"}, [["x"]], None, True], ids=repr)
def test_json_of_the_wrong_shape_shows_nothing_in_a_trace(odd):
    """Lists where objects should be, numbers where lists should be: even the trace names no content."""
    odd = json.loads(json.dumps(odd).replace("x", CANARIES["buyer-name"]))
    day = "2026-10-20T06:59:59Z"
    one = {"AmazonOrderId": order_id(1), "OrderStatus": "Shipped", "OrderItems": odd, "LatestShipDate": odd}
    two = {"AmazonOrderId": odd, "PurchaseDate": odd, "OrderStatus": "Shipped", "LatestShipDate": day}
    packages = [{"createdTime": odd, "packageItems": odd}, odd]
    new = {"orderId": order_id(1), "createdTime": day, "fulfillment": odd, "orderItems": odd}
    for orders in (
        [one, two],
        [new | {"packages": packages}],
        [new | {"packages": odd, "salesChannel": odd}],
    ):
        file = as_input("odd.json", json.dumps({"orders": orders}).encode())
        try:
            said = json.dumps(summary_data(facts_of(Account(reports=(file,)), tell=lambda _: None)))
        except Exception:  # noqa: BLE001 - a fault is as good as any figures, and its trace is searched
            said = traceback.format_exc()
        assert not found_in(said)


@pytest.mark.parametrize("title", LIKE_DAYS)
@pytest.mark.parametrize("column", [KINDS[0].days[1], KINDS[0].days[3]])
def test_personal_data_that_looks_like_a_day_is_not_printed(tmp_path, title, column):
    """A birthday, a tax number or a telephone number in a cell of a day is shown by its shape."""
    header, *good = rows_of(KINDS[0])[: GOOD + 1]
    row = list(good[0])
    row[header.index("order-id")] = order_id(777)
    row[header.index(column)] = CANARIES[title]
    text = "".join(",".join(f'"{cell}"' for cell in one) + "\n" for one in (header, *good, row))
    assert not told(text, "late.csv", tmp_path)


def test_a_birthday_that_leaves_the_dates_open_is_not_printed(tmp_path):
    """The question which number is the day shows no value that a slid cell may have brought there."""
    header, *good = rows_of(KINDS[0])[: GOOD + 1]
    row = list(good[0])
    row[header.index("order-id")] = order_id(777)
    row[header.index("purchase-date")] = "03/04/1961"
    text = "".join(",".join(f'"{cell}"' for cell in one) + "\n" for one in (header, *good, row))
    (tmp_path / "late.csv").write_text(text, encoding="utf-8")
    done = run_poa("summary", "late.csv", cwd=tmp_path)
    assert "1961" not in done.stdout + done.stderr


JOERG = "Jörg Quöller"  # in cp1252, and as bytes letters of GB18030 too
_ENCODINGS = ("gb18030", "cp932", "cp1252", "latin-1")


def shows_joerg(done) -> bool:
    said = done.stdout + done.stderr
    return any(JOERG.encode("cp1252").decode(name, "replace").split()[1] in said for name in _ENCODINGS)


@pytest.mark.parametrize("flags", [[], ["--map", "map.toml"]], ids=["unknown", "mapped"])
def test_the_question_of_the_encoding_shows_no_buyer(tmp_path, flags):
    """Which encoding it is, is asked by a cell that is read: never by a buyer's, whatever the header is."""
    header = "Bestell,Artikel,Frist,Versand,Kunde\n"
    rows = "".join(
        f"{order_id(n)},A-{n},2026-10-20T06:59:59Z,2026-10-19T06:59:59Z,{JOERG}\n" for n in range(1, 30)
    )
    (tmp_path / "map.toml").write_text(
        '[columns]\norder_id = "Bestell"\nsku = "Artikel"\nship_by = "Frist"\nship_confirmed = "Versand"\n'
    )
    (tmp_path / "orders.csv").write_bytes((header + rows).encode("cp1252"))
    assert not shows_joerg(run_poa("summary", "orders.csv", *flags, cwd=tmp_path))


def test_a_slid_row_does_not_bring_a_buyer_into_the_question_of_the_encoding(tmp_path):
    """A refused row's cells are no names, so that no question is asked by them."""
    header = "order-id,sku,supplier,ship-by-date,ship-confirm-date,buyer-name\n"
    rows = "".join(
        f"{order_id(n)},A-1,Alder,2026-10-20T06:59:59Z,2026-10-19T06:59:59Z,x\n" for n in range(1, 30)
    )
    slid = f"Frau,{JOERG},{JOERG},{order_id(40)},2026-10-20T06:59:59Z,x\n"
    (tmp_path / "late.csv").write_bytes((header + rows + slid).encode("cp1252"))
    assert not shows_joerg(run_poa("summary", "late.csv", cwd=tmp_path))


def test_the_question_of_the_delimiter_shows_no_row():
    """Where titles are missing and two delimiters fit, the row is not offered as two ways to cut titles."""
    row = f"{order_id(1)};{CANARIES['buyer-name']},2026-10-20\n"
    try:
        open_text(as_input("x.csv", row.encode() * 3))
    except Undecided as question:
        assert not found_in(f"{question.message} {question.choices} {question.hint}")
    except Exception as fault:  # noqa: BLE001 - whatever else it is, it may not tell the row
        assert not found_in(f"{fault} {getattr(fault, 'hint', '')}")


def frames(path: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    found = join(Account(reports=(open_input(path),)), tell=lambda _: None, tracking=True)
    yield "pooled", found.pooled.rows
    yield "apart", found.apart.pooled.rows
    yield "cancelled", found.apart.cancelled
    yield "orders", found.orders.table
    for report in found.gathered.reports("orders"):
        yield report.name, report.rows


def words_of(column: pd.Series) -> str:
    """All texts of a column, those that no row has any more among them."""
    texts = [str(value) for value in column.astype(object)]
    if isinstance(column.dtype, pd.CategoricalDtype):
        texts += [str(name) for name in column.cat.categories]
    return " ".join(texts)


@pytest.mark.parametrize("file", FILES)
def test_the_rows_that_leave_the_reader_hold_no_buyer(reports, file):
    """Neither a cell nor a category of a frame, though a refused row had it in a column that is read."""
    for name, frame in frames(reports / file):
        for column in frame:
            assert not found_in(words_of(frame[column])), (name, column)


@pytest.mark.parametrize("file", FILES)
def test_the_facts_hold_no_buyer(reports, file):
    """Whatever can be reached from the facts, from which everything is printed."""
    facts = facts_of(Account(reports=(open_input(reports / file),)), tell=lambda _: None)
    assert not {title for text in reachable(facts) for title in found_in(text)}


@pytest.mark.parametrize("file", FILES)
def test_nothing_that_outlives_the_reader_holds_a_buyer(reports, file):
    """Whatever can be reached from what was joined: the reader let go of the rest of the file."""
    joined = join(Account(reports=(open_input(reports / file),)), tell=lambda _: None)
    assert not {title for text in reachable(joined) for title in found_in(text)}


def reachable(start: object) -> Iterator[str]:
    """Every text, run of bytes and column that can be reached from an object, closures included."""
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, _NO_DATA):
            continue
        seen.add(id(one))
        text = text_in(one)
        if text is None:
            waiting += behind(one)
        else:
            yield text


_NO_DATA = (types.ModuleType, type, types.BuiltinFunctionType, types.CodeType)


def text_in(one: object) -> str | None:
    """What an object that holds text says; None where it holds other objects."""
    match one:
        case str():
            return one
        case bytes() | bytearray():
            return bytes(one).decode("utf-8", "replace")
        case pa.Array() | pa.ChunkedArray():
            return " ".join(map(str, one.to_pylist()))
        case pd.DataFrame():
            return " ".join(words_of(one[column]) for column in one)
        case pd.Series():
            return words_of(one)
        case pd.Index() | np.ndarray():
            return " ".join(map(str, one.ravel().tolist()))
    return None


def behind(one: object) -> list[object]:
    """What an object holds; of a function only its closure and defaults, not the whole module."""
    if isinstance(one, types.FunctionType):
        cells = [cell.cell_contents for cell in one.__closure__ or () if _is_full(cell)]
        return cells + list(one.__defaults__ or ())
    if isinstance(one, types.GeneratorType):
        return list(one.gi_frame.f_locals.values()) if one.gi_frame else []
    return list(gc.get_referents(one))


def _is_full(cell: types.CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018 - an empty cell raises
    except ValueError:
        return False
    return True
