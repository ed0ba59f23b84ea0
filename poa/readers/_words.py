"""The words of one Word paragraph as a reader sees them: changes accepted, fields by their result, runs in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, ClassVar, NamedTuple

from poa.markdown import printable
from poa.readers._parts import MC, SPACE, WP, M, V, W
from poa.readers._styles import Says, Styles, hidden

_BLANKS = " \t\r\n"
_PRIVATE = range(0xE000, 0xF900)  # signs that only a symbol font knows
# What no accepted paragraph shows: taken out, moved away, pronounced, or told elsewhere.
GONE = frozenset(
    f"{W}{tag}"
    for tag in (
        *("del", "moveFrom", "delText", "rt", "softHyphen", "altChunk"),
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr"),
    )
)
ALTERNATIVE = f"{MC}AlternateContent"
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
# Where it stands what is said for those who cannot see a picture, and words drawn as one.
_TEXTS = {f"{WP}docPr": "descr", f"{V}shape": "alt", f"{V}rect": "alt", f"{V}textpath": "string"}
_PAGE_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"}  # they say nothing about the case
_CODE_LENGTH = 100  # signs; the first word of a field's code is its kind


class Piece(NamedTuple):
    """Some signs of a line, and the element that holds them; None where the reader put them in."""

    text: str
    node: Any


@dataclass(slots=True)
class Words:
    """What one paragraph says, and what hangs on it; ``says`` is what its properties say.

    ``shown`` are its words, ``hidden`` those that Word hides; ``beside`` are the texts for its pictures,
    ``boxes`` its text boxes, ``notes`` the kinds and ids of its notes. ``page`` is where its words begin.
    """

    paragraph: Any
    says: Says = field(default_factory=Says)
    shown: list[Piece] = field(default_factory=list)
    hidden: list[Piece] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    page: int | None = None
    broken: bool = False  # a page ended since its last words


@dataclass(slots=True)
class Pages:
    """Counts pages while a text is read; ``known`` is whether the program that saved it says where they end."""

    known: bool = False
    now: int = 1
    fresh: bool = True  # nothing was read since the page began

    def ended(self) -> None:
        """The author ended the page."""
        self.now += 1
        self.fresh = True

    def ended_in_print(self) -> None:
        """The page was full when the file was last shown; behind an end of the author's it is the same one."""
        if not self.fresh:
            self.ended()


@dataclass(slots=True)
class _Field:
    code: str = ""
    is_code: bool = True  # its result has not begun
    is_silent: bool = True


class Collector:
    """Collects the words of paragraph after paragraph; fields may begin in one and end in another.

    A file may open a field and never end it, and so hide the rest: with ``with_fields`` false they are not
    looked at, and ``is_open`` tells that this is so.
    """

    def __init__(self, styles: Styles, pages: Pages, *, with_fields: bool = True) -> None:
        self.pages = pages
        self._styles = styles
        self._with_fields = with_fields
        self._fields: list[_Field] = []
        self._silent = 0  # how many of the open fields show nothing

    @property
    def is_open(self) -> bool:
        """Whether a field has begun and not ended."""
        return bool(self._fields)

    def collect(self, element: Any, words: Words, *, hides: bool) -> None:
        """Add what a paragraph, or an element in one, says; ``hides`` is whether its style hides words."""
        for child in element:
            tag = child.tag
            if tag in GONE:
                continue
            step = self._STEPS.get(tag)
            if step is not None:
                step(self, child, words, hides=hides)
                continue
            if (name := _TEXTS.get(tag)) and (said := child.get(name)):
                words.beside.append(printable(said))
            if len(child):
                self.collect(child, words, hides=hides)

    def _text(self, node: Any, words: Words, *, hides: bool) -> None:
        text = str(node.text or "")
        if text != text.strip(_BLANKS) and not _keeps_blanks(node):
            text = text.strip(_BLANKS)
        self._say(printable(text), node, words, hides=hides)

    def _run(self, run: Any, words: Words, *, hides: bool) -> None:
        self.collect(run, words, hides=self._hides(run, usual=hides))

    def _blank(self, node: Any, words: Words, *, hides: bool) -> None:
        self._say(" ", node, words, hides=hides)

    def _new_line(self, node: Any, words: Words, *, hides: bool) -> None:
        if node.get(f"{W}type") not in {"page", "column"}:
            self._say("\n", node, words, hides=hides)
            return
        words.broken = True
        if node.get(f"{W}type") == "page":
            self.pages.ended()

    def _hyphen(self, node: Any, words: Words, *, hides: bool) -> None:
        self._say("-", node, words, hides=hides)

    def _symbol(self, node: Any, words: Words, *, hides: bool) -> None:
        self._say(_sign(node.get(f"{W}char", "")), node, words, hides=hides)

    def _full_page(self, _node: Any, _words: Words, **_: bool) -> None:
        self.pages.ended_in_print()

    def _chosen(self, node: Any, words: Words, *, hides: bool) -> None:
        for one in alternatives(node):
            self.collect(one, words, hides=hides)

    def _box(self, node: Any, words: Words, **_: bool) -> None:
        words.boxes.append(node)

    def _note(self, node: Any, words: Words, **_: bool) -> None:
        words.notes.append((_NOTES[node.tag], node.get(f"{W}id", "")))

    def _simple_field(self, node: Any, words: Words, *, hides: bool) -> None:
        silent = _is_page_field(node.get(f"{W}instr", ""))
        self._silent += silent
        self.collect(node, words, hides=hides)
        self._silent -= silent

    def _code(self, node: Any, _words: Words, **_: bool) -> None:
        if self._fields and self._fields[-1].is_code and len(self._fields[-1].code) < _CODE_LENGTH:
            self._fields[-1].code += (node.text or "")[:_CODE_LENGTH]

    def _field(self, node: Any, _words: Words, **_: bool) -> None:
        step = node.get(f"{W}fldCharType")
        if not self._with_fields:
            return
        if step == "begin":
            self._fields.append(_Field())
            self._silent += 1
        elif self._fields and step == "separate" and self._fields[-1].is_code:
            last = self._fields[-1]
            last.is_code, last.is_silent = False, _is_page_field(last.code)
            self._silent -= not last.is_silent
        elif self._fields and step == "end":
            self._silent -= self._fields.pop().is_silent

    def _hides(self, run: Any, *, usual: bool) -> bool:
        properties = next(run.iterchildren(f"{W}rPr"), None)
        if properties is None:
            return usual
        own = hidden(properties)
        if own is not None:
            return own
        style = next(properties.iterchildren(f"{W}rStyle"), None)
        by_style = None if style is None else self._styles.hides(style.get(f"{W}val", ""))
        return usual if by_style is None else by_style

    def _say(self, text: str, node: Any, words: Words, *, hides: bool) -> None:
        if self._silent or not text:
            return
        self.pages.fresh = False
        said = words.hidden if hides else words.shown
        if not hides:
            if words.broken and said:
                said.append(Piece("\n", None))  # a page ends between words, so they do not touch
            words.broken = False
        if words.page is None:
            words.page = self.pages.now
        said.append(Piece(text, node))

    _STEPS: ClassVar[dict[str, Callable[..., None]]] = {
        f"{W}t": _text,
        f"{M}t": _text,
        f"{W}r": _run,
        f"{W}tab": _blank,
        f"{W}ptab": _blank,
        f"{W}br": _new_line,
        f"{W}cr": _new_line,
        f"{W}noBreakHyphen": _hyphen,
        f"{W}sym": _symbol,
        f"{W}lastRenderedPageBreak": _full_page,
        ALTERNATIVE: _chosen,
        f"{W}txbxContent": _box,
        **dict.fromkeys(_NOTES, _note),
        f"{W}fldSimple": _simple_field,
        f"{W}instrText": _code,
        f"{W}fldChar": _field,
    }


def alternatives(element: Any) -> Iterator[Any]:
    """Of what a program may choose from, the first; the last resort only where there is nothing else."""
    for tag in ("Choice", "Fallback"):
        found = element.find(f"{MC}{tag}")
        if found is not None:
            yield found
            return


def _keeps_blanks(node: Any) -> bool:
    """Whether the blanks at the ends of a text are words: it says so, or what is around it does."""
    said = (one.get(SPACE) for one in chain((node,), node.iterancestors()))
    return next((space for space in said if space), "") == "preserve"


def _sign(code: str) -> str:
    """The sign of a symbol; U+FFFD for one that only its font knows, so that figures around it stay apart."""
    try:
        sign = int(code[:6], 16)
    except ValueError:
        return "\ufffd"
    return "\ufffd" if sign in _PRIVATE or not 0 < sign < 0x110000 else printable(chr(sign))


def _is_page_field(code: str) -> bool:
    return any(kind.upper() in _PAGE_FIELDS for kind in code[:_CODE_LENGTH].split()[:1])
