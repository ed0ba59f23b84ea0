"""A hostile, broken or foreign file ends in a paper or in one sentence, and nothing in it is run or fetched."""

import re
import socket
import zipfile

import pytest
from conftest import mostly_deep, often
from hostile_word import HOSTILE, NAMESPACES, bomb, parts_of_word, relations, said, word_file, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from test_writers import EVERYTHING, PICTURES, paper

from poa.errors import InputFault
from poa.paper import Paper
from poa.readers import Note, annotated, read_paper
from poa.readers._parts import Package
from poa.unpacking import PART_LIMIT
from poa.writers import docx

MOST_LINES = 100_000
NOTES = [Note(line=0, start=0, text="a", comment="b"), Note(line=None, start=0, text="", comment="c")]


def read(data, name="paper.docx"):
    """The paper, or the code of the one sentence."""
    try:
        return read_paper(data, name=name)
    except InputFault as fault:
        assert str(fault).startswith(name)
        assert fault.file == name
        assert fault.hint
        assert "\n" not in str(fault)
        return fault.code


def noted(data, name="paper.docx"):
    """The copy with comments, or the code of the one sentence."""
    try:
        return annotated(data, NOTES, name=name)
    except InputFault as fault:
        assert str(fault).startswith(name)
        return fault.code


@pytest.mark.every_third
@pytest.mark.parametrize(
    "case", mostly_deep(HOSTILE, *({*HOSTILE} - {"many paragraphs with words", "fields that never end"}))
)
def test_it_ends_in_a_paper_or_in_one_sentence(case):
    """The same for a copy with comments, which reads back as the same lines."""
    build, code = HOSTILE[case]
    data = build()
    found = read(data)
    assert found == code if code else isinstance(found, Paper)
    if isinstance(found, Paper):
        assert len(found.lines) <= MOST_LINES
        assert all(line.text.strip() for line in found.lines if line.kind != "row")
    copy = noted(data)
    if code and data.startswith(b"PK"):
        assert copy == code
    elif isinstance(copy, bytes):
        assert read_paper(copy, name="paper.docx").lines == found.lines


def test_what_is_refused_is_told_apart():
    """Each sentence says what the file is and what to do with it."""
    told = {}
    for case in (
        "a password",
        "Word 97",
        "Rich Text",
        "a PDF",
        "a workbook",
        "a text of LibreOffice",
        "a web page",
    ):
        with pytest.raises(InputFault) as caught:
            read_paper(HOSTILE[case][0](), name="a.docx")
        told[case] = f"{caught.value} {caught.value.hint}"
    assert "password" in told["a password"]
    assert "save it as .docx" in told["Word 97"]
    assert "LibreOffice" in told["a text of LibreOffice"]
    assert len(set(told.values())) == len(told)


@pytest.fixture
def listener():
    """A server of our own that nobody should call."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0)
        yield server


def test_nothing_outside_is_fetched(listener):
    """Not a template, a picture, another part, a document type, nor what a field or a chunk names."""
    host = f"http://127.0.0.1:{listener.getsockname()[1]}"
    links = [
        (kind, kind, f"{host}/{kind}")
        for kind in ("attachedTemplate", "image", "styles", "header", "footnotes", "aFChunk")
    ]
    body = said("a") + '<w:altChunk r:id="aFChunk"/><w:sectPr><w:headerReference r:id="header"/></w:sectPr>'
    parts = parts_of_word(body, links=tuple(links))
    included = f'<w:document {NAMESPACES} xmlns:xi="http://www.w3.org/2001/XInclude"><w:body><xi:include href="{host}/x"/>'
    for data in (
        zipped(parts),
        zipped(parts | {"_rels/.rels": relations(("r", "officeDocument", f"{host}/document.xml"))}),
        zipped(parts | {"word/document.xml": f"{included}{said('a')}</w:body></w:document>"}),
        zipped(parts | {"word/document.xml": f'<!DOCTYPE w SYSTEM "{host}/a.dtd"><w/>'}),
        zipped(parts | {"word/document.xml": f'<!DOCTYPE w [<!ENTITY % a SYSTEM "{host}/a">%a;]><w/>'}),
    ):
        read(data)
        noted(data)
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_only_parts_that_are_needed_are_unpacked(monkeypatch):
    """A paper with a thousand pictures costs no more than one without."""
    data = zipped(
        parts_of_word(said("a")) | {f"word/media/image{at}.png": b"\0" * 1000 for at in range(1000)}
    )
    opened = []
    usual = zipfile.ZipFile.open
    monkeypatch.setattr(
        zipfile.ZipFile,
        "open",
        lambda self, one, *more: opened.append(one.filename) or usual(self, one, *more),
    )
    assert isinstance(read(data), Paper)
    assert sorted(opened) == ["_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml"]


@pytest.mark.deep
def test_unpacking_stops_at_the_limit():
    """Whatever the zip says of its sizes; the bytes are counted as they come."""
    data = bomb("word/document.xml", b" ", 1 << 30)
    package = Package(data, name="a")
    with pytest.raises(InputFault) as caught:
        package.part("word/document.xml")
    assert caught.value.code == "too_large"
    assert package._left >= PART_LIMIT  # no more than one part's worth was unpacked


def test_a_document_of_macros_gets_no_copy():
    """It is read for its words; a copy of it would hand the macros on."""
    data = HOSTILE["macros"][0]()
    assert isinstance(read(data), Paper)
    assert noted(data) == "macros"
    types = '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    renamed = zipped(parts_of_word(said("a")) | {"[Content_Types].xml": types})
    assert isinstance(read(renamed), Paper)
    assert noted(renamed) == "macros"


# --- anything at all -----------------------------------------------------------------------------

TAGS = re.findall(
    r"\w+",
    "p r t tab br cr sym del ins moveFrom moveTo tbl tr tc tcPr trPr sdt sdtContent pPr rPr pStyle numPr numId ind vanish "
    "outlineLvl sectPr headerReference footnoteReference fldChar instrText fldSimple hyperlink txbxContent drawing ruby "
    "rt lastRenderedPageBreak commentRangeStart commentReference pageBreakBefore cellDel noBreakHyphen",
)
ATTRIBUTES = {
    "fldCharType": ["begin", "separate", "end", "x"],
    "val": ["1", "0", "-1", "Heading1", "a", "", "99999999999"],
    "type": ["page", "column", "x"],
    "instr": ["PAGE", "x", ""],
    "id": ["0", "1", "x", "99999999999999999999"],
    "left": ["0", "425", "x"],
    "char": ["F0B7", "zz", ""],
}
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff<&>]"), max_size=5
)


def elements(inner):
    attributes = st.dictionaries(st.sampled_from(sorted(ATTRIBUTES)), st.integers(0, 6), max_size=2)
    return st.builds(element, st.sampled_from(TAGS), attributes, st.lists(inner, max_size=4), texts)


def element(tag, attributes, inner, text):
    own = "".join(
        f' w:{key}="{ATTRIBUTES[key][at % len(ATTRIBUTES[key])]}"' for key, at in attributes.items()
    )
    return f"<w:{tag}{own}>{text}{''.join(inner)}</w:{tag}>"


@given(
    st.lists(st.recursive(texts, elements, max_leaves=25), max_size=4),
    st.lists(
        st.builds(Note, line=st.integers(-1, 6), start=st.integers(0, 4), text=texts, comment=texts),
        max_size=4,
    ),
)
@settings(max_examples=often(200))
def test_any_tree_of_word_elements_is_read(trees, notes):
    """In any order, inside each other, with any attribute; and a copy with comments reads back the same."""
    data = word_file(
        said("first") + "".join(trees),
        styles='<w:style w:styleId="a"><w:name w:val="heading 2"/></w:style>',
        footnotes=f'<w:footnote w:id="1">{"".join(trees)}</w:footnote>',
    )
    found = read_paper(data, name="a.docx")
    assert found.lines[0].text.startswith("first") or found.lines[0].kind == "aside"
    copy = annotated(data, notes, name="a.docx")
    assert read_paper(copy, name="a.docx").lines == found.lines


WHOLE = docx.write(paper(*EVERYTHING), images=PICTURES)


@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(max_size=4)), min_size=1, max_size=4),
    st.integers(0, len(WHOLE)) | st.just(len(WHOLE)),
)
@settings(max_examples=often(200))
def test_a_damaged_file_ends_in_a_paper_or_in_one_sentence(changes, end):
    """Bytes changed, put in or taken out anywhere, and the rest cut off."""
    data = WHOLE
    for at, piece in changes:
        data = data[:at] + piece + data[at + 2 :]
    assert isinstance(read(data[:end]), Paper | str)
    assert isinstance(noted(data[:end]), bytes | str)


@given(st.binary(max_size=300) | st.binary(max_size=50).map(lambda data: b"PK\x03\x04" + data))
@settings(max_examples=often(200))
def test_any_bytes_end_in_a_paper_or_in_one_sentence(data):
    """Under any name."""
    for name in ("a.docx", "a.md", "a"):
        assert isinstance(read(data, name=name), Paper | str)
