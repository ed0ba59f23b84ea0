"""Days whose month is a word or a sign of its own: 2 November 2026, October 2 to 31, 10月2日至31日, 十月二日."""

# ruff: noqa: RUF001 - signs of many scripts
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from poa.review.figures import LETTER, Figure
from poa.review.number_words import eastern, eastern_digits
from poa.review.numbers import month_of, month_pattern, table
from poa.review.short_days import TO, YEAR, iso


def worded_days(text: str, shown: str, language: str) -> Iterator[Figure]:
    """Every such day, alone, in a range or in a list; ``shown`` has the capitals of the text."""
    if "月" in text:
        yield from _eastern(text)
    if _a_month().search(text):
        yield from _western(text, shown, language)


# --- East Asia -----------------------------------------------------------------------------------------

_NUMERAL = "〇零一二三四五六七八九十"
_MONTH = re.compile("月(?![间間額次])")
_BEFORE = re.compile(
    rf"(?:(?:(令和) ?(\d{{1,2}}|元)|(?<!\d)(\d{{4}}|\d\d)|([{_NUMERAL}]{{4}})) ?年 ?)?"
    rf"(?:(?<![\d.])(\d{{1,2}})|(?<![{_NUMERAL}第])([一二三四五六七八九十]{{1,2}})) ?$"
)
_BEHIND = re.compile(
    rf" ?(?:(\d{{1,2}})(?: ?(?:至|到|〜|~|-|–|—|、) ?(\d{{1,2}}))?|([{_NUMERAL}]{{1,3}})) ?两?[日号號](?![间間])"
)
_NEXT = re.compile(
    r" ?(?:至|到|から|〜|~|-|–|—|、|和|及|と|与|・) ?(\d{1,2}) ?[日号號](?![间間内本后後前]|以内|ごと|おき|目)"
)


def _eastern(text: str) -> Iterator[Figure]:
    """Days around the sign of the month: 2026年10月2日, 十月二日, 10月2日至31日, 2026年10月, 10月."""
    for month in _MONTH.finditer(text):
        begin = max(month.start() - 14, 0)
        before = _BEFORE.search(text[begin : month.start()])
        if before is None:
            continue
        start, year = begin + before.start(), _year(before)
        number = before[5] or str(eastern(before[6]) or 0)
        behind = _BEHIND.match(text, month.end())
        day = behind and (behind[1] or str(eastern(behind[3]) or 0))
        if behind and day and (value := iso(year, number, day)):
            yield from _east_days(start, value, behind, year, number)
        elif before[5] and (value := iso(year, number, "")):
            yield Figure(start, month.end(), "day", value if year else f"-{value[4:]}")


def _east_days(start: int, value: str, behind: re.Match[str], year: str, month: str) -> Iterator[Figure]:
    """A day with those that follow it in the same month: 10月2日至31日."""
    end = behind.end()
    last = iso(year, month, behind[2]) if behind[2] else None
    if behind[2] and last is None:
        return
    yield Figure(start, behind.end(1) if last else end, "day", value)
    if last:
        yield Figure(behind.start(2), end, "day", last)
    for _ in range(6):
        more = _NEXT.match(behind.string, end)
        later = iso(year, month, more[1]) if more else None
        if more is None or later is None:
            return
        yield Figure(more.start(1), more.end(), "day", later)
        end = more.end()


def _year(before: re.Match[str]) -> str:
    if before[1]:
        return str(2018 + (1 if before[2] == "元" else int(before[2])))
    if before[4]:
        return eastern_digits(before[4])
    return f"20{before[3]}" if before[3] and len(before[3]) == 2 else before[3] or ""


# --- Latin letters -------------------------------------------------------------------------------------

_VERBS = {"may", "march", "mar"}
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"


@cache
def _a_month() -> re.Pattern[str]:
    return re.compile(month_pattern())


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    month = rf"({month_pattern()})(?![a-zäöü])"
    no_more = r"(?!\d|[.,:]\d| ?%|(?:st|nd|rd|th)?\w)"
    lead = rf"((?:{_DAY}\.?, ){{0,4}}(?:{_DAY}\.?,?{TO}))?"
    return (
        re.compile(
            rf"(?<![{LETTER}\d.,/:'-]){lead}(\d{{1,2}})(?:st|nd|rd|th)?(\.?)(?: {{0,2}}|-)(?:(?:day )?of )?{month}\.?"
            rf"(?:(?:,? {{1,2}}|-)({YEAR})|-(\d\d))?(?!\d)"
        ),
        re.compile(
            rf"(?<![{LETTER}\d-]){month}\.?(?: {{1,2}}|-(?=\d{{1,2}}-{YEAR}))(\d{{1,2}})(?:st|nd|rd|th)?{no_more}"
            rf"((?:, {_DAY}{no_more}){{0,4}},?{TO}{_DAY}{no_more})?(?:(?:,? {{1,2}}|-)({YEAR})(?!\d))?"
        ),
        re.compile(rf"(?<![{LETTER}\d]){month}\.?(?:,? {{1,2}}|-| of | des jahres )({YEAR})(?!\d)"),
    )


def _western(text: str, shown: str, language: str) -> Iterator[Figure]:
    day_first, month_first, month_only = _patterns()
    for found in day_first.finditer(text):
        dotted = found[3] and language != "de" and not found[5]
        if not dotted and _is_month(shown, found, 4):
            yield from _day_first(found)
    for found in month_first.finditer(text):
        if _is_month(shown, found, 1) and not _counted(text, found, language):
            yield from _month_first(found)
    for found in month_only.finditer(text):
        if _is_month(shown, found, 1) and (value := iso(found[2], _month(found[1]), "")):
            yield Figure(found.start(), found.end(), "day", value)


def _is_month(shown: str, found: re.Match[str], group: int) -> bool:
    """Whether a word that may be a month is one: "may" and "march" in small letters are verbs."""
    return found[group] not in _VERBS or shown[found.start(group)].isupper()


def _counted(text: str, found: re.Match[str], language: str) -> bool:
    """Whether what stands behind a month counts something: "In October 22 orders were late"."""
    if found[4]:
        return False
    within = re.search(
        r"\b(?:in|im|during|for|throughout) $", text[max(found.start() - 12, 0) : found.start()]
    )
    return within is not None or (language == "de" or table(language).units.at(text, found.end()) is not None)


def _month(word: str) -> str:
    return str(month_of(word) or 0)


def _day_first(found: re.Match[str]) -> Iterator[Figure]:
    """One day, or those of "2 to 31 October 2026"."""
    month = _month(found[4])
    year = found[5] or (f"20{found[6]}" if found[6] else "")
    value = iso(year, month, found[2])
    if value is None:
        return
    yield Figure(found.start(2), found.end(), "day", value)
    if found[1]:
        yield from _others(found, 1, year=year, month=month, before=int(found[2]))


def _month_first(found: re.Match[str]) -> Iterator[Figure]:
    """One day, or those of "October 2 to 31, 2026"."""
    month, year = _month(found[1]), found[4] or ""
    value = iso(year, month, found[2])
    if value is None:
        return
    others = [*_others(found, 3, year=year, month=month, after=int(found[2]))] if found[3] else []
    yield Figure(found.start(), found.end(2) if found[3] else found.end(), "day", value)
    if others:
        others[-1].end = found.end()
    yield from others


def _others(
    found: re.Match[str], group: int, *, year: str, month: str, before: int = 99, after: int = 0
) -> Iterator[Figure]:
    """The other days of a range or a list; nothing where they do not rise, for then they are no days."""
    days = [*re.finditer(r"(\d{1,2})\.?", found[group])]
    numbers = [after, *(int(one[1]) for one in days), before]
    values = [iso(year, month, one[1]) for one in days]
    if all(one < other for one, other in pairwise(numbers)) and all(values):
        for one, value in zip(days, values, strict=True):
            start = found.start(group) + one.start()
            yield Figure(start, start + len(one[0]), "day", str(value))
