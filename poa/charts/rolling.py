"""Days as pictures show them: the bars of late shares, the rates of rolling windows, the ISO dates below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from poa.charts.frame import name
from poa.facts import Day

_STYLES = ((1.1, "0.35", "-"), (2.4, "0.0", "-"))  # the shorter window, the longer


def daily_shares(days: Sequence[Day]) -> list[float]:
    """The late share of each day, in percent; 0 on a day without orders, which has no bar."""
    return [100 * day.late / day.orders if day.orders else 0.0 for day in days]


def rolling_lines(
    axes: Any, days: Sequence[Day], lengths: Sequence[int], *, first: date, near: float, lift: bool = False
) -> dict[int, list[tuple[date, float]]]:
    """Draw the rate of each window length, in percent, from ``first`` on; the points drawn, by the length.

    Each line is named by its days at its end; two that end within ``near`` of each other are moved apart,
    with ``lift`` upwards where they end at the axis, so that no name stands on the dates below it.
    """
    ends: list[tuple[float, date, str]] = []
    drawn = {}
    for length, style in zip(sorted(lengths), _STYLES, strict=False):
        points = [(day, rate) for day, rate in rolling(days, length) if day >= first]
        if points:
            width, colour, dashes = style
            dot = "o" if len(points) == 1 else None  # one window is a point, which no line shows
            axes.plot(
                *zip(*points, strict=True),
                linewidth=width,
                color=colour,
                linestyle=dashes,
                marker=dot,
                markersize=4,
                zorder=3,
            )
            ends.append((points[-1][1], points[-1][0], str(length)))
            drawn[length] = points
    _label_ends(axes, ends, near=near, lift=lift)
    return drawn


def _label_ends(axes: Any, ends: Sequence[tuple[float, date, str]], *, near: float, lift: bool) -> None:
    """Name each line at its end by the days of its window; two that end close together are moved apart."""
    ranked = sorted(ends)
    close = len(ranked) == 2 and ranked[1][0] - ranked[0][0] < near
    up = 7 if lift and close and ranked[0][0] < near else 0
    for place, (rate, day, days) in enumerate(ranked):
        away = (5 if place else -5) + up if close else 0
        name(axes, days, (day, rate), size=9, bold=True, xytext=(4, away))


def rolling(days: Sequence[Day], length: int) -> list[tuple[date, float]]:
    """The rate, in percent, of each window of ``length`` days that the rows cover."""
    orders = [0, *accumulate(day.orders for day in days)]
    late = [0, *accumulate(day.late for day in days)]
    return [
        (days[end - 1].day, 100 * (late[end] - late[end - length]) / (orders[end] - orders[end - length]))
        for end in range(length, len(days) + 1)
        if orders[end] > orders[end - length]
    ]


def mark_days(axes: Any, shown: Sequence[date]) -> None:
    """ISO dates below, the last day always; room at the right for the names of the lines."""
    step = max(1, len(shown) // 6)
    ticks = [shown[-1] - timedelta(days=step * number) for number in range(len(shown) // step + 1)]
    ticks = [day for day in ticks if day >= shown[0]]
    axes.set_xticks(ticks, [day.isoformat() for day in ticks], fontsize=8)
    axes.set_xlim(shown[0] - timedelta(days=1), shown[-1] + timedelta(days=max(2, len(shown) // 20)))
