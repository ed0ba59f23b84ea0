"""Walking the statements of templates: conditions, loops, blocks, macros, imports, and the papers that they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import cast

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


def _output(node: nodes.Node, here: Here) -> None:
    for part in cast(nodes.Output, node).nodes:
        if not isinstance(part, nodes.TemplateData):
            printable(value_of(part, here), part, here)


def _if(node: nodes.Node, here: Here) -> None:
    wanted = cast(nodes.If, node)
    at = here
    for branch in (wanted, *wanted.elif_):
        test = value_of(branch.test, at)
        truth(test, branch.test, at)
        at = at.within(test)
        run(branch.body, at)
    run(wanted.else_, at)


def _for(node: nodes.Node, here: Here) -> None:
    wanted = cast(nodes.For, node)
    items = value_of(wanted.iter, here)
    item = item_of(there(items, wanted.iter, here))
    if item is None:
        here.note(
            "bad_value",
            f"A loop takes a list, and this is a {called(there(items, wanted.iter, here))}.",
            "Loop over a list.",
            at=wanted.iter,
        )
        item = Anything()
    origin = f"{items.origin}[]" if items.origin else ""
    one = hanging(item, origin, items.told)
    inside = here.within(items).inside(loop=hanging(loop_of(item), f"loop {wanted.lineno}"))
    _bind(wanted.target, one, inside)
    if wanted.test is not None:
        test = value_of(wanted.test, inside)
        truth(test, wanted.test, inside)
        inside = inside.within(test)
    run(wanted.body, inside)
    run(wanted.else_, here.within(items).inside())


def _bind(target: nodes.Node, value: Value, here: Here) -> None:
    if isinstance(target, nodes.Name):
        here.scope.put(target.name, value)
    elif isinstance(target, nodes.Tuple):
        for part in target.items:
            _bind(part, ANYTHING, here)


def _set(node: nodes.Node, here: Here) -> None:
    wanted = cast(nodes.Assign, node)
    _bind(wanted.target, value_of(wanted.node, here), here)


def _set_block(node: nodes.Node, here: Here) -> None:
    wanted = cast(nodes.AssignBlock, node)
    run(wanted.body, here.inside())
    _bind(wanted.target, Value(PRINTED), here)


def _with(node: nodes.Node, here: Here) -> None:
    wanted = cast(nodes.With, node)
    inside = here.inside()
    for target, value in zip(wanted.targets, wanted.values, strict=False):
        _bind(target, value_of(value, here), inside)
    run(wanted.body, inside)


def _macro(node: nodes.Node, here: Here) -> None:
    wanted = cast(nodes.Macro, node)
    for default in wanted.defaults:
        value_of(default, here)
    here.scope.names[wanted.name] = Value(Macro(wanted, here.tree, here.scope))


def _block(node: nodes.Node, here: Here) -> None:
    """A block is printed as the last template of the chain has it, with the names that it sees there."""
    wanted = cast(nodes.Block, node)
    blocks = here.blocks
    found = blocks.override(wanted.name) if blocks else None
    if blocks is None or found is None:
        run(wanted.body, here.inside())
        return
    tree, block = found
    scope = (here.scope if wanted.scoped else blocks.top).inner()
    inside = replace(here, tree=tree, scope=scope, blocks=replace(blocks, at=(wanted.name, 0)))
    run(block.body, inside)


def _include(node: nodes.Node, here: Here) -> None:
    name = _named(cast(nodes.Include, node).template, here)
    tree = here.walk.tree(name) if name else None
    if tree is not None and here.calls.count(id(tree)) == 0:
        inside = here.calling(tree, here.scope.inner(), node, id(tree))
        run(tree.root.body, replace(inside, blocks=None))


def _import(node: nodes.Node, here: Here) -> None:
    wanted = cast(nodes.Import, node)
    module = _module(wanted.template, node, here)
    here.scope.names[wanted.target] = Value(module) if module else ANYTHING


def _from(node: nodes.Node, here: Here) -> None:
    wanted = cast(nodes.FromImport, node)
    module = _module(wanted.template, node, here)
    for named in wanted.names:
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


def _scope(node: nodes.Node, here: Here) -> None:
    run(cast(nodes.Scope, node).body, here.inside())


_WALKERS: dict[type[nodes.Node], Callable[[nodes.Node, Here], None]] = {
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
