"""What a walk through the templates of a pack carries: where it is, what it may use there, what it has found used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from jinja2 import Environment, nodes

from poa.languages import LANGUAGES
from poa.packs.allowed import refusals
from poa.packs.checking.problems import Pad, Place, Severity
from poa.packs.checking.trees import Tree, Unparsed, parsed
from poa.packs.checking.values import Scope, Value
from poa.packs.environment import PackEnvironment
from poa.packs.pack import Pack, phrases_in
from poa.packs.phrases import Phrase


@dataclass(slots=True, eq=False)
class Walk:
    """One check of one pack.

    ``run`` walks statements; ``left_out`` is the text of what was left out while the
    pack was opened, and may define what then seems to be missing. ``used``: keys of phrases; ``read``: names of options; ``called``: macros by identity; ``reached``: files by real name;
    ``unread``: own templates that could not be read, whole or in part, and may use what then seems unused.
    """

    pack: Pack
    pad: Pad
    run: Callable[[Sequence[nodes.Node], Here], None]
    environment: PackEnvironment
    phrases: Mapping[str, Mapping[str, Phrase]]
    trees: dict[str, Tree | None] = field(default_factory=dict)
    left_out: str = ""
    used: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    called: set[int] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    seen: set[object] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    def tree(self, file: str) -> Tree | None:
        """The tree of a template by its real name; what is off the list is noted, None where it cannot be parsed."""
        self.reached.add(file)
        if file not in self.trees:
            self.trees[file] = self._parsed(file)
        return self.trees[file]

    def _parsed(self, file: str) -> Tree | None:
        text = self.pack.text(file)
        try:
            if not self.pad.own(file):
                return _built_in(text, file)
            tree = parsed(self.environment, text, file=file)
            for node, (code, message, hint) in refusals(tree.root, rules=self.environment.rules):
                self.pad.note(code, message, hint, at=(file, tree.place(node)))
        except Unparsed as fault:
            self.unread.add(file)
            self.pad.note("template_syntax", fault.message, fault.remedy, at=(file, fault.place))
            return None
        except RecursionError:
            self.too_deep(file)
            return None
        return tree

    def too_deep(self, file: str) -> None:
        """Note a template in which brackets, lists or calls stand too deep inside one another."""
        self.unread.add(file)
        self.pad.note("too_deep", "It nests too deeply to be read.", "Split it into parts.", at=(file, None))


@lru_cache(maxsize=64)
def _built_in(text: str, file: str) -> Tree:
    """The tree of a built-in template, which no walk changes."""
    return parsed(Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True), text, file=file)


def walk_of(pack: Pack, pad: Pad, left_out: str, run: Callable[[Sequence[nodes.Node], Here], None]) -> Walk:
    """A walk at its beginning."""
    cut = {one for one, text in pad.sources.items() if one.endswith(".j2") and pack.sources.get(one) != text}
    return Walk(
        pack=pack,
        pad=pad,
        run=run,
        left_out=left_out,
        environment=PackEnvironment(pack, {}, language=LANGUAGES["en"]),
        phrases={code: phrases_in(pack, code) for code in pack.languages},
        unread={f"{pack.name}/{one}" for one in cut},
    )


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """The blocks of a document by name, each overriding the next, and the names that a block sees by itself."""

    chains: Mapping[str, Sequence[tuple[Tree, nodes.Block]]]
    top: Scope
    at: tuple[str, int] | None = None

    def override(self, name: str, depth: int = 0) -> tuple[Tree, nodes.Block] | None:
        """The block that is printed under a name, or so many below it."""
        chain = self.chains.get(name, ())
        return chain[depth] if depth < len(chain) else None


@dataclass(frozen=True, slots=True, eq=False)
class Here:
    """One point of a walk.

    ``tested`` are the paths that conditions around it speak of. ``blame`` is the pack's own place from which a
    built-in file was called, which has to answer for what goes wrong in there. ``calls`` are the macros it is inside of.
    """

    walk: Walk
    tree: Tree
    scope: Scope
    tested: frozenset[str] = frozenset()
    blame: tuple[str, Place] | None = None
    calls: tuple[int, ...] = ()
    blocks: Blocks | None = None

    def note(
        self,
        code: str,
        message: str,
        remedy: str,
        *,
        at: nodes.Node | Place,
        severity: Severity = "error",
    ) -> None:
        """Note a problem at a part of the template, or at the call that led into a built-in one."""
        pad = self.walk.pad
        place = at if isinstance(at, Place) else self.tree.place(at)
        if pad.own(self.tree.file):
            pad.note(code, message, remedy, at=(self.tree.file, place), severity=severity)
        elif self.blame is not None:
            inside = f"{message} (in {self.tree.file}:{place.line})"
            pad.note(code, inside, remedy, at=self.blame, severity=severity)

    def within(self, *conditions: Value) -> Here:
        """The same point where these conditions were looked at before."""
        told = frozenset().union(*(one.told for one in conditions))
        return replace(self, tested=self.tested | told)

    def inside(self, **names: Value) -> Here:
        """A scope inside this one."""
        return replace(self, scope=self.scope.inner(**names))

    def calling(self, tree: Tree, scope: Scope, at: nodes.Node, macro: int) -> Here:
        """The inside of a macro that is called here."""
        own = self.walk.pad.own(self.tree.file)
        blame = (self.tree.file, self.tree.place(at)) if own else self.blame
        return replace(self, tree=tree, scope=scope, blame=blame, calls=(*self.calls, macro))
