"""Names as the template writes them, for a remedy that is to be typed: ``section.heading``, not the path ``letter.sections[]``."""

from __future__ import annotations

import re

from jinja2 import nodes

from poa.packs.checking.values import Value
from poa.packs.checking.walk import Here

_EACH = "[]"  # in a path: any item of the list, which no template can write
_LOOP = re.compile(r"loop \d+\.")


def source_of(node: nodes.Node | None) -> str | None:
    """A name, and what is read in it, written back as Jinja; None for any other expression."""
    match node:
        case nodes.Name(name=str(name)):
            return name
        case nodes.Getattr(node=inner, attr=str(name)):
            begin = source_of(inner)
            return None if begin is None else f"{begin}.{name}"
        case nodes.Getitem(node=inner, arg=at):
            begin, key = source_of(inner), _key(at)
            return None if begin is None or key is None else f"{begin}[{key}]"
    return None


def _key(at: nodes.Node) -> str | None:
    match at:
        case nodes.Const(value=str(name)):
            return None if '"' in name or "\\" in name else f'"{name}"'
        case nodes.Const(value=int(number)):
            return str(number)
        case nodes.Neg(node=nodes.Const(value=int(number))):
            return f"-{number}"
    return source_of(at)


def to_type(value: Value, node: nodes.Node | None, here: Here) -> str | None:
    """How the template names a value: by its path, or as it is written at ``node`` where the path goes through a list.

    None where it has no name that could be typed, as inside of a built-in file.
    """
    if value.origin and _EACH not in value.origin and not _LOOP.match(value.origin):
        return value.origin
    return source_of(node) if here.walk.pad.own(here.tree.file) else None


def beside(path: str, value: Value, node: nodes.Node | None) -> str | None:
    """The same of a path that stands beside a value's own, or is its own."""
    loop = _LOOP.match(path)
    if loop:
        return f"loop.{path[loop.end() :]}"
    if _EACH not in path:
        return path
    group, _, name = path.rpartition(".")
    if group == value.origin.rpartition(".")[0] and isinstance(node, nodes.Getattr):
        begin = source_of(node.node)
        return None if begin is None else f"{begin}.{name}"
    return None
