"""What lies inside a gzip or zip file: streams that are counted while they are unpacked.

The sizes that an archive states are not believed: a bomb states small ones. What is read is
counted against the size of the archive itself, and the reader stops at the limit.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, BinaryIO

from poa.characters import clean
from poa.errors import InputFault

GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second one is an empty zip file

UNPACKED_LIMIT = 4 << 30  # bytes
FREE = 64 << 20  # bytes that any archive may unpack to
RATIO = 100  # beyond that, no more than so many times its own size; reports pack to a tenth
MEMBERS_LIMIT = 200

_Opener = Callable[[], BinaryIO]


def members(name: str, opener: _Opener, *, size: int) -> Iterator[tuple[str, str, _Opener]]:
    """The name, the title inside and the opener of each file; a file that is no archive is yielded as it is."""
    with opener() as stream:
        start = stream.read(4)
    if start.startswith(GZIP):
        yield name, "", lambda: _gunzipped(opener, name, size)
    elif start.startswith(ZIP) and (inner := _zipped(name, opener)) is not None:
        budget = _Budget(size)
        for number, title in inner:
            shown = f"{name}/{clean(title)}"
            yield shown, f"{number} {title}", _member(opener, number, shown, budget)
    else:
        yield name, "", opener


def _gunzipped(opener: _Opener, name: str, size: int) -> BinaryIO:
    packed = opener()
    return _counted(gzip.GzipFile(fileobj=packed, mode="rb"), name, _Budget(size), packed)


def _zipped(name: str, opener: _Opener) -> list[tuple[int, str]] | None:
    """The files in a zip file by their place and title; None for a workbook, which is a zip file too."""
    try:
        with opener() as stream, zipfile.ZipFile(stream) as package:
            titles = [
                (number, part.filename)
                for number, part in enumerate(package.infolist())
                if not part.filename.endswith("/")  # is_dir() raises where the name is empty
            ]
    # What zipfile raises for a damaged package, a method that it does not know, and places that lead nowhere.
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise _damaged(name, error) from None
    if any(title == "[Content_Types].xml" or title.startswith("xl/") for _, title in titles):
        return None
    # What macOS adds for itself holds no rows.
    titles = [
        (number, title)
        for number, title in titles
        if not title.startswith("__MACOSX/") and not title.endswith(".DS_Store")
    ]
    if not titles:
        raise InputFault("empty", f"{name} holds no file.", file=name, hint="Hand in the files themselves.")
    if len(titles) > MEMBERS_LIMIT:
        raise InputFault(
            "too_large",
            f"{name} holds {len(titles):,} files; at most {MEMBERS_LIMIT} are read.",
            file=name,
            hint="Hand in the reports alone.",
        )
    return titles


def _member(opener: _Opener, number: int, shown: str, budget: _Budget) -> _Opener:
    def unpack() -> BinaryIO:
        packed = opener()
        try:
            package = zipfile.ZipFile(packed)
            # By its place: two members may have one name.
            return _counted(package.open(package.infolist()[number]), shown, budget, packed)
        # As above, and RuntimeError for a member with a password.
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError) as error:
            packed.close()
            raise _damaged(shown, error) from None

    return unpack


def _counted(stream: IO[bytes] | gzip.GzipFile, name: str, budget: _Budget, packed: BinaryIO) -> BinaryIO:
    return io.BufferedReader(_Counted(stream, name, budget, packed), buffer_size=1 << 20)


class _Budget:
    """How many bytes an archive may unpack to, all its members together, each counted once."""

    def __init__(self, size: int) -> None:
        self.limit = min(UNPACKED_LIMIT, max(FREE, RATIO * size))
        self._read: dict[str, int] = {}

    def holds(self, name: str, read: int) -> bool:
        """Whether so many bytes of a member still fit."""
        self._read[name] = max(read, self._read.get(name, 0))
        return sum(self._read.values()) <= self.limit


class _Counted(io.RawIOBase):
    """A stream that ends in one sentence when it is damaged or unpacks to more than it may."""

    def __init__(
        self, stream: IO[bytes] | gzip.GzipFile, name: str, budget: _Budget, packed: BinaryIO
    ) -> None:
        self._stream, self._packed = stream, packed
        self._name, self._budget = name, budget
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer that BufferedReader gives."""
        try:
            piece = self._stream.read(len(buffer))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
            raise _damaged(self._name, error) from None
        self._read += len(piece)
        if not self._budget.holds(self._name, self._read):
            raise InputFault(
                "too_large",
                f"{self._name} unpacks to more than {self._budget.limit:,} bytes, far more than a report would.",
                file=self._name,
                hint="Unpack it yourself and look at what it holds.",
            )
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._stream.close()
        self._packed.close()
        super().close()


def _damaged(name: str, error: Exception) -> InputFault:
    return InputFault(
        "damaged_archive",
        f"{name} cannot be unpacked: {error or type(error).__name__}.",
        file=name,
        hint="Download it again, or unpack it yourself and hand in the files.",
    )
