"""Orders API v0 (``getOrders``, ``getOrderItems``): deadlines and states of orders, no confirmation.

``LatestShipDate`` is already the end of the day in the marketplace's zone, as an instant in UTC.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from poa.reports import Column, Report


def _records(order: Mapping[str, Any]) -> Iterator[Mapping[str, object]]:
    """One line an item where the answer holds items, else one line for the order."""
    told = {
        "order_id": order.get("AmazonOrderId"),
        "purchased": order.get("PurchaseDate"),
        "updated": order.get("LastUpdateDate"),
        "ship_by": order.get("LatestShipDate"),
        "deliver_by": order.get("LatestDeliveryDate"),
        "status": order.get("OrderStatus"),
        "channel": order.get("FulfillmentChannel"),
        "store": order.get("MarketplaceId") or order.get("SalesChannel"),
    }
    listed = order.get("OrderItems")
    items = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    for item in items:
        cancel = item.get("BuyerRequestedCancel")
        yield told | {
            "order_item_id": item.get("OrderItemId"),
            "sku": item.get("SellerSKU"),
            "buyer_cancelled": cancel.get("IsBuyerRequestedCancel") if isinstance(cancel, dict) else None,
        }
    if not items:
        yield told


REPORT = Report(
    name="orders_api_v0",
    title="Orders API v0 answer",
    clock="none: it has the deadline, no confirmation",
    lists="every_order",
    form="json",
    record="AmazonOrderId",
    beside=("OrderStatus", "OrderItems", "PurchaseDate", "LatestShipDate"),
    records=_records,
    columns=(
        Column(name="order_id", plain="AmazonOrderId", required=True),
        Column(name="order_item_id", plain="OrderItemId"),
        Column(name="purchased", plain="PurchaseDate"),
        Column(name="updated", plain="LastUpdateDate"),
        Column(name="ship_by", plain="LatestShipDate"),
        Column(name="deliver_by", plain="LatestDeliveryDate"),
        Column(name="status", plain="OrderStatus"),
        Column(name="channel", plain="FulfillmentChannel"),
        Column(name="store", plain="MarketplaceId"),
        Column(name="sku", plain="SellerSKU"),
        Column(name="buyer_cancelled", plain="BuyerRequestedCancel.IsBuyerRequestedCancel"),
    ),
    source="amzn/selling-partner-api-models ordersV0.json",
)
