"""The figures of the rows that stand behind a stated cause: how many orders, how many late, since when, at which step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

from poa.facts import Between, Cause, Facts, Figure, Group

_Group = TypeVar("_Group", Cause, Group)
Shown: TypeAlias = Literal[
    "supplier", "carrier", "sku", "account", "step", "handling", "surge", "closed_days"
]

ALL_ORDERS = "all orders"
CLOSED_DAYS = "closed days"
SURGE = "days with a surge"

# At which step each cause lets its orders wait; the rows can show these and no others.
STEP_OF = {
    "SUP_DISPATCH": "supplier",
    "ROUTING_DELAY": "routing",
    "PICKUP_MISSED": "handover",
    "LATE_CONFIRM": "confirmation",
    "TRACKING_LATE": "confirmation",
}
STEPS = ("routing", "supplier", "dispatch", "handover", "confirmation")
_GROUPS: dict[str, Shown] = {"supplier": "supplier", "carrier": "carrier", "sku": "sku"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Rows behind a stated cause: ``late`` of ``orders``; ``orders`` is None where the rows list late orders only.

    For a step ``late`` is the number that surely was at it, of ``orders`` late ones. ``name``, ``key`` and
    ``from_`` are those of the group where it is one, ``from_`` only where it stands out. ``step_low`` to
    ``step_high`` are its late orders at the step of the code's, None where no times tell.
    """

    dimension: Shown
    key: str
    name: Figure | None
    late: Figure
    orders: Figure | None
    from_: Figure | None = None
    step_low: Figure | None = None
    step_high: Figure | None = None


def parted(shown_by: str) -> tuple[str, str]:
    """What ``supplier: Alder Supply`` or ``step: confirmation`` names: the kind and the name, blank where not so written."""
    kind, mark, name = shown_by.partition(":")
    return (kind.strip().casefold(), name.strip()) if mark else (shown_by.strip().casefold(), "")


def supports(facts: Facts, code: str, shown_by: str) -> Support | None:
    """The figures behind a cause that is said to be shown by some rows; None where no rows show it.

    ``shown_by`` is ``supplier: NAME``, ``carrier: NAME``, ``sku: NAME``, ``step: NAME``, ``all orders``, ``closed days``
    or ``days with a surge``.
    """
    kind, name = parted(shown_by)
    if kind in _GROUPS and name:
        if code == "HANDLING_SHORT" and kind == "sku":
            return _handling(facts, name) or _group(facts, code, "sku", name)
        return _group(facts, code, _GROUPS[kind], name)
    match kind:
        case "step":
            return _step(facts, name.casefold())
        case "all orders":
            return _surge(facts) if code == "VOLUME_SPIKE" else _all(facts)
        case "days with a surge":
            return _surge(facts)
        case "closed days":
            return _closed(facts)
    return None


def cause_named(facts: Facts, dimension: str, name: str) -> Cause | None:
    """The cause of the facts with this name, in whatever case it is written."""
    told = facts.attribution.causes if facts.attribution else ()
    return _named([one for one in told if one.dimension == dimension], name)


def at_step(facts: Facts, cause: Cause, code: str) -> tuple[int, int]:
    """How many late orders of a cause were at the step of a code: surely, and at most.

    Dispatch is split in two for the account alone: what the account had at the other half may all be of this
    cause. Without supplier order times nothing is sure of either half.
    """
    step = STEP_OF.get(code, "")
    if step in {"handover", "confirmation"}:
        return _values(cause.stages.handover if step == "handover" else cause.stages.confirmation)
    low, high = _values(cause.stages.dispatch)
    routing, supplier = (facts.stages.routing, facts.stages.supplier) if facts.stages else (None, None)
    if step not in {"supplier", "routing"} or routing is None or supplier is None:
        return 0, high
    mine, other = (supplier, routing) if step == "supplier" else (routing, supplier)
    return max(0, low - number(other.high)), min(high, number(mine.high))


def number(figure: Figure) -> int:
    """The value of a figure that counts; nothing counted is zero."""
    return int(figure.value or 0)


def _values(between: Between) -> tuple[int, int]:
    return number(between[0]), number(between[1])


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _named(groups: Sequence[_Group], name: str) -> _Group | None:
    """The group of exactly this name, else the only one that differs in upper and lower case alone."""
    exact = [one for one in groups if str(one.name.value) == name]
    alike = exact or [one for one in groups if _same(str(one.name.value), name)]
    return alike[0] if len(alike) == 1 else None


def _group(facts: Facts, code: str, dimension: Shown, name: str) -> Support | None:
    cause = cause_named(facts, dimension, name)
    if cause is not None and str(cause.name.value) != name:
        exact = _named(_groups(facts, dimension), name)
        cause = cause if exact is None or str(exact.name.value) == str(cause.name.value) else None
    if cause is not None:
        step, dispatch = STEP_OF.get(code), cause.stages.dispatch
        between: Between | None = None
        if step in {"handover", "confirmation"}:
            between = cause.stages.handover if step == "handover" else cause.stages.confirmation
        elif step and at_step(facts, cause, code)[0] == number(dispatch[0]):
            between = dispatch  # it is surely of this half of it alone
        return Support(
            dimension=dimension,
            key=cause.key,
            name=cause.name,
            late=cause.late,
            orders=cause.orders,
            from_=cause.from_ if cause.from_.value is not None else None,
            step_low=between[0] if between else None,
            step_high=between[1] if between else None,
        )
    group = _named(_groups(facts, dimension), name)
    if group is not None:
        if not number(group.late):
            return None
        return Support(
            dimension=dimension, key=group.key, name=group.name, late=group.late, orders=group.orders
        )
    if dimension == "supplier" and facts.attribution is None:
        for share in facts.late_by_supplier.suppliers:
            if _same(str(share.name.value), name) and number(share.late):
                orders = share.orders if share.orders.value is not None else None
                return Support(
                    dimension=dimension, key=share.key, name=share.name, late=share.late, orders=orders
                )
    return None


def _groups(facts: Facts, dimension: Shown) -> tuple[Group, ...]:
    if facts.attribution is None:
        return ()
    told = facts.attribution.dimensions
    return {"supplier": told.supplier, "carrier": told.carrier, "sku": told.sku}.get(dimension, ())


def _handling(facts: Facts, name: str) -> Support | None:
    listed = facts.remedies.handling if facts.remedies else ()
    one = next((one for one in listed if _same(str(one.sku.value), name) and one.carries_raise), None)
    if one is None:
        return None
    return Support(dimension="handling", key=one.key, name=one.sku, late=one.over, orders=one.orders)


def _step(facts: Facts, step: str) -> Support | None:
    told = facts.stages
    bounds = getattr(told, step, None) if step in STEPS else None
    if told is None or bounds is None or not number(bounds.low):
        return None
    return Support(
        dimension="step",
        key=step,
        name=None,
        late=bounds.low,
        orders=told.late,
        step_low=bounds.low,
        step_high=bounds.high,
    )


def _all(facts: Facts) -> Support | None:
    rate = facts.late_shipment_rate[0]
    if not number(rate.late):
        return None
    told = facts.attribution.causes if facts.attribution else ()
    cause = next((one for one in told if one.dimension == "account"), None)
    return Support(
        dimension="account",
        key="A1",
        name=None,
        late=rate.late,
        orders=rate.orders if rate.orders.value is not None else None,
        from_=cause.from_ if cause and cause.from_.value is not None else None,
    )


def _surge(facts: Facts) -> Support | None:
    surge = facts.remedies.surge if facts.remedies else None
    if surge is None or not surge.rises:
        return None
    return Support(dimension="surge", key="", name=None, late=surge.late, orders=surge.orders)


def _closed(facts: Facts) -> Support | None:
    closed = facts.closed_days
    if closed is None or not number(closed.over_closed):
        return None
    late = facts.stages.late if facts.stages else None
    return Support(dimension="closed_days", key="", name=None, late=closed.over_closed, orders=late)
