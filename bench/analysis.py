"""What the analysis costs beside the reading: ``python bench/analysis.py [PAIRS]``.

One process reads a report and analyses it, several times; the ratio of a pair is the time from the joined
orders to what stands out, over the time of reading and joining. Medians are printed, and the seconds that
9,000 orders take.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from poa.account import Account, counted_facts
from poa.account.joined import join
from poa.files import open_input

LIMIT = 1.0  # the analysis costs at most what the reading costs
SECONDS = 0.2  # for a report of 9,000 orders


def pair(report: Path) -> tuple[float, float]:
    """Seconds of reading and joining, and of everything that is counted and judged after it."""
    account = Account(reports=(open_input(report),))
    start = time.perf_counter()
    joined = join(account, tell=lambda _: None)
    middle = time.perf_counter()
    counted_facts(account, joined)
    return middle - start, time.perf_counter() - middle


def main(pairs: int) -> float:
    """Print the figures; by how much the worst median is over its limit, 1 being the limit."""
    folder = Path(tempfile.mkdtemp(prefix="poa-bench-"))
    try:
        worst = 0.0
        for rows in (9_000, 1_000_000):
            report = folder / f"{rows}.csv"
            subprocess.run(
                [sys.executable, Path(__file__).with_name("big_report.py"), str(rows), report], check=True
            )
            pair(report)  # once to warm up
            runs = [pair(report) for _ in range(pairs)]
            ratio = median(after / before for before, after in runs)
            spent = median(after for _, after in runs)
            print(f"{rows:>9,} orders: analysis {spent:.3f} s, {ratio:.2f} times the reading")
            worst = max(worst, spent / SECONDS if rows == 9_000 else ratio / LIMIT)
    finally:
        shutil.rmtree(folder)
    return worst


if __name__ == "__main__":
    sys.exit(int(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5) > 2))
