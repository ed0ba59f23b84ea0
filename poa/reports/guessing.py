"""What an unknown file could be: for questions and proposals only, never for reading."""

from __future__ import annotations

from collections.abc import Sequence

from poa.reports import Column, folded, holds_values, no_header, report_named
from poa.reports.encodings import NotUtf8Error
from poa.reports.handed import Handed
from poa.reports.mapping import MAPPED, ColumnMap, nearest
from poa.reports.opening import Reading, open_report
from poa.reports.reading import read_report
from poa.reports.tables import open_table
from poa.reports.unknown_encoding import settle_encoding


def titles_of(file: Handed, *, encoding: str | None, store: str) -> tuple[tuple[str, ...], str | None]:
    """The titles of a file's columns, and the encoding that they were read in, None for UTF-8.

    Raises InputFault where it has none, Undecided where several encodings fit.
    """
    try:
        table = open_table(file, encoding=encoding)
    except NotUtf8Error:
        encoding = settle_encoding(file, store=store, known=lambda _: {})
        table = open_table(file, encoding=encoding)
    if holds_values(table.header):
        raise no_header(file.name, table.header_line)
    return table.header, encoding


def best_guess(header: Sequence[str]) -> str | None:
    """The kind of file of which most columns are known by their titles; None where hardly one is."""
    here = {folded(title) for title in header}

    def known(name: str) -> int:
        columns = report_named(name).columns
        return sum(any(folded(title) in here for title in (one.plain, *one.aliases)) for one in columns)

    most = max(MAPPED, key=known)
    return most if known(most) > 1 else None


def nearest_title(column: Column, titles: Sequence[str]) -> str:
    """The title that is most like a name of the column, or nothing where none is near."""
    return nearest((column.plain, *column.aliases), titles, least=0.6)


def try_mapping(file: Handed, mapping: ColumnMap, *, encoding: str | None) -> bool:
    """Read a file by a mapping, and say whether some of its times have no offset; raises what reading raises."""
    opened = open_report(file, Reading(zone="UTC", encoding=encoding, mappings=(mapping,)))
    if opened.report.role == "supplier_map":
        return False
    rows = read_report(opened, number=0, tracking=False, tell=lambda _: None)
    return any("without an offset" in words for words in rows.assumptions)
