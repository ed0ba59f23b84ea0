"""What the rows carry of remedies: handling times as promised and as they were, single sources, volumes, surges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from poa.facts.figures import Figure

MeasuredBy: TypeAlias = Literal["first_scan", "supplier_dispatched", "ship_confirmed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """One SKU's handling time, as promised and as measured from order to hand-over.

    ``measured_by`` is the clock that tells the hand-over: the carrier's first scan, the supplier's dispatch, or,
    where no file tells either, the confirmation. ``over`` of the ``orders`` were handed over after their
    own ship-by time. ``promised`` is the median; ``gap`` the 90 % point (``actual_p90``) less it, in hours.
    ``carries_raise`` is true where the 90 % point lies beyond the promise and more than one order in ten
    was handed over too late. Then ``promised_days`` and ``needed_days`` say in business days of the store
    what is promised and what would have covered nine orders in ten; else they are None.
    """

    key: str
    sku: Figure
    measured_by: MeasuredBy
    orders: Figure
    over: Figure
    promised: Figure
    actual_p50: Figure
    actual_p90: Figure
    gap: Figure
    carries_raise: bool
    promised_days: Figure | None
    needed_days: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleSource:
    """A SKU of whose orders in the window every one states the same supplier."""

    key: str
    sku: Figure
    supplier: Figure
    orders: Figure
    late: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A SKU's orders in the longest window, which has 30 days, and how many of them were late."""

    key: str
    sku: Figure
    orders: Figure
    late: Figure
    rate: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """Days of the window with more orders than the mean and two standard deviations of the days before it.

    ``usual`` is that mean, ``bound`` the number that a day must exceed. ``late`` of the ``orders`` due on
    ``days`` were late; ``other_rate`` is the late rate of the window's other days. ``rises`` is true where
    the rate of these days is above it by more than chance.
    """

    days: tuple[date, ...]
    usual: Figure
    bound: Figure
    orders: Figure
    late: Figure
    rate: Figure
    other_rate: Figure
    rises: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedies:
    """What the rows of the longest window carry; at most 20 SKUs of each kind, with the number of all.

    ``handling`` holds SKUs with 30 orders or more whose hand-over is known, the widest gap first;
    ``single_source`` the SKUs with one supplier, most late orders first, None where the supplier of fewer than
    four in five orders is known; ``volumes`` the SKUs with most orders. ``surge`` is None where no day
    stands out, or too few days lie before the window.
    """

    handling: tuple[Handling, ...]
    handling_skus: Figure
    raise_skus: Figure
    single_source: tuple[SingleSource, ...] | None
    single_source_skus: Figure
    volumes: tuple[Volume, ...]
    surge: Surge | None
