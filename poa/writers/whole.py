"""Whether a Word file is whole: what makes Word offer to repair it, or refuse it, is told before anybody opens it.

The rules are those of the Open Packaging Conventions (ECMA-376, part 2) and of WordprocessingML (part 1): each
part has a content type, each relation leads to a part, each identity is there and is there once.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from poa.parsing import NotXml, xml_tree

_OFFICE = "http://schemas.openxmlformats.org/"
_W = f"{{{_OFFICE}wordprocessingml/2006/main}}"
_R = f"{{{_OFFICE}officeDocument/2006/relationships}}"
_WP = f"{{{_OFFICE}drawingml/2006/wordprocessingDrawing}}"
_REL = f"{{{_OFFICE}package/2006/relationships}}Relationship"
_TYPE = f"{{{_OFFICE}package/2006/content-types}}"
_TYPES, _TOP = "[Content_Types].xml", "_rels/.rels"
_STYLES, _LISTS = "styles", "numbering"


@dataclass(frozen=True, slots=True)
class _Package:
    """The trees of the XML parts, the names of all, and the relations of each part by their identities."""

    names: tuple[str, ...]
    trees: Mapping[str, Any]
    relations: Mapping[str, tuple[Any, ...]]

    @property
    def main(self) -> str:
        """The part with the body, by the relation of the package; empty where there is none."""
        return next((path for kind, path in self.led("") if kind == "officeDocument"), "")

    def led(self, owner: str) -> Iterator[tuple[str, str]]:
        """Kind and part of each relation that stays inside the package."""
        for one in self.relations.get(owner, ()):
            if one.get("TargetMode") != "External":
                yield one.get("Type", "").rpartition("/")[2], _target(owner, one)

    def beside(self, kind: str) -> Any:
        """The tree of the part of a kind that the body leads to, None where there is none."""
        return next((self.trees.get(path) for one, path in self.led(self.main) if one == kind), None)


def package_faults(data: bytes) -> tuple[str, ...]:
    """Each thing that is wrong with a Word file as a package, in English; none where it is whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = tuple(archive.namelist())
            parts = {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        return (f"It is no package: {fault}",)
    trees, faults = {}, []
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = xml_tree(part)
            except NotXml:
                faults.append(f"{name} is no XML.")
    relations = {
        _owner(name): tuple(tree.iter(_REL)) for name, tree in trees.items() if name.endswith(".rels")
    }
    package = _Package(names, trees, relations)
    for rule in _RULES:
        faults += rule(package)
    return tuple(faults)


def _owner(rels: str) -> str:
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _target(owner: str, relation: Any) -> str:
    path = posixpath.join("/", posixpath.dirname(owner), relation.get("Target", ""))
    return posixpath.normpath(path).lstrip("/")


def _twice(where: str, what: str, values: Iterable[str | None]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{where} has the {what} {value} {times} times."


def _parts(package: _Package) -> Iterator[str]:
    yield from _twice("The package", "part", package.names)
    if package.main not in package.names:
        yield "The package leads to no document."


def _types(package: _Package) -> Iterator[str]:
    types = package.trees.get(_TYPES)
    if types is None:
        yield f"{_TYPES} is missing."
        return
    endings = {str(one.get("Extension")).casefold() for one in types.iter(f"{_TYPE}Default")}
    parts = {str(one.get("PartName")).lstrip("/") for one in types.iter(f"{_TYPE}Override")}
    for name in package.names:
        ending = name.rpartition(".")[2].casefold()
        if name != _TYPES and name not in parts and ending not in endings:
            yield f"{name} has no content type."
    yield from (f"{name} has a content type, and is missing." for name in sorted(parts - set(package.names)))


def _relations(package: _Package) -> Iterator[str]:
    for owner, relations in package.relations.items():
        where = owner or "The package"
        yield from _twice(where, "relation", (one.get("Id") for one in relations))
        for one in relations:
            if one.get("TargetMode") == "External":
                if not one.get("Type", "").endswith("/hyperlink"):
                    yield f"{where} leads out of the file, to {one.get('Target')}."
            elif _target(owner, one) not in package.names:
                yield f"{where} leads to {one.get('Target')}, which is missing."


def _relations_used(package: _Package) -> Iterator[str]:
    for name, tree in package.trees.items():
        known = {one.get("Id") for one in package.relations.get(name, ())}
        used = {value for one in tree.iter() for key, value in one.attrib.items() if str(key).startswith(_R)}
        yield from (f"{name} uses the relation {value}, which is missing." for value in sorted(used - known))


def _identities(package: _Package) -> Iterator[str]:
    body = package.trees.get(package.main)
    if body is not None:
        yield from _twice(package.main, "picture", (one.get("id") for one in body.iter(f"{_WP}docPr")))
        marks = (one.get(f"{_W}id") for one in body.iter(f"{_W}bookmarkStart"))
        yield from _twice(package.main, "bookmark", marks)
    for kind, what, element, key in (
        (_STYLES, "style", "style", "styleId"),
        (_LISTS, "list", "num", "numId"),
        (_LISTS, "list definition", "abstractNum", "abstractNumId"),
    ):
        tree = package.beside(kind)
        if tree is not None:
            yield from _twice(kind, what, (one.get(f"{_W}{key}") for one in tree.iter(f"{_W}{element}")))


def _lists(package: _Package) -> Iterator[str]:
    body, lists = package.trees.get(package.main), package.beside(_LISTS)
    if body is None:
        return
    known = {"0"}  # 0 takes a list away
    if lists is not None:
        known |= {one.get(f"{_W}numId") for one in lists.iter(f"{_W}num")}
    used = {str(one.get(f"{_W}val")) for one in body.iter(f"{_W}numId")}
    yield from (f"{package.main} uses the list {one}, which is missing." for one in sorted(used - known))


def _shape(package: _Package) -> Iterator[str]:
    tree = package.trees.get(package.main)
    body = None if tree is None else tree.find(f"{_W}body")
    if body is None:
        yield "It has no body."
        return
    for cell in body.iter(f"{_W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{_W}p":
            yield "A cell of a table does not end with a paragraph."
            return


_RULES: tuple[Callable[[_Package], Iterator[str]], ...] = (
    _parts,
    _types,
    _relations,
    _relations_used,
    _identities,
    _lists,
    _shape,
)
