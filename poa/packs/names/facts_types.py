"""The types of the facts, read off their dataclasses: type hints, docstrings, and ``fields.toml`` for the rest."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import cache
from importlib.resources import files
from inspect import getdoc
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from poa import facts
from poa.packs.names import (
    Day,
    Figure,
    Group,
    ListOf,
    MapOf,
    Name,
    Number,
    Optional,
    Text,
    Type,
    Whole,
    YesNo,
    bare,
)

_CLAUSE = re.compile(r";\s+(?=``)")
_SENTENCE = re.compile(r"(?<=[.:])\s+(?=[`A-Z])")
_PLAIN: dict[object, Type] = {bool: YesNo(), int: Whole(), float: Number(), str: Text(), date: Day()}


@cache
def group_of(declared: type) -> Group:
    """The group of a facts dataclass as templates get it; the same object for the same class."""
    hints = get_type_hints(declared)
    said = _sentences(declared)
    names = {}
    for part in fields(declared):
        name = part.name.rstrip("_")
        told = _told(declared, name)
        own = [one for one in (told.get("meaning"),) if one]
        names[name] = Name(
            type=_type(hints[part.name], told),
            meaning=" ".join([*own, *_saying(name, said, known=bool(own))]),
            tested_by=tuple(told.get("tested_by", ())),
        )
    return Group(names=names, title=declared.__name__, meaning=plain(said[0]) if said else "")


def figure_of(unit: str) -> Figure:
    """The figure of a unit as ``fields.toml`` writes it: ``orders``, ``orders hours``, ``fraction~``."""
    return Figure(units=tuple(unit.rstrip("~").split()), missing=unit.endswith("~"))


def plain(text: str) -> str:
    """A docstring's words for a reader of Markdown: one pair of backticks around a name, no roles."""
    return re.sub(r":\w+:`([^`]*)`", r"`\1`", text.replace("``", "`"))


def _sentences(declared: type) -> list[str]:
    return _SENTENCE.split(" ".join((getdoc(declared) or "").split()))


def _saying(name: str, said: Sequence[str], *, known: bool) -> list[str]:
    """The sentences of a docstring that speak of a field, of several told in a row its own.

    The first one is about the whole group, and of use only where nothing else is ``known``.
    """
    parts = [part for one in (said[1:] if known else said) for part in _CLAUSE.split(one)]
    found = [plain(part).strip() for part in parts if re.search(rf"``{name}_?``", part)]
    return [one if one.endswith((".", ":")) else f"{one}." for one in found]


@cache
def _table() -> dict[str, dict[str, Any]]:
    text = files(__package__).joinpath("fields.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _told(declared: type, name: str) -> Mapping[str, Any]:
    """What ``fields.toml`` says of a field: of its own class, then of the class it inherits from, then by its name."""
    found: dict[str, Any] = {}
    tables = [_table().get(one.__name__, {}) for one in reversed(declared.__mro__)]
    for table in (_table()["any"], *tables):
        told = table.get(name, {})
        found |= {"meaning": told} if isinstance(told, str) else told
    return found


def _sure(item: Type, names: Sequence[str]) -> Type:
    """The same group in which some names are never missing."""
    if not isinstance(item, Group):
        return item
    there = {name: replace(item.names[name], type=bare(item.names[name].type)) for name in names}
    return Group(names={**item.names, **there}, title=item.title, meaning=item.meaning)


def _type(hint: Any, told: Mapping[str, Any]) -> Type:
    if hint is facts.Figure:
        return figure_of(told["unit"])
    if hint in _PLAIN:
        return Text(values=tuple(told["values"])) if "values" in told else _PLAIN[hint]
    if isinstance(hint, type):
        return group_of(hint)
    origin, given = get_origin(hint), get_args(hint)
    if origin is Literal:
        return Text(values=given)
    if origin in {Union, UnionType}:
        (kind,) = (one for one in given if one is not NoneType)
        return Optional(_type(kind, told))
    if origin is tuple:
        item = _type(given[0], told)
        least = told.get("at_least", 0) if given[-1] is Ellipsis else len(given)
        return ListOf(item, least, _sure(item, told["sure"]) if "sure" in told else None)
    if origin is Mapping:
        return MapOf(_type(given[1], told))
    raise TypeError(f"no type for {hint}")
