"""Dates that read two ways, and times of which nobody says where they hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from poa.languages import SPOKEN
from poa.review.claims import claims, days
from poa.review.draft import Draft, Found
from poa.review.lexicon import Lexicon
from poa.review.rule import SENT, rule
from poa.review.sentences import Sentence
from poa.words import said

_FIGURES = re.compile(r"\d[./-]\d")


@rule(
    "R31",
    "warning",
    papers=SENT,
    title=said("Dates read one way, and times name their zone"),
    why=said("03/04/2026 is March in one country and April in another; 10:00 is early or late by the zone."),
    source="our own, after Amazon help page G200847280",
    lexical=True,
)
def one_reading(draft: Draft) -> Iterator[Found]:
    """Days in figures alone that could be two, and times in a paper that names no zone anywhere."""
    for sentence in draft.sentences:
        if _two_ways(sentence, draft):
            yield Found(
                at=sentence,
                message=said("This date can be read two ways."),
                remedy=said("Write the month as a word, or the date as 2026-03-04."),
            )
    timed = [one for one in draft.sentences if _tells_time(one)]
    if timed and not _names_zone(draft):
        yield Found(
            at=timed[0],
            message=said("A time stands here, and the paper says nowhere of which zone."),
            remedy=said("Name the zone once, such as 10:00 Pacific Time."),
        )


def _two_ways(sentence: Sentence, draft: Draft) -> bool:
    text = _folded(sentence.text)
    if not _FIGURES.search(text):
        return False
    if any(day.ambiguous for day in days(text, draft.language)):
        return True
    short = draft.lexicon.found("R31", sentence.plain, key="short")
    return short is not None and short[1] != short[2]


def _tells_time(sentence: Sentence) -> bool:
    return any(one.kind == "time" for one in claims(_folded(sentence.text), language="en"))


def _names_zone(draft: Draft) -> bool:
    words = [sentence.plain for sentence in draft.sentences]
    lists = [Lexicon(language) for language in SPOKEN]
    return any(one.matches("R31", text, key="zone") for text in words for one in lists)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
