"""The annotated copy: each note stands at its words as a comment, and not a sign of the paper is another."""

import io
import subprocess
import zipfile

import pytest
from conftest import often
from hostile_word import field, parts_of_word, said, word_file, zipped
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from made_reviews import sample_papers
from test_readers import documents, says_something
from test_readers_word import cell, p, run, table
from test_writers import EVERYTHING, PICTURES, paper
from word_package import check_package

from poa.errors import InputFault
from poa.files import pdf
from poa.readers import Note, annotated, read_paper
from poa.writers import docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMMENTS = "word/comments.xml"


def note(line, text="", start=0, comment="why"):
    return Note(line=line, start=start, text=text, comment=comment)


def part(data, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def marked(data):
    """By comment: the words between its marks, in the order of the document, deleted ones left out."""
    found, open_now = {}, []
    for one in part(data).iter():
        identity = one.get(f"{W}id")
        if one.tag == f"{W}commentRangeStart":
            open_now.append(identity)
            found[identity] = ""
        elif one.tag == f"{W}commentRangeEnd":
            open_now.remove(identity)
        elif one.tag == f"{W}t":
            for each in open_now:
                found[each] += one.text or ""
    assert not open_now
    return list(found.values())


def comments(data):
    return [
        (one.get(f"{W}id"), ["".join(line.itertext(f"{W}t")) for line in one]) for one in part(data, COMMENTS)
    ]


def same_lines(copy, data):
    return read_paper(copy, name="a").lines == read_paper(data, name="a").lines


# --- the place -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "text", "start", "expected"),
    [
        (run("115 of 2,410 orders"), "115", 0, "115"),
        (run("115 of 115 orders"), "115", 7, "115"),
        (run("1") + run("15") + run(" of 2,410"), "115 of", 0, "115 of"),
        (run("a <b>115</b>".replace("<", "&lt;")), "115", 5, "115"),
        (run("at 115"), "115", 0, "115"),  # it moved: the first that reads so
        (run("115 orders"), "116", 0, "115 orders"),
        (run("115 orders"), "", 0, "115 orders"),
        (f'<w:ins w:id="1">{run("new 115 ")}</w:ins>' + run("b"), "115", 4, "115"),
        (f'<w:hyperlink r:id="x">{run("see the policy")}</w:hyperlink>', "policy", 8, "policy"),
        (run("see ") + f'<w:fldSimple w:instr="REF x">{run("Annex 1")}</w:fldSimple>', "nnex", 5, "Annex 1"),
        (run("see ") + field("REF x", "Annex 1"), "nnex", 5, "nnex"),
        (f"<w:sdt><w:sdtContent>{run('a long control')}</w:sdtContent></w:sdt>", "long", 2, "a long control"),
        (
            '<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t xml:space="preserve">c d</w:t></w:r>',
            "b\nc",
            2,
            "bc",
        ),
        ("<w:r><w:t> late orders </w:t></w:r>", "orders", 5, "orders"),
        ("<m:oMath><m:r><m:t>4.2 %</m:t></m:r></m:oMath>" + run(" late"), "4.2", 0, ""),
    ],
)
def test_a_note_stands_at_its_words(inner, text, start, expected):
    """Runs are cut where the words begin and end; words that are not found are marked with their paragraph."""
    data = word_file(p(inner, '<w:pStyle w:val="x"/>'))
    copy = annotated(data, [note(0, text, start)], name="a.docx")
    assert marked(copy) == [expected]
    assert same_lines(copy, data)
    assert annotated(data, [note(0, text, start)], name="a.docx") == copy


def test_both_halves_of_a_cut_run_look_as_before():
    """The second half has the look and the identity of the first, and no blank is lost between them."""
    data = word_file('<w:p><w:r w:rsidR="00AA"><w:rPr><w:b/></w:rPr><w:t>was late again</w:t></w:r></w:p>')
    copy = part(annotated(data, [note(0, "late", 4)], name="a"))
    runs = [one for one in copy.iter(f"{W}r") if one.find(f"{W}t") is not None]
    assert [one.findtext(f"{W}t") for one in runs] == ["was ", "late", " again"]
    assert all(one.find(f"{W}rPr/{W}b") is not None and one.get(f"{W}rsidR") == "00AA" for one in runs)


def test_notes_may_overlap_and_share_their_words():
    """Each is marked whole, wherever the others cut."""
    data = word_file(said("44 of 787 orders were late"))
    notes = [note(0, "44 of 787", 0), note(0, "787 orders", 6), note(0, "787", 6), note(0, "787", 6), note(0)]
    copy = annotated(data, notes, name="a")
    assert sorted(marked(copy)) == sorted(
        ["44 of 787", "787 orders", "787", "787", "44 of 787 orders were late"]
    )
    assert same_lines(copy, data)


def test_a_note_stands_in_its_cell():
    """Words that run over two paragraphs or cells are marked in the first."""
    data = word_file(table(cell(said("one"), said("two")) + cell(said("three four"))))
    row = "one two | three four"
    for text, expected in (("four", "four"), ("two | three", "two"), ("one two", "one"), ("", "one")):
        assert marked(annotated(data, [note(0, text, row.find(text))], name="a")) == [expected]


def test_what_takes_no_comment_is_marked_at_its_paragraph():
    """Headers at the first paragraph, text boxes, notes and pictures at theirs, the paper as a whole at the first."""
    box = f"<w:r><w:pict><w:txbxContent>{said('in the box')}</w:txbxContent></w:pict></w:r>"
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = (
        said("first")
        + p(run("second") + box + mark)
        + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
    )
    data = word_file(
        body, header1=said("head"), footnotes=f'<w:footnote w:id="2">{said("foot")}</w:footnote>'
    )
    lines = [line.text for line in read_paper(data, name="a").lines]
    assert lines == ["head", "first", "second", "in the box", "foot"]
    for at, expected in (
        (None, "first"),
        (-1, "first"),
        (99, "first"),
        (0, "first"),
        (3, "secondin the box"),
        (4, "secondin the box"),
    ):
        text = "" if at is None or not 0 <= at < len(lines) else lines[at]
        copy = annotated(data, [note(at, text)], name="a")
        assert marked(copy) == [expected]
        assert same_lines(copy, data)


def test_a_paper_without_a_paragraph_gets_one_for_its_note():
    """It is empty, so it says nothing."""
    data = word_file("<w:sectPr/>")
    copy = annotated(data, [note(None)], name="a")
    assert marked(copy) == [""]
    assert same_lines(copy, data)


# --- the package ---------------------------------------------------------------------------------


def test_a_comment_says_who_and_not_when():
    """Our name, each line of the text a paragraph, no date: equal input is equal bytes."""
    copy = annotated(word_file(said("a")), [note(0, comment="Error R06: 115\nWrite 151.\x07")], name="a")
    (comment,) = part(copy, COMMENTS)
    assert dict(comment.attrib) == {f"{W}id": "0", f"{W}author": "poa", f"{W}initials": "poa"}
    assert comments(copy) == [("0", ["Error R06: 115", "Write 151.\ufffd"])]


def test_comments_that_are_there_are_kept():
    """Theirs keep their ids and places; ours follow them, once more too."""
    body = p(
        '<w:commentRangeStart w:id="7"/>'
        + run("a b")
        + '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    )
    data = word_file(body, comments=f'<w:comment w:id="7" w:author="Ann">{said("who says so?")}</w:comment>')
    once = annotated(data, [note(0, "b", 2)], name="a")
    twice = annotated(once, [note(0, "a", 0)], name="a")
    assert [identity for identity, _ in comments(twice)] == ["7", "8", "9"]
    assert marked(twice) == ["a b", "a", "b"]
    assert part(twice, COMMENTS)[0].get(f"{W}author") == "Ann"
    assert [name for name in zipfile.ZipFile(io.BytesIO(twice)).namelist() if "comments" in name] == [
        COMMENTS
    ]


def test_a_file_keeps_all_its_other_parts():
    """Byte for byte, but for the document, its relations and the list of parts."""
    data = sample_papers("en")["root-cause-analysis.docx"]
    copy = annotated(data, [note(3)], name="a")
    before, after = (zipfile.ZipFile(io.BytesIO(one)) for one in (data, copy))
    changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed == {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert set(after.namelist()) - set(before.namelist()) == {COMMENTS}


def test_parts_may_have_other_names_and_namespaces():
    """Word on the web names them otherwise, and "Strict Open XML" stays strict."""
    parts = parts_of_word(said("a b"))
    del parts["word/_rels/document.xml.rels"]
    strict = {
        name.replace("word/document", "text/document2"): str(one)
        .replace("word/document", "text/document2")
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
        )
        .replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006",
            "http://purl.oclc.org/ooxml/wordprocessingml",
        )
        for name, one in parts.items()
    }
    data = zipped(strict | {"text/comments.xml": b"something else"})
    copy = annotated(data, [note(0, "b", 2)], name="a")
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        document, own, rels = (
            package.read(f"text/{name}")
            for name in ("document2.xml", "comments1.xml", "_rels/document2.xml.rels")
        )
        assert package.read("text/comments.xml") == b"something else"
    for one in (document, own):
        assert b"purl.oclc.org/ooxml/wordprocessingml/main" in one
        assert b"schemas.openxmlformats.org/wordprocessingml" not in one
    assert b'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/comments"' in rels
    assert same_lines(copy, data)


def test_a_package_of_ours_stays_flawless():
    """A reader that is stricter than Word objects to nothing but the kinds of elements that our papers lack."""
    data = docx.write(paper(*EVERYTHING), images=PICTURES)
    count = len(read_paper(data, name="a").lines)
    copy = annotated(data, [note(at) for at in range(count)], name="a")
    assert [one for one in check_package(copy) if "omment" not in one] == []
    assert len(comments(copy)) == count


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_only_a_word_file_takes_comments(name):
    """The sentence says so, and where the findings stand instead."""
    with pytest.raises(InputFault) as caught:
        annotated(b"# Plan\n", [], name=name)
    assert caught.value.code == "not_word"


@given(documents, st.data())
@settings(max_examples=often(60))
def test_notes_anywhere_change_no_line(document, data):
    """Any words of any line of any paper, many at once; each note is there and marks its words or its paragraph."""
    assume(says_something(document.blocks))
    word = docx.write(document, images=PICTURES)
    lines = read_paper(word, name="a").lines
    notes = []
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(-1, len(lines)))
        text = lines[at].text if 0 <= at < len(lines) else ""
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        notes.append(note(at, text[start:end], start))
    copy = annotated(word, notes, name="a")
    assert same_lines(copy, word)
    found = marked(copy)
    assert len(found) == len(comments(copy)) == len(notes)
    for one in notes:
        meant = lines[one.line] if 0 <= one.line < len(lines) and one.text else None
        if meant is not None and meant.kind not in {"aside", "row"} and "\n" not in one.text:
            assert one.text in found


@pytest.mark.skipif(pdf.find_office() is None, reason="LibreOffice is not installed")
@pytest.mark.deep
def test_libreoffice_shows_every_comment(tmp_path):
    """It opens the copy, makes a PDF of it, and saves it with the comments at the same words."""
    data = sample_papers("ja")["root-cause-analysis.docx"]
    lines = read_paper(data, name="a").lines
    notes = [
        note(at, line.text[1:4], 1, f"{at}\n直す") for at, line in enumerate(lines) if line.kind != "aside"
    ]
    (tmp_path / "a.docx").write_bytes(annotated(data, notes, name="a"))
    for form, out in (("pdf", "."), ("docx", "again")):
        subprocess.run(
            [
                str(pdf.find_office()),
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                *("--headless", "--norestore", "--convert-to", form, "--outdir", str(tmp_path / out)),
                str(tmp_path / "a.docx"),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    again = (tmp_path / "again" / "a.docx").read_bytes()
    assert sorted(marked(again)) == sorted(marked((tmp_path / "a.docx").read_bytes()))
    assert sorted(words for _, words in comments(again)) == sorted([one.comment.split("\n") for one in notes])
