"""A paper as one HTML page that needs nothing else: words, look and pictures, no script, no way to the network.

What a browser may do with it is closed by its own policy, so that a paper of a stranger's pack is safe to open.
"""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from poa.document import (
    Align,
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
from poa.errors import PackFault
from poa.writers import picture
from poa.writers._html_look import draft_word, look, tag
from poa.writers._html_words import quoted, run

SUFFIX = ".html"

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_PNG = b"\x89PNG\r\n\x1a\n"
_DOTS = 96  # of a picture that does not say how many stand in an inch; as many as a browser draws


def write(document: Document, *, images: Mapping[str, bytes]) -> bytes:
    """The page in UTF-8; every picture it shows must be among ``images`` and is held inside it.

    Headings have the ids ``s1``, ``s2`` … in reading order; a cited fact is ``<span data-fact="ID">``.
    """
    about = {"author": document.author, "description": document.subject, "date": document.dated}
    said = "\n".join(
        f'<meta name="{name}" content="{quoted(value)}">' for name, value in about.items() if value
    )
    draft = f'<p class="draft">{draft_word(document.language)}</p>\n' if document.draft else ""
    body = "\n".join(_Page(images).blocks(document.blocks))
    return f"""<!DOCTYPE html>
<html lang="{quoted(tag(document.language))}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
{said}
<title>{quoted(document.title)}</title>
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
                return f'<h{level} id="s{self.headings}">{run(content)}</h{level}>'
            case Paragraph(content=content):
                return f"<p>{run(content)}</p>"
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
        return f'<p class="picture"><img src="{address}" alt="{quoted(alt)}" width="{width}" height="{height}"></p>'


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
    return f"<{name}{place}>{run(content)}</{name.partition(' ')[0]}>"


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
