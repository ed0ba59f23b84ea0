"""Every order that is not confirmed at a moment: how long it has left, the most urgent first."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from poa.analysis.open_orders import cancelled_after, past_due
from poa.analysis.rates import Counting
from poa.analysis.told_lines import names_of_lines, told_times
from poa.analysis.windows import local_days
from poa.characters import shown_name_of_order
from poa.facts import Figure
from poa.facts.waiting import Left, LeftCount, Tracking, Waiting, WaitingOrder
from poa.orders import Mask, Numbers, Orders, Positions
from poa.policy import AutoCancelRule

LEFT: tuple[Left, ...] = get_args(Left)
SOON = 2  # days within which what Amazon may cancel is told apart

_HOUR = 3600
_MOST_HOURS: tuple[tuple[Left, int], ...] = (("h48", 48), ("h24", 24), ("h4", 4))
_MEANS: dict[Left, str] = {
    "past_due": "ship-by instant before it",
    "h4": "at most 4 hours left",
    "h24": "more than 4, at most 24 hours left",
    "h48": "more than 24, at most 48 hours left",
    "later": "more than 48 hours left",
    "no_deadline": "no file tells its ship-by time",
}
_LAST = np.iinfo(np.int64).max
_MINUTE = len("2026-11-02T23:59")


def waiting_at(orders: Orders) -> Positions:
    """The positions in the table of the orders that wait: some file tells them to be open, and none confirms them.

    An order of which one line was confirmed late counts as confirmed, as it does for the rate.
    """
    table = orders.table
    return np.flatnonzero(table["open"].to_numpy() & ~table["confirmed"].to_numpy())


def waiting(
    counting: Counting,
    *,
    rows: pd.DataFrame,
    now: datetime,
    cancel: AutoCancelRule,
    tracking: Mask | None,
    coarse: frozenset[str] = frozenset(),
    lists_open: bool = True,
) -> Waiting:
    """Judge the waiting orders at ``now`` (with an offset), on the store's clock.

    ``rows`` are those that the orders were made of; ``tracking`` marks, by position in the order table, the orders of
    which a file holds a tracking number, and is None where no file has such a column; ``coarse`` names the dates that
    files tell as bare days. Where ``lists_open`` is false, nothing is known of open orders: no figure has a value.
    """
    orders, zone = counting.orders, counting.zone
    judged = pd.Timestamp(now).tz_convert(zone)
    at = waiting_at(orders) if lists_open else np.empty(0, dtype=np.intp)
    table = orders.table.iloc[at]
    seconds = (table["open_ship_by"] - pd.Timestamp(now)).dt.total_seconds().to_numpy()
    left = _left(seconds, past_due(orders, now=now)[at])
    ends = cancelled_after(local_days(table["open_ship_by"], zone=zone), cancel)
    days = (ends - np.datetime64(judged.date(), "D")).astype(np.int64)
    # It still waits on that day itself, so that two days from now it may be gone where the day is tomorrow.
    to_cancel = (left == LEFT.index("past_due")) & (days < SOON)
    promised = told_times(table, "open_ship_by", zone=zone, coarse=frozenset()).shown
    dispatched = told_times(table, "supplier_dispatched", zone=zone, coarse=coarse).shown
    skus, carriers = (names_of_lines(orders, rows, name, at) for name in ("sku", "carrier"))
    suppliers = [str(name) for name in table["supplier"].tolist()]
    numbers: list[Tracking] = (
        ["not_told"] * len(at)
        if tracking is None
        else ["known" if known else "missing" for known in tracking[at].tolist()]
    )
    found = [
        WaitingOrder(
            order_id=shown_name_of_order(orders.order_id(key)),
            skus=skus[number],
            supplier=suppliers[number],
            carriers=carriers[number],
            due=None if due is None else due[:_MINUTE].replace("T", " "),
            promised=due,
            hours_left=None if due is None else remaining / _HOUR,
            left=LEFT[group],
            cancelled_after=None if due is None else end,
            days_to_cancel=None if due is None else ahead,
            dispatched=dispatched[number],
            tracking=numbers[number],
            places=places,
        )
        for number, (key, due, remaining, group, end, ahead, places) in enumerate(
            zip(
                table["key"].tolist(),
                promised,
                seconds.tolist(),
                left.tolist(),
                ends.tolist(),
                days.tolist(),
                orders.places_of_each(at),
                strict=True,
            )
        )
    ]
    urgency = table["open_ship_by"].dt.tz_convert(None).to_numpy("datetime64[s]")
    first = np.where(np.isnat(urgency), _LAST, urgency.astype(np.int64)).tolist()
    order = sorted(range(len(found)), key=lambda number: (first[number], found[number].order_id))

    def counted(name: str, mine: Mask, more: str) -> Figure:
        rule = f"told to be open and not confirmed at {judged.isoformat(timespec='seconds')}{more}"
        return Figure(
            id=name,
            value=int(np.count_nonzero(mine)) if lists_open else None,
            unit="orders",
            rows=orders.behind(at[mine], rule),
        )

    return Waiting(
        judged=judged.isoformat(timespec="seconds"),
        lists_open=lists_open,
        orders=tuple(found[number] for number in order),
        number=counted("waiting.number", np.ones(len(at), dtype=bool), ""),
        counts=tuple(
            LeftCount(left=name, orders=counted(f"waiting.left.{name}", left == group, f", {_MEANS[name]}"))
            for group, name in enumerate(LEFT)
        ),
        to_cancel=counted(
            "waiting.to_cancel", to_cancel, f", past due, Amazon may cancel within {SOON} days or already"
        ),
    )


def _left(seconds: npt.NDArray[np.floating[Any]], past: Mask) -> Numbers:
    """The class of each order as its place in LEFT; ``seconds`` are NaN where no ship-by time is told."""
    out = np.full(len(seconds), LEFT.index("later"), dtype=np.int64)
    for name, hours in _MOST_HOURS:
        out[seconds <= hours * _HOUR] = LEFT.index(name)
    out[past] = LEFT.index("past_due")
    out[np.isnan(seconds)] = LEFT.index("no_deadline")
    return out
