"""The other shipping rates: cancellation, valid tracking, on-time delivery, where a file gives them.

Amazon's own figures come first and are shown, never judged again. A rate is counted from rows only
where they list all that it is counted of; where they cannot, it is said which file would give it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from poa.analysis.rates import Counting
from poa.analysis.windows import local_days
from poa.facts import FiguresOf, MissingRate, OtherRate, Rows, StatedMetric, Unit
from poa.policy import OtherRule, other_rules
from poa.words import said


def other_rates(
    counting: Counting,
    *,
    stated: Sequence[StatedMetric],
    packages: Sequence[pd.DataFrame],
    cancelled: pd.DataFrame,
    states: bool,
    store: str,
    as_of: date,
) -> tuple[tuple[OtherRate, ...], tuple[MissingRate, ...]]:
    """The rates that can be given, and those that cannot.

    ``packages`` are rows of valid tracking reports, ``cancelled`` the rows of cancelled orders;
    ``states`` is true where a file that lists every order says which were cancelled.
    """
    found: list[OtherRate] = []
    missing: list[MissingRate] = []
    counted: dict[str, Callable[[OtherRule], OtherRate | None]] = {
        "valid_tracking_rate": lambda rule: _valid_tracking(rule, packages),
        "on_time_delivery_rate": lambda rule: _delivery(rule, counting, as_of=as_of),
    }
    if states:
        counted["cancellation_rate"] = lambda rule: _cancellation(rule, counting, cancelled, as_of=as_of)
    for rule in other_rules(store):
        rates = [_by_amazon(rule, one) for one in stated if one.metric == rule.metric]
        own = counted[rule.metric](rule) if not rates and rule.metric in counted else None
        if own is not None:
            rates = [own]
        found += rates
        if not rates:
            missing.append(MissingRate(metric=rule.metric, gives=said(rule.gives)))
    return tuple(found), tuple(missing)


def _by_amazon(rule: OtherRule, one: StatedMetric) -> OtherRate:
    told = Rows(rule=f"stated by Amazon in {one.told_by}", orders=0)
    return _rate(
        rule,
        count=one.count,
        of=one.of,
        rows=(told, told),
        days=(one.first, one.last),
        status=one.status,
        told_by="amazon",
        remark=said("as Amazon states it, not counted again"),
    )


def _cancellation(
    rule: OtherRule, counting: Counting, cancelled: pd.DataFrame, *, as_of: date
) -> OtherRate | None:
    """Orders bought in the window that were cancelled, of all that were bought in it."""
    first = as_of - timedelta(days=rule.windows_days[0] - 1)
    told = "buyer_cancelled" in cancelled
    groups = cancelled.groupby("key", sort=False)
    lost = groups[["purchased"]].first()
    if told:
        lost["by_buyer"] = says_yes(cancelled["buyer_cancelled"]).groupby(cancelled["key"]).any()
    days = local_days(counting.orders.table["purchased"], zone=counting.zone)
    kept = np.flatnonzero(_within(days, first, as_of))
    inside = lost[_within(local_days(lost["purchased"], zone=counting.zone), first, as_of)]
    count = int(np.count_nonzero(~inside["by_buyer"])) if told else len(inside)
    of = counting.orders.count(kept) + len(inside)
    if not of:
        return None
    span = f"bought from {first} to {as_of} ({counting.zone})"
    return _rate(
        rule,
        count=count,
        of=of,
        rows=(
            Rows(rule=f"cancelled orders {span}", orders=count),
            counting.orders.behind(kept, f"orders {span}, beside {len(inside)} cancelled ones"),
        ),
        days=(first, as_of),
        told_by="rows",
        remark="" if told else said("at most: the rows do not say which of them the buyer asked to cancel"),
        at_most=not told,
    )


def _valid_tracking(rule: OtherRule, packages: Sequence[pd.DataFrame]) -> OtherRate | None:
    """Packages with valid tracking, where the report lists valid ones too; else it lists defects only."""
    if not packages:
        return None
    told = pd.concat([_valid(frame) for frame in packages], ignore_index=True)
    # A package without a number is one of its own; one that is told in two ways is valid in neither.
    number = told["tracking_number"].fillna("").str.strip()
    own = np.where((number != "").to_numpy(), number.to_numpy(), told.index.to_numpy().astype(str))
    marks = told["valid"].groupby(own).all().to_numpy()
    valid, of = int(np.count_nonzero(marks)), len(marks)
    if not valid:
        return None
    every = Rows(rule="packages of the valid tracking report, all days of it", orders=of)
    return _rate(
        rule,
        count=valid,
        of=of,
        rows=(Rows(rule="packages with valid tracking", orders=valid), every),
        days=None,
        told_by="rows",
        remark=said("all days and categories of the file together; Amazon judges each category by itself"),
    )


def says_yes(words: pd.Series[str]) -> pd.Series[bool]:
    """Which cells of a column of marks say yes, as Amazon's reports write it."""
    return words.astype(str).str.strip().str.casefold().isin(["yes", "true", "y", "1"])


def _valid(frame: pd.DataFrame) -> pd.DataFrame:
    if "valid_tracking" in frame:
        valid = says_yes(frame["valid_tracking"])
    else:  # the German layout marks what is not valid
        valid = frame["tracking_invalid"].astype(str).str.strip() == ""
    return pd.DataFrame({"tracking_number": frame["tracking_number"], "valid": valid.to_numpy()})


def _delivery(rule: OtherRule, counting: Counting, *, as_of: date) -> OtherRate | None:
    """Orders delivered by their deliver-by time, where a file lists every order with both times."""
    table = counting.orders.table
    if not counting.complete or not {"deliver_by", "delivered"} <= set(table.columns):
        return None
    last = as_of - timedelta(days=rule.ends_days_ago)
    first = last - timedelta(days=rule.windows_days[0] - 1)
    due = _within(local_days(table["deliver_by"], zone=counting.zone), first, last)
    told = due & table["delivered"].notna().to_numpy()
    count = counting.orders.count
    if not told.any() or count(due & ~told) * 2 > count(due):
        return None
    in_time = told & (table["delivered"] <= table["deliver_by"]).to_numpy()
    span = f"deliver-by day from {first} to {last} ({counting.zone})"
    return _rate(
        rule,
        count=count(in_time),
        of=count(told),
        rows=(
            counting.orders.behind(np.flatnonzero(in_time), f"delivered in time, {span}"),
            counting.orders.behind(np.flatnonzero(told), f"delivered, {span}"),
        ),
        days=(first, last),
        told_by="rows",
        remark=said("counted in orders, where Amazon counts units; the promised day may hold an extension"),
        unit="orders",
        judge=False,
    )


def _within(days: np.ndarray[tuple[int], np.dtype[np.datetime64]], first: date, last: date) -> np.ndarray:
    return (days >= np.datetime64(first, "D")) & (days <= np.datetime64(last, "D"))


def _rate(
    rule: OtherRule,
    *,
    count: int,
    of: int,
    rows: tuple[Rows, Rows],
    days: tuple[date, date] | None,
    told_by: str,
    remark: str,
    status: str = "",
    unit: Unit | None = None,
    at_most: bool = False,
    judge: bool = True,
) -> OtherRate:
    """A rate as facts; one that is only an upper bound is judged only where it meets the target."""
    length = (days[1] - days[0]).days + 1 if days else None
    figure = FiguresOf(f"{rule.metric}.{length or 'all'}")
    met = rule.met(count=count, of=of) if of and told_by == "rows" and judge else None
    return OtherRate(
        metric=rule.metric,
        unit=unit or rule.unit,
        window_days=length,
        from_=figure("from", days[0].isoformat(), "day", rows[1]) if days else None,
        to=figure("to", days[1].isoformat(), "day", rows[1]) if days else None,
        count=figure("count", count, unit or rule.unit, rows[0]),
        of=figure("of", of, unit or rule.unit, rows[1]),
        rate=figure("rate", count / of if of else None, "fraction", rows[0]),
        target=figure("target", float(rule.target), "fraction", Rows(rule=rule.source, orders=0)),
        condition=rule.condition,
        meets_target=None if at_most and not met else met,
        status=status,
        told_by=told_by,
        remark=remark,
        source=f"{rule.source}, as of {rule.as_of}",
    )
