"""Every figure, day and name of a paper held against what poa printed, and what is new against the facts (R06)."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from poa.review import verdicts
from poa.review.aligning import Pair, aligned, cells
from poa.review.changes import Change, changes
from poa.review.claims import pairs
from poa.review.contradictions import contradictions
from poa.review.draft import Draft, Found, Proof
from poa.review.ground import Printed
from poa.review.known import Known
from poa.review.marks import Names, Token, tokens
from poa.review.new_sentences import NewSentences
from poa.review.printed import PrintedWords, covering, is_share, unproven
from poa.review.scopes import groups, mentions
from poa.review.sentences import Sentence
from poa.review.support import Support
from poa.review.wording import seen

MOST = 2_000  # findings; a paper with more is not one that poa printed, and nobody reads them
VERDICTS = ("proven", "sellers_own", "unknown", "untrue", "misleading", "stale")


def prove(draft: Draft) -> Proof:
    """What cannot be proven in a paper, and how many figures have each verdict.

    A sentence that poa printed is held against itself; one that was written since, against every fact: a bare
    value proves only a sentence that is new.
    """
    proof = _Proof(draft)
    found: list[Found] = []
    for pair in proof.pairs():
        found += proof.of(pair)
        if len(found) > MOST:
            found.append(verdicts.finding(draft.ground, pair.now, "too_many", most=MOST))
            break
    return Proof(found=tuple(found), counts={verdict: proof.counts[verdict] for verdict in VERDICTS})


class _Proof:
    def __init__(self, draft: Draft) -> None:
        self.draft, self.base = draft, draft.base
        self.names = Names(draft.ground.names)
        self.known = Known(draft.ground, draft.language, self.names)
        self.support = Support(self.known)
        self.newer = Known(draft.ground.newer, draft.language, self.names) if draft.ground.newer else None
        self.counts: Counter[str] = Counter()
        self._wrong = partial(verdicts.finding, draft.ground)
        self.new = NewSentences(draft=draft, known=self.known, counts=self.counts)
        self.words = PrintedWords(draft.ground, draft.base, draft.lexicon)
        recent = lru_cache(maxsize=64)  # every sentence is asked for several times in a row
        self._pieces = recent(partial(tokens, language=draft.language, names=self.names))
        self._told = recent(lambda text: mentions(text, self._pieces(text), self.known, draft.lexicon))
        self.last: deque[Sentence] = deque(maxlen=4)  # the sentences before

    def pairs(self) -> Iterator[Pair]:
        """Every sentence with what it was; where nothing was printed, all are new."""
        lines = self.draft.paper.lines
        if self.base is None:
            for one in self.draft.sentences:
                yield Pair(now=one, before=None)
        elif [one.text for one in lines] == [one.text for one in self.base.paper.lines]:
            for at, line in enumerate(lines):  # nothing was edited: no need to look for what is what
                span = Sentence(line=at, start=0, text=line.text)
                yield Pair(now=span, before=span, same=True)
        else:
            yield from aligned(self.draft.paper, self.base.paper)

    def of(self, pair: Pair) -> Iterator[Found]:
        """What is wrong with one sentence."""
        if pair.before is None:
            yield from self._new(pair.now)
            yield from self._contradicted(pair)
        elif pair.same:
            for one in self._printed(pair.before):
                if one.start >= pair.before.start:
                    self._count_printed(one)
                    yield from self._stale(pair.now, one, at=one.start - pair.before.start)
            if self.draft.ground.pack_words:
                yield from self._of_pack(pair.now, pair.before)
        else:
            told = [*self._edited(pair)]
            yield from told
            yield from self._contradicted(pair, told=[one.at for one in told])
        self.last.appendleft(pair.now)

    def _edited(self, pair: Pair) -> Iterator[Found]:
        """A sentence that was changed; where so much of it did that only its words are alike, a new one."""
        before = self.counts.copy()
        found: list[Found] = []
        for part in cells(pair):
            found += self._changed(part, part.before) if part.before else self._new(part.now, row=pair.now)
        if pair.loose and found and self._may_be_new(pair.now, found):
            self.counts.clear()
            self.counts.update(before)
            found = list(self._new(pair.now))
        yield from found

    def _may_be_new(self, now: Sentence, found: list[Found]) -> bool:
        """Whether nothing but figures and names is other than it was printed."""
        told = {one.text for one in self._tokens(now) if one.kind in {"claim", "name"}}
        return all(isinstance(one.at, Sentence) and one.at.text in told for one in found)

    def _contradicted(self, pair: Pair, *, told: Sequence[object] = ()) -> Iterator[Found]:
        """What no figure tells, unless its place is ``told`` already: only in sentences that are not the seller's own."""
        if pair.before and self._is_statement(tuple(self._printed(pair.before))):
            return
        found, named = self._tokens(pair.now), self._told(pair.now.text)
        for one in contradictions(pair.now, found, named, known=self.known, lexicon=self.draft.lexicon):
            if one.at not in told:
                self.counts["untrue"] += 1
                yield one

    # --- as printed ------------------------------------------------------------------------------

    def _printed(self, span: Sentence) -> Iterator[Printed]:
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

    def _stale(self, now: Sentence, one: Printed, *, at: int) -> Iterator[Found]:
        """What newer data says of the same group on other days, or on the same ones."""
        newer = self.newer
        if newer is None or self.known.scope(one.fact) != newer.scope(one.fact):
            return  # a key such as S1 may be another's by now
        if newer.ground.value(one.fact) in {None, self.known.ground.value(one.fact)}:
            return
        self.counts["stale"] += 1
        same_days = newer.ground.value("as_of") == self.known.ground.value("as_of")
        expected = newer.shown(one.fact)
        finding = self._wrong(now, "newer", start=at, text=one.text, fact=one.fact, expected=expected)
        rows = verdicts.rows_behind(newer.ground.evidence[one.fact])
        yield replace(finding, severity="error" if same_days else "warning", rows=rows)

    def _of_pack(self, now: Sentence, before: Sentence) -> Iterator[Found]:
        """What the words of a pack state and no fact prints: nobody proved it when it was printed."""
        found = self._tokens(now)
        cited = tuple(self._printed(before))
        only = unproven(now.text, found, self.draft.ground.pack_words, cited, begins=before.start)
        if only:
            yield from self.new.of(
                now, found, self._told(now.text), only=only, before=self._named_before(now)
            )

    # --- changed since ---------------------------------------------------------------------------

    def _changed(self, pair: Pair, before: Sentence) -> Iterator[Found]:
        was, is_now = self._tokens(before), self._tokens(pair.now)
        cited = tuple(self._printed(before))
        wrong = False
        added: list[int] = []
        claims = tuple(one.claim for one in was if one.claim)
        header = pair.cell and self.words.is_header(before.line)
        certain = self.new.certain(pair.now, is_now, groups(self._told(pair.now.text)))
        wholes = {one.start: whole for one, whole in pairs(claims, before.text, self.draft.language)}
        for change in changes(
            was,
            is_now,
            piece=pair.piece,
            strict=pair.cell,
            common=self.words.is_common,
            groups=self.known.groups,
        ):
            if change.kind == "added" and change.now:
                added += [change.now.start] if change.now.claim else []
                continue
            printed = covering(cited, before.start + change.before.start) if change.before else None
            if header and change.kind == "turned":
                continue
            is_certain = change.now is not None and change.now.start in certain
            if change.kind in {"other", "swapped"} and (is_certain or is_share(change, wholes)):
                self.counts["proven"] += 1
                continue
            for finding in self._of_change(pair.now, before, change, printed=printed, cited=cited):
                wrong = True
                yield finding
        for finding in self._added(pair, is_now, added, wrong=wrong):
            wrong = True
            yield finding
        if not wrong and self._is_statement(cited) and not pair.piece:
            fact = cited[0].fact
            finding = self._wrong(pair.now, "reworded", fact=fact, statement=before.text)
            yield replace(finding, severity="info")

    def _of_change(
        self,
        now: Sentence,
        before: Sentence,
        change: Change,
        *,
        printed: Printed | None,
        cited: tuple[Printed, ...],
    ) -> Iterator[Found]:
        text = now.text[change.start : change.end]
        match change.kind:
            case "kept":
                if printed is not None:
                    self._count_printed(printed)
                    yield from self._stale(now, printed, at=change.start)
            case "sign" if change.before:
                fact = printed.fact if printed else None
                expected = change.before.text
                finding = self._wrong(
                    now, "other_sign", start=change.start, text=text, fact=fact, expected=expected
                )
                yield replace(finding, severity="warning")
            case "other" if change.before:
                yield from self._other(now, change, change.before, printed)
            case "unbound" if printed is not None and printed.fact.endswith(".target"):
                self._count_printed(printed)  # "the target of 4%" is the one that is under 4%
            case "turned" | "swapped" | "unbound":
                # What turns the seller's own words about the seller's own work is the seller's to say.
                if change.kind == "swapped" or not self._is_statement(cited):
                    self.counts["untrue"] += 1
                    was = change.before.text if change.before and change.kind == "turned" else None
                    yield self._wrong(
                        now, "turned", start=change.start, text=text, expected=was, sentence=before.text
                    )

    def _other(
        self, now: Sentence, change: Change, before: Token, printed: Printed | None
    ) -> Iterator[Found]:
        """Another figure or name stands where one was printed."""
        if change.now is not None and self.support.as_printed(change.now.claim, printed):
            self.counts["proven"] += 1
            return
        self.counts["untrue"] += 1
        text = now.text[change.start : change.end]
        fact = printed.fact if printed else None
        stated = fact is not None and self._unit(fact) == "statement"
        source = "of_the_frame" if fact is None else "of_the_case" if stated else "of_the_rows"
        yield self._wrong(now, source, start=change.start, text=text, fact=fact, expected=before.text)

    def _added(
        self, pair: Pair, found: tuple[Token, ...], added: list[int], *, wrong: bool
    ) -> Iterator[Found]:
        """Figures that came into a sentence; and a cell that now says what another one said, where nothing else is ``wrong``."""
        if added:
            told = self._told(pair.now.text)
            yield from self.new.of(pair.now, found, told, only=added, before=self._named_before(pair.now))
        was, now = (seen(one.text) if one else "" for one in (pair.before, pair.now))
        if pair.cell and not wrong and was != now and {was, now} <= self.words.labels:
            self.counts["untrue"] += 1
            finding = self._wrong(pair.now, "of_the_frame", text=now, expected=was)
            yield replace(finding, at=pair.now)

    # --- new -------------------------------------------------------------------------------------

    def _new(self, now: Sentence, *, row: Sentence | None = None) -> Iterator[Found]:
        found = self._tokens(now)
        named = groups(self._told(row.text)) if row else self._named_before(now)
        yield from self.new.of(now, found, self._told(now.text), before=named)

    def _named_before(self, now: Sentence) -> frozenset[str]:
        """The groups that the sentences before name, in the same paragraph or the one above."""
        if self.words.unknown_name(self._tokens(now)):
            return frozenset()
        for last in self.last:
            if now.line - last.line <= 1 and (named := groups(self._told(last.text))):
                return named
        return frozenset()

    # --- both ------------------------------------------------------------------------------------

    def _unit(self, fact: str) -> str | None:
        return self.draft.ground.evidence.get(fact, {}).get("unit")

    def _is_statement(self, cited: tuple[Printed, ...]) -> bool:
        """Whether what was printed is the seller's own words and nothing else."""
        return bool(cited) and all(self._unit(one.fact) == "statement" for one in cited)

    def _tokens(self, span: Sentence) -> tuple[Token, ...]:
        return self._pieces(span.text)
