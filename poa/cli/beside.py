"""What the files tell beside the rate: Amazon's own figures, the other clocks and rates, orders set aside or in danger."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from poa.cli.terminal import section
from poa.facts import Facts, OtherRate, StatedRate
from poa.rounding import percent

_ORDERS_SHOWN = 10
_RATES = {
    "cancellation_rate": "Cancellation rate",
    "valid_tracking_rate": "Valid tracking rate",
    "on_time_delivery_rate": "On-time delivery rate",
}
_CLOCKS = {
    "ship_confirmation": "confirmed after the ship-by time (Amazon's clock)",
    "carrier_scan": "first scanned by the carrier after the ship-by time (the hand-over)",
    "delivery": "delivered after the deliver-by time",
}


def show_beside(facts: Facts, out: Console) -> None:
    """Print each part that the files tell something of."""
    section(out, "Beside Amazon's own figures", map(_stated, facts.stated_by_amazon))
    days = facts.late_shipment_rate[0].window_days
    clocks = [f"{one.late.value:,} of {one.told.value:,} orders {_CLOCKS[one.name]}" for one in facts.clocks]
    section(out, f"By clock, last {days} days", clocks if len(clocks) > 1 else ())
    section(out, "Not in the rate", _set_aside(facts))
    section(out, "Late and not confirmed", _in_danger(facts))
    missing = [
        f"{_RATES[one.metric]}: not in these files; it takes {one.gives}" for one in facts.other_rates_missing
    ]
    section(out, "Other rates", [*map(_other, facts.other_rates), *missing])


def _stated(stated: StatedRate) -> str:
    of = "" if stated.orders.value is None else f" of {stated.orders.value:,} orders"
    said = f"Amazon: {stated.late.value:,} late{of} from {stated.from_.value} to {stated.to.value}"
    said += f", status {stated.status}." if stated.status else "."
    if stated.own_late is None or stated.own_orders is None:
        return said
    own = "" if stated.own_orders.value is None else f" of {stated.own_orders.value:,} orders"
    said += f" These files: {stated.own_late.value:,} late{own}."
    same = stated.orders.value is None or stated.own_orders.value in {None, stated.orders.value}
    if same and stated.own_late.value == stated.late.value:
        return f"{said} They agree."
    reasons = "; ".join(stated.gap) or "nothing in the files explains it"
    return f"{said} Why they differ: {reasons}."


def _set_aside(facts: Facts) -> Iterator[str]:
    for one in facts.set_aside:
        orders = "order" if one.orders.value == 1 else "orders"
        what = f"of {one.name}" if one.kind == "other_store" else one.name
        yield f"{one.orders.value:,} {orders} {what}"


def _in_danger(facts: Facts) -> Iterator[str]:
    """Orders past their ship-by time, those first that Amazon would cancel first."""
    waiting = sorted(facts.past_due, key=lambda order: (order.cancelled_after, order.order_id))
    for order in waiting[:_ORDERS_SHOWN]:
        yield f"{order.order_id}, due {order.due}, may be cancelled by Amazon after {order.cancelled_after}"
    if facts.unconfirmed_past_due.rows.orders > _ORDERS_SHOWN:
        yield f"{facts.unconfirmed_past_due.rows.orders - _ORDERS_SHOWN:,} more; --json lists the first 50"
    if waiting:
        yield f"Amazon cancels an order that is not confirmed {facts.auto_cancel}."


def _other(rate: OtherRate) -> str:
    target = float(rate.target.value or 0)
    asked = f"under {target:.1%}" if rate.condition == "less_than" else f"{target:.0%} or more"
    shown = "none" if rate.rate.value is None else percent(float(rate.rate.value), against=target)
    days = (
        "all days of the file"
        if rate.from_ is None or rate.to is None
        else f"{rate.from_.value} to {rate.to.value}"
    )
    verdict = {True: "met", False: "missed", None: ""}[rate.meets_target]
    status = f"status {rate.status}" if rate.status else verdict
    parts = [
        f"{rate.count.value:,} of {rate.of.value:,} {rate.unit}, {shown}, target {asked}",
        status,
        rate.remark,
    ]
    return f"{_RATES[rate.metric]}, {days}: {'; '.join(part for part in parts if part)}"
