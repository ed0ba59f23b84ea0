"""How long the whole check of the built-in pack takes, four languages and eight sample cases: ``python bench/check.py``."""

from __future__ import annotations

import sys
from pathlib import Path

from ratios import run

LIMIT = 45.0  # seconds, two cores


def main() -> float:
    """Print it; the part of the limit that it takes."""
    pack = Path(__file__).parents[1] / "templates" / "default"
    seconds = run([sys.executable, "-m", "poa", "packs", "check", str(pack)]).seconds
    print(f"packs check of the built-in pack: {seconds:.0f} s (limit {LIMIT:.0f})")
    return seconds / LIMIT


if __name__ == "__main__":
    sys.exit(int(main() > 2))
