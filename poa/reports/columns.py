"""Some rows of one file as typed columns: order ids as numbers, dates as instants, names as codes.

A part whose dates are all ISO is finished at once; the others wait until the whole column has shown
how its dates are to be read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from poa.orders import CLOCKS, DATES, NAMES, WORDS, Keys, Mask, Numbers, name_of, order_keys
from poa.reports.instants import Instants, coded_instants, iso_instants
from poa.reports.opening import Opened
from poa.reports.refusals import Refusal, date_rules, id_rules, refuse

INSTANTS = (*DATES, *CLOCKS)
DEADLINES = {"ship_by", "deliver_by"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Some rows typed. ``used`` marks those that can be used; ``refusals`` say why the others cannot.

    ``names`` leads from our name to codes and the distinct names.
    """

    keys: Numbers
    order_ids: pa.Array | None
    items: Numbers | None
    damaged_items: int
    names: Mapping[str, tuple[npt.NDArray[np.int32], list[str]]]
    tracking: pa.Array | None
    dates: Mapping[str, Instants]
    used: Mask
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Some rows of which a column of dates is still text; all else of them is typed (``partly``).

    ``texts`` are the cells of that column, each distinct one once; ``iso`` are the dates that are read
    already, and ``cells`` what stood there. Nothing else of the file is kept.
    """

    partly: Typed
    texts: Mapping[str, pa.DictionaryArray]
    iso: Mapping[str, Instants]
    cells: Mapping[str, pa.Array]


def type_columns(cells: Mapping[str, pa.Array], opened: Opened) -> Typed | Waiting:
    """The columns (our name to cells) of some rows typed, or as far as they can be typed by themselves."""
    ids, reading = order_keys(cells["order_id"]) if "order_id" in cells else None, opened.reading
    dates = {name: cells[name] for name in INSTANTS if name in cells}
    if ids is not None and opened.mapping is None and (ids.keys < 0).any():
        # A shifted row must not settle, or unsettle, how the dates of all the others are read.
        good = pa.array(ids.keys >= 0)
        dates = {name: pc.if_else(good, column, "") for name, column in dates.items()}
    iso: dict[str, Instants] = {}
    texts: dict[str, pa.DictionaryArray] = {}
    for name, column in dates.items():
        # A format that the user named is the only one.
        own_form = reading.date_format is not None and "%" in reading.date_format
        read = None if own_form else iso_instants(column, zone=reading.zone)
        if read is None:
            texts[name] = column.dictionary_encode()
        else:
            iso[name] = read
    waiting = Waiting(
        partly=_without_dates(cells, ids, opened),
        texts=texts,
        iso=iso,
        cells={name: cells[name] for name in iso},
    )
    return finish(waiting, {}, opened) if not texts else waiting


def finish(waiting: Waiting, forms: Mapping[str, str], opened: Opened) -> Typed:
    """The rows typed, once the form of every waiting column of dates is settled."""
    partly, zone = waiting.partly, opened.reading.zone
    dates = dict(waiting.iso)
    for name, text in waiting.texts.items():
        dates[name] = coded_instants(text, form=forms[name], zone=zone, deadline=name in DEADLINES)
    dates = {name: dates[name] for name in INSTANTS if name in dates}
    refused, refusals = refuse(
        date_rules(dates, filled=opened.report.filled, zone=zone),
        cells={**waiting.cells, **waiting.texts},
        before=~partly.used,
    )
    return replace(partly, dates=dates, used=~refused, refusals=(*partly.refusals, *refusals))


def _without_dates(cells: Mapping[str, pa.Array], ids: Keys | None, opened: Opened) -> Typed:
    """Everything but the dates typed, and the rows refused that are so for their ids."""
    rows, mapping = len(next(iter(cells.values()))), opened.mapping
    refused, refusals = refuse(
        id_rules(
            cells,
            titles=opened.columns,
            amazon_ids=None if ids is None else (ids.keys >= 0) | _by_tracking(cells, opened),
            id_pattern=mapping.order_id_pattern if mapping else None,
            mapped=mapping is not None,
        ),
        cells=cells,
        before=np.zeros(rows, dtype=bool),
    )
    items, damaged = _items(cells["order_item_id"]) if "order_item_id" in cells else (None, 0)
    return Typed(
        keys=np.full(rows, -1, dtype=np.int64) if ids is None else ids.keys,
        order_ids=ids.text if ids is not None and mapping else None,
        items=items,
        damaged_items=damaged,
        names={name: _coded(cells[name]) for name in (*NAMES, *WORDS) if name in cells},
        tracking=cells.get("tracking_number"),
        dates={},
        used=~refused,
        refusals=refusals,
    )


def _by_tracking(cells: Mapping[str, pa.Array], opened: Opened) -> Mask:
    """Rows of a supplier that a tracking number joins, because they name no order."""
    rows = len(cells["order_id"])
    if opened.report.role != "supplier" or "tracking_number" not in cells:
        return np.zeros(rows, dtype=bool)
    blank, number = (
        pc.equal(pc.utf8_trim_whitespace(cells[name]), "").to_numpy(zero_copy_only=False)
        for name in ("order_id", "tracking_number")
    )
    return np.asarray(blank & ~number)


def _coded(column: pa.Array) -> tuple[npt.NDArray[np.int32], list[str]]:
    """A column of names as codes and its distinct names, each cleaned once; blank stays blank."""
    encoded = column.dictionary_encode()
    names = [name_of(name) for name in encoded.dictionary.to_pylist()]
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    return codes.astype(np.int16) if len(names) < 1 << 15 else codes, names


_DIGITS = 17  # of an item id; a number of 18 holds them and their length


def _items(column: pa.Array) -> tuple[Numbers, int]:
    """Order item ids as numbers that keep leading zeros: ``1`` before the digits; 0 where blank.

    An id of another form gets a number of its hash, below zero. Ids that Excel has turned into
    ``2.2E+12`` name no item any more: they are taken as blank, and counted.
    """
    lengths = pc.binary_length(column).to_numpy(zero_copy_only=False)
    if len(column) and lengths.min() > 0 and lengths.max() <= _DIGITS:
        try:
            numbers = pc.cast(column, pa.int64()).to_numpy(zero_copy_only=False)
        except pa.ArrowInvalid:
            numbers = np.array([-1])
        if (numbers >= 0).all():
            return numbers + 10 ** lengths.astype(np.int64), 0
    encoded = column.dictionary_encode()
    distinct = [value.strip() for value in encoded.dictionary.to_pylist()]
    numbers = np.array([_item(value) for value in distinct], dtype=np.int64)
    spoilt = np.array([_is_spoilt(value) for value in distinct], dtype=bool)
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    if not distinct:
        return np.zeros(0, dtype=np.int64), 0
    return numbers[codes], int(np.count_nonzero(spoilt[codes]))


def _item(value: str) -> int:
    if not value or _is_spoilt(value):
        return 0
    if value.isascii() and value.isdigit() and len(value) <= _DIGITS:
        return int(f"1{value}")
    digest = hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=7).digest()
    return -1 - int.from_bytes(digest, "big")


def _is_spoilt(value: str) -> bool:
    """Whether Excel has turned digits into a power of ten."""
    head, power, tail = value.upper().partition("E+")
    return bool(power) and tail.isdigit() and head.replace(".", "").replace(",", "").isdigit()
