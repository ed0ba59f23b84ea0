"""The Late Shipment Rate download of Account Health, and the plain list of orders beside it.

No real header of the download is publicly known, in any language: the names below are the
concepts of Amazon's help pages and of third parties. A plain header (``order-id, ship-by-date,
ship-confirm-date`` …) is the seller's own list of all orders; any other is the list of late ones.
"""

from poa.reports import Column, Report

REPORT = Report(
    name="late_shipment",
    title="Late Shipment Report",
    clock="ship confirmation",
    lists="late_orders",
    filled=("ship_by",),
    columns=(
        Column(
            name="order_id",
            plain="order-id",
            aliases=("Order ID", "amazon-order-id", "Bestellnummer", "注文番号", "订单编号"),
            required=True,
        ),
        Column(
            name="ship_by",
            plain="ship-by-date",
            aliases=(
                "Expected ship date",
                "Ship by date",
                "Promised Ship Date",
                "latest-ship-date",
                "voraussichtliches Versanddatum",
                "data di spedizione prevista",
                "出荷予定日",
                "预计发货日期",
                "最晚发货时间",
                "最晚发货日期",
                "最迟发货时间",
            ),
            required=True,
        ),
        Column(
            name="ship_confirmed",
            plain="ship-confirm-date",
            aliases=(
                "Ship confirmation date",
                "Confirmed ship date",
                "Ship confirmed date",
                "Versandbestätigung",
                "Datum der Versandbestätigung",
                "出荷通知",
                "确认发货",
                "确认发货时间",
                "发货确认时间",
            ),
            required=True,
        ),
        Column(name="order_item_id", plain="order-item-id"),
        Column(name="sku", plain="sku", aliases=("seller-sku", "Merchant SKU")),
        Column(name="supplier", plain="supplier", aliases=("Supplier name", "供应商", "供应商名称")),
        Column(
            name="carrier",
            plain="carrier",
            aliases=("Carrier name", "Transportdienst", "配送会社名", "物流商", "物流公司"),
        ),
        Column(
            name="tracking_number",
            plain="tracking-number",
            aliases=(
                "Tracking ID",
                "tracking-id",
                "Sendungsverfolgungsnummer",
                "お問い合わせ伝票番号",
                "跟踪号",
            ),
        ),
        Column(
            name="purchased",
            plain="purchase-date",
            aliases=("Order date", "Bestelldatum", "注文日", "下单时间"),
        ),
        Column(name="supplier_ordered", plain="supplier-order-date"),
        Column(name="supplier_dispatched", plain="supplier-dispatch-date"),
        Column(name="first_scan", plain="carrier-first-scan-date", aliases=("Carrier First Scan Date",)),
    ),
    source="Amazon Seller Central help G200285190, 202152050; cajari.com/reports/late-shipment-rate",
)
