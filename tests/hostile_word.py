"""Word files made by hand: small ones to read, and packages that no word processor would write."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": f"{OFFICE}/relationships",
        "m": f"{OFFICE}/math",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a zip, whatever their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            info = zipfile.ZipInfo("x" * len(name), (1980, 1, 1, 0, 0, 0))
            info.filename = name  # unlike the constructor, it takes a name as it is
            package.writestr(info, part, method)
    return out.getvalue()


def tree(name: str, inner: str) -> str:
    """A part of Word's XML."""
    return f"{HEAD}<w:{name} {NAMESPACES}>{inner}</w:{name}>"


def relations(*links: tuple[str, str, str]) -> str:
    """A part of relations: id, type, target; a target with ``://`` lies outside."""
    rows = (
        f'<Relationship Id="{identity}" Type="{OFFICE}/relationships/{kind}" Target="{target}" '
        f'TargetMode="{"External" if "://" in target else "Internal"}"/>'
        for identity, kind, target in links
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def parts_of_word(
    body: str, *, links: tuple[tuple[str, str, str], ...] = (), **parts: str
) -> dict[str, bytes | str]:
    """The parts of a Word file: the body, and by name what stands in styles, footnotes, header1 and so on."""
    found: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": tree("document", f"<w:body>{body}</w:body>"),
    }
    own = [*links]
    for name, inner in parts.items():
        kind = name.rstrip("0123456789")
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        found[f"word/{name}.xml"] = tree(root, inner)
        own.append((name, kind, f"{name}.xml"))
    found["word/_rels/document.xml.rels"] = relations(*own)
    return found


def word_file(body: str, **more: str) -> bytes:
    """A Word file with a body."""
    return zipped(parts_of_word(body, **more))


def said(text: str, properties: str = "", style: str = "") -> str:
    """A paragraph of one run."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    kept = f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:p><w:pPr>{look}{properties}</w:pPr><w:r>{kept}</w:r></w:p>"


def with_part(name: str, part: bytes | str, body: str = "") -> bytes:
    """A Word file in which one part is another."""
    return zipped(parts_of_word(body or said("words")) | {name: part})


# --- packages ------------------------------------------------------------------------------------


def bomb(name: str, piece: bytes, times: int, head: bytes = b"", tail: bytes = b"") -> bytes:
    """A Word file whose part says one thing over and over; it is small until it is unpacked."""
    packer = zlib.compressobj(9, wbits=-15)
    plain = piece * max(1, (1 << 20) // len(piece))
    rounds, left = divmod(times * len(piece), len(plain))
    packed = [packer.compress(head)]
    crc = zlib.crc32(head)
    for one in [*([plain] * rounds), plain[:left], tail]:
        packed.append(packer.compress(one))
        crc = zlib.crc32(one, crc)
    packed.append(packer.flush())
    size = len(head) + times * len(piece) + len(tail)
    return _with_raw(name, b"".join(packed), crc, size)


def _with_raw(name: str, packed: bytes, crc: int, size: int) -> bytes:
    """A Word file with a part of which the zip says what it is told to say."""
    return raw_zip(
        [
            *(
                (other, zlib.compress(_bytes(part))[2:-4], zlib.crc32(_bytes(part)), len(_bytes(part)), 8, 0)
                for other, part in parts_of_word(said("words")).items()
                if other != name
            ),
            (name, packed, crc, size, 8, 0),
        ]
    )


def raw_zip(entries: list[tuple[str, bytes, int, int, int, int]]) -> bytes:
    """A zip written by hand: name, packed bytes, checksum, size, method, flags of each entry, all believed."""
    out, directory = b"", b""
    for name, packed, crc, size, method, flags in entries:
        title = name.encode()
        fields = struct.pack("<HHHHHIIIHH", 20, flags, method, 0, 0x21, crc, len(packed), size, len(title), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + fields
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + title
        out += b"PK\x03\x04" + fields + title + packed
    count = min(len(entries), 0xFFFF)
    return (
        out
        + directory
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(out), 0)
    )


def _bytes(part: bytes | str) -> bytes:
    return part.encode() if isinstance(part, str) else part


def false_size() -> bytes:
    """The zip says 1,000 bytes of a part that unpacks to 300 MB."""
    packer = zlib.compressobj(9, wbits=-15)
    packed = b"".join([*(packer.compress(b" " * (1 << 20)) for _ in range(300)), packer.flush()])
    return _with_raw("word/document.xml", packed, 0, 1000)


def overlapping() -> bytes:
    """Four hundred headers that are the same few packed bytes, 1 MB each, all of them referred to."""
    part = tree("hdr", said("a" * (1 << 20))).encode()
    packed = zlib.compress(part)[2:-4]
    names = [f"header{at}" for at in range(400)]
    body = said("words") + "".join(
        f'<w:sectPr><w:headerReference r:id="{name}"/></w:sectPr>' for name in names
    )
    plain = parts_of_word(body)
    plain["word/_rels/document.xml.rels"] = relations(*((name, "header", f"{name}.xml") for name in names))
    entries = [
        (name, zlib.compress(_bytes(one))[2:-4], zlib.crc32(_bytes(one)), len(_bytes(one)), 8, 0)
        for name, one in plain.items()
    ]
    return raw_zip(
        [*entries, *((f"word/{name}.xml", packed, zlib.crc32(part), len(part), 8, 0) for name in names)]
    )


def old_word(*, encrypted: bool) -> bytes:
    """The container of Word 97, and of a .docx with a password."""
    stream = "EncryptedPackage" if encrypted else "WordDocument"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 500


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


def with_doctype(doctype: str, text: str = "&a;", encoding: str = "utf-8") -> bytes:
    """A document with a document type, in any encoding."""
    xml = tree("document", f"<w:body>{said(text)}</w:body>").replace(HEAD, doctype)
    return with_part(
        "word/document.xml", f'<?xml version="1.0" encoding="{encoding}"?>{xml}'.encode(encoding)
    )


def nested(tag: str, times: int, inner: str = "") -> str:
    """An element in itself, over and over."""
    return f"<w:{tag}>" * times + inner + f"</w:{tag}>" * times


def field(code: str, result: str) -> str:
    """A field in its long form."""
    steps = {step: f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>' for step in ("begin", "separate", "end")}
    shown = f'{steps["separate"]}<w:r><w:t xml:space="preserve">{result}</w:t></w:r>'
    return f"{steps['begin']}<w:r><w:instrText>{code}</w:instrText></w:r>{shown}{steps['end']}"


TABLE_IN_TABLE = "<w:tbl><w:tr><w:tc>"

# By name: how it is built, and the code it is refused with; None for one that is read.
HOSTILE: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "twenty million paragraphs": (
        lambda: bomb(
            "word/document.xml",
            b"<w:p/>",
            20_000_000,
            tree("document", "<w:body>").removesuffix("</w:document>").encode(),
            b"</w:body></w:document>",
        ),
        "too_large",
    ),
    "three million paragraphs": (
        lambda: word_file("<w:p/>" * 3_000_000),
        "too_large",
    ),
    "many empty paragraphs": (lambda: word_file("<w:p/>" * 500_000), "too_large"),
    "many paragraphs with words": (lambda: word_file(said("a") * 110_000), "too_large"),
    "many attributes": (
        lambda: word_file("<w:p " + " ".join(f'a{at}="b"' for at in range(1_500_000)) + "/>"),
        "too_large",
    ),
    "a bomb in the styles": (lambda: _bomb_in("styles"), "too_large"),
    "a bomb in the content types": (
        lambda: bomb("[Content_Types].xml", b" ", 100 << 20),
        None,
    ),
    "a bomb in a picture": (lambda: bomb("word/media/image1.png", b"\0", 100 << 20), None),
    "a false size": (false_size, "bad_word"),
    "overlapping parts": (overlapping, "too_large"),
    "six thousand parts": (
        lambda: zipped(parts_of_word(said("a")) | {f"word/a{at}.xml": b"" for at in range(6000)}),
        "too_large",
    ),
    "six hundred headers": (
        lambda: word_file(
            said("a")
            + "".join(f'<w:sectPr><w:headerReference r:id="header{at}"/></w:sectPr>' for at in range(600)),
            **{f"header{at}": said("a") for at in range(600)},
        ),
        "too_large",
    ),
    "a part twice": (lambda: _twice("word/document.xml"), "bad_word"),
    "a part twice but for its case": (lambda: _twice("WORD/Document.xml"), "bad_word"),
    "a name with a backslash": (lambda: with_part("word\\a.xml", b""), "bad_word"),
    "a name that leads up": (lambda: with_part("word/../../a.xml", b""), "bad_word"),
    "a name from the root": (lambda: with_part("/etc/passwd", b""), "bad_word"),
    "a name with a zero": (lambda: with_part("word/a\0.xml", b""), "bad_word"),
    "a part with a password": (
        lambda: raw_zip([("word/document.xml", b"abc", 0, 3, 0, 1)]),
        "protected",
    ),
    "an odd way of packing": (
        lambda: zipped(parts_of_word(said("a")), zipfile.ZIP_LZMA),
        "bad_word",
    ),
    "an unknown way of packing": (lambda: raw_zip([("word/document.xml", b"abc", 0, 3, 99, 0)]), "bad_word"),
    "a wrong checksum": (lambda: _with_raw("word/document.xml", b"\x03\x00", 7, 0), "bad_word"),
    "no packed bytes": (lambda: _with_raw("word/document.xml", b"\xff\xff\xff", 0, 9), "bad_word"),
    "laughs": (lambda: with_doctype(LAUGHS, "&j;"), "bad_word"),
    "a document type alone": (lambda: with_doctype("<!DOCTYPE w>", "a"), "bad_word"),
    "a document type in UTF-16": (
        lambda: with_doctype('<!DOCTYPE w [<!ENTITY a "b">]>', encoding="utf-16"),
        "bad_word",
    ),
    "an entity from outside": (
        lambda: with_doctype('<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'),
        "bad_word",
    ),
    "a document type from outside": (
        lambda: with_doctype('<!DOCTYPE w SYSTEM "http://127.0.0.1:9/a.dtd">', "a"),
        "bad_word",
    ),
    "a document type in the styles": (
        lambda: zipped(
            parts_of_word(said("a"), styles="")
            | {"word/styles.xml": tree("styles", "").replace(HEAD, '<!DOCTYPE w [<!ENTITY a "b">]>')}
        ),
        "bad_word",
    ),
    "a document type in the relations": (
        lambda: with_part(
            "_rels/.rels",
            '<!DOCTYPE w [<!ENTITY a "b">]>'
            + relations(("rId1", "officeDocument", "word/document.xml")).replace(HEAD, ""),
        ),
        "bad_word",
    ),
    "no document": (lambda: zipped({"word/styles.xml": b"", "[Content_Types].xml": b""}), "not_word"),
    "a relation to nothing": (
        lambda: with_part("_rels/.rels", relations(("rId1", "officeDocument", "word/nothing.xml"))),
        "not_word",
    ),
    "a document outside": (
        lambda: with_part("_rels/.rels", relations(("rId1", "officeDocument", "https://a.example/a.xml"))),
        None,
    ),
    "no body": (lambda: with_part("word/document.xml", tree("document", "")), "bad_word"),
    "another root": (lambda: with_part("word/document.xml", "<html/>"), "bad_word"),
    "no XML": (lambda: with_part("word/document.xml", b"\0\xff\0\xff" * 99), "bad_word"),
    "an empty document": (lambda: with_part("word/document.xml", b""), "bad_word"),
    "an unknown encoding": (
        lambda: with_part("word/document.xml", b'<?xml version="1.0" encoding="nothing-8"?><a/>'),
        "bad_word",
    ),
    "XML cut off": (
        lambda: with_part("word/document.xml", tree("document", "<w:body><w:p>")[:-20]),
        "bad_word",
    ),
    "a hundred thousand controls in each other": (
        lambda: word_file(nested("sdt", 100_000, said("a"))),
        "bad_word",
    ),
    "two hundred controls in each other": (lambda: word_file(nested("sdt", 200, said("a"))), None),
    "eighty tables in each other": (
        lambda: word_file(TABLE_IN_TABLE * 80 + said("a") + "</w:tc></w:tr></w:tbl>" * 80),
        None,
    ),
    "sixty text boxes in each other": (
        lambda: word_file("<w:p><w:r><w:txbxContent>" * 60 + said("a") + "</w:txbxContent></w:r></w:p>" * 60),
        None,
    ),
    "a paragraph of five million signs": (lambda: word_file(said("late " * 1_000_000)), None),
    "an attribute of ten million signs": (
        lambda: word_file(f'<w:p w:rsid="{"a" * 10_500_000}"/>'),
        "bad_word",
    ),
    "numbers that are none": (
        lambda: word_file(
            said("a", f'<w:outlineLvl w:val="{"9" * 5000}"/><w:numPr><w:numId w:val="x"/></w:numPr>')
            + said("b", '<w:ind w:left="-99999999999999"/>')
            + '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
            + '<w:p><w:r><w:sym w:char="zz"/><w:sym w:char="FFFFFFFFFFFF"/><w:sym/></w:r></w:p>'
        ),
        None,
    ),
    "styles in a circle": (
        lambda: word_file(
            said("a", style="a"),
            styles='<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
            '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>',
        ),
        None,
    ),
    "ten thousand styles in a row": (
        lambda: word_file(
            said("a", style="s9999"),
            styles="".join(
                f'<w:style w:styleId="s{at}"><w:basedOn w:val="s{at - 1}"/></w:style>' for at in range(10_000)
            ),
        ),
        None,
    ),
    "a note in itself, many times": (
        lambda: word_file(
            "<w:p><w:r>" + '<w:footnoteReference w:id="1"/>' * 100_000 + "</w:r></w:p>",
            footnotes=f'<w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/><w:t>{"a" * 100_000}</w:t>'
            "</w:r></w:p></w:footnote>",
        ),
        None,
    ),
    "fields that never end": (
        lambda: word_file(
            said("a")
            + '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDE x</w:instrText></w:r></w:p>'
            * 50_000
        ),
        None,
    ),
    "fields that never began": (
        lambda: word_file(
            '<w:p><w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/></w:r></w:p>'
        ),
        None,
    ),
    "everything from outside": (
        lambda: zipped(
            parts_of_word(
                f'{said("a")}<w:p>{field("DDEAUTO c:a.exe", "b")}</w:p><w:altChunk r:id="r3"/>'
                f"<w:p>{field('INCLUDETEXT http://127.0.0.1:9/a', 'c')}</w:p>",
                links=(
                    ("r1", "attachedTemplate", "http://127.0.0.1:9/a.dotm"),
                    ("r2", "image", "file://127.0.0.1/share/a.png"),
                    ("r3", "aFChunk", "http://127.0.0.1:9/a.html"),
                    ("r4", "styles", "http://127.0.0.1:9/styles.xml"),
                ),
            )
        ),
        None,
    ),
    "a relation that leads up": (
        lambda: with_part(
            "word/_rels/document.xml.rels", relations(("r1", "styles", "../../../../etc/passwd"))
        ),
        None,
    ),
    "macros": (lambda: with_part("word/vbaProject.bin", b"\0"), None),
    "a password": (lambda: old_word(encrypted=True), "protected"),
    "Word 97": (lambda: old_word(encrypted=False), "old_word"),
    "Rich Text": (lambda: rb"{\rtf1\ansi late}", "rtf"),
    "a PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3", "pdf"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0", "picture"),
    "a photo": (lambda: b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
    "a web page": (lambda: b"  <!DOCTYPE html><p>late", "not_a_paper"),
    "XML": (lambda: b'<?xml version="1.0"?><a/>', "not_a_paper"),
    "a text of LibreOffice": (
        lambda: zipped({"mimetype": b"", "content.xml": b"<a/>", "META-INF/manifest.xml": b"<a/>"}),
        "not_word",
    ),
    "a workbook": (lambda: zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b"<a/>"}), "not_word"),
    "another zip": (lambda: zipped({"a.txt": b"a"}), "not_word"),
    "an empty zip": (lambda: zipped({}), "not_word"),
    "the start of a zip": (lambda: b"PK\x03\x04" + b"\0" * 100, "bad_word"),
    "half a Word file": (lambda: word_file(said("a"))[:400], "bad_word"),
    "nothing": (lambda: b"", "empty"),
    "blanks": (lambda: b" \r\n\t", "empty"),
    "the mark of an encoding": (lambda: b"\xef\xbb\xbf\n", "empty"),
    "any bytes": (lambda: bytes(range(256)), "binary"),
    "another encoding": (lambda: "Verspätung".encode("cp1252"), "bad_encoding"),
    "UTF-16 without its mark": (lambda: "late".encode("utf-16-le"), "binary"),
    "half a sign": (lambda: b"\xff\xfea", "bad_encoding"),
    "a long text": (lambda: b"late\n" * 1_000_000, "too_large"),
    "many lines": (lambda: b"a\n" * 150_000, "too_large"),
    "a large file": (lambda: b"a" * (21 << 20), "too_large"),
}


def _bomb_in(part: str) -> bytes:
    data = parts_of_word(said("words"), styles="")
    data[f"word/{part}.xml"] = tree(part, " " * (21 << 20))
    return zipped(data)


def _twice(name: str) -> bytes:
    parts = parts_of_word(said("words"))
    entries = [
        (title, zlib.compress(_bytes(part))[2:-4], zlib.crc32(_bytes(part)), len(_bytes(part)), 8, 0)
        for title, part in parts.items()
    ]
    return raw_zip([*entries, (name, *entries[-2][1:])])
