"""Statements that no paper of poa carries, because each of them alone can close an account.

Confirming a shipment before its hand-over, and a retailer as supplier (drop-shipping policy).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from poa.case.graph import Place
from poa.case.model import Case
from poa.errors import CaseFault
from poa.policy.retailers import retailer_named

_SENTENCE = re.compile(r"(?:[.!?](?=\s|$)|[;\u3002\uff01\uff1f\uff1b\n])+")
_FOUND = "\u00a7"  # stands for what was found, while the rest of the sentence is read
_HEADINGS = ("cause", "corrective", "preventive", "evidence")
_NO_STATEMENTS = {"id", "code", "gap", "cause", "evidence", "file"}  # names of causes and files


def confirms_early(text: str) -> bool:
    """Whether a text says that shipments are confirmed before the carrier has them, in any language we know."""
    return any(
        _said(sentence.casefold(), language)
        for sentence in _sentences(text)
        for language in _early().values()
    )


def retailer_as_supplier(text: str) -> str | None:
    """The retailer that a text names as a source of the goods, or None."""
    return next(
        (
            named
            for sentence in _sentences(text)
            for language in _retailer().values()
            for one in language["said"]
            for found in one.finditer(sentence)
            if (named := _retailer_in(found["name"])) and not _denied_retailer(sentence, found, language)
        ),
        None,
    )


def check_statements(case: Case, *, name: str, place: Place) -> None:
    """Raise CaseFault for the first statement that must never be made."""
    for path, text in stated_texts(case):
        if confirms_early(text):
            raise CaseFault(
                "early_confirmation",
                "This says that shipments are confirmed before the carrier has them. Amazon treats that as"
                " confirmed but not shipped, and closes accounts over it.",
                file=name,
                line=place(path),
                column=_key(path),
                hint="Take it out; if it is done, stop it first. Confirm each order when the carrier has it.",
            )
        retailer = retailer_named(_shown_name(text)) if path[-1] == "shown_by" else retailer_as_supplier(text)
        if retailer:
            raise CaseFault(
                "retailer_as_supplier",
                f"{retailer} is a retailer; the drop-shipping policy forbids shipping what another retailer sends.",
                file=name,
                line=place(path),
                column=_key(path),
                hint="Do not send a plan that names it. Where the name is a mistake, correct it in your files.",
            )


def stated_texts(case: Case) -> Iterator[tuple[list[str], str]]:
    """Every text of causes, actions and exhibits, with its place: ``["cause", "0", "statement"]``."""
    for heading in _HEADINGS:
        for at, part in enumerate(getattr(case, heading)):
            for field, value in part:
                if field in _NO_STATEMENTS:
                    continue
                if isinstance(value, str):
                    yield [heading, str(at), field], value
                elif isinstance(value, tuple):
                    for one in value:
                        yield [heading, str(at), field], one


def _key(path: list[str]) -> str:
    return path[-1]


def _shown_name(shown_by: str) -> str:
    """The name in ``supplier: NAME``; what it says of a step or a SKU is no name of a supplier's."""
    kind, parted, name = shown_by.partition(":")
    if not parted:
        return shown_by
    return name if kind.strip().casefold() == "supplier" else ""


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text as they are compared: one width, single blanks."""
    for sentence in _SENTENCE.split(unicodedata.normalize("NFKC", text)):
        if plain := " ".join(sentence.replace(_FOUND, " ").split()):
            yield plain


def _said(sentence: str, language: Mapping[str, Any]) -> bool:
    """Whether a sentence says it, and does not say the contrary."""
    for one in language["said"]:
        for found in one.finditer(sentence):
            if language["other"].search(found[0]) or language["never"].search(found[0]):
                continue
            rest = f"{sentence[: found.start()]}{_FOUND}{sentence[found.end() :]}"
            if not any(denied.search(rest) for denied in language["denied"]):
                return True
    return False


def _retailer_in(words: str) -> str | None:
    """The retailer that the words begin with; a name that is a word as well needs its capital letter."""
    parts = words.split()
    for many in range(len(parts), 0, -1):
        told = " ".join(parts[:many])
        if parts[many - 1][-1] not in ".,'" and any(one[:1].isupper() for one in parts[many : many + 1]):
            continue  # another firm's longer name
        if (named := retailer_named(told)) and not (
            told[0].islower() and told.casefold() in _retailer_words()
        ):
            return named
    return None


def _denied_retailer(sentence: str, found: re.Match[str], language: Mapping[str, Any]) -> bool:
    before, after = sentence[: found.start("name")], sentence[found.end("name") :]
    if retailer_named(found["name"].split()[0]) == "Amazon" and not _of_amazon().search(before):
        return True
    if language["denied"].search(before):
        return True
    return language["after"] is not None and language["after"].search(after) is not None


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("refused.toml").read_text(encoding="utf-8"))


@cache
def _early() -> dict[str, dict[str, Any]]:
    return {
        language: {
            "said": [re.compile(one) for one in words["said"]],
            "denied": [re.compile(one) for one in words["denied"]],
            "other": re.compile(words["other"]),
            "never": re.compile(words["never"]),
        }
        for language, words in _told()["early_confirmation"].items()
    }


@cache
def _retailer_words() -> frozenset[str]:
    return frozenset(_told()["retailer"]["words"])


@cache
def _of_amazon() -> re.Pattern[str]:
    return re.compile(_told()["retailer"]["amazon"], re.IGNORECASE)


@cache
def _retailer() -> dict[str, dict[str, Any]]:
    return {
        language: {
            "said": [_named(one, dense=language in {"zh", "ja"}) for one in words["said"]],
            "denied": re.compile(words["denied"], re.IGNORECASE),
            "after": re.compile(words["denied_after"], re.IGNORECASE) if "denied_after" in words else None,
        }
        for language, words in _told()["retailer"].items()
        if isinstance(words, dict)
    }


def _named(pattern: str, *, dense: bool) -> re.Pattern[str]:
    """A pattern with its ``{name}``: as few words as fit, or at its end as many as there are."""
    more = "" if pattern.endswith("{name}") else "?"
    name = (
        rf"[^\s,\u3001\u3002;:]{{2,12}}{more}"
        if dense
        else rf"(?<![\w&.'-])[\w&.'-]+(?:\s[\w&.'-]+){{0,3}}{more}(?!\w)"
    )
    return re.compile(pattern.replace("{name}", f"(?P<name>{name})"), re.IGNORECASE)
