"""The names that the lines of an order have: its SKUs, its suppliers, its carriers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from poa.orders import NOT_STATED, SEVERAL, Orders


def names_of_lines(
    orders: Orders, rows: pd.DataFrame, name: str, at: npt.NDArray[np.intp]
) -> list[tuple[str, ...]]:
    """The names of each order's lines; most orders have one, and the order table knows it.

    ``rows`` are the rows that the orders were made of, ``name`` a column of :data:`poa.orders.NAMES`, ``at``
    positions in the order table. Blank names are left out.
    """
    table = orders.table.iloc[at]
    own = [str(value) for value in table[name].tolist()]
    keys = table["key"].tolist()
    several = {key for key, value in zip(keys, own, strict=True) if value == SEVERAL}
    told: Mapping[int, tuple[str, ...]] = {}
    if several:
        mine = rows.loc[rows["key"].isin(several).to_numpy(), ["key", name]]
        found: dict[int, dict[str, None]] = {}
        for key, value in zip(mine["key"].tolist(), mine[name].tolist(), strict=True):
            if value:
                found.setdefault(key, {})[str(value)] = None
        told = {key: tuple(values) for key, values in found.items()}
    alone = {value: () if value == NOT_STATED else (value,) for value in set(own)}
    return [
        told.get(key, ()) if value == SEVERAL else alone[value] for key, value in zip(keys, own, strict=True)
    ]
