"""A Word file as a paper: its body in reading order, and beside it headers, footers, notes and what pictures say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from poa.paper import Paper, numbered
from poa.readers._parts import Package, Parts, R, W
from poa.readers._recognised import refused
from poa.readers._story import Placed, Story, aside, sections
from poa.readers._styles import Styles
from poa.readers._words import Pages

_LINES_LIMIT = 100_000  # a paper of 500 pages has 25,000
_PARAGRAPHS_LIMIT = 400_000  # those of its cells and the empty ones among them
_LANGUAGE = "{http://purl.org/dc/elements/1.1/}language"
# As our papers print it, and as Word's own page numbers are written in our languages.
_DRAFT = re.compile(r"draft|entwurf|草稿|下書き")
_PAGE_WORDS = re.compile(r"page|pages|seiten?|s\.|of|von|第|共|全|页|頁|ページ|[\d\s/|.,:()·•–—-]")  # noqa: RUF001 - signs of the languages
_RUNNING = {"header": f"{W}headerReference", "footer": f"{W}footerReference"}


def read(data: bytes, *, name: str) -> Paper:
    """The paper; raises InputFault where the file cannot be read.

    A file with macros is read for its words. Comments and deleted words are not the paper's and not read.
    """
    parts = Parts(Package(data, name=name))
    lines = numbered(one.line for one in placed(parts, parts.tree(parts.main)))
    return Paper(name=name, lines=lines, language=_language(parts))


def placed(parts: Parts, root: Any) -> Iterator[Placed]:
    """Every line of the paper with its place; ``root`` is the main part's.

    Headers and footers come first, for they stand under no heading.
    """
    body = root.find(f"{W}body")
    if body is None:
        raise refused("bad_word", parts.package.name)
    if sum(1 for _ in body.iter(f"{W}p")) > _PARAGRAPHS_LIMIT:
        raise refused("too_large", parts.package.name)
    part = parts.related("styles")
    styles = Styles(None if part is None else parts.tree(part))
    try:
        for count, one in enumerate(_all(parts, body, styles)):
            if count >= _LINES_LIMIT:
                raise refused("too_large", parts.package.name)
            yield one
    except RecursionError:  # each table may hold tables; no paper goes so deep
        raise refused("bad_word", parts.package.name) from None


def _all(parts: Parts, body: Any, styles: Styles) -> Iterator[Placed]:
    yield from _running_titles(parts, body, styles)
    for one in _body(parts, body, styles):
        if one.line.kind == "row" or one.line.text.strip():
            yield one


def _body(parts: Parts, body: Any, styles: Styles) -> Iterator[Placed]:
    """The lines of the body; once more without fields where one that never ends would hide words."""
    story = Story(styles, pages=_pages(body), sections=sections(body), notes=_notes(parts))
    found: list[Placed] = []
    for one in story.lines(body):
        if len(found) >= _LINES_LIMIT:
            raise refused("too_large", parts.package.name)
        found.append(one)
    if story.is_open:
        again = Story(
            styles, pages=_pages(body), sections=sections(body), notes=_notes(parts), with_fields=False
        )
        return again.lines(body)
    return iter(found)


def _pages(body: Any) -> Pages:
    """Pages are known where the program that saved the file says where they ended; its author says only some."""
    return Pages(known=next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None)


def _notes(parts: Parts) -> dict[tuple[str, str], Any]:
    """The footnotes and endnotes by their kind and id."""
    found: dict[tuple[str, str], Any] = {}
    for kind in ("footnotes", "endnotes"):
        part = parts.related(kind)
        if part is not None:
            found |= {(kind, note.get(f"{W}id", "")): note for note in parts.tree(part)}
    return found


def _running_titles(parts: Parts, body: Any, styles: Styles) -> Iterator[Placed]:
    """What the headers and footers say, each once; page numbers and the mark of a draft say nothing."""
    relations = parts.relations(parts.main)
    said: set[str] = set()
    for kind, tag in _RUNNING.items():
        named = dict.fromkeys(one.get(f"{R}id", "") for one in body.iter(tag))
        for relation in (relations[one] for one in named if one in relations):
            if relation.kind != kind or relation.part is None or relation.part not in parts.package:
                continue
            for text in _texts(parts.tree(relation.part), styles):
                if text not in said and _says_something(text):
                    said.add(text)
                    yield aside(text)


def _says_something(text: str) -> bool:
    """Whether a header or footer has words beside page numbers and the mark of a draft."""
    said = text.casefold().strip()
    return not _DRAFT.fullmatch(said) and bool(_PAGE_WORDS.sub("", said))


def _texts(root: Any, styles: Styles) -> list[str]:
    story = Story(styles)
    found = [one.line.text for one in story.lines(root)]
    if story.is_open:
        found = [one.line.text for one in Story(styles, with_fields=False).lines(root)]
    return found


def _language(parts: Parts) -> str | None:
    """The language that the file's properties name, as a code without a country."""
    related = (one for one in parts.relations("").values() if one.kind == "core-properties")
    part = next((one.part for one in related if one.part and one.part in parts.package), None)
    if part is None:
        return None
    said = (parts.tree(part).findtext(_LANGUAGE) or "").strip()
    code = said.replace("_", "-").split("-")[0].casefold()
    return code if code.isalpha() and len(code) <= 3 else None
