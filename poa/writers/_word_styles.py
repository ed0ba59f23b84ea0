"""The styles and list signs of our Word files: Arial in near-black, calm spacing, thin grey lines.

Sizes are in half points, spaces and widths in twentieths of a point, as Word counts them.
"""

from __future__ import annotations

from dataclasses import dataclass

from poa.packing import quoteattr

STEP = 425  # how far each list or quote stands in
LIST_LEVELS = 9  # Word has no more
BULLETS = 1  # the numbering that all bullet lists share
NUMBERS = 1  # the definition that every numbered list counts by, each for itself

_INK, _GREY, _PALE, _BLUE, _RED = "1F2328", "6B7280", "BFC4CA", "1F4E99", "B42318"
_LATIN = 'w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"'
_FIXED = 'w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"'


@dataclass(frozen=True, slots=True)
class WordLanguage:
    """How Word names the language of each script, the font of East Asian signs, and the word for a draft."""

    tag: str
    asian_tag: str = "zh-CN"
    asian_font: str = "Microsoft YaHei"
    draft: str = "DRAFT"
    is_asian: bool = False


def styles(language: WordLanguage) -> str:
    """All styles, for the languages of a paper's scripts and the font of its East Asian signs."""
    # Quotation marks and dashes belong to both scripts; in a Chinese paper they are wide.
    hint = 'w:hint="eastAsia" ' if language.is_asian else ""
    return f"""
    <w:docDefaults>
      <w:rPrDefault><w:rPr><w:rFonts {hint}{_LATIN} w:eastAsia={quoteattr(language.asian_font)}/>
        <w:color w:val="{_INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/>
        <w:lang w:val={quoteattr(language.tag)} w:eastAsia={quoteattr(language.asian_tag)}/></w:rPr></w:rPrDefault>
      <w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>
    </w:docDefaults>{_BASE}{"".join(_heading(*look) for look in _HEADINGS)}{_PARAGRAPHS}{_WORDS}{_TABLE}"""


_BASE = """
    <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
    <w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
      <w:name w:val="Default Paragraph Font"/></w:style>
    <w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
      <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
        <w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
        <w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
    <w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>"""

_HEADINGS = ((1, 34, 0, 160), (2, 26, 240, 80), (3, 23, 180, 60), (4, 21, 140, 40))


def _heading(level: int, size: int, before: int, after: int) -> str:
    return f"""
    <w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>
      <w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>
      <w:pPr><w:keepNext/><w:keepLines/>
        <w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>
        <w:outlineLvl w:val="{level - 1}"/></w:pPr>
      <w:rPr><w:b/><w:bCs/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"""


_PARAGRAPHS = f"""
    <w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/>
      <w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="80"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:customStyle="1" w:styleId="ListMarker"><w:name w:val="List Marker"/>
      <w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:after="0"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/><w:qFormat/>
      <w:pPr><w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="{_PALE}"/></w:pBdr></w:pPr>
      <w:rPr><w:color w:val="{_GREY}"/></w:rPr></w:style>
    <w:style w:type="paragraph" w:customStyle="1" w:styleId="Picture"><w:name w:val="Picture"/>
      <w:basedOn w:val="Normal"/><w:next w:val="Normal"/>
      <w:pPr><w:keepNext/><w:spacing w:before="120" w:after="60" w:line="240" w:lineRule="auto"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:customStyle="1" w:styleId="Rule"><w:name w:val="Rule"/>
      <w:basedOn w:val="Normal"/><w:next w:val="Normal"/>
      <w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="{_PALE}"/></w:pBdr>
        <w:spacing w:after="160" w:line="120" w:lineRule="exact"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:customStyle="1" w:styleId="PageBreak"><w:name w:val="Page Break"/>
      <w:basedOn w:val="Normal"/><w:next w:val="Normal"/>
      <w:pPr><w:spacing w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:customStyle="1" w:styleId="Spacer"><w:name w:val="Spacer"/>
      <w:basedOn w:val="Normal"/><w:next w:val="Normal"/>
      <w:pPr><w:spacing w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableText"><w:name w:val="Table Text"/>
      <w:basedOn w:val="Normal"/><w:qFormat/>
      <w:pPr><w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/></w:pPr>
      <w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
    <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableHeading"><w:name w:val="Table Heading"/>
      <w:basedOn w:val="TableText"/><w:qFormat/><w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/>
      <w:pPr><w:spacing w:after="0"/><w:jc w:val="right"/></w:pPr>
      <w:rPr><w:b/><w:bCs/><w:color w:val="{_RED}"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>
      <w:pPr><w:spacing w:after="0"/><w:jc w:val="center"/></w:pPr>
      <w:rPr><w:color w:val="{_GREY}"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>"""

_WORDS = f"""
    <w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
      <w:basedOn w:val="DefaultParagraphFont"/>
      <w:rPr><w:color w:val="{_BLUE}"/><w:u w:val="single"/></w:rPr></w:style>
    <w:style w:type="character" w:customStyle="1" w:styleId="Code"><w:name w:val="Code"/>
      <w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr><w:rFonts {_FIXED}/></w:rPr></w:style>"""

_LINES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{_PALE}"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = f"""
    <w:style w:type="table" w:customStyle="1" w:styleId="Figures"><w:name w:val="Figures"/>
      <w:basedOn w:val="TableNormal"/>
      <w:tblPr><w:tblBorders>{_LINES}</w:tblBorders><w:tblCellMar>
        <w:top w:w="20" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
        <w:bottom w:w="20" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"""


def _definition(number: int, kind: str, signs: str) -> str:
    levels = "".join(
        f"""
      <w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>
        <w:lvlText w:val="{signs[level % len(signs)] if kind == "bullet" else f"%{level + 1}."}"/><w:lvlJc w:val="left"/>
        <w:pPr><w:ind w:left="{STEP * (level + 1)}" w:hanging="{STEP}"/></w:pPr>
        <w:rPr><w:rFonts w:hint="default" {_LATIN}/></w:rPr></w:lvl>"""
        for level in range(LIST_LEVELS)
    )
    return f"""
    <w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>"""


# All levels count in digits, so that Word prints the numbers that Markdown prints.
NUMBERING = (
    _definition(0, "bullet", "•◦")
    + _definition(NUMBERS, "decimal", "")
    + f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>'
)


def counted(number: int, *, level: int, start: int, definition: int = NUMBERS) -> str:
    """A numbering of its own for one list, so that it begins at its own start."""
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/><w:lvlOverride w:ilvl="{level}">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
    )
