"""Where the late orders are: each supplier's orders and late orders in one window, with shares.

A count, not a cause: who has most orders has most late ones even where nothing is wrong.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from poa.analysis.intervals import FEW, wilson
from poa.analysis.rates import Counting
from poa.analysis.windows import Window
from poa.facts import Figure, LateBySupplier, Rows, SupplierShare, Unit
from poa.orders import NOT_STATED, SEVERAL

TABLE_ROWS = 10  # suppliers that a paper's table names; the others follow in one line


def late_by_supplier(counting: Counting, window: Window) -> LateBySupplier:
    """Every supplier with orders in the window, most late orders first; the shares add up to one.

    Where the rows list late orders only, orders, rates and shares of orders are None.
    """
    names = [str(name) for name in counting.orders.table["supplier"].cat.categories]
    members = _members(counting, window, len(names))
    late = [int(np.count_nonzero(counting.late[found])) for found in members]
    total = (sum(late), sum(map(len, members)))
    ranked = sorted(
        (at for at, found in enumerate(members) if len(found)),
        key=lambda at: (names[at] in {NOT_STATED, SEVERAL}, -late[at], -len(members[at]), names[at]),
    )

    def share(key: str, name: str, chosen: npt.NDArray[np.intp]) -> SupplierShare:
        late_rule = counting.rule_of(window, f"confirmed after the ship-by instant, supplier {name}")
        all_rule = counting.rule_of(window, counting.orders_rule + f", supplier {name}")
        late_rows = counting.orders.behind(chosen[counting.late[chosen]], late_rule)
        all_rows = counting.orders.behind(chosen, all_rule)
        return _share(key, name, late_rows, all_rows, total=total, complete=counting.complete)

    shares = tuple(share(f"S{number}", names[at], members[at]) for number, at in enumerate(ranked, start=1))
    others = ranked[TABLE_ROWS:] if len(ranked) > TABLE_ROWS + 1 else []
    rest = (
        share("rest", "(others)", np.sort(np.concatenate([members[at] for at in others]))) if others else None
    )
    return LateBySupplier(
        window_days=window.days or 0,
        known=counting.tells and any(names[at] != NOT_STATED for at in ranked),
        several=any(names[at] == SEVERAL for at in ranked),
        suppliers=shares,
        top=shares[: len(ranked) - len(others)],
        rest=rest,
        rest_count=Figure(
            id="late_by_supplier.rest.count",
            value=len(others),
            unit="suppliers",
            rows=rest.orders.rows if rest else Rows(rule="no other supplier", orders=0),
        ),
    )


def _members(counting: Counting, window: Window, suppliers: int) -> list[npt.NDArray[np.intp]]:
    """The positions of each supplier's confirmed orders in the window, in one sort."""
    inside = np.flatnonzero(window.holds(counting.days) & counting.counted)
    codes = counting.orders.table["supplier"].cat.codes.to_numpy()[inside]
    grouped = inside[np.argsort(codes, kind="stable")]
    return np.split(grouped, np.cumsum(np.bincount(codes, minlength=suppliers))[:-1])


def _share(
    key: str, name: str, late_rows: Rows, all_rows: Rows, *, total: tuple[int, int], complete: bool
) -> SupplierShare:
    late, orders = late_rows.orders, all_rows.orders
    all_late, all_orders = total
    low, high = wilson(late, orders) if complete else (None, None)

    def figure(what: str, value: float | str | None, unit: Unit, rows: Rows) -> Figure:
        return Figure(id=f"late_by_supplier.{key}.{what}", value=value, unit=unit, rows=rows)

    return SupplierShare(
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
