"""How a pack tunes the letter rules: it may switch a warning off, make any rule stricter, and add phrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from poa.review.finding import Severity
from poa.review.rule import Rule


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
