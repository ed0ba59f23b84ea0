"""The list of what a template may use as JSON Schema (draft 2020-12): one definition a document, one a group."""

from __future__ import annotations

from typing import Any

from poa.facts import VERSION
from poa.packs.names import (
    Answer,
    Day,
    Figure,
    Group,
    ListOf,
    MapOf,
    Number,
    Optional,
    Text,
    Type,
    Whole,
    YesNo,
    value_type,
)
from poa.packs.names.contexts import documents, names_of

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": "string"}


def schema(document: str | None = None) -> dict[str, Any]:
    """The schema of what one document is handed; of all of them, it is a list of choices by their names."""
    made = _Definitions()
    wanted = (document,) if document else documents()
    whole = {one: made.of(names_of(one), title=one) for one in wanted}
    head: dict[str, Any] = {
        "$schema": DRAFT,
        "title": f"What the templates of poa are handed, facts version {VERSION}",
    }
    body = whole[document] if document else {"anyOf": [whole[one] for one in wanted]}
    return {**head, **body, "$defs": made.found}


class _Definitions:
    """The groups as they are met, each under a name of its own."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Any]] = {}
        self._names: dict[Group, str] = {}

    def of(self, group: Group, *, title: str = "") -> dict[str, Any]:
        """A reference to the definition of a group; of a document it is called by the document's name."""
        name = title or self._names.get(group)
        if name is None or name not in self.found:
            name = title or self._free(group.title)
            if not title:
                self._names[group] = name
            self.found[name] = {}
            self.found[name] = self._group(group)
        return {"$ref": f"#/$defs/{name}"}

    def _free(self, title: str) -> str:
        name, number = title, 2
        while name in self.found:
            name, number = f"{title}{number}", number + 1
        return name

    def _group(self, group: Group) -> dict[str, Any]:
        properties = {
            name: {**self._type(one.type), "description": one.meaning} for name, one in group.names.items()
        }
        sure = [
            name
            for name, one in group.names.items()
            if not (isinstance(one.type, Optional) and one.type.absent)
        ]
        told: dict[str, Any] = {"type": "object", "properties": properties, "required": sure}
        if group.meaning:
            told["description"] = group.meaning
        return told | {"additionalProperties": False}

    def _type(self, kind: Type) -> dict[str, Any]:
        match kind:
            case Optional(of=inner):
                return {"anyOf": [self._type(inner), {"type": "null"}]}
            case Group():
                return self.of(kind)
            case ListOf(of=inner, at_least=least):
                return {"type": "array", "items": self._type(inner)} | ({"minItems": least} if least else {})
            case MapOf(of=inner):
                return {"type": "object", "additionalProperties": self._type(inner)}
            case Figure(units=units, missing=missing):
                value = self._type(value_type(kind))
                held = {"anyOf": [value, {"type": "null"}]} if missing else value
                return _closed({"fact": _TEXT, "value": held, "unit": {"enum": [*units]}})
            case Answer(day=day):
                stated = {
                    "anyOf": [{"type": "string"} | ({"format": "date"} if day else {}), {"type": "null"}]
                }
                question = {"type": ["string", "null"]}
                return _closed({"fact": _TEXT, "value": stated, "question": question}, kind={"const": "day"})
            case _:
                return _plain(kind)


def _plain(kind: Type) -> dict[str, Any]:
    match kind:
        case Text(values=values) if values:
            return {"enum": [*values]}
        case Text():
            return {"type": "string"}
        case Day():
            return {"type": "string", "format": "date"}
        case Whole():
            return {"type": "integer"}
        case Number():
            return {"type": "number"}
        case YesNo():
            return {"type": "boolean"}
        case _:
            return {}


def _closed(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An object with these properties, and perhaps more of these, and no others."""
    return {
        "type": "object",
        "properties": properties | more,
        "required": [*properties],
        "additionalProperties": False,
    }
