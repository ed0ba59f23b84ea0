"""A file handed in, opened as a table of text cells whatever its form: text, workbook, JSON or XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from poa.errors import InputFault
from poa.parsing import NotXml, xml_tree
from poa.reports import Recognised, Report, known_reports
from poa.reports.handed import Handed
from poa.reports.json_records import Parsed, json_table, parse_json
from poa.reports.records import Columns, Part, parts
from poa.reports.texts import open_text
from poa.reports.workbooks import MAGIC, Sheet, read_sheet

_Done = TypeVar("_Done")
_Parts = Callable[[Sequence[int], Callable[[Columns], Any]], Iterator[Part[Any]]]

_SNIFF = 4096
XML_LIMIT = 20 << 20  # bytes; the report has a few kilobytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file as a table: its header, and its rows part by part with what was made of their columns.

    ``found`` is set where the form itself says what the file is (JSON, XML), ``stated`` where it holds no
    rows but what Amazon states: the parsed tree. ``goes_on`` says that it is a page of more.
    """

    header: tuple[str, ...]
    header_line: int
    encoding: str
    parts: _Parts
    found: Recognised | None = None
    stated: Any = None
    goes_on: bool = False


def spent(table: Table) -> Table:
    """The table without its rows: what a file holds of buyers goes no further than the reader."""
    return replace(table, parts=_no_rows)


def _no_rows(wanted: Sequence[int], work: Callable[[Columns], _Done]) -> Iterator[Part[_Done]]:
    del wanted, work
    yield from ()


def open_table(
    file: Handed, *, encoding: str | None = None, delimiter: str | None = None, skip: int = 0
) -> Table:
    """Open a file by its first bytes, not by its name; ``skip`` lines stand above its header.

    Raises InputFault for what is no table, NotUtf8Error for text in an encoding nobody has named.
    """
    with file.open() as stream:
        start = stream.read(_SNIFF)
    if start.startswith(MAGIC):
        return _of_sheet(read_sheet(file, skip=skip))
    bare = _letters(start)
    if bare.startswith((b"{", b"[")):
        return _of_json(parse_json(file), file.name)
    if bare.startswith((b"<?xml", b"<sellerPerformance")):
        report, tree = _parse_xml(file)
        return _without_rows("xml", report, tree)
    text = open_text(file, encoding=encoding, delimiter=delimiter, skip=skip)
    return Table(
        header=text.header,
        header_line=text.first_line - 1,
        encoding=text.encoding,
        parts=lambda wanted, work: parts(text, wanted, work, name=file.name),
    )


def _letters(start: bytes) -> bytes:
    """The first letters of a text, its mark and spaces left out; of two bytes a letter, the one that says something."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[2:].replace(b"\x00", b"").lstrip()
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()


def _of_sheet(sheet: Sheet) -> Table:
    def rows(wanted: Sequence[int], work: Callable[[Columns], _Done]) -> Iterator[Part[_Done]]:
        columns = {at: pa.array([row[at] for _, row in sheet.rows], type=pa.string()) for at in wanted}
        lines = np.array([line for line, _ in sheet.rows], dtype=np.int32)
        yield Part(work(columns), lines, sheet.ragged, 0)

    return Table(header=sheet.header, header_line=sheet.header_line, encoding="workbook", parts=rows)


def _of_json(parsed: Parsed, name: str) -> Table:
    if parsed.report.stated is not None:
        return _without_rows("utf-8", parsed.report, parsed.tree)
    header, cells, lines = json_table(parsed, name=name)

    def rows(wanted: Sequence[int], work: Callable[[Columns], _Done]) -> Iterator[Part[_Done]]:
        columns = {at: pa.array(cells[at], type=pa.string()) for at in wanted}
        yield Part(work(columns), np.array(lines, dtype=np.int32), (), 0)

    titles = {column.plain: column.name for column in parsed.report.columns}
    positions = {titles[title]: at for at, title in enumerate(header)}
    return Table(
        header=header,
        header_line=1,
        encoding="utf-8",
        parts=rows,
        found=Recognised(report=parsed.report, positions=positions, plain=False),
        goes_on=parsed.goes_on,
    )


def _without_rows(encoding: str, report: Report, tree: Any) -> Table:
    found = Recognised(report=report, positions={}, plain=False)
    return Table(header=(), header_line=1, encoding=encoding, parts=_no_rows, found=found, stated=tree)


def _parse_xml(file: Handed) -> tuple[Report, Any]:
    """The report type that knows the root element, and the tree; raises InputFault for anything else.

    A document type in it is refused, for that is where the bombs of XML are.
    """
    name = file.name
    with file.open() as stream:
        data = stream.read(XML_LIMIT + 1)
    if len(data) > XML_LIMIT:
        raise _bad_xml(name, f"{name} is far larger than a performance report; such a file is not read.")
    try:
        root = xml_tree(data)
    except NotXml as fault:
        message = f"{name} is not valid XML: {fault}."
        if fault.has_type:
            message = (
                f"{name} has a document type (DTD), which no performance report has; such a file is not read."
            )
        raise _bad_xml(name, message, line=fault.line) from None
    for report in known_reports():
        if report.form == "xml" and root.tag.rpartition("}")[2] == report.record:
            return report, root
    raise InputFault(
        "unknown_header",
        f"{name} is XML, but no seller performance report.",
        file=name,
        hint="Known is the answer of GET_V1_SELLER_PERFORMANCE_REPORT.",
    )


def _bad_xml(name: str, message: str, *, line: int | None = None) -> InputFault:
    return InputFault("bad_xml", message, file=name, line=line, hint="Download the report again.")
