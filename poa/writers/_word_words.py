"""A run of words as Word's XML: every piece of text with its look, links with their relation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import assert_never

from poa.document import Cited, Code, Emphasis, Gap, Inline, LineBreak, Link, Strong, Text, words
from poa.markdown import printable
from poa.packing import escape


@dataclass(frozen=True, slots=True)
class _Look:
    """How words stand out from those around them."""

    strong: bool = False
    emphasis: bool = False
    asks: bool = False
    code: bool = False
    link: bool = False


_PLAIN = _Look()


def runs(content: Iterable[Inline], *, relate: Callable[[str], str], look: _Look = _PLAIN) -> str:
    """The words as runs; ``relate`` gives the id of the relation that leads to an address."""
    return "".join(_run(item, relate, look) for item in content)


def _run(item: Inline, relate: Callable[[str], str], look: _Look) -> str:
    match item:
        case Text(text=text) | Cited(text=text):
            return _text(text, look)
        case Code(text=text):
            return _text(text, replace(look, code=True))
        case Gap():
            return _text(words((item,)), replace(look, strong=True, asks=True))
        case Strong(content=content):
            return runs(content, relate=relate, look=replace(look, strong=True))
        case Emphasis(content=content):
            return runs(content, relate=relate, look=replace(look, emphasis=True))
        case Link(content=content, href=href):
            inner = runs(content, relate=relate, look=replace(look, link=True))
            if look.link:  # Word knows no link inside a link
                return inner
            return f'<w:hyperlink r:id="{relate(href)}" w:history="1">{inner}</w:hyperlink>'
        case LineBreak():
            return "<w:r><w:br/></w:r>"
        case _:
            assert_never(item)


def _text(text: str, look: _Look) -> str:
    text = escape(printable(text))
    kept = ' xml:space="preserve"' if text != text.strip() or "  " in text else ""
    return f"<w:r>{_properties(look)}<w:t{kept}>{text}</w:t></w:r>"


@cache
def _properties(look: _Look) -> str:
    style = "Code" if look.code else "Hyperlink" if look.link else ""
    inner = "".join(
        (
            f'<w:rStyle w:val="{style}"/>' if style else "",
            "<w:b/><w:bCs/>" if look.strong else "",
            "<w:i/><w:iCs/>" if look.emphasis else "",
            '<w:highlight w:val="yellow"/>' if look.asks else "",
        )
    )
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""
