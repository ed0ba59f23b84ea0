"""Reading a name inside a value, and using what may be missing."""

from __future__ import annotations

import re

from jinja2 import nodes

from poa.packs.checking.problems import nearest
from poa.packs.checking.values import ANYTHING, Kind, Macro, Module, Phrases, Value, hanging
from poa.packs.checking.walk import Here
from poa.packs.checking.written import beside, to_type
from poa.packs.context import Figure as FigureData
from poa.packs.context import printing_filter
from poa.packs.names import (
    Answer,
    Anything,
    Day,
    Figure,
    Group,
    ListOf,
    MapOf,
    Name,
    Optional,
    Phrase,
    Text,
    YesNo,
    in_words,
    value_type,
)

OPTIONS = "options"  # what templates call the pack's own


def entry(
    of: Value, key: object, node: nodes.Node, here: Here, *, written: nodes.Node | None = None
) -> Value:
    """What ``of.key`` or ``of[key]`` is; ``key`` is a text, a whole number, or a value that is not known yet.

    ``written`` is the part of the template that is ``of``, where one is.
    """
    known = _there(of, node, here, written)
    found: Value | None = None
    match known:
        case Anything():
            return Value(Anything(), told=of.told)
        case Phrases():
            return _phrase(key, node, here)
        case Module(names=names):
            found = names.get(key) if isinstance(key, str) else None
        case Group(names=names) if isinstance(key, str) and key in names:
            found = _of_group(of, key, names[key], node, here)
        case MapOf(of=inner):
            found = hanging(inner, f"{of.origin}[]", of.told)
        case ListOf() if not isinstance(key, str):
            return _item(of, known, key, node, here, written=written)
        case Figure() | Answer() if isinstance(key, str):
            found = _of_figure(of, known, key)
        case Group() if isinstance(key, Value):
            return Value(Anything(), told=of.told | key.told)
        case _:
            pass
    return found if found is not None else _unknown(of, known, key, node, here)


def _of_group(of: Value, key: str, name: Name, node: nodes.Node, here: Here) -> Value:
    if of.origin == OPTIONS:
        here.walk.read.add(key)
    found = _named(of, key, name)
    if isinstance(found.kind, Optional) and found.kind.absent:
        there(found, node, here)  # where the name itself is absent, nothing of it can be asked
    return found


def outermost_name(key: str, name: Name) -> Value:
    """A name that the paper is handed."""
    return _named(Value(Anything()), key, name)


def _named(of: Value, key: str, name: Name) -> Value:
    """A name of a group, which its own test or that of a name beside it shows to be there."""
    begin = f"{of.origin}." if of.origin else ""
    beside = frozenset(one[1:] if one.startswith("/") else f"{begin}{one}" for one in name.tested_by)
    return hanging(name.type, f"{begin}{key}", of.told, covered=beside)


def _item(
    of: Value, known: ListOf, key: object, node: nodes.Node, here: Here, *, written: nodes.Node | None
) -> Value:
    told = of.told | key.told if isinstance(key, Value) else of.told
    if of.items is not None and isinstance(key, int) and -len(of.items) <= key < len(of.items):
        return of.items[key][1]
    if isinstance(key, int) and (key >= known.at_least or -key > known.at_least) and not _tested(of, here):
        here.note(
            "may_be_missing",
            f"The list '{_shown(of)}' may be empty, and then has no '{key}'.",
            _before(f"{{% if {name} %}} … {{% endif %}}" if (name := to_type(of, written, here)) else None),
            at=node,
        )
    if known.first is not None and isinstance(key, int) and 0 <= key < known.at_least:
        return hanging(known.first, f"{of.origin}[{key}]", told)
    return hanging(known.of, f"{of.origin}[]", told, covered=of.covered | {of.origin})


def _of_figure(of: Value, known: Figure | Answer, key: str) -> Value | None:
    covered = of.covered | {of.origin}
    match known, key:
        case Figure(missing=missing), "value":
            kind = value_type(known)
            return hanging(
                Optional(kind) if missing else kind, f"{of.origin}.value", of.told, covered=covered
            )
        case Answer(day=day), "value":
            return hanging(Optional(Day() if day else Text()), f"{of.origin}.value", of.told, covered=covered)
        case (Figure(), "unit") | (_, "fact"):
            return hanging(Text(), f"{of.origin}.{key}", of.told)
        case Answer(), "question":
            return hanging(Optional(Text()), f"{of.origin}.question", of.told, covered=covered)
    return None


def _phrase(key: object, node: nodes.Node, here: Here) -> Value:
    if not isinstance(key, str):
        return ANYTHING
    here.walk.used.add(key)
    lacking = [code for code, phrases in here.walk.phrases.items() if key not in phrases]
    if lacking and re.search(rf"^\s*{re.escape(key)}\b", here.walk.left_out, re.MULTILINE):
        return ANYTHING
    if lacking:
        known = {one for phrases in here.walk.phrases.values() for one in phrases}
        near = nearest(key, known - {key})
        here.walk.used.add(near or key)
        here.note(
            "unknown_phrase",
            f"There is no phrase '{key}' in {_files(lacking)}{f'; did you mean {near!r}?' if near else '.'}",
            f'Write t.{near}, or add to lang/en.toml: {key} = "…".'
            if near
            else f'Add to lang/en.toml: {key} = "…".',
            at=node,
        )
        return ANYTHING
    return Value(Phrase(key))


def _files(codes: list[str]) -> str:
    return " and ".join(f"lang/{code}.toml" for code in (["en"] if "en" in codes else codes))


def _unknown(of: Value, known: Kind, key: object, node: nodes.Node, here: Here) -> Value:
    if isinstance(key, str) and key.startswith("_"):
        return ANYTHING  # told as off the list
    names = [*names_in(known)]
    near = nearest(str(key), names)
    _meant(of, known, near, here)
    hint = f"It has: {', '.join(names)}." if names else "Only groups of values have names inside."
    if isinstance(known, ListOf):
        hint = "Loop over it: {% for one in the_list %}, or take one item: the_list[0]."
    here.note(
        "unknown_name",
        f"A {called(known)} has no '{key}'{f'; did you mean {near!r}?' if near else '.'}",
        f"Write {near}." if near else hint,
        at=node,
    )
    return ANYTHING


def _meant(of: Value, known: Kind, near: str | None, here: Here) -> None:
    """What was meant by a misspelt name is in use: nobody needs to be told of it as well."""
    if near is None:
        return
    if of.origin == OPTIONS:
        here.walk.read.add(near)
    if isinstance(known, Module) and isinstance(macro := known.names[near].kind, Macro):
        here.walk.called.add(id(macro.node))


def names_in(known: Kind) -> list[str]:
    """The names that can be read inside a value."""
    match known:
        case Group(names=names):
            return sorted(names)
        case Module(names=names):
            return sorted(names)
        case Figure():
            return ["fact", "unit", "value"]
        case Answer():
            return ["fact", "question", "value"]
    return []


def called(known: Kind) -> str:
    """What a value is called in a message."""
    match known:
        case Macro(node=node):
            return f"macro '{node.name}'"
        case Module(file=file):
            return f"file '{file}'"
        case Phrases():
            return "list of phrases"
        case Figure(units=units):
            return f"figure ({' or '.join(units)})"
        case Answer():
            return "seller's answer"
        case YesNo():
            return "yes or no"
        case Phrase(key=key):
            return f"phrase '{key}' with parts"
        case _:
            return in_words(known).split(",")[0]


def _shown(value: Value) -> str:
    return value.origin or "value"


def _tested(value: Value, here: Here) -> bool:
    """Whether some condition around looked at the value, or at what says that it is there."""
    if not value.origin:
        return bool(value.told & here.tested)
    absent = isinstance(value.kind, Optional) and value.kind.absent
    return (not absent and value.origin in here.tested) or bool(value.covered & here.tested)


def there(value: Value, node: nodes.Node, here: Here) -> Kind:
    """The type of a value that is used; a problem where it may be missing and nothing around tests that."""
    return _there(value, node, here, node)


def _there(value: Value, node: nodes.Node, here: Here, written: nodes.Node | None) -> Kind:
    kind = value.kind
    if not isinstance(kind, Optional):
        return kind
    if not _tested(value, here):
        name = to_type(value, written, here)
        how = f"{{% if {name} is not none %}}" if name else None
        if kind.absent:
            names = [one for path in sorted(value.covered) if (one := beside(path, value, written))]
            how = f"{', '.join(names)} (it says whether the name is there at all)" if names else None
        _missing(value, how, node, here)
    return kind.of


def figure_there(value: Value, node: nodes.Node, here: Here) -> None:
    """A problem where a figure that is printed may have no value and nothing around tests that."""
    if isinstance(value.kind, Figure) and value.kind.missing and not _tested(value, here):
        name = to_type(value, node, here)
        _missing(value, f"{{% if {name}.value is not none %}}" if name else None, node, here)


def _before(how: str | None) -> str:
    """The remedy of what may be missing, with what to write where that is known."""
    return f"Test it before: {how}." if how else "Test it before, with an {% if … %} around it."


def _missing(value: Value, how: str | None, node: nodes.Node, here: Here) -> None:
    here.note(
        "may_be_missing",
        f"'{_shown(value)}' may be missing; the paper then cannot be written.",
        _before(how),
        at=node,
    )


def truth(value: Value, node: nodes.Node, here: Here) -> None:
    """A problem where a figure or an answer is tested as a whole."""
    if isinstance(kind := value.bare, Figure | Answer):
        whole(kind, value, node, here)


def whole(kind: Figure | Answer, value: Value, node: nodes.Node, here: Here) -> None:
    """The problem of a figure or an answer that is tested, compared or added as a whole."""
    here.note(
        "not_a_value",
        f"A {called(kind)} is tested or compared as a whole{f': {value.origin}' if value.origin else ''}.",
        "Put .value behind it; a value that may be missing is tested with `.value is none`.",
        at=node,
    )


def fitting_filters(figure: Figure) -> set[str | None]:
    """The filters that print the units of a figure; None for a unit whose value is printed as it is."""
    return {printing_filter(FigureData(unit=unit)) for unit in figure.units}
