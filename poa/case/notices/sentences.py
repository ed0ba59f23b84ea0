"""A notice's text as sentences: wrapped lines joined, bullets kept apart, headers read, each in its own language."""

# ruff: noqa: RUF001 - notices are in many scripts
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, TypeAlias

from poa.case.notices.lexicon import Lexicon, lexicon
from poa.characters import harmless
from poa.languages import SPOKEN

Place: TypeAlias = Literal["subject", "text", "bullet"]

_CJK = r"\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_KANA = re.compile(r"[\u3041-\u30fe]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BULLET = re.compile(
    r"\s*(?:[-*+•·‣▪●○◦‧・—–―→■□◆]+(?:\s+|(?=[^\s\d\-]))|(?:\(?\d{1,2}[.)、]|[①-⑳]|\(?[a-h][.)])(?!\d)\s*)(?=\S)"
)
_DASHES = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("‘’‚‛`´", "'") | dict.fromkeys("“”„‟«»", '"')
)
_HEADER = re.compile(
    r"\s*(?P<name>subject|betreff|件名|主题|主旨|標題|date|sent|datum|gesendet|日付|送信日時|日期|发送时间|發送時間|from|von|差出人|发件人|寄件者"
    r"|to|an|cc|宛先|收件人|reply-to)\s*[:：]\s*(?P<value>.*)",
    re.IGNORECASE,
)
_SUBJECTS = {"subject", "betreff", "件名", "主题", "主旨", "標題"}
_DATES = {"date", "sent", "datum", "gesendet", "日付", "送信日時", "日期", "发送时间", "發送時間"}
# A full stop ends a sentence unless a figure stands before it (9. November) or no space follows (Amazon.com).
_END = re.compile(
    r"(?<=[。!?！？])(?![」』”)）])|(?<=[.!?])(?<!\d\.)(?<!\b[a-z]\.)(?<!\b(?:bzw|ggf|evt|inc|z\.b|u\.a)\.)[\"')]*\s+"
    r"|(?<=[:：])\s*(?=[\"“„「『])",
    re.IGNORECASE,
)
_SHORT = [
    (re.compile(short), full)
    for short, full in (
        (r"\bcan't\b", "cannot"),
        (r"\bwon't\b", "will not"),
        (r"(?<=[a-z])n't\b", " not"),
        (r"(?<=[a-z])'ve\b", " have"),
        (r"(?<=[a-z])'re\b", " are"),
        (r"(?<=[a-z])'ll\b", " will"),
        (r"\bit's\b", "it is"),
    )
]
_SIMPLE = str.maketrans(
    "遲發貨訂單號碼蹤賬帳戶銷權關閉過於為與進計劃請內個們這將會時間標準規則續績賣買運輸達範圍圖當點擊復處審種類質聲獲護營業務經絡實際隨連負導還確認據證現並無對給說應該從來開額產訴數參閱學習檢測問題變動終險預覆風臨暫",
    "迟发货订单号码踪账账户销权关闭过于为与进计划请内个们这将会时间标准规则续绩卖买运输达范围图当点击复处审种类质声获护营业务经络实际随连负导还确认据证现并无对给说应该从来开额产诉数参阅学习检测问题变动终险预复风临暂",
)
_HEADING = 80  # characters of the longest heading
_ENDED = re.compile(r"[.。!！:：;；,，、]['\")」』]*$")
_QUOTED = re.compile(r"^ ?(?:> ?)+")  # as mail and forums mark what they quote
_CLEARLY = 2  # small words by which one language must lead in a sentence of a notice in the other
_NARROWEST = 60  # columns: where no line is longer, one full line alone is no sign of wrapping
_LONGEST_LINE = 400  # characters of a line that is taken for a wrapped one


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: as written (``said``), as compared (``plain``), where it stands, and what reads it.

    ``aside`` marks what does not speak of this case: links to help, questions, lists under them;
    ``conditional`` what might follow, ``supposed`` what would be so if, ``under_if`` what answers a question
    that supposes ("What happens if I do not …"). ``lead`` is the line that opens the list a bullet belongs to.
    """

    said: str
    plain: str
    place: Place
    words: Lexicon
    lead: str = ""
    aside: bool = False
    conditional: bool = False
    supposed: bool = False
    under_if: bool = False
    question: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The text of a notice taken apart; ``language`` is None where poa reads none of its words."""

    sentences: tuple[Sentence, ...]
    language: str | None
    sent: str = ""
    slots_empty: bool = False


# Signs that mails and pages hold and nobody sees: soft hyphens, joiners, marks of direction, terminal sequences.
_UNSEEN = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|\x1b(?:\[[0-9;]*[A-Za-z])?"
)
_LONGEST = 1_500  # characters of a sentence


def plain(text: str) -> str:
    """A text as patterns see it: NFKC, casefolded, one kind of dash and quote, no space beside CJK.

    English short forms are written out.
    """
    even = " ".join(
        unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES).casefold().split()
    )
    for short, full in _SHORT:
        even = short.sub(full, even)
    return re.sub(rf" (?=[{_CJK}])|(?<=[{_CJK}]) ", "", even)


def compared(text: str, words: Lexicon) -> str:
    """A text as the patterns of a lexicon see it; the Chinese one knows simplified signs."""
    return plain(text).translate(_SIMPLE) if words.language == "zh" else plain(text)


def language_of(text: str) -> str | None:
    """The language of ``SPOKEN`` that a text is in, by script and small words; None for none of them."""
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    letters = sum(char.isalpha() for char in text)
    if kana + han > letters / 8:
        return "ja" if kana > (kana + han) / 12 else "zh"
    known = plain(text)
    hits = {code: sum(1 for _ in lexicon(code).all("small_words", known)) for code in ("en", "de")}
    best = max(hits, key=lambda code: hits[code])
    words = len(known.split())
    return best if hits[best] >= max(1, words // 12) else None


def taken_apart(text: str) -> Letter:
    """The sentences of a text, with what its first lines say as headers of an e-mail."""
    even = harmless(_UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    subject, sent, lines = _headers([_QUOTED.sub("", line) for line in even.split("\n")])
    language = language_of("\n".join([subject, *lines]))
    usual = lexicon(language or "en")
    found = [_sentence(part, "subject", usual, "") for part in ([subject] if subject else [])]
    lead = ""
    for place, block in _blocks(lines):
        if place == "text":
            lead = block
        above = compared(lead, usual)[-200:] if place == "bullet" else ""
        for part in _END.split(block):
            if part and part.strip():  # in pieces that patterns are done with soon: no sentence is so long
                pieces = (part[at : at + _LONGEST] for at in range(0, len(part), _LONGEST))
                found.extend(_sentence(piece, place, usual, above) for piece in pieces)
    return Letter(
        sentences=tuple(_under_questions(found)),
        language=language if found else None,
        sent=sent,
        slots_empty=any(usual.has("empty_slots", line.casefold()) for line in lines),
    )


def _under_questions(sentences: list[Sentence]) -> Iterator[Sentence]:
    """The sentences without the seller's own words, those after a question that supposes marked.

    A forum post puts a notice between lines of its own; Amazon never says "my account" but in a question.
    """
    supposing = own = False
    for one in sentences:
        own = (own or one.words.has("sentences.own_letter", one.plain)) and not one.words.has(
            "sentences.amazon_again", one.plain
        )
        if own:
            continue
        if one.question or _is_heading(one):
            supposing = one.supposed
        elif one.words.has("sentences.seller", one.plain):
            continue
        yield replace(one, under_if=supposing and not one.question)


def _is_heading(sentence: Sentence) -> bool:
    """Whether a sentence is a short line that nothing ends."""
    said = sentence.said
    return sentence.place == "text" and len(said) <= _HEADING and not _ENDED.search(said)


def _headers(lines: list[str]) -> tuple[str, str, list[str]]:
    subject = sent = ""
    ends = (at for at, line in enumerate(lines) if line.strip() and not _HEADER.fullmatch(line))
    start = next(ends, len(lines))
    for line in lines[:start]:
        if header := _HEADER.fullmatch(line):
            name, value = header["name"].casefold(), header["value"].strip()
            subject = subject or (value if name in _SUBJECTS else "")
            sent = sent or (value if name in _DATES else "")
    return subject, sent, lines[start:]


def _blocks(lines: list[str]) -> Iterator[tuple[Place, str]]:
    """Paragraphs and bullets, each on one line."""
    width = _width(lines)
    place: Place = "text"
    held = ""
    before = ""
    for line in [*lines, ""]:
        words = line.strip()
        bullet = _BULLET.match(line)
        if words and held and not bullet and _goes_on(before, words, width):
            held = _joined(held, words)
        else:
            if held:
                yield place, held
            place = "bullet" if bullet else "text"
            held = line[bullet.end() :].strip() if bullet else words
        before = line.rstrip()
    if held:
        yield place, held


def _width(lines: list[str]) -> int | None:
    """The width that lines were wrapped at, or None where they were ended by hand.

    A line of the greatest length alone proves nothing in a text of short lines: it may be a heading.
    """
    spaced = [line.rstrip() for line in lines if " " in line.strip() or _HAN.search(line)]
    width = max(map(len, spaced), default=0)
    pairs = [(one.rstrip(), other.strip()) for one, other in pairwise(lines) if one.strip() and other.strip()]
    full = sum(_is_full(one, other, width) for one, other in pairs)
    least = 20 if any(_HAN.search(line) for line in spaced) else 30
    return width if width >= _NARROWEST or (full > 1 and width >= least) else None


def _is_full(line: str, after: str, width: int) -> bool:
    wide = _HAN.match(after) or _KANA.match(after)
    word = after[:1] if wide else after.split(maxsplit=1)[0]
    return len(line) + len(word) + (0 if wide else 1) > width


def _goes_on(before: str, words: str, width: int | None) -> bool:
    """Whether a line only broke because it was full: the next word had no room, or goes on in small letters."""
    if len(before) > _LONGEST_LINE or before.endswith((":", "：")):
        return False
    full = width is not None and _is_full(before, words, width)
    return full or words[0].islower() or words[0] in "(（,，、。"


def _joined(held: str, words: str) -> str:
    if re.search(r"\w-$", held) and words[0].isalpha():
        return held + words
    tight = re.search(rf"[{_CJK}]$", held) and re.match(rf"[{_CJK}]", words)
    return held + ("" if tight else " ") + words


def _sentence(text: str, place: Place, usual: Lexicon, lead: str) -> Sentence:
    said = " ".join(re.sub(r"\{\{?[^{}]*\}?\}|\$\{[^{}]*\}|[{}]", " ", harmless(text)).split()).strip()
    words = _words_of(said, usual)
    known = compared(said, words)
    question = bool(re.search(r"[?？][\"')」]*$", said)) or words.has("sentences.question", known)
    aside = words.has("sentences.link", known) or bool(re.match(r"https?://\S+$", known))
    if place == "bullet" and lead:
        wished = words.has("stages.more_information", lead)  # "Further details on …" is a wish there, no link
        aside = words.has("sentences.link", lead) or (aside and not wished)
        question = question and not (wished or (lead.endswith(":") and words.has("stages.wanted", lead)))
    one = Sentence(said=said, plain=known, place=place, words=words, lead=lead, question=question)
    supposed = words.has("sentences.if", known)
    might = supposed or words.has("sentences.conditional", known)
    return replace(one, aside=aside or question, conditional=might, supposed=supposed)


def _words_of(said: str, usual: Lexicon) -> Lexicon:
    """The lexicon of a sentence in a notice of two languages."""
    own = language_of(said)
    if own not in SPOKEN or {own, usual.language} <= {"zh", "ja"}:
        return usual
    if {own, usual.language} == {"en", "de"}:
        known = plain(said)
        hits = {code: sum(1 for _ in lexicon(code).all("small_words", known)) for code in ("en", "de")}
        if hits[own] < hits[usual.language] + _CLEARLY:  # "Rate" is a word of both
            return usual
    return lexicon(own)
