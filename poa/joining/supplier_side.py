"""What suppliers and uploads say of orders, laid over the rows: who ships, when it left, by which carrier.

They join by order id, else by tracking number; where they name the item or the SKU, only that line is
meant. They never make an order: an order that no report of Amazon's holds is counted and left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from poa.orders import CLOCKS, SEVERAL, Mask, Positions

_BLANK = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """Rows with what the suppliers say.

    ``differing`` counts rows whose own supplier was another, ``strange`` lines of suppliers about
    orders that no report holds, ``parcels`` orders told of in several lines with several times.
    """

    rows: pd.DataFrame
    differing: int
    strange: int
    parcels: int


def tracking_of(frames: Sequence[pd.DataFrame]) -> pd.Series[Any]:
    """The key of the order of each tracking number that rows tell; a number of two orders leads nowhere."""
    told = [
        frame.loc[frame["key"] >= 0, ["tracking_number", "key"]].assign(
            tracking_number=lambda part: part["tracking_number"].fillna("").str.strip()
        )
        for frame in frames
        if "tracking_number" in frame
    ]
    if not told:
        return pd.Series([], dtype=np.int64)
    pairs = pd.concat(told, ignore_index=True).drop_duplicates()
    pairs = pairs[(pairs["tracking_number"] != "") & ~pairs["tracking_number"].duplicated(keep=False)]
    return pairs.set_index("tracking_number")["key"]


def attach(
    rows: pd.DataFrame, sides: Sequence[pd.DataFrame], tracking: pd.Series[Any], *, wins: bool
) -> Attached:
    """Lay the lines of suppliers over the rows; where ``wins`` is false they fill gaps only.

    ``tracking`` is as :func:`tracking_of` gives it.
    """
    told = pd.concat([_keyed(side, tracking) for side in sides], ignore_index=True)
    known = told["key"].isin(rows["key"])
    strange = int(np.count_nonzero(~known))
    told = told[known]
    at = np.flatnonzero(rows["key"].isin(told["key"]).to_numpy())
    mine = rows.iloc[at].reset_index(drop=True)
    out = rows
    differing = parcels = 0
    for name in (*(clock for clock in CLOCKS if clock in told and clock != "updated"), "supplier", "carrier"):
        if name not in told:
            continue
        speaks = told[told[name].notna() & (told[name].astype(object) != _BLANK)]
        if not len(speaks):
            continue
        given, several = _for_rows(mine, speaks, name)
        parcels = max(parcels, several)
        if name in CLOCKS:
            out = out.assign(**{name: _clock(out, name, given, at, wins=wins)})
            continue
        before = mine[name].astype(object)
        blank = before == _BLANK
        if name == "supplier":
            differing = int(np.count_nonzero(given.notna() & ~blank & (before != given)))
        out = out.assign(**{name: _names(out[name], given, at, wins=wins, blank=blank.to_numpy())})
    return Attached(rows=out, differing=differing, strange=strange, parcels=parcels)


def _clock(
    rows: pd.DataFrame, name: str, given: pd.Series[Any], at: Positions, *, wins: bool
) -> pd.DatetimeIndex:
    """A clock of all rows with what is told of some of them."""
    out = np.full(len(rows), np.datetime64("NaT"), dtype="datetime64[s]")
    if name in rows:
        out = rows[name].dt.tz_localize(None).to_numpy().astype("datetime64[s]")
    said = pd.DatetimeIndex(given).tz_convert(None).to_numpy().astype("datetime64[s]")
    use = ~np.isnat(said) & (wins | np.isnat(out[at]))
    out[at[use]] = said[use]
    return pd.DatetimeIndex(out).tz_localize("UTC")


def _names(
    own: pd.Series[str],
    given: pd.Series[Any],
    at: Positions,
    *,
    wins: bool,
    blank: Mask,
) -> pd.Categorical[str]:
    """A name of all rows with what is told of some of them."""
    said = given.notna().to_numpy() & (wins | blank)
    known = list(own.cat.categories)
    names = [*known, *sorted(set(given[said]) - set(known))]
    place = {name: number for number, name in enumerate(names)}
    codes = own.cat.codes.to_numpy().astype(np.int32)
    codes[at[said]] = [place[name] for name in given[said]]
    return pd.Categorical.from_codes(codes, categories=pd.Index(names))


def _keyed(side: pd.DataFrame, tracking: pd.Series[Any]) -> pd.DataFrame:
    """The lines of one supplier with the key of their order; -1 where nothing has their tracking number."""
    lines = side.assign(
        **{name: side[name].astype(object) for name in ("supplier", "carrier", "sku") if name in side}
    )
    if "tracking_number" in side and len(tracking):
        number = side["tracking_number"].fillna("").str.strip()
        by_number = tracking.reindex(number).fillna(-1).to_numpy().astype(np.int64)
        lines = lines.assign(key=np.where(side["key"] < 0, by_number, side["key"]))
    return lines


def _for_rows(rows: pd.DataFrame, told: pd.DataFrame, name: str) -> tuple[pd.Series[Any], int]:
    """What is told of each row: of its item, else of its SKU, else of its order; and how many orders have several."""
    whole = np.ones(len(told), dtype=bool)
    found: list[pd.Series[Any]] = []
    for column in ("item", "sku"):
        if column in told and column in rows:
            named = told[column].notna() & ~told[column].isin([0, _BLANK])
            values, _ = _one(told[named], ["key", column], name)
            at = values.index.get_indexer(
                pd.MultiIndex.from_arrays([rows["key"], rows[column].astype(object)])
            )
            found.append(_taken(values, at))
            hit = set(at[at >= 0].tolist())
            places = values.index.get_indexer(
                pd.MultiIndex.from_arrays([told["key"], told[column].astype(object)])
            )
            # A line that names an item or a SKU of the report speaks of that alone.
            whole &= ~np.array([place in hit for place in places], dtype=bool)
    values, several = _one(told[whole], ["key"], name)
    found.append(_taken(values, values.index.get_indexer(pd.Index(rows["key"]))))
    out = found[0]
    for more in found[1:]:
        out = out.where(out.notna(), more)
    return out.set_axis(rows.index), several


def _one(told: pd.DataFrame, by: list[str], name: str) -> tuple[pd.Series[Any], int]:
    """One value for each group: the last time, or the one name; several names are ``(several)``."""
    keys: list[Any] = [told[column].astype(object) if column == "sku" else told[column] for column in by]
    groups = told[name].groupby(keys if len(keys) > 1 else keys[0], sort=False)
    distinct = groups.nunique()
    several = int(np.count_nonzero(distinct > 1))
    if name in CLOCKS:
        return groups.max(), several
    return groups.first().where(distinct <= 1, SEVERAL), 0


def _taken(values: pd.Series[Any], at: Positions) -> pd.Series[Any]:
    """The values at these places, missing where the place is -1."""
    if not len(values):
        return pd.Series([None] * len(at), dtype=values.dtype if values.dtype != np.int64 else object)
    return values.reset_index(drop=True).reindex(at).reset_index(drop=True)
