"""``poa packs``: a new pack works at once; files are copied, compared, zipped and taken out without harm."""

import json
import shlex
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import mostly_deep

from poa.cli import main
from poa.cli.pack_folders import open_packs
from poa.cli.terminal import typed
from poa.packs.chain import chain_of
from poa.packs.options import option_values, read_options
from poa.packs.papers import read_papers
from poa.packs.starting import starter_files


def run(*args, code=0):
    done = CliRunner().invoke(main, list(map(str, args)))
    assert done.exit_code == code, done.output
    return " ".join(done.output.split())


@pytest.fixture
def acme(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("packs", "new", "acme")
    return tmp_path / "acme"


@pytest.mark.usefixtures("acme")
def test_a_new_pack_has_nothing_wrong_with_its_files():
    assert "nothing is wrong" in run("packs", "check", "acme", "--fast")


def test_a_new_pack_that_is_changed_as_its_comments_say_has_nothing_wrong(acme):
    """Take away the comment lines around the block, and the sign in front of the phrase."""
    letter, phrases = acme / "plan-of-action.md.j2", acme / "lang" / "en.toml"
    text = letter.read_text()
    begin, end = text.index("{# To change one section"), text.rindex("#}")
    block = text[text.index("{% block", begin) : end].replace(
        "We look forward to your reply.", "{{ t.own_closing }}"
    )
    letter.write_text(text[:begin] + block)
    phrases.write_text(phrases.read_text().replace("# own_closing", "own_closing"))
    (acme / "pack.toml").write_text(
        (acme / "pack.toml").read_text().replace('# languages = ["en", "de"]', 'languages = ["en"]')
    )
    assert "nothing is wrong" in run("packs", "check", "acme", "--fast")


def test_a_pack_is_never_written_over(acme):
    (acme / "pack.toml").write_text("mine")
    assert "already holds files" in run("packs", "new", "acme", code=1)
    assert (acme / "pack.toml").read_text() == "mine"


def test_the_chain_names_what_wins_first(acme):
    pack = open_packs(acme)
    steps = chain_of(pack, "plan-of-action")
    assert [one.file for one in steps[:2]] == ["acme/plan-of-action.md.j2", "default/plan-of-action.md.j2"]
    assert "no block taken over" in steps[1].why
    assert chain_of(pack, "root_cause")[0].file.startswith("default/lang/en.toml:")
    assert "default/_rates.md.j2: built in" in run("packs", "which", "_rates.md.j2", "--pack", "acme")
    assert "did you mean 'plan-of-action'" in run("packs", "which", "plan-of-acton", "--pack", "acme", code=1)


def test_an_ejected_file_is_what_it_was_and_what_changed_since_is_told(acme):
    run("packs", "eject", "acme", "_causes.md.j2")
    assert (acme / "_causes.md.j2").read_text() == open_packs(None).default["_causes.md.j2"]
    assert "Nothing changed" in run("packs", "diff", "acme")
    kept = acme / "origins" / "_causes.md.j2.origin"
    kept.write_text("{# an older one #}\n" + kept.read_text())
    assert "-{# an older one #}" in run("packs", "diff", "acme")
    (acme / "origins" / "gone.md.j2.origin").write_text("x")
    assert "no built-in file of this name any more" in run("packs", "diff", "acme")
    assert "is already there" in run("packs", "eject", "acme", "_causes.md.j2", code=1)
    assert "did you mean '_causes.md.j2'" in run("packs", "eject", "acme", "_cause.md.j2", code=1)


def test_a_pack_goes_into_one_file_and_out_again_with_the_same_bytes(acme, tmp_path):
    (acme / ".secret").write_text("mine")
    run("packs", "zip", "acme", "--out", "one.zip")
    run("packs", "zip", "acme", "--out", "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    run("packs", "unzip", "one.zip", "--out", "copy")
    files = {
        path.relative_to(acme): path.read_bytes()
        for path in acme.rglob("*")
        if path.is_file() and path.name != ".secret"
    }
    out = {
        path.relative_to(tmp_path / "copy"): path.read_bytes()
        for path in (tmp_path / "copy").rglob("*")
        if path.is_file()
    }
    assert out == files


def _zip(path, names, *, link=False):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("acme/pack.toml", 'id = "a"\n')
        for name in names:
            info = zipfile.ZipInfo(name)
            if link:
                info.external_attr = 0o120777 << 16
            archive.writestr(info, "x")


@pytest.mark.parametrize(
    "name",
    [
        "acme/../out.toml",
        "/etc/out.toml",
        "acme/a\\b.toml",
        "acme/c:x.toml",
        "acme/.hidden.toml",
        "acme/run.py",
        "b/x.toml",
        "acme/PACK.toml",
        "x.toml",
    ],
)
def test_a_zip_that_could_do_harm_is_refused_and_nothing_is_written(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    _zip("bad.zip", [name])
    assert run("packs", "unzip", "bad.zip", code=1)
    assert [path.name for path in tmp_path.iterdir()] == ["bad.zip"]


def test_a_link_and_a_bomb_in_a_zip_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _zip("link.zip", ["acme/lang/en.toml"], link=True)
    assert "holds a link" in run("packs", "unzip", "link.zip", code=1)
    with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("acme/pack.toml", b" " * (21 << 20))
    assert "more than a pack may" in run("packs", "unzip", "bomb.zip", code=1)
    (tmp_path / "text.zip").write_text("no zip")
    assert "no zip of a pack" in run("packs", "unzip", "text.zip", code=1)


def test_the_packs_that_come_with_poa_are_listed():
    found = json.loads(run("packs", "list", "--json"))
    assert [one["name"] for one in found][:2] == ["default", "8d"]


# --- options ---------------------------------------------------------------------------------


def options(**declared):
    return read_options(declared, pack="acme", line={})


def test_an_option_has_its_default_until_the_case_says_otherwise():
    found = options(
        sign={"type": "text", "help": "Who signs.", "required": True},
        memo={"type": "yes_no", "help": "A memo.", "default": False},
        on={"type": "day", "help": "When."},
        tone={"type": "choice", "help": "How.", "choices": ["short", "long"], "default": "short"},
    )
    values, missing = option_values(found, {"on": date(2026, 11, 2)}, file="case.toml")
    assert values == {"sign": None, "memo": False, "on": "2026-11-02", "tone": "short"}
    assert [one.name for one in missing] == ["sign"]
    assert option_values(found, {"sign": "Ada"}, file="case.toml")[1] == ()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"sing": "Ada"}, "did you mean 'sign'"),
        ({"sign": 4}, "is not words in quotes"),
        ({"memo": 1}, "is not true or false"),
        ({"tone": "loud"}, "is not one of short, long"),
        ({"count": True}, "is not a whole number"),
    ],
)
def test_an_answer_of_another_type_is_refused_with_what_is_wanted(told, words):
    found = options(
        sign={"type": "text", "help": "Who signs."},
        memo={"type": "yes_no", "help": "A memo."},
        tone={"type": "choice", "help": "How.", "choices": ["short", "long"]},
        count={"type": "whole", "help": "How many."},
    )
    with pytest.raises(Exception, match=words):
        option_values(found, told, file="case.toml")


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ({"type": "txt", "help": "x"}, "did you mean 'text'"),
        ({"type": "text"}, "has no help"),
        ({"type": "choice", "help": "x"}, "needs choices"),
        ({"type": "text", "help": "x", "choices": ["a"]}, "needs choices"),
        ({"type": "whole", "help": "x", "default": "4"}, "default"),
        ({"type": "text", "help": "x", "requird": True}, "did you mean 'required'"),
    ],
)
def test_an_option_that_is_not_right_is_refused_by_name(declared, words):
    with pytest.raises(Exception, match=words):
        options(sign=declared)


def test_a_paper_may_depend_on_an_option_and_have_a_name_of_fields():
    found = options(memo={"type": "yes_no", "help": "A memo."})
    rules = read_papers({"acme-memo": {"when": "memo", "file": "{seller} memo"}}, found, pack="acme", line={})
    assert rules["acme-memo"].name("acme-memo", {"seller": "Harbor & Pine"}) == "Harbor & Pine memo"
    for wrong, words in (
        ({"when": "mem"}, "did you mean 'memo'"),
        ({"file": "{name}"}, "names a field"),
        ({"file": "../up"}, "cannot hold everywhere"),
        ({"fiel": "x"}, "did you mean 'file'"),
    ):
        with pytest.raises(Exception, match=words):
            read_papers({"acme-memo": wrong}, found, pack="acme", line={})


def test_starter_files_are_the_same_each_time():
    assert starter_files("acme") == starter_files("acme")


# --- what the commands say next --------------------------------------------------------------


@pytest.mark.usefixtures("acme")
def test_a_command_names_only_options_that_it_has():
    """The folder or the file is there already: each says how another one is named."""
    said = run("packs", "new", "acme", code=1)
    assert "poa packs new NAME" in said
    assert "--" not in said
    said = run("packs", "zip", "acme") + run("packs", "zip", "acme", code=1)
    assert "Name another file with --out." in said
    (made,) = Path().glob("*.zip")
    said = run("packs", "unzip", made, code=1)
    assert "Name another folder with --out." in said
    assert "--overwrite" not in said
    run("packs", "unzip", made, "--out", "copy")
    run("packs", "eject", "acme", "_causes.md.j2")
    assert "Rename or delete" in run("packs", "eject", "acme", "_causes.md.j2", code=1)


@pytest.mark.deep
def test_a_name_with_spaces_stands_in_quotes_in_a_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = run("packs", "new", "my acme")
    for command in ("packs preview 'my acme'", "packs check 'my acme'", "--pack 'my acme'"):
        assert command in said
    run("packs", "zip", "my acme", "--out", "one.zip")
    assert "poa packs check 'a copy'" in run("packs", "unzip", "one.zip", "--out", "a copy")
    assert "poa packs test 'my acme' --accept" in run("packs", "test", "my acme", code=1)
    assert "poa packs new 'no such'" in run("packs", "preview", "no such", code=1)


def test_what_can_be_typed_as_it_is_has_no_quotes():
    assert [typed(name) for name in ("acme", "a/b-1.0", "ähre")] == ["acme", "a/b-1.0", "ähre"]
    assert shlex.split(typed("it's $HOME `x`")) == ["it's $HOME `x`"]


@pytest.mark.usefixtures("acme")
def test_one_file_is_one_file():
    run("packs", "eject", "acme", "_causes.md.j2")
    assert "the built-in file that was ejected" in run("packs", "diff", "acme")
    run("packs", "eject", "acme", "_rates.md.j2")
    assert "the 2 built-in files that were ejected" in run("packs", "diff", "acme")


def test_papers_that_changed_are_kept_by_a_command_that_is_named(acme, monkeypatch):
    monkeypatch.setattr("poa.cli.packs.test._papers", lambda _: [("golden/normal/en/a.md", "now\n")])
    (acme / "golden" / "normal" / "en").mkdir(parents=True)
    (acme / "golden" / "normal" / "en" / "a.md").write_text("before\n")
    said = run("packs", "test", "acme", code=1)
    assert said.endswith("keep them as they are now: poa packs test acme --accept")
    assert "1 paper is kept" in run("packs", "test", "acme", "--accept")
    assert "--accept" not in run("packs", "test", "acme")


@pytest.mark.parametrize("name", mostly_deep(["shell.doc", "Shell.dotx", "shell.odt"], "shell.doc"))
def test_a_letterhead_of_another_kind_is_told(acme, name):
    (acme / "shell.docx").unlink()
    (acme / name).write_bytes(b"x")
    said = run("packs", "check", "acme", "--fast")
    assert f"acme/{name}: warning: It is not used" in said
    assert "save it as shell.docx" in said
    run("packs", "new", "other")
    (acme / "shell.docx").write_bytes((acme.parent / "other" / "shell.docx").read_bytes())
    assert "nothing is wrong" in run("packs", "check", "acme", "--fast")
