"""Incidents: days on which late orders gathered, with what was usual for them, and which cause began first.

The days of the named causes, joined where they overlap; and where late orders of the whole account
gathered on days that no cause covers, these too, if so many are too many for chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from poa.analysis.causes.predictive import Predictive
from poa.analysis.causes.search import ALPHA
from poa.analysis.causes.spans import Span, span
from poa.analysis.causes.standing import LEAST_LATE, spared_in
from poa.analysis.causes.usual import OwnHistory
from poa.analysis.looking import Looked
from poa.analysis.named_causes import spans_of
from poa.analysis.rates import LATE, Counting
from poa.facts import Cause, FiguresOf, Incident, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    first: int
    last: int
    running: bool
    causes: tuple[int, ...]


def incidents(looked: Looked, counting: Counting, causes: Sequence[Cause]) -> tuple[Incident, ...]:
    """Each incident of the window, the earliest first."""
    kinds = [kind for _, kind in looked.named.causes]
    # Where the mix moved, no day was later than is usual for those who shipped.
    changed = [one if kind == "changed" else None for one, kind in zip(spans_of(looked), kinds, strict=True)]
    found = list(_joined(changed))
    alone = _of_account(looked)
    if alone and not any(one.first <= alone.end and alone.first <= one.last for one in found):
        found.append(_Days(first=alone.first, last=alone.end, running=alone.running, causes=()))
    found.sort(key=lambda one: one.first)
    return tuple(_incident(looked, counting, number, one, causes) for number, one in enumerate(found))


def _joined(spans: Sequence[Span | None]) -> Iterator[_Days]:
    """Spans that overlap, as one; the causes of each in the order in which they began."""
    known = sorted((one.likely, number, one) for number, one in enumerate(spans) if one is not None)
    group: list[tuple[int, Span]] = []
    for _, number, one in known:
        if group and one.likely > max(before.end for _, before in group) + 1:
            yield _as_one(group)
            group = []
        group.append((number, one))
    if group:
        yield _as_one(group)


def _as_one(group: Sequence[tuple[int, Span]]) -> _Days:
    return _Days(
        first=min(one.likely for _, one in group),
        last=max(one.end for _, one in group),
        running=any(one.running for _, one in group),
        causes=tuple(number for number, _ in group),
    )


def _of_account(looked: Looked) -> Span | None:
    """Days on which the whole account was late beyond chance, whichever of all ranges of days they are."""
    cells, yardstick = looked.cells, looked.named.yardstick
    if not isinstance(yardstick, OwnHistory) or looked.named.compared != "own_history":
        return None
    orders, late = cells.per_day(np.ones(len(cells.day), dtype=bool))
    found = span(orders, late, spread=yardstick.spread["account"], until=cells.window)
    if found is None or found.first < cells.window:
        return None
    days = slice(found.first, found.end + 1)
    expected = _expected(looked, found.first, found.end)
    variance = yardstick.spread["account"] * expected + expected**2 * yardstick.unsure("account")[0]
    n, k = orders[days].sum(), late[days].sum()
    tail = Predictive(np.array([n]), np.array([expected]), np.array([variance])).tail(np.array([k]))[0]
    length = cells.end - cells.window + 1
    ranges = length * (length + 1) // 2
    return found if tail * ranges <= ALPHA and k - expected >= LEAST_LATE else None


def _expected(looked: Looked, first: int, last: int) -> float:
    """Usual late orders of the account on these days."""
    orders, _ = looked.cells.counts(first, last)
    yardstick = looked.named.yardstick
    if isinstance(yardstick, OwnHistory):
        rates = yardstick.rates("account", np.ones(yardstick.orders.shape))
        if rates is not None:
            return float((orders * rates).sum())
    clear = spared_in(yardstick, looked.named.extras) == 1.0  # what no cause has a hand in
    known = max(int((yardstick.orders * clear).sum()), 1)
    return float(orders.sum() * (yardstick.late * clear).sum() / known)


def _incident(
    looked: Looked, counting: Counting, number: int, days: _Days, causes: Sequence[Cause]
) -> Incident:
    cells = looked.cells
    inside = (cells.day >= days.first) & (cells.day <= days.last)
    first, last = looked.day(days.first), looked.day(days.last)
    words = f"{counting.by} day from {first} to {last}"
    rows = counting.orders.behind(looked.positions[inside & cells.late].astype(np.intp), f"{LATE}, {words}")
    orders, late = (part[days.first : days.last + 1] for part in cells.per_day(inside))
    rates = late / np.maximum(orders, 1)
    peak = min(range(len(orders)), key=lambda at: (-int(late[at]), -float(rates[at]), at))
    figure, every = FiguresOf(f"incidents.{number}", rows), int(orders.sum())
    return Incident(
        from_=figure("from", first.isoformat(), "day"),
        to=figure("to", last.isoformat(), "day"),
        running=days.running,
        orders=figure("orders", every, "orders", Rows(rule=f"counted orders, {words}", orders=every)),
        late=figure("late", rows.orders, "orders"),
        expected=figure("expected", _expected(looked, days.first, days.last), "about"),
        peak_day=figure("peak_day", looked.day(days.first + peak).isoformat(), "day"),
        peak_rate=figure("peak_rate", float(rates[peak]), "fraction"),
        trigger=causes[days.causes[0]].name if days.causes else None,
        causes=days.causes,
    )
