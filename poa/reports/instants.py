"""A column of dates as instants: the form is proven by the whole column, never guessed.

``03/04/2026`` stays ambiguous until one row of the column shows which number is the day, or the
user says so. An offset in the value wins; without one it is a time in the given zone. A bare day
is a whole day: as a deadline it ends at 23:59:59 there, as a moment it begins at 00:00:00.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from poa.reports.day_order import DAY_ORDERS, DayOrder, UnsettledDatesError, day_order

__all__ = [
    "Instants",
    "UnsettledDatesError",
    "coded_instants",
    "iso_instants",
    "read_instants",
    "settled_form",
]

Seconds: TypeAlias = npt.NDArray[np.datetime64]
Mask: TypeAlias = npt.NDArray[np.bool_]

# Names of zones that mean one offset wherever they stand; CST, EST, IST and BST do not.
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "PST": -480, "PDT": -420, "JST": 540, "CET": 60, "CEST": 120}
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        start=1,
    )
    for name in names.split()
}
_TIME = (
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|[A-Z]{3,4}|(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?)?)?"
)
_FORMS = tuple(
    re.compile(date + _TIME)
    for date in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
        r"(?P<word>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})",
        r"(?P<day>\d{1,2})[- ](?P<word>[A-Za-z]{3,9})\.?,?[- ](?P<year>\d{4}|\d\d)",
        r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instants:
    """A column read, one entry a row: seconds since 1970 in UTC, NaT where ``blank`` or ``bad``.

    ``day_only`` marks bare days. ``local`` says that some values had no offset, and ``repeated``
    counts times in the hour that a clock change repeats (taken as the first of the two).
    """

    seconds: Seconds
    blank: Mask
    bad: Mask
    day_only: Mask
    local: bool
    repeated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    """One value read: wall-clock time, the offset it states in minutes, whether it is a bare day."""

    wall: datetime
    offset: int | None
    bare: bool


def read_instants(
    text: pa.ChunkedArray, *, zone: str, deadline: bool = False, date_format: str | None = None
) -> Instants:
    """Read a text column in the given zone; raises UnsettledDatesError where two readings fit.

    ``date_format`` is the user's word: the order of day and month, or strptime's, then the only form. A value that is no
    date is marked ``bad``: never dropped, never guessed.
    """
    if date_format is None or date_format in DAY_ORDERS:
        trusted = iso_instants(text, zone=zone)
        if trusted is not None:
            return trusted
    encoded = pa.chunked_array(text.chunks, type=pa.string()).combine_chunks().dictionary_encode()
    form = settled_form(encoded.dictionary.to_pylist(), date_format=date_format)
    return coded_instants(encoded, form=form, zone=zone, deadline=deadline)


def settled_form(values: Iterable[str], *, date_format: str | None) -> str:
    """How the dates of a whole column are to be read: the order of day and month, or a format.

    ``values`` are the distinct values; raises UnsettledDatesError where two readings fit.
    """
    if date_format is not None:
        return DAY_ORDERS.get(date_format, date_format)
    return day_order([value.strip() for value in values], _FORMS[-1], _FORMS[0])


def coded_instants(encoded: pa.DictionaryArray, *, form: str, zone: str, deadline: bool) -> Instants:
    """A dictionary-encoded column of which the form is settled, each distinct value read once."""
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    distinct = [value.strip() for value in encoded.dictionary.to_pylist()]
    read = _distinct(distinct, zone=zone, deadline=deadline, form=form)
    repeated = int(np.count_nonzero(read.repeated[codes])) if distinct else 0
    known = read.instants
    return replace(
        known,
        seconds=known.seconds[codes],
        blank=known.blank[codes],
        bad=known.bad[codes],
        day_only=known.day_only[codes],
        repeated=repeated,
    )


def iso_instants(text: pa.ChunkedArray | pa.Array, *, zone: str) -> Instants | None:
    """The fast road: every value is an ISO time, all with an offset or all without; else None."""
    blank = pc.equal(text, "")
    filled = pc.if_else(blank, None, text)
    if (pc.min(pc.binary_length(filled)).as_py() or 0) < len("2026-10-31T23:59"):
        return None
    local = False
    try:
        stamps = pc.cast(filled, pa.timestamp("s", "UTC"))
    except pa.ArrowInvalid:
        try:
            stamps = pc.cast(filled, pa.timestamp("s"))
        except pa.ArrowInvalid:
            return None
        local = True
    seconds = stamps.to_numpy(zero_copy_only=False).astype("datetime64[s]") if len(text) else _nothing(0)
    if _beyond(seconds).any():
        return None
    twice = np.zeros(len(seconds), dtype=bool)
    if local:
        seconds, twice = _in_utc(seconds, zone)
    none = np.zeros(len(seconds), dtype=bool)
    return Instants(
        seconds=seconds,
        blank=blank.to_numpy(zero_copy_only=False) if len(text) else none,
        bad=none,
        day_only=none,
        local=local,
        repeated=int(np.count_nonzero(twice)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Distinct:
    instants: Instants
    repeated: Mask


def _distinct(values: Sequence[str], *, zone: str, deadline: bool, form: str) -> _Distinct:
    """Read each distinct value once: a column of a million rows often has a hundred."""
    order = next((one for one in DAY_ORDERS.values() if one == form), None)
    moments = [_moment(value, order) if order else _by_format(value, form) for value in values]
    size = len(values)
    seconds = _nothing(size)
    offsets = np.zeros(size, dtype="timedelta64[m]")
    local = np.zeros(size, dtype=bool)
    bare = np.zeros(size, dtype=bool)
    for at, moment in enumerate(moments):
        if moment is not None:
            wall = (
                moment.wall + timedelta(hours=23, minutes=59, seconds=59)
                if moment.bare and deadline
                else moment.wall
            )
            seconds[at] = np.datetime64(wall, "s")
            offsets[at] = moment.offset or 0
            local[at] = moment.offset is None
            bare[at] = moment.bare
    seconds = seconds - offsets
    twice = np.zeros(size, dtype=bool)
    seconds[local], twice[local] = _in_utc(seconds[local], zone)
    blank = np.array([not value for value in values], dtype=bool)
    bad = np.isnat(seconds) & ~blank
    return _Distinct(
        instants=Instants(
            seconds=seconds, blank=blank, bad=bad, day_only=bare, local=bool(local.any()), repeated=0
        ),
        repeated=twice,
    )


def _in_utc(wall: Seconds, zone: str) -> tuple[Seconds, Mask]:
    """Wall-clock times of a zone as UTC, and which of them a clock change shows twice."""
    if zone == "UTC":
        return wall, np.zeros(len(wall), dtype=bool)
    index = pd.DatetimeIndex(np.where(_beyond(wall), np.datetime64("NaT"), wall))
    first = np.ones(len(index), dtype=bool)
    early = index.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
    late = index.tz_localize(zone, ambiguous=~first, nonexistent="shift_forward")
    utc = early.tz_convert("UTC").tz_localize(None).to_numpy().astype("datetime64[s]")
    return utc, np.asarray(early != late) & ~np.asarray(index.isna())


def _moment(value: str, order: DayOrder) -> _Moment | None:
    for form in _FORMS:
        found = form.fullmatch(value)
        if found is not None:
            return _from_parts(found.groupdict(), order)
    return None


def _from_parts(parts: dict[str, str | None], order: DayOrder) -> _Moment | None:
    year, month, day = parts["year"] or "", parts.get("month"), parts.get("day")
    if parts.get("one"):
        one, two = parts["one"], parts["two"]
        day, month = (one, two) if order == "day_first" or parts["mark"] == "." else (two, one)
    word = parts.get("word")
    number = _MONTHS.get(word.lower()) if word else int(month or 0)
    hour, half = int(parts["hour"] or 0), (parts["half"] or "").lower()[:1]
    offset = _offset(parts["zone"])
    if number is None or offset == "unknown" or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    year_number = int(year) + (2000 if len(year) == 2 else 0)
    minute, second = int(parts["minute"] or 0), int(parts["second"] or 0)
    try:  # the wall clock of a zone that is applied to the whole column
        wall = datetime(year_number, number, int(day or 0), hour, minute, second)  # noqa: DTZ001 - as said above
    except ValueError:
        return None
    return _Moment(wall=wall, offset=offset, bare=parts["hour"] is None)


def _offset(zone: str | None) -> int | Literal["unknown"] | None:
    """Minutes east of UTC; None where nothing is stated."""
    if zone is None:
        return None
    if zone in _ZONES:
        return _ZONES[zone]
    found = re.fullmatch(r"(?:UTC|GMT)?([+-])([01]\d|2[0-3]):?([0-5]\d)?", zone)
    if found is None:
        return "unknown"
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return minutes if found[1] == "+" else -minutes


def _by_format(value: str, date_format: str) -> _Moment | None:
    try:
        read = datetime.strptime(value, date_format)  # noqa: DTZ007 - an offset is used where the format has one
    except ValueError:
        return None
    away = read.utcoffset()
    return _Moment(
        wall=read.replace(tzinfo=None),
        offset=None if away is None else round(away.total_seconds() / 60),
        bare=not re.search(r"%[HIcXTRr]", date_format),
    )


def _beyond(seconds: Seconds) -> Mask:
    """Which times lie where Python's years end, so that no zone can be applied to them."""
    return (seconds < np.datetime64("0002-01-01")) | (seconds >= np.datetime64("9999-01-01"))


def _nothing(size: int) -> Seconds:
    return np.full(size, np.datetime64("NaT"), dtype="datetime64[s]")
