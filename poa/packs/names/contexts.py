"""Which names the template of each document gets: the facts by their types, the rest by ``contexts.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from poa import facts
from poa.facts import waiting, weekly
from poa.packs.names import (
    Answer,
    Anything,
    Day,
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
)
from poa.packs.names.facts_types import figure_of, group_of

_PLAIN: Mapping[str, Type] = {
    "text": Text(),
    "day": Day(),
    "whole": Whole(),
    "number": Number(),
    "yesno": YesNo(),
    "answer": Answer(),
    "answer:day": Answer(day=True),
    "anything": Anything(),
}
_FACTS: Mapping[str, type] = {
    "Facts": facts.Facts,
    "Cause": facts.Cause,
    "Weekly": weekly.Weekly,
    "Since": weekly.Since,
    "Scorecard": weekly.Scorecard,
    "WaitingOrder": waiting.WaitingOrder,
}
OWN = "plan-of-action"  # a document of a pack's own gets what the letter gets


def documents() -> tuple[str, ...]:
    """The documents that poa makes, in the order in which a reader meets them."""
    return tuple(_table()["documents"])


def names_of(document: str) -> Group:
    """All names that the template of a document gets, beside the phrases ``t``.

    A document that is none of poa's own gets those of the letter.
    """
    named = _table()["documents"]
    return _shape(named.get(document, named[OWN]))


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("contexts.toml").read_text(encoding="utf-8"))


@cache
def _shape(title: str) -> Group:
    told = dict(_table()[title])
    below, without = told.pop("over", None), told.pop("without", ())
    # A group of that very name may have a field that is called so too.
    if isinstance(below, list):
        told["over"], below = below, None
    names: dict[str, Name] = {}
    if below is not None:
        base = group_of(_FACTS[below]) if below in _FACTS else _shape(below)
        names |= {name: one for name, one in base.names.items() if name not in without}
    for name, (kind, meaning, *tested_by) in told.items():
        names[name] = Name(type=_type(kind), meaning=meaning, tested_by=tuple(tested_by))
    return Group(names=names, title=title)


def _type(told: str) -> Type:
    """A type as ``contexts.toml`` writes it."""
    if told.startswith("list of "):
        return ListOf(_type(told.removeprefix("list of ")))
    if told.endswith("?"):
        return Optional(_type(told.removesuffix("?")))
    if told.startswith("map of "):
        return MapOf(_type(told.removeprefix("map of ")))
    if told in _PLAIN:
        return _PLAIN[told]
    if found := re.fullmatch(r"(text|figure):(.+)", told):
        return Text(values=tuple(found[2].split("|"))) if found[1] == "text" else figure_of(found[2])
    return group_of(_FACTS[told]) if told in _FACTS else _shape(told)
