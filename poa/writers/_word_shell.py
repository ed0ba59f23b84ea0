"""An empty Word file with the look of our papers: sober, readable, at home in four languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from poa.document import Document
from poa.languages import LANGUAGES
from poa.markdown import printable
from poa.packing import escape, packed
from poa.writers._word_styles import BULLETS, NUMBERING, NUMBERS, WordLanguage, styles

MARGIN = 1247  # 2.2 cm in twentieths of a point
_LETTER, _A4 = (12240, 15840), (11906, 16838)
STARTER_TABS = {
    edge - 2 * MARGIN for edge, _ in (_LETTER, _A4)
}  # the right edge of a starter's header and footer
_LONGEST_PROPERTY = 255  # Word keeps no more

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROOT = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}/relationships"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A Word file before its first word.

    ``at`` is the place of the empty paragraph that the words take, among the blocks of the body; None where
    the body is empty. ``width`` and ``height`` are the room for text in twentieths of a point, ``ids`` the
    file's names for our styles, ``bullets`` and ``counted`` its numbers of our list signs, ``pictures`` the
    highest number of a drawing in it.
    """

    data: bytes = b""
    at: int | None
    width: int
    height: int
    ids: Mapping[str, str] = field(default_factory=dict)
    bullets: int = BULLETS
    counted: int = NUMBERS
    pictures: int = 0


def page(language: str) -> tuple[int, int]:
    """Width and height of the paper: US Letter for English, A4 elsewhere."""
    return _LETTER if language in {"en", "en-US"} else _A4


def language_of(code: str) -> WordLanguage:
    """How Word names a paper's language."""
    known = LANGUAGES.get(code.split("-", maxsplit=1)[0])
    if known is None:
        return WordLanguage(code)
    if known.spaced:
        return WordLanguage(known.tag, draft=known.draft)
    # Latin words called Chinese or Japanese are cut at any letter; Word, too, calls them English.
    font = "Yu Gothic" if known.script == "japanese" else "Microsoft YaHei"
    return WordLanguage("en-US", known.tag, font, known.draft, is_asian=True)


def blank(document: Document) -> bytes:
    """The Word file of a paper before its first word."""
    return packed({name: (HEAD + xml).encode() for name, xml in blank_parts(document).items()})


def blank_parts(document: Document) -> dict[str, str]:
    """The same as its parts, each without the line that every XML begins with."""
    language = language_of(document.language)
    return {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": PACKAGE_RELATIONS,
        "docProps/app.xml": APPLICATION,
        "docProps/core.xml": properties(document),
        "word/_rels/document.xml.rels": _relations(_DOCUMENT_RELATIONS[: None if document.draft else -1]),
        "word/document.xml": f"<w:document {ROOT}><w:body>{_section(document)}</w:body></w:document>",
        "word/footer1.xml": f"<w:ftr {ROOT}>{_FOOTER}</w:ftr>",
        "word/header1.xml": f"<w:hdr {ROOT}>{_HEADER.format(language.draft)}</w:hdr>",
        "word/numbering.xml": f"<w:numbering {ROOT}>{NUMBERING}</w:numbering>",
        "word/settings.xml": f"<w:settings {ROOT}>{_SETTINGS}</w:settings>",
        "word/styles.xml": f"<w:styles {ROOT}>{styles(language)}</w:styles>",
    }


def built_in(document: Document) -> Ground:
    """The ground with the built-in look."""
    width, height = (edge - 2 * MARGIN for edge in page(document.language))
    return Ground(data=blank(document), at=None, width=width, height=height)


def _relations(targets: tuple[tuple[str, str], ...]) -> str:
    rows = (
        f'<Relationship Id="rId{i}" Type="{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def properties(document: Document) -> str:
    """What the file says of itself: the paper's own words, never those of a library, machine or clock."""
    title, subject, author = (
        escape(printable(text)[:_LONGEST_PROPERTY])
        for text in (document.title, document.subject, document.author)
    )
    return f"""<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{author}</dc:creator>
      <dc:language>{escape(document.language)}</dc:language>
      <cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>
      <dcterms:created xsi:type="dcterms:W3CDTF">{document.dated}T00:00:00Z</dcterms:created>
      <dcterms:modified xsi:type="dcterms:W3CDTF">{document.dated}T00:00:00Z</dcterms:modified>
      <cp:contentStatus>{"Draft" if document.draft else "Final"}</cp:contentStatus></cp:coreProperties>"""


def _section(document: Document) -> str:
    width, height = page(document.language)
    header = '<w:headerReference w:type="default" r:id="rId5"/>' if document.draft else ""
    return f"""<w:sectPr>{header}<w:footerReference w:type="default" r:id="rId4"/>
      <w:pgSz w:w="{width}" w:h="{height}"/>
      <w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}"
        w:header="624" w:footer="624" w:gutter="0"/></w:sectPr>"""


PACKAGE_RELATIONS = _relations(
    (
        (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
    )
)
_DOCUMENT_RELATIONS = (
    (f"{_OFFICE}/relationships/styles", "styles.xml"),
    (f"{_OFFICE}/relationships/numbering", "numbering.xml"),
    (f"{_OFFICE}/relationships/settings", "settings.xml"),
    (f"{_OFFICE}/relationships/footer", "footer1.xml"),
    (f"{_OFFICE}/relationships/header", "header1.xml"),  # last: a final paper has none
)
APPLICATION = f'<Properties xmlns="{_OFFICE}/extended-properties"><DocSecurity>0</DocSecurity></Properties>'
_HEADER = '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
_FOOTER = """<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>
    <w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>
    <w:r><w:t xml:space="preserve"> / </w:t></w:r>
    <w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>"""
# Mode 15 is today's Word; without it Word opens the file in a mode for older versions.
_SETTINGS = """
    <w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>
    <w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"
      w:val="15"/></w:compat><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>"""
_CONTENT_TYPES = "".join(
    (
        f'<Types xmlns="{_PACKAGE}/content-types">',
        f'<Default Extension="rels" ContentType="{_TYPE}package.relationships+xml"/>',
        '<Default Extension="xml" ContentType="application/xml"/>',
        f'<Override PartName="/docProps/app.xml" ContentType="{_TYPE}officedocument.extended-properties+xml"/>',
        f'<Override PartName="/docProps/core.xml" ContentType="{_TYPE}package.core-properties+xml"/>',
        *(
            f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}officedocument.wordprocessingml.{kind}+xml"/>'
            for part, kind in (
                ("document", "document.main"),
                ("footer1", "footer"),
                ("header1", "header"),
                ("numbering", "numbering"),
                ("settings", "settings"),
                ("styles", "styles"),
            )
        ),
        "</Types>",
    )
)
