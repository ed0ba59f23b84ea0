"""The shipping confirmation upload: what the seller's own file told Amazon, and the tracking in it.

Its ship date is the date typed in, not the moment of the confirmation: it judges no order.
"""

from poa.reports import Column, Report

REPORT = Report(
    name="shipping_confirmation",
    title="Shipping confirmation upload",
    clock="the ship date typed in, which judges nothing",
    role="upload",
    columns=(
        Column(name="order_id", plain="order-id", required=True),
        Column(name="order_item_id", plain="order-item-id"),
        Column(name="ship_entered", plain="ship-date", required=True),
        Column(name="carrier", plain="carrier-code"),
        Column(name="tracking_number", plain="tracking-number"),
        Column(name="quantity", plain="quantity"),
    ),
    known_by=(("order_id", "ship_entered", "carrier"), ("order_id", "ship_entered", "tracking_number")),
    without=("ship-by-date", "ship-confirm-date", "latest-ship-date", "Expected ship date"),
    source="POST_FLAT_FILE_FULFILLMENT_DATA; developer-docs order-feed-type-values",
)
