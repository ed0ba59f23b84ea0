"""What one file can and cannot prove, in a few words, by the columns that it has."""

from __future__ import annotations

from poa.reports.opening import Opened
from poa.reports.reading import ReportRows
from poa.reports.supplier_map import SupplierMap
from poa.words import said

_WORDS = {
    "ship_by": said("ship-by"),
    "ship_confirmed": said("confirm time"),
    "purchased": said("purchase time"),
    "supplier": said("supplier"),
    "supplier_ordered": said("order time at the supplier"),
    "supplier_dispatched": said("dispatch time"),
    "first_scan": said("carrier scan"),
    "delivered": said("delivery time"),
    "status": said("order status"),
    "ship_entered": said("ship date typed in"),
    "valid_tracking": said("valid tracking"),
    "tracking_invalid": said("valid tracking"),
}
_NEEDED = ("ship_by", "ship_confirmed", "supplier", "supplier_dispatched")


def has(opened: Opened, read: ReportRows | SupplierMap | None) -> tuple[str, ...]:
    """What the file tells."""
    match opened.report.role:
        case "stated":
            return (said("Amazon's own counts"),)
        case "supplier_map":
            return (said("supplier of each SKU"),)
        case "packages":
            return (said("valid tracking of packages"),)
        case _:
            told = dict.fromkeys(_WORDS[ours] for ours in opened.columns if ours in _WORDS)
            every = isinstance(read, ReportRows) and opened.report.role == "orders" and read.complete is True
            return (*([said("every order")] if every else []), *told)


def lacks(opened: Opened) -> tuple[str, ...]:
    """What is needed for the rate and its causes, and is not in the file."""
    if opened.report.role != "orders":
        return ()
    return tuple(said("no {what}", what=_WORDS[ours]) for ours in _NEEDED if ours not in opened.columns)
