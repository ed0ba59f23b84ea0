"""Which of the reports list every order, and which list the late ones: what a rate stands on."""

from __future__ import annotations

from collections.abc import Sequence

from poa.reports.reading import ReportRows


def late_lists(reports: Sequence[ReportRows]) -> tuple[ReportRows, ...]:
    """Lists of late orders: those declared so, and plain lists of which most are late."""
    return tuple(
        report
        for report in reports
        if report.report.lists == "late_orders" and (report.complete is False or report.mostly_late)
    )


def listing(reports: Sequence[ReportRows]) -> tuple[ReportRows, ...]:
    """The reports that list every order.

    One page of several speaks against all reports of its type: nobody knows whether all pages are
    there. Beside a list of every order without confirmations, a plain list of which most are late is
    the list of late ones.
    """
    pages = {report.report.name for report in reports if report.goes_on and not report.stated_complete}
    full = [
        report
        for report in reports
        if report.complete is not False and (report.stated_complete or report.report.name not in pages)
    ]
    late, quiet = late_lists(reports), any("ship_confirmed" not in report.columns for report in full)
    return tuple(
        report
        for report in full
        if report.stated_complete or not quiet or not any(report is one for one in late)
    )


def silent(reports: Sequence[ReportRows]) -> tuple[ReportRows, ...]:
    """Reports that list every order and say nothing of confirmations."""
    return tuple(report for report in listing(reports) if "ship_confirmed" not in report.columns)


def late_only(reports: Sequence[ReportRows]) -> list[bool]:
    """Of each report, whether it lists late orders where no other lists every order.

    Beside a list of every order, a late one was open in that list before it was in this.
    """
    late = [] if listing(reports) and silent(reports) else late_lists(reports)
    return [any(report is one for one in late) for report in reports]
