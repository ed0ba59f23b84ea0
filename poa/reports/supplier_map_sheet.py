"""The spreadsheet that says which supplier makes which SKU; how it is read: ``supplier_map.py``."""

from poa.reports import Column, Report
from poa.reports.supplier_sheet import REPORT as SUPPLIER_SHEET

REPORT = Report(
    name="supplier_map",
    title="Supplier map (SKU to supplier)",
    clock="none",
    role="supplier_map",
    columns=(
        Column(
            name="sku",
            plain="sku",
            aliases=("seller-sku", "Merchant SKU", "商品编码", "产品SKU", "平台SKU", "Artikelnummer"),
            required=True,
        ),
        Column(
            name="supplier",
            plain="supplier",
            aliases=(
                *("Supplier name", "Supplier names", "vendor", "Lieferant", "fournisseur", "proveedor"),
                *("fornitore", "仕入先", "供应商", "供应商名称"),
            ),
            required=True,
        ),
        Column(name="from", plain="from", aliases=("valid from", "start")),
        Column(name="to", plain="to", aliases=("valid to", "until", "end")),
    ),
    # With one of these, its rows are orders, not SKUs.
    without=(
        *("order-id", "Order number", "OrderNumber", "amazon-order-id", "Store order ID", "Bestellnummer"),
        *(
            "注文番号",
            "订单编号",
            "订单号",
            "平台订单号",
            "平台单号",
            "tracking-number",
            "Tracking ID",
            "跟踪号",
        ),
    ),
    source="the seller's own list",
)
