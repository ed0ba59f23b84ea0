"""What a notice is about: kinds with a finding of their own, not those it mentions in passing."""

from __future__ import annotations

from collections.abc import Sequence

from poa.case.notices.figures import RATES, names_in
from poa.case.notices.sentences import Sentence

OTHERS = ("drop_shipping", "seller_fulfilled_review", "confirmed_not_shipped", "premium_shipping")
KINDS = (*RATES, *OTHERS)
_TELLING = (
    "stages.deactivated",
    "stages.at_risk",
    "stages.pre_deactivation",
    "stages.review",
    "stages.more_information",
    "stages.rejected",
)
_EARLY = 6  # sentences in which a bare name still tells what a notice is about
# What these are about includes the rates they speak of.
_SWALLOW = {
    "premium_shipping": set(RATES),
    "seller_fulfilled_review": set(RATES),
    "drop_shipping": {"seller_fulfilled_review"},
    "confirmed_not_shipped": {"late_shipment", "valid_tracking"},
}


def kinds_of(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The kinds in the notice's order; empty where none is named in a way that counts."""
    speaking = [(at, one) for at, one in enumerate(sentences) if not one.aside and _speaks(one)]
    strong: dict[str, int] = {}
    medium: dict[str, int] = {}
    weak: dict[str, int] = {}
    subject: set[str] = set()
    for at, one in speaking:
        for kind, strength, start in _shown(one):
            place = at * 10_000 + start
            held = {3: strong, 2: strong, 1: medium, 0: weak}[strength]
            held.setdefault(kind, place)
            if strength == 3:
                subject.add(kind)
    for kind, place in _together(sentences).items():
        strong.setdefault(kind, place)
    early = {kind: place for kind, place in weak.items() if place < _EARLY * 10_000}
    found = strong or medium or early
    for kind, swallowed in _SWALLOW.items():
        if kind in found:
            found = {one: place for one, place in found.items() if one not in swallowed or one in subject}
    return tuple(sorted(found, key=lambda kind: found[kind]))


def only_in_passing(sentences: Sequence[Sentence]) -> bool:
    """Whether every sentence that names a kind does so by the way, as advice to all sellers does."""
    return not any(
        names_in(one, KINDS) and not one.words.has("sentences.passing", one.plain)
        for one in sentences
        if not one.aside
    )


def _speaks(sentence: Sentence) -> bool:
    """Whether a sentence tells what is, or threatens what will be unless the seller acts."""
    return not sentence.supposed or sentence.words.has("stages.unless", sentence.plain)


def _shown(sentence: Sentence) -> list[tuple[str, int, int]]:
    """Kinds named in a sentence with strength (3 subject, 2 finding, 1 rule, 0 mention) and place."""
    words, text = sentence.words, sentence.plain
    shown = [
        (kind, 2, match.start())
        for kind in KINDS
        if (match := words.find(f"kinds.{kind}.prime", text)) is not None
    ]
    names = names_in(sentence, KINDS)
    strength = _strength(sentence, len({kind for _, _, kind in names if kind in RATES}))
    return shown + [(kind, strength, start) for start, _, kind in names]


def _strength(sentence: Sentence, rates: int) -> int:
    words, text = sentence.words, sentence.plain
    if sentence.place == "subject":
        return 3
    if words.has("sentences.passing", text) or words.has("sentences.passing", sentence.lead):
        return 0
    finding = words.has("sentences.finding", text) or words.has("sentences.finding", sentence.lead)
    if words.has("sentences.rule", text) and not words.has("sentences.own_finding", text):
        return 1
    if sentence.place == "bullet" and words.has("sentences.rule", sentence.lead):
        return 1
    if words.has("sentences.own_finding", text) or any(words.has(key, text) for key in _TELLING):
        return 2
    if any(words.has(f"asks.{code}", text) for code in ("root_cause", "corrective", "preventive")):
        return 2
    if not finding:
        return 0
    return 1 if rates > 1 and sentence.place == "text" and "%" in text else 2


def _together(sentences: Sequence[Sentence]) -> dict[str, int]:
    """Kinds that several places of a text show only together."""
    by_language = {id(one.words): one.words for one in sentences}
    text = "\n".join(one.plain for one in sentences if not one.question)
    return {
        kind: 0
        for words in by_language.values()
        for kind in OTHERS
        if words.together(f"kinds.{kind}.together", text)
    }
