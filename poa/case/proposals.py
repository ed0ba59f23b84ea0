"""What the rows propose to the seller: causes that fit them, gaps beside them, whys that lead there, actions.

A proposal is a question. Rows show what goes together and never why; what a letter says of it, the seller
confirms first.
"""

from __future__ import annotations

from poa.case.proposed_actions import ProposedMeasure, proposed_corrective, proposed_preventive
from poa.case.proposed_causes import ASSOCIATION, proposed_causes
from poa.case.supports import number, supports
from poa.facts import Facts
from poa.policy.causes import CauseCode, GapCode, cause_code, gap_code, gap_codes
from poa.words import said

__all__ = [
    "ASSOCIATION",
    "ProposedMeasure",
    "proposed_causes",
    "proposed_corrective",
    "proposed_gaps",
    "proposed_preventive",
    "proposed_why",
    "supports",
]


def proposed_gaps(code: str) -> tuple[GapCode, ...]:
    """The gaps of our own that may stand beside a cause, the likeliest first; raises UsageFault for an unknown code."""
    cause = cause_code(code).code
    return tuple(
        sorted(
            (one for one in gap_codes().values() if cause in one.fits), key=lambda one: one.fits.index(cause)
        )
    )


def proposed_why(code: str, gap: str, facts: Facts | None = None, shown_by: str = "") -> tuple[str, ...]:
    """From what happened, step by step, to what the seller controls; numbers only where the facts hold them.

    Raises UsageFault for an unknown code.
    """
    cause, own = cause_code(code), gap_code(gap)
    steps: list[str] = [_happened(facts, cause.code, shown_by)]
    if cause.because:
        steps.append(_because(facts, cause, shown_by))
    return (*steps, *own.why)


def _because(facts: Facts | None, cause: CauseCode, shown_by: str) -> str:
    """The cause's own step; where the rows show it of a part of the orders only, of that part."""
    support = supports(facts, cause.code, shown_by) if facts else None
    low = number(support.step_low) if support and support.step_low else 0
    if support is None or not 0 < low < number(support.late):
        return cause.because
    return said("At least {low} of them: {because}", low=low, because=said(cause.because))


def _happened(facts: Facts | None, code: str, shown_by: str) -> str:
    """The first step of a why-chain: what happened to how many orders."""
    support = supports(facts, code, shown_by) if facts else None
    if support and support.orders and support.dimension in {"supplier", "carrier", "sku"}:
        patterns = {
            "supplier": "{late} of the {orders} orders that one of our suppliers shipped were confirmed after their ship-by time.",
            "carrier": "{late} of the {orders} orders that one of our carriers took were confirmed after their ship-by time.",
            "sku": "{late} of the {orders} orders of {name} were confirmed after their ship-by time.",
        }
        parts = {"name": str(support.name.value)} if support.dimension == "sku" and support.name else {}
        return said(
            patterns[support.dimension], late=number(support.late), orders=number(support.orders), **parts
        )
    rate = facts.late_shipment_rate[0] if facts else None
    if rate is None or rate.orders.value is None or not number(rate.late):
        return said("Orders were confirmed after their ship-by time.")
    return said(
        "{late} of {orders} orders were confirmed after their ship-by time.",
        late=number(rate.late),
        orders=number(rate.orders),
    )
