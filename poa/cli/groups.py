"""Suppliers, carriers and SKUs as tables on the terminal: counts, shares, excess, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from poa.cli.standing import TITLES
from poa.cli.terminal import line, table
from poa.facts import Attribution, Facts, Group, Ranking, Together

_VERDICTS = {"cause": "stands out", "not_cause": "as usual", "unclear": "not sure", "too_few": "too few"}
_KINDS = {"changed": "stands out", "above_target_throughout": "above target", "mix": "more orders"}


def show_groups(facts: Facts, out: Console) -> None:
    """Print the tables of suppliers, carriers and SKUs, and what their words mean."""
    found = facts.attribution
    if found is None or found.too_few:
        return
    shown = [ranking for ranking in found.rankings if ranking.top]
    for ranking in shown:
        out.print(_groups(ranking))
        out.print()
    if shown:
        for sentence in _legend(found):
            out.print(line(sentence, "dim"))
        out.print()


def _groups(ranking: Ranking) -> Table:
    title, one, many = TITLES[ranking.dimension]
    rows: list[tuple[Text, ...]] = [_row(group) for group in ranking.top]
    for together, before, after in ((ranking.rest, "other ", ""), (ranking.few, "", " under 30 orders")):
        if together:
            words = f"{before}{one if together.groups.value == 1 else many}{after}"
            style = "dim" if together is ranking.few else ""
            rows.append(tuple(line(cell, style) for cell in _line(together, words, few=bool(style))))
    rows += [_row(group, grey=True) for group in ranking.blank]
    header = (
        title,
        "Late /\norders",
        "\nRate",
        "95%\nrange",
        "Of\norders",
        "Of\nlate",
        "\nExcess",
        "\nFinding",
    )
    return table(header, rows, right=(1, 2, 3, 4, 5, 6))


def _row(group: Group, *, grey: bool = False) -> tuple[Text, ...]:
    style = "bold red" if group.verdict == "cause" else "dim" if grey or group.verdict == "too_few" else ""
    return tuple(
        line(cell, style)
        for cell in (
            f"{group.name.value} (own)" if group.role == "own_warehouse" else str(group.name.value),
            f"{group.late.value:,}/{group.orders.value:,}",
            "few" if group.few else f"{float(group.rate.value or 0):.1%}",
            "-" if group.few else f"{float(group.low.value or 0):.0%}-{float(group.high.value or 0):.0%}",
            f"{float(group.share_of_orders.value or 0):.0%}",
            f"{float(group.share_of_late.value or 0):.0%}",
            "-" if group.excess.value is None else _signed(float(group.excess.value)),
            "" if grey and group.verdict != "unclear" else finding(group),
        )
    )


def finding(group: Group) -> str:
    """What is said of a group, in two or three words."""
    from poa.orders import ALL_ORDERS

    if group.verdict == "cause":
        return _KINDS[group.kind]
    if group.explained_by and group.verdict != "unclear":
        return (
            "with all" if ALL_ORDERS in group.explained_by else f"through {' and '.join(group.explained_by)}"
        )
    return _VERDICTS[group.verdict]


def _signed(number: float) -> str:
    """A number with its sign; nothing is neither more nor less."""
    return f"{number:+.1f}" if abs(number) >= _SHOWN else "0.0"


_SHOWN = 0.05  # the least number that one digit shows


def _line(together: Together, words: str, *, few: bool) -> tuple[str, ...]:
    counts = f"{together.late.value:,}/{together.orders.value:,}"
    return (f"{together.groups.value:,} {words}", counts, *"-----", "too few" if few else "")


def _legend(found: Attribution) -> Iterator[str]:
    history = found.history
    if found.compared_with == "own_history" and history:
        yield (
            f"Excess: late orders less those at the group's rate before ({history.from_.value} to {history.to.value},"
            f" {history.late.value:,} of {history.orders.value:,} late in all)."
        )
    elif history:
        yield (
            f"There is no history: the first days ({history.from_.value} to {history.to.value}) stand for it. A report of"
            " 60 to 90 days would give a surer answer. Excess: late orders less those at the rate of these days."
        )
    else:
        yield (
            "The file holds only these days, so each is compared with the others. A report of 60 to 90 days would give a"
            " surer answer. Excess: late orders less those at the others' rate."
        )
    yield (
        "through X: late mainly by X. with all: late as the whole account is. not sure: more late than usual, not enough to be certain. too few: under 30 orders."
    )
    yield "This shows where late orders gather, not whose fault they are."
