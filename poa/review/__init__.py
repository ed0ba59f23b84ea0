"""Reads a finished paper the way a strict reader at Amazon would, and against the rows that it came from.

find which paper it is → prove its figures → hold it against the letter rules
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from poa.paper import Paper
from poa.policy.forbidden import load_forbidden
from poa.review.draft import Draft, Found
from poa.review.finding import SEVERITIES, Finding, Review, Severity, in_words, review_data
from poa.review.ground import Base, Ground, ground_of, lines_data, read_ground
from poa.review.kinds import kind_of, promoted, without_letterhead
from poa.review.lexicon import Lexicon, load_words
from poa.review.rule import Rule
from poa.review.rules import rules
from poa.review.sentences import Sentence
from poa.review.settings import PLAIN, Settings
from poa.words import counted, said

FIGURES = "R06"
_WORDING = 300_000  # signs, some hundred pages; a letter has one

__all__ = [
    "Base",
    "Finding",
    "Ground",
    "Review",
    "Rule",
    "Settings",
    "ground_of",
    "in_words",
    "lines_data",
    "load_rules",
    "read_ground",
    "review",
    "review_data",
    "rules",
]


def load_rules(language: str) -> None:
    """Load the rules and the words that they look for in a language, before there is anything to read."""
    rules()
    load_words(language)
    load_forbidden(language)


def review(
    paper: Paper,
    ground: Ground,
    *,
    settings: Settings = PLAIN,
    today: date | None = None,
    draft: bool = False,
    others: Mapping[str, tuple[str, ...]] | None = None,
) -> Review:
    """What a strict reader would stop at in a paper.

    ``today`` judges the days of actions (the letter's own day where it is not given); ``draft`` says that the
    paper's open questions are known and shown elsewhere, so that none of them is a finding. ``others`` are the
    sentences of other clients' letters, by the letter's name.
    """
    kind, base = kind_of(paper, ground)
    paper = without_letterhead(promoted(paper, base), ground)
    language = base.paper.language if base and base.paper.language else paper.language or ground.language
    found = Draft(
        paper=paper,
        kind=kind,
        language=language,
        lexicon=Lexicon(language, settings.phrases(language)),
        ground=ground,
        today=today or ground.letter_date,
        draft=draft,
        limits=settings.limits,
        others=others or {},
        base=base,
    )
    findings = sorted(
        _broken(found, settings), key=lambda one: (-1 if one.line is None else one.line, one.start, one.rule)
    )
    return Review(paper=paper, kind=kind, findings=tuple(findings), figures=found.proof.counts)


def _broken(draft: Draft, settings: Settings) -> Iterator[Finding]:
    begin, left_out = _beginning(draft)
    for one in rules():
        severity = settings.severity(one)
        if severity is None or draft.kind not in one.papers:
            continue
        # Figures are proven to the last page; wording is read as far as anybody would.
        for found in one.check(draft if one.id == FIGURES else begin):
            yield finding_of(
                found, one.id, _severity(found.severity, severity, asked=one.id in settings.severities)
            )
    if left_out:
        yield Finding(
            rule="R28",
            severity="error",
            message=counted(
                left_out,
                "The paper is far too long: the wording of its last line was not read.",
                "The paper is far too long: the wording of its last {number} lines was not read.",
            ),
            remedy=said("Cut it to what the reader needs, and review it again."),
        )


def _beginning(draft: Draft) -> tuple[Draft, int]:
    """The draft as far as its wording is read, and how many lines come after that."""
    room = _WORDING
    for at, line in enumerate(draft.paper.lines):
        room -= len(line.text)
        if room < 0:
            lines = draft.paper.lines[: max(at, 1)]
            return replace(draft, paper=replace(draft.paper, lines=lines)), len(draft.paper.lines) - len(
                lines
            )
    return draft, 0


def _severity(own: Severity | None, rule: Severity, *, asked: bool) -> Severity:
    """That of the case, else the rule's; where a pack asks for one, the stricter of both."""
    if own is None or not asked:
        return own or rule
    return min(own, rule, key=SEVERITIES.index)


def finding_of(found: Found, rule: str, severity: Severity) -> Finding:
    """A finding as it is reported: the place worked out, the words named."""
    at = found.at
    line, start, text = (at.line, at.start, at.text) if isinstance(at, Sentence) else (at, 0, "")
    return Finding(
        rule=rule,
        severity=severity,
        message=found.message,
        remedy=found.remedy,
        line=line,
        start=start,
        text=found.text or text,
        fact=found.fact,
        expected=found.expected,
        rows=found.rows,
    )
