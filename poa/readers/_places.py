"""Where a comment goes in a Word file: around the words that it is about, cutting runs so that no sign changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import accumulate, pairwise
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
    """Where some notes go among the lines of a body; the runs are cut as soon as this is made."""

    def __init__(self, body: Any, lines: Sequence[Placed], notes: Sequence[Note]) -> None:
        self._body = body
        self._lines = lines
        self._paragraphs = list(body.getroottree().iter(_PARAGRAPH))
        self._spans = {note: span for note in notes if (span := self._span(note)) is not None}
        borders: dict[int, set[int]] = {}
        for at, start, end in self._spans.values():
            borders.setdefault(at, set()).update((start, end))
        # Each line is cut once for all its notes: a line may have a million signs, and a thousand notes.
        self._cut = {at: _cut(lines[at].pieces, found) for at, found in borders.items()}

    def mark(self, note: Note, identity: int) -> None:
        """Put a comment's marks around the words of a note, else around their paragraph, else around the first."""
        ends = self._ends(note)
        if ends is not None:
            first, last = ends
            first.addprevious(_mark("commentRangeStart", identity))
            for element in (_reference(identity), _mark("commentRangeEnd", identity)):
                last.addnext(element)
            return
        paragraph = self._paragraph(note)
        begins_with = paragraph.find(_PROPERTIES)
        paragraph.insert(
            0 if begins_with is None else paragraph.index(begins_with) + 1,
            _mark("commentRangeStart", identity),
        )
        paragraph.extend((_mark("commentRangeEnd", identity), _reference(identity)))

    def _line(self, note: Note) -> Placed | None:
        """The line of a note, where it takes one."""
        at = -1 if note.line is None else note.line
        one = self._lines[at] if 0 <= at < len(self._lines) else None
        return None if one is None or one.anchor is None else one

    def _span(self, note: Note) -> tuple[int, int, int] | None:
        """The line of a note, and where its words begin and end in it; None where they are not found."""
        one = self._line(note)
        if one is None or note.line is None or not note.text:
            return None
        said, start = one.line.text, note.start
        if said[start : start + len(note.text)] != note.text:
            start = said.find(note.text)
        return None if start < 0 else (note.line, start, start + len(note.text))

    def _ends(self, note: Note) -> tuple[Any, Any] | None:
        """The elements that a note's words begin and end with, in one paragraph; None where there are none."""
        if note not in self._spans:
            return None
        at, start, end = self._spans[note]
        begins, pieces = self._cut[at]
        meant = pieces[bisect_right(begins, start) - 1 : bisect_left(begins, end)]
        nodes = [piece.node for piece in meant if piece.node is not None]
        if not nodes:
            return None
        paragraph = _paragraph_of(nodes[0])
        last = next(node for node in reversed(nodes) if _paragraph_of(node) is paragraph)
        return _unit(nodes[0]), _unit(last)

    def _paragraph(self, note: Note) -> Any:
        """The paragraph that takes a note whose words have no place of their own."""
        one = self._line(note)
        if one is not None:
            return one.anchor
        if note.paragraph is not None and 0 < note.paragraph <= len(self._paragraphs):
            meant = self._paragraphs[note.paragraph - 1]
            # Word takes no comment inside a text box: it stands at the paragraph that the box hangs on.
            outermost = [meant, *meant.iterancestors(_PARAGRAPH)][-1]
            if self._body in outermost.iterancestors():
                return outermost
        found = next(self._body.iter(_PARAGRAPH), None)
        if found is None:
            found = etree.Element(_PARAGRAPH)
            self._body.insert(0, found)
        return found


def _cut(pieces: Sequence[Piece], borders: Iterable[int]) -> tuple[list[int], list[Piece]]:
    """The pieces such that one begins at each border, as does a run where Word allows it; and where each begins.

    It goes from the last to the first, so that what is moved to a new run is moved once.
    """
    found: list[Piece] = []
    left = sorted(borders)
    at = sum(len(piece.text) for piece in pieces)
    for piece in reversed(pieces):
        end, at = at, at - len(piece.text)
        inside: list[int] = []
        while left and left[-1] >= at:
            border = left.pop()
            inside += [border - at] if border < end else []
        cuts = bool(inside) and piece.node is not None and _unit(piece.node) is piece.node.getparent()
        parts = _parted(piece, inside[::-1]) if cuts else [piece]
        found += reversed(parts)
    found.reverse()
    return [0, *accumulate(len(piece.text) for piece in found)][:-1], found


def _parted(piece: Piece, inside: Sequence[int]) -> list[Piece]:
    """A piece cut at some places in it, each part but perhaps the first in a run that begins with it."""
    parts = [piece]
    places = [one for one in inside if one] if piece.node.tag == _TEXT else []
    if places:
        text = piece.node.text
        if len(text) != len(piece.text):
            text = text.strip(" \t\r\n")  # its blanks say nothing, as the reader saw
        bounds = list(pairwise([0, *places, len(text)]))
        nodes = [piece.node, *(etree.Element(_TEXT) for _ in places)]
        for node, after in pairwise(nodes):
            node.addnext(after)
        for node, (start, end) in zip(nodes, bounds, strict=True):
            node.set(SPACE, "preserve")
            node.text = text[start:end]
        parts = [Piece(piece.text[start:end], node) for node, (start, end) in zip(nodes, bounds, strict=True)]
    for part in reversed(parts if 0 in inside else parts[1:]):
        _begin_run(part.node)
    return parts


def _begin_run(node: Any) -> None:
    """Move a node and what follows it in its run to a run of its own, with the same look."""
    run = node.getparent()
    if all(one.tag in _BEFORE_WORDS for one in node.itersiblings(preceding=True)):
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
