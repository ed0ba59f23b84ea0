"""Which of two lists' entries are one and the same, however reworded; the same seen from either side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from poa.review.shingles import words_of

_Entry = TypeVar("_Entry")
ALIKE = 0.4  # from here on, a text is another one reworded


def alike(one: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1: words, and words that stand side by side."""
    mine, theirs = _pieces(one), _pieces(other)
    shared = (mine & theirs).total()
    return 2 * shared / max(mine.total() + theirs.total(), 1)


def paired(
    old: Sequence[_Entry], new: Sequence[_Entry], likeness: Callable[[_Entry, _Entry], float]
) -> list[tuple[int | None, int | None]]:
    """Positions in both lists of what is the same entry, in the order of the new; None for what came or went.

    The likest pairs are made first, of equally like ones those that stand nearest to each other: so the pairs
    are the same where the lists change places.
    """
    scores = sorted(
        (-score, abs(was - now), was + now, was, now)
        for was, one in enumerate(old)
        for now, other in enumerate(new)
        if (score := likeness(one, other)) >= ALIKE
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, was, now in scores:
        if now not in partner and was not in taken:
            partner[now] = was
            taken.add(was)
    gone = [(was, None) for was in range(len(old)) if was not in taken]
    return [*((partner.get(now), now) for now in range(len(new))), *gone]


def _pieces(text: str) -> Counter[tuple[str, ...]]:
    words = words_of(text)
    return Counter([*((word,) for word in words), *pairwise(words)])
