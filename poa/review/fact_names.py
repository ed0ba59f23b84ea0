"""What a fact is, in words: its id read from left to right, with the names of the groups that it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from poa.review.ground import Ground
from poa.words import said, strung

# The beginning of an id; what stands in braces is what comes next in it.
_OPENINGS = {
    "late_shipment_rate": "late shipment rate",
    "stated_by_amazon": "stated by Amazon",
    "late_by_supplier": "by supplier",
    "late_by_carrier": "by carrier",
    "late_by_sku": "by SKU",
    "late_by_account": "the whole account",
    "attribution": "what stands out",
    "stages": "where the time was lost",
    "incidents": "incidents",
    "budgets": "how many late orders the target allows",
    "projection": "when the target is met again",
    "remedies": "what would help",
    "clocks": "late by each clock",
    "closed_days": "days on which nobody works",
    "set_aside": "rows that are not counted",
    "late_orders": "late orders",
    "case": "your case",
    "as_of": "last day of the windows",
    "rows_read": "rows read",
    "rows_refused": "rows that could not be used",
    "unconfirmed_as_of": "the moment at which open orders are judged",
    "unconfirmed_past_due": "open orders past their ship-by time",
    "unconfirmed_due_by_letter": "open orders due by the day of the letter",
}
_PARTS = {
    "account": "the whole account",
    "supplier": "supplier",
    "carrier": "carrier",
    "sku": "SKU",
    "history": "the days before",
    "change": "change against the days before",
    "causes": "cause",
    "rest": "all others",
    "few": "groups with few orders",
    "groups": "groups",
    "orders": "orders",
    "late": "late orders",
    "rate": "rate",
    "low": "lower bound",
    "high": "upper bound",
    "from": "first day",
    "to": "last day",
    "target": "target",
    "unconfirmed": "not confirmed",
    "at_least": "rate once the open orders past due are confirmed",
    "share_of_orders": "share of the orders",
    "share_of_late": "share of the late orders",
    "name": "name",
    "told": "orders that tell it",
    "ship_confirmation": "ship confirmation",
    "carrier_scan": "first scan by the carrier",
    "orders_before": "orders in the days before",
    "late_before": "late orders in the days before",
    "usual_low": "usual, at least",
    "usual_high": "usual, at most",
    "usual_rate": "at the usual rate",
    "excess": "late orders beyond its own rate before",
    "rate_part": "part of its rate in the change",
    "mix_part": "part of moved orders in the change",
    "rate_orders": "late orders by changed rates",
    "mix_orders": "late orders by moved orders",
    "total": "in all",
    "late_caused": "late orders laid to it",
    "rate_without": "rate without it",
    "share_before": "share of the orders before",
    "from_earliest": "first day at the earliest",
    "from_latest": "first day at the latest",
    "span_orders": "orders since it began",
    "span_late": "late orders since it began",
    "stages": "step",
    "dispatch": "dispatch",
    "routing": "our ordering",
    "handover": "hand-over to the carrier",
    "confirmation": "confirmation",
    "unattributed": "step not known",
    "contradicting": "times that contradict each other",
    "dispatch_hours": "hours late in dispatch",
    "handover_hours": "hours late at hand-over",
    "confirmation_hours": "hours late in confirmation",
    "undivided_hours": "hours that cannot be divided",
    "stated_share": "share of orders whose supplier is known",
    "expected": "late orders that were to be expected",
    "peak_day": "day with most",
    "peak_rate": "rate of the day with most",
    "overdue": "past their ship-by time and open",
    "allowed": "late orders that would meet the target",
    "orders_needed": "orders in time that would be needed",
    "week_orders": "orders of a week",
    "week_spare": "late orders left for a week",
    "spare": "late orders left",
    "missed_since": "target missed since",
    "clean_after": "first window without these late orders",
    "zero_late": "without another late order",
    "current_rate": "at the rate of now",
    "paused": "what stands out paused",
    "paused_moved": "what stands out paused, its orders moved",
    "optimistic": "earliest day",
    "likely": "likely day",
    "cautious": "latest day",
    "handling": "handling time",
    "over": "over the promised time",
    "promised": "promised hours",
    "actual_p50": "hours that half of them took",
    "actual_p90": "hours that nine of ten took",
    "gap": "hours beyond the promise",
    "promised_days": "promised business days",
    "needed_days": "business days needed",
    "handling_skus": "SKUs looked at",
    "raise_skus": "SKUs that need a longer handling time",
    "single_source": "one source only",
    "single_source_skus": "SKUs with one source only",
    "volumes": "orders by SKU",
    "listed": "on the list of the annex",
    "in_dispatch": "in dispatch at their ship-by time",
    "own_orders": "orders by your rows",
    "own_late": "late orders by your rows",
    "letter_date": "day of the letter",
    "seller": "seller",
    "notice": "Amazon's notice",
    "reply": "Amazon's reply",
    "date": "day",
    "corrective": "corrective action",
    "preventive": "preventive step",
    "statement": "in your words",
    "escape": "why it was not noticed",
    "code": "kind",
    "why": "why",
    "action": "what was done",
    "evidence": "evidence",
    "control": "the control",
    "role": "who does it",
    "start": "from when",
    "frequency": "how often",
    "measure": "measured by",
}
_WINDOWS = {"late_shipment_rate", "stated_by_amazon", "budgets", "projection"}
_LISTED = {
    "causes",
    "incidents",
    "cause",
    "corrective",
    "preventive",
    "why",
    "usual_rate",
    "paused",
    "paused_moved",
}
_GROUPED = ("name", "sku", "supplier")


def named(fact: str, ground: Ground) -> str:
    """A fact in words: ``late shipment rate, 30 days, late orders``."""
    head, *rest = fact.split(".")
    opening = said(_OPENINGS[head]) if head in _OPENINGS else _plain(head)
    return strung("{one}, {other}", [opening, *_further(head, rest, ground)])


def _further(head: str, rest: Sequence[str], ground: Ground) -> Iterator[str]:
    before = head
    for at, part in enumerate(rest):
        path = ".".join((head, *rest[: at + 1]))
        if name := _group(path, ground):
            yield said("{name} ({key})", name=name, key=part)
        elif before in _WINDOWS and part == "all":
            yield said("all days")
        elif part.isdecimal() and before in _WINDOWS:
            yield said("{number} days", number=int(part))
        elif part.isdecimal():
            yield said("no. {number}", number=int(part) + (before in _LISTED))
        elif head == "case" and part == "cause":
            yield said("root cause")
        elif part in _PARTS:
            yield said(_PARTS[part])
        else:
            yield _plain(part)
        before = part


def _group(path: str, ground: Ground) -> str | None:
    """The name of the supplier, carrier or SKU whose facts begin so."""
    head, _, key = path.rpartition(".")
    places = [path]
    if head.startswith("attribution."):
        places.append(f"late_by_{head.removeprefix('attribution.')}.{key}")
    values = (ground.value(f"{place}.{leaf}") for place in places for leaf in _GROUPED)
    return next((one for one in values if isinstance(one, str)), None)


def _plain(part: str) -> str:
    return part.replace("_", " ")
