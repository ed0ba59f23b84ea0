"""What a paper may know: typed values, each with the rows behind it, never formatted.

Version 1. A template sees these names and no others; ``poa summary --json`` and ``facts.json``
print them. A figure is computed in ``analysis/`` and promised here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from poa.facts.attribution import (
    Alike,
    Attribution,
    Between,
    Cause,
    CauseStages,
    Change,
    Dimensions,
    Group,
    History,
    Kind,
    LateLines,
    Ranking,
    Role,
    Share,
    StageBounds,
    Stages,
    Together,
    Verdict,
)
from poa.facts.figures import Figure, FiguresOf, Lines, Plain, Rows, Unit
from poa.facts.late_orders import LateOrder
from poa.facts.outlook import Budget, ClosedDay, ClosedDays, Incident, Projection, Scenario
from poa.facts.plain import (
    evidence_data,
    evidence_of,
    figures,
    lines_of,
    plain_data,
    summary_data,
    template_data,
)
from poa.facts.rates import Clock, MissingRate, OtherRate, Rate, Stated, StatedMetric, StatedRate
from poa.facts.remedies import Handling, MeasuredBy, Remedies, SingleSource, Surge, Volume

__all__ = [
    "VERSION",
    "Alike",
    "Attribution",
    "Between",
    "Budget",
    "Cause",
    "CauseStages",
    "Change",
    "Clock",
    "ClosedDay",
    "ClosedDays",
    "Day",
    "Dimensions",
    "Facts",
    "Figure",
    "FiguresOf",
    "Group",
    "Handling",
    "History",
    "Incident",
    "Kind",
    "LateBySupplier",
    "LateLines",
    "LateOrder",
    "Lines",
    "MeasuredBy",
    "MissingRate",
    "NoRate",
    "OpenOrder",
    "OtherRate",
    "Plain",
    "Problem",
    "Projection",
    "Ranking",
    "Rate",
    "Remedies",
    "Role",
    "Rows",
    "Scenario",
    "SetAside",
    "Share",
    "SingleSource",
    "Source",
    "SourceFile",
    "StageBounds",
    "Stages",
    "Stated",
    "StatedMetric",
    "StatedRate",
    "Surge",
    "Together",
    "Unit",
    "Verdict",
    "Volume",
    "evidence_data",
    "evidence_of",
    "figures",
    "lines_of",
    "plain_data",
    "summary_data",
    "template_data",
    "without_groups",
]

VERSION = 1

NoRate: TypeAlias = Literal[
    "",
    "no_confirmations",
    "some_orders",
    "late_orders_only",
    "unlisted_late_orders",
    "refused_late_rows",
    "unknown_confirmations",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Orders that the rate is not about, counted apart: ``kind`` is amazon_fulfilled, cancelled or other_store."""

    kind: str
    name: str
    orders: Figure


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
    suppliers: tuple[Share, ...]
    top: tuple[Share, ...]
    rest: Share | None
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

    ``due`` is the same as the store's clock shows it; ``cancelled_after`` is the day after which Amazon may cancel it by itself.
    """

    order_id: str
    ship_by: str
    due: str
    supplier: str
    cancelled_after: date


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
    column: str | None = None
    value: str | None = None
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
class Facts:
    """Everything that the papers of one account may say from its rows.

    ``lists_every_order`` is false where the rows are late orders only: they then say nothing of
    the others, not even that there is no open one. ``confirmations_inferred`` is true where a list of late
    orders stands for the confirmations of the others; then the whole file is the longest window.
    ``no_rate`` says why the files alone give no rate; it is empty where they do. Open orders are judged at the end of what the
    rows can tell (``unconfirmed_as_of``); ``unconfirmed_due_by_letter`` counts those that were not
    due then but are before the day of the letter. ``past_due`` lists the first that are past due.
    ``attribution`` and what follows from it is None where the rows do not give a rate of their own;
    the JSON then leaves it out, because an empty list would say that nothing stands out.
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
    confirmations_inferred: bool
    no_rate: NoRate
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
    attribution: Attribution | None
    stages: Stages | None
    incidents: tuple[Incident, ...] | None
    budgets: tuple[Budget, ...] | None
    projection: tuple[Projection, ...] | None
    closed_days: ClosedDays | None
    remedies: Remedies | None


def without_groups(facts: Facts) -> Facts:
    """The same without the table of every group: of a large account it is nearly all there is, and no chart draws it."""
    if facts.attribution is None:
        return facts
    none = Dimensions(account=(), supplier=(), carrier=(), sku=())
    return replace(facts, attribution=replace(facts.attribution, dimensions=none))
