"""One order explained: every row that speaks of it, the clock that judged it, and why it is late or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from poa.account import counted_facts
from poa.account.joined import Account, Joined, join
from poa.account.laid_to import laid_to
from poa.account.listing import late_lists, silent
from poa.account.told_rows import ToldRow, local, rows_of
from poa.characters import shape, shown_name_of_order
from poa.doing import Doing, Tell
from poa.errors import InputFault
from poa.facts import Plain
from poa.orders import key_of

VERDICTS = {
    "late": "late",
    "on_time": "not late",
    "not_late_by_list": "not late, as far as the files tell",
    "open": "not confirmed",
    "unknown": "not to be judged",
    "set_aside": "not in the rate",
    "conflict": "not used",
    "refused": "not used",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """``verdict`` is a key of VERDICTS; ``why`` are whole sentences; times are in ``zone``.

    Of a late order, ``steps`` are those that it may have been in at its deadline, ``causes`` (dimension and
    name) those that it counts for.
    """

    order_id: str
    marketplace: str
    zone: str
    verdict: str
    why: tuple[str, ...]
    rows: tuple[ToldRow, ...]
    steps: tuple[str, ...] = ()
    causes: tuple[tuple[str, str], ...] = ()

    def as_data(self) -> dict[str, Plain]:
        """The JSON of ``poa explain --json``."""
        return {
            "explain": 1,
            "order_id": self.order_id,
            "marketplace": self.marketplace,
            "time_zone": self.zone,
            "verdict": self.verdict,
            "why": list(self.why),
            "steps": list(self.steps),
            "causes": [{"dimension": dimension, "name": name} for dimension, name in self.causes],
            "rows": [
                {"file": row.file, "line": row.line, "report": row.report, "told": dict(row.told)}
                for row in self.rows
            ],
        }


def explain(order_id: str, account: Account, *, tell: Tell) -> Explanation:
    """Explain an order; raises InputFault where no row of the files speaks of it."""
    joined = join(account, tell=tell, tracking=True)
    tell(Doing("Looking"))
    key = _key(order_id.strip(), joined)
    rows = sorted(rows_of(key, joined), key=lambda row: (row.file, row.line))
    if not rows:
        raise InputFault(
            "order_not_found",
            f"No row of these files speaks of order {_shown(order_id)}.",
            hint="Check the order id, or add the file that holds it.",
        )
    verdict, why = _judge(key, joined)
    laid = None
    if verdict == "late":
        at = int(np.flatnonzero((joined.orders.table["key"] == key).to_numpy())[0])
        laid = laid_to(at, joined, counted_facts(account, joined))
    return Explanation(
        order_id=_shown(order_id),
        marketplace=joined.store.name,
        zone=joined.store.zone,
        verdict=verdict,
        why=(*why, *(laid.why if laid else ())),
        rows=tuple(rows),
        steps=laid.steps if laid else (),
        causes=laid.causes if laid else (),
    )


def _shown(order_id: str) -> str:
    return shown_name_of_order(order_id.strip()) if order_id.strip() else shape(order_id)


def _key(order_id: str, joined: Joined) -> int:
    """The key under which the rows hold the order; -1 where they do not."""
    if joined.pooled.ids:
        return next((number for number, name in joined.pooled.ids.items() if name == order_id), -1)
    return key_of(order_id)


def _judge(key: int, joined: Joined) -> tuple[str, list[str]]:
    """The verdict, and the sentences that say why."""
    table, zone = joined.orders.table, joined.store.zone
    at = np.flatnonzero((table["key"] == key).to_numpy())
    if not len(at):
        return _unused(key, joined)
    order = table.iloc[int(at[0])]
    if order["late"] or order["confirmed"]:
        late = bool(order["late"])
        confirmed, due = _of_line(key, order, joined) if late else (order["ship_confirmed"], order["ship_by"])
        return "late" if late else "on_time", [
            _compared(confirmed, due, zone, days_only=_days_only(key, joined)),
            *_clocks(joined.orders.late_lines.loc[[int(at[0])]].iloc[0] if late else order, zone, late=late),
            *([_IN_TIME] if not late and _scanned_late(order) else []),
        ]
    if order["open"]:
        due = order["open_ship_by"]
        by = "" if pd.isna(due) else f" Its ship-by time is {local(due, zone)}."
        overdue = "" if pd.isna(due) or due > joined.orders.latest else _OVERDUE
        return "open", [f"No file confirms it.{by}{overdue}", *_clocks(order, zone, late=False)]
    reports = joined.gathered.reports("orders")
    holders = late_lists(reports) if silent(reports) and table["told"].any() else ()
    if order["listed"] and holders:
        return "not_late_by_list", [
            f"It is not in {', '.join(file.name for file in holders)}, which is taken to hold every late order."
        ]
    return "unknown", ["No file says when it was confirmed.", *_clocks(order, zone, late=False)]


_IN_TIME = "Amazon counts the confirmation, not the scan, so it is on time."
_OVERDUE = " That has passed: if it has been sent, confirm it today."


def _scanned_late(order: pd.Series[pd.Timestamp]) -> bool:
    scan = order.get("first_scan")
    return scan is not None and bool(scan > order["ship_by"])


def _of_line(key: int, order: pd.Series[pd.Timestamp], joined: Joined) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Confirmation and deadline of the line that was latest: an order is late when one of its lines is."""
    rows = joined.pooled.rows
    mine = rows[(rows["key"] == key) & (rows["ship_confirmed"] > rows["ship_by"])]
    if not len(mine):  # the two stand in different files
        return order["ship_confirmed"], order["ship_by"]
    worst = mine.iloc[int(np.argmax((mine["ship_confirmed"] - mine["ship_by"]).to_numpy()))]
    return worst["ship_confirmed"], worst["ship_by"]


def _compared(confirmed: pd.Timestamp, due: pd.Timestamp, zone: str, *, days_only: bool) -> str:
    """Confirmation against deadline, as exactly as the rows tell it."""
    if days_only:
        return (
            f"It was confirmed on {confirmed.tz_convert(zone):%Y-%m-%d}; it was to be shipped by"
            f" {due.tz_convert(zone):%Y-%m-%d}. The rows have no times of day."
        )
    late = confirmed > due
    apart = _span(confirmed - due if late else due - confirmed)
    return (
        f"It was confirmed {local(confirmed, zone)}, {apart} {'after' if late else 'before'} its ship-by time"
        f" {local(due, zone)}."
    )


def _days_only(key: int, joined: Joined) -> bool:
    """Whether the confirmation of an order is told as a bare day."""
    rows = joined.pooled.rows
    mine = rows[(rows["key"] == key) & rows["ship_confirmed"].notna()]
    coarse = ["ship_confirmed" in file.coarse for file in joined.pooled.files]
    return len(mine) > 0 and all(coarse[file] for file in mine["file"])


def _unused(key: int, joined: Joined) -> tuple[str, list[str]]:
    """Why an order that a file holds is not among the orders."""
    rows = joined.pooled.rows
    mine = rows[rows["key"] == key]
    names = [one.name for one in joined.pooled.files]
    places = {(names[int(file)], int(line)) for file, line in zip(mine["file"], mine["line"], strict=True)}
    conflicts = (row for row in joined.problems if row.code == "conflict")
    conflict = next((row for row in conflicts if (row.file, row.line) in places), None)
    if conflict:
        return "conflict", [f"{conflict.message[0].upper()}{conflict.message[1:]}."]
    if not len(mine):
        return "refused", ["Its rows could not be used, or only suppliers speak of it; each row says why."]
    return "set_aside", [f"It is {_aside(mine)}, so the rate of {joined.store.name} is not about it."]


def _aside(mine: pd.DataFrame) -> str:
    """What the rows say of an order that was set aside."""

    def told(column: str) -> list[str]:
        return [str(value) for value in mine[column].unique() if str(value)] if column in mine else []

    if any(word.casefold() in {"amazon", "afn"} for word in told("channel")):
        return "shipped by Amazon (FBA)"
    stores = ", ".join(told("store"))
    cancelled = any(word.casefold().startswith("cancel") for word in told("status"))
    return f"an order of {stores}" if stores and not cancelled else "cancelled"


def _clocks(order: pd.Series[pd.Timestamp], zone: str, *, late: bool) -> Iterator[str]:
    """The clocks beside Amazon's, each against its own deadline; they do not judge the rate."""
    scan = order.get("first_scan")
    if scan is not None and pd.notna(scan) and pd.notna(order["ship_by"]):
        in_time = scan <= order["ship_by"]
        yield (
            f"The carrier first scanned it {local(scan, zone)}, {'before' if in_time else 'after'} the ship-by time"
            + (": it was handed over in time and confirmed late." if in_time and late else ".")
        )
    left = order.get("supplier_dispatched")
    if left is not None and pd.notna(left):
        yield f"The supplier dispatched it {local(left, zone)}."
    brought, by = order.get("delivered"), order.get("deliver_by")
    if brought is not None and by is not None and pd.notna(brought) and pd.notna(by):
        yield (
            f"It was delivered {local(brought, zone)}, {'by' if brought <= by else 'after'} its deliver-by time"
            f" {local(by, zone)}."
        )


def _span(time: timedelta) -> str:
    """A length of time as a person says it: days, hours and minutes, or seconds."""
    seconds = int(time.total_seconds())
    days, hours, minutes = seconds // 86_400, seconds // 3_600 % 24, seconds // 60 % 60
    parts = [
        f"{number} {name}{'' if number == 1 else 's'}"
        for number, name in ((days, "day"), (hours, "hour"), (minutes, "minute"))
        if number
    ]
    return " ".join(parts) or f"{seconds} seconds"
