"""Shares of a whole: two thirds, ein Viertel, 三分之二, 3分の1, 百分之四, every fifth order, one in four."""

# ruff: noqa: RUF001 - signs of many scripts
from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from poa.review.figures import Figure
from poa.review.number_words import EAST, eastern, eastern_digits
from poa.review.numbers import Table

_EASTERN = rf"(?:\d{{1,4}}(?:\.\d{{1,4}})?|[{EAST}]{{1,7}}(?:点[{EAST}]{{1,4}})?)"
_PARTS_OF = re.compile(
    rf"(?<![第几幾数{EAST}\d.])(?:({_EASTERN})分(?:之|の) ?({_EASTERN})(?:(?:到|至|-|–|~|〜)({_EASTERN})(?![{EAST}\d%日月件笔个天]))?|百分百)"
)
_SIZES = {"百": 100, "千": 1000, "万": 10_000}
_ONE_IN = re.compile(
    r"(?<![\w.,])1(?:(?: in | out of )(?:every )?| von je | aus )(\d{1,4})(?![\d.,]\d)(?!\d)(?! ?(?:days?|hours?|weeks?|minutes?|tage?n?|stunden?|%))"
)
_ONE_OF = re.compile(
    r"(?<![\w.,])1(?: (?:out )?of (?:every )?| von )(\d{1,2})(?![\d.,]\d)(?!\d)(?! (?:the|our|bis|von)\b)"
)
_EAST_ONE_IN = re.compile(
    rf"每(?:隔)?(\d{{1,4}}|[{EAST}]{{1,4}})[个個件笔单](?:自配送)?(?:的)?(?:订单|包裹)?(?:里面|之中|当中|中|里)?(?:就|便)?有(?:1|一)[个個件笔单]"
    rf"|(?<![{EAST}\d.,])(\d{{1,4}}|[{EAST}]{{1,4}})[件人社個](?:の注文)?(?:中|のうち)?に(?:1|一)[件人社個]"
)
_SLASHED = re.compile(r"(?<![\w/.,])([1-9])/(10|[2-9])(?= (?:of|der|von|aller|unserer)\b|的|の)")
_SIGNS = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
}
_SIGN = re.compile("(?<![0-9])[½⅓⅔¼¾⅕⅖⅗]")
_CENTS = (100, 1000, 10_000)


def shares(text: str, known: Table) -> Iterator[Figure]:
    """Every share of a text; of a hundred or a thousand parts it is a percentage."""
    for found, share in known.parts.found(text):
        yield Figure(found.start(), found.end(), "fraction", Fraction(share))
    if known.numerators is not None:
        for found in known.numerators.finditer(text):
            yield from _fraction(found, known.values[found[1]], known.denominators[found[2]])
    if "分" in text or "に" in text or "每" in text:
        yield from _of_the_far_east(text)
    for found in _SIGN.finditer(text):
        yield from _fraction(found, *_SIGNS[found[0]])
    for found in _ONE_IN.finditer(text):
        yield from _fraction(found, 1, int(found[1]))
    for found in _ONE_OF.finditer(text):
        yield from _fraction(found, 1, int(found[1]) if int(found[1]) <= 10 else 0)
    for found in _SLASHED.finditer(text):
        yield from _fraction(found, int(found[1]), int(found[2]))


def _fraction(found: re.Match[str], part: int, whole: int) -> Iterator[Figure]:
    """A share, where it is less than the whole."""
    if 0 < part < whole:
        yield Figure(found.start(), found.end(), "fraction", Fraction(part, whole))


def _of_the_far_east(text: str) -> Iterator[Figure]:
    for found in _PARTS_OF.finditer(text):
        if found[0] == "百分百":
            yield Figure(found.start(), found.end(), "percent", Decimal(100))
            continue
        whole = _SIZES.get(found[1]) or _number(found[1])
        for at in (2, 3):
            part = _number(found[at]) if found[at] else None
            if not whole or part is None:
                continue
            start = found.start() if at == 2 else found.start(3)
            end = found.end(at)
            if whole in _CENTS:
                digits = len(found[at].partition("点")[2]) or len(found[at].partition(".")[2])
                value = part * 100 / Decimal(whole)
                yield Figure(start, end, "percent", value, digits + len(str(whole)) - 3)
            elif at == 2 and whole == int(whole) and part == int(part) > 0:
                yield Figure(start, end, "fraction", Fraction(int(part), int(whole)))
    for found in _EAST_ONE_IN.finditer(text):
        whole = _number(found[1] or found[2])
        if whole:
            yield from _fraction(found, 1, int(whole))


def _number(said: str) -> Decimal | None:
    """A number in digits or in numerals, with its decimals."""
    if said[0].isdigit():
        return Decimal(said)
    whole, pointed, rest = said.partition("点")
    value = eastern(whole)
    if value is None:
        return None
    return Decimal(f"{value}.{eastern_digits(rest)}") if pointed else Decimal(value)
