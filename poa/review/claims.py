"""Every figure that a sentence states, in digits or in words, in any of our languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

ClaimKind: TypeAlias = Literal["number", "percent", "fraction", "day", "time", "order_id", "code"]
Bound: TypeAlias = Literal["about", "over", "under", "at_least", "at_most"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One figure in a text: ``start`` and ``end`` are its place, ``text`` its own signs, unit included."""

    kind: ClaimKind
    text: str
    start: int
    end: int
    value: Decimal | date | str
    digits: int = 0
    unit: str | None = None
    bound: Bound | None = None


def claims(text: str, *, language: str, names: Iterable[str] = ()) -> tuple[Claim, ...]:
    """The figures of a text in their order."""
    raise NotImplementedError
