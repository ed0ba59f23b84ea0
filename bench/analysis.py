"""What the analysis costs beside the reading: ``python bench/analysis.py [PAIRS]``.

One process reads a report and analyses it, several times; the ratio of a pair is the time from the joined
orders to what stands out, over the time of reading and joining. A small report is read in no time: there the
floor is a process that imports what an appeal needs. Medians are printed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from ratios import IMPORTS, run, write

from poa.account import Account, counted_facts
from poa.account.joined import join
from poa.files import open_input

LIMIT = 1.0  # the analysis costs at most what the reading costs
LIMIT_SMALL = 0.25  # of the imports, for 9,000 orders: 0.2 s where Python starts in 0.8


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
        small, large = folder / "9k.csv", folder / "1m.csv"
        write(9_000, small)
        write(1_000_000, large)
        pair(small)  # once to warm up
        starts, costs = [], []
        for _ in range(pairs):
            starts.append(run([sys.executable, "-c", IMPORTS]).seconds)
            costs.append(pair(small)[1])
        part = median(cost / start for start, cost in zip(starts, costs, strict=True))
        print(f"    9,000 orders: analysis {median(costs):.3f} s, {part:.2f} times the imports of an appeal")
        runs = [pair(large) for _ in range(pairs)]
        ratio = median(after / before for before, after in runs)
        spent = median(after for _, after in runs)
        print(f"1,000,000 orders: analysis {spent:.3f} s, {ratio:.2f} times the reading")
    finally:
        shutil.rmtree(folder)
    return max(part / LIMIT_SMALL, ratio / LIMIT)


if __name__ == "__main__":
    sys.exit(int(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5) > 2))
