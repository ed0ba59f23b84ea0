"""How time and memory grow: rows of a report, rows of a table in Word, accounts of a batch: ``python bench/growth.py``.

Each line is a whole process, the least of several runs. The exponent says how time grows from one size to the next: 1
means that twice as much takes twice as long. Word is held against python-docx saving as many rows built from one text of
XML, which is the least that it can take.
"""

from __future__ import annotations

import math
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from batch import make_accounts
from ratios import Run, run, write

ROWS = (10_000, 100_000, 1_000_000, 5_000_000)
TABLE = (10, 100, 1_000, 5_000, 20_000)
ACCOUNTS = (1, 10, 100, 1_000)
STEEPEST = 1.1  # exponent between two sizes of which the smaller takes a second or more
TABLE_LIMIT = 3.0  # times python-docx
_ENOUGH = 1.0  # seconds: below it starting up is most of a run

_TABLE = """
import sys
from poa.document import Document, Table, Text
from poa.writers.docx import write
rows = int(sys.argv[1])
cells = lambda at: tuple((Text(text=f"cell {at} {column}"),) for column in range(6))
table = Table(header=cells(0), rows=tuple(cells(at) for at in range(1, rows + 1)), align=(None,) * 6)
write(Document(blocks=(table,), title="t"), images={})
"""
_DOCX = """
import io, sys, docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
cell = "<w:tc><w:tcPr><w:tcW w:w='1500' w:type='dxa'/></w:tcPr><w:p><w:r><w:t>cell {} {}</w:t></w:r></w:p></w:tc>"
rows = "".join("<w:tr>" + "".join(cell.format(at, column) for column in range(6)) + "</w:tr>" for at in range(int(sys.argv[1]) + 1))
grid = "<w:tblPr/><w:tblGrid>" + "<w:gridCol w:w='1500'/>" * 6 + "</w:tblGrid>"
word = docx.Document()
word.element.body.insert(0, parse_xml(f"<w:tbl {nsdecls('w')}>{grid}{rows}</w:tbl>"))
word.save(io.BytesIO())
"""


def main(
    rows: Sequence[int] = ROWS,
    table: Sequence[int] = TABLE,
    accounts: Sequence[int] = ACCOUNTS,
    *,
    runs: int = 3,
) -> float:
    """Print the tables; by how much the worst figure is over its limit, 1 being the limit."""
    folder = Path(tempfile.mkdtemp(prefix="poa-bench-"))
    try:
        python = sys.executable

        def summary(number: int) -> list[str]:
            report = folder / f"{number}.csv"
            write(number, report)
            return [python, "-m", "poa", "summary", str(report)]

        def batch(number: int) -> list[str]:
            make_accounts(folder / f"clients-{number}", number, 500)
            out = ["--out", str(folder / f"out-{number}"), "--anew"]
            return [
                python,
                "-m",
                "poa",
                "batch",
                str(folder / f"clients-{number}"),
                "--format",
                "md,docx",
                *out,
            ]

        worst = _grown("rows of a report (summary)", rows, summary, runs)
        worst = max(worst, _tables(table, runs))
        return max(worst, _grown("accounts of a batch (appeal)", accounts, batch, 1))
    finally:
        shutil.rmtree(folder)


def _grown(name: str, sizes: Sequence[int], command: Callable[[int], list[str]], runs: int) -> float:
    print(f"{name:<34}{'s':>9}{'ms each':>11}{'exponent':>10}{'MB':>7}")
    worst, before = 0.0, None
    for size in sizes:
        asked = command(size)
        told = [run(asked) for _ in range(runs)]
        least = min(told, key=lambda one: one.seconds)
        steep = _steep(before, (size, least))
        shown = "" if steep is None else f"{steep:.2f}"
        memory = max(one.memory for one in told)
        print(
            f"{size:>34,}{least.seconds:>9.2f}{1000 * least.seconds / size:>11.4f}{shown:>10}{memory:>7,.0f}"
        )
        if steep is not None and before is not None and before[1].seconds >= _ENOUGH:
            worst = max(worst, steep / STEEPEST)
        before = (size, least)
    return worst


def _steep(before: tuple[int, Run] | None, now: tuple[int, Run]) -> float | None:
    """The exponent by which time grew."""
    if before is None:
        return None
    return math.log(now[1].seconds / before[1].seconds) / math.log(now[0] / before[0])


def _tables(sizes: Sequence[int], runs: int) -> float:
    print(
        f"{'rows of a table in Word':<34}{'s':>9}{'ms each':>11}{'floor s':>10}{'ratio':>7} (limit {TABLE_LIMIT:.0f})"
    )
    worst = 0.0
    for size in sizes:
        mine, floor = (
            min(run([sys.executable, "-c", code, str(size)]).seconds for _ in range(runs))
            for code in (_TABLE, _DOCX)
        )
        print(f"{size:>34,}{mine:>9.2f}{1000 * mine / size:>11.4f}{floor:>10.2f}{mine / floor:>7.2f}")
        worst = max(worst, mine / floor / TABLE_LIMIT)
    return worst


if __name__ == "__main__":
    sys.exit(int(main() > 2))
