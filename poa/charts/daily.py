"""The daily late rate, the rate of both windows, and the target."""

from __future__ import annotations

from poa.charts.frame import blank, mark_target, plain, png
from poa.charts.rolling import daily_shares, mark_days, rolling_lines
from poa.facts import Facts

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
    bars = daily_shares(days[first:])
    axes.bar(shown, bars, width=0.8, color="0.82", zorder=1)
    target = 100 * float(facts.late_shipment_rate[0].target.value or 0)
    top = max(*bars, target)
    lengths = [*{rate.window_days for rate in facts.late_shipment_rate if rate.window_days}]
    rolling_lines(axes, days, lengths, first=shown[0], near=0.06 * top)
    mark_days(axes, shown)
    mark_target(axes, target, top=top)
    plain(axes, grid="y")
    return png(figure)
