"""A paper as a rule looks at it: its kind, its language, its parts and sentences, and the ground it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from poa.paper import CELL_GAP, Line, Paper
from poa.review.finding import Severity
from poa.review.ground import Base, Ground
from poa.review.lexicon import Lexicon
from poa.review.sentences import Sentence, plain, sentences

PARTS = ("root_cause", "corrective", "preventive", "ship_open_orders", "evidence")
OPENING = "opening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a rule found; ``at`` is the sentence or the position of the line, None for the paper as a whole.

    ``text`` are the words meant (the whole sentence where it is empty); ``severity`` is given where a case is
    more or less serious than the rule.
    """

    message: str
    remedy: str
    at: Sentence | int | None = None
    text: str = ""
    fact: str | None = None
    expected: str | None = None
    rows: int | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is not proven in a paper, and how many figures have each verdict."""

    found: tuple[Found, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a rule may ask.

    ``kind`` is which of our papers it is (plan, analysis, statement, request) and ``base`` the one that poa
    printed, if any; ``draft`` is true where open questions are known and shown elsewhere. ``limits`` are numbers that a pack may tighten, by rule;
    ``others`` are the sentences of other clients' letters, by the letter's name.
    """

    paper: Paper
    kind: str
    language: str
    lexicon: Lexicon
    ground: Ground
    today: date | None = None
    draft: bool = False
    limits: dict[str, int] = field(default_factory=dict)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    base: Base | None = None

    @cached_property
    def proof(self) -> Proof:
        """Every figure of the paper held against the facts, once for all rules."""
        from poa.review.proving import prove  # noqa: PLC0415 - proving itself reads drafts

        return prove(self)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the paper in reading order; each cell of a table row is one."""
        return tuple(one for at in range(len(self.paper.lines)) for one in self.sentences_of(at))

    def sentences_of(self, at: int) -> Iterator[Sentence]:
        """The sentences of the line at a position."""
        line = self.paper.lines[at]
        if line.kind == "row":
            start = 0
            for cell in line.cells:
                if cell.strip():
                    yield Sentence(line=at, start=start, text=cell)
                start += len(cell) + len(CELL_GAP)
            return
        for start, text in sentences(line.text):
            yield Sentence(line=at, start=start, text=text)

    @cached_property
    def parts(self) -> dict[str, tuple[int, ...]]:
        """Which lines stand under which part, in the order of the paper; before the first part is the opening.

        The title is in no part. A heading that names no part ends the one before it.
        """
        found: dict[str, list[int]] = {OPENING: []}
        now, level = OPENING, 1
        title = next((at for at, line in enumerate(self.paper.lines) if line.kind == "heading"), None)
        for at, line in enumerate(self.paper.lines):
            if line.kind == "heading":
                named = None if at == title and line.level <= 1 else self.part_named(line.text)
                if named is not None:
                    now, level = named, line.level
                    found.setdefault(named, [])
                elif line.level <= level and at != title:
                    now = ""
                continue
            if self.lexicon.matches("headings", plain(line.text), key="annex_line"):
                now = "evidence"  # the list of annexes stands at the end, mostly without a heading
                found.setdefault(now, [])
            if now and line.kind != "aside":
                found[now].append(at)
        return {part: tuple(lines) for part, lines in found.items()}

    def part_named(self, heading: str) -> str | None:
        """The part that a heading opens, by the notice's own lines and the names that the language has for it."""
        said = plain(heading).rstrip(".:;")
        for one in (self.ground.notice or {}).get("asks_lines", ()):
            if one["ask"] in PARTS and plain(one["line"]).rstrip(".:;") == said:
                return str(one["ask"])
        named = [part for part in PARTS if self.lexicon.matches("headings", said, key=part)]
        return named[0] if named else None

    def lines(self, part: str) -> Iterator[tuple[int, Line]]:
        """The lines of a part with their positions."""
        for at in self.parts.get(part, ()):
            yield at, self.paper.lines[at]

    def part_sentences(self, *parts: str) -> Iterator[Sentence]:
        """The sentences of some parts."""
        for part in parts:
            for at in self.parts.get(part, ()):
                yield from self.sentences_of(at)

    def said(self, rule: str) -> Iterator[tuple[Sentence, re.Match[str]]]:
        """Every sentence in which a rule's list finds something, with what it found in the plain sentence."""
        for sentence in self.sentences:
            match = self.lexicon.found(rule, sentence.plain)
            if match is not None:
                yield sentence, match
