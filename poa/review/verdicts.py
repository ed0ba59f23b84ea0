"""What is said of a figure that is not proven, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

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


def rows_behind(evidence: Mapping[str, Any]) -> int | None:
    """How many orders stand behind a fact, or how many rows where it counts none."""
    rows = evidence.get("rows") or {}
    if rows.get("orders"):
        return int(rows["orders"])
    lines = [last - first + 1 for one in rows.get("lines", ()) for first, last in one["ranges"]]
    return sum(lines) or None
