"""A text as figures are looked for in it, and a figure before it is known what stands beside it."""

# ruff: noqa: RUF001 - signs of many scripts
from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

ClaimKind: TypeAlias = Literal["number", "percent", "fraction", "day", "time", "order_id", "code"]
Bound: TypeAlias = Literal["about", "over", "under", "at_least", "at_most"]

LETTER = "a-zß-öø-ÿāăąćčďđēęěğīįłńňőœřśšşťūůűźżž_"
DASH = "-–—"
TAKEN = "\x00"  # stands where a figure was found, so that nothing else finds it

# No reader sees them: marks of line breaks, of the direction of writing, of the form of a sign.
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_WIDE_COMMA = re.compile(
    r"((?<=[０-９]))，(?=[０-９])|((?<![\d图図件紙表第骤因策])[1-9]\d{0,2})，(?=\d{3}(?!\d))"
)
_LOOSE_BLANK = re.compile(r"(?<!\d)\u00a0|\u00a0(?!\d)")


class _Signs(dict[int, str]):
    """Each sign as it is compared: narrow, small, its digit as ASCII; always one sign for one."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isdecimal():
            sign = str(unicodedata.decimal(char))
        else:
            low = (chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else char).lower()
            sign = low if len(low) == 1 else char
        self[code] = sign
        return sign


# A full-width comma parts sentences in Chinese and Japanese, and thousands only where their digits say so.
_SIGNS = _Signs(
    {ord("，"): "，", ord("﹪"): "%", ord("٪"): "%", ord("％"): "%", ord("’"): "'", ord("\u3000"): " "}
    | dict.fromkeys(map(ord, "−‐‑‒﹣－"), "-")
    | dict.fromkeys(map(ord, "\u2007\u2008\u2009\u202f"), "\u00a0")
    | {
        ord("≦"): "≤",
        ord("≧"): "≥",
        ord("﹤"): "<",
        ord("﹥"): ">",
        ord("∼"): "~",
        ord("⁄"): "/",
        ord("∕"): "/",
    }
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as a reader sees it: ``text`` narrow and small, ``shown`` with its capitals, sign for sign alike.

    ``places`` leads from a sign of them to its place in the source; None where both are the same.
    """

    text: str
    shown: str
    places: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the source."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)

    def back(self, place: int) -> int:
        """Where a sign of the source stands here."""
        return place if self.places is None else bisect_left(self.places, place)


def seen(text: str) -> Seen:
    """A text ready to be searched; a blank that does not break is one only between digits."""
    if text.isascii():
        return Seen(text.lower(), text, None)
    places = None
    if _INVISIBLE.search(text):
        places = tuple(at for at, char in enumerate(text) if not _INVISIBLE.match(char))
        text = _INVISIBLE.sub("", text)
    folded = _WIDE_COMMA.sub(r"\1\2,", text).translate(_SIGNS)
    return Seen(_LOOSE_BLANK.sub(" ", folded), text, places)


@dataclass(slots=True)
class Figure:
    """A figure in a seen text; its parts are those of a Claim."""

    start: int
    end: int
    kind: ClaimKind
    value: Decimal | Fraction | str
    digits: int = 0
    ambiguous: bool = False
    malformed: bool = False
    unit: str | None = None
    bound: Bound | None = None


def without(text: str, figures: Iterable[Figure]) -> str:
    """The text with figures taken out of it, each place where it was; the figures are in order."""
    parts, at = [], 0
    for one in figures:
        parts += [text[at : one.start], TAKEN * (one.end - one.start)]
        at = one.end
    return "".join([*parts, text[at:]])
