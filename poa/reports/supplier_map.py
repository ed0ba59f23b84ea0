"""The spreadsheet that says which supplier makes which SKU, with days where that changed.

Needed: a column for the SKU and one for the supplier. ``from`` and ``to`` (days, both included)
tell two suppliers of one SKU apart; without them its orders stand under ``(several)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
import pandas as pd
import pyarrow as pa

from poa.characters import shown_date
from poa.errors import InputFault
from poa.facts import Problem
from poa.orders import SEVERAL, Mask, name_of
from poa.reports.day_order import UnsettledDatesError
from poa.reports.instants import read_instants
from poa.reports.opening import Opened
from poa.reports.records import Columns
from poa.words import said


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
    read: int
    columns: dict[str, str]
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Rows with the map's suppliers.

    ``differing`` counts rows whose own supplier was another, ``without`` rows with a SKU that the
    map does not hold, of which ``unknown`` names three; ``spoilt`` are pairs of a SKU of the report
    and one of the map that Excel may have made of it.
    """

    rows: pd.DataFrame
    differing: int
    without: int
    unknown: tuple[str, ...]
    spoilt: tuple[tuple[str, str], ...]


def read_supplier_map(opened: Opened) -> SupplierMap:
    """Read a map; raises InputFault where it has no line, or none that can be used."""
    name, header, at = opened.file.name, opened.table.header, dict(opened.found.positions)
    lines = _lines(opened)
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
        told = {part: read[number] for part, read in days.items()}
        bad = next((part for part, day in told.items() if day is None and cells[at[part]].strip()), None)
        first, last = told.get("from"), told.get("to")
        if not sku or not supplier:
            part, value, reason = "supplier" if sku else "sku", None, said("empty")
        elif bad:
            part, value, reason = bad, shown_date(cells[at[bad]].strip()), said("not a date")
        elif first and last and last < first:
            part, value = "to", shown_date(cells[at["to"]].strip())
            reason = said("before '{column}'", column=header[at["from"]])
        else:
            entries.append(Entry(sku=sku, supplier=supplier, first=first, last=last, line=line))
            continue
        problems.append(
            Problem(
                file=name,
                line=line,
                column=header[at[part]],
                value=value,
                code=f"no_{part}" if value is None else "bad_date",
                message=said("{column}: {reason}", column=header[at[part]], reason=reason),
            )
        )
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
                code="two_suppliers",
                message=said(
                    "SKU {sku} has another supplier on line {line}; its orders stand under {several}",
                    sku=entry.sku,
                    line=str(known.line),
                    several=SEVERAL,
                ),
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
    unknown = set(rows["sku"][strange].cat.remove_unused_categories().cat.categories)
    return Assigned(
        rows=rows.assign(supplier=supplier),
        differing=_rows((before != after) & (before != blank), rows),
        without=_rows(strange, rows),
        unknown=tuple(sorted(unknown)[:3]),
        spoilt=tuple(_spoilt(unknown, by_sku)),
    )


def _rows(chosen: Mask, rows: pd.DataFrame) -> int:
    """How many rows are chosen; those that stand for several count as these."""
    return int(rows["weight"].to_numpy()[chosen].sum() if "weight" in rows else np.count_nonzero(chosen))


_SPOILT_SHOWN = 3


def _spoilt(missing: set[str], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """SKUs of the report that stand in the map as Excel writes numbers: without zeros, as powers of ten."""
    near: dict[float, str] = {}
    for sku in known:
        value = _as_number(sku)
        if value is not None:
            near[value] = sku
    pairs = ((sku, near.get(value)) for sku in sorted(missing) if (value := _as_number(sku)) is not None)
    yield from islice(((sku, found) for sku, found in pairs if found is not None), _SPOILT_SHOWN)


def _as_number(sku: str) -> float | None:
    """What Excel would make of a SKU that looks like a number; None where it is text to it."""
    return float(sku) if re.fullmatch(r"[0-9]+(\.[0-9]+)?(E\+?[0-9]{1,2})?", sku, re.IGNORECASE) else None


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


def _lines(opened: Opened) -> list[tuple[int, Sequence[str]]]:
    name, width = opened.file.name, len(opened.table.header)
    lines: list[tuple[int, Sequence[str]]] = []

    def cells(columns: Columns) -> list[list[str]]:
        return [columns[at].to_pylist() for at in range(width)]

    for part in opened.table.parts(range(width), cells):
        if part.ragged:
            bad = part.ragged[0]
            raise InputFault(
                "ragged_row",
                f"Line {bad.line} of {name} has {bad.cells} cells where the header has {width}.",
                file=name,
                line=bad.line,
                hint="Put a name that holds a comma into quotes.",
            )
        lines += zip(part.lines.tolist(), zip(*part.done, strict=True), strict=True)
    return lines


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
