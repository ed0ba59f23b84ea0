"""Orders that are not confirmed yet: how long each has left, and what its supplier must be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from poa.facts.figures import Figure, Lines

Tracking: TypeAlias = Literal["known", "missing", "not_told"]
TOLD = 500  # open orders that the papers of a week tell one by one; poa summary --open has all
Left: TypeAlias = Literal["past_due", "h4", "h24", "h48", "later", "no_deadline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingOrder:
    """An order without a shipment confirmation, judged at one moment.

    ``due`` is its ship-by time on the store's clock (``2026-11-02 23:59``), ``promised`` the same as an ISO
    text with its offset; None where no file tells it. ``hours_left`` is negative once it is past, ``left`` its class: past due, up to 4, 24 or 48 hours, later.
    ``cancelled_after`` is the last day before Amazon may cancel it by itself, None where it has no ship-by time; ``days_to_cancel``
    counts the days from the moment to it (negative: it may be cancelled any time). ``dispatched`` is when the supplier says that it left. ``tracking``:
    a file holds a number for it, holds none, or no file has such a column. Names are those of all its lines.
    """

    order_id: str
    skus: tuple[str, ...]
    supplier: str
    carriers: tuple[str, ...]
    due: str | None
    promised: str | None
    hours_left: float | None
    left: Left
    cancelled_after: date | None
    days_to_cancel: int | None
    dispatched: str | None
    tracking: Tracking
    places: tuple[Lines, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftCount:
    """How many orders have so long left."""

    left: Left
    orders: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Every order that is not confirmed at ``judged`` (an ISO text with the store's offset), the most urgent first.

    ``to_cancel`` are those past due that Amazon may cancel within the next two days or already: they are about to move
    from the late shipment rate to the cancellation rate. ``lists_open`` is false where the files tell
    of late orders only and so nothing of open ones.
    """

    judged: str
    lists_open: bool
    orders: tuple[WaitingOrder, ...]
    number: Figure
    counts: tuple[LeftCount, ...]
    to_cancel: Figure


def most_urgent(waiting: Waiting, number: int) -> Waiting:
    """The same with no more orders than so many; its figures stay those of all."""
    return replace(waiting, orders=waiting.orders[:number])
