"""The facts of a run sorted by what they print, and the figures of the seller's own statements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from poa.review.around import SPANS
from poa.review.claims import Claim, claims, key
from poa.review.figures import Bound
from poa.review.ground import Ground
from poa.review.marks import Names
from poa.review.owners import Owners
from poa.rounding import percent

COUNTS = {
    "orders",
    "groups",
    "suppliers",
    "rows",
    "about",
    "days",
    "hours",
}  # units of whole or rounded numbers
_COUNTED = {"annex", "orders", "late_orders", "skus", "suppliers", "carriers", "rows"}
_HELD = {("over", "at_least"), ("under", "at_most")}  # whoever says the one has said the other
_CODES = 500  # codes that nobody knows in one paper; whoever has more has no use for what they resemble
_LONG = 60  # signs of a code
_WINDOW = re.compile(r"(?:late_shipment_rate|budgets|projection)\.(\d+)\.")
# What is counted over the longest window as a whole.
_OF_LONGEST = ("late_by_account.", "clocks.", "stages.", "late_orders.")
_OF_SUPPLIER = "late_orders.in_dispatch."
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
            elif fact.startswith(_OF_SUPPLIER):
                found[fact] = fact.removeprefix(_OF_SUPPLIER)
        return found

    def days_of(self, fact: str) -> int | None:
        """The days of the window that a fact counts; None for groups, and for what counts other days."""
        found = _WINDOW.match(fact)
        if found:
            return int(found[1])
        return max(self._lengths, default=None) if fact.startswith(_OF_LONGEST) else None

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        spans = (one.get("window_days") for one in self.ground.facts.get("late_shipment_rate", ()))
        return tuple(int(one) for one in spans if one)

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
            return percent(one["value"])
        if isinstance(one["value"], int):
            return f"{one['value']:,}"
        return str(one["value"])

    def late_of_orders(self, scope: str | int) -> str | None:
        """What is counted of a group or of a window of so many days, as "33 / 128"; None where nothing is."""
        start = self.start_of(scope) if isinstance(scope, str) else f"late_shipment_rate.{scope}"
        late, orders = self.ground.value(f"{start}.late"), self.ground.value(f"{start}.orders")
        return None if late is None or orders is None else f"{late:,} / {orders:,}"

    def start_of(self, name: str) -> str | None:
        """The beginning of the facts that count a group in the longest window."""
        return next(
            (one for one, group in self.scopes.items() if group == name and one.startswith("late_by_")), None
        )

    def share(self, fact: str) -> Decimal | None:
        """A share; None where there is none."""
        value = self.ground.value(fact)
        return Decimal(repr(value)) if isinstance(value, int | float) else None

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
    def spans(self) -> Mapping[tuple[object, object], int]:
        """The days of each window by its first and last one."""
        starts = {one: f"late_shipment_rate.{one}" for one in self._lengths}
        return {
            (self.ground.value(f"{start}.from"), self.ground.value(f"{start}.to")): one
            for one, start in starts.items()
        }

    @cached_property
    def in_time(self) -> Mapping[Decimal, list[str]]:
        """How many orders of each count were not late, with the fact of the late ones."""
        found: dict[Decimal, list[str]] = defaultdict(list)
        for fact, one in self.ground.evidence.items():
            whole = self.ground.value(f"{fact[:-4]}orders") if fact.endswith(".late") else None
            if isinstance(whole, int) and isinstance(one["value"], int):
                found[Decimal(whole - one["value"])].append(fact)
        return found

    @cached_property
    def fractions(self) -> Mapping[str | None, list[tuple[str, Decimal]]]:
        """The facts that are shares by group, None for the account; those of the windows first."""
        found: dict[str | None, list[tuple[str, Decimal]]] = defaultdict(list)
        facts = sorted(self.ground.evidence, key=lambda fact: not fact.startswith("late_shipment_rate"))
        for fact in facts:
            one = self.ground.evidence[fact]
            if one["unit"] == "fraction" and isinstance(one["value"], (int, float)):
                found[self.scope(fact)].append((fact, Decimal(repr(one["value"]))))
        return found

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
    def owners(self) -> Owners:
        """Whose each late order is."""
        return Owners(self.ground, self.scopes)

    @cached_property
    def orders(self) -> Mapping[str, str]:
        """Every late order by its digits, with the fact where the letter names it."""
        found = {re.sub(r"\D", "", order): "" for order in self.ground.late_orders}
        named = (fact for fact in self.ground.evidence if fact.startswith("late_orders."))
        found |= {re.sub(r"\D", "", fact): fact for fact in named}
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

    def nearest_code(self, shown: str) -> str | None:
        """The code that one that there is not resembles; None for what resembles none, or after too many."""
        if shown not in self._near and len(self._near) < _CODES:
            from difflib import get_close_matches  # noqa: PLC0415 - start-up: only an unknown code needs it

            near = get_close_matches(shown, self.codes, n=1, cutoff=0.75) if len(shown) <= _LONG else []
            self._near[shown] = next(iter(near), None)
        return self._near.get(shown)

    @cached_property
    def _near(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def windows(self) -> frozenset[Decimal]:
        """The lengths of the windows in days."""
        return frozenset(map(Decimal, self._lengths))

    @cached_property
    def lengths(self) -> frozenset[Decimal]:
        """How many days lie between the first and the last day of what is counted, both included."""
        begins = [fact for fact in self.ground.evidence if fact.endswith(".from")]
        ends = ((self.ground.day(fact), self.ground.day(f"{fact[:-4]}to")) for fact in begins)
        return frozenset(Decimal((last - first).days + 1) for first, last in ends if first and last)

    @cached_property
    def sizes(self) -> Mapping[str, frozenset[Decimal]]:
        """How many suppliers, carriers and SKUs were counted: all, those with late orders, those without."""
        found = {}
        for dimension in ("supplier", "carrier", "sku"):
            late = [
                bool(one["value"])
                for fact, one in self.ground.evidence.items()
                if fact.startswith(f"late_by_{dimension}.") and fact.endswith(".late")
            ]
            found[f"{dimension}s"] = frozenset(map(Decimal, (len(late), sum(late), len(late) - sum(late))))
        return found

    def stated(self, claim: Claim) -> str | None:
        """The statement that holds a figure, counting the same; empty for the title of an annex."""
        for fact, unit, bound in self._stated.get(key(claim), ()):
            if _may_count(claim.unit, unit) and _may_bound(claim, bound):
                return fact
        return None

    @cached_property
    def _stated(self) -> Mapping[tuple[object, ...], list[tuple[str, str | None, Bound | None]]]:
        """The figures of the statements and of the titles of annexes: the statement, what they count, their bound."""
        found: dict[tuple[object, ...], list[tuple[str, str | None, Bound | None]]] = defaultdict(list)
        titles = (("", str(one["title"])) for one in self.ground.enclosed)
        for fact, text in (*self.ground.statements(), *titles):
            for claim in claims(text, language=self.language, names=self.names.with_digits):
                found[key(claim)].append((fact, claim.unit, claim.bound))
                for number in re.findall(r"\d+", claim.text) if claim.kind == "fraction" else ():
                    # "1 in 100" may be told as "one of 100 orders"
                    found["number", Decimal(number), False, "", False].append((fact, "orders", claim.bound))
        return found


def _may_count(unit: str | None, stated: str | None) -> bool:
    """Whether a figure may be one that was stated of something; what is numbered or counted by rows must be the same."""
    return unit == stated or unit is None or (stated is None and unit not in _COUNTED)


def _may_bound(claim: Claim, stated: Bound | None) -> bool:
    """Whether what was stated of a figure holds what is said of it: "over 40" is not stated by "40"."""
    if claim.bound in {None, "about", stated} or claim.unit in SPANS:
        return True
    return (stated, claim.bound) in _HELD
