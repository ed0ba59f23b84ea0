"""Zendrop's order export: which supplier fulfilled a store order, and when."""

from poa.reports import Column, Report

REPORT = Report(
    name="zendrop",
    title="Zendrop order export",
    clock="supplier's fulfilment",
    role="supplier",
    columns=(
        Column(name="order_id", plain="Store order ID", required=True),
        Column(name="supplier", plain="Supplier names"),
        Column(name="supplier_dispatched", plain="Order Fulfillment Date", required=True),
    ),
    source="support.zendrop.com 12824279",
)
