"""The parts of a stranger's Word file that a shell keeps, found by an allow-list of relations and kinds.

Nothing else is unpacked. What could act (macros, embedded objects, parts and pictures from elsewhere) is
refused by name; what is of no use to a paper (comments, properties, thumbnails) stays behind.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from poa.errors import PackFault
from poa.packing import TYPES
from poa.parsing import NotXml, xml_tree
from poa.unpacking import Reason, Unpacked
from poa.writers._shell_found import Found, Place, shown
from poa.writers._shell_kinds import ACTIVE, ALONE, KEPT, LEADS, LEFT_OUT, REMEDIES, RESAVE, ROOTS
from poa.writers._shell_xml import OFFICE, PACKAGE, name_of

FILE_LIMIT = 20 << 20  # bytes
PARTS_LIMIT = 500
XML_LIMIT = 2 << 20  # bytes of one part of words; the largest letterhead seen has a tenth
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_UNLOCK = "In Word: File > Info > Protect Document > Encrypt with Password, empty the field, and save."
_BRACES_LIMIT = 5_000
_ADDRESS = re.compile(r"https://[^\s\\{}<>\"\x00-\x20]+|mailto:[^\s\\{}<>\"\x00-\x20]+", re.IGNORECASE)
_IDENTITY = re.compile(r"[A-Za-z_][\w.-]{0,60}", re.ASCII)
_PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Where a part leads: a part of the file, or an address."""

    kind: str
    target: str
    is_outside: bool = False


@dataclass(slots=True, kw_only=True)
class Part:
    """A part that is kept: its name in the file, its tree, its relations by their id.

    ``places`` are its paragraphs as they were in the file, before anything was taken out; ``told`` are the ids
    of links whose address was told as a problem already.
    """

    name: str
    kind: str
    root: Any
    relations: dict[str, Relation] = field(default_factory=dict)
    places: dict[Any, Place] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The parts that are kept, the main one first, and the pictures by their names in the file."""

    parts: tuple[Part, ...]
    pictures: Mapping[str, bytes]

    @property
    def main(self) -> Part:
        """The part with the body."""
        return self.parts[0]

    def of(self, *kinds: str) -> tuple[Part, ...]:
        """The parts of some kinds."""
        return tuple(part for part in self.parts if part.kind in kinds)


class _Reading:
    """One file while it is read."""

    def __init__(self, data: bytes, *, name: str, found: Found, xml_limit: int) -> None:
        self.name, self.found, self.xml_limit = name, found, xml_limit
        self.package = Unpacked(data, refuse=self._refusal, members=PARTS_LIMIT)
        self.pictures: dict[str, bytes] = {}
        self.braces = 0

    def opened(self) -> Opened:
        """All that is kept; raises PackFault where there is no document at all."""
        self._refuse_types()
        top = self._relations("", {"officeDocument"})
        main = next((one.target for one in top.values() if one.kind == "officeDocument"), "")
        if main not in self.package:
            raise PackFault("not_word", "It is no Word document.", file=self.name, hint=RESAVE)
        parts = [self._part(main, "document")]
        seen = {main}
        for relation in list(parts[0].relations.values()):
            if relation.kind in ROOTS and relation.target not in seen:
                seen.add(relation.target)
                if relation.kind in ALONE and any(part.kind == relation.kind for part in parts):
                    self._add(
                        "damaged", f"It has two parts of the kind '{relation.kind}'.", part=relation.target
                    )
                    continue
                parts.append(self._part(relation.target, relation.kind))
        return Opened(parts=tuple(parts), pictures=self.pictures)

    def _part(self, name: str, kind: str) -> Part:
        root = self._tree(name)
        if name_of(root.tag) != ROOTS[kind]:
            strict = "purl.oclc.org/ooxml" in root.tag
            what = "in the 'Strict' form of Word's format" if strict else f"no part of the kind '{kind}'"
            raise PackFault("damaged", f"{shown(name)} is {what}.", file=self.name, hint=RESAVE)
        part = Part(name=name, kind=kind, root=root)
        part.relations = self._relations(name, LEADS.get(kind, set()), part.told)
        return part

    def _tree(self, name: str) -> Any:
        xml = self.package.part(name)
        self.braces += xml.count(b"{")
        if len(xml) > self.xml_limit:
            raise self._too_large(
                f"{shown(name)} has {len(xml):,} bytes; at most {self.xml_limit:,} are read."
            )
        if self.braces > _BRACES_LIMIT and self.xml_limit == XML_LIMIT:
            raise self._too_large(
                f"{shown(name)} has thousands of braces; at most {_BRACES_LIMIT:,} are read."
            )
        try:
            return xml_tree(xml)
        except NotXml as fault:
            code = "dtd" if fault.has_type else "damaged"
            why = (
                "has a document type (DTD), which no Word file has"
                if fault.has_type
                else "is damaged: it is no XML"
            )
            raise PackFault(code, f"{shown(name)} {why}.", file=self.name, hint=RESAVE) from None

    def _relations(self, name: str, leads: set[str], told: set[str] | None = None) -> dict[str, Relation]:
        folder, title = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{title}.rels")
        kept: dict[str, Relation] = {}
        if rels not in self.package:
            return kept
        for one in self._tree(rels).iter(f"{{{PACKAGE}/relationships}}Relationship"):
            relation = self._relation(one, rels, folder, leads)
            identity = one.get("Id", "")
            if told is not None and relation is None and _is_link(one):
                told.add(identity)
            if relation and (identity in kept or not _IDENTITY.fullmatch(identity)):
                self._add(
                    "damaged", f"The relation '{shown(identity)}' is there twice, or has no name.", part=rels
                )
            elif relation and self._is_there(relation, rels):
                kept[identity] = relation
        return kept

    def _relation(self, one: Any, rels: str, folder: str, leads: set[str]) -> Relation | None:
        kind, target = one.get("Type", ""), one.get("Target", "")
        short = kind.rpartition("/")[2]
        is_outside = one.get("TargetMode", "Internal") != "Internal"
        if short in ACTIVE:
            code, what = ACTIVE[short]
            remedy = REMEDIES.get(code, "Delete it in Word, or put a picture of it in its place.")
            self._add(code, f"It holds {what}: the relation '{shown(short)}'.", remedy, part=rels)
        elif is_outside and short == "hyperlink" and _ADDRESS.fullmatch(target):
            return Relation(kind="hyperlink", target=target, is_outside=True) if short in leads else None
        elif is_outside and short == "hyperlink":
            self._add(
                "external_relation",
                f"A hyperlink leads to '{shown(target)}'; links lead only to https:// and mailto: addresses.",
                "In Word: right-click the link > Edit Hyperlink, and write an address that begins with https://.",
                part=rels,
            )
        elif is_outside:
            self._add(
                "external_relation",
                f"The relation '{shown(short)}' leads out of the file, to '{shown(target)}'.",
                "Only links to https:// and mailto: may; put pictures into the file (Insert > Pictures).",
                part=rels,
            )
        elif short in leads and kind == f"{OFFICE}/{short}" and short != "hyperlink":
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            return Relation(kind=short, target=path)
        elif short not in LEFT_OUT and short not in KEPT:
            self._add(
                "unsupported_relation",
                f"It holds something that a shell cannot: the relation '{shown(short)}'.",
                "Delete it in Word, or put a picture of it in its place.",
                part=rels,
            )
        elif short == "comments":
            self._add(
                "left_out",
                "Comments are left out of the papers.",
                "That works. In Word, Review > Delete > Delete All Comments takes them out of the file, too.",
                part=rels,
                note=True,
            )
        return None

    def _is_there(self, relation: Relation, rels: str) -> bool:
        if relation.is_outside:
            return True
        if relation.target not in self.package:
            self._add("damaged", f"{shown(relation.target)} is not in the file.", part=rels)
            return False
        if relation.kind == "image" and relation.target not in self.pictures:
            data = self.package.part(relation.target)
            if not any(data.startswith(sign) for sign in _PICTURES):
                self._add(
                    "picture",
                    f"{shown(relation.target)} is a picture that is neither PNG, JPEG nor GIF.",
                    "Save it as PNG and put that into the file in its place.",
                    part=rels,
                )
                return False
            self.pictures[relation.target] = data
        return True

    def _refuse_types(self) -> None:
        """Macros, and a .docm or .dotx under another name, by the list of types and the names of the parts."""
        for name in self.package.names:
            if name.casefold().endswith(("vbaproject.bin", "vbadata.xml")):
                self._add("macro", "It holds a macro.", part=name)
        if TYPES not in self.package:
            raise PackFault("not_word", "It is no Word document.", file=self.name, hint=RESAVE)
        types = [one.get("ContentType", "") for one in self._tree(TYPES) if isinstance(one.tag, str)]
        if any("macroenabled" in one.casefold() or "vbaproject" in one.casefold() for one in types):
            self._add("macro", "It is a Word file with macros (.docm or .dotm).", part=TYPES)
        elif MAIN not in types:
            self._add("not_word", "It is no Word document: perhaps a template (.dotx).", part=TYPES)

    def _add(self, code: str, message: str, remedy: str = RESAVE, *, part: str, note: bool = False) -> None:
        self.found.add(code, message, remedy, part=part, note=note)

    def _refusal(self, reason: Reason) -> PackFault:
        if reason == "protected":
            return PackFault("protected", "It is protected by a password.", file=self.name, hint=_UNLOCK)
        if reason == "too_large":
            return self._too_large(
                f"It holds far more than a letterhead: at most {PARTS_LIMIT} parts, 50 MB in all."
            )
        return PackFault("damaged", "It is a damaged Word file.", file=self.name, hint=RESAVE)

    def _too_large(self, message: str) -> PackFault:
        hint = "Make its pictures smaller, or begin with an empty file and the letterhead alone."
        return PackFault("too_large", message, file=self.name, hint=hint)


def opened(data: bytes, *, name: str, found: Found, xml_limit: int = XML_LIMIT) -> Opened:
    """The parts of a shell; raises PackFault where it cannot be read at all, adds every other problem."""
    if len(data) > FILE_LIMIT:
        hint = "Make its pictures smaller."
        raise PackFault(
            "too_large", f"It has {len(data):,} bytes; at most 20 MB are read.", file=name, hint=hint
        )
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise PackFault("protected", "It is protected by a password.", file=name, hint=_UNLOCK)
    if not data:
        hint = (
            "Save your letterhead again in Word, or delete the file: the papers have the built-in look then."
        )
        raise PackFault("not_word", "It is empty.", file=name, hint=hint)
    if not data.startswith(b"PK"):
        message = (
            "It is an old Word file (.doc)." if data.startswith(_OLE) else "It is no Word document (.docx)."
        )
        raise PackFault("not_word", message, file=name, hint=RESAVE)
    return _Reading(data, name=name, found=found, xml_limit=xml_limit).opened()


def _is_link(one: Any) -> bool:
    """Whether a relation is a link to an address; one that is not kept was told as a problem."""
    return bool(one.get("Type", "").rpartition("/")[2] == "hyperlink" and one.get("TargetMode") == "External")


def picture_kind(data: bytes) -> str:
    """The suffix of a picture that is kept."""
    return next(kind for sign, kind in _PICTURES.items() if data.startswith(sign))
