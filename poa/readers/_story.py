"""The text of a Word file as lines: its paragraphs, list items and tables in reading order, and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from poa.paper import CELL_GAP, Kind, Line, row
from poa.readers._parts import W
from poa.readers._styles import Look, Says, Styles, said_of
from poa.readers._words import ALTERNATIVE, GONE, Collector, Pages, Piece, Words, alternatives

_PARAGRAPH, _TABLE, _ROW, _CELL = (f"{W}{tag}" for tag in ("p", "tbl", "tr", "tc"))
_SAME_PAGE = {"continuous", "nextColumn"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and where its signs stand: ``pieces`` together are its text, ``anchor`` a paragraph that takes a note.

    ``anchor`` is None for words that stand outside the body of the file.
    """

    line: Line
    pieces: tuple[Piece, ...]
    anchor: Any = None


class Story:
    """One text of a Word file: its body, a header, a note."""

    def __init__(
        self,
        styles: Styles,
        *,
        pages: Pages | None = None,
        sections: Iterable[str] = (),
        notes: dict[tuple[str, str], Any] | None = None,
        with_fields: bool = True,
    ) -> None:
        self._styles = styles
        self._pages = pages or Pages()
        self._sections = iter(sections)
        self._notes = notes or {}
        self._words = Collector(styles, self._pages, with_fields=with_fields)
        self._listed: int | None = (
            None  # how far the list stands in whose item was last; 0 where it does not say
        )

    @property
    def is_open(self) -> bool:
        """Whether a field has begun that never ended, so that words may be missing."""
        return self._words.is_open

    def lines(self, container: Any) -> Iterator[Placed]:
        """The lines of whatever holds paragraphs and tables; a paragraph that says nothing is none."""
        held: Words | None = None
        for element in _inside(container, _PARAGRAPH, _TABLE):
            if element.tag == _TABLE:
                if held:
                    yield from self._said(held)
                    held = None
                yield from self._table(element)
                continue
            words = held or Words(element)
            self._collect(element, words)
            held = words if words.says.goes_on else None
            if held is None:
                yield from self._said(words)
        if held:
            yield from self._said(held)

    def _collect(self, paragraph: Any, words: Words) -> None:
        says = words.says = said_of(next(paragraph.iterchildren(f"{W}pPr"), None))
        look = self._styles.look(says.style)
        begins = look.breaks if says.breaks is None else says.breaks
        if begins and not (self._pages.fresh and self._pages.now == 1):
            self._pages.ended()
        self._words.collect(paragraph, words, hides=look.hidden)
        if (
            says.ends_section and next(self._sections, "continuous") not in _SAME_PAGE
        ):  # the next one says how it begins
            self._pages.ended()

    # --- paragraphs --------------------------------------------------------------------------------

    def _said(self, words: Words) -> Iterator[Placed]:
        """The lines of a paragraph: its own, then its hidden words, the texts for its pictures, its boxes and notes.

        Hidden words stand aside: what is shown stays as it is shown, and what somebody may uncover is read too.
        """
        anchor = words.paragraph
        page = (words.page or self._pages.now) if self._pages.known else None
        text = _joined(words.shown)
        kind, level = self._kind(words.says, blank=not text.strip())
        if text:
            line = Line(kind=kind, text=text, level=level, paragraph=0, page=page)
            yield Placed(line, tuple(words.shown), anchor)
        if words.hidden:
            yield aside(_joined(words.hidden), words.hidden, anchor=anchor, page=page)
        for said in words.beside:
            yield aside(said, anchor=anchor, page=page)
        if words.boxes or words.notes:
            yield from self._hanging(words, page)

    def _hanging(self, words: Words, page: int | None) -> Iterator[Placed]:
        """The text boxes and notes of a paragraph; a note of ours cannot stand inside them."""
        kept, now = self._listed, self._pages.now
        for box in words.boxes:
            for one in self.lines(box):
                text = (Piece(one.line.text, None),)
                yield Placed(replace(one.line, page=page), text, words.paragraph)
        self._listed, self._pages.now = kept, now
        for key in words.notes:
            note = self._notes.pop(key, None)  # a note is said once, however often it is referred to
            if note is not None:
                for one in Story(self._styles, with_fields=False).lines(note):
                    if one.line.text.strip():
                        yield aside(one.line.text, anchor=words.paragraph, page=page)

    def _kind(self, says: Says, *, blank: bool) -> tuple[Kind, int]:
        """What a paragraph is, and the level of a heading."""
        look = self._styles.look(says.style)
        level = look.level if says.outline is None or says.outline > 8 else says.outline + 1
        if says.listed or (says.listed is None and look.listed and not level):
            self._listed = min(says.left or 0, self._listed or says.left or 0)
            return ("heading", level) if level else ("item", 0)
        continues = not level and self._continues(says.left, look)
        if not blank and not continues and (not level or (says.left or 0) < (self._listed or 1)):
            self._listed = None
        if level:
            return "heading", level
        return ("aside" if look.contents else "item" if continues else "paragraph"), 0

    def _continues(self, left: int | None, look: Look) -> bool:
        """Whether a paragraph without a sign belongs to the list item before it, by how far it stands in."""
        if self._listed is None:
            return False
        if look.carried:
            return (look.left if left is None else left) >= max(self._listed, 1)
        return bool(self._listed) and (left or 0) > self._listed

    # --- tables ------------------------------------------------------------------------------------

    def _table(self, table: Any) -> Iterator[Placed]:
        kept = self._listed
        for one in _inside(table, _ROW):
            changes = one.find(f"{W}trPr")
            if changes is None or changes.find(f"{W}del") is None:
                yield from self._row(one)
        self._listed = kept

    def _row(self, element: Any) -> Iterator[Placed]:
        """The row with the words of each cell, then what hangs on it: pictures, notes, the rows of tables inside."""
        begins = furthest = self._pages.now
        cells: list[list[Placed]] = []
        after: list[Placed] = []
        for cell in _inside(element, _CELL):
            changes = cell.find(f"{W}tcPr")
            if changes is not None and changes.find(f"{W}cellDel") is not None:
                continue
            self._pages.now = begins  # a row that runs over a page says so in each of its cells
            found = list(self.lines(cell))
            cells.append([one for one in found if one.line.kind not in {"row", "aside"}])
            after += (one for one in found if one.line.kind in {"row", "aside"})
            furthest = max(furthest, self._pages.now)
        self._pages.now = furthest
        if cells:
            page = next((one.line.page for one in chain(*cells)), begins if self._pages.known else None)
            line = row((" ".join(one.line.text for one in cell) for cell in cells), page=page)
            gathered = ((one.pieces for one in cell) for cell in cells)
            pieces = _between((_between(one, " ") for one in gathered), CELL_GAP)
            yield Placed(line, tuple(pieces), next(element.iter(_PARAGRAPH), None))
        yield from after


def aside(text: str, pieces: Iterable[Piece] = (), *, anchor: Any = None, page: int | None = None) -> Placed:
    """A line of words beside the text."""
    line = Line(kind="aside", text=text, paragraph=0, page=page)
    return Placed(line, tuple(pieces) or (Piece(text, None),), anchor)


def sections(body: Any) -> list[str]:
    """How each section but the first begins, in order."""
    found = (one for one in body.iter(f"{W}sectPr") if one.getparent().tag != f"{W}sectPrChange")
    kinds = (one.find(f"{W}type") for one in found)
    return ["nextPage" if kind is None else kind.get(f"{W}val", "nextPage") for kind in kinds][1:]


def _inside(container: Any, *wanted: str) -> Iterator[Any]:
    """The elements of some kinds in a container, through whatever is wrapped around them; none inside another."""
    for child in container:
        tag = child.tag
        if tag in wanted:
            yield child
        elif tag in GONE:
            continue
        elif tag == ALTERNATIVE:
            for chosen in alternatives(child):
                yield from _inside(chosen, *wanted)
        elif len(child):
            yield from _inside(child, *wanted)


def _joined(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _between(groups: Iterable[Iterable[Piece]], gap: str) -> Iterator[Piece]:
    """The pieces of all groups, with a gap from one to the next."""
    for at, group in enumerate(groups):
        if at:
            yield Piece(gap, None)
        yield from group
