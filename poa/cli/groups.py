"""Suppliers, carriers and SKUs as tables on the terminal: counts, shares, excess, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from poa.cli.standing import TITLES, shown
from poa.cli.terminal import Cell, Screen
from poa.facts import Attribution, Facts, Group, Ranking
from poa.rounding import pointed
from poa.words import counted, said, strung

_VERDICTS = {"cause": "stands out", "not_cause": "as usual", "unclear": "not sure", "too_few": "too few"}
_KINDS = {"changed": "stands out", "above_target_throughout": "above target", "mix": "more orders"}
_MANY = {
    "supplier": "{number} other suppliers",
    "carrier": "{number} other carriers",
    "sku": "{number} other SKUs",
    "few supplier": "{number} suppliers under 30 orders",
    "few carrier": "{number} carriers under 30 orders",
    "few sku": "{number} SKUs under 30 orders",
}
_ONE = {
    "supplier": "{number} other supplier",
    "carrier": "{number} other carrier",
    "sku": "{number} other SKU",
    "few supplier": "{number} supplier under 30 orders",
    "few carrier": "{number} carrier under 30 orders",
    "few sku": "{number} SKU under 30 orders",
}
_LEGEND = {
    "own_history": "Excess: late orders less those at the group's rate before ({days}, {count} late in all).",
    "first_days": "There is no history: the first days ({days}) stand for it. A report of 60 to 90 days would give a surer answer. Excess: late orders less those at the rate of these days.",
    "others": "The file holds only these days, so each is compared with the others. A report of 60 to 90 days would give a surer answer. Excess: late orders less those at the others' rate.",
    "words": "through X: late mainly by X. with all: late as the whole account is. not sure: more late than usual, not enough to be certain. too few: under 30 orders.",
}
_HEADER = (
    *(said("Late /|orders"), said("|Rate"), said("95%|range"), said("Of|orders"), said("Of|late")),
    *(said("|Excess"), said("|Finding")),
)


def show_groups(facts: Facts, out: Screen) -> None:
    """Print the tables of suppliers, carriers and SKUs, and what their words mean."""
    found = facts.attribution
    if found is None or found.too_few:
        return
    rankings = [ranking for ranking in found.rankings if ranking.top]
    for ranking in rankings:
        _show(ranking, out)
        out.print()
    if rankings:
        out.say(*_legend(found), style="dim")
        out.print()


def _show(ranking: Ranking, out: Screen) -> None:
    of = ranking.dimension
    rows = [_row(group) for group in ranking.top]
    for together, key, style in ((ranking.rest, of, ""), (ranking.few, f"few {of}", "dim")):
        if together:
            name = counted(int(str(together.groups.value)), _ONE[key], _MANY[key])
            counts = said("{late}/{orders}", late=together.late.value, orders=together.orders.value)
            cells = (name, counts, *"-----", said("too few") if style else "")
            rows.append([(cell, style) for cell in cells])
    rows += [_row(group, grey=True) for group in ranking.blank]
    out.table((TITLES[of][0], *_HEADER), rows, right=(1, 2, 3, 4, 5, 6))


def _row(group: Group, *, grey: bool = False) -> Sequence[Cell]:
    style = "bold red" if group.verdict == "cause" else "dim" if grey or group.verdict == "too_few" else ""
    name = shown(group.name.value)
    return [
        (cell, style)
        for cell in (
            said("{name} (own)", name=name) if group.role == "own_warehouse" else name,
            said("{late}/{orders}", late=group.late.value, orders=group.orders.value),
            said("few") if group.few else pointed(f"{float(group.rate.value or 0):.1%}"),
            "-" if group.few else f"{float(group.low.value or 0):.0%}-{float(group.high.value or 0):.0%}",
            f"{float(group.share_of_orders.value or 0):.0%}",
            f"{float(group.share_of_late.value or 0):.0%}",
            "-" if group.excess.value is None else _signed(float(group.excess.value)),
            "" if grey and group.verdict != "unclear" else finding(group),
        )
    ]


def finding(group: Group) -> str:
    """What is said of a group, in two or three words."""
    from poa.orders import ALL_ORDERS

    if group.verdict == "cause":
        return said(_KINDS[group.kind])
    if group.explained_by and group.verdict != "unclear":
        if ALL_ORDERS in group.explained_by:
            return said("with all")
        return said("through {names}", names=strung("{one} and {other}", group.explained_by))
    return said(_VERDICTS[group.verdict])


def _signed(number: float) -> str:
    """A number with its sign; nothing is neither more nor less."""
    return pointed(f"{number:+.1f}" if abs(number) >= _SHOWN else "0.0")


_SHOWN = 0.05  # the least number that one digit shows


def _legend(found: Attribution) -> Iterator[str]:
    if history := found.history:
        days = said("{first} to {last}", first=str(history.from_.value), last=str(history.to.value))
        count = said("{late} of {orders}", late=history.late.value, orders=history.orders.value)
        yield said(_LEGEND[found.compared_with], days=days, count=count)
    else:
        yield said(_LEGEND["others"])
    yield said(_LEGEND["words"])
    yield said("This shows where late orders gather, not whose fault they are.")
