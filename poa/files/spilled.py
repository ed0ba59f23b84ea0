"""What does not fit into the memory, on the disk for as long as it is needed: a private folder that is removed.

Only what this run wrote there is read again: a lock says whose folder it is, and what a killed run left goes when the
next one begins.
"""

from __future__ import annotations

import mmap
import os
import pickle
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from filelock import FileLock, Timeout

from poa.errors import OutputFault

_PREFIX = "poa-parts-"
_LOCK = "lock"
_ROOM = "Free some space, or name another folder in TMPDIR (TEMP on Windows)."


class Spill:
    """Things put away under names, several under each, taken out again in the order in which they came."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, BinaryIO] = {}
        self._mapped = ExitStack()

    def put(self, name: str, thing: Any) -> None:
        """Put one thing away; raises OutputFault where the disk is full."""
        with _full(self._folder):
            if name not in self._open:
                self._open[name] = (self._folder / name).open("ab")
            pickle.dump(thing, self._open[name], pickle.HIGHEST_PROTOCOL)

    def taken(self, name: str) -> Iterator[Any]:
        """Take out all that was put away under a name."""
        handle = self._open.pop(name, None)
        if handle is None:
            return
        with _full(self._folder):
            handle.close()
        path = self._folder / name
        with path.open("rb") as source:
            while source.peek(1):
                yield pickle.load(source)  # noqa: S301 - this run wrote it, into a folder that nobody else can enter
        path.unlink()

    def keep(self, name: str, data: bytes | memoryview) -> memoryview:
        """Put bytes away for good, and give them back as they lie on the disk."""
        if not len(data):
            return memoryview(b"")
        path = self._folder / name
        with _full(self._folder):
            path.write_bytes(data)
        handle = self._mapped.enter_context(path.open("rb"))
        return memoryview(mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ))

    def close(self) -> None:
        """Let go of every file."""
        for handle in self._open.values():
            with suppress(OSError):
                handle.close()
        self._mapped.close()


@contextmanager
def spill() -> Iterator[Spill]:
    """A place to put things away in, which is gone at the end; raises OutputFault where no folder can be made."""
    _sweep(Path(tempfile.gettempdir()))
    with _full(Path(tempfile.gettempdir())):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))  # nobody else can enter it
        lock = FileLock(folder / _LOCK)
        lock.acquire(timeout=0)
    made = Spill(folder)
    try:
        yield made
    finally:
        made.close()
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(where: Path) -> None:
    """Remove what runs left that are no more."""
    for folder in where.glob(f"{_PREFIX}*"):
        with suppress(OSError, Timeout, NotImplementedError):
            if not (folder / _LOCK).is_file() or folder.stat().st_uid != _user(folder):
                continue
            with FileLock(folder / _LOCK, timeout=0):
                pass
            shutil.rmtree(folder, ignore_errors=True)


def _user(folder: Path) -> int:
    return os.getuid() if hasattr(os, "getuid") else folder.stat().st_uid


@contextmanager
def _full(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputFault(
            "unwritable", f"{folder} cannot be written: {reason}.", file=str(folder), hint=_ROOM
        ) from None
