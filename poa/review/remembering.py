"""What was found in a text is remembered, for every rule asks, and most sentences stand in the next paper again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import TypeVar

_Found = TypeVar("_Found")
_LONGEST = 1_000  # characters: a sentence, a heading, a cell; what is longer seldom comes twice, and would fill the memory


def remembered(most: int) -> Callable[[Callable[..., _Found]], Callable[..., _Found]]:
    """A function of a text, and of what else can be hashed, that is asked once for each short text; ``most`` stay."""

    def remember(find: Callable[..., _Found]) -> Callable[..., _Found]:
        known = lru_cache(maxsize=most)(find)

        @wraps(find)
        def found(text: str, *more: Hashable) -> _Found:
            return known(text, *more) if len(text) <= _LONGEST else find(text, *more)

        return found

    return remember
