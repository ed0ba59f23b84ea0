"""What was assumed on the way from the rows to the figures, in words that a paper can print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from poa.analysis.rates import Counting, lists_late_orders_only
from poa.analysis.windows import Window
from poa.facts import Rate, StatedRate
from poa.policy import Marketplace
from poa.reports.reading import ReportRows


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Whether the rows list every order, and the words that say why it was taken so."""

    complete: bool
    assumptions: tuple[str, ...]


def completeness_of(reports: Sequence[ReportRows], counting: Counting, longest: Window) -> Completeness:
    """Whether the rows list every order, and in which words that was decided."""
    names = ", ".join(report.name for report in reports)
    if not counting.complete:
        words = f"{names}: taken as a list of late orders only, which has no denominator."
        return Completeness(complete=False, assumptions=(words,))
    if all(report.complete for report in reports):
        return Completeness(
            complete=True, assumptions=(f"{names}: lists every order, as the seller states.",)
        )
    if lists_late_orders_only(counting, longest):
        words = (
            f"{names}: more than half of the orders from {longest.first} to {longest.last} are late, so it is taken"
            " as a list of late orders only."
        )
        return Completeness(complete=False, assumptions=(words,))
    words = f"{names}: taken as the list of every order, because of its plain header."
    return Completeness(complete=True, assumptions=(words,))


def general(store: Marketplace, *, by: str, as_of_given: bool, stated: Sequence[StatedRate]) -> Iterator[str]:
    """The zone, the window and the as-of day."""
    yield f"Days are {store.zone} days" + (", which Amazon does not state." if store.sure == "U" else ".")
    yield (
        f"An order belongs to a window by its {by} day, and a window ends on the as-of day:"
        " Amazon does not state which date counts."
    )
    if as_of_given:
        yield "The as-of day was given by the seller."
    elif stated:
        yield f"The as-of day is the last day of Amazon's window ({stated[0].to.rows.rule})."
    else:
        yield "The as-of day is the last day that the rows cover."


def on_denominators(typed: Sequence[int | None], rates: Sequence[Rate], counting: Counting) -> Iterator[str]:
    """A typed number of orders that the rows contradict."""
    for rate, stated in zip(rates, typed, strict=False):
        own = rate.orders.value
        if stated is not None and counting.complete and own != stated:
            yield (
                f"The seller stated {stated:,} orders for {rate.window_days} days; the rows hold {own:,}."
                " The rows are used."
            )


def on_days(counting: Counting, stated: Sequence[StatedRate], *, as_of: date) -> Iterator[str]:
    """Orders that no window can hold, and windows of Amazon's that are not ours."""
    if counting.without_day:
        yield f"{counting.without_day:,} orders have no {counting.by} day; they belong to no window."
    for one in stated:
        if one.to.value != as_of.isoformat():
            yield (
                f"Amazon's {one.window_days} days end on {one.to.value}, ours on {as_of}: its number of orders"
                " is not taken for ours."
            )


def on_suppliers(differing: int, without: int) -> Iterator[str]:
    """Where the supplier map and the report disagree, or the map is silent."""
    if differing:
        yield f"{differing:,} rows name another supplier than the supplier map; the map is followed."
    if without:
        yield f"{without:,} rows have a SKU that the supplier map does not hold; they keep what the report says."
