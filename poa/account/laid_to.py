"""Where one late order was laid to: the step that it was in at its deadline, and the cause, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from poa.account.joined import Joined
from poa.account.late_orders import counted_days
from poa.account.standing_out import coarse_clocks
from poa.analysis.stages import out_of_order, stage_sets, step_names, times_of
from poa.analysis.windows import told_span
from poa.facts import Cause, Facts, Group

_WORDS = {
    "dispatch": "dispatch (your ordering or the supplier)",
    "handover": "the hand-over to the carrier",
    "confirmation": "the confirmation",
}
_ALONE = {
    "dispatch": "It had not left the supplier when its ship-by time passed. The delay was in dispatch: your ordering or the"
    " supplier.",
    "handover": "It left in time, but the carrier had not scanned it when its ship-by time passed. The delay was in the"
    " hand-over.",
    "confirmation": "It had left in time; only the confirmation came late. That step is yours, not the supplier's.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidTo:
    """The steps that a late order may have been in, the causes that it belongs to, and the sentences that say why."""

    steps: tuple[str, ...]
    causes: tuple[tuple[str, str], ...]
    why: tuple[str, ...]


def laid_to(at: int, joined: Joined, facts: Facts) -> LaidTo:
    """The step and the cause of the late order at this position of the order table."""
    steps, said = _step(at, joined)
    causes, judged = _cause(at, joined, facts)
    return LaidTo(steps=steps, causes=causes, why=(said, *judged))


def _step(at: int, joined: Joined) -> tuple[tuple[str, ...], str]:
    times = times_of(joined.orders.late_lines.loc[[at]], coarse_clocks(joined))
    steps = step_names(int(stage_sets(times)[0]))
    if out_of_order(times)[0]:
        return steps, "Its times contradict each other, so its step cannot be told: unattributed."
    if len(steps) > 2:
        return steps, "No file tells in which step it was delayed: unattributed."
    if len(steps) > 1:
        return (
            steps,
            f"One time is missing: the delay was in {' or in '.join(_WORDS[name] for name in steps)}.",
        )
    return steps, _ALONE[steps[0]]


def _cause(at: int, joined: Joined, facts: Facts) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    found = facts.attribution
    if found is None:
        return (), ("Whether a supplier stands out is not told: the files do not list every order.",)
    window = told_span(facts.late_shipment_rate[0])
    days = counted_days(joined, facts)[[at]]
    if not window.holds(days)[0]:
        return (), (
            f"It is not of the {window.days} days ({window.first} to {window.last}) in which causes are looked for.",
        )
    order = joined.orders.table.iloc[at]
    mine = [cause for cause in found.causes if _holds(cause, order)]
    if mine:
        day = days[0].astype("datetime64[D]").item()
        return (
            tuple((cause.dimension, str(cause.name.value)) for cause in mine),
            (
                *(_named(cause, day) for cause in mine),
                "Whether this one order would have been late anyway cannot be told.",
            ),
        )
    return (), tuple(_not_named(found.dimensions.supplier, order))


def _holds(cause: Cause, order: pd.Series[str]) -> bool:
    return cause.dimension == "account" or str(order[cause.dimension]) == cause.name.value


def _named(cause: Cause, day: date) -> str:
    who = _called(cause)
    late = f"{cause.late.value:,} of {cause.orders.value:,} orders late"
    if cause.kind == "mix":
        return f"{who} got more of the orders, and was above the target before: {late}."
    if cause.kind == "above_target_throughout":
        return f"{who} is above the target, not only lately: {late}."
    said = f"{who} stands out: {late}; {cause.usual_low.value} to {cause.usual_high.value} would be usual."
    first, last = (
        date.fromisoformat(str(end.value)) if end.value else None for end in (cause.from_, cause.to)
    )
    if first and last and not first <= day <= last:
        said += f" It does so mainly from {first} to {last}; this order is of {day}."
    return said


def _called(cause: Cause) -> str:
    name = str(cause.name.value)
    return {
        "account": "The account as a whole",
        "supplier": f"Its supplier {name}",
        "carrier": f"Its carrier {name}",
        "sku": f"Its SKU {name}",
    }[cause.dimension]


def _not_named(suppliers: tuple[Group, ...], order: pd.Series[str]) -> Iterator[str]:
    group = next((one for one in suppliers if one.name.value == str(order["supplier"])), None)
    if group is not None and group.role == "several":
        yield "Its lines are of several suppliers, so it is counted for none of them."
        return
    if group is None or group.role in {"not_stated", "unknown"}:
        yield "No row names its supplier, so it is counted for none."
        return
    late = f"{group.late.value:,} of {group.orders.value:,} orders late"
    if group.verdict == "too_few":
        yield f"Its supplier {group.name.value} has too few orders to tell ({late})."
    elif group.usual_high.value is None:
        yield f"Its supplier {group.name.value} ({late}) cannot be compared with anything."
    elif group.verdict == "unclear":
        yield (
            f"Its supplier {group.name.value} may be later than usual, but that is not certain: {late};"
            f" {group.usual_low.value} to {group.usual_high.value} would be usual."
        )
    else:
        yield (
            f"Its supplier {group.name.value} was not later than usual: {late}; {group.usual_low.value} to"
            f" {group.usual_high.value} would be usual."
        )
