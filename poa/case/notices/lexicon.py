"""What words mean in a notice: one file a language, lists of patterns by what they show."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_GAP = "(?:.{0,80}?)"  # what the sign … of a pattern stands for
_FAMILY = re.compile(r"@([a-z_]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The patterns of one language by dotted key, such as ``stages.final``; texts are compared casefolded."""

    language: str
    patterns: Mapping[str, tuple[re.Pattern[str], ...]]
    months: tuple[str, ...]

    def find(self, key: str, text: str) -> re.Match[str] | None:
        """The first place in the text where a pattern of the key stands, or None."""
        found = [match for pattern in self.patterns.get(key, ()) if (match := pattern.search(text))]
        return min(found, key=lambda match: match.start(), default=None)

    def has(self, key: str, text: str) -> bool:
        """Whether a pattern of the key stands in the text."""
        return _stands(self.language, key, text)

    def all(self, key: str, text: str) -> tuple[re.Match[str], ...]:
        """Every place where a pattern of the key stands, pattern by pattern."""
        return _places(self.language, key, text)

    def together(self, key: str, text: str) -> bool:
        """Whether every pattern of the key stands somewhere in the text."""
        wanted = self.patterns.get(key, ())
        return bool(wanted) and all(pattern.search(text) for pattern in wanted)


# A sentence is asked the same by several rules; in a long text that is most of the work.
@lru_cache(maxsize=1 << 16)
def _stands(language: str, key: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in lexicon(language).patterns.get(key, ()))


@lru_cache(maxsize=1 << 16)
def _places(language: str, key: str, text: str) -> tuple[re.Match[str], ...]:
    patterns = lexicon(language).patterns.get(key, ())
    return tuple(match for pattern in patterns for match in pattern.finditer(text))


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language of ``SPOKEN``."""
    data = tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    months = tuple(str(month) for month in data.pop("months", ()))
    named = {name: f"(?:{'|'.join(words)})" for name, words in data.pop("families", {}).items()}
    named["month"] = f"(?P<month>{'|'.join(months)})"
    return Lexicon(language=language, months=months, patterns=dict(_compiled(data, "", named)))


def _compiled(
    table: Mapping[str, Any], prefix: str, named: Mapping[str, str]
) -> Iterator[tuple[str, tuple[re.Pattern[str], ...]]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _compiled(value, f"{prefix}{key}.", named)
        else:
            yield prefix + key, tuple(re.compile(_filled(pattern, named)) for pattern in value)


def _filled(pattern: str, named: Mapping[str, str]) -> str:
    """A pattern with its families written out: ``@month``, and those of the file, such as ``@taken``."""
    known = _FAMILY.sub(lambda match: named.get(match[1], match[0]), pattern)
    return known.replace("…", _GAP)
