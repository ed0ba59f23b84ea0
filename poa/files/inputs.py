"""What was handed in: regular files, and the files inside gzip and zip files, each a stream of bytes."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import BinaryIO

from poa.characters import clean
from poa.errors import InputFault
from poa.files import archives

REPORT_LIMIT = 4 << 30  # bytes; a larger file is refused by name


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file handed in: its name as papers print it, and its bytes, as often as they are needed.

    ``size`` is in bytes as the file lies on the disk; what a gzip or zip file holds is larger.
    ``sha256`` is made meanwhile, of the file that the user can hash too: the whole archive, in which
    ``member`` is the name of this file.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]
    _hash: Future[str]
    member: str = ""

    @property
    def sha256(self) -> str:
        """The hash of the bytes, as hexadecimal digits."""
        return self._hash.result()

    @property
    def data(self) -> bytes:
        """All bytes at once: for files that are small by their nature."""
        with self.open() as stream:
            return stream.read()


def read(path: Path, *, limit: int = REPORT_LIMIT) -> bytes:
    """The bytes of a regular file of at most ``limit`` bytes.

    Raises InputFault for a file that is missing, a folder, a pipe, unreadable or too large.
    """
    with _opened(path, limit=limit) as handle:
        return handle.read()


def open_input(path: Path) -> InputFile:
    """One file, its hash being made on another core; raises InputFault as ``read``."""
    with _opened(path, limit=REPORT_LIMIT) as handle:
        size = os.fstat(handle.fileno()).st_size
    return InputFile(
        name=clean(path.name),
        size=size,
        open=lambda: _opened(path, limit=REPORT_LIMIT),
        _hash=_hashing().submit(_digest, path),
    )


def open_inputs(path: Path) -> tuple[InputFile, ...]:
    """The same, a gzip or zip file as what lies in it: ``week.zip/orders.csv``."""
    return inside(open_input(path))


def as_input(name: str, data: bytes) -> InputFile:
    """Bytes already at hand as a file handed in."""
    return InputFile(
        name=name,
        size=len(data),
        open=lambda: io.BytesIO(data),
        _hash=_hashing().submit(lambda: hashlib.sha256(data).hexdigest()),
    )


def inside(file: InputFile) -> tuple[InputFile, ...]:
    """The files that an archive holds, or the file itself; raises InputFault for a damaged archive."""
    return tuple(
        replace(file, name=name, open=opener, member=member)
        for name, member, opener in archives.members(file.name, file.open, size=file.size)
    )


def _opened(path: Path, *, limit: int) -> BinaryIO:
    shown = str(path)
    try:
        if stat.S_ISFIFO(path.stat().st_mode):  # opening one would wait for ever
            raise InputFault(
                "not_a_file", f"{shown} is a pipe, not a file.", file=shown, hint="Give a saved file."
            )
        handle = path.open("rb")
    except FileNotFoundError:
        raise InputFault("no_such_file", f"There is no file {shown}.", file=shown, hint=_near(path)) from None
    except IsADirectoryError:
        raise _is_a_folder(shown) from None
    except OSError as error:
        if path.is_dir():  # Windows says "permission denied" of a folder
            raise _is_a_folder(shown) from None
        reason = error.strerror or str(error)
        raise InputFault(
            "unreadable",
            f"{shown} cannot be read: {reason}.",
            file=shown,
            hint="Close it in other programs and check that you may open it.",
        ) from None
    try:
        _check(handle, shown, limit=limit)
    except InputFault:
        handle.close()
        raise
    return handle


def _check(handle: BinaryIO, shown: str, *, limit: int) -> None:
    state = os.fstat(handle.fileno())
    if not stat.S_ISREG(state.st_mode):
        raise InputFault(
            "not_a_file", f"{shown} is not a regular file.", file=shown, hint="Give a saved file."
        )
    if state.st_size > limit:
        raise InputFault(
            "too_large",
            f"{shown} has {state.st_size:,} bytes; at most {limit:,} are read.",
            file=shown,
            hint="Split the file, or export fewer days.",
        )


@cache
def _hashing() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="hash")


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _is_a_folder(shown: str) -> InputFault:
    return InputFault(
        "is_a_folder", f"{shown} is a folder, not a file.", file=shown, hint="Name the file inside it."
    )


def _near(path: Path) -> str:
    """The next step for a name that is not there: the file that was probably meant."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for this message

    try:
        names = [item.name for item in path.parent.iterdir() if item.is_file()]
    except OSError:
        return "Check the folder's name."
    near = get_close_matches(path.name, names, n=1)
    return f"Did you mean {path.parent / near[0]}?" if near else "Check the name and the folder."
