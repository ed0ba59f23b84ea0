"""The options that a pack declares: what templates may read as ``options.name``, and those that nothing reads."""

from __future__ import annotations

import re

from poa.packs.checking.problems import Place, nearest
from poa.packs.checking.reading import OPTIONS
from poa.packs.checking.walk import Walk
from poa.packs.manifest import FILE
from poa.packs.names import Day, Group, Name, Number, Optional, Text, Type, Whole, YesNo
from poa.packs.options import Option
from poa.packs.pack import Pack

_TYPES: dict[str, Type] = {
    "text": Text(),
    "yes_no": YesNo(),
    "whole": Whole(),
    "number": Number(),
    "day": Day(),
}


def options_of(pack: Pack) -> Group:
    """The options of a pack as the group that its templates read them from."""
    return Group(
        names={one.name: Name(type=_type(one), meaning=one.help) for one in pack.options},
        title=OPTIONS,
        meaning="What the pack lets the case decide.",
    )


def _type(option: Option) -> Type:
    kind = _TYPES.get(option.type, Text(values=option.choices))
    return Optional(kind) if option.default is None else kind


def check_options(walk: Walk) -> None:
    """Note options that no template and no rule of a paper reads, and rules of papers that there are not."""
    if not walk.pad.own(f"{walk.pack.name}/{FILE}"):
        return
    ruled = {rule.when for rule in walk.pack.papers.values()}
    for option in walk.pack.options:
        if walk.unread or option.name in walk.read or option.name in ruled:
            continue
        walk.pad.note(
            "unused_option",
            f"Nothing reads the option '{option.name}'.",
            f"Read it in a template, options.{option.name}, or take it away.",
            at=(f"{walk.pack.name}/{FILE}", table_place(walk, f"{OPTIONS}.{option.name}")),
            severity="warning",
        )
    for name in (one for one in walk.pack.papers if one not in walk.pack.documents):
        near = nearest(name, walk.pack.documents)
        walk.pad.note(
            "unknown_document",
            f"The pack makes no paper '{name}'{f'; did you mean {near!r}?' if near else '.'}",
            f"Write [papers.{near}]." if near else f"Its papers are: {', '.join(walk.pack.documents)}.",
            at=(f"{walk.pack.name}/{FILE}", table_place(walk, f"papers.{name}")),
        )


def table_place(walk: Walk, table: str) -> Place | None:
    """Where a table of the manifest begins."""
    lines = walk.pad.sources.get(FILE, "").split("\n")
    for number, line in enumerate(lines, start=1):
        if found := re.match(rf"\s*\[?\s*({re.escape(table)})\b", line):
            return Place(number, found.start(1) + 1, len(table))
    return None
