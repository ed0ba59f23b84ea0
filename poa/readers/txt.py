"""A paper as plain words, as poa writes it for a web form: titles, paragraphs, and items with their signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poa.markdown import printable
from poa.paper import Line, Paper, numbered
from poa.readers._recognised import refused

_LINES_LIMIT = 100_000  # a paper of 500 pages has 25,000
_ITEM = re.compile(r"\s{0,20}(?:[-*•‣◦–]|\(?[0-9]{1,3}[.)])\s+(?=\S)")  # noqa: RUF001 - signs that people put before items
_LONGEST_TITLE = 120  # signs
_ENDS = re.compile(r"""[.!?;,。！？；，、]["'”’」』)）]*$""")  # noqa: RUF001 - signs of the languages
_RUNS_ON = re.compile(r"[.!?]\s|[。！？]")  # noqa: RUF001 - signs of the languages


def read(text: str, *, name: str) -> Paper:
    """The paper; raises InputFault for one that is far too long."""
    rows = text.splitlines()
    if len(rows) > _LINES_LIMIT:
        raise refused("too_large", name)
    return Paper(name=name, lines=numbered(_lines([printable(row) for row in rows])))


def _lines(rows: list[str]) -> Iterator[Line]:
    """The lines block by block; an empty row ends a block, but no list."""
    block: list[str] = []
    first = True
    for row in (*rows, ""):
        if row.strip():
            block.append(row)
        elif block:
            yield from _block(block, is_first=first)
            block, first = [], False


def _block(rows: list[str], *, is_first: bool) -> Iterator[Line]:
    title, *below = rows
    if _is_title(title, below, is_first=is_first):
        yield Line(kind="heading", text=title.strip(), level=1 if is_first else 2, paragraph=0)
        rows = below
    plain: list[str] = []
    in_list = False
    for row in rows:
        sign = _ITEM.match(row)
        in_list = bool(sign) or (in_list and row.startswith(" "))
        if in_list:
            if plain:
                yield Line(kind="paragraph", text="\n".join(plain), paragraph=0)
                plain = []
            yield Line(kind="item", text=row[sign.end() if sign else 0 :].strip(), paragraph=0)
        else:
            plain.append(row.strip())
    if plain:
        yield Line(kind="paragraph", text="\n".join(plain), paragraph=0)


def _is_title(row: str, below: list[str], *, is_first: bool) -> bool:
    """Whether the first row of a block is its title: short, no sentence, and with something under it."""
    if _ITEM.match(row) or len(row) > _LONGEST_TITLE or _ENDS.search(row) or _RUNS_ON.search(row):
        return False
    return is_first or (bool(below) and not below[0].lstrip()[:1].islower())
