"""What a workbook would unpack to, judged before it is unpacked: a bomb, a cell far out, a text of a megabyte."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from poa.errors import InputFault

UNPACKED_LIMIT = 1 << 30  # bytes
CELLS_LIMIT = 8_000_000  # more do not fit into a gigabyte
COLUMNS_LIMIT = 500
TEXT_LIMIT = 128 << 10  # bytes of one text

_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,4})([0-9]{1,8})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_LONG = re.compile(rb">[^<]{%d}" % TEXT_LIMIT)
_TAIL = 200


def check_workbook(data: bytes, *, name: str) -> None:
    """Raise InputFault for a workbook that would need more memory than a report does, or defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            total = 0
            for part in package.infolist():
                total += _check_part(package, part, name=name, before=total)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise InputFault(
            "binary", f"{name} is no workbook that can be read: {error}.", file=name, hint="Save it as .xlsx."
        ) from None


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
                raise InputFault(
                    "binary",
                    f"{name} is no workbook that can be read: it defines entities.",
                    file=name,
                    hint="Save it as .xlsx.",
                )
            if sheet:
                cells += len(_CELL.findall(piece))
                for letters, number in _PLACE.findall(text):
                    column, row = max(column, _number(letters)), max(row, int(number))
            wide = column > COLUMNS_LIMIT or column * row > CELLS_LIMIT * 4 or cells > CELLS_LIMIT
            if before + size > UNPACKED_LIMIT or wide or _has_long_text(text):
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


def _has_long_text(text: bytes) -> bool:
    return len(text) > TEXT_LIMIT and _LONG.search(text) is not None


def _number(letters: bytes) -> int:
    """The number of a column by its letters: ``SG`` is the 501st."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
