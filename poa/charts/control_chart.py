"""The late share of each week between its control limits, and the target."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan, nan
from operator import attrgetter
from typing import Any

from poa.charts.frame import blank, mark_target, mark_weeks, name, plain, png, week_number
from poa.facts.control import Control
from poa.facts.weekly import WeekCount
from poa.rounding import percent

_SIDE_BY_SIDE = 14  # weeks whose names fit beside each other


def control_chart(weeks: Sequence[WeekCount], control: Control | None, *, target: float) -> bytes | None:
    """The late share of each week as a line with dots, its limits as steps, centre line and target; PNG.

    ``control`` has one point a week; without one, or without limits, only shares and target are drawn. ``target``
    is a fraction. A week outside its limits is a square with its name, a week of few orders a
    hollow grey ring, or where it is above all others a grey triangle at the top with its counts; that and a
    week without orders break the line. None where no week has a share.
    """
    shares = [_share(week) for week in weeks]
    known = [share for share in shares if share is not None]
    if not known:
        return None
    # One late order of two must not press all other weeks flat.
    judged = [share for week, share in zip(weeks, shares, strict=True) if share is not None and not week.few]
    figure = blank()
    axes = figure.add_subplot()
    aim = 100 * target
    top = max(*(judged or known), aim, _limits(axes, control) if control else 0)
    off = [
        share is not None and week.few and share > 1.04 * top
        for week, share in zip(weeks, shares, strict=True)
    ]
    line = [nan if share is None or above else share for share, above in zip(shares, off, strict=True)]
    axes.plot(line, color="0.0", linewidth=1.2, zorder=3)
    outside = [bool(one.outside) for one in control.points] if control else [False] * len(weeks)
    crowded = len(weeks) > _SIDE_BY_SIDE
    for at, (week, share, out) in enumerate(zip(weeks, shares, outside, strict=True)):
        if share is None:
            continue
        if out:
            _mark(axes, (at, share), "s", size=7)
            below = 0.15 * top < share < 100 * float(control.centre.value or 0) if control else False
            _name(axes, (at, share), week_number(week.week), upright=crowded, below=below)
        elif not week.few:
            _mark(axes, (at, share), "o", size=4)
        elif not off[at]:
            _mark(axes, (at, share), "o", size=5, few=True)
        else:
            _mark(axes, (at, 1.06 * top), "^", size=5, few=True)
            _name(axes, (at, 1.06 * top), f"{week.late.value}/{week.orders.value}", upright=crowded)
    if any(outside):
        top *= 1.12 if crowded else 1.06  # room for the names
    mark_weeks(axes, [week.week for week in weeks])
    axes.set_xlim(-0.6, len(weeks) - 0.4)
    mark_target(axes, aim, top=top)
    plain(axes, grid="y")
    if control:
        _values(axes, control, target=target, at=len(weeks) - 0.4, near=0.07 * top)
    return png(figure)


def _share(week: WeekCount) -> float | None:
    """The late share of a week, in percent; None where it has none."""
    late, orders = week.late.value, week.orders.value
    return 100 * int(late) / int(orders) if orders and late is not None else None


def _limits(axes: Any, control: Control) -> float:
    """Draw the centre line and both limits, each level over its own week; the highest level, in percent.

    A week that is not judged, of few orders, has no limits in the picture: they are so wide that all
    others would look alike.
    """
    if all(one.outside is None for one in control.points):
        return 0.0
    axes.axhline(100 * float(control.centre.value or 0), linewidth=0.9, color="0.5", zorder=1)
    levels = [
        [nan if one.outside is None else 100 * float(side(one).value or 0) for one in control.points]
        for side in (attrgetter("lower"), attrgetter("upper"))
    ]
    for side in levels:
        across = [at + half for at in range(len(side)) for half in (-0.5, 0.5)]
        heights = [level for level in side for _ in range(2)]
        axes.plot(across, heights, linewidth=1.3, color="0.45", linestyle=(0, (1, 1)), zorder=1)
    return max((level for side in levels for level in side if not isnan(level)), default=0.0)


def _mark(axes: Any, at: tuple[float, float], sign: str, *, size: float, few: bool = False) -> None:
    ink, fill = ("0.6", "1.0") if few else ("0.0", "0.0")
    axes.plot(*at, marker=sign, markersize=size, color=ink, markerfacecolor=fill, zorder=4, clip_on=False)


def _name(axes: Any, at: tuple[float, float], text: str, *, upright: bool, below: bool = False) -> None:
    name(
        axes,
        text,
        at,
        size=7 if upright else 8,
        bold=True,
        xytext=(0, -6 if below else 6),
        ha="center",
        va="top" if below else "bottom",
        rotation=90 if upright else 0,
        bbox={"facecolor": "1.0", "edgecolor": "none", "pad": 0.4},  # the line may run behind it
        zorder=3.5,
    )


def _values(axes: Any, control: Control, *, target: float, at: float, near: float) -> None:
    """The centre and the last week's limits as numbers at the right, a limit only where it is apart."""
    centre = control.centre.value
    if centre is None or all(one.outside is None for one in control.points):
        return
    levels, last = [float(centre)], control.points[-1]
    if last.outside is not None:
        levels += [
            float(one.value)
            for one in (last.lower, last.upper)
            if one.value and 100 * abs(float(one.value) - float(centre)) > near
        ]
    for level in levels:
        words = percent(level, digits=1, against=target)
        name(axes, words, (at, 100 * level), size=7, color="0.35", annotation_clip=False)
