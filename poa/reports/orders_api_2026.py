"""Orders API 2026-01-01: deadlines, states and packages of orders.

It has no time of confirmation. ``packages[].createdTime``, when Amazon registered the package, is the
nearest thing to it that Amazon gives, and is taken in its place with a printed assumption;
``shipTime`` is the hand-over as the seller entered it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from poa.reports import Column, Report


def _inner(node: Mapping[str, Any], *path: str) -> Any:
    """What stands at the end of a path of keys; None where it breaks off."""
    found: Any = node
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _objects(node: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    listed = node.get(key)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _records(order: Mapping[str, Any]) -> Iterator[Mapping[str, object]]:
    """One line an item, each with the packages that hold it; without items one line for the order."""
    told = {
        "order_id": order.get("orderId"),
        "purchased": order.get("createdTime"),
        "updated": order.get("lastUpdatedTime"),
        "ship_by": _inner(order, "fulfillment", "shipByWindow", "latestDateTime"),
        "deliver_by": _inner(order, "fulfillment", "deliverByWindow", "latestDateTime"),
        "status": _inner(order, "fulfillment", "fulfillmentStatus"),
        "channel": _inner(order, "fulfillment", "fulfilledBy"),
        "store": _inner(order, "salesChannel", "marketplaceId"),
    }
    packages = _objects(order, "packages")
    items = _objects(order, "orderItems")
    for item in items:
        number = item.get("orderItemId")
        inside = [
            package
            for package in packages
            if number in [held.get("orderItemId") for held in _objects(package, "packageItems")]
        ]
        cancelled = _inner(item, "cancellation", "cancellationExecution", "cancelledBy")
        requested = _inner(item, "cancellation", "cancellationRequest", "requester")
        yield (
            told
            | {
                "order_item_id": number,
                "sku": _inner(item, "product", "sellerSku"),
                "buyer_cancelled": None
                if cancelled is None
                else str("BUYER" in (cancelled, requested)).lower(),
            }
            | _last(inside)
        )
    if not items:
        yield told | _last(packages)


def _last(packages: list[Mapping[str, Any]]) -> dict[str, object]:
    """What the package that was registered last says: the line is confirmed with it."""
    known = [package for package in packages if package.get("createdTime")]
    if not known:
        return {}
    last = max(known, key=lambda package: str(package["createdTime"]))
    return {
        "ship_confirmed": last.get("createdTime"),
        "ship_entered": last.get("shipTime"),
        "carrier": last.get("carrier"),
        "tracking_number": last.get("trackingNumber"),
    }


REPORT = Report(
    name="orders_api_2026",
    title="Orders API 2026-01-01 answer",
    clock="registration of the package, in place of the confirmation",
    lists="every_order",
    form="json",
    record="orderId",
    beside=("salesChannel", "fulfillment", "orderItems"),
    records=_records,
    remark=(
        "Amazon's API gives no time of confirmation; the time at which Amazon registered the package is taken"
        " for it."
    ),
    columns=(
        Column(name="order_id", plain="orderId", required=True),
        Column(name="order_item_id", plain="orderItems[].orderItemId"),
        Column(name="purchased", plain="createdTime"),
        Column(name="updated", plain="lastUpdatedTime"),
        Column(name="ship_by", plain="fulfillment.shipByWindow.latestDateTime"),
        Column(name="ship_confirmed", plain="packages[].createdTime"),
        Column(name="ship_entered", plain="packages[].shipTime"),
        Column(name="deliver_by", plain="fulfillment.deliverByWindow.latestDateTime"),
        Column(name="status", plain="fulfillment.fulfillmentStatus"),
        Column(name="channel", plain="fulfillment.fulfilledBy"),
        Column(name="store", plain="salesChannel.marketplaceId"),
        Column(name="sku", plain="orderItems[].product.sellerSku"),
        Column(name="carrier", plain="packages[].carrier"),
        Column(name="tracking_number", plain="packages[].trackingNumber"),
        Column(name="buyer_cancelled", plain="orderItems[].cancellation"),
    ),
    source="amzn/selling-partner-api-models orders_2026-01-01.json",
)
