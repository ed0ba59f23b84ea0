"""Markdown, as a consultant writes it, becomes the tree of a paper; what a paper cannot hold is refused by line.

The filler of templates marks what it prints: ``FACT_OPEN id FACT_SPLIT words CLOSE`` is a cited fact,
``GAP_OPEN question CLOSE`` a question to the seller. Values reach the text through :func:`escape`,
so whatever a seller's file holds stays words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import PurePosixPath
from typing import get_args
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from poa.document import (
    Align,
    Block,
    BulletList,
    Cited,
    Code,
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
    normal,
    words,
)
from poa.errors import PackFault
from poa.remembering import remembered

FACT_OPEN, FACT_SPLIT, CLOSE, GAP_OPEN = "\ue000", "\ue001", "\ue002", "\ue003"

_MARKS = f"{FACT_OPEN}{FACT_SPLIT}{CLOSE}{GAP_OPEN}"
_SAID = f"([^{_MARKS}]*)"
_MARK = re.compile(f"{FACT_OPEN}{_SAID}{FACT_SPLIT}{_SAID}{CLOSE}|{GAP_OPEN}{_SAID}{CLOSE}")
_FACT_ID = re.compile(rf"(?<={FACT_OPEN})[\w.\\-]*(?={FACT_SPLIT})")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")
# XML 1.0 has no place for C0, surrogates, U+FFFE and U+FFFF. The other controls and noncharacters go
# too: Markdown's numeric references cannot name them, and no reader could see them.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + f"{_MARKS}]"
)
_MARKED = re.compile(f"[{_MARKS}]")
_CELL_END = re.compile(r"(?<!\\)\|")
_ALIGN: dict[object, Align] = {f"text-align:{side}": side for side in get_args(Align)}
_PAGE_BREAK = "<!-- pagebreak -->"
_DEEPEST = 20  # tokens; Word's lists have nine levels, and each list counts twice

# What a paper cannot hold, by markdown-it's name or ours: in plain words, and what to do instead.
_REFUSED = {
    "html_block": ("raw HTML", f"Write it in Markdown; a new page is {_PAGE_BREAK} alone on its line."),
    "html_inline": ("raw HTML", "Write it in Markdown, or put a backslash before the '<'."),
    "fence": ("a block of program code", "Use a paragraph, a list or a table."),
    "code_block": ("an indented block", "Remove the spaces at the start of the line."),
    "s": ("struck-out words", "Leave the words out, or put a backslash before each '~'."),
    "image": ("a picture inside running text", "Put an empty line before and after the picture."),
    "depth": ("lists, quotes or emphasis so deep inside each other", "Use at most nine levels."),
    "level": ("a heading below level 4", "Use one to four '#'."),
    "title": ("a heading without words or with a line break", "Write it in words, on one line."),
    "item": ("a list item without words", "Fill the item, or remove its marker."),
    "row": ("a table row of other length than its header", "Fill it; end a table with an empty line."),
    "src": ("a picture from elsewhere, or with a title", "Write ![what it shows](img/name.png)."),
    "href": ("such a link", "Link to https:// or mailto: only, with words, without a title or a fact in it."),
    "sign": ("'**' that begins or ends no bold words", r"Write **Cause**: x, not **Cause:**x, or \*\*."),
    "quoted": ("a fact or question between backticks", "Remove the backticks."),
    "mark": ("a fact or question cut in two", "Put no Markdown signs inside the words it prints."),
}


def printable(text: str) -> str:
    """The text with U+FFFD for every character that no paper can hold, and a space for tab or new line."""
    return text if text.isprintable() else _UNPRINTABLE.sub("\ufffd", _BREAKS.sub(" ", text))


def clean(text: str) -> str:
    """The text as a paper prints a value: printable, on one line, single spaces, none at its ends."""
    return re.sub(" +", " ", printable(text)).strip()


def escape(text: str) -> str:
    """Markdown that reads back as exactly ``clean(text)``, wherever words may stand."""
    return _PUNCTUATION.sub(r"\\\g<0>", clean(text))


def parse(source: str, *, name: str) -> tuple[Block, ...]:
    """The blocks that the Markdown says; ``name`` is the file that a refusal names."""
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    # Underscores in an id must not become emphasis; the filler may have escaped them already.
    text = _FACT_ID.sub(lambda fact: escape(fact[0].replace("\\", "")), text)
    try:
        return _blocks_of(text)
    except PackFault as fault:
        fault.file = name
        raise


# --- reading -----------------------------------------------------------------------------------


class _Reader(MarkdownIt):
    """CommonMark with tables, where every link stays a link.

    By itself markdown-it prints a link to ``javascript:`` as plain words, and encodes a mark in an
    address beyond recognition; here both are refused by line.
    """

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 (the name is markdown-it's)
        """Whether the link is read as a link."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 (the name is markdown-it's)
        """The address as a browser wants it."""
        return url if _MARKED.search(url) else super().normalizeLink(url)


# Struck-out words are read so that they can be refused. text_join would make an escaped sign and a
# stray one the same. Beyond maxNesting markdown-it drops words silently; _check_depth comes first.
_READER = _Reader("commonmark", {"maxNesting": 3 * _DEEPEST}).enable(["table", "strikethrough"])
_READER.disable("text_join")


def _check_depth(tokens: Iterable[Token]) -> None:
    for token in tokens:
        if token.level > _DEEPEST or any(child.level > _DEEPEST for child in token.children or ()):
            raise _fault("depth", token.map[0] + 1 if token.map else None)


def _check_rows(tokens: Iterable[Token], lines: Sequence[str]) -> None:
    """Markdown drops cells beyond the header and invents missing ones; a paper does neither."""
    columns = 0
    for token in tokens:
        match token.type:
            case "thead_open":
                columns = 0
            case "th_open":
                columns += 1
            case "tbody_open" if token.map:
                for line in range(*token.map):
                    cells = _CELL_END.split(lines[line].lstrip("> \t").rstrip())
                    if len(cells) - (not cells[0]) - (not cells[-1]) != columns:
                        raise _fault("row", line + 1)
            case _:
                pass


def _fault(kind: str, line: int | None) -> PackFault:
    what, hint = _REFUSED.get(kind, (f"'{kind}'", "Write it another way."))
    return PackFault("markdown_refused", f"A paper cannot hold {what}", line=line, hint=hint)


def _refused(node: SyntaxTreeNode, kind: str) -> PackFault:
    holder, breaks = node, 0
    while holder.map is None and holder.parent is not None:
        holder = holder.parent
    for inner in holder.walk():
        if inner is node:
            break
        breaks += inner.type in {"softbreak", "hardbreak"}
    return _fault(kind, holder.map[0] + 1 + breaks if holder.map else None)


@remembered(32, longest=40_000)  # some fifteen pages: a check and a batch read the same paper again and again
def _blocks_of(text: str) -> tuple[Block, ...]:
    tokens = _READER.parse(text)
    _check_depth(tokens)
    _check_rows(tokens, text.split("\n"))
    return _blocks(SyntaxTreeNode(tokens).children)


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> tuple[Block, ...]:
    # Of a line with nothing but a space that must not break, as Word leaves them, markdown-it makes a paragraph.
    return tuple(block for node in nodes if (block := _block(node)) != Paragraph(()))


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "heading":
            return _heading(node)
        case "paragraph":
            inline = node.children[0].children
            only_picture = [item.type for item in inline] == ["image"]
            return _picture(inline[0]) if only_picture else Paragraph(_inlines(inline))
        case "bullet_list":
            return BulletList(_items(node))
        case "ordered_list":
            return NumberedList(_items(node), int(node.attrs.get("start", 1)))
        case "table":
            return _table(node)
        case "blockquote":
            return Quote(_blocks(node.children))
        case "hr":
            return Rule()
        case "html_block" if node.content.strip() == _PAGE_BREAK:
            return PageBreak()
        case other:
            raise _refused(node, other)


def _heading(node: SyntaxTreeNode) -> Heading:
    level, content = int(node.tag[1:]), _inlines(node.children[0].children)
    if level > 4:
        raise _refused(node, "level")
    if "\n" in words(content) or not words(content).strip():
        raise _refused(node, "title")
    return Heading(level, content)


def _items(node: SyntaxTreeNode) -> tuple[tuple[Block, ...], ...]:
    items = tuple(_blocks(item.children) for item in node.children)
    if () in items:
        raise _refused(node.children[items.index(())], "item")
    return items


def _table(node: SyntaxTreeNode) -> Table:
    rows = [row.children for part in node.children for row in part.children]
    header, *body = (tuple(_inlines(cell.children[0].children) for cell in row) for row in rows)
    return Table(header, tuple(body), tuple(_ALIGN.get(cell.attrs.get("style")) for cell in rows[0]))


def _picture(node: SyntaxTreeNode) -> Image:
    src = unquote(str(node.attrs["src"]))
    outside = re.match(rf"/|$|.*[:\\{_MARKS}]", src) or ".." in PurePosixPath(src).parts
    if outside or "title" in node.attrs:
        raise _refused(node, "src")
    return Image(src, words(_inlines(node.children)))


def _inlines(nodes: Sequence[SyntaxTreeNode]) -> Inlines:
    # Escapes and soft breaks cut a text into pieces, and a mark may begin in one and end in another.
    joined = normal(_inline(node) for node in nodes)
    return normal(chain.from_iterable(_marked(item, nodes[0]) for item in joined))


def _inline(node: SyntaxTreeNode) -> Inline:
    match node.type:
        case "text" if "**" in node.content:
            raise _refused(node, "sign")
        case "text" | "text_special":
            return Text(node.content)
        case "softbreak":
            return Text(" ")
        case "hardbreak":
            return LineBreak()
        case "strong":
            return Strong(_inlines(node.children))
        case "em":
            return Emphasis(_inlines(node.children))
        case "code_inline" if _MARKED.search(node.content):
            raise _refused(node, "quoted")
        case "code_inline":
            return Code(printable(node.content))
        case "link":
            return _link(node)
        case other:
            raise _refused(node, other)


def _link(node: SyntaxTreeNode) -> Link:
    content, href = _inlines(node.children), str(node.attrs["href"])
    allowed = href.lower().startswith(("https://", "mailto:")) and not _MARKED.search(href)
    if not allowed or "title" in node.attrs or not words(content).strip():
        raise _refused(node, "href")
    return Link(content, href)


def _marked(item: Inline, near: SyntaxTreeNode) -> Iterator[Inline]:
    """A text cut at its marks; anything else as it is."""
    match item:
        case Text(text=text):
            first, *rest = _MARK.split(text)
            if _MARKED.search("".join([first, *rest[3::4]])):
                raise _refused(near, "mark")
            yield Text(printable(first))
            for fact, said, question, after in zip(*(rest[n::4] for n in range(4)), strict=True):
                yield Gap(printable(question)) if fact is None else Cited(printable(said), fact)
                yield Text(printable(after))
        case _:
            yield item
