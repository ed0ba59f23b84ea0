"""Which orders belong to which days: the marketplace's days, the as-of day, the windows.

A window of n days ends on the as-of day and holds n whole days of the marketplace's zone, both
ends included. Amazon states no anchor date, so the ship-by day is an assumption that is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from poa.errors import UsageFault
from poa.facts import Rate, StatedRate
from poa.orders import YEARS, Basis, Mask, Orders
from poa.words import Said, said

BASES: tuple[Basis, ...] = ("ship-by", "purchase", "confirm")
BASIS_WORDS: dict[Basis, Said] = {
    "ship-by": said("ship-by"),
    "purchase": said("purchase"),
    "confirm": said("confirm"),
}
Days: TypeAlias = npt.NDArray[np.datetime64]

_COLUMN: dict[Basis, str] = {"ship-by": "ship_by", "purchase": "purchased", "confirm": "ship_confirmed"}
_QUARTER = 900  # seconds: offsets from UTC change by quarters of an hour


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Whole days from ``first`` to ``last``; ``days`` is None for all of the file.

    ``bounded`` is true where the file speaks of days outside of it that are not counted.
    """

    days: int | None
    first: date
    last: date
    bounded: bool = False

    @property
    def key(self) -> str:
        """How ids of facts name it."""
        return "all" if self.days is None else str(self.days)

    def holds(self, days: Days) -> Mask:
        """Which of these days lie in it; an order without a day lies in none but the whole file."""
        if self.days is None and not self.bounded:
            return np.ones(len(days), dtype=bool)
        first, last = (np.datetime64(day, "D").astype(np.int64) for day in (self.first, self.last))
        numbers = days.astype("datetime64[D]", copy=False).view(
            np.int64
        )  # NaT, the lowest of all, lies before any
        found: Mask = (numbers >= first) & (numbers <= last)
        return found


def window(days: int, *, as_of: date) -> Window:
    """The window of so many days that ends on the as-of day; raises UsageFault for no day of ours."""
    if not YEARS[0] < as_of.year < YEARS[1]:
        raise UsageFault(
            "bad_as_of",
            f"{as_of} can be no as-of day.",
            hint="Give the last day of the windows with --as-of, such as 2026-10-31.",
        )
    return Window(days=days, first=as_of - timedelta(days=days - 1), last=as_of)


def told_span(told: Rate | StatedRate) -> Window:
    """The window that a rate is of."""
    first, last = (date.fromisoformat(str(end.value)) for end in (told.from_, told.to))
    return Window(days=told.window_days, first=first, last=last)


def order_days(orders: Orders, *, zone: str, basis: Basis = "ship-by") -> Days:
    """The day of each order in the zone, by the date that the basis names; NaT where it has none."""
    return local_days(orders.table[_COLUMN[basis]], zone=zone)


def local_days(instants: pd.Series[pd.Timestamp], *, zone: str) -> Days:
    """Instants as days of a zone. Quarters of an hour are converted once each, not every instant."""
    return days_of(instants.dt.tz_localize(None).to_numpy(), zone=zone)


def days_of(moments: npt.NDArray[Any], *, zone: str) -> Days:
    """Moments (UTC, or seconds of it) as days of a zone."""
    seconds = moments.astype("datetime64[s]")
    days = np.empty(len(seconds), dtype="datetime64[D]")
    for start in range(0, len(seconds), _SLICE):
        days[start : start + _SLICE] = _days_of(seconds[start : start + _SLICE], zone)
    return days


_SLICE = 1 << 20  # instants at a time: the steps between are larger than the days


def _days_of(seconds: Days, zone: str) -> Days:
    missing = np.isnat(seconds)
    quarters = np.where(missing, 0, seconds.astype(np.int64) // _QUARTER)
    codes, distinct = pd.factorize(quarters)
    starts = (
        pd.DatetimeIndex((distinct * _QUARTER).astype("datetime64[s]")).tz_localize("UTC").tz_convert(zone)
    )
    days = starts.tz_localize(None).to_numpy().astype("datetime64[D]")[codes]
    days[missing] = np.datetime64("NaT")
    return np.asarray(days)


def as_of_day(orders: Orders, *, zone: str) -> date:
    """The earlier of the latest ship-by day and the latest day of purchase or confirmation."""
    ends = (orders.table["ship_by"].max(), orders.latest)
    days: list[date] = [end.tz_convert(zone).date() for end in ends if pd.notna(end)]
    return min(days)


def latest_stamp(orders: Orders) -> datetime:
    """The latest purchase or confirmation in the data: the moment up to which it can tell."""
    known = orders.table["ship_by"].max() if pd.isna(orders.latest) else orders.latest
    latest: datetime = known.to_pydatetime()
    return latest
