"""The language of a paper: one in each section, and one that the store's staff reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from poa.languages import LANGUAGES, SPOKEN
from poa.review.draft import Draft, Found
from poa.review.items import unquoted
from poa.review.lexicon import Lexicon
from poa.review.rule import SENT, rule
from poa.review.rules.causes import without
from poa.review.sentences import Sentence, outside_questions, plain
from poa.words import Said, said

_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_RUN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff、]+")
_PARTS = re.compile(r"[:;]\s?")
_FEWEST_SIGNS = 8  # Chinese or Japanese signs that make a sentence
_FEWEST_KANA = 2
_FEWEST_WORDS = 6
_FEWEST_COMMON = 3  # common words that tell a language with Latin letters
_READ = {  # the languages of each store's staff, beside English; a store that is not named has English
    "JP": "ja",
    "DE": "de",
    "AT": "de",
    "CN": "zh",
}


_SPACED = tuple(code for code in SPOKEN if LANGUAGES[code].spaced)


@rule(
    "R34",
    "warning",
    papers=SENT,
    title=said("Each section is in one language, and in one that the store reads"),
    why=said(
        "Which languages are read is disputed: a letter in one language with an English copy is the safe way."
    ),
    source="Homburg Marketing; three answers from China that disagree",
    lexical=True,
)
def one_language(draft: Draft) -> Iterator[Found]:
    """A sentence in another language than most of its section; and, as a note, a store that reads another."""
    total: Counter[str] = Counter()
    for section in _sections(draft):
        told = [(one, language) for one in section for language in languages_of(one, draft)]
        count = Counter(language for _, language in told)
        total += count
        if len(count) < 2:
            continue
        main = max(count, key=lambda one: (count[one], one == draft.language))
        other, language = next((one, language) for one, language in told if language != main)
        yield Found(
            at=other,
            message=said(
                "This is {language}, in a section in {main}.", language=_name(language), main=_name(main)
            ),
            remedy=said("Keep to one language in a section; put a translation into a copy of its own."),
        )
    yield from _unread(draft, total)


def _unread(draft: Draft, total: Counter[str]) -> Iterator[Found]:
    """A note where neither the store nor the notice has the paper's language, and nobody asked for it."""
    store = str(draft.ground.facts.get("marketplace") or "")
    if not total or not store or draft.ground.notice is None:
        return
    language = max(total, key=lambda one: total[one])
    known = {"en", _READ.get(store), draft.ground.notice.get("language"), draft.ground.language}
    if language not in known:
        yield Found(
            severity="info",
            message=said("This paper is in {language}, and the notice is not.", language=_name(language)),
            remedy=said("Send an English copy beside it."),
        )


def _sections(draft: Draft) -> Iterator[list[Sentence]]:
    """The sentences under each heading; cells, annex titles and words aside are names and captions."""
    found: list[Sentence] = []
    for at, line in enumerate(draft.paper.lines):
        if line.kind == "heading":
            yield found
            found = []
        elif line.kind in {"paragraph", "item"} and not draft.lexicon.matches(
            "headings", plain(line.text), key="annex_line"
        ):
            found += _told(draft, at)
    yield found


def _told(draft: Draft, at: int) -> Iterator[Sentence]:
    """The sentences of a line, without what a draft asks in it."""
    for one in draft.sentences_of(at):
        text = outside_questions(one, draft.paper.lines[at].text)
        if text.strip():
            yield replace(one, text=text)


def languages_of(sentence: Sentence, draft: Draft) -> tuple[str, ...]:
    """The languages of a sentence: what stands before a colon or a semicolon may be in another than the rest."""
    text = unquoted(sentence.plain)
    for name in _plain_names(draft.ground.names):
        text = text.replace(name, " ")
    text = without(draft.lexicon, "R34", text, key="names")
    head, *rest = _PARTS.split(text)
    found = [language for part in (head, *rest) if (language := _language(part, draft))]
    if found and found[0] != draft.language and rest and _leads_in(head, draft.language):
        found.append(draft.language)
    whole = None if found else _language(text, draft)
    return (whole,) if whole else tuple(dict.fromkeys(found))


def _leads_in(head: str, language: str) -> bool:
    """Whether the few words before a colon are in the paper's own language: "Der Bestand war veraltet: ..."."""
    kana, signs = len(_KANA.findall(head)), len(_KANA.findall(head)) + len(_HAN.findall(head))
    if language in {"zh", "ja"}:
        return signs >= _FEWEST_SIGNS // 2 and (kana > 0) == (language == "ja")
    words = _WORD.findall(head)
    own = sum(_common(word, language) for word in words)
    others = [other for other in _SPACED if other != language]
    return len(words) > 2 and own > 1 and not any(_common(word, other) for word in words for other in others)


def _name(language: str) -> Said:
    return said(LANGUAGES[language].name)


def _language(text: str, draft: Draft) -> str | None:
    """The language of a plain text; None where it is too short to tell, or all names."""
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    if kana + han >= _FEWEST_SIGNS and max(map(len, _RUN.findall(text))) >= _least_run(text):
        if kana >= _FEWEST_KANA:
            return "ja"
        # Signs that Japanese has too tell nothing: a Japanese line may have no kana.
        simplified = Lexicon("zh").matches("R34", text, key="common")
        return "zh" if simplified or draft.language != "ja" else "ja"
    words = _WORD.findall(_HAN.sub(" ", text))
    if len(words) < _FEWEST_WORDS or (kana + han and not _least_run(text)):
        return None
    common = {language: sum(_common(word, language) for word in words) for language in _SPACED}
    best = max(common, key=lambda one: common[one])
    least = min(common.values())
    return best if common[best] >= _FEWEST_COMMON and common[best] > 2 * least else None


def _least_run(text: str) -> int:
    """How many Chinese or Japanese signs stand together at least, where the rest is a sentence of its own."""
    words = _WORD.findall(_RUN.sub(" ", text))
    common = max(sum(_common(word, language) for word in words) for language in ("en", "de"))
    return _FEWEST_SIGNS if len(words) >= _FEWEST_WORDS and common >= _FEWEST_COMMON else 0


@lru_cache(maxsize=8)
def _plain_names(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(plain(name) for name in names if len(name) > 2)


@lru_cache(maxsize=8192)
def _common(word: str, language: str) -> bool:
    return Lexicon(language).matches("R34", word, key="common")
