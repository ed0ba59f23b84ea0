"""How an account is counted: by which day, in which windows, until which day, against which number of orders."""

from datetime import UTC, date, datetime, timedelta

import made_files as made
import pytest
from test_joining import DAY, HOUR, LATE, ORDERS, performance

from poa.account.counted import counted
from poa.account.joined import join
from poa.errors import UsageFault

LAST = date(2026, 10, 25)  # on which the last order was due


def of(files, **options):
    one = made.account(files, **options)
    return counted(one, join(one, tell=lambda _: None))


def test_the_windows_end_on_the_last_day_of_the_rows():
    """By the ship-by day, thirty days and ten."""
    found = of({"own": made.plain(ORDERS)})
    assert found.as_of == LAST
    assert [(one.days, one.last) for one in found.windows] == [(30, LAST), (10, LAST)]
    assert found.counting.by == "ship-by"
    assert found.counting.complete is True
    assert found.counting.inferred_from is None
    assert found.counting.zone == "America/Los_Angeles"
    assert found.now == max(order.confirmed for order in ORDERS).astimezone(UTC)
    assert (found.told, found.stated) == ({}, ())


def test_a_day_and_a_moment_that_are_given_count():
    """Also a basis."""
    now = datetime(2026, 10, 24, 12, tzinfo=UTC)
    found = of({"own": made.plain(ORDERS)}, as_of=LAST - DAY, now=now, window_by="confirm")
    assert (found.as_of, found.now, found.counting.by) == (LAST - DAY, now, "confirm")
    assert found.windows[0].last == LAST - DAY


@pytest.mark.parametrize(("away", "far"), [(-49, False), (-50, True), (30, False), (31, True)])
def test_a_day_far_from_the_rows_is_a_slip_of_the_pen(away, far):
    """A window before the first day or behind the last one."""
    first = LAST - timedelta(days=19)
    assert min(order.due for order in ORDERS).date() - timedelta(days=1) == first
    files = {"own": made.plain(ORDERS)}
    if far:
        with pytest.raises(UsageFault) as caught:
            of(files, as_of=LAST + timedelta(days=away))
        assert caught.value.code == "as_of_outside"
    else:
        assert of(files, as_of=LAST + timedelta(days=away)).as_of == LAST + timedelta(days=away)


def test_a_list_of_late_orders_beside_all_orders_ends_with_its_last_confirmation():
    """From the first day of the longest window on, the others count as not late."""
    late = [order for order in LATE if order.number != 20]
    found = of({"late": made.late_list(late), "every": made.orders_report(ORDERS)})
    last = max(order.confirmed for order in late).astimezone(made.ZoneInfo("America/Los_Angeles")).date()
    assert last < LAST
    assert found.as_of == last
    assert found.counting.inferred_from == found.windows[0].first == last - timedelta(days=29)
    assert found.completeness.inferred is True
    later = [*late, *(order for order in LATE if order.number == 20)]
    assert of({"late": made.late_list(later), "every": made.orders_report(ORDERS)}).as_of == LAST


def test_amazons_last_day_is_ours():
    """Of a report that states how many orders there were; another metric is no rate of late shipments."""
    files = {"late": made.late_list(LATE), "v2.json": performance(last="2026-10-24", first="2026-09-25")}
    found = of(files)
    assert found.as_of == date(2026, 10, 24)
    assert {days: one.orders for days, one in found.told.items()} == {30: 400}
    assert [one.window_days for one in found.stated] == [30]
    assert of(files, as_of=LAST).as_of == LAST


def test_what_is_open_is_judged_at_the_moment():
    """Past its time then, and not before."""
    waiting = [made.replace(ORDERS[0], number=99, confirmed=None)]
    files = {"own": made.plain([*ORDERS, *waiting])}
    assert of(files).counting.overdue.sum() == 1
    assert of(files, now=waiting[0].due).counting.overdue.sum() == 0
    assert of(files, now=waiting[0].due + HOUR).counting.overdue.sum() == 1


def test_a_basis_without_days_is_refused():
    """No order would belong to a window."""
    bare = [made.replace(order, confirmed=None) for order in ORDERS]
    with pytest.raises(UsageFault) as caught:
        of({"own": made.plain(bare)}, window_by="confirm")
    assert caught.value.code == "no_window_day"


def test_a_list_of_late_orders_alone_is_not_complete():
    """Unless somebody says how many there were."""
    found = of({"late": made.late_list(LATE)})
    assert (found.counting.complete, found.completeness.complete) == (False, False)
    told = of({"late": made.late_list(LATE)}, orders=100, orders_10=40)
    assert {days: one.orders for days, one in told.told.items()} == {30: 100, 10: 40}
