"""A made-up account for trying poa out: 90 days of orders, a supplier map and a finished case.

Nothing in it is anybody's data. The same seed gives the same bytes on every machine: only
``Random.random`` is used, whose sequence Python guarantees.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
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
class Maker:
    """A supplier: its SKUs, its share of orders, and how often it is late before and since a day."""

    name: str
    skus: tuple[str, ...]
    share: float
    late: float
    since: date | None = None
    late_since: float = 0.0


MAKERS = (
    Maker("Birch & Sons", ("LMP-104", "LMP-220", "00417", "LMP-SET|3"), 0.24, 0.015),
    Maker("Cedar Supply", ("TRAY-OAK", "TRAY-WAL", "1E5-RED"), 0.19, 0.02),
    Maker("Alder Supply", ("MUG-11", "MUG-12", "BOWL-4", "BOWL-6"), 0.16, 0.02, date(2026, 10, 14), 0.42),
    Maker("义乌恒泰 (Yiwu Hengtai)", ("PEN-CASE", "CLIP-50", "NOTE-A5"), 0.15, 0.022),
    Maker("Dogwood Supply", ("BAG-S", "BAG-L"), 0.14, 0.012),
    Maker("Elm Works", ("HOOK-9", "RACK-2"), 0.12, 0.018),
)

REPORT, SUPPLIERS, CASE, NOTICE = "late-shipment-report.csv", "suppliers.csv", "case.toml", "notice.txt"
EVIDENCE = ("evidence/open-orders-2026-11-02.csv", "evidence/inventory-2026-11-03.csv")
_STOPPED = {"MUG-11", "MUG-12", "BOWL-4", "BOWL-6"}


def sample_files(
    *, seed: int = 7, orders_a_day: int = 28, language: str = "en", makers: Sequence[Maker] = MAKERS
) -> dict[str, bytes]:
    """The files of the account by name: report, supplier map, case, notice, and the evidence that the case names.

    ``language`` is that in which the made-up seller wrote the case; it speaks of the makers that are given here.
    """
    skus = [(sku, maker.name) for maker in makers for sku in maker.skus]
    stock = ((sku, "0" if sku in _STOPPED else str(12 + 7 * at)) for at, (sku, _) in enumerate(skus))
    return {
        REPORT: _report(seed, orders_a_day, tuple(makers)),
        SUPPLIERS: _csv(("sku", "supplier"), iter(skus)),
        CASE: _beside(f"case.{language}.toml"),
        NOTICE: _beside("notice.txt"),
        EVIDENCE[0]: _csv(
            ("order-id", "ship-by-date", "carrier-received", "ship-confirm-date"), _open_orders()
        ),
        EVIDENCE[1]: _csv(("sku", "quantity"), stock),
    }


@lru_cache(maxsize=8)  # a pack is tried with the same rows in each language
def _report(seed: int, orders_a_day: int, makers: tuple[Maker, ...]) -> bytes:
    return _csv(_HEADER, _rows(Random(seed), orders_a_day, makers))  # noqa: S311 - no secret


def _beside(name: str) -> bytes:
    return files(__name__).joinpath(name).read_bytes()


def _open_orders() -> Iterator[tuple[str, ...]]:
    """The orders that were open when the notice came: each received by the carrier, then confirmed, in time."""
    for number in range(12):
        due = datetime.combine(date(2026, 11, 3), time(23, 59, 59), _ZONE)
        received = due - timedelta(hours=34, minutes=13 * number)
        yield (
            f"{111 + number % 3}-{9_100_000 + 7_919 * number:07d}-{9_200_000 + 4_729 * number:07d}",
            *(_iso(stamp) for stamp in (due, received, received + timedelta(hours=1))),
        )


def _csv(header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(header)
    out.writerows(rows)
    return text.getvalue().encode()


def _rows(random: Random, orders_a_day: int, makers: Sequence[Maker]) -> Iterator[tuple[str, ...]]:
    number = 0
    for back in range(_DAYS - 1, -1, -1):
        day = _LAST_DAY - timedelta(days=back)
        weekend = day.weekday() >= 5
        for _ in range(round(orders_a_day * (0.55 if weekend else 1.15) * (0.85 + 0.3 * random.random()))):
            number += 1
            yield from _order(random, number, day, _pick(random, makers))


def _order(random: Random, number: int, day: date, maker: Maker) -> Iterator[tuple[str, ...]]:
    """The lines of one order that must be shipped by the end of ``day``."""
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


def _pick(random: Random, makers: Sequence[Maker]) -> Maker:
    left = random.random()
    for maker in makers:
        left -= maker.share
        if left < 0:
            return maker
    return makers[-1]


def _iso(stamp: datetime) -> str:
    return stamp.astimezone(UTC).isoformat(timespec="seconds")
