"""An XML report as a tree; a document type in it is refused, for that is where its bombs are."""

from __future__ import annotations

from typing import Any

from poa.errors import InputFault
from poa.reports import Report, known_reports
from poa.reports.handed import Handed

XML_LIMIT = 20 << 20  # bytes; the report has a few kilobytes


def parse_xml(file: Handed) -> tuple[Report, Any]:
    """The report type that knows the root element, and the tree; raises InputFault for anything else."""
    from lxml import etree  # noqa: PLC0415 - most runs read no XML

    name = file.name
    with file.open() as stream:
        data = stream.read(XML_LIMIT + 1)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputFault(
            "bad_xml",
            f"{name} is not valid XML: {getattr(error, 'msg', error)}.",
            file=name,
            line=getattr(error, "lineno", None),
            hint="Download the report again.",
        ) from None
    if len(data) > XML_LIMIT or root.getroottree().docinfo.doctype:
        raise InputFault(
            "bad_xml",
            f"{name} has a document type, or is far larger than a performance report; such a file is not read.",
            file=name,
            hint="Download the report again.",
        )
    for report in known_reports():
        if report.form == "xml" and etree.QName(root).localname == report.record:
            return report, root
    raise InputFault(
        "unknown_header",
        f"{name} is XML, but no seller performance report.",
        file=name,
        hint="Known is the answer of GET_V1_SELLER_PERFORMANCE_REPORT.",
    )
