"""The workbook of the annex: XlsxWriter draws it with empty sheets, and the rows are put in at once.

XlsxWriter keeps each cell as an object and takes a second for 12,000 orders; a row as one text takes a fifth.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from poa.annex.listed import Column, Numbers, Texts
from poa.characters import width

_SHEET_NAME = 31
_NARROWEST, _WIDEST = 6, 48
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_LEVEL = 4  # half the time of 6 for a tenth more bytes
_DATA = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
# Excel reads _x0041_ as a sign of its own.
_SIGN = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: columns of one length, as wide as their widest cell, or ``width`` characters with line breaks."""

    name: str
    columns: Sequence[Column]
    width: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Formats:
    """XlsxWriter's formats; each knows its number in the file (``xf_index``) once the file is drawn."""

    head: Any
    text: Any
    broken: Any
    whole: Any
    part: Any

    def of(self, column: Column, sheet: Sheet) -> Any:
        if isinstance(column, Numbers):
            return self.whole if column.whole else self.part
        return self.broken if sheet.width else self.text


def package(sheets: Sequence[Sheet], *, title: str, dated: date) -> bytes:
    """The sheets as XLSX; the same input gives the same bytes."""
    drawn = io.BytesIO()
    book = Workbook(drawn, {"in_memory": True})
    made = datetime.combine(dated, datetime.min.time())
    book.set_properties({"title": title[:255], "author": "", "created": made})
    formats = _formats(book)
    for sheet, name in zip(sheets, _sheet_names(sheet.name for sheet in sheets), strict=True):
        _draw(book.add_worksheet(name), sheet, formats)
    book.close()
    rows = {
        f"xl/worksheets/sheet{number}.xml": _data(sheet, formats)
        for number, sheet in enumerate(sheets, start=1)
    }
    out = io.BytesIO()
    with ZipFile(drawn) as empty, ZipFile(out, "w") as full:
        for name in empty.namelist():
            part = empty.read(name)
            if name in rows:
                before, after = _DATA.split(part)
                part = before + rows[name] + after
            info = ZipInfo(name, _NO_TIME)
            info.create_system, info.external_attr = 0, 0x20  # the same on every system
            full.writestr(info, part, ZIP_DEFLATED, _LEVEL)
    return out.getvalue()


def _formats(book: Any) -> _Formats:
    text = {"quote_prefix": True, "valign": "top"}
    number = {"valign": "top", "align": "right", "indent": 1}
    return _Formats(
        head=book.add_format({**text, "bold": True, "bottom": 1, "text_wrap": True}),
        text=book.add_format(text),
        broken=book.add_format({**text, "text_wrap": True}),
        whole=book.add_format({**number, "num_format": "0"}),
        part=book.add_format({**number, "num_format": "0.0###"}),
    )


def _draw(page: Any, sheet: Sheet, formats: _Formats) -> None:
    """A head that stays in sight and is printed on every page; first and last row are there, without words."""
    last, end = len(sheet.columns[0].cells), len(sheet.columns) - 1
    for number, column in enumerate(sheet.columns):
        page.write_blank(0, number, None, formats.head)
        if last:
            page.write_blank(last, number, None, formats.of(column, sheet))
        page.set_column(number, number, sheet.width or _width([column.head, *column.cells]))
    page.freeze_panes(1, 0)
    if last and end:
        page.autofilter(0, 0, last, end)
    page.ignore_errors({"number_stored_as_text": f"A1:Z{last + 1}"})
    page.repeat_rows(0)
    page.set_landscape()
    page.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P / &N")


def _data(sheet: Sheet, formats: _Formats) -> bytes:
    """The rows of a sheet (ECMA-376 part 1, 18.3.1.80): texts stand in their cells, as strings and nothing else."""
    style = formats.head.xf_index
    heads = [
        "".join(_strings([column.head], letter, style, first=1))
        for letter, column in _lettered(sheet.columns)
    ]
    cells = [
        _strings(column.cells, letter, formats.of(column, sheet).xf_index, first=2)
        if isinstance(column, Texts)
        else _numbers(column.cells, letter, formats.of(column, sheet).xf_index)
        for letter, column in _lettered(sheet.columns)
    ]
    rows = ["".join(heads), *map("".join, zip(*cells, strict=True))]
    told = "".join([f'<row r="{number}">{row}</row>' for number, row in enumerate(rows, start=1)])
    return f"<sheetData>{told}</sheetData>".encode()


def _lettered(columns: Sequence[Column]) -> Iterator[tuple[str, Column]]:
    return ((xl_col_to_name(number), column) for number, column in enumerate(columns))


def _strings(texts: Iterable[str], letter: str, style: int, *, first: int) -> list[str]:
    return [
        f'<c r="{letter}{row}" s="{style}" t="inlineStr"><is><t>{_xml(text)}</t></is></c>' if text else ""
        for row, text in enumerate(texts, first)
    ]


def _numbers(numbers: Iterable[float | None], letter: str, style: int) -> list[str]:
    return [
        "" if number is None else f'<c r="{letter}{row}" s="{style}"><v>{number:.16G}</v></c>'
        for row, number in enumerate(numbers, 2)
    ]


def _xml(text: str) -> str:
    if text.isalnum():
        return text
    return (_SIGN.sub("_x005F_", text) if "_x" in text else text).translate(_XML)


def _sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names that Excel allows: 31 characters, none of its signs, no two alike."""
    found: list[str] = []
    for name in wanted:
        short = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[: _SHEET_NAME - 2].strip("' ") or "-"
        taken = {one.casefold() for one in found}
        found.append(f"{short} {len(found) + 1}" if short.casefold() in taken else short)
    return found


def _width(cells: Iterable[str | float | None]) -> int:
    """Room for the widest cell, a Chinese or Japanese character being as wide as two others, and for its arrow."""
    widest = max(map(width, map(str, cells)))
    return min(max(widest + 2, _NARROWEST), _WIDEST)
