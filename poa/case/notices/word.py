"""A Word file's words as lines: its paragraphs in order, those of tables too; nothing in it is run."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from poa.errors import InputFault

PART_LIMIT = 20 << 20  # bytes of XML once unpacked
_MEMBERS = 5_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_text(data: bytes, *, name: str) -> str:
    """The words of a .docx; raises InputFault for a damaged file, another kind of zip, or far too much."""
    xml = _document_part(data, name=name)
    from lxml import etree  # noqa: PLC0415 - most notices are plain text

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _damaged(name) from None
    if root.getroottree().docinfo.doctype:
        raise _damaged(name)
    return "\n".join(_line(paragraph) for paragraph in root.iter(f"{_W}p"))


def _document_part(data: bytes, *, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if len(members) > _MEMBERS:
                raise _damaged(name)
            if "word/document.xml" not in {member.filename for member in members}:
                raise InputFault(
                    "binary",
                    f"{name} is a zip file, but no Word document.",
                    file=name,
                    hint="Give the notice itself, as .docx, .eml, .html or text.",
                )
            with package.open("word/document.xml") as part:
                xml = part.read(PART_LIMIT + 1)
    # What zipfile raises for a damaged, an encrypted, and an oddly packed file; each is one sentence to the user.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        raise _damaged(name) from None
    if len(xml) > PART_LIMIT:
        raise InputFault("too_large", f"{name} unpacks to far more than a notice.", file=name, hint=None)
    return xml


def _line(paragraph: Any) -> str:
    """One paragraph, an empty line before it unless it is a list's."""
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    words = "".join(_pieces(paragraph)).strip()
    return f"\u2022 {words}" if listed and words else f"\n{words}"


def _pieces(paragraph: Any) -> Iterator[str]:
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        yield (node.text or "") if node.tag == f"{_W}t" else " " if node.tag == f"{_W}tab" else "\n"


def _damaged(name: str) -> InputFault:
    return InputFault(
        "bad_word",
        f"{name} is a damaged Word file.",
        file=name,
        hint="Open it in Word and save it again, or copy its words into a text file.",
    )
