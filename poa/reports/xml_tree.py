"""An XML report as a tree; a document type in it is refused, for that is where its bombs are."""

from __future__ import annotations

from typing import Any

from poa.errors import InputFault
from poa.parsing import NotXml, xml_tree
from poa.reports import Report, known_reports
from poa.reports.handed import Handed

XML_LIMIT = 20 << 20  # bytes; the report has a few kilobytes


def parse_xml(file: Handed) -> tuple[Report, Any]:
    """The report type that knows the root element, and the tree; raises InputFault for anything else."""
    name = file.name
    with file.open() as stream:
        data = stream.read(XML_LIMIT + 1)
    if len(data) > XML_LIMIT:
        raise _bad(name, f"{name} is far larger than a performance report; such a file is not read.")
    try:
        root = xml_tree(data)
    except NotXml as fault:
        message = f"{name} is not valid XML: {fault}."
        if fault.has_type:
            message = (
                f"{name} has a document type (DTD), which no performance report has; such a file is not read."
            )
        raise _bad(name, message, line=fault.line) from None
    for report in known_reports():
        if report.form == "xml" and root.tag.rpartition("}")[2] == report.record:
            return report, root
    raise InputFault(
        "unknown_header",
        f"{name} is XML, but no seller performance report.",
        file=name,
        hint="Known is the answer of GET_V1_SELLER_PERFORMANCE_REPORT.",
    )


def _bad(name: str, message: str, *, line: int | None = None) -> InputFault:
    return InputFault("bad_xml", message, file=name, line=line, hint="Download the report again.")
