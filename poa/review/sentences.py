"""Where a sentence ends, in any of our languages: what a rule looks at, and what is compared with what was printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from poa.remembering import remembered

_END = re.compile(r"""[.!?]+["'”’»)\]]*(?=\s)|[。！？]+["”’」』）]*|\n+""")  # noqa: RUF001 - signs of the languages
# A full stop ends no sentence behind a day or a number of a list ("4. November", "2. Wir"), one letter ("z. B.")
# or a known short form; an address is one sentence ("12 Mill Rd. Dayton, OH 45402", "Lindenstr. 12, 10115 Berlin").
_SHORT = re.compile(
    r"(?:(?:^|[^\w])(?:no|nr|ca|bzw|inc|ltd|co|mr|ms|dr|vs|approx|evtl|ggf|inkl|etc|jan|feb|mar|apr|jun|jul|aug|sept?|oct|okt|nov|dec|dez|e\.g|i\.e|st|ave|rd|blvd|ln|hwy|pkwy|[^\W\d]*str|[^\W\d])|^\s*\d{1,3})$",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<!\d)\d{1,2}$")
_MONTH = re.compile(r"\s+(?:[a-zäöü]|(?:Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sept|Okt|Nov|Dez|bis|und)\w*\b|\d)")

# A question of a draft, in the language of whoever answers: one or several sentences in brackets.
_QUESTION = re.compile(r"\[[^\]]{0,400}[?？][^\]]{0,400}\]")  # noqa: RUF001 - the sign of Chinese and Japanese

LONGEST = 3_000  # signs; a longer one is cut, so that no pattern works on more


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence and where it stands: the position of its line in the paper, and its first sign in that line."""

    line: int
    start: int
    text: str

    @property
    def plain(self) -> str:
        """The sentence as patterns compare it: one width of signs, lower case, single blanks."""
        return plain(self.text)

    def words(self, start: int, end: int) -> Sentence:
        """Some words of it, by their place in it."""
        return Sentence(line=self.line, start=self.start + start, text=self.text[start:end])


@remembered(1 << 13)
def plain(text: str) -> str:
    """A text as patterns compare it: NFKC, lower case, straight quotes, single blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_QUOTES)
    return " ".join(folded.split())


@remembered(1 << 13)
def sentences(text: str) -> tuple[tuple[int, str], ...]:
    """Each sentence of a text with the position of its first sign; a line break ends one as a full stop does."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _END.finditer(text):
        if end[0] == "." and _goes_on(text[start : end.start()][-12:], text[end.end() : end.end() + 12]):
            continue
        yield from _trimmed(text, start, end.end())
        start = end.end()
    yield from _trimmed(text, start, len(text))


def outside_questions(sentence: Sentence, line: str) -> str:
    """The words of a sentence that are no part of a draft's question in its ``line``; blanks stand for those that are."""
    text = sentence.text
    for asked in _QUESTION.finditer(line):
        start, end = (max(at - sentence.start, 0) for at in asked.span())
        text = text[:start] + " " * len(text[start:end]) + text[end:]
    return text


def spot(sentence: Sentence, match: re.Match[str]) -> Sentence:
    """The words that a match in the plain sentence stands for, so that a finding points at them alone.

    It is the sentence itself where they cannot be told apart.
    """
    text = sentence.text
    words = match[0].strip()
    if not words:
        return sentence
    at = text.casefold().find(words)
    if len(text.casefold()) != len(text) or at < 0 or text.casefold().find(words, at + 1) >= 0:
        return sentence  # folding moved the signs, or the words stand there twice
    return sentence.words(at, at + len(words))


def _goes_on(before: str, after: str) -> bool:
    """Whether a full stop is a part of what stands before it and ends nothing."""
    return bool(_SHORT.search(before) or (_DAY.search(before) and _MONTH.match(after)))


_QUOTES = str.maketrans({**dict.fromkeys("‘’‚′", "'"), **dict.fromkeys("“”„″", '"')})  # noqa: RUF001 - signs of the languages


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    said = text[start:end]
    words = said.strip()
    start += len(said) - len(said.lstrip())
    for at in range(0, len(words), LONGEST):
        yield start + at, words[at : at + LONGEST]
