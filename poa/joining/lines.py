"""Rows that several files, or several lines of one, hold of the same orders: do they speak of one line, and agree.

An order-item-id names a line; without one, SKU and supplier do. A row that nothing names is a line
of its own where only one file holds the order; beside another file it speaks of the whole order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from poa.orders import CLOCKS, DATES, NAMES, Mask, Numbers

_COMPARED = (*DATES, "sku", "supplier")
_BLANK = np.iinfo(np.int64).min + 1
_HIGH, _LOW = np.iinfo(np.int64).max, np.iinfo(np.int64).min
_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRows:
    """The rows of one file and what the file says as a whole.

    ``told`` names the columns that it has, ``coarse`` the dates that have days without times, ``minutes`` those without seconds;
    ``lists`` is true where it lists every order, ``all_open`` where it lists open orders only.
    """

    name: str
    rows: pd.DataFrame
    told: frozenset[str]
    coarse: frozenset[str]
    minutes: frozenset[str]
    lists: bool
    all_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """One row a line of an order, gaps filled; ``clashing`` are the keys of orders told in two ways."""

    table: pd.DataFrame
    clashing: Numbers


def lines_of(rows: pd.DataFrame, files: Sequence[FileRows], *, zone: str) -> Lines:
    """The lines of orders that have several rows."""
    rows = _exact(rows, files, zone=zone)
    line, whole, by_dates = _line_names(rows)
    order = np.lexsort((line, rows["key"].to_numpy()))
    rows, line, whole = rows.iloc[order].reset_index(drop=True), line[order], whole[order]
    key = rows["key"].to_numpy()
    starts = np.flatnonzero(np.r_[True, (key[1:] != key[:-1]) | (line[1:] != line[:-1])])
    table, clash = _reduced(rows, files, starts)
    table["whole"] = whole[starts]
    keys = set(table["key"][clash].tolist()) | _apart(rows, by_dates[order])
    table, more = _spread(table)
    keys |= more
    clashing = np.array(sorted(keys), dtype=np.int64)
    return Lines(table=table[~table["key"].isin(clashing)], clashing=clashing)


def _line_names(rows: pd.DataFrame) -> tuple[Numbers, Mask, Mask]:
    """A number for the line that each row speaks of, whether it speaks of the whole order, or is named by its dates."""
    key, item = rows["key"].to_numpy(), rows["item"].to_numpy()
    sku, supplier = (rows[name].cat.codes.to_numpy().astype(np.int64) for name in ("sku", "supplier"))
    blank_sku, blank_supplier = ((rows[name] == "").to_numpy() for name in ("sku", "supplier"))
    one_file = (rows.groupby("key", sort=False)["file"].transform("nunique") == 1).to_numpy()
    item = np.where(item != 0, item, _item_of_sku(key, item, sku, blank_sku))
    named = (item != 0) | ~(blank_sku & blank_supplier)
    has_items = _any_of_order(item != 0, key)
    # Two files may tell the supplier of a line, or not; within one file it tells lines apart.
    parts = len(rows["supplier"].cat.categories)
    beside = np.where(blank_supplier | (~one_file & ~blank_sku), 0, supplier + 1)
    apart = -2 - np.where(blank_sku, 0, sku + 1) * (parts + 1) - beside
    # Beside rows with an item id, a row without one of another file speaks of the whole order; so does one that
    # has a supplier alone beside rows with a SKU, unless the order has several such suppliers.
    bare = blank_sku & ~blank_supplier & (item == 0) & _any_of_order(~blank_sku, key)
    alone = bare & (pd.Series(supplier).where(bare).groupby(key).transform("nunique") == 1).to_numpy()
    whole = ~one_file & (item == 0) & (has_items | ~named | alone)
    line = np.where(item != 0, item, np.where(named, apart, -_HIGH // 2 + np.arange(len(rows))))
    line = np.where(whole, -1, line)
    # Where one file has several such rows of an order, they are parcels or lines: equal dates are one.
    size = rows[whole].groupby(["key", "file"], sort=False)["line"].transform("size")
    many = np.zeros(len(rows), dtype=bool)
    many[whole] = size.to_numpy() > 1
    by_dates = whole & _any_of_order(many, key)
    if by_dates.any():
        told = rows.loc[by_dates, list(DATES)].assign(sku=sku[by_dates])
        dates = pd.util.hash_pandas_object(told, index=False).to_numpy()
        line[by_dates] = -_HIGH // 2 - (dates >> np.uint64(3)).astype(np.int64)
    return line, whole & ~by_dates, by_dates


def _any_of_order(marks: Mask, key: Numbers) -> Mask:
    """Whether any row of the same order has the mark."""
    found: Mask = pd.Series(marks).groupby(key).transform("any").to_numpy()
    return found


def _item_of_sku(key: Numbers, item: Numbers, sku: Numbers, blank_sku: Mask) -> Numbers:
    """For rows with a SKU and no item id: the item of the order that has this SKU alone; 0 where none has."""
    known = pd.DataFrame({"key": key, "sku": sku, "item": item})[(item != 0) & ~blank_sku].drop_duplicates()
    one = known[~known.duplicated(["key", "sku"], keep=False)].set_index(["key", "sku"])["item"]
    wanted = pd.MultiIndex.from_arrays([key, np.where(blank_sku, -1, sku)])
    found: Numbers = (
        one.reindex(wanted).fillna(0).to_numpy().astype(np.int64) if len(one) else np.zeros_like(item)
    )
    return found


def _reduced(rows: pd.DataFrame, files: Sequence[FileRows], starts: Numbers) -> tuple[pd.DataFrame, Mask]:
    """One row for each run of rows that begins at ``starts``, and which runs contradict themselves."""
    file = rows["file"].to_numpy()
    out = rows.iloc[starts].reset_index(drop=True)
    stamps = _seconds(rows["updated"]) if "updated" in rows else np.full(len(rows), _BLANK)
    clash = np.zeros(len(starts), dtype=bool)
    for name in (*_COMPARED, *(clock for clock in CLOCKS if clock in rows), "carrier"):
        dated = name not in NAMES
        values = _seconds(rows[name]) if dated else _codes(rows[name])
        tells = np.array([name in one.told for one in files], dtype=bool)[file]
        # What a supplier map or file gave tells too, in whichever file the order stands.
        tells |= values != _BLANK
        if name == "ship_confirmed" and "earlier" in rows:
            tells &= ~rows["earlier"].to_numpy()  # written before the order was confirmed
        if name not in DATES:
            tells &= (
                values != _BLANK
            )  # a blank name, or a gap in a clock that judges nothing, contradicts nothing
        lowest = np.minimum.reduceat(np.where(tells, values, _HIGH), starts)
        highest = np.maximum.reduceat(np.where(tells, values, _LOW), starts)
        value = np.where(highest == _LOW, _BLANK, highest)
        for at in np.flatnonzero((lowest != highest) & (highest != _LOW)).tolist():
            run = slice(starts[at], starts[at + 1] if at + 1 < len(starts) else len(rows))
            settled = _newest(values[run][tells[run]], stamps[run][tells[run]])
            if settled is None and name in _COMPARED:
                clash[at] = True
            else:
                value[at] = settled if settled is not None else (highest[at] if name == "updated" else _BLANK)
        out[name] = _dates(value) if dated else _names(value, rows[name])
    for flag in ("told", "open", "ships", "listed"):
        out[flag] = np.logical_or.reduceat(rows[flag].to_numpy(), starts)
    return out, clash


def _apart(rows: pd.DataFrame, by_dates: Mask) -> set[int]:
    """Orders without names of lines, of which two files tell other lines: neither holds all of the other's."""
    clashing: set[int] = set()
    for key, told in rows[by_dates].groupby("key", sort=False):
        sets = [
            set(zip(file["ship_by"], file["ship_confirmed"].astype(object).fillna(0), strict=True))
            for _, file in told.groupby("file")
        ]
        if any(not (one <= other or other <= one) for one in sets for other in sets):
            clashing.add(int(str(key)))
    return clashing


def _newer(above: pd.DataFrame, lines: pd.DataFrame, place: pd.Series[int]) -> Numbers:
    """1 where the row of the whole order was updated after the line, -1 where before, 0 where nobody knows."""
    if "updated" not in lines:
        return np.zeros(len(lines), dtype=np.int64)
    one, other = _seconds(above["updated"].loc[place]), _seconds(lines["updated"])
    known = (one != _BLANK) & (other != _BLANK)
    return np.where(known, np.sign(one - other), 0)


def _newest(values: Numbers, stamps: Numbers) -> int | None:
    """The value of the row that was updated last; None where stamps are missing or say nothing."""
    if (stamps == _BLANK).any():
        return None
    last = np.unique(values[stamps == stamps.max()])
    return int(last[0]) if len(last) == 1 else None


def _spread(table: pd.DataFrame) -> tuple[pd.DataFrame, set[int]]:
    """Rows of whole orders laid over the lines of the same order: they fill gaps, or they contradict.

    The second value are the orders in which such a row tells a value that none of the lines has.
    """
    whole = table["whole"].to_numpy()
    if not whole.any():
        return table, set()
    above = table[whole].set_index("key")
    lines = table[~whole].reset_index(drop=True)
    alone = table[whole & ~table["key"].isin(lines["key"]).to_numpy()]
    beside = lines["key"].isin(above.index).to_numpy()
    if not beside.any():
        return table, set()
    place = lines["key"][beside]
    newer = _newer(above, lines[beside], place)
    clashing: set[int] = set()
    for name in (*_COMPARED, "carrier", *(clock for clock in CLOCKS if clock in lines)):
        dated = name not in NAMES
        read = _seconds if dated else _codes
        own = read(lines[name])
        given = pd.Series(read(above[name]), index=above.index).loc[place].to_numpy()
        mine = own[beside]
        filled = pd.Series(mine != _BLANK).groupby(place.to_numpy()).transform("any").to_numpy()
        same = pd.Series(mine == given).groupby(place.to_numpy()).transform("any").to_numpy()
        silent = given == _BLANK
        if name in DATES:
            apart = filled & ~same & ~silent
            clashing |= set(place.to_numpy()[apart & (newer == 0)].tolist())
            mine = np.where(apart & (newer > 0), given, mine)  # the newest row wins
            if name == "ship_confirmed":  # both tell of the confirmation, and one says there is none
                says = above["told"].loc[place].to_numpy()
                clashing |= set(place.to_numpy()[silent & says & filled & ~same].tolist())
                blank_told = lines["told"].to_numpy()[beside] & ~filled
                clashing |= set(place.to_numpy()[blank_told & ~silent].tolist())
        own[beside] = np.where(filled, mine, given)
        lines[name] = _dates(own) if dated else _names(own, lines[name])
    for flag in ("told", "open", "ships", "listed"):
        marks = lines[flag].to_numpy().copy()
        marks[beside] |= above[flag].loc[place].to_numpy()
        lines[flag] = marks
    return pd.concat([lines, alone], ignore_index=True), clashing


def _exact(rows: pd.DataFrame, files: Sequence[FileRows], *, zone: str) -> pd.DataFrame:
    """Rough dates replaced by the exact one that another row of the order tells: the same day, or the same minute.

    A purchase date that is a bare day gives way to any exact one: it judges no order, and stores differ
    in the zone of the day that they write.
    """
    out = rows
    for name in (*DATES, *(clock for clock in CLOCKS if clock in rows)):
        days, minutes = (
            np.array([name in told for told in marks], dtype=bool)
            for marks in ([one.coarse for one in files], [one.minutes for one in files])
        )
        if not (days.any() or minutes.any()):
            continue
        local = rows[name].dt.tz_convert(zone).dt.tz_localize(None)
        second = _seconds(local) % _DAY
        file, known = rows["file"].to_numpy(), rows[name].notna().to_numpy()
        bare = days[file] & ((second == 0) | (second == _DAY - 1)) & known
        short = minutes[file] & ~bare & known
        exact = known & ~bare & ~short
        values = rows[name].copy()
        for rough, better, step in ((short, exact, "min"), (bare, exact | short, "D")):
            if not (rough.any() and better.any()):
                continue
            slot = local.dt.floor(step)
            if name == "purchased" and step == "D":
                slot = pd.Series(pd.Timestamp(0), index=rows.index)
            values = _from_others(rows["key"], slot, values, rough=rough, better=better)
        out = out.assign(**{name: values})
    return out


def _from_others(
    key: pd.Series[int],
    slot: pd.Series[pd.Timestamp],
    values: pd.Series[pd.Timestamp],
    *,
    rough: Mask,
    better: Mask,
) -> pd.Series[pd.Timestamp]:
    """The values with each rough one replaced by the one better value of the same order and slot of time."""
    frame = pd.DataFrame({"key": key, "slot": slot, "value": values})
    known = frame[better].drop_duplicates()
    one = known[~known.duplicated(["key", "slot"], keep=False)].set_index(["key", "slot"])["value"]
    found = one.reindex(pd.MultiIndex.from_frame(frame.loc[rough, ["key", "slot"]]))
    seconds = _seconds(values)
    seconds[np.flatnonzero(rough)[found.notna().to_numpy()]] = _seconds(found.dropna())
    return pd.Series(_dates(seconds), index=values.index)


def _seconds(dates: pd.Series[pd.Timestamp]) -> Numbers:
    bare = dates.dt.tz_localize(None) if dates.dt.tz is not None else dates
    values = bare.to_numpy().astype("datetime64[s]")
    return np.where(np.isnat(values), _BLANK, values.astype(np.int64))


def _codes(names: pd.Series[str]) -> Numbers:
    codes = names.cat.codes.to_numpy().astype(np.int64)
    return np.where((names == "").to_numpy(), _BLANK, codes)


def _dates(values: Numbers) -> pd.DatetimeIndex:
    seconds = np.where(values == _BLANK, 0, values).astype("datetime64[s]")
    seconds[values == _BLANK] = np.datetime64("NaT")
    return pd.DatetimeIndex(seconds).tz_localize("UTC")


def _names(values: Numbers, like: pd.Series[str]) -> pd.Categorical[str]:
    categories = like.cat.categories
    blank = categories.get_loc("") if "" in categories else -1  # then none of the values is blank
    codes = np.where(values == _BLANK, np.int64(blank) if isinstance(blank, int) else -1, values)
    return pd.Categorical.from_codes(codes, categories=categories)
