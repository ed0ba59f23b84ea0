"""The annex of a letter: the late orders one by one, as a workbook and as CSV, with nothing a program could run.

Every cell that is no number is text. In the workbook it is written as a string and marked as one, so that
it stays text when somebody edits it. In CSV, which has no types, a cell is escaped (:func:`escaped`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from poa.annex.cells import escaped, in_csv, one_line, unescaped
from poa.annex.listed import WORDS, Column, Texts, listed, said_in
from poa.annex.sheets import Sheet, package

__all__ = ["WORDS", "Exhibit", "escaped", "listed", "table_csv", "unescaped", "workbook"]

Exhibit: TypeAlias = tuple[str, str, str, str]  # number, title, file, date
_NOTE_WIDTH = 100


def workbook(
    columns: Sequence[Column],
    *,
    exhibits: Sequence[Exhibit] = (),
    notes: Sequence[str] = (),
    words: Mapping[str, str] | None = None,
    title: str = "",
    dated: str = "2000-01-01",
) -> bytes:
    """The list as :func:`listed` makes it, the numbered exhibits and how it was counted, a sheet each, as XLSX.

    ``exhibits`` are printed as given (exhibit 1 is this list itself), ``notes`` one sentence a row; ``words``
    replaces some of WORDS, ``dated`` is the ISO day of the file's properties. Same input, same bytes. Raises
    ValueError for a word that WORDS has not.
    """
    said = said_in(words)
    by_field = zip(*exhibits, strict=True) if exhibits else [()] * 4
    titles = [said[name] for name in ("exhibit", "title", "file", "date")]
    return package(
        [
            Sheet(name=said["late_orders"], columns=columns),
            Sheet(
                name=said["exhibits"],
                columns=[_texts(head, cells) for head, cells in zip(titles, by_field, strict=True)],
            ),
            Sheet(name=said["notes"], columns=[_texts(said["notes"], notes)], width=_NOTE_WIDTH),
        ],
        title=one_line(title),
        dated=date.fromisoformat(dated),
    )


def table_csv(columns: Sequence[Column]) -> bytes:
    """The same list as CSV after RFC 4180: UTF-8 with a mark by which Excel knows it, lines end in CR LF."""
    cells = (
        in_csv(column.cells)
        if isinstance(column, Texts)
        else ["" if number is None else str(number) for number in column.cells]
        for column in columns
    )
    lines = [in_csv([column.head for column in columns]), *zip(*cells, strict=True)]
    return "".join([",".join(line) + "\r\n" for line in lines]).encode("utf-8-sig")


def _texts(head: str, cells: Sequence[str]) -> Column:
    return Texts(head=one_line(head), cells=[one_line(text) for text in cells])
