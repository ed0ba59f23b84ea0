"""The order table: one row an order, its promise checked once, every row's place kept.

Columns of the rows that come in (one a line of a report):

    file            int16       number of the input file
    line            int32       physical line in it, from 1
    key             int64       the order id, packed
    order_id        text        as the report writes it
    order_item_id   text        "" where not given
    sku, supplier   category    "" where not given
    purchased       UTC         NaT where not given
    ship_by         UTC         never NaT: the instant until which the shipment must be confirmed
    ship_confirmed  UTC         NaT: not confirmed yet

An order is late when a line of it was confirmed after its own ship-by instant (Amazon Seller
Central help G200285190: the confirmation counts, not the hand-over); equal instants are on time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas.api.types import union_categoricals

from poa.characters import clean, shown_name_of_order
from poa.facts import Lines, Problem, Rows

DATES = ("ship_by", "ship_confirmed", "purchased")
NAMES = ("sku", "supplier")
YEARS = (1995, 2100)  # Amazon opened in 1995; a day outside these years is a slip of the pen
NOT_STATED = "(not stated)"
SEVERAL = "(several)"

ORDER_LIMIT = 500  # orders whose lines a figure lists; beyond it the rule finds the rows again

_ID_DIGITS = (0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18)
_ID_LENGTH = 19
_DASH = ord("-")
_LINE = ("order_item_id", "sku", "supplier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Order ids without spaces around them, and as whole numbers; -1 where not Amazon's 3-7-7."""

    text: pa.Array
    keys: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """Orders (``table``) and the rows they were made of.

    ``table`` has key, order_id, sku, supplier, ship_by, ship_confirmed, purchased (the latest of
    the order's lines), late, confirmed and open_ship_by, the earliest ship-by instant of its lines
    that are not confirmed. The rows of order ``i`` stand at
    ``rows[row_start[i]:row_start[i + 1]]``; ``row_file`` and ``row_line`` say where a row stands.
    ``latest`` is the last purchase or confirmation that a row tells of; NaT where none does.
    """

    table: pd.DataFrame
    rows: npt.NDArray[np.intp]
    row_start: npt.NDArray[np.intp]
    row_file: npt.NDArray[np.int16]
    row_line: npt.NDArray[np.int32]
    file_names: tuple[str, ...]
    latest: pd.Timestamp

    def behind(self, chosen: npt.NDArray[np.intp], rule: str) -> Rows:
        """The rows of the chosen orders (positions in the table) as evidence, under their rule."""
        if len(chosen) > ORDER_LIMIT:
            return Rows(rule=rule, orders=len(chosen))
        spans = [self.rows[self.row_start[at] : self.row_start[at + 1]] for at in chosen.tolist()]
        rows = np.concatenate(spans) if spans else np.empty(0, dtype=np.intp)
        files, lines = self.row_file[rows], self.row_line[rows]
        found = tuple(
            Lines(file=name, ranges=_ranges(np.sort(lines[files == number])))
            for number, name in enumerate(self.file_names)
            if (files == number).any()
        )
        return Rows(rule=rule, orders=len(chosen), lines=found)


def name_of(cell: str) -> str:
    """A cell as a name that paper and terminal can hold; our own word for a blank is a blank."""
    name = clean(cell)
    return "" if name == NOT_STATED else name


def order_keys(ids: pa.ChunkedArray) -> Keys:
    """Pack order ids into whole numbers: 17 digits fit, and compare much faster than texts."""
    text = ids.combine_chunks()
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


def _packed(ids: pa.Array) -> npt.NDArray[np.int64]:
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


def pool(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all files as one frame; names share their categories, ids of any form their keys."""
    if len(frames) == 1:
        rows = frames[0]
    else:
        names = {name: union_categoricals([frame[name] for frame in frames]) for name in NAMES}
        rows = pd.concat([frame.drop(columns=list(NAMES)) for frame in frames], ignore_index=True).assign(
            **names
        )
    if (rows["key"] < 0).any():
        rows = rows.assign(key=pd.factorize(rows["order_id"])[0].astype(np.int64))
    return rows


def collapse(rows: pd.DataFrame, *, file_names: tuple[str, ...]) -> tuple[Orders, tuple[Problem, ...]]:
    """One row an order. Equal rows count once; rows that contradict each other leave the order out.

    The second value names every row of an order that was left out.
    """
    judged = rows.assign(
        late=(rows["ship_confirmed"] > rows["ship_by"]).to_numpy(),
        confirmed=rows["ship_confirmed"].notna().to_numpy(),
        open_ship_by=rows["ship_by"].where(rows["ship_confirmed"].isna()),
    )
    twice = judged["key"].duplicated(keep=False).to_numpy()
    problems: tuple[Problem, ...] = ()
    if twice.any():
        lines = judged[twice].drop_duplicates(["key", *_LINE, *DATES])
        clash = _contradictions(lines)
        left_out = judged["key"].isin(clash).to_numpy()
        problems = tuple(_conflicts(judged[left_out], file_names))
        merged = _merge(lines[~lines["key"].isin(clash)])
        table = pd.concat([judged[~twice], merged]).sort_values(["file", "line"], ignore_index=True)
        judged = judged[~left_out]
        order_of = pd.Series(np.arange(len(table)), index=table["key"]).loc[judged["key"]].to_numpy()
        rows_of = np.argsort(order_of, kind="stable")
        starts = np.searchsorted(order_of[rows_of], np.arange(len(table) + 1))
    else:
        table, rows_of, starts = judged, np.arange(len(judged)), np.arange(len(judged) + 1)
    orders = Orders(
        table=_named(table),
        rows=rows_of,
        row_start=starts,
        row_file=judged["file"].to_numpy(),
        row_line=judged["line"].to_numpy(),
        file_names=file_names,
        latest=pd.Series([judged[name].max() for name in ("purchased", "ship_confirmed")]).max(),
    )
    return orders, problems


def _contradictions(lines: pd.DataFrame) -> npt.NDArray[np.int64]:
    """The orders of which one line is told in two ways.

    An order-item-id names a line; without one, SKU and supplier do. Where nothing names them, the
    lines of one file are lines of the order, and only another file can contradict them.
    """
    item = lines["order_item_id"].astype(object)
    apart = lines["sku"].astype(object) + "\n" + lines["supplier"].astype(object)
    one_file = lines.groupby("key")["file"].transform("nunique") == 1
    place = lines["line"].astype(str).where(one_file, "")
    line = item.where(item != "", apart.where(apart != "\n", place))
    again = pd.DataFrame({"key": lines["key"], "line": line}).duplicated(keep=False)
    loose = lines[~one_file & (item == "").groupby(lines["key"]).transform("any")]
    apart_told = [key for key, told in loose.groupby("key") if _told_apart(told)]
    return np.union1d(lines.loc[again, "key"].to_numpy(), np.array(apart_told, dtype=np.int64))


def _told_apart(lines: pd.DataFrame) -> bool:
    """Whether two files tell other dates of one order, where not every line has an order-item-id."""
    told = [
        set(zip(file["ship_by"], file["ship_confirmed"].astype(object), strict=True))
        for _, file in lines.fillna({"ship_confirmed": pd.Timestamp(0, tz="UTC")}).groupby("file")
    ]
    return any(not (one <= other or other <= one) for one in told for other in told)


def _conflicts(rows: pd.DataFrame, file_names: tuple[str, ...]) -> Iterator[Problem]:
    for _, told in rows.groupby("key", sort=False):
        places = [f"{file_names[file]}:{line}" for file, line in zip(told["file"], told["line"], strict=True)]
        order_id = shown_name_of_order(told["order_id"].iloc[0])
        for file, line in zip(told["file"], told["line"], strict=True):
            yield Problem(
                file=file_names[file],
                line=int(line),
                column=None,
                value=None,
                code="conflict",
                message=f"order {order_id} is told in different ways ({', '.join(places)}), so it is not used",
            )


def _merge(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines of each order as one row: late once if any line is, confirmed when all lines are."""
    groups = lines.groupby("key", sort=False, observed=True)
    first = groups[["file", "line", "order_id", "order_item_id"]].first()
    late = groups["late"].any()
    confirmed = groups["confirmed"].all() | late
    merged = first.assign(
        ship_by=groups["ship_by"].max(),
        ship_confirmed=groups["ship_confirmed"].max().where(confirmed),
        open_ship_by=groups["open_ship_by"].min(),
        purchased=groups["purchased"].max(),
        late=late,
        confirmed=confirmed,
    )
    for name in NAMES:
        known = list(lines[name].cat.categories)
        names = known if SEVERAL in known else [*known, SEVERAL]
        codes = lines[name].cat.codes.groupby(lines["key"], sort=False)
        lowest = codes.min().to_numpy()
        one = lowest == codes.max().to_numpy()
        merged[name] = pd.Categorical.from_codes(
            np.where(one, lowest, names.index(SEVERAL)), categories=pd.Index(names)
        )
    return merged.reset_index()


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Blank suppliers and SKUs under the one name that the papers print for them."""
    named = {name: table[name].astype("category").cat.rename_categories({"": NOT_STATED}) for name in NAMES}
    return table.assign(**named)


def _ranges(lines: npt.NDArray[np.int32]) -> tuple[tuple[int, int], ...]:
    breaks = np.flatnonzero(np.diff(lines) > 1)
    starts = lines[np.concatenate(([0], breaks + 1))]
    ends = lines[np.concatenate((breaks, [len(lines) - 1]))]
    return tuple((int(start), int(end)) for start, end in zip(starts, ends, strict=True))
