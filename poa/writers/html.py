"""A paper as one HTML page that needs nothing else: words, look and pictures, no script, no way to the network.

What a browser may do with it is closed by its own policy, so that a paper of a stranger's pack is safe to open.
"""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import assert_never

from poa.document import (
    Align,
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
    Inlines,
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
from poa.errors import PackFault
from poa.markdown import printable
from poa.writers import picture
from poa.writers._html_look import draft_word, look, tag

SUFFIX = ".html"

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SAFE = ("https://", "mailto:")
_PNG = b"\x89PNG\r\n\x1a\n"
_DOTS = 96  # of a picture that does not say how many stand in an inch; as many as a browser draws


def write(document: Document, *, images: Mapping[str, bytes]) -> bytes:
    """The page in UTF-8; every picture it shows must be among ``images`` and is held inside it.

    Headings have the ids ``s1``, ``s2`` … in reading order; a cited fact is ``<span data-fact="ID">``.
    """
    about = {"author": document.author, "description": document.subject, "date": document.dated}
    said = "\n".join(
        f'<meta name="{name}" content="{_quoted(value)}">' for name, value in about.items() if value
    )
    draft = f'<p class="draft">{draft_word(document.language)}</p>\n' if document.draft else ""
    body = "\n".join(_Page(images).blocks(document.blocks))
    return f"""<!DOCTYPE html>
<html lang="{_quoted(tag(document.language))}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
{said}
<title>{_quoted(document.title)}</title>
<style>
{look(document.language, draft=document.draft)}</style>
</head>
<body>
<main>
{draft}{body}
</main>
</body>
</html>
""".encode()


@dataclass(slots=True)
class _Page:
    """One page while it is written: its pictures, and how many headings it has so far."""

    images: Mapping[str, bytes]
    headings: int = 0

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        return (self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block:
            case Heading(level=level, content=content):
                self.headings += 1
                return f'<h{level} id="s{self.headings}">{_run(content)}</h{level}>'
            case Paragraph(content=content):
                return f"<p>{_run(content)}</p>"
            case BulletList(items=items):
                return f"<ul>\n{self._items(items)}</ul>"
            case NumberedList(items=items, start=start):
                first = "" if start == 1 else f' start="{start}"'
                return f"<ol{first}>\n{self._items(items)}</ol>"
            case Table():
                return _table(block)
            case Image(src=src, alt=alt):
                return self._picture(src, alt)
            case Quote(content=content):
                inner = "\n".join(self.blocks(content))
                return f"<blockquote>\n{inner}\n</blockquote>"
            case Rule():
                return "<hr>"
            case PageBreak():
                return '<div class="page-break"></div>'
            case _:
                assert_never(block)

    def _items(self, items: Iterable[tuple[Block, ...]]) -> str:
        return "".join("<li>" + "\n".join(self.blocks(item)) + "</li>\n" for item in items)

    def _picture(self, src: str, alt: str) -> str:
        data = picture(self.images, src)
        width, height = _size(data, src)
        address = f"data:image/png;base64,{b64encode(data).decode()}"
        return f'<p class="picture"><img src="{address}" alt="{_quoted(alt)}" width="{width}" height="{height}"></p>'


def _table(table: Table) -> str:
    # A head that says nothing is no head to a screen reader.
    head = "".join(
        _cell(cell, side, name='th scope="col"' if words(cell).strip() else "td")
        for cell, side in zip(table.header, table.align, strict=True)
    )
    rows = "".join(f"<tr>{''.join(map(_cell, row, table.align))}</tr>\n" for row in table.rows)
    body = f"<tbody>\n{rows}</tbody>\n" if rows else ""
    return f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n{body}</table>"


def _cell(content: Inlines, side: Align | None, name: str = "td") -> str:
    place = f' class="{side}"' if side in {"center", "right"} else ""
    return f"<{name}{place}>{_run(content)}</{name.partition(' ')[0]}>"


def _size(data: bytes, src: str) -> tuple[int, int]:
    """Width and height in the pixels of CSS, 96 to the inch; PackFault where the data are no PNG."""
    if not data.startswith(_PNG) or data[12:16] != b"IHDR" or len(data) < len(_PNG) + 25:
        raise PackFault("unreadable_picture", f"The picture '{src}' is not a PNG", hint="Draw it again.")
    width, height = struct.unpack(">II", data[16:24])
    scale = _DOTS / _dots_of(data)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _dots_of(data: bytes) -> float:
    """How many dots of a PNG stand in an inch."""
    at = len(_PNG)
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"pHYs" and length == 9 and at + 17 <= len(data):
            a_metre, _, unit = struct.unpack(">IIB", data[at + 8 : at + 17])
            return float(a_metre) * 0.0254 if unit == 1 and a_metre else _DOTS
        if kind == b"IDAT":
            break
        at += 12 + length
    return _DOTS


def _quoted(text: str) -> str:
    """The text as words or as the value of an attribute between double quotation marks."""
    return escape(printable(text), quote=True)


def _run(content: Iterable[Inline], *, in_link: bool = False) -> str:
    """The words as HTML. A link inside a link, or to an address of another kind, is its words alone."""
    return "".join(_inline(item, in_link=in_link) for item in content)


def _inline(item: Inline, *, in_link: bool) -> str:
    match item:
        case Text(text=text):
            return _quoted(text)
        case Cited(text=text, fact=fact):
            return f'<span data-fact="{_quoted(fact)}">{_quoted(text)}</span>'
        case Gap():
            return f"<mark>{_quoted(words((item,)))}</mark>"
        case Strong(content=content):
            return f"<strong>{_run(content, in_link=in_link)}</strong>"
        case Emphasis(content=content):
            return f"<em>{_run(content, in_link=in_link)}</em>"
        case Code(text=text):
            return f"<code>{_quoted(text)}</code>"
        case Link(content=content, href=href):
            inner = _run(content, in_link=True)
            if in_link or not href.lower().startswith(_SAFE):
                return inner
            return f'<a href="{_quoted(href)}" rel="noopener noreferrer">{inner}</a>'
        case LineBreak():
            return "<br>"
        case _:
            assert_never(item)
