"""Names of files and what is written under them: the same on every disk, inside the folder, whole, or not at all."""

import hashlib
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from poa.errors import InputFault, OutputFault
from poa.files import (
    append_line,
    bundled_packs,
    check_new,
    check_output,
    edited_since,
    files_in,
    free_name,
    papers,
    plain_name,
    provenance_of,
    read_folder,
    read_texts,
    remove_files,
    replace_file,
    safe_name,
    save_new,
    write_folder,
)

HASH = "-[0-9a-f]{8}"
RESERVED = ["con", "PRN", "aux", "Nul", "conin$", "CONOUT$", "com1", "LPT9", "com²", "lpt³", "com0", "lpt¹"]


# --- Names of papers


@pytest.mark.parametrize(
    "name", ["Alder", "alder-supply_2.de", "9", "A" * 60, "con-1", "icon", "com", "com10", "nullx"]
)
def test_a_name_that_every_disk_holds_stays(name):
    """Letters, digits, dot, dash and underscore are as they were."""
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Alder Supply", f"Alder-Supply{HASH}"),
        ("a / b \\ c", f"a-b-c{HASH}"),
        ("../../etc/passwd", f"etc-passwd{HASH}"),
        ("-._name_.-", f"name{HASH}"),
        ("Ａｌｄｅｒ", f"Alder{HASH}"),
        ("A" * 61, f"A{{60}}{HASH}"),
        ("A" * 59 + "-" + "B", f"A{{59}}{HASH}"),
        ("A" * 58 + "-B", "A{58}-B"),
        ("株式会社", "[0-9a-f]{8}"),
        ("", "[0-9a-f]{8}"),
        ("..", "[0-9a-f]{8}"),
        ("\ud800", "[0-9a-f]{8}"),
        *(
            (name, rf"{re.escape(name)}{HASH}")
            for name in ("con", "PRN", "aux", "Nul", "com1", "LPT9", "com0")
        ),
        ("nul.txt", rf"file-nul\.txt{HASH}"),
        ("com¹", f"com1{HASH}"),
        ("conin$", f"conin{HASH}"),
    ],
)
def test_a_name_that_had_to_change_ends_in_its_hash(name, form):
    """What no disk may hold goes, at most sixty characters stay, and eight digits tell it from all others."""
    assert re.fullmatch(form, safe_name(name)), safe_name(name)


def test_the_hash_is_that_of_the_name_as_it_was():
    """The same name has the same file in every run and on every machine."""
    digest = hashlib.sha256(b"Alder Supply").hexdigest()
    assert safe_name("Alder Supply") == f"Alder-Supply-{digest[:8]}"


@given(st.text(max_size=90), st.text(max_size=90))
@example("a b", "a/b")
@example("a-b", "a b")
@example("con", "CON ")
def test_two_names_have_two_files(one, other):
    """Whatever is left out of them."""
    assert (safe_name(one) == safe_name(other)) == (one == other)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,68}", safe_name(one))


# --- Names of the seller's own files


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("迟发货.csv", "迟发货.csv"),
        ("report.csv", "report.csv"),
        ("report", "report"),
        ('a<b>c:d"e/f\\g|h?i*j.csv', "a-b-c-d-e-f-g-h-i-j.csv"),
        ("a\x00b\x1fc\x7fd.csv", "a-b-c-d.csv"),
        ("a???b", "a-b"),
        ("- . a . -.csv", "a.csv"),
        (".csv", "csv"),
        ("", "file"),
        ("...", "file"),
        ("x.abcdefghi", "x.abcdefghi"),
        ("x.abcdefghij", "x.abcdefghij"),
        ("x.abcdefghijk", "x.abcdefghijk"),
        ("y" * 119 + ".abcdefghij", "y" * 119 + ".abcdefghij"),
        ("y" * 119 + ".abcdefghijk", "y" * 119),
        ("é" * 60 + ".csv", "é" * 60 + ".csv"),
        ("é" * 61 + ".csv", "é" * 60 + ".csv"),
        ("y" * 118 + " - z.csv", "y" * 118 + ".csv"),
        ("a. ", "a"),
        ("a\ud800b", "a?b".replace("?", "-")),
        *((f"{name}.txt", f"file-{name}.txt") for name in RESERVED),
        *((name, f"file-{name}") for name in RESERVED),
        ("con.tar.gz", "file-con.tar.gz"),
        ("icon.txt", "icon.txt"),
        ("com10", "com10"),
        ("com", "com"),
        ("console.csv", "console.csv"),
    ],
)
def test_a_plain_name_is_held_by_every_disk(name, kept):
    """Its own script stays; signs that a disk refuses, and names that Windows keeps to itself, do not."""
    assert plain_name(name) == kept


@given(st.text(max_size=200))
def test_a_plain_name_is_plain_already(name):
    """Naming twice is naming once, and the name fits a disk of any kind."""
    plain = plain_name(name)
    assert plain_name(plain) == plain
    assert 0 < len(plain.encode()) < 200
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', plain)
    assert plain == plain.strip(" .")


@pytest.mark.parametrize(
    ("name", "taken", "free"),
    [
        ("report.csv", [], "report.csv"),
        ("report.csv", ["other.csv"], "report.csv"),
        ("report.csv", ["REPORT.CSV"], "report-2.csv"),
        ("Report.csv", ["report.csv", "report-2.csv"], "Report-3.csv"),
        ("report", ["report"], "report-2"),
        ("a.tar.gz", ["a.tar.gz"], "a.tar-2.gz"),
        ("a:b.csv", ["a-b.csv"], "a-b-2.csv"),
    ],
)
def test_a_free_name_is_the_first_that_nobody_has(name, taken, free):
    """Upper and lower case being the same, as they are on most disks."""
    assert free_name(name, taken) == free


# --- What is read of a folder


@pytest.fixture
def folder(tmp_path):
    """A folder with texts, what is hidden, a link that leads out, and what is no text."""
    home = tmp_path / "pack"
    (home / "lang").mkdir(parents=True)
    (home / ".git").mkdir()
    (tmp_path / "secret.toml").write_text("secret")
    for name in (
        "pack.toml",
        "plan.md.j2",
        "lang/de.toml",
        "picture.png",
        ".hidden.toml",
        ".git/config.toml",
    ):
        (home / name).write_text(name)
    (home / "link.toml").symlink_to(tmp_path / "secret.toml")
    (home / "folder.toml").mkdir()
    return home


def test_a_pack_is_its_texts_alone(folder):
    """Links could lead out of it, hidden files and pictures are no templates."""
    assert read_folder(folder) == {name: name for name in ("lang/de.toml", "pack.toml", "plan.md.j2")}


def test_texts_stand_under_their_prefix(folder):
    """Links and hidden files are left out; a folder that is not there has none."""
    found = read_texts(folder, prefix="x")
    assert found == {f"x/{name}": name for name in ("lang/de.toml", "pack.toml", "picture.png", "plan.md.j2")}
    assert read_texts(folder / "missing", prefix="x") == {}


def test_a_text_that_is_not_utf8_is_named_with_its_line(folder):
    """The line that the first bad byte stands in."""
    (folder / "pack.toml").write_bytes(b"one\ntwo\nthr\xffe\n")
    with pytest.raises(InputFault) as caught:
        read_folder(folder)
    assert (caught.value.code, caught.value.line) == ("not_utf8", 3)
    assert caught.value.file == str(folder / "pack.toml")
    with pytest.raises(InputFault) as caught:
        read_texts(folder, prefix="x")
    assert (caught.value.code, caught.value.file) == ("not_utf8", str(folder / "pack.toml"))


def test_a_bad_byte_at_the_very_beginning_stands_in_line_one(folder):
    """Lines are counted from one."""
    (folder / "pack.toml").write_bytes(b"\xff\n")
    with pytest.raises(InputFault) as caught:
        read_folder(folder)
    assert caught.value.line == 1


def test_a_pack_that_is_not_there_is_named(tmp_path):
    """A file is no folder either."""
    (tmp_path / "file").write_text("x")
    for name in ("missing", "file"):
        with pytest.raises(InputFault) as caught:
            read_folder(tmp_path / name)
        assert caught.value.code == "no_such_folder"


@pytest.mark.parametrize(
    "reading", [read_folder, lambda folder, limit: read_texts(folder, prefix="x", limit=limit)]
)
def test_a_text_beyond_the_limit_is_refused(tmp_path, reading):
    """At the limit it is read."""
    (tmp_path / "pack.toml").write_text("12345678")
    assert list(reading(tmp_path, limit=8).values()) == ["12345678"]
    with pytest.raises(InputFault):
        reading(tmp_path, limit=7)


def test_the_files_of_a_case_are_those_that_anybody_sees(folder):
    """No link, no hidden file, and accents as people type them."""
    (folder / "lang" / "Mu\u0308ller.pdf").write_text("x")
    found = files_in(folder)
    assert sorted(found) == ["lang/Müller.pdf", "lang/de.toml", "pack.toml", "picture.png", "plan.md.j2"]
    assert found["lang/de.toml"] == folder / "lang" / "de.toml"
    assert files_in(folder / "missing") == {}


def test_the_built_in_pack_is_the_first(monkeypatch, tmp_path):
    """And each has its manifest; a folder without one is no pack."""
    found = bundled_packs()
    assert next(iter(found)) == "default"
    assert list(found)[1:] == sorted(list(found)[1:])
    for name in ("b", "default", "a", "none"):
        (tmp_path / name).mkdir()
        if name != "none":
            (tmp_path / name / "pack.toml").write_text("")
    monkeypatch.setattr(papers, "bundled", lambda _: tmp_path)
    assert list(bundled_packs().items()) == [(name, tmp_path / name) for name in ("default", "a", "b")]


# --- What is written


PAPERS = {"plan.md": b"plan", "annex/late.csv": b"late"}


def texts(folder: Path) -> dict[str, bytes]:
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file()
    }


def beside(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.parent.iterdir())


def test_papers_are_written_whole_with_nothing_beside_them(tmp_path):
    """Into a folder that is made with those above it, and that others may read."""
    out = tmp_path / "a" / "papers"
    write_folder(out, PAPERS)
    assert texts(out) == PAPERS
    assert beside(out) == ["papers"]
    assert out.stat().st_mode & 0o777 == 0o755


def test_papers_replace_their_like_and_nothing_else(tmp_path):
    """What an earlier run made and this one does not goes; what somebody put there stays."""
    out = tmp_path / "papers"
    write_folder(out, {**PAPERS, "old.md": b"old"})
    (out / "mine.txt").write_bytes(b"mine")
    write_folder(
        out, {"plan.md": b"new", "img/1.png": b"1"}, replace=True, stale=["old.md", "never.md", "img"]
    )
    assert texts(out) == {
        "plan.md": b"new",
        "img/1.png": b"1",
        "annex/late.csv": b"late",
        "mine.txt": b"mine",
    }
    assert beside(out) == ["papers"]


def test_papers_lie_in_their_staging_until_they_are_whole(tmp_path):
    """By default beside the folder, or where it is said."""
    (tmp_path / "staging").mkdir()
    (tmp_path / "staging").chmod(0o500)
    try:
        with pytest.raises(OutputFault) as caught:
            write_folder(tmp_path / "papers", {"a/b": b"x", "a": b"y"}, staging=tmp_path / "none")
    finally:
        (tmp_path / "staging").chmod(0o700)
    assert caught.value.code == "unwritable"
    write_folder(tmp_path / "papers", PAPERS, staging=tmp_path / "staging")
    assert beside(tmp_path / "papers") == ["papers", "staging"]


@pytest.mark.parametrize("name", ["../out.md", "/etc/x", "a/../../x", "..", "", ".", "a\0b"])
def test_no_paper_leaves_its_folder(tmp_path, name):
    """A name that leads out is a fault of the program, and nothing is written."""
    with pytest.raises(ValueError):
        write_folder(tmp_path / "papers", {"plan.md": b"x", name: b"x"})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_files_is_not_touched(tmp_path):
    """An empty one may be written to; the hint names the way out that the command has."""
    check_output(tmp_path, replace=False)
    (tmp_path / "mine.txt").write_bytes(b"mine")
    check_output(tmp_path, replace=True)
    for elsewhere, hint in (("", "--overwrite"), ("Say another.", "Say another.")):
        with pytest.raises(OutputFault) as caught:
            write_folder(tmp_path, PAPERS, elsewhere=elsewhere)
        assert caught.value.code == "already_exists"
        assert hint in caught.value.hint
    assert texts(tmp_path) == {"mine.txt": b"mine"}


@pytest.mark.parametrize("replace", [False, True])
def test_a_file_is_no_folder_for_papers(tmp_path, replace):
    """Nor is what lies below a file."""
    (tmp_path / "file").write_bytes(b"mine")
    for elsewhere, hint in (("", "--out"), ("Say another.", "Say another.")):
        with pytest.raises(OutputFault) as caught:
            check_output(tmp_path / "file", replace=replace, elsewhere=elsewhere)
        assert caught.value.code == "not_a_folder"
        assert hint in caught.value.hint
        with pytest.raises(OutputFault) as caught:
            check_output(tmp_path / "file" / "below", replace=replace, elsewhere=elsewhere)
        assert caught.value.code == "unwritable"
        assert hint in caught.value.hint
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_a_folder_that_may_not_be_written_to_is_named_before_any_work(tmp_path, monkeypatch):
    """The folder itself, or the nearest above it that is there; both writing and entering are asked for."""
    asked = []
    monkeypatch.setattr(os, "access", lambda path, mode: asked.append((path, mode)) or False)
    (tmp_path / "there").mkdir()
    for folder, home in ((tmp_path / "there", tmp_path / "there"), (tmp_path / "a" / "b", tmp_path)):
        with pytest.raises(OutputFault) as caught:
            check_output(folder, replace=True)
        assert (caught.value.code, caught.value.file) == ("unwritable", str(home))
        assert asked.pop() == (home, os.W_OK | os.X_OK)


@pytest.mark.parametrize("block", ["plan.md/inner.txt", "annex"])
def test_what_is_in_the_way_is_named_and_nothing_is_written(tmp_path, block):
    """A folder where a paper goes, a file where its folder goes."""
    out = tmp_path / "papers"
    (out / block).parent.mkdir(parents=True)
    (out / block).write_bytes(b"mine")
    for elsewhere, hint in (("", "--out"), ("Say another.", "Say another.")):
        with pytest.raises(OutputFault) as caught:
            write_folder(out, PAPERS, replace=True, elsewhere=elsewhere)
        assert caught.value.code == "in_the_way"
        assert hint in caught.value.hint
    assert texts(out) == {block: b"mine"}
    assert beside(out) == ["papers"]


def test_a_link_in_the_way_is_not_followed(tmp_path):
    """Papers would land in another folder."""
    out = tmp_path / "papers"
    out.mkdir()
    (tmp_path / "other").mkdir()
    (out / "annex").symlink_to(tmp_path / "other")
    with pytest.raises(OutputFault) as caught:
        write_folder(out, PAPERS, replace=True)
    assert caught.value.code == "in_the_way"
    assert list((tmp_path / "other").iterdir()) == []


def test_one_new_file_is_written_and_never_over_another(tmp_path, monkeypatch):
    """Nor into a folder that is not there; the hint is the caller's."""
    save_new(tmp_path / "map.toml", b"one")
    for path, code in (
        (tmp_path / "map.toml", "already_exists"),
        (tmp_path / "none" / "map.toml", "unwritable"),
    ):
        for act in (
            lambda path: save_new(path, b"two", hint="Say."),
            lambda path: check_new(path, hint="Say."),
        ):
            with pytest.raises(OutputFault) as caught:
                act(path)
            assert (caught.value.code, caught.value.file, caught.value.hint) == (code, str(path), "Say.")
    assert texts(tmp_path) == {"map.toml": b"one"}
    monkeypatch.setattr(Path, "open", lambda *_: no_space())
    with pytest.raises(OutputFault) as caught:
        save_new(tmp_path / "other.toml", b"two", hint="Say.")
    assert (caught.value.code, caught.value.hint) == ("unwritable", "Say.")
    assert "No space left" in str(caught.value)


# --- What was made, and what was edited since


def told(folder, **more):
    (folder / "internal").mkdir(exist_ok=True)
    data = {
        "made_by": "poa 1",
        "status": "draft",
        "inputs": [{"read_as": "report", "sha256": "r"}, {"read_as": "case", "sha256": "c"}],
        "outputs": {name: hashlib.sha256(text).hexdigest() for name, text in PAPERS.items()},
        **more,
    }
    (folder / "internal" / "provenance.json").write_text(json.dumps(data))


def test_the_folder_says_what_made_it(tmp_path):
    """Who, in which state, of which case, and the hash of each paper; names that lead out are none of ours."""
    told(tmp_path, outputs={"plan.md": "1", "../x": "2", "/x": "3", "": "4", "a\0": "5"})
    made = provenance_of(tmp_path)
    assert (made.made_by, made.status, made.case, made.outputs) == ("poa 1", "draft", "c", {"plan.md": "1"})
    told(tmp_path, inputs=[])
    assert provenance_of(tmp_path).case == ""


@pytest.mark.parametrize("more", [{"outputs": []}, {"inputs": [{}]}, {"inputs": 3}])
def test_a_folder_that_says_nothing_was_made_by_nobody(tmp_path, more):
    """However it fails to say it."""
    told(tmp_path, **more)
    assert provenance_of(tmp_path).made_by is None
    (tmp_path / "internal" / "provenance.json").write_text("{")
    assert provenance_of(tmp_path).made_by is None
    assert provenance_of(tmp_path / "missing").outputs == {}


def test_an_edited_paper_is_somebodys_work(tmp_path):
    """One that is as it was made, was deleted or became a link is not."""
    write_folder(tmp_path / "papers", PAPERS)
    told(tmp_path / "papers")
    made = provenance_of(tmp_path / "papers")
    assert edited_since(tmp_path / "papers", made) == {}
    (tmp_path / "papers" / "plan.md").write_bytes(b"edited")
    assert edited_since(tmp_path / "papers", made) == {"plan.md": b"edited"}
    (tmp_path / "papers" / "annex" / "late.csv").unlink()
    (tmp_path / "papers" / "annex" / "late.csv").symlink_to(tmp_path / "papers" / "plan.md")
    assert edited_since(tmp_path / "papers", made) == {"plan.md": b"edited"}


# --- The case folder


def test_a_line_begins_a_line_whatever_was_left_before_it(tmp_path):
    """A last line that somebody cut is ended first; one line is added, however its own ends."""
    path = tmp_path / "journal.jsonl"
    append_line(path, b"one\n\n")
    append_line(path, b"two")
    path.write_bytes(path.read_bytes() + b"cut")
    append_line(path, b"three")
    assert path.read_bytes() == b"one\ntwo\ncut\nthree\n"


def test_a_line_that_cannot_be_kept_leaves_no_half(tmp_path, monkeypatch):
    """A full disk is told, and the file is as it was."""
    path = tmp_path / "journal.jsonl"
    append_line(path, b"one")
    monkeypatch.setattr(os, "fsync", lambda _: no_space())
    with pytest.raises(OutputFault) as caught:
        append_line(path, b"two")
    assert "No space left" in str(caught.value)
    assert (caught.value.code, caught.value.file) == ("unwritable", str(path))
    assert path.read_bytes() == b"one\n"


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path, monkeypatch):
    """And nothing half written lies beside it."""
    path = tmp_path / "new" / "case.toml"
    replace_file(path, b"one")
    assert path.stat().st_mode & 0o777 == 0o644
    path.chmod(0o640)
    replace_file(path, b"two")
    assert path.stat().st_mode & 0o777 == 0o640
    monkeypatch.setattr(os, "fsync", lambda _: no_space())
    with pytest.raises(OutputFault) as caught:
        replace_file(path, b"three")
    assert (caught.value.code, caught.value.file) == ("unwritable", str(path))
    assert texts(tmp_path) == {"new/case.toml": b"two"}


def test_deleting_takes_empty_folders_along_and_stops_at_its_own(tmp_path):
    """A folder that still holds something stays, and so do those above; a file that is gone already is no fault."""
    inside = tmp_path / "home" / "case"
    for name in ("evidence/a/1.png", "evidence/b/2.png", "inputs/r.csv"):
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_bytes(b"x")
    remove_files([inside / "evidence/a/1.png", inside / "inputs/gone.csv"], inside=inside)
    assert sorted(texts(inside)) == ["evidence/b/2.png", "inputs/r.csv"]
    assert not (inside / "evidence" / "a").exists()
    (inside / "stuck").mkdir()
    with pytest.raises(OutputFault) as caught:
        remove_files([inside / "stuck", inside / "inputs/r.csv"], inside=inside)
    assert (caught.value.code, caught.value.file) == ("unwritable", str(inside / "stuck"))
    (inside / "stuck").rmdir()
    remove_files([inside / "evidence/b/2.png", inside / "inputs/r.csv"], inside=inside)
    assert list(tmp_path.iterdir()) == [tmp_path / "home"]
    assert list((tmp_path / "home").iterdir()) == []


def no_space(*_, **__):
    """What a full disk says."""
    raise OSError(28, "No space left", "somewhere")


def test_a_full_disk_is_told_in_one_sentence_and_leaves_nothing(tmp_path, monkeypatch):
    """The reason alone, without the number of the error, and the way out that the command has."""
    out = tmp_path / "papers"
    monkeypatch.setattr(os, "fsync", no_space)
    for elsewhere, hint in (("", "--out"), ("Say another.", "Say another.")):
        with pytest.raises(OutputFault) as caught:
            write_folder(out, PAPERS, elsewhere=elsewhere)
        assert str(caught.value) == f"The papers could not be written to {out}: No space left."
        assert hint in caught.value.hint
    for act in (append_line, replace_file):
        with pytest.raises(OutputFault) as caught:
            act(tmp_path / "case.toml", b"x")
        assert str(caught.value) == f"{tmp_path / 'case.toml'} cannot be written: No space left."
    monkeypatch.setattr(Path, "open", no_space)
    with pytest.raises(OutputFault) as caught:
        save_new(tmp_path / "map.toml", b"x")
    assert str(caught.value) == f"{tmp_path / 'map.toml'} cannot be written: No space left."
    monkeypatch.undo()
    assert texts(tmp_path) == {}


def test_papers_are_on_the_disk_before_they_are_in_place(tmp_path, monkeypatch):
    """A machine that goes off leaves no empty paper under its name."""
    brought = []

    def whole(number):
        brought.append(os.read(os.open(f"/proc/self/fd/{number}", os.O_RDONLY), 99))

    monkeypatch.setattr(os, "fsync", whole)
    write_folder(tmp_path / "papers", PAPERS)
    assert brought == list(PAPERS.values())
    append_line(tmp_path / "journal", b"line")
    replace_file(tmp_path / "case.toml", b"case")
    assert brought[2:] == [b"line\n", b"case"]


def test_a_line_of_a_file_of_one_sign_begins_anew(tmp_path):
    """However little was left before it."""
    (tmp_path / "journal").write_bytes(b"x")
    append_line(tmp_path / "journal", b"line")
    assert (tmp_path / "journal").read_bytes() == b"x\nline\n"


def test_a_replaced_file_keeps_its_rights_to_the_last_bit(tmp_path):
    """What others may do with it stays what it was."""
    replace_file(tmp_path / "case.toml", b"one")
    for mode in (0o777, 0o640, 0o601):
        (tmp_path / "case.toml").chmod(mode)
        replace_file(tmp_path / "case.toml", b"two")
        assert (tmp_path / "case.toml").stat().st_mode & 0o777 == mode


def test_only_ordinary_files_were_edited(tmp_path):
    """A folder of a paper's name is no paper."""
    told(tmp_path)
    made = provenance_of(tmp_path)
    (tmp_path / "plan.md").mkdir()
    assert edited_since(tmp_path, made) == {}
