"""The daily late rate before and since a day, such as that of a notice: for the annex of a letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from poa.charts.frame import blank, mark_target, name, plain, png
from poa.charts.rolling import daily_shares, mark_days, rolling_lines
from poa.facts import Day

_BEFORE = 30  # days


def since_notice(days: Sequence[Day], mark: date, target: float, *, lengths: Sequence[int]) -> bytes | None:
    """Bars of each day's late share and the rates of both windows, from 30 days before ``mark``; PNG.

    ``days`` are in a row and end on the as-of day, ``target`` is a fraction, ``lengths`` the days of the
    windows. Bars before the mark are light, the mark is an upright line with its date; a
    ring on a line is the first window that holds no day before the mark. None where the mark is outside of the days,
    which then tell of one side only, or where no day shown has a rate.
    """
    if not days or not days[0].day <= mark <= days[-1].day:
        return None
    shown = [day for day in days if day.day >= mark - timedelta(days=_BEFORE)]
    if not any(day.orders for day in shown):
        return None
    figure = blank()
    axes = figure.add_subplot()
    bars = daily_shares(shown)
    shades = ["0.86" if day.day < mark else "0.70" for day in shown]
    axes.bar([day.day for day in shown], bars, width=0.8, color=shades, zorder=1)
    aim = 100 * target
    top = max(*bars, aim)
    lines = rolling_lines(axes, days, lengths, first=shown[0].day, near=0.06 * top, lift=True)
    for length, points in lines.items():
        whole = mark + timedelta(days=length - 1)
        rings = [point for point in points if point[0] == whole]
        for ring in rings:
            axes.plot(
                *ring, marker="o", markersize=6, markerfacecolor="1.0", color="0.0", zorder=4, clip_on=False
            )
    mark_target(axes, aim, top=top)
    edge = datetime.combine(mark, time()) - timedelta(hours=12)  # a bar reaches half a day to each side
    axes.axvline(edge, linewidth=1.2, color="0.0", zorder=2)
    late_in_picture = (mark - shown[0].day) > 0.85 * (shown[-1].day - shown[0].day)
    name(
        axes,
        mark.isoformat(),
        (edge, 1.0),
        size=8,
        bold=True,
        xycoords=("data", "axes fraction"),
        xytext=(0, 3),
        ha="right" if late_in_picture else "center",
        va="baseline",
        annotation_clip=False,
    )
    mark_days(axes, [day.day for day in shown])
    plain(axes, grid="y")
    return png(figure)
