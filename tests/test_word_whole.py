"""Whether a Word file is whole: our own are, in every look; each way in which one is not is told."""

import io
import zipfile

import pytest
from conftest import mostly_deep
from made_shells import as_word_leaves_it, parts

from poa.build.sampled import sampled
from poa.build.trying import troubles, word_faults
from poa.cli.pack_folders import open_packs
from poa.errors import UsageFault
from poa.files import bundled, read_folder
from poa.packs import open_pack
from poa.writers.whole import package_faults

DEFAULT = read_folder(bundled("templates") / "default")
MANIFEST = 'id = "acme"\nversion = "1"\nfacts = 1\nextends = "default"\nlanguages = ["en"]\n'
DOCUMENT, RELATIONS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"


def acme():
    """A pack whose look was made in Word."""
    return open_pack("acme", {"pack.toml": MANIFEST}, default=DEFAULT, shell=as_word_leaves_it())


def analysis(pack):
    made = sampled("root-cause-analysis", sample="normal", pack=pack, language="en")
    return made.in_word(made.paper())


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("look", "sample"),
    [
        pytest.param("built-in", "normal", marks=pytest.mark.deep),
        pytest.param("shell", "normal", marks=pytest.mark.deep),
        ("shell", "strange_names"),
    ],
)
def test_each_paper_of_ours_is_whole(sample, look):
    pack = open_packs(None) if look == "built-in" else acme()
    for document in pack.documents:
        try:
            made = sampled(document, sample=sample, pack=pack, language="en")
        except UsageFault as fault:
            assert fault.code == "nothing_to_tell"
            continue
        data, paper = made.in_word(made.paper())
        assert list(word_faults(data, paper)) == []


# What is done to the parts, and the words of the one fault that is told.
BROKEN = {
    "no XML": (DOCUMENT, lambda data: data.replace(b"</w:body>", b""), f"{DOCUMENT} is no XML."),
    "no type": (TYPES, lambda data: data.replace(b'Extension="png"', b'Extension="bmp"'), "no content type"),
    "no part": ("word/numbering.xml", lambda _: None, "leads to numbering.xml, which is missing."),
    "typed, gone": (
        "docProps/core.xml",
        lambda _: None,
        "docProps/core.xml has a content type, and is missing.",
    ),
    "relation": (
        DOCUMENT,
        lambda data: data.replace(b"<w:sectPr", b'<w:sectPr r:id="none"', 1),
        "uses the relation none, which is missing.",
    ),
    "outside": (
        RELATIONS,
        lambda data: data.replace(
            b"</Relationships>",
            b'<Relationship Id="x9" Type="a/image" Target="https://a.example/b.png" TargetMode="External"/>'
            b"</Relationships>",
        ),
        "leads out of the file, to https://a.example/b.png.",
    ),
    "picture": (
        DOCUMENT,
        lambda data: data.replace(b"<wp:docPr id=", b'<wp:docPr id="77" old='),
        "has the picture 77",
    ),
    "list": (
        DOCUMENT,
        lambda data: data.replace(b"<w:numId w:val=", b'<w:numId w:val="999" w:old=', 1),
        "uses the list 999, which is missing.",
    ),
    "style": (
        "word/styles.xml",
        lambda data: data.replace(b"</w:styles>", b'<w:style w:styleId="Normal"/></w:styles>'),
        "has the style Normal 2 times.",
    ),
    "cell": (
        DOCUMENT,
        lambda data: data.replace(b"</w:tc>", b"<w:sdt/></w:tc>", 1),
        "A cell of a table does not end with a paragraph.",
    ),
    "body": (DOCUMENT, lambda data: data.replace(b"w:body", b"w:bodies"), "It has no body."),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_word_would_have_to_repair_is_told(name):
    part, breaks, words = BROKEN[name]
    data, paper = analysis(open_packs(None))
    members = parts(data)
    broken = breaks(members[part])
    assert broken != members[part]
    left = (
        {**members, part: broken} if broken is not None else {k: v for k, v in members.items() if k != part}
    )
    found = package_faults(zipped(left.items()))
    assert any(words in one for one in found), found
    assert next(word_faults(zipped(left.items()), paper)) == found[0]


def test_two_parts_of_one_name_and_no_package_are_told():
    data, _ = analysis(open_packs(None))
    members = parts(data)
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = zipped([*members.items(), (DOCUMENT, members[DOCUMENT])])
    assert package_faults(twice) == (f"The package has the part {DOCUMENT} 2 times.",)
    assert package_faults(data[: len(data) // 2])[0].startswith("It is no package")
    assert "The package leads to no document." in package_faults(zipped([("a.xml", b"<a/>")]))


def test_words_that_are_not_printed_are_missed():
    """A line that is lost, changed, or out of its turn."""
    data, paper = analysis(acme())
    members = parts(data)
    for old, new in ((b"Annexes<", b"Annex<"), (b">Annexes<", b"><")):
        changed = {**members, DOCUMENT: members[DOCUMENT].replace(old, new)}
        assert changed != members
        (fault,) = word_faults(zipped(changed.items()), paper)
        assert fault == 'It lacks words of the paper: "Annexes"'


def test_the_check_of_a_pack_reads_its_word_files(monkeypatch):
    """Each sample case: a file that is not whole is a trouble, at the look that it was made with."""
    monkeypatch.setattr("poa.build.trying.package_faults", lambda _: ("A part is missing.",))
    found = [
        one
        for one in troubles(acme(), languages=("en",), samples=("nothing_late",))
        if one.code == "word_file"
    ]
    (one,) = found
    assert (one.severity, one.file) == ("error", "acme/shell.docx")
    assert one.message == "The Word file is not whole: A part is missing."
    assert "plan-of-action (en, nothing_late)" in one.papers


@pytest.mark.parametrize(
    "sample", mostly_deep(["one_supplier", "nothing_late", "strange_names"], "nothing_late")
)
def test_the_papers_of_each_sample_case_go_through_the_letter_rules(sample):
    """A pack whose letter promises what nobody can show is told, whatever the case."""
    letter = (
        '{% extends "default/plan-of-action.md.j2" %}\n'
        "{% block closing %}We guarantee that this will never happen again.{% endblock %}\n"
    )
    pack = open_pack("acme", {"pack.toml": MANIFEST, "plan-of-action.md.j2": letter}, default=DEFAULT)
    found = troubles(pack, languages=("en",), samples=(sample,))
    assert [one.papers for one in found if one.code == "R21"] == [(f"plan-of-action (en, {sample})",)]
