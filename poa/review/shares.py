"""Shares of a whole: two thirds, ein Viertel, 三分之二, 3分の1, 百分之四, 万分之四, every fifth order, one in four."""

# ruff: noqa: RUF001 - signs of many scripts
from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from poa.review.codes import code
from poa.review.figures import Figure
from poa.review.number_words import EAST, eastern, eastern_digits
from poa.review.numbers import Table

_EASTERN = rf"(?:\d{{1,9}}(?:\.\d{{1,9}})?(?!\d)|[{EAST}]{{1,7}}(?:点[{EAST}]{{1,4}})?)"
_WHOLE = rf"(?:\d{{1,3}},\d{{3}}|\d{{1,4}}万|[{EAST}]{{0,7}}万|{_EASTERN})"
# Behind the dash of "百分之三到百分之五" another share begins.
_PARTS_OF = re.compile(
    rf"(?<![第几幾数{EAST}\d.,])(?:({_WHOLE})分(?:之|の) ?({_EASTERN})(?:(?:到|至|-|–|~|〜)({_EASTERN})(?![{EAST}\d%日月件笔个天分万]))?|百分百)"
)
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
_CENTS = {Decimal(100), Decimal(1000), Decimal(10_000)}


def shares(text: str, known: Table) -> Iterator[Figure]:
    """Every share of a text; of a hundred, a thousand or ten thousand parts it is a percentage."""
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
        yield from _parts_of(found, _whole(found[1]), _number(found[2]))
    for found in _EAST_ONE_IN.finditer(text):
        whole = _number(found[1] or found[2])
        if whole:
            yield from _fraction(found, 1, int(whole))


def _parts_of(found: re.Match[str], whole: Decimal | None, part: Decimal | None) -> Iterator[Figure]:
    """One or two shares: 三分之二, 百分之三到五.

    What has the form of a share and is none is a code, which no row supports: 三分之四 is more than the whole, and
    as a three and a four it could pass by other counts.
    """
    start, end = found.start(), found.end(2)
    if whole in _CENTS and part is not None:
        yield _percent(start, end, found[2], part, whole)
        if found[3] and (last := _number(found[3])) is not None:
            yield _percent(found.start(3), found.end(3), found[3], last, whole)
    elif whole is not None and part is not None and 0 < part < whole:
        yield Figure(start, end, "fraction", Fraction(part) / Fraction(whole))
    else:
        yield code(found.string, start, end)


def _percent(start: int, end: int, said: str, part: Decimal, whole: Decimal) -> Figure:
    digits = len(said.partition("点")[2]) or len(said.partition(".")[2])
    return Figure(start, end, "percent", part * 100 / whole, digits + len(str(whole)) - 3)


def _whole(said: str) -> Decimal | None:
    """How many parts a whole has; 万 alone is ten thousand, as 百 is a hundred."""
    size = said.removesuffix("万")
    number = _number(size.replace(",", "")) if size else Decimal(1)
    return number * 10_000 if number is not None and size != said else number


def _number(said: str) -> Decimal | None:
    """A number in digits or in numerals, with its decimals."""
    if said[0].isdigit():
        return Decimal(said)
    whole, pointed, rest = said.partition("点")
    value = eastern(whole)
    if value is None:
        return None
    return Decimal(f"{value}.{eastern_digits(rest)}") if pointed else Decimal(value)
