"""The action ledger: what the case promised, what the rows measure of it, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from poa.facts.figures import Figure, Unit

Dimension: TypeAlias = Literal["account", "supplier", "carrier", "sku"]
Heading: TypeAlias = Literal["corrective", "preventive"]
Verdict: TypeAlias = Literal["held", "missed", "not_told"]
Status: TypeAlias = Literal["planned", "overdue", "not_yet", "broken", "reopened", "verified", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One control figure (``kpi``, an id of ``policy/kpis.toml``) of one week, for the account or one supplier, carrier or SKU.

    ``low`` to ``high`` is what the rows can say; equal where they say it surely, None where they say nothing.
    ``of`` is how many orders it was measured on, ``due`` how many it is about.
    """

    kpi: str
    week: str
    dimension: Dimension
    name: str
    unit: Unit
    low: Figure
    high: Figure
    of: Figure
    due: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What one week says of an action: its control figure against the target, or the seller's own word (``own``)."""

    week: str
    verdict: Verdict
    measured: Measure | None
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One action of the case, in one week.

    ``id`` is the case's or its place: C1 a corrective, P1 a preventive one; ``at`` is its position under ``heading``. ``due`` is the
    day that the case promises, None where it does not say. ``kpi`` and ``target`` are the promised control figure, ``weeks_needed`` in how
    many weeks running it must hold before the action is closed, ``weeks_held`` in how many it has by now.
    ``checks`` are the weeks since it is in place, the earliest first. ``late_by`` are days past due. ``closed_in`` is the week in which it was closed, if it was.
    """

    id: str
    heading: Heading
    at: int
    due: date | None
    status: Status
    kpi: str | None
    dimension: Dimension
    name: str
    target: float | None
    weeks_needed: Figure
    weeks_held: Figure
    late_by: Figure
    closed_in: str | None
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Every action, the overdue and the reopened ones first; counts of those that hold, do not hold, and wait."""

    entries: tuple[Entry, ...]
    verified: Figure
    broken: Figure
    overdue: Figure
    waiting: Figure
