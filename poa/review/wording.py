"""How alike texts are in their words, figures left out, and which of many a text may have been."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from difflib import SequenceMatcher
from operator import eq

from poa.paper import CELL_GAP
from poa.remembering import remembered

_ALIKE = 0.5  # of the words; a row of less is told by its cells alone
_COMMON = 40  # texts; a word in more of them makes none likely

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−·•"), "-")  # noqa: RUF001 - what editors put for a hyphen
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′`"), "'") | dict.fromkeys(map(ord, "“”„‟″«»「」『』"), '"')  # noqa: RUF001 - the quotes of editors
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), "")
_SIGNS = _DASHES | _QUOTES | _UNSEEN
_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]|\d[\d.,:/-]*")
_DIGITS = re.compile(r"\d+")


@remembered(1 << 13)
def seen(text: str) -> str:
    """The text as a reader sees it: one width, one kind of dash, quote and blank."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS).split())


class Wording:
    """The words of a text in order and counted, with their figures masked and as they are."""

    def __init__(self, text: str) -> None:
        self.raw = _WORD.findall(seen(text).casefold())
        self.masked = [_DIGITS.sub("0", word) for word in self.raw]
        said = [word for word in self.masked if not word[0].isdigit()]
        self.likened = said if len(said) > 1 else self.masked  # a row may hold nothing but figures
        self.counted = Counter(self.likened)
        self.all = Counter(self.raw)
        self.cells = text.split(CELL_GAP)

    def alike(self, other: Wording) -> float:
        """How much of both is the same in the same order but for figures, from 0 to 1; of rows, how many cells."""
        cells = len(self.cells) if len(self.cells) == len(other.cells) else 1
        rows = sum(map(eq, self.cells, other.cells)) / cells if cells > 1 else 0
        both = len(self.likened) + len(other.likened)
        if not both or _shared(self.counted, other.counted) * 2 < _ALIKE * both:
            return rows
        matcher = SequenceMatcher(None, self.likened, other.likened, autojunk=False)
        return max(rows, sum(block.size for block in matcher.get_matching_blocks()) * 2 / both)

    def same(self, other: Wording) -> float:
        """How much of both is the same with figures, in any order."""
        both = len(self.raw) + len(other.raw)
        return _shared(self.all, other.all) * 2 / max(both, 1)


@remembered(1 << 12)
def wording(text: str) -> Wording:
    """The words of a text."""
    return Wording(text)


class Wordings:
    """Many texts by their positions, ready to be asked which of them a text resembles."""

    def __init__(self, words: Mapping[int, Wording]) -> None:
        self.words = words
        self.places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for at, one in words.items():
            for word, count in one.counted.items():
                self.places[word].append((at, count))
        self.rows = {at for at, one in words.items() if len(one.cells) > 1}

    def like(self, own: Wording, *, least: float, near: Collection[int]) -> Iterator[int]:
        """The texts that may be alike: near by or with a word that is rare, and with as many words in common."""
        if len(own.cells) > 1:
            yield from self.rows
        shared = self._shared(own)
        likely = {at for word in own.counted for at, _ in self._rare(word)}
        for at, count in shared.items():
            both = len(own.likened) + len(self.words[at].likened)
            known = at in likely or at in near
            if count * 2 >= least * both and known and not (len(own.cells) > 1 and at in self.rows):
                yield at

    def whole_of(self, own: Wording, *, least: float) -> int | None:
        """The first text that so much of a text is in."""
        shared = self._shared(own)
        return min((at for at, count in shared.items() if count >= least * len(own.likened)), default=None)

    def _shared(self, own: Wording) -> Counter[int]:
        """How many words each text has in common with one."""
        found: Counter[int] = Counter()
        for word, count in own.counted.items():
            for at, number in self.places.get(word, ()):
                found[at] += min(count, number)
        return found

    def _rare(self, word: str) -> list[tuple[int, int]]:
        places = self.places.get(word, [])
        return places if len(places) <= _COMMON else []


def _shared(one: Counter[str], other: Counter[str]) -> int:
    return sum(min(count, other[word]) for word, count in one.items() if word in other)
