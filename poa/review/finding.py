"""What a review finds: the rule, the words, what is wrong with them and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from poa.paper import Paper
from poa.words import spoken

Severity: TypeAlias = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a strict reader would stop at.

    ``line`` is the position of a line in the paper, None where the paper as a whole is meant; ``start`` and
    ``text`` are the words in that line. ``message`` says what is wrong, ``remedy`` what to do; both are
    sentences of ``poa.words``. ``fact`` is the id of the fact that the words should print, ``expected`` how
    it would be printed, ``rows`` how many orders or rows stand behind it.
    """

    rule: str
    severity: Severity
    message: str
    remedy: str
    line: int | None = None
    start: int = 0
    text: str = ""
    fact: str | None = None
    expected: str | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A paper that was looked at. ``kind`` is which of our papers it is; ``figures`` counts them by verdict.

    The verdicts are ``proven``, ``sellers_own``, ``unknown``, ``untrue``, ``misleading`` and ``stale``.
    """

    paper: Paper
    kind: str
    findings: tuple[Finding, ...]
    figures: Mapping[str, int] = field(default_factory=dict)

    @property
    def verdict(self) -> Literal["errors", "warnings", "clean"]:
        """The worst that was found; notes alone leave a paper clean."""
        found = {one.severity for one in self.findings}
        return "errors" if "error" in found else "warnings" if "warning" in found else "clean"


def review_data(review: Review, *, language: str = "en") -> dict[str, object]:
    """The JSON of the contract, version 1; sentences stand in ``language``."""
    return {
        "review": 1,
        "document": review.paper.name,
        "kind": review.kind,
        "verdict": review.verdict,
        "findings": [_finding_data(one, review.paper, language) for one in review.findings],
        "figures": dict(review.figures),
    }


def _finding_data(finding: Finding, paper: Paper, language: str) -> dict[str, object]:
    line = None if finding.line is None else paper.lines[finding.line]
    where = {
        "heading": None if finding.line is None else paper.heading(finding.line),
        "paragraph": None if line is None else line.paragraph,
        "page": None if line is None else line.page,
    }
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "where": where,
        "text": finding.text,
        "sentence": None if line is None else line.text,
        "message": spoken(finding.message, language),
        "fact": finding.fact,
        "expected": finding.expected,
        "rows": finding.rows,
        "remedy": spoken(finding.remedy, language),
    }


def in_words(review: Review, finding: Finding, language: str) -> str:
    """A finding on one line: rule, paper and heading, the words, what is wrong."""
    heading = None if finding.line is None else review.paper.heading(finding.line)
    place = review.paper.name if heading is None else f"{review.paper.name}, {heading}"
    words = f' "{finding.text}"' if finding.text else ""
    return f"{finding.rule}, {place}:{words} {spoken(finding.message, language)}"
