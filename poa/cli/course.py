"""How it went and where it goes, on the terminal: the steps of delay, incidents, room left, recovery."""

from __future__ import annotations

from collections.abc import Iterator

from poa.cli.standing import between, called, late_of, name_of
from poa.cli.terminal import Screen, section
from poa.facts import Budget, Facts, Figure, Incident, Projection
from poa.words import counted, said, strung

_STEPS = {
    "dispatch": "{number} in dispatch: your ordering and the supplier",
    "handover": "{number} waiting for the carrier",
    "confirmation": "{number} handed over, and not confirmed: your own step",
}
_OF_STEPS = {
    "none": "The late order is unattributed: no file says when orders were dispatched or first scanned.",
    "none_of": "The {number} late orders are unattributed: no file says when orders were dispatched or first scanned.",
    "one": "When the ship-by time passed, the late order was:",
    "many": "When the ship-by time passed, of {number} late orders:",
    "ordered": "of those in dispatch, {ours} not yet ordered at the supplier, {theirs} at the supplier",
    "confirming": "Most late orders ({number} of {late}) had left in time and were only confirmed late. Confirming in time would have kept them on time.",
    "untold": "For {orders} the step cannot be told: unattributed.",
    "contradicting": "For {orders} of these the times contradict each other.",
    "closed": "Of up to {number} in dispatch, {over} had a public holiday in {country} between purchase and ship-by; {open} had none.",
    "provisional": "Holidays in {country} of a year not announced yet are provisional.",
}
_COURSE = {
    "incident": "{days}: {count}, where {usual} are usual; most on {peak}.",
    "overdue": "{late}, counting {number} past their ship-by time and not confirmed",
    "room": "{days} days: {late}; at most {allowed} meet the target.",
    "spare": "If about {orders} orders come in the next 7 days, {spare} of them late would still meet it. Aim at none.",
    "projected": "Likely day, and by which day in nine of ten cases. It assumes as many orders as in the last 28 days.",
}


def show_verdict(facts: Facts, out: Screen) -> None:
    """Say first whether there is anything to answer at all."""
    rates = [rate for rate in facts.late_shipment_rate[:2] if rate.meets_target is not None]
    missed = [rate.window_days for rate in rates if not rate.meets_target]
    if len(rates) < 2:
        return
    if not missed:
        verdict = said("Both windows meet the target. Look at Account Health before you send anything.")
    elif len(missed) == len(rates):
        verdict = said("Both windows miss the target.")
    else:
        verdict = said("The {days} days miss the target; the other window meets it.", days=missed[0])
    out.say(verdict, style="bold")


def show_course(facts: Facts, out: Screen) -> None:
    """Print steps, incidents and what is to come."""
    few = facts.attribution is None or facts.attribution.too_few
    few = few or any(rate.few for rate in facts.late_shipment_rate[:2])
    section(out, said("Where the time went"), _stages(facts))
    if few:
        return
    section(out, said("Incidents"), (_incident(facts, one) for one in facts.incidents or ()))
    section(
        out,
        said("Room left this week"),
        (strung("{one} {other}", _room(facts, one)) for one in facts.budgets or ()),
    )
    if facts.projection and any(rate.meets_target is False for rate in facts.late_shipment_rate[:2]):
        out.say(said("When is the target met again?"), style="bold")
        _show_projection(facts, out)
        out.say(said(_COURSE["projected"]), style="dim")
        out.print()


def _stages(facts: Facts) -> Iterator[str]:
    stages = facts.stages
    if stages is None or not stages.late.value:
        return
    if stages.unattributed.value == stages.late.value:
        yield counted(int(str(stages.late.value)), _OF_STEPS["none"], _OF_STEPS["none_of"])
        return
    yield counted(int(str(stages.late.value)), _OF_STEPS["one"], _OF_STEPS["many"])
    for step in ("dispatch", "handover", "confirmation"):
        if (bounds := getattr(stages, step)).high.value:
            yield said(_STEPS[step], number=between(bounds.low, bounds.high))
    if stages.routing and stages.supplier and stages.dispatch.high.value:
        ours, theirs = (between(one.low, one.high) for one in (stages.routing, stages.supplier))
        yield said(_OF_STEPS["ordered"], ours=ours, theirs=theirs)
    if 2 * int(stages.confirmation.low.value or 0) > int(stages.late.value or 0):
        yield said(_OF_STEPS["confirming"], number=stages.confirmation.low.value, late=stages.late.value)
    if stages.unattributed.value:
        yield said(_OF_STEPS["untold"], orders=_late_orders(stages.unattributed))
    if stages.contradicting.value:
        yield said(_OF_STEPS["contradicting"], orders=_late_orders(stages.contradicting))
    yield from _closed(facts)


def _closed(facts: Facts) -> Iterator[str]:
    if closed := facts.closed_days:
        over, none, country = closed.over_closed.value, closed.on_open_days.value, closed.origin
        number = int(over or 0) + int(none or 0)
        yield said(_OF_STEPS["closed"], number=number, over=over, country=country, open=none)
        if closed.provisional:
            yield said(_OF_STEPS["provisional"], country=country)


def _late_orders(count: Figure) -> str:
    return counted(int(str(count.value)), "1 late order", "{number} late orders")


def _incident(facts: Facts, one: Incident) -> str:
    found = facts.attribution
    until = said("{day}, still going on", day=str(one.to.value)) if one.running else str(one.to.value)
    days = said("{first} to {until}", first=str(one.from_.value), until=until)
    usual, rate = f"{float(one.expected.value or 0):.0f}", f"{float(one.peak_rate.value or 0):.0%}"
    peak = said("{day} ({rate} of that day's orders)", day=str(one.peak_day.value), rate=rate)
    told = said(_COURSE["incident"], days=days, count=late_of(one), usual=usual, peak=peak)
    who = strung("{one}, {other}", (name_of(found.causes[at]) for at in one.causes)) if found else ""
    return said("{told} In it: {who}.", told=told, who=who) if who else told


def _room(facts: Facts, one: Budget) -> Iterator[str]:
    late, since = said("{number} late", number=one.late.value), one.missed_since.value
    if one.overdue.value:
        late = said(_COURSE["overdue"], late=late, number=one.overdue.value)
    yield said(_COURSE["room"], days=one.window_days, late=late, allowed=one.allowed.value)
    if since is not None:
        yield said("Missed since {day} or earlier." if one.or_before else "Missed since {day}.", day=since)
    spare, orders = int(one.week_spare.value or 0), int(one.week_orders.value or 0)
    if spare >= 0:
        yield said(_COURSE["spare"], orders=orders, spare=spare)
        return
    clean = [seen for seen in facts.projection or () if seen.scenario == "zero_late"]
    if again := next((seen.likely.value for seen in clean if seen.window_days == one.window_days), None):
        yield said("With no more late orders it is met again on {day}.", day=str(again))


def _show_projection(facts: Facts, out: Screen) -> None:
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
    days = (said("{number} days", number=window) for window in windows)
    out.table((said("If"), *days), rows)


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
    likely = str(one.likely.value)
    if one.likely.value is None:
        return said("not in 40 days")
    if one.likely.value == facts.as_of.value:
        return said("met now")
    if one.likely.value == one.cautious.value:
        return likely
    if one.cautious.value is None:
        return said("{day}, later", day=likely)
    return said("{day}, by {last}", day=likely, last=str(one.cautious.value))


def _scenario(scenario: str, dimension: str | None, name: str | None) -> str:
    if name is None:
        return said(_ALL_IF[scenario if scenario in _ALL_IF else ""])
    who = said("the account") if dimension == "account" else called(dimension or "", name)
    return said(_IF[scenario], who=who)


_ALL_IF = {
    "zero_late": "no more late orders",
    "usual_rate": "all of these back at their usual rate",
    "": "nothing changes (rate of the last 10 days)",
}
_IF = {
    "usual_rate": "{who} back at the usual rate",
    "paused": "{who} paused",
    "paused_moved": "{who} paused, its orders moved",
}
