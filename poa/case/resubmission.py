"""A second submission beside the first: what changed, what Amazon's answer still waits for, what contradicts.

Amazon reads the letters of a case one after the other; the same letter again, or another cause in the place
of the first, is refused (rules R41 and R42).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from poa.case.journal import Reply, Sent
from poa.case.model import Case
from poa.policy.causes import cause_codes
from poa.words import Said, said


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The last submission and what came back: the case as it was sent, and Amazon's answer if there is one."""

    sent: Sent
    case: Case
    reply: Reply | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A line of Amazon's answer to which the case says the same as before."""

    ask: str
    line: str


_PARTS = {
    "root_cause": ("cause",),
    "corrective": ("corrective",),
    "preventive": ("preventive",),
    "evidence": ("evidence",),
    "documents": ("evidence",),
}


def unanswered(earlier: Earlier | None, now: Case) -> tuple[Unanswered, ...]:
    """The lines of the answer whose part of the case has not changed since it was sent."""
    if earlier is None or earlier.reply is None:
        return ()
    asked: dict[str, list[str]] = {}
    for ask, line in earlier.reply.lines:
        if ask in _PARTS:
            asked.setdefault(line, []).append(ask)
    # A line that asks for two parts is answered by either.
    return tuple(
        Unanswered(ask=asks[0], line=line)
        for line, asks in asked.items()
        if all(_part(earlier.case, one) == _part(now, one) for ask in asks for one in _PARTS[ask])
    )


_NEW = {
    ("cause", "statement"): "New or reworded cause: {text}",
    ("corrective", "action"): "New or reworded action: {text}",
    ("preventive", "control"): "New or reworded control: {text}",
    ("corrective", "evidence"): "New evidence: {text}",
}
_GONE = {
    ("corrective", "action"): "An action of the letter that was sent is missing or reworded: {text}",
    ("preventive", "control"): "A control of the letter that was sent is missing or reworded: {text}",
}


def changes(earlier: Earlier, now: Case) -> Iterator[Said]:
    """What is new, gone or worded otherwise since the submission, one sentence each."""
    new = ((place, _new(_texts(earlier.case, *place), _texts(now, *place))) for place in _NEW)
    yield from (said(_NEW[place], text=one) for place, texts in new for one in texts)


def contradictions(earlier: Earlier, now: Case) -> Iterator[Said]:
    """Where the new case says another thing than the one that was sent, one sentence each."""
    before, known = earlier.case, cause_codes()
    for code in _new(_texts(now, "cause", "code"), _texts(before, "cause", "code")):
        yield said(
            "The letter that was sent named the cause {cause}; this one does not. Amazon reads both: say in"
            " the root cause why.",
            cause=said(known[code].title) if code in known else code,
        )
    for heading, field, day in (("corrective", "action", "date"), ("preventive", "control", "start")):
        told = {getattr(one, field): getattr(one, day) for one in getattr(before, heading)}
        for one in getattr(now, heading):
            words, stated = getattr(one, field), getattr(one, day)
            if words and told.get(words) and stated and told[words] != stated:
                yield said(
                    'The letter that was sent gave {before} as the day of "{text}"; this one gives {now}.',
                    before=told[words],
                    now=stated,
                    text=words,
                )
    gone = ((place, _new(_texts(now, *place), _texts(before, *place))) for place in _GONE)
    yield from (said(_GONE[place], text=one) for place, texts in gone for one in texts)


def _new(before: Sequence[str], now: Sequence[str]) -> list[str]:
    return [one for one in dict.fromkeys(now) if one not in before]


def _texts(case: Case, heading: str, field: str) -> list[str]:
    return [text for part in getattr(case, heading) if (text := getattr(part, field))]


def _part(case: Case, heading: str) -> object:
    if heading != "evidence":
        return getattr(case, heading)
    return {*_texts(case, "corrective", "evidence"), *_texts(case, "evidence", "file")}
