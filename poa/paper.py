"""A finished paper as it is read back: its lines in reading order, whoever wrote or edited them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal, TypeAlias, assert_never

from poa.document import (
    Block,
    BulletList,
    Document,
    Heading,
    Image,
    Inlines,
    NumberedList,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Table,
    words,
)

CELL_GAP = " | "  # between the cells of a row, in its text

Kind: TypeAlias = Literal["heading", "paragraph", "item", "row", "aside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One run of words: a heading, a paragraph, a list item, a row of a table, or words aside of the text.

    ``cells`` are those of a row, and ``text`` is them joined by ``" | "``; ``level`` is that of a heading.
    ``paragraph`` counts as ``facts.json`` does: headings, paragraphs, items and each cell of a row are one.
    An aside (the text for a picture, a header, a footer, a note) has the number of what stands before it.
    ``page`` is the page it stands on, where the file says so.
    """

    kind: Kind
    text: str
    paragraph: int
    cells: tuple[str, ...] = ()
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper; ``name`` is the file's as it was given, ``language`` its code where the file says so."""

    name: str
    lines: tuple[Line, ...]
    language: str | None = None

    def heading(self, at: int) -> str | None:
        """The heading that the line at this position stands under; its own text where it is one."""
        above = reversed(self.lines[: at + 1])
        return next((line.text for line in above if line.kind == "heading"), None)


def paper_of(document: Document, *, name: str) -> Paper:
    """A paper of ours as a reader would read it back."""
    return Paper(name=name, lines=numbered(_lines(document.blocks)), language=document.language)


def numbered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines with their paragraph numbers, from 0; those they came with are not looked at."""
    found, number = [], 0
    for line in lines:
        if line.kind == "aside":
            found.append(replace(line, paragraph=max(number - 1, 0)))
            continue
        found.append(replace(line, paragraph=number))
        number += max(len(line.cells), 1)
    return tuple(found)


def row(cells: Iterable[str], *, page: int | None = None) -> Line:
    """The line of a table's row."""
    said = tuple(cells)
    return Line(kind="row", text=CELL_GAP.join(said), cells=said, paragraph=0, page=page)


def _lines(blocks: Iterable[Block], *, kind: Kind = "paragraph") -> Iterator[Line]:
    return chain.from_iterable(_block(block, kind) for block in blocks)


def _block(block: Block, kind: Kind) -> Iterator[Line]:
    match block:
        case Heading(content=content, level=level):
            yield Line(kind="heading", text=words(content), level=level, paragraph=0)
        case Paragraph(content=content):
            yield Line(kind=kind, text=words(content), paragraph=0)
        case BulletList(items=items) | NumberedList(items=items):
            for item in items:
                yield from _lines(item, kind="item")
        case Table(header=header, rows=rows):
            yield _row(header)
            yield from (_row(one) for one in rows)
        case Image(alt=alt):
            if alt:
                yield Line(kind="aside", text=alt, paragraph=0)
        case Quote(content=content):
            yield from _lines(content, kind=kind)
        case Rule() | PageBreak():
            return
        case _:
            assert_never(block)


def _row(cells: Iterable[Inlines]) -> Line:
    return row(words(cell) for cell in cells)
