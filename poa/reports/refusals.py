"""Which rows of a report cannot be used, and why: one reason a row, the first that applies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from poa.characters import shape, shown_date, shown_id
from poa.facts import Problem
from poa.orders import YEARS
from poa.reports.instants import Instants, Seconds
from poa.reports.mapping import ColumnMap

_FIRST, _LAST = (np.datetime64(f"{year}-01-01") for year in YEARS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The rows (``broken``, one entry a row) that one column makes unusable, and the reason."""

    broken: npt.NDArray[np.bool_]
    column: str
    code: str
    reason: str
    shown: Callable[[str], str]


def rules(
    ids: pa.ChunkedArray,
    amazon_ids: npt.NDArray[np.bool_],
    dates: Mapping[str, Instants],
    mapping: ColumnMap | None,
    *,
    zone: str,
) -> Iterator[Rule]:
    """The promise of the order table, row by row; a mapping file lifts the rule of Amazon's ids."""
    if mapping is None:
        reason = "not an Amazon order id (three groups of 3, 7 and 7 digits)"
        yield Rule(broken=~amazon_ids, column="order_id", code="bad_order_id", reason=reason, shown=shown_id)
    else:
        form = re.compile(mapping.order_id_pattern or r".*\S.*")
        wrong = np.fromiter((form.fullmatch(value.strip()) is None for value in ids.to_pylist()), dtype=bool)
        reason = "empty, or not of the form that the mapping file states"
        yield Rule(broken=wrong, column="order_id", code="bad_order_id", reason=reason, shown=shape)
    for column, read in dates.items():
        yield Rule(broken=read.bad, column=column, code="bad_date", reason="not a date", shown=shown_date)
        far = (read.seconds < _FIRST) | (read.seconds >= _LAST)
        reason = f"not a day between {YEARS[0]} and {YEARS[1]}"
        yield Rule(broken=far, column=column, code="bad_date", reason=reason, shown=shown_date)
    ship_by, confirmed = dates["ship_by"], dates["ship_confirmed"]
    yield Rule(broken=ship_by.blank, column="ship_by", code="no_ship_by", reason="empty", shown=shape)
    if "purchased" in dates:
        early = ship_by.seconds < dates["purchased"].seconds
        reason = "before the purchase date"
        yield Rule(
            broken=early, column="ship_by", code="ship_by_before_purchase", reason=reason, shown=shown_date
        )
    # A bare confirmation day proves nothing against a deadline inside that same day.
    unproven = confirmed.day_only & ~ship_by.day_only & (ship_by.seconds >= confirmed.seconds)
    unproven[unproven] = ship_by.seconds[unproven] < _last_second(confirmed.seconds[unproven], zone)
    reason = "a day without a time, which cannot show whether the deadline within that day was met"
    yield Rule(broken=unproven, column="ship_confirmed", code="late_or_not", reason=reason, shown=shown_date)


def _reason(rule: Rule, value: str) -> str:
    """Why a value cannot be used; what Excel does to a column is called by its name."""
    if not value:
        return "empty"
    if re.fullmatch(r"#+", value):
        return "hidden by Excel (####): use the file as it was downloaded"
    if rule.code == "bad_order_id" and re.fullmatch(r"\d([.,]\d+)?E\+?\d+", value, re.IGNORECASE):
        return "changed by Excel into a number: use the file as it was downloaded"
    return rule.reason


def _last_second(midnights: Seconds, zone: str) -> Seconds:
    """The last second of days of a zone, which have 23, 24 or 25 hours."""
    days = pd.DatetimeIndex(midnights).tz_localize("UTC").tz_convert(zone).tz_localize(None).normalize()
    after = (days + pd.Timedelta(days=1)).tz_localize(
        zone, ambiguous=np.ones(len(days), dtype=bool), nonexistent="shift_forward"
    )
    ends: Seconds = (after - pd.Timedelta(seconds=1)).tz_convert("UTC").tz_localize(None).to_numpy()
    return ends


def refuse(
    found: Iterator[Rule],
    *,
    name: str,
    lines: npt.NDArray[np.int32],
    headers: Mapping[str, str],
    cells: Mapping[str, pa.ChunkedArray],
) -> tuple[npt.NDArray[np.bool_], tuple[Problem, ...]]:
    """Which rows are refused, and each refusal by line, column and reason."""
    refused = np.zeros(len(lines), dtype=bool)
    problems: list[Problem] = []
    for rule in found:
        fresh = np.flatnonzero(rule.broken & ~refused)
        refused[fresh] = True
        header = headers[rule.column]
        for at in fresh.tolist():
            value = cells[rule.column][at].as_py().strip()
            problems.append(
                Problem(
                    file=name,
                    line=int(lines[at]),
                    column=header,
                    value=rule.shown(value) if value else None,
                    code=rule.code,
                    message=f"{header}: {_reason(rule, value)}",
                )
            )
    return refused, tuple(problems)
