"""The rates: our own of each window, Amazon's stated ones beside them, the other shipping rates, the clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from poa.facts.figures import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The late shipment rate of one window (``window_days`` None: the whole file).

    ``late`` is None where no file says when orders were confirmed, and a least number where
    ``all_late_known`` is false. ``orders`` holds confirmed orders; it is None, and with it everything computed from it, where
    no file lists every order. ``low`` and ``high`` are Wilson's 95 % interval. ``meets_target`` is
    decided in whole numbers: exactly the target fails. ``few`` is true under 20 orders: then a
    percentage would mislead and is not printed. ``unconfirmed`` orders are past their
    ship-by instant and not in the rate; ``at_least`` is the rate if they are confirmed.
    """

    window_days: int | None
    from_: Figure
    to: Figure
    orders: Figure
    late: Figure
    rate: Figure
    low: Figure
    high: Figure
    target: Figure
    meets_target: bool | None
    all_late_known: bool
    few: bool
    unconfirmed: Figure
    at_least: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedRate:
    """What Amazon's own performance report says of one window: shown, never recomputed.

    ``own_orders`` and ``own_late`` are our rows' count of the same days, ``gap`` what explains a
    difference, in words.
    """

    window_days: int
    from_: Figure
    to: Figure
    orders: Figure
    late: Figure
    status: str
    reproduced_by: tuple[str, ...]
    own_orders: Figure | None = None
    own_late: Figure | None = None
    gap: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMetric:
    """What Amazon's performance report says of another shipping rate; ``of`` is what it is counted from."""

    metric: str
    count: int
    of: int
    first: date
    last: date
    status: str
    told_by: str


Stated: TypeAlias = StatedRate | StatedMetric


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRate:
    """Another shipping rate, with its unit, window and target from the policy file.

    ``count`` of ``of`` is what the target is put on: cancelled orders, packages with valid tracking,
    units on time. ``told_by`` is Amazon (then ``status`` is Amazon's and ``meets_target`` is not
    judged) or the rows; ``remark`` says what the figure is not.
    """

    metric: str
    unit: str
    window_days: int | None
    from_: Figure | None
    to: Figure | None
    count: Figure
    of: Figure
    rate: Figure
    target: Figure
    condition: str
    meets_target: bool | None
    status: str
    told_by: str
    remark: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRate:
    """A rate that no file here gives, and the file that would."""

    metric: str
    gives: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One of three clocks, over the longest window: of the orders that it tells of, how many were late by it.

    ``name`` is ship_confirmation (Amazon's rate), carrier_scan (the supplier's hand-over) or delivery.
    """

    name: str
    told: Figure
    late: Figure
