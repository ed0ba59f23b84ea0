"""What happened in a week: incidents as its end knew them, the orders that were past their ship-by time then among the late.

A late order is confirmed late. So of the last days the punctual orders are known at a week's end, and the late ones are not:
without the overdue ones every incident would seem to have just ended. And a few days of a new incident hardly
show among thirty, so the week is looked at by itself too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from poa.analysis.causes.cells import DIMENSIONS, Cells, Dimension
from poa.analysis.causes.naming import Kind
from poa.analysis.causes.search import Rules, search
from poa.analysis.causes.standing import Extra, Group, StandsOut, refitted, standing
from poa.analysis.groups import counts_of, groups
from poa.analysis.incidents import incidents
from poa.analysis.looking import Looked, look
from poa.analysis.named_causes import causes
from poa.analysis.rates import LATE, Counting
from poa.analysis.shares import TOO_FEW
from poa.analysis.steps import steps_of
from poa.analysis.windows import Window
from poa.facts import Cause, CauseStages, Figure, Incident, Role
from poa.facts.weekly import Compared

_WORDS = {LATE: f"{LATE}, or past it and not confirmed", "confirmed orders": "confirmed or overdue orders"}
_SUPPLIER = DIMENSIONS.index("supplier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """The incidents that the end of a week knew of, the earliest first, and the causes that they point to.

    ``compared_with`` says what was usual, as in :class:`poa.facts.Attribution`; blank where nothing can be judged. Their late orders are the late and the overdue ones, and the rules of their figures say so; only the steps of the
    causes are those of the confirmed ones, whose times are known.
    """

    incidents: tuple[Incident, ...] = ()
    causes: tuple[Cause, ...] = ()
    compared_with: Compared = ""


def happened(
    counting: Counting,
    *,
    longest: Window,
    week: Window,
    coarse: frozenset[str],
    role_of: Callable[[str], Role],
) -> Happened:
    """The incidents of the longest window and of the week in it; none where the rows do not list every order."""
    known = with_overdue(counting)
    looked = look(known, longest, role_of=role_of)
    if looked is None:
        return Happened()
    compared: Compared = looked.named.compared
    if counts_of(looked, "account")[0].orders < TOO_FEW:
        compared = "too_few"
    alone = look(known, week, role_of=role_of)
    told: tuple[Cause, ...] = ()
    if alone is not None:
        looked = _of_both(looked, alone)
    if looked.named.causes:
        ranks = {one.group.dimension for one, _ in looked.named.causes}
        mine = replace(looked, cells=_only(looked.cells, ranks))
        found = groups(mine, known, longest, role_of=role_of)
        steps = steps_of(counting, days=coarse)
        told = tuple(causes(looked, known, steps, groups=found, role_of=role_of))
    every = [*incidents(looked, known, told)]
    if alone is not None:
        every += _of_account(alone, known, every)
    every.sort(key=lambda one: str(one.from_.value))
    return Happened(incidents=_worded(tuple(every)), causes=_worded(told), compared_with=compared)


def with_overdue(counting: Counting) -> Counting:
    """The same orders, those late that are past their ship-by instant and not confirmed."""
    table = counting.orders.table
    also = {name: table[name].to_numpy() | counting.overdue for name in ("late", "confirmed")}
    return replace(counting, orders=replace(counting.orders, table=table.assign(**also)))


def _of_both(longest: Looked, week: Looked) -> Looked:
    """The longest window, with the causes that stand out in the week and are not explained by its own."""
    if {longest.named.compared, week.named.compared} != {"own_history"}:
        return longest
    fresh = [one for one, kind in week.named.causes if kind == "changed"]
    own = {one.group for one, _ in longest.named.causes}
    if fresh and own:
        given = frozenset(there for group in own if (there := _same(longest, week, group)) is not None)
        barred = frozenset[int]() if week.suppliers_named else frozenset({_SUPPLIER})
        left = {one.group for one in search(week.named.yardstick, Rules(barred=barred, given=given))}
        fresh = [one for one in fresh if one.group in left - given]
    return _with(longest, week, fresh)


def _with(longest: Looked, week: Looked, fresh: list[StandsOut]) -> Looked:
    """Causes of the week told of the longest window, as all its causes are."""
    yardstick, named = longest.named.yardstick, longest.named
    last = yardstick.orders.shape[1] - 1
    found = {there: one for one in fresh if (there := _same(week, longest, one.group)) is not None}
    if not found:
        return longest
    extras = refitted(yardstick, {**named.extras, **dict.fromkeys(found, Extra(last, last))})
    more: tuple[tuple[StandsOut, Kind], ...] = tuple(
        (replace(standing(yardstick, group, extras), chance=one.chance), "changed")
        for group, one in found.items()
    )
    return replace(longest, named=replace(named, causes=(*named.causes, *more)))


def _same(here: Looked, there: Looked, group: Group) -> Group | None:
    """The group of the same name in the other look."""
    name, names = here.cells.names[group.dimension][group.number], there.cells.names.get(group.dimension, ())
    return Group(group.rank, names.index(name)) if name in names else None


def _only(cells: Cells, dimensions: AbstractSet[Dimension]) -> Cells:
    """Cells of which groups are told in some dimensions only: thousands of products take time."""
    return replace(
        cells,
        group={name: part for name, part in cells.group.items() if name in dimensions | {"account"}},
    )


def _of_account(week: Looked, counting: Counting, others: list[Incident]) -> Iterator[Incident]:
    """Days of the week on which the whole account was late beyond chance, where no incident covers them."""
    for one in incidents(replace(week, named=replace(week.named, causes=())), counting, ()):
        first, last = str(one.from_.value), str(one.to.value)
        if not any(str(other.from_.value) <= last and first <= str(other.to.value) for other in others):
            yield _named(one, "week")


def _worded(one: Any) -> Any:
    """Figures with the rule that they were counted by, and ids of their own."""
    if isinstance(one, CauseStages):  # of the confirmed ones
        return _named(one, "weekly")
    if isinstance(one, Figure):
        rule = one.rows.rule
        for words, other in _WORDS.items():
            rule = rule.replace(words, other)
        return replace(one, id=f"weekly.{one.id}", rows=replace(one.rows, rule=rule))
    return _each(one, _worded)


def _named(one: Any, part: str) -> Any:
    """Figures with ids that no other look gives."""
    if isinstance(one, Figure):
        return replace(one, id=f"{part}.{one.id}")
    return _each(one, lambda inner: _named(inner, part))


def _each(one: Any, change: Callable[[Any], Any]) -> Any:
    if is_dataclass(one) and not isinstance(one, type):
        return replace(one, **{field.name: change(getattr(one, field.name)) for field in fields(one)})
    return tuple(map(change, one)) if isinstance(one, tuple) else one
