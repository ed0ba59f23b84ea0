"""What the rows carry of remedies: counted again by hand, and left out where no file tells it."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from strategies import facts, order_id, stamp, summary

from poa.facts import evidence_data, figures, summary_data

HEADER = (
    "order-id",
    "sku",
    "supplier",
    "purchase-date",
    "ship-by-date",
    "ship-confirm-date",
    "supplier-order-date",
    "supplier-dispatch-date",
    "carrier-first-scan-date",
)
LAST = date(2026, 10, 31)
HOUR = timedelta(hours=1)


class Orders:
    """Rows made up for these tests; each order is bought 40 hours before its ship-by time."""

    def __init__(self):
        self.rows = []

    def add(self, count, *, sku="A-1", supplier="Alder", back=3, taken=20.0, promised=40, late=False):
        """Orders due ``back`` days before the as-of day and handed over so many hours after the order."""
        for _ in range(count):
            due = datetime(LAST.year, LAST.month, LAST.day, 22, tzinfo=UTC) - timedelta(days=back)
            bought = due - promised * HOUR
            left = bought + taken * HOUR
            done = due + (HOUR if late else -HOUR)
            self.rows.append(
                [order_id(len(self.rows) + 1), sku, supplier]
                + [stamp(at) for at in (bought, due, done, bought + HOUR, left - HOUR, left)]
            )
        return self

    def text(self, *, without=()):
        kept = [at for at, name in enumerate(HEADER) if name not in without]
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(
            [[row[at] for at in kept] for row in (HEADER, *self.rows)]
        )
        return out.getvalue()


def remedies(book, *, without=(), **more):
    return summary(book.text(without=without), complete=True, as_of=LAST, **more)["remedies"]


def test_handling_is_measured_to_the_hand_over_of_each_sku():
    """Median promise, median and 90 % point of the measured time, and the gap between: of 40 orders the 36th."""
    book = Orders().add(34, taken=20).add(6, taken=50).add(29, sku="B-2")
    one, *others = remedies(book)["handling"]
    assert others == [], "29 orders are too few"
    assert (one["sku"], one["orders"], one["over"]) == ("A-1", 40, 6)
    assert (one["promised"], one["actual_p50"], one["actual_p90"], one["gap"]) == (40, 20, 50, 10)
    assert one["measured_by"] == "first_scan"


@pytest.mark.parametrize(
    ("without", "clock", "point"),
    [
        ((), "first_scan", 50),
        (("carrier-first-scan-date",), "supplier_dispatched", 49),
        (("carrier-first-scan-date", "supplier-dispatch-date"), "ship_confirmed", 39),
    ],
)
def test_the_first_clock_that_tells_the_hand_over_measures_it(without, clock, point):
    """The carrier's scan, else the supplier's dispatch, else the confirmation."""
    book = Orders().add(30, taken=20).add(10, taken=50)
    one = remedies(book, without=without)["handling"][0]
    assert (one["measured_by"], one["actual_p90"]) == (clock, point)


def test_a_clock_that_tells_few_orders_measures_nothing():
    """Scans of fewer than four in five orders do not speak for all; the next clock does."""
    book = Orders().add(40)
    for row in book.rows[:9]:
        row[-1] = ""
    assert remedies(book)["handling"][0]["measured_by"] == "supplier_dispatched"


def test_a_raise_is_carried_only_beyond_one_order_in_ten():
    """Exactly one in ten late carries none; one more does, and only then business days are told."""
    exact = Orders().add(36, taken=20).add(4, taken=60)
    more = Orders().add(35, taken=20).add(5, taken=60)
    none, raised = remedies(exact)["handling"][0], remedies(more)["handling"][0]
    assert (none["carries_raise"], none["promised_days"], none["needed_days"]) == (False, None, None)
    assert raised["carries_raise"]
    # Bought on Tuesday 27 October 06:00 UTC (Monday in Los Angeles), due on Wednesday, handed over on Thursday.
    assert (raised["promised_days"], raised["needed_days"]) == (2, 3)
    assert (remedies(exact)["raise_skus"], remedies(more)["raise_skus"]) == (0, 1)


@pytest.mark.parametrize(("store", "days"), [("US", (1, 2)), ("UK", (2, 3))])
def test_a_holiday_of_the_store_is_no_business_day(store, days):
    """From Friday to the Tuesday after Columbus Day is one business day in the US, and two in Britain."""
    book = Orders().add(35, back=18, promised=96).add(5, back=18, promised=96, taken=120)
    one = remedies(book, marketplace=store)["handling"][0]
    assert (one["promised_days"], one["needed_days"]) == days


def test_a_long_weekend_in_time_carries_no_raise():
    """Orders that took long and kept their own longer promise do not make the others' too short."""
    book = Orders().add(30, taken=20).add(6, taken=90, promised=100).add(4, taken=60)
    one = remedies(book)["handling"][0]
    assert (one["gap"], one["over"], one["orders"]) == (50, 4, 40)
    assert not one["carries_raise"]
    assert remedies(book.add(1, taken=60))["handling"][0]["carries_raise"]


@pytest.mark.parametrize("day", ["2026-10-28", "2026-10-26"])
def test_a_bare_day_makes_no_order_late(day):
    """A dispatch told as a bare day may have been at its first moment, on the day of the deadline or of the order."""
    book = Orders().add(40, taken=30)
    for row in book.rows:
        row[-2] = day
    one = remedies(book, without=("carrier-first-scan-date",))["handling"][0]
    assert (one["measured_by"], one["orders"]) == ("supplier_dispatched", 40)
    assert (one["over"], one["carries_raise"], one["actual_p50"] >= 0) == (0, False, True)


def test_a_single_source_is_a_sku_of_which_every_order_states_the_same_supplier():
    """Two suppliers, a blank among them, the seller's own stock, and orders without a SKU are no single source."""
    book = Orders().add(20, sku="ONE", late=True).add(10, sku="TWO").add(10, sku="TWO", supplier="Birch")
    book.add(5, sku="BLANK").add(1, sku="BLANK", supplier="").add(5, sku="OWN", supplier="own warehouse")
    book.add(3, sku="ALSO", supplier="Birch").add(4, sku="", supplier="Birch")
    found = remedies(book)
    assert [(one["sku"], one["supplier"], one["orders"], one["late"]) for one in found["single_source"]] == [
        ("ONE", "Alder", 20, 20),
        ("ALSO", "Birch", 3, 0),
    ]
    assert found["single_source_skus"] == 2


def test_no_single_source_is_told_where_suppliers_are_mostly_unknown():
    """Where fewer than four in five orders state a supplier, nothing is said, which is not the same as none."""
    found = remedies(Orders().add(79, sku="ONE").add(21, sku="X", supplier=""))
    assert found["single_source"] is None
    assert found["single_source_skus"] is None
    assert remedies(Orders().add(80, sku="ONE").add(20, sku="X", supplier=""))["single_source_skus"] == 1


def test_volumes_are_the_largest_skus_with_their_late_share():
    """Twenty at most, most orders first, only orders of the window."""
    book = Orders().add(40, sku="BIG", late=True).add(60, sku="BIG").add(70, sku="OLD", back=45)
    for at in range(25):
        book.add(30 - at, sku=f"S-{at:02}")
    found = remedies(book)["volumes"]
    assert len(found) == 20
    assert (found[0]["sku"], found[0]["orders"], found[0]["late"], found[0]["rate"]) == ("BIG", 100, 40, 0.4)
    assert [one["sku"] for one in found[1:3]] == ["S-00", "S-01"]
    assert "OLD" not in {one["sku"] for one in found}


def surging(*, late_share):
    """Ten orders a day, one of fifty late, and a day of sixty with so many late."""
    book = Orders()
    for back in range(60, -1, -1):
        book.add(10 - (back % 5 == 0), back=back).add(int(back % 5 == 0), back=back, late=True)
    return book.add(60 - late_share, back=2).add(late_share, back=2, late=True)


def test_a_surge_is_a_day_far_above_the_days_before():
    """Days above the mean and two standard deviations, their orders and late orders, and whether lateness rose."""
    surge = remedies(surging(late_share=30))["surge"]
    assert surge["days"] == ["2026-10-29"]
    assert (surge["usual"], surge["bound"]) == (10, 10)
    assert (surge["orders"], surge["late"]) == (70, 30)
    assert surge["rises"]
    assert not remedies(surging(late_share=0))["surge"]["rises"]


def test_a_surge_exceeds_two_standard_deviations():
    """Days of 5 and 15 before: mean 10, deviation 5; a day of 20 does not exceed the bound, one of 21 does."""
    book = Orders()
    for back in range(90):
        book.add((5 if back % 2 else 15) if back >= 30 else 10, back=back)
    assert remedies(book.add(10, back=2))["surge"] is None
    surge = remedies(book.add(1, back=2))["surge"]
    assert (surge["usual"], surge["bound"], surge["orders"]) == (10, 20, 21)


def test_no_surge_is_told_without_days_before():
    """Fewer than 14 days before the window do not tell what is usual."""
    book = Orders()
    for back in range(42, -1, -1):
        book.add(1, back=back)
    assert remedies(book.add(20, back=2))["surge"] is None  # 13 days
    assert remedies(book.add(1, back=43))["surge"]["orders"] == 21


def test_a_list_of_late_orders_carries_no_remedy():
    """Without a file that lists every order the JSON leaves it out."""
    found = facts(Orders().add(40, late=True).text(), complete=False, as_of=LAST)
    assert found.remedies is None
    assert "remedies" not in summary_data(found)


def test_each_figure_has_an_id_of_its_own_and_the_rows_behind_it():
    """Ids of remedies are unique, and counts of orders are the number of their rows."""
    found = facts(surging(late_share=30).text(), complete=True, as_of=LAST)
    ids = [figure.id for figure in figures(found.remedies)]
    assert len(ids) == len(set(ids)) > 20
    assert all(one.startswith("remedies.") for one in ids)
    assert set(ids) <= evidence_data(found).keys()
    for figure in figures(found.remedies):
        if figure.unit == "orders":
            assert figure.value == figure.rows.orders
            lines = sum(last - first + 1 for place in figure.rows.lines for first, last in place.ranges)
            assert lines == figure.value


def test_the_lists_stay_short():
    """A report of many SKUs adds twenty entries of each kind, and the number of all beside them."""
    book = Orders()
    for at in range(30):
        book.add(27, sku=f"K-{at:02}").add(4, sku=f"K-{at:02}", taken=50)
    found = remedies(book)
    assert [len(found[name]) for name in ("handling", "single_source", "volumes")] == [20, 20, 20]
    assert (found["handling_skus"], found["raise_skus"], found["single_source_skus"]) == (30, 30, 30)
