"""The order table: one row an order, its promise checked once, every row's place kept.

Columns of the rows that come in (one a line of a report; a file has those that it has):

    file            int16       number of the input file
    line            int32       physical line in it, from 1
    key             int64       the order id, packed; a number of its own where it is not Amazon's
    order_id        text        only where ids are not Amazon's
    item            int64       the order item id as a number, 0 where blank
    sku, supplier, carrier      category, "" where blank
    purchased       UTC         NaT where blank
    ship_by         UTC         the instant until which the shipment must be confirmed
    ship_confirmed  UTC         NaT: not confirmed yet
    the clocks and words below, where a report has them

An order is late when a line of it was confirmed after its own ship-by instant (Amazon Seller
Central help G200285190: the confirmation counts, not the hand-over); equal instants are on time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from poa.characters import clean
from poa.facts import Lines, Rows

# The dates that judge an order; rows that contradict each other in one of them leave the order out.
DATES = ("ship_by", "ship_confirmed", "purchased")
# Clocks beside them: they tell where the time went, and never whether an order is late.
CLOCKS = (
    "supplier_ordered",
    "supplier_dispatched",
    "first_scan",
    "deliver_by",
    "delivered",
    "ship_entered",
    "updated",
)
NAMES = ("sku", "supplier", "carrier")
# What a row says in words: the state of its order, who ships it, and marks of Amazon's.
WORDS = (
    "status",
    "channel",
    "store",
    "buyer_cancelled",
    "units",
    "late_delivery",
    "valid_tracking",
    "tracking_invalid",
    "any_scan",
)
READ = ("order_id", "order_item_id", "tracking_number", *NAMES, *WORDS, *DATES, *CLOCKS)
YEARS = (1995, 2100)  # Amazon opened in 1995; a day outside these years is a slip of the pen
Mask: TypeAlias = npt.NDArray[np.bool_]
Numbers: TypeAlias = npt.NDArray[np.int64]
Positions: TypeAlias = npt.NDArray[np.intp]
Basis: TypeAlias = Literal["ship-by", "purchase", "confirm"]  # which date puts an order into a window
NOT_STATED = "(not stated)"
SEVERAL = "(several)"
ALL_ORDERS = "(all orders)"  # the one group of the dimension account

MISSING = int(np.iinfo(np.int64).min)  # how numpy writes a missing moment as a number

ORDER_LIMIT = 500  # orders whose lines a figure lists; beyond it the rule finds the rows again

_ID_DIGITS = (0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18)
_ID_LENGTH = 19
_DASH = ord("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Order ids without spaces around them, and as whole numbers; -1 where not Amazon's 3-7-7."""

    text: pa.Array
    keys: Numbers


class Members(Protocol):
    """The orders behind the rows of a table that stand for several, by the number of their group."""

    def places(self, groups: Numbers) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int32]]:
        """Files and lines of all orders of the groups."""
        ...

    def moments(self, groups: Numbers, names: Sequence[str]) -> tuple[Positions, dict[str, Numbers]]:
        """Of all orders of the groups: in which of them (its place in ``groups``) each is, and moments in seconds."""
        ...


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Condensed:
    """How many orders each row of a table stands for (``weight``), and in which group (-1: it is one order)."""

    weight: Numbers
    group: Numbers
    members: Members


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """Orders (``table``) and the rows they were made of.

    ``table`` has key, sku, supplier, ship_by, ship_confirmed, purchased (the latest of the order's
    lines), and what was made of them: ``late``; ``confirmed`` (every line is, or one is late);
    ``told`` (a file with confirmations holds it); ``open`` (said to be not confirmed), and
    ``open_ship_by``, the earliest ship-by instant of its open lines; ``late_since``, the first confirmation
    that made it late; ``listed`` (a file that lists
    every order holds it). The rows of order ``i`` stand at ``rows[row_start[i]:row_start[i + 1]]``;
    ``row_file`` and ``row_line`` say where a row stands. ``late_lines`` has one row for each late order,
    by its position in the table: the dates, clocks and supplier (text, "" where blank) of the line that was latest. ``latest`` is the last purchase or
    confirmation that a row tells of; NaT where none does. ``ids`` names orders that are not Amazon's. ``confirmed_since`` counts
    orders that one file has open and another, whose rows end later, confirmed.

    Of an account too large for the memory, ``condensed`` says which rows stand for several orders: punctual ones that
    are alike in all that is counted. So orders are counted by :meth:`count` and :meth:`tally`, never by their rows.
    """

    table: pd.DataFrame
    late_lines: pd.DataFrame
    rows: npt.NDArray[np.int32]
    row_start: npt.NDArray[np.int32]
    row_file: npt.NDArray[np.int16]
    row_line: npt.NDArray[np.int32]
    file_names: tuple[str, ...]
    latest: pd.Timestamp
    ids: Mapping[int, str]
    confirmed_since: int = 0
    condensed: Condensed | None = None

    def count(self, chosen: npt.NDArray[Any]) -> int:
        """How many orders are chosen, by a mask over the table or by positions in it."""
        if self.condensed is not None:
            return int(self.condensed.weight[chosen].sum())
        return int(np.count_nonzero(chosen)) if chosen.dtype == np.bool_ else len(chosen)

    def tally(self, number: npt.NDArray[Any], chosen: npt.NDArray[Any] | slice, *, size: int) -> Numbers:
        """How many of the chosen orders have each number from 0 to ``size`` - 1; ``number`` is of the chosen ones."""
        if self.condensed is None:
            return np.bincount(number, minlength=size)
        return np.bincount(number, weights=self.condensed.weight[chosen], minlength=size).astype(np.int64)

    def order_id(self, key: int) -> str:
        """The order id of a key, as reports write it."""
        return self.ids.get(key) or order_id_of(key)

    def behind(self, chosen: Positions, rule: str) -> Rows:
        """The rows of the chosen orders (positions in the table) as evidence, under their rule."""
        orders = self.count(chosen)
        if orders > ORDER_LIMIT:
            return Rows(rule=rule, orders=orders)
        first = self.row_start[chosen].astype(np.intp)
        counts = self.row_start[chosen + 1] - first
        before = np.cumsum(counts) - counts
        rows = self.rows[np.arange(counts.sum()) + np.repeat(first - before, counts)]
        files, lines = self.row_file[rows], self.row_line[rows]
        if self.condensed is not None:
            of_group = self.condensed.group[chosen]
            alone = np.repeat(of_group < 0, counts)
            more_files, more_lines = self.condensed.members.places(of_group[of_group >= 0])
            files = np.concatenate([files[alone], more_files])
            lines = np.concatenate([lines[alone], more_lines])
        return Rows(rule=rule, orders=orders, lines=places(files, lines, self.file_names))

    def seconds(self, name: str, chosen: Positions) -> Numbers:
        """A moment of the chosen rows of the table in seconds, ``MISSING`` where blank."""
        moments = self.table[name].iloc[chosen].dt.tz_localize(None).to_numpy()
        found: Numbers = moments.astype("datetime64[s]").astype(np.int64)
        return found

    def moments(self, chosen: Positions, names: Sequence[str]) -> tuple[Positions, dict[str, Numbers]]:
        """Moments of the chosen orders, in seconds (``MISSING`` where blank), and of which of ``chosen`` each is, ascending."""
        own = {name: self.seconds(name, chosen) for name in names}
        place = np.arange(len(chosen))
        if self.condensed is None:
            return place, own
        group = self.condensed.group[chosen]
        alone = group < 0
        of_group, more = self.condensed.members.moments(group[~alone], names)
        place = np.concatenate([place[alone], place[~alone][of_group]])
        order = np.argsort(place, kind="stable")
        return place[order], {name: np.concatenate([own[name][alone], more[name]])[order] for name in names}

    def places_of_each(self, chosen: Positions) -> list[tuple[Lines, ...]]:
        """Where the rows of each chosen order (positions in the table) stand, for thousands of orders at once."""
        first = self.row_start[chosen].astype(np.intp)
        counts = self.row_start[chosen + 1] - first
        order = np.repeat(np.arange(len(chosen)), counts)
        before = np.cumsum(counts) - counts
        rows = self.rows[np.arange(len(order)) + (first - before)[order]]
        files, lines = self.row_file[rows], self.row_line[rows]
        by_place = np.lexsort((lines, files, order))
        order, files, lines = order[by_place], files[by_place], lines[by_place]
        opens = (np.diff(order, prepend=-1) != 0) | (np.diff(files, prepend=-1) != 0)
        starts = np.flatnonzero(opens | (np.diff(lines, prepend=0) > 1))
        ends = np.append(starts, len(lines))[1:] - 1
        ranges = list(zip(lines[starts].tolist(), lines[ends].tolist(), strict=True))
        heads = np.flatnonzero(opens[starts])
        told = [
            Lines(file=self.file_names[file], ranges=tuple(ranges[head:end]))
            for file, (head, end) in zip(
                files[starts[heads]].tolist(), pairwise([*heads.tolist(), len(ranges)]), strict=True
            )
        ]
        edges = np.searchsorted(order[starts[heads]], np.arange(len(chosen) + 1)).tolist()
        return [tuple(told[head:end]) for head, end in pairwise(edges)]


def places(
    files: npt.NDArray[np.int16], lines: npt.NDArray[np.int32], names: Sequence[str]
) -> tuple[Lines, ...]:
    """Where rows stand: the ranges of lines in each file."""
    return tuple(
        Lines(file=names[number], ranges=_ranges(np.sort(lines[files == number])))
        for number in np.unique(files).tolist()
    )


def name_of(cell: str) -> str:
    """A cell as a name that paper and terminal can hold; our own word for a blank is a blank."""
    name = clean(cell)
    return "" if name == NOT_STATED else name


def order_keys(ids: pa.Array | pa.ChunkedArray) -> Keys:
    """Pack order ids into whole numbers: 17 digits fit, and compare much faster than texts."""
    text = ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    lengths = pc.min_max(pc.binary_length(text)).as_py()
    if lengths == {"min": _ID_LENGTH, "max": _ID_LENGTH}:
        keys = _packed(text)
        if (keys >= 0).all():
            return Keys(text=text, keys=keys)
    text = pc.utf8_trim_whitespace(text)
    amazon = pc.match_substring_regex(text, r"^[0-9]{3}-[0-9]{7}-[0-9]{7}$")
    keys = np.full(len(text), -1, dtype=np.int64)
    keys[amazon.to_numpy(zero_copy_only=False)] = _packed(text.filter(amazon))
    return Keys(text=text, keys=keys)


def _packed(ids: pa.Array) -> Numbers:
    """The 17 digits of ids of 19 bytes as one number each, -1 where a byte is not what it should be."""
    data = pa.concat_arrays([ids]) if ids.offset else ids
    buffer = data.buffers()[2]
    if buffer is None:
        return np.empty(0, dtype=np.int64)
    cells = np.frombuffer(buffer, dtype=np.uint8, count=len(ids) * _ID_LENGTH).reshape(len(ids), _ID_LENGTH)
    keys = np.zeros(len(ids), dtype=np.int64)
    good = (cells[:, 3] == _DASH) & (cells[:, 11] == _DASH)
    for at in _ID_DIGITS:
        digit = cells[:, at] - np.uint8(48)
        good &= digit < 10
        keys *= 10
        keys += digit
    return np.where(good, keys, -1)


def key_of(order_id: str) -> int:
    """The packed key of one order id; -1 where it is not Amazon's."""
    return int(order_keys(pa.array([order_id], type=pa.string())).keys[0])


def order_id_of(key: int) -> str:
    """The order id of a packed key: Amazon's 3-7-7."""
    digits = f"{key:017d}"
    return f"{digits[:3]}-{digits[3:10]}-{digits[10:]}"


def _ranges(lines: npt.NDArray[np.int32]) -> tuple[tuple[int, int], ...]:
    breaks = np.flatnonzero(np.diff(lines) > 1)
    starts = lines[np.concatenate(([0], breaks + 1))]
    ends = lines[np.concatenate((breaks, [len(lines) - 1]))]
    return tuple(zip(starts.tolist(), ends.tolist(), strict=True))
