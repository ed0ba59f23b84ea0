"""A folder that one run holds: no other run writes into it meanwhile, and what a killed run left there goes."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from poa.errors import OutputFault
from poa.files.alone import unwritable

_LOCK = "lock"
_WAIT = 20.0  # seconds; a worker whose run was killed ends at once, in the middle of what it does

_own: list[FileLock] = []  # of this process, held until it ends


@contextmanager
def held(home: Path, *, hint: str) -> Iterator[Path]:
    """Hold the folder ``home`` as long as the block runs; its folder for what is on its way is empty, and goes at the end.

    Raises OutputFault where another run holds it (``in_use``), or it cannot be written to (``unwritable``).
    """
    work = home / "work"
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / _LOCK)
        lock.acquire(timeout=0)
    except Timeout:
        raise OutputFault(
            "in_use", f"Another run of poa is writing into {home.parent.parent}.", file=str(home), hint=hint
        ) from None
    except (OSError, NotImplementedError) as error:
        raise unwritable(home, error, hint) from None
    try:
        _await_workers(work, hint=hint)
        try:
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(exist_ok=True)
        except OSError as error:
            raise unwritable(work, error, hint) from None
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        lock.release()


def work_in(work: Path) -> None:
    """Say that this process works for who holds a folder: until it ends, and with all that it keeps for a moment there."""
    # A full disk is met again, and told, where papers are written.
    with suppress(OSError, NotImplementedError):
        lock = FileLock(work / f"{os.getpid()}.{_LOCK}")
        lock.acquire(timeout=0)
        _own.append(lock)
        tempfile.tempdir = str(work)


def _await_workers(work: Path, *, hint: str) -> None:
    """Wait until the workers of a run that was killed are gone."""
    for path in work.glob(f"*.{_LOCK}") if work.is_dir() else ():
        try:
            with FileLock(path, timeout=_WAIT):
                pass
        except Timeout:
            raise OutputFault(
                "in_use",
                f"A process of an earlier run is still writing into {work.parent.parent.parent}.",
                file=str(path),
                hint=hint,
            ) from None
        except (OSError, NotImplementedError):
            continue
