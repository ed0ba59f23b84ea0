"""The figures of a sentence held against the facts: in pairs, where one is a part of the other, then one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from poa.review.around import Around
from poa.review.claims import Claim, pairs
from poa.review.marks import Token
from poa.review.support import Support, Supported

_LATE = ("turn", "late")
_MONTH = re.compile(r"(?:\d{4}|-)-\d\d")  # a day that is none but a month
_GAP = 2  # signs between a day and its month
# Counted by the seller and not by rows: how many people, minutes, times a day.
_OWN = {"people", "times", "minutes", "weeks", "months", "business_days", "item", "figure", "percent_points"}
_NEAR = 5  # signs between a figure and the word that says that it is late
_KINDS = {"suppliers", "carriers", "skus"}
_LISTED = {None, "orders", "late_orders", "skus", "suppliers", "carriers", "item"}


def judged(
    text: str, found: Sequence[Token], support: Support, around: tuple[Around, ...]
) -> list[tuple[Claim, Supported]]:
    """Every figure of a sentence in order with what supports it; what the first of ``around`` leaves unknown, the next."""
    claims = tuple(one.claim for one in found if one.claim is not None)
    known: dict[int, tuple[Claim, Supported]] = {}
    for part, whole in pairs(claims, text, support.known.language):
        known |= {one.start: (one, how) for one, how in _pair(part, whole, found, support, around)}
    listed: dict[object, list[Claim]] = {
        len(those): those
        for kind in ("code", "order_id")
        if len(those := [one for one in claims if one.kind == kind]) > 1
    }
    for before, claim, behind in zip((None, *claims), claims, (*claims[1:], None), strict=False):
        if claim.start not in known:
            if _is_no_day(before, claim, behind):
                supported = Supported(verdict="untrue")
            else:
                supported = _alone(_like(before, claim), support, around)
            if supported.verdict == "unknown" and claim.unit in _LISTED and claim.value in listed:
                # "The two latest were A and B": they are whose A and B both are.
                scopes = (support.of(one, around[0]).scopes for one in listed[claim.value])
                supported = Supported(verdict="proven", scopes=frozenset.intersection(*scopes))
            known[claim.start] = claim, supported
    return [known[at] for at in sorted(known)]


def _pair(
    part: Claim, whole: Claim, found: Sequence[Token], support: Support, around: tuple[Around, ...]
) -> list[tuple[Claim, Supported]]:
    for one in around:
        supported = support.of_pair(part, whole, one)
        if supported is not None:
            return [(part, supported), (whole, Supported(verdict="proven", scopes=supported.scopes))]
    if not is_late(whole, found):
        return [(whole, support.of_whole(whole, around[-1]))]
    supported = support.of_late(part, whole, around[-1].groups)
    if supported is None:
        return []
    return [(whole, supported), (part, Supported(verdict="proven", scopes=supported.scopes))]


def _alone(claim: Claim, support: Support, around: tuple[Around, ...]) -> Supported:
    told = [support.of(claim, one) for one in dict.fromkeys(around)]
    return next((one for one in told if one.verdict != "unknown"), told[0])


def is_late(claim: Claim, found: Sequence[Token]) -> bool:
    """Whether a figure counts late orders: by its unit, or by the word beside it."""
    return claim.unit == "late_orders" or any(
        one.key == _LATE and (claim.start - _NEAR <= one.start < claim.end + _NEAR) for one in found
    )


def _is_no_day(before: Claim | None, claim: Claim, behind: Claim | None) -> bool:
    """Whether a figure stands beside a month as its day, which that month does not have: 44 October."""
    if claim.kind != "number":
        return False
    if behind and behind.kind == "day" and _MONTH.fullmatch(str(behind.value)):
        return 0 < behind.start - claim.end <= _GAP
    is_month = before is not None and before.kind == "day" and _MONTH.fullmatch(str(before.value)) is not None
    return before is not None and is_month and claim.unit == "days" and claim.start - before.end < _GAP


def _like(before: Claim | None, claim: Claim) -> Claim:
    """A figure with the unit of the one before it, where it has none: "six suppliers, two of them"."""
    if before and claim.kind == "number" and claim.unit is None and before.unit in _KINDS:
        return replace(claim, unit=before.unit)
    return claim


def is_own(claim: Claim) -> bool:
    """Whether a figure is of a kind that no rows count: a time of day, people, how often."""
    return (
        claim.kind in {"time", "code"}
        or claim.unit in _OWN
        or (claim.kind == "number" and claim.unit is None)
    )
