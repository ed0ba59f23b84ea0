"""The late orders of the longest window one by one: what the annex lists and each figure of the letter counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TypeAlias

from poa.facts.figures import Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class LateOrder:
    """One late order, with the dates of the line that was latest.

    A moment is an ISO text with the offset of the store's zone (``2026-10-14T23:59:59-07:00``), a bare day
    where the file has no time of day, None where no row tells it. ``delay_hours`` runs from the deadline to
    the confirmation and is None where the confirmation is a bare day; ``delay_days`` is then the days
    between the two. ``steps`` are those that the order may have been in at its deadline (dispatch, handover,
    confirmation): all three where nothing tells. ``groups`` are the keys (S1, C1, K1 …) of the groups
    that stand out and that it belongs to. Names are those of all its lines, suppliers and all, the latest
    line's supplier first; ``places`` are its rows in the files of orders.
    """

    order_id: str
    skus: tuple[str, ...]
    suppliers: tuple[str, ...]
    carriers: tuple[str, ...]
    purchased: str | None
    ship_by: str
    confirmed: str
    dispatched: str | None
    first_scan: str | None
    delay_hours: float | None
    delay_days: int | None
    steps: tuple[str, ...]
    groups: tuple[str, ...]
    places: tuple[Lines, ...]


_Columns: TypeAlias = tuple[tuple[object, ...], ...]


class LateOrders(tuple[LateOrder, ...]):
    """Late orders, which go to another process column by column: thousands of them one by one take five times as long."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[[int, _Columns], LateOrders], tuple[int, _Columns]]:
        return _of_columns, (len(self), tuple(tuple(map(attrgetter(name), self)) for name in _NAMES))


_NAMES = tuple(one.name for one in fields(LateOrder))


def _of_columns(number: int, columns: _Columns) -> LateOrders:
    return LateOrders(
        LateOrder(**dict(zip(_NAMES, cells, strict=True)))
        for cells in (zip(*columns, strict=True) if number else ())
    )
