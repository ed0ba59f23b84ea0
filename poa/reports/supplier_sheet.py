"""The plain sheet of a supplier, one row an order or a parcel: whatever of it the seller was given.

Any of: supplier, order id, SKU, ordered at, dispatched at, tracking, carrier. The order id joins
it to the report, else the tracking number does.
"""

from poa.reports import Column, Report

REPORT = Report(
    name="supplier_sheet",
    title="Supplier's list of orders",
    clock="supplier's order, dispatch and carrier scan, where given",
    role="supplier",
    columns=(
        Column(
            name="order_id",
            plain="order-id",
            aliases=(
                *(
                    "Order ID",
                    "Order number",
                    "OrderNumber",
                    "Amazon order ID",
                    "amazon-order-id",
                    "Store order ID",
                ),
                *("Bestellnummer", "numéro de commande", "número de pedido", "numero ordine", "注文番号"),
                *("订单编号", "订单号", "平台订单号", "平台单号"),
            ),
        ),
        Column(name="order_item_id", plain="order-item-id"),
        Column(
            name="supplier",
            plain="supplier",
            aliases=(
                *("Supplier name", "Supplier names", "vendor", "Lieferant", "fournisseur", "proveedor"),
                *("fornitore", "仕入先", "供应商", "供应商名称"),
            ),
        ),
        Column(
            name="sku", plain="sku", aliases=("seller-sku", "Merchant SKU", "商品编码", "产品SKU", "平台SKU")
        ),
        Column(
            name="supplier_ordered",
            plain="supplier-order-date",
            aliases=("ordered at", "ordered", "order placed", "采购日期", "下单日期"),
        ),
        Column(
            name="supplier_dispatched",
            plain="supplier-dispatch-date",
            aliases=(
                *("dispatched at", "dispatched", "dispatch date", "shipped at", "ship date", "Versanddatum"),
                *("date d'expédition", "fecha de envío", "data di spedizione", "発送日", "出荷日"),
                *("发货时间", "发货日期", "发货单时间"),
            ),
        ),
        Column(
            name="first_scan",
            plain="carrier-first-scan-date",
            aliases=("First Scan time", "first scan", "Carrier First Scan Date"),
        ),
        Column(
            name="delivered",
            plain="delivery-date",
            aliases=("Delivery time", "delivered at", "Actual Delivery Date"),
        ),
        Column(
            name="tracking_number",
            plain="tracking-number",
            aliases=(
                *("Tracking Numbers", "Tracking ID", "tracking", "Sendungsnummer", "numéro de suivi"),
                *("número de seguimiento", "numero di tracking", "お問い合わせ伝票番号"),
                *("跟踪号", "物流单号", "物流跟踪号", "运单号", "货运单号"),
            ),
        ),
        Column(
            name="carrier",
            plain="carrier",
            aliases=("carrier name", "Transportdienst", "配送会社名", "物流商", "物流公司"),
        ),
    ),
    known_by=(
        ("order_id", "supplier"),
        ("order_id", "supplier_ordered"),
        ("order_id", "supplier_dispatched"),
        ("order_id", "first_scan"),
        ("order_id", "tracking_number"),
        ("order_id", "carrier"),
        ("order_id", "delivered"),
        ("tracking_number", "supplier"),
        ("tracking_number", "carrier"),
        ("tracking_number", "supplier_ordered"),
        ("tracking_number", "delivered"),
        ("tracking_number", "supplier_dispatched"),
        ("tracking_number", "first_scan"),
    ),
    # With one of these it is a report of orders, of packages, or the export of a program.
    without=(
        *(
            "ship-by-date",
            "ship-confirm-date",
            "Ship Confirmation Date",
            "Expected ship date",
            "promise-date",
        ),
        *(
            "Ship by date",
            "latest-ship-date",
            "voraussichtliches Versanddatum",
            "data di spedizione prevista",
        ),
        *("发货截止时间", "Datum der Versandbestätigung", "Confirmed ship date", "Ship confirmed date"),
        *("Promised Ship Date", "purchase-date", "order-status", "Has valid tracking", "carrier-code"),
        *(
            "确认发货",
            "预计发货日期",
            "最晚发货时间",
            "最晚发货日期",
            "最迟发货时间",
            "出荷通知",
            "出荷予定日",
            "Versandbestätigung",
            "店铺名称",
        ),
        *("platform_order_id", "logistics_provider_name", "despatchCompleteTime"),
        *("Order Fulfillment Date", "Keine gültige Sendungsverfolgungsnummer"),
    ),
    source="the seller's own suppliers; Chinese titles as public seller tools use them",
)
