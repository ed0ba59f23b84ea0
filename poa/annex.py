"""The annex of a letter: the late orders one by one, as a workbook and as CSV, with nothing a program could run.

Every cell that is no number is text. In the workbook it is written as a string and marked as one, so that
it stays text when somebody edits it. In CSV, which has no types, a cell is escaped (:func:`escaped`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias
from unicodedata import east_asian_width

from xlsxwriter import Workbook

from poa.characters import clean
from poa.facts.late_orders import LateOrder

Exhibit: TypeAlias = tuple[str, str, str, str]  # number, title, file, date
_Cell: TypeAlias = "str | int | float | None"

# All words of the annex, by what they are for; a caller may say any of them in another language.
WORDS: Mapping[str, str] = {
    "late_orders": "Late orders",
    "exhibits": "Exhibits",
    "notes": "Notes",
    "number": "No.",
    "order_id": "Order ID",
    "sku": "SKU",
    "supplier": "Supplier",
    "carrier": "Carrier",
    "purchased": "Purchased",
    "ship_by": "Ship by",
    "confirmed": "Confirmed",
    "dispatched": "Dispatched by supplier",
    "first_scan": "First carrier scan",
    "delay_hours": "Delay (hours)",
    "delay_days": "Delay (days)",
    "step": "Step at the deadline",
    "group": "Group that stands out",
    "file": "File",
    "lines": "Lines",
    "dispatch": "dispatch",
    "handover": "handover",
    "confirmation": "confirmation",
    "not_known": "not known",
    "exhibit": "Exhibit",
    "title": "Title",
    "date": "Date",
}

_MOST = 32_767  # characters of a cell in Excel, which leaves out a longer one
_SHEET_NAME = 31
_NARROWEST, _WIDEST = 6, 48
_EVERY_STEP = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """One column of the list; ``always`` keeps it where no order fills it."""

    word: str
    cell: Callable[[LateOrder, Mapping[str, str]], _Cell]
    kind: Literal["text", "number"] = "text"
    always: bool = False


def workbook(
    late_orders: Sequence[LateOrder],
    *,
    exhibits: Sequence[Exhibit] = (),
    notes: Sequence[str] = (),
    words: Mapping[str, str] | None = None,
    title: str = "",
    dated: str = "2000-01-01",
) -> bytes:
    """The list, the numbered exhibits and how it was counted, a sheet each, as XLSX.

    ``exhibits`` are printed as given (exhibit 1 is this list itself), ``notes`` one sentence a row; ``words``
    replaces some of WORDS, ``dated`` is the ISO day of the file's properties. Same input, same bytes. Raises
    ValueError for a word that WORDS has not.
    """
    said = _said(words)
    out = io.BytesIO()
    book = Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    made = datetime.combine(date.fromisoformat(dated), datetime.min.time())
    book.set_properties({"title": _cell(title)[:255], "author": "", "created": made})
    sheets = _sheet_names([said[name] for name in ("late_orders", "exhibits", "notes")])
    columns = _columns(late_orders, said)
    head = [said[column.word] for column in columns]
    rows = [[column.cell(one, said) for column in columns] for one in late_orders]
    numbered: list[list[_Cell]] = [[number, *row] for number, row in enumerate(rows, start=1)]
    _sheet(book, sheets[0], [said["number"], *head], numbered)
    _sheet(book, sheets[1], [said[name] for name in ("exhibit", "title", "file", "date")], exhibits)
    _sheet(book, sheets[2], [said["notes"]], [[sentence] for sentence in notes], width=100)
    book.close()
    return out.getvalue()


def table_csv(late_orders: Sequence[LateOrder], *, words: Mapping[str, str] | None = None) -> bytes:
    """The list as CSV after RFC 4180: UTF-8 with a mark by which Excel knows it, lines end in CR LF."""
    said = _said(words)
    columns = _columns(late_orders, said)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([escaped(said["number"]), *(escaped(said[column.word]) for column in columns)])
    for number, one in enumerate(late_orders, start=1):
        writer.writerow([number, *(_in_csv(column.cell(one, said)) for column in columns)])
    return out.getvalue().encode("utf-8-sig")


# A cell is run as a formula where it begins with one of these signs, also behind spaces and quotes (OWASP, CSV
# injection). A semicolon begins a cell where Excel's list separator is one, as in most of Europe.
_STARTS = re.compile(r"(^|[;\t])(?='|[\s\"'`“”‘’„«]*[=+\-@\t\r\n＝＋－＠﹢﹣﹦﹫−])")
_ESCAPES = re.compile(r"(^|[;\t])'")


def escaped(text: str) -> str:
    """A cell of CSV that no program runs: an apostrophe goes before what would begin a formula.

    One goes also before an apostrophe that stands there, so that :func:`unescaped` always gives the text back:
    ``-12`` is ``'-12``. Nothing else is changed, and an order id never is.
    """
    if text[:1].isalnum() and ";" not in text and "\t" not in text:
        return text  # most cells, without a look by pattern
    return _STARTS.sub(r"\1'", text)


def unescaped(cell: str) -> str:
    """The text of which :func:`escaped` made this cell."""
    return _ESCAPES.sub(r"\1", cell)


def _in_csv(cell: _Cell) -> str | int | float:
    return escaped(_cell(cell)) if isinstance(cell, str) else "" if cell is None else cell


def _columns(late_orders: Sequence[LateOrder], said: Mapping[str, str]) -> list[_Column]:
    """The columns that are always there, and of the others those that some order fills."""
    return [
        column
        for column in _COLUMNS
        if column.always or any(column.cell(one, said) not in {None, ""} for one in late_orders)
    ]


def _hours(one: LateOrder, _said: Mapping[str, str]) -> float | None:
    """One decimal; a delay of less than three minutes keeps four, for a late order is never late by nothing."""
    if one.delay_hours is None:
        return None
    return round(one.delay_hours, 1) or round(one.delay_hours, 4)


def _step(one: LateOrder, said: Mapping[str, str]) -> str:
    if not 0 < len(one.steps) < _EVERY_STEP:
        return said["not_known"]
    return " / ".join(said[step] for step in one.steps)


def _lines(one: LateOrder, _said: Mapping[str, str]) -> str:
    """The lines of each file, in the order of the files: ``2–3, 17 / 5``; Excel takes 2-3 for a day."""
    return " / ".join(
        ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in place.ranges)
        for place in one.places
    )


_COLUMNS = (
    _Column(word="order_id", cell=lambda one, _: one.order_id, always=True),
    _Column(word="sku", cell=lambda one, _: ", ".join(one.skus)),
    _Column(word="supplier", cell=lambda one, _: ", ".join(one.suppliers)),
    _Column(word="carrier", cell=lambda one, _: ", ".join(one.carriers)),
    _Column(word="purchased", cell=lambda one, _: _moment(one.purchased)),
    _Column(word="ship_by", cell=lambda one, _: _moment(one.ship_by), always=True),
    _Column(word="confirmed", cell=lambda one, _: _moment(one.confirmed), always=True),
    _Column(word="dispatched", cell=lambda one, _: _moment(one.dispatched)),
    _Column(word="first_scan", cell=lambda one, _: _moment(one.first_scan)),
    _Column(word="delay_hours", cell=_hours, kind="number"),
    _Column(word="delay_days", cell=lambda one, _: one.delay_days, kind="number"),
    _Column(word="step", cell=_step, always=True),
    _Column(word="group", cell=lambda one, _: ", ".join(one.groups)),
    _Column(word="file", cell=lambda one, _: " / ".join(place.file for place in one.places), always=True),
    _Column(word="lines", cell=_lines, always=True),
)


def _moment(told: str | None) -> str:
    """``2026-10-14 23:59:59 -07:00``: a text for Excel, which would move or reshape a date."""
    if told is None:
        return ""
    return told if len(told) == len("2026-10-14") else f"{told[:10]} {told[11:19]} {told[19:]}"


def _said(words: Mapping[str, str] | None) -> Mapping[str, str]:
    unknown = set(words or ()) - set(WORDS)
    if unknown:
        raise ValueError(sorted(unknown))
    return {name: clean(word) for name, word in {**WORDS, **(words or {})}.items()}


def _cell(text: str) -> str:
    """A text on one line, without characters that XML or a terminal cannot hold, no longer than a cell may be."""
    # Nearly every cell is plain already: to look costs a third of cleaning.
    plain = text.isascii() and text.isprintable() and "  " not in text and text == text.strip()
    said = text if plain else clean(text)
    return said if len(said) <= _MOST else said[: _MOST - 3] + "..."


def _sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names that Excel allows: 31 characters, none of its signs, no two alike."""
    found: list[str] = []
    for name in wanted:
        short = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[: _SHEET_NAME - 2].strip("' ") or "-"
        taken = {one.casefold() for one in found}
        found.append(f"{short} {len(found) + 1}" if short.casefold() in taken else short)
    return found


def _sheet(
    book: Any, name: str, head: Sequence[str], rows: Sequence[Sequence[_Cell]], *, width: int | None = None
) -> None:
    """One sheet with a head that stays in sight and is printed on every page."""
    bold = book.add_format(
        {"bold": True, "quote_prefix": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    words = book.add_format({"quote_prefix": True, "valign": "top", "text_wrap": width is not None})
    right = {"valign": "top", "align": "right", "indent": 1}
    number = book.add_format({**right, "num_format": "0"})
    part = book.add_format({**right, "num_format": "0.0###"})
    sheet = book.add_worksheet(name)
    for column, word in enumerate(head):
        sheet.write_string(0, column, _cell(word), bold)
        cells = [row[column] for row in rows]
        sheet.set_column(column, column, width or _width([word, *cells]))
        for row, cell in enumerate(cells, start=1):
            match cell:
                case None | "":
                    continue
                case str():
                    sheet.write_string(row, column, _cell(cell), words)
                case int():
                    sheet.write_number(row, column, cell, number)
                case _:
                    sheet.write_number(row, column, cell, part)
    sheet.freeze_panes(1, 0)
    if rows and len(head) > 1:
        sheet.autofilter(0, 0, len(rows), len(head) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{len(rows) + 1}"})
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")


def _width(cells: Iterable[_Cell]) -> int:
    """Room for the widest cell, a Chinese or Japanese character being as wide as two others, and for its arrow."""
    widest = max(len(text) + (0 if text.isascii() else _wide(text)) for text in map(str, cells))
    return min(max(widest + 2, _NARROWEST), _WIDEST)


def _wide(text: str) -> int:
    return sum(east_asian_width(sign) in "WF" for sign in text)
