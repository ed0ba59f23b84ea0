"""The words that rules look for: one folder a language, one file a group of rules, patterns and no code.

``[R17] said = [...]`` are regular expressions over a sentence as :func:`poa.review.sentences.plain` writes it;
``unless`` beside them says what makes the same words harmless. Other keys are a rule's own lists.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files

from poa.languages import SPOKEN, spaced
from poa.remembering import remembered


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language; ``added`` are plain phrases of a pack by rule, never patterns."""

    language: str
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def found(self, rule: str, sentence: str, *, key: str = "said") -> re.Match[str] | None:
        """What of a plain sentence a rule's list matches first, unless its ``unless`` list matches too."""
        match = self._first(rule, key, sentence)
        return None if match and key == "said" and self._first(rule, "unless", sentence) else match

    def matches(self, rule: str, sentence: str, *, key: str) -> bool:
        """Whether any pattern of a rule's list is found in a plain sentence."""
        return self._first(rule, key, sentence) is not None

    def _first(self, rule: str, key: str, sentence: str) -> re.Match[str] | None:
        own = _table(self.language).get((rule, key))  # asked for each sentence of a paper by each rule
        match = None if own is None else _searched(sentence, own)
        if match is None and key == "said" and rule in self.added:
            added = (_phrase(one, self.language) for one in self.added[rule])
            return next((found for one in added if (found := one.search(sentence))), None)
        return match


@dataclass(frozen=True, eq=False)
class _List:
    """Patterns that are looked for together; one alone only where all together find something."""

    patterns: tuple[str, ...]

    def search(self, sentence: str) -> re.Match[str] | None:
        """What the first pattern of the list that matches finds."""
        if not self._together.search(sentence):
            return None
        return next((found for one in self._apart if (found := one.search(sentence))), None)

    @cached_property
    def _together(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{one})" for one in self.patterns))

    @cached_property
    def _apart(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(one) for one in self.patterns)


@remembered(1 << 15)
def _searched(sentence: str, patterns: _List) -> re.Match[str] | None:
    return patterns.search(sentence)


@cache
def _table(language: str) -> Mapping[tuple[str, str], _List]:
    """Every list of a language by rule and key; English where there is no such language."""
    folder = files(__name__).joinpath(language if language in SPOKEN else "en")
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            for rule, lists in tomllib.loads(file.read_text(encoding="utf-8")).items():
                for key, patterns in lists.items():
                    found[rule, key] = (*found.get((rule, key), ()), *patterns)
    return {place: _List(patterns) for place, patterns in found.items()}


def load_words(language: str) -> None:
    """Make the patterns of a language, which takes longer than to look for them."""
    for one in _table(language).values():
        one.search("")


@cache
def _phrase(phrase: str, language: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, phrase.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)" if spaced(language) else words)
