"""What supplier maps, suppliers' lists and uploads say, laid over the rows of the reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from poa.account.assumptions import on_sides, on_suppliers
from poa.account.gathering import Gathered
from poa.joining import Pooled
from poa.joining.supplier_side import attach, tracking_of
from poa.policy import Marketplace
from poa.reports import Role
from poa.reports.reading import ReportRows
from poa.reports.supplier_map import assign_suppliers
from poa.words import Said


def with_suppliers(
    pooled: Pooled, gathered: Gathered, reports: tuple[ReportRows, ...], store: Marketplace
) -> tuple[Pooled, list[Said]]:
    """The rows with what supplier maps, suppliers' lists and uploads say of them."""
    rows = pooled.rows
    words: list[Said] = []
    maps = gathered.maps
    if maps:
        assigned = assign_suppliers(rows, [entry for one in maps for entry in one.entries], zone=store.zone)
        rows = assigned.rows
        words += on_suppliers(assigned, has_sku=any("sku" in report.columns for report in reports))
    lists = [keyed_like(side.rows, pooled.ids) for side in gathered.reports("upload", "supplier")]
    tracking = tracking_of([rows, *lists])
    roles: tuple[tuple[Role, bool], ...] = (("supplier", True), ("upload", False))
    for role, wins in roles:
        sides = gathered.reports(role)
        if sides:
            attached = attach(
                rows, [keyed_like(side.rows, pooled.ids) for side in sides], tracking, wins=wins
            )
            rows = attached.rows
            words += on_sides(attached, ", ".join(side.name for side in sides))
    return replace(pooled, rows=rows), words


def keyed_like(side: pd.DataFrame, ids: Mapping[int, str]) -> pd.DataFrame:
    """A supplier's lines under the keys of the orders, where those are not Amazon's own numbers."""
    if not ids:
        return side
    numbers = {name: number for number, name in ids.items()}
    named = side["order_id"] if "order_id" in side else pd.Series("", index=side.index)
    keys = named.map(numbers).fillna(-1).to_numpy().astype(np.int64)
    return side.assign(key=keys)
