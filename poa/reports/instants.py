"""A column of dates as instants: the form is proven by the whole column, never guessed.

``03/04/2026`` stays ambiguous until one row of the column shows which number is the day, or the
user says so. An offset in the value wins; without one it is a time in the given zone. A bare day
is a whole day: as a deadline it ends at 23:59:59 there, as a moment it begins at 00:00:00.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from poa.orders import Mask
from poa.reports.day_order import DAY_ORDERS, day_order
from poa.reports.moments import FORMS, by_format, moment

Seconds: TypeAlias = npt.NDArray[np.datetime64]


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
    return day_order([value.strip() for value in values], FORMS[-1], FORMS[0])


def coded_instants(encoded: pa.DictionaryArray, *, form: str, zone: str, deadline: bool) -> Instants:
    """A dictionary-encoded column of which the form is settled; of a million rows often a hundred values are distinct."""
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    values = [value.strip() for value in encoded.dictionary.to_pylist()]
    order = next((one for one in DAY_ORDERS.values() if one == form), None)
    size = len(values)
    seconds = _nothing(size)
    offsets = np.zeros(size, dtype="timedelta64[m]")
    local, bare, twice = (np.zeros(size, dtype=bool) for _ in range(3))
    for at, value in enumerate(values):
        one = moment(value, order) if order else by_format(value, form)
        if one is not None:
            wall = (
                one.wall + timedelta(hours=23, minutes=59, seconds=59) if one.bare and deadline else one.wall
            )
            seconds[at] = np.datetime64(wall, "s")
            offsets[at] = one.offset or 0
            local[at] = one.offset is None
            bare[at] = one.bare
    seconds = seconds - offsets
    seconds[local], twice[local] = _in_utc(seconds[local], zone)
    blank = np.array([not value for value in values], dtype=bool)
    bad = np.isnat(seconds) & ~blank
    return Instants(
        seconds=seconds[codes],
        blank=blank[codes],
        bad=bad[codes],
        day_only=bare[codes],
        local=bool(local.any()),
        repeated=int(np.count_nonzero(twice[codes])),
    )


def iso_instants(text: pa.ChunkedArray | pa.Array, *, zone: str) -> Instants | None:
    """The fast road: every value is an ISO time, all with an offset or all without; else None."""
    blank = pc.equal(text, "")
    filled = pc.if_else(blank, None, text)
    shortest = pc.min(pc.binary_length(filled)).as_py()
    if shortest is not None and shortest < len("2026-10-31T23:59"):
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
    none = np.broadcast_to(np.False_, len(seconds))  # marks of no row take no memory
    return Instants(
        seconds=seconds,
        blank=blank.to_numpy(zero_copy_only=False) if pc.any(blank).as_py() else none,
        bad=none,
        day_only=none,
        local=local,
        repeated=int(np.count_nonzero(twice)),
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


def _beyond(seconds: Seconds) -> Mask:
    """Which times lie where Python's years end, so that no zone can be applied to them."""
    return (seconds < np.datetime64("0002-01-01")) | (seconds >= np.datetime64("9999-01-01"))


def _nothing(size: int) -> Seconds:
    return np.full(size, np.datetime64("NaT"), dtype="datetime64[s]")
