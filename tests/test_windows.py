"""Which day an order belongs to, which days a window holds, and every figure of its rate, on accounts small enough to count by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from made_weeks import MONDAY, ZONE, Made, counting, late

from poa.analysis import windows
from poa.analysis.intervals import wilson
from poa.analysis.rates import (
    Denominator,
    counted,
    lists_late_orders_only,
    rate_of,
    reproduced,
)
from poa.analysis.windows import Window, as_of_day, latest_stamp, local_days, order_days, window
from poa.errors import UsageFault
from poa.facts import Figure, Rows, StatedRate

DAY = date(2026, 10, 26)
ALL = Window(days=None, first=DAY, last=DAY)


def days(*texts):
    return np.array(texts, dtype="datetime64[D]")


def with_columns(made, **columns):
    """The same orders with other marks: what their files say of them."""
    table = made.orders.table.assign(**columns)
    return replace(made, orders=replace(made.orders, table=table))


# --- Windows


def test_a_window_of_n_days_has_n_days():
    """The as-of day is its last, and nothing bounds it but its days."""
    assert window(30, as_of=date(2026, 10, 31)) == Window(
        days=30, first=date(2026, 10, 2), last=date(2026, 10, 31), bounded=False
    )
    assert window(1, as_of=DAY) == Window(days=1, first=DAY, last=DAY)
    assert (window(30, as_of=DAY).key, ALL.key) == ("30", "all")


@pytest.mark.parametrize("year", [1996, 2099])
def test_amazons_years_have_windows(year):
    """Between its opening and the end of the century."""
    assert window(10, as_of=date(year, 6, 1)).last.year == year


@pytest.mark.parametrize("year", [1995, 2100])
def test_other_years_have_none(year):
    """They are slips of the pen."""
    with pytest.raises(UsageFault) as caught:
        window(10, as_of=date(year, 6, 1))
    assert caught.value.code == "bad_as_of"


def test_a_window_holds_its_ends_and_no_order_without_a_day():
    """The day before and the day after lie outside."""
    told = days("2026-10-01", "2026-10-02", "2026-10-31", "2026-11-01", "NaT")
    held = window(30, as_of=date(2026, 10, 31)).holds(told)
    assert held.tolist() == [False, True, True, False, False]


def test_the_whole_file_holds_every_order_unless_it_is_bounded():
    """Also one without a day; a bounded one is a window like any other."""
    told = days("2026-10-25", "2026-10-26", "NaT")
    assert ALL.holds(told).tolist() == [True, True, True]
    assert replace(ALL, bounded=True).holds(told).tolist() == [False, True, False]
    assert Window(days=1, first=DAY, last=DAY).holds(told).tolist() == [False, True, False]


# --- Days


INSTANTS = [
    "2026-10-26T06:59:59",
    "2026-10-26T07:00:00",  # midnight in Los Angeles, seven hours behind
    "2026-11-02T07:59:59",
    "2026-11-02T08:00:00",  # after the change of the clocks, eight
    "1969-12-31T23:59:59",
    None,
]


@pytest.mark.parametrize("zone", [ZONE, "UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"])
@pytest.mark.parametrize("slice_", [1, 2, 1 << 20])
def test_an_instant_has_the_day_of_its_zone(monkeypatch, zone, slice_):
    """Over a change of the clocks, in zones of quarters and halves of hours, and however the instants are sliced."""
    monkeypatch.setattr(windows, "_SLICE", slice_)
    moments = pd.Series(pd.to_datetime(pd.Series(INSTANTS, dtype="object"), utc=True))
    every = [
        np.datetime64("NaT")
        if one is None
        else np.datetime64(datetime.fromisoformat(one).replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date())
        for one in INSTANTS
    ]
    found = local_days(moments, zone=zone)
    assert found.dtype == "datetime64[D]"
    assert str(found.tolist()) == str(np.array(every, dtype="datetime64[D]").tolist())


@pytest.mark.parametrize("minutes", [15, 30, 45, 345, 525, -150, -585])
def test_midnight_of_every_quarter_is_the_first_instant_of_its_day(minutes):
    """An instant before it belongs to the day before."""
    zone = {15: "UTC", 30: "UTC", 45: "UTC", 345: "Asia/Kathmandu", 525: "Australia/Eucla"}.get(
        minutes, "America/St_Johns" if minutes == -150 else "Pacific/Marquesas"
    )
    midnight = pd.Timestamp("2026-06-15", tz=zone)
    moments = pd.Series([midnight.tz_convert("UTC"), midnight.tz_convert("UTC") - pd.Timedelta(seconds=1)])
    assert local_days(moments.astype("datetime64[s, UTC]"), zone=zone).astype(str).tolist() == [
        "2026-06-15",
        "2026-06-14",
    ]


def test_each_basis_takes_its_own_date():
    """Ship-by by default; an order that has none of it has no day."""
    made = counting([Made(confirmed=48, purchased=-48), Made(confirmed=None, purchased=None)]).orders
    assert order_days(made, zone=ZONE).astype(str).tolist() == ["2026-10-26", "2026-10-26"]
    assert order_days(made, zone=ZONE, basis="purchase").astype(str).tolist() == ["2026-10-24", "NaT"]
    assert order_days(made, zone=ZONE, basis="confirm").astype(str).tolist() == ["2026-10-28", "NaT"]


def test_the_as_of_day_is_the_earlier_end():
    """Of the latest ship-by day and the latest day of purchase or confirmation, in the zone."""
    early = counting(
        [Made(confirmed=-30, purchased=-60), Made(due=MONDAY + timedelta(hours=47), confirmed=-72)]
    )
    assert as_of_day(early.orders, zone=ZONE) == date(2026, 10, 25)
    assert latest_stamp(early.orders) == datetime(2026, 10, 26, 6, tzinfo=UTC)
    after = counting([Made(confirmed=30, purchased=-60), Made(confirmed=50)])
    assert as_of_day(after.orders, zone=ZONE) == DAY
    assert as_of_day(after.orders, zone="Asia/Tokyo") == date(2026, 10, 27)


def test_where_nothing_was_confirmed_the_ship_by_day_ends_the_data():
    """It is all that the rows know."""
    due = MONDAY + timedelta(days=2)
    made = counting(
        [Made(confirmed=None, purchased=None), Made(due=due, confirmed=None, purchased=None)]
    ).orders
    assert as_of_day(made, zone=ZONE) == date(2026, 10, 28)
    assert latest_stamp(made) == due
    bought = counting([Made(confirmed=None)]).orders
    assert latest_stamp(bought) == MONDAY - timedelta(hours=25)


# --- The rate of a window


def account():
    """Ten orders due on one day, two of them late, one open past its time; the day after one more, late; one open."""
    nine = [late(), late(), *(Made() for _ in range(7)), Made(confirmed=None)]
    return counting([*nine, late(due=MONDAY + timedelta(hours=30))])


def values(rate):
    """Each figure of a rate by its name."""
    names = ("from_", "to", "orders", "late", "rate", "low", "high", "target", "unconfirmed", "at_least")
    return {name: getattr(rate, name).value for name in names}


def test_every_figure_of_a_rate_is_counted_by_hand():
    """Two of nine confirmed orders are late, three of ten at least if the open one is confirmed."""
    rate = rate_of(account(), window(1, as_of=DAY))
    low, high = wilson(2, 9)
    assert values(rate) == {
        "from_": "2026-10-26",
        "to": "2026-10-26",
        "orders": 9,
        "late": 2,
        "rate": 2 / 9,
        "low": low,
        "high": high,
        "target": 0.04,
        "unconfirmed": 1,
        "at_least": 3 / 10,
    }
    assert (rate.window_days, rate.meets_target, rate.all_late_known, rate.few) == (1, False, True, True)
    assert {name: getattr(rate, name).id for name in values(rate)} == {
        name: f"late_shipment_rate.1.{name.strip('_')}" for name in values(rate)
    }
    assert {name: getattr(rate, name).unit for name in values(rate)} == {
        **dict.fromkeys(("from_", "to"), "day"),
        **dict.fromkeys(("orders", "late", "unconfirmed"), "orders"),
        **dict.fromkeys(("rate", "low", "high", "target", "at_least"), "fraction"),
    }


def test_every_figure_of_a_rate_names_the_rows_behind_it():
    """Late ones, all that count, and those that are open past their time, by the words under which they are found again."""
    rate = rate_of(account(), window(1, as_of=DAY))
    span = "ship-by day from 2026-10-26 to 2026-10-26 (America/Los_Angeles)"
    told = {
        "late": (f"confirmed after the ship-by instant, {span}", 2, ((2, 3),)),
        "orders": (f"confirmed orders, {span}", 9, ((2, 10),)),
        "unconfirmed": (f"not confirmed, past the ship-by instant, {span}", 1, ((11, 11),)),
    }
    for names in (("late", "rate", "low", "high"), ("orders", "from_", "to"), ("unconfirmed", "at_least")):
        for name in names:
            rows = getattr(rate, name).rows
            (lines,) = rows.lines
            assert (rows.rule, rows.orders, lines.ranges) == told[names[0]], name
    assert rate.target.rows.orders == 0


def test_the_whole_file_says_so():
    """Without a span; the order of the day after is in it."""
    rate = rate_of(account(), Window(days=None, first=DAY, last=DAY + timedelta(days=1)))
    assert (rate.orders.value, rate.late.value, rate.window_days) == (10, 3, None)
    assert rate.late.id == "late_shipment_rate.all.late"
    assert rate.late.rows.rule == "confirmed after the ship-by instant, all of the file"
    assert rate.to.value == "2026-10-27"


@pytest.mark.parametrize(("orders", "few"), [(19, True), (20, False), (21, False)])
def test_under_twenty_orders_are_few(orders, few):
    """A percentage of them would mislead."""
    rate = rate_of(counting([Made() for _ in range(orders)]), window(1, as_of=DAY))
    assert (rate.few, rate.meets_target, rate.late.value, rate.rate.value) == (few, True, 0, 0)


def test_exactly_the_target_fails():
    """One of twenty-five is four per cent."""
    for orders, met in ((24, False), (25, False), (26, True)):
        rate = rate_of(counting([late(), *(Made() for _ in range(orders - 1))]), window(1, as_of=DAY))
        assert rate.meets_target is met


def test_without_orders_there_is_no_rate():
    """Nothing is computed from none."""
    rate = rate_of(account(), window(1, as_of=date(2026, 10, 20)))
    assert (rate.orders.value, rate.late.value, rate.few, rate.meets_target) == (0, 0, True, None)
    assert [getattr(rate, name).value for name in ("rate", "low", "high", "at_least")] == [None] * 4


def test_a_list_of_some_orders_takes_its_number_from_what_is_told():
    """The rows are those of the late orders; the number stands under who told it."""
    some = replace(account(), complete=False)
    rate = rate_of(some, window(1, as_of=DAY), told=Denominator(orders=100, told_by="the seller"))
    assert (rate.orders.value, rate.late.value, rate.rate.value, rate.few) == (100, 2, 0.02, False)
    assert (rate.orders.rows.rule, rate.orders.rows.orders) == ("stated: the seller", 100)
    assert rate.meets_target is True
    assert rate.at_least.value == 3 / 101
    bare = rate_of(some, window(1, as_of=DAY))
    assert (bare.orders.value, bare.late.value, bare.rate.value, bare.few) == (None, 2, None, False)
    assert (bare.orders.rows.rule, bare.orders.rows.orders) == ("no file lists every order", 0)
    assert bare.meets_target is None


def test_what_is_told_does_not_touch_a_full_list():
    """The rows know better."""
    rate = rate_of(account(), window(1, as_of=DAY), told=Denominator(orders=100, told_by="the seller"))
    assert rate.orders.value == 9
    assert rate.orders.rows.rule.startswith("confirmed orders, ")


def test_where_not_all_late_orders_are_known_there_is_no_rate():
    """The count of late ones is a least number."""
    rate = rate_of(replace(account(), all_late_known=False), window(1, as_of=DAY))
    assert (rate.late.value, rate.orders.value, rate.rate.value, rate.all_late_known) == (
        2,
        None,
        None,
        False,
    )
    assert rate.few is False


def test_where_no_file_tells_of_confirmations_nothing_is_known_of_late_ones():
    """Neither how many, nor out of how many."""
    silent = with_columns(account(), told=False)
    assert silent.tells is False
    rate = rate_of(silent, window(1, as_of=DAY))
    assert (rate.late.value, rate.orders.value, rate.rate.value) == (None, None, None)
    assert (rate.late.rows.rule, rate.late.rows.orders) == ("no file says when an order was confirmed", 0)
    told = rate_of(
        replace(silent, complete=False), window(1, as_of=DAY), told=Denominator(orders=9, told_by="it")
    )
    assert (told.orders.value, told.orders.rows.orders) == (None, 0)
    assert account().tells is True
    assert with_columns(account(), told=[True, *[False] * 10]).tells is True


# --- Who is counted


def test_what_is_inferred_counts_from_its_day_on():
    """An order that is listed, not open and in no file with confirmations is not late, where a list of late ones stands for them."""
    due = [MONDAY - timedelta(hours=1), *[MONDAY + timedelta(hours=1)] * 5]
    bare = counting([Made(due=one, confirmed=None) for one in due])
    made = with_columns(
        bare,
        listed=[True, True, False, True, True, True],
        told=[False, False, False, True, False, False],
        open=[False, False, False, False, True, False],
        confirmed=[False, False, False, False, False, True],
    )
    assert made.unknown.tolist() == [True, True, False, False, False, True]
    assert made.counted.tolist() == [False, False, False, False, False, True]
    assert made.orders_rule == "confirmed orders"
    since = replace(made, inferred_from=DAY)
    assert since.counted.tolist() == [False, True, False, False, False, True]
    assert "inferred" in since.orders_rule
    assert counted(since, window(30, as_of=DAY), since.days) == (0, 2)


def test_orders_without_a_day_are_told():
    """No window holds them."""
    made = counting([Made(), Made(purchased=None), Made(purchased=None)])
    assert made.without_day == 0
    by = order_days(made.orders, zone=ZONE, basis="purchase")
    assert replace(made, days=by).without_day == 2


def test_late_and_counted_orders_of_a_window_are_its_own():
    """By whatever days are given."""
    made = account()
    assert counted(made, window(1, as_of=DAY), made.days) == (2, 9)
    assert counted(made, window(2, as_of=DAY + timedelta(days=1)), made.days) == (3, 10)
    assert counted(made, window(1, as_of=DAY + timedelta(days=1)), made.days) == (1, 1)


@pytest.mark.parametrize(
    ("lates", "others", "only"),
    [(0, 0, False), (1, 0, True), (1, 1, False), (2, 1, True), (2, 2, False), (3, 2, True), (2, 3, False)],
)
def test_more_than_half_late_is_a_list_of_late_orders(lates, others, only):
    """Exactly half is not."""
    made = counting([*(late() for _ in range(lates)), *(Made() for _ in range(others)), Made(confirmed=None)])
    assert lists_late_orders_only(made, window(1, as_of=DAY)) is only


def test_a_list_whose_every_order_is_late_is_one_wherever_the_window_lies():
    """A window without orders says nothing; all of the file does."""
    elsewhere = window(1, as_of=date(2026, 10, 1))
    assert lists_late_orders_only(counting([late(), late()]), elsewhere) is True
    assert lists_late_orders_only(counting([late(), Made(confirmed=None)]), elsewhere) is True
    assert lists_late_orders_only(counting([late(), Made()]), elsewhere) is False
    assert lists_late_orders_only(counting([Made(), Made()]), elsewhere) is False
    around = counting(
        [late(), late(), Made(due=MONDAY + timedelta(days=9)), *[Made(due=MONDAY + timedelta(days=9))] * 3]
    )
    assert lists_late_orders_only(around, elsewhere) is False


# --- What Amazon states


def stated(late_, orders, *, first="2026-10-26", last="2026-10-26"):
    def figure(name, value, unit="orders"):
        return Figure(id=name, value=value, unit=unit, rows=Rows(rule="", orders=0))

    return StatedRate(
        window_days=1,
        from_=figure("from", first, "day"),
        to=figure("to", last, "day"),
        orders=figure("orders", orders),
        late=figure("late", late_),
        status="",
        reproduced_by=("before",),
    )


def by(made, one):
    return tuple(str(word) for word in reproduced(made, one).reproduced_by)


def test_the_basis_that_gives_amazons_count_is_named():
    """Both numbers are compared; several bases may give the same, or none."""
    made = counting([late(confirmed=24), Made(purchased=-10), Made()])
    assert by(made, stated(1, 3)) == ("ship-by",)
    assert by(made, stated(0, 2)) == ("confirm",)
    assert by(made, stated(0, 1)) == ("purchase",)
    assert by(made, stated(1, 2)) == ()
    assert by(made, stated(1, 3, first="2026-10-20", last="2026-10-30")) == ("ship-by", "purchase", "confirm")
    assert reproduced(made, stated(1, 3)).late.value == 1


def test_late_orders_alone_are_compared_where_nobody_lists_the_others():
    """Or where Amazon does not say how many there were."""
    made = counting([late(confirmed=24), Made(purchased=-10), Made()])
    assert by(replace(made, complete=False), stated(1, 99)) == ("ship-by",)
    assert by(replace(made, complete=False), stated(0, 99)) == ("purchase", "confirm")
    assert by(made, stated(1, None)) == ("ship-by",)
    assert by(replace(made, complete=False), stated(2, None)) == ()
