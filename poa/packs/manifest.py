"""What a pack says of itself in ``pack.toml``: who it is, which papers it makes, what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeGuard

from poa.errors import PackFault, did_you_mean
from poa.facts import VERSION
from poa.packs.language import find_language
from poa.packs.options import Option, read_options
from poa.packs.papers import PaperRule, read_papers
from poa.toml import line_of, read_toml

FILE = "pack.toml"
_OPTIONS, _PAPERS = "options", "papers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A ``pack.toml`` that was read and holds; ``facts`` is the version of the facts it was written for."""

    id: str
    version: str
    facts: int
    extends: str | None = None
    documents: tuple[str, ...] = ()
    reviewed: date | None = None
    languages: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    papers: Mapping[str, PaperRule] = field(default_factory=dict)


def read_manifest(text: str | None, *, pack: str) -> Manifest:
    """The manifest of the pack with this name; raises PackFault with the line."""
    if text is None:
        raise PackFault(
            "no_manifest",
            f"{pack} has no {FILE}.",
            file=f"{pack}/{FILE}",
            hint=f'Begin one: id = "{pack}", version = "1.0", facts = {VERSION}.',
        )
    data = text.encode("utf-8", "surrogatepass")
    values = read_toml(data, name=f"{pack}/{FILE}", fault=PackFault)

    def fault(code: str, key: str, message: str, hint: str) -> PackFault:
        return PackFault(code, message, file=f"{pack}/{FILE}", line=line_of(data, key), hint=hint)

    _check_keys(values, fault=fault)
    if values["facts"] > VERSION:
        raise fault(
            "facts_too_new",
            "facts",
            f"{pack} needs facts of version {values['facts']}; this poa has version {VERSION}.",
            "Install a newer poa, or use an older version of the pack.",
        )
    for code in values.get("languages", ()):
        find_language(code, file=f"{pack}/{FILE}", line=line_of(data, "languages"))
    frozen: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }
    lines = {
        name: line_of(data, f"{table}.{name}")
        for table in (_OPTIONS, _PAPERS)
        for name in values.get(table, {})
    }
    options = read_options(values.get(_OPTIONS, {}), pack=pack, line=lines)
    papers = read_papers(values.get(_PAPERS, {}), options, pack=pack, line=lines)
    return Manifest(**{**frozen, _OPTIONS: options, _PAPERS: papers})


def _check_keys(values: dict[str, Any], *, fault: Callable[[str, str, str, str], PackFault]) -> None:
    for key, value in values.items():
        if key not in _FORMS:
            known = f"The keys are: {', '.join(_FORMS)}."
            raise fault("unknown_key", key, f"There is no key '{key}'{did_you_mean(key, _FORMS)}", known)
        form, is_right = _FORMS[key]
        if not is_right(value):
            raise fault("bad_value", key, f"'{key}' is not {form}.", f"Write {form}.")
    for key in ("id", "version", "facts"):
        if key not in values:
            raise fault("missing_key", key, f"'{key}' is missing.", f"Add {key} = {_FORMS[key][0]}.")


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value.strip() != ""


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and value != [] and all(map(_is_text, value))


_FORMS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "id": ("a text in double quotes", _is_text),
    "version": ("a text in double quotes", _is_text),
    "facts": ("a whole number from 1", lambda value: type(value) is int and value > 0),
    "extends": ('"default"', lambda value: value == "default"),
    "documents": ('a list of texts, like ["plan-of-action"]', _are_texts),
    "reviewed": (
        "a day, like 2026-10-31 without quotes",
        lambda value: isinstance(value, date) and not isinstance(value, datetime),
    ),
    "languages": ('a list of texts, like ["en", "zh"]', _are_texts),
    _OPTIONS: ("a table for each option, like [options.signature]", lambda value: isinstance(value, dict)),
    _PAPERS: ("a table for each paper, like [papers.plan-of-action]", lambda value: isinstance(value, dict)),
}
