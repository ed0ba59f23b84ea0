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
from poa.review.limits import LIMITS
from poa.review.sentences import Sentence, plain, sentences

PARTS = ("root_cause", "corrective", "preventive", "ship_open_orders", "evidence")
OPENING = "opening"
_PLAN = PARTS[:3]
_ENDS = " .:;,。、!?"
_HEADING = 60  # signs of a plain line that can be a heading which lost its style


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
    limits: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    base: Base | None = None

    def limit(self, rule: str) -> int:
        """The number that a rule judges by: a pack's, else ours."""
        return self.limits.get(rule, LIMITS[rule].default)

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

        The title is in no part. A heading that names no part ends the one before it. A part without a heading
        is opened by a short line that names it, or by its name and a colon: styles get lost, numbers are typed.
        """
        found: dict[str, list[int]] = {OPENING: []}
        now, level, title = OPENING, 1, self._title
        headed = {self.part_named(line.text) for at, line in self._headings if at != title}
        for at, line in enumerate(self.paper.lines):
            if line.kind == "heading":
                named = None if at == title else self.part_named(line.text)
                if named is not None:
                    now, level = named, line.level
                    found.setdefault(named, [])
                elif line.level <= level and at != title:
                    now = ""
                continue
            typed, alone = self._typed(line)
            if typed and typed not in headed:
                now, level = typed, 9
                found.setdefault(typed, [])
                if alone:
                    continue
            if self.lexicon.matches("headings", plain(line.text[:99]), key="annex_line"):
                now = "evidence"  # the list of annexes stands at the end, mostly without a heading
                found.setdefault(now, [])
            if now and line.kind != "aside":
                found[now].append(at)
        return {part: tuple(lines) for part, lines in found.items()}

    @cached_property
    def _headings(self) -> tuple[tuple[int, Line], ...]:
        return tuple((at, line) for at, line in enumerate(self.paper.lines) if line.kind == "heading")

    @cached_property
    def _title(self) -> int | None:
        """The first heading, unless it names a part and others stand on its level: then there is no title."""
        if not self._headings:
            return None
        (at, first), *others = self._headings
        below = bool(others) and all(line.level > first.level for _, line in others)
        named = self.part_named(first.text) is not None
        titled = self.lexicon.matches("headings", plain(first.text[:300]), key="title")
        return at if not named or titled or (below and first.level <= 1) else None

    def _typed(self, line: Line) -> tuple[str | None, bool]:
        """The part that a plain line opens, and whether the line is nothing else."""
        if self.kind != "plan" or line.kind not in {"paragraph", "item"}:
            return None, False
        head, colon, rest = plain(line.text[:300]).partition(":")
        if len(head) > _HEADING or (not colon and head.endswith((".", "。", "!", "?", ",", "、"))):
            return None, False
        named = self.part_named(head)
        return (named, not rest.strip()) if named in _PLAN else (None, False)

    @cached_property
    def _asked(self) -> dict[str, str]:
        """The part that each line of the notice heads; a line that asks for two heads the first of them."""
        heads: dict[str, str] = {}
        for one in (self.ground.notice or {}).get("asks_lines", ()):
            part = "evidence" if one["ask"] == "documents" else str(one["ask"])
            if part in PARTS and part not in heads.values():
                heads.setdefault(plain(str(one["line"])).strip(_ENDS), part)
        return heads

    def part_named(self, heading: str) -> str | None:
        """The part that a heading opens, by the notice's own lines and the names that the language has for it."""
        said = plain(heading[:300]).strip(_ENDS)
        named = (part for part in PARTS if self.lexicon.matches("headings", said, key=part))
        return self._asked.get(said) or next(named, None)

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
