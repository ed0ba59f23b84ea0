"""Write the sample account again: ``python samples/generate.py [FOLDER] [--seed N] [--orders-a-day N]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from poa.sample import sample_files

HERE = Path(__file__).parent


def main() -> None:
    """Make the files of the sample account from their seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=HERE)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--orders-a-day", type=int, default=28)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for name, data in sample_files(seed=given.seed, orders_a_day=given.orders_a_day).items():
        path = given.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
