"""What was assumed on the way from the rows to the figures, in words that a paper can print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from poa.analysis.holes import holes
from poa.analysis.rates import Counting
from poa.analysis.windows import BASIS_WORDS
from poa.facts import Rate, StatedRate
from poa.joining.supplier_side import Attached
from poa.orders import Basis
from poa.policy import Marketplace, late_shipment_rule
from poa.reports.supplier_map import Assigned
from poa.words import Said, counted, said, strung

_TOLD = 3  # holes at most, the last ones


def missing_days(counting: Counting, *, last: date, first: date | None = None) -> Iterator[Said]:
    """Days of which the files hardly speak, from ``first`` on; an account may have paused, so it is no refusal."""
    found = [
        one
        for one in holes(counting.days, last=last, condensed=counting.orders.condensed)
        if first is None or one.last >= first
    ]
    for one in found[-_TOLD:] if counting.complete else ():
        yield counted(
            one.orders,
            "From {first} to {last} the files hold 1 order, where about {usual} were usual before: a report that is"
            " missing changes every figure of these days.",
            "From {first} to {last} the files hold {number} orders, where about {usual} were usual before: a report"
            " that is missing changes every figure of these days.",
            first=one.first.isoformat(),
            last=one.last.isoformat(),
            usual=one.usual,
        )


def tells_of_missing_days(sentence: str) -> bool:
    """Whether a sentence is one of these."""
    return isinstance(sentence, Said) and sentence.parts.keys() == {"first", "last", "number", "usual"}


def general(
    store: Marketplace,
    *,
    by: Basis,
    as_of_given: bool,
    stated: Sequence[StatedRate],
    inferred: bool,
    named: bool,
    week: str | None = None,
) -> Iterator[Said]:
    """The store, its zone, the window and the as-of day.

    ``named`` is true where the user or the rows name the store, ``week`` set where a page is about one.
    """
    if not named:
        yield said("No file names the store; it is taken to be {store}.", store=store.name)
    yield said(
        "Days end at midnight in {zone}, which is our assumption."
        if store.sure == "U"
        else "Days end at midnight in {zone}.",
        zone=store.zone,
    )
    yield said(
        "Orders are counted by their {by} day, in windows that end on the as-of day; this is our assumption.",
        by=BASIS_WORDS[by],
    )
    counts = next((one for one in stated if one.orders.value is not None), None)
    if week is not None:
        yield said("The as-of day is the last day of the week {week} that the rows cover.", week=week)
    elif as_of_given:
        yield said("The as-of day is given by the seller.")
    elif counts:
        yield said(
            "The as-of day is the last day of Amazon's window ({told}).",
            told=counts.to.rows.rule,
        )
    elif inferred:
        yield said(
            "The as-of day is the day of the last confirmation in the list of late orders, the last that it tells of."
        )
    else:
        yield said("The as-of day is the last day that the rows cover.")


def on_denominators(typed: Sequence[int | None], rates: Sequence[Rate], counting: Counting) -> Iterator[Said]:
    """A typed number of orders that the rows contradict."""
    for rate, stated in zip(rates, typed, strict=False):
        own = rate.orders.value
        if stated is not None and not counting.complete:
            yield said(
                "The number of orders of the {days} days ({orders}) is stated by the seller, not counted from rows.",
                days=rate.window_days,
                orders=stated,
            )
        if stated is not None and counting.complete and own != stated:
            yield said(
                "The seller stated {stated} orders for {days} days; the rows hold {own}. The rows are used.",
                stated=stated,
                days=rate.window_days,
                own=own,
            )


def on_days(counting: Counting, stated: Sequence[StatedRate], *, as_of: date) -> Iterator[Said]:
    """Orders that no window can hold, and windows of Amazon's that are not ours."""
    known = counting.days[~np.isnat(counting.days) & (counting.counted | counting.late)]
    first, last = (known.min().item(), known.max().item()) if len(known) else (as_of, as_of)
    begin = as_of - timedelta(days=max(late_shipment_rule().windows_days) - 1)
    if counting.complete and first > begin:
        yield said(
            "The orders begin on {first}; the days before it, from {begin}, hold no order.",
            first=first,
            begin=begin,
        )
    if counting.complete and last < as_of:
        yield said(
            "The rows end on {last}; the days after it, up to {as_of}, hold no order.", last=last, as_of=as_of
        )
    yield from missing_days(counting, last=as_of)
    if counting.without_day:
        yield said(
            "Orders without a {by} day: {number}; they belong to no window.",
            by=BASIS_WORDS[counting.by],
            number=counting.without_day,
        )
    for one in stated:
        if one.to.value != as_of.isoformat():
            yield said(
                "Amazon's {days} days end on {theirs}, ours on {as_of}: its number of orders is not taken for ours.",
                days=one.window_days,
                theirs=str(one.to.value),
                as_of=as_of,
            )


def on_suppliers(assigned: Assigned, *, has_sku: bool) -> Iterator[Said]:
    """Where the supplier map and the report disagree, or cannot be joined."""
    if not has_sku:
        yield said("The report has no SKU column, so the supplier map cannot be joined to it.")
    if assigned.differing:
        yield said(
            "Rows that name another supplier than the supplier map: {number}; the map is followed.",
            number=assigned.differing,
        )
    if assigned.without:
        yield said(
            "Rows with a SKU that the supplier map does not hold: {number} (such as {skus}).",
            number=assigned.without,
            skus=", ".join(assigned.unknown),
        )
    for sku, near in assigned.spoilt:
        yield said(
            "SKU {sku} of the report is not in the supplier map, but {near} is: Excel may have changed it there."
            " They are not taken as one; correct the map if they are.",
            sku=sku,
            near=near,
        )


def on_names(names: Sequence[str], own_warehouse: Sequence[str]) -> Iterator[Said]:
    """Supplier names that may be one, and own stock that no row names."""
    spelt: dict[str, list[str]] = {}
    for name in sorted(names):
        spelt.setdefault("".join(sign for sign in name.casefold() if sign.isalnum()), []).append(name)
    for alike in spelt.values():
        if len(alike) > 1:
            yield said(
                "{names} may be one supplier under several spellings; they are counted apart until the files write"
                " one name.",
                names=strung("{one} and {other}", alike),
            )
    known = {name.strip().casefold() for name in names}
    for name in own_warehouse:
        if name.strip().casefold() not in known:
            yield said(
                "No row names {name} as its supplier, so nothing is shown as own stock under that name.",
                name=name,
            )


def on_sides(attached: Attached, names: str) -> Iterator[Said]:
    """Where the suppliers' lists and the reports disagree, or cannot be joined."""
    if attached.differing:
        yield said(
            "Rows that name another supplier than {names}: {number}; {names} is followed.",
            names=names,
            number=attached.differing,
        )
    if attached.strange:
        yield said(
            "{names}: {number} lines are about orders that no report holds; they count for nothing.",
            names=names,
            number=attached.strange,
        )
    if attached.parcels:
        yield said(
            "{names}: {number} orders are told of with several times; the last one is taken.",
            names=names,
            number=attached.parcels,
        )


def on_confirmed_since(orders: int) -> Iterator[Said]:
    """That orders which one file has open were confirmed after its last row, as another tells."""
    if orders:
        yield counted(
            orders,
            "1 order is open in one file and confirmed in another after the last row of the first: it counts as"
            " confirmed.",
            "{number} orders are open in one file and confirmed in another after the last row of the first: they"
            " count as confirmed.",
        )
