"""What an expression of a template is: its type, by the names that it reads and the filters behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from jinja2 import nodes

from poa.packs.checking.calls import SUPER, called, parents
from poa.packs.checking.compared import compared, plus, tested
from poa.packs.checking.filtered import filtered
from poa.packs.checking.problems import nearest
from poa.packs.checking.reading import entry, truth
from poa.packs.checking.values import ANYTHING, Kind, Value, as_type, joined, together
from poa.packs.checking.walk import Here
from poa.packs.names import Anything, ListOf, Number, Optional, Text, Whole, YesNo
from poa.packs.placing import meant_by


def value_of(node: nodes.Node, here: Here) -> Value:
    """The value of an expression; problems are noted on the way, and what cannot be known is anything."""
    reader = _READERS.get(type(node))
    if reader is None:
        for child in node.iter_child_nodes():
            value_of(child, here)
        return ANYTHING
    return reader(node, here)


def _name(node: nodes.Name, here: Here) -> Value:
    name = node.name
    found = here.scope.find(name)
    if found is not None:
        return found
    known = sorted({one for one in here.scope.known() if not one.startswith("_")})
    near = meant_by(name, known) or nearest(name, known)
    here.note(
        "unknown_name",
        f"The paper has no '{name}'{f'; did you mean {near!r}?' if near else '.'}",
        f"Write {near}." if near else f"It has: {', '.join(known)}.",
        at=node,
    )
    return ANYTHING


def _const(node: nodes.Const, _: Here) -> Value:
    value = node.value
    kinds: dict[type, Kind] = {bool: YesNo(), int: Whole(), float: Number(), str: Text()}
    return Value(kinds.get(type(value), Anything()), const=value)


def _list(node: nodes.List | nodes.Tuple, here: Here) -> Value:
    items = tuple((item, value_of(item, here)) for item in node.items)
    kind: Kind = items[0][1].kind if items else Anything()
    for _, item in items[1:]:
        kind = joined(kind, item.kind)
    return Value(
        ListOf(as_type(kind), at_least=len(items)),
        told=together(tuple(value for _, value in items)),
        items=items,
    )


def _getattr(node: nodes.Getattr, here: Here) -> Value:
    return entry(value_of(node.node, here), node.attr, node, here, written=node.node)


def _getitem(node: nodes.Getitem, here: Here) -> Value:
    of, at = value_of(node.node, here), value_of(node.arg, here)
    if isinstance(node.arg, nodes.Const):
        return entry(of, node.arg.value, node, here, written=node.node)
    if isinstance(node.arg, nodes.Neg) and isinstance(node.arg.node, nodes.Const):
        return entry(of, -node.arg.node.value, node, here, written=node.node)
    return entry(of, at, node, here, written=node.node)


def _filter(node: nodes.Filter, here: Here) -> Value:
    given = value_of(node.node, here) if node.node is not None else ANYTHING
    args = tuple((arg, value_of(arg, here)) for arg in node.args)
    options = {one.key: (one, value_of(one.value, here)) for one in cast("list[nodes.Keyword]", node.kwargs)}
    return filtered(node, given, args, options, here)


def _test(node: nodes.Test, here: Here) -> Value:
    args = tuple((arg, value_of(arg, here)) for arg in node.args)
    return tested(node, value_of(node.node, here), args, here)


def _compare(node: nodes.Compare, here: Here) -> Value:
    sides = [(node.expr, value_of(node.expr, here))]
    signs = []
    for operand in node.ops:
        signs.append(operand.op)
        sides.append((operand.expr, value_of(operand.expr, here)))
    return compared(tuple(sides), tuple(signs), here)


def _both(node: nodes.And | nodes.Or, here: Here) -> Value:
    left = value_of(node.left, here)
    truth(left, node.left, here)
    right = value_of(node.right, here.within(left))
    if isinstance(node, nodes.Or) and left.kind == right.kind:
        return Value(left.kind, left.origin, left.told | right.told)
    if isinstance(node, nodes.Or) and isinstance(left.kind, Optional) and isinstance(right.kind, ListOf):
        return Value(left.kind.of, left.origin, left.told)  # (facts.budgets or [])
    return Value(Anything(), told=left.told | right.told)


def _not(node: nodes.Not, here: Here) -> Value:
    inner = node.node
    value = value_of(inner, here)
    truth(value, inner, here)
    return Value(YesNo(), told=value.told)


def _either(node: nodes.CondExpr, here: Here) -> Value:
    test = value_of(node.test, here)
    truth(test, node.test, here)
    then = value_of(node.expr1, here.within(test))
    if node.expr2 is None:
        return then
    other = value_of(node.expr2, here.within(test))
    return Value(joined(then.kind, other.kind), told=test.told | then.told | other.told)


def _sum(node: nodes.Add | nodes.Sub, here: Here) -> Value:
    return plus(node, value_of(node.left, here), value_of(node.right, here), here)


def _neg(node: nodes.Neg, here: Here) -> Value:
    return value_of(node.node, here)


def _call(node: nodes.Call, here: Here) -> Value:
    if isinstance(node.node, nodes.Name) and node.node.name == SUPER:
        return parents(node, here)
    callee = value_of(node.node, here)
    args = tuple((arg, value_of(arg, here)) for arg in node.args)
    options = {one.key: (one, value_of(one.value, here)) for one in node.kwargs}
    return called(node, callee, args, options, here)


_READERS: dict[type[nodes.Node], Callable[[Any, Here], Value]] = {  # each reads the nodes of its own types
    nodes.Name: _name,
    nodes.Const: _const,
    nodes.List: _list,
    nodes.Tuple: _list,
    nodes.Getattr: _getattr,
    nodes.Getitem: _getitem,
    nodes.Filter: _filter,
    nodes.Test: _test,
    nodes.Compare: _compare,
    nodes.And: _both,
    nodes.Or: _both,
    nodes.Not: _not,
    nodes.CondExpr: _either,
    nodes.Add: _sum,
    nodes.Sub: _sum,
    nodes.Neg: _neg,
    nodes.Call: _call,
}
