"""The tense of what was done: an action of the past is told as done, and what is still to come is not listed as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poa.review.draft import Draft, Found
from poa.review.items import Item, unquoted
from poa.review.rule import LETTER, rule
from poa.words import said

_CLAUSE = re.compile(r"[,;:()|]|\s[–—-]\s")  # noqa: RUF001 - the dash that people type


@rule(
    "R07",
    "error",
    papers=LETTER,
    title=said("Corrective actions are told as done"),
    why=said("Plans whose actions are still to come are refused: Amazon asks what you have done."),
    source="Amazon help page G201623610; rejections that say the actions have not been implemented",
    lexical=True,
)
def told_as_done(draft: Draft) -> Iterator[Found]:
    """A sentence among the corrective actions that tells a future, an intention or unfinished work."""
    if tense_asked(draft) != "past":
        return  # the notice asks what will be done; what is done already answers that as well
    for sentence in draft.part_sentences("corrective"):
        if _to_come(draft, unquoted(sentence.plain)):
            yield Found(
                at=sentence,
                message=said("This stands among the actions taken and is told as still to come."),
                remedy=said(
                    "Do it first, then write what was done, on which day, and the annex that shows it. What goes on"
                    " from now belongs among the preventive steps."
                ),
            )


def tense_asked(draft: Draft) -> str:
    """The tense in which the notice asks for actions; the past where it does not say."""
    return str((draft.ground.notice or {}).get("tense") or "past")


def not_done(draft: Draft, item: Item) -> bool:
    """Whether an item is told as still to come where done actions are asked: its day and proof are no matter then."""
    return tense_asked(draft) == "past" and any(
        _to_come(draft, unquoted(one.plain)) for at in item.lines for one in draft.sentences_of(at)
    )


def _to_come(draft: Draft, sentence: str) -> bool:
    """Whether a plain sentence tells a future, an intention or unfinished work."""
    words = draft.lexicon
    if words.found("R07", sentence, key="surely"):
        return True
    # A Japanese sentence has its tense at its end; in the others each clause has its own.
    clauses = [sentence] if draft.language == "ja" else _CLAUSE.split(sentence)
    return any(words.found("R07", clause.strip()) for clause in clauses)
