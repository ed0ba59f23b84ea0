"""A copy of a Word file with comments beside its words: the words themselves, and all else in it, stay as they are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from lxml import etree

from poa.markdown import printable
from poa.packing import TYPES, packed
from poa.readers import Note
from poa.readers._parts import OFFICE, RELATION, SPACE, Package, Parts, W, relations_part, restrict
from poa.readers._places import Places
from poa.readers._recognised import refused
from poa.readers._styles import number
from poa.readers.docx import placed

_AUTHOR = "poa"
_CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def with_comments(data: bytes, notes: Sequence[Note], *, name: str) -> bytes:
    """The copy; comments that are there stay, and the new ones carry no date, so that equal input is equal bytes."""
    package = Package(data, name=name)
    if package.carries_macros:
        raise refused("macros", name)
    parts = Parts(package)
    root = parts.tree(parts.main)
    places = Places(root.find(f"{W}body"), list(placed(parts, root)), notes)
    part = parts.related("comments")
    comments = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]}) if part is None else parts.tree(part)
    ordered = sorted(
        notes, key=lambda note: (-1 if note.line is None else note.line, note.start, note.paragraph or 0)
    )
    for identity, note in zip(count(_first_free(root, comments)), ordered, strict=False):
        places.mark(note, identity)
        comments.append(_comment(identity, note.comment))
    changed = {parts.main: _written(root, parts)}
    if part is None:
        part = _new_name(parts)
        changed |= _announced(parts, part)
    changed[part] = _written(comments, parts)
    return packed(package.others(changed) | changed)


def _first_free(root: Any, comments: Any) -> int:
    """The number after the highest that a comment has."""
    marks = (f"{W}commentReference", f"{W}commentRangeStart", f"{W}commentRangeEnd")
    used = (number(one.get(f"{W}id")) for one in (*comments, *root.iter(*marks)))
    return max((one for one in used if one is not None), default=-1) + 1


def _comment(identity: int, text: str) -> Any:
    """The comment with a paragraph for each line of its text."""
    comment = etree.Element(
        f"{W}comment", {f"{W}id": str(identity), f"{W}author": _AUTHOR, f"{W}initials": _AUTHOR}
    )
    for at, line in enumerate(text.split("\n")):
        paragraph = etree.SubElement(comment, f"{W}p")
        if at == 0:  # here Word shows the comment's own sign
            etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}annotationRef")
        words = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t", {SPACE: "preserve"})
        words.text = printable(line)
    return comment


def _new_name(parts: Parts) -> str:
    folder = posixpath.dirname(parts.main)
    names = (posixpath.join(folder, f"comments{at or ''}.xml") for at in count())
    return next(one for one in names if one not in parts.package)


def _announced(parts: Parts, part: str) -> dict[str, bytes]:
    """The list of parts and the relations of the main part, with the comments in both."""
    if TYPES not in parts.package:
        raise refused("bad_word", parts.package.name)
    types = parts.tree(TYPES)
    etree.SubElement(types, f"{_CONTENT}Override", {"PartName": f"/{part}", "ContentType": _COMMENTS_TYPE})
    rels = relations_part(parts.main)
    if rels in parts.package:
        relations = parts.tree(rels)
    else:
        space = RELATION[1:].partition("}")[0]
        relations = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    etree.SubElement(
        relations,
        RELATION,
        {
            "Id": next(_free_ids(parts)),
            "Type": f"{OFFICE}/relationships/comments",
            "Target": posixpath.basename(part),
        },
    )
    return {TYPES: _written(types), rels: _written(relations, parts)}


def _free_ids(parts: Parts) -> Iterator[str]:
    used = parts.relations(parts.main)
    return (one for one in (f"rIdPoa{at}" for at in count(1)) if one not in used)


def _written(root: Any, parts: Parts | None = None) -> bytes:
    xml: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return restrict(xml) if parts and parts.is_strict else xml
