"""Weeks from Monday to Sunday, named as ISO 8601 does: ``2026-W44``."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from poa.analysis.windows import Window
from poa.errors import UsageFault
from poa.orders import YEARS

_NAME = re.compile(r"([0-9]{4})-[Ww]([0-9]{2})")
_DAYS = 7


def iso_week(day: date) -> str:
    """The name of the week that holds a day; around New Year its year may be another than the day's."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def week_of(day: date) -> Window:
    """The week that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return Window(days=_DAYS, first=monday, last=monday + timedelta(days=_DAYS - 1))


def week_window(text: str) -> Window:
    """The week of a name such as ``2026-W44``; raises UsageFault (``bad_week``) for what names none."""
    found = _NAME.fullmatch(text.strip())
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        monday = None
    if monday is None or not YEARS[0] < monday.year < YEARS[1] - 1:
        raise UsageFault(
            "bad_week",
            f"'{text}' is no week.",
            hint="Give year and week as in 2026-W44: four digits, -W, and the week from 01 to 52 or 53.",
        )
    return week_of(monday)


def cut_off(window: Window, zone: str) -> datetime:
    """The instant at which the last day of a window ends in a zone: the first instant of the day after it.

    What happened before it belongs to the window. Where the clocks skip midnight, the day begins after the gap.
    """
    midnight = datetime.combine(window.last + timedelta(days=1), time.min, tzinfo=ZoneInfo(zone))
    return midnight.astimezone(UTC).astimezone(midnight.tzinfo)


def weeks_between(first: date, last: date) -> tuple[Window, ...]:
    """Every week that holds one of the days from ``first`` to ``last``, the earliest first; none where they are turned round."""
    if last < first:
        return ()
    start = week_of(first)
    number = (week_of(last).first - start.first).days // _DAYS + 1
    return tuple(week_of(start.first + timedelta(days=_DAYS * at)) for at in range(number))
