"""The first sheet of an Excel workbook as text cells; a date cell becomes an ISO date.

What it would unpack to is judged before it is unpacked: a bomb, a cell far out, a text of a megabyte.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from poa.characters import clean
from poa.errors import InputFault
from poa.reports.handed import Handed
from poa.reports.records import Ragged

MAGIC = b"PK\x03\x04"
UNPACKED_LIMIT = 1 << 30  # bytes
CELLS_LIMIT = 8_000_000  # more do not fit into a gigabyte
COLUMNS_LIMIT = 500
TEXT_LIMIT = 128 << 10  # bytes of one text

_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,4})([0-9]{1,8})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_LONG = re.compile(rb">[^<]{%d}" % TEXT_LIMIT)
_TAIL = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A header and its rows; ``rows`` holds the line in the sheet and as many cells as the header.

    ``ragged`` names rows with something beyond the last title.
    """

    header: tuple[str, ...]
    header_line: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    ragged: tuple[Ragged, ...]


def read_sheet(file: Handed, *, skip: int = 0) -> Sheet:
    """The first sheet with something on it, from its ``skip``-th row on; raises InputFault for no workbook."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - most runs read no workbook

    name = file.name
    with file.open() as stream:
        data = stream.read()

    _check(data, name=name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = (
            book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in book.sheet_names
        )
        cells = next((sheet for sheet in sheets if any(map(any, sheet))), [])
    except (CalamineError, ValueError, OSError) as error:
        raise _unreadable(name, f": {error}", hint="Save it as .xlsx or as CSV UTF-8.") from None
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":  # a panic of the library, which is no Exception
            raise
        raise _unreadable(name, "", hint="Save it as CSV UTF-8.") from None
    if not cells:
        raise InputFault(
            "empty", f"No sheet of {name} has anything on it.", file=name, hint="Save the report again."
        )
    timed = {at for row in cells[1:] for at, cell in enumerate(row) if isinstance(cell, datetime)}
    rows = [
        (number, [_text(_midnight(cell) if at in timed else cell) for at, cell in enumerate(row)])
        for number, row in enumerate(cells, start=1)
    ]
    filled = [(number, row) for number, row in rows if any(row)][skip:]
    if not filled:
        raise InputFault("empty", f"{name} has no more rows.", file=name, hint="Save the report again.")
    header = tuple(clean(title) for title in filled[0][1])
    while header and not header[-1]:
        header = header[:-1]
    width = len(header)
    return Sheet(
        header=header,
        header_line=filled[0][0],
        rows=tuple((number, tuple(row[:width])) for number, row in filled[1:] if not any(row[width:])),
        ragged=tuple(Ragged(number, len(row)) for number, row in filled[1:] if any(row[width:])),
    )


def _midnight(cell: object) -> object:
    """A day in a column of times as its midnight: the workbook keeps no mark to tell them apart."""
    bare = isinstance(cell, date) and not isinstance(cell, datetime)
    return f"{cell} 00:00:00" if bare else cell


def _text(cell: object) -> str:
    match cell:
        case None | "":
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell).strip()


def _check(data: bytes, *, name: str) -> None:
    """Raise InputFault for a workbook that would need more memory than a report does, or defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            total = 0
            for part in package.infolist():
                total += _check_part(package, part, name=name, before=total)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise _unreadable(name, f": {error}", hint="Save it as .xlsx.") from None


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, *, name: str, before: int) -> int:
    """The unpacked size of one part."""
    size = cells = row = column = 0
    sheet = part.filename.endswith(".xml")  # wherever a workbook keeps its sheets
    tail = b""
    with package.open(part) as stream:
        while piece := stream.read(1 << 20):
            size += len(piece)
            text = tail + piece
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise _unreadable(name, ": it defines entities", hint="Save it as .xlsx.")
            if sheet:
                cells += len(_CELL.findall(piece))
                for letters, number in _PLACE.findall(text):
                    column, row = max(column, _number(letters)), max(row, int(number))
            wide = column > COLUMNS_LIMIT or column * row > CELLS_LIMIT * 4 or cells > CELLS_LIMIT
            if before + size > UNPACKED_LIMIT or wide or (len(text) > TEXT_LIMIT and _LONG.search(text)):
                raise InputFault(
                    "too_large",
                    f"{name} unpacks to more than can be read, or has a cell far outside its table.",
                    file=name,
                    hint="Copy the rows into a new workbook, or save the sheet as CSV UTF-8.",
                )
            # A text that goes on in the next piece is kept, to be measured as a whole.
            tail = text[max(0, text.rfind(b">", 0, len(text))) :][-2 * TEXT_LIMIT :] or text[-_TAIL:]
            tail = tail if len(tail) >= _TAIL else text[-_TAIL:]
    return size


def _number(letters: bytes) -> int:
    """The number of a column by its letters: ``SG`` is the 501st."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _unreadable(name: str, why: str, *, hint: str) -> InputFault:
    return InputFault("binary", f"{name} is no workbook that can be read{why}.", file=name, hint=hint)
