"""The documents of a pack, walked from their first template: inheritance, blocks, and what no document ever reaches."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from poa.packs.checking.options import options_of, table_place
from poa.packs.checking.problems import Place, nearest
from poa.packs.checking.reading import OPTIONS, outermost_name
from poa.packs.checking.statements import run
from poa.packs.checking.trees import Tree
from poa.packs.checking.values import ANYTHING, Phrases, Scope, Value, hanging
from poa.packs.checking.walk import Blocks, Here, Walk
from poa.packs.manifest import FILE
from poa.packs.names import Group
from poa.packs.names.contexts import names_of
from poa.packs.pack import BUILT_IN, ENDING, SHELL, WORD, Pack

_PHRASES = "t"


def walk_documents(walk: Walk) -> None:
    """Walk every document in every form that the pack has of it.

    The Word files of letters stand among the sources as the lines of their marks (``poa/build/word_native.py``).
    """
    for document in walk.pack.documents:
        for start in (*_starts(walk.pack, document), *_word_files(walk, document)):
            try:
                _walk_document(walk, start, names_of(document))
            except RecursionError:
                walk.too_deep(start)


def _starts(pack: Pack, document: str) -> list[str]:
    """The templates that make a document, one for all languages or some for a language of their own."""
    files = (f"{document}{code}{ENDING}" for code in ("", *(f".{one}" for one in pack.languages)))
    return [name for file in files if (name := pack.resolve(file)) is not None]


def _word_files(walk: Walk, document: str) -> list[str]:
    """The Word files that make a document; the pack lacks them all: that is a problem of its manifest."""
    rule = walk.pack.papers.get(document)
    if rule is None or rule.word is None:
        return []
    named = dict.fromkeys(one for code in walk.pack.languages for one in rule.word_files(code))
    found = [f"{walk.pack.name}/{one}" for one in named if one in walk.pack.sources]
    if not found:
        near = nearest(rule.word, [one for one in walk.pack.sources if one.endswith(WORD)])
        walk.pad.note(
            "template_missing",
            f"There is no Word file '{rule.word}' in the pack{f'; did you mean {near!r}?' if near else '.'}",
            f'Write word = "{near}".' if near else "Put the file beside pack.toml, or take `word` away.",
            at=(f"{walk.pack.name}/{FILE}", table_place(walk, f"papers.{document}")),
        )
    return found


def _walk_document(walk: Walk, start: str, names: Group) -> None:
    chain = [*_chain(walk, start)]
    if not chain:
        return
    outermost = Scope({name: outermost_name(name, one) for name, one in names.names.items()})
    outermost.names[_PHRASES] = Value(Phrases())
    if OPTIONS in outermost.names:
        outermost.names[OPTIONS] = hanging(options_of(walk.pack), OPTIONS)
    top = outermost.inner()
    blocks = Blocks(_blocks(chain), top)
    for tree in chain[:-1]:
        run(list(_entered(tree.root.body)), Here(walk, tree, top, blocks=blocks))
    run(chain[-1].root.body, Here(walk, chain[-1], top, blocks=blocks))
    for above in range(1, len(chain)):
        _overriding(walk, chain[above - 1], chain[above:])


def _entered(body: list[nodes.Node]) -> Iterator[nodes.Node]:
    """What runs of a template that extends another: all but the blocks and words behind the extends."""
    extended = False
    for node in body:
        extended |= isinstance(node, nodes.Extends)
        if not (extended and isinstance(node, nodes.Block | nodes.Output)):
            yield node


def _chain(walk: Walk, start: str) -> Iterator[Tree]:
    """A template, the one that it extends, and so on."""
    seen = set()
    name: str | None = start
    while name is not None and name not in seen:
        seen.add(name)
        tree = walk.tree(name)
        if tree is None:
            return
        yield tree
        extends = next(tree.root.find_all(nodes.Extends), None)
        name = None
        if extends is not None and isinstance(extends.template, nodes.Const):
            name = walk.pack.resolve(str(extends.template.value))
    if name is not None:
        walk.pad.note(
            "template_failed",
            f"{start} extends itself in a circle.",
            f'Write {{% extends "{BUILT_IN}/…" %}} to extend the built-in template.',
            at=(start, Place(1)),
        )


def _blocks(chain: list[Tree]) -> dict[str, list[tuple[Tree, nodes.Block]]]:
    found: dict[str, list[tuple[Tree, nodes.Block]]] = {}
    for tree in chain:
        for block in tree.root.find_all(nodes.Block):
            found.setdefault(block.name, []).append((tree, block))
    return found


def _overriding(walk: Walk, tree: Tree, parents: list[Tree]) -> None:
    """What of a template that extends another one is never printed: blocks that nobody has, words outside of blocks."""
    if not walk.pad.own(tree.file):
        return
    known = {block.name for parent in parents for block in parent.root.find_all(nodes.Block)}
    for node in tree.root.body:
        if isinstance(node, nodes.Block) and node.name not in known:
            near = nearest(node.name, known)
            walk.pad.note(
                "block_overrides_nothing",
                f"{parents[0].file} has no block '{node.name}'{f'; did you mean {near!r}?' if near else '.'}",
                f"Write {{% block {near} %}}." if near else f"Its blocks are: {', '.join(sorted(known))}.",
                at=(tree.file, tree.place(node)),
            )
        elif isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData) or part.data.strip():
                    _outside(walk, tree, part, parents[0].file)
                    break


def _outside(walk: Walk, tree: Tree, part: nodes.Node, parent: str) -> None:
    walk.pad.note(
        "outside_of_blocks",
        "This stands outside of every block, and a template that extends another one prints its blocks only.",
        f"Move it into a block of {parent}.",
        at=(tree.file, _first_word(tree, part)),
        severity="warning",
    )


def _first_word(tree: Tree, part: nodes.Node) -> Place:
    """The place of the first word of a text, which may begin with blank lines."""
    place = tree.place(part)
    if not isinstance(part, nodes.TemplateData):
        return place
    blank = part.data[: len(part.data) - len(part.data.lstrip())]
    breaks = blank.count("\n")
    column = len(blank) - (blank.rfind("\n") + 1) + (1 if breaks else place.column)
    return Place(place.line + breaks, column, len(part.data.split()[0]))


def walk_unused(walk: Walk) -> None:
    """What stands in the pack and reaches no paper: macros that nothing calls, files that nothing names."""
    pack, pad = walk.pack, walk.pad
    names = (f"{pack.name}/{file}" for file in sorted(pack.sources) if file.endswith(".j2"))
    apart = [name for name in names if name not in walk.reached]
    for name in apart:
        walk.tree(name)
    for name in apart:
        if walk.unread - {name}:
            continue
        file = name.removeprefix(f"{pack.name}/")
        known = {f"{one}{ENDING}" for one in pack.documents} | {*pack.default}
        near = nearest(file, {one for one in known if one.endswith(".j2")} - {file})
        named = "partial" if file.startswith("_") else "document"
        pad.note(
            "unused_file",
            f"No paper uses this {named}{f'; did you mean {near!r}?' if near else '.'}",
            f"Name it {near}, or take it out of the pack."
            if near
            else "Include or import it, name it in documents of pack.toml, or take it out of the pack.",
            at=(name, None),
            severity="warning",
        )
    for file in sorted(name for name in pack.sources if name.endswith(WORD)):
        if f"{pack.name}/{file}" not in walk.reached:
            pad.note(
                "unused_file",
                "No paper is made of this Word file.",
                f'Name it in pack.toml, [papers.plan-of-action] word = "{file}"; a letterhead is called {SHELL}. '
                "What is neither, take out of the pack.",
                at=(f"{pack.name}/{file}", None),
                severity="warning",
            )
    for name in sorted(walk.reached):
        tree = walk.trees.get(name)
        if tree is not None and pad.own(name):
            _macros(walk, tree)


def _macros(walk: Walk, tree: Tree) -> None:
    for macro in tree.root.find_all(nodes.Macro):
        if id(macro) in walk.called:
            continue
        known = [one.name for one in tree.root.find_all(nodes.Macro) if one is not macro]
        near = nearest(macro.name, known)
        if not walk.unread:
            walk.pad.note(
                "unused_macro",
                f"Nothing calls the macro '{macro.name}'.",
                f"Call it, or take it away{f'; {near} is called in its place' if near else ''}.",
                at=(tree.file, tree.place(macro)),
                severity="warning",
            )
        scope = Scope({_PHRASES: Value(Phrases())}, _Everything())
        inner = scope.inner(**{str(one.name): ANYTHING for one in macro.args})
        run(macro.body, Here(walk, tree, inner))


class _Everything(Scope):
    """A scope that has every name: what a macro that nothing calls may see, nobody can say."""

    def find(self, name: str) -> Value | None:  # noqa: ARG002 - whatever it is called
        """Anything."""
        return ANYTHING
