"""The list of the letter rules: number, how serious, for which papers, what holds, why, and by whose word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa.cli.review.saying import INDENT, Say
from poa.words import said, spoken, strung

if TYPE_CHECKING:
    from poa.review import Rule, Settings

_PAPERS = {
    "plan": "plan of action",
    "analysis": "root cause analysis",
    "statement": "supplier's statement",
    "request": "request to a supplier",
    "annex": "annex",
    "weekly": "weekly page",
}
_SEVERITIES = {"error": "error", "warning": "warning", "info": "note"}


def show_rules(rules: tuple[Rule, ...], settings: Settings, say: Say) -> None:
    """Print the rules; a pack's own settings are those that hold."""
    for rule in rules:
        severity = settings.severity(rule)
        kind = said("switched off by the pack") if severity is None else said(_SEVERITIES[severity])
        papers = strung("{one}, {other}", [said(_PAPERS[one]) for one in rule.papers])
        say(said("{rule} {severity}: {papers}", rule=rule.id, severity=kind, papers=papers), style="bold")
        say(rule.title, lead=INDENT)
        say(rule.why, lead=INDENT)
        say(said("Source: {source}", source=rule.source), lead=INDENT)


def rules_data(rules: tuple[Rule, ...], settings: Settings, language: str) -> dict[str, object]:
    """The same as JSON; ``severity`` is null where a pack switched the rule off."""
    return {
        "rules": [
            {
                "id": one.id,
                "severity": settings.severity(one),
                "papers": list(one.papers),
                "title": spoken(one.title, language),
                "why": spoken(one.why, language),
                "source": spoken(one.source, language),
                "lexical": one.lexical,
            }
            for one in rules
        ]
    }
