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


@cache
def late_shipment_rule() -> LateShipmentRule:
    """The rule of Amazon's help page G200285190."""
    rule = _table("rates.toml")["late_shipment_rate"]
    return LateShipmentRule(
        target=rule["target"],
        windows_days=tuple(rule["windows_days"]),
        source=rule["source"],
        as_of=rule["as_of"],
        sure=rule["sure"],
        window_source=rule["window"]["source"],
    )


def marketplace(code: str) -> Marketplace:
    """The store with this code (``US``, ``DE`` …); raises UsageFault for one we have no rule of."""
    known = _table("marketplaces.toml")
    if code.upper() not in known:
        raise UsageFault(
            "unknown_marketplace",
            f"'{code}' is no marketplace that poa knows{did_you_mean(code.upper(), known)}",
            hint=f"Use one of {', '.join(known)}.",
        )
    return Marketplace(code=code.upper(), **known[code.upper()])


def marketplace_of_id(marketplace_id: str) -> str | None:
    """The code of the store with Amazon's own id, or None."""
    return next(
        (code for code, row in _table("marketplaces.toml").items() if row["id"] == marketplace_id), None
    )


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"), parse_float=Fraction)
