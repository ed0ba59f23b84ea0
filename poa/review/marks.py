"""A sentence cut into what may not change unseen (figures, days, names, words that turn its sense) and the rest."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal, TypeAlias

from poa.languages import SPOKEN, spaced
from poa.review import figures
from poa.review.claims import Claim, claims, key
from poa.review.numbers import Codes, codes_of, table
from poa.review.wording import seen

TokenKind: TypeAlias = Literal["claim", "name", "turn", "word"]

_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]|[+±<>=~≈≤≥≠]")
_DASH = "-‐‑‒–—−"  # noqa: RUF001 - what may stand for a minus or an empty cell
_NEUTRAL = "neutral"  # words that look like turning ones and are none
_BEHIND = 40  # signs behind a figure within which the words of its bound end
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


def tokens(text: str, *, language: str, names: Names) -> tuple[Token, ...]:
    """The pieces of a sentence in order: every figure, every known name, every turning word, every other word.

    What makes a bound of a figure ("over 5 %") belongs to the figure.
    """
    if _EMPTY_CELL.fullmatch(text):
        return (Token(kind="turn", key=("turn", "empty"), text=text.strip(), start=0, end=len(text)),)
    pieces = _Pieces(text)
    told = claims(text, language=language, names=names.with_digits)
    for one in told:
        pieces.put("claim", ("claim", *_value(one)), one.start, one.end, claim=one)
    for start, stop, name in names.within(text):
        pieces.put("name", ("name", seen(name)), start, stop)
    shown = figures.seen(text)
    for start, stop in _bounds(shown, told, language):
        pieces.cover(start, stop)
    for start, stop, code in _turns(shown.text, language):
        pieces.put("turn", ("turn", code), *shown.span(start, stop))
    for word in _WORD.finditer(text):
        plain = unicodedata.normalize("NFKC", word[0]).casefold()
        turning = not plain.isalpha()  # a sign of comparison
        pieces.put("turn" if turning else "word", ("word", plain), word.start(), word.end())
    return tuple(sorted(pieces.found, key=lambda one: one.start))


class _Pieces:
    """The pieces of a text; what was found first holds its place."""

    def __init__(self, text: str) -> None:
        self.text, self.found = text, list[Token]()
        self._taken = bytearray(len(text))

    def put(
        self, kind: TokenKind, key: tuple[object, ...], start: int, end: int, *, claim: Claim | None = None
    ) -> None:
        """A piece, if nothing else is in its place."""
        if self._taken.find(1, start, end) < 0:
            self.cover(start, end)
            text = self.text[start:end]
            self.found.append(Token(kind=kind, key=key, text=text, start=start, end=end, claim=claim))

    def cover(self, start: int, end: int) -> None:
        """Nothing else is found there."""
        self._taken[start:end] = b"\x01" * (end - start)


def _value(claim: Claim) -> tuple[object, ...]:
    """What two writings of a figure share; a share in words is that in percent: three quarters and 75%."""
    if isinstance(claim.value, Fraction):
        share = claim.value * 100
        whole, rest = divmod(share.numerator * 10_000, share.denominator)
        if not rest:
            return "percent", Decimal(whole) / 10_000, False, "", False
    return key(claim)


def _bounds(shown: figures.Seen, told: Iterable[Claim], language: str) -> Iterator[tuple[int, int]]:
    """Where the words stand that make bounds of figures."""
    bounded = {shown.back(one.start): shown.back(one.end - 1) + 1 for one in told if one.bound}
    if not bounded:
        return
    known = table(language)
    for found, _ in known.bound_before.found(shown.text):
        if bounded.keys() & {found.end(), found.end() + 1}:
            yield shown.span(found.start(), found.end())
    for end in bounded.values():
        found_after = known.bound_after.pattern.search(shown.text, end, end + _BEHIND)
        if found_after:
            yield shown.span(found_after.start(), found_after.end())


def _turns(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Every turning word of a text as ``figures.seen`` folds it, as (start, end, what it says)."""
    for found, code in _turning(language).found(text):
        if code != _NEUTRAL:
            yield found.start(), found.end(), code


@cache
def _turning(language: str) -> Codes:
    """The words that turn what a sentence says of its figures (not, after, missed), by what they say."""
    name = language if language in SPOKEN else "en"
    source = files("poa.review.lexicon").joinpath(name, "turns.toml").read_text(encoding="utf-8")
    rows = [(code, said) for code, patterns in tomllib.loads(source)["turns"].items() for said in patterns]
    return codes_of(
        rows, r"\b" if spaced(name) else ""
    )  # every word begins there: no need to look inside words
