"""A made-up account for trying poa out: 90 days of orders, a supplier map and a finished case.

Nothing in it is anybody's data. The same seed gives the same bytes on every machine: only
``Random.random`` is used, whose sequence Python guarantees.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("America/Los_Angeles")
_LAST_DAY = date(2026, 10, 31)
_DAYS = 90
_HEADER = (
    "order-id",
    "order-item-id",
    "sku",
    "carrier",
    "tracking-number",
    "purchase-date",
    "ship-by-date",
    "ship-confirm-date",
    "supplier-order-date",
    "supplier-dispatch-date",
    "carrier-first-scan-date",
)


@dataclass(frozen=True, slots=True)
class _Maker:
    """A supplier: its SKUs, its share of orders, and how often it is late before and since a day."""

    name: str
    skus: tuple[str, ...]
    share: float
    late: float
    since: date | None = None
    late_since: float = 0.0


_MAKERS = (
    _Maker("Birch & Sons", ("LMP-104", "LMP-220", "00417", "LMP-SET|3"), 0.24, 0.015),
    _Maker("Cedar Supply", ("TRAY-OAK", "TRAY-WAL", "1E5-RED"), 0.19, 0.02),
    _Maker("Alder Supply", ("MUG-11", "MUG-12", "BOWL-4", "BOWL-6"), 0.16, 0.02, date(2026, 10, 14), 0.42),
    _Maker("义乌恒泰 (Yiwu Hengtai)", ("PEN-CASE", "CLIP-50", "NOTE-A5"), 0.15, 0.022),
    _Maker("Dogwood Supply", ("BAG-S", "BAG-L"), 0.14, 0.012),
    _Maker("Elm Works", ("HOOK-9", "RACK-2"), 0.12, 0.018),
)

_CASE = '''\
# What only you can say. Lines that begin with # are notes to you.
# This case belongs to the sample; every statement in it is made up.
case = 1
letter_date = 2026-11-04        # the day that stands on the letter

[seller]
name = "Harbor & Pine Goods"    # as Amazon shows it
marketplace = "US"

[notice]
date = 2026-11-02               # the day of Amazon's notice

# The gap in your own work, not somebody else's fault.
[[cause]]
statement = """Our suppliers ship our orders, and we confirmed each one when its dispatch message reached us. \\
Nobody checked, before the ship-by time, which orders of the day were still without one, \\
and for our mugs and bowls we had no second source."""

# What is already done, with the day and what shows it.
[[corrective]]
action = "We checked every open order against its ship-by time, and confirmed those that the carrier had received"
date = 2026-11-02
evidence = "order report of 2 November 2026"

[[corrective]]
action = "We set the stock of the SKUs MUG-11, MUG-12, BOWL-4 and BOWL-6 to zero until a second source delivers"
date = 2026-11-03
evidence = "inventory file of 3 November 2026"

# What keeps it from happening again: control, role, start, how often, measured by what.
[[preventive]]
control = "List all orders due that day without a dispatch message, and call the supplier of each"
role = "Operations lead, with the warehouse lead as deputy"
start = 2026-11-03
frequency = "every day on which orders are due, at 10:00 and 14:00 Pacific Time"
measure = "orders confirmed after their ship-by time, fewer than 1 in 100 each week"

[[preventive]]
control = "Put a second source under contract for each SKU that has one source only, the mugs and bowls first"
role = "Purchasing lead"
start = 2026-11-04
frequency = "reviewed each Monday until the list is empty, then at each new SKU"
measure = "SKUs on sale with one source only, none by 31 January 2027"
'''


def sample_files(*, seed: int = 7, orders_a_day: int = 28) -> dict[str, bytes]:
    """The files of the account by name: ``late-shipment-report.csv``, ``suppliers.csv``, ``case.toml``."""
    return {
        "late-shipment-report.csv": _csv(_HEADER, _rows(Random(seed), orders_a_day)),  # noqa: S311 - no secret
        "suppliers.csv": _csv(
            ("sku", "supplier"), ((sku, maker.name) for maker in _MAKERS for sku in maker.skus)
        ),
        "case.toml": _CASE.encode(),
    }


def _csv(header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(header)
    out.writerows(rows)
    return text.getvalue().encode()


def _rows(random: Random, orders_a_day: int) -> Iterator[tuple[str, ...]]:
    number = 0
    for back in range(_DAYS - 1, -1, -1):
        day = _LAST_DAY - timedelta(days=back)
        weekend = day.weekday() >= 5
        for _ in range(round(orders_a_day * (0.55 if weekend else 1.15) * (0.85 + 0.3 * random.random()))):
            number += 1
            yield from _order(random, number, day)


def _order(random: Random, number: int, day: date) -> Iterator[tuple[str, ...]]:
    """The lines of one order that must be shipped by the end of ``day``."""
    maker = _pick(random)
    due = datetime.combine(day, time(23, 59, 59), _ZONE)
    bought = due - timedelta(hours=30 + 60 * random.random())
    late = random.random() < (maker.late_since if maker.since and day >= maker.since else maker.late)
    ordered = bought + timedelta(hours=0.2 + 3 * random.random())
    if late:
        confirmed = due + timedelta(hours=0.5 + 40 * random.random() ** 2)
        dispatched = confirmed - timedelta(hours=0.5 + 8 * random.random())
    else:
        confirmed = due - (due - ordered) * (0.08 + 0.6 * random.random())
        dispatched = ordered + (confirmed - ordered) * (0.5 + 0.45 * random.random())
    scanned = dispatched + timedelta(hours=1 + 9 * random.random())
    order_id = f"{111 + number % 3}-{1_000_000 + number * 7919 % 8_999_999:07d}-{2_000_000 + number * 104_729 % 7_999_999:07d}"
    for line in range(2 if random.random() < 0.04 else 1):
        yield (
            order_id,
            f"{60_000_000_000_000 + number * 10 + line}",
            maker.skus[int(random.random() * len(maker.skus))],
            "USPS" if random.random() < 0.7 else "UPS",
            f"9400{number:018d}",
            *(_iso(stamp) for stamp in (bought, due, confirmed, ordered, dispatched, scanned)),
        )


def _pick(random: Random) -> _Maker:
    left = random.random()
    for maker in _MAKERS:
        left -= maker.share
        if left < 0:
            return maker
    return _MAKERS[-1]


def _iso(stamp: datetime) -> str:
    return stamp.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
