"""The control chart: between which limits a late share moves by chance alone, and which points are outside."""

from __future__ import annotations

from dataclasses import dataclass

from poa.facts.figures import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one point, as fractions, and whether its late share is outside of them.

    ``lower`` and ``upper`` are None for a point without orders and where the chart has no limits; ``outside``
    is None for these and for a point of few orders, which is not judged.
    """

    lower: Figure
    upper: Figure
    outside: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A p-chart of late shares, widened as Laney's p' where the shares vary more than chance lets them.

    ``centre`` is the late share of the ``base`` points, those with orders among the points that make the centre
    line. ``sigma_z`` is how many times as wide the limits are as chance alone would make them: 1 is the plain
    p-chart. ``outside`` counts the points outside their limits. ``points`` are in the order given.
    ``sigma_z``, all limits and ``outside`` are None where there are no limits: too few base points, or
    none or all of their orders late. ``centre`` is None only where the base has no orders.
    """

    centre: Figure
    sigma_z: Figure
    base: Figure
    outside: Figure
    points: tuple[Limits, ...]
