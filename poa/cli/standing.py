"""What stands out, on the terminal: causes in plain sentences, and the tables beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from poa.facts import Attribution, Cause, Facts, Figure, Group, Ranking, Together

_TITLES = {
    "supplier": ("Supplier", "supplier", "suppliers"),
    "carrier": ("Carrier", "carrier", "carriers"),
    "sku": ("SKU", "SKU", "SKUs"),
}
_VERDICTS = {"cause": "stands out", "not_cause": "no sign", "unclear": "unclear", "too_few": "too few"}


def show_standing(facts: Facts, out: Console) -> None:
    """Print what stands out and the groups beside what is usual for them."""
    from poa.cli.terminal import line

    found = facts.attribution
    if found is None:
        return
    window = facts.late_shipment_rate[0]
    out.print(line(f"What stands out ({window.window_days} days)", "bold"))
    for sentence in causes_in_words(facts, found):
        out.print(line(sentence))
    for ranking in found.rankings:
        if ranking.top or ranking.few:
            out.print()
            out.print(_groups(ranking))
    out.print()
    if any(ranking.top for ranking in found.rankings):
        for sentence in _legend(found):
            out.print(line(sentence, "dim"))
        out.print()


def causes_in_words(facts: Facts, found: Attribution) -> Iterator[str]:
    """The causes, each in sentences, or that nothing stands out; and what limits them."""
    window = facts.late_shipment_rate[0]
    if not found.causes and window.orders.rows.orders < _FEW:
        yield f"Too few orders ({window.orders.rows.orders:,}) to tell whether anything stands out."
    elif not found.causes:
        yield (
            "Nothing stands out: no supplier, carrier or SKU, nor the account as a whole, has more late"
            " orders than chance explains."
        )
    for cause in found.causes:
        yield f"- {' '.join(_cause(facts, found, cause))}"
    if not facts.late_by_supplier.known:
        yield "No supplier is known. It takes a list with the columns sku and supplier beside the report."
    elif not found.suppliers_named:
        yield "More than half of the late orders state no supplier, so no supplier is named."
    elif found.stated_share.value is not None and float(found.stated_share.value) < _MOSTLY:
        yield f"{float(found.stated_share.value):.0%} of the late orders state a supplier; findings on suppliers speak of these."
    change = found.change
    if change and change.mix_matters:
        yield (
            f"Against the history the rate moved by {_points(change.total)}: {_points(change.rate_part)} by the suppliers' own rates,"
            f" {_points(change.mix_part)} by orders that moved between suppliers."
        )
        if change.no_rate_rose:
            yield "No supplier got slower; more orders went to slower ones."


_FEW = 30  # orders of the window: fewer tell nothing of anybody
_MOSTLY = 0.8  # of the late orders with a supplier: fewer, and every sentence on suppliers says of which


def _points(part: Figure) -> str:
    return f"{100 * float(part.value or 0):+.2f} points"


def _cause(facts: Facts, found: Attribution, cause: Cause) -> Iterator[str]:
    who = name_of(cause)
    late = f"{cause.late.value:,} of {cause.orders.value:,} orders late"
    before = (
        f"{cause.late_before.value:,} of {cause.orders_before.value:,}" if cause.orders_before.value else ""
    )
    if cause.kind == "mix":
        yield (
            f"More orders went to {who}, which was above the target before ({before}) and is now ({late}): its share of"
            f" the orders rose from {float(cause.share_before.value or 0):.1%} to {float(cause.share_of_orders.value or 0):.1%}."
        )
    elif cause.kind == "above_target_throughout":
        yield f"{who} is above the target throughout: {late}" + (f", {before} before." if before else ".")
    else:
        yield f"{who} stands out{_beside(found)}: {late}{_more(found, cause, before)}."
    yield from _since(cause)
    low, high = cause.late_caused
    if cause.kind == "changed":
        yield (
            f"{cause.usual_low.value} to {cause.usual_high.value} late orders would be usual for it, so"
            f" {low.value} to {high.value} are beyond that."
        )
        rate = facts.late_shipment_rate[0].rate.value
        if cause.rate_without.value is not None and rate is not None:
            yield (
                f"At that rate of {float(cause.usual_rate.value or 0):.1%} the account's would be"
                f" {float(cause.rate_without.value):.2%} instead of {float(rate):.2%}."
            )
    steps = _steps(cause)
    if steps:
        yield f"At the deadline: {steps}."
    for other in cause.alike:
        yield (
            f"It cannot be told apart from {_TITLES[other.dimension][1]} {other.name.value}: they share"
            f" {other.shared.value:,} of {other.orders.value:,} orders."
        )


def name_of(cause: Cause) -> str:
    """The cause as a sentence calls it."""
    if cause.dimension == "account":
        return "The whole account"
    if cause.role == "own_warehouse":
        return f"Your own warehouse ({cause.name.value})"
    return (
        str(cause.name.value)
        if cause.dimension == "supplier"
        else f"{_TITLES[cause.dimension][0]} {cause.name.value}"
    )


def _beside(found: Attribution) -> str:
    return {
        "own_history": "",
        "others": " from the others",
        "first_days": " against the first days of the window",
    }[found.compared_with]


def _more(found: Attribution, cause: Cause, before: str) -> str:
    if cause.excess.value is None:
        return ""
    over = f", {float(cause.excess.value):.1f} more than at "
    if found.compared_with == "others":
        return f"{over}the rate of the others"
    return (
        f"{over}its own rate before ({before})"
        if "its own" in cause.usual_rate.rows.rule
        else f"{over}the account's rate before"
    )


def _since(cause: Cause) -> Iterator[str]:
    if cause.from_.value is None:
        return
    between = (
        ""
        if cause.from_earliest.value == cause.from_latest.value
        else f" (it began between {cause.from_earliest.value} and {cause.from_latest.value})"
    )
    until = "and still running" if cause.running else f"to {cause.to.value}"
    yield (
        f"Since about {cause.from_.value} {until}{between}: {cause.span_late.value:,} of"
        f" {cause.span_orders.value:,} late."
    )


def _steps(cause: Cause) -> str:
    """The late orders of a cause by step; nothing where no time tells any."""
    stages = cause.stages
    bounds = {
        "dispatch": stages.dispatch,
        "hand-over to the carrier": stages.handover,
        "confirmation": stages.confirmation,
    }
    if all(low.value == 0 and high.value == cause.late.value for low, high in bounds.values()):
        return ""
    return ", ".join(f"{between(low, high)} in {step}" for step, (low, high) in bounds.items())


def _groups(ranking: Ranking) -> Table:
    from poa.cli.terminal import line, table

    title, one, many = _TITLES[ranking.dimension]
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
        "Of orders\n/ of late",
        "\nUsual",
        "\nExcess",
        "\nVerdict",
    )
    return table(header, rows, right=(1, 2, 3, 4, 5, 6))


def _row(group: Group, *, grey: bool = False) -> tuple[Text, ...]:
    from poa.cli.terminal import line

    style = "bold red" if group.verdict == "cause" else "dim" if grey or group.verdict == "too_few" else ""
    verdict = "explained" if group.explained_by else _VERDICTS[group.verdict]
    return tuple(
        line(cell, style)
        for cell in (
            f"{group.name.value} (own)" if group.role == "own_warehouse" else str(group.name.value),
            f"{group.late.value:,}/{group.orders.value:,}",
            "few" if group.few else f"{float(group.rate.value or 0):.1%}",
            "-" if group.few else f"{float(group.low.value or 0):.0%}-{float(group.high.value or 0):.0%}",
            f"{float(group.share_of_orders.value or 0):.0%}/{float(group.share_of_late.value or 0):.0%}",
            "-" if group.usual_high.value is None else f"{group.usual_low.value}-{group.usual_high.value}",
            "-" if group.excess.value is None else _signed(float(group.excess.value)),
            "" if grey else verdict,
        )
    )


def _signed(number: float) -> str:
    """A number with its sign; nothing is neither more nor less."""
    return f"{number:+.1f}" if abs(number) >= _SHOWN else "0.0"


_SHOWN = 0.05  # the least number that one digit shows


def _line(together: Together, words: str, *, few: bool) -> tuple[str, ...]:
    counts = f"{together.late.value:,}/{together.orders.value:,}"
    return (f"{together.groups.value:,} {words}", counts, "-", "-", "-", "-", "-", "too few" if few else "")


def _legend(found: Attribution) -> Iterator[str]:
    history = found.history
    if history and found.compared_with == "own_history":
        yield (
            f"Usual: the late orders that chance and the history ({history.late.value:,} of {history.orders.value:,} late,"
            f" {history.from_.value} to {history.to.value}) let expect, in 95 of 100 cases; what a named cause adds"
            " is counted in."
        )
    elif history:
        yield (
            f"There is no history, so the first days ({history.from_.value} to {history.to.value}) stand for it, which is"
            " weaker: a report of 60 to 90 days would tell more."
        )
    else:
        yield (
            "There is no history, so each group is measured against the others, which is weaker: a report of 60 to"
            " 90 days would tell more."
        )
    yield (
        "no sign: nothing shows that it contributed; explained: by what a named cause adds; unclear: more than usual,"
        " not enough to name."
    )
    yield "Standing out is a finding in your own rows, not a proof of who is to blame."


def between(low: Figure, high: Figure) -> str:
    """Two bounds as one number where they are equal."""
    return f"{low.value:,}" if low.value == high.value else f"{low.value:,} to {high.value:,}"
