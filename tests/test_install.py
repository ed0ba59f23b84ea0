"""The wheel is whole: installed into an empty environment, it makes the demo by itself."""

import os
import subprocess
import sys
import venv
import zipfile

import pytest
from conftest import ROOT

PAPER = "poa-demo/papers/plan-of-action.docx"


def run(*command, cwd, **more):
    """Run it to its end; what it printed."""
    return subprocess.run(
        [str(part) for part in command], check=True, capture_output=True, cwd=cwd, encoding="utf-8", **more
    ).stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(
        *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"),
        *("--wheel-dir", folder, ROOT),
        cwd=folder,
    )
    [made] = folder.glob("poa-*.whl")
    return made


def test_the_wheel_holds_all_that_the_demo_needs(wheel, tmp_path):
    """Unpacked alone and run away from the checkout: templates and samples are inside."""
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "unpacked")
    (tmp_path / "away").mkdir()
    there = {"cwd": tmp_path / "away", "env": {**os.environ, "PYTHONPATH": str(tmp_path / "unpacked")}}
    found = run(sys.executable, "-c", "import poa; print(poa.__file__)", **there)
    assert found.startswith(str(tmp_path / "unpacked"))
    run(sys.executable, "-m", "poa", "demo", **there)
    assert (tmp_path / "away" / PAPER).is_file()


@pytest.mark.deep
def test_the_wheel_makes_the_demo_in_an_empty_environment(wheel, tmp_path):
    """Installed with what it asks for and nothing else."""
    venv.create(tmp_path / "empty", with_pip=True)
    binaries = tmp_path / "empty" / ("Scripts" if sys.platform == "win32" else "bin")
    run(binaries / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    (tmp_path / "away").mkdir()
    run(binaries / "poa", "demo", cwd=tmp_path / "away")
    assert (tmp_path / "away" / PAPER).is_file()
