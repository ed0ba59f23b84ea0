"""Tongtool (通途) orders: when an order was dispatched, and by which carrier.

``shippingLimiteDate`` is spelt so by Tongtool; it is the ERP's copy of the deadline and judges nothing.
"""

from poa.reports import Column, Report

REPORT = Report(
    name="tongtool",
    title="Tongtool (通途) orders",
    clock="supplier's dispatch",
    role="supplier",
    columns=(
        Column(name="order_id", plain="salesRecordNumber", required=True),
        Column(name="supplier_dispatched", plain="despatchCompleteTime", required=True),
        Column(name="carrier", plain="carrier"),
        Column(name="tracking_number", plain="trackingNumber"),
    ),
    source="public code that parses the API of Tongtool (hiscaler/tongtool)",
)
