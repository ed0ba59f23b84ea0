"""What a letter rule is: a small function with a number, how serious it is, why, and by whose word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from poa.review.draft import Draft, Found
from poa.review.finding import Severity

PaperKind: TypeAlias = Literal["plan", "analysis", "statement", "request", "annex", "weekly"]
LETTER: tuple[PaperKind, ...] = ("plan",)
SENT: tuple[PaperKind, ...] = ("plan", "analysis")
ALL: tuple[PaperKind, ...] = ("plan", "analysis", "statement", "request", "annex", "weekly")

Check: TypeAlias = Callable[[Draft], Iterator[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A letter rule. ``id`` is that of the checklist (R01 to R48); ``source`` names whose rule it is.

    ``title`` says what holds of a good paper, ``why`` what happens otherwise: sentences of ``poa.words``.
    ``papers`` are the kinds that it applies to; ``lexical`` says that a pack may add phrases to it.
    """

    id: str
    severity: Severity
    papers: tuple[PaperKind, ...]
    title: str
    why: str
    source: str
    lexical: bool
    check: Check


_RULES: dict[str, Rule] = {}


def rule(
    number: str,
    severity: Severity,
    *,
    papers: Iterable[PaperKind],
    title: str,
    why: str,
    source: str,
    lexical: bool = False,
) -> Callable[[Check], Check]:
    """Put a function on the list of rules; it yields what breaks the rule in a draft."""

    def listed(check: Check) -> Check:
        if number in _RULES:
            raise ValueError(number)
        _RULES[number] = Rule(
            id=number,
            severity=severity,
            papers=tuple(papers),
            title=title,
            why=why,
            source=source,
            lexical=lexical,
            check=check,
        )
        return check

    return listed


def listed_rules() -> tuple[Rule, ...]:
    """Every rule that has been put on the list, by number."""
    return tuple(_RULES[number] for number in sorted(_RULES))
