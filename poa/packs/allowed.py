"""Which parts of the template language a pack may use: a short list; all else is refused by file and line.

The tree is judged as it was parsed. Compiling first would be too late: compiling alone computes
``10 ** (10 ** 8)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from jinja2 import nodes

from poa.errors import PackFault, did_you_mean

LOOP_DEPTH = 3

_ALLOWED = frozenset(
    {
        # what is printed, and the shape of a paper
        *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Block, nodes.Extends, nodes.Include),
        *(nodes.Import, nodes.FromImport, nodes.Macro, nodes.If, nodes.For, nodes.With, nodes.Scope),
        *(nodes.Assign, nodes.AssignBlock),
        # what is said of a value
        *(nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Getattr, nodes.Getitem, nodes.Keyword),
        *(nodes.Filter, nodes.Test, nodes.Call, nodes.CondExpr, nodes.Compare, nodes.Operand),
        *(nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Neg),
    }
)

_COMPUTED = "Figures are computed and proven before the paper is written; print the one the facts hold."
_SIGNS: dict[type[nodes.Node], tuple[str, str]] = {
    nodes.Concat: ("`~`", "Write the parts side by side: {{ first }} {{ second }}."),
    nodes.Mul: ("`*`", _COMPUTED),
    nodes.Div: ("`/`", _COMPUTED),
    nodes.FloorDiv: ("`//`", _COMPUTED),
    nodes.Mod: ("`%`", _COMPUTED),
    nodes.Pow: ("`**`", _COMPUTED),
    nodes.Slice: ("A slice", "Write {% if loop.index <= 10 %} inside the loop."),
    nodes.Dict: ("A dictionary", "Give a macro its values one by one."),
    nodes.ScopedEvalContextModifier: (
        "{% autoescape %}",
        "Values always print as they are; Markdown stands in the template.",
    ),
    nodes.FilterBlock: ("{% filter %}", "Put the filter behind the value: {{ value | name }}."),
    nodes.CallBlock: ("{% call %}", "Call the macro with its values: {{ macro(value) }}."),
    nodes.NSRef: ("An attribute after {% set %}", "A name holds one value; set a plain name."),
}
_INSTEAD = {
    "safe": "Values always print as they are; Markdown stands in the template or in a phrase.",
    "default": "Every name of the facts exists; test a missing value with `is none`.",
    "defined": "Every name of the facts exists; test a missing value with `is none`.",
    "format": "Use count, percent or day.",
    "round": "Use percent(digits=…).",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What depends on the pack: the filters and tests there are, its files, and how a name is resolved."""

    filters: Collection[str]
    tests: Collection[str]
    files: Collection[str]
    resolve: Callable[[str], str | None]


def check(tree: nodes.Template, *, file: str, rules: Rules) -> None:
    """Refuse the first thing in a template that is off the list, with a PackFault at its line."""
    for node, (code, message, hint) in refusals(tree, rules=rules):
        raise PackFault(code, message, file=file, line=node.lineno, hint=hint)


def refusals(tree: nodes.Template, *, rules: Rules) -> Iterator[tuple[nodes.Node, tuple[str, str, str]]]:
    """Everything in a template that is off the list, each with its code, what is said of it, and what to do."""
    called = _Callable.of(tree)
    for node, depth in _walk(tree, 0):
        refusal = _refusal(node, depth, called=called, rules=rules)
        if refusal is not None:
            yield node, refusal
    for second in [*tree.find_all(nodes.Extends)][1:]:
        message = "A template extends one other template, and this is the second."
        yield second, ("not_allowed", message, "Take one of the two away.")
    for output in tree.find_all(nodes.Output):
        for value in _between_backticks(output):
            message = "A value cannot stand between backticks: its escapes would show."
            yield value, ("not_allowed", message, "Remove the backticks.")


@dataclass(frozen=True, slots=True)
class _Callable:
    """The macros of one template: those it can call by name, and the names of whole imported files."""

    macros: frozenset[str]
    imports: frozenset[str]

    @classmethod
    def of(cls, tree: nodes.Template) -> _Callable:
        taken = (name for node in tree.find_all(nodes.FromImport) for name in node.names)
        return cls(
            frozenset(
                {node.name for node in tree.find_all(nodes.Macro)}
                | {name if isinstance(name, str) else name[1] for name in taken}
                | {"super"}
            ),
            frozenset(node.target for node in tree.find_all(nodes.Import)),
        )

    def may(self, call: nodes.Call) -> bool:
        match call.node:
            case nodes.Name(name=name):
                return name in self.macros
            case nodes.Getattr(node=nodes.Name(name=name)):
                return name in self.imports
            case _:
                return False


_Refusal = tuple[str, str, str]


def _walk(node: nodes.Node, depth: int) -> Iterator[tuple[nodes.Node, int]]:
    depth += isinstance(node, nodes.For)
    yield node, depth
    for child in node.iter_child_nodes():
        yield from _walk(child, depth)


def _refusal(node: nodes.Node, depth: int, *, called: _Callable, rules: Rules) -> _Refusal | None:
    if type(node) not in _ALLOWED:
        what, hint = _SIGNS.get(type(node), (f"'{type(node).__name__.lower()}'", "Use a filter."))
        return "not_allowed", f"{what} cannot be used in a template.", hint
    match node:
        case nodes.Filter() | nodes.Test():
            return _misnamed(node, rules)
        case nodes.Extends() | nodes.Include() | nodes.Import() | nodes.FromImport():
            return _unreachable(node, rules)
        case nodes.For():
            return _too_deep(node, depth)
        case nodes.Call() if _spreads(node) or not called.may(node):
            return (
                "not_allowed",
                "Only macros that this template declares or imports, and super(), can be called.",
                "Use a filter: {{ value | count }}.",
            )
        case _:
            return _misshapen(node)


def _misshapen(node: nodes.Node) -> _Refusal | None:
    match node:
        case nodes.Getattr(attr=str(name)) | nodes.Getitem(arg=nodes.Const(value=str(name))) if (
            name.startswith("_")
        ):
            return "not_allowed", f"'{name}' begins with _ and cannot be read.", "Read a name of the facts."
        case nodes.CondExpr(expr2=None):
            return "not_allowed", "This inline if has no else.", 'Say what else to print: else "".'
        case nodes.AssignBlock(filter=nodes.Filter()):
            return (
                "not_allowed",
                "A {% set %} block takes no filter.",
                "Put the filter behind a value inside.",
            )
        case _:
            return None


def _misnamed(node: nodes.Filter | nodes.Test, rules: Rules) -> _Refusal | None:
    if _spreads(node):
        return "not_allowed", f"'{node.name}' cannot take * or **.", "Write its options one by one."
    refusal = _unknown("filter" if isinstance(node, nodes.Filter) else "test", node.name, rules)
    match node:
        case nodes.Filter(name="map", args=[nodes.Expr() as named, *_]):
            kind = "filter"
        case nodes.Filter(name="selectattr" | "rejectattr", args=[_, nodes.Expr() as named, *_]):
            kind = "test"
        case _:
            return refusal
    # map("name") and selectattr("rate.value", "none") run the filter or test that a text names.
    match named:
        case nodes.Const(value=str(name)):
            return _unknown(kind, name, rules)
        case _:
            return (
                "not_allowed",
                f"A {kind} is named by a text in quotes.",
                f'Write its name: {node.name}("name").',
            )


def _unknown(kind: str, name: str, rules: Rules) -> _Refusal | None:
    known = rules.filters if kind == "filter" else rules.tests
    if name in known:
        return None
    return (
        f"unknown_{kind}",
        f"There is no {kind} '{name}'{did_you_mean(name, known)}",
        _INSTEAD.get(name, f"The {kind}s are: {', '.join(sorted(known))}."),
    )


def _between_backticks(output: nodes.Output) -> Iterator[nodes.Expr]:
    line = ""
    for part in output.nodes:
        if isinstance(part, nodes.TemplateData):
            line = (line + part.data.replace("\\`", "")).rpartition("\n")[2]
        elif len(re.findall("`+", line)) % 2:
            yield part


def _unreachable(
    node: nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport, rules: Rules
) -> _Refusal | None:
    match node.template:
        case nodes.Const(value=str(name)):
            pass
        case _:
            return (
                "not_allowed",
                "A template is named by a text in quotes.",
                'Write its name: "_rates.md.j2".',
            )
    if isinstance(node, nodes.Include) and (node.ignore_missing or not node.with_context):
        return "not_allowed", "An include takes no options.", f'Write {{% include "{name}" %}}.'
    if rules.resolve(name) is None:
        hint = "Names are relative to the pack; default/… is the built-in one."
        return (
            "template_missing",
            f"There is no template '{name}'{did_you_mean(name, rules.files)}",
            hint,
        )
    return None


def _too_deep(node: nodes.For, depth: int) -> _Refusal | None:
    if node.recursive:
        return "not_allowed", "A loop cannot be recursive.", "Loop over the list itself."
    if depth > LOOP_DEPTH:
        return (
            "too_deep",
            f"Loops stand at most {LOOP_DEPTH} deep.",
            "Move the inner loop to a paper of its own.",
        )
    return None


def _spreads(node: nodes.Call | nodes.Filter | nodes.Test) -> bool:
    return node.dyn_args is not None or node.dyn_kwargs is not None
