"""A review on the terminal: the verdict, the figures, each finding at its place, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from poa.cli.review.held_against import Held
from poa.cli.review.quoting import quoted
from poa.cli.review.rows_behind import behind
from poa.cli.review.saying import INDENT, Say
from poa.paper import Paper
from poa.review import Finding, Ground, Review
from poa.review.finding import SEVERITIES, Severity
from poa.words import Said, counted, said, strung

_MOST = 200  # findings of a paper; nobody reads more, and each may be told again by --json
_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold"}
_SEVERITIES = {"error": "Error {rule}", "warning": "Warning {rule}", "info": "Note {rule}"}
_VERDICTS = {
    "errors": "{paper}: not to be sent as it is.",
    "warnings": "{paper}: nothing is wrong; a strict reader would stop at what is listed here.",
    "clean": "{paper}: a strict reader would stop at nothing.",
}
_FIGURES = {
    "proven": "{number} proven by your rows",
    "sellers_own": "{number} of your own statements",
    "untrue": "{number} wrong",
    "unknown": "{number} that nothing supports",
    "misleading": "{number} rounded so that it misleads",
    "stale": "{number} older than your data",
}
_PLACES = {
    "heading": "the heading itself",
    "paragraph": "paragraph {number}",
    "item": "item {number}",
    "row": "row {number} of the table",
    "aside": "beside the text",
}


def show(review: Review, held: Held, say: Say, *, name: str, draft: bool) -> None:
    """Print a review; ``name`` is the paper as it was given."""
    ground = held.ground
    say(said(_VERDICTS[review.verdict], paper=name), style="bold")
    if figures := _figures(review.figures):
        say(figures)
    say(_against(held))
    if draft:
        say(said("Read as a draft: what it still asks in brackets is not counted; --final counts it."))
    places = Places(review.paper)
    for where, findings in groupby(_shown(review.findings), key=lambda one: _heading(one, review.paper)):
        say("")
        say(_title(where), style="bold")
        group = [*findings]
        for finding, following in zip(group, [*group[1:], None], strict=True):
            _show_finding(finding, places, ground, say)
            if following is None or following.remedy != finding.remedy:  # once for all that are mended alike
                say(said("To do: {remedy}", remedy=finding.remedy), lead=INDENT * 2)
    if (left := len(review.findings) - _MOST) > 0:
        say("")
        say(said("Findings that are not shown here: {number}; --json lists all.", number=left))


def _shown(findings: Sequence[Finding]) -> Sequence[Finding]:
    """As many as somebody reads, the most serious ones, in reading order."""
    if len(findings) <= _MOST:
        return findings
    ranked = sorted(range(len(findings)), key=lambda at: (SEVERITIES.index(findings[at].severity), at))
    return [findings[at] for at in sorted(ranked[:_MOST])]


def show_end(reviews: list[Review], say: Say) -> None:
    """The count of everything, and the next step."""
    found = Counter(one.severity for review in reviews for one in review.findings)
    if not found:
        return
    say("")
    say(said("Found: {counts}.", counts=strung("{one}, {other}", _counts(found))), style="bold")
    if found["error"] or found["warning"]:
        say(said("Mend these, and run the same command again."))


class Places:
    """The places of a paper's lines as a reader counts them: the second paragraph under its heading, the third item."""

    def __init__(self, paper: Paper) -> None:
        self.lines = paper.lines
        self._numbers = [*_numbers(paper)]

    def of(self, at: int) -> Said:
        """The place of the line at a position."""
        line = self.lines[at]
        place = said(_PLACES[line.kind], number=self._numbers[at])
        return said("{place}, page {page}", place=place, page=line.page) if line.page else place


def _numbers(paper: Paper) -> Iterator[int]:
    """The number of each line: of a paragraph under its heading, of an item or row in its list or table."""
    counts: Counter[str] = Counter()
    for line in paper.lines:
        match line.kind:
            case "heading":
                counts.clear()
            case "item" | "row":
                counts = Counter({"paragraph": counts["paragraph"], line.kind: counts[line.kind]})
            case _:
                counts = Counter({"paragraph": counts["paragraph"]})
        counts[line.kind] += 1
        yield counts[line.kind]


def _against(held: Held) -> Said:
    ground = held.ground
    last = str(ground.facts.get("as_of"))
    if not held.name:
        return said("Held against your files, with data to {day}.", day=last)
    if held.passed_over is not None:
        return said(
            "Held against {facts}, with data to {day}; your files end on {earlier} and are passed over.",
            facts=held.name,
            day=last,
            earlier=held.passed_over,
        )
    if ground.newer is None:
        return said("Held against {facts}, with data to {day}.", facts=held.name, day=last)
    return said(
        "Held against {facts}, with data to {day}, and against your files, with data to {newer}.",
        facts=held.name,
        day=last,
        newer=str(ground.newer.facts.get("as_of")),
    )


def _heading(finding: Finding, paper: Paper) -> str | None:
    """The heading that a finding stands under, empty before the first; None where the whole paper is meant."""
    return None if finding.line is None else paper.heading(finding.line) or ""


def _title(heading: str | None) -> str:
    if heading is None:
        return said("The paper as a whole")
    return heading or said("Before the first heading")


def _counts(found: Mapping[Severity, int]) -> Iterator[Said]:
    if found["error"]:
        yield counted(found["error"], "{number} error", "{number} errors")
    if found["warning"]:
        yield counted(found["warning"], "{number} warning", "{number} warnings")
    if found["info"]:
        yield counted(found["info"], "{number} note", "{number} notes")


def _figures(verdicts: Mapping[str, int]) -> Said | None:
    told = [said(_FIGURES[name], number=verdicts[name]) for name in _FIGURES if verdicts.get(name)]
    return said("Figures: {list}.", list=strung("{one}, {other}", told)) if told else None


def _show_finding(finding: Finding, places: Places, ground: Ground, say: Say) -> None:
    rule = said(_SEVERITIES[finding.severity], rule=finding.rule)
    if finding.line is not None:
        rule = said("{rule}, {place}", rule=rule, place=places.of(finding.line))
    say(rule, lead=INDENT, style=_STYLES[finding.severity])
    lead = INDENT * 2
    if finding.line is not None:
        say(quoted(places.lines[finding.line].text, finding.text, finding.start), lead=lead)
    say(finding.message, lead=lead)
    if finding.expected and finding.expected not in finding.message:
        say(said("It should be: {expected}", expected=finding.expected), lead=lead)
    if finding.fact is not None:  # of the newer data, where that is what the finding speaks of
        newer = ground.newer if ground.newer and finding.fact in ground.newer.evidence else ground
        for told in behind(finding.fact, newer):
            say(told, lead=lead)
