"""What does not fit into the memory, on the disk for as long as it is needed: a private folder that is removed.

Only what this run wrote there is read again; what a killed run left goes when the next one begins.
"""

from __future__ import annotations

import mmap
import pickle
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from poa.files.alone import staged, unwritable

_NAME = "poa-parts"  # in the name of the folder
_KEPT = "kept"
_ROOM = "Free some space, or name another folder in TMPDIR (TEMP on Windows)."


class Spill:
    """Things put away under names, several under each, taken out again in the order in which they came.

    No file stays open between two calls: there may be hundreds of names, and systems allow a few hundred files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._map: mmap.mmap | None = None

    def put(self, name: str, thing: Any) -> None:
        """Put one thing away; raises OutputFault where the disk is full."""
        with _told(self._folder), (self._folder / name).open("ab") as handle:
            pickle.dump(thing, handle, pickle.HIGHEST_PROTOCOL)

    def taken(self, name: str) -> Iterator[Any]:
        """Take out all that was put away under a name."""
        path = self._folder / name
        if not path.is_file():
            return
        with path.open("rb") as source:
            while source.peek(1):
                yield pickle.load(source)  # noqa: S301 - this run wrote it, into a folder that nobody else can enter
        path.unlink()

    def keep(self, data: memoryview) -> slice:
        """Put bytes away for good; where :meth:`kept` holds them. Raises OutputFault where the disk is full."""
        self._map = None
        with _told(self._folder), (self._folder / _KEPT).open("ab") as handle:
            start = handle.tell()
            handle.write(data)
        return slice(start, start + len(data))

    def kept(self, where: slice) -> memoryview:
        """Bytes that were put away for good, as they lie on the disk: only what is looked at is read."""
        if where.start == where.stop:
            return memoryview(b"")
        if self._map is None:
            with (self._folder / _KEPT).open("rb") as handle:
                self._map = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        return memoryview(self._map)[where]


@contextmanager
def spill() -> Iterator[Spill]:
    """A place to put things away in, which is gone at the end; raises OutputFault where no folder can be made."""
    home = Path(tempfile.gettempdir())
    with ExitStack() as stack:
        with _told(home):
            folder = stack.enter_context(staged(home / _NAME, inside=None))
        yield Spill(folder)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unwritable(folder, error, _ROOM) from None
