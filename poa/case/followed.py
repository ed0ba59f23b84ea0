"""What the weekly page follows: which action is called what, and that each control figure and each check exists."""

from __future__ import annotations

import re
from datetime import date

from poa.case.graph import FaultAt
from poa.case.model import Case
from poa.errors import did_you_mean
from poa.policy.kpis import kpis


def action_names(case: Case) -> dict[str, str]:
    """What the weekly page calls each action (its id, or C1, P1 … by its place), and where it stands: ``preventive.0``."""
    return {
        action.id or f"{heading[0].upper()}{at + 1}": f"{heading}.{at}"
        for heading in ("corrective", "preventive")
        for at, action in enumerate(getattr(case, heading))
    }


def check_followed(case: Case, fault_at: FaultAt) -> None:
    """Raise CaseFault for a control figure that no row can measure, an action's id used twice, a check of no action or week."""
    names: set[str] = set()
    for heading in ("corrective", "preventive"):
        for at, action in enumerate(getattr(case, heading)):
            own = action.id or f"{heading[0].upper()}{at + 1}"
            if action.kpi and action.kpi not in kpis():
                raise fault_at(
                    [heading, str(at), "kpi"],
                    "unknown_kpi",
                    f"'{action.kpi}' is no control figure of the list{did_you_mean(action.kpi, kpis())}",
                    "'poa case codes' prints the list; leave it empty where no row can measure it.",
                )
            if own in names:
                raise fault_at(
                    [heading, str(at), "id"],
                    "same_id",
                    f"Two actions are called '{own}'; one without an id is called by its place.",
                    "Give each action an id of its own.",
                )
            names.add(own)
    for at, told in enumerate(case.check):
        if told.action not in names:
            raise fault_at(
                ["check", str(at), "action"],
                "unknown_action",
                f"A check is of the action '{told.action}', which is not in the file{did_you_mean(told.action or '', names)}",
                f"The actions are called: {', '.join(sorted(names))}.",
            )
        if not _is_week(told.week):
            raise fault_at(
                ["check", str(at), "week"],
                "unknown_week",
                f"A check is of the week '{told.week}', which is no week.",
                "Write the week as 2026-W44.",
            )


def _is_week(told: str | None) -> bool:
    try:
        date.fromisocalendar(int((told or "")[:4]), int((told or "")[6:]), 1)
    except ValueError:
        return False
    return re.fullmatch(r"[0-9]{4}-W[0-9]{2}", told or "") is not None
