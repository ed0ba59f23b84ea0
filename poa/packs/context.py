"""What a template is handed: plain data and nothing else, so that there is nothing to reach through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from poa.errors import PackFault
from poa.packs.phrases import Phrase
from poa.words import Said, spoken

_FILTER_OF_UNIT: dict[object, str] = {
    **dict.fromkeys(("orders", "rows", "suppliers", "groups", "days", "weeks", "actions"), "count"),
    "about": "number",
    "hours": "number",
    "fraction": "percent",
    "day": "day",
    "name": "name",
}


class Figure(dict[str, Any]):
    """A figure or an answer, which a template prints through a filter and compares by its ``.value``.

    As a plain dict it would be true when it counts nothing, and never equal to a number: a letter
    would then say the wrong thing without a word. So it refuses to be used as a whole.
    """

    __slots__ = ()

    def _refuse(self, *_: object) -> NoReturn:
        raise PackFault(
            "not_a_value",
            f"'{self['fact']}' is tested or compared as a whole.",
            hint="Put .value behind it; a value that may be missing is tested with `.value is none`.",
        )

    __bool__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __eq__ = __ne__ = _refuse
    __hash__ = None


def guarded(value: object, *, language: str = "en", path: str = "context") -> Any:
    """A copy of plain data in which figures guard themselves, and sentences stand in a language.

    TypeError for anything not plain.
    """
    if value is None or type(value) in {bool, int, float, str}:
        return value
    if isinstance(value, Said):
        return spoken(value, language)
    if isinstance(value, list):
        return [
            guarded(item, language=language, path=f"{path}[{position}]")
            for position, item in enumerate(value)
        ]
    if isinstance(value, dict) and all(type(key) is str for key in value):
        kind = Figure if "fact" in value and "value" in value else dict
        return kind(
            {key: guarded(item, language=language, path=f"{path}.{key}") for key, item in value.items()}
        )
    raise TypeError(f"{path} is {type(value).__name__}, not plain data")


def printing_filter(figure: Figure) -> str | None:
    """The filter that prints a figure, or None where none does."""
    return "answer" if "question" in figure else _FILTER_OF_UNIT.get(figure.get("unit"))


def kind_of(value: object) -> str:
    """What a value is, in a word for messages."""
    match value:
        case Phrase():
            return "phrase with parts"
        case Figure():
            return "seller's answer" if "question" in value else "figure"
        case None:
            return "missing value"
        case bool():
            return "yes or no"
        case int() | float():
            return "number"
        case str():
            return "text"
        case list() | tuple():
            return "list"
        case Mapping():
            return "group of values"
        case _:
            return "macro"


def path_of(wanted: object, names: Mapping[str, object]) -> str | None:
    """Where a value hangs in the context, as a template would write it: ``rates[0].late``."""
    if not isinstance(wanted, dict | list):
        return None
    for path, value in _walk(names, ""):
        if value is wanted:
            return path
    return None


def _walk(value: object, path: str) -> Iterator[tuple[str, object]]:
    yield path, value
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walk(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _walk(item, f"{path}[{position}]")
