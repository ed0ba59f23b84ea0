"""How each supplier delivered in one week: in time or not, how fast, how evenly, and against the four weeks before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np

from poa.analysis.causes.predictive import Predictive
from poa.analysis.clocked import Seconds, clocked, point, told
from poa.analysis.groups import role
from poa.analysis.rates import LATE, Counting
from poa.analysis.shares import by_name, shares
from poa.analysis.windows import Window
from poa.facts import Figure, FiguresOf, Role, Rows, Share
from poa.facts.weekly import Scorecard, Trend
from poa.orders import Mask, Numbers, Positions

FEW = 10  # orders: with fewer, a supplier's week is shown in grey and without a trend
_BEFORE = 28  # days before the week that it is compared with
_DOUBT = 0.5  # late and punctual orders added to those before: Jeffreys' prior, so that none late is not never late


def scorecards(
    counting: Counting, week: Window, *, role_of: Callable[[str], Role], coarse: frozenset[str]
) -> tuple[Scorecard, ...]:
    """Every supplier with orders in the week, in the order and with the keys of the shares of the week.

    ``role_of`` says what a name is that is no supplier; ``coarse`` names the clocks that some file tells as bare days.
    """
    own = shares(counting, week, "supplier")
    names = [str(one.name.value) for one in own]
    before = Window(
        days=_BEFORE, first=week.first - timedelta(days=_BEFORE), last=week.first - timedelta(days=1)
    )
    now, earlier = (_by_supplier(counting, span, names) for span in (week, before))
    trends = _trends(counting, now, earlier)
    times = _Times.of(counting, coarse=coarse)
    return tuple(
        _Card(counting=counting, week=week, times=times, share=share, chosen=now[at]).scorecard(
            role=role(names[at], "supplier", role_of),
            before=before,
            earlier=earlier[at],
            trend=trends[at],
        )
        for at, share in enumerate(own)
    )


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Times:
    """What the clocks say of every order; seconds are None where no time of day tells them.

    ``ordered_at`` are the suppliers of whom a file tells when they had an order. Of late orders alone no
    share and no hours are told, as they would speak of the supplier's worst days only.
    """

    dispatch_told: bool
    judged: Mask
    in_time: Mask
    ordered_at: frozenset[str]
    from_order: Seconds | None
    from_purchase: Seconds | None
    lag: Seconds | None

    @classmethod
    def of(cls, counting: Counting, *, coarse: frozenset[str]) -> _Times:
        clocks = clocked(counting, coarse=coarse)
        side = clocks.side("dispatched")
        every = counting.complete
        column = counting.orders.table["supplier"].cat
        ordered = np.unique(column.codes.to_numpy()[clocks.known("ordered")])
        return cls(
            dispatch_told=clocks.tells("dispatched"),
            judged=side.surely_in_time | side.surely_after,
            in_time=side.surely_in_time,
            ordered_at=frozenset(str(column.categories[code]) for code in ordered),
            from_order=clocks.seconds("ordered", "dispatched") if every else None,
            from_purchase=clocks.seconds("purchased", "dispatched") if every else None,
            lag=clocks.seconds("dispatched", "confirmed") if every else None,
        )

    def lead(self, name: str) -> tuple[Literal["supplier", "purchase", ""], Seconds | None]:
        """From which moment a supplier's lead time runs, and its seconds by order; blank where nothing tells it."""
        start: Literal["supplier", "purchase"] = "supplier" if name in self.ordered_at else "purchase"
        found = self.from_order if start == "supplier" else self.from_purchase
        return ("" if found is None else start, found)


def _by_supplier(counting: Counting, window: Window, names: Sequence[str]) -> list[Positions]:
    """The counted orders of a window, supplier by supplier."""
    inside = np.flatnonzero(window.holds(counting.days) & counting.counted)
    found = dict(by_name(counting, "supplier", inside))
    return [found[name] for name in names]


def _trends(counting: Counting, now: Sequence[Positions], earlier: Sequence[Positions]) -> list[Trend]:
    """Worse or better where the late orders of the week lie outside what the rate before leads to, 95 times in 100."""
    if not (counting.complete and counting.knows_late and now):
        return ["unknown"] * len(now)
    late = counting.late
    n, k = (_numbers(now, late), _numbers(earlier, late))
    orders, seen = n[0], n[1]
    a, b = k[1] + _DOUBT, k[0] - k[1] + _DOUBT
    rate, size = a / (a + b), a + b
    usual = Predictive(
        orders=orders,
        mean=orders * rate,
        variance=orders * rate * (1 - rate) * (size + orders) / (size + 1),
    )
    low, high = usual.range()
    few = (orders < FEW) | (k[0] < FEW)
    trends: list[Trend] = np.select(
        [few, seen > high, seen < low], ["unknown", "worse", "better"], "steady"
    ).tolist()
    return trends


def _numbers(groups: Sequence[Positions], late: Mask) -> tuple[Numbers, Numbers]:
    """Orders and late orders of each group."""
    return (
        np.array([len(one) for one in groups], dtype=np.int64),
        np.array([np.count_nonzero(late[one]) for one in groups], dtype=np.int64),
    )


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Card:
    """One supplier's counted orders of the week."""

    counting: Counting
    week: Window
    times: _Times
    share: Share
    chosen: Positions

    def scorecard(self, *, role: Role, before: Window, earlier: Positions, trend: Trend) -> Scorecard:
        share, counting, times = self.share, self.counting, self.times
        told_, chosen = times.dispatch_told, self.chosen
        in_time = self._count(
            "in_time", chosen[times.in_time[chosen]], "dispatched by the ship-by instant", told=told_
        )
        known = self._count(
            "dispatch_known", chosen[times.judged[chosen]], "orders whose dispatch is told", told=told_
        )
        lead_from, lead = times.lead(str(share.name.value))
        words = (
            f"hours from {'the order at the supplier' if lead_from == 'supplier' else 'purchase'} to dispatch"
        )
        return Scorecard(
            key=share.key,
            name=self._own("name", share.name),
            role=role,
            orders=self._own("orders", share.orders),
            late=self._own("late", share.late, told=counting.tells),
            rate=self._own("rate", share.rate, told=counting.knows_late),
            dispatch_known=known,
            in_time=in_time,
            on_time=self._figure(
                "on_time",
                in_time.rows.orders / known.rows.orders if counting.complete and known.value else None,
                "fraction",
                in_time.rows,
            ),
            lead_from=lead_from,
            lead_time=self._hours("lead_time", lead, f"{words}, the median", 50),
            lead_time_p90=self._hours("lead_time_p90", lead, f"{words}, the 90 % point", 90),
            spread=self._hours("spread", lead, f"{words}, the 90 % point less the 10 % point", 90, less=10),
            tracking_lag=self._hours(
                "tracking_lag", times.lag, "hours from dispatch to confirmation, the median", 50
            ),
            orders_before=self._count(
                "orders_before", earlier, counting.orders_rule, before, told=counting.complete
            ),
            late_before=self._count(
                "late_before",
                earlier[counting.late[earlier]],
                LATE,
                before,
                told=counting.tells,
            ),
            trend=trend,
            few=len(self.chosen) < FEW,
        )

    def _hours(
        self, what: str, seconds: Seconds | None, words: str, percent: int, *, less: int = 0
    ) -> Figure:
        """A percentile of the orders that tell their hours, ``less`` another one; None where none tells."""
        known = told(seconds[self.chosen]) if seconds is not None else np.empty(0, dtype=np.int64)
        rows = Rows(rule=self._rule(words, self.week), orders=len(known))
        hours = None
        if len(known):
            hours = point(known, percent) - (point(known, less) if less else 0)
        return self._figure(what, hours, "hours", rows)

    def _count(
        self, what: str, chosen: Positions, words: str, window: Window | None = None, *, told: bool = True
    ) -> Figure:
        rows = self.counting.orders.behind(chosen, self._rule(words, window or self.week))
        return self._figure(what, rows.orders if told else None, "orders", rows)

    def _rule(self, words: str, window: Window) -> str:
        return self.counting.rule_of(window, f"{words}, supplier {self.share.name.value}")

    def _own(self, what: str, figure: Figure, *, told: bool = True) -> Figure:
        return self._figure(what, figure.value if told else None, figure.unit, figure.rows)

    @property
    def _figure(self) -> FiguresOf:
        return FiguresOf(f"weekly.scorecard.{self.share.key}")
