"""What was assumed on the way from the rows to the figures, in words that a paper can print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from poa.analysis.rates import Counting
from poa.facts import Rate, StatedRate
from poa.joining.supplier_side import Attached
from poa.policy import Marketplace, late_shipment_rule
from poa.reports.supplier_map import Assigned


def general(
    store: Marketplace,
    *,
    by: str,
    as_of_given: bool,
    stated: Sequence[StatedRate],
    inferred: bool,
    named: bool,
) -> Iterator[str]:
    """The store, its zone, the window and the as-of day.

    ``named`` is true where the user or the rows name the store.
    """
    if not named:
        yield f"No file names the store; it is taken to be {store.name}."
    yield f"Days end at midnight in {store.zone}" + (
        ", which is our assumption." if store.sure == "U" else "."
    )
    yield f"Orders are counted by their {by} day, in windows that end on the as-of day; this is our assumption."
    counts = next((one for one in stated if one.orders.value is not None), None)
    if as_of_given:
        yield "The as-of day is given by the seller."
    elif counts:
        yield f"The as-of day is the last day of Amazon's window ({counts.to.rows.rule})."
    elif inferred:
        yield "The as-of day is the day of the last confirmation in the list of late orders, the last that it tells of."
    else:
        yield "The as-of day is the last day that the rows cover."


def on_denominators(typed: Sequence[int | None], rates: Sequence[Rate], counting: Counting) -> Iterator[str]:
    """A typed number of orders that the rows contradict."""
    for rate, stated in zip(rates, typed, strict=False):
        own = rate.orders.value
        if stated is not None and not counting.complete:
            yield (
                f"The number of orders of the {rate.window_days} days ({stated:,}) is stated by the seller, not"
                " counted from rows."
            )
        if stated is not None and counting.complete and own != stated:
            yield (
                f"The seller stated {stated:,} orders for {rate.window_days} days; the rows hold {own:,}."
                " The rows are used."
            )


def on_days(counting: Counting, stated: Sequence[StatedRate], *, as_of: date) -> Iterator[str]:
    """Orders that no window can hold, and windows of Amazon's that are not ours."""
    known = counting.days[~np.isnat(counting.days) & (counting.counted | counting.late)]
    first, last = (known.min().item(), known.max().item()) if len(known) else (as_of, as_of)
    begin = as_of - timedelta(days=max(late_shipment_rule().windows_days) - 1)
    if counting.complete and first > begin:
        yield f"The orders begin on {first}; the days before it, from {begin}, hold no order."
    if counting.complete and last < as_of:
        yield f"The rows end on {last}; the days after it, up to {as_of}, hold no order."
    if counting.without_day:
        yield f"Orders without a {counting.by} day: {counting.without_day:,}; they belong to no window."
    for one in stated:
        if one.to.value != as_of.isoformat():
            yield (
                f"Amazon's {one.window_days} days end on {one.to.value}, ours on {as_of}: its number of orders"
                " is not taken for ours."
            )


def on_suppliers(assigned: Assigned, *, has_sku: bool) -> Iterator[str]:
    """Where the supplier map and the report disagree, or cannot be joined."""
    if not has_sku:
        yield "The report has no SKU column, so the supplier map cannot be joined to it."
    if assigned.differing:
        yield f"Rows that name another supplier than the supplier map: {assigned.differing:,}; the map is followed."
    if assigned.without:
        named = ", ".join(assigned.unknown)
        yield f"Rows with a SKU that the supplier map does not hold: {assigned.without:,} (such as {named})."
    for sku, near in assigned.spoilt:
        yield (
            f"SKU {sku} of the report is not in the supplier map, but {near} is: Excel may have changed it there."
            " They are not taken as one; correct the map if they are."
        )


def on_names(names: Sequence[str], own_warehouse: Sequence[str]) -> Iterator[str]:
    """Supplier names that may be one, and own stock that no row names."""
    spelt: dict[str, list[str]] = {}
    for name in sorted(names):
        spelt.setdefault("".join(sign for sign in name.casefold() if sign.isalnum()), []).append(name)
    for alike in spelt.values():
        if len(alike) > 1:
            yield (
                f"{' and '.join(alike)} may be one supplier under several spellings; they are counted apart until the"
                " files write one name."
            )
    known = {name.strip().casefold() for name in names}
    for name in own_warehouse:
        if name.strip().casefold() not in known:
            yield f"No row names {name} as its supplier, so nothing is shown as own stock under that name."


def on_sides(attached: Attached, names: str) -> Iterator[str]:
    """Where the suppliers' lists and the reports disagree, or cannot be joined."""
    if attached.differing:
        yield f"Rows that name another supplier than {names}: {attached.differing:,}; {names} is followed."
    if attached.strange:
        yield f"{names}: {attached.strange:,} lines are about orders that no report holds; they count for nothing."
    if attached.parcels:
        yield f"{names}: {attached.parcels:,} orders are told of with several times; the last one is taken."
