"""What kind of file some bytes are, told by the bytes; what is no paper is refused with what to do instead."""

from __future__ import annotations

import codecs
from pathlib import PurePath
from typing import Literal, TypeAlias

from poa.errors import InputFault
from poa.words import said

Form: TypeAlias = Literal["docx", "md", "txt"]

FILE_LIMIT = 20 << 20  # bytes
TEXT_LIMIT = 4 << 20  # bytes; five hundred pages have half of it
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second one is an empty zip file
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
_MARKDOWN = {".md", ".markdown"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE = said("Open it in Word and save it as .docx.")
_GIVE = said("Give the paper itself, as .docx, .md or .txt.")


def form_of(data: bytes, *, name: str) -> Form:
    """The form that a paper is read as; raises InputFault for a kind of file that is known to be no paper."""
    if len(data) > FILE_LIMIT:
        raise too_large(name)
    if data.startswith(_ZIP):
        return "docx"
    if not data.strip():
        raise InputFault("empty", said("{name} is empty.", name=name), file=name, hint=_GIVE)
    _refuse_others(data, name)
    return "md" if PurePath(name).suffix.casefold() in _MARKDOWN else "txt"


def text_of(data: bytes, *, name: str) -> str:
    """The words of a text file, in UTF-8 or with the mark of UTF-16; raises InputFault for any other."""
    if len(data) > TEXT_LIMIT:
        raise too_large(name)
    mark, encoding = next((one for one in _BOMS if data.startswith(one[0])), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        if b"\0" in data and encoding == "utf-8":
            raise _binary(name) from None
        raise InputFault(
            "bad_encoding",
            said("{name} is a text whose characters are not in UTF-8.", name=name),
            file=name,
            hint=said("Open it in an editor and save it as UTF-8, or give the .docx."),
        ) from None
    if "\0" in text:
        raise _binary(name)
    start = text[:1000].lstrip().casefold()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise InputFault(
            "not_a_paper",
            said("{name} is a web page or XML, and no paper.", name=name),
            file=name,
            hint=_SAVE,
        )
    if not text.strip():
        raise InputFault("empty", said("{name} is empty.", name=name), file=name, hint=_GIVE)
    return text


def too_large(name: str) -> InputFault:
    """The refusal of a file that is, or unpacks to, far more than a paper."""
    return InputFault(
        "too_large",
        said("{name} holds far more than a paper, and is not read.", name=name),
        file=name,
        hint=said("Give the paper alone, without large pictures or other files inside."),
    )


def _refuse_others(data: bytes, name: str) -> None:
    if b"%PDF-" in data[:1024]:
        raise InputFault(
            "pdf",
            said("{name} is a PDF, in which words have no certain order.", name=name),
            file=name,
            hint=said("Give the .docx that it was made from, or save the PDF as a Word file."),
        )
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise protected(name)
        raise InputFault(
            "old_word", said("{name} is in the old format of Word (.doc).", name=name), file=name, hint=_SAVE
        )
    if data.startswith(b"{\\rtf"):
        raise InputFault("rtf", said("{name} is in Rich Text Format.", name=name), file=name, hint=_SAVE)
    if data.startswith(_PICTURES):
        raise InputFault(
            "picture",
            said("{name} is a picture, in which no words are read.", name=name),
            file=name,
            hint=_GIVE,
        )


def protected(name: str) -> InputFault:
    """The refusal of a file that only a password opens."""
    return InputFault(
        "protected",
        said("{name} is protected by a password.", name=name),
        file=name,
        hint=said("Open it in Word, remove the password, and save it again."),
    )


def _binary(name: str) -> InputFault:
    return InputFault(
        "binary", said("{name} is neither a Word file nor a text.", name=name), file=name, hint=_GIVE
    )
