"""Amazon's own word: the rates of the V2 seller performance report (JSON).

Read tolerantly, for the published example breaks its own schema and live answers hold more than
it: each window is taken where it stands (``lateShipmentRate``, ``lateShipmentRateList``), and
Amazon's status is kept as data, never computed (SP-API schema accountHealthReport-2020-11-18).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from poa.characters import clean
from poa.errors import InputFault
from poa.facts import FiguresOf, Rows, Stated, StatedMetric, StatedRate
from poa.policy import late_shipment_rule
from poa.reports import Report
from poa.words import said

_MOST = 10**12  # orders; beyond it a count is damaged
_HINT = "It should be the JSON of GET_V2_SELLER_PERFORMANCE_REPORT."
# The keys of the schema and of its example, with what is counted and of what.
_OTHERS = (
    (
        "cancellation_rate",
        ("preFulfillmentCancellationRate", "prefulfillmentCancelRate"),
        "cancellationCount",
        "orderCount",
    ),
    ("valid_tracking_rate", ("validTrackingRate",), "validTrackingCount", "shipmentCount"),
    ("on_time_delivery_rate", ("unitOnTimeDeliveryRate",), "unitOnTimeDeliveryCount", "totalUnitCount"),
)


def read_stated(tree: Any, name: str, marketplace_id: str) -> tuple[Stated, ...]:
    """What is stated of one marketplace, its late shipment windows longest first.

    Raises InputFault where it states no late shipment rate of it.
    """
    metrics = tree.get("performanceMetrics") if isinstance(tree, dict) else None
    if not isinstance(metrics, list):
        raise InputFault("not_performance", f"{name} is no seller performance report.", file=name, hint=_HINT)
    ours = [
        metric
        for metric in metrics
        if isinstance(metric, dict) and metric.get("marketplaceId") in (None, marketplace_id)
    ]
    found = [stated for metric in ours for stated in _windows(metric, name)]
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
    others = (stated for metric in ours for stated in _others(metric, name))
    return (*(longest[days] for days in sorted(longest, reverse=True)), *others)


def _windows(metric: Mapping[str, Any], name: str) -> Iterator[StatedRate]:
    listed = metric.get("lateShipmentRateList")
    for item in [metric.get("lateShipmentRate"), *(listed if isinstance(listed, list) else [])]:
        found = _counted(item, "lateShipmentCount", "orderCount") if isinstance(item, dict) else None
        if found is not None:
            late, orders, first, last = found
            told_by = said("stated by Amazon in {file}", file=name)
            yield stated_rate(first, last, late=late, orders=orders, told_by=told_by, status=_status(item))


def stated_rate(
    first: date, last: date, *, late: int, orders: int | None, told_by: str, status: str = ""
) -> StatedRate:
    """What Amazon states of one window, under the words that say where; ``orders`` may be unstated."""
    days = (last - first).days + 1
    figure = FiguresOf(f"stated_by_amazon.{days}", Rows(rule=told_by, orders=orders or 0))
    return StatedRate(
        window_days=days,
        from_=figure("from", first.isoformat(), "day"),
        to=figure("to", last.isoformat(), "day"),
        orders=figure("orders", orders, "orders"),
        late=figure("late", late, "orders"),
        status=status,
        reproduced_by=(),
    )


def _others(metric: Mapping[str, Any], name: str) -> Iterator[StatedMetric]:
    for ours, keys, count, of in _OTHERS:
        item = next((metric[key] for key in keys if isinstance(metric.get(key), dict)), None)
        found = _counted(item, count, of) if item is not None else None
        if item is not None and found is not None:
            number, total, first, last = found
            yield StatedMetric(
                metric=ours,
                count=number,
                of=total,
                first=first,
                last=last,
                status=_status(item),
                told_by=name,
            )


def _counted(item: Mapping[str, Any], count: str, of: str) -> tuple[int, int, date, date] | None:
    """Count, total, first and last day of one window; None where one of them is missing or cannot be."""
    dates = item.get("reportingDateRange")
    number, total = item.get(count), item.get(of)
    # bool is an int in Python; a count is not.
    if not isinstance(dates, dict) or type(number) is not int or type(total) is not int:
        return None
    try:
        first = date.fromisoformat(str(dates.get("reportingDateFrom"))[:10])
        last = date.fromisoformat(str(dates.get("reportingDateTo"))[:10])
    except ValueError:
        return None
    # Live answers end a window at the midnight after its last day.
    whole = {*late_shipment_rule().windows_days, 7, 14}
    if "T00:00" in str(dates.get("reportingDateTo")) and (last - first).days in whole:
        last -= timedelta(days=1)
    if last < first or not 0 <= number <= total <= _MOST:
        return None
    return number, total, first, last


def _status(item: Mapping[str, Any]) -> str:
    return clean(str(item.get("status", "")))[:20]


REPORT = Report(
    name="seller_performance_v2",
    title="Seller performance report (V2)",
    clock="Amazon's own counts",
    role="stated",
    form="json",
    record="performanceMetrics",
    stated=read_stated,
    columns=(),
    source="GET_V2_SELLER_PERFORMANCE_REPORT, schema accountHealthReport-2020-11-18; live answers",
)
