"""A delimited file as text columns with their physical lines: nothing guessed, nothing lost.

Two roads, one result. Where every line is one record of as many cells as the header, Arrow reads
all cores wide; anything else (quoted line ends, empty lines, ragged rows) goes cell by cell, so
that each row keeps its line number and each row that cannot be used is named.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from poa.characters import clean
from poa.errors import InputFault
from poa.reports import holds_values, no_header
from poa.reports.encodings import as_utf8

COLUMN_LIMIT = 500
CELL_LIMIT = 32 << 10  # characters

_DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon"}
# Nothing on the line, or Excel's word to itself: sep=;
_NOTHING = re.compile(rb"\s*|\"?sep=.?\"?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How a file begins: its header, and where and how its rows stand (``body`` is UTF-8)."""

    header: tuple[str, ...]
    delimiter: str
    encoding: str
    body: memoryview
    first_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ragged:
    """A row with another number of cells than the header."""

    line: int
    cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRows:
    """The wanted columns as text by position, the line of each row, and the rows left out."""

    columns: dict[int, pa.ChunkedArray]
    lines: npt.NDArray[np.int32]
    ragged: tuple[Ragged, ...]


def read_head(data: bytes, *, name: str, encoding: str | None = None) -> Head:
    """Read the header; raises InputFault for what is no text table.

    ``encoding`` is the one the user named; without it the bytes must be UTF-8, with or without
    its mark. The delimiter is the one that cuts the header into most cells.
    """
    utf8, used = as_utf8(data, name=name, encoding=encoding)
    start, line = _skip_empty_lines(utf8)
    if start == len(utf8):
        raise InputFault("empty", f"{name} is empty.", file=name, hint="Download the report again.")
    end = _end_of_header(utf8, start, name=name, line=line)
    delimiter, header = _cut_header(utf8[start:end].decode("utf-8"))
    _check_header(header, name=name, line=line)
    return Head(
        header=header,
        delimiter=delimiter,
        encoding=used,
        body=memoryview(utf8)[end:],
        first_line=line + utf8.count(b"\n", start, end),
    )


def read_rows(head: Head, wanted: Sequence[int], *, name: str) -> TextRows:
    """The wanted columns of every row; raises InputFault where quotes do not balance."""
    return _read_even(head, wanted) or _read_uneven(head, wanted, name=name)


def _skip_empty_lines(data: bytes) -> tuple[int, int]:
    """Where the first line with something on it begins, and its number."""
    start, line = 0, 1
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        if not _NOTHING.fullmatch(data, start, end):
            return start, line
        start, line = end + 1, line + 1
    return len(data), line


def _end_of_header(data: bytes, start: int, *, name: str, line: int) -> int:
    """Where the header ends: at the first line end that no quoted title holds."""
    end = start
    while end < min(len(data), start + CELL_LIMIT):
        end = data.find(b"\n", end) + 1 or len(data)
        header = data[start:end].decode("utf-8")
        if not _open_quote(header, _cut_header(header)[0]):
            return end
    raise _unbalanced(name, line)


def _cut_header(first: str) -> tuple[str, tuple[str, ...]]:
    cuts = {delimiter: _cells(first.rstrip("\r\n"), delimiter) for delimiter in _DELIMITERS}
    delimiter = max(cuts, key=lambda key: len(cuts[key]))
    return delimiter, tuple(clean(cell) for cell in cuts[delimiter])


def _cells(line: str, delimiter: str) -> list[str]:
    if delimiter == "\t":
        return [_unquoted(cell) for cell in line.split("\t")]
    csv.field_size_limit(max(CELL_LIMIT, len(line)))
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a line end outside quotes: another delimiter cuts this header
        return [line]


def _open_quote(text: str, delimiter: str) -> bool:
    """Whether the last cell of a record opens a quote that does not close in it."""
    try:
        list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return delimiter != "\t" and "unexpected end" in str(error)
    return False


def _check_header(header: Sequence[str], *, name: str, line: int) -> None:
    seen: dict[str, str] = {}
    if len(header) > COLUMN_LIMIT:
        raise InputFault(
            "too_many_columns",
            f"{name} has {len(header):,} columns; at most {COLUMN_LIMIT} are read.",
            file=name,
            line=line,
            hint="Delete the columns that poa does not need.",
        )
    for title in header:
        known = title.casefold()
        if known and known in seen:
            if holds_values(header):
                raise no_header(name, line)
            raise InputFault(
                "duplicated_column",
                f"{name} has the column '{title}' twice.",
                file=name,
                line=line,
                column=title,
                hint="Delete or rename one of them; poa does not choose between them.",
            )
        seen[known] = title


def _read_even(head: Head, wanted: Sequence[int]) -> TextRows | None:
    """The fast road: Arrow, where each line is a record; None where that is not so."""
    names = [str(at) for at in range(len(head.header))]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(head.body)),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=4 << 20),
            parse_options=arrow_csv.ParseOptions(
                delimiter=head.delimiter,
                quote_char=False if head.delimiter == "\t" else '"',
                ignore_empty_lines=True,  # then the number of rows tells of them
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={str(at): pa.string() for at in wanted},
                include_columns=[str(at) for at in wanted],
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    data = head.body.obj
    assert isinstance(data, bytes)  # noqa: S101 - it was made in this file
    start = len(data) - head.body.nbytes
    line_ends = data.count(b"\n", start) + (not data.endswith(b"\n"))
    begin = max(start, data.rfind(b"\n", start, len(data) - 1) + 1)
    last = data[begin:].decode("utf-8")  # Arrow closes an open quote at the end by itself
    if table.num_rows != line_ends or _open_quote(last, head.delimiter):
        return None
    columns = {at: table.column(str(at)) for at in wanted}
    if head.delimiter == "\t":
        columns = {at: _unquote_column(column) for at, column in columns.items()}
    lines = np.arange(head.first_line, head.first_line + table.num_rows, dtype=np.int32)
    return TextRows(columns=columns, lines=lines, ragged=())


def _read_uneven(head: Head, wanted: Sequence[int], *, name: str) -> TextRows:
    """The careful road: record by record, each with the line it begins on."""
    kept: list[list[str]] = [[] for _ in wanted]
    lines: list[int] = []
    ragged: list[Ragged] = []
    width = len(head.header)
    for line, cells in _records(head, name=name):
        extra = cells[width:]
        if len(cells) < width or any(cell.strip() for cell in extra):
            ragged.append(Ragged(line=line, cells=len(cells)))
            continue
        lines.append(line)
        for column, at in zip(kept, wanted, strict=True):
            column.append(cells[at])
    columns = {at: _column(column) for at, column in zip(wanted, kept, strict=True)}
    return TextRows(columns=columns, lines=np.asarray(lines, dtype=np.int32), ragged=tuple(ragged))


def _records(head: Head, *, name: str) -> Iterator[tuple[int, list[str]]]:
    text = io.TextIOWrapper(io.BytesIO(head.body), encoding="utf-8", newline="")
    if head.delimiter == "\t":
        # Tab files are not quoted: a stray quote must not swallow the rows up to the next one.
        for number, row in enumerate(text, start=head.first_line):
            if row.strip("\r\n "):
                yield number, [_unquoted(cell) for cell in row.rstrip("\r\n").split("\t")]
        return
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(text, delimiter=head.delimiter, strict=True)
    line = head.first_line
    try:
        for cells in reader:
            last = head.first_line + reader.line_num - 1
            if last > line and any(_holds_a_row(cell, head) for cell in cells):
                raise _unbalanced(name, line)
            if len(cells) > 1 or any(cell.strip() for cell in cells):
                yield line, cells
            line = last + 1
    except csv.Error as error:
        if "field limit" not in str(error):
            raise _unbalanced(name, line) from None
        raise InputFault(
            "too_large",
            f"Line {line} of {name} begins a cell of more than {CELL_LIMIT:,} characters.",
            file=name,
            line=line,
            hint='Delete that column, or the stray quote (") that opens the cell.',
        ) from None


def _holds_a_row(cell: str, head: Head) -> bool:
    """Whether a cell has swallowed a whole row: a line inside it with all the delimiters of one."""
    return any(line.count(head.delimiter) >= len(head.header) - 1 > 0 for line in cell.split("\n"))


def _unbalanced(name: str, line: int) -> InputFault:
    return InputFault(
        "unbalanced_quotes",
        f'A quote (") that opens on line {line} of {name} does not close where its cell ends.',
        file=name,
        line=line,
        hint="Download the report again, or delete the stray quote on that line.",
    )


def _unquoted(cell: str) -> str:
    """A cell of a tab file as spreadsheets write it: quotes around the whole cell are not part of it."""
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


def _unquote_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pc.any(pc.starts_with(column, '"')).as_py():
        return column
    return _column([_unquoted(cell) for cell in column.to_pylist()])


def _column(cells: list[str]) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(cells, type=pa.string())])
