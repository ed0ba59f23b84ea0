"""The spreadsheet that says which supplier makes which SKU; how it is read: ``supplier_map.py``."""

from dataclasses import replace

from poa.reports import Column, Report
from poa.reports.supplier_sheet import REPORT as SUPPLIER_SHEET

_COLUMNS = {column.name: column for column in SUPPLIER_SHEET.columns}

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
        replace(_COLUMNS["supplier"], required=True),
        Column(name="from", plain="from", aliases=("valid from", "start")),
        Column(name="to", plain="to", aliases=("valid to", "until", "end")),
    ),
    # With an order or a tracking number, its rows are orders or parcels, not SKUs.
    without=tuple(
        title
        for name in ("order_id", "tracking_number")
        for title in (_COLUMNS[name].plain, *_COLUMNS[name].aliases)
    ),
    source="the seller's own list",
)
