"""The history of a case folder on disk: read whole, and each week's file put in its place whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from poa.files import alone_in, files_in, read, replace_file, sweep
from poa.ledger import FOLDER, read_record, record_bytes, record_name

if TYPE_CHECKING:
    from poa.facts.history import WeekRecord


def read_history(root: Path | None) -> dict[str, WeekRecord]:
    """The weeks that a case folder keeps, by their names; raises CaseFault for a file that poa did not write."""
    if root is None:
        return {}
    found = {}
    for name, path in files_in(root / FOLDER).items():
        if path.suffix == ".toml":
            record = read_record(read(path), name=f"{FOLDER}/{name}")
            found[record.week] = record
    return dict(sorted(found.items()))


def sweep_history(root: Path | None) -> None:
    """Take away what a run left that was killed while it wrote a week."""
    if root is not None:
        sweep(root / FOLDER, ".*.toml-*")


def keep_history(root: Path | None, fresh: Mapping[str, WeekRecord]) -> None:
    """Write the weeks that are new or made again; raises OutputFault for one that cannot be written."""
    if root is None:
        return
    with alone_in(root / FOLDER):
        sweep_history(root)
        for week, record in sorted(fresh.items()):
            replace_file(root / record_name(week), record_bytes(record))
