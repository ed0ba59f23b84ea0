"""The projection: where the rate of the longest window goes, day by day, under each scenario."""

from __future__ import annotations

from datetime import date, timedelta

from poa.charts.frame import blank, mark_target, name, plain, png
from poa.facts import Facts, Projection

_STYLES = (("0.0", "-"), ("0.35", "--"))


def shown(facts: Facts) -> tuple[Projection, ...]:
    """The lines of the picture, a and b: no more late orders, and all that stands out back at its usual rate."""
    longest = facts.late_shipment_rate[0].window_days
    seen = [one for one in facts.projection or () if one.window_days == longest]
    zero = [one for one in seen if one.scenario == "zero_late"]
    usual = [one for one in seen if one.scenario == "usual_rate"]  # all causes first, where there are several
    return (*zero, *usual[:1])


def recovery(facts: Facts) -> bytes | None:
    """Expected rates of the coming days as lines a and b, and the target as a dashed line; PNG.

    None where the target is met, or nothing is projected.
    """
    rate = facts.late_shipment_rate[0]
    lines = [one for one in shown(facts) if any(value is not None for value in one.path)]
    if rate.meets_target is not False or not lines:
        return None
    first = date.fromisoformat(str(facts.as_of.value))
    figure = blank(height=2.4)
    axes = figure.add_subplot()
    target = 100 * float(rate.target.value or 0)
    top = target
    for key, one, (colour, dashes) in zip("ab", lines, _STYLES, strict=False):
        points = [
            (first + timedelta(days=at), 100 * value)
            for at, value in enumerate(one.path)
            if value is not None
        ]
        axes.plot(*zip(*points, strict=True), color=colour, linestyle=dashes, linewidth=1.8)
        name(axes, key, points[-1], size=9, bold=True, xytext=(5, 0))
        top = max(top, *(value for _, value in points))
    days = [first + timedelta(days=at) for at in range(0, len(lines[0].path), 10)]
    axes.set_xticks(days, [day.isoformat() for day in days], fontsize=8)
    axes.set_xlim(first - timedelta(days=1), first + timedelta(days=len(lines[0].path) + 1))
    mark_target(axes, target, top=top)
    plain(axes, grid="y")
    return png(figure)
