"""The incidents of a week's page: new, running or ended, who began them, at which step, and who noticed first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

import numpy as np

from poa.account.weeks.happening import with_overdue
from poa.account.weeks.records import incidents_of
from poa.account.weeks.seen import Seen
from poa.analysis.rates import Counting
from poa.analysis.steps import Step
from poa.analysis.weeks import week_window
from poa.analysis.windows import Window
from poa.facts import Between, Cause, FiguresOf, Incident, Rows
from poa.facts.history import ToldIncident, WeekRecord
from poa.facts.weekly import IncidentState, Noticed, WeekIncident


def week_incidents(
    seen: Seen, before: WeekRecord | None, notice: date | None, *, history: bool
) -> Iterator[WeekIncident]:
    """Each incident of the week, with its state since the page before, whose record is ``before``."""
    counting = with_overdue(seen.counted.counting)
    for number, (one, told) in enumerate(incidents_of(seen, before)):
        causes = tuple(seen.happened.causes[at] for at in one.causes)
        step, bounds = _step(seen, told, causes)
        # Without a history nobody knows whether an earlier page told it.
        known = history or told.first >= seen.window.first.isoformat()
        late, orders = _of_who(counting, told, seen.window)
        figure = FiguresOf(f"weekly.incidents.{number}")
        yield WeekIncident(
            state=_state(one, told, seen, known=known),
            incident=one,
            causes=causes,
            step=step,
            step_late=bounds,
            week_late=figure("week_late", late.orders, "orders", late),
            week_orders=figure("week_orders", orders.orders, "orders", orders),
            first_week=told.first_week if known else "",
            noticed=_noticed(told, notice, seen, known=known),
        )


def _state(one: Incident, told: ToldIncident, seen: Seen, *, known: bool) -> IncidentState:
    if not one.running:
        return "ended"
    return "new" if known and told.first_week == seen.week else "running"


def _noticed(told: ToldIncident, notice: date | None, seen: Seen, *, known: bool) -> Noticed:
    """What came first: the page that told the incident, made after its week had ended, or Amazon's notice."""
    if notice is not None and told.first <= notice.isoformat() <= seen.until.isoformat():
        told_on = week_window(told.first_week).last if known else None
        if told_on is None or notice <= told_on:
            return "notice"
    return "page" if known else "unknown"


def _step(
    seen: Seen, told: ToldIncident, causes: Sequence[Cause]
) -> tuple[Step | Literal[""], Between | None]:
    """The step in which most confirmed late orders of the cause that began first, or of the account, surely were."""
    names: tuple[Step, ...] = ("dispatch", "handover", "confirmation")
    steps: dict[Step, Between]
    if causes:
        late = _of_who(seen.counted.counting, told, seen.counted.windows[0])[0].orders
        steps = {name: getattr(causes[0].stages, name) for name in names}
    elif seen.facts.stages:
        late = int(seen.facts.stages.late.value or 0)
        bounds = {name: getattr(seen.facts.stages, name) for name in names}
        steps = {name: (one.low, one.high) for name, one in bounds.items()}
    else:
        return "", None
    for name in names:
        if 2 * int(steps[name][0].value or 0) > late:
            return name, steps[name]
    return "", None


def _of_who(counting: Counting, told: ToldIncident, window: Window) -> tuple[Rows, Rows]:
    """The late orders in some days of the group that began an incident, and all its orders there."""
    inside = window.holds(counting.days)
    words = counting.rule_of(window, "orders")
    if told.dimension in {"supplier", "carrier", "sku"}:
        inside &= (counting.orders.table[told.dimension] == told.name).to_numpy()
        words = f"{words}, {told.dimension} {told.name}"
    return (
        counting.orders.behind(np.flatnonzero(inside & counting.late), f"late or overdue {words}"),
        counting.orders.behind(np.flatnonzero(inside & counting.counted), f"confirmed or overdue {words}"),
    )
