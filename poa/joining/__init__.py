"""The rows of all files as one row an order: gaps filled from other files, contradictions never settled by guess.

Rows that speak of one line of an order must agree in what both tell. Where they do not, the newest
wins by the stamp inside the rows (``updated``); without one, or with equal ones, the order is left
out and every row of it is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import union_categoricals

from poa.characters import shown_name_of_order
from poa.facts import Problem
from poa.joining.lines import Lines, lines_of
from poa.orders import CLOCKS, DATES, NAMES, NOT_STATED, SEVERAL, Orders, order_id_of
from poa.words import said

Mask = npt.NDArray[np.bool_]


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
class Pooled:
    """All rows as one frame, with what their files tell, and the names of ids that are not Amazon's."""

    rows: pd.DataFrame
    files: tuple[FileRows, ...]
    ids: dict[int, str]

    def by_file(self, marks: Sequence[bool]) -> Mask:
        """A mark of each file as a mark of each row."""
        found: Mask = np.array(marks, dtype=bool)[self.rows["file"].to_numpy()]
        return found


def pool(files: Sequence[FileRows]) -> Pooled:
    """The rows of all files; names share their categories, ids of any form get keys, gaps stay gaps."""
    frames = [file.rows for file in files]
    columns = list(dict.fromkeys(name for frame in frames for name in frame.columns))
    alone = len(frames) == 1
    rows = frames[0] if alone else pd.DataFrame({name: _stacked(frames, name) for name in columns})
    rows = rows.assign(
        **{name: _blank_names(len(rows)) for name in NAMES if name not in columns},
        **{
            name: pd.DatetimeIndex(_no_dates(len(rows))).tz_localize("UTC")
            for name in DATES
            if name not in columns
        },
        **({} if "item" in columns else {"item": np.int64(0)}),
    )
    ids: dict[int, str] = {}
    if "order_id" in columns and (rows["key"] < 0).any():
        known = rows["order_id"].where(rows["order_id"].notna(), rows["key"].map(order_id_of))
        codes, names = pd.factorize(known)
        rows = rows.assign(key=codes.astype(np.int64))
        ids = {number: str(name) for number, name in enumerate(names)}
    return Pooled(rows=rows, files=tuple(files), ids=ids)


def _stacked(frames: Sequence[pd.DataFrame], name: str) -> object:
    """One column of all frames below each other, blank where a frame has not got it."""
    kind = next(frame[name].dtype for frame in frames if name in frame)
    if isinstance(kind, pd.CategoricalDtype):
        return union_categoricals(
            [pd.Categorical(frame[name]) if name in frame else _blank_names(len(frame)) for frame in frames]
        )
    if isinstance(kind, pd.DatetimeTZDtype):
        parts = [
            frame[name].dt.tz_localize(None).to_numpy() if name in frame else _no_dates(len(frame))
            for frame in frames
        ]
        return pd.DatetimeIndex(np.concatenate(parts)).tz_localize("UTC")
    if isinstance(kind, np.dtype) and kind.kind == "i":
        return np.concatenate(
            [
                frame[name].to_numpy() if name in frame else np.zeros(len(frame), dtype=kind)
                for frame in frames
            ]
        )
    return pd.concat(
        [frame.get(name, pd.Series([None] * len(frame), dtype=kind)) for frame in frames]
    ).to_numpy()


def _blank_names(rows: int) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(np.zeros(rows, dtype=np.int8), categories=pd.Index([""]))


def _no_dates(rows: int) -> npt.NDArray[np.datetime64]:
    return np.full(rows, np.datetime64("NaT"), dtype="datetime64[s]")


def collapse(pooled: Pooled, *, opens: Mask, ships: Mask, zone: str) -> tuple[Orders, tuple[Problem, ...]]:
    """One row an order. Equal rows count once; rows that contradict each other leave the order out.

    ``opens`` and ``ships`` mark rows that say in words that their order is not, or is, shipped. The
    second value names every row of an order that was left out.
    """
    rows = pooled.rows
    confirmed = rows["ship_confirmed"].notna().to_numpy()
    told = pooled.by_file(["ship_confirmed" in file.told for file in pooled.files])
    told &= confirmed | ~ships  # a row that says "shipped" and not when leaves the confirmation unknown
    blank = told & ~confirmed
    judged = rows.assign(
        late=(rows["ship_confirmed"] > rows["ship_by"]).to_numpy(),
        confirmed=confirmed,
        told=told,
        open=(blank | opens | pooled.by_file([file.all_open for file in pooled.files])) & ~ships,
        ships=ships,
        listed=pooled.by_file([file.lists for file in pooled.files]),
    )
    twice = _twice(judged["key"].to_numpy())
    problems: tuple[Problem, ...] = ()
    since = 0
    if twice.any():
        several, since = _settled(judged, twice)
        found = lines_of(several, pooled.files, zone=zone)
        left_out = judged["key"].isin(found.clashing).to_numpy() & twice
        problems = tuple(_conflicts(judged[left_out], pooled))
        merged, latest = _merge(found)
        single = judged[~twice]
        table = pd.concat([_opened(single)[[*merged.columns]], merged])
        table = table.sort_values(["file", "line"], ignore_index=True)
        judged = judged[~left_out]
        order_of = pd.Series(np.arange(len(table)), index=table["key"]).loc[judged["key"]].to_numpy()
        rows_of = np.argsort(order_of, kind="stable").astype(np.int32)
        starts = np.searchsorted(order_of[rows_of], np.arange(len(table) + 1)).astype(np.int32)
    else:
        table = _opened(judged)
        latest = judged[:0]
        starts = np.arange(len(judged) + 1, dtype=np.int32)
        rows_of = starts[:-1]
    orders = Orders(
        table=_named(table),
        late_lines=_late_lines(table, latest),
        rows=rows_of,
        row_start=starts,
        row_file=judged["file"].to_numpy(),
        row_line=judged["line"].to_numpy(),
        file_names=tuple(file.name for file in pooled.files),
        latest=pd.Series([judged[name].max() for name in ("purchased", "ship_confirmed")]).max(),
        ids=pooled.ids,
        confirmed_since=since,
    )
    return orders, problems


def _settled(rows: pd.DataFrame, twice: Mask) -> tuple[pd.DataFrame, int]:
    """The rows of orders with several; those written before their order was confirmed tell of no confirmation.

    A file that ends on Monday and calls an order open does not contradict one that has it confirmed on Tuesday: the
    stamps inside the rows say which came first. The second value counts these orders.
    """
    several = rows[twice]
    files = several["file"].to_numpy()
    if not (files != files[0]).any() or several["ship_confirmed"].notna().all():
        return several, 0
    latest = rows[["purchased", "ship_confirmed"]].max(axis=1).groupby(rows["file"].to_numpy()).max()
    ends = several["file"].map(latest)
    line = [several["key"], several["item"], several["sku"].cat.codes]
    first = several["ship_confirmed"].groupby(line).transform("min")
    earlier = (several["told"] & several["ship_confirmed"].isna() & (first > ends)).to_numpy()
    settled = several.assign(
        told=several["told"] & ~earlier, open=several["open"] & ~earlier, earlier=earlier
    )
    return settled, int(several["key"][earlier].nunique())


def _twice(keys: npt.NDArray[np.int64]) -> Mask:
    """Which keys occur more than once. Sorting shows that none does in a third of the time of hashing."""
    ordered = np.sort(keys)
    if not (ordered[1:] == ordered[:-1]).any():
        return np.zeros(len(keys), dtype=bool)
    return pd.Series(keys).duplicated(keep=False).to_numpy()


def _opened(table: pd.DataFrame) -> pd.DataFrame:
    """Single rows with the deadline of what is open, and since when what is late is so."""
    return table.assign(
        open_ship_by=table["ship_by"].where(table["open"]),
        late_since=table["ship_confirmed"].where(table["late"]),
    )


def _conflicts(rows: pd.DataFrame, pooled: Pooled) -> Iterator[Problem]:
    names = [file.name for file in pooled.files]
    for key, told in rows.groupby("key", sort=False):
        places = [f"{names[file]}:{line}" for file, line in zip(told["file"], told["line"], strict=True)]
        number = int(str(key))
        order_id = shown_name_of_order(pooled.ids.get(number) or order_id_of(number))
        told_apart = said(
            "order {order} is told in different ways ({places}), so it is not used",
            order=order_id,
            places=", ".join(places),
        )
        for file, line in zip(told["file"], told["line"], strict=True):
            yield Problem(
                file=names[file],
                line=int(line),
                column=None,
                value=None,
                code="conflict",
                message=told_apart,
            )


def _merge(found: Lines) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The lines of each order as one row: late once if any line is, confirmed when all lines are.

    The second table has of each late order the line that was latest.
    """
    lines = found.table.assign(
        late=found.table["ship_confirmed"] > found.table["ship_by"],
        confirmed=found.table["ship_confirmed"].notna() | ~found.table["told"],
    )
    lines["open"] &= lines["ship_confirmed"].isna() & ~lines["ships"]
    lines["open_ship_by"] = lines["ship_by"].where(lines["open"])
    lines["late_since"] = lines["ship_confirmed"].where(lines["late"])
    groups = lines.groupby("key", sort=False, observed=True)
    late, told = groups["late"].any(), groups["told"].any()
    confirmed = (groups["confirmed"].all() & told) | late
    clocks = [name for name in CLOCKS if name in lines]
    merged = groups[["file", "line"]].first()
    merged = merged.assign(
        ship_by=groups["ship_by"].max(),
        ship_confirmed=groups["ship_confirmed"].max().where(confirmed),
        open_ship_by=groups["open_ship_by"].min(),
        late_since=groups["late_since"].min(),
        purchased=groups["purchased"].max(),
        **{name: groups[name].max() for name in clocks},
        late=late,
        told=told,
        confirmed=confirmed,
        open=groups["open"].any(),
        listed=groups["listed"].any(),
    )
    for name in NAMES:
        merged[name] = _one_name(lines, name)
    beyond = (lines["ship_confirmed"] - lines["ship_by"])[lines["late"]]
    worst = lines.loc[beyond.groupby(lines["key"], sort=False).idxmax()]
    return merged.reset_index(), worst


def _late_lines(table: pd.DataFrame, latest: pd.DataFrame) -> pd.DataFrame:
    """Dates and clocks of the line that made each late order late; orders of one line are that line."""
    dates = [name for name in (*DATES, *CLOCKS) if name in table]
    late = table.loc[table["late"], ["key", *dates, "supplier"]]
    late = late.assign(supplier=late["supplier"].astype(object))
    if not len(latest):
        return late.drop(columns="key")
    lines = late.set_index("key")
    own = latest.set_index("key")[[name for name in (*dates, "supplier") if name in latest]]
    own = own.assign(supplier=own["supplier"].astype(object))
    lines.loc[own.index, own.columns] = own
    return lines.set_index(late.index)


def _one_name(lines: pd.DataFrame, name: str) -> pd.Categorical[str]:
    """The name that all lines of an order have; ``(several)`` where they have not."""
    known = list(lines[name].cat.categories)
    names = known if SEVERAL in known else [*known, SEVERAL]
    codes = lines[name].cat.codes.groupby(lines["key"], sort=False)
    lowest = codes.min().to_numpy()
    one = lowest == codes.max().to_numpy()
    return pd.Categorical.from_codes(np.where(one, lowest, names.index(SEVERAL)), categories=pd.Index(names))


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Blank names under the one word that the papers print for them."""
    named = {name: table[name].astype("category").cat.rename_categories({"": NOT_STATED}) for name in NAMES}
    return table.assign(**named)
