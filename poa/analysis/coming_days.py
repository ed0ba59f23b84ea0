"""The days to mind in the weeks to come: holidays at the origin and at the store, and weekend days that are worked there.

The dates are those of the ``holidays`` package, as in :mod:`poa.analysis.closed_days`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Literal

from poa.analysis.closed_days import holidays_of
from poa.facts.weekly import Coming, ComingDay
from poa.policy import Origin
from poa.words import said

DAYS = 21


def coming(*, origin: Origin | None, store: str, after: date, days: int = DAYS) -> Coming:
    """The holidays of so many days after a day, and at the origin the weekend days that are worked instead.

    ``store`` is the country of the store. Where goods come from the store's own country, its days stand
    once, as those of the origin.
    """
    first, last = after + timedelta(days=1), after + timedelta(days=days)
    places: list[tuple[str, Literal["origin", "store"]]] = [(origin.code, "origin")] if origin else []
    if origin is None or origin.code != store:
        places.append((store, "store"))
    found: list[ComingDay] = []
    for country, where in places:
        told = partial(ComingDay, country=country, where=where)
        found += _in_a_row(
            told(first=day, last=day, names=(name,), worked=False, provisional=provisional)
            for day, name, provisional in sorted(holidays_of(country, first, last))
        )
        if where == "origin":  # such a day was announced, as it cannot be known otherwise
            found += _in_a_row(
                told(first=day, last=day, names=(), worked=True, provisional=False)
                for day in sorted(worked_weekends(country, first, last))
            )
    return Coming(
        origin=said(origin.name) if origin else None,
        store=store,
        first=first,
        last=last,
        days=tuple(sorted(found, key=lambda one: (one.first, one.where, one.worked))),
    )


def worked_weekends(country: str, first: date, last: date) -> set[date]:
    """The days of weekends from ``first`` to ``last`` on which a country works, to make up for a holiday."""
    import holidays  # noqa: PLC0415 - a tenth of a second that only a weekly page must spend

    # A year's announcement may move a day of the year before it.
    known = holidays.country_holidays(country, years=range(first.year, last.year + 2))
    return {day for day in getattr(known, "weekend_workdays", ()) if first <= day <= last}


def _in_a_row(days: Iterable[ComingDay]) -> Iterator[ComingDay]:
    """Single days of one kind and place, in their order, as spans of days in a row; each name stands once."""
    span: ComingDay | None = None
    for one in days:
        if span is None:
            span = one
        elif one.first - span.last <= timedelta(days=1) and one.provisional == span.provisional:
            span = replace(span, last=one.last, names=tuple(dict.fromkeys((*span.names, *one.names))))
        else:
            yield span
            span = one
    if span is not None:
        yield span
