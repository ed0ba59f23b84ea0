"""Sessions as a user sees them: each ``$ poa …`` of tests/transcripts prints what stands under it.

A session may also show a file (``cat``), put files into a folder (``cp``), and answer what is asked (``<``).

``pytest --accept`` renews them; read the difference before you commit it.
"""

import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES, run_poa
from made_walks import make_walks

SESSIONS = sorted((ROOT / "tests" / "transcripts").glob("*.md"))
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("session", SESSIONS, ids=lambda path: path.stem)
def test_a_session_prints_what_it_says(session, tmp_path, accept):
    """Every command of the session prints its output and ends with its exit code."""
    for folder in (SAMPLES, session.parent / "files"):
        shutil.copytree(
            folder, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "history")
        )
    if session.stem.startswith("walk-"):
        make_walks(tmp_path)
    text = session.read_text(encoding="utf-8")
    seen = BLOCK.sub(lambda block: f"```console\n{played(block[1], tmp_path)}```", text)
    if accept:
        session.write_text(seen, encoding="utf-8")
    assert seen == text


def played(block, cwd):
    """The commands of a block, each followed by what it prints now."""
    out = []
    for command in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
        name, *args = shlex.split(command)
        if name == "cat":
            out.append(f"$ {command}\n{(cwd / args[0]).read_text(encoding='utf-8')}")
            continue
        if name == "cp":
            put(*args, cwd=cwd)
            out.append(f"$ {command}\n")
            continue
        assert name == "poa"
        answers = None
        if args[-2:-1] == ["<"]:
            answers = (cwd / args[-1]).read_text(encoding="utf-8")
            args = args[:-2]
        done = run_poa(*args, cwd=cwd, stdin=answers)
        said = "".join(f"{line.rstrip()}\n" for line in (done.stdout + done.stderr).splitlines())
        # As a prompt offers it, and nowhere else: the rows tell of days that will be today.
        said = said.replace(f"：{date.today().isoformat()} ", "：<today> ")  # noqa: DTZ011
        code = f"[exit code {done.returncode}]\n" if done.returncode else ""
        out.append(f"$ {command}\n{said}{code}")
    return "\n".join(out)


def put(pattern, place, *, cwd):
    """Copy the files of a pattern into a folder, or one file to a new name."""
    found = sorted(cwd.glob(pattern))
    assert found
    to = Path(cwd / place)
    for one in found:
        shutil.copy(one, to / one.name if to.is_dir() else to)


def test_there_are_sessions():
    """The folder of sessions is not empty."""
    assert SESSIONS
