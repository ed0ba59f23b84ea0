"""The late orders of the longest window one by one, as they were counted: the rows of the annex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pandas as pd

from poa.account.joined import Joined
from poa.account.standing_out import coarse_clocks
from poa.analysis.stages import stage_sets, step_names, times_of
from poa.analysis.told_lines import Told, names_of_lines, told_times
from poa.analysis.windows import BASES, Days, order_days, told_span
from poa.characters import shown_name_of_order
from poa.facts import Facts
from poa.facts.late_orders import LateOrder, LateOrders
from poa.orders import NAMES, Positions

_HOUR = 3600


def late_orders(joined: Joined, facts: Facts) -> LateOrders:
    """The orders that ``facts.late_shipment_rate[0].late`` counts, by deadline, then by order id.

    ``facts`` are the facts of these joined files: window and basis are theirs, so nothing is counted twice.
    """
    inside = told_span(facts.late_shipment_rate[0]).holds(counted_days(joined, facts))
    at = np.flatnonzero(inside & joined.orders.table["late"].to_numpy())
    lines, coarse = joined.orders.late_lines.loc[at.tolist()], coarse_clocks(joined)
    rows = joined.apart.pooled.rows
    names = {name: names_of_lines(joined.orders, rows, name, at) for name in NAMES}
    dates = {
        name: told_times(lines, name, zone=facts.time_zone, coarse=coarse)
        for name in ("purchased", "ship_by", "ship_confirmed", "supplier_dispatched", "first_scan")
    }
    latest = lines["supplier"].tolist()
    delays = list(_delays(lines, dates))
    sets = stage_sets(times_of(lines, coarse)).tolist()
    steps = {bits: step_names(bits) for bits in set(sets)}
    groups = _groups(joined, facts, at)
    ids = [joined.orders.order_id(key) for key in joined.orders.table["key"].iloc[at].tolist()]
    places = joined.orders.places_of_each(at)
    found = [
        LateOrder(
            order_id=shown_name_of_order(order_id),
            skus=names["sku"][number],
            suppliers=_latest_first(names["supplier"][number], latest[number]),
            carriers=names["carrier"][number],
            purchased=dates["purchased"].shown[number],
            ship_by=dates["ship_by"].shown[number] or "",
            confirmed=dates["ship_confirmed"].shown[number] or "",
            dispatched=dates["supplier_dispatched"].shown[number],
            first_scan=dates["first_scan"].shown[number],
            delay_hours=delays[number][0],
            delay_days=delays[number][1],
            steps=steps[sets[number]],
            groups=groups[number],
            places=places[number],
        )
        for number, order_id in enumerate(ids)
    ]
    due = lines["ship_by"].dt.tz_convert(None).to_numpy().astype(np.int64).tolist()
    order = sorted(range(len(found)), key=lambda number: (due[number], found[number].order_id))
    return LateOrders(found[number] for number in order)


def counted_days(joined: Joined, facts: Facts) -> Days:
    """The day of each order of the order table, by the date that the facts count by."""
    basis = next(one for one in BASES if one == facts.window_by)
    return order_days(joined.orders, zone=facts.time_zone, basis=basis)


def _latest_first(names: tuple[str, ...], latest: str) -> tuple[str, ...]:
    return names if len(names) < 2 else tuple(sorted(names, key=lambda name: name != latest))


def _delays(
    lines: pd.DataFrame, dates: Mapping[str, Told]
) -> Iterator[tuple[float, None] | tuple[None, int]]:
    """From the deadline to the confirmation: hours, or days where the confirmation is a bare day."""
    confirmed, due = dates["ship_confirmed"], dates["ship_by"]
    hours = (lines["ship_confirmed"] - lines["ship_by"]).dt.total_seconds().div(_HOUR).tolist()
    for number, apart in enumerate(hours):
        if not confirmed.bare[number]:
            yield float(apart), None
            continue
        ends = ((told.shown[number] or "")[:10] for told in (confirmed, due))
        last, first = (date.fromisoformat(end) for end in ends)
        yield None, (last - first).days


def _groups(joined: Joined, facts: Facts, at: Positions) -> list[tuple[str, ...]]:
    """The keys of the groups that stand out and hold each order."""
    table = joined.orders.table.iloc[at]
    found: list[list[str]] = [[] for _ in range(len(at))]
    for cause in facts.attribution.causes if facts.attribution else ():
        every = cause.dimension == "account"
        mine = [True] * len(at) if every else (table[cause.dimension] == cause.name.value).tolist()
        for keys, holds in zip(found, mine, strict=True):
            if holds:
                keys.append(cause.key)
    return [tuple(keys) for keys in found]
