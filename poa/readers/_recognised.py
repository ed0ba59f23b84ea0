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
# What is refused, and what to do instead where that is not to give the paper itself.
_REFUSED = {
    "empty": "{name} is empty.",
    "binary": "{name} is neither a Word file nor a text.",
    "bad_encoding": "{name} is a text whose characters are not in UTF-8.",
    "not_a_paper": "{name} is a web page or XML, and no paper.",
    "too_large": "{name} holds far more than a paper, and is not read.",
    "pdf": "{name} is a PDF, in which words have no certain order.",
    "protected": "{name} is protected by a password.",
    "old_word": "{name} is in the old format of Word (.doc).",
    "rtf": "{name} is in Rich Text Format.",
    "picture": "{name} is a picture, in which no words are read.",
    "libreoffice": "{name} is a file of LibreOffice.",
    "workbook": "{name} is a workbook, and no Word document.",
    "other_zip": "{name} is a zip file, but no Word document.",
    "bad_word": "{name} is a damaged Word file.",
    "document_type": "{name} has a document type in its XML, which no Word file has, and is not read.",
    "macros": "{name} carries macros, and no copy of such a file is made.",
    "no_comments": "{name} is no Word file, and only a Word file takes comments.",
}
_GIVE = said("Give the paper itself, as .docx, .md or .txt.")
_SAVE = said("Open it in Word and save it as .docx.")
_AGAIN = said("Open it in Word and save it again, or copy its words into a text file.")
_INSTEAD = {
    "bad_encoding": said("Open it in an editor and save it as UTF-8, or give the .docx."),
    "not_a_paper": _SAVE,
    "too_large": said("Give the paper alone, without large pictures or other files inside."),
    "pdf": said("Give the .docx that it was made from, or save the PDF as a Word file."),
    "protected": said("Open it in Word, remove the password, and save it again."),
    "old_word": _SAVE,
    "rtf": _SAVE,
    "libreoffice": said("Open it in LibreOffice and save it as .docx."),
    "bad_word": _AGAIN,
    "document_type": _AGAIN,
    "macros": said("Save it as .docx without macros, or read the findings in the list."),
    "no_comments": said("Give the .docx, or read the findings in the list."),
}
_CODES = {
    **dict.fromkeys(("libreoffice", "workbook", "other_zip", "no_comments"), "not_word"),
    "document_type": "bad_word",
}


def refused(wrong: str, name: str) -> InputFault:
    """The refusal of a file, by what is wrong with it."""
    message, hint = said(_REFUSED[wrong], name=name), _INSTEAD.get(wrong, _GIVE)
    return InputFault(_CODES.get(wrong, wrong), message, file=name, hint=hint)


def form_of(data: bytes, *, name: str) -> Form:
    """The form that a paper is read as; raises InputFault for a kind of file that is known to be no paper."""
    if len(data) > FILE_LIMIT:
        raise refused("too_large", name)
    if data.startswith(_ZIP):
        return "docx"
    if not data.strip():
        raise refused("empty", name)
    if (wrong := _other(data)) is not None:
        raise refused(wrong, name)
    return "md" if PurePath(name).suffix.casefold() in _MARKDOWN else "txt"


def text_of(data: bytes, *, name: str) -> str:
    """The words of a text file, in UTF-8 or with the mark of UTF-16; raises InputFault for any other."""
    if len(data) > TEXT_LIMIT:
        raise refused("too_large", name)
    mark, encoding = next((one for one in _BOMS if data.startswith(one[0])), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        if b"\0" in data and encoding == "utf-8":
            raise refused("binary", name) from None
        raise refused("bad_encoding", name) from None
    if "\0" in text:
        raise refused("binary", name)
    start = text[:1000].lstrip().casefold()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise refused("not_a_paper", name)
    if not text.strip():
        raise refused("empty", name)
    return text


def _other(data: bytes) -> str | None:
    """What a file is that is known to be no paper."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        return "protected" if _ENCRYPTED in data else "old_word"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    return "picture" if data.startswith(_PICTURES) else None
