"""A value that can be proven, and the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal[
    "orders",
    "packages",
    "units",
    "rows",
    "suppliers",
    "groups",
    "fraction",
    "day",
    "name",
    "hours",
    "days",
    "weeks",
    "actions",
    "about",
]  # about: an expected number of orders, with a part
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

    # An account of thousands of SKUs has tens of thousands of them, and what a dataclass does for other processes by
    # itself takes a third longer.
    def __getstate__(self) -> tuple[str, int | float | str | None, Unit, Rows]:
        return self.id, self.value, self.unit, self.rows

    def __setstate__(self, state: tuple[str, int | float | str | None, Unit, Rows]) -> None:
        for name, value in zip(self.__slots__, state, strict=True):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class FiguresOf:
    """Makes the figures whose ids begin with ``name``; ``rows`` stand behind those that are given none of their own.

    Raises ValueError for a figure without any.
    """

    name: str
    rows: Rows | None = None

    def __call__(self, what: str, value: float | str | None, unit: Unit, rows: Rows | None = None) -> Figure:
        """The figure of ``what``."""
        behind = rows or self.rows
        if behind is None:
            raise ValueError(what)
        return Figure(id=f"{self.name}.{what}", value=value, unit=unit, rows=behind)
