"""What no paper may say, because it alone can close an account: shipments confirmed early, a retailer as supplier.

The words are those of ``forbidden.toml``. A text is read as a human sees it: letters that look Latin count as Latin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from poa.policy import table
from poa.policy.lookalikes import seen
from poa.policy.retailers import retailer_named

_MONTHS = "(?:Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sept|Okt|Nov|Dez)"  # "3. November" ends no sentence
_SENTENCE = re.compile(
    rf"(?:(?<!\d)[.](?=\s|$)|(?<=\d)[.](?=\s*$|\s+(?!{_MONTHS}))|[!?](?=\s|$)|[;\u3002\uff01\uff1f\uff1b\n])+"
)
_FOUND = "\u00a7"  # stands for what was found, while the rest of the sentence is read
_WORD = re.compile(r"<([a-z_]+)>")
_PARTICLE = re.compile("[\u3040-\u309f的和与及或等在从由向上]")


@dataclass(frozen=True, kw_only=True)
class _Early:
    """The words of one language for confirming early; ``told`` are the patterns as ``forbidden.toml`` has them.

    Most languages are never met: what stands behind their hint is compiled where the hint is found.
    """

    told: Mapping[str, Any]

    def says(self, sentence: str) -> bool:
        """Whether a sentence says it, and does not say the contrary."""
        if not self._one("hint").search(sentence):
            return False
        return self._found(sentence, "said", ("other", "never")) or self._found(
            sentence, "anyway", ("elsewhere", "harmless")
        )

    def load(self) -> None:
        """Compile them all, before any hint is found."""
        for one in ("hint", "other", "never", "elsewhere", "harmless"):
            self._one(one)
        for several in ("said", "anyway", "denied"):
            list(self._each(several))

    def _found(self, sentence: str, patterns: str, cleared: tuple[str, ...]) -> bool:
        for one in self._each(patterns):
            for found in one.finditer(sentence):
                if any(self._one(name).search(found[0]) for name in cleared):
                    continue
                rest = f"{sentence[: found.start()]}{_FOUND}{sentence[found.end() :]}"
                if not any(denied.search(rest) for denied in self._each("denied")):
                    return True
        return False

    def _one(self, name: str) -> re.Pattern[str]:
        return self._compiled(self.told[name])

    def _each(self, name: str) -> Iterator[re.Pattern[str]]:
        return map(self._compiled, self.told[name])

    @cached_property
    def _words(self) -> dict[str, str]:
        """What each ``<name>`` in a pattern stands for; one may stand in another."""
        words = dict(self.told["words"])
        for name, pattern in list(words.items()):
            words[name] = _WORD.sub(lambda found: words[found[1]], pattern)
        return words

    @cached_property
    def _compiled(self) -> Callable[[str], re.Pattern[str]]:
        return cache(lambda pattern: re.compile(_WORD.sub(lambda found: self._words[found[1]], pattern)))


def load_forbidden(language: str) -> None:
    """Make the patterns of a language, before there is anything to read."""
    if (early := _early().get(language)) is not None:
        early.load()
    _retailer()


def confirms_early(text: str) -> bool:
    """Whether a text says that shipments are confirmed before the carrier has them, in any language we know."""
    # What stands behind a semicolon may be what is done first.
    joined = text.replace(";", ",").replace("\uff1b", ",")
    told = dict.fromkeys([*_sentences(text), *_sentences(joined)])
    return any(language.says(sentence.casefold()) for sentence in told for language in _early().values())


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


def store_words() -> frozenset[str]:
    """The names of retailers that are words of a language as well."""
    return frozenset(table("forbidden.toml")["retailer"]["words"])


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text as they are compared: as a reader sees them, with single blanks."""
    for sentence in _SENTENCE.split(seen(text)):
        if plain := " ".join(sentence.replace(_FOUND, " ").split()):
            yield plain


def _retailer_in(words: str) -> str | None:
    """The retailer that the words begin with; a name that is a word as well needs its capital letter."""
    parts = words.split()
    for many in range(len(parts), 0, -1):
        told = " ".join(parts[:many])
        if parts[many - 1][-1] not in ".,'" and any(one[:1].isupper() for one in parts[many : many + 1]):
            continue  # another firm's longer name
        if (named := retailer_named(told)) and not (told[0].islower() and told.casefold() in store_words()):
            return named
    return _retailer_within(parts[0]) if parts else None


def _retailer_within(run: str) -> str | None:
    """The retailer in a run of signs without blanks, as Chinese and Japanese write it among particles."""
    if run.isascii():
        return None
    for start in range(len(run)):
        if start and not _parted(run, start):
            continue
        for end in range(len(run), start + 1, -1):
            if (end == len(run) or _parted(run, end)) and (named := retailer_named(run[start:end])):
                return named
    return None


def _parted(run: str, at: int) -> bool:
    """Whether a name can end or begin between two signs: at a particle, or where the script changes."""
    before, after = run[at - 1], run[at]
    return bool(_PARTICLE.match(before) or _PARTICLE.match(after)) or before.isascii() != after.isascii()


def _denied_retailer(sentence: str, found: re.Match[str], language: Mapping[str, Any]) -> bool:
    before, after = sentence[: found.start("name")], sentence[found.end("name") :]
    if retailer_named(found["name"].split()[0]) == "Amazon" and not _of_amazon().search(before):
        return True
    if language["denied"].search(before):
        return True
    return language["after"] is not None and language["after"].search(after) is not None


@cache
def _early() -> dict[str, _Early]:
    return {
        language: _Early(told=words)
        for language, words in table("forbidden.toml")["early_confirmation"].items()
    }


@cache
def _of_amazon() -> re.Pattern[str]:
    return re.compile(table("forbidden.toml")["retailer"]["amazon"], re.IGNORECASE)


@cache
def _retailer() -> dict[str, dict[str, Any]]:
    return {
        language: {
            "said": [_named(one, dense=language in {"zh", "ja"}) for one in words["said"]],
            "denied": re.compile(words["denied"], re.IGNORECASE),
            "after": re.compile(words["denied_after"], re.IGNORECASE) if "denied_after" in words else None,
        }
        for language, words in table("forbidden.toml")["retailer"].items()
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
