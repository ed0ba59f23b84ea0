"""The lines of an order as one row, and of each late order the line that made it late."""

from __future__ import annotations

import numpy as np
import pandas as pd

from poa.joining.lines import Lines
from poa.orders import CLOCKS, DATES, NAMES, SEVERAL


def merge(found: Lines) -> tuple[pd.DataFrame, pd.DataFrame]:
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


def late_lines(table: pd.DataFrame, latest: pd.DataFrame) -> pd.DataFrame:
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
