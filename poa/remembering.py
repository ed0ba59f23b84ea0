"""What was made of a text is remembered where it is asked for again: a sentence by every rule, a paper by every reader."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import TypeVar

_Found = TypeVar("_Found")
_SENTENCE = 1_000  # characters: a heading and a cell as well; what is longer seldom comes twice, and would fill the memory


def remembered(
    most: int, *, longest: int = _SENTENCE
) -> Callable[[Callable[..., _Found]], Callable[..., _Found]]:
    """A function of a text, and of what else can be hashed, that is asked once for each text of so many characters.

    The last ``most`` answers stay, so that they must be of what never changes; what is raised is raised again.
    """

    def remember(find: Callable[..., _Found]) -> Callable[..., _Found]:
        known = lru_cache(maxsize=most)(find)

        @wraps(find)
        def found(text: str, *more: Hashable) -> _Found:
            return known(text, *more) if len(text) <= longest else find(text, *more)

        return found

    return remember
