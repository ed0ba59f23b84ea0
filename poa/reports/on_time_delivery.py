"""The on-time delivery defect report of Account Health: units that came late, with all three clocks.

Titles as Amazon describes them and as tools parse them; times in GMT with Pacific time in brackets,
one row a SKU, 72 hours behind. It lists late deliveries, so it proves no rate alone.
"""

from poa.reports import Column, Report

REPORT = Report(
    name="on_time_delivery",
    title="On-time delivery defect report",
    clock="ship confirmation, carrier scan and delivery",
    columns=(
        Column(name="order_id", plain="Order ID", aliases=("order-id", "amazon-order-id"), required=True),
        Column(name="sku", plain="SKU", aliases=("seller-sku",)),
        Column(name="units", plain="Unit count", aliases=("Units",)),
        Column(name="purchased", plain="Order Date"),
        Column(name="ship_by", plain="Promised Ship Date"),
        Column(name="ship_confirmed", plain="Ship Confirmation Date"),
        Column(name="first_scan", plain="Carrier First Scan Date"),
        Column(
            name="deliver_by",
            plain="Promised Delivery Date (without promise extension)",
            aliases=("Promised Delivery Date without promise extension",),
            required=True,
        ),
        Column(name="delivered", plain="Actual Delivery Date", required=True),
        Column(name="late_delivery", plain="Delivered After Promised Date Without Extension"),
        Column(name="carrier", plain="Carrier Name"),
        Column(name="tracking_number", plain="Tracking ID"),
    ),
    known_by=(
        ("order_id", "deliver_by", "delivered"),
        ("order_id", "ship_by", "ship_confirmed", "deliver_by", "delivered"),
        ("order_id", "ship_by", "ship_confirmed", "first_scan", "deliver_by", "delivered"),
    ),
    source="Amazon Seller Central help G200847280; cajari.com/?p=1444; titles as read by public code",
)
