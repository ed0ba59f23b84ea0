"""A performance report by itself, where the user says that a file is one."""

from __future__ import annotations

from poa.errors import InputFault
from poa.facts import Stated
from poa.reports.encodings import NotUtf8Error
from poa.reports.handed import Handed
from poa.reports.opening import Reading, open_report, stated_of

_HINT = "It should be the JSON of GET_V2_SELLER_PERFORMANCE_REPORT."


def read_performance(file: Handed, *, marketplace_id: str) -> tuple[Stated, ...]:
    """What Amazon states in it; raises InputFault where it is no performance report."""
    try:
        opened = open_report(file, Reading(zone="UTC"))
    except InputFault as fault:
        if fault.code in {"bad_json", "bad_xml", "no_rate"}:
            raise
        opened = None
    except NotUtf8Error:
        opened = None
    if opened is None or opened.table.stated is None:
        with file.open() as stream:
            start = stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
        if not start.startswith((b"{", b"[", b"<", b"null")):
            raise InputFault("bad_json", f"{file.name} is not valid JSON.", file=file.name, hint=_HINT)
    if opened is None or opened.table.stated is None:
        raise InputFault(
            "not_performance",
            f"{file.name} is no seller performance report.",
            file=file.name,
            hint=_HINT,
        )
    return stated_of(opened, marketplace_id=marketplace_id)
