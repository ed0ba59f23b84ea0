"""Whose a late order is: the supplier, carrier and SKU whose late rows hold the order's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from poa.review.ground import Ground

_Row: TypeAlias = tuple[str, int]  # file and line
_GROUP = re.compile(r"late_by_(supplier|carrier|sku)\.\w+")


@dataclass(frozen=True, eq=False)
class Owners:
    """Looks up the groups of late orders; ``groups`` are their names by the start of the ids of their facts."""

    ground: Ground
    groups: Mapping[str, str]

    def of(self, fact: str) -> frozenset[str]:
        """The groups of an order by the id of its fact, as far as rows tell; one of several SKUs has no SKU here."""
        return frozenset(name for names in self._by_dimension(fact).values() for name in names)

    def other(self, fact: str, group: str) -> str | None:
        """The group that an order belongs to instead of the one named; None where it is that one's, or none tells."""
        dimensions = self._dimensions.get(group, set())
        told = [names for dimension, names in self._by_dimension(fact).items() if dimension in dimensions]
        others = sorted(name for names in told for name in names)
        return None if not others or group in others else others[0]

    def _by_dimension(self, fact: str) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._rows(fact):
            for dimension, name in self._late.get(row, ()):
                found[dimension].add(name)
        return found

    @cached_property
    def _dimensions(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for _, dimension, name in self._named():
            found[name].add(dimension)
        return found

    @cached_property
    def _late(self) -> Mapping[_Row, list[tuple[str, str]]]:
        """The dimension and name of each group by its late rows."""
        found: dict[_Row, list[tuple[str, str]]] = defaultdict(list)
        for start, dimension, name in self._named():
            for row in self._rows(f"{start}.late"):
                found[row].append((dimension, name))
        return found

    def _named(self) -> Iterator[tuple[str, str, str]]:
        """Every group with a name of its own, as (start of its facts, dimension, name)."""
        for start, name in self.groups.items():
            dimension = _GROUP.fullmatch(start)
            if dimension and not name.startswith("("):
                yield start, dimension[1], name

    def _rows(self, fact: str) -> Iterator[_Row]:
        rows = self.ground.evidence.get(fact, {}).get("rows") or {}
        for place in rows.get("lines", ()):
            for first, last in place["ranges"]:
                yield from ((str(place["file"]), line) for line in range(int(first), int(last) + 1))
