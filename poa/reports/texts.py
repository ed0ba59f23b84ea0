"""A delimited file as text columns with their physical lines: nothing guessed, nothing lost.

Two roads, one result. A piece in which every line is one record of as many cells as the header is
read by Arrow; any other (quoted line ends, empty lines, ragged rows) goes cell by cell, so that each
row keeps its line number and each row that cannot be used is named.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from poa.characters import clean
from poa.errors import InputFault, Undecided
from poa.reports import holds_values, no_header
from poa.reports.encodings import Piece, encoding_of, pieces
from poa.reports.handed import Handed

COLUMN_LIMIT = 500
CELL_LIMIT = 32 << 10  # characters
HEADER_LIMIT = 4 << 20  # bytes

DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon"}
# Nothing on the line, or Excel's word to itself: sep=;
_NOTHING = re.compile(rb"\s*|\"?sep=.?\"?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """A text file opened: its header, how its cells are cut, and the pieces of its rows.

    ``rows`` can be taken once; the first row stands on line ``first_line``. ``trailing`` is the number of
    blank cells beyond the header that each of the first rows has.
    """

    header: tuple[str, ...]
    delimiter: str
    encoding: str
    first_line: int
    trailing: int
    rows: Iterator[Piece]


def open_text(
    file: Handed, *, encoding: str | None = None, delimiter: str | None = None, skip: int = 0
) -> TextTable:
    """Read the header; raises InputFault for what is no text table, NotUtf8Error where bytes are not UTF-8.

    ``encoding`` and ``delimiter`` are the user's word; without them the bytes must be UTF-8 or carry
    a mark, and the delimiter is the one that cuts the header into most cells.
    """
    name = file.name
    with file.open() as stream:
        used = encoding_of(stream.read(64), name=name, named=encoding)
    rest = pieces(file, encoding=used)
    first = next(rest, Piece(b"", 0))
    start, line = _skip_empty_lines(first.data)
    for _ in range(skip):  # titles above the header, as people write them in a spreadsheet
        above = first.data.find(b"\n", start) + 1 or len(first.data)
        more, empty = _skip_empty_lines(first.data[above:])
        start, line = above + more, line + empty
    if start == len(first.data):
        raise InputFault("empty", f"{name} is empty.", file=name, hint="Download the report again.")
    end = _end_of_header(first.data, start, name=name, line=line)
    text = first.data[start:end].decode("utf-8")
    cut_at, header = _cut_header(text, delimiter)
    if delimiter is None:
        _refuse_two_cuts(text, header, file, line)
    _check_header(header, name=name, line=line)
    return TextTable(
        header=header,
        delimiter=cut_at,
        encoding=used,
        first_line=line + first.data.count(b"\n", start, end),
        trailing=_trailing(first.data[end : end + CELL_LIMIT], len(header), cut_at),
        rows=chain([Piece(first.data[end:], first.read)] if first.data[end:] else [], rest),
    )


_FIRST_ROWS = 20


def _trailing(data: bytes, width: int, delimiter: str) -> int:
    """How many blank cells more than the header every one of the first rows has."""
    lines = data.decode("utf-8", "ignore").splitlines()[:_FIRST_ROWS]
    rows = [_cells(line, delimiter) for line in lines if line.strip()]
    return max(0, min((len(row) - width for row in rows), default=0))


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
    first = data.find(b"\n", start)
    if (first if first >= 0 else len(data)) - start > HEADER_LIMIT:
        raise InputFault(
            "too_many_columns",
            f"The titles of {name} have more than {HEADER_LIMIT:,} bytes; no report has so many.",
            file=name,
            line=line,
            hint="Delete the columns that poa does not need.",
        )
    end, alone = start, 0
    while end < min(len(data), start + CELL_LIMIT):
        end = data.find(b"\n", end) + 1 or len(data)
        header = data[start:end].decode("utf-8")
        sign, titles = _cut_header(header, None)
        # No sign cuts the line: a title that breaks within its quotes, or a sentence above the header.
        uncut = len(titles) == 1
        alone = alone or (end if uncut else 0)
        if not open_quote(header, "," if uncut else sign):
            return end
    if alone:
        return alone
    raise unbalanced(name, line)


def _cut_header(first: str, delimiter: str | None) -> tuple[str, tuple[str, ...]]:
    cuts = {sign: _cells(first.rstrip("\r\n"), sign) for sign in DELIMITERS}
    chosen = delimiter or max(cuts, key=lambda sign: len(cuts[sign]))
    return chosen, tuple(clean(cell) for cell in cuts[chosen])


def _refuse_two_cuts(text: str, header: Sequence[str], file: Handed, line: int) -> None:
    """Ask where two delimiters cut the header into equally many cells, and so both could be meant."""
    cuts = {sign: _cut_header(text, sign)[1] for sign in DELIMITERS}
    equal = [sign for sign, cells in cuts.items() if len(cells) == len(header) > 1]
    if len(equal) > 1 and any(holds_values(cuts[sign]) for sign in equal):
        raise no_header(file.name, line)
    if len(equal) > 1:
        raise Undecided(
            "ambiguous_delimiter",
            f"The titles of {file.name} can be cut at each {' and at each '.join(DELIMITERS[sign] for sign in equal)}.",
            setting="delimiter",
            choices=[(sign, " | ".join(cuts[sign])) for sign in equal],
            file=file.name,
            line=line,
            hint="Save the file as tab-separated text.",
        )


def _cells(line: str, delimiter: str) -> list[str]:
    if delimiter == "\t":
        return [unquoted(cell) for cell in line.split("\t")]
    csv.field_size_limit(max(CELL_LIMIT, len(line)))
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a line end outside quotes: another delimiter cuts this header
        return [line]


def open_quote(text: str, delimiter: str) -> bool:
    """Whether the last cell of a record opens a quote that does not close in it."""
    try:
        list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return delimiter != "\t" and "unexpected end" in str(error)
    return False


def unbalanced(name: str, line: int) -> InputFault:
    """The fault for a quote that swallows rows."""
    return InputFault(
        "unbalanced_quotes",
        f'A quote (") that opens on line {line} of {name} does not close where its cell ends.',
        file=name,
        line=line,
        hint="Download the report again, or delete the stray quote on that line.",
    )


def unquoted(cell: str) -> str:
    """A cell of a tab file as spreadsheets write it: quotes around the whole cell are not part of it."""
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


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
