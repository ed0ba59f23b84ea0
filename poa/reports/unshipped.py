"""The unshipped orders report: what waits to be shipped, with the day by which it must be."""

from poa.reports import Column, Report

REPORT = Report(
    name="unshipped",
    title="Unshipped orders report",
    clock="none: it lists what is not confirmed yet",
    lists="open_orders",
    columns=(
        Column(name="order_id", plain="order-id", required=True),
        Column(name="order_item_id", plain="order-item-id"),
        Column(name="purchased", plain="purchase-date"),
        Column(name="updated", plain="reporting-date"),
        Column(name="ship_by", plain="promise-date", required=True),
        Column(name="sku", plain="sku"),
        Column(name="store", plain="sales-channel"),
        Column(name="buyer_cancelled", plain="is-buyer-requested-cancellation"),
    ),
    source="GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING; developer-docs order-reports-attributes",
)
