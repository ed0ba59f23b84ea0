"""The change of the rate against history, split exactly: rates got worse, or the mix moved (Kitagawa 1955).

Plain arithmetic in whole fractions: anybody can do it again from the same rows. No judgement is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Late orders and orders of one group, in the history and in the window."""

    late_before: int
    orders_before: int
    late: int
    orders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What one group adds to the change of the account's rate: by its own rate, by its share of orders."""

    rate: Fraction
    mix: Fraction


def split(groups: Sequence[Counts]) -> tuple[Parts, ...]:
    """The parts of each group; all of them together are the change of the account's rate.

    A group that is new or gone has no change of its own rate: all of it is mix. Raises ValueError
    where history or window has no order.
    """
    before, now = sum(one.orders_before for one in groups), sum(one.orders for one in groups)
    if not before or not now:
        raise ValueError("no orders")
    rate_before = Fraction(sum(one.late_before for one in groups), before)
    rate_now = Fraction(sum(one.late for one in groups), now)
    middle = (rate_before + rate_now) / 2

    def parts(one: Counts) -> Parts:
        share_before, share = Fraction(one.orders_before, before), Fraction(one.orders, now)
        rates = (_rate(one.late_before, one.orders_before), _rate(one.late, one.orders))
        known = [rate for rate in rates if rate is not None]
        if not known:
            return Parts(rate=Fraction(0), mix=Fraction(0))
        own_before, own = known[0], known[-1]
        return Parts(
            rate=(share_before + share) / 2 * (own - own_before),
            mix=((own_before + own) / 2 - middle) * (share - share_before),
        )

    return tuple(parts(one) for one in groups)


def total(fractions: Sequence[Fraction]) -> Fraction:
    """Their exact sum; in pairs, because long denominators make one after the other slow."""
    left = list(fractions) or [Fraction(0)]
    while len(left) > 1:
        left = [sum(left[at : at + 2], start=Fraction(0)) for at in range(0, len(left), 2)]
    return left[0]


def excess(one: Counts, baseline: Fraction) -> Fraction:
    """Late orders beyond those that the baseline rate gives for the group's orders."""
    return one.late - one.orders * baseline


def _rate(late: int, orders: int) -> Fraction | None:
    return Fraction(late, orders) if orders else None
