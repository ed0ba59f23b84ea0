"""One date as a person or a program writes it: wall-clock time, the offset it states, whether it is a bare day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from poa.reports.day_order import DayOrder

# Names of zones that mean one offset wherever they stand; CST, EST, IST and BST do not.
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "PST": -480, "PDT": -420, "JST": 540, "CET": 60, "CEST": 120}
_NAMED = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS = {word: number for number, name in enumerate(_NAMED, start=1) for word in (name[:3], name)} | {
    "sept": 9
}
_TIME = (
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|[A-Z]{3,4}|(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?)?)?"
)
FORMS = tuple(
    re.compile(date + _TIME)
    for date in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
        r"(?P<word>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})",
        r"(?P<day>\d{1,2})[- ](?P<word>[A-Za-z]{3,9})\.?,?[- ](?P<year>\d{4}|\d\d)",
        r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One value read: wall-clock time, the offset it states in minutes, whether it is a bare day."""

    wall: datetime
    offset: int | None
    bare: bool


def moment(value: str, order: DayOrder) -> Moment | None:
    """A value read, with the settled order of day and month; None for what is no date."""
    for form in FORMS:
        found = form.fullmatch(value)
        if found is not None:
            return _from_parts(found.groupdict(), order)
    twice = _TWICE.fullmatch(value)
    return _told_twice(moment(twice[1], order), moment(twice[2], order)) if twice else None


# Amazon's delivery reports write a time in GMT, and once more in brackets as the store's clock shows it.
_TWICE = re.compile(r"([^()]*[^()\s])\s*\(([^()]+)\)")


def _told_twice(one: Moment | None, other: Moment | None) -> Moment | None:
    """A time told in two zones: the one with an offset; none where the two are not the same moment."""
    if one is None or other is None:
        return None
    if one.offset is not None and other.offset is not None:
        same = one.wall - timedelta(minutes=one.offset) == other.wall - timedelta(minutes=other.offset)
        return one if same else None
    return one if one.offset is not None or other.offset is None else other


def _from_parts(parts: dict[str, str | None], order: DayOrder) -> Moment | None:
    year, month, day = parts["year"] or "", parts.get("month"), parts.get("day")
    if parts.get("one"):
        one, two = parts["one"], parts["two"]
        day, month = (one, two) if order == "day_first" or parts["mark"] == "." else (two, one)
    word = parts.get("word")
    number = _MONTHS.get(word.lower()) if word else int(month or 0)
    hour, half = int(parts["hour"] or 0), (parts["half"] or "").lower()[:1]
    offset = _offset(parts["zone"])
    if number is None or offset == "unknown" or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    year_number = int(year) + (2000 if len(year) == 2 else 0)
    minute, second = int(parts["minute"] or 0), int(parts["second"] or 0)
    try:  # the wall clock of a zone that is applied to the whole column
        wall = datetime(year_number, number, int(day or 0), hour, minute, second)  # noqa: DTZ001 - as said above
    except ValueError:
        return None
    return Moment(wall=wall, offset=offset, bare=parts["hour"] is None)


def _offset(zone: str | None) -> int | Literal["unknown"] | None:
    """Minutes east of UTC; None where nothing is stated."""
    if zone is None:
        return None
    if zone in _ZONES:
        return _ZONES[zone]
    found = re.fullmatch(r"(?:UTC|GMT)?([+-])([01]\d|2[0-3]):?([0-5]\d)?", zone)
    if found is None:
        return "unknown"
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return minutes if found[1] == "+" else -minutes


def by_format(value: str, date_format: str) -> Moment | None:
    """A value read by strptime's format; None for what does not fit it."""
    try:
        read = datetime.strptime(value, date_format)  # noqa: DTZ007 - an offset is used where the format has one
    except ValueError:
        return None
    away = read.utcoffset()
    return Moment(
        wall=read.replace(tzinfo=None),
        offset=None if away is None else round(away.total_seconds() / 60),
        bare=not re.search(r"%[HIcXTRr]", date_format),
    )
