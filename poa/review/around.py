"""What a sentence says around its figures, and which facts its figures may be."""

from __future__ import annotations

from dataclasses import dataclass

from poa.review.claims import Claim

# Facts by their last part: shares that are told in words, counts that are bounds, counts of late orders, others.
PARTS = {"rate", "share_of_orders", "share_of_late", "peak_rate", "share_before"}
_BOUNDS = {"allowed", "usual_low", "usual_high", "orders_needed", "low", "high"}
ENDS = {"low": "high", "high": "low"}  # of a range
NOT_LATE = {"orders", "told", "orders_before", "span_orders", "orders_needed", "week_orders"}
# "Over 10 days" is no bound.
SPANS = {"days", "business_days", "hours", "minutes", "weeks", "months", "annex"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a sentence says around its figures: the groups that it names, whether of orders in time, or of the usual; its shares."""

    groups: frozenset[str] = frozenset()
    in_time: bool = False
    usual: bool = False
    shares: tuple[Claim, ...] = ()


def is_said(fact: str, claim: Claim, around: Around) -> bool:
    """Whether a count may be what the sentence says of it: late, in time, usual, a bound."""
    leaf = fact.rpartition(".")[2]
    if claim.bound in {"over", "under"} or (claim.bound in {"at_least", "at_most"} and leaf not in _BOUNDS):
        return claim.unit in SPANS
    if claim.unit in {"orders", "late_orders"} and leaf.startswith("usual_") and not around.usual:
        return False
    if around.in_time and claim.unit in {"orders", None} and leaf not in NOT_LATE:
        return False
    # An order that the carrier scanned late is not a late order.
    return claim.unit != "late_orders" or (leaf not in NOT_LATE and ".carrier_scan." not in fact)
