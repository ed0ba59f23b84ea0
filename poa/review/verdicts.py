"""What is said of a figure that is not proven, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from poa.review.aligning import Span
from poa.review.draft import Found
from poa.review.ground import Ground
from poa.review.sentences import Sentence
from poa.review.support import Supported
from poa.words import said


class Told(NamedTuple):
    """The two sentences of a finding."""

    message: str
    remedy: str


def of_the_case(expected: str, text: str) -> Told:
    """Another figure in the seller's own statement."""
    return Told(
        said("The case file says {expected}; this says {text}.", expected=expected, text=text),
        said(
            "Write {expected}; or, if {text} is true, correct the case file and make the papers again.",
            expected=expected,
            text=text,
        ),
    )


def of_the_rows(expected: str, text: str) -> Told:
    """Another figure than that of the fact."""
    return Told(
        said("The rows say {expected}; this says {text}.", expected=expected, text=text),
        said("Write {expected}.", expected=expected),
    )


def of_the_frame(expected: str, text: str) -> Told:
    """Another figure than in the words that poa printed around the facts."""
    return Told(
        said("poa printed {expected} here; this says {text}.", expected=expected, text=text),
        said("Write {expected}, as it was.", expected=expected),
    )


def other_sign(expected: str, text: str) -> Told:
    """The decimal sign of another language."""
    return Told(
        said("In this language {text} reads as another number.", text=text),
        said("Write {expected}.", expected=expected),
    )


def turned(sentence: str) -> Told:
    """A word that turns what figures say."""
    return Told(
        said("The change turns the sense. The rows show: {sentence}", sentence=sentence),
        said("Put the sentence back as it was."),
    )


def reworded(statement: str) -> Told:
    """A statement of the seller's in other words than in the case file."""
    return Told(
        said("The case file says this in other words: {statement}", statement=statement),
        said("Put the new words into the case file too; the next papers are made from it."),
    )


def newer(expected: str) -> Told:
    """A figure that newer data no longer shows."""
    return Told(
        said("The data is newer than this paper: it now says {expected}.", expected=expected),
        said("Make the papers again with poa appeal, and send those."),
    )


def not_theirs(name: str, expected: str) -> Told:
    """A sentence on a supplier, carrier or SKU with figures of others only."""
    return Told(
        said("No figure here is that of {name}; its rows say {expected}.", name=name, expected=expected),
        said("Write the figures of {name}, or leave the name out.", name=name),
    )


def not_of_days(days: int, expected: str) -> Told:
    """A sentence on a window with figures of others only."""
    return Told(
        said(
            "No figure here is that of the {days} days; their rows say {expected}.",
            days=days,
            expected=expected,
        ),
        said("Write the figures of the {days} days, or leave the days out.", days=days),
    )


def misplaced(text: str, name: str) -> Told:
    """A figure that is of another one than that beside which it stands."""
    return Told(
        said("{text} is not the figure of {name}.", text=text, name=name),
        said("Put each figure beside the name that it belongs to."),
    )


def turned_range(first: str, last: str) -> Told:
    """A range of days that ends before it begins."""
    return Told(
        said("{last} is before {first}.", first=first, last=last),
        said("Write the first day first."),
    )


def target_missed(rate: str, target: str) -> Told:
    """A rate said to be under the target that is not."""
    return Told(
        said("The rows say {rate}; that is not under {target}.", rate=rate, target=target),
        said("Say that the target was missed, or leave this out."),
    )


def other_target(expected: str, text: str) -> Told:
    """Another share than the target told as the target."""
    return Told(
        said("The target is under {expected}; this says {text}.", expected=expected, text=text),
        said("Write {expected}.", expected=expected),
    )


def not_all_theirs(name: str, late: int) -> Told:
    """All late orders said to be those of one supplier, carrier or SKU."""
    return Told(
        said("Not all late orders are of {name}; the rows say {late}.", name=name, late=late),
        said("Write {late}, or leave the word all out.", late=late),
    )


def some_late(late: int) -> Told:
    """No late orders said to be where some were."""
    return Told(
        said("The rows show late orders here: {late}.", late=late),
        said("Write how many they were, or leave this out."),
    )


def unsupported(text: str, found: Supported) -> Told:
    """A figure in words that poa did not print."""
    if found.verdict == "misleading" and found.expected:
        return Told(
            said("{text} is not how {expected} is rounded.", text=text, expected=found.expected),
            said("Write {expected}.", expected=found.expected),
        )
    if found.expected:
        return Told(
            said("{text} is not in the rows; {expected} is.", text=text, expected=found.expected),
            said("Write {expected}, if that is meant; else take it out.", expected=found.expected),
        )
    return Told(
        said("No row and no statement of the case supports {text}.", text=text),
        said(
            "Take it out; or, if it is your own statement and true, put it into the case file and make the papers"
            " again."
        ),
    )


def too_many(ground: Ground, now: Span, most: int) -> Found:
    """So much is not proven that the rest was not looked at."""
    told = Told(
        said(
            "More than {most} figures, days and names are not proven; what follows was not checked.",
            most=most,
        ),
        said("Check that this paper and the facts.json belong together."),
    )
    return finding(ground, now, 0, now.text, told)


def rows_behind(evidence: Mapping[str, Any]) -> int | None:
    """How many orders stand behind a fact, or how many rows where it counts none."""
    rows = evidence.get("rows") or {}
    if rows.get("orders"):
        return int(rows["orders"])
    lines = [last - first + 1 for one in rows.get("lines", ()) for first, last in one["ranges"]]
    return sum(lines) or None


def finding(
    ground: Ground,
    now: Span,
    start: int,
    text: str,
    told: Told,
    *,
    fact: str | None = None,
    expected: str | None = None,
) -> Found:
    """A finding at some words of a sentence, with the rows that stand behind the fact."""
    evidence = ground.evidence.get(fact or "")
    return Found(
        message=told.message,
        remedy=told.remedy,
        at=Sentence(line=now.line, start=now.start + start, text=text or now.text),
        fact=fact or None,
        expected=expected,
        rows=rows_behind(evidence) if evidence else None,
    )
