"""What a paper's words are put into: a Word file with all but them, and where in it they go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from poa.document import Document
from poa.writers._word_shell import MARGIN, blank, page
from poa.writers._word_styles import BULLETS, NUMBERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A Word file before its first word.

    ``at`` is the place of the empty paragraph that the words take, among the blocks of the body; None where
    the body is empty. ``width`` and ``height`` are the room for text in twentieths of a point, ``ids`` the
    file's names for our styles, ``bullets`` and ``counted`` its numbers of our list signs, ``pictures`` the
    highest number of a drawing in it.
    """

    data: bytes
    at: int | None
    width: int
    height: int
    ids: Mapping[str, str] = field(default_factory=dict)
    bullets: int = BULLETS
    counted: int = NUMBERS
    pictures: int = 0


def built_in(document: Document) -> Ground:
    """The ground with the built-in look."""
    width, height = (edge - 2 * MARGIN for edge in page(document.language))
    return Ground(data=blank(document), at=None, width=width, height=height)
