"""How sure a rate is: Wilson's interval (Wilson 1927), 95 %."""

from __future__ import annotations

from math import sqrt

FEW = 20  # orders: below it a percentage misleads, and "k of n" is printed

_Z = 1.959963984540054


def wilson(late: int, orders: int) -> tuple[float, float]:
    """The 95 % interval of ``late`` out of ``orders`` (at least one), as fractions.

    Its lower end is exactly 0 where nothing was late, its upper end exactly 1 where all were.
    """
    share = late / orders
    centre = share + _Z * _Z / (2 * orders)
    half = _Z * sqrt(share * (1 - share) / orders + _Z * _Z / (4 * orders * orders))
    scale = 1 + _Z * _Z / orders
    low = 0.0 if late == 0 else (centre - half) / scale
    high = 1.0 if late == orders else (centre + half) / scale
    return low, high
