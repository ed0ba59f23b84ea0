"""The valid tracking report of Account Health: one row a package, whether its tracking counts.

Field names of Amazon's help page G201817070. The order is not in it; the tracking number joins it.
"""

from poa.reports import Column, Report

REPORT = Report(
    name="valid_tracking",
    title="Valid tracking report",
    clock="carrier scan (yes or no, no times)",
    role="packages",
    columns=(
        Column(
            name="tracking_number", plain="Tracking ID", aliases=("Sendungsverfolgungsnummer",), required=True
        ),
        Column(name="order_id", plain="Order ID"),
        Column(name="valid_tracking", plain="Has valid tracking"),
        Column(name="tracking_invalid", plain="Keine gültige Sendungsverfolgungsnummer"),
        Column(name="any_scan", plain="Any physical scan from carrier"),
    ),
    known_by=(("tracking_number", "valid_tracking"), ("tracking_number", "tracking_invalid")),
    source="Amazon Seller Central help G201817070; German layout: older edition of the same page",
)
