"""Which facts of two runs differ: the data's end, the rates, the orders still open, what stands out, the suppliers' shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from poa.characters import clean
from poa.review.difference import Difference, differing
from poa.review.ground import Ground
from poa.rounding import percent
from poa.words import Said, said

_Row = Mapping[str, Any]


def fact_differences(old: Ground, new: Ground) -> Iterator[Difference]:
    """Every fact that a reader of the paper knows and that is another one, the most important first."""
    yield from _days_and_names(old, new)
    yield from _windows(old, new)
    before, after = (_orders(one.facts.get("unconfirmed_past_due")) for one in (old, new))
    yield from differing("facts", said("Past their ship-by time and unconfirmed"), before, after)
    causes = [_keyed(_at(one.facts, "attribution.causes"), "dimension", "name") for one in (old, new)]
    yield from _each(causes[0], causes[1], _cause, _standing_out)
    yield from _each(_suppliers(old), _suppliers(new), _supplier, _share)


# --- at the head of a paper ----------------------------------------------------------------------

_HEAD = {
    "as_of": "Last day of the data",
    "marketplace": "Store",
    "seller.name": "Seller",
    "letter_date": "Date of the letter",
    "notice.date": "Date of the notice",
    "notice.deadline": "Deadline of the notice",
}
_OF_FACTS = {"as_of", "marketplace"}


def _days_and_names(old: Ground, new: Ground) -> Iterator[Difference]:
    for path in tuple(_HEAD):
        before, after = (_text(_at(one.facts if path in _OF_FACTS else one.case, path)) for one in (old, new))
        yield from differing("facts", said(_HEAD[path]), before, after)


# --- the windows ---------------------------------------------------------------------------------

_OF_DAYS = {
    "rate": "Late shipment rate of {days} days",
    "late": "Late orders of {days} days",
    "orders": "All orders of {days} days",
    "span": "First and last of the {days} days",
}
_OF_ALL_DAYS = {
    "rate": "Late shipment rate of the whole file",
    "late": "Late orders of the whole file",
    "orders": "All orders of the whole file",
    "span": "First and last day of the file",
}


def _windows(old: Ground, new: Ground) -> Iterator[Difference]:
    before, after = (_keyed(one.facts.get("late_shipment_rate"), "window_days") for one in (old, new))
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key, {}), after.get(key, {})
        days = now.get("window_days", was.get("window_days"))
        for value in tuple(_OF_DAYS):
            name = said(_OF_DAYS[value], days=days) if isinstance(days, int) else said(_OF_ALL_DAYS[value])
            yield from differing("facts", name, _of_window(was, value), _of_window(now, value))


def _of_window(row: _Row, value: str) -> str:
    if value == "span":
        first, last = _text(row.get("from")), _text(row.get("to"))
        return said("{first} to {last}", first=first, last=last) if first and last else ""
    return _percent(row.get("rate"), row.get("target")) if value == "rate" else _orders(row.get(value))


# --- what stands out, and the suppliers ----------------------------------------------------------

_STANDS_OUT = {
    "account": "All orders stand out in the data",
    "supplier": "Supplier {name} stands out in the data",
    "carrier": "Carrier {name} stands out in the data",
    "sku": "SKU {name} stands out in the data",
}


def _cause(row: _Row) -> Said:
    dimension = row.get("dimension")
    if dimension not in _STANDS_OUT or dimension == "account":
        return said(_STANDS_OUT["account"])
    return said(_STANDS_OUT[dimension], name=_text(row.get("name")))


def _standing_out(row: _Row) -> str:
    late, orders, since = row.get("late"), row.get("orders"), _text(row.get("from"))
    if type(late) is not int or type(orders) is not int:
        return since
    if not since:
        return said("{late} of {orders} orders late", late=late, orders=orders)
    return said("{late} of {orders} orders late, since about {day}", late=late, orders=orders, day=since)


def _suppliers(ground: Ground) -> dict[tuple[str, ...], _Row]:
    """The table of the analysis, else that of a run without one."""
    told = _at(ground.facts, "attribution.dimensions.supplier")
    return _keyed(told or _at(ground.facts, "late_by_supplier.suppliers"), "name")


def _supplier(row: _Row) -> Said:
    return said("Supplier {name}", name=_text(row.get("name")))


def _share(row: _Row) -> str:
    late, orders, share = row.get("late"), row.get("orders"), _percent(row.get("share_of_late"), digits=1)
    if type(late) is not int or type(orders) is not int:
        return share
    if not share:
        return said("{late} of {orders} orders late", late=late, orders=orders)
    return said(
        "{late} of {orders} orders late, {share} of all late orders", late=late, orders=orders, share=share
    )


# --- rows by key, values as texts ----------------------------------------------------------------


def _each(
    before: Mapping[tuple[str, ...], _Row],
    after: Mapping[tuple[str, ...], _Row],
    name: Callable[[_Row], Said],
    value: Callable[[_Row], str],
) -> Iterator[Difference]:
    """What came, what went and what has other numbers, in the order of the new run."""
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key), after.get(key)
        told = name(now or was or {})
        yield from differing("facts", told, value(was) if was else "", value(now) if now else "")


def _keyed(rows: object, *keys: str) -> dict[tuple[str, ...], _Row]:
    listed = rows if isinstance(rows, list) else []
    return {tuple(str(row.get(key)) for key in keys): row for row in listed if isinstance(row, Mapping)}


def _at(data: Any, path: str) -> Any:
    for key in path.split("."):
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _orders(value: object) -> str:
    return said("{number} orders", number=value) if type(value) is int else ""


def _percent(value: object, against: object = None, *, digits: int = 2) -> str:
    if not isinstance(value, int | float):
        return ""
    return percent(value, digits=digits, against=against if isinstance(against, int | float) else None)


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""
