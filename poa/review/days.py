"""Days and times of day in a text, as English, German, Chinese and Japanese write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from poa.review.numbers import month_of, month_pattern

_TO = r"[ \u00a0]{0,2}(?:-|–|—|〜|~|～|to|until|through|and|bis(?: zum)?|und|至|到|から)[ \u00a0]{0,2}"  # noqa: RUF001 - dashes and tildes of ranges
_BLANK = r"[ \u00a0\u202f]"
_ISO = re.compile(r"(?<![\d.-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(?!\.\d)")
_EAST = re.compile(
    rf"(?:(\d{{4}}){_BLANK}?年{_BLANK}?)?(\d{{1,2}}){_BLANK}?月{_BLANK}?(\d{{1,2}}){_BLANK}?[日号]"
)
_EAST_MONTH = re.compile(rf"(\d{{4}}){_BLANK}?年{_BLANK}?(\d{{1,2}}){_BLANK}?月")
_EAST_END = re.compile(r"(?:至|到|から|〜|～|-|–|—)(\d{1,2})[日号]")  # noqa: RUF001 - likewise
_SHORT = re.compile(r"(?<![\d.,/-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])(?!\.\d)")
_SHORT_GERMAN = re.compile(r"(?<![\d.,/-])(\d{1,2})\.(\d{1,2})\.(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d:.])(\d{1,2})[:.](\d{2})(?::\d{2})?(?![\d:])(?:[ \u00a0]?(uhr)\b|[ \u00a0]?([ap])\.?m\b\.?)?"
    r"|(?<![\d:.,])(\d{1,2})[ \u00a0]?(?:([ap])\.?m\b\.?|uhr\b)"
    r"|(上午|下午|午前|午後)?(\d{1,2})(?:[点時](?!间|間)(?:(\d{1,2})分)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day in a text: ISO, "--11-02" without its year, "2026-11" without its day, or its own signs if unclear."""

    start: int
    end: int
    value: str
    ambiguous: bool = False


def days(text: str, language: str) -> Iterator[Day]:
    """Every day of a text; ``language`` tells which of day and month a German ``4.11.`` begins with."""
    for found in _ISO.finditer(text):
        if value := _iso(found[1], found[3], found[4]):
            yield Day(start=found.start(), end=found.end(), value=value)
    yield from _eastern(text)
    yield from _western(text)
    for found in _SHORT.finditer(text):
        yield from _short(found, german=language == "de")
    if language == "de":
        for found in _SHORT_GERMAN.finditer(text):
            if value := _iso("", found[2], found[1]):
                yield Day(start=found.start(), end=found.end(), value=value)


def times(text: str) -> Iterator[tuple[int, int, str]]:
    """Every time of day as (start, end, "HH:MM")."""
    for found in _CLOCK.finditer(text):
        hour = int(found[1] or found[5] or found[8])
        minute = int(found[2] or found[9] or 0)
        dotted = found[1] and text[found.end(1)] == "." and not (found[3] or found[4])
        written = found[1] and text[found.end(1)] == ":"  # a time, if an impossible one
        if dotted or (not written and (hour > 24 or minute > 59)):
            continue
        half = (found[4] or found[6] or "").lower() or {"下午": "p", "午後": "p"}.get(found[7] or "", "")
        if half == "p" and hour < 12:
            hour += 12
        yield found.start(), found.end(), f"{hour:02d}:{minute:02d}"


def _eastern(text: str) -> Iterator[Day]:
    before: re.Match[str] | None = None
    for found in _EAST.finditer(text):
        year = found[1] or ""
        # The end of a range has the year of its beginning.
        if not year and before and before[1] and re.fullmatch(_TO, text[before.end() : found.start()]):
            year = before[1]
        if value := _iso(year, found[2], found[3]):
            yield Day(start=found.start(), end=found.end(), value=value)
            end = _EAST_END.match(text, found.end())
            if end and (last := _iso(year, found[2], end[1])):
                yield Day(start=end.start(1), end=end.end(), value=last)
        before = found
    for found in _EAST_MONTH.finditer(text):
        if value := _iso(found[1], found[2], ""):
            yield Day(start=found.start(), end=found.end(), value=value)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    month = rf"({month_pattern()})\b\.?"
    day = r"(\d{1,2})(?:st|nd|rd|th)?"
    return (
        re.compile(
            rf"(?<![\d.,])(?:{day}\.?{_TO})?{day}\.?{_BLANK}{{0,2}}(?:of )?{month}(?:,?{_BLANK}{{1,2}}(\d{{4}}))?(?!\d)",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?<!\w){month}{_BLANK}{{1,2}}{day}(?!\d|[.,]\d|:)(?:{_TO}{day}(?!\d|[.,]\d|:)(?! ?%))?(?:,?{_BLANK}{{1,2}}(\d{{4}}))?(?!\d)",
            re.IGNORECASE,
        ),
        re.compile(rf"(?<!\w){month},?{_BLANK}{{1,2}}(\d{{4}})(?!\d)", re.IGNORECASE),
    )


def _western(text: str) -> Iterator[Day]:
    day_first, month_first, month_only = _patterns()
    for found in day_first.finditer(text):
        yield from _ranged(found, month=3, first=1, last=2, year=4)
    for found in month_first.finditer(text):
        if not found[1][0].islower():  # "may 5" and "march 5" are verbs
            yield from _month_first(found)
    for found in month_only.finditer(text):
        month = month_of(found[1])
        if month and not found[1][0].islower() and (value := _iso(found[2], str(month), "")):
            yield Day(start=found.start(), end=found.end(), value=value)


def _ranged(found: re.Match[str], *, month: int, first: int, last: int, year: int) -> Iterator[Day]:
    """One day, or the two of "2 to 31 October 2026"."""
    number = month_of(found[month])
    if number is None:
        return
    value = _iso(found[year] or "", str(number), found[last])
    if value is None:
        return
    yield Day(start=found.start(last), end=found.end(), value=value)
    if found[first] and (begin := _iso(found[year] or "", str(number), found[first])):
        yield Day(start=found.start(first), end=found.end(first), value=begin)


def _month_first(found: re.Match[str]) -> Iterator[Day]:
    """One day, or the two of "October 2 to 31, 2026"."""
    number = month_of(found[1])
    if number is None:
        return
    year = found[4] or ""
    if found[3] is None:
        if value := _iso(year, str(number), found[2]):
            yield Day(start=found.start(), end=found.end(), value=value)
        return
    begin, end = _iso(year, str(number), found[2]), _iso(year, str(number), found[3])
    if begin and end:
        yield Day(start=found.start(), end=found.end(2), value=begin)
        yield Day(start=found.start(3), end=found.end(), value=end)


def _short(found: re.Match[str], *, german: bool) -> Iterator[Day]:
    one, sign, other, year = found.groups()
    year = year if len(year) == 4 else f"20{year}"
    if german and sign == ".":
        if value := _iso(year, other, one):
            yield Day(start=found.start(), end=found.end(), value=value)
        return
    readings = {value for value in (_iso(year, other, one), _iso(year, one, other)) if value}
    if len(readings) == 1:
        yield Day(start=found.start(), end=found.end(), value=readings.pop())
    elif readings:
        yield Day(start=found.start(), end=found.end(), value=found[0], ambiguous=True)


def _iso(year: str, month: str, day: str) -> str | None:
    """A day as ISO, without its year as ``--11-02``, without its day as ``2026-11``; None for what is none."""
    try:
        known = date(int(year or 2000), int(month), int(day or 1))
    except ValueError:
        return None
    if not day:
        return f"{known.year:04d}-{known.month:02d}"
    return known.isoformat() if year else f"--{known.month:02d}-{known.day:02d}"
