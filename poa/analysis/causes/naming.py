"""Which causes are named, and of what kind: changed against history, slow all along, or a moved mix.

With history the account is compared with itself. Without, it takes four looks, each with a quarter of
the allowance: the other groups as yardstick, and the first 8, 12 or 16 days as history.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeAlias

import numpy as np

from poa.analysis.causes.cells import DIMENSIONS, Cells, telling
from poa.analysis.causes.change import Counts, split
from poa.analysis.causes.predictive import Predictive
from poa.analysis.causes.search import ALPHA, Rules, search
from poa.analysis.causes.standing import (
    LEAST_LATE,
    LEAST_ORDERS,
    Extra,
    Group,
    StandsOut,
    refitted,
    spared_in,
    standing,
)
from poa.analysis.causes.usual import BLOCK, OwnHistory, TheOthers, Yardstick
from poa.orders import Mask

Kind: TypeAlias = Literal["changed", "above_target_throughout", "mix"]
Compared: TypeAlias = Literal["own_history", "others", "first_days"]

_HISTORY_ORDERS, _HISTORY_DAYS = 150, 7  # less is no history
_FIRST_DAYS = (8, 12, 16)
_NEAR_TARGET = Fraction(7, 8)  # of the target: from there on, who is slow all along is looked at
_GREW = Fraction(5, 4)  # times its share of orders before: more orders went to it
_SUPPLIER = DIMENSIONS.index("supplier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The causes, what they were compared with, and the yardstick that judges every other group.

    ``nameless`` are blanks and unknown names on which late orders gather: they explain, and are no cause.
    ``first`` and ``last`` are the days that served as history; none did where it was ``others``.
    """

    causes: tuple[tuple[StandsOut, Kind], ...]
    nameless: tuple[StandsOut, ...]
    compared: Compared
    yardstick: Yardstick
    first: int
    last: int

    @property
    def extras(self) -> dict[Group, Extra]:
        """What each cause adds, blanks that gather late orders among them."""
        return {one.group: one.extra for one in (*(one for one, _ in self.causes), *self.nameless)}


def has_history(cells: Cells) -> bool:
    """Whether the days before the window are enough to compare with."""
    inside = cells.day < cells.window
    return cells.window >= _HISTORY_DAYS and cells.count(inside) >= _HISTORY_ORDERS


def name_causes(cells: Cells, *, target: Fraction, suppliers: bool = True) -> Named:
    """The causes that stand out, strongest first.

    ``suppliers`` is false where so few orders state one that none may be named.
    """
    if has_history(cells):
        return _look(
            _own(cells, 0, cells.window - 1, cells.window), "own_history", target, ALPHA, suppliers=suppliers
        )
    orders, late = cells.counts(cells.window, cells.end, block=BLOCK)
    others = TheOthers(cells=cells, orders=orders, late=late)
    looks = [_look(others, "others", target, ALPHA / 4, suppliers=suppliers)]
    first = max(cells.window, int(cells.day.min(initial=cells.end)))
    for days in _FIRST_DAYS:
        if cells.end - first < days:
            break
        own = _own(cells, first, first + days - 1, first + days)
        if int(own.past[0].sum()) >= _HISTORY_ORDERS:
            looks.append(_look(own, "first_days", target, ALPHA / 4, suppliers=suppliers))
    chosen = min(looks, key=lambda look: min((one.chance for one, _ in look.causes), default=1.0))
    return _of_whole_window(chosen) if chosen.compared == "first_days" else chosen


def _of_whole_window(look: Named) -> Named:
    """What was found beside the first days of the window, told of the whole window, as everything else is."""
    cells = look.yardstick.cells
    yardstick = _own(cells, look.first, look.last, cells.window)
    whole = Extra(0, yardstick.orders.shape[1] - 1)
    extras = refitted(yardstick, dict.fromkeys(look.extras, whole))
    return replace(
        look,
        yardstick=yardstick,
        nameless=tuple(standing(yardstick, one.group, extras) for one in look.nameless),
        causes=tuple(
            (replace(standing(yardstick, one.group, extras), chance=one.chance), kind)
            for one, kind in look.causes
        ),
    )


def _own(cells: Cells, first: int, last: int, window: int) -> OwnHistory:
    orders, late = cells.counts(window, cells.end, block=BLOCK)
    return OwnHistory(cells=cells, orders=orders, late=late, first=first, last=last)


def _look(
    yardstick: Yardstick, compared: Compared, target: Fraction, alpha: float, *, suppliers: bool
) -> Named:
    barred = frozenset[int]() if suppliers else frozenset({_SUPPLIER})
    found = search(yardstick, Rules(alpha=alpha, barred=barred))
    slow = _slow_all_along(yardstick, found, target, alpha) if suppliers else frozenset[Group]()
    slow -= {one.group for one in found}
    if slow:  # what a slow supplier explains is nobody else's
        found = search(yardstick, Rules(alpha=alpha, barred=barred, given=slow))
    causes: list[tuple[StandsOut, Kind]] = [
        (one, _kind(yardstick, one.group, target, passed=one.group not in slow))
        for one in found
        if yardstick.cells.nameable(one.group.dimension)[one.group.number]
    ]
    history = yardstick if isinstance(yardstick, OwnHistory) else None
    return Named(
        causes=tuple(causes),
        nameless=tuple(
            one for one in found if not yardstick.cells.nameable(one.group.dimension)[one.group.number]
        ),
        compared=compared,
        yardstick=yardstick,
        first=history.first if history else yardstick.cells.window,
        last=history.last if history else yardstick.cells.window - 1,
    )


def _slow_all_along(
    yardstick: Yardstick, found: tuple[StandsOut, ...], target: Fraction, alpha: float
) -> frozenset[Group]:
    """Suppliers above the target now and before, of an account that is in breach or close to it."""
    cells = yardstick.cells
    if (
        "supplier" not in telling(cells)
        or yardstick.late.sum() < _NEAR_TARGET * target * yardstick.orders.sum()
    ):
        return frozenset()
    orders, late = (
        cells.gathered("supplier", part).sum(axis=1).astype(np.int64)
        for part in (yardstick.orders, yardstick.late)
    )
    spared = spared_in(yardstick, {one.group: one.extra for one in found if one.group.rank != _SUPPLIER})
    allowed = cells.gathered("supplier", yardstick.orders * (1 - (1 - float(target)) * spared)).sum(axis=1)
    variance = yardstick.spread["supplier"] * allowed * (1 - allowed / np.maximum(orders, 1))
    tail = Predictive(orders, allowed, variance).tail(late)
    compared = max(1, int((orders >= LEAST_ORDERS).sum()))
    slow = (
        cells.nameable("supplier")
        & (orders >= LEAST_ORDERS)
        & (late - allowed >= LEAST_LATE)
        & (tail * compared <= alpha)
        & _slow_before(yardstick, target)
    )
    return frozenset(Group(_SUPPLIER, number) for number in np.flatnonzero(slow).tolist())


def _slow_before(yardstick: Yardstick, target: Fraction) -> Mask:
    """Which suppliers were at or above the target in the history too; without one, in both halves of the window."""
    cells = yardstick.cells
    if isinstance(yardstick, OwnHistory):
        spans = [(yardstick.first, yardstick.last)]
    else:
        middle = (cells.window + cells.end) // 2
        spans = [(cells.window, middle), (middle + 1, cells.end)]
    slow: Mask = np.ones(len(cells.names["supplier"]), dtype=bool)
    for first, last in spans:
        orders, late = (cells.gathered("supplier", one)[:, 0] for one in cells.counts(first, last))
        slow &= (orders > 0) & (late >= float(target) * orders)
    return slow


def _kind(yardstick: Yardstick, group: Group, target: Fraction, *, passed: bool) -> Kind:
    """What changed, by plain arithmetic: the group's own rate, its share of orders, or neither."""
    if group.rank != _SUPPLIER:
        return "changed"
    otherwise: Kind = "changed" if passed else "above_target_throughout"
    if not isinstance(yardstick, OwnHistory):
        return otherwise
    before, now = yardstick.past, (yardstick.orders, yardstick.late)
    members = yardstick.cells.group["supplier"] == group.number

    def counts(chosen: Mask) -> Counts:
        return Counts(
            late_before=int(before[1][chosen].sum()),
            orders_before=int(before[0][chosen].sum()),
            late=int(now[1][chosen].sum()),
            orders=int(now[0][chosen].sum()),
        )

    own, rest = counts(members), counts(~members)
    slow = own.late_before >= target * own.orders_before > 0
    share_before = Fraction(own.orders_before, own.orders_before + rest.orders_before)
    share = Fraction(own.orders, own.orders + rest.orders)
    parts = split((own, rest))[0]
    return "mix" if slow and share > _GREW * share_before and parts.mix > parts.rate else otherwise
