"""The words that rules look for: one folder a language, one file a group of rules, patterns and no code.

``[R17] said = [...]`` are regular expressions over a sentence as :func:`poa.review.sentences.plain` writes it;
``unless`` beside them says what makes the same words harmless. Other keys are a rule's own lists.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "zh", "ja", "de")
_SPACED = {"en", "de"}  # languages that put blanks between words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language; ``added`` are plain phrases of a pack by rule, never patterns."""

    language: str
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def found(self, rule: str, sentence: str, *, key: str = "said") -> re.Match[str] | None:
        """What of a plain sentence a rule's list matches first, unless its ``unless`` list matches too."""
        match = next((found for one in self._patterns(rule, key) if (found := one.search(sentence))), None)
        if match is None or (key == "said" and self.matches(rule, sentence, key="unless")):
            return None
        return match

    def matches(self, rule: str, sentence: str, *, key: str) -> bool:
        """Whether any pattern of a rule's list is found in a plain sentence."""
        return any(one.search(sentence) for one in self._patterns(rule, key))

    def _patterns(self, rule: str, key: str) -> Iterable[re.Pattern[str]]:
        own = _table(self.language).get(rule, {}).get(key, ())
        if key != "said" or rule not in self.added:
            return own
        return (*own, *(_phrase(one, self.language) for one in self.added[rule]))


@cache
def _table(language: str) -> Mapping[str, Mapping[str, tuple[re.Pattern[str], ...]]]:
    """Every list of a language, compiled; English where there is no such language."""
    folder = files(__name__).joinpath(language if language in LANGUAGES else "en")
    found: dict[str, dict[str, tuple[re.Pattern[str], ...]]] = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            for rule, lists in tomllib.loads(file.read_text(encoding="utf-8")).items():
                for key, patterns in lists.items():
                    own = found.setdefault(rule, {})
                    own[key] = (*own.get(key, ()), *(re.compile(one) for one in patterns))
    return found


@cache
def _phrase(phrase: str, language: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, phrase.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)" if language in _SPACED else words)
