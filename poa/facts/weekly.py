"""What the weekly page may know: one ISO week as its last evening knew it, what is open, who delivered how.

A week runs from Monday to Sunday in the store's zone (ISO 8601). Everything is as known at ``cut_off``, the
end of the Sunday, so that a page made late says what the page made in time had said: a confirmation
that came later counts in later weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from poa.facts.attribution import Between, Cause, Role
from poa.facts.control import Control
from poa.facts.figures import Figure
from poa.facts.ledger import Ledger, Measure
from poa.facts.outlook import Incident
from poa.facts.waiting import Waiting

Trend: TypeAlias = Literal["better", "worse", "steady", "unknown"]
Noticed: TypeAlias = Literal["page", "notice", "unknown"]
Compared: TypeAlias = Literal["", "too_few", "own_history", "others", "first_days"]
IncidentState: TypeAlias = Literal["new", "running", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCount:
    """The orders due in one week and how many were late, as known at the page's cut-off.

    ``few`` is true under 20 orders, where a percentage would mislead. ``told`` is true where the rows no
    longer hold the week and its numbers are those of the history.
    """

    week: str
    first: date
    last: date
    orders: Figure
    late: Figure
    rate: Figure
    few: bool
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RateBefore:
    """The rate of one window as it stood a week earlier, at that week's end."""

    window_days: int
    orders: Figure
    late: Figure
    rate: Figure
    few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """One supplier's orders due in the week.

    ``in_time`` of ``dispatch_known`` orders were handed over by their ship-by time; ``on_time`` is that share.
    ``lead_time`` and ``lead_time_p90`` are hours from the order at the supplier (``lead_from`` supplier), or where
    no file tells it from the purchase, to the dispatch: median and 90 % point (the value of the order at rank
    ceil(0.9 n)); ``spread`` is the 90 % point less the 10 % point. ``tracking_lag`` is the median of the hours from
    dispatch to the shipment confirmation, which carries the tracking number. ``late_before`` of ``orders_before`` are the four weeks before;
    ``trend`` compares with them. ``few``: under 10 orders, shown in grey and without a trend.
    None where no file tells the times.
    """

    key: str
    name: Figure
    role: Role
    orders: Figure
    late: Figure
    rate: Figure
    dispatch_known: Figure
    in_time: Figure
    on_time: Figure
    lead_from: Literal["supplier", "purchase", ""]
    lead_time: Figure
    lead_time_p90: Figure
    spread: Figure
    tracking_lag: Figure
    orders_before: Figure
    late_before: Figure
    trend: Trend
    few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NearBySupplier:
    """Near misses of one supplier."""

    name: Figure
    orders: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMisses:
    """Orders due in the week and confirmed in the last ``hours`` before their ship-by time, that time included.

    None among the figures where no file tells confirmations with a time of day.
    """

    hours: int
    orders: Figure
    of_orders: Figure
    suppliers: tuple[NearBySupplier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekIncident:
    """An incident of the week: running in it, or ended in it.

    ``incident`` has its days and counts, ``causes`` who stands out in it, the first begun first. ``step`` is the one in which
    most of the late orders of its first cause surely were at their deadline, with its bounds; blank where none was.
    ``first_week`` is the week in which a page first told it; ``noticed`` says whether that page or Amazon's
    notice came first.
    """

    state: IncidentState
    incident: Incident
    causes: tuple[Cause, ...]
    step: Literal["dispatch", "handover", "confirmation", ""]
    step_late: Between | None
    week_late: Figure
    week_orders: Figure
    first_week: str
    noticed: Noticed


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingDay:
    """A day in the three weeks after the week: a public holiday, or at the origin a weekend day that is worked.

    ``last`` is the last of several days in a row of one kind and place; ``provisional`` where the year is not announced yet.
    """

    first: date
    last: date
    country: str
    where: Literal["origin", "store"]
    names: tuple[str, ...]
    worked: bool
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """The days to mind in the three weeks after the week; ``origin`` is None where nobody said where goods come from."""

    origin: str | None
    store: str
    first: date
    last: date
    days: tuple[ComingDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The rate of one window so many days on, if no late order is added and orders come as in the last four weeks."""

    window_days: int
    in_days: int
    rate: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """A week whose rows changed since a page told it: its counts as told then, and as its rows tell them now."""

    week: str
    orders_told: Figure
    late_told: Figure
    orders: Figure
    late: Figure


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Charted:
    """What the charts of a page are drawn from, known before the rest of it; ``target`` is a fraction."""

    weeks: tuple[WeekCount, ...]
    control: Control
    scorecards: tuple[Scorecard, ...]
    ledger: Ledger
    target: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """One week of one account.

    ``cut_off`` is an ISO instant with the store's offset; ``whole`` is false where the rows end before the week
    does: ``data_until`` is then their last day. ``weeks`` are this week and up to twelve before it, the earliest first;
    ``compared_with`` says against what incidents were judged: ``own_history``, without it ``others`` or ``first_days``,
    ``too_few`` orders, or blank where the rows give no rate. ``control`` has a point for each of them, and its centre line is that of the weeks before this one.
    ``gaps`` are whole sentences about what the files do not tell.
    """

    week: str
    first: date
    last: date
    cut_off: str
    whole: bool
    data_until: Figure
    count: WeekCount
    before: tuple[RateBefore, ...]
    weeks: tuple[WeekCount, ...]
    control: Control
    compared_with: Compared
    incidents: tuple[WeekIncident, ...]
    scorecards: tuple[Scorecard, ...]
    near_misses: NearMisses
    waiting: Waiting
    outlook: tuple[Outlook, ...]
    coming: Coming
    measures: tuple[Measure, ...]
    ledger: Ledger
    restated: tuple[Restated, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """How the rate went before and since a day, as known at ``until``.

    ``before`` are the 28 days before the mark, ``since`` the mark and the days after it, each with orders, late ones and
    the share; ``weeks`` are seven days each, four before the mark and those since, the last perhaps shorter. ``first_clean`` is, by days of a window, the first day
    whose window lies wholly since the mark.
    """

    mark: date
    until: Figure
    before: WeekCount
    since: WeekCount
    weeks: tuple[WeekCount, ...]
    first_clean: tuple[tuple[int, date], ...]
