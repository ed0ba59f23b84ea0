"""A shell filled for one paper: its marks are words, its drafts say so, its properties are the paper's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from poa.document import Document
from poa.errors import PackFault
from poa.markdown import printable
from poa.packing import TYPES, packed
from poa.unpacking import PART_LIMIT
from poa.writers._shell import Shell, relations
from poa.writers._shell_found import Found
from poa.writers._shell_marks import filled
from poa.writers._shell_package import MAIN, opened
from poa.writers._shell_page import sections
from poa.writers._shell_rules import judged
from poa.writers._shell_settings import settings
from poa.writers._shell_xml import PACKAGE, W, child_of, name_of, ours, own, said, written
from poa.writers._word_shell import APPLICATION, HEAD, PACKAGE_RELATIONS, Ground, language_of, properties
from poa.writers._word_styles import WordLanguage

_TYPE = "application/vnd.openxmlformats-"
_WORD_TYPE = f"{_TYPE}officedocument.wordprocessingml"
_KINDS = {
    "document": MAIN,
    "header": f"{_WORD_TYPE}.header+xml",
    "footer": f"{_WORD_TYPE}.footer+xml",
    "styles": f"{_WORD_TYPE}.styles+xml",
    "numbering": f"{_WORD_TYPE}.numbering+xml",
    "settings": f"{_WORD_TYPE}.settings+xml",
    "fontTable": f"{_WORD_TYPE}.fontTable+xml",
    "theme": f"{_TYPE}officedocument.theme+xml",
    "app": f"{_TYPE}officedocument.extended-properties+xml",
    "core": f"{_TYPE}package.core-properties+xml",
}
_DRAFT_LINE = """<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="right"/></w:pPr>
    <w:r><w:rPr><w:b/><w:color w:val="B42318"/><w:sz w:val="18"/></w:rPr><w:t>{}</w:t></w:r></w:p>"""
_OWN_DRAFT = "word/headerDraft.xml"
_OWN_ID = "poaDraft"


def ground(shell: Shell, document: Document, fields: Mapping[str, str]) -> Ground:
    """The shell with every field in its place; raises PackFault where one that it names is not given."""
    language = language_of(document.language)
    values = {
        "title": document.title,
        "language": document.language,
        "as_of": document.dated,
        "draft": language.draft,
        **fields,
    }
    if not document.draft:
        values["draft"] = ""
    for name in shell.fields:
        if name not in values:
            hint = f"Take {{{{ {name} }}}} out of the shell, or use the shell for other papers alone."
            raise PackFault("missing_field", f"This paper has no '{name}'.", file=shell.name, hint=hint)
    trees = {name: etree.fromstring(data) for name, data in shell.parts.items() if name.endswith(".xml")}
    own_draft = {name for name, root in trees.items() if "header" in name and _says_draft(root)}
    for name, root in trees.items():
        if name.startswith(("word/document", "word/header", "word/footer")):
            filled(root, values)
    parts = dict(shell.parts)
    if document.draft:
        mark_draft(trees, parts, own_draft, printable(values["draft"]) or language.draft)
    speak(trees, language)
    parts |= {name: written(root) for name, root in trees.items()}
    return replace(shell, data=as_word_file(parts, document))


def scan(data: bytes, *, name: str) -> None:
    """Judge a finished paper by the rules of its shell; raises PackFault where one is broken."""
    found = Found()
    paper = opened(data, name=name, found=found, xml_limit=PART_LIMIT)
    for part in paper.parts:
        if part.kind == "settings":
            settings(part, found)
        else:
            judged(part, found)
    if found.errors:
        raise found.errors[0].fault(name)


def _says_draft(root: Any) -> bool:
    return any(re.search(r"\{\{[ \u00a0]*draft[ \u00a0]*\}\}", said(one)) for one in root.iter(f"{W}p"))


def mark_draft(trees: dict[str, Any], parts: dict[str, bytes], themselves: set[str], word: str) -> None:
    """A line in each header that has no mark for it, and a header where the shell has none."""
    escaped = word.replace("&", "&amp;").replace("<", "&lt;")
    for name, root in trees.items():
        if name.startswith("word/header") and name not in themselves:
            root[:0] = ours(_DRAFT_LINE.format(escaped))
    body = trees["word/document.xml"].find(f"{W}body")
    missing = tuple(_without_header(body, trees["word/settings.xml"]))
    if not missing:
        return
    trees[_OWN_DRAFT] = own("hdr", _DRAFT_LINE.format(escaped))
    for kind in missing:  # a later section without one of its own has that of the section before
        sections(body)[0][:0] = ours(f'<w:headerReference w:type="{kind}" r:id="{_OWN_ID}"/>')
    rels = "word/_rels/document.xml.rels"
    links = [(_OWN_ID, "header", _OWN_DRAFT, False)]
    if rels not in parts:
        parts[rels] = relations(links)
        return
    root = etree.fromstring(parts[rels])
    root.extend(etree.fromstring(relations(links)))
    parts[rels] = written(root)


def _without_header(body: Any, shape: Any) -> Iterator[str]:
    """The kinds of page that show a header of which the first section has none."""
    every = sections(body)
    has = {one.get(f"{W}type", "default") for one in every[0].iterfind(f"{W}headerReference")}
    kinds = {
        "default": True,
        "first": any(_on(one, "titlePg") for one in every),
        "even": _on(shape, "evenAndOddHeaders"),
    }
    yield from (kind for kind, shows in kinds.items() if shows and kind not in has)


def _on(element: Any, name: str) -> bool:
    switch = element.find(f"{W}{name}")
    return switch is not None and switch.get(f"{W}val", "1") not in {"0", "false", "off"}


def speak(trees: dict[str, Any], language: WordLanguage) -> None:
    """The paper's language for Word's spelling and, in Chinese and Japanese, for quotes as wide as signs."""
    words = child_of(child_of(child_of(trees["word/styles.xml"], "docDefaults"), "rPrDefault"), "rPr")
    for old in words.findall(f"{W}lang"):
        words.remove(old)
    (spoken,) = ours("<w:lang/>")
    spoken.set(f"{W}val", language.tag)
    spoken.set(f"{W}eastAsia", language.asian_tag)
    after = next(
        (one for one in words if name_of(one.tag) in {"w:eastAsianLayout", "w:specVanish", "w:oMath"}), None
    )
    words.append(spoken) if after is None else after.addprevious(spoken)
    _asian(words, language)


def _asian(words: Any, language: WordLanguage) -> None:
    fonts = child_of(words, "rFonts")
    if language.is_asian:
        fonts.set(f"{W}hint", "eastAsia")
    if not fonts.get(f"{W}eastAsiaTheme") and not fonts.get(f"{W}eastAsia"):
        fonts.set(f"{W}eastAsia", language.asian_font)


def as_word_file(parts: dict[str, bytes], document: Document) -> bytes:
    """The parts as a Word file, with lists of types and properties of our own."""
    whole = {
        **parts,
        "_rels/.rels": f"{HEAD}{PACKAGE_RELATIONS}".encode(),
        "docProps/app.xml": f"{HEAD}{APPLICATION}".encode(),
        "docProps/core.xml": f"{HEAD}{properties(document)}".encode(),
    }
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{_KINDS[_kind(name)]}"/>'
        for name in sorted(whole)
        if name.endswith(".xml")
    )
    whole[TYPES] = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_TYPE}package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
        f'<Default Extension="gif" ContentType="image/gif"/>{types}</Types>'
    ).encode()
    return packed(whole)


def _kind(name: str) -> str:
    return re.sub(r"^.*/|[0-9]*\.xml$|Draft", "", name)
