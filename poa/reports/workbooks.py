"""The first sheet of an Excel workbook as text cells; a date cell becomes an ISO date."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from poa.characters import clean
from poa.errors import InputFault
from poa.reports.handed import Handed
from poa.reports.records import Ragged
from poa.reports.workbook_bounds import check_workbook

MAGIC = b"PK\x03\x04"


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

    check_workbook(data, name=name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = (
            book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in book.sheet_names
        )
        cells = next((sheet for sheet in sheets if any(map(any, sheet))), [])
    except (CalamineError, ValueError, OSError) as error:
        raise InputFault(
            "binary",
            f"{name} is no workbook that can be read: {error}.",
            file=name,
            hint="Save it as .xlsx or as CSV UTF-8.",
        ) from None
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":  # a panic of the library, which is no Exception
            raise
        raise InputFault(
            "binary", f"{name} is no workbook that can be read.", file=name, hint="Save it as CSV UTF-8."
        ) from None
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
