"""From the bytes of one report to typed rows: what was taken for what, and what was refused.

Rows read are rows used plus rows refused, always; each refused row is named with its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from poa.errors import InputFault
from poa.facts import Problem
from poa.orders import DATES, NAMES, Keys, name_of, order_keys
from poa.reports import Recognised, Report, known_reports, recognise
from poa.reports.instants import Instants, UnsettledDatesError, read_instants
from poa.reports.mapping import ColumnMap, apply_mapping, unknown_header
from poa.reports.refusals import refuse, rules
from poa.reports.texts import Ragged, TextRows, read_head, read_rows
from poa.reports.workbooks import MAGIC, read_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read: the zone of times without an offset, the mapping file, what else the user said."""

    zone: str
    encoding: str | None = None
    mapping: ColumnMap | None = None
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRows:
    """One report read. ``rows`` has the columns of :mod:`poa.orders`, one row a used line.

    ``complete`` is true where the file is said to list every order, None where its plain header
    lets us take it so unless the rows speak against it, false for a list of late orders.
    """

    name: str
    rows: pd.DataFrame
    report: Report
    encoding: str
    read: int
    columns: Mapping[str, str]
    complete: bool | None
    problems: tuple[Problem, ...]
    assumptions: tuple[str, ...]


def read_report(data: bytes, *, name: str, number: int, reading: Reading) -> ReportRows:
    """Read one file, ``number`` in the order given; raises InputFault where it cannot be used."""
    header, encoding, text, found = _open(data, name=name, reading=reading)
    read = len(text.lines) + len(text.ragged)
    if read == 0:
        raise InputFault("no_rows", f"{name} has a header and no rows.", file=name, hint="Export more days.")
    headers = {ours: header[at] for ours, at in found.positions.items()}
    cells = {ours: text.columns[at] for ours, at in found.positions.items()}
    zone = reading.zone
    keys = order_keys(cells["order_id"])
    if reading.mapping is None and (keys.keys < 0).any():
        # A shifted row must not settle, or unsettle, how the dates of all the others are read.
        for ours in cells.keys() & set(DATES):
            cells[ours] = pc.if_else(pa.chunked_array([pa.array(keys.keys >= 0)]), cells[ours], "")
    dates = {
        ours: _dates(cells[ours], ours, headers[ours], name=name, zone=zone, mapping=reading.mapping)
        for ours in DATES
        if ours in cells
    }
    refused, problems = refuse(
        rules(cells["order_id"], keys.keys >= 0, dates, reading.mapping, zone=zone),
        name=name,
        lines=text.lines,
        headers=headers,
        cells=cells,
    )
    problems = (*problems, *_ragged(text.ragged, name, len(header)))
    if refused.all():
        raise _nothing_usable(problems, name, read)
    return ReportRows(
        name=name,
        rows=_frame(cells, dates, keys, text.lines, number=number, used=~refused),
        report=found.report,
        encoding=encoding,
        read=read,
        columns=headers,
        complete=_complete(found, reading),
        problems=tuple(sorted(problems, key=lambda problem: problem.line or 0)),
        assumptions=tuple(_assumptions(dates, headers, name, zone)),
    )


def _open(data: bytes, *, name: str, reading: Reading) -> tuple[tuple[str, ...], str, TextRows, Recognised]:
    """Header, encoding, the wanted columns as text, and what they are."""
    if data.startswith(MAGIC):
        sheet = read_sheet(data, name=name)
        found = _recognise(sheet.header, name=name, mapping=reading.mapping)
        text = TextRows(
            columns={
                at: pa.chunked_array([[row[at] for _, row in sheet.rows]], type=pa.string())
                for at in found.positions.values()
            },
            lines=np.array([line for line, _ in sheet.rows], dtype=np.int32),
            ragged=(),
        )
        return sheet.header, "workbook", text, found
    head = read_head(data, name=name, encoding=reading.encoding)
    found = _recognise(head.header, name=name, mapping=reading.mapping)
    return (
        head.header,
        head.encoding,
        read_rows(head, sorted(set(found.positions.values())), name=name),
        found,
    )


def _recognise(header: tuple[str, ...], *, name: str, mapping: ColumnMap | None) -> Recognised:
    nearest = known_reports()[0]
    if mapping and mapping.columns:
        return apply_mapping(mapping, header, report=nearest, file=name)
    found = recognise(header, file=name)
    if found is None:
        raise unknown_header(header, report=nearest, file=name)
    return found


def _dates(
    text: pa.ChunkedArray, ours: str, header: str, *, name: str, zone: str, mapping: ColumnMap | None
) -> Instants:
    date_format = mapping.date_format if mapping else None
    try:
        return read_instants(text, zone=zone, deadline=ours == "ship_by", date_format=date_format)
    except UnsettledDatesError as error:
        raise InputFault(
            "ambiguous_dates",
            f"The dates of '{header}' in {name} can be read in two ways: {error}.",
            file=name,
            column=header,
            hint="Save this line as dates.toml, with month-first or day-first, whichever is true, and run again with"
            ' --map dates.toml\n\ndate_format = "month-first"',
        ) from None


def _complete(found: Recognised, reading: Reading) -> bool | None:
    """Whether the file lists every order: the user's word, the mapping's, the declaration's."""
    if reading.complete:
        return True
    if reading.mapping and reading.mapping.complete is not None:
        return reading.mapping.complete
    return None if found.plain else found.report.lists_every_order


def _frame(
    cells: Mapping[str, pa.ChunkedArray],
    dates: Mapping[str, Instants],
    keys: Keys,
    lines: npt.NDArray[np.int32],
    *,
    number: int,
    used: npt.NDArray[np.bool_],
) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"file": np.full(len(lines), number, dtype=np.int16), "line": lines, "key": keys.keys}
    )
    frame["order_id"] = _text(keys.text)
    frame["order_item_id"] = (
        _text(cells["order_item_id"].combine_chunks()) if "order_item_id" in cells else ""
    )
    for ours in NAMES:
        frame[ours] = _names(cells.get(ours), len(lines))
    for ours in DATES:
        seconds = (
            dates[ours].seconds
            if ours in dates
            else np.full(len(lines), np.datetime64("NaT"), "datetime64[s]")
        )
        frame[ours] = pd.DatetimeIndex(seconds).tz_localize("UTC")
    return frame if used.all() else frame[used].reset_index(drop=True)


def _text(column: pa.Array) -> pd.Series[str]:
    text: pd.Series[str] = column.to_pandas()
    return text


def _names(column: pa.ChunkedArray | None, rows: int) -> pd.Categorical[str]:
    """A column of names, each distinct one cleaned once; blank stays blank (``""``)."""
    if column is None:
        return pd.Categorical.from_codes(np.zeros(rows, dtype=np.int8), categories=pd.Index([""]))
    encoded = column.combine_chunks().dictionary_encode()
    raw = [name_of(name) for name in encoded.dictionary.to_pylist()]
    names = sorted(set(raw))
    place = {name: at for at, name in enumerate(names)}
    codes = np.array([place[name] for name in raw], dtype=np.int32)[
        encoded.indices.to_numpy(zero_copy_only=False)
    ]
    return pd.Categorical.from_codes(codes, categories=pd.Index(names))


def _ragged(rows: tuple[Ragged, ...], name: str, width: int) -> Iterator[Problem]:
    for row in rows:
        yield Problem(
            file=name,
            line=row.line,
            column=None,
            value=None,
            code="ragged_row",
            message=f"{row.cells} cells where the header has {width}",
        )


def _nothing_usable(problems: tuple[Problem, ...], name: str, read: int) -> InputFault:
    first = min(problems, key=lambda problem: problem.line or 0)
    hint = "Download the report again, and do not open it in Excel before."
    if all(problem.code == "bad_order_id" for problem in problems):
        hint = "Is it Amazon's report? A mapping file (--map) lifts the rule of Amazon's order ids."
    return InputFault(
        "no_usable_row",
        f"None of the {read:,} rows of {name} can be used; the first: {first.message}.",
        file=name,
        line=first.line,
        column=first.column,
        hint=hint,
    )


def _assumptions(
    dates: Mapping[str, Instants], headers: Mapping[str, str], name: str, zone: str
) -> Iterator[str]:
    local = [headers[ours] for ours, read in dates.items() if read.local and not read.day_only.any()]
    if local:
        yield f"{name}: times without an offset ({', '.join(local)}) are taken as {zone} time."
    days = [headers[ours] for ours, read in dates.items() if read.day_only.any()]
    if dates["ship_by"].day_only.any():
        yield f"{name}: a ship-by date without a time ends at 23:59:59 {zone} time."
    if dates["ship_confirmed"].day_only.any():
        yield f"{name}: confirmations have no time of day; one made on a day at whose end it was due counts as on time."
    elif days and days != [headers["ship_by"]]:
        yield f"{name}: a purchase date without a time begins at 00:00:00 {zone} time."
    for ours, read in dates.items():
        if read.repeated:
            yield (
                f"{name}: {read.repeated:,} times of {headers[ours]} fall into the hour that the clock"
                " change repeats; they are taken as the first of the two."
            )
