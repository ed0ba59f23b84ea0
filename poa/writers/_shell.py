"""A consultant's Word file as the look of papers: read once, checked whole, cleaned, ready to be filled."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from poa.errors import PackFault
from poa.packing import quoteattr
from poa.writers._shell_found import Found, ShellProblem
from poa.writers._shell_marks import BODY, body, names
from poa.writers._shell_notes import note_spacing, note_styles, note_words
from poa.writers._shell_package import Opened, opened, picture_kind
from poa.writers._shell_page import NARROWEST, between_margins, end_section, move_tabs, room, section_of
from poa.writers._shell_rules import judged
from poa.writers._shell_settings import settings
from poa.writers._shell_styles import merged, no_styles, numbered
from poa.writers._shell_xml import OFFICE, PACKAGE, SPACES, W, ours, own, tidy, written
from poa.writers._word_shell import HEAD, STARTER_TABS, Ground

_STORIES = ("document", "header", "footer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell(Ground):
    """The look of papers, made in Word: a ground without data until it is filled.

    ``fields`` are the names of its marks, ``styles`` those of ours that it has, ``missing`` those made for it,
    ``notes`` what its maker should know, ``parts`` its cleaned parts by name.
    """

    name: str
    fields: tuple[str, ...]
    styles: tuple[str, ...]
    missing: tuple[str, ...]
    notes: tuple[ShellProblem, ...]
    parts: Mapping[str, bytes]


def read_shell(data: bytes, *, name: str) -> Shell:
    """The shell in a file; raises PackFault, at part and paragraph, for its first fault."""
    found = Found()
    shell = _shell(data, name, found)
    if shell is None:
        raise found.errors[0].fault(name)
    return shell


def problems(data: bytes, *, name: str) -> tuple[ShellProblem, ...]:
    """Every fault and note of a file in one run, faults first; none where all is well."""
    found = Found()
    try:
        shell = _shell(data, name, found)
    except PackFault as fault:
        found.add(fault.code, fault.message, fault.hint or "")
        shell = None
    notes = found.notes if shell is None else shell.notes
    return (*found.errors, *notes)


def _shell(data: bytes, name: str, found: Found) -> Shell | None:
    parts = opened(data, name=name, found=found)
    for part in parts.parts:
        if part.kind != "settings":
            judged(part, found)
        tidy(part.root)
    marks = {one: None for part in parts.of(*_STORIES) for one in names(part, found)}
    paragraph = body(parts.of(*_STORIES), found)
    shape = settings(next(iter(parts.of("settings")), None), found)
    for part in parts.of(*_STORIES):
        note_words(part, found)
    look = next((part.root for part in parts.of("styles")), None)
    look = no_styles() if look is None else look
    made = merged(look)
    note_styles(made, found)
    note_spacing(look, made, found)
    main = parts.main.root.find(f"{W}body")
    if main is None:
        found.add("damaged", "It has no body.", "Save it again in Word.", part=parts.main.name)
    if main is None or paragraph is None:
        return None
    at = _placed(main, paragraph)
    page = section_of(main, at)
    width, height = room(page)
    for part in parts.of("header", "footer"):
        move_tabs(part.root, own=STARTER_TABS, to=between_margins(page))
    if width < NARROWEST or height < NARROWEST:
        message = "The page of {{ body }} leaves its text less than 3.5 cm between the margins."
        found.add("no_room", message, "Make the margins smaller, or the page larger.", part=parts.main.name)
    if found.errors:
        return None
    lists = next((part.root for part in parts.of("numbering")), None)
    lists = own("numbering") if lists is None else lists
    bullets, counted = numbered(lists)
    return Shell(
        name=name,
        fields=tuple(one for one in marks if one != BODY),
        styles=made.present,
        missing=made.made,
        notes=found.notes,
        parts=parts_of(parts, {"styles": look, "numbering": lists, "settings": shape}),
        at=at,
        width=width,
        height=height,
        ids=made.ids,
        bullets=bullets,
        counted=counted,
        pictures=_pictures(parts.main.root),
    )


def _placed(body: Any, paragraph: Any) -> int:
    """Where the words go: the mark's paragraph, empty; what else it held is put before or after it."""
    end_section(body)
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    if section is not None:
        (end,) = ours('<w:p><w:pPr><w:spacing w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>')
        end[0].append(section)
        paragraph.addnext(end)
    if any(True for _ in paragraph.iter(f"{W}drawing", f"{W}pict", f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        (empty,) = ours("<w:p/>")
        paragraph.addnext(empty)
        for words in list(paragraph.iter(f"{W}t")):
            if not any(True for _ in words.iterancestors(f"{W}txbxContent")):
                words.text = ""
        paragraph = empty
    for child in list(paragraph):
        paragraph.remove(child)
    return int(body.index(paragraph))


def _pictures(root: Any) -> int:
    """The highest number of a drawing; Word wants each to have its own."""
    numbers = (one.get("id", "") for one in root.iter(f"{{{SPACES['wp']}}}docPr"))
    return max((int(one) for one in numbers if one.isascii() and one.isdigit() and len(one) < 9), default=0)


def parts_of(read: Opened, made: Mapping[str, Any]) -> dict[str, bytes]:
    """The parts under names of our own, with the relations that are used."""
    titles = dict(titles_of(read))
    out = {titles[name]: data for name, data in read.pictures.items()}
    kinds = {part.kind for part in read.parts}
    for part in read.parts:
        root = made.get(part.kind, part.root)
        used = {
            str(value)
            for one in root.iter()
            for key, value in one.attrib.items()
            if key.startswith(f"{{{OFFICE}}}")
        }
        links = [
            (identity, one.kind, one.target if one.is_outside else titles[one.target], one.is_outside)
            for identity, one in part.relations.items()
            if identity in used or one.kind in {"styles", "numbering", "settings", "theme", "fontTable"}
        ]
        if part.kind == "document":
            # Word numbers its relations rId1, rId2 …; these names are free.
            links += [(f"poa{kind}", kind, f"word/{kind}.xml", False) for kind in made if kind not in kinds]
        out[titles[part.name]] = written(root)
        if links:
            out[f"word/_rels/{posixpath.basename(titles[part.name])}.rels"] = relations(links)
    for kind in set(made) - kinds:
        out[f"word/{kind}.xml"] = written(made[kind])
    shown = {value for name, data in out.items() if name.endswith(".rels") for value in _targets(data)}
    always = {"word/document.xml", *(f"word/{kind}.xml" for kind in made)}
    # A header that no section shows, or a picture of none, stays behind.
    return {name: data for name, data in out.items() if name in always or _owner(name) in shown | always}


def titles_of(read: Opened) -> Iterator[tuple[str, str]]:
    counts = {"header": 0, "footer": 0}
    for part in read.parts:
        if part.kind in counts:
            counts[part.kind] += 1
        yield part.name, f"word/{part.kind}{counts.get(part.kind, '')}.xml"
    for number, (name, data) in enumerate(sorted(read.pictures.items()), 1):
        yield name, f"word/media/shell{number}.{picture_kind(data)}"


def _owner(name: str) -> str:
    return name.replace("_rels/", "").removesuffix(".rels")


def relations(links: list[tuple[str, str, str, bool]]) -> bytes:
    """A part of relations: id, kind, target in the package or outside it."""
    rows = "".join(
        f'<Relationship Id={quoteattr(identity)} Type="{OFFICE}/{kind}" '
        + (f'Target={quoteattr(target)} TargetMode="External"/>' if is_outside else f'Target="/{target}"/>')
        for identity, kind, target, is_outside in sorted(links)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'.encode()


def _targets(data: bytes) -> Iterator[str]:
    for one in etree.fromstring(data):
        yield one.get("Target", "").lstrip("/")
