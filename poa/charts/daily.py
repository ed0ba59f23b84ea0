"""The daily late rate, the rate of both windows, and the target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from poa.charts.frame import blank, mark_target, plain, png
from poa.facts import Day, Facts

_SHOWN = 60  # days


def daily_rate(facts: Facts) -> bytes | None:
    """The daily late rate as bars, both windows' rates as lines, the target as a dashed line; PNG.

    A point of a line is the rate of the window that ends on that day; it begins where the rows
    cover a whole window. None where no day has a rate.
    """
    days = facts.days
    if not any(day.orders for day in days):
        return None
    figure = blank()
    axes = figure.add_subplot()
    first = max(0, len(days) - _SHOWN)
    shown = [day.day for day in days[first:]]
    bars = [100 * day.late / day.orders if day.orders else 0.0 for day in days[first:]]
    axes.bar(shown, bars, width=0.8, color="0.82", zorder=1)
    target = 100 * float(facts.late_shipment_rate[0].target.value or 0)
    top = max(*bars, target)
    ends: list[tuple[float, date, str]] = []
    lengths = sorted({rate.window_days for rate in facts.late_shipment_rate if rate.window_days})
    for length, style in zip(lengths, ((1.1, "0.35", "-"), (2.4, "0.0", "-")), strict=False):
        points = [(day, rate) for day, rate in _rolling(days, length) if day >= shown[0]]
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
    _label_ends(axes, ends, near=0.06 * top)
    axes.axhline(target, linestyle=(0, (5, 3)), linewidth=1.2, color="0.0", zorder=2)
    _dress(axes, shown, top=top, target=target)
    return png(figure)


def _label_ends(axes: Any, ends: Sequence[tuple[float, date, str]], *, near: float) -> None:
    """Name each line at its end by the days of its window; two that end close together are moved apart."""
    ranked = sorted(ends)
    close = len(ranked) == 2 and ranked[1][0] - ranked[0][0] < near
    for place, (rate, day, name) in enumerate(ranked):
        away = (5 if place else -5) if close else 0
        axes.annotate(
            name,
            (day, rate),
            xytext=(4, away),
            textcoords="offset points",
            va="center",
            fontsize=9,
            weight="bold",
        )


def _rolling(days: Sequence[Day], length: int) -> list[tuple[date, float]]:
    """The rate, in percent, of each window of ``length`` days that the rows cover."""
    orders = [0, *accumulate(day.orders for day in days)]
    late = [0, *accumulate(day.late for day in days)]
    return [
        (days[end - 1].day, 100 * (late[end] - late[end - length]) / (orders[end] - orders[end - length]))
        for end in range(length, len(days) + 1)
        if orders[end] > orders[end - length]
    ]


def _dress(axes: Any, shown: Sequence[date], *, top: float, target: float) -> None:
    step = max(1, len(shown) // 6)
    ticks = [shown[-1] - timedelta(days=step * number) for number in range(len(shown) // step + 1)]
    ticks = [day for day in ticks if day >= shown[0]]
    axes.set_xticks(ticks, [day.isoformat() for day in ticks], fontsize=8)
    mark_target(axes, target, top=top)
    axes.set_xlim(shown[0] - timedelta(days=1), shown[-1] + timedelta(days=max(2, len(shown) // 20)))
    plain(axes, grid="y")
