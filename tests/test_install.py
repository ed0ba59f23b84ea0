"""The wheel is whole: installed into an empty environment, it makes the demo by itself."""

import subprocess
import sys
import venv

from conftest import ROOT


def test_the_wheel_makes_the_demo_in_an_empty_environment(tmp_path):
    """Built, installed with nothing else, and run away from the checkout: templates and samples are inside."""

    def run(*command, cwd=ROOT):
        subprocess.run([str(part) for part in command], check=True, capture_output=True, cwd=cwd)

    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, ROOT)
    [wheel] = tmp_path.glob("poa-*.whl")
    venv.create(tmp_path / "empty", with_pip=True)
    binaries = tmp_path / "empty" / ("Scripts" if sys.platform == "win32" else "bin")
    run(binaries / "python", "-m", "pip", "install", "--quiet", wheel)
    (tmp_path / "away").mkdir()
    run(binaries / "poa", "demo", cwd=tmp_path / "away")
    assert (tmp_path / "away" / "poa-demo" / "papers" / "plan-of-action.docx").is_file()
