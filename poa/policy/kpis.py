"""Control figures as data: what the rows of a week can measure, in which unit, and when a target is met.

The sentences are those of ``kpis.toml``. A figure is known from ``low`` to ``high``; it is held only where
both ends would hold, and missed only where both would miss.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal, TypeAlias

from poa.policy import Sure, table

Taken: TypeAlias = Literal["account", "supplier", "carrier", "sku"]
Held: TypeAlias = Literal["held", "missed", "not_told"]
Value: TypeAlias = int | float | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """A control figure. ``per`` is what it can be taken of, ``needs`` what files must hold, ``fits`` are codes of causes.

    ``unit`` hours is a 90 % point. ``better`` under: the target itself fails; at_most: it is met.
    """

    id: str
    title: str
    meaning: str
    unit: Literal["hours", "orders", "fraction"]
    better: Literal["under", "at_most"]
    per: tuple[Taken, ...]
    needs: str
    fits: tuple[str, ...]
    source: str
    sure: Sure

    def met(self, value: float, target: float) -> bool:
        """Whether a value meets a target in the same unit."""
        return value < target if self.better == "under" else value <= target

    def verdict(self, low: Value, high: Value, target: float) -> Held:
        """Held where even ``high`` meets the target, missed where even ``low`` does not; a bound may be None."""
        if isinstance(high, int | float) and self.met(high, target):
            return "held"
        if isinstance(low, int | float) and not self.met(low, target):
            return "missed"
        return "not_told"


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """An order confirmed within so many hours before its ship-by time nearly was late."""

    hours: int
    source: str
    as_of: date
    sure: Sure


@cache
def kpis() -> Mapping[str, Kpi]:
    """Every control figure by its id, in the order in which they are offered."""
    return MappingProxyType(
        {
            name: Kpi(id=name, **{**row, "per": tuple(row["per"]), "fits": tuple(row["fits"])})
            for name, row in table("kpis.toml")["kpi"].items()
        }
    )


@cache
def near_miss() -> NearMiss:
    """When an order nearly was late."""
    return NearMiss(**table("kpis.toml")["near_miss"])
