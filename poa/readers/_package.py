"""A Word file as the zip of parts that it is, counted while it is unpacked.

The sizes that a zip states are not believed: a bomb states small ones. Every part is unpacked in small
pieces, and only when it is asked for.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NoReturn

from poa.errors import InputFault
from poa.packing import TYPES
from poa.readers._recognised import protected, too_large
from poa.words import said

PART_LIMIT = 20 << 20  # bytes of one part once unpacked
WHOLE_LIMIT = 50 << 20  # bytes of all parts together
MEMBERS_LIMIT = 5_000  # a paper with a thousand pictures has fewer
READ_LIMIT = 500  # parts
_PIECE = 64 << 10  # bytes
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


class Package:
    """The parts of a Word file by their names; raises InputFault for what Word's standard forbids."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self.name = name
        if data.count(_ENTRY) > MEMBERS_LIMIT:
            raise too_large(name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _DAMAGES:
            raise damaged(name) from None
        self._members = {member.filename: member for member in members if not member.is_dir()}
        self._left = WHOLE_LIMIT
        self._reads = 0
        for member in members:
            self._check(member)
        names = [member.filename.casefold() for member in members]
        if len(set(names)) < len(names) or len(names) > MEMBERS_LIMIT:
            raise damaged(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as they stand in the file."""
        return tuple(self._members)

    @property
    def carries_macros(self) -> bool:
        """Whether a program of somebody's is in it."""
        if any(name.casefold().endswith("vbaproject.bin") for name in self._members):
            return True
        types = self.part(TYPES).lower() if TYPES in self._members else b""
        return b"macroenabled" in types or b"vbaproject" in types

    def __contains__(self, part: str) -> bool:
        return part in self._members

    def part(self, part: str) -> bytes:
        """The bytes of a part; raises InputFault where they are damaged or far too many."""
        self._reads += 1
        if self._reads > READ_LIMIT:
            raise too_large(self.name)
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
                        raise too_large(self.name)
                    pieces.append(piece)
        except _DAMAGES:
            raise damaged(self.name) from None
        return b"".join(pieces)

    def _check(self, member: zipfile.ZipInfo) -> None:
        title = member.orig_filename
        if member.flag_bits & 1:
            raise protected(self.name)
        strange = "\\" in title or "\0" in title or title.startswith("/") or ".." in title.split("/")
        if strange or member.compress_type not in _METHODS:
            raise damaged(self.name)


def damaged(name: str) -> InputFault:
    """The refusal of a file that Word would want to repair."""
    return InputFault(
        "bad_word",
        said("{name} is a damaged Word file.", name=name),
        file=name,
        hint=said("Open it in Word and save it again, or copy its words into a text file."),
    )


def refuse_other_zip(package: Package) -> NoReturn:
    """Say what a zip without a Word document is."""
    names = set(package.names)
    hint = said("Give the paper itself, as .docx, .md or .txt.")
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        message = said("{name} is a file of LibreOffice.", name=package.name)
        hint = said("Open it in LibreOffice and save it as .docx.")
    elif "xl/workbook.xml" in names:
        message = said("{name} is a workbook, and no Word document.", name=package.name)
    else:
        message = said("{name} is a zip file, but no Word document.", name=package.name)
    raise InputFault("not_word", message, file=package.name, hint=hint)
