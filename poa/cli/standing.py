"""What stands out, on the terminal: causes in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from poa.cli.terminal import line
from poa.facts import Attribution, Cause, Facts, Figure, Group

TITLES = {
    "supplier": ("Supplier", "supplier", "suppliers"),
    "carrier": ("Carrier", "carrier", "carriers"),
    "sku": ("SKU", "SKU", "SKUs"),
}
_WORTH = 3  # groups that are worth a look


def show_standing(facts: Facts, out: Console) -> None:
    """Print what stands out."""
    if facts.attribution is None:
        return
    out.print(line(f"What stands out ({facts.late_shipment_rate[0].window_days} days)", "bold"))
    for sentence in causes_in_words(facts, facts.attribution):
        out.print(line(sentence))
    out.print()


def causes_in_words(facts: Facts, found: Attribution) -> Iterator[str]:
    """The causes, each in sentences, or that nothing stands out; and what limits them."""
    if found.too_few:
        orders = facts.late_shipment_rate[0].orders.rows.orders
        yield f"Too few orders ({orders:,}) to say who is late more than usual, or when the target is met again."
    elif not found.causes:
        yield from _nothing(found)
    for cause in found.causes:
        yield f"- {' '.join(_cause(facts, found, cause))}"
    if found.overlap:
        yield "These share orders, so their numbers must not be added up."
    yield from _without_names(facts, found)
    yield from _change(found)


def _nothing(found: Attribution) -> Iterator[str]:
    worth = [group for ranking in found.rankings for group in ranking.top if group.verdict == "unclear"]
    if not worth and not found.nameless:
        yield (
            "Nothing stands out: no supplier, carrier or SKU is clearly later than usual, and neither is the account as a"
            " whole."
        )
        return
    yield "Nothing stands out clearly enough to name a supplier, carrier or SKU."
    if worth:
        named = "; ".join(
            f"{group.name.value} ({_late_of(group)}{_usually(group)})" for group in worth[:_WORTH]
        )
        yield f"Worth a look: {named}."


def _late_of(group: Group | Cause) -> str:
    return f"{group.late.value:,} of {group.orders.value:,} orders late"


def _usually(group: Group) -> str:
    if group.usual_high.value is None:
        return ""
    return f"; {group.usual_low.value:,} to {group.usual_high.value:,} would be usual"


def _without_names(facts: Facts, found: Attribution) -> Iterator[str]:
    """What is known of late orders without a name."""
    for group in found.nameless:
        yield (
            f"Late orders gather on '{group.name.value}': {_late_of(group)}{_usually(group)}. Whose they are, no file"
            " says."
        )
    if found.several_late:
        named = ", ".join(f"{one.name.value} {one.late.value:,}" for one in found.several_late)
        yield f"Late orders with lines of several suppliers, by the supplier of the line that was latest: {named}."
    if not facts.late_by_supplier.known:
        yield "No file names a supplier. Add a list with the columns sku and supplier: --suppliers FILE."
    elif not found.suppliers_named:
        yield "More than half of the late orders have no supplier name, so no supplier is named."
    elif found.stated_share.value is not None and not found.mostly_stated:
        yield (
            f"{1 - float(found.stated_share.value):.0%} of the late orders have no supplier name, so they are not in the"
            " findings on suppliers."
        )


def _change(found: Attribution) -> Iterator[str]:
    """The change against the history in its two parts, where the account got worse."""
    change = found.change
    if change is None or not change.by_supplier or float(change.total.value or 0) <= 0:
        return
    rate, mix = float(change.rate_orders.value or 0), float(change.mix_orders.value or 0)
    yield (
        f"Against the rate before, {_more(rate)} late orders by the suppliers' own rates and {_more(mix)} by orders that"
        " moved between suppliers."
    )
    if change.no_rate_rose:
        yield "No supplier got slower; more orders went to slower ones."


def _more(orders: float) -> str:
    return f"{abs(orders):.1f} {'fewer' if orders < 0 else 'more'}"


def _cause(facts: Facts, found: Attribution, cause: Cause) -> Iterator[str]:
    who = name_of(cause)
    late = _late_of(cause)
    before = (
        f"{cause.late_before.value:,} of {cause.orders_before.value:,}" if cause.orders_before.value else ""
    )
    if cause.kind == "mix":
        yield (
            f"More orders went to {who}: {float(cause.share_of_orders.value or 0):.1%} of all orders, before"
            f" {float(cause.share_before.value or 0):.1%}. It was above the target before ({before} late) and still is"
            f" ({late})."
        )
    elif cause.kind == "above_target_throughout" and before:
        yield f"{who} was above the target before ({before} orders late) and still is ({late})."
    elif cause.kind == "above_target_throughout":
        yield f"{who} is above the target: {late}."
    else:
        yield f"{who} stands out{_beside(found)}: {late}{'; before, ' + before if before else ''}."
        yield from _beyond(found, cause)
    yield from _since(cause)
    yield from _without(facts, cause)
    yield from _steps(cause)
    for other in cause.alike:
        yield (
            f"It cannot be told apart from {TITLES[other.dimension][1]} {other.name.value}: they share"
            f" {other.shared.value:,} of {other.orders.value:,} orders."
        )


def name_of(cause: Cause) -> str:
    """The cause as a sentence calls it."""
    if cause.dimension == "account":
        return "The account as a whole"
    if cause.role == "own_warehouse":
        return f"Your own warehouse ({cause.name.value})"
    return called(cause.dimension, str(cause.name.value))


def called(dimension: str, name: str) -> str:
    """A group as a sentence calls it: a supplier by its name, others with what they are."""
    return name if dimension == "supplier" else f"{TITLES[dimension][0]} {name}"


def _beside(found: Attribution) -> str:
    return {
        "own_history": "",
        "others": " from the others",
        "first_days": " against the first days of the window",
    }[found.compared_with]


def _beyond(found: Attribution, cause: Cause) -> Iterator[str]:
    """How many late orders are beyond the usual: the judged range, and the excess over a plain rate."""
    low, high = cause.late_caused
    said = (
        f"{cause.usual_low.value:,} to {cause.usual_high.value:,} late would be usual, so {between(low, high)} are beyond"
        " the usual"
    )
    if cause.excess.value is None:
        yield f"{said}."
        return
    if found.compared_with == "others":
        whose = "the others' rate"
    else:
        whose = "its own rate before" if cause.own_baseline else "the account's rate before"
    yield f"{said} ({float(cause.excess.value):.1f} more than at {whose})."


def _without(facts: Facts, cause: Cause) -> Iterator[str]:
    rate = facts.late_shipment_rate[0].rate.value
    if cause.kind != "changed" or cause.rate_without.value is None or rate is None:
        return
    without = f"{float(cause.rate_without.value):.2%}, not {float(rate):.2%}"
    if cause.dimension == "account":
        yield f"At its earlier rate it would be at {without}."
    else:
        yield f"Without that excess the account would be at {without}."


def _since(cause: Cause) -> Iterator[str]:
    if cause.from_.value is None:
        return
    begun = f"{cause.from_.value} or earlier" if cause.or_before else f"about {cause.from_.value}"
    span = f"Since {begun}, still going on:" if cause.running else f"From {begun} to {cause.to.value}:"
    between_ = (
        ""
        if cause.or_before or cause.from_earliest.value == cause.from_latest.value
        else f" (it began between {cause.from_earliest.value} and {cause.from_latest.value})"
    )
    yield f"{span} {cause.span_late.value:,} of {cause.span_orders.value:,} late{between_}."


def _steps(cause: Cause) -> Iterator[str]:
    """The late orders of a cause by step; nothing where no time tells any."""
    stages = cause.stages
    bounds = {
        "dispatch": stages.dispatch,
        "the hand-over to the carrier": stages.handover,
        "the confirmation": stages.confirmation,
    }
    if all(low.value == 0 and high.value == cause.late.value for low, high in bounds.values()):
        return
    said = [f"{between(low, high)} in {step}" for step, (low, high) in bounds.items() if high.value]
    yield f"At the deadline: {', '.join(said)}."


def between(low: Figure, high: Figure) -> str:
    """Two bounds as one number where they are equal."""
    return f"{low.value:,}" if low.value == high.value else f"{low.value:,} to {high.value:,}"
