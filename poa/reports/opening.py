"""A file opened and recognised: as what, by which columns, and how it is to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from poa.errors import InputFault
from poa.orders import READ
from poa.reports import Recognised, Report, recognise
from poa.reports.encodings import NotUtf8Error
from poa.reports.handed import Handed
from poa.reports.mapping import ColumnMap, apply_mapping, unknown_header
from poa.reports.tables import Table, open_table

_ABOVE = 3  # lines that may stand above a header


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read: the zone of times without an offset, the mapping files, what else the user said."""

    zone: str
    encoding: str | None = None
    delimiter: str | None = None
    date_format: str | None = None
    mappings: tuple[ColumnMap, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file opened and recognised; ``mapping`` is the mapping file that names its columns."""

    file: Handed
    table: Table
    found: Recognised
    mapping: ColumnMap | None
    reading: Reading

    @property
    def report(self) -> Report:
        """What the file was recognised as."""
        return self.found.report

    @property
    def columns(self) -> dict[str, str]:
        """Our names of the columns that are read, and their titles in the file."""
        return {ours: self.table.header[at] for ours, at in self.found.positions.items() if ours in READ}


def open_report(file: Handed, reading: Reading) -> Opened:
    """Open and recognise one file; raises InputFault where it cannot be used.

    NotUtf8Error is raised where its encoding has to be settled first.
    """
    table = _table(file, reading)
    mapping, found = None, table.found
    if found is None:
        mapping, found = recognised(table.header, name=file.name, mappings=reading.mappings)
    if mapping is not None:
        reading = replace(
            reading,
            zone=mapping.zone or reading.zone,
            date_format=mapping.date_format or reading.date_format,
        )
    return Opened(file=file, table=table, found=found, mapping=mapping, reading=reading)


def known_columns(header: Sequence[str], *, name: str, mappings: Sequence[ColumnMap]) -> Mapping[str, int]:
    """The columns of a header that would be read, and where they stand; none where it is of no report."""
    try:
        return recognised(header, name=name, mappings=mappings)[1].positions
    except InputFault:
        return {}


def _table(file: Handed, reading: Reading) -> Table:
    """The file as a table; a title that stands alone above the header is passed over."""
    table = open_table(file, encoding=reading.encoding, delimiter=reading.delimiter)
    for skip in range(1, _ABOVE + 1):
        if sum(map(bool, table.header)) != 1 or table.found:
            return table
        try:
            below = open_table(file, encoding=reading.encoding, delimiter=reading.delimiter, skip=skip)
        except InputFault:
            return table
        if sum(map(bool, below.header)) > 1:
            return below
    return table


def recognised(
    header: Sequence[str], *, name: str, mappings: Sequence[ColumnMap]
) -> tuple[ColumnMap | None, Recognised]:
    """What a header is, by a mapping file that names columns of it, or by itself."""
    titled = [mapping for mapping in mappings if mapping.columns]
    fits = [mapping for mapping in titled if mapping.fits(header)]
    if fits:
        return fits[0], apply_mapping(fits[0], header, file=name)
    found = recognise(header, file=name)
    general = next((mapping for mapping in mappings if not mapping.columns), None)
    if found is not None:
        return general, found
    if titled:  # it says in which column a mapping file is wrong
        return titled[0], apply_mapping(titled[0], header, file=name)
    raise unknown_header(header, file=name)


def stated_of(opened: Opened, *, marketplace_id: str) -> tuple[Any, ...]:
    """What Amazon states in a performance report; empty for any other file."""
    if opened.table.stated is None:
        return ()
    assert opened.report.stated is not None  # noqa: S101 - only such reports are opened without rows
    return opened.report.stated(opened.table.stated, opened.file.name, marketplace_id)


def read_performance(file: Handed, *, marketplace_id: str) -> tuple[Any, ...]:
    """What Amazon states in a file that the user calls its performance report; raises InputFault where it is none."""
    opened = None
    try:
        opened = open_report(file, Reading(zone="UTC"))
    except InputFault as fault:
        if fault.code in {"bad_json", "bad_xml", "no_rate"}:
            raise
    except NotUtf8Error:
        pass
    if opened is not None and opened.table.stated is not None:
        return stated_of(opened, marketplace_id=marketplace_id)
    with file.open() as stream:
        start = stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    code, what = "not_performance", "no seller performance report"
    if not start.startswith((b"{", b"[", b"<", b"null")):
        code, what = "bad_json", "not valid JSON"
    hint = "It should be the JSON of GET_V2_SELLER_PERFORMANCE_REPORT."
    raise InputFault(code, f"{file.name} is {what}.", file=file.name, hint=hint)
