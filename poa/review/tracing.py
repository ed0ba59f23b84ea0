"""From a figure as it is printed, or a fact's id, to the facts that print so: what stands behind a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from itertools import product

from poa.facts import Plain
from poa.review.claims import Claim, claims
from poa.review.fact_names import named
from poa.review.fair import rounds_to
from poa.review.ground import Ground
from poa.review.marks import Names
from poa.review.sentences import plain
from poa.words import spoken

_UNITS = {
    "orders": {"orders", "about", "packages", "units"},
    "late_orders": {"orders", "about"},
    "days": {"days", "about"},
    "business_days": {"days"},
    "hours": {"hours"},
    "rows": {"rows"},
    "skus": {"groups"},
    "suppliers": {"suppliers", "groups"},
    "carriers": {"groups"},
}
_SHARE = Decimal("0.025")  # how far "two thirds" may be from a share of the rows
_PHRASE = 6  # signs; a shorter piece of a statement is in too many
_NEAREST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a fact is printed: the paper, the heading it stands under, the number of the paragraph, its words.

    ``line`` is the position of the line in the paper as poa printed it.
    """

    document: str
    line: int
    heading: str | None
    paragraph: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """A fact that prints as what was asked; ``words`` say what it is, ``rows`` are as ``facts.json`` has them."""

    fact: str
    words: str
    value: Plain
    unit: str
    printed: tuple[Place, ...]
    rows: Mapping[str, Plain]


def trace(words: str, ground: Ground, *, language: str) -> tuple[Traced, ...]:
    """Every fact that prints as some words, or whose id they are; those that are printed come first."""
    return _Tracing(ground, language).found(words)


def nearest(words: str, ground: Ground, *, language: str) -> tuple[Traced, ...]:
    """The facts of the same kind whose values come nearest to a figure that no fact prints."""
    return _Tracing(ground, language).near(words)


def traced_data(one: Traced, *, language: str) -> dict[str, Plain]:
    """A traced fact as JSON."""
    return {
        "fact": one.fact,
        "what": spoken(one.words, language),
        "value": one.value,
        "unit": one.unit,
        "printed": [
            {"document": at.document, "heading": at.heading, "paragraph": at.paragraph, "text": at.text}
            for at in one.printed
        ],
        "rows": dict(one.rows),
    }


class _Tracing:
    def __init__(self, ground: Ground, language: str) -> None:
        self.ground, self.language = ground, language

    def found(self, words: str) -> tuple[Traced, ...]:
        facts = dict.fromkeys(self._by_id(words) or self._by_words(words))
        return tuple(sorted(map(self._traced, facts), key=lambda one: not one.printed))

    def near(self, words: str) -> tuple[Traced, ...]:
        """By distance; of facts that are as near, those that are printed."""
        figures = (
            (one, wanted)
            for one in self._claims(words)
            if (wanted := _value(one)) is not None and not any(self._of(one))
        )
        claim, wanted = next(figures, (None, Decimal(0)))
        if claim is None:
            return ()
        ranked = sorted(
            (abs(value - wanted), fact not in self._printed, fact) for fact, value in self._values(claim)
        )
        once = {str(self.ground.value(fact)): fact for _, _, fact in reversed(ranked)}
        return tuple(self._traced(fact) for fact in [*reversed(once.values())][:_NEAREST])

    def _traced(self, fact: str) -> Traced:
        one = self.ground.evidence[fact]
        return Traced(
            fact=fact,
            words=named(fact, self.ground),
            value=one.get("value"),
            unit=str(one.get("unit", "")),
            printed=tuple(self._printed.get(fact, ())),
            rows=one.get("rows") or {},
        )

    # --- what fits -------------------------------------------------------------------------------

    def _by_id(self, words: str) -> list[str]:
        """The fact of an id; all that begin with it, where it is the beginning of several."""
        asked = words.strip()
        if asked in self.ground.evidence:
            return [asked]
        if "_" not in asked and "." not in asked:
            return []
        return [fact for fact in self.ground.evidence if fact.startswith(f"{asked}.")]

    def _by_words(self, words: str) -> Iterator[str]:
        asked = plain(words)
        if not asked:
            return
        for fact, places in self._printed.items():  # exactly as it stands in a paper
            if any(plain(one.text) == asked for one in places):
                yield fact
        yield from self._texts(asked)
        each = [[*self._of(claim)] for claim in self._claims(words)]
        if not all(each):
            return  # one figure of several that nothing prints: the words as a whole are not proven
        if len(each) == 2 and (pairs := [*_beside(*each)]):  # "44 of 787" is a part and its whole
            yield from pairs
            return
        for facts in each:
            yield from facts

    def _texts(self, asked: str) -> Iterator[str]:
        """Facts that are a name, and statements that hold the words."""
        for fact, one in self.ground.evidence.items():
            value, unit = one.get("value"), one.get("unit")
            if isinstance(value, str) and unit in {"name", "statement"}:
                shown = plain(value)
                if shown == asked or (unit == "statement" and len(asked) >= _PHRASE and asked in shown):
                    yield fact

    def _of(self, claim: Claim) -> Iterator[str]:
        if claim.kind == "day":
            yield from (fact for fact, day in self._days.items() if _same_day(day, str(claim.value)))
        elif claim.kind == "order_id":
            digits = re.sub(r"\D", "", str(claim.value))
            yield from (
                fact
                for fact in self.ground.evidence
                if fact.startswith("late_orders.") and re.sub(r"\D", "", fact) == digits
            )
        elif claim.kind == "code":  # the key of a group: S1
            key = re.compile(rf"late_by_\w+\.{re.escape(claim.text)}\.\w+", re.IGNORECASE)
            yield from filter(key.fullmatch, self.ground.evidence)
        else:
            yield from (fact for fact, value in self._values(claim) if _prints(value, claim))

    def _values(self, claim: Claim) -> Iterator[tuple[str, Decimal]]:
        """Facts that are counted as the figure is."""
        shares = claim.kind in {"percent", "fraction"}
        units = {"fraction"} if shares else _UNITS.get(claim.unit or "")
        for fact, one in self.ground.evidence.items():
            value, unit = one.get("value"), one.get("unit")
            if not isinstance(value, (int, float)) or isinstance(value, bool):
                continue
            if unit in units if units else unit != "fraction":
                yield fact, Decimal(repr(value))

    def _claims(self, words: str) -> tuple[Claim, ...]:
        names = Names(self.ground.names).with_digits
        return claims(words, language=self.language, names=names)

    # --- the facts, sorted -----------------------------------------------------------------------

    @cached_property
    def _days(self) -> Mapping[str, str]:
        return {
            fact: value
            for fact, one in self.ground.evidence.items()
            if isinstance(value := one.get("value"), str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
        }

    @cached_property
    def _printed(self) -> Mapping[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for name, base in self.ground.bases.items():
            for at, cited in base.cited.items():
                line = base.paper.lines[at]
                heading = base.paper.heading(at)
                for one in cited:
                    place = Place(
                        document=name, line=at, heading=heading, paragraph=line.paragraph, text=one.text
                    )
                    found.setdefault(one.fact, []).append(place)
        return found


def _value(claim: Claim) -> Decimal | None:
    """The value of a figure as facts have it, a share as a part of one; None for days, times and names."""
    match claim.value:
        case Decimal():
            return claim.value / 100 if claim.kind == "percent" else claim.value
        case Fraction():
            return Decimal(claim.value.numerator) / Decimal(claim.value.denominator)
        case _:
            return None


def _prints(value: Decimal, claim: Claim) -> bool:
    """Whether a value is printed as a figure, rounded half up to its digits."""
    if claim.kind == "percent":
        return rounds_to(value, claim)
    wanted = _value(claim)
    if wanted is None:
        return False
    if claim.kind == "fraction":
        return abs(value - wanted) <= _SHARE
    return value.quantize(Decimal(1).scaleb(-claim.digits), rounding=ROUND_HALF_UP) == wanted


def _same_day(day: str, asked: str) -> bool:
    """Whether a day is the one asked for, which may lack its year ("--10-14") or its day ("2026-10")."""
    return day in {asked, f"{day[:4]}{asked[1:]}" if asked.startswith("--") else asked} or (
        len(asked) == 7 and not asked.startswith("--") and day.startswith(asked)
    )


def _beside(parts: list[str], wholes: list[str]) -> Iterator[str]:
    """Facts of the same group, the one a part of the other."""
    for part, whole in product(parts, wholes):
        if part.rpartition(".")[0] == whole.rpartition(".")[0] != "":
            yield part
            yield whole
