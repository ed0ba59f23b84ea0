"""By when a notice wants its answer: days, hours or a date, as written, and never Amazon's own time to answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from email.utils import parsedate_to_datetime

from poa.case.notices.lexicon import Lexicon, lexicon
from poa.case.notices.notice import Deadline
from poa.case.notices.sentences import Sentence, plain
from poa.languages import SPOKEN

_LONGEST = 400  # days
_COMMAS = ",;、"  # the full-width ones are narrow in a text as it is compared


def deadline(sentences: Iterable[Sentence]) -> tuple[Deadline, bool]:
    """The first deadline for an answer, and whether another, different one is written too.

    The time of a quiz counts only where no other is written.
    """
    said = [(one, sentence) for sentence in sentences if (one := _deadline(sentence))]
    found = [(one, sentence.words.has("asks.quiz", sentence.plain)) for one, sentence in said]
    others = [one for one, quiz in found if not quiz] or [one for one, _ in found]
    return (others[0] if others else Deadline(), len(set(others)) > 1)


def ambiguous_date(sentences: Iterable[Sentence]) -> bool:
    """Whether a day of answering is written so that day and month could be exchanged, or without its year."""
    return any(
        _may_set(sentence) and sentence.words.has("deadlines.unclear", sentence.plain)
        for sentence in sentences
    )


def day_of(sent: str) -> date | None:
    """The day of an e-mail's date header or of a date in words; None where it is none."""
    try:
        return parsedate_to_datetime(sent).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    known = plain(sent)
    return next((day for code in SPOKEN if (day := _day(known, lexicon(code)))), None)


def _may_set(sentence: Sentence) -> bool:
    words, text = sentence.words, sentence.plain
    return (
        words.has("deadlines.answer", text)
        and not words.has("deadlines.never", text)
        and not sentence.question
    )


def _deadline(sentence: Sentence) -> Deadline | None:
    if not _may_set(sentence):
        return None
    words, text = sentence.words, sentence.plain
    for match in words.all("deadlines.by_date", text):
        if day := _day(text[match.start() :], words):
            return Deadline(date=day)
    first = words.has("deadlines.from_first", text)
    for key, in_hours in (("deadlines.hours", True), ("deadlines.days", False)):
        for match in words.all(key, text):
            number = int(match["number"])
            at = match.start("number")
            if words.has("deadlines.past_before", text[:at]) or _in_window(words, text, at):
                continue
            clause = _clause(text, at)
            near = clause if words.has("deadlines.answer", clause) else text
            if words.has("deadlines.never_near", near):
                continue
            if in_hours and 0 < number <= _LONGEST * 24:
                days = number // 24 if number % 24 == 0 else None
                return Deadline(days=days, hours=number, counted_from_first=first)
            if not in_hours and 0 < number <= _LONGEST:
                return Deadline(days=number, counted_from_first=first)
    return None


def _clause(text: str, at: int) -> str:
    """The clause that a figure stands in: money that is held has a time of its own beside the deadline."""
    start = max(text.rfind(sign, 0, at) for sign in _COMMAS) + 1
    ends = [found for sign in _COMMAS if (found := text.find(sign, at)) >= 0]
    return text[start : min(ends, default=len(text))]


def _in_window(words: Lexicon, text: str, at: int) -> bool:
    """Whether a figure belongs to a window that a rate is counted over."""
    return any(match.start() <= at < match.end() for match in words.all("windows.forms", text))


def _day(text: str, words: Lexicon) -> date | None:
    match = words.find("dates", text)
    if match is None:
        return None
    parts = match.groupdict()
    month = parts["month"]
    try:
        named = (at for at, known in enumerate(words.months, start=1) if re.fullmatch(known, month))
        number = int(month) if re.fullmatch(r"\d+", month) else next(named)
        return date(int(parts["year"]), number, int(parts["day"]))
    except ValueError:
        return None
