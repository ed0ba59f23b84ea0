"""What a page of a large account costs beside reading its files: ``python bench/weeks.py speed [RUNS]``.

1,000,000 orders of 52 weeks, as one plain report and as 13 that overlap. Each figure is the least of several runs
of whole processes, one after the other: bare ``pyarrow.csv``, reading by poa (``poa.account.joined.unjoined``), and
``poa weekly`` of the last whole week with a case folder whose history is there already. Making that history is timed once.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ratios import Run, run

ORDERS = 1_000_000
LIMIT = 2.0  # a page costs at most so many times the reading

_PYARROW = """
import csv, sys, pyarrow as pa, pyarrow.csv as arrow_csv
for path in sys.argv[1:]:
    with open(path, encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    types = dict.fromkeys(names, pa.string())
    arrow_csv.read_csv(path, convert_options=arrow_csv.ConvertOptions(column_types=types))
"""
_READING = """
import sys
from pathlib import Path
from poa.account import Account
from poa.account.joined import unjoined
from poa.files import open_input
unjoined(Account(reports=tuple(open_input(Path(one)) for one in sys.argv[1:])), tell=lambda _: None)
"""


def main(runs: int) -> float:
    """Print the table; by how much a page costs more than it may, 1 being the limit."""
    folder = Path(tempfile.mkdtemp(prefix="poa-bench-"))
    try:
        subprocess.run(
            [sys.executable, Path(__file__).with_name("year_report.py"), str(ORDERS), folder], check=True
        )
        case = folder / "case"
        case.mkdir()
        (case / "case.toml").write_text("case = 1\n", encoding="utf-8")
        one, parts = [folder / "year.csv"], sorted(folder.glob("part-*.csv"))
        first = run(_weekly(one, folder))
        print(f"first run, a year of history made: {first.seconds:.1f} s, {first.memory:,.0f} MB")
        history = _bytes(case)
        print(f"history: {len(history)} weeks, {sum(map(len, history.values())):,} bytes")
        worst = max(_layout("one file", one, folder, runs), _layout("13 files", parts, folder, runs))
        print(f"history the same after all: {'yes' if _bytes(case) == history else 'NO'}")
        return worst / LIMIT if _bytes(case) == history else 99.0
    finally:
        shutil.rmtree(folder)


def _layout(name: str, files: Sequence[Path], folder: Path, runs: int) -> float:
    """Print one layout of the same orders; the ratio of the page to the reading."""
    tried: dict[str, Sequence[str]] = {
        "pyarrow.csv as text": [sys.executable, "-c", _PYARROW, *map(str, files)],
        "reading only": [sys.executable, "-c", _READING, *map(str, files)],
        "poa weekly": _weekly(files, folder),
    }
    done: dict[str, list[Run]] = {what: [] for what in tried}
    for _ in range(runs):  # in turns: a busy moment meets all three
        for what, command in tried.items():
            done[what].append(run(command))
    least = {what: min(one.seconds for one in every) for what, every in done.items()}
    for what, every in done.items():
        print(f"{name}, {what:<22}{least[what]:>7.2f} s {max(one.memory for one in every):>7,.0f} MB")
    ratio = least["poa weekly"] / least["reading only"]
    print(f"{name}, page / reading: {ratio:.2f} (limit {LIMIT:.0f})")
    return ratio


def _weekly(files: Sequence[Path], folder: Path) -> list[str]:
    out = ["--out", str(folder / "out"), "--overwrite"]
    return [sys.executable, "-m", "poa", "weekly", *map(str, files), "--case", str(folder / "case"), *out]


def _bytes(case: Path) -> dict[str, bytes]:
    """The files of the history."""
    return {path.name: path.read_bytes() for path in sorted((case / "history").iterdir())}
