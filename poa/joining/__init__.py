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
from poa.joining.copies import copies_of
from poa.joining.lines import FileRows, lines_of
from poa.joining.merging import late_lines, merge
from poa.orders import DATES, NAMES, NOT_STATED, Condensed, Mask, Members, Numbers, Orders, order_id_of
from poa.words import said


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """All rows as one frame, with what their files tell, and the names of ids that are not Amazon's."""

    rows: pd.DataFrame
    files: tuple[FileRows, ...]
    ids: dict[int, str]
    members: Members | None = None

    def by_file(self, marks: Sequence[bool]) -> Mask:
        """A mark of each file as a mark of each row."""
        if len(set(marks)) == 1:
            return np.full(len(self.rows), marks[0])
        found: Mask = np.array(marks, dtype=bool)[self.rows["file"].to_numpy()]
        return found


def pool(files: Sequence[FileRows], *, members: Members | None = None) -> Pooled:
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
    return Pooled(rows=rows, files=tuple(files), ids=ids, members=members)


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
    if twice.any():
        made = _one_each(judged, pooled, twice, zone=zone)
    else:
        made = _Made(table=_opened(judged), latest=judged[:0], order=np.arange(len(judged)), left_out=twice)
    kept, order = judged, made.order
    if made.left_out.any():
        kept, order = judged[~made.left_out], order[~made.left_out]
    orders = Orders(
        # Blank names stand under the one word that the papers print for them, sorted, whatever file told them first.
        table=made.table.assign(**{name: _sorted(made.table[name]) for name in NAMES}),
        late_lines=late_lines(made.table, made.latest),
        rows=(np.argsort(order, kind="stable") if twice.any() else order).astype(np.int32),
        row_start=_starts(order, len(made.table)),
        row_file=kept["file"].to_numpy(),
        row_line=kept["line"].to_numpy(),
        file_names=tuple(file.name for file in pooled.files),
        latest=pd.Series([kept[name].max() for name in ("purchased", "ship_confirmed")]).max(),
        ids=pooled.ids,
        confirmed_since=made.since,
        condensed=_condensed(judged, made, pooled.members),
    )
    return orders, tuple(_conflicts(judged[made.left_out], pooled))


def _condensed(rows: pd.DataFrame, made: _Made, members: Members | None) -> Condensed | None:
    """Which rows of the order table stand for several orders; those have one row each among those read."""
    if members is None:
        return None
    kept = ~made.left_out
    weight = np.ones(len(made.table), dtype=np.int64)
    group = np.full(len(made.table), -1, dtype=np.int64)
    weight[made.order[kept]] = rows["weight"].to_numpy()[kept]
    group[made.order[kept]] = rows["group"].to_numpy()[kept]
    return Condensed(weight=weight, group=group, members=members)


def _starts(order: Numbers, orders: int) -> npt.NDArray[np.int32]:
    """Where the rows of each order begin among rows that stand order by order, and where the last ones end."""
    starts = np.zeros(orders + 1, dtype=np.int32)
    np.cumsum(np.bincount(order, minlength=orders), out=starts[1:])
    return starts


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Made:
    """One row an order; ``latest`` has of late orders of several lines the line that was latest.

    ``order`` is the place in the table of each row's order, ``left_out`` marks the rows of those that are told in
    different ways, and ``since`` counts as :func:`_settled` does.
    """

    table: pd.DataFrame
    latest: pd.DataFrame
    order: Numbers
    left_out: Mask
    since: int = 0


def _one_each(rows: pd.DataFrame, pooled: Pooled, twice: Mask, *, zone: str) -> _Made:
    """Orders with one row as they are, those told alike by several files once, all others settled."""
    copies = copies_of(rows, twice)
    several = twice & ~copies.alike
    alone = ~several
    alone[copies.again] = False
    listed = rows["listed"].to_numpy().copy()
    listed[copies.listed] = True
    table = _opened(rows.assign(listed=listed)[alone]).reset_index(drop=True)
    order = np.cumsum(alone) - 1
    order[copies.again] = order[copies.first]
    left_out = np.zeros(len(rows), dtype=bool)
    if not several.any():
        return _Made(table=table, latest=rows[:0], order=order, left_out=left_out)
    rest, since = _settled(rows, several)
    found = lines_of(rest, pooled.files, zone=zone)
    left_out[several] = rows["key"][several].isin(found.clashing).to_numpy()
    merged, latest = merge(found)
    order[several] = len(table) + pd.Index(merged["key"]).get_indexer(rows["key"][several])
    both = [table, merged]
    table = pd.DataFrame({name: _stacked(both, name) for name in merged.columns})
    by_place = np.lexsort((table["line"], table["file"]))
    place = np.empty_like(by_place)
    place[by_place] = np.arange(len(by_place))
    order[~left_out] = place[order[~left_out]]
    table = table.take(by_place).reset_index(drop=True)
    return _Made(table=table, latest=latest, order=order, left_out=left_out, since=since)


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


def _twice(keys: Numbers) -> Mask:
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
            yield Problem(file=names[file], line=int(line), code="conflict", message=told_apart)


def _sorted(names: pd.Series[str]) -> pd.Categorical[str]:
    codes, known = names.cat.codes.to_numpy(), list(names.cat.categories)
    used = np.flatnonzero(np.bincount(codes, minlength=len(known))).tolist()
    told = sorted({known[at] or NOT_STATED for at in used})
    if told == known:
        return pd.Categorical.from_codes(codes, categories=pd.Index(told, dtype="str"))
    place = {name: at for at, name in enumerate(told)}
    number = np.zeros(len(known), dtype=np.int32)
    number[used] = [place[known[at] or NOT_STATED] for at in used]
    return pd.Categorical.from_codes(number[codes], categories=pd.Index(told, dtype="str"))
