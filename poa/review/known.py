"""The facts of a run sorted by what they print, and the figures of the seller's own statements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from poa.review.claims import claims, key
from poa.review.ground import Ground
from poa.review.marks import Names

COUNTS = {
    "orders",
    "groups",
    "suppliers",
    "rows",
    "about",
    "days",
    "hours",
}  # units of whole or rounded numbers
_GROUP = re.compile(r"\.(?:name|sku|supplier)$")


@dataclass(frozen=True, eq=False)
class Known:
    """What the ground holds, by value."""

    ground: Ground
    language: str
    names: Names

    def scope(self, fact: str) -> str | None:
        """The supplier, carrier or SKU that a fact counts; None for the account as a whole."""
        return self._scope_of.get(fact)

    @cached_property
    def _scope_of(self) -> dict[str, str]:
        found = {}
        for fact in self.ground.evidence:
            start = fact
            while start and start not in self.scopes:
                start = start.rpartition(".")[0]
            if start:
                found[fact] = self.scopes[start]
        return found

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Suppliers, carriers and SKUs that facts count, by name and by key (S1), casefolded."""
        keys = {
            start.rpartition(".")[2].casefold(): name
            for start, name in self.scopes.items()
            if start.startswith("late_by_")
        }
        return keys | {name.casefold(): name for name in self.scopes.values()}

    def shown(self, fact: str) -> str:
        """A fact's value as a short text, for a finding."""
        one = self.ground.evidence[fact]
        if one["unit"] == "fraction" and one["value"] is not None:
            return f"{(Decimal(repr(one['value'])) * 100).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP)}%"
        if isinstance(one["value"], int):
            return f"{one['value']:,}"
        return str(one["value"])

    def late_of_orders(self, name: str) -> str | None:
        """What the longest window counts of a group, as "33 / 128"; None where it counts nothing of it."""
        start = next(
            (one for one, group in self.scopes.items() if group == name and one.startswith("late_by_")), None
        )
        late, orders = self.ground.value(f"{start}.late"), self.ground.value(f"{start}.orders")
        return None if late is None or orders is None else f"{late:,} / {orders:,}"

    @cached_property
    def scopes(self) -> dict[str, str]:
        """The name of the group that facts count, by the start of their ids."""
        found: dict[str, str] = {}
        for fact, one in self.ground.evidence.items():
            # The account as a whole is a group of its own among those that were compared.
            is_group = (
                one["unit"] == "name" and _GROUP.search(fact) and not fact.startswith("late_by_account")
            )
            if is_group and isinstance(one["value"], str):
                found.setdefault(_GROUP.sub("", fact), one["value"])
                # What was found about a group has another id with the same key.
                start = re.fullmatch(r"late_by_(\w+)\.(\w+)\.name", fact)
                if start:
                    found[f"attribution.{start[1]}.{start[2]}"] = one["value"]
        for at, cause in enumerate((self.ground.facts.get("attribution") or {}).get("causes", ())):
            if cause.get("dimension") != "account":
                found[f"attribution.causes.{at}"] = str(cause.get("name"))
        return found

    @cached_property
    def counts(self) -> Mapping[Decimal, list[str]]:
        """The facts of whole numbers by value; one with decimals also by it rounded."""
        found: dict[Decimal, list[str]] = defaultdict(list)
        for fact, one in self.ground.evidence.items():
            value = one["value"]
            if one["unit"] in COUNTS and isinstance(value, (int, float)) and not isinstance(value, bool):
                found[Decimal(repr(value))].append(fact)
                if isinstance(value, float):
                    for digits in (0, 1):
                        found[
                            Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
                        ].append(fact)
        return found

    @cached_property
    def fractions(self) -> list[tuple[str, Decimal]]:
        """The facts that are shares, those of the windows first."""
        found = [
            (fact, Decimal(repr(one["value"])))
            for fact, one in self.ground.evidence.items()
            if one["unit"] == "fraction" and isinstance(one["value"], (int, float))
        ]
        return sorted(found, key=lambda one: not one[0].startswith("late_shipment_rate"))

    @cached_property
    def days(self) -> Mapping[str, str]:
        """The days that facts, statements and annexes have, with the fact; empty for an annex."""
        found: dict[str, str] = {}
        for fact, one in self.ground.evidence.items():
            value = one["value"]
            if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                found.setdefault(value, fact)
        for one in self.ground.enclosed:
            if one.get("date"):
                found.setdefault(str(one["date"]), "")
        return found

    @cached_property
    def orders(self) -> Mapping[str, str]:
        """Every late order by its digits, with the fact where the letter names it."""
        found = {re.sub(r"\D", "", order): "" for order in self.ground.late_orders}
        for fact in self.ground.evidence:
            if fact.startswith("late_orders."):
                found[re.sub(r"\D", "", fact)] = fact
        found.pop("", None)
        return found

    @cached_property
    def written(self) -> Mapping[str, str]:
        """Names with digits and files of annexes as they are written, by their casefolded form."""
        names = {name.casefold(): name for name in self.names.with_digits}
        files = {str(one["file"]).rsplit("/", 1)[-1] for one in self.ground.enclosed}
        return names | {file.casefold(): file for file in files}

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The same, and the keys of groups such as S1, with a fact where there is one."""
        found = dict.fromkeys(self.written, "")
        for fact in self.ground.evidence:
            start = re.match(r"late_by_\w+\.(\w+)\.", fact)
            if start:
                found.setdefault(start[1].casefold(), fact)
        for one in self.ground.enclosed:
            found.setdefault(str(one["file"]).casefold(), "")
        return found

    @cached_property
    def windows(self) -> frozenset[Decimal]:
        """The lengths of the windows in days."""
        spans = (one.get("window_days") for one in self.ground.facts.get("late_shipment_rate", ()))
        return frozenset(Decimal(one) for one in spans if one)

    @cached_property
    def stated(self) -> Mapping[tuple[object, ...], str]:
        """The figures of the statements and of the titles of annexes, with the id of the statement."""
        found: dict[tuple[object, ...], str] = {}
        for fact, text in self.ground.statements():
            for claim in claims(text, language=self.language, names=self.names.with_digits):
                found.setdefault(key(claim), fact)
        for one in self.ground.enclosed:
            for claim in claims(str(one["title"]), language=self.language, names=self.names.with_digits):
                found.setdefault(key(claim), "")
        return found
