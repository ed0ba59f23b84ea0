"""What a paper may know: typed values, each with the rows behind it, never formatted.

Version 1. A template sees these names and no others; ``poa summary --json`` and ``facts.json``
print them. A figure is computed in ``analysis/`` and promised here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Literal, TypeAlias

VERSION = 1

Unit: TypeAlias = Literal["orders", "packages", "units", "rows", "suppliers", "fraction", "day", "name"]
Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Places in one input file: inclusive ranges of physical lines, counted from 1."""

    file: str
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows behind a figure: the rule that picks them, how many orders, and where they stand.

    ``lines`` is empty where there are too many ranges to list; the rule then finds them again.
    """

    rule: str
    orders: int
    lines: tuple[Lines, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value that can be proven: ``id`` names it in ``facts.json``; a day is an ISO text."""

    id: str
    value: int | float | str | None
    unit: Unit
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file read. Always ``rows_read == rows_used + rows_refused``.

    ``columns`` leads from our names to the titles it was recognised by; ``has`` and ``lacks`` say in
    words what it can and cannot prove; ``title`` is the name of the report type.
    """

    name: str
    sha256: str
    report: str
    title: str
    encoding: str
    rows_read: int
    rows_used: int
    rows_refused: int
    columns: Mapping[str, str]
    has: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One row that was refused, or used with a remark (``refused`` false).

    ``value`` is printed only where it cannot be a person's data; else it is the value's shape.
    """

    file: str
    line: int | None
    column: str | None
    value: str | None
    code: str
    message: str
    refused: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the figures come from, and what was assumed on the way."""

    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The late shipment rate of one window (``window_days`` None: the whole file).

    ``orders`` holds confirmed orders; it is None, and with it everything computed from it, where
    no file lists every order. ``low`` and ``high`` are Wilson's 95 % interval. ``meets_target`` is
    decided in whole numbers: exactly the target fails. ``few`` is true under 20 orders: then a
    percentage would mislead and is not printed. ``unconfirmed`` orders are past their
    ship-by instant and not in the rate; ``at_least`` is the rate if they are confirmed.
    """

    window_days: int | None
    from_: Figure
    to: Figure
    orders: Figure
    late: Figure
    rate: Figure
    low: Figure
    high: Figure
    target: Figure
    meets_target: bool | None
    few: bool
    unconfirmed: Figure
    at_least: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedRate:
    """What Amazon's own performance report says of one window: shown, never recomputed.

    ``own_orders`` and ``own_late`` are our rows' count of the same days, ``gap`` what explains a
    difference, in words.
    """

    window_days: int
    from_: Figure
    to: Figure
    orders: Figure
    late: Figure
    status: str
    reproduced_by: tuple[str, ...]
    own_orders: Figure | None = None
    own_late: Figure | None = None
    gap: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMetric:
    """What Amazon's performance report says of another shipping rate; ``of`` is what it is counted from."""

    metric: str
    count: int
    of: int
    first: date
    last: date
    status: str
    told_by: str


Stated: TypeAlias = StatedRate | StatedMetric


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRate:
    """Another shipping rate, with its unit, window and target from the policy file.

    ``count`` of ``of`` is what the target is put on: cancelled orders, packages with valid tracking,
    units on time. ``told_by`` is Amazon (then ``status`` is Amazon's and ``meets_target`` is not
    judged) or the rows; ``remark`` says what the figure is not.
    """

    metric: str
    unit: str
    window_days: int | None
    from_: Figure | None
    to: Figure | None
    count: Figure
    of: Figure
    rate: Figure
    target: Figure
    condition: str
    meets_target: bool | None
    status: str
    told_by: str
    remark: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRate:
    """A rate that no file here gives, and the file that would."""

    metric: str
    gives: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One of three clocks, over the longest window: of the orders that it tells of, how many were late by it.

    ``name`` is ship_confirmation (Amazon's rate), carrier_scan (the supplier's hand-over) or delivery.
    """

    name: str
    told: Figure
    late: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Orders that the rate is not about, counted apart: ``kind`` is amazon_fulfilled, cancelled or other_store."""

    kind: str
    name: str
    orders: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierShare:
    """One supplier in one window. ``key`` (S1, S2 …) stands for the name in pictures.

    ``few`` is as in :class:`Rate`. The shares of all suppliers add up to one.
    """

    key: str
    name: Figure
    orders: Figure
    late: Figure
    rate: Figure
    low: Figure
    high: Figure
    share_of_orders: Figure
    share_of_late: Figure
    few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LateBySupplier:
    """Where the late orders of the longest window are: a count, not a cause.

    ``known`` is false where no row states a supplier, ``several`` true where orders have lines of
    more than one. ``top`` are the first ``suppliers``, as many
    as a table of a paper holds; ``rest`` is all others in one line, ``rest_count`` how many.
    """

    window_days: int
    known: bool
    several: bool
    suppliers: tuple[SupplierShare, ...]
    top: tuple[SupplierShare, ...]
    rest: SupplierShare | None
    rest_count: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Confirmed orders due on one day in the marketplace's zone, and how many were late."""

    day: date
    orders: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOrder:
    """An order without a shipment confirmation; ``ship_by`` is an ISO instant in UTC.

    ``cancelled_after`` is the day after which Amazon may cancel it by itself.
    """

    order_id: str
    ship_by: str
    supplier: str
    cancelled_after: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that the papers of one account may say from its rows.

    ``lists_every_order`` is false where the rows are late orders only: they then say nothing of
    the others, not even that there is no open one. Open orders are judged at the end of what the
    rows can tell (``unconfirmed_as_of``); ``unconfirmed_due_by_letter`` counts those that were not
    due then but are before the day of the letter. ``past_due`` lists the first that are past due.
    """

    facts: int
    as_of: Figure
    marketplace: str
    marketplace_name: str
    stores: tuple[str, ...]
    time_zone: str
    window_by: str
    source: Source
    lists_every_order: bool
    rows_read: Figure
    rows_refused: Figure
    late_shipment_rate: tuple[Rate, ...]
    stated_by_amazon: tuple[StatedRate, ...]
    unconfirmed_as_of: Figure
    unconfirmed_past_due: Figure
    unconfirmed_due_by_letter: Figure
    past_due: tuple[OpenOrder, ...]
    auto_cancel: str
    set_aside: tuple[SetAside, ...]
    clocks: tuple[Clock, ...]
    other_rates: tuple[OtherRate, ...]
    other_rates_missing: tuple[MissingRate, ...]
    late_by_supplier: LateBySupplier
    days: tuple[Day, ...]


def summary_data(facts: Facts) -> dict[str, Plain]:
    """The facts as the JSON of ``poa summary --json``: each figure is its bare value."""
    return _object(facts, figures="value")


def template_data(value: object) -> dict[str, Plain]:
    """The same as plain data for templates: a figure is ``{"fact", "value", "unit"}``."""
    return _object(value, figures="cited")


def evidence_data(facts: Facts) -> dict[str, Plain]:
    """The rows behind every figure, by its id."""
    return {
        figure.id: {"value": figure.value, "unit": figure.unit, "rows": _rows(figure.rows)}
        for figure in figures(facts)
    }


def figures(value: object) -> Iterator[Figure]:
    """Every figure inside a fact, in the order of the declaration."""
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from figures(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from figures(getattr(value, part.name))


def _rows(rows: Rows) -> dict[str, Plain]:
    out: dict[str, Plain] = {"rule": rows.rule, "orders": rows.orders}
    if rows.lines:
        out["lines"] = [
            {"file": place.file, "ranges": [[first, last] for first, last in place.ranges]}
            for place in rows.lines
        ]
    return out


def _object(value: object, *, figures: Literal["value", "cited"]) -> dict[str, Plain]:
    if not is_dataclass(value):
        raise TypeError(value)
    return {
        part.name.rstrip("_"): _plain(getattr(value, part.name), figures=figures) for part in fields(value)
    }


def _plain(value: object, *, figures: Literal["value", "cited"]) -> Plain:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case date():
            return value.isoformat()
        case Figure() if figures == "value":
            return value.value
        case Figure():
            return {"fact": value.id, "value": value.value, "unit": value.unit}
        case tuple():
            return [_plain(item, figures=figures) for item in value]
        case Mapping():
            return {str(key): _plain(item, figures=figures) for key, item in value.items()}
        case _:
            return _object(value, figures=figures)
