"""Every ratio that README promises, each against a floor measured in the same run: ``python bench/all.py [--short]``.

The whole takes some twenty minutes on a quiet machine. ``--short`` is what CI runs in a minute: smaller sizes, where starting
up hides much. Either prints what it measures; the exit code is 1 where a figure is over twice its limit, which no busy
moment explains.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import analysis
import batch
import check
import growth
import preview
import ratios
import week_speed

WHOLE: dict[str, Callable[[], float]] = {
    "What a run costs": lambda: ratios.main(5),
    "How it grows": growth.main,
    "A page of a year": lambda: week_speed.main(5),
    "Many accounts": lambda: batch.main(200, 5_000),
    "A pack checked and seen": lambda: max(check.main(), preview.main(10)),
    # The last: it fills this process's own memory, which Linux counts as that of every process begun after it.
    "What the analysis costs": lambda: analysis.main(5),
}
SHORT: dict[str, Callable[[], float]] = {
    "What a run costs": lambda: ratios.main(1, large=False),
    "How it grows": lambda: growth.main((10_000, 200_000), (10, 5_000), (1,), runs=1),
    "Many accounts": lambda: batch.main(12, 1_000, large=False),
}


def main(*, short: bool) -> int:
    """Print every part; 1 where one is over twice its limit."""
    worst = {}
    for name, measure in (SHORT if short else WHOLE).items():
        print(f"\n{name}", flush=True)
        worst[name] = measure()
    missed = [f"{name}: {by:.2f} times its limit" for name, by in worst.items() if by > 1]
    print("\nOver a limit: " + ("; ".join(missed) or "nothing"))
    return int(max(worst.values()) > 2)


if __name__ == "__main__":
    sys.exit(main(short="--short" in sys.argv[1:]))
