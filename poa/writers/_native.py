"""A Word file as the template of one letter: opened as a shell is, cleaned, its marks put aside under numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from poa.document import Document
from poa.errors import PackFault
from poa.markdown import CLOSE, FACT_OPEN, FACT_SPLIT, GAP_OPEN
from poa.writers._native_marks import Mark, judge_rest, marks_in
from poa.writers._native_shape import judge_shape, widths
from poa.writers._shell import parts_of, titles_of
from poa.writers._shell_filled import as_word_file
from poa.writers._shell_found import Found, ShellProblem
from poa.writers._shell_notes import note_words
from poa.writers._shell_package import Opened, Part, opened
from poa.writers._shell_page import end_section
from poa.writers._shell_rules import judged
from poa.writers._shell_settings import settings
from poa.writers._shell_styles import no_styles
from poa.writers._shell_xml import W, own, put, tidy

STORIES = ("document", "header", "footer")
_OURS = (FACT_OPEN, FACT_SPLIT, CLOSE, GAP_OPEN)
_MARKED = {f"{W}bookmarkStart", f"{W}bookmarkEnd"}
_DOT = b"\x89PNG\r\n\x1a\n"  # in the place of a picture: who fills the file does not look at it


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter's template: the cleaned parts under names of our own, and its marks with the part that each stands in."""

    name: str
    parts: Mapping[str, bytes]
    marks: tuple[tuple[str, Mark], ...]
    notes: tuple[ShellProblem, ...]

    def package(self) -> bytes:
        """The Word file that is filled: its pictures are a dot each, and nobody's properties are in it."""
        nobody = Document(blocks=(), title="", language="en", draft=False, dated="2000-01-01")
        parts = {name: _DOT if name.startswith("word/media/") else data for name, data in self.parts.items()}
        return as_word_file(parts, nobody)

    def asked(self) -> list[list[object]]:
        """Each mark as plain data: its number, its part, what it says, and its place for a message."""
        return [[mark.number, title, mark.jinja, place_of(mark)] for title, mark in self.marks]


def place_of(mark: Mark) -> str:
    """Where a mark stands, as errors name it."""
    return f'{mark.part}, paragraph {mark.place.number} "{mark.place.text}"'


def read_letter(data: bytes, *, name: str) -> Letter:
    """The template in a file; raises PackFault, at part and paragraph, for its first fault."""
    found = Found()
    letter = _letter(data, name, found, [])
    if letter is None:
        raise _worded(found.errors[0]).fault(name)
    return letter


def looked_at(data: bytes, *, name: str) -> tuple[tuple[ShellProblem, ...], tuple[Mark, ...]]:
    """Every fault and note of a file in one run, faults first, and its marks as far as they can be read."""
    found = Found()
    marks: list[tuple[str, Mark]] = []
    try:
        _letter(data, name, found, marks)
    except PackFault as fault:
        found.add(fault.code, fault.message, fault.hint or "")
    return tuple(_worded(one) for one in (*found.errors, *found.notes)), tuple(mark for _, mark in marks)


def _worded(problem: ShellProblem) -> ShellProblem:
    return replace(problem, message=problem.message.replace("a shell cannot", "a letter cannot"))


def _letter(data: bytes, name: str, found: Found, every: list[tuple[str, Mark]]) -> Letter | None:
    read = opened(data, name=name, found=found)
    for part in read.parts:
        if part.kind != "settings":
            judged(part, found)
        tidy(part.root)
    titles = dict(titles_of(read))
    for part in read.of(*STORIES):
        _prepare(part, found)
        own_marks = marks_in(part, len(every), found)
        judge_shape(own_marks, found)
        judge_rest(part, found)
        note_words(part, found)
        every += [(titles[part.name], mark) for mark in own_marks]
    shape = settings(next(iter(read.of("settings")), None), found)
    body = read.main.root.find(f"{W}body")
    if body is None:
        found.add("damaged", "It has no body.", "Save it again in Word.", part=read.main.name)
    elif not every and not found.errors:
        message = "It holds no mark, so every letter would be the same."
        remedy = "Write marks into it, such as {{ case.seller.name | answer }}."
        found.add("no_marks", message, remedy, part=read.main.name)
    if body is None or found.errors:
        return None
    end_section(body)
    return Letter(
        name=name,
        parts=_cleaned(read, shape),
        marks=tuple(every),
        notes=tuple(_worded(one) for one in found.notes),
    )


def _prepare(part: Part, found: Found) -> None:
    """Take out what a loop would double, and refuse the signs that mark our own facts."""
    for element in list(part.root.iter(*_MARKED)):
        element.getparent().remove(element)
    widths(part.root)
    for words in part.root.iter(f"{W}t"):
        text = words.text or ""
        if "\n" in text or "\r" in text:
            put(words, text.replace("\r", " ").replace("\n", " "))
        for sign in _OURS:
            if sign in text:
                message = f"It holds the character U+{ord(sign):04X}, which marks facts."
                found.add("forbidden_character", message, "Delete it.", part=part.name)


def _cleaned(read: Opened, shape: Any) -> dict[str, bytes]:
    look = next((part.root for part in read.of("styles")), None)
    lists = next((part.root for part in read.of("numbering")), None)
    for part in read.of(*STORIES):
        for link in part.root.iter(f"{W}hyperlink"):
            link.attrib.pop(f"{W}anchor", None)  # its place in the text is gone
    made = {
        "styles": no_styles() if look is None else look,
        "numbering": own("numbering") if lists is None else lists,
        "settings": shape,
    }
    return parts_of(read, made)
