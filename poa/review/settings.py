"""How a pack tunes the letter rules: it may switch a warning off, make any rule stricter, and add phrases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from poa.errors import PoaError, did_you_mean
from poa.languages import SPOKEN
from poa.review.finding import SEVERITIES, Severity
from poa.review.limits import LIMITS
from poa.review.rule import Rule
from poa.review.rules import rules
from poa.review.sentences import plain
from poa.toml import line_of, read_toml

FILE = "review.toml"
PHRASES = 200  # of a rule in a language
LENGTH = 200  # signs of a phrase

_KEYS = ("severity", "off", "limit")
_SAID = "said"

Fault: TypeAlias = Callable[[str, str, str], PoaError]  # code, message, hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A pack's own wishes: ``severities`` by rule, None where one is switched off; ``limits`` by rule.

    ``added`` are plain phrases by language and rule.
    """

    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    added: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def severity(self, rule: Rule) -> Severity | None:
        """How serious a rule is; None where it is switched off."""
        return self.severities.get(rule.id, rule.severity)

    def phrases(self, language: str) -> Mapping[str, tuple[str, ...]]:
        """The phrases added for a language, by rule."""
        return self.added.get(language, {})


PLAIN = Settings()


def read_settings(
    text: str, *, name: str, fault: type[PoaError], known: Iterable[Rule] | None = None
) -> Settings:
    """The wishes of a ``review.toml``; raises ``fault`` with the line for whatever is none, or would loosen a rule.

    ``name`` is the file's as messages print it; ``known`` are the rules, all of ours where not given.
    """
    data = text.encode("utf-8", "surrogatepass")
    values = read_toml(data, name=name, fault=fault)
    listed = {one.id: one for one in (rules() if known is None else known)}
    severities: dict[str, Severity | None] = {}
    limits: dict[str, int] = {}
    added: dict[str, dict[str, tuple[str, ...]]] = {}
    for number, wishes in values.items():
        at = _at(data, name=name, fault=fault, number=number)
        rule = _rule(number, listed, at("", ""))
        if not isinstance(wishes, dict):
            raise at("", "")(
                "bad_value",
                f"'{number}' is the heading of a rule and no value.",
                f"Write [{number}], and its settings in the lines below.",
            )
        for key, value in wishes.items():
            if key in SPOKEN:
                added.setdefault(key, {})[number] = _phrases(value, rule, key, at)
            elif key == "limit":
                limits[number] = _limit(value, rule, at("", key))
            elif key == "off":
                if _is_off(value, wishes, rule, at("", key)):
                    severities[number] = None
            elif key == "severity":
                severities[number] = _severity(value, rule, at("", key))
            else:
                raise _unknown_key(key, rule, at("", key))
    return Settings(severities=severities, limits=limits, added=added)


def _rule(number: str, listed: Mapping[str, Rule], fault: Fault) -> Rule:
    if number not in listed:
        raise fault(
            "unknown_rule",
            f"There is no rule '{number}'{did_you_mean(number, listed)}",
            "'poa review --rules' lists them.",
        )
    return listed[number]


def _is_off(value: object, wishes: Mapping[str, Any], rule: Rule, fault: Fault) -> bool:
    """Whether a rule shall be off; an error stays on."""
    if not isinstance(value, bool):
        raise fault("bad_value", "'off' is not true or false.", "Write off = true.")
    if value and "severity" in wishes:
        raise fault("bad_value", f"{rule.id} is both off and given a severity.", "Keep one of the two lines.")
    if value and rule.severity == "error":
        raise fault(
            "loosened",
            f"{rule.id} is an error and cannot be switched off: a letter that breaks it is refused.",
            "Take the line out. Warnings and notes may be switched off.",
        )
    return value


def _severity(value: object, rule: Rule, fault: Fault) -> Severity:
    """How serious a rule shall be; never less than it is."""
    if value not in SEVERITIES:
        meant = did_you_mean(value, SEVERITIES) if isinstance(value, str) else "."
        raise fault(
            "bad_value",
            f"'severity' is not one of {', '.join(SEVERITIES)}{meant}",
            f'Write severity = "error", or leave the line out: {rule.id} is {_an(rule.severity)}.',
        )
    found: Severity = value
    if SEVERITIES.index(found) > SEVERITIES.index(rule.severity):
        raise fault(
            "loosened",
            f"{rule.id} is {_an(rule.severity)} and cannot be made {_an(found)}: a pack makes a rule stricter only.",
            "Take the line out."
            + (" A rule that is no error may be switched off: off = true." * (rule.severity != "error")),
        )
    return found


def _limit(value: object, rule: Rule, fault: Fault) -> int:
    """A number that is at least as strict as ours."""
    known = LIMITS.get(rule.id)
    if known is None:
        raise fault(
            "unknown_key", f"{rule.id} has no limit.", f"The rules that have one are: {', '.join(LIMITS)}."
        )
    if type(value) is not int:
        raise fault("bad_value", "'limit' is not a whole number.", f"Write limit = {known.default}.")
    if not known.allows(value):
        bounds = (
            f"from {known.least} to {known.default}"
            if known.stricter < 0
            else f"from {known.default} upwards"
        )
        raise fault(
            "loosened",
            f"The limit of {rule.id} cannot be {value}: it is {known.default} ({known.what}), and a pack makes it"
            " stricter only.",
            f"Write a number {bounds}.",
        )
    return value


def _phrases(value: object, rule: Rule, language: str, at: Callable[[str, str], Fault]) -> tuple[str, ...]:
    """The phrases of one language as they are compared with plain sentences."""
    if not isinstance(value, dict):
        raise at("", language)(
            "bad_value",
            f"'{language}' of {rule.id} is not a heading.",
            f'Write [{rule.id}.{language}], and below it said = ["a phrase"].',
        )
    for key in value:
        if key != _SAID:
            raise at(language, key)(
                "unknown_key",
                f"There is no key '{key}' here{did_you_mean(key, [_SAID])}",
                'The only key is said, a list of phrases: said = ["a phrase"].',
            )
    fault = at(language, _SAID)
    if not rule.lexical:
        raise at(language, "")(
            "no_words", f"{rule.id} does not look for words, so that no phrase can be added.", "Take it out."
        )
    said = value.get(_SAID, [])
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise fault("bad_value", "'said' is not a list of texts.", 'Write said = ["a phrase", "another"].')
    if len(said) > PHRASES:
        raise fault(
            "too_many",
            f"{rule.id} gets {len(said)} phrases in '{language}'; at most {PHRASES} are taken.",
            "Keep those that matter most.",
        )
    return tuple(dict.fromkeys(_phrase(one, fault) for one in said))


def _phrase(text: str, fault: Fault) -> str:
    found = plain(text)
    if len(found) > LENGTH:
        raise fault(
            "too_long",
            f"A phrase has {len(found)} signs; at most {LENGTH} are taken.",
            "Add the words that give it away, and not the whole sentence.",
        )
    if sum(map(str.isalnum, found)) < 2:
        raise fault(
            "bad_value",
            f"'{found}' is no phrase: it would be found in nearly every sentence.",
            "Write a word or more.",
        )
    return found


def _unknown_key(key: str, rule: Rule, fault: Fault) -> PoaError:
    known = (*_KEYS, *SPOKEN)
    if key == _SAID:
        return fault(
            "unknown_key",
            f"{rule.id} takes phrases by language.",
            f"Write said under [{rule.id}.en], or the language that it is in: {', '.join(SPOKEN)}.",
        )
    return fault(
        "unknown_key",
        f"There is no key or language '{key}'{did_you_mean(key, known)}",
        f"The keys are: {', '.join(_KEYS)}; the languages: {', '.join(SPOKEN)}.",
    )


def _an(severity: Severity) -> str:
    return {"error": "an error", "warning": "a warning", "info": "a note"}[severity]


# --- where a fault stands ------------------------------------------------------------------------


def _at(data: bytes, *, name: str, fault: type[PoaError], number: str) -> Callable[[str, str], Fault]:
    """Makes the faults of one rule: a fault of a language and key of it, both empty for the rule as a whole."""

    def of(language: str, key: str) -> Fault:
        line = _line(data, number, language, key)
        return lambda code, message, hint: fault(code, message, file=name, line=line, hint=hint)

    return of


_HEADING = re.compile(rb"\s*\[\s*[\"']?([\w.-]{1,60}?)[\"']?\s*\]")


def _line(data: bytes, number: str, language: str, key: str) -> int | None:
    """The line of a key under its heading, else of the heading, else the first that names the rule."""
    wanted = ".".join(part for part in (number, language) if part)
    heading = None
    under = ""
    for at, line in enumerate(data.splitlines(), start=1):
        if found := _HEADING.match(line):
            under = found[1].decode(errors="replace").replace('"', "").replace("'", "")
            heading = at if heading is None and under == wanted else heading
            if key and under == f"{wanted}.{key}":
                return at
        elif key and under == wanted and re.match(rb"\s*[\"']?" + re.escape(key.encode()) + rb"\b", line):
            return at
    return heading or line_of(data, number)
