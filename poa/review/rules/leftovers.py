"""Nothing of a template is left: no marks to fill in, no blanks, no sentences that other sellers send too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from poa.review.draft import Draft, Found
from poa.review.lexicon import Lexicon
from poa.review.rule import ALL, SENT, rule
from poa.review.sentences import Sentence, plain
from poa.review.similarity import similar
from poa.words import said

_MARKS = re.compile(
    r"\{\{|\}\}|\{%|%\}|\$\{|<<|>>|\{[a-z_]{2,30}\}"
    r"|(?<![\w*])\*{3,}(?![\w*])|(?<!\w)\*{3,}\w|#(?:REF!|NAME\?|VALUE!|N/A|DIV/0!)"
    r"|\b(?:TODO|TBD|TBC|FIXME|PLACEHOLDER)\b|\b(?:YYYY|yyyy|JJJJ)\b|\b(?:DD|MM|dd|mm|TT)[./-](?:MM|DD|mm|dd)\b"
    r"|(?<![A-Za-z0-9-])[Xx]{3,}(?![A-Za-z0-9-])|(?<![A-Za-z0-9])[Xx]{2}(?:[./-][Xx]{2})+|\.{6,}|…{3,}"
)
_BLANK = re.compile(r"_{3,}|＿{3,}")  # noqa: RUF001 - as Chinese and Japanese forms have it
_BRACKET = re.compile(
    r"\[([^\[\]\n]{0,80})\]|【([^【】\n]{0,80})】|<([A-Za-z\u4e00-\u9fff\u3040-\u30ff][^<>@\n]{0,40})>"
)
_LEAST = 3  # signs of a name that is taken out of a sentence before it is read
_QUESTION = re.compile(r"[?？]\s*$")  # noqa: RUF001 - a sign of the languages
_FORMS = ("statement", "request")  # papers whose blanks are for the supplier


@rule(
    "R30",
    "error",
    papers=ALL,
    title=said("Nothing of a template is left, and the words are the seller's own"),
    why=said("Templates are recognised and returned at once."),
    source="POA Defender; aSellingSecrets; Amazon China's guidance as reposted",
    lexical=True,
)
def nothing_left(draft: Draft) -> Iterator[Found]:
    """Marks, blanks and brackets that wait to be filled in; and passages that are near to another letter's."""
    for sentence in draft.sentences:
        words = _left(sentence, draft)
        if words:
            yield Found(
                at=sentence,
                message=said("This is still to be filled in: {words}", words=words),
                remedy=said("Write what belongs here, or take it out."),
            )
    if draft.kind in SENT:
        yield from similar(draft)


def _left(sentence: Sentence, draft: Draft) -> str | None:
    """What of a sentence waits to be filled in; None where nothing does."""
    text = unicodedata.normalize("NFKC", sentence.text)
    if any(one.search(text) for one in (_MARKS, _BLANK, _BRACKET)):
        for name in _names_in(text, draft.ground.names):
            text = text.replace(name, " ")
    if mark := _MARKS.search(text):
        return mark[0]
    if draft.kind not in _FORMS and (blank := _BLANK.search(text)):
        return blank[0]
    for found in _BRACKET.finditer(text):
        inside = next(one for one in found.groups() if one is not None)
        asked = _QUESTION.search(inside) is not None
        if asked and draft.draft:
            continue
        if asked or _to_fill(plain(inside), draft):
            return found[0]
    if draft.kind in _FORMS:
        return None
    words = plain(text)
    phrase = draft.lexicon.found("R30", words, key="left") or draft.lexicon.found("R30", words)
    return None if phrase is None else phrase[0]


def _names_in(text: str, names: frozenset[str]) -> list[str]:
    """The names that stand in a text, for they may hold such marks themselves; the longest first."""
    begin = _beginnings(names)
    found = {name for at in range(len(text)) for name in begin.get(text[at : at + _LEAST], ())}
    return sorted((name for name in found if name in text), key=lambda name: (-len(name), name))


@lru_cache(maxsize=8)
def _beginnings(names: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Names by their first signs, as texts are compared: an account has thousands, a sentence hardly one."""
    found: dict[str, list[str]] = {}
    for name in names:
        if len(name) >= _LEAST:
            told = unicodedata.normalize("NFKC", name)
            found.setdefault(told[:_LEAST], []).append(told)
    return {begins: tuple(several) for begins, several in found.items()}


def _to_fill(inside: str, draft: Draft) -> bool:
    lists = {draft.language: draft.lexicon, "en": Lexicon("en")}
    return any(one.matches("R30", inside, key="fill") for one in lists.values())
