"""What a reader is handed: a name, a size, and bytes that can be read from the start again."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Protocol


class Handed(Protocol):
    """A file as the readers see it; the only door to the disk stands elsewhere."""

    @property
    def name(self) -> str:
        """The name as messages and papers print it."""

    @property
    def size(self) -> int:
        """Bytes on the disk, for telling how far a reading has come."""

    @property
    def open(self) -> Callable[[], BinaryIO]:
        """A new stream of the bytes from the start."""
