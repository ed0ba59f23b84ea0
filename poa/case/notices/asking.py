"""What a notice asks, line by line, where the answer goes, and in which tense it asks."""

# ruff: noqa: RUF001 - notices are in many scripts
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from poa.case.notices.notice import Ask
from poa.case.notices.sentences import Sentence, compared

CODES = (
    "root_cause",
    "corrective",
    "preventive",
    "evidence",
    "ship_open_orders",
    "quiz",
    "acknowledge",
    "documents",
)
_TENSES = ("past", "future", "conditional")
_LONGEST = 400  # characters of a request line; a heading is far shorter


def asks(sentences: Iterable[Sentence]) -> tuple[Ask, ...]:
    """The requests in the notice's order, each line of a code once."""
    found: dict[tuple[str, str], Ask] = {}
    for sentence in sentences:
        for clause in _clauses(sentence):
            for code in _codes(sentence, clause):
                line = _cleaned(clause)
                found.setdefault((code, line.casefold()), Ask(code=code, line=line))
    return tuple(found.values())


def tense(sentences: Iterable[Sentence], found: Iterable[Ask]) -> str | None:
    """The one tense that actions are asked in; None where none shows or several do."""
    lines = {ask.line for ask in found if ask.code in {"corrective", "preventive"}}
    shown = {
        one
        for sentence in sentences
        if any(line in _cleaned(sentence.said) for line in lines)
        for one in _TENSES
        if sentence.words.has(f"tense.{one}", sentence.plain)
    }
    return shown.pop() if len(shown) == 1 else None


def channel(sentences: Iterable[Sentence]) -> str | None:
    """Where the answer goes: the first way that a sentence tells the seller to take."""
    for sentence in sentences:
        words, text = sentence.words, sentence.plain
        if sentence.aside or words.has("channels.never", text):
            continue
        if words.has("channels.mailbox", text):
            return "mailbox"
        here = [
            (match.start(), name)
            for name in ("account_health", "reply")
            if (match := words.find(f"channels.{name}", text))
        ]
        if here:
            return min(here)[1]
    return None


def _clauses(sentence: Sentence) -> Iterator[str]:
    parts = re.split(r"[;；](?=\s|\S)|\s(?=\(\d\)\s?)|(?<=[:：,，])\s*(?=\d[.)]\s)", sentence.said)
    return (part for part in parts if part.strip())


def _codes(sentence: Sentence, clause: str) -> list[str]:
    words = sentence.words
    text = compared(clause, words)
    for match in words.all("asks.cut", text):
        text = text.replace(match[0], " ")
    asked = sentence.question and words.has("asks.questions", text)
    if (sentence.aside and not asked) or words.has("asks.never", text) or len(clause) > _LONGEST:
        return []
    listed = sentence.place == "bullet" and not words.has("asks.never_lead", sentence.lead)
    if not (listed or asked or words.has("asks.request", sentence.plain)):
        return []
    if sentence.place != "bullet" and words.has("sentences.rule", text):
        return []
    if sentence.supposed and not (listed or words.has("asks.request", text)):
        return []
    found = ((code, words.find(f"asks.{code}", text)) for code in CODES)
    places = [(match.end(), CODES.index(code), code) for code, match in found if match]
    return [code for _, _, code in sorted(places)]


def _cleaned(line: str) -> str:
    """A request line without its number, its full stop and the marks of a template."""
    bare = re.sub(r"^\s*\(?\d{1,2}[.)]\s*", "", line)
    return " ".join(bare.split()).strip(" ;；.。,，:：")
