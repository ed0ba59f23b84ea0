"""Public holidays at the origin and at the store: which late orders met closed days, and which open ones.

The dates are those of the ``holidays`` package. China announces a year's holidays late in the year
before; a year without announced days off is marked provisional.
"""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import Literal

import numpy as np

from poa.analysis.rates import Counting
from poa.analysis.stages import D, possibly
from poa.analysis.steps import Steps
from poa.analysis.windows import Window, local_days
from poa.facts import ClosedDay, ClosedDays, Figure
from poa.orders import Mask
from poa.policy import Origin
from poa.words import said

_ANNOUNCED_BY = {"CN": "substituted"}  # a word in the name of a day off that only an announcement can set


def closed_days(steps: Steps, window: Window, *, origin: Origin, store: str, since: date) -> ClosedDays:
    """The holidays from ``since`` to the end of the window, and the late orders in dispatch over them.

    ``store`` is the country of the store.
    """
    days = tuple(_days(origin.code, store, since, window.last))
    counting = steps.counting
    may = (window.holds(counting.days) & counting.late)[steps.positions] & possibly(steps.sets, D)
    closed = [one.day for one in days if one.where == "origin"]
    over = _over(counting, origin, closed) & may
    rule = counting.rule_of(window, "late orders that may have been in dispatch at their deadline")

    def figure(what: str, which: Mask, words: str) -> Figure:
        rows = counting.orders.behind(steps.positions[which], f"{rule}, {words}")
        return Figure(id=f"closed_days.{what}", value=rows.orders, unit="orders", rows=rows)

    return ClosedDays(
        origin=said(origin.name),
        store=store,
        days=days,
        provisional=any(one.provisional for one in days),
        over_closed=figure("over_closed", over, "a holiday at the origin between purchase and ship-by"),
        on_open_days=figure(
            "on_open_days", may & ~over, "no holiday at the origin between purchase and ship-by"
        ),
    )


def _over(counting: Counting, origin: Origin, closed: list[date]) -> Mask:
    """Orders with a closed day at the origin between the days of purchase and of ship-by, both included."""
    lines = counting.orders.late_lines
    bought, due = (local_days(lines[name], zone=origin.zone) for name in ("purchased", "ship_by"))
    marks = np.array(sorted(closed), dtype="datetime64[D]")
    known = ~np.isnat(bought) & ~np.isnat(due)
    found = np.zeros(len(lines), dtype=bool)
    found[known] = np.searchsorted(marks, due[known], side="right") > np.searchsorted(marks, bought[known])
    return found


def _days(origin: str, store: str, first: date, last: date) -> list[ClosedDay]:
    places: tuple[tuple[Literal["origin", "store"], str], ...] = (("origin", origin), ("store", store))
    known = [
        ClosedDay(day=day, country=country, where=where, name=name, provisional=provisional)
        for where, country in places
        for day, name, provisional in holidays_of(country, first, last)
    ]
    return sorted(known, key=lambda one: (one.day, one.where))


def holidays_of(country: str, first: date, last: date) -> list[tuple[date, str, bool]]:
    """Holidays of a country on these days: day, name in English, whether its year is still provisional."""
    found = []
    for year in range(first.year, last.year + 1):
        provisional = not _announced(country, year)
        found += [(day, name, provisional) for day, name in _year(country, year) if first <= day <= last]
    return found


def _announced(country: str, year: int) -> bool:
    word = _ANNOUNCED_BY.get(country)
    return word is None or any(word in name for _, name in _year(country, year))


def _one_country_only() -> None:
    """Let ``holidays`` import the country that is asked for: its package of countries imports all 250 at once."""
    name = "holidays.countries"
    if name not in sys.modules:
        spec = find_spec(name)
        if spec is not None and spec.submodule_search_locations is not None:
            there = sys.modules[name] = ModuleType(name)
            there.__path__ = list(spec.submodule_search_locations)


@cache
def _year(country: str, year: int) -> tuple[tuple[date, str], ...]:
    """The holidays of a year, by their English names where the package has them."""
    import holidays  # noqa: PLC0415 - a twentieth of a second that help and drafts without rows are spared

    _one_country_only()
    spoken = getattr(holidays.country_holidays(country), "supported_languages", ())
    english = next((code for code in ("en_US", "en_GB", "en") if code in spoken), None)
    found = holidays.country_holidays(country, years=year, language=english)
    return tuple(sorted((day, name) for day, name in found.items() if day.year == year))
