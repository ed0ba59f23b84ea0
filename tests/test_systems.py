"""What Windows and a Mac do differently, as far as it can be shown on any system."""

import ast
import os
import re
import subprocess
import sys
import unicodedata
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
from conftest import ROOT, SAMPLES, run_poa
from test_faults import WRITING, here, put_back, run, tree

import poa
from poa.errors import OutputFault
from poa.files import alone_in, safe_name, write_folder

__all__ = ["here"]  # a fixture

MODULES = sorted(Path(poa.__file__).parent.rglob("*.py"))
NAMES = (
    *("CON", "nul", "NUL.txt", "con.tar.gz", "COM1", "lpt9.docx", "aux.", "COM¹", "CONIN$", "prn .txt"),
    *(
        "ends with a dot.",
        "ends with a space ",
        "...",
        "",
        " ",
        "a:b",
        "C:\\Users",
        "..\\x",
        "../x",
        "/etc/passwd",
    ),
    *("x" * 260, "供" * 260, "恒泰供应链", "Müller & Söhne", "a\0b", 'a<b>c"d|e?f*g', "\ud800", "file\n.txt"),
)


@pytest.mark.parametrize("name", NAMES)
def test_any_name_makes_a_file_that_every_system_can_hold(name):
    """No device of Windows, no sign that it refuses, nothing at the end that it drops, and short enough for 260 characters."""
    safe = safe_name(name)
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,75}", safe)
    assert not re.fullmatch(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", safe.partition(".")[0], re.IGNORECASE)
    assert not safe.startswith(".")
    assert not safe.endswith(".")


def test_names_that_differ_make_files_that_differ_on_every_system():
    """Where a sign had to go, a hash keeps them apart, whatever a disk holds for equal."""
    assert len({safe_name(name).casefold() for name in NAMES}) == len(NAMES)
    assert len({safe_name(name) for name in ("a b", "a-b", "a_b", "a  b", "a.b")}) == 5


@pytest.mark.parametrize("name", ["Müller", "Ünlü-Çelik", "ガス"])
def test_a_mac_takes_accents_apart_and_the_name_stays(name):
    assert safe_name(unicodedata.normalize("NFD", name)) == safe_name(name)


# --- processes


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path):
    """Each call in a module: its name, and the call."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            function = node.func
            yield getattr(function, "attr", None) or getattr(function, "id", ""), node


def test_processes_are_begun_in_the_way_that_every_system_has():
    """No fork; a pool says how its processes are begun, and only spawn is said."""
    pools = 0
    for path in MODULES:
        for name, call in calls(path):
            assert name not in {"fork", "forkpty", "set_start_method", "Pool"}, path
            if name == "get_context":
                assert [one.value for one in call.args] == ["spawn"], path
            if name == "ProcessPoolExecutor":
                pools += 1
                assert "mp_context" in {one.arg for one in call.keywords}, path
    assert pools


_POSIX = {"fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"}


def test_no_module_needs_posix_to_be_loaded():
    """What only one system has is imported inside the function that has asked for the system."""
    for path in MODULES:
        for node in parsed(path).body:
            names = [one.name for one in getattr(node, "names", ())] + [getattr(node, "module", None)]
            assert not _POSIX & {str(name) for name in names}, path


def test_nothing_relies_on_a_rename_that_replaces():
    """Windows renames over nothing: what may be there already is replaced, and only ``written`` renames to new names."""
    for path in MODULES:
        assert path.name == "written.py" or not [
            1
            for name, call in calls(path)
            if name == "rename" and isinstance(call.func, ast.Attribute) and call.args
        ], path


@contextmanager
def files_held_open():
    """As Windows has it: what somebody has open is not renamed, replaced or deleted, nor a folder around it."""

    def refusing(real):
        def call(*paths, **how):
            for one in Path("/proc/self/fd").iterdir():
                is_open = one.resolve()
                for path in paths:
                    if is_open.is_file() and is_open.is_relative_to(Path.cwd() / path):
                        raise PermissionError(13, "The process cannot access the file", str(path))
            return real(*paths, **how)

        return call

    with ExitStack() as patches:
        for name in ("replace", "rename", "unlink"):
            patches.enter_context(mock.patch.object(os, name, refusing(getattr(os, name))))
        yield


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="who has what open is told by Linux alone")
@pytest.mark.parametrize(
    "name",
    ["a case", "what was sent", "a pack", "a file of a pack", "a zipped pack", "requests to suppliers"],
)
def test_no_file_of_ours_is_open_while_it_is_moved(name, here):
    asked = WRITING[name]
    asked.before(here)
    old = tree(here)
    assert run(*asked.args.split())[0] == 0
    new = tree(here)
    put_back(here, old)
    with files_held_open():
        code, told = run(*asked.args.split())
    assert code == 0, told
    assert tree(here) == new


def test_a_folder_is_held_by_a_file_beside_it_on_windows(here, monkeypatch):
    """It holds as well, an empty folder stays one that may be written to, and nothing is left of it."""
    monkeypatch.setattr("poa.files.alone.sys", SimpleNamespace(platform="win32"))
    (here / "out").mkdir()
    write_folder(here / "out", {"a.md": b"a"})
    write_folder(here / "out", {"a.md": b"b"}, replace=True)
    write_folder(here / "new" / "out", {"a.md": b"c"})
    assert tree(here) == {"out/a.md": b"b", "new/out/a.md": b"c"}
    with alone_in(here / "out"):
        told = "from pathlib import Path; import poa.files.alone as a; a.sys = type('s', (), {'platform': 'win32'})\nwith a.alone_in(Path('out'), wait=0.1): pass"
        done = subprocess.run(
            [sys.executable, "-c", told], cwd=here, capture_output=True, text=True, check=False
        )
    assert OutputFault.__name__ in done.stderr
    assert "Another run of poa is writing into out" in done.stderr


# --- terminals and line ends


@pytest.mark.parametrize(
    "args",
    [
        ("summary", "r.csv"),
        ("case", "new", "x", "r.csv", "--ui-lang", "zh"),
        ("weekly", "r.csv", "--format", "md"),
    ],
)
def test_a_terminal_of_western_europe_meets_chinese_names(args, tmp_path):
    """What cp1252 cannot show is escaped; the run ends as elsewhere."""
    report = (SAMPLES / "late-shipment-report.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    header, *rows = [report[0], *report[1::20]]
    text = f"supplier,{header}" + "".join(f"恒泰供应链{n % 2},{row}" for n, row in enumerate(rows))
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "poa", *args],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode("cp1252")
    assert b"Traceback" not in done.stderr


def test_a_clone_with_the_line_ends_of_windows_makes_the_same_papers(tmp_path):
    """Git may give every text file CRLF: case, notice, report, suppliers and templates say the same with it."""
    made = {}
    for ends in ("\n", "\r\n"):
        home = tmp_path / f"ends-{len(ends)}"
        for source in (SAMPLES, ROOT / "templates" / "default"):
            for path in sorted(source.rglob("*")):
                if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts:
                    target = home / ("own" if source != SAMPLES else "samples") / path.relative_to(source)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    data = path.read_bytes()
                    # What proves an action is handed on as it is.
                    is_evidence = "evidence" in path.parts
                    target.write_bytes(data if is_evidence else data.replace(b"\n", ends.encode()))
        given = ("--case", "samples", "--pack", "own", "--format", "md,txt", "--final", "--out", "out")
        reports = ("samples/late-shipment-report.csv", "--suppliers", "samples/suppliers.csv")
        run_poa("appeal", *reports, *given, cwd=home, check=0)
        made[ends] = tree(home / "out")
    assert set(made["\n"]) == set(made["\r\n"])
    hashed = {"internal/provenance.json", "internal/facts.json", "internal/cover.md"}
    papers = {name for name in made["\n"] if name not in hashed and not name.startswith("annex/evidence")}
    assert {"plan-of-action.md", "root-cause-analysis.md"} <= papers
    for name in sorted(papers):
        assert made["\n"][name] == made["\r\n"][name], name
