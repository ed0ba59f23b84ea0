"""Two papers for each supplier that stands out: a statement to be signed, and a corrective action request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from poa.build.asked import Appeal
from poa.build.letter import cited
from poa.facts import Cause, Figure, LateOrder, Lines, Plain, Rows, template_data
from poa.files import safe_name

STATEMENT, REQUEST = "supplier-statement", "corrective-action-request"
_MOST_ORDERS = 200  # in a paper; the list of late orders holds all


def suppliers(appeal: Appeal) -> tuple[Cause, ...]:
    """The suppliers that the rows name as standing out; own stock, blanks and several are none."""
    found = appeal.facts.attribution
    causes = found.causes if found else ()
    return tuple(one for one in causes if one.dimension == "supplier" and not one.role)


def supplier_data(appeal: Appeal) -> Iterator[tuple[str, dict[str, Plain]]]:
    """For each such supplier its safe name, and what the two papers say of it and of its late orders."""
    taken: set[str] = set()
    for cause in suppliers(appeal):
        name = str(cause.name.value)
        mine = _in_dispatch(appeal, name)
        safe = safe_name(name)
        if safe.casefold() in taken:  # on Windows and a Mac the two would be one file
            safe = f"{safe}-{cause.key}"
        taken.add(safe.casefold())
        yield (
            safe,
            {
                "supplier": {
                    **template_data(cause),
                    "orders_listed": [_order(one) for one in mine[:_MOST_ORDERS]],
                    "listed": cited(_listed(name, mine)),
                    "more": max(0, len(mine) - _MOST_ORDERS),
                    "skus": [*sorted({sku for one in mine for sku in one.skus})],
                    "dispatch_known": any(one.dispatched for one in mine),
                }
            },
        )


def places(safe: str) -> tuple[str, str]:
    """Where the papers of a supplier lie: the statement in the annex, the request apart, for the supplier."""
    return f"annex/{STATEMENT}-{safe}", f"suppliers/{REQUEST}-{safe}"


def supplier_figures(appeal: Appeal) -> Iterator[Figure]:
    """The figures that these papers alone print, with the rows behind each."""
    for cause in suppliers(appeal):
        name = str(cause.name.value)
        yield _listed(name, _in_dispatch(appeal, name))


def _in_dispatch(appeal: Appeal, name: str) -> list[LateOrder]:
    """A supplier's late orders that may have waited for their dispatch: no others are laid to it."""
    return [
        one
        for one in appeal.late_orders
        if one.suppliers[:1] == (name,) and "dispatch" in one.steps
        # What left by its ship-by time did not wait, whatever its other times say.
        if not was_by(one.dispatched, one.ship_by)
    ]


def was_by(told: str | None, limit: str) -> bool:
    """Whether a day or a time that a file tells is no later than another; by their days, where one is a day alone."""
    if told is None:
        return False
    if min(len(told), len(limit)) == len("2026-10-14"):
        return told[:10] <= limit[:10]
    return datetime.fromisoformat(told) <= datetime.fromisoformat(limit)


def _listed(name: str, mine: Sequence[LateOrder]) -> Figure:
    rule = f"late orders of {name} that were, or may have been, in dispatch when their ship-by time passed"
    ranges: dict[str, list[tuple[int, int]]] = {}
    for order in mine:
        for place in order.places:
            ranges.setdefault(place.file, []).extend(place.ranges)
    lines = tuple(Lines(file=file, ranges=tuple(sorted(found))) for file, found in ranges.items())
    rows = Rows(rule=rule, orders=len(mine), lines=lines)
    return Figure(id=f"late_orders.in_dispatch.{name}", value=len(mine), unit="orders", rows=rows)


def _order(one: LateOrder) -> Plain:
    return {
        "id": one.order_id,
        "skus": ", ".join(one.skus),
        "purchased": (one.purchased or "")[:10],
        "ship_by": one.ship_by[:10],
        "dispatched": (one.dispatched or "")[:10],
        "confirmed": one.confirmed[:10],
        "days_late": _days_late(one),
    }


def _days_late(one: LateOrder) -> int | None:
    """Days from the ship-by day to the dispatch; None where no file tells the dispatch."""
    if one.dispatched is None:
        return None
    due, left = (date.fromisoformat(told[:10]) for told in (one.ship_by, one.dispatched))
    return max(0, (left - due).days)
