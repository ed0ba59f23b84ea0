"""Mabang (马帮) order report: carrier, tracking and dispatch of each order.

Its ``isVirtual`` flag marks shipments confirmed before they were shipped; that column is not read,
and nothing here helps to hide such a shipment.
"""

from poa.reports import Column, Report

REPORT = Report(
    name="mabang",
    title="Mabang (马帮) order report",
    clock="supplier's dispatch",
    role="supplier",
    columns=(
        Column(name="order_id", plain="订单编号", required=True, aliases=("platformOrderId",)),
        Column(name="supplier_dispatched", plain="发货日期", required=True, aliases=("expressTime",)),
        Column(name="carrier", plain="物流公司"),
        Column(name="tracking_number", plain="货运单号", aliases=("trackNumber",)),
        Column(name="sku", plain="平台SKU"),
        Column(name="marks", plain="店铺名称"),
        Column(name="created", plain="创建时间", aliases=("createDate",)),
    ),
    known_by=(
        ("order_id", "supplier_dispatched", "marks"),
        ("order_id", "supplier_dispatched", "created"),
    ),
    source="public code that parses the report and the API of Mabang",
)
