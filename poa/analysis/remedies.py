"""What the rows carry of remedies: handling times, SKUs with a single source, volumes, days with a surge of orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from poa.analysis.handling import LISTED, handling, measured
from poa.analysis.intervals import wilson
from poa.analysis.rates import LATE, Counting
from poa.analysis.windows import Window
from poa.facts import Day, Figure, FiguresOf, Remedies, Role, Rows, SingleSource, Surge, Volume
from poa.orders import NOT_STATED, SEVERAL, Numbers, Positions

_STATED = 0.8  # of the window's orders: with fewer, a single supplier may be one of several
_HISTORY = 14  # days before the window: fewer do not tell what is usual for a day
_SPREAD = 2  # standard deviations above the mean of the days before: our own measure of a surge


def remedies(
    counting: Counting,
    window: Window,
    days: Sequence[Day],
    *,
    coarse: frozenset[str],
    role_of: Callable[[str], Role],
    store: str,
) -> Remedies | None:
    """The remedies that the longest window carries; None where no file lists every order, or none says which are late.

    ``days`` are the days of history and window; ``coarse`` names the clocks that are bare days; ``role_of``
    says what a name is that is no supplier; ``store`` is the country of the store.
    """
    if not (counting.complete and counting.knows_late):
        return None
    listed, skus, raises = handling(window, measured(counting, window, days=coarse), store=store)
    by_sku = _by_sku(counting, window)
    single = _single_sources(by_sku, role_of)
    return Remedies(
        handling=listed,
        handling_skus=by_sku.count("handling_skus", skus, "SKUs with 30 orders whose hand-over is known"),
        raise_skus=by_sku.count(
            "raise_skus", raises, "SKUs of these whose 90 % point lies beyond the promise"
        ),
        single_source=None if single is None else tuple(by_sku.sources(single)),
        single_source_skus=by_sku.count(
            "single_source_skus",
            None if single is None else len(single),
            "SKUs of whose orders every one states the same supplier",
        ),
        volumes=tuple(by_sku.volumes()),
        surge=_surge(counting, window, days),
    )


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _BySku:
    """The counted orders of a window by SKU; ``positions`` stand in the order table, sorted by code of SKU."""

    counting: Counting
    window: Window
    positions: Positions
    start: Numbers
    orders: Numbers
    late: Numbers

    def name(self, sku: int) -> str:
        """The SKU with this code."""
        return str(self.counting.orders.table["sku"].cat.categories[sku])

    def count(self, what: str, value: int | None, words: str) -> Figure:
        """How many SKUs there are of a kind."""
        rule = self.counting.rule_of(self.window, words)
        rows = Rows(rule=rule, orders=self.counting.orders.count(self.positions))
        return Figure(id=f"remedies.{what}", value=value, unit="groups", rows=rows)

    def rows(self, sku: int, *, late: bool) -> Rows:
        """The orders of a SKU, or the late ones among them."""
        chosen = self.positions[self.start[sku] : self.start[sku + 1]]
        words = self.counting.orders_rule
        if late:
            chosen, words = chosen[self.counting.late[chosen]], LATE
        return self.counting.orders.behind(
            chosen, self.counting.rule_of(self.window, f"{words}, sku {self.name(sku)}")
        )

    def volumes(self) -> Iterator[Volume]:
        """The SKUs with most orders."""
        ranked = np.lexsort((np.arange(len(self.orders)), -self.late, -self.orders))
        for number, sku in enumerate((int(at) for at in ranked[:LISTED] if self.orders[at] > 0), start=1):
            key = f"V{number}"
            orders, late = self.rows(sku, late=False), self.rows(sku, late=True)
            figure = FiguresOf(f"remedies.volumes.{key}")
            yield Volume(
                key=key,
                sku=figure("sku", self.name(sku), "name", orders),
                orders=figure("orders", orders.orders, "orders", orders),
                late=figure("late", late.orders, "orders", late),
                rate=figure("rate", late.orders / orders.orders, "fraction", late),
            )

    def sources(self, single: Sequence[tuple[int, str]]) -> Iterator[SingleSource]:
        """The first of the SKUs with one supplier."""
        for number, (sku, supplier) in enumerate(single[:LISTED], start=1):
            key = f"U{number}"
            orders, late = self.rows(sku, late=False), self.rows(sku, late=True)
            figure = FiguresOf(f"remedies.single_source.{key}")
            yield SingleSource(
                key=key,
                sku=figure("sku", self.name(sku), "name", orders),
                supplier=figure("supplier", supplier, "name", orders),
                orders=figure("orders", orders.orders, "orders", orders),
                late=figure("late", late.orders, "orders", late),
            )


def _by_sku(counting: Counting, window: Window) -> _BySku:
    """Orders by SKU, those without a SKU of their own not counted to any."""
    inside = np.flatnonzero(window.holds(counting.days) & counting.counted)
    column = counting.orders.table["sku"].cat
    codes = column.codes.to_numpy()[inside]
    size = len(column.categories)
    positions = inside[np.argsort(codes, kind="stable")]
    tally, struck = counting.orders.tally, counting.late[inside]
    every = tally(codes, inside, size=size)
    late = tally(codes[struck], inside[struck], size=size)
    start = np.concatenate(([0], np.cumsum(np.bincount(codes, minlength=size))))
    for name in (NOT_STATED, SEVERAL):
        if name in column.categories:
            every[column.categories.get_loc(name)] = 0
    return _BySku(counting=counting, window=window, positions=positions, start=start, orders=every, late=late)


def _single_sources(by_sku: _BySku, role_of: Callable[[str], Role]) -> list[tuple[int, str]] | None:
    """SKUs with one supplier and its name, most late orders first; None where too few orders state one."""
    table = by_sku.counting.orders.table
    suppliers = table["supplier"].cat
    names = [str(name) for name in suppliers.categories]
    proper = np.array([name not in {NOT_STATED, SEVERAL} and not role_of(name) for name in names], dtype=bool)
    codes = suppliers.codes.to_numpy()[by_sku.positions]
    stated = codes >= 0
    if NOT_STATED in names:
        stated &= codes != names.index(NOT_STATED)
    count = by_sku.counting.orders.count
    if not len(codes) or count(by_sku.positions[stated]) < _STATED * count(by_sku.positions):
        return None
    held = np.flatnonzero(np.diff(by_sku.start))
    first = by_sku.start[held]
    lowest, highest = (extreme.reduceat(codes, first) for extreme in (np.minimum, np.maximum))
    single = (lowest == highest) & proper[lowest] & (by_sku.orders[held] > 0)
    found = held[single]
    ranked = np.lexsort((found, -by_sku.orders[found], -by_sku.late[found]))
    return [(int(found[at]), names[int(lowest[single][at])]) for at in ranked]


def _surge(counting: Counting, window: Window, days: Sequence[Day]) -> Surge | None:
    """The days of the window far above the days before it."""
    before = [one.orders for one in days if one.day < window.first]
    inside = [one for one in days if window.first <= one.day <= window.last]
    if len(before) < _HISTORY or not sum(before):
        return None
    mean = sum(before) / len(before)
    bound = mean + _SPREAD * sqrt(sum((one - mean) ** 2 for one in before) / len(before))
    full = [one for one in inside if one.orders > bound]
    others = [one for one in inside if one.orders <= bound]
    orders, rest = sum(one.orders for one in full), sum(one.orders for one in others)
    if not full or not rest:
        return None
    late = sum(one.late for one in full)
    other_rate = sum(one.late for one in others) / rest
    chosen = np.isin(
        counting.days.astype("datetime64[D]"), np.array([one.day for one in full], dtype="datetime64[D]")
    )
    full_days = "on days with more orders than the mean and two standard deviations of the days before"
    rule = counting.rule_of(window, full_days)
    all_rows, late_rows = (
        counting.orders.behind(np.flatnonzero(chosen & which), f"{words}, {rule}")
        for which, words in ((counting.counted, counting.orders_rule), (counting.late, LATE))
    )
    past = Rows(rule=f"orders of each of the {len(before)} days before {window.first}", orders=sum(before))
    figure = FiguresOf("remedies.surge")
    return Surge(
        days=tuple(one.day for one in full),
        usual=figure("usual", mean, "about", past),
        bound=figure("bound", bound, "about", past),
        orders=figure("orders", orders, "orders", all_rows),
        late=figure("late", late, "orders", late_rows),
        rate=figure("rate", late / orders, "fraction", late_rows),
        other_rate=figure(
            "other_rate",
            other_rate,
            "fraction",
            Rows(rule=counting.rule_of(window, "late orders of the other days"), orders=rest),
        ),
        rises=wilson(late, orders)[0] > other_rate,
    )
