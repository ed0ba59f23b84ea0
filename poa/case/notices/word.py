"""A Word file's words as lines: its paragraphs in order, those of tables too; nothing in it is run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from poa.errors import InputFault
from poa.parsing import NotXml, xml_tree
from poa.unpacking import Reason, Unpacked

_MEMBERS = 5_000
_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_text(data: bytes, *, name: str) -> str:
    """The words of a .docx; raises InputFault for a damaged file, another kind of zip, or far too much."""
    package = Unpacked(data, refuse=lambda reason: _refused(reason, name), members=_MEMBERS)
    if _MAIN not in package:
        raise InputFault(
            "binary",
            f"{name} is a zip file, but no Word document.",
            file=name,
            hint="Give the notice itself, as .docx, .eml, .html or text.",
        )
    try:
        root = xml_tree(package.part(_MAIN))
    except NotXml:
        raise _refused("damaged", name) from None
    return "\n".join(_line(paragraph) for paragraph in root.iter(f"{_W}p"))


def _line(paragraph: Any) -> str:
    """One paragraph, an empty line before it unless it is a list's."""
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    words = "".join(_pieces(paragraph)).strip()
    return f"\u2022 {words}" if listed and words else f"\n{words}"


def _pieces(paragraph: Any) -> Iterator[str]:
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        yield (node.text or "") if node.tag == f"{_W}t" else " " if node.tag == f"{_W}tab" else "\n"


def _refused(reason: Reason, name: str) -> InputFault:
    hint = "Copy its words into a text file."
    if reason == "too_large":
        return InputFault("too_large", f"{name} unpacks to far more than a notice.", file=name, hint=hint)
    if reason == "protected":
        return InputFault("bad_word", f"{name} is protected with a password.", file=name, hint=hint)
    hint = "Open it in Word and save it again, or copy its words into a text file."
    return InputFault("bad_word", f"{name} is a damaged Word file.", file=name, hint=hint)
