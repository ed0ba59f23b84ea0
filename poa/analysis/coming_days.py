"""The days to mind in the weeks to come: holidays at the origin and at the store, and weekend days that are worked there.

The dates are those of the ``holidays`` package, as in :mod:`poa.analysis.closed_days`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from poa.analysis.closed_days import holidays_of
from poa.facts.weekly import Coming, ComingDay
from poa.policy import Origin
from poa.words import said

DAYS = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A country whose days matter, and why."""

    country: str
    where: Literal["origin", "store"]


def coming(*, origin: Origin | None, store: str, after: date, days: int = DAYS) -> Coming:
    """The holidays of so many days after a day, and at the origin the weekend days that are worked instead.

    ``store`` is the country of the store. Where goods come from the store's own country, its days stand
    once, as those of the origin.
    """
    first, last = after + timedelta(days=1), after + timedelta(days=days)
    places = [_Place(country=origin.code, where="origin")] if origin else []
    if origin is None or origin.code != store:
        places.append(_Place(country=store, where="store"))
    found = [
        one
        for place in places
        for one in (
            *_in_a_row(_holidays(place, first, last)),
            *(_in_a_row(_worked(place, first, last)) if place.where == "origin" else ()),
        )
    ]
    return Coming(
        origin=said(origin.name) if origin else None,
        store=store,
        first=first,
        last=last,
        days=tuple(sorted(found, key=lambda one: (one.first, one.where, one.worked))),
    )


def _holidays(place: _Place, first: date, last: date) -> Iterator[ComingDay]:
    for day, name, provisional in sorted(holidays_of(place.country, first, last)):
        yield _day(place, day, (name,), worked=False, provisional=provisional)


def _worked(place: _Place, first: date, last: date) -> Iterator[ComingDay]:
    """Weekend days that are worked: each was announced, as it cannot be known otherwise."""
    for day in sorted(worked_weekends(place.country, first, last)):
        yield _day(place, day, (), worked=True, provisional=False)


def worked_weekends(country: str, first: date, last: date) -> set[date]:
    """The days of weekends from ``first`` to ``last`` on which a country works, to make up for a holiday."""
    import holidays  # noqa: PLC0415 - a tenth of a second that only a weekly page must spend

    # A year's announcement may move a day of the year before it.
    known = holidays.country_holidays(country, years=range(first.year, last.year + 2))
    return {day for day in getattr(known, "weekend_workdays", ()) if first <= day <= last}


def _day(place: _Place, day: date, names: tuple[str, ...], *, worked: bool, provisional: bool) -> ComingDay:
    return ComingDay(
        first=day,
        last=day,
        country=place.country,
        where=place.where,
        names=names,
        worked=worked,
        provisional=provisional,
    )


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
