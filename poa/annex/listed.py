"""The list of late orders, column by column, in the words of any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from poa.annex.cells import one_line
from poa.characters import clean
from poa.facts.late_orders import LateOrder

# All words of the annex, by what they are for; a caller may say any of them in another language.
WORDS: Mapping[str, str] = {
    "late_orders": "Late orders",
    "exhibits": "Exhibits",
    "notes": "Notes",
    "number": "No.",
    "order_id": "Order ID",
    "sku": "SKU",
    "supplier": "Supplier",
    "carrier": "Carrier",
    "purchased": "Purchased",
    "ship_by": "Ship by",
    "confirmed": "Confirmed",
    "dispatched": "Dispatched by supplier",
    "first_scan": "First carrier scan",
    "delay_hours": "Delay (hours)",
    "delay_days": "Delay (days)",
    "step": "Step at the deadline",
    "group": "Group that stands out",
    "file": "File",
    "lines": "Lines",
    "dispatch": "dispatch",
    "handover": "handover",
    "confirmation": "confirmation",
    "not_known": "not known",
    "exhibit": "Exhibit",
    "title": "Title",
    "date": "Date",
}

_EVERY_STEP = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """A column of texts, each on one line, "" where there is none."""

    head: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A column of numbers, None where there is none; ``whole`` ones are counted, others have decimals."""

    head: str
    cells: Sequence[float | None]
    whole: bool


Column: TypeAlias = Texts | Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """What an order says in one column; ``always`` keeps the column where no order fills it."""

    word: str
    cell: Callable[[LateOrder, Mapping[str, str]], str]
    always: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    word: str
    cell: Callable[[LateOrder], float | None]
    whole: bool


def said_in(words: Mapping[str, str] | None) -> Mapping[str, str]:
    """WORDS with some replaced; ValueError for a word that WORDS has not."""
    unknown = set(words or ()) - set(WORDS)
    if unknown:
        raise ValueError(sorted(unknown))
    return {name: clean(word) for name, word in {**WORDS, **(words or {})}.items()}


def listed(late_orders: Sequence[LateOrder], words: Mapping[str, str] | None = None) -> list[Column]:
    """The numbered list: the columns that are always there, and of the others those that some order fills.

    ``words`` replaces some of WORDS; raises ValueError for a word that WORDS has not.
    """
    said = said_in(words)
    number = Numbers(head=one_line(said["number"]), cells=range(1, len(late_orders) + 1), whole=True)
    return [number, *(found for column in _COLUMNS if (found := _filled(column, late_orders, said)))]


def _filled(
    column: _Text | _Number, late_orders: Sequence[LateOrder], said: Mapping[str, str]
) -> Column | None:
    head = one_line(said[column.word])
    if isinstance(column, _Number):
        numbers = [column.cell(one) for one in late_orders]
        filled = any(number is not None for number in numbers)
        return Numbers(head=head, cells=numbers, whole=column.whole) if filled else None
    texts = [one_line(column.cell(one, said)) for one in late_orders]
    return Texts(head=head, cells=texts) if column.always or any(texts) else None


def _hours(one: LateOrder) -> float | None:
    """One decimal; a delay of less than three minutes keeps four, for a late order is never late by nothing."""
    if one.delay_hours is None:
        return None
    return round(one.delay_hours, 1) or round(one.delay_hours, 4)


def _step(one: LateOrder, said: Mapping[str, str]) -> str:
    if not 0 < len(one.steps) < _EVERY_STEP:
        return said["not_known"]
    return " / ".join([said[step] for step in one.steps])


def _lines(one: LateOrder, _said: Mapping[str, str]) -> str:
    """The lines of each file, in the order of the files: ``2–3, 17 / 5``; Excel takes 2-3 for a day."""
    return " / ".join(
        [
            ", ".join([f"{first}" if first == last else f"{first}–{last}" for first, last in place.ranges])
            for place in one.places
        ]
    )


def _moment(told: str | None) -> str:
    """``2026-10-14 23:59:59 -07:00``: a text for Excel, which would move or reshape a date."""
    if told is None:
        return ""
    return told if len(told) == len("2026-10-14") else f"{told[:10]} {told[11:19]} {told[19:]}"


_COLUMNS = (
    _Text(word="order_id", cell=lambda one, _: one.order_id, always=True),
    _Text(word="sku", cell=lambda one, _: ", ".join(one.skus)),
    _Text(word="supplier", cell=lambda one, _: ", ".join(one.suppliers)),
    _Text(word="carrier", cell=lambda one, _: ", ".join(one.carriers)),
    _Text(word="purchased", cell=lambda one, _: _moment(one.purchased)),
    _Text(word="ship_by", cell=lambda one, _: _moment(one.ship_by), always=True),
    _Text(word="confirmed", cell=lambda one, _: _moment(one.confirmed), always=True),
    _Text(word="dispatched", cell=lambda one, _: _moment(one.dispatched)),
    _Text(word="first_scan", cell=lambda one, _: _moment(one.first_scan)),
    _Number(word="delay_hours", cell=_hours, whole=False),
    _Number(word="delay_days", cell=lambda one: one.delay_days, whole=True),
    _Text(word="step", cell=_step, always=True),
    _Text(word="group", cell=lambda one, _: ", ".join(one.groups)),
    _Text(word="file", cell=lambda one, _: " / ".join([place.file for place in one.places]), always=True),
    _Text(word="lines", cell=_lines, always=True),
)
