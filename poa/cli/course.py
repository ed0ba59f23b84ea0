"""How it went and where it goes, on the terminal: the steps of delay, incidents, what the week can bear, recovery."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from poa.cli.standing import between, name_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from poa.facts import Facts, Figure, Incident

_STEPS = {
    "dispatch": "dispatch (our routing and the supplier)",
    "handover": "hand-over to the carrier",
    "confirmation": "confirmation (our own step)",
}


def show_course(facts: Facts, out: Console) -> None:
    """Print steps, incidents and what is to come."""
    from poa.cli.terminal import line

    few = any(rate.few for rate in facts.late_shipment_rate[:2])
    for title, sentences in (
        ("Where the time went", list(_stages(facts))),
        ("Incidents", [_incident(facts, one) for one in facts.incidents or ()]),
        ("What the coming week can bear", list(_budgets(facts)) if not few else []),
    ):
        if sentences:
            out.print(line(title, "bold"))
            for sentence in sentences:
                out.print(line(f"- {sentence}"))
            out.print()
    few = any(rate.few for rate in facts.late_shipment_rate[:2])
    if (
        facts.projection
        and not few
        and any(rate.meets_target is False for rate in facts.late_shipment_rate[:2])
    ):
        out.print(line("Under the target again, and staying there, from", "bold"))
        out.print(_projection(facts))
        out.print(line("It takes the coming orders to be as many as in the last 28 days.", "dim"))
        out.print()


def _stages(facts: Facts) -> Iterator[str]:
    stages = facts.stages
    if stages is None:
        return
    if stages.unattributed.value == stages.late.value:
        yield (
            f"{_late_orders(stages.late)} unattributed: no file says when orders were dispatched or first scanned."
        )
        return
    hours = {
        "dispatch": stages.dispatch_hours,
        "handover": stages.handover_hours,
        "confirmation": stages.confirmation_hours,
    }
    for name, bounds in (
        ("dispatch", stages.dispatch),
        ("handover", stages.handover),
        ("confirmation", stages.confirmation),
    ):
        spent = hours[name].value
        yield (
            f"{between(bounds.low, bounds.high)} of {stages.late.value:,} late orders were in {_STEPS[name]} at their"
            f" deadline" + ("" if spent is None else f"; {float(spent):,.0f} hours past it") + "."
        )
        if name == "dispatch" and stages.routing and stages.supplier:
            yield (
                f"of these {between(stages.routing.low, stages.routing.high)} not yet ordered at the supplier,"
                f" {between(stages.supplier.low, stages.supplier.high)} at the supplier."
            )
    if stages.unattributed.value:
        yield f"{stages.unattributed.value:,} are unattributed: their times do not tell the step."
    if stages.contradicting.value:
        yield f"{stages.contradicting.value:,} have times that cannot be (scanned before dispatch, and the like)."
    closed = facts.closed_days
    if closed:
        told = (closed.over_closed.value, closed.on_open_days.value)
        yield (
            f"Of those that may have been in dispatch, {told[0]:,} had a public holiday in {closed.origin} between purchase"
            f" and ship-by, {told[1]:,} had none."
        )
        if closed.provisional:
            yield f"Holidays in {closed.origin} of a year not announced yet are provisional."


def _late_orders(late: Figure) -> str:
    return "The late order is" if late.value == 1 else f"The {late.value:,} late orders are"


def _incident(facts: Facts, one: Incident) -> str:
    until = f"{one.to.value}, still running" if one.running else str(one.to.value)
    found = facts.attribution
    who = ", ".join(name_of(found.causes[at]) for at in one.causes) if found and one.causes else ""
    return (
        f"{one.from_.value} to {until}: {one.late.value:,} of {one.orders.value:,} orders late, where"
        f" {float(one.expected.value or 0):.0f} are usual; worst on {one.peak_day.value} ({float(one.peak_rate.value or 0):.0%})"
        + (f"; {who}." if who else "; no supplier, carrier or SKU stands out in it.")
    )


def _budgets(facts: Facts) -> Iterator[str]:
    for one in facts.budgets or ():
        since = ""
        if one.missed_since.value is not None:
            since = f", missed since {'or before ' if one.or_before else ''}{one.missed_since.value}"
        yield (
            f"{one.window_days} days: {one.late.value:,} late now, {one.allowed.value:,} would meet the target"
            f"{since}. " + _week(int(one.week_spare.value or 0), int(one.week_orders.value or 0))
        )


def _week(spare: int, orders: int) -> str:
    if spare < 0:
        return "On some day of the coming week it is missed even without a late order."
    return f"The coming 7 days (about {orders:,} orders) can bear {spare:,} late."


def _projection(facts: Facts) -> Table:
    from poa.cli.terminal import table

    seen = facts.projection or ()
    rows = []
    for key in dict.fromkeys((one.scenario, one.dimension, one.name) for one in seen):
        words = _scenario(*key)
        for one in seen:
            if (one.scenario, one.dimension, one.name) == key:
                days = (one.likely.value, one.optimistic.value, one.cautious.value)
                rows.append(
                    (
                        words,
                        f"{one.window_days} days",
                        *("not in 40 days" if day is None else str(day) for day in days),
                    )
                )
                words = ""
    return table(("If", "Window", "Likely", "Earliest", "Latest"), rows, right=(1, 2, 3, 4))


def _scenario(scenario: str, dimension: str | None, name: str | None) -> str:
    who = "all orders" if dimension == "account" else name
    return {
        "zero_late": "no late order from now on",
        "current_rate": "the rate of the last 10 days",
        "usual_rate": f"{who}: at its usual rate",
        "paused": f"{who}: paused",
        "paused_moved": f"{who}: paused, orders moved",
    }[scenario]
