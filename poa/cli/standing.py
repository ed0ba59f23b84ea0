"""What stands out, on the terminal: causes in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from poa.cli.terminal import Screen
from poa.facts import Attribution, Cause, Facts, Figure, Group, Incident
from poa.orders import NOT_STATED, SEVERAL
from poa.rounding import pointed
from poa.words import said, strung

TITLES = {
    "supplier": (said("Supplier"), said("supplier")),
    "carrier": (said("Carrier"), said("carrier")),
    "sku": (said("SKU"), said("SKU")),
}
_CALLED = {"supplier": "{name}", "carrier": "Carrier {name}", "sku": "SKU {name}"}
_UNNAMED = {NOT_STATED: said("(not stated)"), SEVERAL: said("(several)")}
_WORTH = 3  # groups that are worth a look
_SAYS = {
    "too_few": "Too few orders ({orders}) to say who is late more than usual, or when the target is met again.",
    "nothing": "Nothing stands out: no supplier, carrier or SKU is clearly later than usual, and neither is the account as a whole.",
    "usual": "{count}; {low} to {high} would be usual",
    "gather": "Late orders gather on '{name}': {count}. Whose they are, no file says.",
    "several": "Late orders with lines of several suppliers, by the supplier of the line that was latest: {list}.",
    "partly": "{share} of the late orders have no supplier name, so they are not in the findings on suppliers.",
    "change": "Against the rate before, {rate} late orders by the suppliers' own rates and {mix} by orders that moved between suppliers.",
}
_CAUSE = {
    "mix": "More orders went to {who}: {share} of all orders, before {share_before}.",
    "still": "It was above the target before ({before} late) and still is ({late}).",
    "above_before": "{who} was above the target before ({before} orders late) and still is ({late}).",
    "above": "{who} is above the target: {late}.",
    "alike": "It cannot be told apart from {kind} {name}: they share {count} orders.",
    "beyond": "{low} to {high} late would be usual, so {number} are beyond the usual",
    "account": "At its earlier rate it would be at {without}, not {rate}.",
    "without": "Without that excess the account would be at {without}, not {rate}.",
    "began": "{count} (it began between {first} and {last})",
    "since": "Since {begun}, still going on: {count}.",
    "ended": "From {begun} to {day}: {count}.",
}
_OUT = {
    "own_history": "{who} stands out: {count}.",
    "others": "{who} stands out from the others: {count}.",
    "first_days": "{who} stands out against the first days of the window: {count}.",
}
_AT = {
    "others": "{number} more than at the others' rate",
    "own": "{number} more than at its own rate before",
    "account": "{number} more than at the account's rate before",
}
_AT_STEP = {
    "dispatch": "{number} in dispatch",
    "handover": "{number} in the hand-over to the carrier",
    "confirmation": "{number} in the confirmation",
}


def show_standing(facts: Facts, out: Screen) -> None:
    """Print what stands out: the causes, each in sentences, or that nothing does; and what limits them."""
    found, rate = facts.attribution, facts.late_shipment_rate[0]
    if found is None:
        return
    out.say(said("What stands out ({days} days)", days=rate.window_days), style="bold")
    if found.too_few:
        out.say(said(_SAYS["too_few"], orders=rate.orders.rows.orders))
    elif not found.causes:
        out.say(*_nothing(found))
    out.say(*(strung("{one} {other}", _cause(facts, found, cause)) for cause in found.causes), lead="- ")
    if found.overlap:
        out.say(said("These share orders, so their numbers must not be added up."))
    out.say(*_without_names(facts, found), *_change(found))
    out.print()


def _nothing(found: Attribution) -> Iterator[str]:
    worth = [group for ranking in found.rankings for group in ranking.top if group.verdict == "unclear"]
    if not worth and not found.nameless:
        yield said(_SAYS["nothing"])
        return
    yield said("Nothing stands out clearly enough to name a supplier, carrier or SKU.")
    if worth:
        named = (
            said("{name} ({key})", name=shown(one.name.value), key=_count(one)) for one in worth[:_WORTH]
        )
        yield said("Worth a look: {groups}.", groups=strung("{one}; {other}", named))


def late_of(group: Group | Cause | Incident) -> str:
    """How many of its orders were late."""
    return said("{late} of {orders} orders late", late=group.late.value, orders=group.orders.value)


def _count(group: Group) -> str:
    """Its late orders, and how many would be usual where that is known."""
    count, low, high = late_of(group), group.usual_low.value, group.usual_high.value
    return count if high is None else said(_SAYS["usual"], count=count, low=low, high=high)


def _without_names(facts: Facts, found: Attribution) -> Iterator[str]:
    """What is known of late orders without a name."""
    for group in found.nameless:
        yield said(_SAYS["gather"], name=shown(group.name.value), count=_count(group))
    if found.several_late:
        each = ((shown(one.name.value), one.late.value) for one in found.several_late)
        late = (said("{name} {number}", name=name, number=number) for name, number in each)
        yield said(_SAYS["several"], list=strung("{one}, {other}", late))
    if not facts.late_by_supplier.known:
        yield said(
            "No file names a supplier. Add a list with the columns sku and supplier: --suppliers FILE."
        )
    elif not found.suppliers_named:
        yield said("More than half of the late orders have no supplier name, so no supplier is named.")
    elif found.stated_share.value is not None and not found.mostly_stated:
        yield said(_SAYS["partly"], share=f"{1 - float(found.stated_share.value):.0%}")


def _change(found: Attribution) -> Iterator[str]:
    """The change against the history in its two parts, where the account got worse."""
    change = found.change
    if change is None or not change.by_supplier or float(change.total.value or 0) <= 0:
        return
    rate, mix = float(change.rate_orders.value or 0), float(change.mix_orders.value or 0)
    yield said(_SAYS["change"], rate=_more(rate), mix=_more(mix))
    if change.no_rate_rose:
        yield said("No supplier got slower; more orders went to slower ones.")


def _more(orders: float) -> str:
    return said("{number} fewer" if orders < 0 else "{number} more", number=pointed(f"{abs(orders):.1f}"))


def _cause(facts: Facts, found: Attribution, cause: Cause) -> Iterator[str]:
    who, late, before = name_of(cause), late_of(cause), ""
    if cause.orders_before.value:
        before = said("{late} of {orders}", late=cause.late_before.value, orders=cause.orders_before.value)
    if cause.kind == "mix":
        share, share_before = (
            pointed(f"{float(one.value or 0):.1%}") for one in (cause.share_of_orders, cause.share_before)
        )
        now = said(_CAUSE["mix"], who=who, share=share, share_before=share_before)
        yield from (now, said(_CAUSE["still"], before=before, late=late))
    elif cause.kind == "above_target_throughout" and before:
        yield said(_CAUSE["above_before"], who=who, before=before, late=late)
    elif cause.kind == "above_target_throughout":
        yield said(_CAUSE["above"], who=who, late=late)
    else:
        count = said("{late}; before, {before}", late=late, before=before) if before else late
        yield said(_OUT[found.compared_with], who=who, count=count)
        yield from _beyond(found, cause)
    yield from _since(cause)
    yield from _without(facts, cause)
    yield from _steps(cause)
    for other in cause.alike:
        kind, name = TITLES[other.dimension][1], str(other.name.value)
        shared = said("{late} of {orders}", late=other.shared.value, orders=other.orders.value)
        yield said(_CAUSE["alike"], kind=kind, name=name, count=shared)


def name_of(cause: Cause) -> str:
    """The cause as a sentence calls it."""
    if cause.dimension == "account":
        return said("The account as a whole")
    if cause.role == "own_warehouse":
        return said("Your own warehouse ({name})", name=str(cause.name.value))
    return called(cause.dimension, str(cause.name.value))


def called(dimension: str, name: str) -> str:
    """A group as a sentence calls it: a supplier by its name, others with what they are."""
    return said(_CALLED[dimension], name=name)


def shown(name: object) -> str:
    """The name of a group, or what stands for one that has none."""
    return _UNNAMED.get(str(name), str(name))


def _beyond(found: Attribution, cause: Cause) -> Iterator[str]:
    """How many late orders are beyond the usual: the judged range, and the excess over a plain rate."""
    low, high = cause.late_caused
    usual_low, usual_high = cause.usual_low.value, cause.usual_high.value
    usual = said(_CAUSE["beyond"], low=usual_low, high=usual_high, number=between(low, high))
    if cause.excess.value is None:
        yield said("{usual}.", usual=usual)
        return
    whose = "others" if found.compared_with == "others" else "own" if cause.own_baseline else "account"
    more = pointed(f"{float(cause.excess.value):.1f}")
    yield said("{usual} ({more}).", usual=usual, more=said(_AT[whose], number=more))


def _without(facts: Facts, cause: Cause) -> Iterator[str]:
    rate = facts.late_shipment_rate[0].rate.value
    if cause.kind != "changed" or cause.rate_without.value is None or rate is None:
        return
    without, now = (pointed(f"{float(one):.2%}") for one in (cause.rate_without.value, rate))
    yield said(_CAUSE["account" if cause.dimension == "account" else "without"], without=without, rate=now)


def _since(cause: Cause) -> Iterator[str]:
    if cause.from_.value is None:
        return
    begun = said("{day} or earlier" if cause.or_before else "about {day}", day=str(cause.from_.value))
    count = said("{late} of {orders} late", late=cause.span_late.value, orders=cause.span_orders.value)
    first, last = cause.from_earliest.value, cause.from_latest.value
    if not cause.or_before and first != last:
        count = said(_CAUSE["began"], count=count, first=str(first), last=str(last))
    pattern = "since" if cause.running else "ended"
    yield said(_CAUSE[pattern], begun=begun, day=str(cause.to.value), count=count)


def _steps(cause: Cause) -> Iterator[str]:
    """The late orders of a cause by step; nothing where no time tells any."""
    bounds = {step: getattr(cause.stages, step) for step in _AT_STEP}
    if all(low.value == 0 and high.value == cause.late.value for low, high in bounds.values()):
        return
    each = (
        said(_AT_STEP[step], number=between(low, high)) for step, (low, high) in bounds.items() if high.value
    )
    yield said("At the deadline: {list}.", list=strung("{one}, {other}", each))


def between(low: Figure, high: Figure) -> str:
    """Two bounds as one number where they are equal."""
    if low.value == high.value:
        return said("{number}", number=low.value)
    return said("{low} to {high}", low=low.value, high=high.value)
