"""Days of which the files hardly speak, between days of which they do, are told: a weekly report that nobody handed in."""

import csv
from datetime import date, timedelta

import numpy as np
import pytest
from conftest import SAMPLES, run_poa

from poa.analysis.holes import holes

FIRST = date(2026, 8, 3)  # a Monday


def days(counts, *, first=FIRST):
    """So many orders on each day from the first on."""
    told = [first + timedelta(days=at) for at, number in enumerate(counts) for _ in range(number)]
    return np.array(told, dtype="datetime64[D]")


def found(counts):
    return [
        ((one.first - FIRST).days, (one.last - FIRST).days, one.orders, one.usual)
        for one in holes(days(counts), last=FIRST + timedelta(days=len(counts)))
    ]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([10] * 7 + [0] * 7 + [10] * 7, [(7, 13, 0, 70)]),
        ([10] * 14 + [0, 1, 0] + [10] * 7, [(14, 16, 1, 30)]),
        (([10] * 5 + [0] * 2) * 2 + [0] * 5 + [0] * 2 + [10] * 5, [(14, 18, 0, 50)]),
        ([10] * 7 + [0] * 7 + [10] * 7 + [0] * 7 + [10] * 7, [(7, 13, 0, 70), (21, 27, 0, 70)]),
    ],
    ids=["a week", "a few orders of it stand elsewhere", "a week with its weekend", "two weeks"],
)
def test_days_that_hold_hardly_an_order_are_a_hole(counts, told):
    """It is named by its first and last day, its orders, and how many the same weekdays had before."""
    assert found(counts) == told


@pytest.mark.parametrize(
    "counts",
    [
        [10] * 14,
        ([10] * 5 + [0] * 2) * 4,
        [10] * 10 + [0] + [10] * 10,
        [10] * 10 + [0] * 7,
        [1] * 7 + [0] * 5 + [30] * 14,
        [4] * 20,
        [],
    ],
    ids=["none", "weekends", "a holiday", "the end", "a new account", "few a day", "nothing"],
)
def test_what_is_usual_is_no_hole(counts):
    """Weekends, one day alone, the end of the rows and an account that has hardly begun are none."""
    assert found(counts) == []


def without_a_week(folder):
    """The sample's report without the orders due from 6 to 11 October."""
    with (SAMPLES / "late-shipment-report.csv").open(newline="", encoding="utf-8") as handle:
        head, *rows = csv.reader(handle)
    by = head.index("ship-by-date")
    with (folder / "report.csv").open("w", newline="", encoding="utf-8") as handle:
        csv.writer(handle).writerows(
            [head, *(row for row in rows if not "2026-10-06T07" <= row[by] <= "2026-10-13T00")]
        )


@pytest.mark.parametrize("command", ["summary", "appeal", "weekly"])
def test_a_hole_is_said_wherever_a_rate_is(tmp_path, command):
    """The rate of 30 days would be another with the report that is missing."""
    without_a_week(tmp_path)
    told = run_poa(command, "report.csv", cwd=tmp_path, check=0).stdout
    assert "From 2026-10-06 to 2026-10-11 the files hold 0 orders" in " ".join(told.split())
