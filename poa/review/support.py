"""What supports a figure that poa did not print: a fact of the rows, a statement of the case, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from poa.review.claims import Claim, key
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
# Counted by the seller and not by rows: how many people, minutes, times a day.
_OWN = {"people", "times", "minutes", "weeks", "months", "business_days"}
_NEAR = Decimal("0.01")  # a bound farther away says little, and is of another share
_SHARE = Fraction(1, 40)  # how far "two thirds" may be from a share of the rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Supported:
    """How a figure stands: the fact that supports it or that it should print, and how that is written."""

    verdict: Verdict
    fact: str | None = None
    expected: str | None = None


@dataclass(frozen=True, eq=False)
class Support:
    """Judges figures by what is known."""

    known: Known

    def of(self, claim: Claim, named: Iterable[str] = ()) -> Supported:
        """What supports a figure; ``named`` are the groups that its sentence speaks of."""
        stated = self.known.stated.get(key(claim))
        found = self._by_rows(claim, set(named))
        if found.verdict == "proven" and (found.fact or "").startswith("case."):
            return Supported(verdict="sellers_own", fact=found.fact)
        if found.verdict in {"unknown", "misleading", "untrue"} and stated:
            return Supported(verdict="sellers_own", fact=stated)
        return found

    def of_pair(self, part: Claim, whole: Claim, named: Iterable[str] = ()) -> Supported | None:
        """What supports "44 of 787": one group must count both; None where no group counts so many orders."""
        groups = set(named)
        late: list[str] = []
        for fact in self.known.counts.get(Decimal(str(whole.value)), ()):
            start, _, leaf = fact.rpartition(".")
            beside = f"{start}.{leaf.replace('orders', 'late')}"
            known = leaf.endswith("orders") and beside in self.known.ground.evidence
            if known and self.known.scope(fact) in {None, *groups}:
                late.append(beside)
        late.sort(key=lambda fact: not fact.startswith(("late_shipment_rate", "late_by")))
        for fact in late:
            if self.known.ground.value(fact) == part.value:
                return Supported(verdict="proven", fact=fact)
        if not late:
            return None
        stated = self.known.stated.get(key(part))
        if stated:
            return None
        return Supported(verdict="untrue", fact=late[0], expected=self.known.shown(late[0]))

    def same_rounded(self, claim: Claim | None, printed: Printed | None) -> bool:
        """Whether a claim is the share that was printed, rounded to fewer digits and on the same side of the target."""
        if (
            claim is None
            or printed is None
            or not isinstance(value := self.known.ground.value(printed.fact), float)
        ):
            return False
        target = self.known.ground.value(f"{printed.fact.rpartition('.')[0]}.target")
        against = Decimal(repr(target)) if isinstance(target, float) else None
        return rounds_to(Decimal(repr(value)), claim, target=against)

    # --- by kind ---------------------------------------------------------------------------------

    def _by_rows(self, claim: Claim, named: set[str]) -> Supported:
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
                return self._share(claim, Decimal(str(claim.value)) / 100, named)
            case "fraction":
                return self._fraction(claim, named)
            case _:
                return self._number(claim, named)

    def _day(self, day: str) -> Supported:
        for known, fact in self.known.days.items():
            if known == day or (day.startswith("--") and known[4:] == day[1:]) or known[:7] == day:
                return Supported(verdict="proven", fact=fact)
        return Supported(verdict="unknown")

    def _order(self, claim: Claim) -> Supported:
        order = re.sub(r"\D", "", str(claim.value))
        if order in self.known.orders:
            return Supported(verdict="proven", fact=self.known.orders[order] or None)
        # Another rule (R33) speaks of an order that no list of late orders has.
        return Supported(verdict="left" if self.known.ground.late_orders else "unknown")

    def _code(self, claim: Claim) -> Supported:
        shown = claim.text.casefold()
        if shown in self.known.codes:
            return Supported(verdict="proven", fact=self.known.codes[shown] or None)
        from difflib import get_close_matches  # noqa: PLC0415 - start-up: only an unknown code needs it

        near = get_close_matches(shown, self.known.codes, n=1, cutoff=0.75)
        return Supported(
            verdict="untrue" if near else "unknown",
            expected=self.known.written.get(near[0]) if near else None,
        )

    def _number(self, claim: Claim, named: set[str]) -> Supported:
        if claim.unit == "annex":
            known = {int(one["number"]) for one in self.known.ground.enclosed}
            return Supported(verdict="proven" if claim.value in known else "unknown")
        if claim.unit in {"days", None} and claim.value in self.known.windows:
            return Supported(verdict="proven")
        units = _UNITS.get(claim.unit or "", COUNTS if claim.unit is None else set())
        counts = ((fact, Decimal(0)) for fact in self.known.counts.get(Decimal(str(claim.value)), ()))
        facts = [
            fact
            for fact, _ in self._meant(counts, named)
            if self.known.ground.evidence[fact]["unit"] in units
        ]
        return Supported(verdict="proven", fact=facts[0]) if facts else Supported(verdict="unknown")

    def _share(self, claim: Claim, share: Decimal, named: set[str]) -> Supported:
        facts = self._meant(self.known.fractions, named)
        for fact, value in facts:
            if rounds_to(value, claim) or _is_bound(value, share, claim):
                return Supported(verdict="proven", fact=fact)
        near = [
            (abs(value - share), fact)
            for fact, value in facts
            if fact.startswith("late_shipment_rate")
            and abs(value - share) * 100 < Decimal(1).scaleb(-claim.digits)
        ]
        if near:
            _, fact = min(near)
            return Supported(verdict="misleading", fact=fact, expected=self.known.shown(fact))
        return Supported(verdict="unknown")

    def _fraction(self, claim: Claim, named: set[str]) -> Supported:
        wanted = Fraction(str(claim.value))
        for fact, value in self._meant(self.known.fractions, named):
            if abs(Fraction(value) - wanted) <= _SHARE:
                return Supported(verdict="proven", fact=fact)
        return Supported(verdict="unknown")

    def _meant(self, facts: Iterable[tuple[str, Decimal]], named: set[str]) -> list[tuple[str, Decimal]]:
        """The facts that may be meant: those of the groups that the sentence names, then those of the account."""
        scopes = [(self.known.scope(fact), fact, value) for fact, value in facts]
        return [(fact, value) for scope, fact, value in scopes if scope in named] + [
            (fact, value) for scope, fact, value in scopes if scope is None
        ]


_HOLDS = {
    "over": lambda value, share: value > share,
    "at_least": lambda value, share: value >= share,
    "under": lambda value, share: value < share,
    "at_most": lambda value, share: value <= share,
}


def _is_bound(value: Decimal, share: Decimal, claim: Claim) -> bool:
    """Whether "over 5 %" is said of a share that is over it, and not by much."""
    holds = _HOLDS.get(claim.bound or "")
    return holds is not None and holds(value, share) and abs(value - share) < _NEAR


def rounds_to(value: Decimal, claim: Claim, *, target: Decimal | None = None) -> bool:
    """Whether a share, rounded half up to the digits of a claim, is that claim, on the same side of a target."""
    if claim.kind != "percent" or not isinstance(claim.value, Decimal) or "‰" in claim.text:
        return False
    if claim.value.is_signed() != value.is_signed():
        return False  # nothing is no minus nothing
    shown = (value * 100).quantize(Decimal(1).scaleb(-claim.digits), rounding=ROUND_HALF_UP)
    if shown != claim.value:
        return False
    return target is None or (value < target) == (claim.value < target * 100)


def is_own(claim: Claim) -> bool:
    """Whether a figure is of a kind that no rows count: a time of day, people, how often."""
    return (
        claim.kind in {"time", "code"}
        or claim.unit in _OWN
        or (claim.kind == "number" and claim.unit is None)
    )
