"""From the counted orders of an account to who stands out, at which step, since when and until when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypedDict

from poa.account.joined import Account, Joined
from poa.analysis.attribution import attribution
from poa.analysis.closed_days import closed_days
from poa.analysis.incidents import incidents
from poa.analysis.looking import HISTORY_DAYS, look
from poa.analysis.rates import Counting
from poa.analysis.recovery import Recovery, budgets, projections
from poa.analysis.remedies import remedies
from poa.analysis.steps import Steps, stages, steps_of
from poa.analysis.windows import Window
from poa.facts import (
    Attribution,
    Budget,
    Cause,
    ClosedDays,
    Day,
    Incident,
    Projection,
    Remedies,
    Role,
    Stages,
)
from poa.policy import country_of, no_supplier, origin_of
from poa.reports.reading import ReportRows


class StandingOut(TypedDict):
    """The part of the facts that judges; None where the rows do not give a rate of their own."""

    attribution: Attribution | None
    stages: Stages | None
    incidents: tuple[Incident, ...] | None
    budgets: tuple[Budget, ...] | None
    projection: tuple[Projection, ...] | None
    closed_days: ClosedDays | None
    remedies: Remedies | None


def standing_out(
    account: Account, joined: Joined, counting: Counting, windows: Sequence[Window], days: Sequence[Day]
) -> StandingOut:
    """Every judgement of the longest window, and of what comes after it."""
    longest = windows[0]
    role_of = role_in(account)
    coarse = coarse_clocks(joined)
    steps = steps_of(counting, days=coarse)
    found = StandingOut(
        attribution=None,
        stages=stages(steps, longest) if counting.knows_late else None,
        incidents=None,
        budgets=None,
        projection=None,
        closed_days=_closed(account, joined, steps, longest),
        # What could be done is for a plan; a page about a week asks what was promised.
        remedies=None
        if account.week
        else remedies(
            counting,
            longest,
            days,
            coarse=coarse,
            role_of=role_of,
            store=country_of(joined.store.code),
        ),
    )
    looked = look(counting, longest, role_of=role_of)
    if looked is None:
        return found
    causes: tuple[Cause, ...] = ()
    if account.week:  # who stands out in a week is looked at with what is overdue in it
        looked = replace(looked, named=replace(looked.named, causes=()))
    else:
        told = found["attribution"] = attribution(looked, counting, longest, steps, role_of=role_of)
        causes = told.causes
        found["incidents"] = incidents(looked, counting, causes)
    recovery = Recovery(looked=looked, counting=counting, windows=windows, days=days)
    found["budgets"], found["projection"] = budgets(recovery), projections(recovery, causes)
    return found


def role_in(account: Account) -> Callable[[str], Role]:
    """What a name is that is no supplier, by the seller's own words and by common ones."""
    own = {name.strip().casefold() for name in account.own_warehouse}

    def role(name: str) -> Role:
        return "own_warehouse" if name.strip().casefold() in own else no_supplier(name)

    return role


def coarse_clocks(joined: Joined) -> frozenset[str]:
    """The clocks that some file tells as bare days."""
    reads = [one.read for one in joined.gathered.files]
    return frozenset(name for read in reads if isinstance(read, ReportRows) for name in read.coarse)


def _closed(account: Account, joined: Joined, steps: Steps, window: Window) -> ClosedDays | None:
    """The holidays of history and window; None where nobody says where the goods come from."""
    if account.origin is None:
        return None
    return closed_days(
        steps,
        window,
        origin=origin_of(account.origin),
        store=country_of(joined.store.code),
        since=window.first - timedelta(days=HISTORY_DAYS),
    )
