"""Orders without a shipment confirmation: which are past their ship-by time, and when that was judged."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

import numpy as np
import pandas as pd

from poa.analysis.rates import Counting
from poa.analysis.windows import Days, local_days
from poa.characters import shown_name_of_order
from poa.facts import Figure, OpenOrder, Rows
from poa.orders import Mask, Orders, Positions
from poa.policy import AutoCancelRule

LISTED = 50  # orders that are named one by one


class OpenOrders(TypedDict):
    """The part of the facts that speaks of open orders."""

    unconfirmed_as_of: Figure
    unconfirmed_past_due: Figure
    unconfirmed_due_by_letter: Figure
    past_due: tuple[OpenOrder, ...]


def past_due(orders: Orders, *, now: datetime) -> Mask:
    """Which orders are not confirmed although their ship-by instant is past."""
    due = orders.table["open_ship_by"] < pd.Timestamp(now)
    return ~orders.table["confirmed"].to_numpy() & due.to_numpy()


def open_orders(
    counting: Counting, *, now: datetime, letter: date | None, cancel: AutoCancelRule
) -> OpenOrders:
    """Count open orders at ``now``, and those that come due between it and the day of the letter."""
    orders = counting.orders
    waiting = orders.table["open"].to_numpy() & ~counting.confirmed & ~counting.overdue
    if letter is None:
        waiting[:] = False
    else:
        waiting &= local_days(orders.table["open_ship_by"], zone=counting.zone) < np.datetime64(letter, "D")
    judged = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    overdue, coming = np.flatnonzero(counting.overdue), np.flatnonzero(waiting)
    first = orders.table.iloc[overdue].sort_values(["open_ship_by", "key"]).head(LISTED)
    last = cancelled_after(local_days(first["open_ship_by"], zone=counting.zone), cancel)

    def counted(name: str, chosen: Positions, rule: str) -> Figure:
        return Figure(id=name, value=len(chosen), unit="orders", rows=orders.behind(chosen, rule))

    return OpenOrders(
        unconfirmed_as_of=Figure(
            id="unconfirmed_as_of",
            value=pd.Timestamp(now).tz_convert(counting.zone).date().isoformat(),
            unit="day",
            rows=Rows(rule=f"open orders are judged at {judged}", orders=0),
        ),
        unconfirmed_past_due=counted(
            "unconfirmed_past_due", overdue, f"not confirmed, ship-by instant before {judged}"
        ),
        unconfirmed_due_by_letter=counted(
            "unconfirmed_due_by_letter",
            coming,
            f"not confirmed at {judged}, due before the letter of {letter}",
        ),
        past_due=tuple(
            OpenOrder(
                order_id=shown_name_of_order(orders.order_id(key)),
                ship_by=f"{due:%Y-%m-%dT%H:%M:%SZ}",
                due=f"{due.tz_convert(counting.zone):%Y-%m-%d %H:%M}",
                supplier=supplier,
                cancelled_after=waits,
            )
            for key, due, supplier, waits in zip(
                first["key"].tolist(),
                first["open_ship_by"].tolist(),
                first["supplier"].tolist(),
                last.tolist(),
                strict=True,
            )
        ),
    )


def cancelled_after(due: Days, rule: AutoCancelRule) -> Days:
    """Of orders due on these days the last day on which each still waits, before Amazon may cancel it; NaT stays."""
    if rule.days:
        return due + np.timedelta64(rule.days, "D")
    return np.busday_offset(due, rule.business_days, roll="backward")
