"""A stranger's zip, counted while it is unpacked: what a Word file's standard forbids is refused.

The sizes that a zip states are not believed: a bomb states small ones. Every part is unpacked in small
pieces, and only when it is asked for. Who reads it says in which words it is refused.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

Reason: TypeAlias = Literal["damaged", "protected", "too_large"]

PART_LIMIT = 20 << 20  # bytes of one part once unpacked
WHOLE_LIMIT = 50 << 20  # bytes of all parts together
READ_LIMIT = 500  # parts
_PIECE = 64 << 10  # bytes
_KINDS, _LINK = 0o170000, 0o120000  # the bits that say what a file is, and those of a symbolic link
_ENTRY = b"PK\x01\x02"  # begins each entry of a zip's directory
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the two that Word's standard allows
# What zipfile raises for damaged, encrypted and oddly packed files; each is one sentence to the user.
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    LookupError,
    OverflowError,
)


class Unpacked:
    """The parts of a zip by their names; ``refuse`` makes the error that is raised where it cannot be used."""

    def __init__(self, data: bytes, *, refuse: Callable[[Reason], Exception], members: int) -> None:
        self._refuse = refuse
        if data.count(_ENTRY) > members:
            raise refuse("too_large")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            found = self._zip.infolist()
        except _DAMAGES:
            raise refuse("damaged") from None
        # is_dir() raises where the name is empty.
        self._members = {member.filename: member for member in found if not member.filename.endswith("/")}
        self._left = WHOLE_LIMIT
        self._reads = 0
        for member in found:
            self._check(member)
        names = [member.filename.casefold() for member in found]
        if len(set(names)) < len(names) or len(names) > members:
            raise refuse("damaged")

    @property
    def links(self) -> tuple[str, ...]:
        """The names of the parts that are symbolic links, by the kind that a zip notes in its upper bits."""
        return tuple(
            name for name, member in self._members.items() if (member.external_attr >> 16) & _KINDS == _LINK
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as they stand in the file."""
        return tuple(self._members)

    def __contains__(self, part: str) -> bool:
        return part in self._members

    def part(self, part: str) -> bytes:
        """The bytes of a part; raises the reader's error where they are damaged or far too many."""
        self._reads += 1
        if self._reads > READ_LIMIT:
            raise self._refuse("too_large")
        return self._unpacked(part)

    def others(self, without: Mapping[str, bytes]) -> dict[str, bytes]:
        """Every part that is not among those given, however many they are."""
        self._left = WHOLE_LIMIT
        return {part: self._unpacked(part) for part in self._members if part not in without}

    def _unpacked(self, part: str) -> bytes:
        pieces: list[bytes] = []
        room = min(PART_LIMIT, self._left)
        try:
            with self._zip.open(self._members[part]) as stream:
                while piece := stream.read(_PIECE):
                    room -= len(piece)
                    self._left -= len(piece)
                    if room < 0:
                        raise self._refuse("too_large")
                    pieces.append(piece)
        except _DAMAGES:
            raise self._refuse("damaged") from None
        return b"".join(pieces)

    def _check(self, member: zipfile.ZipInfo) -> None:
        title = member.orig_filename
        if member.flag_bits & 1:
            raise self._refuse("protected")
        strange = "\\" in title or "\0" in title or title.startswith("/") or ".." in title.split("/")
        if strange or member.compress_type not in _METHODS:
            raise self._refuse("damaged")
