"""Times of day in a text: 10:00, 2 pm, 14 Uhr, 下午2点半, 午前10時."""

# ruff: noqa: RUF001 - signs of many scripts
from __future__ import annotations

import re
from collections.abc import Iterator

from poa.review.figures import Figure
from poa.review.number_words import eastern
from poa.review.numbers import Table

_HALF = r" ?([ap])\.?m\b\.?"
_CLOCK = re.compile(
    rf"(?<![\d:.,-])(\d{{1,2}}):([0-5]\d)(?::([0-5]\d))?(?![\d:])(?!\.\d)(?:{_HALF}| ?uhr\b)?"
    rf"|(?<![\d:.,/-])(\d{{1,2}})\.([0-5]\d)(?:{_HALF}| ?uhr\b)"
    rf"|(?<![\d:.,/])(\d{{1,2}})(?:{_HALF}| ?uhr\b(?: (\d\d)(?!\d| ?%|\.))?| ?o'clock\b)"
)
_AFTER_DASH = re.compile(
    rf"(?<=[ap\d]m[-–])(\d{{1,2}})(?::([0-5]\d))?{_HALF}|(?<=\d-)(\d{{1,2}}):([0-5]\d)(?![\d:])(?:{_HALF}| ?uhr\b)?"
    rf"|(?<=\d-)(\d{{1,2}})(?:{_HALF}| ?uhr\b)"
)
_EASTERN_SIGN = re.compile("[时時点點午晚早晨夜朝]")
_PART_OF_DAY = "上午|下午|午前|午後|晚上|早上|凌晨|中午|夜|朝"
_EASTERN = re.compile(
    rf"(?:({_PART_OF_DAY}) ?)?(?<![\d.:第])(\d{{1,2}}) ?(?:(时|時)(?![间間刻代期机機])|(点钟|点整|点|點)(?!击|评|心|名|以内))(?:(\d{{1,2}})分|(半))?"
    rf"|({_PART_OF_DAY}) ?([一二三四五六七八九十两]{{1,3}})[点點時时](?:(半)|([一二三四五六七八九十]{{1,3}})分)?"
    rf"|({_PART_OF_DAY}) ?(\d{{1,2}}):([0-5]\d)(?!\d)"
)
# 点 is also a point of a list and, in Japanese, a piece: only these beside it make a time of it.
_TIMELY = re.compile(
    r"(?:每天|每日|当天|当日|次日|第二天|于|在|至|到|截至|前|后|日|[周星期][一二三四五六日天]|和|与|、|-|–|~|〜) ?$"
)
_AFTER = {"下午", "午後", "晚上", "夜"}
_BEFORE = {"上午", "午前", "早上", "凌晨", "朝"}


def times(text: str, language: str, known: Table) -> Iterator[Figure]:
    """Every time of day, as HH:MM, with seconds where they are told."""
    for found in _CLOCK.finditer(text):
        hour = found[1] or found[5] or found[8]
        half = found[4] or found[7] or found[9]
        if half and language == "de" and " " in found[0]:
            continue  # "22 am 2. November"
        unmarked = half is None and "uhr" not in found[0] and "clock" not in found[0]
        if unmarked and _counts(text, found.end(), known):
            continue  # "附件1:44件"
        yield from _time(found, hour, found[2] or found[6] or found[10], found[3], half)
    for found in _AFTER_DASH.finditer(text):
        half = found[3] or found[6] or found[8]
        yield from _time(found, found[1] or found[4] or found[7], found[2] or found[5], None, half)
    if _EASTERN_SIGN.search(text):
        yield from _eastern(text, language)


def _counts(text: str, place: int, known: Table) -> bool:
    """Whether something is counted right behind a place, which is no hour."""
    unit = known.units.at(text, place)
    return text[place : place + 2].strip()[:1] == "%" or (
        unit is not None and unit[0] not in {"hours", "minutes", "times"}
    )


def _time(
    found: re.Match[str], hour: str, minute: str | None, second: str | None, half: str | None
) -> Iterator[Figure]:
    told, minutes = int(hour), int(minute or 0)
    if told > 24 or minutes > 59 or (told == 24 and minutes) or (half and not 0 < told <= 12):
        return
    if half:
        told = told % 12 + (12 if half == "p" else 0)
    value = f"{told:02d}:{minutes:02d}" + (f":{second}" if second and second != "00" else "")
    yield Figure(found.start(), found.end(), "time", value)


def _eastern(text: str, language: str) -> Iterator[Figure]:
    for found in _EASTERN.finditer(text):
        part = found[1] or found[7] or found[11]
        hour = found[2] or found[12] or eastern(found[8])
        minute = 30 if found[6] or found[9] else found[5] or found[13] or eastern(found[10] or "〇")
        if hour is None or minute is None:
            continue
        bare = found[4] in {"点", "點"} and not (part or found[5] or found[6])
        if bare and (language == "ja" or not _TIMELY.search(text[max(found.start() - 4, 0) : found.start()])):
            continue
        told = int(hour)
        if told > 24 or int(minute) > 59:
            continue
        if part in _AFTER and 0 < told < 12:
            told += 12
        elif part in _BEFORE and told == 12:
            told = 0
        yield Figure(found.start(), found.end(), "time", f"{told:02d}:{int(minute):02d}")
