"""The names of Word's XML that a shell may hold, and its words and pieces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# Prefixes are ours, whatever the file calls them: Word reads some in the values of attributes.
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": OFFICE,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": MC,
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
}
W, R = f"{{{SPACES['w']}}}", f"{{{SPACES['r']}}}"
_PREFIXES = {name: prefix for prefix, name in SPACES.items()}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
_WITHOUT_WORDS = {f"{W}{name}" for name in ("p", "pPr", "rPr", "txbxContent", "instrText", "sectPr")}


@cache
def name_of(tag: str) -> str:
    """A tag or attribute by our prefix: ``w:p``; ``?:p`` in a namespace that no shell needs, ``p`` in none."""
    if not tag.startswith("{"):
        return tag
    space, _, local = tag[1:].partition("}")
    if space == "http://www.w3.org/XML/1998/namespace":
        return f"xml:{local}"
    return f"{_PREFIXES.get(space, '?')}:{local}"


def ours(xml: str) -> list[Any]:
    """Elements written by ourselves, under our prefixes."""
    return list(own("x", xml))


def own(name: str, xml: str = "") -> Any:
    """A whole part written by ourselves, by the name of its root."""
    spaces = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    return etree.fromstring(f"<w:{name} {spaces}>{xml}</w:{name}>")


def child_of(parent: Any, name: str) -> Any:
    """The child of a name, made as the first one where there is none."""
    found = parent.find(f"{W}{name}")
    if found is None:
        (found,) = ours(f"<w:{name}/>")
        parent.insert(0, found)
    return found


def tidy(root: Any) -> None:
    """Take from a root what the file says there of itself, and the namespaces that nothing uses any more.

    The prefixes of what newer programs add stay: Word reads them in the values of attributes.
    """
    known = {prefix: space for prefix, space in root.nsmap.items() if space in _PREFIXES}
    for key in list(root.attrib):
        if not (name_of(root.tag) == "a:theme" and key == "name"):
            del root.attrib[key]
    newer = sorted(str(prefix) for prefix, space in known.items() if space in {SPACES["w14"], SPACES["wp14"]})
    if newer:
        root.set(f"{{{MC}}}Ignorable", " ".join(newer))
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in known if prefix])


def written(root: Any) -> bytes:
    """A tree as a part of a package."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def pieces(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The words of a paragraph, element by element; None with a tab or new line. Text boxes have their own."""
    for child in paragraph:
        if child.tag == f"{W}t":
            yield child, child.text or ""
        elif child.tag in _BREAKS:
            yield None, _BREAKS[child.tag]
        elif child.tag not in _WITHOUT_WORDS:
            yield from pieces(child)


def said(paragraph: Any) -> str:
    """What stands in a paragraph."""
    return "".join(text for _, text in pieces(paragraph))


def put(element: Any, text: str) -> None:
    """New words for a ``w:t``."""
    element.text = text
    element.set(_SPACE, "preserve")
