"""A Word file as the zip of parts that it is: their XML as trees, and which leads to which; what is none is refused."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from poa.errors import InputFault
from poa.packing import TYPES
from poa.parsing import NotXml, xml_tree
from poa.readers._recognised import refused
from poa.unpacking import Reason, Unpacked

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

_MEMBERS_LIMIT = 5_000  # a paper with a thousand pictures has fewer
_TREE_LIMIT = 350 << 20  # bytes that all trees of a file may take, by the measure below
_ELEMENT, _TEXT, _ATTRIBUTE = 136, 136, 260  # bytes that libxml2 takes for one
# Word can save "Strict Open XML", which is the same under other names.
_STRICT = tuple(
    (f"http://purl.oclc.org/ooxml/{strict}".encode(), f"http://schemas.openxmlformats.org/{usual}".encode())
    for strict, usual in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
        ("officeDocument/math", "officeDocument/2006/math"),
        ("drawingml/wordprocessingDrawing", "drawingml/2006/wordprocessingDrawing"),
    )
)


class Package(Unpacked):
    """The parts of a Word file by their names; raises InputFault for what Word's standard forbids."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self.name = name
        super().__init__(data, refuse=self._fault, members=_MEMBERS_LIMIT)

    @property
    def carries_macros(self) -> bool:
        """Whether a program of somebody's is in it."""
        if any(name.casefold().endswith("vbaproject.bin") for name in self.names):
            return True
        types = self.part(TYPES).lower() if TYPES in self else b""
        return b"macroenabled" in types or b"vbaproject" in types

    def _fault(self, reason: Reason) -> InputFault:
        return refused("bad_word" if reason == "damaged" else reason, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Where a relation leads: the last word of its type, and the part; None where that lies outside the file."""

    kind: str
    part: str | None


class Parts:
    """The parts of one Word file; ``main`` is the one with the paper's words.

    ``is_strict`` is true once a part was seen that has the names of "Strict Open XML".
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.is_strict = False
        self._room = _TREE_LIMIT
        self._relations: dict[str, dict[str, Relation]] = {}
        found = (one.part for one in self.relations("").values() if one.kind == "officeDocument")
        self.main = next((part for part in found if part), "word/document.xml")
        if self.main not in package:
            raise refused(_other_zip(package.names), package.name)

    def tree(self, part: str) -> Any:
        """The root element of a part; raises InputFault where it is no XML, has a document type, or is too much."""
        xml = self.package.part(part)
        self._room -= _size(xml)
        if self._room < 0:
            raise refused("too_large", self.package.name)
        self.is_strict = self.is_strict or _STRICT[0][0] in xml
        for strict, usual in _STRICT:
            xml = xml.replace(strict, usual)
        try:
            return xml_tree(xml)
        except NotXml as fault:
            wrong = "document_type" if fault.has_type else "bad_word"
            raise refused(wrong, self.package.name) from None

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part by their id; those of the file as a whole for ``""``."""
        if part not in self._relations:
            self._relations[part] = dict(self._related(part))
        return self._relations[part]

    def _related(self, part: str) -> Iterator[tuple[str, Relation]]:
        rels, folder = relations_part(part), posixpath.dirname(part)
        if rels not in self.package:
            return
        for one in self.tree(rels).iter(RELATION):
            kind = one.get("Type", "").rpartition("/")[2]
            yield one.get("Id", ""), Relation(kind=kind, part=_target(folder, one))

    def related(self, kind: str) -> str | None:
        """The part of a kind that the main part leads to, if it is there."""
        found = (one.part for one in self.relations(self.main).values() if one.kind == kind)
        return next((part for part in found if part and part in self.package), None)


def relations_part(part: str) -> str:
    """The name of the part that holds the relations of another."""
    folder, title = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{title}.rels")


def restrict(xml: bytes) -> bytes:
    """A part written back under the names of "Strict Open XML"."""
    for strict, usual in _STRICT:
        xml = xml.replace(usual, strict)
    return xml


def _target(folder: str, relation: Any) -> str | None:
    if relation.get("TargetMode") == "External":
        return None
    target = relation.get("Target", "")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _size(xml: bytes) -> int:
    """How much memory the tree will take, counted before it is built; never less than it does."""
    if b"\0" in xml[:100]:
        xml = xml.replace(b"\0", b"")  # UTF-16
    elements = xml.count(b"<") - xml.count(b"</")
    texts = xml.count(b">") - xml.count(b"><")
    return len(xml) + elements * _ELEMENT + texts * _TEXT + xml.count(b"=") * _ATTRIBUTE


def _other_zip(names: Collection[str]) -> str:
    """What a zip without a Word document is."""
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return "libreoffice"
    return "workbook" if "xl/workbook.xml" in names else "other_zip"
