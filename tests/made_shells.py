"""Shells as consultants make them, and as nobody should: small Word files written by hand."""

import io
import zipfile

from hostile_word import OFFICE, parts_of_word, relations, tree, zipped
from lxml import etree
from test_writers import PICTURES

from poa.writers import shell as shells

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAME = "acme/shell.docx"
FIELDS = {"seller": "Bay & Söhne <GmbH>", "store": "Amazon.de", "letter_date": "5. Oktober 2026"}
BODY = "<w:p><w:r><w:t>{{ body }}</w:t></w:r></w:p>"
A4 = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1134" w:left="1417"/>'


def line(*runs: str, look: str = "") -> str:
    """A paragraph whose words are cut over runs."""
    said = "".join(f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return f"<w:p>{said}</w:p>"


def section(inner: str = A4, **shown: str) -> str:
    """A section; ``default="header1"`` and so on say which part stands at its top or foot."""
    marks = "".join(
        f'<w:{part.rstrip("0123456789")}Reference w:type="{kind.rstrip("_")}" r:id="{part}"/>'
        for kind, part in shown.items()
    )
    return f"<w:sectPr>{marks}{inner}</w:sectPr>"


def shell_file(body: str = BODY, *, extra: dict[str, bytes | str] | None = None, **more) -> bytes:
    """A shell with a body; ``more`` are its styles, numbering, headers, links as in hostile_word."""
    return zipped(parts_of_word(body, **more) | (extra or {}))


def text_box(words: str) -> str:
    """A paragraph with a text box as Word writes it: once for today's programs, once for old ones."""
    inside = f"<w:txbxContent>{words}</w:txbxContent>"
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" '
        'distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" '
        'allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0'
        '</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset>'
        '</wp:positionV><wp:extent cx="2400000" cy="600000"/><wp:wrapTopAndBottom/><wp:docPr id="7" name="Box"/>'
        '<wp:cNvGraphicFramePr/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2400000" cy="600000"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{inside}</wps:txbx><wps:bodyPr/>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:shape id="s" style="position:absolute;width:189pt;height:47pt"><v:textbox>{inside}</v:textbox></v:shape>'
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def logo(relation: str = "logo") -> str:
    """A picture in a line of text."""
    a, pic = (f"http://schemas.openxmlformats.org/drawingml/2006/{one}" for one in ("main", "picture"))
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="400000" cy="200000"/>'
        r'<wp:docPr id="3" name="Logo" descr="C:\Users\jo.doe\logo.png"/>'
        f'<a:graphic xmlns:a="{a}"><a:graphicData uri="{pic}"><pic:pic xmlns:pic="{pic}"><pic:nvPicPr>'
        '<pic:cNvPr id="3" name="jo-doe-private.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="400000" cy="200000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def as_word_leaves_it() -> bytes:
    """A cover, a letterhead with a logo, and all that Word and a person's editing leave in a file."""
    cover = (
        '<w:sdt><w:sdtPr><w:alias w:val="Title"/><w:dataBinding w:xpath="/x" w:storeItemID="{0}"/></w:sdtPr>'
        f"<w:sdtContent>{line('{{ ti', 'tle }}', look='<w:b/>')}</w:sdtContent></w:sdt>"
        f"{text_box(line('For {{ seller }}'))}"
        '<w:p w:rsidR="00A1" w:rsidRDefault="00B2"><w:commentRangeStart w:id="0"/><w:r><w:t>{{ letter_date }}</w:t>'
        '</w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:proofErr w:type="spellStart"/></w:p>'
        f"<w:p><w:pPr>{section(A4 + '<w:titlePg/>', default='header1', first='header2', default_='footer1')}</w:pPr></w:p>"
    )
    wide = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1000" w:right="800" w:bottom="1000" w:left="800"/>'
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/><w:rsid w:val="00A1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:color w:val="00AA00"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Heading2"><w:name w:val="Acme Slogan"/></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Code"><w:name w:val="Code"/></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="%1)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="0"/></w:num>'
    )
    own_list = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Enclosures</w:t></w:r></w:p>'
    pages = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PA</w:instrText></w:r><w:r><w:instrText>GE '
        r'\* MERGEFORMAT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    return shell_file(
        f"{cover}{line('Dear Amazon,')}{BODY}{own_list}{section(wide)}",
        links=(("footnotes", "footnotes", "footnotes.xml"), ("comments", "comments", "comments.xml")),
        styles=styles,
        numbering=numbering,
        settings='<w:rsids><w:rsid w:val="00A1"/></w:rsids><w:evenAndOddHeaders/><w:docVars><w:docVar w:name="a" w:val="jo.doe"/></w:docVars>',
        header1=logo() + line("{{ sel", "ler", " }} – ", "{{store}}"),
        header2=line("Acme Consulting"),
        footer1=pages,
        extra={
            "word/_rels/header1.xml.rels": relations(("logo", "image", "media/jo-doe.png")),
            "word/media/jo-doe.png": PICTURES["a.png"],
            "word/comments.xml": tree("comments", '<w:comment w:id="0" w:author="Jo Doe"/>'),
            "word/footnotes.xml": tree("footnotes", ""),
            "docProps/custom.xml": "<x>jo.doe</x>",
            "docProps/core.xml": "<x>jo.doe</x>",
        },
    )


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def words(data: bytes, part: str = "word/document.xml") -> list[str]:
    """What each paragraph of a part says, text boxes included."""
    root = etree.fromstring(parts(data)[part])
    return ["".join(one.itertext(f"{W}t")) for one in root.iter(f"{W}p")]


def codes(data: bytes) -> set[str]:
    """The codes of all faults of a shell."""
    return {one.code for one in shells.problems(data, name=NAME) if one.severity == "error"}


def linked(kind: str, target: str, *, identity: str = "x", prefix: str = OFFICE) -> bytes:
    """A shell whose document has one more relation."""
    own = relations((identity, kind, target)).replace(
        f"{OFFICE}/relationships/{kind}", f"{prefix}/relationships/{kind}"
    )
    return shell_file(extra={"word/_rels/document.xml.rels": own})
