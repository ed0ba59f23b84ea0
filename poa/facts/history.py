"""What the history keeps of a week: what the page of that week knew, in plain numbers.

One file a week, the same bytes from the same rows, so that two people who run the same week make the same file and
a lost history is made again from the reports. Never rows, never names of buyers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRate:
    """The rate of one window at the week's end; only of a window that the rows cover from its first day."""

    window_days: int
    orders: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldIncident:
    """An incident as the week's page told it; ``dimension`` and ``name`` of the cause that began first, blank without one."""

    dimension: str
    name: str
    first: str
    last: str
    running: bool
    first_week: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMeasure:
    """A control figure of the week, between its bounds; None where the rows could not tell. ``of`` of ``due`` orders told it."""

    kpi: str
    dimension: str
    name: str
    low: float | None
    high: float | None
    of: int
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBefore:
    """What a page had told of the week before its rows changed, and the week (``2026-W44``) in which that was seen."""

    seen_in: str
    orders: int | None
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRecord:
    """One week as known at its end.

    ``orders`` are those due in the week (None where no file lists every order), ``late`` the late ones among them; ``days`` the same from Monday
    to Sunday. ``measures`` are all control figures of the account, and those of groups that the case names.
    """

    week: str
    cut_off: str
    orders: int | None
    late: int
    days: tuple[tuple[int, int], ...]
    rates: tuple[ToldRate, ...]
    incidents: tuple[ToldIncident, ...]
    measures: tuple[ToldMeasure, ...]
    before: tuple[ToldBefore, ...] = ()
