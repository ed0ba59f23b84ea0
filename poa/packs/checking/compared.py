"""Tests, comparisons and sums: what can be held against what."""

from __future__ import annotations

from itertools import pairwise

from jinja2 import nodes

from poa.packs.checking.problems import nearest
from poa.packs.checking.reading import there, whole
from poa.packs.checking.values import Value, together
from poa.packs.checking.walk import Here
from poa.packs.names import Answer, Anything, Day, Figure, Number, Text, Whole, YesNo

Sided = tuple[nodes.Node, Value]
_ORDER = {"lt", "lteq", "gt", "gteq", "ge", "le"}
_EQUAL = {"eq", "ne", "equalto"}


def compared(sides: tuple[Sided, ...], signs: tuple[str, ...], here: Here) -> Value:
    """A comparison of values."""
    for (left, right), sign in zip(pairwise(sides), signs, strict=True):
        held(left, right, sign, here)
    return Value(YesNo(), told=together(tuple(value for _, value in sides)))


def held(left: Sided, right: Sided, sign: str, here: Here) -> None:
    """One value held against another."""
    for place, value in (left, right):
        if isinstance(kind := value.bare, Figure | Answer):
            whole(kind, value, place, here)
            return
    if sign in _ORDER:
        _ordered(left, right, here)
    elif sign in _EQUAL:
        never_equal(left, right, here)
        never_equal(right, left, here)


def _ordered(left: Sided, right: Sided, here: Here) -> None:
    """Numbers are smaller than numbers, and days, which are texts, earlier than days."""
    kinds = [there(value, place, here) for place, value in (left, right)]
    if any(isinstance(kind, Text | Day) for kind in kinds):
        if not all(isinstance(kind, Text | Day | Anything) for kind in kinds):
            here.note(
                "bad_value",
                "A text is never smaller or greater than a number.",
                "Compare two numbers or two days.",
                at=left[0] if isinstance(kinds[0], Text) else right[0],
            )
        return
    for place, value in (left, right):
        _number(place, value, here)


def _number(place: nodes.Node, value: Value, here: Here) -> None:
    kind = there(value, place, here)
    if not isinstance(kind, Whole | Number | Anything):
        here.note(
            "bad_value",
            "Only numbers are smaller or greater than others.",
            "Compare a number, such as the .value of a figure.",
            at=place,
        )


def never_equal(one: Sided, other: Sided, here: Here) -> None:
    """A warning where a text is compared with one that it never is."""
    kind, said = one[1].bare, other[1].const
    if not isinstance(kind, Text) or not kind.values or not isinstance(said, str) or said in kind.values:
        return
    near = nearest(said, kind.values)
    here.note(
        "never_equal",
        f"It is never {said!r}{f'; did you mean {near!r}?' if near else '.'}",
        f"Write '{near}'." if near else f"It is one of: {', '.join(kind.values)}.",
        at=other[0],
        severity="warning",
    )


def tested(node: nodes.Test, value: Value, args: tuple[Sided, ...], here: Here) -> Value:
    """``value is test``."""
    if node.name == "none" and isinstance(value.kind, Figure | Answer):
        here.note(
            "never_missing",
            f"'{value.origin or 'This'}' itself is always there; only its value may be missing.",
            "Put .value before the test: .value is none.",
            at=node,
            severity="warning",
        )
    elif node.name in _ORDER | _EQUAL and args:
        held((node.node, value), args[0], node.name, here)
    elif node.name in {"odd", "even"}:
        _number(node.node, value, here)
    return Value(YesNo(), told=value.told | together(tuple(one for _, one in args)))


def plus(node: nodes.Add | nodes.Sub, left: Value, right: Value, here: Here) -> Value:
    """A sum or a difference, which only whole numbers have."""
    for place, value in ((node.left, left), (node.right, right)):
        kind = there(value, place, here)
        if isinstance(kind, Figure | Answer):
            whole(kind, value, place, here)
        elif not isinstance(kind, Whole | Anything):
            here.note(
                "not_allowed",
                f"`{node.operator}` takes whole numbers only.",
                "Print texts side by side: {{ first }} {{ second }}.",
                at=place,
            )
    return Value(Whole(), told=left.told | right.told)
