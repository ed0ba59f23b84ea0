"""Words of a paper as a finding quotes them: the sentence around them, cut where it is long, the words marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.text import Text

from poa.characters import clean
from poa.review.sentences import sentences

_BEFORE, _WITHIN, _AFTER = 60, 150, 90  # signs that are shown before the words, of them, and behind them
_PIECES = re.compile(
    r"[^\W\u3040-\u30ff\u3400-\u9fff]+|[\s\S]"
)  # a word, or a sign; Chinese has a word a sign


def quoted(line: str, text: str, start: int) -> Text:
    """The words ``text`` of a line, from ``start`` on, in their sentence; the whole sentence where they are not found."""
    at = line.find(text, start) if text else -1
    begin, end = _sentence(line, start if at < 0 else at)
    if at < 0:
        return marked(line[begin:end], 0, 0)
    stop = at + len(text)
    if at <= begin and stop >= end:
        return marked(text, 0, 0)
    return marked(line[begin : max(end, stop)], at - begin, stop - begin)


def marked(sentence: str, start: int, end: int) -> Text:
    """A sentence in quotation marks, the words between two places of it marked; nothing is where they are one place."""
    words = sentence[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    if start >= end:
        return Text(f'"{_short(clean(sentence))}"', style="italic")
    return Text.assemble(
        (f'"{_tail(sentence[:start])}', "italic"),
        (f">{_short(clean(sentence[start:end]))}<", "bold italic"),
        (f'{_head(sentence[end:])}"', "italic"),
    )


def turned(before: str, after: str) -> tuple[Text, Text]:
    """Two wordings of a sentence, in each of them marked what the other does not say, in whole words."""
    was, now = _PIECES.findall(before), _PIECES.findall(after)
    first = _alike(was, now)
    last = _alike(was[first:][::-1], now[first:][::-1])
    start = len("".join(was[:first]))
    same = len("".join(was[len(was) - last :]))
    return marked(before, start, len(before) - same), marked(after, start, len(after) - same)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces both begin with."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _sentence(line: str, at: int) -> tuple[int, int]:
    """The sentence of a line in which a sign stands."""
    last = (0, len(line))
    for start, text in sentences(line):
        if start > at:
            break
        last = (start, start + len(text))
    return last


def _short(text: str) -> str:
    return text if len(text) <= _WITHIN else f"{text[:_WITHIN].rstrip()} ..."


def _tail(text: str) -> str:
    """The end of what stands before the words, from the beginning of a word."""
    told = clean(text) + (" " if text[-1:].isspace() else "")
    if len(told) <= _BEFORE:
        return told
    cut = told[-_BEFORE:]
    return f"... {cut.partition(' ')[2] or cut}"


def _head(text: str) -> str:
    """The beginning of what stands behind the words, to the end of a word."""
    told = (" " if text[:1].isspace() else "") + clean(text)
    if len(told) <= _AFTER:
        return told
    cut = told[:_AFTER]
    return f"{cut.rpartition(' ')[0] or cut} ..."
