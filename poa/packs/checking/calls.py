"""Calls of macros, each walked with the values that it is given, and of ``super()``."""

from __future__ import annotations

from dataclasses import replace

from jinja2 import nodes

from poa.packs.checking.problems import nearest
from poa.packs.checking.values import ANYTHING, Macro, Scope, Value, printed
from poa.packs.checking.walk import Here
from poa.packs.names import Anything, ListOf, MapOf

SUPER = "super"
_MOST = 30_000  # calls that are walked; no pack of a person has a tenth, and a hostile one gets no more time
_DEEPEST = 2  # how often a macro that calls itself is walked in one chain of calls
_Args = tuple[tuple[nodes.Node, Value], ...]
_Options = dict[str, tuple[nodes.Keyword, Value]]


def called(node: nodes.Call, callee: Value, args: _Args, options: _Options, here: Here) -> Value:
    """What a macro prints when it is given these values; its inside is walked with them."""
    given = (*(value for _, value in args), *(value for _, value in options.values()))
    result = printed(*given)
    macro = callee.kind
    if not isinstance(macro, Macro):
        return result  # what else is called is off the list, and told there
    here.walk.called.add(id(macro.node))
    names = [str(parameter.name) for parameter in macro.node.args]
    bound = dict(zip(names, (value for _, value in args), strict=False))
    if len(args) > len(names) and not _spreads(macro.node):
        _misfit(node, macro, names, f"takes {len(names)} values, not {len(args)}", here)
    for name, (keyword, value) in options.items():
        if name in names:
            bound[name] = value
        elif not _spreads(macro.node):
            near = nearest(name, names)
            here.note(
                "macro_arguments",
                f"The macro '{macro.node.name}' takes no '{name}'{f'; did you mean {near!r}?' if near else '.'}",
                f"Write {near}=." if near else f"It takes: {', '.join(names) or 'nothing'}.",
                at=here.tree.keyword(keyword),
            )
    lacking = [name for name in names[: len(names) - len(macro.node.defaults)] if name not in bound]
    if lacking:
        _misfit(node, macro, names, f"is not given '{lacking[0]}'", here)
    else:
        _walked(macro, bound, node, here)
    return result


def _misfit(node: nodes.Call, macro: Macro, names: list[str], what: str, here: Here) -> None:
    shown = f"{macro.node.name}({', '.join(names)})"
    here.note("macro_arguments", f"The macro '{macro.node.name}' {what}.", f"Call it as {shown}.", at=node)


def _spreads(macro: nodes.Macro) -> bool:
    """Whether a macro takes whatever it is given: it then reads ``varargs`` or ``kwargs``."""
    return any(name.name in {"varargs", "kwargs"} for name in macro.find_all(nodes.Name))


def _walked(macro: Macro, bound: dict[str, Value], node: nodes.Call, here: Here) -> None:
    same = id(macro.node)
    if here.calls.count(same) >= _DEEPEST:
        return
    own = here.walk.pad.own
    seen = (
        same,
        tuple((name, bound[name].key) for name in sorted(bound)),
        here.tested,
        None if own(macro.tree.file) else id(node) if own(here.tree.file) else here.blame,
    )
    if seen in here.walk.seen or len(here.walk.seen) > _MOST:
        return
    here.walk.seen.add(seen)
    scope = Scope({str(one.name): ANYTHING for one in macro.node.args} | bound, macro.scope)
    scope.names["varargs"] = Value(ListOf(Anything()))
    scope.names["kwargs"] = Value(MapOf(Anything()))
    inside = here.calling(macro.tree, scope, node, same)
    here.walk.run(macro.node.body, inside)


def parents(node: nodes.Call, here: Here) -> Value:
    """``super()``: the block that this one overrides, walked as its own template has it."""
    blocks = here.blocks
    if blocks is None or blocks.at is None:
        here.note(
            "no_super",
            "super() stands outside of a block.",
            "Write it inside a block that overrides one.",
            at=node,
        )
        return printed()
    name, depth = blocks.at
    below = blocks.override(name, depth + 1)
    if below is None:
        here.note(
            "no_super",
            f"The block '{name}' overrides nothing, so super() has nothing to print.",
            "Take super() away.",
            at=node,
        )
        return printed()
    tree, block = below
    inner = replace(
        here.calling(tree, here.scope, node, id(block)), blocks=replace(blocks, at=(name, depth + 1))
    )
    here.walk.run(block.body, inner)
    return printed()
