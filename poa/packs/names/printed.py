"""The list of what a template may use as rows, for terminal, page and schema: path, type, filter, meaning, a value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from poa.facts import Plain
from poa.packs.context import Figure as FigureData
from poa.packs.context import printing_filter
from poa.packs.names import (
    Answer,
    Day,
    Figure,
    Group,
    ListOf,
    MapOf,
    Name,
    Number,
    Optional,
    Type,
    Whole,
    in_words,
)
from poa.packs.names.contexts import documents, names_of

SAMPLE = "sample.json"
_LONGEST = 60  # signs of a value that is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """One name. ``path`` has ``[]`` for each item of a list; ``prints`` is the filter that prints it, blank where none is needed.

    ``value`` is what stands there in the sample account, blank where nothing does; ``documents`` are those that get it.
    """

    path: str
    kind: str
    unit: str
    prints: str
    meaning: str
    value: str
    documents: tuple[str, ...]


def rows(*, document: str | None = None, below: str = "", once: bool = False) -> tuple[NameRow, ...]:
    """Every name of a document, or of all, or only those at and below a path.

    ``once``: what is inside a group is told where the group comes first, and elsewhere the row says where that is.
    """
    found = []
    told: dict[Type, str] | None = {} if once else None
    for root, name, having in _roots(document):
        for path, one, same in walk(root, name, told):
            if not below or path == below or path.startswith((f"{below}.", f"{below}[")):
                found.append(_row(path, one, having, same))
    return tuple(found)


def _roots(document: str | None) -> Iterator[tuple[str, Name, tuple[str, ...]]]:
    """The outermost names, each with the documents that get it alike."""
    wanted = (document,) if document else documents()
    merged: dict[tuple[str, Type], tuple[Name, list[str]]] = {}
    for one in wanted:
        for root, name in names_of(one).names.items():
            merged.setdefault((root, name.type), (name, []))[1].append(one)
    for (root, _), (name, having) in merged.items():
        yield root, name, tuple(having)


def walk(path: str, name: Name, told: dict[Type, str] | None = None) -> Iterator[tuple[str, Name, str]]:
    """A name and all that is inside of it, each with its path and where its inside was told already.

    ``told`` keeps in which place each group was met first; without it every group is walked wherever it stands.
    """
    inside, group = path, name.type
    while isinstance(group, ListOf | MapOf | Optional):
        inside = inside if isinstance(group, Optional) else f"{inside}[]"
        group = group.of
    same = told.get(group, "") if told is not None and isinstance(group, Group) else ""
    yield path, name, same
    if isinstance(group, Group) and not same:
        if told is not None:
            told[group] = inside
        for one, below in group.names.items():
            yield from walk(f"{inside}.{one}", below, told)


def _row(path: str, name: Name, having: tuple[str, ...], same: str) -> NameRow:
    kind = name.type.of if isinstance(name.type, Optional) else name.type
    return NameRow(
        path=path,
        kind=in_words(name.type) + (f", as {same}" if same else ""),
        unit=" or ".join(kind.units) if isinstance(kind, Figure) else "",
        prints=_prints(kind),
        meaning=name.meaning,
        value=_shown(path, having),
        documents=having,
    )


def _prints(kind: Type) -> str:
    """The filter that prints a value of a type."""
    while isinstance(kind, ListOf | Optional):
        kind = kind.of
    match kind:
        case Figure(units=units):
            found = {printing_filter(FigureData(unit=unit)) or "" for unit in units}
            return " or ".join(sorted(found - {""}))
        case Answer():
            return "answer"
        case Day():
            return "day"
        case Whole():
            return "count"
        case Number():
            return "number"
        case _:
            return ""


@cache
def _sample() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        files(__package__).joinpath(SAMPLE).read_text(encoding="utf-8")
    )
    return found


def _shown(path: str, having: tuple[str, ...]) -> str:
    return next((_sample()[one][path] for one in having if path in _sample().get(one, {})), "")


def sample_values(contexts: Mapping[str, Plain]) -> dict[str, dict[str, str]]:
    """What ``sample.json`` holds: for each document the values that no document before it has in the same place.

    ``contexts`` are those that the documents are handed for the sample account.
    """
    found: dict[str, dict[str, str]] = {}
    for root, name, having in _roots(None):
        for document in having:
            context = contexts.get(document)
            for path, _, _ in walk(root, name):
                before = any(path in found.get(one, {}) for one in having)
                value = next(_values(context, path.replace("[]", ".[]").split(".")), None)
                if value is not None and not before:
                    found.setdefault(document, {})[path] = _in_short(value)
    return found


def _values(value: Plain, path: list[str]) -> Iterator[Plain]:
    """What stands at a path, item by item; None and empty lists are nothing to show."""
    if not path:
        stated = _stated(value)
        if stated not in (None, [], "") and not isinstance(stated, dict):
            yield value
    elif path[0] == "[]":
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from _values(item, path[1:])
    elif isinstance(value, dict) and path[0] in value:
        yield from _values(value[path[0]], path[1:])


def _stated(value: Plain) -> Plain:
    return value["value"] if isinstance(value, dict) and {"fact", "value"} <= value.keys() else value


def _in_short(value: Plain) -> str:
    match _stated(value):
        case bool(truth):
            return "yes" if truth else "no"
        case list(items):
            return f"{len(items)} item{'' if len(items) == 1 else 's'}"
        case float(number):
            return f"{number:.6g}"
        case stated:
            text = " ".join(str(stated).split())
            return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
