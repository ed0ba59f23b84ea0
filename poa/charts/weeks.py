"""ISO weeks as marks of an axis: the first and the last in full, the number of the week between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_MOST = 13  # marks that fit side by side under one picture


def week_number(week: str) -> str:
    """``W40`` of ``2026-W40``."""
    return week.rpartition("-")[2]


def mark_weeks(axes: Any, weeks: Sequence[str], *, across: int = 0) -> None:
    """Mark the weeks at 0, 1, 2 …; of many, as many as fit.

    ``across`` is how many weeks the axis has room for, where these are more than there are.
    """
    last = len(weeks) - 1
    step = -(-len(weeks) // _MOST)
    places = [at for at in range(0, last + 1, step) if at == 0 or last - at >= step] if last else []
    names = {at: week_number(weeks[at]) for at in places} | {at: weeks[at] for at in (0, last)}
    if max(len(weeks), across) >= _MOST - 1:  # a full name needs the room of its neighbour
        if last == 1:
            names[0] = week_number(weeks[0])
        names = {at: name for at, name in names.items() if at not in {1, last - 1} or at in {0, last}}
    axes.set_xticks([*names], [*names.values()], fontsize=7.5)
