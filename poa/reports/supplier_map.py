"""The spreadsheet that says which supplier makes which SKU, with days where that changed.

Needed: a column for the SKU and one for the supplier. ``from`` and ``to`` (days, both included)
tell two suppliers of one SKU apart; without them its orders stand under ``(several)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from poa.characters import shown_date
from poa.errors import InputFault
from poa.facts import Problem
from poa.orders import SEVERAL, name_of
from poa.reports import Column, positions_of
from poa.reports.instants import UnsettledDatesError, read_instants
from poa.reports.texts import read_head, read_rows
from poa.reports.workbooks import MAGIC, read_sheet

_SKU = Column(
    name="sku", plain="sku", aliases=("seller-sku", "Merchant SKU", "商品编码", "产品SKU"), required=True
)
_SUPPLIER = Column(
    name="supplier",
    plain="supplier",
    aliases=("Supplier name", "vendor", "供应商", "供应商名称"),
    required=True,
)
_FROM = Column(name="from", plain="from", aliases=("valid from", "start"))
_TO = Column(name="to", plain="to", aliases=("valid to", "until", "end"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the map: this supplier makes this SKU, from and to these days (None: always)."""

    sku: str
    supplier: str
    first: date | None
    last: date | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierMap:
    """A supplier map read: its entries, and the lines that could not be used."""

    name: str
    encoding: str
    read: int
    columns: dict[str, str]
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Rows with the map's suppliers.

    ``differing`` counts rows whose own supplier was another, ``without`` rows with a SKU that the
    map does not hold, of which ``unknown`` names the first.
    """

    rows: pd.DataFrame
    differing: int
    without: int
    unknown: tuple[str, ...]


def read_supplier_map(data: bytes, *, name: str, encoding: str | None = None) -> SupplierMap:
    """Read a map; raises InputFault where there is no SKU or no supplier column, or no line."""
    header, used, lines = _lines(data, name=name, encoding=encoding)
    at = _positions(header, name)
    if not lines:
        raise InputFault(
            "no_rows", f"{name} has a header and no rows.", file=name, hint="List one SKU a line."
        )
    problems: list[Problem] = []
    entries: list[Entry] = []
    days = {
        part: _days([cells[at[part]] for _, cells in lines], header[at[part]], name)
        for part in ("from", "to")
        if part in at
    }
    for number, (line, cells) in enumerate(lines):
        sku, supplier = name_of(cells[at["sku"]]), name_of(cells[at["supplier"]])
        bad = next(
            (part for part, read in days.items() if cells[at[part]].strip() and read[number] is None), None
        )
        if not sku or not supplier:
            part = "supplier" if sku else "sku"
            problems.append(
                _refused(name, line, header[at[part]], value=None, code=f"no_{part}", reason="empty")
            )
        elif bad:
            value = shown_date(cells[at[bad]].strip())
            problems.append(
                _refused(name, line, header[at[bad]], value=value, code="bad_date", reason="not a date")
            )
        else:
            first, last = (days[part][number] if part in days else None for part in ("from", "to"))
            if first and last and last < first:
                value, reason = shown_date(cells[at["to"]].strip()), f"before '{header[at['from']]}'"
                problems.append(
                    _refused(name, line, header[at["to"]], value=value, code="bad_date", reason=reason)
                )
                continue
            entries.append(Entry(sku=sku, supplier=supplier, first=first, last=last, line=line))
    if not entries:
        raise InputFault(
            "no_usable_row",
            f"No line of {name} names both a SKU and a supplier.",
            file=name,
            line=problems[0].line,
            hint="Fill in the columns sku and supplier.",
        )
    return SupplierMap(
        name=name,
        encoding=used,
        read=len(lines),
        columns={part: header[place] for part, place in at.items()},
        entries=tuple(entries),
        problems=(*problems, *_told_twice(entries, name, header[at["supplier"]])),
    )


def _told_twice(entries: Iterable[Entry], name: str, column: str) -> Iterator[Problem]:
    """SKUs with two suppliers and no days to tell them apart: used as ``(several)``, with a remark."""
    first: dict[str, Entry] = {}
    for entry in entries:
        known = first.setdefault(entry.sku, entry)
        if known.supplier != entry.supplier and not (known.first or known.last or entry.first or entry.last):
            yield Problem(
                file=name,
                line=entry.line,
                column=column,
                value=None,
                code="two_suppliers",
                message=f"SKU {entry.sku} has another supplier on line {known.line}; its orders stand under {SEVERAL}",
                refused=False,
            )


def assign_suppliers(rows: pd.DataFrame, entries: Iterable[Entry], *, zone: str) -> Assigned:
    """Give each row the supplier of its SKU; the map wins over the report's own supplier column.

    The day that decides between dated entries is the purchase day, else the ship-by day, in the
    given zone. A SKU or a day that the map does not hold keeps what the report says.
    """
    by_sku: dict[str, list[Entry]] = {}
    for entry in entries:
        by_sku.setdefault(entry.sku, []).append(entry)
    own = rows["supplier"].cat
    names = sorted(
        {entry.supplier for found in by_sku.values() for entry in found} | set(own.categories) | {SEVERAL, ""}
    )
    place = {name: at for at, name in enumerate(names)}
    before = np.array([place[name] for name in own.categories], dtype=np.int32)[own.codes.to_numpy()]
    always, dated = _settled(by_sku)
    by_code = np.array(
        [place[always[sku]] if sku in always else -1 for sku in rows["sku"].cat.categories], dtype=np.int32
    )
    sku_codes = rows["sku"].cat.codes.to_numpy()
    mapped = by_code[sku_codes]
    for code, sku in enumerate(rows["sku"].cat.categories):
        if sku in dated:
            mine = np.flatnonzero(sku_codes == code)
            mapped[mine] = [place.get(name, -1) for name in _on_days(rows.iloc[mine], dated[sku], zone)]
    after = np.where(mapped >= 0, mapped, before)
    supplier = pd.Categorical.from_codes(after, categories=pd.Index(names)).remove_unused_categories()
    blank = place[""]
    strange = (mapped < 0) & (rows["sku"] != "").to_numpy()
    return Assigned(
        rows=rows.assign(supplier=supplier),
        differing=int(np.count_nonzero((before != after) & (before != blank))),
        without=int(np.count_nonzero(strange)),
        unknown=tuple(sorted(set(rows["sku"][strange].head(10_000)))[:3]),
    )


def _settled(by_sku: dict[str, list[Entry]]) -> tuple[dict[str, str], dict[str, list[Entry]]]:
    """SKUs that always have one answer, and SKUs whose entries depend on the day."""
    always: dict[str, str] = {}
    dated: dict[str, list[Entry]] = {}
    for sku, entries in by_sku.items():
        if any(entry.first or entry.last for entry in entries):
            dated[sku] = entries
        else:
            suppliers = {entry.supplier for entry in entries}
            always[sku] = suppliers.pop() if len(suppliers) == 1 else SEVERAL
    return always, dated


def _on_days(rows: pd.DataFrame, entries: list[Entry], zone: str) -> Iterator[str | None]:
    """The supplier of each row on its day; None on a day of which no entry speaks."""
    days = rows["purchased"].fillna(rows["ship_by"]).dt.tz_convert(zone).dt.date
    for day in days:
        fits = {
            entry.supplier
            for entry in entries
            if (entry.first is None or entry.first <= day) and (entry.last is None or day <= entry.last)
        }
        yield fits.pop() if len(fits) == 1 else (SEVERAL if fits else None)


def _lines(
    data: bytes, *, name: str, encoding: str | None
) -> tuple[tuple[str, ...], str, list[tuple[int, Sequence[str]]]]:
    if data.startswith(MAGIC):
        sheet = read_sheet(data, name=name)
        return sheet.header, "workbook", list(sheet.rows)
    head = read_head(data, name=name, encoding=encoding)
    text = read_rows(head, range(len(head.header)), name=name)
    columns = [text.columns[at].to_pylist() for at in range(len(head.header))]
    lines: list[tuple[int, Sequence[str]]] = list(
        zip(text.lines.tolist(), zip(*columns, strict=True), strict=True)
    )
    if text.ragged:
        bad = text.ragged[0]
        raise InputFault(
            "ragged_row",
            f"Line {bad.line} of {name} has {bad.cells} cells where the header has {len(head.header)}.",
            file=name,
            line=bad.line,
            hint="Put a name that holds a comma into quotes.",
        )
    return head.header, head.encoding, lines


def _positions(header: Sequence[str], name: str) -> dict[str, int]:
    at = positions_of((_SKU, _SUPPLIER, _FROM, _TO), header, file=name)
    missing = [column.plain for column in (_SKU, _SUPPLIER) if column.name not in at]
    if missing:
        raise InputFault(
            "unknown_header",
            f"{name} has no column '{missing[0]}'. Its columns are: {', '.join(header)}.",
            file=name,
            line=1,
            hint="A supplier map needs the columns sku and supplier.",
        )
    return at


def _days(values: list[str], header: str, name: str) -> list[date | None]:
    try:
        read = read_instants(pa.chunked_array([values], type=pa.string()), zone="UTC")
    except UnsettledDatesError as error:
        raise InputFault(
            "ambiguous_dates",
            f"The days of '{header}' in {name} can be read in two ways: {error}.",
            file=name,
            column=header,
            hint="Write them as 2026-10-31.",
        ) from None
    return [None if np.isnat(second) else second.astype("datetime64[D]").item() for second in read.seconds]


def _refused(name: str, line: int, column: str, *, value: str | None, code: str, reason: str) -> Problem:
    return Problem(file=name, line=line, column=column, value=value, code=code, message=f"{column}: {reason}")
