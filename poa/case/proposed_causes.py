"""Causes that the rows propose: groups that stand out, steps, handling times and days, each as a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from poa.case.supports import ALL_ORDERS, CLOSED_DAYS, STEP_OF, SURGE, at_step, number
from poa.facts import Cause, Facts, Handling, StageBounds
from poa.words import Said, said

ASSOCIATION = said("The rows show what goes together, not why: only you can say whether it is the cause.")

_PART = 5  # a step counts where it surely holds one late order in so many, and two at least
_MOST_SKUS = 3  # SKUs whose handling time is proposed as a cause of its own
_BEFORE_DISPATCH = ("SUP_STOCKOUT", "SUP_RELEASE")  # goods that are not there hold an order before it leaves
# What the rows cannot tell apart, by what stands out; the seller may know.
_OPEN = {
    "supplier": ("SUP_DISPATCH", "SUP_STOCKOUT", "ROUTING_DELAY", "TRACKING_LATE"),
    "own_warehouse": ("STAFF", "VOLUME_SPIKE", "SUP_RELEASE", "CUTOFF_MOVED"),
    "carrier": ("PICKUP_MISSED", "CUTOFF_MOVED", "TRACKING_LATE", "WEATHER_EVENT"),
    "sku": ("SUP_STOCKOUT", "SUP_RELEASE", "CONFIG_ERROR", "HANDLING_SHORT"),
    "account": (
        "STAFF",
        "SYSTEM_SYNC",
        "CONFIG_ERROR",
        "AMAZON_SETTING",
        "VACATION_SETTING",
        "CALENDAR",
        "VOLUME_SPIKE",
        "WEATHER_EVENT",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedCause:
    """A cause to be confirmed. ``codes`` fit what the rows show, the strongest first; empty where they show no step.

    ``open_codes`` may fit as well, and the rows cannot tell. ``shown_by`` is what the case file would hold;
    ``question`` asks, ``reason`` says what the rows tell of it, ``doubt`` what they cannot tell apart.
    """

    codes: tuple[str, ...]
    open_codes: tuple[str, ...]
    shown_by: str
    question: Said
    reason: Said
    doubt: Said | None = None


def proposed_causes(facts: Facts) -> tuple[ProposedCause, ...]:
    """The causes that the rows propose, strongest first: groups that stand out, then steps, settings and days."""
    told = facts.attribution.causes if facts.attribution else ()
    found = [_of_group(facts, one) for one in told]
    first = {one.codes[0] for one in found if one.codes}
    found += [one for one in _of_steps(facts) if one.codes[0] not in first]
    found += _of_handling(facts)
    surged = any("VOLUME_SPIKE" in one.codes for one in found)
    found += () if surged else _of_surge(facts)
    return (*found, *_of_closed_days(facts))


def _of_group(facts: Facts, cause: Cause) -> ProposedCause:
    shown_by = ALL_ORDERS if cause.dimension == "account" else f"{cause.dimension}: {cause.name.value}"
    sure = _sure_codes(facts, cause)
    kind = "own_warehouse" if cause.role == "own_warehouse" else cause.dimension
    codes = tuple(code for code, _ in sure)
    return ProposedCause(
        codes=codes,
        open_codes=tuple(code for code in _OPEN[kind] if code not in codes and _may(facts, cause, code)),
        shown_by=shown_by,
        question=_question(cause),
        reason=_reason(facts, cause, sure),
        doubt=_doubt(cause),
    )


def _may(facts: Facts, cause: Cause, code: str) -> bool:
    """Whether the times leave room for a code: a good part may have been at its step, or no step tells it."""
    return code not in {*STEP_OF, *_BEFORE_DISPATCH} or _counts(
        at_step(facts, cause, code)[1], number(cause.late)
    )


def _sure_codes(facts: Facts, cause: Cause) -> list[tuple[str, int]]:
    """The codes whose step surely holds a good part of a cause's late orders, and how many, most first."""
    late = number(cause.late)
    codes = ["SUP_DISPATCH", "ROUTING_DELAY", "PICKUP_MISSED", "LATE_CONFIRM"]
    if cause.dimension == "carrier" or cause.role == "own_warehouse":
        codes.remove("SUP_DISPATCH")
    found = [(code, low) for code in codes if _counts(low := at_step(facts, cause, code)[0], late)]
    handling = _raise_of(facts, cause)
    if handling:
        found.append(("HANDLING_SHORT", number(handling.over)))
    surge = facts.remedies.surge if facts.remedies else None
    if cause.dimension == "account" and surge and surge.rises:
        found.append(("VOLUME_SPIKE", number(surge.late)))
    return sorted(found, key=lambda one: -one[1])


def _counts(low: int, late: int) -> bool:
    return low >= 2 and low * _PART >= late


def _raise_of(facts: Facts, cause: Cause) -> Handling | None:
    """The handling time of a SKU that stands out, where its rows carry a raise."""
    listed = facts.remedies.handling if facts.remedies and cause.dimension == "sku" else ()
    return next((one for one in listed if one.carries_raise and one.sku.value == cause.name.value), None)


def _question(cause: Cause) -> Said:
    """What the seller is asked: the numbers of the days that tell the group apart, else those of the window."""
    name: str = said("All orders") if cause.dimension == "account" else str(cause.name.value)
    if cause.from_.value is None or cause.span_orders.value is None:
        return said(
            "{name}, {late} of {orders} orders late: confirm as a cause?",
            name=name,
            late=number(cause.late),
            orders=number(cause.orders),
        )
    parts = {
        "name": name,
        "late": number(cause.span_late),
        "orders": number(cause.span_orders),
        "day": date.fromisoformat(str(cause.from_.value)),
    }
    if cause.running:
        return said("{name}, {late} of {orders} orders late since about {day}: confirm as a cause?", **parts)
    end = date.fromisoformat(str(cause.to.value))
    return said(
        "{name}, {late} of {orders} orders late from about {day} to {end}: confirm as a cause?",
        **parts,
        end=end,
    )


def _reason(facts: Facts, cause: Cause, sure: list[tuple[str, int]]) -> Said:
    """What the rows tell of a cause's late orders, and which file would tell more."""
    late = number(cause.late)
    dispatch = number(cause.stages.dispatch[0])
    split = facts.stages is not None and facts.stages.supplier is not None
    if sure and not (sure[0][1] < dispatch and not split):
        return said(_REASONS[sure[0][0]], late=late, low=sure[0][1])
    if dispatch and not split and cause.role != "own_warehouse":
        return said(
            "Of the {late} late orders at least {low} left after the ship-by time. No file tells when they reached the supplier, so its time cannot be told from ours: supplier order times would tell.",
            late=late,
            low=dispatch,
        )
    if dispatch:
        return said(
            "Of the {late} late orders at least {low} left after the ship-by time.", late=late, low=dispatch
        )
    return said(
        "No file tells at which step most of the {late} late orders were at their ship-by time: supplier order and dispatch times and carrier scans would tell.",
        late=late,
    )


_REASONS = {
    "SUP_DISPATCH": "Of the {late} late orders at least {low} had reached the supplier before the ship-by time and left it after.",
    "ROUTING_DELAY": "Of the {late} late orders at least {low} had not reached the supplier at the ship-by time: that step is your own.",
    "PICKUP_MISSED": "Of the {late} late orders at least {low} had left before the ship-by time and were first scanned by the carrier after it.",
    "LATE_CONFIRM": "Of the {late} late orders at least {low} had left or been scanned before the ship-by time and were confirmed after it: that step is your own.",
    "HANDLING_SHORT": "Of its orders {low} were handed over after the ship-by time, more than one in ten: the promise is shorter than the work.",
    "VOLUME_SPIKE": "Of the {late} late orders {low} were due on days with far more orders than usual.",
}


def _doubt(cause: Cause) -> Said | None:
    if not cause.alike:
        return None
    return said(
        "{name} has nearly the same orders, so that the rows cannot tell which of the two it is.",
        name=str(cause.alike[0].name.value),
    )


def _of_steps(facts: Facts) -> Iterator[ProposedCause]:
    """Steps that hold a good part of all late orders, whoever shipped them."""
    told = facts.stages
    if told is None:
        return
    late = number(told.late)
    steps: tuple[tuple[str, str, StageBounds | None], ...] = (
        ("confirmation", "LATE_CONFIRM", told.confirmation),
        ("routing", "ROUTING_DELAY", told.routing),
        ("supplier", "SUP_DISPATCH", told.supplier),
        ("handover", "PICKUP_MISSED", told.handover),
    )
    for step, code, bounds in steps:
        if bounds is None or not _counts(number(bounds.low), late):
            continue
        yield ProposedCause(
            codes=(code,),
            open_codes=("TRACKING_LATE", "SYSTEM_SYNC", "STAFF") if step == "confirmation" else (),
            shown_by=f"step: {step}",
            question=said(_QUESTIONS[step], late=late, low=number(bounds.low)),
            reason=said(_REASONS[code], late=late, low=number(bounds.low)),
        )


_QUESTIONS = {
    "confirmation": "Shipped in time and confirmed late, {low} of {late} late orders: confirm as a cause?",
    "routing": "Passed on late, {low} of {late} late orders: confirm as a cause?",
    "supplier": "Left the supplier late, {low} of {late} late orders: confirm as a cause?",
    "handover": "Ready in time and picked up late, {low} of {late} late orders: confirm as a cause?",
}


def _of_handling(facts: Facts) -> Iterator[ProposedCause]:
    """SKUs whose promise is too short, without those whose delay a named group explains already."""
    if facts.remedies is None:
        return
    told = facts.attribution.causes if facts.attribution else ()
    named = {(one.dimension, str(one.name.value)) for one in told}
    groups = facts.attribution.dimensions.sku if facts.attribution else ()
    explained = {str(one.name.value) for one in groups if one.explained_by}
    explained |= {name for dimension, name in named if dimension == "sku"}
    listed = [
        one for one in facts.remedies.handling if one.carries_raise and str(one.sku.value) not in explained
    ]
    for one in listed[:_MOST_SKUS]:
        yield ProposedCause(
            codes=("HANDLING_SHORT",),
            open_codes=(),
            shown_by=f"sku: {one.sku.value}",
            question=said(
                "Handling time of {name} too short, {late} of {orders} orders handed over after the ship-by time: confirm as a cause?",
                name=str(one.sku.value),
                late=number(one.over),
                orders=number(one.orders),
            ),
            reason=said(_REASONS["HANDLING_SHORT"], low=number(one.over)),
        )


def _of_surge(facts: Facts) -> Iterator[ProposedCause]:
    surge = facts.remedies.surge if facts.remedies else None
    if surge is None or not surge.rises:
        return
    parts = {"late": number(surge.late), "orders": number(surge.orders)}
    yield ProposedCause(
        codes=("VOLUME_SPIKE",),
        open_codes=(),
        shown_by=SURGE,
        question=said(
            "Days with far more orders than usual, {late} of {orders} orders late: confirm as a cause?",
            **parts,
        ),
        reason=said(
            "On these days a larger part of the orders was late than on the other days of the window: {late} of {orders}.",
            **parts,
        ),
    )


def _of_closed_days(facts: Facts) -> Iterator[ProposedCause]:
    """Closed days at the origin, where more of the late orders met them than did not."""
    closed = facts.closed_days
    if closed is None:
        return
    over, clear = number(closed.over_closed), number(closed.on_open_days)
    if not _counts(over, over + clear) or over <= clear:
        return
    parts = {"late": over, "orders": over + clear}
    yield ProposedCause(
        codes=("CALENDAR",),
        open_codes=("VACATION_SETTING",),
        shown_by=CLOSED_DAYS,
        question=said(
            "Public holidays where the goods come from, between order and ship-by time of {late} of {orders} late orders: confirm as a cause?",
            **parts,
        ),
        reason=said(
            "Of the {orders} late orders that may have waited for dispatch, {late} had a public holiday at the origin between purchase and ship-by day.",
            **parts,
        ),
    )
