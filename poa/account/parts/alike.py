"""Which rows can stand for others, and which count alike.

What is judged one by one stays one by one: late and open orders, orders of several rows, cancelled ones, and the rows with
the last moment of their file. Every other row is a punctual order by itself. Two of one file count alike where they have
the same names and days, and every question that is asked of their moments has the same answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from poa.account.gathering import Gathered
from poa.analysis.windows import days_of
from poa.joining.apart import is_cancelled, is_open
from poa.orders import DATES, MISSING, Basis, Mask, Numbers
from poa.reports.reading import ReportRows

_NAMES = ("sku", "supplier", "carrier", "status", "channel", "store")
_DAYS = (*DATES, "deliver_by")
# What is asked of two moments: is the first told, and is it not before, or after, the second? The other rates, the
# clocks and the handling times ask this, and no more.
_ASKED = (
    ("ship_by", "purchased"),
    ("ship_confirmed", "purchased"),
    *(
        (clock, other)
        for clock in ("first_scan", "supplier_dispatched")
        for other in ("purchased", "ship_by")
    ),
    ("delivered", "deliver_by"),
)
KEY = (
    "day_of_ship_by",
    "file_of",
    *(f"{name}_of" for name in _NAMES),
    "day_of_purchased",
    "day_of_ship_confirmed",
    "day_of_deliver_by",
    "answers",
)


def told_alone(
    frame: pd.DataFrame,
    reports: Sequence[ReportRows],
    last: Mapping[int, Mapping[str, int]],
    names: Mapping[str, Mapping[str, int]],
) -> Mask:
    """Which rows of a part are punctual orders by themselves.

    ``reports`` are the files by their number, ``last`` the last moments of each; ``names`` are the lists that the
    frame's names are places in. All rows of an order are in the frame.
    """
    file = frame["file"].to_numpy()
    tells = np.array(["ship_confirmed" in report.columns for report in reports])[file]
    all_open = np.array([report.report.lists == "open_orders" for report in reports])[file]
    confirmed = _moments(frame, "ship_confirmed")
    late = (
        (confirmed > _moments(frame, "ship_by"))
        & (confirmed > MISSING)
        & (_moments(frame, "ship_by") > MISSING)
    )
    several = frame["key"].duplicated(keep=False).to_numpy()
    if "order_id" in frame:
        nameless = (frame["key"] < 0).to_numpy()
        several[nameless] = frame["order_id"][nameless].duplicated(keep=False).to_numpy()
    alone = ~(several | late | all_open | (tells & (confirmed == MISSING)))
    if "status" in frame:
        judged = np.array([*(is_open(word) or is_cancelled(word) for word in names["status"]), False])
        alone &= ~judged[frame["status"].to_numpy()]
    for name in DATES:
        latest = np.array([last[at].get(name, MISSING) for at in range(len(reports))])[file]
        ends = np.flatnonzero((_moments(frame, name) == latest) & (latest > MISSING))
        alone[ends[~pd.Series(file[ends]).duplicated().to_numpy()]] = False  # one keeps the moment
    return np.asarray(alone)


def days_that_count(gathered: Gathered, *, by: Basis | None, stated: bool) -> tuple[str, ...]:
    """The days by which rows are told apart: all that some figure may ask for, or the ship-by days alone.

    ``by`` is the date that the user names, ``stated`` says that Amazon states figures, which are looked for by every date.
    Rates of cancelled orders and dated supplier maps go by the day of purchase, as does an account without deadlines.
    """
    reports = gathered.reports("orders")
    if (
        stated
        or by not in {None, "ship-by"}
        or gathered.maps
        or any(one.opened.report.role == "stated" for one in gathered.files)
        or any(
            {"ship_by", "ship_confirmed"} - set(report.columns)
            or {"status", "channel", "store"} & set(report.columns)
            for report in reports
        )
    ):
        return _DAYS
    return ("ship_by", "deliver_by")


def alike(frame: pd.DataFrame, *, days: Collection[str], zone: str) -> pd.DataFrame:
    """The rows with what they are told apart by, in the columns ``KEY``: the ``days`` are those of the zone."""
    moments = {name: _moments(frame, name) for name in {*_DAYS, *(name for pair in _ASKED for name in pair)}}
    answers = (frame["key"] < 0).to_numpy().astype(np.int64)
    for one, other in _ASKED:
        first, second = moments[one], moments[other]
        for answer in (first > MISSING, first >= second, first > second):
            answers = answers * 2 + answer
    return frame.assign(
        file_of=frame["file"],
        answers=answers,
        **{f"{name}_of": frame[name] if name in frame else np.int32(-1) for name in _NAMES},
        **{
            f"day_of_{name}": days_of(moments[name], zone=zone).astype(np.int64) if name in days else 0
            for name in _DAYS
        },
    )


def _moments(frame: pd.DataFrame, name: str) -> Numbers:
    return frame[name].to_numpy() if name in frame else np.full(len(frame), MISSING)
