"""Where a comment goes in a Word file: around the words that it is about, cutting runs so that no sign changes."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from poa.readers import Note
from poa.readers._parts import SPACE, W
from poa.readers._story import Placed
from poa.readers._words import Piece

_RUN, _PARAGRAPH, _PROPERTIES, _TEXT = (f"{W}{tag}" for tag in ("r", "p", "pPr", "t"))
# Inside these a comment may begin and end as it may in the paragraph itself; inside any other element it may not.
_OPEN = {f"{W}{tag}" for tag in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "dir", "bdo")}
_BEFORE_WORDS = {f"{W}rPr", f"{W}lastRenderedPageBreak"}


class Places:
    """The lines of a body and their pieces, which change as runs are cut."""

    def __init__(self, body: Any, lines: Sequence[Placed]) -> None:
        self._body = body
        self._lines = lines
        self._pieces: dict[int, list[Piece]] = {}

    def mark(self, note: Note, identity: int) -> None:
        """Put a comment's marks around the words of a note, else around their paragraph, else around the first."""
        at = -1 if note.line is None else note.line
        one = self._lines[at] if 0 <= at < len(self._lines) else None
        ends = None if one is None or one.anchor is None else self._around(at, one, note)
        if ends is not None:
            first, last = ends
            first.addprevious(_mark("commentRangeStart", identity))
            for element in (_reference(identity), _mark("commentRangeEnd", identity)):
                last.addnext(element)
            return
        paragraph = self._first() if one is None or one.anchor is None else one.anchor
        begins_with = paragraph.find(_PROPERTIES)
        paragraph.insert(
            0 if begins_with is None else paragraph.index(begins_with) + 1,
            _mark("commentRangeStart", identity),
        )
        paragraph.extend((_mark("commentRangeEnd", identity), _reference(identity)))

    def _first(self) -> Any:
        found = next(self._body.iter(_PARAGRAPH), None)
        if found is None:
            found = etree.Element(_PARAGRAPH)
            self._body.insert(0, found)
        return found

    def _around(self, at: int, one: Placed, note: Note) -> tuple[Any, Any] | None:
        """The elements that a note's words begin and end with, in one paragraph; None where they are not found."""
        start = note.start
        if not note.text or one.line.text[start : start + len(note.text)] != note.text:
            start = one.line.text.find(note.text) if note.text else -1
        if start < 0:
            return None
        end = start + len(note.text)
        pieces = self._pieces.setdefault(at, list(one.pieces))
        for border in (end, start):
            _cut(pieces, border)
        meant = [piece.node for piece in _between(pieces, start, end) if piece.node is not None]
        if not meant:
            return None
        paragraph = _paragraph_of(meant[0])
        return _unit(meant[0]), _unit([node for node in meant if _paragraph_of(node) is paragraph][-1])


def _between(pieces: Sequence[Piece], start: int, end: int) -> list[Piece]:
    found, at = [], 0
    for piece in pieces:
        if at < end and at + len(piece.text) > start:
            found.append(piece)
        at += len(piece.text)
    return found


def _cut(pieces: list[Piece], border: int) -> None:
    """Let a run begin at a border between two signs, where Word allows it."""
    at = 0
    for place, piece in enumerate(pieces):
        inside = border - at
        if 0 <= inside < len(piece.text):
            if piece.node is None or _unit(piece.node) is not piece.node.getparent():
                return
            if inside and piece.node.tag == _TEXT:
                pieces[place : place + 1] = _halves(piece, inside)
                _begin_run(pieces[place + 1].node)
            elif not inside:
                _begin_run(piece.node)
            return
        at += len(piece.text)


def _halves(piece: Piece, inside: int) -> tuple[Piece, Piece]:
    """A text as two, of which the second stands right behind the first."""
    node, text = piece.node, piece.node.text
    if len(text) != len(piece.text):
        text = text.strip(" \t\r\n")  # its blanks say nothing, as the reader saw
    other = etree.Element(_TEXT, {SPACE: "preserve"})
    node.set(SPACE, "preserve")
    node.text, other.text = text[:inside], text[inside:]
    node.addnext(other)
    return Piece(piece.text[:inside], node), Piece(piece.text[inside:], other)


def _begin_run(node: Any) -> None:
    """Move a node and what follows it in its run to a run of its own, with the same look."""
    run = node.getparent()
    before = list(node.itersiblings(preceding=True))
    if all(one.tag in _BEFORE_WORDS for one in before):
        return
    other = etree.Element(_RUN, run.attrib)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        other.append(deepcopy(properties))
    other.extend([node, *node.itersiblings()])
    run.addnext(other)


def _unit(node: Any) -> Any:
    """The largest element around a node that marks cannot stand in: mostly its run."""
    unit = node
    for one in node.iterancestors():
        if one.tag == _PARAGRAPH:
            break
        if one.tag not in _OPEN:
            unit = one
    return unit


def _paragraph_of(node: Any) -> Any:
    return next(node.iterancestors(_PARAGRAPH))


def _mark(tag: str, identity: int) -> Any:
    return etree.Element(f"{W}{tag}", {f"{W}id": str(identity)})


def _reference(identity: int) -> Any:
    run = etree.Element(_RUN)
    run.append(_mark("commentReference", identity))
    return run
