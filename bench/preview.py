"""How long the preview of a pack takes to show a change: ``python bench/preview.py [CHANGES]``.

A new pack is looked at, its letter is saved again and again, and each time counts from the save until the page has the new words.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

LIMIT = 1.0  # seconds
_LETTER = '{{% extends "default/plan-of-action.md.j2" %}}\n{{% block closing %}}Change {} is here.{{% endblock %}}\n'


def main(changes: int) -> float:
    """Print the times; the part of the limit that the longest takes."""
    with tempfile.TemporaryDirectory(prefix="poa-bench-") as folder:
        poa = [sys.executable, "-m", "poa", "packs"]
        subprocess.run([*poa, "new", "acme"], cwd=folder, check=True, capture_output=True)
        command = [*poa, "preview", "acme", "--no-browser"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as running:
            try:
                told = running.stdout.readline() if running.stdout else ""
                page = f"{re.search(r'http://[^ ]+', told)[0].strip()}document"  # type: ignore[index]
                _shown(page)
                letter = Path(folder) / "acme" / "plan-of-action.md.j2"
                took = [_change(letter, page, number) for number in range(changes)]
            finally:
                running.terminate()
    print(f"preview shows a change after {min(took):.2f} to {max(took):.2f} s (limit {LIMIT:.0f})")
    return max(took) / LIMIT


def _change(letter: Path, page: str, number: int) -> float:
    start = time.perf_counter()
    letter.write_text(_LETTER.format(number), encoding="utf-8")
    while f"Change {number} is here." not in _shown(page):
        time.sleep(0.01)
    return time.perf_counter() - start


def _shown(page: str) -> str:
    with urlopen(page, timeout=60) as answer:  # noqa: S310 - this machine's own preview
        return str(answer.read().decode())


if __name__ == "__main__":
    sys.exit(int(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10) > 2))
