"""Templates made up of the names that documents get, in every filter and test, guarded as a consultant would or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from poa.packs.names import Answer, Figure, Group, ListOf, MapOf, Optional
from poa.packs.names.contexts import documents, names_of
from poa.packs.names.filters import FILTERS


@dataclass(frozen=True)
class Named:
    """A name as a template writes it, and the conditions under which it has a value, the outer ones first."""

    path: str
    guards: tuple[str, ...] = ()
    kind: object = None

    def guarded(self, text: str, *, loops_only: bool = False) -> str:
        """A text under its conditions; of those, its loops alone where nothing else is wanted."""
        for guard in reversed([one for one in self.guards if one.startswith("for") or not loops_only]):
            text = f"{{% {guard} %}}{text}{{% end{guard.split()[0]} %}}"
        return text


def names(kind, here=Named("")) -> Iterator[Named]:
    """Everything that a template may name; of lists the items, under the name that a loop gives them."""
    if here.path:
        yield here
    match kind:
        case Optional(of=inner):
            yield from names(inner, Named(here.path, (*here.guards, f"if {here.path} is not none")))
        case Figure() | Answer():
            yield Named(f"{here.path}.value", here.guards)
            yield Named(here.path, (*here.guards, f"if {here.path}.value is not none"), kind)
        case ListOf(of=inner):
            item = f"one{here.path.count('one') or ''}{len(here.guards)}"
            yield from names(inner, Named(item, (*here.guards, f"for {item} in {here.path}")))
        case MapOf():
            return
        case Group(names=parts):
            for name, one in parts.items():
                own = f'{here.path}["from"]' if name == "from" else f"{here.path}.{name}".lstrip(".")
                yield from names(one.type, Named(own, here.guards))


NAMES = {document: [*names(names_of(document))] for document in documents()}
WAYS = (
    *(
        f"{{{{ @ | {name} }}}}"
        for name in FILTERS
        if name not in {"say", "plural", "selectattr", "rejectattr"}
    ),
    *("{{ @ }}", "{% if @ %}x{% endif %}", "{% if @ > 3 %}x{% endif %}", "{% if @ == 'x' %}x{% endif %}"),
    *("{{ @ + 1 }}", "{% for all in @ %}{{ all }}{% endfor %}", "{{ [@, t.closing] | sentences }}"),
    *("{{ @ | plural('a', 'b') }}", "{% if @ is none %}{% else %}{{ @ }}{% endif %}"),
    "{% set kept = @ %}{% if kept %}{{ kept | count }}{% endif %}",
    "{% macro m(a) %}{{ a | name }}{% endmacro %}{{ m(@) }}",
    "{{ @ | map('name') | join(', ') }}",
    "{{ (@ | first) | name }}",
    "{{ @ | selectattr('late') | length }}",
)
SHAPES = (
    "@",
    "# @",
    "## @",
    "- @",
    "1. @",
    "**@**",
    "*@*",
    "| a | b |\n|:--|--:|\n| @ | x |",
    "> @",
    "x  \n@",
    "---\n\n@",
)


@st.composite
def templates(draw):
    """A document's name and a template of a few pieces, each a name in some filter or test, guarded or not."""
    document = draw(st.sampled_from(sorted(NAMES)))
    pieces = []
    for _ in range(draw(st.integers(1, 3))):
        named = draw(st.sampled_from(NAMES[document]))
        text = draw(st.sampled_from(SHAPES)).replace(
            "@", draw(st.sampled_from(WAYS)).replace("@", named.path)
        )
        text = named.guarded(text, loops_only=not draw(st.integers(0, 4)))
        pieces.append(text)
    return document, "\n\n".join(pieces)
