"""An editor changes a file's insides without touching a word: then every line reads back as it was."""

import io
import random
import subprocess
import zipfile
from copy import deepcopy
from dataclasses import replace

import pytest
from conftest import often
from hostile_word import tree, zipped
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from made_reviews import sample_papers
from test_readers import documents, quotes_in_quotes, says_something
from test_readers_word import deleted, p
from test_writers import EVERYTHING, PICTURES, paper

from poa.files import pdf
from poa.readers import read_paper
from poa.writers import docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LANGUAGES = ["en", "zh", "ja", "de"]


def seen(data):
    """The lines but for their pages, which change with every layout."""
    return [replace(line, page=None) for line in read_paper(data, name="a.docx").lines]


def part_of(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def with_parts(data, **trees):
    """The file with some parts changed: ``document`` and ``styles`` are Word's."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return zipped(parts | {f"word/{name}.xml": etree.tostring(root) for name, root in trees.items()})


def element(xml):
    return next(iter(etree.fromstring(tree("x", xml).encode())))


def split_runs(root, chance):
    """Every run in up to three, with the marks that Word leaves between them."""
    marks = (
        '<w:proofErr w:type="spellStart"/>',
        '<w:bookmarkStart w:id="{}" w:name="b{}"/>',
        '<w:bookmarkEnd w:id="{}"/>',
    )
    for at, one in enumerate(list(root.iter(f"{W}t"))):
        run_, text = one.getparent(), one.text or ""
        for _ in range(chance.randrange(3)):
            cut = chance.randrange(len(text) + 1)
            other = deepcopy(run_)
            for child in [child for child in other if child.tag not in {f"{W}t", f"{W}rPr"}]:
                other.remove(child)
            other.set(f"{W}rsidR", f"00{chance.randrange(999999):06d}")
            other.find(f"{W}t").text, one.text = text[cut:], text[:cut]
            for half in (one, other.find(f"{W}t")):
                half.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if other.find(f"{W}rPr") is None:
                other.insert(0, element("<w:rPr/>"))
            other.find(f"{W}rPr").append(element('<w:color w:val="FF0000"/>'))
            run_.addnext(other)
            run_.addnext(element(chance.choice(marks).format(at, at)))
            text = text[:cut]


def track_changes(root, chance):
    """Some runs inserted or moved here, deleted words beside them, whole paragraphs deleted."""
    for run_ in list(root.iter(f"{W}r")):
        if chance.random() < 0.4:
            around = element(
                chance.choice(('<w:ins w:id="9" w:author="a"/>', '<w:moveTo w:id="9" w:author="a"/>'))
            )
            run_.addprevious(around)
            around.append(run_)
            gone = chance.choice(
                (deleted("115 "), '<w:moveFrom w:id="8"><w:r><w:t>115</w:t></w:r></w:moveFrom>')
            )
            around.addprevious(element(gone))
    for paragraph in list(root.iter(f"{W}p")):
        if chance.random() < 0.2:
            paragraph.addprevious(element(p(deleted("gone"), '<w:rPr><w:del w:id="7"/></w:rPr>')))


def wrap(root, chance):
    """Controls, tags and comments around runs and blocks; empty paragraphs between them."""
    body = root.find(f"{W}body")
    for block in [one for one in body if one.tag != f"{W}sectPr"]:
        if chance.random() < 0.3:
            control = element("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>")
            block.addprevious(control)
            control[1].append(block)
        if chance.random() < 0.3:
            block.addprevious(
                element('<w:p><w:commentRangeStart w:id="0"/></w:p>')
            ) if block.getparent() is body else None
    for run_ in list(root.iter(f"{W}r")):
        around = chance.choice((None, None, "smartTag", "hyperlink", "customXml"))
        if around and run_.getparent().tag == f"{W}p":
            tag = element(f"<w:{around}/>")
            run_.addprevious(tag)
            tag.append(run_)


@given(
    documents,
    st.randoms(use_true_random=True),
    st.sets(st.sampled_from([split_runs, track_changes, wrap]), min_size=1),
)
@settings(max_examples=often(60))
def test_what_an_editor_does_inside_changes_no_line(document, chance, ways):
    """Split runs, new looks, bookmarks, tracked changes, controls: words, headings, items and rows stay."""
    assume(says_something(document.blocks) and not quotes_in_quotes(document.blocks))
    data = docx.write(document, images=PICTURES)
    root = part_of(data, "word/document.xml")
    for way in sorted(ways, key=lambda way: way.__name__):
        way(root, chance)
    assert seen(with_parts(data, document=root)) == seen(data)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper_name", ["plan-of-action", "root-cause-analysis"])
def test_a_printed_paper_survives_all_of_it_at_once(language, paper_name):
    """The sample's papers, with every way of changing a file's insides on top of each other."""
    data = sample_papers(language)[f"{paper_name}.docx"]
    root = part_of(data, "word/document.xml")
    chance = random.Random(7)  # noqa: S311 - the same changes in every run
    for way in (split_runs, track_changes, split_runs, wrap):
        way(root, chance)
    assert seen(with_parts(data, document=root)) == seen(data)


def test_other_styles_change_no_line():
    """Names in another language, ids in another form, an outline level alone: a heading stays what it was."""
    data = docx.write(paper(*EVERYTHING), images=PICTURES)
    root, styles = (part_of(data, f"word/{name}.xml") for name in ("document", "styles"))
    for one in styles.iter(f"{W}style"):
        identity, name = one.get(f"{W}styleId"), one.find(f"{W}name")
        if identity in {"Heading1", "Heading3"}:
            one.find(f"{W}pPr").remove(one.find(f"{W}pPr/{W}outlineLvl"))
            name.set(f"{W}val", f"Überschrift {identity[-1]}")
        elif identity.startswith("Heading"):
            name.set(f"{W}val", "Our question")
        one.set(f"{W}styleId", f"x{identity}")
    for used in (*root.iter(f"{W}pStyle"), *styles.iter(f"{W}basedOn")):
        used.set(f"{W}val", f"x{used.get(f'{W}val')}")
    assert seen(with_parts(data, document=root, styles=styles)) == seen(data)


def test_a_table_that_was_moved_is_the_same_rows():
    """And nothing else changed."""
    data = sample_papers("en")["root-cause-analysis.docx"]
    root = part_of(data, "word/document.xml")
    moved = root.find(f"{W}body/{W}tbl")
    moved.getparent().insert(len(moved.getparent()) - 1, moved)
    before, after = seen(data), seen(with_parts(data, document=root))
    count = len(list(moved.iter(f"{W}tr")))
    assert [line.text for line in after[-count:]] == [line.text for line in before if line.kind == "row"][
        :count
    ]
    assert sorted(line.text for line in after) == sorted(line.text for line in before)


def convert(folder, form, *files):
    """What LibreOffice makes of some files, in a profile of its own."""
    out = folder / form
    out.mkdir(exist_ok=True)
    subprocess.run(
        [
            str(pdf.find_office()),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--convert-to", form, "--outdir", str(out)),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return [out / f"{file.stem}.{form}" for file in files]


@pytest.mark.deep
@pytest.mark.skipif(pdf.find_office() is None, reason="LibreOffice is not installed")
def test_libreoffice_may_save_it_in_its_own_format_and_back(tmp_path):
    """Through .docx, and through .odt and back: the same lines in four languages, and the same language."""
    papers = {f"{code}-{at}": data for code in LANGUAGES for at, data in enumerate(words_of(code))}
    files = []
    for name, data in papers.items():
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(data)
    there = convert(tmp_path, "odt", *files)
    for saved in (*convert(tmp_path, "docx", *files), *convert(tmp_path, "docx", *there)):
        found, was = (read_paper(data, name="") for data in (saved.read_bytes(), papers[saved.stem]))
        assert [replace(line, page=None) for line in found.lines] == list(was.lines)
        assert found.language == was.language


def words_of(language):
    files = sample_papers(language)
    return [data for name, data in sorted(files.items()) if name.endswith(".docx") and "internal" not in name]
