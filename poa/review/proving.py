"""Every figure, day and name of a paper held against what poa printed, and what is new against the facts (R06)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from poa.review import verdicts
from poa.review.aligning import Pair, Span, aligned, cells
from poa.review.changes import Change, changes
from poa.review.claims import Claim, pairs
from poa.review.draft import Draft, Found, Proof
from poa.review.ground import Printed
from poa.review.known import Known
from poa.review.marks import Names, Token, tokens
from poa.review.sentences import Sentence
from poa.review.support import Support, Supported, is_own

VERDICTS = ("proven", "sellers_own", "unknown", "untrue", "misleading", "stale")


def prove(draft: Draft) -> Proof:
    """What cannot be proven in a paper, and how many figures have each verdict.

    A sentence that poa printed is held against itself; one that was written since, against every fact: a bare
    value proves only a sentence that is new.
    """
    proof = _Proof(draft)
    found = tuple(one for pair in proof.pairs() for one in proof.of(pair))
    return Proof(found=found, counts={verdict: proof.counts[verdict] for verdict in VERDICTS})


class _Proof:
    def __init__(self, draft: Draft) -> None:
        self.draft, self.base = draft, draft.base
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

    def of(self, pair: Pair) -> Iterator[Found]:
        """What is wrong with one sentence."""
        if pair.before is None:
            yield from self._new(pair.now)
        elif pair.same:
            for one in self._printed(pair.before):
                if one.start >= pair.before.start:
                    self._count_printed(one)
                    yield from self._stale(pair.now, one, at=one.start - pair.before.start)
        else:
            yield from self._edited(pair)

    def _edited(self, pair: Pair) -> Iterator[Found]:
        """A sentence that was changed; where so much of it did that only its words are alike, a new one."""
        before = self.counts.copy()
        found = [one for part in cells(pair) if part.before for one in self._changed(part, part.before)]
        if pair.loose:
            figures = {one.text for one in self._tokens(pair.now) if one.kind in {"claim", "name"}}
            if all(isinstance(one.at, Sentence) and one.at.text in figures for one in found):
                self.counts = before
                found = list(self._new(pair.now))
        yield from found

    # --- as printed ------------------------------------------------------------------------------

    def _printed(self, span: Span) -> Iterator[Printed]:
        """What prints a fact in some words, a statement of several sentences in each of them."""
        end = span.start + len(span.text)
        for one in self.base.cited.get(span.line, ()) if self.base else ():
            if one.start < end and span.start < one.start + len(one.text):
                yield one

    def _count_printed(self, one: Printed) -> None:
        unit = self._unit(one.fact)
        if unit == "statement":
            self.counts["sellers_own"] += 1
        elif unit != "name" or any(char.isdigit() for char in one.text):
            self.counts["proven"] += 1

    def _stale(self, now: Span, one: Printed, *, at: int) -> Iterator[Found]:
        """What newer data says of the same group on other days, or on the same ones."""
        newer = self.newer
        if newer is None or self.known.scope(one.fact) != newer.scope(one.fact):
            return  # a key such as S1 may be another's by now
        if newer.ground.value(one.fact) in {None, self.known.ground.value(one.fact)}:
            return
        self.counts["stale"] += 1
        same_days = newer.ground.value("as_of") == self.known.ground.value("as_of")
        expected = newer.shown(one.fact)
        told = verdicts.newer(expected)
        finding = self._finding(now, at, one.text, told, fact=one.fact, expected=expected)
        rows = verdicts.rows_behind(newer.ground.evidence[one.fact])
        yield replace(finding, severity="error" if same_days else "warning", rows=rows)

    # --- changed since ---------------------------------------------------------------------------

    def _changed(self, pair: Pair, before: Span) -> Iterator[Found]:
        was, is_now = self._tokens(before), self._tokens(pair.now)
        cited = tuple(self._printed(before))
        wrong = False
        for change in changes(was, is_now, piece=pair.piece, strict=pair.cell):
            printed = _covering(cited, before.start + change.before.start) if change.before else None
            for finding in self._of_change(
                pair.now, before, change, printed=printed, cited=cited, found=is_now
            ):
                wrong = True
                yield finding
        if not wrong and self._is_statement(cited) and not pair.piece:
            told = verdicts.reworded(before.text)
            yield replace(self._finding(pair.now, 0, "", told, fact=cited[0].fact), severity="info")

    def _of_change(
        self,
        now: Span,
        before: Span,
        change: Change,
        *,
        printed: Printed | None,
        cited: tuple[Printed, ...],
        found: tuple[Token, ...],
    ) -> Iterator[Found]:
        text = now.text[change.start : change.end]
        match change.kind:
            case "kept":
                if printed is not None:
                    self._count_printed(printed)
                    yield from self._stale(now, printed, at=change.start)
            case "sign" if change.before:
                told = verdicts.other_sign(change.before.text, text)
                fact = printed.fact if printed else None
                finding = self._finding(now, change.start, text, told, fact=fact, expected=change.before.text)
                yield replace(finding, severity="warning")
            case "other" if change.before:
                yield from self._other(now, change, change.before, printed)
            case "turned" | "swapped":
                # What turns the seller's own words about the seller's own work is the seller's to say.
                if change.kind == "swapped" or not self._is_statement(cited):
                    self.counts["untrue"] += 1
                    expected = change.before.text if change.before and change.kind == "turned" else None
                    told = verdicts.turned(before.text)
                    yield self._finding(now, change.start, text, told, expected=expected)
            case "added" if change.now is not None:
                yield from self._judged(now, change.now, self._named(found))

    def _other(self, now: Span, change: Change, before: Token, printed: Printed | None) -> Iterator[Found]:
        """Another figure or name stands where one was printed."""
        if change.now is not None and self.support.same_rounded(change.now.claim, printed):
            self.counts["proven"] += 1
            return
        self.counts["untrue"] += 1
        text = now.text[change.start : change.end]
        fact = printed.fact if printed else None
        if fact is None:
            told = verdicts.of_the_frame(before.text, text)
        elif self._unit(fact) == "statement":
            told = verdicts.of_the_case(before.text, text)
        else:
            told = verdicts.of_the_rows(before.text, text)
        yield self._finding(now, change.start, text, told, fact=fact, expected=before.text)

    # --- new -------------------------------------------------------------------------------------

    def _new(self, now: Span) -> Iterator[Found]:
        found = self._tokens(now)
        named = self._named(found)
        figures = tuple(one.claim for one in found if one.claim is not None)
        paired: set[int] = set()
        for part, whole in pairs(figures, now.text, self.draft.language):
            known = self.support.of_pair(part, whole, named)
            if known is not None:
                paired |= {part.start, whole.start}
                self.counts["proven"] += 1  # the whole, which a group has
                yield from self._verdict(now, part, known)
        theirs = bool(paired)
        for claim in figures:
            if claim.start not in paired:
                supported = self.support.of(claim, named)
                theirs |= supported.verdict == "proven" and self.known.scope(supported.fact or "") in named
                yield from self._verdict(now, claim, supported)
        yield from self._not_theirs(now, named, figures, theirs=theirs)

    def _not_theirs(
        self, now: Span, named: frozenset[str], figures: tuple[Claim, ...], *, theirs: bool
    ) -> Iterator[Found]:
        """A sentence that names a group and states shares or orders, none of which is that group's."""
        counted = [one for one in figures if one.kind == "percent" or one.unit in {"orders", "late_orders"}]
        if theirs or not counted or len(named) != 1:
            return
        (name,) = named
        expected = self.known.late_of_orders(name)
        if expected is not None:
            told = verdicts.not_theirs(name, expected)
            yield self._finding(now, counted[0].start, counted[0].text, told, expected=expected)

    def _judged(self, now: Span, one: Token, named: frozenset[str]) -> Iterator[Found]:
        if one.claim is not None:
            yield from self._verdict(now, one.claim, self.support.of(one.claim, named))

    def _verdict(self, now: Span, claim: Claim, found: Supported) -> Iterator[Found]:
        if found.verdict == "left":
            self.counts["unknown"] += 1
            return
        self.counts[found.verdict] += 1
        if found.verdict in {"proven", "sellers_own"}:
            return
        told = verdicts.unsupported(claim.text, found)
        finding = self._finding(now, claim.start, claim.text, told, fact=found.fact, expected=found.expected)
        weak = found.verdict == "unknown" and is_own(claim)
        yield replace(finding, severity="warning") if weak else finding

    def _named(self, found: tuple[Token, ...]) -> frozenset[str]:
        groups = self.known.groups
        return frozenset(name for one in found if (name := groups.get(one.text.casefold())) is not None)

    # --- both ------------------------------------------------------------------------------------

    def _unit(self, fact: str) -> str | None:
        return self.draft.ground.evidence.get(fact, {}).get("unit")

    def _is_statement(self, cited: tuple[Printed, ...]) -> bool:
        """Whether what was printed is the seller's own words and nothing else."""
        return bool(cited) and all(self._unit(one.fact) == "statement" for one in cited)

    def _tokens(self, span: Span) -> tuple[Token, ...]:
        return tokens(span.text, language=self.draft.language, names=self.names, lexicon=self.draft.lexicon)

    def _finding(
        self,
        now: Span,
        start: int,
        text: str,
        told: verdicts.Told,
        *,
        fact: str | None = None,
        expected: str | None = None,
    ) -> Found:
        evidence = self.draft.ground.evidence.get(fact or "")
        return Found(
            message=told.message,
            remedy=told.remedy,
            at=Sentence(line=now.line, start=now.start + start, text=text or now.text),
            fact=fact or None,
            expected=expected,
            rows=verdicts.rows_behind(evidence) if evidence else None,
        )


def _covering(cited: tuple[Printed, ...], at: int) -> Printed | None:
    """What was printed at a place; the figures inside a statement are the statement's."""
    return next((one for one in cited if one.start <= at < one.start + len(one.text)), None)
