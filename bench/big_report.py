"""A large made-up Late Shipment Report: ``python bench/big_report.py ROWS OUT.csv [SEED]``.

Twelve columns, 40 suppliers, 2,000 SKUs, 90 days across the clock change; the same seed gives the
same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

DAY = 86_400
FIRST = int(np.datetime64("2026-08-07T07:00:00", "s").astype(np.int64))  # midnight in Los Angeles
CHANGE = int(np.datetime64("2026-11-01T09:00:00", "s").astype(np.int64))  # its clocks go back
BLOCK = 250_000
HEADER = (
    "order-id",
    "order-item-id",
    "sku",
    "supplier",
    "carrier",
    "tracking-number",
    "purchase-date",
    "ship-by-date",
    "ship-confirm-date",
    "supplier-order-date",
    "supplier-dispatch-date",
    "carrier-first-scan-date",
)


def local_iso(seconds: np.ndarray) -> np.ndarray:
    """UTC seconds as ISO times of Los Angeles with their offset."""
    summer = seconds < CHANGE
    text = np.datetime_as_string((seconds - np.where(summer, 7, 8) * 3600).astype("datetime64[s]"))
    return np.char.add(text, np.where(summer, "-07:00", "-08:00"))


def block(random: np.random.Generator, start: int, rows: int, total: int) -> pa.Table:
    """Some of the rows: those whose numbers begin at ``start``."""
    number = np.arange(start, start + rows)
    bought = FIRST + (number * (88 * DAY) // total) + random.integers(0, 600, rows)
    due = (
        (bought - FIRST) // DAY * DAY
        + FIRST
        + random.integers(2, 4, rows) * DAY
        - 1
        + np.where(bought >= CHANGE, 3600, 0)
    )
    sku = random.integers(0, 2_000, rows)
    supplier = sku % 40
    late = random.random(rows) < np.where((supplier == 7) & (bought > FIRST + 65 * DAY), 0.4, 0.03)
    confirmed = due + np.where(late, random.integers(60, 2 * DAY, rows), -random.integers(3_600, DAY, rows))
    dispatched = confirmed - random.integers(1_800, 20_000, rows)
    digits = np.char.zfill((number * 7_919 % 10_000_000).astype(str), 7)
    ids = np.char.add(np.char.add("111-", digits), np.char.add("-", np.char.zfill(number.astype(str), 7)))
    confirm_text = local_iso(confirmed)
    confirm_text[random.random(rows) < 0.008] = ""
    columns = (
        ids,
        np.char.add("6", np.char.zfill(number.astype(str), 13)),
        np.char.add("SKU-", np.char.zfill(sku.astype(str), 5)),
        np.char.add("Supplier ", np.char.zfill(supplier.astype(str), 2)),
        np.where(sku % 3 == 0, "UPS", "USPS"),
        np.char.add("9400", np.char.zfill(number.astype(str), 18)),
        local_iso(bought),
        local_iso(due),
        confirm_text,
        local_iso(bought + 3_600),
        local_iso(dispatched),
        local_iso(dispatched + 7_200),
    )
    return pa.table([pa.array(column.tolist(), pa.string()) for column in columns], names=list(HEADER))


def write(rows: int, out: Path, seed: int = 1) -> None:
    """Write a report of so many rows."""
    random = np.random.default_rng(seed)
    schema = pa.schema([(name, pa.string()) for name in HEADER])
    with arrow_csv.CSVWriter(
        out, schema, write_options=arrow_csv.WriteOptions(quoting_style="needed")
    ) as writer:
        for start in range(0, rows, BLOCK):
            writer.write_table(block(random, start, min(BLOCK, rows - start), rows))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
