"""A web page's words as lines: block tags break a line, list items become bullets, scripts are dropped.

The standard library's parser needs minutes for a page of unclosed comments; this one reads each sign once.
"""

from __future__ import annotations

import html
import re

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt"}
    | {"fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "main"}
    | {"nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
_DROPPED = frozenset({"script", "style", "head", "template", "noscript", "svg", "title"})
_EMPTY = frozenset({"br", "hr", "img", "input", "meta", "link", "col"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|\shidden(?=[\s>=])", re.IGNORECASE)
_PIECE = re.compile(r"<!--|-->|<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>|<[!?][^<>]*>|[^<-]+|[<-]")


def page_text(page: str) -> str:
    """The words of an HTML page, an empty line between its blocks."""
    parts: list[str] = []
    inside, depth = "", 0  # what is dropped until it ends: a comment, or an element and those like it within
    item = False  # a list item has begun and has no word yet
    for piece in _PIECE.finditer(page):
        mark, tag = piece[0], (piece["tag"] or "").lower()
        if inside == "<!--" or mark == "<!--":
            inside = "" if mark == "-->" else "<!--"
        elif inside:
            depth += (-1 if piece["end"] else 1) if tag == inside else 0
            if tag == "body" or depth <= 0:
                inside = ""
        elif tag in _DROPPED or (tag and tag not in _EMPTY and _HIDDEN.search(mark)):
            inside, depth = ("", 0) if piece["end"] else (tag, 1)
        elif tag == "li":
            item = not piece["end"]
            parts.append("\n\u2022 " if item else "\n")
        elif tag in _BLOCKS:
            parts.append("" if item else "\n" if tag == "br" else "\n\n")
        elif tag in {"td", "th"}:
            parts.append(" ")
        elif not tag and not mark.startswith(("<!", "<?", "-->")):
            parts.append(re.sub(r"\s+", " ", mark))
            item = item and not mark.strip()
    text = html.unescape("".join(parts))
    return re.sub(r"\n[\n ]*\n", "\n\n", text).strip()
