"""Which of two numbers is the day: ``03/04/2026`` is settled by the other rows of its column, or by nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from poa.characters import shown_date

DayOrder: TypeAlias = Literal["day_first", "month_first"]
DAY_ORDERS: dict[str, DayOrder] = {"day-first": "day_first", "month-first": "month_first"}


class UnsettledDatesError(Exception):
    """The whole column can be read day first or month first; the message shows both."""


class TurnedDatesError(UnsettledDatesError):
    """A part of the column was turned round, so that no reading of it is right."""


def day_order(values: Sequence[str], numbers_form: re.Pattern[str], year_form: re.Pattern[str]) -> DayOrder:
    """Which of two leading numbers is the day, as the distinct values of the column prove it.

    ``numbers_form`` matches two numbers and a year (groups one, two, mark, year), ``year_form`` a year
    that leads. Raises UnsettledDatesError where both readings fit, or rows contradict each other,
    TurnedDatesError where none is right.
    """
    found_all = [found for value in values if (found := numbers_form.fullmatch(value))]
    proof: dict[DayOrder, str] = {}
    open_value = None
    # 3.10.2026 has its day first wherever it stands, but settles nothing of 03/10/2026 beside it.
    dotted = next((found[0] for found in found_all if found["mark"] == "."), None)
    numbers = [found for found in found_all if found["mark"] != "."]
    for found in numbers:
        value = found[0]
        one, two = int(found["one"]), int(found["two"])
        if one > 12 >= two:
            proof.setdefault("day_first", value)
        elif two > 12 >= one:
            proof.setdefault("month_first", value)
        elif one != two and max(one, two) <= 12:
            open_value = open_value or value
    if "month_first" in proof and (dotted or "day_first" in proof):
        raise UnsettledDatesError(
            f"{_shown(proof.get('day_first') or dotted or '')} has the day first and {_shown(proof['month_first'])} the month"
            " first"
        )
    if proof:
        _refuse_turned(values, numbers, year_form)
        _refuse_scattered(numbers, next(iter(proof)))
    short = [found for found in numbers if len(found["year"]) == 2]
    # 26-10-31: years repeat in a report and days do not; what repeats more is the year.
    if "day_first" in proof and short and len({x["one"] for x in short}) <= len({x["year"] for x in short}):
        raise UnsettledDatesError(f"{_shown(short[0][0])} can have the day first or the year first")
    if not proof and open_value is not None:
        raise UnsettledDatesError(
            f"{_shown(open_value)} can have the day first or the month first, and no row settles it"
        )
    return next(iter(proof), "month_first")


_TURNED = 3  # distinct dates: fewer may have a day under 13 by chance


def _refuse_turned(
    values: Sequence[str], numbers: Sequence[re.Match[str]], year_form: re.Pattern[str]
) -> None:
    """Refuse a column that Excel has turned round: what it could read as a date it did, the wrong way.

    Opened under another country's dates, 03/04 becomes a date (of the wrong month) and 03/25 stays
    text. Then every number-only date has a part over 12, and every date with the year first a day
    that could be a month.
    """
    years = [found for value in values if (found := year_form.fullmatch(value))]
    if len(years) < _TURNED or len(numbers) < _TURNED:
        return
    left = all(max(int(found["one"]), int(found["two"])) > 12 for found in numbers)
    if left and all(int(found["day"]) <= 12 for found in years):
        raise TurnedDatesError(
            f"Excel seems to have turned round a part of them ({_shown(years[0][0])} beside {_shown(numbers[0][0])})"
        )


_OPEN = 8  # distinct dates that could be read both ways: fewer may lie anywhere by chance


def _refuse_scattered(numbers: Sequence[re.Match[str]], order: DayOrder) -> None:
    """Refuse a column in one form whose dates up to the twelfth were turned, and the others not.

    13/08 settles that the day comes first. Where 08/03, 08/04, 08/05 … then lie in months of which no
    settled date is near, and as months first in those of the settled ones, a part was turned round.
    """
    near: set[int] = set()  # the months of settled dates, and those beside them
    straight = turned = told = 0
    pairs = {(int(found["one"]), int(found["two"])): found[0] for found in numbers}
    read = [(pair if order == "month_first" else pair[::-1], value) for pair, value in pairs.items()]
    for (month, day), _ in read:
        if day > 12:
            near |= {month, month % 12 + 1, (month - 2) % 12 + 1}
    for (month, day), _ in read:
        if day <= 12 and month != day:
            told += 1
            straight += month in near
            turned += day in near
    if told >= _OPEN and straight < told / 2 and turned > told * 0.9:
        open_value = next(value for (month, day), value in read if day <= 12 and month not in near)
        raise TurnedDatesError(
            f"Excel seems to have turned round a part of them ({_shown(open_value)} beside"
            f" {_shown(next(value for (_, day), value in read if day > 12))})"
        )


def _shown(value: str) -> str:
    """A date in quotes where it can be no person's data, else what it looks like."""
    shown = shown_date(value)
    return f"'{shown}'" if shown == value else f"a value ({shown})"
