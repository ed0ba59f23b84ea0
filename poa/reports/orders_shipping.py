"""The orders report (new orders, shipping or invoicing): every seller-fulfilled order that became shippable.

It has the ship-by date of every order and no confirmation: it is the denominator, not the numerator.
Amazon keeps it for 30 days and selects by the moment an order became shippable.
"""

from poa.reports import Column, Report

REPORT = Report(
    name="orders_shipping",
    title="Orders report (shipping, invoicing)",
    clock="none: it has the deadline, no confirmation",
    lists="every_order",
    columns=(
        Column(name="order_id", plain="order-id", required=True),
        Column(name="order_item_id", plain="order-item-id", required=True),
        Column(name="purchased", plain="purchase-date", required=True),
        Column(name="sku", plain="sku"),
        Column(name="ship_by", plain="latest-ship-date"),
        Column(name="deliver_by", plain="latest-delivery-date"),
        Column(name="channel", plain="fulfilled-by"),
        Column(name="store", plain="sales-channel"),
        Column(name="status", plain="shipment-status"),
        Column(name="buyer_cancelled", plain="is-buyer-requested-cancellation"),
        Column(name="payment_date", plain="payments-date"),
    ),
    known_by=(
        ("order_id", "order_item_id", "purchased", "ship_by"),
        ("order_id", "order_item_id", "purchased", "payment_date"),
    ),
    without=(
        "promise-date",
        "ship-confirm-date",
        "Ship Confirmation Date",
        "order-status",
    ),
    source="GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING and _INVOICING; titles as read by public code",
)
