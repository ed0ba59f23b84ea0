"""The All Orders report: every order of the account with its status, whoever ships it.

Confirmed by a real file: no ship-by date, no confirmation, no tracking. It is the denominator, and
it tells cancelled orders, Amazon's own shipments and other stores apart.
"""

from poa.reports import Column, Report

REPORT = Report(
    name="all_orders",
    title="All Orders report",
    clock="none: it has the purchase time alone",
    lists="every_order",
    columns=(
        Column(name="order_id", plain="amazon-order-id", required=True),
        Column(name="order_item_id", plain="order-item-id"),
        Column(name="purchased", plain="purchase-date", required=True),
        Column(name="updated", plain="last-updated-date"),
        Column(name="status", plain="order-status", required=True),
        Column(name="channel", plain="fulfillment-channel"),
        Column(name="store", plain="sales-channel"),
        Column(name="sku", plain="sku"),
    ),
    source="GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL and _BY_LAST_UPDATE_GENERAL; a real US file",
)
