"""The threats of a stranger's Word file, one test each: as letterhead of a pack, and as a paper to review."""

import zipfile

import pytest
from attacks import check, refused, run, stranger, tree, write
from hostile_word import HOSTILE, LAUGHS, bomb, field, relations, said, with_doctype, word_file
from made_shells import BODY, as_word_leaves_it, codes, line, linked, parts, section, shell_file
from test_shell_hostile import PAYLOADS
from test_threats_templates import links


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def shell(tmp_path):
    """Judge a letterhead: the codes of its faults. The first of a test lies in a pack, and the command judges it."""
    judged_by_command = []

    def judged(data, severity="error"):
        if judged_by_command:
            return codes(data)
        judged_by_command.append(data)
        write(stranger(tmp_path), **{"shell.docx": data})
        before = tree(tmp_path)
        found = check(1 if severity == "error" else 0).get("shell.docx", [])
        assert tree(tmp_path) == before
        return {one["code"] for one in found if one["severity"] == severity}

    return judged


def letterhead_on_a_letter(data, folder):
    """The parts of the letter that an appeal writes in this letterhead."""
    write(stranger(folder), **{"shell.docx": data})
    run("appeal", "report.csv", "--pack", "stranger", "--out", "out", "--format", "docx")
    return parts((folder / "out" / "plan-of-action.docx").read_bytes())


def test_code_in_a_letterhead_is_not_run(shell):
    """In the text, a header and a footer, cut over runs: each is refused."""
    for payload in PAYLOADS[:2]:
        half = len(payload) // 2
        code = line(payload[:half], payload[half:])
        for data in (
            shell_file(code + BODY),
            shell_file(BODY + section(default="header1"), header1=code),
            shell_file(BODY + section(default="footer1"), footer1=code),
        ):
            assert shell(data)


def test_a_letterhead_of_a_hundred_thousand_braces_is_refused_before_it_is_searched(shell):
    assert shell(shell_file(line("{" * 100_000) + BODY))


def test_entities_that_multiply_are_refused(shell, tmp_path):
    """A billion laughs, in a letterhead and in a paper to review."""
    assert shell(with_doctype(LAUGHS, "&j;"))
    write(tmp_path, **{"a.docx": with_doctype(LAUGHS, "&j;")})
    assert refused("review", "a.docx", "report.csv", folder=tmp_path)["code"] == "bad_word"


def test_an_entity_that_names_a_file_of_this_machine_is_refused(shell, tmp_path):
    (tmp_path / "secret").write_text("a secret")
    data = with_doctype(f'<!DOCTYPE w [<!ENTITY a SYSTEM "file://{tmp_path.as_posix()}/secret">]>')
    assert shell(data)
    write(tmp_path, **{"a.docx": data})
    assert "a secret" not in str(refused("review", "a.docx", "report.csv", folder=tmp_path))


def test_a_word_file_that_unpacks_to_gigabytes_is_refused(shell, tmp_path):
    """A bomb, a false size, parts that overlap: the bytes are counted as they come."""
    burst = bomb("word/document.xml", b" ", 1 << 30)
    for data in (burst, HOSTILE["a false size"][0](), HOSTILE["overlapping parts"][0]()):
        assert shell(data)
    write(tmp_path, **{"a.docx": burst})
    assert refused("review", "a.docx", "report.csv", folder=tmp_path)["code"] == "too_large"


def test_a_word_file_of_thousands_of_parts_is_refused(shell):
    assert shell(HOSTILE["six thousand parts"][0]()) == {"too_large"}


def test_a_word_file_with_twofold_or_strange_members_is_refused(shell):
    """A part twice, also but for its case, and names that lead up or to the root."""
    for case in (
        "a part twice",
        "a part twice but for its case",
        "a name that leads up",
        "a name from the root",
    ):
        assert shell(HOSTILE[case][0]()) == {"damaged"}


@links
def test_a_folder_or_a_link_in_the_place_of_a_word_file_is_not_followed(tmp_path):
    """A folder called shell.docx whose picture is a link to a secret, and a link to another file."""
    (tmp_path / "secret.png").write_bytes(b"a secret")
    pack = stranger(tmp_path)
    (pack / "shell.docx" / "word" / "media").mkdir(parents=True)
    (pack / "shell.docx" / "word" / "media" / "image1.png").symlink_to(tmp_path / "secret.png")
    (tmp_path / "paper.docx").mkdir()
    assert refused("review", "paper.docx", "report.csv", folder=tmp_path)["code"] == "no_papers"
    run("appeal", "report.csv", "--pack", "stranger", "--out", "out", "--format", "docx")
    with zipfile.ZipFile(tmp_path / "out" / "plan-of-action.docx") as letter:
        assert all(b"a secret" not in letter.read(name) for name in letter.namelist())


def test_what_acts_or_calls_home_in_a_letterhead_is_refused(shell):
    """Attached template, remote picture, share, chunk, OLE, fields, macros: each by its own code."""
    away = "file://host/share/a"
    assert shell(linked("attachedTemplate", "https://evil.example/a.dotm")) == {"attached_template"}
    assert shell(linked("image", away)) == {"external_relation"}
    assert shell(linked("aFChunk", away)) == {"alt_chunk"}
    assert shell(linked("oleObject", away)) == {"ole"}
    for code in ("DDEAUTO cmd /k", "INCLUDETEXT http://a.example/", "INCLUDEPICTURE http://a.example/b.png"):
        assert shell(shell_file(f"{BODY}<w:p>{field(code, '1')}</w:p>"))
    assert shell(shell_file(extra={"word/vbaProject.bin": b"\0"})) == {"macro"}
    odd = relations(("x", "hyperlink", "y")).replace(
        'Target="y" TargetMode="Internal"', 'Target="ms-word:a" TargetMode="External"'
    )
    assert shell(shell_file(extra={"word/_rels/document.xml.rels": odd}))


def test_a_document_of_macros_under_another_name_is_told(shell):
    types = parts(shell_file())["[Content_Types].xml"].decode()
    for kind in ("document.macroEnabled", "template"):
        plain = "openxmlformats-officedocument.wordprocessingml.document.main"
        new = plain.replace("document.main", "template.main") if kind == "template" else plain
        changed = types.replace(plain, new)
        if kind != "template":
            changed = changed.replace(f"vnd.{plain}", "vnd.ms-word.document.macroEnabled.main")
        assert changed != types
        assert shell(shell_file(extra={"[Content_Types].xml": changed}))


def test_hidden_words_and_links_that_lie_are_told(shell):
    link = '<w:p><w:hyperlink r:id="x"><w:r><w:t>www.amazon.com</w:t></w:r></w:hyperlink></w:p>'
    data = shell_file(
        BODY + line("a", look="<w:vanish/>") + line("b", look='<w:color w:val="FFFFFF"/>') + link,
        links=(("x", "hyperlink", "https://amazon.evil.example/"),),
    )
    assert {"hidden_text", "link_text"} <= shell(data, "warning")


def test_nothing_of_who_made_a_letterhead_reaches_the_letter(shell, tmp_path):
    """Names, comments, paths of pictures, properties; words that somebody changed are refused."""
    letter = letterhead_on_a_letter(as_word_leaves_it(), tmp_path)
    everything = b"\n".join(letter.values()).lower()
    for trace in (b"jo doe", b"jo.doe", b"jo-doe", b"rsid", b"generated by python-docx"):
        assert trace not in everything
    assert not [name for name in letter if "comment" in name or "custom" in name or "people" in name]
    changed = '<w:p><w:ins w:author="Jo Doe"><w:r><w:t>a</w:t></w:r></w:ins></w:p>'
    assert shell(shell_file(BODY + changed)) == {"tracked_change"}


def test_what_is_damaged_locked_or_no_word_file_is_one_sentence(shell, tmp_path):
    for case in ("a password", "Word 97", "Rich Text", "a web page", "nothing", "XML cut off", "no document"):
        data = HOSTILE[case][0]()
        assert len(shell(data)) == 1
    write(tmp_path, **{"a.docx": data})
    assert refused("review", "a.docx", "report.csv", folder=tmp_path)["hint"]


def test_values_reach_a_letter_written_in_word_as_they_are(tmp_path):
    """Braces, signs of XML and control characters of a value are neither marks nor lost."""
    name = 'A {_{ B }} {{ x }} & <C> "D"'
    case = f"[seller]\nname = '{name}'\n"
    pack = stranger(tmp_path)
    write(
        pack,
        **{
            "pack.toml": (pack / "pack.toml").read_text() + '[papers.plan-of-action]\nword = "letter.docx"\n',
            "letter.docx": word_file(said("From {{ case.seller.name | answer }} to Amazon")),
        },
    )
    write(tmp_path, **{"case__case.toml": case})
    run("appeal", "report.csv", "--case", "case", "--pack", "stranger", "--out", "out", "--format", "docx")
    run("review", "out/plan-of-action.docx", "--json", code=1)
    text = parts((tmp_path / "out" / "plan-of-action.docx").read_bytes())["word/document.xml"].decode()
    assert 'From A {_{ B }} {{ x }} &amp; &lt;C&gt; "D" to Amazon' in text
