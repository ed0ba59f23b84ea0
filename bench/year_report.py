"""A year of a large made-up account: ``python bench/year_report.py ORDERS FOLDER [SEED [PARTS OVERLAP]]``.

52 weeks of orders as one plain report (``year.csv``), and the same orders as 13 reports that overlap by some
days (``part-01.csv`` to ``part-13.csv``), each of all orders bought in its days; with PARTS, as so many that overlap by
OVERLAP days, and not as one. 40 suppliers, 2,000 SKUs; the same seed gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

DAY = 86_400
WEEKS = 52
PARTS = 13
OVERLAP = 5  # days that a report has in common with the one before
FIRST = int(np.datetime64("2025-11-03T08:00:00", "s").astype(np.int64))  # a Monday's midnight in Los Angeles
SUMMER = tuple(
    int(np.datetime64(day, "s").astype(np.int64)) for day in ("2026-03-08T10:00", "2026-11-01T09:00")
)
BLOCK = 250_000
_SEVEN = 10_000_000  # an order id ends in two numbers of seven digits
HEADER = (
    "order-id",
    "sku",
    "supplier",
    "carrier",
    "purchase-date",
    "ship-by-date",
    "ship-confirm-date",
    "supplier-order-date",
    "supplier-dispatch-date",
    "carrier-first-scan-date",
)


def local_iso(seconds: np.ndarray) -> np.ndarray:
    """UTC seconds as ISO times of Los Angeles with their offset."""
    summer = (seconds >= SUMMER[0]) & (seconds < SUMMER[1])
    text = np.datetime_as_string((seconds - np.where(summer, 7, 8) * 3600).astype("datetime64[s]"))
    return np.char.add(text, np.where(summer, "-07:00", "-08:00"))


def block(random: np.random.Generator, start: int, rows: int, total: int) -> tuple[pa.Table, np.ndarray]:
    """Some of the orders, those whose numbers begin at ``start``; and the second of the year at which each was bought."""
    number = np.arange(start, start + rows)
    since = number * (WEEKS * 7 * DAY) // total + random.integers(0, 600, rows)
    bought = FIRST + since
    midnight = FIRST + since // DAY * DAY
    summer = (midnight >= SUMMER[0]) & (midnight < SUMMER[1])
    due = midnight - np.where(summer, 3600, 0) + random.integers(2, 4, rows) * DAY - 1
    sku = random.integers(0, 2_000, rows)
    supplier = sku % 40
    late = random.random(rows) < np.where((supplier == 7) & (since > (WEEKS * 7 - 20) * DAY), 0.4, 0.02)
    confirmed = due + np.where(late, random.integers(60, 2 * DAY, rows), -random.integers(3_600, DAY, rows))
    dispatched = confirmed - random.integers(1_800, 20_000, rows)
    end = FIRST + WEEKS * 7 * DAY
    digits = np.char.zfill((number * 7_919 % _SEVEN).astype(str), 7)
    columns = (
        np.char.add(
            np.char.add(np.char.add((111 + number // _SEVEN).astype(str), "-"), digits),
            np.char.add("-", np.char.zfill((number % _SEVEN).astype(str), 7)),
        ),
        np.char.add("SKU-", np.char.zfill(sku.astype(str), 5)),
        np.char.add("Supplier ", np.char.zfill(supplier.astype(str), 2)),
        np.where(sku % 3 == 0, "UPS", "USPS"),
        local_iso(bought),
        local_iso(due),
        *(
            np.where(stamp < end, local_iso(stamp), "")
            for stamp in (confirmed, bought + 3_600, dispatched, dispatched + 7_200)
        ),
    )
    table = pa.table([pa.array(column.tolist(), pa.string()) for column in columns], names=list(HEADER))
    return table, since


def write(
    orders: int,
    folder: Path,
    seed: int = 1,
    *,
    number: int = PARTS,
    overlap: int = OVERLAP,
    whole: bool = True,
) -> None:
    """Write the report of the year, and its parts."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    schema = pa.schema([(name, pa.string()) for name in HEADER])
    options = arrow_csv.WriteOptions(quoting_style="needed")
    length = WEEKS * 7 * DAY // number
    names = [f"part-{at + 1:02}.csv" for at in range(number)] + ["year.csv"] * whole
    files = [arrow_csv.CSVWriter(folder / name, schema, write_options=options) for name in names]
    for start in range(0, orders, BLOCK):
        table, since = block(random, start, min(BLOCK, orders - start), orders)
        for at in range(number):
            inside = (since >= at * length - overlap * DAY) & (
                since < (at + 1) * length + (at + 1 == number) * DAY
            )
            if inside.any():
                files[at].write_table(table.filter(pa.array(inside)))
        if whole:
            files[-1].write_table(table)
    for one in files:
        one.close()


if __name__ == "__main__":
    told = sys.argv[1:]
    orders, seed = int(told[0]), int(told[2]) if len(told) > 2 else 1
    if len(told) > 3:
        write(orders, Path(told[1]), seed, number=int(told[3]), overlap=int(told[4]), whole=False)
    else:
        write(orders, Path(told[1]), seed)
