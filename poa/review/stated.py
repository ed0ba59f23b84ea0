"""What the seller says in own words: the statements of a case, where they stand in a paper, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from poa.characters import clean
from poa.review.draft import Draft
from poa.review.sentences import Sentence, plain, sentences

_OWN_WORDS = ("root_cause", "corrective", "preventive")  # the parts that hold the seller's account
_ACCOUNTS = {"plan", "analysis"}  # the papers in which the seller speaks
_LEAST = 8  # signs; anything shorter is found in many a sentence
_ENDS = ".:;!?。:;!? "


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One text of the case: ``field`` is statement, escape, why, action or control, ``of`` the number of its entry."""

    field: str
    of: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The seller's words in a paper, sentence by sentence: ``field`` is empty for what the case does not hold."""

    field: str
    of: int
    places: tuple[Sentence, ...]
    texts: tuple[str, ...]


def stated(case: Mapping[str, Any]) -> Iterator[Stated]:
    """Every whole statement of a case as data; roles, frequencies and measures are small things and left out."""
    for heading, fields in _FIELDS.items():
        entries = case.get(heading)
        for at, entry in enumerate(entries if isinstance(entries, list | tuple) else ()):
            for field in fields if isinstance(entry, Mapping) else ():
                value = entry.get(field)
                for text in value if isinstance(value, list | tuple) else (value,):
                    if isinstance(text, str) and clean(text):
                        yield Stated(field=field, of=at, text=clean(text))


def seller_of(case: Mapping[str, Any]) -> str:
    """The seller's name by the case; empty where it is not stated."""
    seller = case.get("seller")
    name = seller.get("name") if isinstance(seller, Mapping) else None
    return clean(name) if isinstance(name, str) else ""


def passages(draft: Draft) -> Iterator[Passage]:
    """The seller's statements as they stand in a paper, then what a human has written instead or beside."""
    told = [(sentence, sentence.plain) for sentence in draft.sentences]
    first: dict[str, Sentence] = {}
    for sentence, text in told:
        first.setdefault(text.rstrip(_ENDS), sentence)
    known: set[str] = set()
    for one in stated(draft.ground.case):
        texts = [(key, text) for _, text in sentences(one.text) if len(key := _key(text)) >= _LEAST]
        known.update(key for key, _ in texts)
        found = [(place, text) for key, text in texts if (place := first.get(key) or _around(key, told))]
        if found:
            yield Passage(
                field=one.field,
                of=one.of,
                places=tuple(place for place, _ in found),
                texts=tuple(text for _, text in found),
            )
    if draft.kind not in _ACCOUNTS:
        return
    printed = {_key(text) for cell in _printed(draft) for _, text in sentences(cell)}
    for sentence in draft.part_sentences(*_OWN_WORDS):
        key = _key(sentence.text)
        if len(key) >= _LEAST and key not in printed and not any(one in key for one in known):
            yield Passage(field="", of=0, places=(sentence,), texts=(sentence.text,))


def frame(draft: Draft) -> Iterator[str]:
    """Every sentence of the letter and the analysis as they were printed, less what the seller states."""
    values = {key for one in stated(draft.ground.case) if len(key := _key(one.text)) >= _LEAST}
    longest = sorted(values, key=lambda one: (-len(one), one))
    for cell in _printed(draft):
        yield from (text for _, text in sentences(without(plain(cell), longest)))


def without(text: str, values: Iterable[str]) -> str:
    """A plain text with some plain values cut out of it, each cut an end of a sentence."""
    for value in values:
        if value in text:
            text = text.replace(value, "\n")
    return text


def _printed(draft: Draft) -> Iterator[str]:
    for name, base in draft.ground.bases.items():
        if name.startswith(_PRINTED):
            for line in base.paper.lines:
                yield from line.cells or (line.text,)


_FIELDS = {"cause": ("statement", "escape", "why"), "corrective": ("action",), "preventive": ("control",)}
_PRINTED = ("plan-of-action", "root-cause-analysis")


def _key(text: str) -> str:
    return plain(text).rstrip(_ENDS)


def _around(key: str, told: list[tuple[Sentence, str]]) -> Sentence | None:
    return next((sentence for sentence, text in told if key in text), None)
