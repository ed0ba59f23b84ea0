"""What a sentence that poa did not print says, held against every fact: its figures, and whose it says they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from poa.review import verdicts
from poa.review.around import Around
from poa.review.claims import Claim, pairs
from poa.review.draft import Draft, Found
from poa.review.fair import HOLDS
from poa.review.judging import is_late, is_own, judged
from poa.review.known import Known
from poa.review.lexicon import Lexicon
from poa.review.marks import Token
from poa.review.scopes import Mention, groups, misplaced
from poa.review.sentences import Sentence
from poa.review.support import Support, Supported

_Counted: TypeAlias = Mapping[int, tuple[Claim, frozenset[str | int | None]]]


@dataclass(frozen=True, eq=False, kw_only=True)
class NewSentences:
    """Judges new figures; ``counts`` says how many had which verdict."""

    draft: Draft
    known: Known
    counts: Counter[str]

    @property
    def _lexicon(self) -> Lexicon:
        return self.draft.lexicon

    def of(
        self,
        now: Sentence,
        found: Sequence[Token],
        told: Sequence[Mention],
        *,
        before: frozenset[str] = frozenset(),
        only: Collection[int] | None = None,
    ) -> Iterator[Found]:
        """What is wrong with the figures of a sentence, or with those at the places in ``only``.

        ``before`` are the groups that the sentence before it names: "These are three quarters of the late orders".
        """
        figures = self._judged(now, found, told, before)
        figures = [one for one in figures if only is None or one[0].start in only]
        wrong = False
        for claim, supported in figures:
            for finding in self._verdict(now, claim, supported):
                wrong = True
                yield finding
        if not wrong:
            yield from self._not_theirs(now, figures, told)

    def certain(self, now: Sentence, found: Sequence[Token], named: frozenset[str]) -> set[int]:
        """The places of figures that a group that the sentence names proves together: "33 of the 44 late orders"."""
        claims = tuple(one.claim for one in found if one.claim is not None)
        proven: set[int] = set()
        for part, whole in pairs(claims, now.text, self.draft.language) if named else ():
            known = Support(self.known).of_late(part, whole, named) if is_late(whole, found) else None
            if known and known.verdict == "proven":
                proven |= {part.start, whole.start}
        return proven

    # --- figure by figure ------------------------------------------------------------------------

    def _judged(
        self, now: Sentence, found: Sequence[Token], told: Sequence[Mention], before: frozenset[str]
    ) -> list[tuple[Claim, Supported]]:
        said = now.plain
        around = Around(
            groups=groups(told),
            in_time=self._lexicon.found("in_time", said) is not None,
            usual=self._lexicon.found("usual", said) is not None,
            shares=tuple(one.claim for one in found if one.claim and one.claim.kind == "percent"),
        )
        wider = replace(around, groups=before) if before and not around.groups else around
        return judged(now.text, found, Support(self.known), (around, wider))

    def _verdict(self, now: Sentence, claim: Claim, found: Supported) -> Iterator[Found]:
        if found.verdict == "left":
            self.counts["unknown"] += 1
            return
        self.counts[found.verdict] += 1
        if found.verdict in {"proven", "sellers_own"}:
            return
        wrong = "other_in_rows"
        if found.verdict == "misleading":
            wrong = "not_held" if claim.bound in HOLDS else "misrounded"  # "over 5%" of 5.00%
        finding = self._finding(
            now, claim, wrong if found.expected else "unsupported", fact=found.fact, expected=found.expected
        )
        weak = found.verdict == "unknown" and is_own(claim)
        yield replace(finding, severity="warning") if weak else finding

    # --- whose they are --------------------------------------------------------------------------

    def _not_theirs(
        self, now: Sentence, figures: Sequence[tuple[Claim, Supported]], told: Sequence[Mention]
    ) -> Iterator[Found]:
        """Shares and orders that are proven, but not of what the sentence names, or not where it names it."""
        named = {one.scope for one in told}
        others = tuple(self._of_another(now, figures, *groups(told))) if len(groups(told)) == 1 else ()
        if others:
            yield from others
            return
        counted = {
            claim.start: (claim, supported.scopes)
            for claim, supported in figures
            if (
                claim.kind in {"percent", "fraction"}
                or claim.unit in {"orders", "late_orders"}
                or supported.scopes
            )
            and supported.verdict == "proven"
            and not (supported.fact or "").endswith(".target")
        }
        if not counted:
            return
        if len(named) == 1:
            yield from self._of_one(now, counted, *named)
            return
        at = misplaced(told, {place: scopes for place, (_, scopes) in counted.items()})
        if at is not None:
            yield from self._misplaced(now, counted, told, at)

    def _of_another(
        self, now: Sentence, figures: Sequence[tuple[Claim, Supported]], group: str
    ) -> Iterator[Found]:
        """Orders that are another's than of the one group that the sentence names."""
        for claim, supported in figures:
            fact = supported.fact if claim.kind == "order_id" else None
            other = self.known.owners.other(fact, group) if fact else None
            if other:
                yield self._finding(now, claim, "of_another", fact=fact, expected=other, name=group)

    def _of_one(self, now: Sentence, counted: _Counted, scope: str | int) -> Iterator[Found]:
        """A sentence that names one group or window: a figure must be its own, and a rate of no other window."""
        expected = self.known.late_of_orders(scope)
        theirs = any(scope in scopes for claim, scopes in counted.values() if claim.kind != "order_id")
        others = [
            claim
            for claim, scopes in counted.values()
            if (not theirs and _is_certain(claim))
            or (
                isinstance(scope, int)
                and claim.kind == "percent"
                and _of_windows(scopes)
                and scope not in scopes
            )
        ]
        if expected and others:
            if isinstance(scope, str):
                yield self._finding(now, others[0], "not_theirs", expected=expected, name=scope)
            else:
                yield self._finding(now, others[0], "not_of_days", expected=expected, days=scope)

    def _misplaced(
        self, now: Sentence, counted: _Counted, told: Sequence[Mention], at: int
    ) -> Iterator[Found]:
        claim = counted[at][0]
        scope = [one.scope for one in told if one.start < at][-1:] or [told[0].scope]
        expected = self.known.late_of_orders(scope[0])
        if isinstance(scope[0], str):
            yield self._finding(now, claim, "misplaced", expected=expected, name=scope[0])
        elif expected is not None:
            yield self._finding(now, claim, "not_of_days", expected=expected, days=scope[0])

    def _finding(
        self,
        now: Sentence,
        claim: Claim,
        wrong: str,
        *,
        fact: str | None = None,
        expected: str | None,
        **parts: object,
    ) -> Found:
        return verdicts.finding(
            self.draft.ground,
            now,
            wrong,
            start=claim.start,
            text=claim.text,
            fact=fact,
            expected=expected,
            **parts,
        )


def _of_windows(scopes: frozenset[str | int | None]) -> bool:
    return bool(scopes) and all(isinstance(one, int) for one in scopes)


def _is_certain(claim: Claim) -> bool:
    return claim.kind in {"percent", "fraction"} or claim.unit in {"orders", "late_orders"}
