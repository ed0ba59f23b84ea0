"""Orders that nearly were late: confirmed in the last hours before their ship-by time, supplier by supplier."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from poa.analysis.clocked import clocked
from poa.analysis.control_figures import near_missed
from poa.analysis.rates import Counting
from poa.analysis.windows import Window
from poa.facts import Figure, Rows
from poa.facts.weekly import NearBySupplier, NearMisses
from poa.orders import NOT_STATED, SEVERAL
from poa.policy.kpis import near_miss

Positions = npt.NDArray[np.intp]


def near_misses(counting: Counting, week: Window, *, coarse: frozenset[str]) -> NearMisses:
    """The near misses of the orders of a week, and whose they were, most first; those without a name of their own last.

    ``coarse`` names the clocks that some file tells as bare days. The figures are None where no confirmation has a
    time of day, and where the rows list late orders only.
    """
    clocks = clocked(counting, coarse=coarse)
    hours = near_miss().hours
    inside = np.flatnonzero(week.holds(counting.days) & counting.counted)
    all_rows = counting.orders.behind(inside, counting.rule_of(week, counting.orders_rule))
    if not (counting.tells and counting.complete and clocks.exact("confirmed")):
        rows = Rows(rule="no file tells the time of day of every order's confirmation", orders=0)
        return NearMisses(
            hours=hours,
            orders=_figure("orders", None, rows),
            of_orders=_figure("of_orders", None, rows),
            suppliers=(),
        )
    chosen = inside[near_missed(counting, clocks)[inside]]
    words = f"confirmed in the last {hours} hours before the ship-by instant"
    rows = counting.orders.behind(chosen, counting.rule_of(week, words))
    return NearMisses(
        hours=hours,
        orders=_figure("orders", rows.orders, rows),
        of_orders=_figure("of_orders", all_rows.orders, all_rows),
        suppliers=_by_supplier(counting, week, chosen, words),
    )


def _by_supplier(
    counting: Counting, week: Window, chosen: Positions, words: str
) -> tuple[NearBySupplier, ...]:
    column = counting.orders.table["supplier"].cat
    codes = column.codes.to_numpy()[chosen]
    found = [(str(column.categories[code]), chosen[codes == code]) for code in np.unique(codes)]
    found.sort(key=lambda one: (one[0] in {NOT_STATED, SEVERAL}, -len(one[1]), one[0]))
    made = []
    for number, (name, own) in enumerate(found, start=1):
        rows = counting.orders.behind(own, counting.rule_of(week, f"{words}, supplier {name}"))
        told = Figure(id=f"weekly.near_misses.{number}.name", value=name, unit="name", rows=rows)
        made.append(NearBySupplier(name=told, orders=_figure(f"{number}.orders", rows.orders, rows)))
    return tuple(made)


def _figure(what: str, value: int | None, rows: Rows) -> Figure:
    return Figure(id=f"weekly.near_misses.{what}", value=value, unit="orders", rows=rows)
