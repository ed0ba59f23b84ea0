"""The words of a paper as poa printed it: what its tables say in words, and which words with a capital are no names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from poa.paper import Line
from poa.review.ground import Base, Ground
from poa.review.lexicon import Lexicon
from poa.review.marks import Token
from poa.review.wording import seen

_LATIN = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]+")
_STEM = 6  # letters that tell a word whatever its ending


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
        return frozenset(one for one in said if one and not _has_digit(one))

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


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
