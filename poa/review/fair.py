"""Whether a figure tells a value fairly: rounded, on the right side of a target, or by a bound that it keeps."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from poa.review.claims import Claim

_NEAR = Decimal("0.01")  # a bound farther away says little, and is of another share
_ROUND = 20  # "about 780" and "over 40" are within a part so small of what is counted
HOLDS: dict[str, Callable[[Decimal | Fraction, Decimal | Fraction], bool]] = {
    "over": operator.gt,
    "at_least": operator.ge,
    "under": operator.lt,
    "at_most": operator.le,
}


def fits(value: Decimal, claim: Claim, *, target: Decimal | None = None) -> bool:
    """Whether a share is told fairly: rounded, or by a bound ("over 5 %") that it keeps and that is near."""
    holds = HOLDS.get(claim.bound or "")
    if holds is None or claim.kind != "percent":
        return rounds_to(value, claim, target=target)
    share = Decimal(str(claim.value)) / 100
    return holds(value, share) and abs(value - share) < _NEAR


def nearly(value: Decimal, claim: Claim) -> bool:
    """Whether a count is told fairly by a rounded figure: "about 780", "over 40"."""
    if claim.kind != "number" or not isinstance(claim.value, Decimal) or claim.value <= 0:
        return False
    holds = HOLDS.get(claim.bound or "")
    if claim.bound == "about":
        return claim.value % 10 == 0 and abs(value - claim.value) * _ROUND <= value
    return holds is not None and holds(value, claim.value) and abs(value - claim.value) * _ROUND <= value * 2


def rounds_to(value: Decimal, claim: Claim, *, target: Decimal | None = None) -> bool:
    """Whether a share, rounded half up to the digits of a claim, is that claim, on the same side of a target."""
    if claim.kind != "percent" or not isinstance(claim.value, Decimal) or "‰" in claim.text:
        return False
    if claim.value.is_signed() != value.is_signed():
        return False  # nothing is no minus nothing
    shown = (value * 100).quantize(Decimal(1).scaleb(-claim.digits), rounding=ROUND_HALF_UP)
    if shown != claim.value:
        return False
    return target is None or (value < target) == (claim.value < target * 100)
