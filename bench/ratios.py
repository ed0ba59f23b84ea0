"""What poa costs, as ratios to a floor measured in the same run: ``python bench/ratios.py [PAIRS]``.

Each pair runs the floor and poa one after the other, as whole processes; the ratio of a pair is
poa's wall time to the floor's. Medians and the range are printed: single times on a shared machine
say little, ratios more.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # whoever uses poa has it compiled after the first run


def write(rows: int, out: Path) -> None:
    """A report made by a process of its own: what it takes must not count as the memory of others."""
    subprocess.run([sys.executable, Path(__file__).with_name("big_report.py"), str(rows), out], check=True)


CLICK = """
import click
@click.group()
def main(): "Eight commands."
for name in "abcdefgh":
    main.command(name)(lambda: None)
main(["--help"])
"""
IMPORTS = "import pandas, docx, jinja2, matplotlib.figure"
READ_TEXT = """
import sys, pyarrow as pa, pyarrow.csv as csv
names = open(sys.argv[1], encoding="utf-8").readline().strip().split(",")
csv.read_csv(sys.argv[1], convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())))
"""


@dataclass(frozen=True)
class Goal:
    """One promise: poa's command, its floor, and how many times the floor it may take."""

    name: str
    poa: Sequence[str]
    floor: Sequence[str]
    limit: float


@dataclass(frozen=True)
class Run:
    """One process: its wall time in seconds and its peak memory in megabytes."""

    seconds: float
    memory: float


def run(command: Sequence[str]) -> Run:
    """Run a whole process, which must succeed."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # Linux counts kilobytes, macOS bytes.
    return Run(seconds, used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e6 / 1024))


def goals(folder: Path, *, large_too: bool) -> list[Goal]:
    """The promises of README, on reports made here."""
    python = sys.executable
    small, large, huge = folder / "1k.csv", folder / "1m.csv", folder / "5m.csv"
    write(1_000, small)
    if large_too:
        write(1_000_000, large)
        write(5_000_000, huge)

    def appeal(report: Path) -> list[str]:
        return [
            python,
            "-m",
            "poa",
            "appeal",
            str(report),
            "--out",
            str(folder / f"out-{report.stem}"),
            "--overwrite",
        ]

    short = [
        Goal(
            "poa --help / a bare click program", [python, "-m", "poa", "--help"], [python, "-c", CLICK], 1.5
        ),
        Goal("appeal, 1,000 rows / imports of its libraries", appeal(small), [python, "-c", IMPORTS], 3.0),
    ]
    if not large_too:
        return short
    return [
        *short,
        Goal(
            "appeal, 1,000,000 rows / pyarrow.csv reading text",
            appeal(large),
            [python, "-c", READ_TEXT, str(large)],
            5.0,
        ),
        Goal(
            "summary, 5,000,000 rows / pyarrow.csv reading text",
            [python, "-m", "poa", "summary", str(huge)],
            [python, "-c", READ_TEXT, str(huge)],
            4.0,
        ),
    ]


def growth(folder: Path, pairs: int) -> str:
    """How the time of a row changes from 10,000 rows to 5,000,000; under 1, time grows slower than rows."""
    few = folder / "10k.csv"
    write(10_000, few)
    command = [sys.executable, "-m", "poa", "summary"]
    ratios = []
    for _ in range(pairs):
        one, other = (run([*command, str(folder / name)]).seconds for name in ("10k.csv", "5m.csv"))
        ratios.append((other / 5_000_000) / (one / 10_000))
    return f"summary, seconds a row: 5,000,000 rows / 10,000 rows: {median(ratios):.3f} (limit 1)"


def main(pairs: int, *, large: bool = True) -> float:
    """Print the table; by how much the worst median is over its limit, 1 being the limit."""
    folder = Path(tempfile.mkdtemp(prefix="poa-bench-"))
    try:
        worst = 0.0
        print(f"{'ratio':<52} {'median':>6} {'range':>13} {'limit':>6}   floor s  poa MB")
        for goal in goals(folder, large_too=large):
            run(goal.floor), run(goal.poa)  # once to warm the file cache
            runs = [(run(goal.floor), run(goal.poa)) for _ in range(pairs)]
            ratios = sorted(mine.seconds / floor.seconds for floor, mine in runs)
            middle = median(ratios)
            worst = max(worst, middle / goal.limit)
            print(
                f"{goal.name:<52} {middle:>6.2f} {ratios[0]:>5.2f} - {ratios[-1]:>5.2f} {goal.limit:>6.1f}"
                f"   {median(floor.seconds for floor, _ in runs):.3f}"
                f"   {max(mine.memory for _, mine in runs):>6,.0f}"
            )
        if large:
            print(growth(folder, pairs))
    finally:
        shutil.rmtree(folder)
    return worst


if __name__ == "__main__":
    sys.exit(int(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5) > 2))
