"""The causes that stand out, as facts: how many late orders beyond the usual, since when, at which step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from poa.analysis.causes.cells import Dimension
from poa.analysis.causes.change import Counts, excess
from poa.analysis.causes.naming import Kind
from poa.analysis.causes.spans import Span, span
from poa.analysis.causes.standing import StandsOut
from poa.analysis.groups import baseline_of, counts_of, role
from poa.analysis.looking import Looked
from poa.analysis.rates import LATE, Counting
from poa.analysis.steps import Steps, cause_stages
from poa.facts import Alike, Cause, Figure, FiguresOf, Group, Role, Rows
from poa.orders import Mask, Positions

_ALIKE = 0.9  # of the orders of both: then they cannot be told apart


def spans_of(looked: Looked) -> tuple[Span | None, ...]:
    """Since when and until when each cause tells apart; None where too few late orders tell."""
    return tuple(_span(looked, one, kind) for one, kind in looked.named.causes)


def _span(looked: Looked, one: StandsOut, kind: Kind) -> Span | None:
    cells = looked.cells
    members = cells.members(one.group.dimension, one.group.number)
    if kind == "above_target_throughout":
        return None
    if kind == "mix":  # its share of the orders rose, not its rate
        every, mine = cells.per_day(np.ones(len(cells.day), dtype=bool))[0], cells.per_day(members)[0]
        return span(every, mine, until=cells.window)
    alone = members & ~_of_others(looked, one)
    if 2 * cells.count(cells.late & alone) < cells.count(cells.late & members):
        alone = members
    spread = looked.named.yardstick.spread[one.group.dimension]
    outside = (0.0, 0.0)
    if looked.named.compared == "others" or not (members & (cells.day < cells.window)).any():
        # It has no days before: what the others do stands for them.
        outside = (float(cells.count(~members)), float(cells.count(cells.late & ~members)))
    return span(*cells.per_day(alone), spread=spread, until=cells.window, outside=outside)


def _of_others(looked: Looked, one: StandsOut) -> Mask:
    """Orders that another cause has too: its days would blur those of this one."""
    found = np.zeros(len(looked.cells.day), dtype=bool)
    for other, _ in looked.named.causes:
        if other.group != one.group:
            found |= looked.cells.members(other.group.dimension, other.group.number)
    return found


def causes(
    looked: Looked,
    counting: Counting,
    steps: Steps,
    *,
    groups: dict[Dimension, tuple[Group, ...]],
    role_of: Callable[[str], Role],
) -> Iterator[Cause]:
    """Each cause with its evidence, strongest first."""
    for number, ((one, kind), when) in enumerate(zip(looked.named.causes, spans_of(looked), strict=True)):
        dimension = one.group.dimension
        name = looked.cells.names[dimension][one.group.number]
        group = next((own for own in groups.get(dimension, ()) if own.name.value == name), None)
        if group is None:
            raise ValueError(name)
        yield _Telling(
            looked=looked,
            counting=counting,
            steps=steps,
            one=one,
            when=when,
            group=group,
            id=f"attribution.causes.{number}",
        ).cause(kind, role(name, dimension, role_of))


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Telling:
    """One cause told: its orders, its days, and each figure with the rows behind it."""

    looked: Looked
    counting: Counting
    steps: Steps
    one: StandsOut
    when: Span | None
    group: Group
    id: str

    @property
    def dimension(self) -> Dimension:
        return self.one.group.dimension

    @property
    def members(self) -> Mask:
        """Which orders of the cells are the cause's."""
        return self.looked.cells.members(self.dimension, self.one.group.number)

    def cause(self, kind: Kind, role_: Role) -> Cause:
        """The fact."""
        own = counts_of(self.looked, self.dimension)[self.one.group.number]
        every = counts_of(self.looked, "account")[0]
        baseline = baseline_of(self.looked, own, every)
        over = None if baseline.rate is None else excess(own, baseline.rate)
        late_rows = self.group.late.rows
        low, high = self.one.caused
        caused_rows = Rows(rule=f"{late_rows.rule}, less the usual range", orders=late_rows.orders)
        whose = Rows(rule=f"{late_rows.rule}; {baseline.whose}", orders=late_rows.orders)
        when, figure = self.when, self._figure
        all_of_span, late_of_span = self._span_rows()
        return Cause(
            dimension=self.dimension,
            key=self.group.key,
            name=self.group.name,
            role=role_,
            kind=kind,
            orders=self.group.orders,
            late=self.group.late,
            rate=self.group.rate,
            usual_low=self.group.usual_low,
            usual_high=self.group.usual_high,
            late_caused=(
                figure("late_caused.low", low, "orders", caused_rows),
                figure("late_caused.high", high, "orders", caused_rows),
            ),
            excess=self.group.excess,
            own_baseline=baseline.own,
            usual_rate=figure(
                "usual_rate", None if baseline.rate is None else float(baseline.rate), "fraction", whose
            ),
            rate_without=figure("rate_without", _without(every, over), "fraction", whose),
            orders_before=self.group.orders_before,
            late_before=self.group.late_before,
            share_of_orders=self.group.share_of_orders,
            share_before=figure(
                "share_before",
                own.orders_before / every.orders_before if every.orders_before else None,
                "fraction",
                self.group.orders_before.rows,
            ),
            from_=self._day(late_of_span, "from", when.likely if when else None),
            from_earliest=self._day(late_of_span, "from_earliest", when.earliest if when else None),
            from_latest=self._day(late_of_span, "from_latest", when.latest if when else None),
            to=self._day(late_of_span, "to", when.end if when else None),
            running=bool(when and when.running),
            or_before=bool(when and when.earliest == int(self.looked.cells.day.min())),
            span_orders=figure("span_orders", all_of_span.orders if when else None, "orders", all_of_span),
            span_late=figure("span_late", late_of_span.orders if when else None, "orders", late_of_span),
            stages=cause_stages(
                self.steps,
                self._positions(self.looked.cells.day >= self.looked.cells.window),
                name=f"{self.id}.stages",
                rule=late_rows.rule,
            ),
            alike=tuple(self._alike()),
        )

    @property
    def _figure(self) -> FiguresOf:
        return FiguresOf(self.id)

    def _positions(self, days: Mask) -> Positions:
        """The late orders of the cause on these days, in the order table."""
        return self.looked.positions[self.members & self.looked.cells.late & days].astype(np.intp)

    def _day(self, rows: Rows, what: str, number: int | None) -> Figure:
        day = None if number is None else self.looked.day(number).isoformat()
        return self._figure(what, day, "day", rows)

    def _span_rows(self) -> tuple[Rows, Rows]:
        """The orders of the days that tell the cause apart, and the late ones among them."""
        if self.when is None:
            none = Rows(rule="too few late orders tell a day", orders=0)
            return none, none
        cells, when = self.looked.cells, self.when
        days = (cells.day >= when.likely) & (cells.day <= when.end)
        first, last = self.looked.day(when.likely), self.looked.day(when.end)
        words = f"{self.dimension} {self.group.name.value}, {self.counting.by} day from {first} to {last}"
        late = f"{LATE}, {words}"
        return (
            Rows(rule=f"counted orders, {words}", orders=cells.count(self.members & days)),
            self.counting.orders.behind(self._positions(days), late),
        )

    def _alike(self) -> Iterator[Alike]:
        """Other groups with nearly the same orders of the window."""
        cells = self.looked.cells
        orders = self.looked.named.yardstick.orders.sum(axis=1)
        mine = cells.group[self.dimension] == self.one.group.number
        for dimension in cells.dimensions:
            if dimension in {"account", self.dimension}:
                continue
            size = len(cells.names[dimension])
            theirs = np.bincount(cells.group[dimension], weights=orders, minlength=size)
            shared = np.bincount(cells.group[dimension][mine], weights=orders[mine], minlength=size)
            least = _ALIKE * np.maximum(theirs, orders[mine].sum())
            for at in np.flatnonzero((shared > 0) & (shared >= least) & cells.nameable(dimension)).tolist():
                name = cells.names[dimension][at]
                rows = Rows(
                    rule=f"counted orders of {self.group.name.value} and of {dimension} {name}",
                    orders=int(shared[at]),
                )
                figure = FiguresOf(f"{self.id}.alike.{dimension}", rows)
                yield Alike(
                    dimension=dimension,
                    name=figure("name", name, "name"),
                    shared=figure("shared", int(shared[at]), "orders"),
                    orders=figure("orders", int(theirs[at]), "orders"),
                )


def _without(every: Counts, over: Fraction | None) -> float | None:
    """The account's rate less the excess of one group."""
    return None if over is None or not every.orders else float((every.late - over) / every.orders)
