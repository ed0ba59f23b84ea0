"""Days in digits alone (2026-10-31, 4.11., 13/04/2026), and the years of the ends of a range."""

# ruff: noqa: RUF001 - signs of many scripts
from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from poa.review.figures import Figure

TO = r" {0,2}(?:-|–|—|〜|~|/|to|until|through|till|and|&|or|bis(?: zum| einschließlich)?|und(?: dem)?|oder|至|到|から|和|及|と) {0,2}"
RANGE = re.compile(TO)
YEAR = r"(?:19|20)\d\d"
_ISO = re.compile(rf"(?<![\d.-])({YEAR})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?!\d)(?!\.\d)(?!-\d)")
_ISO_TIME = re.compile(
    rf"(?<![\d.-])({YEAR})-(\d\d)-(\d\d)t(\d\d:\d\d(?::\d\d)?(?:\.\d{{1,9}})?(?:z|[+-]\d\d:?\d\d)?)(?!\w)"
)
_ISO_MONTH = re.compile(rf"(?<![\d./-])({YEAR})[-/](0[1-9]|1[0-2])(?![\d/-])(?!\.\d)")
_MONTH_YEAR = re.compile(rf"(?<![\d./-])(0?[1-9]|1[0-2])/({YEAR})(?![\d/])")
_SHORT = tuple(
    re.compile(one)
    for one in (
        rf"(?<![\d./])(\d{{1,2}})(/)(\d{{1,2}})/({YEAR}|\d\d)(?![\d/])",
        rf"(?<![\d,])(?<!\d\.)(\d{{1,2}})(\.) ?(\d{{1,2}})\. ?({YEAR}|\d\d)(?!\d)(?!\.\d)",
        rf"(?<![\w.-])(\d{{1,2}})(-)(\d{{1,2}})-({YEAR}|\d\d)(?![\d-])",
    )
)
_SHORT_BEGIN = re.compile(r"(?<![\d.,/-])(\d{1,2})\.? ?(?:-|–|—|bis(?: zum)?) ?$")
_SHORT_GERMAN = re.compile(r"(?<![\d,/])(?<!\d\.)(\d{1,2})\. ?(\d{1,2})\.(?!\d)(?! ?\d{1,2}\.)")
_MONTH_DAY_END = re.compile(r"(\d{1,2})/(\d{1,2})(?![\d/]|\.\d| ?%)")
_MONTH_DAY = {
    "en": re.compile(
        r"\b(?:on|by|since|until|till|before|after|dated|from|through|between) (\d{1,2})/(\d{1,2})(?![\d/]|\.\d| ?%)"
    ),
    "ja": re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})(?=(?:から|より|に|まで|以降|時点|頃|付|~|〜|起))"),
    "zh": re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})(?=(?:起|之前|之后|前|后|至|到|~|〜))"),
}


def machine_times(text: str) -> Iterator[Figure]:
    """Points of time as machines write them, each a day and a time."""
    for found in _ISO_TIME.finditer(text):
        if value := iso(found[1], found[2], found[3]):
            yield Figure(found.start(), found.end(3), "day", value)
            clock = re.sub(r"^(\d\d:\d\d):00$", r"\1", found[4])
            yield Figure(found.end(3), found.end(), "time", clock)


def short_days(text: str, language: str) -> Iterator[Figure]:
    """Days in digits alone; ``language`` tells which of day and month a German ``4.11.`` begins with."""
    yield from _of_parts(_ISO, text, year=1, month=3, day=4)
    for pattern in _SHORT:
        for found in pattern.finditer(text):
            yield from _short(found, language)
    yield from _of_parts(_ISO_MONTH, text, year=1, month=2)
    yield from _of_parts(_MONTH_YEAR, text, year=2, month=1)
    if language == "de":
        yield from _of_parts(_SHORT_GERMAN, text, month=2, day=1)
    elif language in _MONTH_DAY:
        for found in _MONTH_DAY[language].finditer(text):
            yield from _month_day(found, language)
            to = RANGE.match(text, found.end())
            if to and (end := _MONTH_DAY_END.match(text, to.end())):
                yield from _month_day(end, language)


def _of_parts(
    pattern: re.Pattern[str], text: str, *, month: int, year: int = 0, day: int = 0
) -> Iterator[Figure]:
    """Every day of a form of which it is known where year, month and day stand; 0 where it lacks them."""
    for found in pattern.finditer(text):
        if value := iso(found[year] if year else "", found[month], found[day] if day else ""):
            yield Figure(found.start(), found.end(), "day", value)


def in_ranges(days: list[Figure], text: str) -> None:
    """Give each end of a range its year where only the other end tells it: "from 2 October to 31 October 2026"."""
    for one, other in pairwise(days):
        first, last = str(one.value), str(other.value)
        if first.startswith("--") == last.startswith("--") or other.start - one.end > 24:
            continue
        if len(first) < 7 or len(last) < 7 or one.ambiguous or other.ambiguous:
            continue
        if RANGE.fullmatch(text, one.end, other.start) is None:
            continue
        turns = first[-5:] > last[-5:]  # a range over the end of a year
        if first.startswith("--") and len(last) == 10:
            one.value = _of_year(int(last[:4]) - turns, first)
        elif last.startswith("--") and len(first) == 10:
            other.value = _of_year(int(first[:4]) + turns, last)


def _of_year(year: int, value: str) -> str:
    return iso(str(year), value[2:4], value[5:]) or value


# --- digits alone --------------------------------------------------------------------------------------


def _short(found: re.Match[str], language: str) -> Iterator[Figure]:
    one, sign, other, year = found.groups()
    if len(year) == 2 and sign == "." and language != "de":
        return  # "1.2.26" is a version
    year = year if len(year) == 4 else f"20{year}"
    if language == "de" and sign == ".":
        if value := iso(year, other, one):
            yield Figure(found.start(), found.end(), "day", value)
            yield from _short_begin(found, year, other, one)
        return
    readings = {value for value in (iso(year, other, one), iso(year, one, other)) if value}
    if len(readings) == 1:
        yield Figure(found.start(), found.end(), "day", readings.pop())
    elif readings:
        unclear = f"{int(one)}/{int(other)}/{year}"
        yield Figure(found.start(), found.end(), "day", unclear, ambiguous=True)


def _short_begin(found: re.Match[str], year: str, month: str, last: str) -> Iterator[Figure]:
    """The first day of ``02.-31.10.2026``."""
    start = max(found.start() - 12, 0)
    begin = _SHORT_BEGIN.search(found.string[start : found.start()])
    if begin and int(begin[1]) < int(last) and (value := iso(year, month, begin[1])):
        yield Figure(start + begin.start(1), start + begin.end(1), "day", value)


def _month_day(found: re.Match[str], language: str) -> Iterator[Figure]:
    """A day without its year in digits; where day and month may be turned, its own signs."""
    readings = {iso("", found[1], found[2])}
    if language == "en":
        readings.add(iso("", found[2], found[1]))
    readings.discard(None)
    if len(readings) == 1:
        yield Figure(found.start(1), found.end(2), "day", str(readings.pop()))
    elif readings:
        unclear = f"{int(found[1])}/{int(found[2])}"
        yield Figure(found.start(1), found.end(2), "day", unclear, ambiguous=True)


def iso(year: str, month: str, day: str) -> str | None:
    """A day as ISO, without its year as ``--11-02``, without its day as ``2026-11``; None for what is none."""
    try:
        known = date(int(year or 2000), int(month), int(day or 1))
    except ValueError:
        return None
    if not day:
        return f"{known.year:04d}-{known.month:02d}"
    return known.isoformat() if year else f"--{known.month:02d}-{known.day:02d}"
