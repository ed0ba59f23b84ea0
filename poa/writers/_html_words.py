"""A run of words as HTML: every sign of it escaped, facts and questions marked, links to safe addresses only."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import assert_never

from poa.document import Cited, Code, Emphasis, Gap, Inline, LineBreak, Link, Strong, Text, words
from poa.markdown import printable

_SAFE = ("https://", "mailto:")


def quoted(text: str) -> str:
    """The text as words or as the value of an attribute between double quotation marks."""
    return escape(printable(text), quote=True)


def run(content: Iterable[Inline], *, in_link: bool = False) -> str:
    """The words as HTML. A link inside a link, or to an address of another kind, is its words alone."""
    return "".join(_inline(item, in_link=in_link) for item in content)


def _inline(item: Inline, *, in_link: bool) -> str:
    match item:
        case Text(text=text):
            return quoted(text)
        case Cited(text=text, fact=fact):
            return f'<span data-fact="{quoted(fact)}">{quoted(text)}</span>'
        case Gap():
            return f"<mark>{quoted(words((item,)))}</mark>"
        case Strong(content=content):
            return f"<strong>{run(content, in_link=in_link)}</strong>"
        case Emphasis(content=content):
            return f"<em>{run(content, in_link=in_link)}</em>"
        case Code(text=text):
            return f"<code>{quoted(text)}</code>"
        case Link(content=content, href=href):
            inner = run(content, in_link=True)
            if in_link or not href.lower().startswith(_SAFE):
                return inner
            return f'<a href="{quoted(href)}" rel="noopener noreferrer">{inner}</a>'
        case LineBreak():
            return "<br>"
        case _:
            assert_never(item)
