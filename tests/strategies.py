"""Reports made up for tests: orders as plain values, their text in any form, and the facts of it."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
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
        given["mapping"] = as_input("map.toml", _bytes(given["mapping"]))
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
            purchased=purchased if draw(st.integers(0, 5)) else None,
            ship_by=purchased + timedelta(seconds=draw(st.integers(0, 4 * 86_400))),
            confirmed=None,
        )
        for item in range(many):
            away = draw(st.one_of(st.none(), st.integers(-90_000, 90_000), st.just(0)))
            lines.append(
                replace(
                    one,
                    item=f"{order}-{item}",
                    sku=draw(_SKUS),
                    supplier=draw(_SUPPLIERS),
                    confirmed=None if away is None else one.ship_by + timedelta(seconds=away),
                )
            )
    return lines
