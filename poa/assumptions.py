"""What was assumed on the way from the rows to the figures, in words that a paper can print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from poa.analysis.rates import Counting, lists_late_orders_only
from poa.analysis.windows import Window
from poa.facts import Rate, StatedRate
from poa.policy import Marketplace
from poa.reports.reading import ReportRows
from poa.reports.supplier_map import Assigned


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Whether the rows list every order, and the words that say why it was taken so."""

    complete: bool
    assumptions: tuple[str, ...]


def completeness_of(reports: Sequence[ReportRows], counting: Counting, longest: Window) -> Completeness:
    """Whether the rows list every order, and in which words that was decided."""
    names = ", ".join(report.name for report in reports)
    if not counting.complete:
        words = _no_denominator(names, counting)
        return Completeness(complete=False, assumptions=(words,))
    if all(report.complete for report in reports):
        return Completeness(complete=True, assumptions=(f"{names} lists every order, as the seller states.",))
    if lists_late_orders_only(counting, longest):
        words = (
            f"{names}: more than half of the orders from {longest.first} to {longest.last} are late, so it is taken"
            " as a list of late orders only."
        )
        return Completeness(complete=False, assumptions=(words,))
    words = f"{names} is taken to list every order, not only late ones."
    return Completeness(complete=True, assumptions=(words,))


def _no_denominator(names: str, counting: Counting) -> str:
    on_time = int(np.count_nonzero(counting.confirmed & ~counting.late))
    if on_time:
        return (
            f"{names}: {on_time:,} of its orders are on time, so it is no list of late orders only; that it lists every"
            " order is not stated (--complete states it)."
        )
    return f"{names} is taken as a list of late orders only, which does not say how many orders there were."


def general(store: Marketplace, *, by: str, as_of_given: bool, stated: Sequence[StatedRate]) -> Iterator[str]:
    """The zone, the window and the as-of day."""
    yield f"Days end at midnight in {store.zone}" + (
        ", which is our assumption." if store.sure == "U" else "."
    )
    yield f"Orders are counted by their {by} day, in windows that end on the as-of day; this is our assumption."
    if as_of_given:
        yield "The as-of day is given by the seller."
    elif stated:
        yield f"The as-of day is the last day of Amazon's window ({stated[0].to.rows.rule})."
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
    last = counting.days[~np.isnat(counting.days)].max().item()
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
