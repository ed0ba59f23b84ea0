"""A consultant's Word file gives papers their look, and every word of it and of the paper is where it belongs."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import often
from hostile_word import zipped
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from made_shells import (
    A4,
    BODY,
    FIELDS,
    NAME,
    W,
    as_word_leaves_it,
    codes,
    line,
    parts,
    section,
    shell_file,
    text_box,
    words,
)
from test_writers import EVERYTHING, PICTURES, paper, says
from word_package import check_package, read_text

from poa.document import BulletList, Code, Heading, Image, NumberedList, Paragraph, Table, Text
from poa.errors import PackFault
from poa.markdown import printable
from poa.readers import read_paper
from poa.writers import docx
from poa.writers import shell as shells

ROOT = Path(__file__).parent.parent
STYLE_NAMES = {
    *(
        "heading 1",
        "heading 2",
        "heading 3",
        "heading 4",
        "List Paragraph",
        "List Marker",
        "Quote",
        "Picture",
    ),
    *("Rule", "Page Break", "Spacer", "Table Text", "Table Heading", "header", "footer", "Hyperlink", "Code"),
    "Figures",
}


def shell(data: bytes) -> shells.Shell:
    return shells.read_shell(data, name=NAME)


def made(data: bytes, *blocks, fields=FIELDS, **more) -> bytes:
    return docx.write(paper(*blocks, **more), images=PICTURES, shell=shell(data), fields=fields)


def root(data: bytes, part: str = "word/document.xml"):
    return etree.fromstring(parts(data)[part])


# --- the starter -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "de", "zh", "ja"])
def test_the_starter_has_nothing_to_mend(language):
    """It has no fault and no note, holds every style, and a paper in it is as sound as one without."""
    data = shells.starter_shell(language, name="acme")
    assert data == shells.starter_shell(language, name="acme")
    assert shells.problems(data, name=NAME) == ()
    assert shell(data).missing == ()
    assert set(shell(data).styles) >= STYLE_NAMES
    written = made(data, *EVERYTHING, language=language)
    assert [one for one in check_package(written) if "tab inside r" not in one] == []
    assert read_text(written) == read_text(docx.write(paper(*EVERYTHING, language=language), images=PICTURES))


def test_a_paper_says_the_same_in_a_shell_as_without():
    """The readers find the same lines, and the letterhead beside them."""
    written = made(shells.starter_shell("de", name="acme"), *EVERYTHING, language="de", draft=False)
    plain = docx.write(paper(*EVERYTHING, language="de", draft=False), images=PICTURES)
    kinds = {"heading", "paragraph", "item", "row"}
    found, usual = (
        [(one.kind, one.text) for one in read_paper(data, name="a.docx").lines if one.kind in kinds]
        for data in (written, plain)
    )
    assert found == usual
    assert words(written, "word/header1.xml") == ["Bay & Söhne <GmbH>5. Oktober 2026"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_starters_header_and_footer_follow_the_margins(language):
    """Word leaves their tabs where they were when somebody makes the left margin 5.5 cm wide."""
    package = parts(shells.starter_shell(language, name="acme"))
    package["word/document.xml"] = package["word/document.xml"].replace(b'w:left="1247"', b'w:left="3118"')
    look = shell(zipped(package))
    for story in ("header1", "footer1"):
        written = root(made(zipped(package), says("a")), f"word/{story}.xml")
        assert [one.get(f"{W}pos") for one in written.iter(f"{W}tab") if one.get(f"{W}pos")] == [
            str(look.width)
        ]


def test_tabs_that_somebody_else_made_stay():
    """A tab in the middle of a consultant's header is meant."""
    tabs = '<w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="{}"/>{}</w:tabs></w:pPr></w:p>'
    header = tabs.format("5000", "") + tabs.format("9746", '<w:tab w:val="left" w:pos="9800"/>')
    data = shell_file(BODY + section(default="header1"), header1=header)
    written = root(made(data, says("a"), draft=False), "word/header1.xml")
    assert [one.get(f"{W}pos") for one in written.iter(f"{W}tab")] == ["5000", "9746", "9800"]


# --- a shell as Word leaves it ---------------------------------------------------------------------


def test_all_marks_are_filled_wherever_they_stand():
    """Cut over runs, in a content control, in both forms of a text box, in headers and footers."""
    written = made(as_word_leaves_it(), says("Our words"), title="Plan", language="de")
    said = words(written)
    assert said[0] == "Plan"
    assert said.count("For Bay & Söhne <GmbH>") == 2  # today's text box and the old one
    assert "5. Oktober 2026" in said
    assert said.index("Dear Amazon,") + 1 == said.index("Our words") == said.index("Enclosures") - 1
    assert words(written, "word/header1.xml")[-1] == "Bay & Söhne <GmbH> – Amazon.de"
    assert not re.search(rb"\{\{|\}\}", b"".join(parts(written).values()))


def test_a_value_keeps_the_look_of_its_mark():
    """The title on the cover is bold because its mark was."""
    first = next(root(made(as_word_leaves_it(), says("a"), title="Plan")).iter(f"{W}r"))
    assert first.find(f"{W}rPr/{W}b") is not None
    assert "".join(first.itertext()) == "Plan"


def test_nothing_tells_of_who_made_the_shell():
    """No comment, revision number, property, file name or path of the consultant's."""
    whole = b"".join(parts(made(as_word_leaves_it(), says("a"))).values())
    assert not re.search(rb"(?i)jo.doe|rsid|comment|Users|proofErr|docVar", whole)
    names = set(parts(made(as_word_leaves_it(), says("a"))))
    assert not {name for name in names if "doe" in name or "custom" in name or "note" in name}


def test_pages_of_the_section_give_tables_and_pictures_their_width():
    """The body stands on the landscape page: a table fills it, a picture ends at its margin."""
    look = shell(as_word_leaves_it())
    assert (look.width, look.height) == (16838 - 1600, 11906 - 2000)
    written = made(
        as_word_leaves_it(),
        Table(((Text("a"),),), (), (None,)),
        Image("img/late days (1).png", ""),
    )
    assert next(root(written).iter(f"{W}tblW")).get(f"{W}w") == "15238"
    wide = [
        int(one.get("cx"))
        for one in root(written).iter("{*}extent")
        if one.getparent().tag.endswith("inline")
    ]
    assert wide == [15238 * 635]


@pytest.mark.parametrize(
    ("page", "width"),
    [
        (A4, 11906 - 2834),
        (f'{A4}<w:cols w:num="2" w:space="400"/>', (11906 - 2834 - 400) // 2),
        (f'{A4}<w:cols w:num="2" w:equalWidth="0"><w:col w:w="3000"/><w:col w:w="5000"/></w:cols>', 3000),
        (
            '<w:pgSz w:w="210mm" w:h="297mm"/><w:pgMar w:left="2cm" w:right="1in" w:gutter="100"/>',
            11906 - 1134 - 1540,
        ),
        ("", 12240 - 2880),
    ],
)
def test_the_width_is_that_of_the_column(page, width):
    """Whatever the paper, its margins, units, gutter and columns."""
    assert shell(shell_file(BODY + section(page))).width == width


def test_the_section_of_the_body_is_the_one_that_ends_after_it():
    """The mark may itself be the last paragraph of its section; the break stays behind the words."""
    narrow = section(
        '<w:pgSz w:w="8000" w:h="9000"/><w:pgMar w:left="500" w:right="500" w:top="500" w:bottom="500"/>'
    )
    body = f"<w:p><w:pPr>{narrow}</w:pPr><w:r><w:t>{{{{ body }}}}</w:t></w:r></w:p>{line('Back page')}{section()}"
    written = made(shell_file(body), says("Words"), draft=False)
    assert shell(shell_file(body)).width == 7000
    assert [bool(one.find(f"{W}pPr/{W}sectPr") is not None) for one in root(written).iter(f"{W}p")] == [
        *(False, True, False)
    ]
    assert words(written) == ["Words", "", "Back page"]


def test_what_hangs_on_the_paragraph_of_the_mark_stays():
    """Word hangs a text box on the paragraph beside it, and that may be the mark's."""
    box = text_box(line("Acme")).replace("</w:p>", "<w:r><w:t>{{ body }}</w:t></w:r></w:p>")
    box = box.replace("<w:r><w:t>{{ body }}</w:t></w:r></w:p>", "</w:p>", 2)  # not those in the box
    written = made(shell_file(box), says("Words"), draft=False)
    assert words(written) == ["AcmeAcme", "Acme", "Acme", "Words"]


def test_the_last_section_stands_last():
    """Where a program put it first or twice, Word would not open the paper."""
    for body in (section() + BODY, section() + BODY + section(), BODY):
        children = [etree.QName(one).localname for one in root(made(shell_file(body), says("a")))[0]]
        assert children == ["p", "sectPr"]


# --- styles and lists ------------------------------------------------------------------------------


def test_styles_are_known_by_name_and_kept_as_they_were_made():
    """ "berschrift1" is the heading, "Heading2" is a slogan, and a "Code" for paragraphs is none for words."""
    look = shell(as_word_leaves_it())
    assert "heading 1" in look.styles
    assert {"heading 2", "Code"} <= set(look.missing)
    assert {one.code for one in look.notes} == {"style_made", "left_out", "no_spacing"}
    told = " ".join(one.message for one in look.notes if one.code == "style_made")
    assert set(re.findall("'([^']+)'", told)) == set(look.missing)
    written = made(
        as_word_leaves_it(), Heading(1, (Text("a"),)), Heading(2, (Text("b"),)), Paragraph((Code("c"),))
    )
    styles = {one.get(f"{W}styleId"): one for one in root(written, "word/styles.xml").iter(f"{W}style")}
    used = {one.get(f"{W}val") for one in root(written).iter(f"{W}pStyle", f"{W}rStyle")}
    assert used >= {"berschrift1", "PoaHeading2", "PoaCode"}
    assert styles["berschrift1"].find(f"{W}rPr/{W}color").get(f"{W}val") == "00AA00"
    assert styles["PoaHeading2"].find(f"{W}basedOn").get(f"{W}val") == "Standard"
    assert styles["PoaCode"].get(f"{W}type") == "character"
    names = [one.find(f"{W}name").get(f"{W}val") for one in styles.values()]
    assert len(set(names)) == len(names)
    assert [one for one in check_package(written) if "style" in one and "is not there" in one] == []


@pytest.mark.parametrize(
    ("title", "kind", "ours"),
    [
        ("Heading 1", "paragraph", "heading 1"),
        ("HEADING 3", "paragraph", "heading 3"),
        ("Quotations", "paragraph", "Quote"),
        ("Internet Link", "character", "Hyperlink"),
        ("Source Text", "character", "Code"),
    ],
)
def test_other_names_of_built_in_styles_are_known(title, kind, ours):
    """As LibreOffice writes them, in any case."""
    style = f'<w:style w:type="{kind}" w:styleId="x1"><w:name w:val="{title}"/></w:style>'
    look = shell(shell_file(styles=style))
    assert ours in look.styles
    assert ours not in look.missing
    assert "x1" in look.ids.values()


def test_lists_of_the_shell_and_of_the_paper_count_apart():
    """Roman figures stay Roman, ours begin where they say, and no number is given twice."""
    written = made(
        as_word_leaves_it(),
        BulletList(((says("a"),),)),
        NumberedList(((says("b"),),), 4),
        NumberedList(((says("c"),),)),
    )
    numbering = root(written, "word/numbering.xml")
    forms = {
        one.get(f"{W}abstractNumId"): one.find(f"{W}lvl/{W}numFmt").get(f"{W}val")
        for one in numbering.iter(f"{W}abstractNum")
    }
    lists = {
        one.get(f"{W}numId"): forms[one.find(f"{W}abstractNumId").get(f"{W}val")]
        for one in numbering.iter(f"{W}num")
    }
    shown = [lists[one.get(f"{W}val")] for one in root(written).iter(f"{W}numId")]
    assert shown == ["bullet", "decimal", "decimal", "upperRoman"]
    assert [one.get(f"{W}val") for one in numbering.iter(f"{W}startOverride")] == ["4", "1"]
    order = [etree.QName(one).localname for one in numbering]
    assert order == sorted(order)  # all definitions before all numberings
    assert [one for one in check_package(written) if "twice" in one or "list" in one] == []


# --- drafts ----------------------------------------------------------------------------------------

EVEN = "<w:evenAndOddHeaders/>"


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        (shell_file(), 1),
        (shell_file(BODY + section(f"{A4}<w:titlePg/>")), 1),
        (shell_file(BODY + section(default="header1"), header1=line("Acme")), 1),
        (shell_file(BODY + section(f"{A4}<w:titlePg/>", default="header1"), header1=line("Acme")), 2),
        (
            shell_file(
                BODY + section(f"{A4}<w:titlePg/>", default="header1", first="header2", even="header3"),
                settings=EVEN,
                header1=line("Acme"),
                header2=line("Cover"),
                header3=line("Left"),
            ),
            3,
        ),
        (as_word_leaves_it(), 3),
    ],
)
def test_every_page_of_a_draft_says_so_and_no_page_of_a_final_paper(data, headers):
    """Headers of first and even pages, of all sections, those that the shell has and those it has not."""
    draft, final = (made(data, says("a"), language="de", draft=draft) for draft in (True, False))
    shown = [name for name in parts(draft) if re.match(r"word/header\w+\.xml", name)]
    assert len(shown) == headers
    assert all(words(draft, name)[0] == "Entwurf" for name in shown)
    assert b"Entwurf" not in b"".join(parts(final).values())
    first = next(root(draft).iter(f"{W}sectPr"))
    kinds = {one.get(f"{W}type") for one in first.iterfind(f"{W}headerReference")}
    needed = {"default"} | {"first" for _ in root(draft).iter(f"{W}titlePg")}
    needed |= {"even" for _ in root(draft, "word/settings.xml").iter(f"{W}evenAndOddHeaders")}
    assert kinds >= needed
    assert [one for one in check_package(draft) if "relation" in one] == []


def test_a_shell_may_say_itself_where_a_draft_is_shown():
    """With its own mark, no second line is added; the final paper has nothing there."""
    data = shell_file(BODY + section(default="header1"), header1=line("Acme {{ dr", "aft }}"))
    assert words(made(data, says("a"), language="ja"), "word/header1.xml") == ["Acme 下書き"]
    assert words(made(data, says("a"), draft=False), "word/header1.xml") == ["Acme "]


# --- what a paper gives ----------------------------------------------------------------------------


def test_the_paper_gives_what_it_knows_and_the_caller_the_rest():
    """Title, language and day are the paper's; a field that is asked for and not given is a fault."""
    data = shell_file(line("{{ title }}|{{ language }}|{{ as_of }}|{{ draft }}|{{ seller }}") + BODY)
    written = made(data, title="Plan", language="de", dated="2026-10-05", fields={"seller": ""})
    assert words(written)[0] == "Plan|de|2026-10-05|Entwurf|"
    with pytest.raises(PackFault, match="'seller'") as caught:
        made(data, fields={})
    assert (caught.value.code, caught.value.file) == ("missing_field", NAME)


def test_the_files_properties_are_the_papers():
    """Title, author and day; the shell's own stay behind."""
    written = made(as_word_leaves_it(), says("a"), title="Plan", author="Bay & Co", dated="2026-11-02")
    core = root(written, "docProps/core.xml")
    assert [one.text for one in core][:3] == ["Plan", None, "Bay & Co"]


def test_words_have_the_papers_language():
    """For Word's spelling; in Chinese the quotes are as wide as the signs."""
    written = made(as_word_leaves_it(), says("“a”"), language="zh")
    defaults = root(written, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert defaults.find(f"{W}lang").get(f"{W}eastAsia") == "zh-CN"
    assert defaults.find(f"{W}rFonts").get(f"{W}hint") == "eastAsia"


def test_the_same_shell_gives_the_same_bytes():
    """Read twice, written twice; a shell is not changed by the papers made of it."""
    data = as_word_leaves_it()
    one = shell(data)
    papers = {docx.write(paper(*EVERYTHING), images=PICTURES, shell=one, fields=FIELDS) for _ in range(2)}
    assert papers == {made(data, *EVERYTHING)}


def test_the_same_shell_gives_the_same_bytes_in_every_process():
    """No order of a hash table reaches the file."""
    program = (
        "import sys; sys.path.insert(0, 'tests'); import hashlib, test_shell as t;"
        "print(hashlib.sha256(t.made(t.as_word_leaves_it(), *t.EVERYTHING)).hexdigest())"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PYTHONUTF8": "1"}
    asked = [sys.executable, "-c", program]
    done = subprocess.run(asked, env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(made(as_word_leaves_it(), *EVERYTHING)).hexdigest()


VALUES = st.text(max_size=12) | st.sampled_from(
    [
        "{{ body }}",
        "{{ seller }}",
        "</w:t></w:r>",
        "<w:fldSimple w:instr=' DDE'/>",
        "&#0;",
        "]]>",
        "&amp;",
        "\x0b\x0c\ud800",
    ]
)
SHELL = shell(as_word_leaves_it())
USUAL = set(parts(docx.write(paper(says("a")), images={}, shell=SHELL, fields=FIELDS)))


@settings(max_examples=often(60), deadline=None)
@given(seller=VALUES, store=VALUES, title=VALUES)
@example(seller="{{ store }}", store="{{ body }}", title="{{ seller }} {% x %}")
def test_any_value_is_words_and_nothing_else(seller, store, title):
    """It stands there letter by letter, marks and markup in it are not looked at, no part comes or goes."""
    fields = {**FIELDS, "seller": seller, "store": store}
    written = docx.write(paper(says("The words"), title=title), images={}, shell=SHELL, fields=fields)
    said = words(written)
    assert said[0] == printable(title)
    assert said.count("The words") == 1
    assert words(written, "word/header1.xml")[-1] == f"{printable(seller)} – {printable(store)}"
    assert set(parts(written)) == USUAL
    usual = root(docx.write(paper(says("The words")), images={}, shell=SHELL, fields=FIELDS))
    assert [one.tag for one in root(written).iter()] == [one.tag for one in usual.iter()]


@settings(max_examples=often(60), deadline=None)
@given(st.lists(st.integers(0, 24), max_size=5))
def test_a_mark_is_found_however_its_runs_are_cut(cuts):
    """Word cuts runs at spelling, at a change of language, where somebody typed on another day."""
    text = "a {{ seller }}{{store}} b"
    edges = sorted({0, len(text), *cuts})
    runs = [text[start:end] for start, end in pairwise(edges)]
    assert words(made(shell_file(line(*runs) + BODY), says("x"), draft=False))[0] == (
        "a Bay & Söhne <GmbH>Amazon.de b"
    )


# --- problems as data ------------------------------------------------------------------------------


def test_all_problems_are_told_in_one_run_with_part_paragraph_and_remedy():
    """A misspelt name, a broken mark and a second body, each where it stands."""
    data = shell_file(
        line("Dear {{ sellr }}") + BODY + line("{{ seller") + BODY + section(default="header1"),
        header1=line("Acme") + line("{% if draft %}x{% endif %}"),
    )
    found = {one.code: one for one in shells.problems(data, name=NAME) if one.severity == "error"}
    assert set(found) == {"unknown_field", "broken_mark", "two_bodies"}
    one = found["unknown_field"]
    assert (one.part, one.paragraph, one.text) == ("word/document.xml", 1, "Dear {{ sellr }}")
    assert "did you mean 'seller'" in one.message
    places = {
        (one.part, one.paragraph) for one in shells.problems(data, name=NAME) if one.code == "broken_mark"
    }
    assert places == {("word/document.xml", 3), ("word/header1.xml", 2)}
    assert all(one.remedy.endswith(".") and one.message.endswith((".", "?")) for one in found.values())
    with pytest.raises(
        PackFault, match=r'word/document\.xml, paragraph 1 "Dear {{ sellr }}": There is no'
    ) as caught:
        shell(data)
    assert (caught.value.code, caught.value.file) == ("unknown_field", NAME)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (line("no mark"), "no_body"),
        (BODY + BODY, "two_bodies"),
        (line("Words: {{ body }}"), "body_place"),
        (line("{{ body }} {{ body }}"), "body_place"),
        (text_box(BODY) + line("x"), "body_place"),
        (f"<w:tbl><w:tr><w:tc>{BODY}</w:tc></w:tr></w:tbl>", "body_place"),
        (BODY + line("{{ seller"), "broken_mark"),
        (BODY + line("seller }}"), "broken_mark"),
        (BODY + line("{{ seller | upper }}"), "broken_mark"),
        (BODY + line("{{ }}"), "broken_mark"),
        (BODY + line("{{ sel") + line("ler }}"), "broken_mark"),
        (BODY + "<w:p><w:r><w:t>{{</w:t><w:br/><w:t>seller }}</w:t></w:r></w:p>", "broken_mark"),
        (BODY + line("{# hm #}"), "broken_mark"),
        (BODY + line("{{ seller.name }}"), "unknown_field"),
        (BODY + line("{{ Seller }}"), "unknown_field"),
        (
            BODY
            + '<w:p><w:r><w:pict><v:shape><v:textpath string="{{ draft }}"/></v:shape></w:pict></w:r></w:p>',
            "mark_place",
        ),
        (BODY + section('<w:pgSz w:w="3000" w:h="16838"/>'), "no_room"),
    ],
)
def test_each_fault_of_a_mark_has_its_code(body, code):
    """And no other is told beside it."""
    assert codes(shell_file(body)) == {code}
    with pytest.raises(PackFault) as caught:
        shell(shell_file(body))
    assert caught.value.code == code


def test_hidden_words_are_told():
    """They would go out with every paper."""
    notes = shells.problems(shell_file(BODY + line("old client", look="<w:vanish/>")), name=NAME)
    assert [one.code for one in notes if one.code != "style_made"] == ["hidden_text"]


def test_prefixes_that_word_reads_in_attributes_are_declared():
    """Requires="wps" and Ignorable="w14" mean something only where the prefix stands at the root."""
    written = made(as_word_leaves_it(), *EVERYTHING)
    top = root(written)
    ignorable = f"{{{top.nsmap['mc']}}}Ignorable"
    named = [
        word for one in top.iter() for key in ("Requires", ignorable) for word in one.get(key, "").split()
    ]
    assert "wps" in named
    assert set(named) <= set(top.nsmap)


# --- another program -------------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.deep
def test_a_shell_saved_by_libreoffice_is_a_shell(tmp_path):
    """Through its own format and back: the marks, the page and the styles for words are still there."""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    (tmp_path / "shell.docx").write_bytes(shells.starter_shell("de", name="acme"))

    def convert(form: str, name: str) -> None:
        asked = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", "out", name]
        subprocess.run(asked, cwd=tmp_path, check=True, timeout=180, capture_output=True)

    convert("odt", "shell.docx")
    convert("docx", "out/shell.odt")
    look = shell((tmp_path / "out" / "shell.docx").read_bytes())
    assert set(look.fields) == {"seller", "letter_date", "title"}
    assert look.missing == ("Figures",)  # it has no styles of tables
    assert abs(look.width - shell(shells.starter_shell("de", name="acme")).width) <= 2
    written = docx.write(paper(*EVERYTHING, language="de"), images=PICTURES, shell=look, fields=FIELDS)
    (tmp_path / "paper.docx").write_bytes(written)
    convert("txt:Text (encoded):UTF8", "paper.docx")
    said = (tmp_path / "out" / "paper.txt").read_text(encoding="utf-8")
    assert "A|B *Inc* <x> & 株式会社" in said
    assert "4." in said
