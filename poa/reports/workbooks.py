"""The first sheet of an Excel workbook as text cells; a date cell becomes an ISO date."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from poa.errors import InputFault

MAGIC = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A header and its rows; ``rows`` holds the line in the sheet and as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(data: bytes, *, name: str) -> Sheet:
    """The first sheet with something on it; raises InputFault for what is no workbook."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - most runs read no workbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in book.sheet_names[:1]
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise InputFault(
            "binary",
            f"{name} is no workbook that can be read: {error}.",
            file=name,
            hint="Save it as .xlsx or as CSV UTF-8.",
        ) from None
    rows = [
        (number, [_text(cell) for cell in row])
        for number, row in enumerate(sheets[0] if sheets else [], start=1)
    ]
    filled = [(number, row) for number, row in rows if any(row)]
    if not filled:
        raise InputFault("empty", f"The first sheet of {name} is empty.", file=name)
    header = tuple(filled[0][1])
    while header and not header[-1]:
        header = header[:-1]
    width = len(header)
    return Sheet(header=header, rows=tuple((number, tuple(row[:width])) for number, row in filled[1:]))


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
