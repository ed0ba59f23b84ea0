"""A folder of small accounts, as a consultant has it, and makers that stand in for a job which ends badly."""

import os
import shutil
import signal
from pathlib import Path

from conftest import SAMPLES

from poa.cli.batch.job import run

CASE = "case = 1\n\n[seller]\nname = {name}\n\n[notice]\ndeadline = {deadline}\n"


def clients(folder, names, *, deadline="2026-11-09", orders=120):
    """A case folder for each name, each with other rows."""
    lines = (SAMPLES / "late-shipment-report.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    for number, name in enumerate(names):
        inputs = folder / name / "inputs"
        inputs.mkdir(parents=True)
        told = CASE.format(name=f'"{name.title()} Ltd"', deadline=deadline)
        (folder / name / "case.toml").write_text(told, encoding="utf-8")
        rows = lines[1 + number :: 1 + len(lines) // (orders + number)]
        (inputs / "report.csv").write_text("".join([lines[0], *rows]), encoding="utf-8")
        shutil.copy(SAMPLES / "suppliers.csv", inputs)
    return folder


def tree(folder: Path):
    """Every file of a folder and its bytes, locks aside."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def kills_its_process(asked, name, *, staging):
    """As a system without memory does, at one account."""
    if name == "killer":
        os.kill(os.getpid(), signal.SIGKILL)
    return run(asked, name, staging=staging)


def kills_its_process_once(asked, name, *, staging):
    """Likewise, the first time only."""
    mark = asked.out / "tried"
    if name == "killer" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return run(asked, name, staging=staging)
