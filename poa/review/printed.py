"""A paper as poa printed it: the words of its tables and its names, and what stood at a place of a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from poa.paper import CELL_GAP, Line
from poa.review.changes import Change
from poa.review.claims import Claim
from poa.review.fair import rounds_to
from poa.review.ground import Base, Ground, Printed
from poa.review.lexicon import Lexicon
from poa.review.marks import Token
from poa.review.sentences import sentences
from poa.review.wording import seen

_LATIN = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]+")
_STEM = 6  # letters that tell a word whatever its ending
_NUMBERED = {"item", "figure"}


@dataclass(frozen=True, eq=False)
class PrintedWords:
    """Asked of words that stand in an edited paper; ``base`` is None where nothing was printed."""

    ground: Ground
    base: Base | None
    lexicon: Lexicon

    @cached_property
    def labels(self) -> frozenset[str]:
        """What the cells of the tables say in words."""
        said = {seen(cell) for line in self._lines for cell in line.cells}
        return frozenset(one for one in said if one and not any(map(str.isdigit, one)))

    def is_header(self, at: int) -> bool:
        """Whether a row names columns and tells nothing."""
        return self._lines[at].kind == "row" and (at == 0 or self._lines[at - 1].kind != "row")

    def is_common(self, word: str) -> bool:
        """Whether a word with a capital is no name: one that the paper has elsewhere, or one for any supplier."""
        plain = word.casefold()
        return plain[:_STEM] in self._stems or self.lexicon.matches("names", plain, key="common")

    def unknown_name(self, found: Sequence[Token]) -> bool:
        """Whether a sentence names somebody whom the rows do not know: two words with capitals in a row."""
        large = [
            one.kind == "word" and one.text[:1].isupper() and not self.is_common(one.text) for one in found
        ]
        return any(one and other for one, other in pairwise(large))

    @cached_property
    def _stems(self) -> frozenset[str]:
        named = {word.casefold() for name in self.ground.names for word in _LATIN.findall(name)}
        words = {word.casefold() for line in self._lines for word in _LATIN.findall(line.text)}
        return frozenset(word[:_STEM] for word in words - named if len(word) >= _STEM - 1)

    @property
    def _lines(self) -> tuple[Line, ...]:
        return self.base.paper.lines if self.base else ()


def covering(cited: Sequence[Printed], at: int) -> Printed | None:
    """What was printed at a place; the figures inside a statement are the statement's."""
    return next((one for one in cited if one.start <= at < one.start + len(one.text)), None)


def unproven(
    text: str, found: Sequence[Token], pack_words: Collection[str], cited: Sequence[Printed], *, begins: int
) -> list[int]:
    """Where figures stand in the own sentences of a pack that print no fact; ``begins`` is where the text began in its line."""
    own = [range(start, start + len(said)) for start, said in sentences(text) if said in pack_words]
    return [
        one.start
        for one in found
        if one.claim
        and not _numbers_something(one.claim)
        and not (one.start == 0 and text.startswith(f"{one.text}{CELL_GAP}"))  # the number of a row
        and any(one.start in span for span in own)
        and covering(cited, begins + one.start) is None
    ]


def _numbers_something(claim: Claim) -> bool:
    """Whether a figure of a frame is none of the rows: the number of a step or a picture, a name such as D4 or ISO 9001."""
    return claim.kind == "code" or claim.unit in _NUMBERED


def is_share(change: Change, wholes: Mapping[int, Claim]) -> bool:
    """Whether "1 of 100" now stands as the percentage that it is."""
    part, now = (one.claim if one else None for one in (change.before, change.now))
    whole = wholes.get(part.start) if part else None
    if part is None or whole is None or now is None or not whole.value:
        return False
    return rounds_to(Decimal(str(part.value)) / Decimal(str(whole.value)), now)
