"""What can be printed as it is: words and whole numbers, and nothing that no filter has made words of."""

from __future__ import annotations

from jinja2 import nodes

from poa.packs.checking.reading import called, fitting_filters, there
from poa.packs.checking.values import Kind, Macro, Value
from poa.packs.checking.walk import Here
from poa.packs.checking.written import to_type
from poa.packs.names import Answer, Anything, Day, Figure, Group, ListOf, Number, Phrase, Text, Whole, YesNo
from poa.packs.phrases import Phrase as Written


def printable(value: Value, node: nodes.Node, here: Here) -> None:
    """A problem where a value cannot be printed without a filter."""
    if isinstance(node, nodes.Const) and node.value is None:
        here.note(
            "unformatted",
            "A missing value cannot be printed as it is.",
            'Write "" to print nothing.',
            at=node,
        )
        return
    kind = there(value, node, here)
    if isinstance(kind, Text | Day | Whole | Anything) or (
        isinstance(kind, Phrase) and not _known_parts(kind, here)
    ):
        return
    here.note(
        "unformatted", f"A {called(kind)} cannot be printed as it is.", _how(kind, value, node, here), at=node
    )


def parts_of(phrase: Phrase, here: Here) -> set[str]:
    """The parts that a phrase needs in any language, the one that its number goes by among them."""
    found = (phrases.get(phrase.key) for phrases in here.walk.phrases.values())
    return {name for one in found if one for name in one.given}


def strange_parts(phrase: Written, here: Here) -> frozenset[str]:
    """The parts of a translation that its English phrase lacks: a problem of that phrase, which is told there."""
    english = here.walk.pack.phrases.get("en", {}).get(phrase.key)
    return frozenset() if english is None else phrase.parts - english.given


def _known_parts(phrase: Phrase, here: Here) -> set[str]:
    """The parts that a template is to give to a phrase, without those that are a problem of the phrase itself."""
    found = (phrases.get(phrase.key) for phrases in here.walk.phrases.values())
    return parts_of(phrase, here) - {name for one in found if one for name in strange_parts(one, here)}


def _how(kind: Kind, value: Value, node: nodes.Node, here: Here) -> str:
    match kind:
        case Phrase(key=key):
            parts = ", ".join(f"{name}=…" for name in sorted(_known_parts(kind, here)))
            return f"Write {{{{ t.{key} | say({parts}) }}}}."
        case Figure():
            fitting = sorted(one for one in fitting_filters(kind) if one)
            return f"Write `| {fitting[0]}` behind it." if len(fitting) == 1 else "Print its .value."
        case Answer():
            return "Write `| answer` behind it."
        case YesNo():
            return "Choose the words: {% if value %} … {% else %} … {% endif %}."
        case Number():
            return "Write `| percent` behind a fraction, `| number` behind any other number."
        case ListOf():
            return 'Loop over it, or write `| join(", ")` behind it.'
        case Group(names=names):
            begin = to_type(value, node, here) or "value"
            return f"Print one of its values, such as {begin}.{next(iter(names), 'name')}."
        case Macro(node=node):
            return f"Call it with parentheses: {{{{ {node.name}(…) }}}}."
        case _:
            return "Print one of the names inside."
