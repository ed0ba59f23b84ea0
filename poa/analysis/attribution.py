"""Who stands out in the longest window, with the arithmetic beside the judgement: the fact ``attribution``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from poa.analysis.causes.cells import DIMENSIONS, Dimension
from poa.analysis.causes.change import Counts, split, total
from poa.analysis.groups import counts_of, groups, rankings
from poa.analysis.looking import Looked
from poa.analysis.named_causes import causes
from poa.analysis.rates import LATE, Counting
from poa.analysis.shares import TOO_FEW
from poa.analysis.steps import Steps
from poa.analysis.windows import Window
from poa.facts import Attribution, Change, Dimensions, Figure, FiguresOf, History, LateLines, Role, Rows
from poa.orders import NOT_STATED, SEVERAL

_MOSTLY = Fraction(4, 5)  # of the late orders with a supplier: under it a paper must say of which it speaks
_MATTERS = Fraction(1, 3)  # of the change: from there on a paper must say that the mix moved


def attribution(
    looked: Looked, counting: Counting, window: Window, steps: Steps, *, role_of: Callable[[str], Role]
) -> Attribution:
    """The groups of each dimension, the causes among them, and the change of the rate in its parts."""
    found = groups(looked, counting, window, role_of=role_of)
    share = looked.stated / looked.late if looked.late else None
    behind = Rows(rule=f"{counting.rule_of(window, LATE)}, with a supplier", orders=looked.stated)
    return Attribution(
        compared_with=looked.named.compared,
        history=_history(looked),
        dimensions=Dimensions(**{name: found.get(name, ()) for name in DIMENSIONS}),
        rankings=tuple(rankings(found)),
        causes=tuple(causes(looked, counting, steps, groups=found, role_of=role_of)),
        nameless=tuple(
            own
            for one in looked.named.nameless
            for own in found[one.group.dimension]
            if own.name.value == looked.cells.names[one.group.dimension][one.group.number]
        ),
        several_late=tuple(_several_late(counting, window)),
        overlap=_overlap(looked),
        change=_change(looked),
        stated_share=Figure(id="attribution.stated_share", value=share, unit="fraction", rows=behind),
        mostly_stated=looked.stated >= _MOSTLY * looked.late,
        suppliers_named=looked.suppliers_named,
        too_few=counts_of(looked, "account")[0].orders < TOO_FEW,
    )


def _several_late(counting: Counting, window: Window) -> Iterator[LateLines]:
    """Late orders with lines of several suppliers, by the supplier of the line that was latest."""
    inside = window.holds(counting.days) & counting.late
    inside &= (counting.orders.table["supplier"] == SEVERAL).to_numpy()
    lines = counting.orders.late_lines["supplier"].loc[np.flatnonzero(inside).tolist()]
    for number, (name, mine) in enumerate(lines.groupby(lines).groups.items()):
        shown = str(name) or NOT_STATED
        rows = counting.orders.behind(
            mine.to_numpy(),
            counting.rule_of(window, f"late, lines of several suppliers, the latest of {shown}"),
        )
        figure = FiguresOf(f"attribution.several_late.{number}", rows)
        yield LateLines(name=figure("name", shown, "name"), late=figure("late", rows.orders, "orders"))


def _overlap(looked: Looked) -> bool:
    """Whether any late order belongs to two causes."""
    cells, late = looked.cells, looked.named.yardstick.late.sum(axis=1)
    hands = sum(
        (cells.group[one.group.dimension] == one.group.number).astype(int) for one, _ in looked.named.causes
    )
    return bool(np.any((np.asarray(hands) > 1) & (late > 0)))


def _history(looked: Looked) -> History | None:
    named = looked.named
    if named.compared == "others":
        return None
    first, last = looked.day(named.first), looked.day(named.last)
    every = counts_of(looked, "account")[0]
    rows = Rows(rule=f"counted orders from {first} to {last}", orders=every.orders_before)
    figure = FiguresOf("attribution.history", rows)
    return History(
        from_=figure("from", first.isoformat(), "day"),
        to=figure("to", last.isoformat(), "day"),
        orders=figure("orders", every.orders_before, "orders"),
        late=figure("late", every.late_before, "orders"),
        rate=figure(
            "rate", every.late_before / every.orders_before if every.orders_before else None, "fraction"
        ),
    )


def _change(looked: Looked) -> Change | None:
    """The change against history, split over suppliers; without history there is none."""
    every = counts_of(looked, "account")[0]
    if looked.named.compared != "own_history" or not every.orders_before or not every.orders:
        return None
    by: Dimension = "supplier" if "supplier" in looked.cells.dimensions else "account"
    counts = counts_of(looked, by)
    rose = Fraction(every.late, every.orders) - Fraction(every.late_before, every.orders_before)
    rate = total([part.rate for part in split(counts)])
    mix = rose - rate
    rows = Rows(rule=f"the change of the rate, split over {by}s: Kitagawa 1955", orders=every.orders)
    figure = FiguresOf("attribution.change", rows)
    return Change(
        total=figure("total", float(rose), "fraction"),
        rate_part=figure("rate_part", float(rate), "fraction"),
        mix_part=figure("mix_part", float(mix), "fraction"),
        rate_orders=figure("rate_orders", float(rate * every.orders), "about"),
        mix_orders=figure("mix_orders", float(mix * every.orders), "about"),
        mix_matters=rate * mix < 0 or abs(mix) >= _MATTERS * abs(rose) > 0,
        by_supplier=by == "supplier",
        no_rate_rose=rose > 0
        and all(one.orders_before or not one.orders for one in counts)  # a new one has no rate before
        and not any(map(_rose, counts)),
    )


def _rose(one: Counts) -> bool:
    return bool(
        one.orders and one.orders_before and one.late * one.orders_before > one.late_before * one.orders
    )
