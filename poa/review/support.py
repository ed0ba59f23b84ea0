"""What supports a figure that poa did not print: a fact of the rows, a statement of the case, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from poa.review.around import ENDS, NOT_LATE, PARTS, SPANS, Around, is_said
from poa.review.claims import Claim
from poa.review.fair import HOLDS, fits, nearly, rounds_to
from poa.review.ground import Printed
from poa.review.known import COUNTS, Known

Verdict: TypeAlias = Literal["proven", "sellers_own", "unknown", "untrue", "misleading", "left"]

_UNITS = {
    "orders": {"orders", "about"},
    "late_orders": {"orders", "about"},
    "days": {"days", "about"},
    "hours": {"hours"},
    "rows": {"rows"},
    "skus": {"groups", "orders"},
    "suppliers": {"suppliers", "groups"},
    "carriers": {"groups"},
}
_FAR = Decimal("0.02")  # nothing rounds so far, and no bound is told of it
_SHARE = Fraction(1, 40)  # how far "two thirds" may be from a share of the rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Supported:
    """How a figure stands: the fact that supports it or that it should print, and how that is written.

    ``scopes`` are whose it may be: groups, windows by their days, None for anything else that is counted.
    """

    verdict: Verdict
    fact: str | None = None
    expected: str | None = None
    scopes: frozenset[str | int | None] = frozenset()


@dataclass(frozen=True, eq=False)
class Support:
    """Judges figures by what is known."""

    known: Known

    def of(self, claim: Claim, around: Around) -> Supported:
        """What supports a figure in a sentence that says so much around it."""
        stated = self.known.stated(claim)
        found = self._by_rows(claim, around)
        if found.verdict == "proven" and (found.fact or "").startswith("case."):
            return Supported(verdict="sellers_own", fact=found.fact)
        if found.verdict in {"unknown", "misleading", "untrue"} and stated is not None:
            return Supported(verdict="sellers_own", fact=stated)
        return found

    def of_pair(self, part: Claim, whole: Claim, around: Around) -> Supported | None:
        """What supports "44 of 787": one group must count both; None where no group counts so many orders."""
        late: list[str] = []
        for fact in self._counted(whole):
            start, _, leaf = fact.rpartition(".")
            beside = f"{start}.{leaf.replace('orders', 'late')}"
            known = leaf.endswith("orders") and beside in self.known.ground.evidence
            if known and self.known.scope(fact) in {None, *around.groups}:
                late.append(beside)
        late.sort(key=lambda fact: not fact.startswith(("late_shipment_rate", "late_by")))
        same = [fact for fact in late if self._is_count(fact, part)]
        if around.in_time:
            same = [fact for fact in late if fact in self.known.in_time.get(Decimal(str(part.value)), ())]
        if same:
            return self._proven(same)
        if not late or self.known.stated(part) is not None:
            return None
        return Supported(verdict="untrue", fact=late[0], expected=self.known.shown(late[0]))

    def of_whole(self, whole: Claim, around: Around) -> Supported:
        """What supports the 787 of "44 of 787 orders": so many orders must be counted, late or not."""
        found = self.of(whole, around)
        if whole.unit not in {"orders", "late_orders"} or whole.bound or found.verdict != "proven":
            return found
        facts = self._meant(self.known.counts.get(Decimal(str(whole.value)), ()), around)
        counted = any(fact.rpartition(".")[2] in NOT_LATE or fact == self._all_late for fact in facts)
        return found if counted else Supported(verdict="unknown")

    @property
    def _all_late(self) -> str:
        return f"late_shipment_rate.{max(self.known.windows, default=0)}.late"

    def _counted(self, whole: Claim) -> list[str]:
        """The facts that count as many as a figure says, also where it says about how many."""
        exact = self.known.counts.get(Decimal(str(whole.value)), [])
        if exact or not whole.bound:
            return exact
        return [fact for value, facts in self.known.counts.items() if nearly(value, whole) for fact in facts]

    def of_late(self, part: Claim, whole: Claim, groups: Iterable[str]) -> Supported | None:
        """What supports "33 of the 44 late orders": a group with so many late ones, of all that there were."""
        facts = [f"{self.known.start_of(name)}.late" for name in sorted(groups)]
        same = [fact for fact in facts if self.known.ground.value(fact) == part.value]
        if not same or self.known.ground.value(self._all_late) == whole.value:
            return self._proven(same) if same else None
        expected = self.known.shown(self._all_late)
        return Supported(verdict="untrue", fact=self._all_late, expected=expected)

    def _is_count(self, fact: str, claim: Claim) -> bool:
        value = Decimal(str(self.known.ground.value(fact)))
        return value == claim.value or (bool(claim.bound) and nearly(value, claim))

    def as_printed(self, claim: Claim | None, printed: Printed | None) -> bool:
        """Whether a claim says fairly what was printed: rounded on the same side of the target, or a near bound."""
        value = self.known.ground.value(printed.fact) if printed else None
        if claim is None or printed is None or not isinstance(value, int | float):
            return False
        if not isinstance(value, float):
            return claim.unit not in SPANS and nearly(Decimal(value), claim)
        target = self.known.ground.value(f"{printed.fact.rpartition('.')[0]}.target")
        against = Decimal(repr(target)) if isinstance(target, float) else None
        return fits(Decimal(repr(value)), claim, target=against)

    # --- by kind ---------------------------------------------------------------------------------

    def _by_rows(self, claim: Claim, around: Around) -> Supported:
        match claim.kind:
            case "day":
                return self._day(str(claim.value))
            case "order_id":
                return self._order(claim)
            case "code":
                return self._code(claim)
            case "time":
                return Supported(verdict="unknown")
            case "percent":
                return self._share(claim, around)
            case "fraction":
                return self._fraction(claim, around)
            case _:
                return self._number(claim, around)

    def _proven(self, facts: Sequence[str]) -> Supported:
        scopes = frozenset(self.known.scope(one) or self.known.days_of(one) for one in facts)
        return Supported(verdict="proven", fact=facts[0], scopes=scopes)

    def _day(self, day: str) -> Supported:
        for known, fact in self.known.days.items():
            if known.startswith(day) or (day.startswith("--") and known[4:].startswith(day[1:])):
                return Supported(verdict="proven", fact=fact)
        return Supported(verdict="unknown")

    def _order(self, claim: Claim) -> Supported:
        order = re.sub(r"\D", "", str(claim.value))
        if order in self.known.orders:
            fact = self.known.orders[order]
            return Supported(verdict="proven", fact=fact or None, scopes=self.known.owners.of(fact))
        # Another rule (R33) speaks of an order that no list of late orders has.
        return Supported(verdict="left" if self.known.ground.late_orders else "unknown")

    def _code(self, claim: Claim) -> Supported:
        shown = claim.text.casefold()
        if shown in self.known.codes:
            return Supported(verdict="proven", fact=self.known.codes[shown] or None)
        near = self.known.nearest_code(shown)
        return Supported(
            verdict="unknown" if near is None else "untrue", expected=self.known.written.get(near or "")
        )

    def _number(self, claim: Claim, around: Around) -> Supported:
        if claim.unit == "annex":
            known = {int(one["number"]) for one in self.known.ground.enclosed}
            return Supported(verdict="proven" if claim.value in known else "unknown")
        if claim.unit in {"days", None} and claim.value in self.known.windows | self.known.lengths:
            return Supported(verdict="proven")
        value = Decimal(str(claim.value))
        units = _UNITS.get(claim.unit or "", COUNTS if claim.unit is None else set())
        facts = [
            fact
            for fact in self._meant(self.known.counts.get(value, ()), around)
            if self.known.ground.evidence[fact]["unit"] in units
        ]
        facts = [fact for fact in facts if is_said(fact, claim, around)]
        if around.in_time and claim.unit in {"orders", None}:
            facts += self._meant(self.known.in_time.get(value, ()), around)
        if not facts and value in self.known.sizes.get(claim.unit or "", ()):
            return Supported(verdict="proven")
        return self._proven(facts) if facts else self._roughly(claim, around)

    def _roughly(self, claim: Claim, around: Around) -> Supported:
        """Rounded counts, such as "about 780 orders": of the windows, and of the groups that are named."""
        if claim.unit in {"orders", "late_orders", None} and claim.bound and not around.in_time:
            counted = (
                one for value, facts in self.known.counts.items() if nearly(value, claim) for one in facts
            )
            starts = ("late_shipment_rate.", "late_by_")
            leafs = (".late", ".orders") if claim.unit == "orders" else (".late",)
            facts = [
                one for one in self._meant(counted, around) if one.startswith(starts) and one.endswith(leafs)
            ]
            if facts:
                return self._proven(facts)
        return Supported(verdict="unknown")

    def _share(self, claim: Claim, around: Around) -> Supported:
        share = Decimal(str(claim.value)) / 100
        facts = [one for one in self._shares(around) if around.in_time or abs(one[1] - share) < _FAR]
        if around.in_time:
            facts = [(fact, 1 - value if fact.endswith(".rate") else value) for fact, value in facts]
        facts = [one for one in facts if self._is_rate(one[0], claim, around)]
        same = [fact for fact, value in facts if fits(value, claim)]
        if claim.bound in {"over", "at_least"} and all(fact.endswith(".target") for fact in same):
            # What is said to be over the target must be so.
            rates = self._shares(around)
            above = [fact for fact, value in rates if fact.endswith(".rate") and value > share]
            same = above if same or share in self._targets() else []
        elif share in self._targets():
            same += [fact for fact, value in facts if fact.endswith(".target") and value == share]
        if same:
            return self._proven(same)
        near = [
            (abs(value - share), fact)
            for fact, value in facts
            if fact.startswith("late_shipment_rate")
            and abs(value - share) * 100 < Decimal(1).scaleb(-claim.digits)
        ]
        if near and not around.in_time:
            _, fact = min(near)
            return Supported(verdict="misleading", fact=fact, expected=self.known.shown(fact))
        return Supported(verdict="unknown")

    def _is_rate(self, fact: str, claim: Claim, around: Around) -> bool:
        """Whether a share is one by itself: the end of a range is none, unless its other end stands beside it."""
        start, _, leaf = fact.rpartition(".")
        if leaf not in ENDS:
            return True
        other = self.known.share(f"{start}.{ENDS[leaf]}")
        return (
            claim.bound not in HOLDS
            and other is not None
            and any(rounds_to(other, one) for one in around.shares)
        )

    def _fraction(self, claim: Claim, around: Around) -> Supported:
        wanted = Fraction(str(claim.value))
        holds = HOLDS.get(claim.bound or "", lambda value, share: abs(value - share) <= _SHARE)
        same = [
            fact
            for fact, value in self._shares(around)
            if fact.rpartition(".")[2] in PARTS
            and abs(Fraction(value) - wanted) <= _SHARE
            and holds(Fraction(value), wanted)
        ]
        return self._proven(same) if same else Supported(verdict="unknown")

    def _targets(self) -> set[Decimal]:
        return {value for fact, value in self.known.fractions[None] if fact.endswith(".target")}

    def _shares(self, around: Around) -> list[tuple[str, Decimal]]:
        """The shares that may be meant: those of the groups that the sentence names, then those of the account."""
        shares = self.known.fractions
        return [one for scope in sorted(around.groups) for one in shares.get(scope, ())] + shares.get(
            None, []
        )

    def _meant(self, facts: Iterable[str], around: Around) -> list[str]:
        """The same of counts."""
        scopes = [(self.known.scope(fact), fact) for fact in facts]
        return [fact for scope, fact in scopes if scope in around.groups] + [
            fact for scope, fact in scopes if scope is None
        ]
