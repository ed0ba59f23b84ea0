"""How the tests of the threats attack: through the command line, and with an eye on what is left behind."""

import json
from pathlib import Path

from click.testing import CliRunner
from test_hostile import GOOD

from poa.cli import main

MANIFEST = 'id = "s"\nversion = "1"\nfacts = 1\n'
OURS = '{% extends "default/plan-of-action.md.j2" %}\n'


def run(*args: object, code: int = 0) -> str:
    """What poa prints for these arguments, ended with this code and without a traceback."""
    done = CliRunner().invoke(main, [*map(str, args)])
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    assert "own_fault" not in done.output
    return done.output


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too, by name; a folder and a link by what they are."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        if path.is_file() and not path.is_symlink()
        else str(path.readlink() if path.is_symlink() else "folder").encode()
        for path in folder.rglob("*")
    }


def refused(*args: object, folder: Path) -> dict:
    """The one fault that a command ends with; nothing was written, changed or left below the folder."""
    before = tree(folder)
    error = json.loads(run(*args, "--json", code=1))["error"]
    assert error["message"].endswith((".", "?"))
    assert tree(folder) == before
    return error


def write(folder: Path, **files: str | bytes) -> None:
    """Files by name; ``__`` stands for a slash and a last ``_`` for a dot."""
    for name, content in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def stranger(folder: Path, template: str = OURS, **files: str | bytes) -> Path:
    """A report and a stranger's pack beside it, whose letter is this template."""
    pack = folder / "stranger"
    told = {"pack.toml": MANIFEST, "plan-of-action.md.j2": template, **files}
    write(folder, **{"report.csv": GOOD})
    write(pack, **told)
    return pack


APPEAL = ("appeal", "report.csv", "--pack", "stranger", "--out", "out", "--format", "md")


def refused_template(folder: Path, template: str, **files: str | bytes) -> dict:
    """The fault that an appeal with a stranger's template ends with, at its line."""
    stranger(folder, template, **files)
    error = refused(*APPEAL, folder=folder)
    assert error["file"].startswith("stranger/")
    return error


def check(code: int = 0, *flags: str) -> dict[str, list[dict]]:
    """The problems that ``poa packs check`` finds in the stranger's pack without making a paper, by file."""
    told = json.loads(run("packs", "check", "stranger", "--fast", "--json", *flags, code=code))
    found: dict[str, list[dict]] = {}
    for problem in told["problems"]:
        found.setdefault(problem["file"].removeprefix("stranger/"), []).append(problem)
    return found
