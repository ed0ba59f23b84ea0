"""Every figure that a sentence states, in digits or in words, in any of our languages.

A claim is a number, a percentage, a share ("two thirds"), a day, a time, an order id, or a code: any other
word that holds a digit, such as a SKU, the key of a table (S1) or the name of a file. Every digit of a text lies
in exactly one claim, so that a changed digit cannot hide. Words are claims only where they count something:
"one" and its kin are mostly articles, "second" and "第二" put in an order and count nothing.
"""

# ruff: noqa: RUF001 - signs of numbers in many scripts
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal, TypeAlias, cast

from poa.review import number_words
from poa.review.days import days, times
from poa.review.numbers import Table, table

ClaimKind: TypeAlias = Literal["number", "percent", "fraction", "day", "time", "order_id", "code"]
Bound: TypeAlias = Literal["about", "over", "under", "at_least", "at_most"]

_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ_"
_DASH = "-‐‑‒–—−"  # each is typed for a hyphen or a minus
# Letters that stand right behind a number and make no code of it.
_BEHIND = r"(?:st|nd|rd|th|h|hrs?|hours?|days?|min|mins|minutes?|weeks?|months?|x|am|pm|a\.m|p\.m|uhr|tage?n?|tägig\w{0,2}|stunden?|wochen?|monate?n?|mal|fach|er|skus?|points?|orders?)(?![\w])"
_ORDER = re.compile(rf"(?<!\d)\d{{2,4}}[{_DASH}]\d{{6,8}}[{_DASH}]\d{{6,8}}(?!\d)")
_CODE = re.compile(
    rf"(?<![{_LETTER}\d])(?:[{_LETTER}][{_LETTER}\d]*(?:[-./+][{_LETTER}\d]+)*"
    rf"|\d[\d.]*(?!-?{_BEHIND})[-./_]?[{_LETTER}][{_LETTER}\d]*(?:[-./+][{_LETTER}\d]+)*)",
    re.IGNORECASE,
)
# A dash between two figures is a range; behind a word of a script without blanks it is a minus.
_NUMBER = rf"(?:(?<![{_DASH}{_LETTER}\d.,%])[-−+±])?\d+(?:[.,'\u00a0\u202f]\d+)*"
_PERCENT = re.compile(
    rf"({_NUMBER})(?:[ \u00a0\u202f]{{0,2}}(?:%|‰|per ?cent(?!\w)|prozent(?!punkt)|パーセント)|(成)(?![为为功本立绩员长果交都])|(割)(?!引))",
    re.IGNORECASE,
)
_PLAIN = re.compile(rf"({_NUMBER})([万千億亿]?)")
_ONE_IN = re.compile(
    r"(?<![\d.,])(\d{1,3})(?: in | out of | von je | von )(\d{1,4})(?![\d.,]\d)(?!\d)", re.IGNORECASE
)
_SLASHED = re.compile(r"(?<![\d./])(\d{1,2})/(\d{1,3})(?![\d/])")
_HALF_DAY = re.compile(r"\d{1,2}[ap]\.?m\.?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_TIMES = {"万": 10_000, "千": 1_000, "億": 100_000_000, "亿": 100_000_000}
_WIDE_SIGN = re.compile(r"(?<=\d)[，．](?=\d)")  # elsewhere it ends a sentence or a part of one
# What East Asian keyboards and word processors put for the signs of a number.
_FOLDS = {"％": "%", "－": "-", "／": "/", "：": ":", "＋": "+", "‐": "-", "‑": "-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One figure in a text: ``start`` and ``end`` are its place, ``text`` its own signs, percent sign included.

    ``value`` is a Decimal (percentages as written: 5.59), a Fraction for a share, and text for the others: an ISO
    day ("2026-11-02", "--11-02" without its year, "2026-11" without its day), a time ("10:00"), an order id, a
    code. ``digits`` are its decimals; ``unit`` what it counts, ``bound`` what is said of it ("over 4 %").
    ``ambiguous`` is a day that can be read in two ways, ``malformed`` an order id that has not Amazon's form.
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
    folded = _folded(text)
    known = table(language)
    found: list[Claim] = []
    taken = bytearray(len(text))
    for claim in _read(folded, known, language, names):
        if claim.start < claim.end and not any(taken[claim.start : claim.end]):
            taken[claim.start : claim.end] = b"\x01" * (claim.end - claim.start)
            found.append(replace(claim, text=text[claim.start : claim.end]))
    for left in _DIGITS.finditer(folded):
        for start, end in _free(left.start(), left.end(), taken):
            found.append(_code(folded, start, end, text[start:end]))
    found.sort(key=lambda one: one.start)
    return tuple(_beside(one, folded, known) if one.kind in {"number", "percent"} else one for one in found)


def key(claim: Claim) -> tuple[object, ...]:
    """What two writings of the same figure share: 44 and forty-four, 5.59% and 5,59 %."""
    match claim.kind:
        case "order_id":
            return "order_id", re.sub(r"\D", "", str(claim.value))
        case "number" | "percent":
            signed = isinstance(claim.value, Decimal) and claim.value.is_signed()
            return claim.kind, claim.value, signed, claim.text.startswith("+"), "‰" in claim.text
        case _:
            return claim.kind, claim.value


def pairs(found: tuple[Claim, ...], text: str, language: str) -> tuple[tuple[Claim, Claim], ...]:
    """Figures of which one is a part of the other, as (part, whole): "44 of 787 orders"."""
    whole_numbers = [one for one in found if one.kind == "number"]
    told = []
    for one, other in pairwise(whole_numbers):
        between = _folded(text[one.end : other.start])
        for pattern in table(language).pairs:
            turned = pattern.pattern.startswith("<")
            said = re.compile(pattern.pattern[1:], re.IGNORECASE) if turned else pattern
            if said.search(between):
                told.append((other, one) if turned else (one, other))
                break
    return tuple(told)


def _folded(text: str) -> str:
    """The text with each digit as ASCII and each wide sign narrow, sign by sign in the same place."""
    if text.isascii():
        return text
    narrow = "".join(
        str(unicodedata.digit(char)) if char.isdigit() else _FOLDS.get(char, char) for char in text
    )
    return _WIDE_SIGN.sub(lambda found: "," if found[0] == "，" else ".", narrow)


def _read(text: str, known: Table, language: str, names: Iterable[str]) -> Iterator[Claim]:
    """Everything that may be a figure, what is surest first; of two that overlap the first one holds."""
    yield from _orders(text)
    yield from _codes(text, names)
    for day in days(text, language):
        yield _at(day.start, day.end, "day", day.value, ambiguous=day.ambiguous)
    for start, end, clock in times(text):
        yield _at(start, end, "time", clock)
    yield from _shares(text, known)
    yield from _percentages(text, known)
    yield from _numbers(text, known)
    for start, end, number, kind in number_words.found(text, language, known):
        yield _at(start, end, kind, number, digits=max(-int(number.as_tuple().exponent), 0))


def _at(start: int, end: int, kind: ClaimKind, value: Decimal | Fraction | str, **more: Any) -> Claim:
    return Claim(kind=kind, text="", start=start, end=end, value=value, **more)


def _orders(text: str) -> Iterator[Claim]:
    for found in _ORDER.finditer(text):
        order = re.sub(rf"[{_DASH}]", "-", found[0])
        wrong = re.fullmatch(r"\d{3}-\d{7}-\d{7}", order) is None
        yield _at(found.start(), found.end(), "order_id", order, malformed=wrong)


def _codes(text: str, names: Iterable[str]) -> Iterator[Claim]:
    for name in names:
        folded = _folded(name)
        if folded in text and not _CODE.fullmatch(folded):
            for found in re.finditer(re.escape(folded), text):
                yield _code(text, found.start(), found.end())
    for found in _CODE.finditer(text):
        if any(char.isdigit() for char in found[0]) and not _HALF_DAY.fullmatch(found[0]):
            yield _code(text, found.start(), found.end())


def _percentages(text: str, known: Table) -> Iterator[Claim]:
    for found in _PERCENT.finditer(text):
        value, digits = _valued(found[1], known.decimal)
        if value is not None:
            share = value * 10 if found[2] or found[3] else value / 10 if "‰" in found[0] else value
            yield _at(found.start(), found.end(), "percent", share, digits=digits)


def _numbers(text: str, known: Table) -> Iterator[Claim]:
    for found in _PLAIN.finditer(text):
        value, digits = _valued(found[1], known.decimal)
        if value is not None:
            yield _at(found.start(), found.end(), "number", value * _TIMES.get(found[2], 1), digits=digits)


def _shares(text: str, known: Table) -> Iterator[Claim]:
    for pattern, part, whole in known.parts:
        for found in pattern.finditer(text):
            yield _at(found.start(), found.end(), "fraction", Fraction(part, whole))
    for found in _ONE_IN.finditer(text):
        if found[1] == "1" and int(found[2]):
            yield _at(found.start(), found.end(), "fraction", Fraction(1, int(found[2])))
    for found in _SLASHED.finditer(text):
        if 0 < int(found[1]) < int(found[2]):
            share = Fraction(int(found[1]), int(found[2]))
            yield _at(found.start(), found.end(), "fraction", share)


def _code(text: str, start: int, end: int, shown: str = "") -> Claim:
    value = unicodedata.normalize("NFKC", text[start:end]).casefold()
    return Claim(kind="code", text=shown, start=start, end=end, value=value)


def _valued(number: str, decimal: str) -> tuple[Decimal | None, int]:
    """The value of a number and its decimals; None where its signs make no number in this language."""
    sign = "-" if number[0] in "-−" else ""
    plain = re.sub("['\u00a0\u202f]", "", number.lstrip("-−+±"))
    group = "," if decimal == "." else "."
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", plain):
        plain = plain.replace(group, "")
    elif plain.count(group) == 1 and decimal not in plain:
        plain = plain.replace(group, decimal)  # a decimal as the other half of the world writes it
    whole, _, rest = plain.partition(decimal)
    if not (whole + rest).isdecimal() or (len(whole) > 1 and whole[0] == "0"):
        return None, 0
    return Decimal(f"{sign}{whole}.{rest or '0'}"), len(rest)


def _free(start: int, end: int, taken: bytearray) -> Iterator[tuple[int, int]]:
    """The runs of a stretch that nothing has taken yet."""
    begin = None
    for at in range(start, end + 1):
        if at < end and not taken[at]:
            begin = at if begin is None else begin
        elif begin is not None:
            yield begin, at
            begin = None


def _beside(claim: Claim, text: str, known: Table) -> Claim:
    """The claim with what stands beside it: what it counts, and whether it is a bound."""
    after = text[claim.end : claim.end + 60]
    before = text[max(claim.start - 40, 0) : claim.start]
    unit = claim.unit
    if claim.kind == "number":
        unit = next(
            (code for code, said in known.unit_before if code != "orders" and said.search(before)), None
        )
        unit = unit or next((code for code, said in known.units if said.match(after)), None)
        unit = unit or next((code for code, said in known.unit_before if said.search(before)), None)
    bound = next((code for code, said in known.bound_before if said.search(before)), None)
    bound = bound or next((code for code, said in known.bound_after if _behind(said, after)), None)
    return replace(claim, unit=unit, bound=cast("Bound | None", bound))


def _behind(said: re.Pattern[str], after: str) -> bool:
    """Whether a bound stands behind a figure, or behind the one sign that counts it."""
    return said.match(after) is not None or (after[:1] in _COUNTERS and said.match(after[1:]) is not None)


_COUNTERS = frozenset("件个個单笔名社人天日")


def day_of(value: object) -> date | None:
    """A claim's day as a date; None where it lacks its year or its day."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
