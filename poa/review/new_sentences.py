"""What a sentence that poa did not print says, held against every fact: its figures, and whose it says they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from poa.review import verdicts
from poa.review.aligning import Span
from poa.review.claims import Claim, pairs
from poa.review.draft import Draft, Found
from poa.review.known import Known
from poa.review.lexicon import Lexicon
from poa.review.marks import Token
from poa.review.scopes import Mention, groups, mentions, misplaced
from poa.review.sentences import plain
from poa.review.support import Around, Support, Supported, is_own

_LATE = ("turn", "late")
_MONTH = re.compile(r"(?:\d{4}|-)-\d\d")  # a day that is none but a month
_GAP = 2  # signs between a day and its month
_NEAR = 5  # signs between a figure and the word that says that it is late
_KINDS = {"suppliers", "carriers", "skus"}
_LISTED = {None, "orders", "late_orders", "skus", "suppliers", "carriers", "item"}


@dataclass(frozen=True, eq=False, kw_only=True)
class NewSentences:
    """Judges new figures; ``counts`` says how many had which verdict."""

    draft: Draft
    known: Known
    counts: Counter[str]

    @property
    def _lexicon(self) -> Lexicon:
        return self.draft.lexicon

    def mentions(self, text: str, found: Sequence[Token]) -> tuple[Mention, ...]:
        """The groups and windows that a sentence names."""
        return mentions(text, found, self.known, self._lexicon)

    def of(
        self,
        now: Span,
        found: Sequence[Token],
        told: Sequence[Mention],
        *,
        before: frozenset[str] = frozenset(),
        only: Collection[int] | None = None,
    ) -> Iterator[Found]:
        """What is wrong with the figures of a sentence, or with those at the places in ``only``.

        ``before`` are the groups that the sentence before it names: "These are three quarters of the late orders".
        """
        judged = self._judged(now, found, told, before, only)
        wrong = False
        for claim, supported in judged:
            for finding in self._verdict(now, claim, supported):
                wrong = True
                yield finding
        if not wrong:
            yield from self._not_theirs(now, judged, told)

    def certain(self, now: Span, found: Sequence[Token]) -> set[int]:
        """The places of figures that a group that the sentence names proves together: "33 of the 44 late orders"."""
        claims = tuple(one.claim for one in found if one.claim is not None)
        named = groups(self.mentions(now.text, found))
        proven: set[int] = set()
        for part, whole in pairs(claims, now.text, self.draft.language) if named else ():
            known = Support(self.known).of_late(part, whole, named) if _is_late(whole, found) else None
            if known and known.verdict == "proven":
                proven |= {part.start, whole.start}
        return proven

    # --- figure by figure ------------------------------------------------------------------------

    def _judged(
        self,
        now: Span,
        found: Sequence[Token],
        told: Sequence[Mention],
        before: frozenset[str],
        only: Collection[int] | None,
    ) -> list[tuple[Claim, Supported]]:
        claims = tuple(one.claim for one in found if one.claim is not None)
        support = Support(self.known)
        said = plain(now.text)
        around = Around(
            groups=groups(told),
            in_time=self._lexicon.found("in_time", said) is not None,
            usual=self._lexicon.found("usual", said) is not None,
        )
        wider = replace(around, groups=before) if before and not around.groups else None
        judged: dict[int, tuple[Claim, Supported]] = {}
        for part, whole in pairs(claims, now.text, self.draft.language):
            known = support.of_pair(part, whole, around)
            if known is None and wider:
                known = support.of_pair(part, whole, wider)
            late = None
            if known is None and _is_late(whole, found):
                known = late = support.of_late(part, whole, around.groups or before)
            if known is not None:
                # The one that is another than the fact's is judged, the other one proven.
                one, other = (part, whole) if late is None else (whole, part)
                judged[one.start] = one, known
                judged[other.start] = other, Supported(verdict="proven", scopes=known.scopes)
        for claim in claims:
            if claim.start not in judged and (only is None or claim.start in only):
                supported = support.of(_like_others(claim, claims), around)
                if supported.verdict == "unknown" and wider:
                    supported = support.of(claim, wider)
                if _is_no_day(claim, claims):
                    supported = Supported(verdict="untrue")
                if supported.verdict == "unknown" and _counts_listed(claim, claims):
                    supported = Supported(verdict="proven")
                judged[claim.start] = claim, supported
        return [judged[at] for at in sorted(judged) if only is None or at in only]

    def _verdict(self, now: Span, claim: Claim, found: Supported) -> Iterator[Found]:
        if found.verdict == "left":
            self.counts["unknown"] += 1
            return
        self.counts[found.verdict] += 1
        if found.verdict in {"proven", "sellers_own"}:
            return
        told = verdicts.unsupported(claim.text, found)
        finding = verdicts.finding(
            self.draft.ground, now, claim.start, claim.text, told, fact=found.fact, expected=found.expected
        )
        weak = found.verdict == "unknown" and is_own(claim)
        yield replace(finding, severity="warning") if weak else finding

    # --- whose they are --------------------------------------------------------------------------

    def _not_theirs(
        self, now: Span, judged: Sequence[tuple[Claim, Supported]], told: Sequence[Mention]
    ) -> Iterator[Found]:
        """Shares and orders that are proven, but not of what the sentence names, or not where it names it."""
        counted = {
            claim.start: (claim, supported.scopes)
            for claim, supported in judged
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
        named = {one.scope for one in told}
        if len(named) == 1:
            (scope,) = named
            certain = [one for one, _ in counted.values() if _is_certain(one)]
            expected = self.known.late_of_orders(scope)
            if expected and certain and not any(scope in scopes for _, scopes in counted.values()):
                said = (
                    verdicts.not_theirs(scope, expected)
                    if isinstance(scope, str)
                    else verdicts.not_of_days(scope, expected)
                )
                yield self._finding(now, certain[0], said, expected)
            return
        at = misplaced(told, {place: scopes for place, (_, scopes) in counted.items()})
        if at is not None:
            yield from self._misplaced(now, counted, told, at)

    def _misplaced(
        self,
        now: Span,
        counted: Mapping[int, tuple[Claim, frozenset[str | int | None]]],
        told: Sequence[Mention],
        at: int,
    ) -> Iterator[Found]:
        claim = counted[at][0]
        scope = [one.scope for one in told if one.start < at][-1:] or [told[0].scope]
        expected = self.known.late_of_orders(scope[0])
        if isinstance(scope[0], str):
            yield self._finding(now, claim, verdicts.misplaced(claim.text, scope[0]), expected)
        elif expected is not None:
            yield self._finding(now, claim, verdicts.not_of_days(scope[0], expected), expected)

    def _finding(self, now: Span, claim: Claim, told: verdicts.Told, expected: str | None) -> Found:
        return verdicts.finding(self.draft.ground, now, claim.start, claim.text, told, expected=expected)


def _is_certain(claim: Claim) -> bool:
    return claim.kind in {"percent", "fraction"} or claim.unit in {"orders", "late_orders"}


def _is_late(claim: Claim, found: Sequence[Token]) -> bool:
    """Whether a figure counts late orders: by its unit, or by the word beside it."""
    return claim.unit == "late_orders" or any(
        one.key == _LATE and (claim.start - _NEAR <= one.start < claim.end + _NEAR) for one in found
    )


def _is_no_day(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether a figure stands beside a month as its day, which that month does not have: 44 October."""
    if claim.kind != "number":
        return False
    months = [one for one in claims if one.kind == "day" and _MONTH.fullmatch(str(one.value))]
    return any(
        0 < one.start - claim.end <= _GAP or (claim.unit == "days" and 0 <= claim.start - one.end < _GAP)
        for one in months
    )


def _like_others(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """A figure with the unit of the one before it, where it has none: "six suppliers, two of them"."""
    before = [one.unit for one in claims if one.start < claim.start]
    if claim.kind == "number" and claim.unit is None and before and before[-1] in _KINDS:
        return replace(claim, unit=before[-1])
    return claim


def _counts_listed(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether a figure counts what its own sentence lists: "the two latest were A and B"."""
    if claim.kind != "number" or claim.unit not in _LISTED:
        return False
    kinds = Counter(one.kind for one in claims)
    return any(claim.value == kinds[kind] > 1 for kind in ("order_id", "code"))
