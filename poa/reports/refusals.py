"""Which rows of a report cannot be used, and why: one reason a row, the first that applies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from poa.characters import shape, shown_date, shown_id
from poa.errors import InputFault
from poa.orders import CLOCKS, YEARS, Mask
from poa.reports import folded, order_titles
from poa.reports.instants import Instants, Seconds
from poa.words import Said, said

_FIRST, _LAST = (np.datetime64(f"{year}-01-01") for year in YEARS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The rows (``broken``, one entry a row) that one column makes unusable, and the reason.

    Where ``refuses`` is false the row is used all the same, with a remark: that column alone is not.
    """

    broken: Mask
    column: str
    code: str
    reason: Said
    shown: Callable[[str], str]
    refuses: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that cannot be used, by its place among the rows at hand; or one remark on a used row."""

    row: int
    column: str
    value: str | None
    code: str
    reason: Said
    refused: bool = True


SECOND_TABLE = "second_table"


def id_rules(
    cells: Mapping[str, pa.Array],
    *,
    titles: Mapping[str, str],
    amazon_ids: Mask | None,
    id_pattern: str | None,
    mapped: bool,
) -> Iterator[Rule]:
    """The promise of the order table as to ids; a mapping file lifts the rule of Amazon's."""
    yield from _header_rules(cells, titles, no_order=None if mapped or amazon_ids is None else ~amazon_ids)
    ids = cells.get("order_id")
    if ids is None or amazon_ids is None or (amazon_ids.all() and not mapped):
        return
    spoilt = pc.match_substring_regex(ids, r"(?i)^\s*[0-9]([.,][0-9]+)?E\+?[0-9]+\s*$")
    rule = partial(Rule, column="order_id", code="bad_order_id")
    reason = said("changed by Excel into a number: use the file as it was downloaded")
    yield rule(broken=spoilt.to_numpy(zero_copy_only=False), reason=reason, shown=shown_id)
    if mapped:
        form = re.compile(id_pattern or r".*\S.*")
        wrong = np.fromiter((form.fullmatch(value.strip()) is None for value in ids.to_pylist()), dtype=bool)
        reason = said("empty, or not of the form that the mapping file states")
        yield rule(broken=wrong, reason=reason, shown=shape)
    else:
        reason = said("not an Amazon order id (three groups of 3, 7 and 7 digits)")
        yield rule(broken=~amazon_ids, reason=reason, shown=shown_id)


def date_rules(dates: Mapping[str, Instants], *, filled: Sequence[str], zone: str) -> Iterator[Rule]:
    """The promise of the order table as to dates: each is one, of our time, and they can be of one order."""
    for column, read in dates.items():
        # A clock that judges no order does not cost the order.
        judges = column not in CLOCKS
        code = "bad_date" if judges else "unread_date"
        rule = partial(Rule, column=column, code=code, shown=shown_date, refuses=judges)
        yield rule(broken=read.bad, reason=said("not a date"))
        far = (read.seconds < _FIRST) | (read.seconds >= _LAST)
        reason = said("not a day between {first} and {last}", first=str(YEARS[0]), last=str(YEARS[1]))
        yield rule(broken=far, reason=reason)
    for column in (name for name in filled if name in dates):
        yield Rule(
            broken=dates[column].blank, column=column, code=f"no_{column}", reason=said("empty"), shown=shape
        )
    if "ship_by" in dates:
        yield from _deadline_rules(dates, zone=zone)


def _header_rules(
    cells: Mapping[str, pa.Array], titles: Mapping[str, str], *, no_order: Mask | None
) -> Iterator[Rule]:
    """Rows that are a header: the same one again is left out, another one means another table.

    ``no_order`` marks the rows without an order id of Amazon's, where that is the form of ids.
    """
    first = next((ours for ours in ("order_id", "tracking_number") if ours in cells and ours in titles), None)
    if first is None:
        return
    if no_order is None:  # an id of another form begins with a digit more often than a title does
        no_order = pc.match_substring_regex(cells[first], r"^\W*[^\W\d]").to_numpy(zero_copy_only=False)
    suspects = np.flatnonzero(no_order)
    again = np.zeros(len(cells[first]), dtype=bool)
    if len(suspects):
        known = order_titles() | {folded(titles[first])}
        encoded = cells[first].take(pa.array(suspects)).dictionary_encode()
        is_title = np.array([folded(word) in known for word in encoded.dictionary.to_pylist()], dtype=bool)
        again[suspects] = is_title[encoded.indices.to_numpy(zero_copy_only=False)]
    if not again.any():
        return
    other = again.copy()
    for at in np.flatnonzero(again).tolist():
        row = {ours: folded(cell[at].as_py()) for ours, cell in cells.items() if ours in titles}
        other[at] = any(cell != folded(titles[ours]) for ours, cell in row.items())
    reason = said("the titles of the columns again")
    yield Rule(broken=again & ~other, column=first, code="repeated_header", reason=reason, shown=shape)
    yield Rule(broken=other, column=first, code=SECOND_TABLE, reason=said("other titles"), shown=shape)


def _deadline_rules(dates: Mapping[str, Instants], *, zone: str) -> Iterator[Rule]:
    ship_by = dates["ship_by"]
    if "purchased" in dates:
        early = ship_by.seconds < dates["purchased"].seconds
        reason = said("before the purchase date")
        yield Rule(
            broken=early, column="ship_by", code="ship_by_before_purchase", reason=reason, shown=shown_date
        )
    if "ship_confirmed" in dates:
        # A bare confirmation day proves nothing against a deadline inside that same day.
        confirmed = dates["ship_confirmed"]
        unproven = confirmed.day_only & ~ship_by.day_only & (ship_by.seconds >= confirmed.seconds)
        unproven[unproven] = ship_by.seconds[unproven] < _last_second(confirmed.seconds[unproven], zone)
        reason = said("a day without a time, which cannot show whether the deadline within that day was met")
        yield Rule(
            broken=unproven, column="ship_confirmed", code="late_or_not", reason=reason, shown=shown_date
        )


def _reason(rule: Rule, value: str) -> Said:
    """Why a value cannot be used; what Excel does to a column is called by its name."""
    if not value:
        return said("empty")
    if re.fullmatch(r"#+", value):
        return said("hidden by Excel (####): use the file as it was downloaded")
    if rule.code == "bad_order_id" and re.fullmatch(r"[0-9]{17}", value):
        return said("an order id without its hyphens (111-1234567-1234567)")
    return rule.reason


def _last_second(midnights: Seconds, zone: str) -> Seconds:
    """The last second of days of a zone, which have 23, 24 or 25 hours."""
    days = pd.DatetimeIndex(midnights).tz_localize("UTC").tz_convert(zone).tz_localize(None).normalize()
    after = (days + pd.Timedelta(days=1)).tz_localize(
        zone, ambiguous=np.ones(len(days), dtype=bool), nonexistent="shift_forward"
    )
    ends: Seconds = (after - pd.Timedelta(seconds=1)).tz_convert("UTC").tz_localize(None).to_numpy()
    return ends


GIVE_UP = 100_000  # refused rows, and more than used ones: the file is not what its header says


def too_many_refused(name: str, refused: int, line: int | None, reason: str) -> InputFault:
    """The fault for a file of which most rows cannot be used: to list them all would help nobody."""
    return InputFault(
        "too_many_refused",
        f"{name}: {refused:,} rows and more cannot be used, most of the file; one of them: {reason}.",
        file=name,
        line=line,
        hint="Download the report again, and do not open it in Excel before.",
    )


def refuse(
    found: Iterator[Rule], *, cells: Mapping[str, pa.Array], before: Mask
) -> tuple[Mask, tuple[Refusal, ...]]:
    """Which rows are refused, those refused ``before`` among them, and each new refusal and remark."""
    refused = before.copy()
    refusals: list[Refusal] = []
    for rule in found:
        fresh = np.flatnonzero(rule.broken & ~refused)
        if not len(fresh):
            continue
        if rule.refuses:
            refused[fresh] = True
        encoded = pc.cast(cells[rule.column].take(pa.array(fresh)), pa.string()).dictionary_encode()
        told = [  # one text for all rows that say the same
            (rule.shown(cell) if cell else None, _reason(rule, cell))
            for cell in map(str.strip, encoded.dictionary.to_pylist())
        ]
        for at, code in zip(fresh.tolist(), encoded.indices.to_pylist(), strict=True):
            value, reason = told[code]
            refusals.append(Refusal(at, rule.column, value, rule.code, reason, rule.refuses))
    return refused, tuple(refusals)
