"""Whether a week is out of the ordinary: the p-chart of late shares, and Laney's p' where they vary more."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import fsum, sqrt

from poa.analysis.intervals import FEW
from poa.facts.control import Control, Limits
from poa.facts.figures import FiguresOf, Rows

LEAST = 8  # base points with orders (ours): seven moving ranges
_D2 = 1.128  # the mean range of two normal values, in standard deviations
_WIDTH = 3  # standard deviations from the centre line to a limit


def control(
    points: Sequence[tuple[int, int]],
    *,
    base: slice | int,
    name: str = "control",
) -> Control:
    """The limits of each point, which is (late, orders); ``base`` picks the points that make the centre line.

    ``base`` as a number is so many of the first points. ``name`` begins the ids of the figures. With the centre p and a point of n orders the limits are
    p ± 3 · sigma_z · sqrt(p (1 - p) / n), clipped to 0 and 1; a share on a limit is inside. Laney, D. B. (2002),
    "Improved control charts for attributes", Quality Engineering 14(4), and Minitab's methods for the P' chart.

    Three rules are ours. ``sigma_z`` is never under 1: limits narrower than chance would call chance a signal.
    Under ``LEAST`` base points with orders there are no limits, because a spread learnt from so few
    ranges is itself mostly chance; nor are there where none or all of the base is late, which has no spread
    at all. A point under ``FEW`` orders has limits and is not judged: the limits take its share for nearly
    normal, which at small rates it is not (one late order of three would be a signal). Above it, at rates of
    2 to 4 %, chance alone puts one week in 45 to 400 outside, most often one of under 50 orders.

    Raises ValueError where a point has more late orders than orders, or a negative number.
    """
    if any(not 0 <= late <= orders for late, orders in points):
        raise ValueError("late orders are among the orders of their point")
    known = [one for one in points[slice(base) if isinstance(base, int) else base] if one[1]]
    late, orders = sum(one[0] for one in known), sum(one[1] for one in known)
    centre = Fraction(late, orders) if orders else None
    spread = None if centre is None or len(known) < LEAST else sigma_z(known, centre=centre)
    widened = None if spread is None else max(1.0, spread)
    rule = f"late orders and orders of {len(known)} weeks that make the centre line"
    figure = FiguresOf(name, Rows(rule=rule, orders=orders))

    def limits(at: int, point: tuple[int, int]) -> Limits:
        lower, upper, outside = _limits(point, centre=centre, widened=widened)
        rows = Rows(rule=f"limits of one of the weeks for its orders; {rule}", orders=point[1])
        return Limits(
            lower=figure(f"points.{at}.lower", lower, "fraction", rows),
            upper=figure(f"points.{at}.upper", upper, "fraction", rows),
            outside=outside,
        )

    judged = tuple(limits(at, point) for at, point in enumerate(points))
    found = None if widened is None else sum(one.outside is True for one in judged)
    every = Rows(rule=f"weeks outside of their limits; {rule}", orders=sum(one[1] for one in points))
    return Control(
        centre=figure("centre", None if centre is None else float(centre), "fraction"),
        sigma_z=figure("sigma_z", widened, "fraction"),
        base=figure("base", len(known), "weeks"),
        outside=figure("outside", found, "weeks", every),
        points=judged,
    )


def sigma_z(points: Sequence[tuple[int, int]], *, centre: Fraction) -> float | None:
    """How much the shares of (late, orders) vary against what chance alone gives: about 1 where it is chance.

    The mean moving range of z = (share - centre) / sqrt(centre (1 - centre) / orders), over 1.128. Points without
    orders are left out, and their neighbours are then next to each other. None with fewer than two
    points, or where the centre is 0 or 1.
    """
    known = [(late, orders) for late, orders in points if orders]
    if len(known) < 2 or not 0 < centre < 1:
        return None
    unit = sqrt(centre * (1 - centre))
    scores = [float(Fraction(late, orders) - centre) * sqrt(orders) / unit for late, orders in known]
    return fsum(abs(after - before) for before, after in pairwise(scores)) / (len(known) - 1) / _D2


def _limits(
    point: tuple[int, int], *, centre: Fraction | None, widened: float | None
) -> tuple[float | None, float | None, bool | None]:
    """The lower and the upper limit of a point, and whether its share is outside; None where there is none."""
    late, orders = point
    if centre is None or widened is None or not orders:
        return None, None, None
    half = _WIDTH * widened * sqrt(centre * (1 - centre) / orders)
    # Squared and in whole numbers, so that a share on the limit is never outside by rounding.
    away = (Fraction(late, orders) - centre) ** 2 * orders
    outside = away > _WIDTH**2 * Fraction(widened) ** 2 * centre * (1 - centre)
    lower, upper = max(0.0, float(centre) - half), min(1.0, float(centre) + half)
    return lower, upper, outside if orders >= FEW else None
