"""A run of words as Markdown that reads back as the same run, with as few signs as that needs.

Signs are escaped only where Markdown would take them for syntax. Bold words begin and end only where
Markdown sees the edge of a word; where it would not, the character beside them is written as its
number (``&#8230;``), which every reader of Markdown turns back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Literal, TypeAlias, assert_never
from unicodedata import category

from poa.document import (
    Cited,
    Code,
    Emphasis,
    Gap,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Strong,
    Text,
    normal,
    words,
)
from poa.markdown import printable

_SYNTAX = r"""(?P<inside>(?<=[^\W_])_+(?=[^\W_]))
    | [*`~_]
    | \\(?=[!-/:-@\[-`{-~]|$)
    | <(?=[A-Za-z/!?])
    | &(?=\#[0-9]{1,7};|\#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)
    | \](?=[(\[:])"""
_RUNNING = re.compile(_SYNTAX, re.VERBOSE)
_IN_BRACKETS = re.compile(rf"{_SYNTAX} | [\[\]]", re.VERBOSE)
_LINE_START = re.compile(
    r"^([0-9]{1,9}(?=[.)](?:\s|$))|(?=\#{1,6}(?:\s|$)|[-+](?:\s|$)|>|[-=:|][-=:| ]*$))", re.MULTILINE
)
_BARE_LINK = re.compile(r"https://[A-Za-z0-9./_~-]+|mailto:[A-Za-z0-9._-]+@[A-Za-z0-9]+(\.[A-Za-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class _Sign:
    """Markdown that is not words; ``role`` says on which side it touches the words it holds."""

    markdown: str
    role: Literal["opens", "closes", "breaks", "stands"]


_Piece: TypeAlias = "str | _Sign"
_EDGE = _Sign("", "breaks")


def paragraph(content: Iterable[Inline]) -> str:
    """The words as a paragraph, no line of which begins like a list, a title or a table."""
    return _LINE_START.sub(r"\g<1>\\", _spelled(content, syntax=_RUNNING))


def line(content: Iterable[Inline]) -> str:
    """The words where Markdown allows one line only: in a heading or a table cell."""
    return _spelled(content, syntax=_RUNNING).replace("\\\n", " ")


def label(content: Iterable[Inline]) -> str:
    """The words between the brackets of a link or picture."""
    return _spelled(content, syntax=_IN_BRACKETS)


def _said_once(content: Iterable[Inline], inside: tuple[type[Inline], ...] = ()) -> Inlines:
    """The same words where bold in bold, and like beside like, is one: Markdown cannot say it twice."""
    kept = normal(item for item in _opened(content, inside) if words((item,)))
    out: list[Inline] = []
    for kind, run in groupby(kept, key=type):
        if kind is Strong or kind is Emphasis:
            inner = chain.from_iterable(item.content for item in run if isinstance(item, Strong | Emphasis))
            out.append(kind(_said_once(inner, (*inside, kind))))
        elif kind is Code:
            out.append(Code(words(run)))
        else:
            out.extend(run)
    return tuple(out)


def _opened(content: Iterable[Inline], inside: tuple[type[Inline], ...]) -> Iterator[Inline]:
    for item in content:
        match item:
            case Strong(content=inner) | Emphasis(content=inner) if type(item) in inside:
                yield from _opened(inner, inside)
            case Link(content=inner, href=href):
                yield Link(_said_once(inner, inside), href)
            case _:
                yield item


def _plain(content: Iterable[Inline]) -> Iterator[Inline]:
    """What Markdown can say: a cited fact is its words, a question stands out in brackets."""
    for item in content:
        match item:
            case Text(text=text) | Cited(text=text):
                yield Text(printable(text))
            case Gap(question=question):
                yield Strong((Text(printable(f"[{question}]")),))
            case Strong(content=inner) | Emphasis(content=inner):
                yield type(item)(tuple(_plain(inner)))
            case Link(content=inner, href=href):
                yield Link(tuple(_plain(inner)), href)
            case Code(text=text):
                yield Code(printable(text))
            case LineBreak():
                yield item
            case _:
                assert_never(item)


def _spelled(content: Iterable[Inline], *, syntax: re.Pattern[str]) -> str:
    pieces = tuple(_pieces(_said_once(_plain(content))))
    coded = _coded(pieces)
    out: list[str] = []
    run = ""
    for i, piece in enumerate((*pieces, _EDGE)):
        match piece:
            case str() if i not in coded:
                run += piece
                continue
            case str():
                markdown = f"&#{ord(piece)};"
            case _Sign(markdown=markdown) if markdown.startswith("[") and run.endswith("!"):
                run, markdown = run[:-1], rf"\!{markdown}"  # or the link would be a picture
            case _Sign(markdown=markdown):
                pass
            case _:
                assert_never(piece)
        out += [syntax.sub(_escaped, run), markdown]
        run = ""
    return "".join(out)


def _escaped(sign: re.Match[str]) -> str:
    return sign[0] if sign["inside"] else f"\\{sign[0]}"


def _pieces(content: Inlines, outer: str = "") -> Iterator[_Piece]:
    """Words and signs in turn; the first and last character of words stand alone, for signs to look at.

    Stars and underscores alternate wherever two signs touch, so that no two are read as one.
    """
    closed = ""
    for item in content:
        star = "_" if "*" in {outer, closed} else "*"
        closed = ""
        match item:
            case Text(text=text) | Cited(text=text):
                yield from filter(None, (text[:1], text[1:-1], text[1:][-1:]))
            case Strong(content=inner) | Emphasis(content=inner):
                sign = star * 2 if isinstance(item, Strong) else star
                yield _Sign(sign, "opens")
                yield from _pieces(inner, star)
                yield _Sign(sign, "closes")
                closed = star
            case Code(text=text):
                yield _Sign(_code(text), "stands")
            case Link():
                yield _Sign(_link(item), "stands")
            case LineBreak():
                yield _Sign("\\\n", "breaks")
            case Gap():
                yield from _pieces(tuple(_plain((item,))), outer)
            case _:
                assert_never(item)


def _code(text: str) -> str:
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if re.match(r"`|.*`$| .*[^ ].* $", text) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _link(link: Link) -> str:
    said = link.href.removeprefix("mailto:")
    if _BARE_LINK.fullmatch(link.href) and link.content == (Text(said),):
        return f"<{said}>"
    address = re.sub(r"&(?=#?\w+;)", "&amp;", link.href)
    return f"[{label(link.content)}]({f'<{address}>' if re.search('[()]', address) else address})"


def _coded(pieces: Sequence[_Piece]) -> set[int]:
    """The characters to write as numbers: spaces at an edge, letters where bold would not begin or end."""
    coded = set(_edge_spaces(pieces))

    def is_letter(i: int) -> bool:
        piece = pieces[i]
        return isinstance(piece, str) and i not in coded and category(piece[0])[0] not in "PSZ"

    def is_edge(i: int) -> bool:
        piece = pieces[i] if 0 <= i < len(pieces) else _EDGE
        if isinstance(piece, _Sign) or i in coded or piece.isspace() or category(piece[0])[0] == "P":
            return True
        return piece.isascii() and not piece.isalnum()

    # A sign that must be coded for changes what its neighbour touches: closing signs are judged
    # from left to right, opening ones from right to left.
    for role, step in (("closes", 1), ("opens", -1)):
        for i in range(len(pieces))[::step]:
            piece = pieces[i]
            if not isinstance(piece, _Sign) or piece.role != role or is_edge(i + step):
                continue
            if piece.markdown.startswith("_") or not is_letter(i - step):
                coded.add(i + step)
    return coded


def _edge_spaces(pieces: Sequence[_Piece]) -> Iterator[int]:
    around = (_EDGE, *pieces, _EDGE)
    for i, (before, piece, after) in enumerate(zip(around, pieces, around[2:], strict=False)):
        if isinstance(piece, str) and piece.isspace():
            inner = isinstance(before, _Sign) and before.role in {"opens", "breaks"}
            if inner or (isinstance(after, _Sign) and after.role in {"closes", "breaks"}):
                yield i
