"""What the rows knew at a moment: an order placed later is not there yet, a confirmation that came later neither.

So a page about a past week says what the page made in that week had said. A row that names no purchase time
was there where its order was due, or confirmed, by that moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
import pandas as pd

from poa.joining.apart import Apart
from poa.orders import CLOCKS, Mask

_EVENTS = ("ship_confirmed", *(name for name in CLOCKS if name not in {"deliver_by", "updated"}))


def known_at(apart: Apart, moment: datetime, *, late_only: Sequence[bool]) -> Apart:
    """The rows as of a moment, with an offset: later orders gone, later events not told yet.

    ``late_only`` marks the files that list late orders alone: of an order confirmed later they had no row yet.
    """
    rows, at = apart.pooled.rows, pd.Timestamp(moment)
    if rows["purchased"].notna().all() and all(
        not rows[name].max() > at for name in ("purchased", *_EVENTS) if name in rows
    ):
        return apart  # the present moment: nothing is masked
    confirmed_later = (rows["ship_confirmed"] > at).to_numpy()
    later = _placed_later(rows, at, confirmed_later)
    later = later | (confirmed_later & apart.pooled.by_file(late_only))
    ahead = {name: (rows[name] > at).to_numpy() for name in _EVENTS if name in rows and rows[name].max() > at}
    if not (later.any() or ahead):
        return apart
    rows = rows.assign(**{name: rows[name].mask(mask) for name, mask in ahead.items()})
    ships = apart.ships & ~confirmed_later  # the word "shipped" came with the confirmation
    stay = ~later
    return replace(
        apart,
        pooled=replace(apart.pooled, rows=rows[stay].reset_index(drop=True) if later.any() else rows),
        opens=apart.opens[stay],
        ships=ships[stay],
    )


def _placed_later(rows: pd.DataFrame, at: pd.Timestamp, confirmed_later: Mask) -> Mask:
    """Which rows are of orders that were placed after the moment."""
    purchased = rows["purchased"]
    if purchased.notna().all():
        return (purchased > at).to_numpy()
    first = purchased.groupby(rows["key"]).transform("min")
    unknown = first.isna().to_numpy()
    due_later = ~(rows["ship_by"] <= at).to_numpy()
    past = bool(confirmed_later.any())  # of the present moment, the files themselves tell what is there
    absent = due_later & (confirmed_later | (rows["ship_confirmed"].isna().to_numpy() & past))
    return np.asarray(np.where(unknown, absent, (first > at).to_numpy()), dtype=bool)
