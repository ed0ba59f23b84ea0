"""How much of a text stands in another one: runs of five words, or of eight signs where words have no blanks between.

Figures, days and known names end a run, so that the same letter with other numbers and suppliers is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from poa.remembering import remembered
from poa.review.sentences import plain, sentences

_SIGNS = "\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # of Chinese and Japanese: each is a word of its own
_SIGN = re.compile(f"[{_SIGNS}]")
_WORD = re.compile(f"[{_SIGNS}]|[^\\W_{_SIGNS}]+(?:['&./-][^\\W_{_SIGNS}]+){{0,20}}")
_FIGURE = re.compile(r"\d")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")  # noqa: RUF001 - what editors put for a hyphen
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), "")
_COUNTED = frozenset("年月日号號時时分点點")  # what follows a figure in a day or a time
_MONTHS = frozenset(
    {
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *(
            "november",
            "december",
            "jan",
            "feb",
            "mar",
            "apr",
            "jun",
            "jul",
            "aug",
            "sep",
            "sept",
            "oct",
            "nov",
        ),
        *("dec", "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember"),
    }
)
_LONGEST = 12  # words of a name

WORDS, SIGNS = 5, 8  # in a run
_SHORT = {WORDS: 3, SIGNS: 4}  # what is left between two figures counts from here on


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in a row; ``at`` is the place of the first in its text, ``size`` how many they are.

    ``whole`` is false for what two figures left of a longer one.
    """

    key: str
    at: int
    size: int
    whole: bool = True


class Names:
    """Names that are masked, by their first word; a name such as ``(several)`` is none."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, set[tuple[str, ...]]] = {}
        for name in names:
            for part in (name, *re.split(r"[()]", name)) if not name.startswith("(") else ():
                words = words_of(part)
                if 0 < len(words) <= _LONGEST and len("".join(words)) > 1:
                    self._by_first.setdefault(words[0], set()).add(words)

    def at(self, words: tuple[str, ...], place: int) -> int:
        """How many words the longest name that begins here has."""
        known = self._by_first.get(words[place], ())
        return max((len(one) for one in known if words[place : place + len(one)] == one), default=0)


NOBODY = Names()


@dataclass(frozen=True, slots=True)
class Index:
    """A text to look things up in: its runs, and its words in a row for the shorter ones."""

    runs: frozenset[str]
    text: str

    def holds(self, run: Run) -> bool:
        """Whether these words stand in the text, in this order."""
        return run.key in self.runs if run.whole else f" {run.key} " in self.text


def index_of(texts: Iterable[str], names: Names = NOBODY) -> Index:
    """The index of some sentences."""
    found: set[str] = set()
    told: list[str] = []
    for text in texts:
        stretches = [stretch for _, stretch in _stretches(text, names)]
        size = size_of(stretches)
        for stretch in stretches:
            told.append(" ".join(stretch))
            found.update(" ".join(stretch[at : at + size]) for at in range(len(stretch) - size + 1))
    return Index(frozenset(found), f" {' | '.join(told)} ")


def runs_of(texts: Iterable[str], names: Names = NOBODY) -> tuple[Run, ...]:
    """The runs of some sentences; where figures leave less than a whole one, what is left is one."""
    found: list[Run] = []
    start = 0
    for text in texts:
        stretches = list(_stretches(text, names))
        size = size_of([stretch for _, stretch in stretches])
        for at, stretch in stretches:
            if _SHORT[size] <= len(stretch) < size:
                found.append(Run(" ".join(stretch), start + at, len(stretch), whole=False))
            found += (
                Run(" ".join(stretch[step : step + size]), start + at + step, size)
                for step in range(len(stretch) - size + 1)
            )
        start += len(text) + 1
    return tuple(found)


def share(runs: Iterable[Run], index: Index) -> float:
    """How much of some runs an index holds, from 0 to 1."""
    held = [index.holds(run) for run in runs]
    return sum(held) / len(held) if held else 0.0


def length(runs: Iterable[Run]) -> float:
    """How many words some runs cover; a sign of Chinese or Japanese counts as half a word."""
    covered: set[int] = set()
    half: set[int] = set()
    for run in runs:
        places = range(run.at, run.at + run.size)
        covered.update(places)
        half.update(at for at, word in zip(places, run.key.split(" "), strict=True) if _SIGN.match(word))
    return len(covered) - len(half) / 2


def bare(texts: Iterable[str], names: Names = NOBODY) -> tuple[str, ...]:
    """The words of some sentences without figures and names: equal where nothing else differs."""
    return tuple(word for text in texts for _, stretch in _stretches(text, names) for word in stretch)


@remembered(1 << 13)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text and the signs of Chinese and Japanese, in lower case; no other signs."""
    return tuple(_WORD.findall(plain(text.translate(_UNSEEN)).translate(_DASHES)))


def size_of(stretches: Iterable[list[str]]) -> int:
    """How long a run is in a text: by words, or by signs where most of it is Chinese or Japanese."""
    words = list(chain.from_iterable(stretches))
    return SIGNS if 2 * sum(map(bool, map(_SIGN.match, words))) > len(words) else WORDS


def _stretches(text: str, names: Names) -> Iterator[tuple[int, list[str]]]:
    """The words between figures, days, names and ends of sentences, each row with the place of its first."""
    place = 0
    for _, sentence in sentences(text):
        words = words_of(sentence)
        row: list[str] = []
        at, figure = 0, False
        while at < len(words):
            counted = figure and words[at] in _COUNTED
            figure = _is_figure(words, at)
            masked = names.at(words, at) or int(figure or counted)
            if masked:
                if row:
                    yield place + at - len(row), row
                row = []
            else:
                row.append(words[at])
            at += masked or 1
        if row:
            yield place + at - len(row), row
        place += len(words)


def _is_figure(words: tuple[str, ...], at: int) -> bool:
    """Whether a word holds a digit, or is the month of a day: a number stands beside it."""
    if words[at] in _MONTHS:
        return any(_FIGURE.search(one) for one in words[max(at - 1, 0) : at + 2])
    return _FIGURE.search(words[at]) is not None
