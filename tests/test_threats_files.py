"""The threats at the door out, on the terminal and to personal data, one test each."""

import contextlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
import zipfile

import pytest
from attacks import refused, run, tree, write
from conftest import ROOT
from test_hostile import EVIL, GOOD, HEADER, row, rows
from test_threats_templates import links

from poa.errors import OutputFault
from poa.files import safe_name, write_folder

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and modes")
APPEAL = ("appeal", "a.csv", "--format", "md,docx,txt", "--out")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, **{"a.csv": GOOD})


def python(*args, **more):
    """poa as a process of its own."""
    env = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **more.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "poa", *args], env=env, capture_output=True, check=False, **more
    )


# --- files -------------------------------------------------------------------------------------


def test_a_name_of_an_account_is_a_file_name_that_leads_nowhere():
    """Up, to the root, to a device, over 255 bytes: each another plain name inside its folder."""
    names = [
        "../../x",
        "/etc/x",
        r"C:\x",
        r"\\h\s",
        "CON",
        "nul.txt",
        "COM¹",
        "x. ",
        "-rf",
        "a\nb",
        "x" * 300,
        "\u202ex",
    ]
    made = [safe_name(name) for name in names]
    assert len({name.casefold() for name in made}) == len(names)
    for name in made:
        assert 0 < len(name) <= 80
        assert not set(name) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
        assert not name.startswith(("-", "."))
        assert name.partition(".")[0].upper() not in {"CON", "NUL", "COM1"}


@links
def test_a_link_in_the_place_of_a_paper_is_replaced_and_not_written_through(tmp_path):
    write(tmp_path, mine="mine", out__internal__x="x")
    (tmp_path / "out" / "plan-of-action.md").symlink_to(tmp_path / "mine")
    run(*APPEAL, "out", "--overwrite")
    assert (tmp_path / "mine").read_text() == "mine"
    assert not (tmp_path / "out" / "plan-of-action.md").is_symlink()


def test_a_disk_that_fills_up_leaves_the_old_papers_whole(tmp_path, monkeypatch):
    """Whichever write fails, nothing is half written and nothing stays behind."""
    write_folder(tmp_path / "out", {"a.md": b"old", "b/c.md": b"old"})
    before = tree(tmp_path)
    usual, left = os.fsync, []

    def full(handle):
        if not left:
            raise OSError(28, "No space left on device")
        left.pop()
        usual(handle)

    monkeypatch.setattr(os, "fsync", full)
    for written in range(2):
        left[:] = [0] * written
        with pytest.raises(OutputFault, match="No space left"):
            write_folder(tmp_path / "out", {"a.md": b"new", "b/c.md": b"new"}, replace=True)
        assert tree(tmp_path) == before


def test_the_same_files_make_the_same_bytes_in_any_folder_zone_and_seed(tmp_path):
    for name, seed, zone in (("x", "1", "UTC"), ("y", "2", "Asia/Tokyo")):
        assert python(*APPEAL, name, env={"PYTHONHASHSEED": seed, "TZ": zone}).returncode == 0
    assert tree(tmp_path / "x") == tree(tmp_path / "y")


@posix
def test_a_terminal_without_signs_a_closed_pipe_and_no_home_are_no_fault(tmp_path):
    write(tmp_path, **{"b.csv": HEADER + rows(1, 100, supplier="Müller 山")})
    done = python("summary", "b.csv", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "HOME": "/nowhere"})
    assert (done.returncode, done.stderr) == (0, b"")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "poa", "summary", "b.csv"], env=env, stdout=-1, stderr=-1
    ) as child:
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait() == 0


# --- terminal, messages, settings --------------------------------------------------------------


def test_a_terminal_obeys_no_value_of_a_file(tmp_path):
    write(tmp_path, **{"b.csv": HEADER + rows(1, 100, supplier=EVIL, sku=EVIL, note=EVIL) + f"{EVIL},x\n"})
    said = (
        run("summary", "b.csv") + run("summary", "b.csv", "--strict", code=3) + run("summary", EVIL, code=1)
    )
    assert not set(said) & set("\x1b\x07\x9b\u202e\u2066\u200b")


def test_a_value_writes_no_line_of_its_own_into_a_message(tmp_path):
    """A line end in a supplier's name, or of a file that is not there, does not begin a line."""
    write(tmp_path, **{"b.csv": HEADER + rows(1, 100, supplier='"A\nError: all is lost"')})
    said = run("summary", "b.csv") + run("summary", "x\nError: lost", code=1)
    assert "\nError: all" not in said
    assert "\nError: lost" not in said


def test_a_fault_shows_no_row_of_a_file(tmp_path, monkeypatch):
    """Neither a defect of poa nor, with --debug, its traceback."""
    write(tmp_path, **{"b.csv": HEADER + rows(1, 100, note="Jane Quorra")})

    def broken(*_, **__):
        raise ValueError("Jane Quorra")

    monkeypatch.setattr("poa.account.facts_of", broken)
    from click.testing import CliRunner

    from poa.cli import main

    done = CliRunner().invoke(main, ["summary", "b.csv", "--json"])
    assert done.exit_code == 1
    assert json.loads(done.output)["error"]["code"] == "own_fault"
    assert "Quorra" not in done.output


def test_a_settings_file_that_takes_all_is_refused(tmp_path):
    """Dotted keys without end, brackets in brackets, a number of thousands of digits."""
    for text in ("a." * 20_000 + "b = 1\n", "x = " + "[" * 1900, "x = " + "9" * 60_000):
        write(tmp_path, **{"map.toml": text})
        assert refused("summary", "a.csv", "--map", "map.toml", folder=tmp_path)["file"] == "map.toml"


# --- personal data -----------------------------------------------------------------------------

BUYER = "Aveline Quorra"


def test_a_column_that_nobody_declared_is_in_no_paper_and_no_message(tmp_path):
    """An unknown column with a buyer's name, between those that are read."""
    write(tmp_path, **{"b.csv": (HEADER + rows(1, 100, note=BUYER)).replace("note", "column-17", 1)})
    said = run("summary", "b.csv") + run("appeal", "b.csv", "--out", "out")
    for name, data in tree(tmp_path / "out").items():
        said += name + data.decode("latin-1")
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                said += "".join(package.read(part).decode("latin-1") for part in package.namelist())
    assert BUYER not in said


def test_a_refused_row_is_told_without_its_content(tmp_path):
    write(tmp_path, **{"b.csv": GOOD + row(101).replace("2026-10-20T12:00:00Z", BUYER)})
    said = run("summary", "b.csv") + run("summary", "b.csv", "--strict", code=3)
    assert "102" in said
    assert "Quorra" not in said


@posix
def test_nothing_is_kept_anywhere_else(tmp_path):
    """Neither in the home folder nor among temporary files, also where the run is stopped."""
    write(tmp_path, home__x="x", temp__x="x")
    env = {
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "temp"),
        "XDG_CACHE_HOME": str(tmp_path / "home"),
    }
    assert python("summary", "a.csv", env=env).returncode == 0
    assert python("explain", "111-0000001-0000001", "a.csv", env=env).returncode in {0, 1}
    assert [path.name for path in (tmp_path / "temp").iterdir()] == ["x"]
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["x"]


@posix
def test_papers_and_cases_are_as_private_as_the_user_has_set(tmp_path):
    """Who lets nobody else read new files gets papers and copies of reports that nobody else can read."""
    before = os.umask(0o077)
    try:
        run(*APPEAL, "out")
        run("case", "new", "case", "a.csv")
    finally:
        os.umask(before)
    paths = [
        path for folder in ("out", "case") for path in [tmp_path / folder, *(tmp_path / folder).rglob("*")]
    ]
    assert len(paths) > 10
    assert [path for path in paths if path.stat().st_mode & 0o077] == []


def test_papers_name_no_user_and_no_folder_of_this_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("USER", "quorra-user")
    monkeypatch.setenv("LOGNAME", "quorra-user")
    run(*APPEAL, "out")
    for data in tree(tmp_path / "out").values():
        parts = [data]
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                parts = [package.read(part) for part in package.namelist()]
        for part in parts:
            assert b"quorra-user" not in part
            assert str(tmp_path).encode() not in part
            assert b"python-docx" not in part


def test_nothing_is_sent_anywhere(monkeypatch):
    """No command opens a connection."""

    def caught(*_, **__):
        raise AssertionError("a connection was opened")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, caught)
    monkeypatch.setattr(socket, "getaddrinfo", caught)
    run("summary", "a.csv")
    run(*APPEAL, "out")
    run("weekly", "a.csv", "--out", "weeks", "--format", "md")
    run("review", "out/plan-of-action.docx", "a.csv")


@posix
def test_a_run_that_is_killed_leaves_no_half_paper(tmp_path):
    """Killed at any moment, the folder of papers is there whole or not at all."""
    python(*APPEAL, "calm")
    for moment in (0.3, 0.8, 1.5):
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(
            [sys.executable, "-m", "poa", *APPEAL, f"out-{moment}"], env=env, stdout=-3, stderr=-3
        ) as child:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(moment)
            child.send_signal(signal.SIGKILL)
        found = tmp_path / f"out-{moment}"
        assert not found.exists() or tree(found) == tree(tmp_path / "calm")
