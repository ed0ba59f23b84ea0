"""Amazon's own word: the late shipment rates of the V2 seller performance report (JSON).

Read tolerantly, for the published example breaks its own schema and live answers hold more than
it: each window is taken where it stands (``lateShipmentRate``, ``lateShipmentRateList``), and
Amazon's status is kept as data, never computed (SP-API schema accountHealthReport-2020-11-18).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from poa.characters import clean
from poa.errors import InputFault
from poa.facts import Figure, Rows, StatedRate, Unit
from poa.policy import late_shipment_rule


def read_performance(data: bytes, *, name: str, marketplace_id: str) -> tuple[StatedRate, ...]:
    """The stated windows of one marketplace, longest first; raises InputFault where there is none."""
    try:
        report = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InputFault("bad_json", f"{name} is not valid JSON.", file=name, hint=_HINT) from None
    metrics = report.get("performanceMetrics") if isinstance(report, dict) else None
    if not isinstance(metrics, list):
        raise InputFault("not_performance", f"{name} is no seller performance report.", file=name, hint=_HINT)
    found = [
        stated
        for metric in metrics
        if isinstance(metric, dict) and metric.get("marketplaceId") in (None, marketplace_id)
        for stated in _windows(metric, name)
    ]
    if not found:
        raise InputFault(
            "no_rate",
            f"{name} states no late shipment rate with orders and dates for this marketplace.",
            file=name,
            hint="Choose the marketplace with --marketplace, or request the report again.",
        )
    longest: dict[int, StatedRate] = {
        stated.window_days: stated for stated in sorted(found, key=lambda one: str(one.to.value))
    }
    return tuple(longest[days] for days in sorted(longest, reverse=True))


_MOST = 10**12  # orders; beyond it a count is damaged
_HINT = "It should be the JSON of GET_V2_SELLER_PERFORMANCE_REPORT."


def _windows(metric: Mapping[str, Any], name: str) -> Iterator[StatedRate]:
    listed = metric.get("lateShipmentRateList")
    for item in [metric.get("lateShipmentRate"), *(listed if isinstance(listed, list) else [])]:
        stated = _stated(item, name) if isinstance(item, dict) else None
        if stated is not None:
            yield stated


def _stated(item: Mapping[str, Any], name: str) -> StatedRate | None:
    dates = item.get("reportingDateRange")
    orders, late = item.get("orderCount"), item.get("lateShipmentCount")
    # bool is an int in Python; a count is not.
    if not isinstance(dates, dict) or type(orders) is not int or type(late) is not int:
        return None
    try:
        first = date.fromisoformat(str(dates.get("reportingDateFrom"))[:10])
        last = date.fromisoformat(str(dates.get("reportingDateTo"))[:10])
    except ValueError:
        return None
    if (
        "T00:00" in str(dates.get("reportingDateTo"))
        and (last - first).days in late_shipment_rule().windows_days
    ):
        last -= timedelta(days=1)  # live answers end a window at the midnight after its last day
    days = (last - first).days + 1
    if days < 1 or not 0 <= late <= orders <= _MOST:
        return None
    told = Rows(rule=f"stated by Amazon in {name}", orders=orders)

    def figure(what: str, value: int | str, unit: Unit) -> Figure:
        return Figure(id=f"stated_by_amazon.{days}.{what}", value=value, unit=unit, rows=told)

    return StatedRate(
        window_days=days,
        from_=figure("from", first.isoformat(), "day"),
        to=figure("to", last.isoformat(), "day"),
        orders=figure("orders", orders, "orders"),
        late=figure("late", late, "orders"),
        status=clean(str(item.get("status", "")))[:20],
        reproduced_by=(),
    )
