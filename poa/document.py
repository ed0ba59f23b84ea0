"""What a paper is made of: a small closed tree that every format is written from.

A document that could not be printed everywhere cannot be built: blocks and inlines are separate
closed types. The tree has a normal form (:func:`normal`): neighbouring texts are one text, empty
texts are gone, so equal papers are equal trees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

Align: TypeAlias = Literal["left", "center", "right"]


# --- inlines ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Words that print a fact: ``fact`` is its id in ``facts.json``."""

    text: str
    fact: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A question to the seller, where an answer is missing; only drafts hold one."""

    question: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that matter most."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words that are stressed."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Words to be taken to the letter: a file name, a column."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address (https or mailto)."""

    content: tuple[Inline, ...]
    href: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line inside a paragraph."""


Inline: TypeAlias = Text | Cited | Gap | Strong | Emphasis | Code | Link | LineBreak
Inlines: TypeAlias = tuple[Inline, ...]


# --- blocks ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; ``level`` is 1 to 4."""

    level: int
    content: Inlines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items without order; an item is one or more blocks."""

    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Items in order, counted from ``start``; each list counts for itself."""

    items: tuple[tuple[Block, ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A header row and body rows; every row has as many cells as the header."""

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    align: tuple[Align | None, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture by its path beside the paper; ``alt`` says in words what it shows."""

    src: str
    alt: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words."""

    content: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a new page."""


Block: TypeAlias = Heading | Paragraph | BulletList | NumberedList | Table | Image | Quote | Rule | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole paper. ``draft`` papers say so in their header and properties.

    ``language`` is a code like ``en`` or ``zh``; ``dated`` an ISO day that the file's own
    properties carry in place of a clock.
    """

    blocks: tuple[Block, ...]
    title: str
    language: str = "en"
    draft: bool = True
    author: str = ""
    dated: str = "2000-01-01"
    subject: str = ""


def normal(content: Iterable[Inline]) -> Inlines:
    """The same words in normal form: neighbouring texts joined, empty ones dropped."""
    out: list[Inline] = []
    for item in content:
        match item:
            case Text(text="") | Strong(content=()) | Emphasis(content=()):
                continue
            case Text(text=text) if out and isinstance(out[-1], Text):
                out[-1] = Text(out[-1].text + text)
            case _:
                out.append(item)
    return tuple(out)


def words(content: Iterable[Inline]) -> str:
    """The words of a run of inlines as a reader sees them; a line break is a newline."""
    return "".join(_word(item) for item in content)


def _word(item: Inline) -> str:
    match item:
        case Text(text=text) | Cited(text=text) | Code(text=text):
            return text
        case Gap(question=question):
            return f"[{question}]"
        case Strong(content=content) | Emphasis(content=content) | Link(content=content):
            return words(content)
        case LineBreak():
            return "\n"
        case _:
            assert_never(item)


def leaves(blocks: Iterable[Block]) -> Iterator[Inlines]:
    """Every run of words in reading order: headings, paragraphs, list items, table cells.

    The position in this sequence is the paragraph number that ``facts.json`` and a review name.
    Pictures carry no words of the paper (their alternative text stands beside it).
    """
    for block in blocks:
        match block:
            case Heading(content=content) | Paragraph(content=content):
                yield content
            case BulletList(items=items) | NumberedList(items=items):
                for item in items:
                    yield from leaves(item)
            case Table(header=header, rows=rows):
                yield from header
                for row in rows:
                    yield from row
            case Quote(content=content):
                yield from leaves(content)
            case Image() | Rule() | PageBreak():
                continue
            case _:
                assert_never(block)


def cited_at(content: Iterable[Inline]) -> Iterator[tuple[int, Cited]]:
    """Every fact that a run of words prints, in order, with the position of its first sign in :func:`words`."""
    start = 0
    for item in _flat(content):
        if isinstance(item, Cited):
            yield start, item
        start += len(_word(item))


def gaps(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Every question still open in the paper, in reading order, each once."""
    every = (item for content in leaves(blocks) for item in _flat(content))
    return tuple(dict.fromkeys(item.question for item in every if isinstance(item, Gap)))


def _flat(content: Iterable[Inline]) -> Iterator[Inline]:
    """A run of inlines without those that only hold others."""
    for item in content:
        if isinstance(item, Strong | Emphasis | Link):
            yield from _flat(item.content)
        else:
            yield item
