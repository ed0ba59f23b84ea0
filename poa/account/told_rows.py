"""Every row of every file that speaks of one order, with what it tells by our names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from poa.account.joined import Joined
from poa.account.laid_over import keyed_like
from poa.joining.supplier_side import tracking_of
from poa.orders import CLOCKS, DATES, NAMES, WORDS
from poa.reports.reading import ReportRows


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRow:
    """One row that speaks of the order: where it stands, and what it tells, by our names."""

    file: str
    line: int
    report: str
    told: Mapping[str, str]


def rows_of(key: int, joined: Joined) -> Iterator[ToldRow]:
    """Every row of every file: used, set aside, in conflict, refused, a supplier's, a package's."""
    if key < 0:
        return
    frames = [
        (one.read, keyed_like(one.read.rows, joined.pooled.ids))
        for one in joined.gathered.files
        if isinstance(one.read, ReportRows)
    ]
    numbers = tracking_of([frame for _, frame in frames])
    mine = set(numbers.index[numbers == key])
    for read, frame in frames:
        by_order = frame["key"] == key
        if "tracking_number" in frame:
            by_order |= (frame["key"] < 0) & frame["tracking_number"].fillna("").str.strip().isin(mine)
        yield from _told(frame[by_order], read, joined.store.zone)
        refused = {line for line, own in read.refused_keys.items() if own == key}
        for problem in read.problems:
            if problem.line in refused and problem.refused:
                yield ToldRow(
                    file=read.name,
                    line=problem.line or 0,
                    report=read.report.title,
                    told={"refused": problem.message},
                )


def _told(frame: pd.DataFrame, read: ReportRows, zone: str) -> Iterator[ToldRow]:
    for row in frame.to_dict("records"):
        told: dict[str, str] = {}
        for ours in (*DATES, *CLOCKS, *NAMES, *WORDS, "tracking_number"):
            if ours not in read.columns or ours not in row:
                continue
            value = row[ours]
            if isinstance(value, pd.Timestamp):
                told[ours] = "" if pd.isna(value) else local(value, zone)
                if ours in read.coarse:  # a bare day, which has no time of its own
                    told[ours] = told[ours].removesuffix(" 00:00:00").removesuffix(" 23:59:59")
            elif value is not pd.NaT and value is not None and str(value):
                told[ours] = str(value)
            elif ours in DATES:
                told[ours] = ""
        yield ToldRow(file=read.name, line=int(row["line"]), report=read.report.title, told=told)


def local(moment: pd.Timestamp, zone: str) -> str:
    """A moment as the clocks of a zone show it."""
    return f"{moment.tz_convert(zone):%Y-%m-%d %H:%M:%S}"


def as_lines(rows: Sequence[ToldRow]) -> Iterator[tuple[str, str]]:
    """Each row as its place and one line of what it tells."""
    for row in rows:
        words = ", ".join(f"{ours} {value or '(blank)'}" for ours, value in row.told.items())
        yield f"{row.file}:{row.line}", f"{row.report}: {words}"
