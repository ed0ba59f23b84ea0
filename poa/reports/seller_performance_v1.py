"""The V1 seller performance report ("Customer Metrics", XML): late orders and their rate, without the orders.

It states a count and a rate of each time frame, not the number of orders, so it is no denominator;
its counts are shown beside ours. Read from what public parsers take of it; no sample was seen.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from poa.errors import InputFault
from poa.facts import Stated
from poa.reports import Report
from poa.reports.seller_performance_v2 import stated_rate
from poa.words import said


def read_stated(tree: Any, name: str, marketplace_id: str) -> tuple[Stated, ...]:
    """The late orders of each time frame, longest first; raises InputFault where it states none."""
    del marketplace_id  # one file is of one store, and does not name it
    found = []
    for frame in tree.iter("{*}customerExperienceMetrics"):
        first, last = (_day(frame, f"{{*}}timeFrame/{{*}}{end}") for end in ("start", "end"))
        late = frame.findtext("{*}lateShipment/{*}count", "").strip()
        if first and last and first <= last and late.isascii() and late.isdigit():
            words = said("stated by Amazon in {file}, without the number of orders", file=name)
            found.append(stated_rate(first, last, late=int(late[:12]), orders=None, told_by=words))
    if not found:
        raise InputFault(
            "no_rate",
            f"{name} states no late shipments with a time frame.",
            file=name,
            hint="Request GET_V2_SELLER_PERFORMANCE_REPORT, which states the number of orders too.",
        )
    return tuple(sorted(found, key=lambda one: -one.window_days))


def _day(frame: Any, path: str) -> date | None:
    try:
        return date.fromisoformat((frame.findtext(path) or "").strip()[:10])
    except ValueError:
        return None


REPORT = Report(
    name="seller_performance_v1",
    title="Seller performance report (V1)",
    clock="Amazon's own counts, without the number of orders",
    role="stated",
    form="xml",
    record="sellerPerformanceReports",
    stated=read_stated,
    columns=(),
    source="GET_V1_SELLER_PERFORMANCE_REPORT, as public parsers read it",
)
