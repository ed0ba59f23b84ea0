"""Which of two numbers is the day: ``03/04/2026`` is settled by the other rows of its column, or by nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

DayOrder: TypeAlias = Literal["day_first", "month_first"]
DAY_ORDERS: dict[str, DayOrder] = {"day-first": "day_first", "month-first": "month_first"}


class UnsettledDatesError(Exception):
    """The whole column can be read day first or month first; the message shows both."""


def day_order(found_all: Sequence[re.Match[str]]) -> DayOrder:
    """Which of two leading numbers is the day, as the column itself proves it.

    Each match has the groups one, two, mark and year; raises UnsettledDatesError where both readings
    fit, or rows contradict each other.
    """
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
            f"'{proof.get('day_first', dotted)}' has the day first and '{proof['month_first']}' the month first"
        )
    short = [found for found in numbers if len(found["year"]) == 2]
    # 26-10-31: years repeat in a report and days do not; what repeats more is the year.
    if "day_first" in proof and short and len({x["one"] for x in short}) <= len({x["year"] for x in short}):
        raise UnsettledDatesError(f"'{short[0][0]}' can have the day first or the year first")
    if not proof and open_value is not None:
        raise UnsettledDatesError(
            f"'{open_value}' can have the day first or the month first, and no row settles it"
        )
    return next(iter(proof), "month_first")
