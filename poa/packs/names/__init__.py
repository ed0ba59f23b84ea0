"""What a template may use, and the small language of types that says what each name can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with its unit; ``units`` are several where it depends, ``missing`` is true where its value may be None."""

    units: tuple[str, ...]
    missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A field of the case: its value is the seller's answer or None, its question what is asked then."""

    day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text; ``values`` are all that it can be, where these are few. A ``printed`` one is what a filter made."""

    values: tuple[str, ...] = ()
    printed: bool = False


@dataclass(frozen=True, slots=True)
class YesNo:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that may have decimals."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day, as the text 2026-10-31."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the language files, by its key."""

    key: str = ""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; ``at_least`` items are always there, and these are ``first``, where more is known of them than of others."""

    of: Type
    at_least: int = 0
    first: Type | None = None


@dataclass(frozen=True, slots=True)
class MapOf:
    """A group whose names depend on the account."""

    of: Type


@dataclass(frozen=True, slots=True)
class Optional:
    """What may be missing altogether; where ``absent``, even its name is not there, and cannot be tested itself."""

    of: Type
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Anything:
    """What nothing is known of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name in a group. ``tested_by`` are names beside it whose test says that it is there."""

    type: Type
    meaning: str
    tested_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group:
    """A group of values by name; two groups are the same where they are one object."""

    names: Mapping[str, Name] = field(repr=False)
    title: str = ""
    meaning: str = ""


Type: TypeAlias = (
    Figure
    | Answer
    | Text
    | YesNo
    | Whole
    | Number
    | Day
    | Phrase
    | ListOf
    | MapOf
    | Group
    | Optional
    | Anything
)

_VALUE_OF: dict[str, Type] = {
    "day": Day(),
    "name": Text(),
    "fraction": Number(),
    "about": Number(),
    "hours": Number(),
}


def value_type(figure: Figure) -> Type:
    """What ``.value`` of a figure is, where it is not missing."""
    found: set[Type] = {_VALUE_OF.get(unit, Whole()) for unit in figure.units}
    return found.pop() if len(found) == 1 else Anything()


def in_words(kind: Type) -> str:
    """A type as a reader is told it."""
    match kind:
        case Figure(units=units, missing=missing):
            return f"figure ({' or '.join(units)}){', may have no value' if missing else ''}"
        case Answer(day=day):
            return f"answer of the case{' (a day)' if day else ''}"
        case Text(values=values) if values:
            shown = ", ".join(f'"{one}"' for one in values)
            return f"text, one of {shown}"
        case Text() | Day() | Whole() | Number() | YesNo() | Anything():
            return _WORDS[type(kind)]
        case Phrase(key=key):
            return f"phrase {key}".strip()
        case ListOf(of=inner):
            return f"list of {in_words(inner)}"
        case MapOf(of=inner):
            return f"group by name of {in_words(inner)}"
        case Optional(of=inner):
            return f"{in_words(inner)}, or missing"
        case Group(title=title):
            return f"group {title}".strip()
    raise TypeError(kind)


_WORDS: dict[type, str] = {
    Text: "text",
    Day: "day",
    Whole: "whole number",
    Number: "number",
    YesNo: "yes or no",
    Anything: "anything",
}


def bare(kind: Type) -> Type:
    """The type without a leading ``Optional``."""
    while isinstance(kind, Optional):
        kind = kind.of
    return kind
