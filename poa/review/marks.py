"""A sentence cut into what may not change unseen (figures, days, names, words that turn its sense) and the rest."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from poa.review.aligning import seen
from poa.review.claims import Claim, claims, key
from poa.review.lexicon import Lexicon

TokenKind: TypeAlias = Literal["claim", "name", "turn", "word"]

_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]|[+±<>=~≈≤≥≠]")
_DASH = "-‐‑‒–—−"  # noqa: RUF001 - what may stand for a minus or an empty cell
_EMPTY_CELL = re.compile(rf"\s*[{_DASH}]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of a sentence. ``key`` is equal for equal pieces whatever their writing; places are in the text."""

    kind: TokenKind
    key: tuple[object, ...]
    text: str
    start: int
    end: int
    claim: Claim | None = None


@dataclass(frozen=True, eq=False)
class Names:
    """The names that the rows know, ready to be found in a text."""

    known: frozenset[str]

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[str, str]]]:
        """Names by their first word, the longest first; each as seen and as it is."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name in self.known:
            shown = seen(name)
            if (first := _WORD.search(shown)) and len(shown) > 1 and not shown.startswith("("):
                found[first[0].casefold()].append((shown, name))
        return {first: sorted(names, key=lambda one: -len(one[0])) for first, names in found.items()}

    @cached_property
    def with_digits(self) -> tuple[str, ...]:
        """Those that hold a digit: figures to the eye, and names all the same."""
        return tuple(sorted(name for name in self.known if any(char.isdigit() for char in name)))

    def within(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Every known name in a text with its place, the longest where several fit."""
        end = 0
        for word in _WORD.finditer(text):
            if word.start() < end:
                continue
            for shown, name in self._by_first.get(unicodedata.normalize("NFKC", word[0]).casefold(), ()):
                start = word.start() - len(shown[: _start(shown)])
                stop = start + len(shown)
                if start >= 0 and seen(text[start:stop]) == shown and not _joined(text, stop, shown):
                    yield start, stop, name
                    end = stop
                    break


def _start(shown: str) -> int:
    first = _WORD.search(shown)
    return first.start() if first else 0


def _joined(text: str, stop: int, shown: str) -> bool:
    """Whether a name goes on as a longer word: "Elm" in "Elmwood"; scripts without blanks never tell."""
    return shown[-1].isascii() and text[stop : stop + 1].isascii() and text[stop : stop + 1].isalnum()


def tokens(text: str, *, language: str, names: Names, lexicon: Lexicon) -> tuple[Token, ...]:
    """The pieces of a sentence in order: every figure, every known name, every word and sign of comparison."""
    found = [
        Token(
            kind="claim",
            key=("claim", *key(one)),
            text=text[one.start : one.end],
            start=one.start,
            end=one.end,
            claim=one,
        )
        for one in claims(text, language=language, names=names.with_digits)
    ]
    if _EMPTY_CELL.fullmatch(text):
        return (Token(kind="turn", key=("empty",), text=text.strip(), start=0, end=len(text)),)
    taken = [(one.start, one.end) for one in found]
    for start, stop, name in names.within(text):
        if not _overlaps(start, stop, taken):
            found.append(
                Token(kind="name", key=("name", seen(name)), text=text[start:stop], start=start, end=stop)
            )
            taken.append((start, stop))
    covered = bytearray(len(text))
    for start, stop in taken:
        covered[start:stop] = b"\x01" * (stop - start)
    for word in _WORD.finditer(text):
        if not any(covered[word.start() : word.end()]):
            plain = unicodedata.normalize("NFKC", word[0]).casefold()
            turns = not plain.isalpha() or lexicon.matches("turns", plain, key="words")
            found.append(
                Token(
                    kind="turn" if turns else "word",
                    key=("word", plain),
                    text=word[0],
                    start=word.start(),
                    end=word.end(),
                )
            )
    return tuple(sorted(found, key=lambda one: one.start))


def _overlaps(start: int, stop: int, taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < end and begin < stop for begin, end in taken)
