"""When the rate is under its target again, under each scenario, and what the coming week can bear: as facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from poa.analysis.causes.standing import StandsOut, spared_in
from poa.analysis.looking import Looked
from poa.analysis.projection import (
    HORIZON,
    WEEK,
    Outlook,
    Stream,
    breach,
    most_late,
    orders_needed,
    outlook,
)
from poa.analysis.rates import Counting
from poa.analysis.windows import Window
from poa.facts import Budget, Cause, Day, Figure, FiguresOf, Projection, Rows, Scenario
from poa.orders import Mask

_LEARN_DAYS = 28  # of the volume of each weekday
_RATE_DAYS = 10  # of the current rate


@dataclass(frozen=True, slots=True)
class _Scenario:
    name: Scenario
    about: int | None  # which cause
    streams: tuple[Stream, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Recovery:
    """What the projection starts from: the past day by day with overdue orders in it, and what will come."""

    looked: Looked
    counting: Counting
    windows: Sequence[Window]
    days: Sequence[Day]

    @property
    def as_of(self) -> date:
        """The last day of the windows."""
        return self.windows[0].last

    @cached_property
    def past(self) -> list[tuple[int, int]]:
        """Orders and late orders of each day; an order that is past due will be late when it is confirmed."""
        longest = max(window.days or 0 for window in self.windows)
        first = self.as_of - timedelta(days=longest - 1)
        known = {day.day: (day.orders, day.late) for day in self.days}
        days = [first + timedelta(days=number) for number in range(longest)]
        told = [(*known.get(day, (0, 0)), self._overdue.get(day, 0)) for day in days]
        return [(orders + overdue, late + overdue) for orders, late, overdue in told]

    @cached_property
    def _overdue(self) -> dict[date, int]:
        """Orders past their ship-by time and not confirmed, by day."""
        due = self.counting.days[self.counting.overdue]
        days, counts = np.unique(due[~np.isnat(due)].astype("datetime64[D]"), return_counts=True)
        return dict(zip(days.tolist(), counts.tolist(), strict=True))

    def overdue(self, length: int) -> int:
        """How many of them lie in the window of so many days."""
        first = self.as_of - timedelta(days=length - 1)
        return sum(count for day, count in self._overdue.items() if first <= day <= self.as_of)

    def coming(self, members: Mask) -> list[float]:
        """Orders to expect on each coming day: the mean of its weekday in the last four weeks."""
        cells = self.looked.cells
        length = min(_LEARN_DAYS, cells.end + 1)
        counts = cells.per_day(members)[0][cells.end + 1 - length :]
        day_of_week = (np.arange(length) - length) % 7  # how long after the as-of day's weekday, backwards
        means = [
            float(counts[day_of_week == weekday].mean())
            if (day_of_week == weekday).any()
            else float(counts.mean())
            for weekday in range(7)
        ]
        return [means[number % 7] for number in range(HORIZON)]

    def current(self, members: Mask) -> tuple[float, float]:
        """The late rate of some orders in the last ten days, and the late orders that it was learnt from."""
        cells = self.looked.cells
        recent = members & (cells.day > cells.end - _RATE_DAYS)
        orders, late = cells.count(recent), cells.count(recent & cells.late)
        return (late / orders if orders else 0.0), float(late)


def budgets(recovery: Recovery) -> tuple[Budget, ...]:
    """What each window can bear now, and in the coming week."""
    return tuple(_budget(recovery, window) for window in recovery.windows)


def _budget(recovery: Recovery, window: Window) -> Budget:
    rule, counting = recovery.counting.rule, recovery.counting
    length = window.days or 0
    past = recovery.past[-length:]
    orders, late = sum(day[0] for day in past), sum(day[1] for day in past)
    every = np.ones(len(recovery.looked.cells.day), dtype=bool)
    stream = Stream(orders=recovery.coming(every), rate=0.0, known_late=1.0)
    ahead = outlook(recovery.past, [stream], length=length, spread=1.0, rule=rule)
    missed = breach(recovery.days, length, rule)
    rows = Rows(
        rule=counting.rule_of(window, "counted orders, and those past due, which will be late"), orders=orders
    )
    figure = FiguresOf(f"budgets.{length}", rows)
    return Budget(
        window_days=length,
        orders=figure("orders", orders, "orders"),
        late=figure("late", late, "orders"),
        overdue=figure("overdue", recovery.overdue(length), "orders"),
        allowed=figure("allowed", max(0, most_late(orders, rule)), "orders"),
        orders_needed=figure("orders_needed", orders_needed(late, orders, rule), "orders"),
        week_orders=figure("week_orders", round(sum(stream.orders[:WEEK])), "orders"),
        week_spare=figure("week_spare", ahead.spare, "orders"),
        missed_since=figure("missed_since", missed.since.isoformat() if missed else None, "day"),
        or_before=bool(missed and missed.open_ended),
        clean_after=figure("clean_after", (recovery.as_of + timedelta(days=length)).isoformat(), "day"),
    )


def projections(recovery: Recovery, causes: Sequence[Cause]) -> tuple[Projection, ...]:
    """Every scenario for every window: zero late, the current rate, and for each cause its end or its pause."""
    spread = recovery.looked.named.yardstick.spread["account"]
    found = []
    for window in recovery.windows:
        for scenario in _scenarios(recovery):
            seen = outlook(
                recovery.past,
                scenario.streams,
                length=window.days or 0,
                spread=spread,
                rule=recovery.counting.rule,
            )
            found.append(_projection(recovery, window, scenario, seen, causes))
    return tuple(found)


def _scenarios(recovery: Recovery) -> Iterator[_Scenario]:
    cells = recovery.looked.cells
    every = np.ones(len(cells.day), dtype=bool)
    rate, known = recovery.current(every)
    coming = recovery.coming(every)
    yield _Scenario("zero_late", None, (Stream(orders=coming, rate=0.0, known_late=1.0),))
    yield _Scenario("current_rate", None, (Stream(orders=coming, rate=rate, known_late=known),))
    causes = recovery.looked.named.causes
    if len(causes) > 1:
        yield _Scenario("usual_rate", None, (_all_usual(recovery, coming),))
    for number, (one, _) in enumerate(causes):
        yield from _of_cause(recovery, number, one)


def _all_usual(recovery: Recovery, coming: list[float]) -> Stream:
    """All orders at the rate that is usual without any of the causes."""
    yardstick = recovery.looked.named.yardstick
    orders, plain = int(yardstick.orders.sum()), yardstick.plain("account")
    if plain is None:  # without history: what no cause has a hand in
        outside = spared_in(yardstick, recovery.looked.named.extras) == 1.0
        orders, late = int((yardstick.orders * outside).sum()), float((yardstick.late * outside).sum())
    else:
        late = float(plain.sum())
    return Stream(orders=coming, rate=late / orders if orders else 0.0, known_late=max(late, 1.0))


def _of_cause(recovery: Recovery, number: int, one: StandsOut) -> Iterator[_Scenario]:
    """A cause back at its usual rate; a supplier, carrier or SKU paused, its orders gone or moved to the others."""
    cells = recovery.looked.cells
    members = cells.members(one.group.dimension, one.group.number)
    usual = one.usual / one.orders if one.orders else 0.0
    mine = Stream(orders=recovery.coming(members), rate=usual, known_late=max(one.usual, 1.0))
    if one.group.dimension == "account":
        yield _Scenario("usual_rate", number, (mine,))
        return
    rate, known = recovery.current(~members)
    others = Stream(orders=recovery.coming(~members), rate=rate, known_late=known)
    yield _Scenario("usual_rate", number, (mine, others))
    placed = _placed(recovery, one)
    own_rate, own_known = recovery.current(members)
    already = Stream(orders=placed, rate=own_rate, known_late=own_known)
    yield _Scenario("paused", number, (already, others))
    moved = [max(0.0, gone - there) for gone, there in zip(mine.orders, placed, strict=True)]
    more = [ours + new for ours, new in zip(others.orders, moved, strict=True)]
    yield _Scenario("paused_moved", number, (already, Stream(orders=more, rate=rate, known_late=known)))


def _placed(recovery: Recovery, one: StandsOut) -> list[float]:
    """Orders that are already with the cause and not confirmed yet, by the coming day on which they are due."""
    counting, cells = recovery.counting, recovery.looked.cells
    dimension = one.group.dimension
    table = counting.orders.table
    name = cells.names[dimension][one.group.number]
    waiting = table["open"].to_numpy() & ~counting.confirmed & ~counting.overdue
    waiting &= (table[dimension] == name).to_numpy()
    ahead = (counting.days[waiting] - np.datetime64(recovery.as_of, "D")).astype(np.int64)
    placed = np.bincount(ahead[(ahead >= 1) & (ahead <= HORIZON)] - 1, minlength=HORIZON)
    return [float(orders) for orders in placed]


def _projection(
    recovery: Recovery, window: Window, scenario: _Scenario, seen: Outlook, causes: Sequence[Cause]
) -> Projection:
    about = None if scenario.about is None else causes[scenario.about]
    place = "" if scenario.about is None else f".{scenario.about}"
    rows = Rows(
        rule=f"{window.days} days ahead of {recovery.as_of}: scenario {scenario.name}"
        + (f" of {about.name.value}" if about else ""),
        orders=seen.ahead[0].past_orders,
    )
    figure = FiguresOf(f"projection.{window.key}.{scenario.name}{place}", rows)

    def day(what: str, ahead: int | None) -> Figure:
        return figure(
            what, None if ahead is None else (recovery.as_of + timedelta(days=ahead)).isoformat(), "day"
        )

    return Projection(
        scenario=scenario.name,
        dimension=about.dimension if about else None,
        name=str(about.name.value) if about else None,
        window_days=window.days or 0,
        optimistic=day("optimistic", seen.optimistic),
        likely=day("likely", seen.likely),
        cautious=day("cautious", seen.cautious),
        spare=figure("spare", seen.spare, "orders"),
        path=tuple(
            (one.past_late + late) / one.orders if one.orders else None
            for one, late in zip(seen.ahead, seen.expected, strict=True)
        ),
    )
