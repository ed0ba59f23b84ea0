"""Orders that nearly were late: confirmed in the last hours before their ship-by time, supplier by supplier."""

from __future__ import annotations

import numpy as np

from poa.analysis.clocked import clocked
from poa.analysis.control_figures import near_missed
from poa.analysis.rates import Counting
from poa.analysis.shares import by_name
from poa.analysis.windows import Window
from poa.facts import FiguresOf, Rows
from poa.facts.weekly import NearBySupplier, NearMisses
from poa.orders import NOT_STATED, SEVERAL
from poa.policy.kpis import near_miss


def near_misses(counting: Counting, week: Window, *, coarse: frozenset[str]) -> NearMisses:
    """The near misses of the orders of a week, and whose they were, most first; those without a name of their own last.

    ``coarse`` names the clocks that some file tells as bare days. The figures are None where no confirmation has a
    time of day, and where the rows list late orders only.
    """
    clocks, hours = clocked(counting, coarse=coarse), near_miss().hours
    figure = FiguresOf("weekly.near_misses")
    if not (counting.tells and counting.complete and clocks.exact("confirmed")):
        rows = Rows(rule="no file tells the time of day of every order's confirmation", orders=0)
        return NearMisses(
            hours=hours,
            orders=figure("orders", None, "orders", rows),
            of_orders=figure("of_orders", None, "orders", rows),
            suppliers=(),
        )
    missed = near_missed(counting, clocks)
    words = f"confirmed in the last {hours} hours before the ship-by instant"
    rows = counting.behind(week, missed, words)
    all_rows = counting.behind(week, counting.counted, counting.orders_rule)
    chosen = np.flatnonzero(week.holds(counting.days) & missed)
    found = [(name, own) for name, own in by_name(counting, "supplier", chosen) if len(own)]
    found.sort(key=lambda one: (one[0] in {NOT_STATED, SEVERAL}, -len(one[1]), one[0]))
    suppliers = []
    for number, (name, own) in enumerate(found, start=1):
        told = counting.orders.behind(own, counting.rule_of(week, f"{words}, supplier {name}"))
        suppliers.append(
            NearBySupplier(
                name=figure(f"{number}.name", name, "name", told),
                orders=figure(f"{number}.orders", told.orders, "orders", told),
            )
        )
    return NearMisses(
        hours=hours,
        orders=figure("orders", rows.orders, "orders", rows),
        of_orders=figure("of_orders", all_rows.orders, "orders", all_rows),
        suppliers=tuple(suppliers),
    )
