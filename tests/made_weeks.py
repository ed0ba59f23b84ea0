"""Accounts made up order by order for what is measured of weeks: a Counting of rows that nobody had to write and read."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from poa.analysis.open_orders import past_due
from poa.analysis.rates import Counting
from poa.analysis.windows import order_days
from poa.joining import collapse, pool
from poa.joining.lines import FileRows
from poa.policy import late_shipment_rule

ZONE = "America/Los_Angeles"
MONDAY = datetime(2026, 10, 26, tzinfo=ZoneInfo(ZONE))  # of 2026-W44, the last night of which has 25 hours
ACCOUNT = ("account", "(all orders)")
CLOCKS = {
    "purchased": "purchased",
    "ordered": "supplier_ordered",
    "dispatched": "supplier_dispatched",
    "scanned": "first_scan",
    "confirmed": "ship_confirmed",
}


@dataclass(frozen=True, kw_only=True)
class Made:
    """One order: its ship-by time, and its other times in hours before (negative) or after it; None: not told."""

    due: datetime = MONDAY + timedelta(hours=23)
    confirmed: float | None = -10
    purchased: float | None = -48
    ordered: float | None = None
    dispatched: float | None = None
    scanned: float | None = None
    supplier: str = "Alder Supply"
    carrier: str = "Northway"
    sku: str = "A-1"

    def at(self, name: str) -> datetime | None:
        hours = getattr(self, name)
        return None if hours is None else self.due.astimezone(UTC) + timedelta(hours=hours)


def late(**more) -> Made:
    return Made(**{"confirmed": 5, **more})


def counting(orders, *, now=MONDAY + timedelta(days=400), zone=ZONE, **more) -> Counting:
    """The orders as they are counted: one file that lists every order, in the order given."""
    orders = list(orders)
    rows = pd.DataFrame(
        {
            "file": np.zeros(len(orders), dtype=np.int16),
            "line": np.arange(2, len(orders) + 2, dtype=np.int32),
            "key": np.arange(1, len(orders) + 1, dtype=np.int64),
            "item": np.zeros(len(orders), dtype=np.int64),
            **{
                name: pd.Categorical([getattr(one, name) for one in orders])
                for name in ("sku", "supplier", "carrier")
            },
            "ship_by": _instants([one.due.astimezone(UTC) for one in orders]),
            **{theirs: _instants([one.at(ours) for one in orders]) for ours, theirs in CLOCKS.items()},
        }
    )
    told = frozenset({"ship_by", *CLOCKS.values()})
    file = FileRows(
        name="report.csv",
        rows=rows,
        told=told,
        coarse=frozenset(),
        minutes=frozenset(),
        lists=True,
        all_open=False,
    )
    none = np.zeros(len(orders), dtype=bool)
    found, _ = collapse(pool([file]), opens=none, ships=none, zone=zone)
    made = Counting(
        orders=found,
        days=order_days(found, zone=zone),
        overdue=past_due(found, now=now),
        rule=late_shipment_rule(),
        zone=zone,
        by="ship-by",
        complete=True,
    )
    return replace(made, **more)


def _instants(moments) -> pd.DatetimeIndex:
    naive = [
        np.datetime64("NaT") if one is None else np.datetime64(one.replace(tzinfo=None), "s")
        for one in moments
    ]
    return pd.DatetimeIndex(np.array(naive, dtype="datetime64[s]")).tz_localize("UTC")


_HOURS = st.one_of(st.none(), st.integers(-40, 40), st.sampled_from([0, -4, 0.5, -0.5]))
_DUES = st.integers(0, 14 * 24 - 1).map(lambda hours: MONDAY + timedelta(hours=hours))
SUPPLIERS = ("", "Alder Supply", "Birch & Sons", "義烏恒泰")


@st.composite
def accounts(draw, *, most=25):
    """Orders of two weeks over a change of the clocks, with times that are missing or out of order."""
    return draw(
        st.lists(
            st.builds(
                Made,
                due=_DUES,
                confirmed=_HOURS,
                purchased=st.one_of(st.none(), st.integers(-90, -1)),
                ordered=_HOURS,
                dispatched=_HOURS,
                scanned=_HOURS,
                supplier=st.sampled_from(SUPPLIERS),
                carrier=st.sampled_from(["Northway", "Parcelio"]),
                sku=st.sampled_from(["A-1", "B-2"]),
            ),
            min_size=1,
            max_size=most,
        )
    )
