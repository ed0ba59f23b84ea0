"""Suppliers: share of orders against share of late orders, so that a big one does not look like a bad one."""

from __future__ import annotations

from poa.charts.frame import blank, name, plain, png
from poa.facts import Facts

_BAR = 0.38
_LINE = 0.34  # inches a supplier


def supplier_shares(facts: Facts) -> bytes | None:
    """Two bars a supplier, of all orders (light) and of all late orders (dark), under its key; PNG.

    None with fewer than two suppliers of 30 orders or more, or where no order was late.
    """
    found = facts.attribution
    ranking = next((one for one in found.rankings if one.dimension == "supplier"), None) if found else None
    if ranking is None or len(ranking.top) < 2 or not facts.late_shipment_rate[0].late.value:
        return None
    shown = ranking.top
    figure = blank(height=0.75 + _LINE * len(shown))
    axes = figure.add_subplot()
    places = range(len(shown))
    orders = [100 * float(one.share_of_orders.value or 0) for one in shown]
    late = [100 * float(one.share_of_late.value or 0) for one in shown]
    axes.barh(
        [at - _BAR / 2 for at in places], orders, height=_BAR, color="0.80", edgecolor="0.5", linewidth=0.5
    )
    axes.barh([at + _BAR / 2 for at in places], late, height=_BAR, color="0.15")
    for at in places:
        name(axes, f"{orders[at]:.0f}%", (orders[at], at - _BAR / 2), size=7)
        name(axes, f"{late[at]:.0f}%", (late[at], at + _BAR / 2), size=7, bold=True)
    axes.set_yticks(list(places), [one.key for one in shown], fontsize=8)
    for label, one in zip(axes.get_yticklabels(), shown, strict=True):
        if one.verdict == "cause":
            label.set_weight("bold")
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}%")
    axes.tick_params(axis="x", labelsize=8)
    axes.set_xlim(0, max(*orders, *late) * 1.12)
    plain(axes, grid="x")
    return png(figure)
