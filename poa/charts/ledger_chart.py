"""The action ledger week by week: where each action held, where it did not, where nothing tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from poa.charts.frame import blank, mark_weeks, png
from poa.facts.ledger import Check, Entry, Ledger

_WEEKS = 13
_ROWS = 24  # as many as leave room for a caption on the page
_LINE = 0.24  # inches an action
_BOX = 9.5  # points
_KEY = re.compile(r"[A-Z]{1,3}-?[0-9]{1,4}")


def action_ledger(ledger: Ledger, weeks: Sequence[str]) -> bytes | None:
    """A row an action, a column a week, of the last 13 weeks and the first 24 actions; PNG.

    A filled square: held; a cross in a box: missed; a dot: not told; nothing: not in place yet. Grey instead of
    black where it is the seller's own word and not the rows. Rows bear the ids of the actions; where
    one of them is no key such as C1, which could be words, they bear their number in the ledger. None where no
    action has a check in these weeks.
    """
    columns = {week: at for at, week in enumerate(weeks[-_WEEKS:])}
    entries = ledger.entries[:_ROWS]
    if not any(check.week in columns for entry in entries for check in entry.checks):
        return None
    figure = blank(height=0.45 + _LINE * len(entries))
    axes = figure.add_subplot()
    for row, entry in enumerate(entries):
        for check in entry.checks:
            if check.week in columns:
                _sign(axes, columns[check.week], row, check)
    axes.set_yticks(range(len(entries)), row_keys(entries), fontsize=8)
    mark_weeks(axes, [*columns], across=_WEEKS)
    axes.xaxis.tick_top()
    axes.set_xlim(-0.5, _WEEKS - 0.5)  # a short history is not spread out
    axes.set_ylim(len(entries) - 0.5, -0.5)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    axes.hlines(
        [row + 0.5 for row in range(len(entries) - 1)],
        -0.5,
        len(columns) - 0.5,
        linewidth=0.4,
        color="0.85",
    )
    return png(figure)


def row_keys(entries: Sequence[Entry]) -> list[str]:
    """The ids of the actions where all are keys and none is there twice; else their numbers."""
    ids = [entry.id for entry in entries]
    if all(_KEY.fullmatch(one) for one in ids) and len(set(ids)) == len(ids):
        return ids
    return [str(row + 1) for row in range(len(ids))]


def _sign(axes: Any, column: int, row: int, check: Check) -> None:
    ink = "0.6" if check.own else "0.1"
    match check.verdict:
        case "held":
            axes.plot(column, row, marker="s", markersize=_BOX, color=ink)
        case "missed":
            axes.plot(column, row, marker="s", markersize=_BOX, markerfacecolor="1.0", color=ink)
            axes.plot(column, row, marker="x", markersize=_BOX * 0.8, markeredgewidth=1.2, color=ink)
        case "not_told":
            axes.plot(column, row, marker="o", markersize=2.5, color=ink)
