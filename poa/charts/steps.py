"""The steps of delay: how many late orders surely were in each, and how many may have been."""

from __future__ import annotations

from poa.charts.frame import blank, name, plain, png
from poa.facts import Facts

_BAR = 0.55


def delay_steps(facts: Facts) -> bytes | None:
    """A bar a step, numbered as in the table: dark what is sure, hatched what may be; PNG.

    None where no time tells any step.
    """
    stages = facts.stages
    if stages is None or stages.unattributed.value == stages.late.value:
        return None
    bounds = [stages.dispatch, stages.handover, stages.confirmation]
    low = [int(one.low.value or 0) for one in bounds]
    more = [int(one.high.value or 0) - sure for one, sure in zip(bounds, low, strict=True)]
    figure = blank(height=1.7)
    axes = figure.add_subplot()
    places = range(len(bounds))
    axes.barh(list(places), low, height=_BAR, color="0.2")
    axes.barh(
        list(places), more, left=low, height=_BAR, color="1.0", edgecolor="0.35", hatch="////", linewidth=0.6
    )
    for at in places:
        high = low[at] + more[at]
        words = f"{low[at]:,}" if not more[at] else f"{low[at]:,}-{high:,}"
        name(axes, words, (high, at), size=9, bold=True, xytext=(4, 0))
    axes.set_yticks(list(places), [str(at + 1) for at in places], fontsize=9)
    axes.invert_yaxis()
    axes.tick_params(axis="x", labelsize=8)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlim(0, max(1, *(sure + may for sure, may in zip(low, more, strict=True))) * 1.15)
    plain(axes, grid="x")
    return png(figure)
