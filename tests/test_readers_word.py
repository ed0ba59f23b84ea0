"""What a reader sees in Word is what is read, with what stands beside it and the page it stands on."""

import pytest
from hostile_word import field, parts_of_word, said, word_file, zipped

from poa.readers import read_paper


def read(data):
    return read_paper(data, name="a.docx").lines


def lines(body, **parts):
    return [(line.kind, line.text) for line in read(word_file(body, **parts))]


def texts(body, **parts):
    return [text for _, text in lines(body, **parts)]


def pages(*paragraphs, body=""):
    return [(line.text, line.page) for line in read(word_file("".join(paragraphs) + body))]


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def deleted(text):
    return (
        f'<w:del w:id="1" w:author="a"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'
    )


def p(inner, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def style(identity, name, inner="", kind="paragraph"):
    return f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/>{inner}</w:style>'


# --- words ---------------------------------------------------------------------------------------

ONE = {
    "split runs": (run("15") + "<w:proofErr/>" + run("1 of ") + run("2,410"), "151 of 2,410"),
    "a bookmark": (run("a") + '<w:bookmarkStart w:id="1" w:name="x"/>' + run("b"), "ab"),
    "an insertion": (run("a ") + f'<w:ins w:id="1">{run("new")}</w:ins>' + run(" b"), "a new b"),
    "a deletion": (run("a ") + deleted("old ") + run("b"), "a b"),
    "an insertion that was deleted": (run("a") + f'<w:ins w:id="1">{deleted("b")}</w:ins>', "a"),
    "moved words": (
        f'<w:moveFrom w:id="1">{run("gone")}</w:moveFrom><w:moveTo w:id="2">{run("here")}</w:moveTo>',
        "here",
    ),
    "a link": (f'<w:hyperlink r:id="x">{run("Amazon")}</w:hyperlink>' + run("."), "Amazon."),
    "a smart tag": (f"<w:smartTag>{run('4')}</w:smartTag>" + run(" Nov"), "4 Nov"),
    "a control": (
        f'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{run("a")}</w:sdtContent></w:sdt>',
        "a",
    ),
    "a field": (f'<w:fldSimple w:instr=" REF x ">{run("Annex 1")}</w:fldSimple>', "Annex 1"),
    "a long field": (run("see ") + field(" REF x ", "Annex 1"), "see Annex 1"),
    "a field in a field's code": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        + field("MERGEFIELD n", "3")
        + '<w:r><w:instrText> = 3 "x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("three")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "three",
    ),
    "a field without a result": (
        run("a") + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>XE "b"</w:instrText>'
        '<w:fldChar w:fldCharType="end"/></w:r>' + run("c"),
        "ac",
    ),
    "page numbers": (run("p. ") + field(" PAGEREF _Toc1 \\h ", "17") + run(" on"), "p.  on"),
    "a page number in pieces": (
        run("p.")
        + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> PA</w:instrText><w:instrText>GE </w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>3</w:t><w:fldChar w:fldCharType="end"/></w:r>',
        "p.",
    ),
    "a tab": ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a b"),
    "a line break": ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "a\nb\nc"),
    "a page that ends between words": ('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>', "a\nb"),
    "a page that ends before words": ('<w:r><w:br w:type="page"/><w:t>b</w:t></w:r>', "b"),
    "hyphens": (
        "<w:r><w:t>on</w:t><w:noBreakHyphen/><w:t>ti</w:t><w:softHyphen/><w:t>me</w:t></w:r>",
        "on-time",
    ),
    "a symbol between figures": (
        '<w:r><w:t>12</w:t><w:sym w:font="Symbol" w:char="F0B4"/><w:t>3</w:t></w:r>',
        "12\ufffd3",
    ),
    "a symbol that is a sign": ('<w:r><w:sym w:font="Arial" w:char="2192"/></w:r>', "\u2192"),
    "blanks that are kept": ('<w:r><w:t xml:space="preserve">a </w:t></w:r><w:r><w:t> b</w:t></w:r>', "a b"),
    "blanks that are not": ("<w:r><w:t> a </w:t></w:r><w:r><w:t>\n b\n</w:t></w:r>", "ab"),
    "furigana": (
        f"<w:r><w:ruby><w:rt>{run('ちゅうもん')}</w:rt><w:rubyBase>{run('注文')}</w:rubyBase></w:ruby></w:r>",
        "注文",
    ),
    "a formula": ("<m:oMath><m:r><m:t>4.2 %</m:t></m:r></m:oMath>", "4.2 %"),
    "another writing direction": (f"<w:bdo>{run('a')}</w:bdo>", "a"),
    "an element of a Word to come": (f"<w:next><w:wrapped>{run('a')}</w:wrapped></w:next>", "a"),
    "comments": (
        '<w:commentRangeStart w:id="0"/>' + run("a") + '<w:r><w:commentReference w:id="0"/></w:r>',
        "a",
    ),
    "an old choice": (
        "<mc:AlternateContent><mc:Fallback>" + run("a") + "</mc:Fallback></mc:AlternateContent>",
        "a",
    ),
}


@pytest.mark.parametrize("case", ONE)
def test_the_words_of_a_paragraph_are_those_that_are_shown(case):
    """Changes are read as accepted, fields by their result, and what stands around words changes none."""
    inner, expected = ONE[case]
    assert lines(p(inner)) == [("paragraph", expected)]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    """As Word shows it once the change is accepted, also over a paragraph that is gone as a whole."""
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"
    assert texts(p(run("We were "), gone) + p(deleted("x"), gone) + p(run("late."))) == ["We were late."]
    moved = "<w:rPr><w:moveFrom w:id='1'/></w:rPr>"
    assert texts(p(f"<w:moveFrom>{run('a')}</w:moveFrom>", moved) + said("b")) == ["b"]
    assert texts(p(run("a"), gone) + "<w:tbl><w:tr><w:tc>" + said("b") + "</w:tc></w:tr></w:tbl>") == [
        "a",
        "b",
    ]
    assert texts(p(run("a"), gone)) == ["a"]


def test_hidden_words_are_read_beside_those_that_are_shown():
    """What is shown stays as it is shown; what somebody may uncover is read too, whoever hid it."""
    hidden = run("secret", "<w:vanish/>")
    assert lines(p(run("a ") + hidden + run("b"))) == [("paragraph", "a b"), ("aside", "secret")]
    assert lines(p(run("a", '<w:vanish w:val="0"/>'))) == [("paragraph", "a")]
    styles = style("h", "Hidden", "<w:rPr><w:vanish/></w:rPr>") + style(
        "c", "c", "<w:rPr><w:vanish/></w:rPr>", "character"
    )
    assert lines(said("a", style="h"), styles=styles) == [("aside", "a")]
    assert lines(p(run("a", '<w:rStyle w:val="c"/>')), styles=styles) == [("aside", "a")]


def test_a_field_that_never_ends_hides_nothing():
    """Somebody may open a field so that all that follows is its code; then everything is read."""
    opened = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert texts(p(opened + run("a")) + said("b")) == ["a", "b"]
    assert texts(p(field("PAGE", "1").rpartition("<w:r>")[0]) + said("b")) == ["1", "b"]


def test_a_field_may_hold_paragraphs():
    """A table of contents is one field; its lines stand aside, for they say again what the headings say."""
    toc = (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText>'
            '<w:fldChar w:fldCharType="separate"/></w:r>'
            + run("Cause")
            + "<w:r><w:tab/></w:r>"
            + field("PAGEREF x", "2"),
            '<w:pStyle w:val="TOC1"/>',
        )
        + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + said("a")
    )
    styles = style("TOC1", "toc 1")
    assert lines(toc, styles=styles) == [("aside", "Cause "), ("paragraph", "a")]


# --- headings and lists --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("identity", "name", "inner", "level"),
    [
        ("Heading2", "heading 2", "", 2),
        ("berschrift2", "heading 2", "", 2),
        ("2", "heading 2", "", 2),
        ("x", "Überschrift 3", "", 3),
        ("x", "标题 1", "", 1),
        ("x", "見出し 2", "", 2),
        ("x", "Title", "", 1),
        ("x", "Our question", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>', 3),
        ("x", "Our question", '<w:basedOn w:val="base"/>', 2),
        ("TOCHeading", "toc heading", '<w:basedOn w:val="base"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>', 0),
        ("x", "Body Text", "", 0),
    ],
)
def test_a_heading_is_told_by_its_style(identity, name, inner, level):
    """By name in any language, by outline level, or by the style that it is based on."""
    styles = style("base", "heading 2") + style(identity, name, inner)
    (line,) = read(word_file(said("Cause", style=identity), styles=styles))
    assert (line.level, line.kind == "heading") == (level, level > 0)


def test_a_paragraph_may_be_a_heading_by_itself():
    """It has an outline level of its own, or a style that is nowhere described."""
    assert lines(said("a", '<w:outlineLvl w:val="0"/>')) == [("heading", "a")]
    assert lines(said("a", '<w:outlineLvl w:val="9"/>')) == [("paragraph", "a")]
    assert lines(said("a", style="Heading1")) == [("heading", "a")]


def test_list_items_are_told_by_their_numbering():
    """In the paragraph or in its style; a number of zero takes it away, and a numbered heading is a heading."""
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    styles = style("list", "List Bullet", f"<w:pPr>{numbered.format(3)}</w:pPr>") + style(
        "Heading1", "heading 1"
    )
    body = (
        said("a", numbered.format(1))
        + said("b", style="list")
        + said("c", numbered.format(0), style="list")
        + said("d", numbered.format(2), style="Heading1")
    )
    assert lines(body, styles=styles) == [("item", "a"), ("item", "b"), ("paragraph", "c"), ("heading", "d")]


def test_what_stands_in_below_an_item_belongs_to_it():
    """Word keeps the style and the indent of a list where its sign is taken away."""
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = style("ListParagraph", "List Paragraph", '<w:pPr><w:ind w:left="720"/></w:pPr>')
    more = said("b", style="ListParagraph")
    assert lines(said("a", numbered, style="ListParagraph") + more, styles=styles)[1] == ("item", "b")
    assert lines(said("a") + more, styles=styles)[1] == ("paragraph", "b")


# --- tables --------------------------------------------------------------------------------------


def cell(*inner, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(inner)}</w:tc>"


def table(*rows):
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_a_row_is_a_line_whose_cells_are_those_of_the_row():
    """Paragraphs of a cell are joined; an empty cell keeps its place; a cell over several columns is one."""
    wide = cell(said("d"), properties='<w:gridSpan w:val="2"/>')
    tall = cell("<w:p/>", properties="<w:vMerge/>")
    found = read(
        word_file(table(cell(said("a"), "<w:p/>", said("b")) + cell("<w:p/>") + cell(said("c")), wide + tall))
    )
    assert [line.cells for line in found] == [("a b", "", "c"), ("d", "")]
    assert [(line.text, line.paragraph) for line in found] == [("a b |  | c", 0), ("d | ", 3)]


def test_a_table_in_a_table_follows_its_row():
    """Its words are no words of the cell around it."""
    inner = table(cell(said("b")) + cell(said("c")))
    assert lines(table(cell(said("a"), inner, "<w:p/>") + cell(said("d")), cell(said("e")))) == [
        ("row", "a | d"),
        ("row", "b | c"),
        ("row", "e"),
    ]


def test_rows_and_cells_may_be_wrapped_and_changed():
    """Controls around them, an inserted row, a deleted row and a deleted cell."""
    row = f"<w:tr>{cell(said('a'))}</w:tr>"
    body = (
        f"<w:tbl><w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>"
        f"<w:tr><w:trPr><w:ins w:id='1'/></w:trPr><w:sdt><w:sdtContent>{cell(said('b'))}</w:sdtContent></w:sdt></w:tr>"
        f"<w:tr><w:trPr><w:del w:id='2'/></w:trPr>{cell(p(deleted('c')))}</w:tr>"
        f"<w:tr>{cell(said('d'))}{cell(said('e'), properties='<w:cellDel/>')}</w:tr></w:tbl>"
    )
    assert lines(body) == [("row", "a"), ("row", "b"), ("row", "d")]


# --- beside the text -----------------------------------------------------------------------------


def test_text_boxes_are_read_once_and_below_their_paragraph():
    """Word writes them twice: for itself and, in older signs, for others."""
    box = f"<w:txbxContent>{said('in the box')}{table(cell(said('b')))}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert lines(p(run("a") + f"<w:r>{both}</w:r>")) == [
        ("paragraph", "a"),
        ("paragraph", "in the box"),
        ("row", "b"),
    ]


def test_pictures_and_notes_are_read_where_they_stand():
    """The text for a picture, a footnote and an endnote stand aside, each once and behind their paragraph."""
    inner = (
        run("a")
        + '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="Late days"/></wp:inline></w:drawing></w:r>'
        + '<w:r><w:footnoteReference w:id="2"/><w:endnoteReference w:id="2"/></w:r>'
    )
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{p(run("line"))}</w:footnote>'
        f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + run("Our own count."))}</w:footnote>'
    )
    end = f'<w:endnote w:id="2">{said("At the end.")}{table(cell(said("b")) + cell(said("c")))}</w:endnote>'
    found = read(word_file(p(inner) + said("d"), footnotes=notes, endnotes=end))
    assert [(line.kind, line.text, line.paragraph) for line in found] == [
        ("paragraph", "a", 0),
        ("aside", "Late days", 0),
        ("aside", "Our own count.", 0),
        ("aside", "At the end.", 0),
        ("aside", "b | c", 0),
        ("paragraph", "d", 1),
    ]


def section(*references):
    return (
        "<w:sectPr>"
        + "".join(f'<w:{kind}Reference r:id="{name}"/>' for kind, name in references)
        + "</w:sectPr>"
    )


@pytest.mark.parametrize(
    "inner",
    [
        said("DRAFT"),
        said("下書き"),
        p(field(" PAGE ", "1") + run(" / ") + field(" NUMPAGES ", "3")),
        p(run("Page ") + field(" PAGE ", "1") + run(" of ") + field(" NUMPAGES ", "3")),
        said("- 2 -"),
        said("第 2 页 共 3 页"),
        "<w:p/>",
    ],
)
def test_page_numbers_and_the_mark_of_a_draft_say_nothing(inner):
    """They change with every print and every copy."""
    assert texts(said("a") + section(("header", "header1")), header1=inner) == ["a"]


def test_headers_and_footers_are_read_once_and_under_no_heading():
    """A letterhead of two sections is one; page numbers in it are not; what no section names is not read."""
    body = said("Cause", style="Heading1") + section(
        ("header", "header1"), ("header", "header2"), ("footer", "footer1")
    )
    letterhead = p(run("Harbor & Pine ".replace("&", "&amp;")) + field("PAGE", "3"))
    found = read_paper(
        word_file(
            body, header1=letterhead, header2=letterhead, footer1=said("12 Main St"), footer2=said("x")
        ),
        name="a.docx",
    )
    assert [(line.kind, line.text, line.paragraph) for line in found.lines] == [
        ("aside", "Harbor & Pine ", 0),
        ("aside", "12 Main St", 0),
        ("heading", "Cause", 0),
    ]
    assert found.heading(1) is None


# --- pages, language, other ways of saving -------------------------------------------------------

FULL = "<w:r><w:lastRenderedPageBreak/></w:r>"
ENDED = '<w:r><w:br w:type="page"/></w:r>'


def test_pages_are_counted_where_the_file_says_where_they_end():
    """A page that the author ended is one page, though Word says it again behind it."""
    assert pages(said("a"), p(FULL + run("b")), p(run("c") + FULL + run("d")), said("e")) == [
        ("a", 1), ("b", 2), ("cd", 2), ("e", 3),
    ]  # fmt: skip
    assert pages(said("a"), p(ENDED), p(FULL + run("b")), p(FULL + run("c"))) == [
        ("a", 1),
        ("b", 2),
        ("c", 3),
    ]
    begins = p(FULL + run("b"), "<w:pageBreakBefore/>")
    assert pages(said("a"), begins, p(ENDED), said("c")) == [("a", 1), ("b", 2), ("c", 3)]


def test_pages_are_not_guessed():
    """Where only the author ended pages, nobody knows how many were full before."""
    assert pages(said("a"), p(ENDED), said("b")) == [("a", None), ("b", None)]


def test_a_row_over_two_pages_counts_them_once():
    """Each of its cells says where the page ended."""
    row = table(cell(p(run("a") + FULL + run("b"))) + cell(p(run("c") + FULL + run("d"))))
    assert pages(body=row + said("e")) == [("ab | cd", 1), ("e", 2)]


def test_a_section_may_begin_a_page():
    """How it begins stands at its own end."""
    first = p(run("a"), "<w:sectPr/>")
    second = '<w:sectPr><w:type w:val="{}"/></w:sectPr>'
    assert pages(first, said("b"), p(FULL + run("c")), body=second.format("nextPage"))[1:] == [
        ("b", 2),
        ("c", 3),
    ]
    assert pages(first, said("b"), p(FULL + run("c")), body=second.format("continuous"))[1:] == [
        ("b", 1),
        ("c", 2),
    ]


@pytest.mark.parametrize(
    ("said_language", "code"), [("en-US", "en"), ("zh_CN", "zh"), ("", None), ("Deutsch", None)]
)
def test_the_language_is_a_code_without_a_country(said_language, code):
    """What Word and LibreOffice write there."""
    core = (
        '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>{said_language}</dc:language></c:coreProperties>'
    )
    parts = parts_of_word(said("a")) | {"docProps/core.xml": core}
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace(
        "</Relationships>",
        '<Relationship Id="c" Target="/docProps/core.xml" Type="http://schemas.openxmlformats.org/package/2006/'
        'relationships/metadata/core-properties"/></Relationships>',
    )
    assert read_paper(zipped(parts), name="").language == code


def test_word_may_save_it_under_other_names():
    """The main part has another name in Word on the web, the namespaces in "Strict Open XML", the bytes in UTF-16."""
    parts = parts_of_word(said("a") + section(("header", "header1")), header1=said("b"))
    other = {
        name.replace("document", "document2"): str(part).replace("document.xml", "document2.xml")
        for name, part in parts.items()
    }
    assert [line.text for line in read(zipped(other))] == ["b", "a"]
    strict = {
        name: str(part)
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
        )
        .replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006",
            "http://purl.oclc.org/ooxml/wordprocessingml",
        )
        for name, part in parts.items()
    }
    assert [line.text for line in read(zipped(strict))] == ["b", "a"]
    wide = str(parts["word/document.xml"]).replace("UTF-8", "UTF-16").encode("utf-16")
    assert [line.text for line in read(zipped(parts | {"word/document.xml": wide}))] == ["b", "a"]


def test_a_file_with_macros_is_read_for_its_words():
    """A review runs nothing, so it need not refuse what it does not touch."""
    assert [
        line.text for line in read(zipped(parts_of_word(said("a")) | {"word/vbaProject.bin": b"\0"}))
    ] == ["a"]
