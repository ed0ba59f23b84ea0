"""What was said of an account, held against its rows: the as-of day and the numbers of orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from poa.analysis.rates import Counting, Denominator
from poa.analysis.windows import Window
from poa.errors import UsageFault
from poa.facts import StatedRate
from poa.policy import late_shipment_rule

_ORDERS_LIMIT = 10**12


def check_as_of(counting: Counting, as_of: date) -> None:
    """Windows that the rows cannot speak of are a slip of the pen."""
    span = whole_file(counting)
    near = timedelta(days=max(late_shipment_rule().windows_days))
    if not span.first - near <= as_of <= span.last + near:
        raise UsageFault(
            "as_of_outside",
            f"The as-of day {as_of} lies far outside the days of the rows, {span.first} to {span.last}.",
            hint="Correct --as-of, or hand in the report of those days.",
        )


def whole_file(counting: Counting) -> Window:
    """The window of the whole file, from its first to its last day."""
    known = counting.days[~np.isnat(counting.days)]
    first, last = known.min().item(), known.max().item()
    if counting.inferred_from:
        return Window(days=None, first=max(first, counting.inferred_from), last=last, bounded=True)
    return Window(days=None, first=first, last=last)


def denominators(
    typed: Sequence[int | None], stated: Sequence[StatedRate], windows: Sequence[Window]
) -> dict[int, Denominator]:
    """The orders of each window as Amazon states them or the user typed them; typed ones win.

    Amazon's number counts only for the very days that it speaks of.
    """
    longest, shortest = max(late_shipment_rule().windows_days), min(late_shipment_rule().windows_days)
    told = {
        one.window_days: Denominator(orders=one.orders.rows.orders, told_by=one.orders.rows.rule)
        for one in stated
        if one.orders.value is not None
        and any((one.from_.value, one.to.value) == (f"{span.first}", f"{span.last}") for span in windows)
    }
    for days, number in zip((longest, shortest), typed, strict=True):
        if number is not None:
            told[days] = Denominator(orders=number, told_by="typed by the user")
    return told


def check_denominators(counting: Counting, windows: Sequence[Window], told: dict[int, Denominator]) -> None:
    """Refuse stated numbers of orders that the rows or one another contradict."""
    sizes = [told[span.days].orders for span in windows if span.days in told]
    if sizes != sorted(sizes, reverse=True):
        raise UsageFault("too_many_orders", "The shorter window cannot have more orders than the longer one.")
    for span in windows:
        stated = told.get(span.days or 0)
        late = int(np.count_nonzero(span.holds(counting.days) & counting.late))
        if stated and not late <= stated.orders <= _ORDERS_LIMIT:
            raise UsageFault(
                "too_few_orders" if stated.orders < late else "too_many_orders",
                f"The rows show {late:,} late orders in the last {span.days} days, but"
                f" {stated.orders:,} orders are stated ({stated.told_by}).",
                hint="Check the number of orders, and that both speak of the same days.",
            )
