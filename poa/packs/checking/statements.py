"""Walking the statements of templates: conditions, loops, blocks, macros, imports, and the papers that they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from jinja2 import nodes

from poa.packs.checking.expressions import value_of
from poa.packs.checking.printing import printable
from poa.packs.checking.reading import called, there, truth
from poa.packs.checking.values import (
    ANYTHING,
    PRINTED,
    Macro,
    Module,
    Scope,
    Value,
    hanging,
    item_of,
    loop_of,
)
from poa.packs.checking.walk import Here
from poa.packs.names import Anything


def run(body: Sequence[nodes.Node], here: Here) -> None:
    """Walk statements one after the other."""
    for node in body:
        walker = _WALKERS.get(type(node))
        if walker is not None:
            walker(node, here)


def _output(node: nodes.Output, here: Here) -> None:
    for part in node.nodes:
        if not isinstance(part, nodes.TemplateData):
            printable(value_of(part, here), part, here)


def _if(node: nodes.If, here: Here) -> None:
    at = here
    for branch in (node, *node.elif_):
        test = value_of(branch.test, at)
        truth(test, branch.test, at)
        at = at.within(test)
        run(branch.body, at)
    run(node.else_, at)


def _for(node: nodes.For, here: Here) -> None:
    items = value_of(node.iter, here)
    item = item_of(there(items, node.iter, here))
    if item is None:
        here.note(
            "bad_value",
            f"A loop takes a list, and this is a {called(there(items, node.iter, here))}.",
            "Loop over a list.",
            at=node.iter,
        )
        item = Anything()
    origin = f"{items.origin}[]" if items.origin else ""
    one = hanging(item, origin, items.told)
    inside = here.within(items).inside(loop=hanging(loop_of(item), f"loop {node.lineno}"))
    _bind(node.target, one, inside)
    if node.test is not None:
        test = value_of(node.test, inside)
        truth(test, node.test, inside)
        inside = inside.within(test)
    run(node.body, inside)
    run(node.else_, here.within(items).inside())


def _bind(target: nodes.Node, value: Value, here: Here) -> None:
    if isinstance(target, nodes.Name):
        here.scope.put(target.name, value)
    elif isinstance(target, nodes.Tuple):
        for part in target.items:
            _bind(part, ANYTHING, here)


def _set(node: nodes.Assign, here: Here) -> None:
    _bind(node.target, value_of(node.node, here), here)


def _set_block(node: nodes.AssignBlock, here: Here) -> None:
    run(node.body, here.inside())
    _bind(node.target, Value(PRINTED), here)


def _with(node: nodes.With, here: Here) -> None:
    inside = here.inside()
    for target, value in zip(node.targets, node.values, strict=False):
        _bind(target, value_of(value, here), inside)
    run(node.body, inside)


def _macro(node: nodes.Macro, here: Here) -> None:
    for default in node.defaults:
        value_of(default, here)
    here.scope.names[node.name] = Value(Macro(node, here.tree, here.scope))


def _block(node: nodes.Block, here: Here) -> None:
    """A block is printed as the last template of the chain has it, with the names that it sees there."""
    blocks = here.blocks
    found = blocks.override(node.name) if blocks else None
    if blocks is None or found is None:
        run(node.body, here.inside())
        return
    tree, block = found
    scope = (here.scope if node.scoped else blocks.top).inner()
    inside = replace(here, tree=tree, scope=scope, blocks=replace(blocks, at=(node.name, 0)))
    run(block.body, inside)


def _include(node: nodes.Include, here: Here) -> None:
    name = _named(node.template, here)
    tree = here.walk.tree(name) if name else None
    if tree is not None and here.calls.count(id(tree)) == 0:
        inside = here.calling(tree, here.scope.inner(), node, id(tree))
        run(tree.root.body, replace(inside, blocks=None))


def _import(node: nodes.Import, here: Here) -> None:
    module = _module(node.template, node, here)
    here.scope.names[node.target] = Value(module) if module else ANYTHING


def _from(node: nodes.FromImport, here: Here) -> None:
    module = _module(node.template, node, here)
    for named in node.names:
        name, target = (named, named) if isinstance(named, str) else named
        found = module.names.get(name) if module else ANYTHING
        if found is None and module is not None:
            known = ", ".join(sorted(module.names))
            here.note(
                "unknown_name", f"{module.file} has no '{name}'.", f"It has: {known or 'nothing'}.", at=node
            )
        here.scope.names[target] = found or ANYTHING


def _module(template: nodes.Node, node: nodes.Node, here: Here) -> Module | None:
    """An imported file: what it sets and declares, seeing the names of the paper and not those around the import."""
    name = _named(template, here)
    tree = here.walk.tree(name) if name else None
    if name is None or tree is None or here.calls.count(id(tree)):
        return None
    outermost = here.scope
    while outermost.outside is not None:
        outermost = outermost.outside
    scope = Scope({}, outermost)
    run(
        [part for part in tree.root.body if not isinstance(part, nodes.Output)],
        replace(here.calling(tree, scope, node, id(tree)), blocks=None),
    )
    return Module(name, scope.names)


def _named(template: nodes.Node, here: Here) -> str | None:
    """The real name of a template that another one names; None where there is none, which is told as off the list."""
    if isinstance(template, nodes.Const) and isinstance(template.value, str):
        return here.walk.pack.resolve(template.value)
    return None


def _scope(node: nodes.Scope, here: Here) -> None:
    run(node.body, here.inside())


_WALKERS: dict[type[nodes.Node], Callable[[Any, Here], None]] = {  # each walks the nodes of its own type
    nodes.Output: _output,
    nodes.If: _if,
    nodes.For: _for,
    nodes.Assign: _set,
    nodes.AssignBlock: _set_block,
    nodes.With: _with,
    nodes.Macro: _macro,
    nodes.Block: _block,
    nodes.Include: _include,
    nodes.Import: _import,
    nodes.FromImport: _from,
    nodes.Scope: _scope,
}
