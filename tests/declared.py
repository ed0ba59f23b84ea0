"""Whether data are of the types that they are declared with, and which paths are declared at all."""

import re

from poa.packs.names import (
    Answer,
    Anything,
    Day,
    Figure,
    Group,
    ListOf,
    MapOf,
    Number,
    Optional,
    Text,
    Whole,
    YesNo,
    in_words,
    value_type,
)

FIGURE = {"fact", "value", "unit"}
ANSWER = {"fact", "value", "question"}


def misfits(value, kind, path=""):
    """Where a value of a context is not what its type says, as paths with what is wrong."""
    match kind:
        case Optional(of=inner) if value is not None:
            yield from misfits(value, inner, path)
        case Group() if isinstance(value, dict):
            yield from _in_group(value, kind, path)
        case ListOf(of=inner, at_least=least, first=first) if isinstance(value, list) and len(value) >= least:
            for at, item in enumerate(value):
                yield from misfits(item, first if first and at < least else inner, f"{path}[{at}]")
        case MapOf(of=inner) if isinstance(value, dict):
            for name, item in value.items():
                yield from misfits(item, inner, f"{path}.{name}")
        case Anything():
            pass
        case _ if not (isinstance(kind, Optional) or _fits(value, kind)):
            yield f"{path}: {value!r} is not {in_words(kind)}"


def _in_group(value, group, path):
    for name in sorted(value.keys() - group.names.keys()):
        yield f"{path}.{name}: not declared"
    for name, declared in group.names.items():
        if name in value:
            yield from misfits(value[name], declared.type, f"{path}.{name}")
        elif not (isinstance(declared.type, Optional) and declared.type.absent):
            yield f"{path}.{name}: not there"


def _fits(value, kind):
    match kind, value:
        case Figure(), {"value": stated, "unit": str(unit)}:
            held = kind.missing if stated is None else not [*misfits(stated, value_type(kind))]
            return value.keys() == FIGURE and unit in kind.units and held
        case Answer(), {"value": stated}:
            right = stated is None or (_fits(stated, Day()) if kind.day else isinstance(stated, str))
            return value.keys() - {"kind"} == ANSWER and right
        case Text(values=values), str():
            return not values or value in values
        case YesNo(), bool():
            return True
        case Whole(), int():
            return type(value) is int
        case Number(), int() | float():
            return type(value) is not bool
        case Day(), str():
            return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None
    return False


def leaves_of(kind, path=()):
    """Every declared path, list items and names of a map under a sign of their own."""
    match kind:
        case Optional(of=inner):
            yield from leaves_of(inner, path)
        case ListOf(of=inner) | MapOf(of=inner):
            yield from leaves_of(inner, (*path, "[]"))
        case Group(names=names):
            for name, one in names.items():
                yield (*path, name), one
                yield from leaves_of(one.type, (*path, name))


def values_at(value, path):
    """What stands at a declared path, in whatever item of the lists on its way."""
    if not path:
        yield value
    elif path[0] == "[]":
        items = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
        for item in items:
            yield from values_at(item, path[1:])
    elif isinstance(value, dict) and path[0] in value:
        yield from values_at(value[path[0]], path[1:])
