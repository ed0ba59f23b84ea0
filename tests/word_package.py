"""A stricter reader of Word packages than Word: every complaint it can make, and the text it can read.

It shares no code with the writer. Orders of elements are those of ECMA-376 (wml.xsd), for the elements
that a paper of ours may hold; an element that is not listed is a complaint too.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LAYOUT = {"Rule", "Spacer", "PageBreak", "Picture", "ListMarker"}  # paragraphs that say nothing
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind "
    "contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing kern position sz szCs highlight u "
    "shd vertAlign lang",
    "numPr": "ilvl numId",
    "pBdr": "top left bottom right between bar",
    "tbl": "tblPr tblGrid tr",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tr": "trPr tc",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW gridSpan tcBorders shd noWrap vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar cols titlePg docGrid",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "numbering": "abstractNum num",
    "abstractNum": "nsid multiLevelType tmpl lvl",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "lvlOverride": "startOverride lvl",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
}
_HOLDS = {
    "body": "p tbl sectPr",
    "tc": "tcPr p tbl",
    "p": "pPr r hyperlink fldSimple",
    "r": "rPr t br drawing",
    "hyperlink": "r",
    "fldSimple": "r",
}


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a package, the XML ones parsed, and the relations of each part by their id."""

    parts: dict[str, bytes]
    trees: dict[str, etree._Element]
    relations: dict[str, dict[str, etree._Element]]

    def tree(self, name: str) -> etree._Element:
        return self.trees.get(name, etree.Element("missing"))


def check_package(data: bytes) -> list[str]:
    """Everything that Word, or a careful reader of its standard, could object to."""
    complaints = [*_zip(data)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees: dict[str, etree._Element] = {}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = etree.fromstring(part)
            except etree.XMLSyntaxError as fault:
                complaints.append(f"{name}: not well-formed: {fault}")
    relations = {
        _owner(name): {str(rel.get("Id")): rel for rel in tree}
        for name, tree in trees.items()
        if name.endswith(".rels")
    }
    package = Package(parts, trees, relations)
    for rule in _RULES:
        complaints += rule(package)
    return complaints


def read_text(data: bytes) -> str:
    """The words of the body, one line a paragraph or cell; layout paragraphs say nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    return "\n".join(
        "".join(_said(paragraph)) for paragraph in body.iter(f"{W}p") if _style(paragraph) not in _LAYOUT
    )


def _said(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab"):
        yield {"br": "\n", "tab": "\t"}.get(_name(element), element.text or "")


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _owner(rels: str) -> str:
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _target(owner: str, relation: etree._Element) -> str:
    target = str(relation.get("Target"))
    return (
        target.lstrip("/")
        if target.startswith("/")
        else posixpath.normpath(posixpath.join(posixpath.dirname(owner), target))
    )


# --- the ZIP, its parts and relations ----------------------------------------------------------


def _zip(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    names = [info.filename for info in infos]
    if names[:1] != ["[Content_Types].xml"] or names[1:] != sorted(names[1:]):
        yield "zip: parts are not in order"
    if len(set(names)) < len(names):
        yield "zip: two parts of one name"
    for info in infos:
        if info.date_time != (1980, 1, 1, 0, 0, 0) or info.create_system != 0:
            yield f"zip: {info.filename} carries a time or a system"


def _content_types(package: Package) -> Iterator[str]:
    types = package.tree("[Content_Types].xml")
    defaults = {str(e.get("Extension")) for e in types.iter(f"{_TYPES}Default")}
    overrides = {str(e.get("PartName")).lstrip("/") for e in types.iter(f"{_TYPES}Override")}
    for name in package.parts:
        if (
            name != "[Content_Types].xml"
            and name not in overrides
            and name.rpartition(".")[2] not in defaults
        ):
            yield f"{name}: no content type"
    for name in overrides - set(package.parts):
        yield f"{name}: a content type for a part that is not there"


def _relations(package: Package) -> Iterator[str]:
    reached = {"[Content_Types].xml"}
    for owner, relations in package.relations.items():
        for relation in relations.values():
            kind, target = str(relation.get("Type")).rpartition("/")[2], str(relation.get("Target"))
            if relation.get("TargetMode") == "External":
                if kind != "hyperlink" or not target.startswith(("https://", "mailto:")):
                    yield f"{owner}: an outside {kind} to {target}"
            elif _target(owner, relation) in package.parts:
                reached.add(_target(owner, relation))
            else:
                yield f"{owner}: relation to {target}, which is not there"
    for name in package.parts:
        if name not in reached and not name.endswith(".rels"):
            yield f"{name}: no relation leads here"


def _relation_ids(package: Package) -> Iterator[str]:
    for name, tree in package.trees.items():
        used = {value for e in tree.iter() for key, value in e.attrib.items() if str(key).startswith(R)}
        known = package.relations.get(name, {})
        for identity in used - set(known):
            yield f"{name}: relation {identity} is not there"
        for identity in set(known) - used:
            if str(known[identity].get("Type")).endswith(("/hyperlink", "/image", "/header", "/footer")):
                yield f"{name}: relation {identity} is not used"
    for name, tree in package.trees.items():
        ids = [str(rel.get("Id")) for rel in tree.iter(f"{_REL}Relationship")]
        yield from _twice(name, "relation", ids)


def _twice(name: str, what: str, ids: Iterable[str]) -> Iterator[str]:
    yield from (f"{name}: {what} {identity} twice" for identity, count in Counter(ids).items() if count > 1)


# --- ids, styles and lists ---------------------------------------------------------------------


def _ids(package: Package) -> Iterator[str]:
    document, numbering = package.tree("word/document.xml"), package.tree("word/numbering.xml")
    yield from _twice("document", "picture", (str(e.get("id")) for e in document.iter(f"{WP}docPr")))
    yield from _twice(
        "document", "bookmark", (str(e.get(f"{W}id")) for e in document.iter(f"{W}bookmarkStart"))
    )
    yield from _twice("numbering", "num", (str(e.get(f"{W}numId")) for e in numbering.iter(f"{W}num")))
    definitions = [str(e.get(f"{W}abstractNumId")) for e in numbering.iter(f"{W}abstractNum")]
    yield from _twice("numbering", "abstractNum", definitions)
    styles = package.tree("word/styles.xml").iter(f"{W}style")
    yield from _twice("styles", "style", (str(e.get(f"{W}styleId")) for e in styles))


def _styles(package: Package) -> Iterator[str]:
    known = {
        str(e.get(f"{W}styleId")): str(e.get(f"{W}type"))
        for e in package.tree("word/styles.xml").iter(f"{W}style")
    }
    wanted = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
    for name, tree in package.trees.items():
        for element in tree.iter(*(f"{W}{tag}" for tag in (*wanted, "basedOn", "next", "link"))):
            style, tag = str(element.get(f"{W}val")), _name(element)
            if style not in known:
                yield f"{name}: style {style} is not there"
            elif known[style] != wanted.get(tag, known[style]):
                yield f"{name}: style {style} is no {wanted[tag]} style"


def _lists(package: Package) -> Iterator[str]:
    numbering = package.tree("word/numbering.xml")
    known = {str(e.get(f"{W}numId")) for e in numbering.iter(f"{W}num")}
    for name, tree in package.trees.items():
        for element in tree.iter(f"{W}numId"):
            if element.get(f"{W}val") not in known:
                yield f"{name}: list {element.get(f'{W}val')} is not there"
        for element in tree.iter(f"{W}ilvl"):
            if str(element.get(f"{W}val")) not in set("012345678"):
                yield f"{name}: list level {element.get(f'{W}val')}"
    definitions = {str(e.get(f"{W}abstractNumId")) for e in numbering.iter(f"{W}abstractNum")}
    for element in numbering.iterfind(f"{W}num/{W}abstractNumId"):
        if element.get(f"{W}val") not in definitions:
            yield f"numbering: definition {element.get(f'{W}val')} is not there"


# --- the order and shape of elements -----------------------------------------------------------


def _order(package: Package) -> Iterator[str]:
    for name, tree in package.trees.items():
        for element in tree.iter(f"{W}*"):
            tag, children = _name(element), [_name(child) for child in element]
            allowed = _ORDER.get(tag, _HOLDS.get(tag, "")).split()
            if not allowed:
                continue
            yield from (f"{name}: {child} inside {tag}" for child in children if child not in allowed)
            places = [allowed.index(child) for child in children if child in allowed]
            if tag in _ORDER and places != sorted(places):
                yield f"{name}: {' '.join(children)} inside {tag} are out of order"


def _tables(package: Package) -> Iterator[str]:
    for table in package.tree("word/document.xml").iter(f"{W}tbl"):
        grid = [int(str(column.get(f"{W}w"))) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        total = table.find(f"{W}tblPr/{W}tblW")
        if total is None or sum(grid) != int(str(total.get(f"{W}w"))):
            yield "table: the columns do not add up to the table"
        for row in table.iterfind(f"{W}tr"):
            widths = [int(str(cell.get(f"{W}w"))) for cell in row.iterfind(f"{W}tc/{W}tcPr/{W}tcW")]
            if widths != grid:
                yield "table: a row does not fit the grid"
            if any(len(cell) == 0 or _name(cell[-1]) != "p" for cell in row.iterfind(f"{W}tc")):
                yield "table: a cell does not end with a paragraph"
        following = table.getnext()
        if following is None or _name(following) != "p":
            yield "table: no paragraph follows"


def _words(package: Package) -> Iterator[str]:
    for name, tree in package.trees.items():
        for element in tree.iter(f"{W}t"):
            text = element.text or ""
            if text != text.strip(" ") and element.get(_XML_SPACE) != "preserve":
                yield f"{name}: spaces around '{text}' would be lost"
            if "\n" in text or "\t" in text:
                yield f"{name}: a tab or new line inside words"
        for element in tree.iter(f"{W}hyperlink"):
            if next(element.iterancestors(f"{W}hyperlink"), None) is not None:
                yield f"{name}: a link inside a link"


def _whole(package: Package) -> Iterator[str]:
    for name in ("word/document.xml", "word/styles.xml", "word/settings.xml", "docProps/core.xml"):
        if name not in package.parts:
            yield f"{name}: is not there"
    body = package.tree("word/document.xml").find(f"{W}body")
    if body is None or len(body) == 0 or _name(body[-1]) != "sectPr":
        yield "document: the body does not end with its section"
    if b"python-docx" in package.parts.get("docProps/core.xml", b""):
        yield "core: names the library"
    if any(name.startswith("docProps/thumbnail") for name in package.parts):
        yield "package: holds a thumbnail"


_RULES: tuple[Callable[[Package], Iterator[str]], ...] = (
    _content_types,
    _relations,
    _relation_ids,
    _ids,
    _styles,
    _lists,
    _order,
    _tables,
    _words,
    _whole,
)
