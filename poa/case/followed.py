"""What the weekly page follows: which action is called what, and that each control figure and each check exists."""

from __future__ import annotations

import re
from datetime import date

from poa.case.graph import Place
from poa.case.model import Case
from poa.errors import CaseFault, did_you_mean
from poa.policy.kpis import kpis


def action_names(case: Case) -> dict[str, str]:
    """What the weekly page calls each action (its id, or C1, P1 … by its place), and where it stands: ``preventive.0``."""
    return {
        action.id or f"{heading[0].upper()}{at + 1}": f"{heading}.{at}"
        for heading in ("corrective", "preventive")
        for at, action in enumerate(getattr(case, heading))
    }


def check_followed(case: Case, *, name: str, place: Place) -> None:
    """Raise CaseFault for a control figure that no row can measure, an action's id used twice, a check of no action or week."""
    names: set[str] = set()
    for heading in ("corrective", "preventive"):
        for at, action in enumerate(getattr(case, heading)):
            own = action.id or f"{heading[0].upper()}{at + 1}"
            key = "kpi" if action.kpi and action.kpi not in kpis() else "id" if own in names else ""
            names.add(own)
            if not key:
                continue
            raise CaseFault(
                f"unknown_{key}" if key == "kpi" else "same_id",
                f"'{action.kpi}' is no control figure of the list{did_you_mean(action.kpi or '', kpis())}"
                if key == "kpi"
                else f"Two actions are called '{own}'; one without an id is called by its place.",
                file=name,
                line=place([heading, str(at), key]),
                column=key,
                hint="'poa case codes' prints the list; leave it empty where no row can measure it."
                if key == "kpi"
                else "Give each action an id of its own.",
            )
    for at, told in enumerate(case.check):
        key = "action" if told.action not in names else "week" if not _is_week(told.week) else ""
        if key:
            raise CaseFault(
                f"unknown_{key}",
                f"A check is of the action '{told.action}', which is not in the file{did_you_mean(told.action or '', names)}"
                if key == "action"
                else f"A check is of the week '{told.week}', which is no week.",
                file=name,
                line=place(["check", str(at), key]),
                column=key,
                hint=f"The actions are called: {', '.join(sorted(names))}."
                if key == "action"
                else "Write the week as 2026-W44.",
            )


def _is_week(told: str | None) -> bool:
    try:
        date.fromisocalendar(int((told or "")[:4]), int((told or "")[6:]), 1)
    except ValueError:
        return False
    return re.fullmatch(r"[0-9]{4}-W[0-9]{2}", told or "") is not None
