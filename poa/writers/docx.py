"""A paper as a Word file that opens in Word and LibreOffice, and has the same bytes on every machine.

The look comes from an empty Word file (``_word_shell``) or from a consultant's (``_shell``); the words are
written as one XML text, because Word's own order of elements is easiest to see where it is written down.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import assert_never

import docx
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.document import DocumentPart

from poa.document import (
    Block,
    BulletList,
    Cited,
    Code,
    Document,
    Emphasis,
    Gap,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NumberedList,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Text,
    words,
)
from poa.errors import PackFault
from poa.markdown import printable
from poa.packing import escape, packed, quoteattr
from poa.writers import picture
from poa.writers._shell import Shell
from poa.writers._shell_filled import ground, scan
from poa.writers._shell_xml import SPACES
from poa.writers._word_shell import Ground, built_in
from poa.writers._word_styles import LIST_LEVELS, STEP, counted
from poa.writers._word_table import table_xml

SUFFIX = ".docx"

_NAMESPACES = " ".join(f'xmlns:{prefix}="{SPACES[prefix]}"' for prefix in ("w", "r", "wp", "a", "pic"))
_EMU = 635  # in a twentieth of a point; pictures are measured in these
_CAPTION_ROOM = 1400  # twentieths of a point, kept free below the tallest picture


def write(
    document: Document,
    *,
    images: Mapping[str, bytes],
    shell: Shell | None = None,
    fields: Mapping[str, str] | None = None,
) -> bytes:
    """The paper as a Word package; every picture it shows must be among ``images``.

    With a ``shell``, the words take the place of its ``{{ body }}``, and ``fields`` are the values of its
    marks (``shell.FIELDS``); raises PackFault where one that it names is not given.
    """
    base = built_in(document) if shell is None else ground(shell, document, fields or {})
    word = docx.Document(io.BytesIO(base.data))
    sheet = _Sheet(word.part, images, base, pictures=base.pictures)
    body = _element("body", "".join(_blocks(document.blocks, _Spot(), sheet)))
    _name_styles(body, base.ids)
    _put(body, word.element, base.at)
    word.part.numbering_part.element.extend(_element("numbering", "".join(sheet.numberings)))
    package = io.BytesIO()
    word.save(package)
    with zipfile.ZipFile(package) as archive:
        data = packed({name: archive.read(name) for name in archive.namelist()})
    if shell is not None:
        scan(data, name=shell.name)
    return data


def _put(body: BaseOxmlElement, root: BaseOxmlElement, at: int | None) -> None:
    """The new body in the place of the old, with what stands around the words there."""
    # The small old body moves into the large new one: moving 5,000 rows takes lxml a minute.
    old = root.body
    if at is None:
        body.append(old.sectPr)
        root.replace(old, body)
        return
    old.addnext(body)
    before, after = old[:at], old[at + 1 :]
    body[:0] = before
    body.extend(after)
    root.remove(old)


def _name_styles(body: BaseOxmlElement, ids: Mapping[str, str]) -> None:
    """Our styles by the ids that they have in a shell."""
    if all(ours == theirs for ours, theirs in ids.items()):
        return
    for element in body.iter(*(qn(name) for name in ("w:pStyle", "w:rStyle", "w:tblStyle"))):
        element.set(qn("w:val"), ids[element.get(qn("w:val"))])


def _element(name: str, xml: str) -> BaseOxmlElement:
    return parse_xml(f"<w:{name} {_NAMESPACES}>{xml}</w:{name}>")


@dataclass(slots=True)
class _Sheet:
    """What grows while one paper is written: relations, pictures and the numberings of its lists."""

    part: DocumentPart
    images: Mapping[str, bytes]
    base: Ground
    numberings: list[str] = field(default_factory=list)
    pictures: int = 0

    def words(self, content: Inlines) -> str:
        """The words as Word's runs."""
        return _runs(content, relate=self._relation)

    def _relation(self, href: str) -> str:
        return str(self.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def numbering(self, *, level: int, start: int) -> int:
        """A new numbering for one list."""
        number = self.base.bullets + 1 + len(self.numberings)
        self.numberings.append(counted(number, level=level, start=start, definition=self.base.counted))
        return number


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a block stands: how far from the margin, inside how many lists, after which sign."""

    left: int = 0
    level: int = 0
    style: str = ""
    sign: str = ""


def _blocks(blocks: Iterable[Block], spot: _Spot, sheet: _Sheet) -> Iterator[str]:
    return (_block(block, spot, sheet) for block in blocks)


def _block(block: Block, spot: _Spot, sheet: _Sheet) -> str:
    match block:
        case Heading(level=level, content=content):
            return _paragraph(sheet.words(content), replace(spot, style=f"Heading{level}"))
        case Paragraph(content=content):
            return _paragraph(sheet.words(content), spot)
        case BulletList(items=items):
            return "".join(_item(item, sheet.base.bullets, spot, sheet) for item in items)
        case NumberedList(items=items, start=start):
            number = sheet.numbering(level=_level(spot), start=start)
            return "".join(_item(item, number, spot, sheet) for item in items)
        case Table():
            table = table_xml(block, left=spot.left, total=sheet.base.width - spot.left, runs=sheet.words)
            # Word makes one table of two that touch, and wants words after the last.
            return table + _paragraph("", replace(spot, style="Spacer"))
        case Image():
            return _paragraph(_drawing(block, spot, sheet), replace(spot, style="Picture"))
        case Quote(content=content):
            return "".join(_blocks(content, replace(spot, left=spot.left + STEP, style="Quote"), sheet))
        case Rule():
            return _paragraph("", replace(spot, style="Rule"))
        case PageBreak():
            return _paragraph('<w:r><w:br w:type="page"/></w:r>', replace(spot, style="PageBreak"))
        case _:
            assert_never(block)


def _paragraph(content: str, spot: _Spot) -> str:
    style = f'<w:pStyle w:val="{spot.style}"/>' if spot.style else ""
    hanging = f' w:hanging="{STEP}"' if spot.sign else ""
    indent = f'<w:ind w:left="{spot.left}"{hanging}/>' if spot.left else ""
    properties = f"{style}{spot.sign}{indent}"
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def _level(spot: _Spot) -> int:
    return min(spot.level, LIST_LEVELS - 1)


def _item(item: tuple[Block, ...], number: int, spot: _Spot, sheet: _Sheet) -> str:
    inside = replace(spot, left=spot.left + STEP, level=spot.level + 1, style="ListParagraph")
    sign = f'<w:numPr><w:ilvl w:val="{_level(spot)}"/><w:numId w:val="{number}"/></w:numPr>'
    match item:
        case (Paragraph() | Heading() as first, *rest):
            lead = _block(first, replace(inside, sign=sign), sheet)
        case _:
            # A list in a list, or a table: the sign stands on a line of its own.
            lead, rest = _paragraph("", replace(inside, sign=sign, style="ListMarker")), list(item)
    return lead + "".join(_blocks(rest, inside, sheet))


def _drawing(image: Image, spot: _Spot, sheet: _Sheet) -> str:
    """The picture in the line of text, as large as it is, but within the page."""
    try:
        relation, picture_file = sheet.part.get_or_add_image(io.BytesIO(picture(sheet.images, image.src)))
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError) as fault:
        raise PackFault(
            "unreadable_picture", f"The picture '{image.src}' is not a PNG", hint="Draw it again."
        ) from fault
    wide, tall = picture_file.width, picture_file.height
    room = (sheet.base.width - spot.left) * _EMU / wide, (sheet.base.height - _CAPTION_ROOM) * _EMU / tall
    scale = min(1, *room)
    size = f'cx="{int(wide * scale)}" cy="{int(tall * scale)}"'
    sheet.pictures += 1
    name, said = quoteattr(printable(image.src)), quoteattr(printable(image.alt))
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{sheet.pictures}" name={name} descr={said}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{sheet.pictures}" name={name} descr={said}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """How words stand out from those around them."""

    strong: bool = False
    emphasis: bool = False
    asks: bool = False
    code: bool = False
    link: bool = False


_PLAIN = _Look()


def _runs(content: Iterable[Inline], *, relate: Callable[[str], str], look: _Look = _PLAIN) -> str:
    """The words as runs; ``relate`` gives the id of the relation that leads to an address."""
    return "".join(_inline(item, relate, look) for item in content)


def _inline(item: Inline, relate: Callable[[str], str], look: _Look) -> str:
    match item:
        case Text(text=text) | Cited(text=text):
            return _text(text, look)
        case Code(text=text):
            return _text(text, replace(look, code=True))
        case Gap():
            return _text(words((item,)), replace(look, strong=True, asks=True))
        case Strong(content=content):
            return _runs(content, relate=relate, look=replace(look, strong=True))
        case Emphasis(content=content):
            return _runs(content, relate=relate, look=replace(look, emphasis=True))
        case Link(content=content, href=href):
            inner = _runs(content, relate=relate, look=replace(look, link=True))
            if look.link:  # Word knows no link inside a link
                return inner
            return f'<w:hyperlink r:id="{relate(href)}" w:history="1">{inner}</w:hyperlink>'
        case LineBreak():
            return "<w:r><w:br/></w:r>"
        case _:
            assert_never(item)


def _text(text: str, look: _Look) -> str:
    text = escape(printable(text))
    kept = ' xml:space="preserve"' if text != text.strip() or "  " in text else ""
    return f"<w:r>{_properties(look)}<w:t{kept}>{text}</w:t></w:r>"


@cache
def _properties(look: _Look) -> str:
    style = "Code" if look.code else "Hyperlink" if look.link else ""
    inner = "".join(
        (
            f'<w:rStyle w:val="{style}"/>' if style else "",
            "<w:b/><w:bCs/>" if look.strong else "",
            "<w:i/><w:iCs/>" if look.emphasis else "",
            '<w:highlight w:val="yellow"/>' if look.asks else "",
        )
    )
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""
