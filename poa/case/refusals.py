"""Statements that no paper of poa carries: a case that makes one is refused with its line (``poa.policy.forbidden``)."""

from __future__ import annotations

from collections.abc import Iterator

from poa.case.graph import FaultAt
from poa.case.model import Case
from poa.policy.forbidden import confirms_early, retailer_as_supplier
from poa.policy.lookalikes import seen
from poa.policy.retailers import retailer_named

_HEADINGS = ("cause", "corrective", "preventive", "evidence")
_NO_STATEMENTS = {"id", "code", "gap", "cause", "evidence", "file"}  # names of causes and files


def check_statements(case: Case, fault_at: FaultAt) -> None:
    """Raise CaseFault for the first statement that must never be made."""
    for path, text in stated_texts(case):
        if confirms_early(text):
            raise fault_at(
                path,
                "early_confirmation",
                "This says that shipments are confirmed before the carrier has them. Amazon treats that as"
                " confirmed but not shipped, and closes accounts over it.",
                "Take it out; if it is done, stop it first. Confirm each order when the carrier has it.",
            )
        retailer = (
            retailer_named(seen(_shown_name(text))) if path[-1] == "shown_by" else retailer_as_supplier(text)
        )
        if retailer:
            raise fault_at(
                path,
                "retailer_as_supplier",
                f"{retailer} is a retailer; the drop-shipping policy forbids shipping what another retailer sends.",
                "Do not send a plan that names it. Where the name is a mistake, correct it in your files.",
            )


def stated_texts(case: Case) -> Iterator[tuple[list[str], str]]:
    """Every text of causes, actions and exhibits, with its place: ``["cause", "0", "statement"]``."""
    for heading in _HEADINGS:
        for at, part in enumerate(getattr(case, heading)):
            for field, value in part:
                if field in _NO_STATEMENTS:
                    continue
                if isinstance(value, str):
                    yield [heading, str(at), field], value
                elif isinstance(value, tuple):
                    for one in value:
                        yield [heading, str(at), field], one


def _shown_name(shown_by: str) -> str:
    """The name in ``supplier: NAME``; what it says of a step or a SKU is no name of a supplier's."""
    kind, parted, name = shown_by.partition(":")
    if not parted:
        return shown_by
    return name if kind.strip().casefold() == "supplier" else ""
