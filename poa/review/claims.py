"""Every figure that a sentence states, in digits or in words, in any of our languages.

A claim is a number, a percentage, a share ("two thirds"), a day, a time, an order id, or a code: any other
word that holds a digit, such as a SKU, the key of a table (S1) or the name of a file, and what has the form of a
share and is none (三分之四). Every digit of a text lies in exactly one claim, so that a changed digit cannot hide.
Words are claims only where they count something: "one" and its kin are mostly articles, "second" and "第二" put in
an order and count nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from poa.remembering import remembered
from poa.review.beside import beside, pairs_in
from poa.review.codes import code, codes, named, orders
from poa.review.digits import numbers
from poa.review.figures import Bound, ClaimKind, Figure, Seen, seen, without
from poa.review.number_words import words
from poa.review.numbers import table
from poa.review.shares import shares
from poa.review.short_days import in_ranges, machine_times, short_days
from poa.review.times import times
from poa.review.worded_days import worded_days

_DIGIT = re.compile(r"\d")
_SIGN = {"+": "+", "＋": "+", "±": "±"}  # noqa: RUF001 - signs that the value of a number does not hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One figure in a text: ``start`` and ``end`` are its place, ``text`` its own signs, percent sign included.

    ``value`` is a Decimal (percentages as written: 5.59), a Fraction for a share, and text for the others: an ISO
    day ("2026-11-02", "--11-02" without its year, "2026-11" without its day, "--11" without both), a time
    ("10:00"), an order id, a code. ``digits`` are its decimals; ``unit`` what it counts, ``bound`` what is said
    of it ("over 4 %"). ``ambiguous`` is a day that can be read in two ways (its value is "3/4/2026", as
    written), ``malformed`` an order id that has not Amazon's form.
    """

    kind: ClaimKind
    text: str
    start: int
    end: int
    value: Decimal | Fraction | str
    digits: int = 0
    unit: str | None = None
    bound: Bound | None = None
    ambiguous: bool = False
    malformed: bool = False


def claims(text: str, *, language: str, names: Iterable[str] = ()) -> tuple[Claim, ...]:
    """The figures of a text in their order; ``names`` that hold digits are codes as a whole."""
    return _claims(text, language, tuple(names))


@remembered(1 << 13)
def _claims(text: str, language: str, names: tuple[str, ...]) -> tuple[Claim, ...]:
    shown = seen(text)
    found = []
    for one in _figures(shown, language, names):
        start, end = shown.span(one.start, one.end)
        found.append(
            Claim(
                kind=one.kind,
                text=text[start:end],
                start=start,
                end=end,
                value=one.value,
                digits=one.digits,
                unit=one.unit,
                bound=one.bound,
                ambiguous=one.ambiguous,
                malformed=one.malformed,
            )
        )
    return tuple(found)


def days(text: str, language: str) -> tuple[Claim, ...]:
    """The days among them; ``language`` tells which of day and month a German ``4.11.`` begins with."""
    return tuple(one for one in claims(text, language=language) if one.kind == "day")


def key(claim: Claim) -> tuple[object, ...]:
    """What two writings of the same figure share: 44 and forty-four, 5.59% and 5,59 %."""
    match claim.kind:
        case "order_id":
            return "order_id", re.sub(r"[\W_]", "", str(claim.value))
        case "number" | "percent":
            signed = isinstance(claim.value, Decimal) and claim.value.is_signed()
            return claim.kind, claim.value, signed, _SIGN.get(claim.text[:1], ""), "‰" in claim.text
        case _:
            return claim.kind, claim.value


def pairs(found: tuple[Claim, ...], text: str, language: str) -> tuple[tuple[Claim, Claim], ...]:
    """Figures of which one is a part of the other, as (part, whole): "44 of 787 orders"."""
    shown = seen(text)
    claim_of = {shown.back(one.start): one for one in found}
    figures = [
        Figure(at, shown.back(one.end - 1) + 1, one.kind, one.value, unit=one.unit)
        for at, one in claim_of.items()
    ]
    left = without(shown.text, (one for one in figures if one.kind != "number"))
    told = pairs_in([one for one in figures if one.kind == "number"], left, table(language))
    return tuple((claim_of[part.start], claim_of[whole.start]) for part, whole in told)


def day_of(value: object) -> date | None:
    """A claim's day as a date; None where it lacks its year or its day."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _figures(shown: Seen, language: str, names: Iterable[str]) -> list[Figure]:
    """Every figure of a text in order: what is surest is looked for first, and nothing finds it again."""
    known = table(language)
    text = _Text(shown.text)
    digits = _DIGIT.search(shown.text) is not None
    if digits:
        text.take(named(shown, names))
        text.take(orders(text.left))
        text.take(machine_times(text.left))
    text.take(worded_days(text.left, shown.shown, language))
    if digits:
        text.take(codes(text.left, shown.shown, known))
        text.take(short_days(text.left, language))
    in_ranges([one for one in text.figures if one.kind == "day"], shown.text)
    text.take(times(text.left, language, known))
    text.take(shares(text.left, known))
    text.take(words(text.left, shown.shown, language, known))
    if digits:
        text.take(numbers(text.left, shown.text, known))
    text.take(_left_over(text.left))
    if text.figures:
        beside(text.figures, shown.text, known)
    return text.figures


class _Text:
    """The figures of a text as they are found, and what is left of it to look for more."""

    def __init__(self, text: str) -> None:
        self.left = text
        self.figures: list[Figure] = []
        self._taken = bytearray(len(text))

    def take(self, new: Iterable[Figure]) -> None:
        """Keep what overlaps nothing that was found before it."""
        fresh = []
        for one in new:
            if one.start < one.end and self._taken.find(1, one.start, one.end) < 0:
                self._taken[one.start : one.end] = b"\x01" * (one.end - one.start)
                fresh.append(one)
        if fresh:
            fresh.sort(key=_start)
            self.left = without(self.left, fresh)
            self.figures = sorted([*self.figures, *fresh], key=_start)


def _start(one: Figure) -> int:
    return one.start


def _left_over(text: str) -> Iterator[Figure]:
    """Digits that belong to nothing, such as those of m² and of numbers in circles."""
    odd = "" if text.isascii() else "".join(one for one in set(text) if one.isdigit() and not one.isdecimal())
    for found in re.finditer(rf"\d+|[{odd}]+" if odd else r"\d+", text):
        yield code(text, found.start(), found.end())
