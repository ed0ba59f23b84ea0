"""Every figure, day and name of a paper held against what poa printed, and what is new against the facts (R06)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from poa.paper import CELL_GAP
from poa.review.aligning import Pair, Span, aligned
from poa.review.changes import Change, changes
from poa.review.draft import Draft
from poa.review.finding import Finding
from poa.review.ground import Base, Printed
from poa.review.known import Known
from poa.review.marks import Names, Token, tokens
from poa.review.support import Support, Supported, is_own
from poa.words import said

RULE = "R06"
_CELL = 30  # signs; a shorter text in a row is a figure with its unit, and no sentence
VERDICTS = ("proven", "sellers_own", "unknown", "untrue", "misleading", "stale")


def proven(draft: Draft, base: Base | None) -> tuple[list[Finding], Mapping[str, int]]:
    """What cannot be proven in a paper, and how many figures have each verdict.

    A sentence that poa printed is held against itself; one that was written since, against every fact: a bare
    value proves only a sentence that is new.
    """
    proof = _Proof(draft, base)
    findings = [one for pair in proof.pairs() for one in proof.of(pair)]
    counts = {verdict: proof.counts[verdict] for verdict in VERDICTS}
    return findings, counts


class _Proof:
    def __init__(self, draft: Draft, base: Base | None) -> None:
        self.draft, self.base = draft, base
        self.names = Names(draft.ground.names)
        self.known = Known(draft.ground, draft.language, self.names)
        self.support = Support(self.known)
        self.newer = Known(draft.ground.newer, draft.language, self.names) if draft.ground.newer else None
        self.counts: Counter[str] = Counter()

    def pairs(self) -> Iterator[Pair]:
        """Every sentence with what it was; where nothing was printed, all are new."""
        lines = self.draft.paper.lines
        if self.base is None:
            for one in self.draft.sentences:
                yield Pair(now=Span(line=one.line, start=one.start, text=one.text), before=None)
        elif [one.text for one in lines] == [one.text for one in self.base.paper.lines]:
            for at, line in enumerate(lines):  # nothing was edited: no need to look for what is what
                span = Span(line=at, start=0, text=line.text)
                yield Pair(now=span, before=span, same=True)
        else:
            yield from aligned(self.draft.paper, self.base.paper)

    def of(self, pair: Pair) -> Iterator[Finding]:
        """What is wrong with one sentence."""
        if pair.before is None:
            yield from self._new(pair.now)
        elif pair.same:
            for one in self._printed(pair.before):
                if one.start >= pair.before.start:
                    self._count_printed(one)
                    yield from self._stale(pair.now, one)
        else:
            for part in _cells(pair):
                yield from self._changed(part)

    # --- as printed ------------------------------------------------------------------------------

    def _printed(self, span: Span) -> Iterator[Printed]:
        """What prints a fact in some words, a statement of several sentences in each of them."""
        end = span.start + len(span.text)
        for one in self.base.cited.get(span.line, ()) if self.base else ():
            if one.start < end and span.start < one.start + len(one.text):
                yield one

    def _count_printed(self, one: Printed) -> None:
        unit = self.draft.ground.evidence.get(one.fact, {}).get("unit")
        if unit == "statement":
            self.counts["sellers_own"] += 1
        elif unit != "name" or any(char.isdigit() for char in one.text):
            self.counts["proven"] += 1

    def _stale(self, now: Span, one: Printed) -> Iterator[Finding]:
        """What newer data says of the same group on other days, or on the same ones."""
        newer = self.newer
        if newer is None or self.known.scope(one.fact) != newer.scope(one.fact):
            return  # a key such as S1 may be another's by now
        if newer.ground.value(one.fact) in {None, self.known.ground.value(one.fact)}:
            return
        self.counts["stale"] += 1
        same_days = newer.ground.value("as_of") == self.known.ground.value("as_of")
        expected = newer.shown(one.fact)
        finding = self._finding(
            now,
            max(now.text.find(one.text), 0),
            one.text,
            said("The data is newer than this paper: it now says {expected}.", expected=expected),
            said("Make the papers again with poa appeal, and send those."),
            fact=one.fact,
            expected=expected,
        )
        rows = _rows(newer.ground.evidence[one.fact])
        yield replace(finding, severity="error" if same_days else "warning", rows=rows)

    # --- changed since ---------------------------------------------------------------------------

    def _changed(self, pair: Pair) -> Iterator[Finding]:
        before, now = self._tokens(pair.before), self._tokens(pair.now)
        assert pair.before is not None  # noqa: S101 - of() sends no other
        cited = tuple(self._printed(pair.before))
        for change in changes(before, now, piece=pair.piece, strict=_is_cell(pair)):
            printed = _covering(cited, pair.before.start + change.before.start) if change.before else None
            match change.kind:
                case "kept":
                    if printed is not None:
                        self._count_printed(printed)
                        yield from self._stale(pair.now, printed)
                case "sign" if change.before:
                    expected = change.before.text
                    yield replace(
                        self._finding(
                            pair.now,
                            change.start,
                            change.text,
                            said("In this language {text} reads as another number.", text=change.text),
                            said("Write {expected}.", expected=expected),
                            fact=printed.fact if printed else None,
                            expected=expected,
                        ),
                        severity="warning",
                    )
                case "other":
                    yield from self._other(pair, change, printed)
                case "turned" | "swapped":
                    yield from self._turned(pair, change, cited)
                case "added" if change.now is not None:
                    yield from self._judged(pair.now, change.now, self._named(now))

    def _other(self, pair: Pair, change: Change, printed: Printed | None) -> Iterator[Finding]:
        """Another figure or name stands where one was printed."""
        assert change.before is not None  # noqa: S101 - the kind of change has one
        if change.now is not None and self.support.same_rounded(change.now.claim, printed):
            self.counts["proven"] += 1
            return
        self.counts["untrue"] += 1
        expected, shown = change.before.text, change.text
        fact = printed.fact if printed else None
        unit = self.draft.ground.evidence.get(fact or "", {}).get("unit")
        if unit == "statement":
            message = said("The case file says {expected}; this says {text}.", expected=expected, text=shown)
            remedy = said(
                "Write {expected}; or, if {text} is true, correct the case file and make the papers again.",
                expected=expected,
                text=shown,
            )
        elif fact is not None:
            message = said("The rows say {expected}; this says {text}.", expected=expected, text=shown)
            remedy = said("Write {expected}.", expected=expected)
        else:
            message = said("poa printed {expected} here; this says {text}.", expected=expected, text=shown)
            remedy = said("Write {expected}, as it was.", expected=expected)
        yield self._finding(pair.now, change.start, shown, message, remedy, fact=fact, expected=expected)

    def _turned(self, pair: Pair, change: Change, cited: tuple[Printed, ...]) -> Iterator[Finding]:
        """A word that turns the sense of figures was put in, taken out or changed."""
        assert pair.before is not None  # noqa: S101 - the kind of change has one
        units = {self.draft.ground.evidence.get(one.fact, {}).get("unit") for one in cited}
        if units == {"statement"}:
            return  # the seller's own words about the seller's own work
        self.counts["untrue"] += 1
        yield self._finding(
            pair.now,
            change.start,
            change.text,
            said("The change turns the sense. The rows show: {sentence}", sentence=pair.before.text),
            said("Put the sentence back as it was."),
            expected=change.before.text if change.before else None,
        )

    # --- new -------------------------------------------------------------------------------------

    def _new(self, now: Span) -> Iterator[Finding]:
        found = self._tokens(now)
        named = self._named(found)
        for one in found:
            if one.claim is not None:
                yield from self._judged(now, one, named)

    def _judged(self, now: Span, one: Token, named: frozenset[str]) -> Iterator[Finding]:
        if one.claim is None:
            return
        found = self.support.of(one.claim, named)
        if found.verdict == "left":
            self.counts["unknown"] += 1
            return
        self.counts[found.verdict] += 1
        if found.verdict in {"proven", "sellers_own"}:
            return
        message, remedy = _unsupported(one, found)
        finding = self._finding(
            now, one.start, one.text, message, remedy, fact=found.fact, expected=found.expected
        )
        weak = found.verdict == "unknown" and is_own(one.claim)
        yield replace(finding, severity="warning") if weak else finding

    def _named(self, found: tuple[Token, ...]) -> frozenset[str]:
        groups = self.known.groups
        return frozenset(name for one in found if (name := groups.get(one.text.casefold())) is not None)

    # --- both ------------------------------------------------------------------------------------

    def _tokens(self, span: Span | None) -> tuple[Token, ...]:
        if span is None:
            return ()
        return tokens(span.text, language=self.draft.language, names=self.names, lexicon=self.draft.lexicon)

    def _finding(
        self,
        now: Span,
        start: int,
        text: str,
        message: str,
        remedy: str,
        *,
        fact: str | None = None,
        expected: str | None = None,
    ) -> Finding:
        evidence = self.draft.ground.evidence.get(fact or "")
        return Finding(
            rule=RULE,
            severity="error",
            message=message,
            remedy=remedy,
            line=now.line,
            start=now.start + start,
            text=text or now.text,
            fact=fact or None,
            expected=expected,
            rows=_rows(evidence) if evidence else None,
        )


def _unsupported(one: Token, found: Supported) -> tuple[str, str]:
    if found.verdict == "misleading" and found.expected:
        return (
            said("{text} is not how {expected} is rounded.", text=one.text, expected=found.expected),
            said("Write {expected}.", expected=found.expected),
        )
    if found.expected:
        return (
            said("{text} is not in the rows; {expected} is.", text=one.text, expected=found.expected),
            said("Write {expected}, if that is meant; else take it out.", expected=found.expected),
        )
    return (
        said("No row and no statement of the case supports {text}.", text=one.text),
        said(
            "Take it out; or, if it is your own statement and true, put it into the case file and make the papers"
            " again."
        ),
    )


def _cells(pair: Pair) -> Iterator[Pair]:
    """A row cell by cell, where it has as many as before; anything else as it is."""
    before, now = pair.before, pair.now
    if before is None or CELL_GAP not in now.text:
        yield pair
        return
    old, new = before.text.split(CELL_GAP), now.text.split(CELL_GAP)
    if len(old) != len(new):
        yield pair
        return
    start_old, start_new = before.start, now.start
    for was, one in zip(old, new, strict=True):
        yield Pair(
            now=Span(line=now.line, start=start_new, text=one),
            before=Span(line=before.line, start=start_old, text=was),
        )
        start_old += len(was) + len(CELL_GAP)
        start_new += len(one) + len(CELL_GAP)


def _is_cell(pair: Pair) -> bool:
    return len(pair.now.text.split()) <= 1 or (pair.now.start > 0 and len(pair.now.text) < _CELL)


def _covering(cited: tuple[Printed, ...], at: int) -> Printed | None:
    """What was printed at a place; the figures inside a statement are the statement's."""
    return next((one for one in cited if one.start <= at < one.start + len(one.text)), None)


def _rows(evidence: Mapping[str, Any]) -> int | None:
    """How many orders stand behind a fact, or how many rows where it counts none."""
    rows = evidence.get("rows") or {}
    if rows.get("orders"):
        return int(rows["orders"])
    lines = [last - first + 1 for one in rows.get("lines", ()) for first, last in one["ranges"]]
    return sum(lines) or None
