"""Where the late orders are: orders and late orders of each supplier, carrier and SKU in one window, with shares.

A count, not a cause: who has most orders has most late ones even where nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from poa.analysis.intervals import FEW, wilson
from poa.analysis.rates import LATE, Counting
from poa.analysis.windows import Window
from poa.facts import Figure, FiguresOf, LateBySupplier, Rows, Share
from poa.orders import ALL_ORDERS, NOT_STATED, SEVERAL, Positions

TOO_FEW = 30  # orders: fewer are counted, not ranked
TABLE_ROWS = 10  # suppliers that a paper's table names; the others follow in one line

_KEYS = {"account": "A", "supplier": "S", "carrier": "C", "sku": "K"}
_LISTED = 50  # groups of a dimension whose lines are listed; the rule finds those of the others


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One group of a dimension, by its name: the positions of its orders and of its late ones, and how many these are."""

    name: str
    chosen: Positions
    late: Positions
    orders: int
    late_orders: int


def shares(counting: Counting, window: Window, dimension: str) -> tuple[Share, ...]:
    """Every group of a dimension with orders in the window, most late orders first."""
    return _shares(counting, window, dimension, _ranked(counting, window, dimension))


def _shares(
    counting: Counting, window: Window, dimension: str, members: Sequence[Member]
) -> tuple[Share, ...]:
    total = _total(members)
    return tuple(
        _share(
            (counting, window, dimension),
            f"{_KEYS[dimension]}{number}",
            one,
            total,
            listed=number <= _LISTED,
        )
        for number, one in enumerate(members, start=1)
    )


def late_by_supplier(counting: Counting, window: Window) -> LateBySupplier:
    """Every supplier with orders in the window, most late orders first; the shares add up to one.

    Where the rows list late orders only, orders, rates and shares of orders are None.
    """
    members = _ranked(counting, window, "supplier")
    every = _shares(counting, window, "supplier", members)
    others = members[TABLE_ROWS:] if len(members) > TABLE_ROWS + 1 else []
    rest = None
    if others:
        together = Member(
            name="(others)",
            chosen=np.sort(np.concatenate([one.chosen for one in others])),
            late=np.sort(np.concatenate([one.late for one in others])),
            orders=sum(one.orders for one in others),
            late_orders=sum(one.late_orders for one in others),
        )
        rest = _share((counting, window, "supplier"), "rest", together, _total(members), listed=True)
    behind = rest.orders.rows if rest else Rows(rule="no other supplier", orders=0)
    return LateBySupplier(
        window_days=window.days or 0,
        known=counting.tells and any(one.name != NOT_STATED for one in members),
        several=any(one.name == SEVERAL for one in members),
        suppliers=every,
        top=every[: len(members) - len(others)],
        rest=rest,
        rest_count=Figure(id="late_by_supplier.rest.count", value=len(others), unit="suppliers", rows=behind),
    )


def _ranked(counting: Counting, window: Window, dimension: str) -> list[Member]:
    """The groups of the counted orders of a window, most late orders first; small ones, then those without a name, last."""
    inside = np.flatnonzero(window.holds(counting.days) & counting.counted)
    if dimension == "account":
        return [_member(counting, ALL_ORDERS, inside)]
    return sorted(
        (_member(counting, name, part) for name, part in by_name(counting, dimension, inside) if len(part)),
        key=lambda one: (
            one.name in {NOT_STATED, SEVERAL},
            counting.complete and one.orders < TOO_FEW,
            -one.late_orders,
            -one.orders,
            one.name,
        ),
    )


def by_name(counting: Counting, dimension: str, chosen: Positions) -> Iterator[tuple[str, Positions]]:
    """Each name of a dimension, in the order of the names, with those of the chosen orders that have it."""
    column = counting.orders.table[dimension].cat
    codes = column.codes.to_numpy()[chosen]
    grouped = chosen[np.argsort(codes, kind="stable")]
    parts = np.split(grouped, np.cumsum(np.bincount(codes, minlength=len(column.categories)))[:-1])
    yield from zip(map(str, column.categories), parts, strict=True)


def _member(counting: Counting, name: str, chosen: Positions) -> Member:
    late, count = chosen[counting.late[chosen]], counting.orders.count
    return Member(name=name, chosen=chosen, late=late, orders=count(chosen), late_orders=count(late))


def _total(members: Sequence[Member]) -> tuple[int, int]:
    """Late orders and orders of all groups."""
    return sum(one.late_orders for one in members), sum(one.orders for one in members)


def _share(
    of: tuple[Counting, Window, str], key: str, member: Member, total: tuple[int, int], *, listed: bool
) -> Share:
    counting, window, dimension = of
    name = member.name
    whose = "" if dimension == "account" else f", {dimension} {name}"

    def behind(chosen: Positions, orders: int, what: str) -> Rows:
        rule = counting.rule_of(window, what + whose)
        return counting.orders.behind(chosen, rule) if listed else Rows(rule=rule, orders=orders)

    late_rows = behind(member.late, member.late_orders, LATE)
    all_rows = behind(member.chosen, member.orders, counting.orders_rule)
    late, orders = late_rows.orders, all_rows.orders
    all_late, all_orders = total
    complete = counting.complete
    low, high = wilson(late, orders) if complete else (None, None)
    figure = FiguresOf(f"late_by_{dimension}.{key}")
    return Share(
        key=key,
        name=figure("name", name, "name", all_rows),
        orders=figure("orders", orders if complete else None, "orders", all_rows),
        late=figure("late", late, "orders", late_rows),
        rate=figure("rate", late / orders if complete else None, "fraction", late_rows),
        low=figure("low", low, "fraction", late_rows),
        high=figure("high", high, "fraction", late_rows),
        share_of_orders=figure(
            "share_of_orders", orders / all_orders if complete else None, "fraction", all_rows
        ),
        share_of_late=figure("share_of_late", late / all_late if all_late else None, "fraction", late_rows),
        few=orders < FEW,
    )
