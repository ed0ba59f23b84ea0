"""Orders by their day, so that any week of a year is counted again, as known at any moment, without looking at the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from poa.analysis.rates import Counting
from poa.analysis.windows import Days, Window
from poa.orders import Mask

_Instants: TypeAlias = "npt.NDArray[np.datetime64[Any]]"  # numpy knows the brackets since 2.4


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class ByDay:
    """The orders that have a day, in the order of their days.

    ``late_since`` is the first confirmation that made an order late, NaT where none did; ``on_time`` marks the other orders that are
    counted, ``confirmed`` and ``purchased`` are their latest instants (UTC).
    """

    days: Days
    late_since: _Instants
    on_time: Mask
    confirmed: _Instants
    purchased: _Instants
    complete: bool

    def recount(self, span: Window, moment: datetime) -> tuple[int | None, int]:
        """Orders and late orders of some days as known at a moment; orders are None where no file lists every order."""
        first, last = np.datetime64(span.first, "D"), np.datetime64(span.last, "D")
        inside = slice(
            int(np.searchsorted(self.days, first)), int(np.searchsorted(self.days, last, side="right"))
        )
        at = np.datetime64(moment.astimezone(UTC).replace(tzinfo=None))
        late = self.late_since[inside] <= at
        number = int(np.count_nonzero(late))
        if not self.complete:
            return None, number
        later = (self.confirmed[inside] > at) | (self.purchased[inside] > at)
        return number + int(np.count_nonzero(self.on_time[inside] & ~later & ~late)), number


def by_day(counting: Counting) -> ByDay:
    """The counted orders by their day."""
    table = counting.orders.table
    order = np.argsort(counting.days, kind="stable")
    order = order[: len(order) - counting.without_day]  # NaT stands last

    def instants(name: str) -> _Instants:
        found: _Instants = table[name].to_numpy(dtype="datetime64[ns]")[order]
        return found

    return ByDay(
        days=counting.days[order],
        late_since=instants("late_since"),
        on_time=(counting.counted & ~counting.late)[order],
        confirmed=instants("ship_confirmed"),
        purchased=instants("purchased"),
        complete=counting.complete,
    )
