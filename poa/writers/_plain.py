"""A paper as plain words for a web form: what each of its blocks says, without any sign of layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from textwrap import indent
from typing import assert_never

from poa.characters import harmless
from poa.document import (
    Block,
    BulletList,
    Cited,
    Code,
    Document,
    Emphasis,
    Gap,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    NumberedList,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Text,
    words,
)

_QUESTION = 2  # headings to this level begin a block of their own; deeper ones stand inside it
_OWN_QUOTES = {"zh", "ja"}  # these languages have no ASCII form of the quotes and dashes that they use

# What a form or the system behind it may show as a box or a question mark, and how ASCII says it.
_EVERYWHERE = {
    **dict.fromkeys("•‣◦∙▪▫■□●○⁃‐‑‒–−", "-"),
    **dict.fromkeys("„‟«»″", '"'),
    **dict.fromkeys("‚‛‹›′", "'"),
    **dict.fromkeys("\u00a0\u202f\u205f\t", " "),
    **{chr(code): " " for code in range(0x2000, 0x200B)},
    **dict.fromkeys("\u00ad\u200c\u200e\u200f", ""),
    **dict.fromkeys("\u2028\u2029", "\n"),
    "→": "->",
    "←": "<-",
    "⇒": "=>",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "×": "x",
}
_WITH_ASCII_QUOTES = {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "\u3000": " "}
_SIGNS = str.maketrans(_EVERYWHERE)
_ALL_SIGNS = str.maketrans({**_EVERYWHERE, **_WITH_ASCII_QUOTES})
_LONG_DASH = re.compile(r"[ ]*[—―]+[ ]*")
# Between spaces it separates; inside a word it is spelling, as in Chinese or Catalan names.
_DOT = re.compile(r"(?<!\S)·(?!\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBlock:
    """What goes into one box of a form: ``text`` is ``heading`` (may be blank), a new line, and all below it."""

    heading: str
    text: str

    @property
    def length(self) -> int:
        """Characters of ``text`` as a form counts them: UTF-16 units, a new line as one (HTML, ``maxlength``)."""
        return len(self.text.encode("utf-16-le")) // 2


def blocks(document: Document) -> tuple[FormBlock, ...]:
    """The paper in blocks: each title and each question with what stands under it."""
    parts: list[tuple[str, list[Block]]] = [("", [])]
    for block in document.blocks:
        if isinstance(block, Heading) and block.level <= _QUESTION:
            parts.append((_line(block.content, document.language), []))
        else:
            parts[-1][1].append(block)
    found = (
        FormBlock(
            heading=heading,
            text="\n".join(part for part in (heading, _printed(below, document.language)) if part),
        )
        for heading, below in parts
    )
    return tuple(one for one in found if one.text)


def _printed(content: Sequence[Block], language: str, *, gap: str = "\n\n") -> str:
    said = (_block(block, language) for block in content)
    return gap.join(one for one in said if one)


def _block(block: Block, language: str) -> str:
    match block:
        case Heading(content=content):
            return _line(content, language)
        case Paragraph(content=content):
            return _signs(_words(content), language)
        case BulletList(items=items):
            return _list(items, ("- " for _ in items), language)
        case NumberedList(items=items, start=start):
            return _list(items, (f"{number}) " for number in count(start)), language)
        case Table():
            return "\n".join(row for row in _rows(block, language) if row)
        case Quote(content=content):
            return indent(_printed(content, language), "  ")
        case Image() | Rule() | PageBreak():
            return ""
        case _:
            assert_never(block)


def _list(items: Sequence[tuple[Block, ...]], signs: Iterable[str], language: str) -> str:
    """One line an item; what follows its first line stands in by two spaces."""
    said = ((sign, _printed(item, language, gap="\n")) for sign, item in zip(signs, items, strict=False))
    return "\n".join(sign + indent(one, "  ").removeprefix("  ") for sign, one in said if one)


def _rows(table: Table, language: str) -> Iterator[str]:
    """Each row as ``name: value; name: value``; the names alone where there is no row."""
    names = [_line(cell, language) for cell in table.header]
    if not table.rows:
        yield "; ".join(name for name in names if name)
    for row in table.rows:
        cells = zip(names, (_line(cell, language) for cell in row), strict=True)
        yield "; ".join(f"{name}: {cell or '-'}" if name else cell for name, cell in cells if name or cell)


def _line(content: Iterable[Inline], language: str) -> str:
    return " ".join(_signs(_words(content), language).split())


def _words(content: Iterable[Inline]) -> str:
    return "".join(_word(item) for item in content)


def _word(item: Inline) -> str:
    match item:
        case Link(content=content, href=href):
            said, address = _words(content), href.removeprefix("mailto:")
            return said if address in said else f"{said} ({address})"
        case Strong(content=content) | Emphasis(content=content):
            return _words(content)
        case Text() | Cited() | Code() | Gap() | LineBreak():
            return words((item,))
        case _:
            assert_never(item)


def _signs(text: str, language: str) -> str:
    """The same words in signs that every form can hold, no line of which begins or ends with a space."""
    said = harmless(text)
    if language in _OWN_QUOTES:
        said = said.translate(_SIGNS)
    else:
        said = _LONG_DASH.sub(" - ", said.translate(_ALL_SIGNS))
    return "\n".join(line.strip() for line in _DOT.sub("-", said).splitlines()).strip("\n")
