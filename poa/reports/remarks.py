"""What is said of a file that was read: its refused rows by line, remarks, and what was assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from poa.facts import Problem
from poa.reports.columns import INSTANTS, Typed
from poa.reports.opening import Opened
from poa.reports.records import Ragged
from poa.words import Said, said

EXCEL_ROWS = 1_048_576  # a sheet holds no more, so a file of just so many has probably lost some

_REMARKS_LISTED = 3  # of one column; the rest of them is counted


def problems_of(
    typed: Sequence[Typed], lines: Sequence[npt.NDArray[np.int32]], ragged: Sequence[Ragged], opened: Opened
) -> Iterator[Problem]:
    """Every refused row by its line; of the remarks on used rows the first of each column, and a count."""
    name, titles, width = opened.file.name, opened.columns, len(opened.table.header)
    remarks: Counter[str] = Counter()
    words: dict[tuple[str, Said, bool], Said] = {}  # one text for all rows that say the same
    for part, places in zip(typed, lines, strict=True):
        for one in part.refusals:
            if not one.refused:
                remarks[one.column] += 1
                if remarks[one.column] > _REMARKS_LISTED:
                    continue
            said_of = (one.column, one.reason, one.refused)
            if said_of not in words:
                words[said_of] = said(
                    "{column}: {reason}" if one.refused else "{column}: {reason}; taken as unknown",
                    column=titles[one.column],
                    reason=one.reason,
                )
            yield Problem(
                file=name,
                line=int(places[one.row]),
                column=titles[one.column],
                value=one.value,
                code=one.code,
                message=words[said_of],
                refused=one.refused,
            )
    for column, count in remarks.items():
        if count > _REMARKS_LISTED:
            yield Problem(
                file=name,
                line=None,
                column=titles[column],
                code="unread_date",
                message=said(
                    "{column}: {number} more values are taken as unknown",
                    column=titles[column],
                    number=count - _REMARKS_LISTED,
                ),
                refused=False,
            )
    for row in ragged:
        yield Problem(
            file=name,
            line=row.line,
            code="ragged_row",
            message=said(
                "{cells} cells where the header has {width}", cells=str(row.cells), width=str(width)
            ),
        )


def to_the_minute(typed: Sequence[Typed]) -> frozenset[str]:
    """The dates that have times without seconds: Excel leaves them out."""
    return frozenset(
        ours for ours in INSTANTS if any(ours in part.dates for part in typed) and _minutes(typed, ours)
    )


def _minutes(typed: Sequence[Typed], ours: str) -> bool:
    found = False
    for part in typed:
        seconds = part.dates[ours].seconds
        known = seconds[~np.isnat(seconds) & ~part.dates[ours].day_only].astype(np.int64)
        if (known % 60).any():
            return False
        found |= bool(len(known))
    return found


def coarse(typed: Sequence[Typed]) -> frozenset[str]:
    """The dates of which some have a day and no time."""
    return frozenset(ours for part in typed for ours, read in part.dates.items() if read.day_only.any())


def assumptions_of(typed: Sequence[Typed], opened: Opened, *, cut: bool) -> Iterator[Said]:
    """How the times of the file were taken, and what is said of it as a whole."""
    name, headers, zone = opened.file.name, opened.columns, opened.reading.zone
    dated = [ours for ours in INSTANTS if any(ours in part.dates for part in typed)]
    days = coarse(typed)
    local = [
        headers[ours]
        for ours in dated
        if ours not in days and any(part.dates[ours].local for part in typed if ours in part.dates)
    ]
    if local:
        yield said(
            "{file}: times without an offset ({columns}) are taken as {zone} time, although the supplier's clock may"
            " be another."
            if opened.report.role == "supplier"
            else "{file}: times without an offset ({columns}) are taken as {zone} time.",
            file=name,
            columns=", ".join(local),
            zone=zone,
        )
    if "ship_by" in days:
        yield said(
            "{file}: a ship-by date without a time ends at 23:59:59 {zone} time.", file=name, zone=zone
        )
    if "ship_confirmed" in days:
        yield said(
            "{file}: confirmations have no time of day; one made on a day at whose end it was due counts as on time.",
            file=name,
        )
    elif "purchased" in days:
        yield said(
            "{file}: a purchase date without a time begins at 00:00:00 {zone} time.", file=name, zone=zone
        )
    for ours in dated:
        repeated = sum(part.dates[ours].repeated for part in typed if ours in part.dates)
        if repeated:
            yield said(
                "{file}: {number} times of {column} fall into the hour that the clock change repeats; they are taken as"
                " the first of the two.",
                file=name,
                number=int(repeated),
                column=headers[ours],
            )
    yield from _on_the_whole(sum(part.damaged_items for part in typed), opened, cut=cut)


def _on_the_whole(damaged: int, opened: Opened, *, cut: bool) -> Iterator[Said]:
    """What is said of the file as a whole: Excel's damage, pages that are missing, the report's own remark."""
    name, report = opened.file.name, opened.report
    if damaged:
        yield said(
            "{file}: {number} order-item-ids were changed by Excel into numbers such as 2.2E+12; they are taken as not"
            " given.",
            file=name,
            number=int(damaged),
        )
    if cut:
        yield said(
            "{file} has exactly {number} lines, as many as an Excel sheet holds: rows after them may be missing, so it"
            " is not taken to list every order.",
            file=name,
            number=EXCEL_ROWS,
        )
    if opened.table.goes_on:
        yield said(
            "{file} is one page of several, or about single orders, so it is not taken to list every order.",
            file=name,
        )
    if report.remark and "ship_confirmed" in opened.columns:
        yield said("{file}: {remark}", file=name, remark=said(report.remark))
