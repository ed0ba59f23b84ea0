"""From one file to typed rows: what was taken for what, and what was refused.

Rows read are rows used plus rows refused, always; each refused row is named with its line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from poa.doing import Doing, Tell
from poa.errors import InputFault, Undecided
from poa.facts import Problem
from poa.orders import READ
from poa.reports import Report, second_table
from poa.reports.columns import INSTANTS, Typed, Waiting, finish, type_columns
from poa.reports.day_order import TurnedDatesError, UnsettledDatesError
from poa.reports.frames import frame_of
from poa.reports.instants import settled_form
from poa.reports.opening import Opened
from poa.reports.records import Columns, Part, Ragged
from poa.reports.refusals import GIVE_UP, SECOND_TABLE, too_many_refused
from poa.reports.remarks import EXCEL_ROWS, assumptions_of, coarse, problems_of, to_the_minute

_AFTER_ALL = 1 << 31  # a remark on a whole column stands behind those on its lines


@dataclass(frozen=True, eq=False, kw_only=True)
class ReportRows:
    """One file read. ``rows`` has the columns of :mod:`poa.orders` that the file has, one row a used line.

    ``complete`` is true where the file is said to list every order, None where its plain header
    lets us take it so unless the rows speak against it, false for a list of some; ``stated_complete``
    says that the user said so, ``goes_on`` that the file is one page of several. ``coarse`` names
    the dates that have days without times, ``minutes`` those whose times have no seconds. ``refused_keys`` are the orders of refused lines.
    """

    name: str
    rows: pd.DataFrame
    report: Report
    read: int
    columns: Mapping[str, str]
    complete: bool | None
    stated_complete: bool
    goes_on: bool
    coarse: frozenset[str]
    minutes: frozenset[str]
    refused_keys: Mapping[int, int]
    problems: tuple[Problem, ...]
    assumptions: tuple[str, ...]

    @cached_property
    def mostly_late(self) -> bool:
        """Whether more than half of the confirmed rows are late."""
        rows = self.rows
        if "ship_confirmed" not in rows or "ship_by" not in rows:
            return False
        known = rows["ship_confirmed"].notna().to_numpy()
        late = known & (rows["ship_confirmed"] > rows["ship_by"]).to_numpy()
        weight = rows["weight"].to_numpy() if "weight" in rows else np.ones(1, dtype=np.int64)
        return bool(2 * (late * weight).sum() > (known * weight).sum())


def read_report(opened: Opened, *, number: int, tracking: bool, tell: Tell) -> ReportRows:
    """Read one file, ``number`` in the order given; ``tracking`` asks for tracking numbers too.

    Raises InputFault where no row can be used, or the dates of a column can be read in two ways.
    """
    name, table = opened.file.name, opened.table
    columns = {
        ours: at
        for ours, at in opened.found.positions.items()
        if ours in READ
        and (tracking or ours != "tracking_number" or "order_id" not in opened.found.positions)
    }
    wanted = sorted(set(columns.values()))

    def work(cells: Columns) -> Typed | Waiting:
        return type_columns({ours: cells[at] for ours, at in columns.items()}, opened)

    done: list[Typed | Waiting] = []
    lines: list[npt.NDArray[np.int32]] = []
    ragged: list[Ragged] = []
    rows = used = 0
    for part in table.parts(wanted, work):
        rows += len(part.lines) + len(part.ragged)
        tell(Doing(f"Reading {name}", done=part.read, total=opened.file.size, rows=rows))
        ragged += part.ragged
        if len(part.lines):
            done.append(part.done)
            lines.append(part.lines)
        used += int(np.count_nonzero(part.done.used)) if isinstance(part.done, Typed) else len(part.lines)
        if rows - used > max(GIVE_UP, used):
            raise _mostly_refused(part, opened, rows - used)
    if not rows:
        hint = "If it says that there was nothing, leave it out; else export more days."
        raise InputFault("no_rows", f"{name} has a header and no rows.", file=name, hint=hint)
    typed = _finished(done, opened)
    done.clear()  # else nothing that `frame_of` lets go is free
    problems = tuple(problems_of(typed, lines, ragged, opened))
    second = next((problem for problem in problems if problem.code == SECOND_TABLE), None)
    if second is not None:
        raise second_table(name, second.line)
    if not any(one.used.any() for one in typed):
        raise _nothing_usable(problems, name, rows, by_mapping=opened.mapping is not None)
    cut = table.header_line + rows == EXCEL_ROWS
    said = tuple(assumptions_of(typed, opened, cut=cut))
    days, minutes = coarse(typed), to_the_minute(typed)
    lost = _refused_keys(typed, lines)
    return ReportRows(
        name=name,
        rows=frame_of(typed, lines, number=number),  # the last use of the parts: it frees them
        report=opened.report,
        read=rows,
        columns=opened.columns,
        complete=_complete(opened, cut=cut),
        stated_complete=opened.reading.complete or bool(opened.mapping and opened.mapping.complete),
        goes_on=table.goes_on,
        coarse=days,
        minutes=minutes,
        refused_keys=lost,
        problems=tuple(sorted(problems, key=lambda problem: problem.line or _AFTER_ALL)),
        assumptions=said,
    )


def _finished(parts: Sequence[Typed | Waiting], opened: Opened) -> list[Typed]:
    """Every part typed: the waiting columns are settled by all their values together."""
    waiting = [part for part in parts if isinstance(part, Waiting)]
    forms: dict[str, str] = {}
    for ours in [name for name in INSTANTS if any(name in part.texts for part in waiting)]:
        values = dict.fromkeys(
            value
            for part in waiting
            if ours in part.texts
            for value in part.texts[ours].dictionary.to_pylist()
        )
        try:
            forms[ours] = settled_form(values, date_format=opened.reading.date_format)
        except UnsettledDatesError as error:
            raise _ambiguous_dates(opened, ours, error) from None
    return [finish(part, forms, opened) if isinstance(part, Waiting) else part for part in parts]


def _ambiguous_dates(opened: Opened, ours: str, error: UnsettledDatesError) -> InputFault:
    """The question how a column is read; no question where no answer would be right."""
    header, name = opened.columns[ours], opened.file.name
    if isinstance(error, TurnedDatesError):
        return InputFault(
            "ambiguous_dates",
            f"The dates of '{header}' in {name} cannot be used: {error}.",
            file=name,
            column=header,
            hint="Download the report again, and hand it in without opening it in Excel.",
        )
    return Undecided(
        "ambiguous_dates",
        f"The dates of '{header}' in {name} can be read in two ways: {error}.",
        setting="date_format",
        choices=(("day-first", "the day comes first"), ("month-first", "the month comes first")),
        file=name,
        column=header,
        hint="Save this line as dates.toml, with month-first or day-first, whichever is true, and run again with"
        ' --map dates.toml\n\ndate_format = "month-first"',
    )


def _complete(opened: Opened, *, cut: bool) -> bool | None:
    """Whether the file lists every order: the user's word, the mapping's, the declaration's."""
    if opened.reading.complete:
        return True
    if opened.mapping and opened.mapping.complete is not None:
        return opened.mapping.complete
    if cut:
        return False
    report = opened.report
    if report.lists == "late_orders" and opened.found.plain:
        return None
    return report.lists == "every_order" and not opened.table.goes_on


def _refused_keys(typed: Sequence[Typed], lines: Sequence[npt.NDArray[np.int32]]) -> dict[int, int]:
    """The line and the order of each refused row of which the order is known."""
    found: dict[int, int] = {}
    for part, places in zip(typed, lines, strict=True):
        lost = ~part.used & (part.keys >= 0)
        found |= dict(zip(places[lost].tolist(), part.keys[lost].tolist(), strict=True))
    return found


def _mostly_refused(part: Part[Typed | Waiting], opened: Opened, refused: int) -> InputFault:
    """The fault for a file of which most rows are refused, with one of them as an example."""
    name = opened.file.name
    if isinstance(part.done, Typed) and part.done.refusals:
        one = part.done.refusals[0]
        line = int(part.lines[one.row])
        return too_many_refused(name, refused, line, f"{opened.columns[one.column]}: {one.reason}")
    first = part.ragged[0].line if part.ragged else None
    return too_many_refused(name, refused, first, "another number of cells than the header has")


def _nothing_usable(problems: Sequence[Problem], name: str, read: int, *, by_mapping: bool) -> InputFault:
    first = min(problems, key=lambda problem: problem.line or 0)
    hint = "Download the report again, and do not open it in Excel before."
    # An id that Excel has spoilt is gone: no mapping file brings it back.
    spoilt = "Excel" in first.message
    if all(problem.code == "bad_order_id" for problem in problems) and not by_mapping and not spoilt:
        hint = "Is it Amazon's report? A mapping file (--map) lifts the rule of Amazon's order ids."
    return InputFault(
        "no_usable_row",
        f"None of the {read:,} rows of {name} can be used; the first: {first.message}.",
        file=name,
        line=first.line,
        column=first.column,
        hint=hint,
    )
