"""Reports made up for tests: orders as plain values, their text in any form, and the facts of it."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from poa.account import Account, facts_of
from poa.facts import Facts, evidence_data, summary_data
from poa.files import InputFile, as_input

HEADER = (
    "order-id",
    "order-item-id",
    "sku",
    "supplier",
    "purchase-date",
    "ship-by-date",
    "ship-confirm-date",
)
ALIASES = ("Order ID", "Expected ship date", "Ship confirmation date")
# Over the end of summer time in Europe (25 October 2026) and in the United States (1 November).
FIRST = datetime(2026, 10, 12, tzinfo=UTC)
SPAN = timedelta(days=34)


@dataclass(frozen=True)
class Line:
    """One line of a report, typed: what a row says before it is written as text."""

    order: int
    item: str
    sku: str
    supplier: str
    purchased: datetime | None
    ship_by: datetime
    confirmed: datetime | None


def order_id(number: int) -> str:
    return f"{100 + number % 900}-{number % 10_000_000:07d}-{number * 7919 % 10_000_000:07d}"


def stamp(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_stamp(zone: str) -> Any:
    """Writes a moment as the wall clock of a zone shows it, with no offset."""
    clock = ZoneInfo(zone)
    return lambda moment: "" if moment is None else moment.astimezone(clock).strftime("%Y-%m-%d %H:%M:%S")


def cells(line: Line, *, written: Any = stamp) -> list[str]:
    return [
        order_id(line.order),
        line.item,
        line.sku,
        line.supplier,
        written(line.purchased),
        written(line.ship_by),
        written(line.confirmed),
    ]


def text_of(rows: Sequence[Sequence[str]], *, header: Sequence[str] = HEADER, delimiter: str = ",") -> str:
    """Rows as a delimited text with line feeds."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def report(lines: Sequence[Line], *, written: Any = stamp) -> str:
    return text_of([cells(line, written=written) for line in lines])


def _bytes(given: str | bytes) -> bytes:
    return given if isinstance(given, bytes) else given.encode()


def facts(*reports: str | bytes, **options: Any) -> Facts:
    """The facts of reports; ``suppliers``, ``performance`` and ``mapping`` are texts as well."""
    given: dict[str, Any] = dict(options)

    def files(name: str, texts: Sequence[str | bytes]) -> tuple[InputFile, ...]:
        return tuple(as_input(f"{name}{at or ''}.csv", _bytes(text)) for at, text in enumerate(texts))

    if "suppliers" in given:
        one = given["suppliers"]
        given["suppliers"] = files("suppliers", one if isinstance(one, list) else [one])
    if "performance" in given:
        stated = given["performance"]
        text = stated if isinstance(stated, str | bytes) else json.dumps(stated)
        given["performance"] = as_input("performance.json", _bytes(text))
    if "mapping" in given:
        given["mappings"] = (as_input("map.toml", _bytes(given.pop("mapping"))),)
    return facts_of(Account(reports=files("report", reports), **given), tell=lambda _: None)


def summary(*reports: str | bytes, **options: Any) -> Any:
    """The JSON of ``poa summary --json``, as it comes back from JSON text."""
    return json.loads(json.dumps(summary_data(facts(*reports, **options)), allow_nan=False))


def told(found: Facts) -> dict[str, Any]:
    """What the facts say without where it stands: no source, no line numbers."""
    said: dict[str, Any] = {key: value for key, value in summary_data(found).items() if key != "source"}
    proven: Mapping[str, Any] = evidence_data(found)
    said["evidence"] = {
        fact: (row["value"], row["unit"], row["rows"]["rule"], row["rows"]["orders"])
        for fact, row in proven.items()
    }
    return said


def windows(found: Any) -> dict[Any, tuple[int, int | None]]:
    """Late orders and orders of each window of a summary, by its days."""
    return {rate["window_days"]: (rate["late"], rate["orders"]) for rate in found["late_shipment_rate"]}


def problems(found: Any) -> set[tuple[int, str]]:
    return {(row["line"], row["code"]) for row in found["source"]["problems"]}


_MOMENTS = st.builds(
    lambda seconds, on_the_hour: FIRST + timedelta(seconds=seconds - (seconds % 3600 if on_the_hour else 0)),
    st.integers(0, int(SPAN.total_seconds())),
    st.booleans(),
)
_SUPPLIERS = st.sampled_from(["", "Alder Supply", "Birch & Sons", "義烏恒泰", 'Elm "Works", Inc.'])
_SKUS = st.sampled_from(["00123", "1E5", "NA", "A-1"])


_AWAY = st.one_of(st.none(), st.integers(1, 90_000), st.integers(-90_000, 0), st.sampled_from([0, 1]))


@st.composite
def orders(draw: st.DrawFn, *, most: int = 12, several_lines: bool = True) -> list[Line]:
    """Lines of consistent orders: each order has one to three items, some not confirmed."""
    lines = []
    for order in range(1, draw(st.integers(1, most)) + 1):
        purchased = draw(_MOMENTS)
        many = draw(st.sampled_from([1, 1, 1, 2, 3])) if several_lines else 1
        one = Line(
            order=order,
            item="",
            sku="",
            supplier="",
            purchased=None,
            ship_by=purchased + timedelta(seconds=draw(st.integers(0, 4 * 86_400))),
            confirmed=None,
        )
        for item in range(many):
            away = draw(_AWAY)
            lines.append(
                replace(
                    one,
                    item=f"{order}-{item}",
                    purchased=draw(
                        st.sampled_from([purchased, purchased, purchased - timedelta(hours=30), None])
                    ),
                    sku=draw(_SKUS),
                    supplier=draw(_SUPPLIERS),
                    confirmed=None if away is None else one.ship_by + timedelta(seconds=away),
                )
            )
    return lines


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    """An .xlsx of sheets of rows, by hand; a datetime becomes a date cell, None an empty one."""
    names = [f"sheet{number}" for number in range(1, len(sheets) + 1)]
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPES}.worksheet+xml"/>' for name in names
        )
        + "</Types>",
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_LINKS}"><sheets>'
        + "".join(
            f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>' for at, name in enumerate(names, start=1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", f"{name}.xml") for name in names), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": f'<styleSheet {_MAIN}><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    for name, rows in zip(names, sheets, strict=True):
        cells_of = (
            f'<row r="{at}">' + "".join(_cell(cell, place, at) for place, cell in enumerate(row)) + "</row>"
            for at, row in enumerate(rows, start=1)
        )
        parts[f"xl/{name}.xml"] = f"<worksheet {_MAIN}><sheetData>{''.join(cells_of)}</sheetData></worksheet>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, xml in parts.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _XML + xml)
    return out.getvalue()


def _relations(links: Sequence[tuple[str, str]]) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{at}" Type="{_LINKS}/{kind}" Target="{target}"/>'
            for at, (kind, target) in enumerate(links, start=1)
        )
        + "</Relationships>"
    )


def _cell(value: object, place: int, row: int) -> str:
    at = f"{chr(ord('A') + place)}{row}"
    match value:
        case None:
            return ""
        case datetime():
            days = (value - datetime(1899, 12, 30, tzinfo=value.tzinfo)) / timedelta(days=1)
            return f'<c r="{at}" s="1"><v>{days!r}</v></c>'
        case str():
            return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        case _:
            return f'<c r="{at}"><v>{value}</v></c>'
