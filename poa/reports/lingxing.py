"""Lingxing (领星) orders: carrier and tracking of each platform order.

Its ``earliest_ship_date`` is labelled 发货时限 but is not the latest ship date, so it is not read.
"""

from poa.reports import Column, Report

REPORT = Report(
    name="lingxing",
    title="Lingxing (领星) orders",
    clock="none: carrier and tracking alone",
    role="supplier",
    columns=(
        Column(name="order_id", plain="platform_order_id", aliases=("amazon_order_id",), required=True),
        Column(name="carrier", plain="logistics_provider_name", required=True),
        Column(name="tracking_number", plain="tracking_number"),
        Column(name="sku", plain="MSKU"),
        Column(name="supplier", plain="supplier_name"),
    ),
    source="public code that parses the API of Lingxing (hiscaler/lingxing)",
)
