"""How it went and where it goes, on the terminal: the steps of delay, incidents, room left, recovery."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from poa.cli.standing import between, called, name_of
from poa.cli.terminal import line, section, table
from poa.facts import Budget, Facts, Figure, Incident, Projection

_STEPS = {
    "dispatch": "in dispatch: your ordering and the supplier",
    "handover": "waiting for the carrier",
    "confirmation": "handed over, and not confirmed: your own step",
}


def show_verdict(facts: Facts, out: Console) -> None:
    """Say first whether there is anything to answer at all."""
    rates = [rate for rate in facts.late_shipment_rate[:2] if rate.meets_target is not None]
    missed = [rate.window_days for rate in rates if not rate.meets_target]
    if len(rates) < 2:
        return
    if not missed:
        verdict = "Both windows meet the target. Look at Account Health before you send anything."
    elif len(missed) == len(rates):
        verdict = "Both windows miss the target."
    else:
        verdict = f"The {missed[0]} days miss the target; the other window meets it."
    out.print(line(verdict, "bold"))


def show_course(facts: Facts, out: Console) -> None:
    """Print steps, incidents and what is to come."""
    few = facts.attribution is None or facts.attribution.too_few
    few = few or any(rate.few for rate in facts.late_shipment_rate[:2])
    section(out, "Where the time went", _stages(facts))
    if few:
        return
    section(out, "Incidents", (_incident(facts, one) for one in facts.incidents or ()))
    section(out, "Room left this week", (_budget(facts, one) for one in facts.budgets or ()))
    if facts.projection and any(rate.meets_target is False for rate in facts.late_shipment_rate[:2]):
        assumed = "It assumes as many orders as in the last 28 days."
        out.print(line("When is the target met again?", "bold"))
        out.print(_projection(facts))
        out.print(line(f"Likely day, and by which day in nine of ten cases. {assumed}", "dim"))
        out.print()


def _stages(facts: Facts) -> Iterator[str]:
    stages = facts.stages
    if stages is None or not stages.late.value:
        return
    if stages.unattributed.value == stages.late.value:
        whose = (
            "The late order is" if stages.late.value == 1 else f"The {stages.late.value:,} late orders are"
        )
        yield f"{whose} unattributed: no file says when orders were dispatched or first scanned."
        return
    said = [
        f"{between(bounds.low, bounds.high)} {_STEPS[name]}"
        for name, bounds in (
            ("dispatch", stages.dispatch),
            ("handover", stages.handover),
            ("confirmation", stages.confirmation),
        )
        if bounds.high.value
    ]
    number = "the late order was" if stages.late.value == 1 else f"of {stages.late.value:,} late orders"
    yield f"When the ship-by time passed, {number}:"
    yield from said
    if stages.routing and stages.supplier and stages.dispatch.high.value:
        yield (
            f"of those in dispatch, {between(stages.routing.low, stages.routing.high)} not yet ordered at the supplier,"
            f" {between(stages.supplier.low, stages.supplier.high)} at the supplier"
        )
    if 2 * int(stages.confirmation.low.value or 0) > int(stages.late.value or 0):
        yield (
            f"Most late orders ({stages.confirmation.low.value:,} of {stages.late.value:,}) had left in time and"
            " were only confirmed late. Confirming in time would have kept them on time."
        )
    if stages.unattributed.value:
        yield f"For {_late_orders(stages.unattributed)} the step cannot be told: unattributed."
    if stages.contradicting.value:
        yield f"For {_late_orders(stages.contradicting)} of these the times contradict each other."
    closed = facts.closed_days
    if closed:
        told = (int(closed.over_closed.value or 0), int(closed.on_open_days.value or 0))
        yield (
            f"Of up to {sum(told):,} in dispatch, {told[0]:,} had a public holiday in {closed.origin} between purchase and"
            f" ship-by; {told[1]:,} had none."
        )
        if closed.provisional:
            yield f"Holidays in {closed.origin} of a year not announced yet are provisional."


def _late_orders(count: Figure) -> str:
    return "1 late order" if count.value == 1 else f"{count.value:,} late orders"


def _incident(facts: Facts, one: Incident) -> str:
    until = f"{one.to.value}, still going on" if one.running else str(one.to.value)
    found = facts.attribution
    who = ", ".join(name_of(found.causes[at]) for at in one.causes) if found else ""
    return (
        f"{one.from_.value} to {until}: {one.late.value:,} of {one.orders.value:,} orders late, where"
        f" {float(one.expected.value or 0):.0f} are usual; most on {one.peak_day.value}"
        f" ({float(one.peak_rate.value or 0):.0%} of that day's orders)." + (f" In it: {who}." if who else "")
    )


def _budget(facts: Facts, one: Budget) -> str:
    overdue = one.overdue.value
    past = f", counting {overdue:,} past their ship-by time and not confirmed" if overdue else ""
    said = f"{one.window_days} days: {one.late.value:,} late{past}; at most {one.allowed.value:,} meet the target."
    if one.missed_since.value is not None:
        said += f" Missed since {one.missed_since.value}{' or earlier' if one.or_before else ''}."
    spare, orders = int(one.week_spare.value or 0), int(one.week_orders.value or 0)
    if spare >= 0:
        return f"{said} If about {orders:,} orders come in the next 7 days, {spare:,} of them late would still meet it. Aim at none."
    clean = [seen for seen in facts.projection or () if seen.scenario == "zero_late"]
    if again := next((seen.likely.value for seen in clean if seen.window_days == one.window_days), None):
        said += f" With no more late orders it is met again on {again}."
    return said


def _projection(facts: Facts) -> Table:
    windows = [rate.window_days for rate in facts.late_shipment_rate if rate.window_days]
    seen = facts.projection or ()
    cells: dict[tuple[str, str | None, str | None], dict[int, str]] = {}
    for one in seen:
        cells.setdefault((one.scenario, one.dimension, one.name), {})[one.window_days] = _when(one, facts)
    rows = [
        (_scenario(*key), *(told[window] for window in windows if window in told))
        for key, told in cells.items()
        if _worth_a_row(facts, *key)
    ]
    return table(("If", *(f"{window} days" for window in windows)), rows)


def _worth_a_row(facts: Facts, scenario: str, dimension: str | None, name: str | None) -> bool:
    """Who has ended cannot be paused, and of many causes only the first ones are."""
    found = facts.attribution
    if found is None or name is None:
        return True
    known = [(one.dimension, str(one.name.value)) for one in found.causes]
    at = known.index((dimension or "", name)) if (dimension or "", name) in known else 0
    return at < _SHOWN and (scenario == "usual_rate" or found.causes[at].running)


_SHOWN = 2  # causes with scenarios of their own


def _when(one: Projection, facts: Facts) -> str:
    if one.likely.value is None:
        return "not in 40 days"
    if one.likely.value == facts.as_of.value:
        return "met now"
    if one.likely.value == one.cautious.value:
        return str(one.likely.value)
    latest = "later" if one.cautious.value is None else f"by {one.cautious.value}"
    return f"{one.likely.value}, {latest}"


def _scenario(scenario: str, dimension: str | None, name: str | None) -> str:
    if name is None:
        every = {"zero_late": "no more late orders", "usual_rate": "all of these back at their usual rate"}
        return every.get(scenario, "nothing changes (rate of the last 10 days)")
    who = "the account" if dimension == "account" else called(dimension or "", name)
    return {
        "usual_rate": f"{who} back at the usual rate",
        "paused": f"{who} paused",
        "paused_moved": f"{who} paused, its orders moved",
    }[scenario]
