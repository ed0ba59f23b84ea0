"""Two runs at once: one alone changes a folder, and what a killed run left beside it goes.

A system lets go of what a process held, however that ends. So nothing here outlives a run that was killed.
"""

from __future__ import annotations

import glob
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from threading import Event
from typing import IO

from poa.errors import OutputFault

_WAIT = 20.0  # seconds; a run holds a folder for less than one
_STEP = 0.02  # seconds
_MARK = ".poa-"  # in the names of the folders in which papers lie until they are whole

_ours: set[Path] = set()  # folders that this process holds already


@contextmanager
def alone_in(folder: Path, *, wait: float = _WAIT) -> Iterator[None]:
    """Hold a folder as long as the block runs; one that is not there yet, or that cannot be held, is not held.

    Raises OutputFault (``in_use``) where another run holds it for too long.
    """
    place = folder.resolve()
    if place in _ours or not place.is_dir():
        yield
        return
    let_go, left = _held(place), wait
    while let_go is None and left > 0:
        Event().wait(_STEP)
        let_go, left = _held(place), left - _STEP
    if let_go is None:
        raise OutputFault(
            "in_use",
            f"Another run of poa is writing into {folder}.",
            file=str(folder),
            hint="Wait until it has ended, then run this again.",
        )
    _ours.add(place)
    try:
        yield
    finally:
        _ours.discard(place)
        let_go()


@contextmanager
def staged(folder: Path, *, inside: Path | None) -> Iterator[Path]:
    """A private folder for the papers of ``folder`` until they are whole: ``inside`` a folder, or beside it.

    What killed runs left beside it goes first. Raises OSError where no folder can be made.
    """
    mark = f".{folder.name}{_MARK}"
    if inside is None:
        _sweep(folder.parent, mark)
    fresh, let_go = _fresh(inside or folder.parent, mark)
    try:
        yield fresh
    finally:
        let_go()
        shutil.rmtree(fresh, ignore_errors=True)


def _fresh(home: Path, mark: str) -> tuple[Path, Callable[[], object]]:
    """A new folder that is held; another run may sweep one away before it is."""
    while True:
        fresh = Path(mkdtemp(prefix=mark, dir=home))
        let_go = _held(fresh) if fresh.is_dir() else None
        if let_go is not None and fresh.is_dir():
            return fresh, let_go


def _sweep(home: Path, mark: str) -> None:
    """Delete the folders of runs that have ended; that of a run which still writes is held by it."""
    for path in home.glob(f"{glob.escape(mark)}*"):
        with suppress(OSError):  # somebody else's, in a folder that all share
            if path.is_dir() and not path.is_symlink():
                let_go = _held(path)
                if let_go is not None:
                    let_go()
                    shutil.rmtree(path, ignore_errors=True)


def _held(place: Path) -> Callable[[], object] | None:
    """What lets a folder go that this process holds from now on; None where another process holds it.

    On a disk that knows no locks everybody holds everything.
    """
    if sys.platform == "win32":
        from filelock import FileLock, Timeout  # noqa: PLC0415 - a tenth of a second that other systems are spared

        beside = place.with_name(f".{place.name}{_MARK}lock")
        lock = FileLock(beside)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return None
        except (OSError, NotImplementedError):
            return _nothing

        def let_go() -> None:
            lock.release()
            with suppress(OSError):  # another run holds it by now
                beside.unlink(missing_ok=True)

        return let_go
    import fcntl  # noqa: PLC0415 - Windows has none

    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:
        os.close(handle)
        return _nothing
    return lambda: os.close(handle)


def _nothing() -> None:
    """Let go of what nobody could hold."""


def filled(handle: IO[bytes], data: bytes) -> None:
    """Write a new file and bring it to the disk."""
    with handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def unwritable(path: Path, error: Exception, hint: str, *, told: str = "") -> OutputFault:
    """The fault for a place that cannot be written, or in the words of ``told`` for what was not done there."""
    reason = getattr(error, "strerror", None) or error
    message = f"{told or f'{path} cannot be written'}: {reason}."
    return OutputFault("unwritable", message, file=str(path), hint=hint)
