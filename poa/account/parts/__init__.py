"""An account too large for the memory: its rows in parts on the disk, condensed to what counts alike, and joined as any other.

Rows of one order may stand in any file. So each file is cut by order as it is read (first round), each part is gone
through for the orders that can be told alone (second round), and these are put together with those that count alike
(third round). What comes back has the rows of :mod:`poa.orders` with two columns more: ``weight``, how many orders a row
stands for, and ``group``, under which number their places and moments lie on the disk (-1: the row is one order).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from poa.account.gathering import Gathered, GatheredFile
from poa.account.parts.alike import KEY, alike, days_that_count, told_alone
from poa.account.parts.members import MOMENTS, OnDisk
from poa.doing import Doing, Tell
from poa.files.spilled import Spill
from poa.orders import CLOCKS, DATES, MISSING, Basis, Numbers
from poa.reports.reading import ReportRows

ROWS = 1_000_000  # of a part, where nobody says
ROW_BYTES = 150  # of a report, at the least: how many parts there are is settled before it is read

_runs = count()


class Parts:
    """The rows of the reports that list orders, put away as they are read; ``zone`` is that of the store's days."""

    def __init__(self, place: Spill, *, size: int, rows: int | None, zone: str) -> None:
        self._place = place
        self._number = max(1, -(-size // (ROW_BYTES * (rows or ROWS))))
        self._zone = zone
        self._names: dict[str, dict[str, int]] = {}
        self._taken: dict[int, ReportRows] = {}
        self._last: dict[int, dict[str, int]] = {}
        self._run = next(_runs)

    def take(self, report: ReportRows, at: int) -> ReportRows:
        """Put the rows of a report away, ``at`` being its number; what is left of it has none."""
        frame = _coded(report.rows, self._names)
        self._last[at] = {name: int(frame[name].max()) for name in DATES if name in frame}
        self._put("orders", frame, _order_of(frame))
        self._taken[at] = replace(report, rows=report.rows.iloc[:0].copy())
        return self._taken[at]

    @property
    def took(self) -> bool:
        """Whether any rows were put away; those of a run that joins by tracking number are not."""
        return bool(self._taken)

    def given_back(
        self, gathered: Gathered, *, by: Basis | None, stated: bool, tell: Tell
    ) -> tuple[Gathered, OnDisk]:
        """The reports with their rows condensed, and the orders that these stand for.

        ``by`` is the date that the user counts by, ``stated`` says whether Amazon states figures of its own.
        """
        numbers = {id(report): at for at, report in self._taken.items()}
        named = [side.rows for side in gathered.reports("upload", "supplier")]
        days = days_that_count(gathered, by=by, stated=stated)
        if any(one.get("ship_by", MISSING) == MISSING for one in self._last.values()):
            days = (*days, *DATES)  # without deadlines, the day of purchase counts
        kept = list(self._told_apart(named, days, tell))
        members = OnDisk(self._place.kept)
        for number in range(self._number):
            tell(Doing(f"Putting together what counts alike ({number + 1} of {self._number})"))
            kept.append(self._put_together(number, members))
        rows = _stacked([frame for frame in kept if len(frame)])
        rows = rows.iloc[np.lexsort((rows["line"], rows["file"]))]

        def back(one: GatheredFile) -> GatheredFile:
            at = numbers.get(id(one.read))
            if at is None or not isinstance(one.read, ReportRows):
                return one
            mine = rows[(rows["file"] == at).to_numpy()]
            return replace(one, read=replace(one.read, rows=_decoded(mine, one.read.rows, self._names)))

        return replace(gathered, files=tuple(map(back, gathered.files))), members

    def _told_apart(
        self, named: Sequence[pd.DataFrame], days: Collection[str], tell: Tell
    ) -> Iterator[pd.DataFrame]:
        """The rows of each part that are judged one by one; those that can stand for others are put away again."""
        known = np.concatenate([np.empty(0, dtype=np.int64), *(side["key"].to_numpy() for side in named)])
        for number in range(self._number):
            tell(Doing(f"Looking for orders told more than once ({number + 1} of {self._number})"))
            pieces = list(self._place.taken(self._called("orders", number)))
            if not pieces:
                continue
            frame = _stacked(pieces)
            apart = ~told_alone(frame, list(self._taken.values()), self._last, self._names)
            apart |= np.isin(frame["key"].to_numpy(), known) | ((frame["key"] < 0).to_numpy() & bool(named))
            yield frame[apart].assign(weight=np.int64(1), group=np.int64(-1))
            found = alike(frame[~apart], days=days, zone=self._zone)
            sku, day = found["sku_of"].to_numpy().astype(np.int64), found["day_of_ship_by"].to_numpy()
            self._put("alike", found, _mixed(sku, day))

    def _put_together(self, number: int, members: OnDisk) -> pd.DataFrame:
        """One row for all that count alike, the first of them; the others are remembered by their places and moments."""
        pieces = list(self._place.taken(self._called("alike", number)))
        if not pieces:
            return pd.DataFrame()
        frame = _stacked(pieces)
        frame = frame.iloc[np.lexsort((frame["line"], frame["file"]))].reset_index(drop=True)
        group = frame.groupby(list(KEY), sort=False).ngroup().to_numpy()
        _, first, weight = np.unique(group, return_index=True, return_counts=True)
        order = np.argsort(group, kind="stable")
        names = ("file", "line", *(name for name in MOMENTS if name in frame))
        base = members.add(
            np.concatenate(([0], np.cumsum(weight))),
            {name: self._place.keep(frame[name].to_numpy()[order].data.cast("B")) for name in names},
        )
        own = np.where(weight > 1, np.arange(len(first)) + base, -1)
        return frame.iloc[first].drop(columns=list(KEY)).assign(weight=weight, group=own)

    def _put(self, what: str, frame: pd.DataFrame, mixed: npt.NDArray[np.uint64]) -> None:
        """Put rows away in as many parts as there are; equal numbers come into one."""
        part = mixed % np.uint64(self._number)
        order = np.argsort(part, kind="stable")
        edges = np.searchsorted(part[order], np.arange(self._number + 1))
        for number in np.flatnonzero(np.diff(edges)).tolist():
            chosen = order[edges[number] : edges[number + 1]]
            self._place.put(self._called(what, number), frame.iloc[chosen])

    def _called(self, what: str, number: int) -> str:
        return f"{self._run}-{what}-{number}"


def _order_of(frame: pd.DataFrame) -> npt.NDArray[np.uint64]:
    """The order of each row as a number that looks like chance."""
    key = frame["key"].to_numpy()
    mixed = _mixed(key, np.zeros(1, dtype=np.int64))
    if "order_id" in frame:
        named = pd.util.hash_array(frame["order_id"].fillna("").to_numpy(dtype=object))
        mixed = np.where(key < 0, named, mixed)
    return mixed


def _mixed(one: Numbers, other: Numbers) -> npt.NDArray[np.uint64]:
    """Two numbers as one that looks like chance (the multipliers are those of SplitMix64)."""
    mixed = one.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + other.astype(np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return mixed ^ (mixed >> np.uint64(31))


def _stacked(pieces: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Pieces below each other; what a file does not tell is blank in its rows."""
    kinds = {str(name): piece[name].dtype for piece in pieces for name in piece}
    return pd.concat([piece.assign(**dict(_blanks(piece, kinds))) for piece in pieces], ignore_index=True)


def _blanks(piece: pd.DataFrame, kinds: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, kind in kinds.items():
        if name not in piece:
            yield name, MISSING if name in {*DATES, *CLOCKS} else kind.type(-1) if kind.kind == "i" else None


# Rows as plain numbers are small on the disk: names by their place in a list, moments in seconds.
def _coded(rows: pd.DataFrame, names: dict[str, dict[str, int]]) -> pd.DataFrame:
    """Rows of a report as numbers; names that are not in the lists yet are added to them."""
    return pd.DataFrame({name: _column(rows[name], names.setdefault(str(name), {})) for name in rows})


def _column(column: pd.Series, known: dict[str, int]) -> npt.NDArray[np.generic]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        place = np.array(
            [known.setdefault(str(name), len(known)) for name in column.cat.categories], dtype=np.int32
        )
        return np.asarray(place[column.cat.codes.to_numpy()])
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        moments = column.dt.tz_localize(None).to_numpy().astype("datetime64[s]")
        return np.asarray(moments.astype(np.int64))
    return np.asarray(column.to_numpy())


def _decoded(found: pd.DataFrame, like: pd.DataFrame, names: Mapping[str, Mapping[str, int]]) -> pd.DataFrame:
    """The numbers as rows again, with the columns and kinds of a report's rows, and the two of their own."""
    told: dict[str, object] = {}
    for name, kind in like.dtypes.items():
        column = found[name].to_numpy()
        if isinstance(kind, pd.CategoricalDtype):
            told[str(name)] = _names(column, list(names[str(name)]))
        elif isinstance(kind, pd.DatetimeTZDtype):
            told[str(name)] = pd.DatetimeIndex(column.astype("datetime64[s]")).tz_localize("UTC")
        else:
            told[str(name)] = pd.Series(column).astype(kind).array
    more = {name: found[name].to_numpy() for name in ("weight", "group")}
    return pd.DataFrame({**told, **more}, copy=False)


def _names(codes: npt.NDArray[np.int32], known: list[str]) -> pd.Categorical[str]:
    """The names of these rows alone, in their order, a blank among them as everywhere."""
    used = np.unique(codes)
    told = sorted({known[at] for at in used.tolist()} | {""})
    place = {name: at for at, name in enumerate(told)}
    number = np.zeros(len(known), dtype=np.int32)
    number[used] = [place[known[at]] for at in used.tolist()]
    return pd.Categorical.from_codes(number[codes], categories=pd.Index(told, dtype="str"))
