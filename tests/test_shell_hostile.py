"""A hostile shell is refused with the part and the element, or its poison stays behind: one test a threat.

The threats are those of the project's list of what Word templates can do, in its order.
"""

import re
import socket
import tracemalloc

import pytest
from conftest import often
from hostile_word import (
    HEAD,
    HOSTILE,
    LAUGHS,
    OFFICE,
    PACKAGE,
    bomb,
    field,
    old_word,
    relations,
    tree,
    with_doctype,
    zipped,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from made_shells import (
    A4,
    BODY,
    FIELDS,
    NAME,
    as_word_leaves_it,
    codes,
    line,
    linked,
    logo,
    parts,
    section,
    shell_file,
    words,
)
from test_writers import PICTURES, paper, says

from poa.errors import PackFault
from poa.packing import packed
from poa.writers import docx
from poa.writers import shell as shells
from poa.writers._shell_filled import scan

MICROSOFT = "http://schemas.microsoft.com/office/2006"
PAYLOADS = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% for x in range(10**9) %}{% endfor %}",
    "{{ 10 ** (10 ** 8) }}",
    "{{ seller|attr('__class__') }}",
)


def refusal(data: bytes) -> PackFault:
    """The one sentence that a shell is refused with, and the same among all its problems."""
    with pytest.raises(PackFault) as caught:
        shells.read_shell(data, name=NAME)
    fault = caught.value
    assert fault.file == NAME
    assert fault.hint
    assert "\n" not in fault.message
    assert fault.code in codes(data)
    return fault


def refused(data: bytes, code: str, *named: str) -> None:
    """Refused with a code, and a sentence that names the part and the element or relation."""
    fault = refusal(data)
    assert fault.code == code
    for name in named:
        assert name in fault.message


def written(data: bytes, **more) -> dict[str, bytes]:
    """The parts of a paper in a shell."""
    look = shells.read_shell(data, name=NAME)
    return parts(docx.write(paper(says("Words"), **more), images=PICTURES, shell=look, fields=FIELDS))


def with_parts(**more: bytes | str) -> bytes:
    return shell_file(extra={name.replace("__", "/"): part for name, part in more.items()})


# --- code in a template ----------------------------------------------------------------------------


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("place", ["body", "header", "footer", "box", "runs"])
def test_code_in_body_header_footer_and_text_box_split_over_runs(payload, place):
    """It is no mark of ours: nothing is run, and the shell is refused where it stands."""
    said = payload.replace("<", "&lt;")
    runs = {"runs": list(said)}.get(place, [said])
    if place in {"header", "footer"}:
        shown = section(default=f"{place}1")
        data = shell_file(BODY + shown, **{f"{place}1": line(said)})
    elif place == "box":
        data = shell_file(
            BODY
            + f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{line(said)}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
        )
    else:
        data = shell_file(BODY + line(*runs))
    assert codes(data) <= {"broken_mark", "unknown_field"}
    assert "paragraph" in refusal(data).message


def test_code_in_footnotes_and_in_the_title_property_stays_behind():
    """Such parts are not taken over at all."""
    core = f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{PAYLOADS[0]}</dc:title></cp:coreProperties>'
    data = shell_file(footnotes=line(PAYLOADS[0]), extra={"docProps/core.xml": core})
    assert b"__class__" not in b"".join(written(data).values())


@pytest.mark.parametrize("text", ["{{ x" * 20_000, "{" * 100_000, "{{" * 4_000 + "}}" * 4_000])
def test_quadratic_searches(text):
    """A hundred thousand braces are refused before anything looks for marks."""
    refused(shell_file(BODY + line(text)), "too_large", "braces", "word/document.xml")


def test_braces_written_as_numbers():
    """Thirty thousand marks in one paragraph, none of which is a brace in the file, are filled at once."""
    runs = "<w:r><w:t>&#123;&#123;seller&#125;&#125;</w:t></w:r>" * 30_000
    out = written(shell_file(f"{BODY}<w:p>{runs}</w:p>"), draft=False)
    assert words(packed(out))[-1] == FIELDS["seller"] * 30_000


def test_a_body_in_a_second_body():
    """Word knows one alone."""
    xml = tree("document", f"<w:body>{line('a')}</w:body><w:body>{BODY}</w:body>")
    assert codes(shell_file(extra={"word/document.xml": xml})) == {"body_place"}


# --- XML -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part", ["word/document.xml", "_rels/.rels", "[Content_Types].xml", "word/_rels/document.xml.rels"]
)
def test_billion_laughs_in_document_relations_and_content_types(part):
    """No part of a Word file has a document type."""
    usual = parts(shell_file(styles=""))[part].decode()
    xml = LAUGHS + usual.replace(HEAD, "").replace(">", ' a="&j;">', 1)
    fault = refusal(shell_file(styles="", extra={part: xml}))
    assert fault.code in {"dtd", "damaged"}  # the parser gives up where a few signs become a million
    assert part in fault.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_quadratic_blow_up_and_a_document_type_in_utf_16(encoding):
    """Found by the parser, not by a search in bytes."""
    refused(with_doctype(f'<!DOCTYPE w [<!ENTITY a "{"a" * 9000}">]>', "&a;" * 90, encoding), "dtd", "DTD")


@pytest.mark.parametrize("kind", ["SYSTEM 'file:///etc/hostname'", "SYSTEM 'http://127.0.0.1:9/a'"])
def test_external_entities(kind):
    """Neither read nor left in the output."""
    refused(with_doctype(f"<!DOCTYPE w [<!ENTITY a {kind}>]>"), "dtd", "word/document.xml")
    note = tree("footnotes", "").replace(HEAD, f"<!DOCTYPE w [<!ENTITY a {kind}>]>")
    out = written(shell_file(footnotes="", extra={"word/footnotes.xml": note}))
    assert b"ENTITY" not in b"".join(out.values())


# --- the zip ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "made",
    [
        ("word/document.xml", b"<w:p/>", 20_000_000),
        ("[Content_Types].xml", b" ", 100 << 20),
        ("_rels/.rels", b" ", 100 << 20),
    ],
    ids=["document", "types", "relations"],
)
def test_zip_bomb(made):
    """It stops when the limit is reached, with no more in memory than a few parts have."""
    data = bomb(*made)
    tracemalloc.start()
    refused(data, "too_large")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 << 20


def test_zip_bomb_in_a_picture_that_is_shown():
    """A picture may have 20 MB, whatever the zip says."""
    own = bomb("word/media/a.png", b"\0", 100 << 20)
    usual = parts(shell_file(logo()))
    whole = {**usual, "word/_rels/document.xml.rels": relations(("logo", "image", "media/a.png")).encode()}
    whole["word/media/a.png"] = b"\x89PNG\r\n\x1a\n" + b"\0" * (21 << 20)
    refused(packed(whole), "too_large")
    assert len(own) < 1 << 20


@pytest.mark.parametrize(
    "case", ["a false size", "overlapping parts", "six thousand parts", "six hundred headers"]
)
def test_false_sizes_overlapping_entries_and_many_parts(case):
    """What the zip states is not believed, and five hundred parts are enough for a letterhead."""
    assert refusal(HOSTILE[case][0]()).code in {"damaged", "too_large"}


def test_a_chain_of_relations():
    """Only what the document itself leads to is looked at."""
    chain = {
        f"word/_rels/header{at}.xml.rels": relations(("next", "header", f"header{at + 1}.xml"))
        for at in range(1, 200)
    }
    chain |= {f"word/header{at}.xml": tree("hdr", line("a")) for at in range(2, 200)}
    out = written(
        shell_file(BODY + section(default="header1"), header1=line("Acme"), extra=chain), draft=False
    )
    assert [name for name in out if "header" in name] == ["word/header1.xml"]


@pytest.mark.parametrize(
    "case",
    [
        *("a part twice", "a part twice but for its case", "a name with a backslash", "a name that leads up"),
        *("a name from the root", "a name with a zero", "an odd way of packing", "an unknown way of packing"),
        *("a wrong checksum", "no packed bytes"),
    ],
)
def test_duplicate_and_strange_members(case):
    """Refused as damaged: Word's standard forbids each."""
    assert refusal(HOSTILE[case][0]()).code == "damaged"


def test_a_program_carried_along():
    """A member that no relation of ours leads to is not in the output, whatever its name."""
    out = written(shell_file(extra={"word/run.exe": b"MZ", "word/media/a.png": b"MZ", "a.lnk": b"x"}))
    assert not [name for name in out if name.endswith((".exe", ".lnk", ".png"))]
    assert not [name for name, data in out.items() if data.startswith(b"MZ")]


# --- what acts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("attachedTemplate", "attached_template"),
        ("image", "external_relation"),
        ("styles", "external_relation"),
        ("header", "external_relation"),
        ("aFChunk", "alt_chunk"),
        ("oleObject", "ole"),
        ("subDocument", "alt_chunk"),
        ("frame", "alt_chunk"),
        ("video", "external_relation"),
        ("anythingNew", "external_relation"),
    ],
)
@pytest.mark.parametrize("target", ["https://evil.example/a", "file://host/share/a", "http://127.0.0.1:9/a"])
def test_attached_template_remote_image_and_other_parts_from_outside(kind, code, target):
    """A link in the text is all that may lead out of the file."""
    refused(linked(kind, target), code, "word/_rels/document.xml.rels", kind)


def test_attached_template_in_the_settings():
    """Also where its relation hangs on the settings, as Word writes it."""
    data = shell_file(
        settings='<w:attachedTemplate r:id="t"/>',
        extra={
            "word/_rels/settings.xml.rels": relations(("t", "attachedTemplate", "file:///C:/Letter.dotm"))
        },
    )
    assert codes(data) == {"attached_template"}
    messages = [one.message for one in shells.problems(data, name=NAME) if one.severity == "error"]
    assert any("<w:attachedTemplate>" in one for one in messages)
    assert "Normal" in (refusal(data).hint or "")


@pytest.mark.parametrize("target", [r"\\host\share\a.png", "//host/a.png", "file:///C:/a.png"])
def test_a_picture_on_a_share(target):
    """By a relation, by a link in the picture, or by an attribute of an old drawing."""
    own = relations(("x", "image", "y")).replace(
        'Target="y" TargetMode="Internal"', f'Target="{target}" TargetMode="External"'
    )
    refused(
        shell_file(BODY + logo("x"), extra={"word/_rels/document.xml.rels": own}),
        "external_relation",
        "image",
    )
    link = logo("x").replace("r:embed", "r:link")
    assert "external_relation" in codes(shell_file(BODY + link, extra={"word/_rels/document.xml.rels": own}))
    old = f'<w:p><w:r><w:pict><v:shape><v:imagedata src="{target}"/></v:shape></w:pict></w:r></w:p>'
    refused(shell_file(BODY + old), "external_relation", "v:imagedata", "src", "paragraph 2")


CODES = (
    r'DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc"',
    'DDE "cmd" "/c calc"',
    "INCLUDETEXT http://127.0.0.1:9/a",
    'INCLUDEPICTURE "http://127.0.0.1:9/a.png" \\d',
    "IMPORT a.png",
    "LINK Excel.Sheet.8 a.xlsx",
    "AUTOTEXT a",
    "MACROBUTTON a b",
    "MERGEFIELD name",
    'HYPERLINK "http://127.0.0.1:9/"',
    'HYPERLINK \\l "a" \\o "b" "file:///a"',
    "RD \\\\host\\a.docx",
    "DATE",
    'TIME \\@ "d.M.yyyy"',
    "USERNAME",
    "AUTHOR",
    "FILENAME \\p",
    "DOCPROPERTY Company",
    "FORMTEXT",
    "ASK a b",
    "= 1 + 1",
    "PAGEX",
    "PAGE \\\\host\\share",
    "",
)


@pytest.mark.parametrize("code", CODES)
def test_field_codes(code):
    """In the long form and the short, in the body and in a footer; cut over runs they are the same code."""
    escaped = code.replace("&", "&amp;").replace('"', "&quot;")
    short = f'<w:p><w:fldSimple w:instr="{escaped}"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    long = f"<w:p>{field(escaped, '1')}</w:p>"
    cut = long.replace(
        f"<w:instrText>{escaped}</w:instrText>",
        "".join(f"<w:instrText>{one}</w:instrText>" for one in re.findall(r"&\w+;|.", escaped)),
    )
    for paragraph in (short, long, cut):
        refused(shell_file(BODY + paragraph), "field_code", "word/document.xml, paragraph 2", code[:20])
        footed = shell_file(BODY + section(default="footer1"), footer1=paragraph)
        refused(footed, "field_code", "word/footer1.xml, paragraph 1")


@pytest.mark.parametrize(
    "code",
    [
        "PAGE",
        " page ",
        "PAGE \\* MERGEFORMAT",
        "NUMPAGES \\# 0",
        "SECTIONPAGES",
        'TOC \\o "1-3" \\h \\z \\u',
        "REF _Ref1 \\h",
        "PAGEREF _Toc1 \\h",
        'HYPERLINK \\l "_Toc1"',
    ],
)
def test_field_codes_that_may_stand(code):
    """Page numbers, a table of contents, and references inside the paper."""
    assert codes(shell_file(f"{BODY}<w:p>{field(code, '1')}</w:p>")) == set()


@pytest.mark.parametrize(
    "runs",
    [
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE </w:instrText></w:r>{field("PAGE", "1")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{field("DDE a", "1")}<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ],
)
def test_field_codes_hidden_in_other_fields(runs):
    """A code outside of a field, one that never ends, and one in another's code."""
    assert codes(shell_file(f"{BODY}<w:p>{runs}</w:p>")) == {"field_code"}


@pytest.mark.parametrize(
    ("inner", "code", "named"),
    [
        ('<w:altChunk r:id="x"/>', "alt_chunk", "<w:altChunk>"),
        ('<w:p><w:r><w:object><o:OLEObject r:id="x"/></w:object></w:r></w:p>', "ole", "<w:object>"),
        (
            '<w:p><w:r><w:pict><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:pict></w:r></w:p>',
            "ole",
            "<o:OLEObject>",
        ),
        ('<w:p><w:r><w:control r:id="x"/></w:r></w:p>', "ole", "<w:control>"),
        ('<w:p><w:subDoc r:id="x"/></w:p>', "alt_chunk", "<w:subDoc>"),
        ('<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>', "notes", "<w:footnoteReference>"),
        (
            '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro w:val="a"/></w:ffData></w:fldChar></w:r></w:p>',
            "form",
            "<w:ffData>",
        ),
        ("<w:p><w:r><w:dayLong/></w:r></w:p>", "unsupported_element", "<w:dayLong>"),
        ('<script xmlns="http://www.w3.org/1999/xhtml">x</script>', "unsupported_element", "script"),
        ("<w:p><w:p/></w:p>", "damaged", "<w:p>"),
    ],
)
def test_alt_chunk_ole_and_other_elements_that_act(inner, code, named):
    """Each is named; so is the part."""
    inner = inner.replace("<o:", "<o:").replace(
        "<w:object>", '<w:object xmlns:o="urn:schemas-microsoft-com:office:office">'
    )
    refused(shell_file(BODY + inner), code, named, "word/document.xml")


def test_charts_and_diagrams():
    """A drawing is a picture or a shape."""
    chart = logo("x").replace(
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"',
        'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"',
    )
    assert "unsupported_element" in codes(shell_file(BODY + chart))
    assert "unsupported_relation" in codes(linked("chart", "charts/chart1.xml"))


def test_vba_project():
    """By its relation, by its name alone, and by the type of the file."""
    refused(linked("vbaProject", "vbaProject.bin", prefix=MICROSOFT), "macro", "vbaProject")
    refused(shell_file(extra={"word/vbaProject.bin": b"x"}), "macro", "word/vbaProject.bin")
    types = parts(shell_file())["[Content_Types].xml"].decode()
    renamed = types.replace(
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        "vnd.ms-word.document.macroEnabled.main",
    )
    refused(shell_file(extra={"[Content_Types].xml": renamed}), "macro", "[Content_Types].xml")


def test_web_extension_and_ribbon():
    """Both hang on the package and not on the document."""
    for kind, code in (("webextensiontaskpanes", "web_extension"), ("extensibility", "macro")):
        rels = relations(("rId1", "officeDocument", "word/document.xml"), ("x", kind, "word/a.xml"))
        refused(shell_file(extra={"_rels/.rels": rels, "word/a.xml": "<a/>"}), code, "_rels/.rels", kind)


@pytest.mark.parametrize(
    "target",
    [
        *("http://a.example", "javascript:alert(1)", "file:///etc/passwd", "ms-word:ofe|u|https://a.example"),
        *(
            "search-ms:query=a",
            "https://a.example/ b",
            "https:/a.example",
            "ftp://a.example",
            "//host/a",
            " https://a.example",
        ),
    ],
)
def test_odd_link_schemes(target):
    """https and mailto, spelt as they should be."""
    own = relations(("x", "hyperlink", "y")).replace(
        'Target="y" TargetMode="Internal"', f'Target="{target}" TargetMode="External"'
    )
    link = '<w:p><w:hyperlink r:id="x"><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p>'
    assert "external_relation" in codes(shell_file(BODY + link, extra={"word/_rels/document.xml.rels": own}))


@pytest.mark.parametrize("target", ["https://acme.example/?a=1", "mailto:jo@acme.example"])
def test_links_that_may_stand(target):
    """They are still there in the paper."""
    link = '<w:p><w:hyperlink r:id="x"><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p>'
    own = relations(("x", "hyperlink", "y")).replace(
        'Target="y" TargetMode="Internal"', f'Target="{target}" TargetMode="External"'
    )
    out = written(shell_file(BODY + link, extra={"word/_rels/document.xml.rels": own}))
    assert target.encode() in out["word/_rels/document.xml.rels"]


@pytest.mark.parametrize("kind", ["document.macroEnabled", "template", "template.macroEnabledTemplate"])
def test_docm_or_dotx_renamed(kind):
    """Told as what it is."""
    types = parts(shell_file())["[Content_Types].xml"].decode()
    renamed = types.replace("wordprocessingml.document.main", f"wordprocessingml.{kind}.main")
    fault = refusal(shell_file(extra={"[Content_Types].xml": renamed}))
    assert re.search(r"\.docm|\.dotx", fault.message)


def test_hidden_and_white_text_and_links_that_lie():
    """Notes: a consultant may want them, and should know of them."""
    link = '<w:p><w:hyperlink r:id="x"><w:r><w:t>www.amazon.com</w:t></w:r></w:hyperlink></w:p>'
    data = shell_file(
        BODY + line("a", look="<w:vanish/>") + line("b", look='<w:color w:val="FFFFFF"/>') + link,
        links=(("x", "hyperlink", "https://amazon.evil.example/"),),
    )
    notes = [
        (one.code, one.paragraph) for one in shells.problems(data, name=NAME) if one.code != "style_made"
    ]
    assert notes == [("hidden_text", 2), ("hidden_text", 3), ("link_text", 4)]
    honest = shell_file(BODY + link, links=(("x", "hyperlink", "https://amazon.com/help"),))
    assert {one.code for one in shells.problems(honest, name=NAME)} == {"style_made"}


@pytest.mark.parametrize(
    "inner",
    [
        '<w:p><w:ins w:author="Jo Doe"><w:r><w:t>a</w:t></w:r></w:ins></w:p>',
        '<w:p><w:del w:author="Jo Doe"><w:r><w:delText>a</w:delText></w:r></w:del></w:p>',
        '<w:p><w:pPr><w:rPr><w:del w:author="Jo Doe"/></w:rPr></w:pPr></w:p>',
        '<w:p><w:pPr><w:pPrChange w:author="Jo Doe"><w:pPr/></w:pPrChange></w:pPr></w:p>',
        '<w:p><w:moveFrom w:author="Jo Doe"/></w:p>',
        section(f'{A4}<w:sectPrChange w:author="Jo Doe"/>'),
    ],
)
def test_tracked_changes(inner):
    """Somebody's other words must not go out: accept or reject them first."""
    fault = refusal(shell_file(BODY + inner))
    assert fault.code == "tracked_change"
    assert "Accept" in (fault.hint or "")
    assert "Jo Doe" not in fault.message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_word"),
        (b"PK\x03\x04", "damaged"),
        (b"{\\rtf1 x}", "not_word"),
        (b"<html><p>x</p></html>", "not_word"),
        (b"%PDF-1.7", "not_word"),
        (old_word(encrypted=True), "protected"),
        (HOSTILE["a part with a password"][0](), "protected"),
        (HOSTILE["another zip"][0](), "not_word"),
        (HOSTILE["no document"][0](), "damaged"),
        (HOSTILE["another root"][0](), "damaged"),
        (HOSTILE["no XML"][0](), "damaged"),
        (HOSTILE["XML cut off"][0](), "damaged"),
        (HOSTILE["no body"][0](), "no_body"),
        (shell_file(BODY + section(default="header1")), "missing_part"),
        (b"x" * (21 << 20), "too_large"),
    ],
    ids=range(15),
)
def test_damaged_encrypted_and_foreign_files(data, code):
    """One sentence each, no traceback."""
    assert refusal(data).code == code


@pytest.mark.every_third
@pytest.mark.parametrize("case", HOSTILE)
def test_every_hostile_file_of_the_readers_is_a_problem_of_a_shell(case):
    """All of them lack a body at least; none raises anything but the one kind of error."""
    found = shells.problems(HOSTILE[case][0](), name=NAME)
    assert any(one.severity == "error" for one in found)


@settings(max_examples=often(80), deadline=None)
@given(st.data())
def test_bytes_changed_at_random_end_in_a_shell_or_in_problems(data):
    """A spoilt part is told as any other fault."""
    whole = parts(as_word_leaves_it())
    name = data.draw(st.sampled_from(sorted(whole)))
    part = bytearray(whole[name])
    at = data.draw(st.integers(0, max(len(part) - 1, 0)))
    part[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    found = shells.problems(zipped({**whole, name: bytes(part)}), name=NAME)
    if not any(one.severity == "error" for one in found):
        shells.read_shell(zipped({**whole, name: bytes(part)}), name=NAME)


def test_nothing_outside_is_fetched(monkeypatch):
    """Not while a shell is judged, nor while a paper is written."""

    def called(*_, **__):
        raise AssertionError("somebody looked outside")

    monkeypatch.setattr(socket, "socket", called)
    for kind in ("attachedTemplate", "image", "styles"):
        shells.problems(linked(kind, "http://127.0.0.1:9/a"), name=NAME)
    written(as_word_leaves_it())


# --- what goes out ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"<w:t>Words</w:t>", b"<w:instrText>DDEAUTO a</w:instrText>", "field_code"),
        (b"<w:t>Words</w:t>", b"<w:object/>", "ole"),
        (b"<w:sectPr", b'<w:altChunk r:id="rId1"/><w:sectPr', "alt_chunk"),
    ],
)
def test_the_finished_paper_is_judged_once_more(old, new, code):
    """Whatever put it there: what acts does not go out."""
    out = written(shells.starter_shell("en", name="acme"))
    scan(packed(out), name=NAME)
    assert out["word/document.xml"].count(old) == 1
    out["word/document.xml"] = out["word/document.xml"].replace(old, new)
    with pytest.raises(PackFault) as caught:
        scan(packed(out), name=NAME)
    assert caught.value.code == code


def test_every_paper_in_a_shell_is_judged(monkeypatch):
    """The writer cannot forget it."""
    judged = []
    monkeypatch.setattr(docx, "scan", lambda data, *, name: judged.append((data, name)))
    look = shells.read_shell(shells.starter_shell("en", name="acme"), name=NAME)
    data = docx.write(paper(says("a")), images={}, shell=look, fields=FIELDS)
    assert judged == [(data, NAME)]


def test_only_parts_of_the_list_go_out():
    """A package of ours has these parts and relations and no others, whatever the shell had."""
    out = written(as_word_leaves_it())
    allowed = r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|word/(_rels/)?(document|styles|numbering|settings|theme|fontTable|header\w+|footer\d+)\.xml(\.rels)?|word/media/shell\d+\.(png|jpeg|gif)"
    assert [name for name in out if not re.fullmatch(allowed, name)] == []
    kinds = {
        kind
        for name, data in out.items()
        if name.endswith(".rels")
        for kind in re.findall(rb'Type="([^"]+)"', data)
    }
    assert {kind.decode().rpartition("/")[2] for kind in kinds} <= {
        *("officeDocument", "core-properties", "extended-properties", "styles", "numbering", "settings"),
        *("header", "footer", "image", "hyperlink", "theme", "fontTable"),
    }
    assert OFFICE.encode() in out["word/_rels/document.xml.rels"]
    assert words(packed(out))
