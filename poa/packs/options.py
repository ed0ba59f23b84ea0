"""Typed options of a pack: what it lets the case decide, each with its type, its default and a help text.

``pack.toml`` declares them, the case file answers them under ``[options]``, templates read them as ``options.name``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Literal, TypeAlias

from poa.errors import PackFault, did_you_mean
from poa.facts import Plain

Type: TypeAlias = Literal["text", "yes_no", "whole", "number", "day", "choice"]
Value: TypeAlias = str | bool | int | float | date

TYPES: dict[str, str] = {
    "text": "words in quotes",
    "yes_no": "true or false",
    "whole": "a whole number",
    "number": "a number",
    "day": "a day such as 2026-11-02",
    "choice": "one of its choices",
}
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_KEYS = {"type", "default", "help", "required", "choices"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option: ``default`` is None where there is none, ``choices`` is empty but for a choice."""

    name: str
    type: Type
    help: str
    default: Value | None = None
    required: bool = False
    choices: tuple[str, ...] = ()

    def accepts(self, value: object) -> bool:
        """Whether a value has the type."""
        match self.type:
            case "text":
                return isinstance(value, str)
            case "yes_no":
                return isinstance(value, bool)
            case "whole":
                return isinstance(value, int) and not isinstance(value, bool)
            case "number":
                return isinstance(value, int | float) and not isinstance(value, bool)
            case "day":
                return isinstance(value, date) and not isinstance(value, datetime)
            case "choice":
                return isinstance(value, str) and value in self.choices

    @property
    def wanted(self) -> str:
        """What a value must be, in words."""
        return f"one of {', '.join(self.choices)}" if self.choices else TYPES[self.type]


def read_options(
    declared: Mapping[str, object], *, pack: str, line: Mapping[str, int | None]
) -> tuple[Option, ...]:
    """The options of a manifest; raises PackFault at the line of the option that is not right."""
    return tuple(_option(name, told, pack=pack, line=line.get(name)) for name, told in declared.items())


def _option(name: str, told: object, *, pack: str, line: int | None) -> Option:
    def fault(message: str, hint: str) -> PackFault:
        return PackFault("bad_option", message, file=f"{pack}/pack.toml", line=line, hint=hint)

    if not _NAME.fullmatch(name) or not isinstance(told, dict):
        raise fault(f"The option '{name}' is not right.", "Write [options.name] with type and help.")
    strange = sorted(set(told) - _KEYS)
    if strange:
        raise fault(
            f"The option '{name}' has no '{strange[0]}'{did_you_mean(strange[0], _KEYS)}",
            f"It has: {', '.join(sorted(_KEYS))}.",
        )
    kind = told.get("type")
    if kind not in TYPES:
        raise fault(
            f"The option '{name}' has no type '{kind}'{did_you_mean(str(kind), TYPES)}",
            f"The types are: {', '.join(TYPES)}.",
        )
    if not isinstance(told.get("help"), str) or not told["help"].strip():
        raise fault(f"The option '{name}' has no help.", 'Say in a sentence what it is for: help = "…".')
    choices = told.get("choices", [])
    if (kind == "choice") != bool(choices) or not all(isinstance(one, str) for one in choices):
        raise fault(
            f"The option '{name}' needs choices as its type says.",
            'Write choices = ["one", "two"] for a choice only.',
        )
    if not isinstance(told.get("required", False), bool):
        raise fault(f"'required' of the option '{name}' is not true or false.", "Write required = true.")
    option = Option(
        name=name,
        type=kind,
        help=told["help"].strip(),
        default=told.get("default"),
        required=told.get("required", False),
        choices=tuple(choices),
    )
    if option.default is not None and not option.accepts(option.default):
        raise fault(f"The default of the option '{name}' is not {option.wanted}.", f"Write {option.wanted}.")
    return option


def option_values(
    options: tuple[Option, ...], told: Mapping[str, Any], *, file: str
) -> tuple[dict[str, Plain], tuple[Option, ...]]:
    """The value of each option as templates get it, and the required ones that nobody answered.

    A day is its ISO text; an option without a value is None. Answers to other packs are left aside. Raises PackFault
    for an answer that is nearly called as an option is, or that has another type.
    """
    known = {one.name: one for one in options}
    for name, value in told.items():
        if name not in known:
            if not get_close_matches(name, known):
                continue  # another pack's, which the same case answers
            raise PackFault(
                "unknown_option",
                f"The pack has no option '{name}', which stands under [options]{did_you_mean(name, known)}",
                file=file,
                hint=f"Its options are: {', '.join(known)}.",
            )
        if not known[name].accepts(value):
            raise PackFault(
                "bad_option",
                f"The option '{name}' is not {known[name].wanted}.",
                file=file,
                hint=known[name].help,
            )
    values = {one.name: told.get(one.name, one.default) for one in options}
    missing = tuple(one for one in options if one.required and values[one.name] in {None, ""})
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return plain, missing
