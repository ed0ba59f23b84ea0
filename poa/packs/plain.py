"""Words of a paper as plain text: what a filter prints in Markdown, without Markdown's signs, its facts still marked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import assert_never

from poa.document import (
    Cited,
    Code,
    Emphasis,
    Gap,
    Inline,
    LineBreak,
    Link,
    Paragraph,
    Strong,
    Text,
    words,
)
from poa.errors import PackFault
from poa.markdown import CLOSE, FACT_OPEN, FACT_SPLIT, GAP_OPEN, parse

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SIGNS = re.compile(r"[\\`*_\[\]<>&~|#!\n]")
_LEAD = "x "  # so that nothing at the beginning makes a list or a heading


def plain(markdown: str) -> str:
    """The words that the Markdown says, on one line; facts and questions keep their marks.

    Raises PackFault where it is more than the words of one paragraph.
    """
    markdown = str(markdown)  # joining the pieces of what is marked as safe would escape them for HTML
    bare = _ESCAPED.sub("", markdown)
    if not _SIGNS.search(bare):  # nearly all values: nothing but words
        return _ESCAPED.sub(r"\1", markdown)
    try:
        blocks = parse(f"{_LEAD}{markdown.strip()}", name="")
    except PackFault as fault:
        raise PackFault(fault.code, fault.message, hint=fault.hint) from None
    match blocks:
        case (Paragraph(content=content),):
            before = " " if markdown[:1] == " " else ""
            after = " " if markdown.strip() and markdown[-1:] == " " else ""
            return f"{before}{_said(content)[len(_LEAD) :]}{after}"
        case _:
            raise PackFault(
                "not_plain",
                "This is more than words of one paragraph, and a Word letter prints words.",
                hint="Write it into the Word file, or say it in several phrases.",
            )


def _said(content: Iterable[Inline]) -> str:
    return "".join(_word(item) for item in content)


def _word(item: Inline) -> str:
    match item:
        case Text(text=text) | Code(text=text):
            return text
        case Cited(text=text, fact=fact):
            return f"{FACT_OPEN}{fact}{FACT_SPLIT}{text}{CLOSE}"
        case Gap(question=question):
            return f"{GAP_OPEN}{question}{CLOSE}"
        case Strong(content=content) | Emphasis(content=content):
            return _said(content)
        case Link(content=content, href=href):
            shown = words(content)
            address = href.removeprefix("mailto:")
            return _said(content) if shown == address else f"{_said(content)} ({address})"
        case LineBreak():
            return " "
        case _:
            assert_never(item)
