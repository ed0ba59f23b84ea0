"""A Word file as the zip of parts that it is, counted while it is unpacked, and refused in one sentence."""

from __future__ import annotations

from typing import NoReturn

from poa.errors import InputFault
from poa.packing import TYPES
from poa.readers._recognised import protected, too_large
from poa.unpacking import PART_LIMIT, WHOLE_LIMIT, Reason, Unpacked
from poa.words import said

__all__ = ["PART_LIMIT", "WHOLE_LIMIT", "Package", "damaged", "refuse_other_zip"]

MEMBERS_LIMIT = 5_000  # a paper with a thousand pictures has fewer


class Package(Unpacked):
    """The parts of a Word file by their names; raises InputFault for what Word's standard forbids."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self.name = name
        super().__init__(data, refuse=self._fault, members=MEMBERS_LIMIT)

    @property
    def carries_macros(self) -> bool:
        """Whether a program of somebody's is in it."""
        if any(name.casefold().endswith("vbaproject.bin") for name in self.names):
            return True
        types = self.part(TYPES).lower() if TYPES in self else b""
        return b"macroenabled" in types or b"vbaproject" in types

    def _fault(self, reason: Reason) -> InputFault:
        return {"damaged": damaged, "protected": protected, "too_large": too_large}[reason](self.name)


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
