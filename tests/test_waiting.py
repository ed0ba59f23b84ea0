"""Open orders: each is judged once, at the moment named, and none that was confirmed is among them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import HEADER, Line, order_id, report, stamp, text_of

from poa.account import Account
from poa.account.open_list import OpenList, open_list
from poa.analysis.waiting import LEFT, SOON
from poa.facts.waiting import Waiting
from poa.files import as_input

NOW = datetime(2026, 11, 3, 20, 30, tzinfo=UTC)
ZONE = ZoneInfo("America/Los_Angeles")
HOUR = timedelta(hours=1)
MOST = {"h4": 4, "h24": 24, "h48": 48}


def listed(
    *texts: str, now: datetime | None = NOW, suppliers: tuple[str, ...] = (), complete: bool = True
) -> OpenList:
    """The open orders of files of these texts."""
    account = Account(
        reports=tuple(as_input(f"report-{number}.csv", text.encode()) for number, text in enumerate(texts)),
        suppliers=tuple(
            as_input(f"supplier-{number}.csv", text.encode()) for number, text in enumerate(suppliers)
        ),
        now=now,
        complete=complete,
    )
    return open_list(account, tell=lambda _: None)


def waiting(*lines: Line, now: datetime = NOW) -> Waiting:
    return listed(report([CONFIRMED, *lines]), now=now).waiting


def order(
    number: int,
    due: datetime,
    *,
    confirmed: datetime | None = None,
    supplier: str = "Alder",
    sku: str = "A-1",
    item: str = "",
) -> Line:
    """One line of an order bought a fortnight before it is due."""
    return Line(
        order=number,
        item=item,
        sku=sku,
        supplier=supplier,
        purchased=due - timedelta(days=14),
        ship_by=due,
        confirmed=confirmed,
    )


CONFIRMED = order(9_000, NOW - 90 * HOUR, confirmed=NOW - 95 * HOUR)


@st.composite
def books(draw: st.DrawFn) -> list[Line]:
    """Orders of one or two lines, due up to three weeks before or a week after NOW; some are confirmed."""
    lines = []
    for number in range(draw(st.integers(1, 12))):
        for item in range(draw(st.integers(1, 2))):
            due = NOW + timedelta(
                minutes=draw(
                    st.sampled_from([0, 1, 239, 240, 241, 1440, 2880]) | st.integers(-30_000, 10_000)
                )
            )
            confirmed = due - 5 * HOUR if draw(st.booleans()) else None
            lines.append(
                order(
                    number,
                    due,
                    confirmed=confirmed,
                    supplier=draw(st.sampled_from(["Alder", "Birch", ""])),
                    sku=f"S-{item}",
                    item=f"{number * 10 + item + 1}",
                )
            )
    return lines


@given(books())
def test_every_open_order_is_in_exactly_one_class_and_nothing_confirmed_is_listed(lines: list[Line]) -> None:
    """An order waits while one of its lines does; the classes are by the earliest of those lines, and add up."""
    found = waiting(*lines)
    open_by: dict[str, datetime] = {}
    for line in lines:
        if line.confirmed is None:
            name = order_id(line.order)
            open_by[name] = min(line.ship_by, open_by.get(name, line.ship_by))
    assert Counter(one.order_id for one in found.orders) == Counter(dict.fromkeys(open_by, 1))
    for one in found.orders:
        hours = (open_by[one.order_id] - NOW) / HOUR
        assert one.hours_left == pytest.approx(hours)
        wanted = (
            "past_due" if hours < 0 else next((name for name, most in MOST.items() if hours <= most), "later")
        )
        assert one.left == wanted
    counts = {one.left: one.orders.value for one in found.counts}
    assert list(counts) == list(LEFT)
    assert counts == {**dict.fromkeys(LEFT, 0), **Counter(one.left for one in found.orders)}
    assert sum(map(int, map(str, counts.values()))) == found.number.value == len(found.orders)


@given(books())
def test_the_most_urgent_order_comes_first(lines: list[Line]) -> None:
    """Past due longest first, then by hours left, then by id."""
    orders = waiting(*lines).orders
    assert list(orders) == sorted(orders, key=lambda one: (one.hours_left, one.order_id))


@given(books(), st.integers(-6, 6))
def test_a_moment_whole_days_later_takes_as_many_days_from_each(lines: list[Line], days: int) -> None:
    """The orders stay the same ones in the same order; each has 24 hours less, and waits as many days less."""
    before, after = waiting(*lines), waiting(*lines, now=NOW + timedelta(days=days))
    assert [one.order_id for one in before.orders] == [one.order_id for one in after.orders]
    for old, new in zip(before.orders, after.orders, strict=True):
        assert old.hours_left is not None
        assert new.hours_left == pytest.approx(old.hours_left - 24 * days)
        assert (old.due, old.promised, old.cancelled_after) == (new.due, new.promised, new.cancelled_after)
        assert old.days_to_cancel is not None
        assert new.days_to_cancel == old.days_to_cancel - days


@given(books())
def test_what_amazon_may_cancel_is_past_due_and_waits_until_tomorrow_at_most(lines: list[Line]) -> None:
    """The figure counts the orders past due whose last day to wait is tomorrow, or is gone."""
    found = waiting(*lines)
    today = NOW.astimezone(ZONE).date()
    mine = [
        one
        for one in found.orders
        if one.left == "past_due" and one.cancelled_after and (one.cancelled_after - today).days < SOON
    ]
    assert found.to_cancel.value == len(mine)
    assert all(
        one.days_to_cancel == (one.cancelled_after - today).days for one in mine if one.cancelled_after
    )


@given(books())
def test_each_figure_names_the_rows_of_its_orders(lines: list[Line]) -> None:
    """The rows behind the number are the rows of the orders that are listed, and each order has its own."""
    found = waiting(*lines)
    every = {
        line
        for one in found.orders
        for place in one.places
        for first, last in place.ranges
        for line in range(first, last + 1)
    }
    behind = {
        line
        for place in found.number.rows.lines
        for first, last in place.ranges
        for line in range(first, last + 1)
    }
    assert every == behind
    numbers: dict[str, set[int]] = {order_id(line.order): set() for line in lines}
    for at, line in enumerate(lines):
        numbers[order_id(line.order)].add(at + 3)  # behind the header and the confirmed order
    for one in found.orders:
        (place,) = one.places
        assert {line for first, last in place.ranges for line in range(first, last + 1)} == numbers[
            one.order_id
        ]
    assert {one.id for one in (found.number, found.to_cancel)} == {"waiting.number", "waiting.to_cancel"}
    assert [one.orders.id for one in found.counts] == [f"waiting.left.{name}" for name in LEFT]


def test_the_past_due_orders_are_those_that_the_facts_count() -> None:
    """The list and ``poa summary`` agree on what is past due, when it is due, and how long it waits."""
    lines = [order(number, NOW + (number - 5) * 7 * HOUR) for number in range(10)]
    found = listed(report([CONFIRMED, *lines]))
    assert found.facts.unconfirmed_past_due.value == next(
        one.orders.value for one in found.waiting.counts if one.left == "past_due"
    )
    mine = [
        (one.order_id, one.due, one.cancelled_after) for one in found.waiting.orders if one.left == "past_due"
    ]
    assert [(one.order_id, one.due, one.cancelled_after) for one in found.facts.past_due] == mine
    assert len(mine) == 5


def test_an_order_due_on_a_weekend_waits_seven_business_days_from_the_friday() -> None:
    """2026-10-31 is a Saturday: with the Friday before as its day, the seventh business day is 2026-11-10."""
    (one,) = waiting(order(1, datetime(2026, 10, 31, 23, 59, 59, tzinfo=ZONE))).orders
    assert (one.due, one.promised) == ("2026-10-31 23:59", "2026-10-31T23:59:59-07:00")
    assert (one.cancelled_after, one.days_to_cancel) == (date(2026, 11, 10), 7)


def test_an_order_that_is_late_in_one_line_and_open_in_another_is_not_listed() -> None:
    """It is confirmed as the rate counts it; the rate has it as late already."""
    late = order(1, NOW - 50 * HOUR, confirmed=NOW - 40 * HOUR, item="11")
    assert waiting(late, replace(late, item="12", confirmed=None)).orders == ()


def test_without_a_named_moment_it_is_the_latest_in_the_files() -> None:
    """The moment is told with the offset of the store."""
    due = NOW + 80 * HOUR
    found = listed(report([replace(CONFIRMED, confirmed=NOW - HOUR), order(1, due)]), now=None)
    assert found.waiting.judged == "2026-11-03T11:30:00-08:00"


ORDERS = (*HEADER, "tracking-number")


def tracked(*numbers: str) -> str:
    """Open orders with these tracking numbers."""
    rows = [
        [order_id(at), "", "A-1", "Alder", stamp(NOW - 90 * HOUR), stamp(NOW + at * HOUR), "", number]
        for at, number in enumerate(numbers, start=1)
    ]
    return text_of(rows, header=ORDERS)


def test_a_tracking_number_is_known_missing_or_no_file_tells_any() -> None:
    """A blank cell is missing, a number of a supplier's list counts, without a column nothing is said."""
    assert [one.tracking for one in listed(tracked("T1", " ")).waiting.orders] == ["known", "missing"]
    sheet = f"order-id,supplier,tracking-number\n{order_id(2)},Alder,T2\n"
    plain = report([order(1, NOW + HOUR), order(2, NOW + 2 * HOUR)])
    assert [one.tracking for one in listed(plain, suppliers=(sheet,)).waiting.orders] == ["missing", "known"]
    assert {one.tracking for one in listed(plain).waiting.orders} == {"not_told"}


def test_an_order_without_a_ship_by_time_has_no_deadline_and_stands_last() -> None:
    """All Orders tells that an order is unshipped and not until when: neither hours nor a day are made up."""
    every = (
        "amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tsku\tsales-channel\n"
        + "".join(
            f"{order_id(number)}\t{stamp(NOW - 20 * HOUR)}\t{status}\tMerchant\tA-1\tAmazon.com\n"
            for number, status in ((1, "Unshipped"), (2, "Unshipped"), (3, "Shipped"))
        )
    )
    promised = replace(order(2, NOW + HOUR), purchased=NOW - 20 * HOUR)
    found = listed(every, report([promised, CONFIRMED]), complete=False).waiting
    assert [(one.order_id, one.left) for one in found.orders] == [
        (order_id(2), "h4"),
        (order_id(1), "no_deadline"),
    ]
    last = found.orders[-1]
    assert (last.due, last.promised, last.hours_left, last.cancelled_after, last.days_to_cancel) == (
        None,
    ) * 5
    assert found.to_cancel.value == 0


def test_a_list_of_late_orders_says_nothing_of_open_ones() -> None:
    """No figure has a value, so that no empty list passes for good news; beside a list of open orders it has."""
    late = "Order ID,Expected ship date,Ship confirmation date\n" + "".join(
        f"{order_id(number)},2026-10-2{number},2026-10-2{number + 1}\n" for number in range(1, 6)
    )
    plain = report([order(number, NOW - 9 * HOUR, confirmed=NOW - 8 * HOUR) for number in range(1, 6)])
    assert not listed(plain, complete=False).waiting.lists_open
    assert listed(plain, complete=True).waiting.lists_open
    found = listed(late, complete=False)
    assert (found.waiting.lists_open, found.lists_all, found.waiting.orders) == (False, False, ())
    assert {one.orders.value for one in found.waiting.counts} == {None}
    assert (found.waiting.number.value, found.waiting.to_cancel.value) == (None, None)
    unshipped = f"order-id\torder-item-id\tpromise-date\n{order_id(77)}\t1\t2026-11-05T07:59:59+00:00\n"
    beside = listed(late, unshipped, complete=False)
    assert (beside.waiting.lists_open, beside.lists_all, beside.waiting.number.value) == (True, True, 1)


def test_a_list_of_every_order_with_its_state_tells_of_open_ones_without_confirmations() -> None:
    """All Orders has no confirmation times, so there is no rate; which orders are unshipped it says all the same."""
    every = "amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tsku\n" + "".join(
        f"{order_id(number)}\t{stamp(NOW - 20 * HOUR)}\tShipped\tMerchant\tA-1\n" for number in range(1, 4)
    )
    found = listed(every, complete=False)
    assert (found.waiting.lists_open, found.lists_all, found.waiting.number.value) == (True, True, 0)


def test_an_order_of_several_suppliers_is_nobodys_and_each_line_says_whose_it_is() -> None:
    """The supplier is (several), SKUs are those of all lines, and the lines are told apart."""
    due = NOW + HOUR
    lines = [
        order(1, due, supplier="Alder", sku="A-1", item="11"),
        order(1, due, supplier="Birch", sku="B-1", item="12"),
        order(1, due, supplier="", sku="C-1", item="13"),
        order(2, due, supplier="", sku="D-1"),
    ]
    found = listed(report([CONFIRMED, *lines]))
    told = {one.order_id: (one.supplier, one.skus) for one in found.waiting.orders}
    assert told == {
        order_id(1): ("(several)", ("A-1", "B-1", "C-1")),
        order_id(2): ("(not stated)", ("D-1",)),
    }
    assert found.lines == {order_id(1): (("A-1", "Alder"), ("B-1", "Birch"), ("C-1", "(not stated)"))}


def test_a_dispatch_told_as_a_day_stays_a_day() -> None:
    """A bare day gets no time of day that nobody told."""
    sheet = f"order-id,supplier,supplier-dispatch-date\n{order_id(1)},Alder,2026-11-02\n"
    (one,) = listed(report([CONFIRMED, order(1, NOW + HOUR)]), suppliers=(sheet,)).waiting.orders
    assert one.dispatched == "2026-11-02"
