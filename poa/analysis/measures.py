"""The control figures of weeks: each measured for the account, a supplier, a carrier or a SKU, between its bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from poa.analysis.clocked import point, told
from poa.analysis.control_figures import Counted, Taken, Timed, control_figures
from poa.analysis.rates import Counting
from poa.analysis.weeks import iso_week
from poa.analysis.windows import Window
from poa.facts import FiguresOf, Rows
from poa.facts.ledger import Dimension, Measure
from poa.orders import Mask, Positions
from poa.policy.kpis import Kpi, kpis

Codes = npt.NDArray[np.integer]
Group = tuple[Dimension, str]

_NINE_TENTHS = 90  # per cent of the orders that an hour figure covers


def measures(
    counting: Counting, weeks: Sequence[Window], groups: Sequence[Group], *, coarse: frozenset[str]
) -> tuple[Measure, ...]:
    """Every control figure of each week and group that it can be taken of; week by week, group by group.

    ``weeks`` do not overlap; ``groups`` are a dimension and a name. ``coarse`` names the clocks that some file
    tells as bare days. ``low`` and ``high`` are None where no order or no clock tells; ``of`` orders were measured, and
    ``due`` is how many orders the rows hold of the week. The lines of counts are listed, those of ``of``, ``due`` and
    hours are found by their rule.
    """
    taken = control_figures(counting, coarse=coarse)
    sorts = {
        dimension: _Sorted.of(counting, weeks, groups, dimension) for dimension in {one for one, _ in groups}
    }
    of_group = {group: _own(taken, sorts[group[0]], group[1]) for group in groups}
    return tuple(
        made
        for week in weeks
        for group in groups
        for made in _Cell(
            counting=counting, week=week, group=group, chosen=sorts[group[0]].chosen(week, group[1])
        ).measures(of_group[group])
    )


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Sorted:
    """The orders of one dimension's groups, sorted by week and group; ``code`` is the group of each order of the table."""

    names: tuple[str, ...]
    weeks: tuple[Window, ...]
    code: Codes
    positions: Positions
    edges: Positions

    @classmethod
    def of(
        cls, counting: Counting, weeks: Sequence[Window], groups: Sequence[Group], dimension: Dimension
    ) -> _Sorted:
        names = tuple(dict.fromkeys(name for one, name in groups if one == dimension))
        ordered = tuple(sorted(set(weeks), key=lambda one: one.first))
        code = _codes(counting, dimension, names)
        week = _week_of_each(counting, ordered)
        inside = np.flatnonzero((week >= 0) & (code >= 0))
        cells = len(ordered) * len(names)
        # Numbers of 16 bits are sorted many times faster than longer ones.
        kind = np.int16 if cells <= np.iinfo(np.int16).max else np.int32
        cell = (week[inside] * len(names) + code[inside]).astype(kind)
        order = np.argsort(cell, kind="stable")
        return cls(
            names=names,
            weeks=ordered,
            code=code,
            positions=inside[order],
            edges=np.concatenate(([0], np.cumsum(np.bincount(cell, minlength=cells)))),
        )

    def chosen(self, week: Window, name: str) -> Positions:
        """The orders of one week and group, ascending."""
        at = self.weeks.index(week) * len(self.names) + self.names.index(name)
        return self.positions[self.edges[at] : self.edges[at + 1]]

    def any_of(self, name: str, mask: Mask) -> bool:
        """Whether any order of a group, of whatever week, is in a mask."""
        return bool((mask & (self.code == self.names.index(name))).any())


def _own(taken: Mapping[str, Taken | None], among: _Sorted, name: str) -> dict[str, Taken | None]:
    """The control figures as one group tells them: where none of its orders tells a start, by what stands in for it."""
    return {
        kpi: one.instead
        if isinstance(one, Timed) and one.tells is not None and not among.any_of(name, one.tells)
        else one
        for kpi, one in taken.items()
    }


def _codes(counting: Counting, dimension: Dimension, names: Sequence[str]) -> Codes:
    """The place among ``names`` of each order's group, -1 where it is in none."""
    if dimension == "account":
        return np.zeros(len(counting.days), dtype=np.int16)
    column = counting.orders.table[dimension].cat
    places = {name: at for at, name in enumerate(names)}
    lookup = np.array([*(places.get(str(name), -1) for name in column.categories), -1], dtype=np.int32)
    found: Codes = lookup[column.codes.to_numpy()]
    return found


def _week_of_each(counting: Counting, weeks: Sequence[Window]) -> Codes:
    """The place of each order's week, -1 where its day is in none of them."""
    if not weeks:
        return np.full(len(counting.days), -1, dtype=np.int32)
    firsts, lasts = (
        np.array([getattr(one, end) for one in weeks], dtype="datetime64[D]") for end in ("first", "last")
    )
    found = np.searchsorted(firsts, counting.days, side="right").astype(np.int32) - 1
    return np.where((found >= 0) & (counting.days <= lasts[found]), found, -1)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Cell:
    """The orders of one week and group."""

    counting: Counting
    week: Window
    group: Group
    chosen: Positions
    known: dict[tuple[str, int], Rows] = field(default_factory=dict)

    def measures(self, taken: Mapping[str, Taken | None]) -> Iterator[Measure]:
        """Each control figure that can be taken of the group."""
        for kpi in kpis().values():
            if self.group[0] not in kpi.per:
                continue
            match taken[kpi.id]:
                case Counted() as one:
                    yield self._counted(kpi, one)
                case Timed() as one:
                    yield self._timed(kpi, one)
                case None:
                    rows = Rows(rule=f"no file tells it: {kpi.needs}", orders=0)
                    yield self._made(kpi, (None, rows), (None, rows), (0, rows))

    def _counted(self, kpi: Kpi, one: Counted) -> Measure:
        of = self.chosen[one.of[self.chosen]]
        low = self.chosen[one.low[self.chosen]]
        low_rows = self._rows(low, one.words)
        high_rows, words = low_rows, one.high_words or one.words
        if one.high is not one.low:
            high = low if one.high is None else self.chosen[one.high[self.chosen]]
            same = len(high) == len(low)  # the sure ones are among the possible ones
            high_rows = replace(low_rows, rule=self._rule(words)) if same else self._rows(high, words)

        beside = 0  # orders of the upper bound that are not among those it is measured on
        if one.share and one.high is not None:
            beside = int(np.count_nonzero((one.high & ~one.of)[self.chosen]))

        def value(rows: Rows, more: int = 0) -> float | None:
            if not len(of):
                return None
            return rows.orders / (len(of) + more) if one.share else rows.orders

        return self._made(
            kpi,
            (value(low_rows), low_rows),
            (None if one.high is None else value(high_rows, beside), high_rows),
            (len(of), Rows(rule=self._rule(one.of_words), orders=len(of))),
        )

    def _timed(self, kpi: Kpi, one: Timed) -> Measure:
        known = told(one.seconds[self.chosen])
        rule = self._rule(f"{one.words}, the 90 % point")
        rows = Rows(rule=rule, orders=len(known))
        end = (point(known, _NINE_TENTHS) if len(known) else None, rows)
        return self._made(kpi, end, end, (len(known), rows))

    def _made(
        self,
        kpi: Kpi,
        low: tuple[float | None, Rows],
        high: tuple[float | None, Rows],
        of: tuple[int, Rows],
    ) -> Measure:
        dimension, name = self.group
        week = iso_week(self.week.first)
        figure = FiguresOf(f"weekly.kpi.{kpi.id}.{week}.{dimension}.{name}")
        due = Rows(rule=self._rule("orders of these days"), orders=len(self.chosen))
        return Measure(
            kpi=kpi.id,
            week=week,
            dimension=dimension,
            name=name,
            unit=kpi.unit,
            low=figure("low", low[0], kpi.unit, low[1]),
            high=figure("high", high[0], kpi.unit, high[1]),
            of=figure("of", of[0], "orders", of[1]),
            due=figure("due", due.orders, "orders", due),
        )

    def _rows(self, positions: Positions, what: str) -> Rows:
        """The rows of some of the orders; each set is looked up once."""
        key = (what, len(positions))
        if key not in self.known:
            self.known[key] = self.counting.orders.behind(positions, self._rule(what))
        return self.known[key]

    def _rule(self, what: str) -> str:
        dimension, name = self.group
        whose = "" if dimension == "account" else f", {dimension} {name}"
        return self.counting.rule_of(self.week, what + whose)
