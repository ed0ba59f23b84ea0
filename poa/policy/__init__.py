"""Amazon's rules as data: targets, windows, marketplaces, each with source, date and how sure it is.

No threshold stands in code. Numbers are exact fractions, so that 4.00 % is judged without rounding.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

from poa.errors import UsageFault, did_you_mean
from poa.words import Said, said

Sure: TypeAlias = Literal["C", "S", "U"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marketplace:
    """One of Amazon's stores; ``zone`` is the IANA name of the zone in which its days end."""

    code: str
    name: str
    id: str
    zone: str
    source: str
    as_of: date
    sure: Sure


@dataclass(frozen=True, slots=True, kw_only=True)
class LateShipmentRule:
    """The target of the late shipment rate (a fraction; met only when under it) and its windows."""

    target: Fraction
    windows_days: tuple[int, ...]
    source: str
    as_of: date
    sure: Sure
    window_source: str

    def met(self, *, late: int, orders: int) -> bool:
        """Judge in whole numbers: exactly the target fails."""
        return late * self.target.denominator < self.target.numerator * orders


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRule:
    """The rule of another shipping rate; ``gives`` says which file shows it, ``ends_days_ago`` where its window ends."""

    metric: str
    target: Fraction
    condition: Literal["less_than", "at_least"]
    windows_days: tuple[int, ...]
    unit: Literal["orders", "packages", "units"]
    counts: str
    gives: str
    source: str
    as_of: date
    sure: Sure
    ends_days_ago: int = 0

    def met(self, *, count: int, of: int) -> bool:
        """Judge in whole numbers; only ``at_least`` is met by exactly the target."""
        ours, theirs = count * self.target.denominator, self.target.numerator * of
        return ours < theirs if self.condition == "less_than" else ours >= theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoCancelRule:
    """So long after its ship-by day Amazon cancels an order that is not confirmed: days, or business days."""

    source: str
    as_of: date
    sure: Sure
    days: int = 0
    business_days: int = 0

    @property
    def words(self) -> Said:
        """How long, and who says so."""
        return said(
            "{days} days after the ship-by day, by {source}"
            if self.days
            else "{days} business days after the ship-by day, by {source}",
            days=self.days or self.business_days,
            source=said(self.source),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A country that goods come from; ``zone`` is the IANA name of the zone of its days."""

    code: str
    name: str
    zone: str


# What a notice of Amazon's may be about, by its code.
LATE = "late_shipment"
MATTERS = {
    LATE: said("late shipment rate"),
    "cancellation": said("cancellation rate"),
    "valid_tracking": said("valid tracking rate"),
    "on_time_delivery": said("on-time delivery rate"),
    "order_defect": said("order defect rate"),
    "drop_shipping": said("drop-shipping policy"),
    "seller_fulfilled_review": said("review of seller-fulfilled orders"),
    "confirmed_not_shipped": said("orders confirmed but not shipped"),
    "premium_shipping": said("premium shipping"),
}
OTHER_RATES = ("cancellation_rate", "valid_tracking_rate", "on_time_delivery_rate")


def other_rules(store: str) -> tuple[OtherRule, ...]:
    """The rules of the other shipping rates in a store, in the order in which they are printed."""
    rates = table("rates.toml")
    rules = []
    for metric in OTHER_RATES:
        rule = dict(rates[metric])
        if store in rule.pop("stores", [store]):
            rules.append(OtherRule(metric=metric, **{**rule, "windows_days": tuple(rule["windows_days"])}))
    return tuple(rules)


def auto_cancel_rule(store: str) -> AutoCancelRule:
    """When Amazon cancels an unconfirmed order of a store, and how sure that is."""
    known = table("rates.toml")["auto_cancel"]
    return AutoCancelRule(**known.get(store, known["other"]))


@cache
def late_shipment_rule() -> LateShipmentRule:
    """The rule of Amazon's help page G200285190."""
    rule = table("rates.toml")["late_shipment_rate"]
    return LateShipmentRule(
        target=rule["target"],
        windows_days=tuple(rule["windows_days"]),
        source=rule["source"],
        as_of=rule["as_of"],
        sure=rule["sure"],
        window_source=rule["window"]["source"],
    )


def stale(as_of: date, *, on: date) -> bool:
    """Whether a rule that was read on a day is too old to be trusted unseen on another."""
    days: int = table("rates.toml")["freshness"]["days"]
    return (on - as_of).days > days


def marketplace(code: str) -> Marketplace:
    """The store with this code (``US``, ``DE`` …); raises UsageFault for one we have no rule of."""
    return Marketplace(code=code.upper(), **_row("marketplaces.toml", code, what="marketplace"))


def store_named(told: str) -> str | None:
    """The code of the store that a report calls by its web address or by Amazon's id, or None."""
    return _names_of_stores().get(told.casefold())


def origin_of(code: str) -> Origin:
    """The origin with this country code (``CN`` ...); raises UsageFault for one whose days we do not know."""
    return Origin(code=code.upper(), **_row("origins.toml", code, what="country of origin"))


def country_of(store: str) -> str:
    """The country of a store, by ISO 3166: Amazon's UK is GB."""
    return {"UK": "GB"}.get(store, store)


def no_supplier(name: str) -> Literal["", "own_warehouse", "unknown"]:
    """What a word in a supplier column means that names no supplier; empty where it may name one."""
    words = table("no_suppliers.toml")
    told = name.strip().casefold()
    if told in words["own_warehouse"]:
        return "own_warehouse"
    return "unknown" if told in words["unknown"] else ""


@cache
def _names_of_stores() -> dict[str, str]:
    stores = table("marketplaces.toml").items()
    return {row[key].casefold(): code for code, row in stores for key in ("name", "id")}


def _row(source: str, code: str, *, what: str) -> dict[str, Any]:
    """What a file holds of a code, in whatever case it is written; raises UsageFault for an unknown one."""
    known = table(source)
    if code.upper() not in known:
        raise UsageFault(
            f"unknown_{what.rsplit(maxsplit=1)[-1]}",
            f"'{code}' is no {what} that poa knows{did_you_mean(code.upper(), known)}",
            hint=f"Use one of {', '.join(known)}.",
        )
    row: dict[str, Any] = known[code.upper()]
    return row


@cache
def table(name: str) -> dict[str, Any]:
    """What a file of this folder holds; its numbers with decimals are exact fractions."""
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"), parse_float=Fraction)
