"""What one file can and cannot prove, in a few words, by the columns that it has."""

from __future__ import annotations

from poa.reports.opening import Opened
from poa.reports.reading import ReportRows
from poa.reports.supplier_map import SupplierMap

_WORDS = {
    "ship_by": "ship-by",
    "ship_confirmed": "confirm time",
    "purchased": "purchase time",
    "supplier": "supplier",
    "supplier_ordered": "order time at the supplier",
    "supplier_dispatched": "dispatch time",
    "first_scan": "carrier scan",
    "delivered": "delivery time",
    "status": "order status",
    "ship_entered": "ship date typed in",
    "valid_tracking": "valid tracking",
    "tracking_invalid": "valid tracking",
}
_NEEDED = ("ship_by", "ship_confirmed", "supplier", "supplier_dispatched")


def has(opened: Opened, read: ReportRows | SupplierMap | None) -> tuple[str, ...]:
    """What the file tells."""
    match opened.report.role:
        case "stated":
            return ("Amazon's own counts",)
        case "supplier_map":
            return ("supplier of each SKU",)
        case "packages":
            return ("valid tracking of packages",)
        case _:
            told = dict.fromkeys(_WORDS[ours] for ours in opened.columns if ours in _WORDS)
            every = isinstance(read, ReportRows) and opened.report.role == "orders" and read.complete is True
            return (*(["every order"] if every else []), *told)


def lacks(opened: Opened) -> tuple[str, ...]:
    """What is needed for the rate and its causes, and is not in the file."""
    if opened.report.role != "orders":
        return ()
    return tuple(f"no {_WORDS[ours]}" for ours in _NEEDED if ours not in opened.columns)
