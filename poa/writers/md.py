"""A paper as Markdown that a person reads in any editor, and that reads back as the same paper."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from textwrap import indent
from typing import TypeAlias, assert_never
from urllib.parse import quote

from poa.characters import width
from poa.document import (
    Align,
    Block,
    BulletList,
    Document,
    Heading,
    Image,
    NumberedList,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)
from poa.writers import picture
from poa.writers._markdown_words import label, line, paragraph

SUFFIX = ".md"

_Images: TypeAlias = Mapping[str, bytes]
_HIGHEST_NUMBER = 999_999_999  # CommonMark reads nine digits


def write(document: Document, *, images: _Images) -> bytes:
    """The paper in UTF-8; a picture is linked, so it must be among ``images``."""
    return (_blocks(document.blocks, images) + "\n").encode()


def _blocks(blocks: Sequence[Block], images: _Images, *, gap: str = "\n\n") -> str:
    out: list[str] = []
    other_sign = False
    for i, block in enumerate(blocks):
        # Two lists in a row would be read as one, were it not for another sign.
        other_sign = i > 0 and type(block) is type(blocks[i - 1]) and not other_sign
        out.append(_block(block, images, other_sign=other_sign))
    return gap.join(out)


def _block(block: Block, images: _Images, *, other_sign: bool) -> str:
    match block:
        case Heading(level=level, content=content):
            title = re.sub("#+$", r"\\\g<0>", line(content))  # or Markdown would drop the signs
            return f"{'#' * level} {title}"
        case Paragraph(content=content):
            return paragraph(content)
        case BulletList(items=items):
            return _list(items, ["* " if other_sign else "- "] * len(items), images)
        case NumberedList(items=items, start=start):
            numbers = (min(start + i, _HIGHEST_NUMBER) for i in range(len(items)))
            return _list(items, [f"{n}{')' if other_sign else '.'} " for n in numbers], images)
        case Table():
            return _table(block)
        case Image(src=src, alt=alt):
            picture(images, src)
            return f"![{label((Text(alt),))}]({quote(src)})"
        case Quote(content=content):
            return "\n".join(f"> {row}".rstrip(" ") for row in _blocks(content, images).split("\n"))
        case Rule():
            return "___"  # dashes or stars would be a list's sign once more at the start of an item
        case PageBreak():
            return "<!-- pagebreak -->"
        case _:
            assert_never(block)


def _list(items: Sequence[tuple[Block, ...]], signs: Sequence[str], images: _Images) -> str:
    gap = "\n" if all(_is_short(item) for item in items) else "\n\n"
    out: list[str] = []
    for sign, item in zip(signs, items, strict=True):
        hanging = " " * len(sign)
        out.append(sign + indent(_blocks(item, images, gap=gap), hanging).removeprefix(hanging))
    return gap.join(out)


def _is_short(item: tuple[Block, ...]) -> bool:
    """Whether an item needs no empty lines around it."""
    match item:
        case (Paragraph(),) | (Paragraph(), BulletList()) | (Paragraph(), NumberedList(start=1)):
            return True
        case _:
            return False


def _table(table: Table) -> str:
    rows = [[line(cell).replace("|", r"\|") for cell in row] for row in (table.header, *table.rows)]
    widths = [max(3, *map(width, column)) for column in zip(*rows, strict=True)]
    columns = list(zip(widths, table.align, strict=True))
    rows.insert(1, [_ruler(*column) for column in columns])
    return "\n".join(
        f"| {' | '.join(_padded(cell, *column) for cell, column in zip(row, columns, strict=True))} |"
        for row in rows
    )


def _ruler(columns: int, align: Align | None) -> str:
    left = ":" if align in {"left", "center"} else "-"
    right = ":" if align in {"right", "center"} else "-"
    return f"{left}{'-' * (columns - 2)}{right}"


def _padded(cell: str, columns: int, align: Align | None) -> str:
    spare = columns - width(cell)
    before = {"right": spare, "center": spare // 2}.get(align or "left", 0)
    return f"{' ' * before}{cell}{' ' * (spare - before)}"
