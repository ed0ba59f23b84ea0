"""What is being done at the moment, for whoever waits: in words, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Doing:
    """One step of a run. ``done`` of ``total`` bytes are read where a file is being read."""

    words: str
    done: int = 0
    total: int = 0
    rows: int = 0


Tell: TypeAlias = Callable[[Doing], None]


def silent(_: Doing) -> None:
    """For whoever does not wait."""
