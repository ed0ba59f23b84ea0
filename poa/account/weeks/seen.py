"""The files of an account as the end of a week knew them: what came later is not told yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from poa.account import counted_facts
from poa.account.counted import Counted, counted
from poa.account.joined import Account, Joined, Unjoined, check_strict, joined, unjoined
from poa.account.standing_out import coarse_clocks, role_in
from poa.account.weeks.happening import Happened, happened
from poa.analysis.rates import Counting
from poa.analysis.weeks import cut_off, iso_week, week_of, week_window
from poa.analysis.windows import Days, Window, local_days
from poa.doing import Doing, Tell
from poa.errors import UsageFault
from poa.facts import Facts, Figure, Rate, Rows, StatedRate
from poa.orders import Mask, Orders

_BEFORE = 28  # days before a week that it is compared with
_Instants: TypeAlias = "npt.NDArray[np.datetime64[Any]]"  # numpy knows the brackets since 2.4


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class ByDay:
    """The orders that have a day, in the order of their days: any week is counted again without looking at the others.

    ``late_since`` is the first confirmation that made an order late, NaT where none did; ``on_time`` marks the other orders that are
    counted, ``confirmed`` and ``purchased`` are their latest instants (UTC).
    """

    days: Days
    late_since: _Instants
    on_time: Mask
    confirmed: _Instants
    purchased: _Instants
    complete: bool

    def recount(self, span: Window, moment: datetime) -> tuple[int | None, int]:
        """Orders and late orders of some days as known at a moment; orders are None where no file lists every order."""
        first, last = np.datetime64(span.first, "D"), np.datetime64(span.last, "D")
        inside = slice(
            int(np.searchsorted(self.days, first)), int(np.searchsorted(self.days, last, side="right"))
        )
        at = np.datetime64(moment.astimezone(UTC).replace(tzinfo=None))
        late = self.late_since[inside] <= at
        number = int(np.count_nonzero(late))
        if not self.complete:
            return None, number
        later = (self.confirmed[inside] > at) | (self.purchased[inside] > at)
        return number + int(np.count_nonzero(self.on_time[inside] & ~later & ~late)), number


@dataclass(frozen=True, eq=False, kw_only=True)
class Seen:
    """One week: its days, the moment at which it is looked at (with the store's offset), and what was known then.

    ``whole`` is false where the rows end before its last day does, ``account`` says of it what is asked at that moment.
    """

    week: str
    window: Window
    moment: datetime
    whole: bool
    account: Account
    joined: Joined
    counted: Counted
    happened: Happened
    by_day: ByDay

    @property
    def until(self) -> date:
        """The last day that the page knows: the week's, or that on which the rows end."""
        return self.counted.as_of

    def last_day(self, name: str) -> Figure:
        """That day as a figure of this name."""
        rows = Rows(rule="the last day that the rows tell of", orders=0)
        return Figure(id=name, value=self.until.isoformat(), unit="day", rows=rows)

    @cached_property
    def facts(self) -> Facts:
        """All facts of the moment; a week that is only filled into the history needs none but its rates."""
        return counted_facts(self.account, self.joined, self.counted)

    @cached_property
    def recent(self) -> Counting:
        """The orders of the week, of the four before it, and of the days after it."""
        return _recent(self.counted.counting, since=self.window.first - timedelta(days=_BEFORE))

    @cached_property
    def rates(self) -> tuple[Rate, ...]:
        """The rate of each window."""
        return tuple(map(self.counted.rate, self.counted.windows))


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class AccountWeeks:
    """An account's rows; ``latest`` is the last purchase or confirmation that they tell of, ``first`` and ``last`` ship-by days."""

    account: Account
    read: Unjoined
    latest: datetime
    first: date
    last: date

    @property
    def zone(self) -> str:
        """The store's zone."""
        return self.read.store.zone

    @property
    def until(self) -> date:
        """The day of the last purchase or confirmation."""
        return self.latest.astimezone(ZoneInfo(self.zone)).date()

    @property
    def latest_week(self) -> str:
        """The week that the rows end in, whole or not."""
        return iso_week(week_of(self.until).first)

    @property
    def newest(self) -> Window:
        """The last week that the rows cover to its Sunday; the one that they are in, where there is no earlier."""
        day = self.until
        week = week_of(day)
        if day < week.last and self.first < week.first:
            week = week_of(week.first - timedelta(days=1))
        return week

    def chosen(self, name: str) -> Window:
        """A week by its name; raises UsageFault for one that the rows do not speak of."""
        week = week_window(name)
        if week.last < self.first or week.first > self.until:
            raise UsageFault(
                "no_such_week",
                f"The rows tell of {self.first} to {self.until}, and {name} is {week.first} to {week.last}.",
                hint="Choose another --week, or hand in the reports of those days.",
            )
        return week

    def moment(self, week: Window) -> tuple[datetime, bool]:
        """When a week is looked at: its end, or the end of the rows where that is before its last day."""
        zone = ZoneInfo(self.zone)
        end = cut_off(week, self.zone)
        latest = self.latest.astimezone(zone)
        if self.account.now is not None and self.account.now < end:
            return self.account.now.astimezone(zone), self.account.now.astimezone(zone).date() >= week.last
        return (end, True) if latest.date() >= week.last else (latest, False)

    def seen(self, name: str, week: Window) -> Seen:
        """The week as known at its end; raises UsageFault where nothing of it can be counted."""
        moment, whole = self.moment(week)
        rows = _of_days(joined(self.read, until=moment), until=min(moment.date(), week.last))
        # As everywhere, days without an order due by their end are not told of.
        as_of = week.last if whole else max(week.first, min(moment.date(), self.last))
        account = replace(self.account, as_of=as_of, now=moment, letter_date=None, week=name)
        found = counted(account, rows)
        return Seen(
            week=name,
            window=week,
            moment=moment,
            whole=whole,
            account=account,
            joined=rows,
            counted=found,
            by_day=by_day(found.counting),
            happened=happened(
                found.counting,
                longest=found.windows[0],
                week=replace(week, last=as_of),
                coarse=coarse_clocks(rows),
                role_of=role_in(account),
            ),
        )


def open_weeks(account: Account, *, tell: Tell) -> AccountWeeks:
    """Read an account's files; raises what ``unjoined`` raises, UsageFault where no row has a day."""
    read = unjoined(
        replace(account, away=None), tell=tell
    )  # a page asks what each order was known to be, and when
    check_strict(account, [row for one in read.gathered.files if one.read for row in one.read.problems])
    tell(Doing("Counting"))
    rows = read.apart.pooled.rows
    due = rows["ship_by"].dropna()
    events = pd.Series([rows[name].max() for name in ("purchased", "ship_confirmed")]).dropna()
    if not len(due):
        raise UsageFault(
            "no_window_day",
            "No order has a ship-by day, so none belongs to a week.",
            hint="Add a report that holds ship-by dates.",
        )
    days = local_days(pd.Series([due.min(), due.max()]), zone=read.store.zone)
    latest = events.max() if len(events) else due.max()
    return AccountWeeks(
        account=account,
        read=read,
        latest=latest.to_pydatetime(),
        first=days[0].astype("datetime64[D]").item(),
        last=days[1].astype("datetime64[D]").item(),
    )


def _of_days(rows: Joined, *, until: date) -> Joined:
    """What Amazon states of days up to then."""
    return replace(
        rows,
        stated=tuple(
            one
            for one in rows.stated
            if (date.fromisoformat(str(one.to.value)) if isinstance(one, StatedRate) else one.last) <= until
        ),
    )


def _recent(counting: Counting, *, since: date) -> Counting:
    """The same counting with the orders due on a day or later, their rows and their order kept."""
    chosen = np.flatnonzero(counting.days >= np.datetime64(since, "D"))
    if len(chosen) == len(counting.days):
        return counting
    return replace(
        counting,
        orders=_some(counting.orders, chosen.astype(np.int64)),
        days=counting.days[chosen],
        overdue=counting.overdue[chosen],
    )


def _some(orders: Orders, chosen: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Orders:
    """Some orders of the table, by their positions ascending."""
    first = orders.row_start[chosen].astype(np.int64)
    counts = orders.row_start[chosen + 1] - first
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    rows = orders.rows[np.arange(starts[-1]) + np.repeat(first - starts[:-1], counts)]
    lines = orders.late_lines
    lines = lines[np.isin(lines.index.to_numpy(), chosen)]
    return replace(
        orders,
        table=orders.table.iloc[chosen].reset_index(drop=True),
        late_lines=lines.set_index(np.searchsorted(chosen, lines.index.to_numpy())),
        rows=rows,
        row_start=starts,
    )


def by_day(counting: Counting) -> ByDay:
    """The counted orders by their day."""
    table = counting.orders.table
    order = np.argsort(counting.days, kind="stable")
    order = order[: len(order) - counting.without_day]  # NaT stands last

    def instants(name: str) -> _Instants:
        found: _Instants = table[name].to_numpy(dtype="datetime64[ns]")[order]
        return found

    return ByDay(
        days=counting.days[order],
        late_since=instants("late_since"),
        on_time=(counting.counted & ~counting.late)[order],
        confirmed=instants("ship_confirmed"),
        purchased=instants("purchased"),
        complete=counting.complete,
    )
