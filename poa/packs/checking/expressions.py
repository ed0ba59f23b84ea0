"""What an expression of a template is: its type, by the names that it reads and the filters behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from jinja2 import nodes

from poa.packs.checking.calls import SUPER, called, parents
from poa.packs.checking.compared import compared, plus, tested
from poa.packs.checking.filtered import filtered
from poa.packs.checking.problems import nearest
from poa.packs.checking.reading import entry, truth
from poa.packs.checking.values import ANYTHING, Kind, Value, as_type, joined, together
from poa.packs.checking.walk import Here
from poa.packs.marks import meant_by
from poa.packs.names import Anything, ListOf, Number, Optional, Text, Whole, YesNo


def value_of(node: nodes.Node, here: Here) -> Value:
    """The value of an expression; problems are noted on the way, and what cannot be known is anything."""
    reader = _READERS.get(type(node))
    if reader is None:
        for child in node.iter_child_nodes():
            value_of(child, here)
        return ANYTHING
    return reader(node, here)


def _name(node: nodes.Node, here: Here) -> Value:
    name = cast(nodes.Name, node).name
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


def _const(node: nodes.Node, _: Here) -> Value:
    value = cast(nodes.Const, node).value
    kinds: dict[type, Kind] = {bool: YesNo(), int: Whole(), float: Number(), str: Text()}
    return Value(kinds.get(type(value), Anything()), const=value)


def _list(node: nodes.Node, here: Here) -> Value:
    items = tuple((item, value_of(item, here)) for item in cast("nodes.List | nodes.Tuple", node).items)
    kind: Kind = items[0][1].kind if items else Anything()
    for _, item in items[1:]:
        kind = joined(kind, item.kind)
    return Value(
        ListOf(as_type(kind), at_least=len(items)),
        told=together(tuple(value for _, value in items)),
        items=items,
    )


def _getattr(node: nodes.Node, here: Here) -> Value:
    read = cast(nodes.Getattr, node)
    return entry(value_of(read.node, here), read.attr, read, here, written=read.node)


def _getitem(node: nodes.Node, here: Here) -> Value:
    read = cast(nodes.Getitem, node)
    of, at = value_of(read.node, here), value_of(read.arg, here)
    if isinstance(read.arg, nodes.Const):
        return entry(of, read.arg.value, read, here, written=read.node)
    if isinstance(read.arg, nodes.Neg) and isinstance(read.arg.node, nodes.Const):
        return entry(of, -read.arg.node.value, read, here, written=read.node)
    return entry(of, at, read, here, written=read.node)


def _filter(node: nodes.Node, here: Here) -> Value:
    wanted = cast(nodes.Filter, node)
    given = value_of(wanted.node, here) if wanted.node is not None else ANYTHING
    args = tuple((arg, value_of(arg, here)) for arg in wanted.args)
    options = {
        one.key: (one, value_of(one.value, here)) for one in cast("list[nodes.Keyword]", wanted.kwargs)
    }
    return filtered(wanted, given, args, options, here)


def _test(node: nodes.Node, here: Here) -> Value:
    wanted = cast(nodes.Test, node)
    args = tuple((arg, value_of(arg, here)) for arg in wanted.args)
    return tested(wanted, value_of(wanted.node, here), args, here)


def _compare(node: nodes.Node, here: Here) -> Value:
    wanted = cast(nodes.Compare, node)
    sides = [(wanted.expr, value_of(wanted.expr, here))]
    signs = []
    for operand in wanted.ops:
        signs.append(operand.op)
        sides.append((operand.expr, value_of(operand.expr, here)))
    return compared(wanted, tuple(sides), tuple(signs), here)


def _both(node: nodes.Node, here: Here) -> Value:
    wanted = cast("nodes.And | nodes.Or", node)
    left = value_of(wanted.left, here)
    truth(left, wanted.left, here)
    right = value_of(wanted.right, here.within(left))
    if isinstance(node, nodes.Or) and left.kind == right.kind:
        return Value(left.kind, left.origin, left.told | right.told)
    if isinstance(node, nodes.Or) and isinstance(left.kind, Optional) and isinstance(right.kind, ListOf):
        return Value(left.kind.of, left.origin, left.told)  # (facts.budgets or [])
    return Value(Anything(), told=left.told | right.told)


def _not(node: nodes.Node, here: Here) -> Value:
    inner = cast(nodes.Not, node).node
    value = value_of(inner, here)
    truth(value, inner, here)
    return Value(YesNo(), told=value.told)


def _either(node: nodes.Node, here: Here) -> Value:
    wanted = cast(nodes.CondExpr, node)
    test = value_of(wanted.test, here)
    truth(test, wanted.test, here)
    then = value_of(wanted.expr1, here.within(test))
    if wanted.expr2 is None:
        return then
    other = value_of(wanted.expr2, here.within(test))
    return Value(joined(then.kind, other.kind), told=test.told | then.told | other.told)


def _sum(node: nodes.Node, here: Here) -> Value:
    wanted = cast("nodes.Add | nodes.Sub", node)
    return plus(wanted, value_of(wanted.left, here), value_of(wanted.right, here), here)


def _neg(node: nodes.Node, here: Here) -> Value:
    return value_of(cast(nodes.Neg, node).node, here)


def _call(node: nodes.Node, here: Here) -> Value:
    wanted = cast(nodes.Call, node)
    if isinstance(wanted.node, nodes.Name) and wanted.node.name == SUPER:
        return parents(wanted, here)
    callee = value_of(wanted.node, here)
    args = tuple((arg, value_of(arg, here)) for arg in wanted.args)
    options = {one.key: (one, value_of(one.value, here)) for one in wanted.kwargs}
    return called(wanted, callee, args, options, here)


_READERS: dict[type[nodes.Node], Callable[[nodes.Node, Here], Value]] = {
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
