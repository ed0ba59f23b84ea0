"""What is known of a value while a template is walked: its type, where it hangs, and what it was made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from jinja2 import nodes

from poa.packs.checking.trees import Tree
from poa.packs.names import Anything, Group, ListOf, Name, Optional, Text, Type, Whole, YesNo


@dataclass(frozen=True, slots=True, eq=False)
class Macro:
    """A macro with the names that it sees."""

    node: nodes.Macro
    tree: Tree
    scope: Scope


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """An imported file: its macros and what it sets."""

    file: str
    names: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of the language files, ``t``."""


Kind: TypeAlias = Type | Macro | Module | Phrases


@dataclass(frozen=True, slots=True)
class Value:
    """A value: its type, its path in the context (``facts.causes[].name``, blank for what the template made itself).

    ``told`` are the paths that it was made of: a condition on it is a test of them. ``const`` is the value of a
    literal, ``items`` are those of a list that the template wrote down. ``covered`` are paths whose test says that the
    value is there, beside its own.
    """

    kind: Kind
    origin: str = ""
    told: frozenset[str] = frozenset()
    const: object = None
    items: tuple[tuple[nodes.Expr, Value], ...] | None = None
    covered: frozenset[str] = frozenset()

    @property
    def bare(self) -> Kind:
        """Its type where it is not missing."""
        return self.kind.of if isinstance(self.kind, Optional) else self.kind

    @property
    def key(self) -> tuple[object, ...]:
        """What tells two values apart for a macro that is given one of them."""
        return (self.kind, self.origin, self.told, self.const if isinstance(self.const, str) else None)


ANYTHING = Value(Anything())
PRINTED = Text(printed=True)


def printed(*told: Value) -> Value:
    """Words that a filter or a macro made of values."""
    return Value(PRINTED, told=together(told))


def together(values: tuple[Value, ...]) -> frozenset[str]:
    """The paths that several values were made of."""
    return frozenset().union(*(one.told for one in values))


def hanging(
    kind: Kind, origin: str, told: frozenset[str] = frozenset(), *, covered: frozenset[str] = frozenset()
) -> Value:
    """A value at a path of the context."""
    return Value(kind, origin, told | {origin} if origin else told, covered=covered)


def joined(one: Kind, other: Kind) -> Kind:
    """The type of what is one thing or the other."""
    if one == other:
        return one
    if isinstance(one, Text) and isinstance(other, Text):
        return Text(printed=one.printed and other.printed)
    return Anything()


def loop_of(item: Type) -> Group:
    """What ``loop`` is inside a loop over such items."""
    names: dict[str, Name] = {}
    for kind, known in (
        (Whole(), ("index", "index0", "revindex", "revindex0", "length")),
        (YesNo(), ("first", "last")),
    ):
        names |= {name: Name(type=kind, meaning="Where the loop is.") for name in known}
    for name, ends in (("previtem", "first"), ("nextitem", "last")):
        there = Optional(item, absent=True)
        names[name] = Name(type=there, meaning="The item beside.", tested_by=(ends, "index", "revindex"))
    return Group(names=names, title="loop")


def item_of(kind: Kind) -> Type | None:
    """The type of the items of a list; None for what is no list."""
    match kind:
        case ListOf(of=item):
            return item
        case Anything():
            return Anything()
    return None


def as_type(kind: Kind) -> Type:
    """The type of an item of a list; macros and files are no types."""
    return Anything() if isinstance(kind, Macro | Module | Phrases) else kind


@dataclass(slots=True, eq=False)
class Scope:
    """Names that can be used at one point of a template, over those outside of it."""

    names: dict[str, Value] = field(default_factory=dict)
    outside: Scope | None = None

    def find(self, name: str) -> Value | None:
        """The value of a name, from the innermost scope that has it."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outside
        return None

    def known(self) -> Iterator[str]:
        """Every name that can be used here."""
        scope: Scope | None = self
        while scope is not None:
            yield from scope.names
            scope = scope.outside

    def inner(self, **names: Value) -> Scope:
        """A scope inside this one."""
        return Scope(dict(names), self)

    def put(self, name: str, value: Value) -> None:
        """Set a name; one that was something else before is from now on anything."""
        before = self.names.get(name)
        if before is not None and before.kind != value.kind:
            value = Value(joined(before.kind, value.kind), told=before.told | value.told)
        self.names[name] = value
