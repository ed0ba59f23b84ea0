"""What is said of a figure that is not proven, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from poa.review.draft import Found
from poa.review.ground import Ground
from poa.review.sentences import Sentence
from poa.words import said

# By what is wrong: what is said of it, and what to do.
_MESSAGES = {
    # Another figure than in the seller's own statement, than that of the fact, than in the words around the facts.
    "of_the_case": "The case file says {expected}; this says {text}.",
    "of_the_rows": "The rows say {expected}; this says {text}.",
    "of_the_frame": "poa printed {expected} here; this says {text}.",
    "other_sign": "In this language {text} reads as another number.",
    "turned": "The change turns the sense. The rows show: {sentence}",
    "reworded": "The case file says this in other words: {statement}",
    "newer": "The data is newer than this paper: it now says {expected}.",
    # A sentence on a group or a window with figures of others only, or with one where that of another belongs.
    "not_theirs": "No figure here is that of {name}; its rows say {expected}.",
    "not_of_days": "No figure here is that of the {days} days; their rows say {expected}.",
    "misplaced": "{text} is not the figure of {name}.",
    "of_another": "By the rows, {text} is an order of {expected}, not of {name}.",
    "turned_range": "{last} is before {first}.",
    "target_missed": "The rows say {rate}; that is not under {target}.",
    "other_target": "The target is under {expected}; this says {text}.",
    "not_all_theirs": "Not all late orders are of {name}; the rows say {late}.",
    "some_late": "The rows show late orders here: {late}.",
    # A figure in words that poa did not print.
    "misrounded": "{text} is not how {expected} is rounded.",
    "not_held": "The rows say {expected}; what is said of {text} does not hold.",
    "other_in_rows": "{text} is not in the rows; {expected} is.",
    "unsupported": "No row and no statement of the case supports {text}.",
    "too_many": "More than {most} figures, days and names are not proven; what follows was not checked.",
}
_REMEDIES = {
    "of_the_case": "Write {expected}; or, if {text} is true, correct the case file and make the papers again.",
    "of_the_rows": "Write {expected}.",
    "of_the_frame": "Write {expected}, as it was.",
    "other_sign": "Write {expected}.",
    "turned": "Put the sentence back as it was.",
    "reworded": "Put the new words into the case file too; the next papers are made from it.",
    "newer": "Make the papers again with poa appeal, and send those.",
    "not_theirs": "Write the figures of {name}, or leave the name out.",
    "not_of_days": "Write the figures of the {days} days, or leave the days out.",
    "misplaced": "Put each figure beside the name that it belongs to.",
    "of_another": "Write {expected}, or take the order out.",
    "turned_range": "Write the first day first.",
    "target_missed": "Say that the target was missed, or leave this out.",
    "other_target": "Write {expected}.",
    "not_all_theirs": "Write {late}, or leave the word all out.",
    "some_late": "Write how many they were, or leave this out.",
    "misrounded": "Write {expected}.",
    "not_held": "Write {expected}.",
    "other_in_rows": "Write {expected}, if that is meant; else take it out.",
    "unsupported": "Take it out; or, if it is your own statement and true, put it into the case file and make the papers"
    " again.",
    "too_many": "Check that this paper and the facts.json belong together.",
}


def rows_behind(evidence: Mapping[str, Any]) -> int | None:
    """How many orders stand behind a fact, or how many rows where it counts none."""
    rows = evidence.get("rows") or {}
    if rows.get("orders"):
        return int(rows["orders"])
    lines = [last - first + 1 for one in rows.get("lines", ()) for first, last in one["ranges"]]
    return sum(lines) or None


def finding(
    ground: Ground,
    now: Sentence,
    wrong: str,
    *,
    start: int = 0,
    text: str = "",
    fact: str | None = None,
    expected: str | None = None,
    **parts: object,
) -> Found:
    """What is ``wrong`` with the words ``text`` of a sentence, or with all of it, and the rows behind the fact.

    ``parts`` are those of the two sentences of the finding, beside ``text`` and ``expected``.
    """
    parts |= {"text": text} if expected is None else {"text": text, "expected": expected}
    evidence = ground.evidence.get(fact or "")
    return Found(
        message=said(_MESSAGES[wrong], **parts),
        remedy=said(_REMEDIES[wrong], **parts),
        at=Sentence(line=now.line, start=now.start + start, text=text or now.text),
        fact=fact or None,
        expected=expected,
        rows=rows_behind(evidence) if evidence else None,
    )
