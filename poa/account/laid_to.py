"""Where one late order was laid to: the step that it was in at its deadline, and the cause, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from poa.account.joined import Joined
from poa.account.standing_out import coarse_clocks
from poa.analysis.stages import C, D, H, out_of_order, stage_sets, times_of
from poa.analysis.windows import order_days
from poa.facts import Cause, Facts, Group
from poa.orders import Basis

_STEPS = {D: "dispatch", H: "handover", C: "confirmation"}
_WORDS = {
    "dispatch": "dispatch (our own routing and the supplier)",
    "handover": "hand-over to the carrier",
    "confirmation": "confirmation",
}
_BASES: tuple[Basis, ...] = ("ship-by", "purchase", "confirm")


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
    bits = int(stage_sets(times)[0])
    steps = tuple(name for bit, name in _STEPS.items() if bits & bit)
    if out_of_order(times)[0]:
        return steps, "Its times cannot be in this order, so its step is unattributed."
    match steps:
        case ("dispatch",):
            return steps, (
                "It had not been dispatched when its ship-by time passed, so it is laid to dispatch: our own routing and the"
                " supplier."
            )
        case ("handover",):
            return steps, (
                "It was dispatched in time, and the carrier had not scanned it when its ship-by time passed, so it is laid to"
                " the hand-over."
            )
        case ("confirmation",):
            return steps, (
                "It was handed over in time and confirmed late, so it is laid to the confirmation, which is our own step and"
                " not the supplier's."
            )
        case (_, _, _):
            return steps, "No time tells which step it was in at its ship-by time: it is unattributed."
        case _:
            named = " or ".join(_WORDS[name] for name in steps)
            return (
                steps,
                f"A time is missing, so that it may have been in {named} when its ship-by time passed.",
            )


def _cause(at: int, joined: Joined, facts: Facts) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    found = facts.attribution
    if found is None:
        return (), ("Whether a supplier stands out is not told: the files do not list every order.",)
    window = facts.late_shipment_rate[0]
    days = order_days(
        joined.orders, zone=facts.time_zone, basis=next(one for one in _BASES if one == facts.window_by)
    )
    first, last = (date.fromisoformat(str(end.value)) for end in (window.from_, window.to))
    if not np.datetime64(first, "D") <= days[at] <= np.datetime64(last, "D"):
        return (), (
            f"It does not lie in the {window.window_days} days from {first} to {last}, in which causes are looked for.",
        )
    order = joined.orders.table.iloc[at]
    mine = [cause for cause in found.causes if _holds(cause, order)]
    if mine:
        return tuple((cause.dimension, str(cause.name.value)) for cause in mine), tuple(map(_named, mine))
    return (), tuple(_not_named(found.dimensions.supplier, order))


def _holds(cause: Cause, order: pd.Series[str]) -> bool:
    return cause.dimension == "account" or str(order[cause.dimension]) == cause.name.value


def _named(cause: Cause) -> str:
    what = (
        "the account as a whole" if cause.dimension == "account" else f"{_called(cause)} {cause.name.value}"
    )
    usual = f"{cause.usual_low.value} to {cause.usual_high.value} would be usual"
    words = {
        "changed": f"stands out: {cause.late.value:,} of {cause.orders.value:,} orders late, where {usual}",
        "above_target_throughout": f"is above the target throughout: {cause.late.value:,} of {cause.orders.value:,} orders late",
        "mix": f"was always above the target and got more of the orders: {cause.late.value:,} of {cause.orders.value:,} late",
    }[cause.kind]
    return f"It counts among the late orders of {what}, which {words}."


def _called(cause: Cause) -> str:
    return "SKU" if cause.dimension == "sku" else cause.dimension


def _not_named(suppliers: tuple[Group, ...], order: pd.Series[str]) -> Iterator[str]:
    group = next((one for one in suppliers if one.name.value == str(order["supplier"])), None)
    if group is None or group.role in {"not_stated", "several", "unknown"}:
        yield "No row names its supplier, so it is laid to none."
        return
    late = f"{group.late.value:,} of {group.orders.value:,} orders late"
    if group.verdict == "too_few":
        yield f"Its supplier {group.name.value} has too few orders to tell ({late})."
    elif group.usual_high.value is None:
        yield f"Its supplier {group.name.value} ({late}) cannot be compared with anything."
    else:
        yield (
            f"Its supplier {group.name.value} is not named as a cause: {late}, where {group.usual_low.value} to"
            f" {group.usual_high.value} would be usual."
        )
