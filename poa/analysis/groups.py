"""Each group beside what is usual for it: range, excess, verdict, and its part in the change of the rate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction

import numpy as np

from poa.analysis.causes.cells import Dimension
from poa.analysis.causes.change import Counts, excess, split
from poa.analysis.causes.naming import Named
from poa.analysis.causes.standing import LEAST_LATE, predicted, spared_in
from poa.analysis.causes.usual import OwnHistory
from poa.analysis.looking import Looked
from poa.analysis.rates import Counting
from poa.analysis.shares import TABLE_ROWS, TOO_FEW, shares
from poa.analysis.windows import Window
from poa.facts import FiguresOf, Group, Kind, Ranking, Role, Rows, Share, Together, Verdict
from poa.orders import NOT_STATED, SEVERAL, Numbers

OWN_BASELINE = 50  # orders of history that make a baseline of a group's own

_SHARED = tuple(field.name for field in fields(Share))
_PART = 3  # a cause explains what is unusual of a group where it holds one in so many of its late orders
_ROWS = {"supplier": TABLE_ROWS, "carrier": 5, "sku": 5}  # of a table; causes beyond them are shown as well


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What a group's late orders are measured against: a rate, in words whose it is, and whether it is its own."""

    rate: Fraction | None
    whose: str
    own: bool = False


def counts_of(looked: Looked, dimension: Dimension) -> tuple[Counts, ...]:
    """Late orders and orders of each group of a dimension, before and now."""
    yardstick = looked.named.yardstick
    orders, late = (part.sum(axis=1).tolist() for part in yardstick.counts(dimension))
    orders_before = late_before = [0] * len(orders)
    if isinstance(yardstick, OwnHistory):
        orders_before, late_before = (
            looked.cells.gathered(dimension, part)[:, 0].astype(np.int64).tolist() for part in yardstick.past
        )
    return tuple(
        Counts(orders_before=n0, late_before=k0, orders=n, late=k)
        for n0, k0, n, k in zip(orders_before, late_before, orders, late, strict=True)
    )


def baseline_of(looked: Looked, one: Counts, every: Counts) -> Baseline:
    """The baseline of a group, ``every`` being the counts of the account."""
    if looked.named.compared == "others":
        orders, late = every.orders - one.orders, every.late - one.late
        return Baseline(rate=Fraction(late, orders) if orders else None, whose="the rate of the others")
    if one.orders_before >= OWN_BASELINE:
        return Baseline(
            rate=Fraction(one.late_before, one.orders_before), whose="its own rate before", own=True
        )
    return Baseline(
        rate=Fraction(every.late_before, every.orders_before) if every.orders_before else None,
        whose="the account's rate before",
    )


def groups(
    looked: Looked, counting: Counting, window: Window, *, role_of: Callable[[str], Role]
) -> dict[Dimension, tuple[Group, ...]]:
    """Every group of each dimension that the rows state, most late orders first."""
    return {
        dimension: tuple(_groups(looked, counting, window, dimension, role_of))
        for dimension in looked.cells.dimensions
        if dimension != "account" or looked.named.compared != "others"
    }


def _groups(
    looked: Looked, counting: Counting, window: Window, dimension: Dimension, role_of: Callable[[str], Role]
) -> Iterator[Group]:
    numbers = {name: at for at, name in enumerate(looked.cells.names[dimension])}
    counts, every = counts_of(looked, dimension), counts_of(looked, "account")[0]
    ranges, history = _ranges(looked, dimension), _history_words(looked)
    compares = dimension == "supplier" and looked.named.compared == "own_history"
    parts = split(counts) if compares and every.orders_before else None
    for share in shares(counting, window, dimension):
        name = str(share.name.value)
        at = numbers[name]
        own, part, kind = counts[at], parts[at] if parts else None, ranges.kind(at)
        usual = ranges.of(at)
        low, high = usual or (None, None)
        baseline = baseline_of(looked, own, every)
        over = None if baseline.rate is None else excess(own, baseline.rate)
        late_rows = share.late.rows
        before = Rows(rule=f"{history}, {dimension} {name}", orders=own.orders_before)
        range_rows = Rows(rule=f"95 % range of the usual late orders: {late_rows.rule}; {history}", orders=0)
        over_rows = Rows(rule=f"{late_rows.rule}, less {baseline.whose}", orders=late_rows.orders)
        figure = FiguresOf(f"attribution.{dimension}.{share.key}")
        yield Group(
            **{name: getattr(share, name) for name in _SHARED},
            role=role(name, dimension, role_of),
            orders_before=figure("orders_before", own.orders_before if history else None, "orders", before),
            late_before=figure("late_before", own.late_before if history else None, "orders", before),
            usual_low=figure("usual_low", low, "orders", range_rows),
            usual_high=figure("usual_high", high, "orders", range_rows),
            excess=figure("excess", None if over is None else float(over), "about", over_rows),
            verdict=_verdict(own, usual, cause=bool(kind)),
            kind=kind,
            explained_by=ranges.explained_by(looked, dimension, at, own.late),
            rate_part=figure("rate_part", float(part.rate) if part else None, "fraction", late_rows),
            mix_part=figure("mix_part", float(part.mix) if part else None, "fraction", share.orders.rows),
        )


def role(name: str, dimension: Dimension, role_of: Callable[[str], Role]) -> Role:
    """What a name is that is no supplier."""
    if name in {NOT_STATED, SEVERAL}:
        return "not_stated" if name == NOT_STATED else "several"
    found = role_of(name)
    return found if dimension == "supplier" or found == "unknown" else ""


def rankings(found: Mapping[Dimension, Sequence[Group]]) -> Iterator[Ranking]:
    """Each dimension as a table holds it: the largest first, causes in any case, the small ones counted together."""
    for dimension, every in found.items():
        if dimension == "account":
            continue
        named = [one for one in every if one.role not in {"not_stated", "several"}]
        large = [one for one in named if one.verdict != "too_few"]
        rows = _ROWS[dimension]
        shown = large if len(large) <= rows + 1 else large[:rows]
        shown += [one for one in large[len(shown) :] if one.verdict == "cause"]
        rest = [one for one in large if one not in shown]
        yield Ranking(
            dimension=dimension,
            top=tuple(shown),
            rest=_together(dimension, "rest", rest),
            few=_together(dimension, "few", [one for one in named if one.verdict == "too_few"]),
            blank=tuple(one for one in every if one.role in {"not_stated", "several"}),
        )


def _together(dimension: Dimension, what: str, several: Sequence[Group]) -> Together | None:
    if not several:
        return None
    orders = sum(one.orders.rows.orders for one in several)
    late = sum(one.late.rows.orders for one in several)
    words = f"{len(several)} of the groups by {dimension}, {what}: their"
    figure = FiguresOf(f"attribution.{dimension}.{what}")
    return Together(
        groups=figure("groups", len(several), "groups", Rows(rule=f"{words} groups", orders=orders)),
        orders=figure("orders", orders, "orders", Rows(rule=f"{words} orders", orders=orders)),
        late=figure("late", late, "orders", Rows(rule=f"{words} late", orders=late)),
    )


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Ranges:
    """Usual ranges of all groups of a dimension: without any cause, and with all causes but their own."""

    named: Named
    low: Numbers
    high: Numbers
    high_alone: Numbers
    own: Mapping[int, tuple[int, int]]
    kinds: Mapping[int, Kind]

    def of(self, at: int) -> tuple[int, int] | None:
        """The usual range of one group; None where nothing tells."""
        if at in self.own:
            return self.own[at]
        return None if self.high[at] < 0 else (int(self.low[at]), int(self.high[at]))

    def kind(self, at: int) -> Kind:
        return self.kinds.get(at, "")

    def explained_by(self, looked: Looked, dimension: Dimension, at: int, late: int) -> tuple[str, ...]:
        """The causes that most of a group's late orders, or what is unusual of them, belong to."""
        unusual = late > self.high_alone[at]
        if at in self.own or (late < LEAST_LATE and not unusual):
            return ()
        cells, yardstick = looked.cells, self.named.yardstick
        members = cells.group[dimension] == at
        found = []
        for one, _ in self.named.causes:
            both = members & (cells.group[one.group.dimension] == one.group.number)
            shared = int(yardstick.late[both].sum())
            everywhere = one.group.dimension == "account"  # it has a hand in every group
            if shared * (_PART if unusual else 2) >= late and (unusual or not everywhere):
                found.append(cells.names[one.group.dimension][one.group.number])
        return tuple(found)


def _ranges(looked: Looked, dimension: Dimension) -> _Ranges:
    yardstick, named = looked.named.yardstick, looked.named
    with_causes, mean = predicted(yardstick, dimension, spared_in(yardstick, named.extras))
    alone, _ = predicted(yardstick, dimension, np.ones(yardstick.orders.shape))
    low, high = with_causes.range()
    told = np.isfinite(mean)
    if named.compared == "others":  # who has only causes beside it cannot be measured by them
        clear = yardstick.orders * (spared_in(yardstick, named.extras) == 1.0)
        own = looked.cells.gathered(dimension, clear).sum(axis=1)
        told &= clear.sum() - own > 0
    return _Ranges(
        named=named,
        low=np.where(told, low, -1),
        high=np.where(told, high, -1),
        high_alone=np.where(told, alone.range()[1], np.iinfo(np.int64).max),
        own={
            one.group.number: (one.low, one.high)
            for one in (*(one for one, _ in named.causes), *named.nameless)
            if one.group.dimension == dimension
        },
        kinds={one.group.number: kind for one, kind in named.causes if one.group.dimension == dimension},
    )


def _verdict(counts: Counts, usual: tuple[int, int] | None, *, cause: bool) -> Verdict:
    """What can be said of a group; it is cleared only with orders enough, and inside its usual range."""
    if cause:
        return "cause"
    if counts.orders < TOO_FEW:
        return "too_few"
    return "not_cause" if usual and counts.late <= usual[1] else "unclear"


def _history_words(looked: Looked) -> str:
    named = looked.named
    if named.compared == "others":
        return ""
    return f"counted orders from {looked.day(named.first)} to {looked.day(named.last)}"
