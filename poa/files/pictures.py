"""The pages of a PDF as pictures, by the ``pdftoppm`` that is installed; without one there are none."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

MOST_PAGES = 30
_DOTS = 80  # to the inch
_TIME_LIMIT = 60.0  # seconds


def to_pictures(pdf: bytes) -> tuple[bytes, ...]:
    """The first pages of one of our own PDFs, a PNG each; none where no program draws them."""
    program = shutil.which("pdftoppm")
    if program is None:
        return ()
    with TemporaryDirectory(prefix="poa-pages-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "paper.pdf").write_bytes(pdf)
        command = [program, "-png", "-r", str(_DOTS), "-l", str(MOST_PAGES), "paper.pdf", "page"]
        try:
            subprocess.run(  # noqa: S603 - a program that the user installed, and names of our own
                command,
                cwd=folder,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=True,
                timeout=_TIME_LIMIT,
            )
        except (OSError, subprocess.SubprocessError):
            return ()
        return tuple(path.read_bytes() for path in sorted(folder.glob("page-*.png")))
