"""The check of a pack's letterhead: one fault each, found at its place, mended by what the remedy says; and the copy with comments."""

import io
import json
import os
from dataclasses import dataclass, field

import docx
import pytest
from click.testing import CliRunner
from hostile_word import HEAD, old_word, relations, zipped
from lxml import etree
from made_shells import W, as_word_leaves_it, line, parts

from poa.build.word_looked import annotated_shell, problems_of_shell
from poa.cli import main
from poa.packs.placing import IN_A_TEMPLATE
from poa.writers.shell import in_word, problems, read_shell, starter_shell

FILE = "acme/shell.docx"
DOCUMENT, HEADER, RELS, TYPES = (
    "word/document.xml",
    "word/header1.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
)
STARTER = parts(starter_shell("en", name="acme"))
BODY = '<w:p><w:r><w:t xml:space="preserve">{{ body }}</w:t></w:r></w:p>'
FIELD = '<w:p><w:fldSimple w:instr="{}"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'


def shell(*changes, **extra):
    """The starter's shell with texts of parts changed; ``extra`` are parts as they are, by their name with ``__``."""
    found = {name: part.decode() for name, part in STARTER.items()}
    for part, old, new in changes:
        assert old in found[part]
        found[part] = found[part].replace(old, new)
    return zipped(found | {name.replace("__", "/"): part for name, part in extra.items()})


def after(words):
    """Something more behind the paragraph of the body."""
    return (DOCUMENT, BODY, BODY + words)


def related(kind, target, mode=""):
    """One more relation of the document."""
    one = relations(("more", kind, target)).partition("<Relationship ")[2].partition("/>")[0]
    return (
        RELS,
        "</Relationships>",
        f"<Relationship {one}/></Relationships>".replace('"Internal"', mode or '"Internal"'),
    )


@dataclass(frozen=True)
class Broken:
    """A shell with one fault: its changes, where that is told, and the changes of one that was mended as the remedy says."""

    code: str
    bad: tuple
    inside: str
    remedy: str
    source: str = ""
    good: tuple | None = ()
    message: str = ""
    severity: str = "error"
    extra: dict = field(default_factory=dict)


UNKNOWN = "A shell knows {{ seller }}"
BODY_ONCE = "a paragraph of its own"
HIDDEN = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>old client</w:t></w:r></w:p>"
LINK = '<w:p><w:hyperlink r:id="more"><w:r><w:t>amazon.com</w:t></w:r></w:hyperlink></w:p>'
INSERTED = '<w:p><w:ins w:id="4" w:author="J"><w:r><w:t>new</w:t></w:r></w:ins></w:p>'
STYLE = (
    '<w:style w:type="character" w:customStyle="1" w:styleId="{}"><w:name w:val="{}"/></w:style></w:styles>'
)
STYLES = "word/styles.xml"
QUOTE = '<w:name w:val="Quote"/>'

BROKEN = {
    "an unknown mark": Broken(
        "unknown_field",
        (after(line("Dear {{ sellr }}")),),
        "body, paragraph 2",
        UNKNOWN,
        "Dear {{ sellr }}",
        (after(line("Dear {{ seller }}")),),
        "did you mean 'seller'?",
    ),
    "an unknown mark in a header": Broken(
        "unknown_field",
        ((HEADER, "{{ letter_date }}", "{{ leter_date }}"),),
        "header 1, paragraph 1",
        UNKNOWN,
        "{{ seller }} {{ leter_date }}",
        (),
        "did you mean 'letter_date'?",
    ),
    "no body": Broken("no_body", ((DOCUMENT, "{{ body }}", "Dear Amazon"),), "body", BODY_ONCE),
    "two bodies": Broken("two_bodies", (after(BODY),), "body, paragraph 2", BODY_ONCE, "{{ body }}"),
    "a body among words": Broken(
        "body_place",
        ((DOCUMENT, "{{ body }}", "Text: {{ body }}"),),
        "body, paragraph 1",
        BODY_ONCE,
        "Text: {{ body }}",
    ),
    "a body in a header": Broken(
        "body_place",
        ((HEADER, "{{ seller }}", "{{ body }}"),),
        "header 1, paragraph 1",
        BODY_ONCE,
        "{{ body }} {{ letter_date }}",
    ),
    "half a mark": Broken(
        "broken_mark",
        (after(line("{{ seller")),),
        "body, paragraph 2",
        "Write it whole",
        "{{ seller",
        (after(line("{{ seller }}")),),
    ),
    "a condition": Broken(
        "broken_mark",
        (after(line("{% if draft %}")),),
        "body, paragraph 2",
        "into the template",
        "{% if draft %}",
    ),
    "a macro": Broken(
        "macro",
        (),
        "word/vbaProject.bin",
        "save it as 'Word document (.docx)'",
        extra={"word__vbaProject.bin": b"x"},
    ),
    "a template from elsewhere": Broken(
        "attached_template",
        (related("attachedTemplate", "https://a.example/a.dotm"),),
        "body",
        "Attach 'Normal'",
    ),
    "a picture from elsewhere": Broken(
        "external_relation",
        (related("image", "https://a.example/a.png"),),
        "body",
        "put pictures into the file",
    ),
    "a file inside": Broken("ole", (related("oleObject", "a.bin"),), "body", "put a picture of it"),
    "a document type": Broken("dtd", ((DOCUMENT, HEAD, "<!DOCTYPE w>"),), "", "Open it in Word, save it"),
    "a field that is not allowed": Broken(
        "field_code",
        (after(FIELD.format("DATE")),),
        "body, paragraph 2",
        "{{ letter_date }}",
        "1",
        (after(line("{{ letter_date }}")),),
    ),
    "a tracked change": Broken(
        "tracked_change",
        (after(INSERTED),),
        "body, paragraph 2",
        "Accept All Changes",
        "new",
        (after(line("new")),),
    ),
    "no room": Broken(
        "no_room",
        ((DOCUMENT, 'w:w="12240"', 'w:w="3000"'),),
        "body",
        "Make the margins smaller",
        good=((DOCUMENT, 'w:w="12240"', 'w:w="8000"'),),
    ),
    "hidden words": Broken(
        "hidden_text",
        (after(HIDDEN),),
        "body, paragraph 2",
        "Delete them in Word",
        "old client",
        severity="warning",
    ),
    "a link that lies": Broken(
        "link_text",
        (after(LINK), related("hyperlink", "https://b.example/")),
        "body, paragraph 2",
        "Let it say where it leads",
        "amazon.com",
        (after(LINK.replace("amazon.com", "b.example")), related("hyperlink", "https://b.example/")),
        severity="warning",
    ),
    "no style": Broken(
        "style_made",
        ((STYLES, QUOTE, '<w:name w:val="Saying"/>'),),
        "styles",
        "make a style of that name",
        message="It has no style for 'Quote':",
        severity="warning",
    ),
    "a style of another type": Broken(
        "style_made",
        ((STYLES, QUOTE, '<w:name w:val="Saying"/>'), (STYLES, "</w:styles>", STYLE.format("q", "Quote"))),
        "styles",
        "Delete it, and make a paragraph style of that name",
        severity="warning",
    ),
    "a style as LibreOffice calls it": Broken(
        "style_named",
        ((STYLES, QUOTE, '<w:name w:val="Quotations"/>'),),
        "styles",
        "A style of the name 'Quote'",
        message="'Quotations' is taken for 'Quote'",
        severity="warning",
    ),
    "a plain style without space": Broken(
        "no_spacing",
        ((STYLES, '<w:spacing w:after="120" w:line="264"', '<w:spacing w:after="0" w:line="264"'),),
        "styles",
        "After: 6 pt",
        message="run together",
        severity="warning",
    ),
    "comments": Broken(
        "left_out",
        (related("comments", "comments.xml"),),
        "body",
        "Delete All Comments",
        severity="warning",
        extra={"word__comments.xml": f'<w:comments xmlns:w="{W[1:-1]}"/>'},
    ),
}


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_a_fault_is_told_at_its_place_and_its_remedy_works(case):
    """One problem and no other, with its severity, part, paragraph and words; and none once it is mended."""
    (found,) = problems_of_shell(shell(*case.bad, **case.extra), pack="acme")
    assert (found.code, found.severity, found.file) == (case.code, case.severity, FILE)
    assert (found.inside, found.source) == (case.inside, case.source)
    assert found.place == FILE
    assert (found.line, found.column) == (None, None)
    assert found.paragraph == (int(case.inside.rpartition(" ")[2]) if "paragraph" in case.inside else None)
    assert case.remedy in found.remedy
    assert case.message in found.message
    assert problems_of_shell(shell(*case.good), pack="acme") == ()


@pytest.mark.parametrize(
    ("data", "message", "remedy"),
    [
        (b"", "It is empty.", "delete the file"),
        (b"words", "It is no Word document (.docx).", "save it as"),
        (old_word(encrypted=False), "It is an old Word file (.doc).", "save it as"),
        (old_word(encrypted=True), "It is protected by a password.", "Encrypt with Password"),
        (b"PK\x03\x04 cut off", "It is a damaged Word file.", "save it as"),
        (zipped({"a.txt": b"a"}), "It is no Word document.", "save it as"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(data, message, remedy):
    """With a remedy, and no copy with comments is made of it."""
    (found,) = problems_of_shell(data, pack="acme")
    assert (found.message, found.severity) == (message, "error")
    assert remedy in found.remedy
    assert "cannot be opened" in annotated_shell(data, pack="acme").why_not


def test_every_problem_is_told_in_one_run_as_it_stands_in_the_file():
    """Errors first, the body before its header; what is missing is told beside what is wrong."""
    data = shell(
        after(line("{{ x }}") + HIDDEN),
        (HEADER, "{{ seller }}", "{{ sellr }}"),
        (STYLES, QUOTE, '<w:name w:val="q"/>'),
    )
    found = [(one.code, one.inside) for one in problems_of_shell(data, pack="acme")]
    assert found == [
        ("unknown_field", "body, paragraph 2"),
        ("unknown_field", "header 1, paragraph 1"),
        ("hidden_text", "body, paragraph 3"),
        ("style_made", "styles"),
    ]


def test_a_file_of_words_own_with_its_theme_is_a_shell():
    """The fonts of a theme say for which script they are: that leads nowhere."""
    made = docx.Document()
    made.add_paragraph("{{ body }}")
    data = io.BytesIO()
    made.save(data)
    assert b'script="Jpan"' in parts(data.getvalue())["word/theme/theme1.xml"]
    assert [one.code for one in problems_of_shell(data.getvalue(), pack="acme")] == ["style_made"]
    assert read_shell(data.getvalue(), name=FILE).missing


# --- the copy with comments -------------------------------------------------------------------------


def commented(data):
    """The comments of a file by the number of their paragraph, as python-docx reads them."""
    opened = docx.Document(io.BytesIO(data))
    told = {one.comment_id: one for one in opened.comments}
    found = []
    for at, paragraph in enumerate(opened.element.body.iter(f"{W}p"), 1):
        for mark in paragraph.iterchildren(f"{W}commentRangeStart"):
            one = told.pop(int(mark.get(f"{W}id")))
            assert (one.author, one.initials, one.timestamp) == ("poa", "poa", None)
            found.append((at, one.text))
    assert not told
    return found


def test_each_problem_is_a_comment_at_its_paragraph():
    """What stands in a header, and what is about the whole file, is at the first one."""
    table = f"<w:tbl><w:tr><w:tc>{line('{{ a }}')}</w:tc></w:tr></w:tbl>"
    data = shell(
        (DOCUMENT, BODY, line("Cover") + BODY + table + "<w:p/>" + FIELD.format("DATE")),
        (HEADER, "{{ seller }}", "{{ sellr }}"),
        (STYLES, QUOTE, '<w:name w:val="q"/>'),
    )
    made = annotated_shell(data, pack="acme")
    assert made == annotated_shell(data, pack="acme")
    found = commented(made.data)
    assert made.comments == len(found) == 4
    assert [at for at, _ in found] == [1, 1, 3, 5]
    by_words = {text.partition("'")[2].partition("'")[0]: text.split("\n") for _, text in found}
    assert by_words["sellr"][0] == "Error: There is no field 'sellr'; did you mean 'seller'?"
    assert by_words["sellr"][1] == 'Place: Header 1, paragraph 1, which says "{{ sellr }} {{ letter_date }}".'
    assert by_words["sellr"][2].startswith(UNKNOWN)
    assert by_words["Quote"][0].startswith("Warning: ")
    assert by_words["a"][1].startswith(UNKNOWN)


def test_a_comment_on_a_text_box_is_at_the_paragraph_that_it_hangs_on():
    """Word takes none inside."""
    usual = parts(as_word_leaves_it())
    text = usual[DOCUMENT].replace(b"For {{ seller }}", b"For {{ sellr }}")
    made = annotated_shell(zipped(usual | {DOCUMENT: text}), pack="acme")
    body = etree.fromstring(parts(made.data)[DOCUMENT])
    marks = [
        one
        for one in body.iter(f"{W}commentRangeStart")
        if one.getnext().find(".//{*}txbxContent") is not None
    ]
    assert marks
    assert not [one for one in body.iter(f"{W}commentRangeStart") if [*one.iterancestors(f"{W}txbxContent")]]


def test_nothing_else_of_the_shell_changes():
    """All other parts are as they were, and the copy is a shell with the same problems and its comments."""
    data = shell(after(line("{{ a }}")))
    copy = annotated_shell(data, pack="acme").data
    changed = {name for name, part in parts(copy).items() if parts(data).get(name) != part}
    assert changed == {DOCUMENT, RELS, TYPES, "word/comments.xml"}
    assert {one.code for one in problems(copy, name=FILE)} == {"unknown_field", "left_out"}


@pytest.mark.parametrize(
    "name",
    ["a macro", "a template from elsewhere", "a picture from elsewhere", "a file inside", "a document type"],
)
def test_what_could_act_is_not_copied(name):
    """One sentence instead."""
    case = BROKEN[name]
    made = annotated_shell(shell(*case.bad, **case.extra), pack="acme")
    assert (made.data, made.comments) == (b"", 0)
    assert made.why_not.startswith(f"No copy of {FILE} was written: ")


@pytest.mark.parametrize(
    ("code", "copied"),
    [
        ("DATE", True),
        ("AUTHOR", True),
        ("IF 1 = 1 a b", True),
        ("DDEAUTO a b", False),
        ("INCLUDETEXT a", False),
        ("DATEX", False),
    ],
)
def test_a_field_that_fetches_or_runs_something_is_not_copied(code, copied):
    """One that prints a day or a name is."""
    assert bool(annotated_shell(shell(after(FIELD.format(code))), pack="acme").data) == copied


def test_what_could_act_is_known_behind_two_hundred_other_problems():
    """The list is cut off; what must not be copied is not."""
    many = "".join(line(f"{{{{ a{at} }}}}") for at in range(300))
    assert annotated_shell(shell(after(many + FIELD.format("DDE a b"))), pack="acme").why_not


# --- the command --------------------------------------------------------------------------------------


def run(*args, code=0):
    done = CliRunner().invoke(main, ["packs", "check", *map(str, args)])
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture
def acme(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["packs", "new", "acme"]).exit_code == 0
    return tmp_path / "acme"


def test_its_problems_stand_beside_those_of_the_templates(acme):
    """In one run, in the same form, whichever of the two cannot be read."""
    (acme / "shell.docx").write_bytes(shell(after(line("Dear {{ sellr }}"))))
    (acme / "_more.md.j2").write_text("{% if %}")
    said = run("acme", "--fast", code=1)
    assert "acme/_more.md.j2:1:" in said
    assert (
        "acme/shell.docx: error: There is no field 'sellr'; did you mean 'seller'?\n"
        '    body, paragraph 2: "Dear {{ sellr }}"\n'
        "    A shell knows {{ seller }}, "
    ) in said
    assert "2 errors, 1 warning." in said
    (acme / "pack.toml").write_text("no TOML")
    (acme / "shell.docx").write_bytes(b"")
    said = run("acme", "--fast", code=1)
    assert "acme/pack.toml" in said
    assert "acme/shell.docx: error: It is empty." in said


def test_its_problems_are_data_with_the_same_keys(acme):
    (acme / "shell.docx").write_bytes(shell(after(line("Dear {{ sellr }}"))))
    (acme / "_more.md.j2").write_text("{% if %}")
    data = json.loads(run("acme", "--fast", "--json", code=1))
    template, *_, look = data["problems"]
    assert list(template) == list(look)
    assert (template["inside"], template["paragraph"]) == ("", None)
    assert (look["file"], look["line"], look["column"]) == (FILE, None, None)
    assert (look["inside"], look["paragraph"], look["source"]) == ("body, paragraph 2", 2, "Dear {{ sellr }}")
    assert (data["errors"], data["warnings"]) == (2, 1)
    assert "annotated" not in data


def test_a_warning_ends_the_run_with_3_where_that_is_asked(acme):
    (acme / "shell.docx").write_bytes(shell(after(HIDDEN)))
    assert "0 errors, 1 warning." in run("acme", "--fast")
    run("acme", "--fast", "--strict", code=3)


def test_a_link_a_folder_and_a_file_that_is_too_large_are_told(acme, tmp_path):
    own = acme / "shell.docx"
    own.rename(tmp_path / "elsewhere.docx")
    assert "nothing is wrong" in run("acme", "--fast")
    try:
        own.symlink_to(tmp_path / "elsewhere.docx")
    except OSError:
        pytest.skip("no links here")
    said = " ".join(run("acme", "--fast", "--annotate").split())
    assert (
        "acme/shell.docx: warning: It is a link, and is not used: the papers have the built-in look." in said
    )
    assert "No copy was written: acme/shell.docx is a link." in said
    own.unlink()
    own.mkdir()
    assert "It is no file, and is not used" in run("acme", "--fast")
    own.rmdir()
    with own.open("wb") as handle:
        handle.truncate((20 << 20) + 1)
    said = run("acme", "--fast", "--annotate", code=1)
    assert "acme/shell.docx: error: It is larger than 20 MB." in said
    assert "Compress Pictures" in said
    assert sorted(one.name for one in tmp_path.iterdir()) == ["acme", "elsewhere.docx"]


@pytest.mark.deep
def test_papers_are_tried_without_a_shell_that_is_broken(acme):
    """Its own fault is told once, and what else is wrong with the papers, too."""
    (acme / "shell.docx").write_bytes(shell(after(line("{{ sellr }}"))))
    data = json.loads(run("acme", "--lang", "en", "--sample", "normal", "--json", code=1))
    assert [one["code"] for one in data["problems"]] == ["unknown_field"]
    assert data["papers"] == []
    said = run("acme", "--lang", "en", "--sample", "normal", code=1)
    assert "The papers were tried without shell.docx." in said


def test_the_copy_is_written_where_it_is_said_and_never_over_anything(acme, tmp_path):
    own, copy = acme / "shell.docx", tmp_path / "shell-annotated.docx"
    own.write_bytes(shell(after(line("{{ sellr }}"))))
    was = own.read_bytes()
    said = run("acme", "--fast", "--annotate", code=1)
    assert "A copy of acme/shell.docx with 1 comment, for Word: shell-annotated.docx" in said
    assert [at for at, _ in commented(copy.read_bytes())] == [2]
    copy.write_bytes(b"mine")
    assert "already there" in run("acme", "--fast", "--annotate", code=1)
    assert copy.read_bytes() == b"mine"
    data = json.loads(run("acme", "--fast", "--annotate", "--overwrite", "--json", code=1))
    assert (data["annotated"], data["not_annotated"]) == ("shell-annotated.docx", None)
    assert commented(copy.read_bytes())
    run("acme", "--fast", "--annotate", "--out", "other.docx", code=1)
    assert (tmp_path / "other.docx").read_bytes() == copy.read_bytes()
    for name in ("acme/shell.docx", "hard.docx"):
        if name == "hard.docx":
            os.link(own, name)
        said = run("acme", "--fast", "--annotate", "--overwrite", "--out", name, code=1)
        assert "is the shell itself, which is never changed" in said
    assert own.read_bytes() == was


@pytest.mark.deep
def test_where_there_is_nothing_to_comment_on_one_sentence_says_so(acme, tmp_path):
    said = " ".join(run("acme", "--fast", "--annotate").split())
    assert f"There is nothing to comment on in {FILE}, and no copy was written." in said
    (acme / "shell.docx").unlink()
    assert f"No copy was written: {FILE} is not there." in run("acme", "--fast", "--annotate")
    data = json.loads(run("acme", "--fast", "--annotate", "--json"))
    assert (data["annotated"], data["not_annotated"]) == (None, f"No copy was written: {FILE} is not there.")
    assert [one.name for one in tmp_path.iterdir()] == ["acme"]


# --- what is meant by what a shell does not take ---------------------------------------------------


@pytest.mark.parametrize("target", ["http://www.acme.example/", "file:///C:/a.docx", "javascript:x()"])
def test_a_link_that_leads_elsewhere_is_told_once_with_what_to_do_in_word(target):
    bad = related("hyperlink", target, '"External"')
    (found,) = problems_of_shell(shell(after(LINK), bad), pack="acme")
    assert found.code == "external_relation"
    assert "links lead only to https:// and mailto:" in found.message
    assert "Edit Hyperlink" in found.remedy


def test_a_link_that_leads_nowhere_is_told_still():
    """Its relation is not in the file, and so was not told."""
    (found,) = problems_of_shell(shell(after(LINK)), pack="acme")
    assert found.code == "missing_part"


@pytest.mark.parametrize(("field", "written"), IN_A_TEMPLATE.items())
def test_a_name_of_a_template_in_a_shell_is_told_which_mark_it_is(field, written):
    for words in {written, written.partition(" | ")[0]}:
        (found,) = problems_of_shell(shell(after(line(f"{{{{ {words} }}}}"))), pack="acme")
        assert f"a shell knows {{{{ {field} }}}}" in found.message
        assert found.remedy == f"Write {{{{ {field} }}}}."
    assert problems_of_shell(shell(after(line(f"{{{{ {field} }}}}"))), pack="acme") == ()


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ('word/document.xml, paragraph 1 "a": No.', 'body, paragraph 1 "a": No.'),
        (
            'word/header2.xml, paragraph 3 "word/document.xml": No.',
            'header 2, paragraph 3 "word/document.xml": No.',
        ),
        ("word/document.xml: No.", "body: No."),
        ("word/document.xml is damaged.", "word/document.xml is damaged."),
        ("It is empty.", "It is empty."),
    ],
)
def test_the_place_of_a_fault_as_word_shows_it(told, shown):
    assert in_word(told) == shown
