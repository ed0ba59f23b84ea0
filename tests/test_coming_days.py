"""The days to mind: holidays at origin and store, and the weekends that China works, as the State Council announced them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa.analysis.closed_days import holidays_of
from poa.analysis.coming_days import coming, worked_weekends
from poa.policy import origin_of

CHINA = origin_of("CN")
# Announced on 4 November 2025 for 2026.
WORKED_2026 = {
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
}
AFTER = st.dates(date(2018, 1, 1), date(2028, 12, 31))
STORES = st.sampled_from(["US", "DE", "JP", "GB", "CN"])
ORIGINS = st.sampled_from(["CN", "VN", "TW", "JP", "US"]).map(origin_of)


def spans(found):
    return [(one.where, one.first, one.last, one.worked) for one in found.days]


def test_golden_week_is_two_spans_between_two_worked_weekend_days():
    """4 October 2026 is a Sunday and no holiday of its own, so the week has two spans."""
    found = coming(origin=CHINA, store="JP", after=date(2026, 9, 19))
    assert (found.first, found.last) == (date(2026, 9, 20), date(2026, 10, 10))
    assert (found.origin, found.store) == ("China", "JP")
    assert spans(found) == [
        ("origin", date(2026, 9, 20), date(2026, 9, 20), True),
        ("store", date(2026, 9, 21), date(2026, 9, 23), False),
        ("origin", date(2026, 9, 25), date(2026, 9, 25), False),
        ("origin", date(2026, 10, 1), date(2026, 10, 3), False),
        ("origin", date(2026, 10, 5), date(2026, 10, 7), False),
        ("origin", date(2026, 10, 10), date(2026, 10, 10), True),
    ]
    golden = found.days[3]
    assert (golden.country, golden.names, golden.provisional) == ("CN", ("National Day",), False)


def test_the_weekends_worked_in_2026_are_those_announced():
    assert worked_weekends("CN", date(2026, 1, 1), date(2026, 12, 31)) == WORKED_2026


@pytest.mark.parametrize("year", range(2018, 2027))
def test_worked_weekends_and_days_off_are_those_of_another_package(year):
    """chinesecalendar is typed in by others from the same announcements: both agree on every weekday off and weekend worked."""
    constants = pytest.importorskip("chinese_calendar.constants")
    first, last = date(year, 1, 1), date(year, 12, 31)
    assert worked_weekends("CN", first, last) == {day for day in constants.workdays if day.year == year}
    off = {day for day, _, _ in holidays_of("CN", first, last) if day.weekday() < 5}
    assert off == {day for day in constants.holidays if day.year == year and day.weekday() < 5}


def test_a_year_that_is_not_announced_is_provisional_and_has_no_worked_weekend():
    found = coming(origin=CHINA, store="US", after=date(2027, 1, 25))
    spring = found.days[0]
    assert (spring.first, spring.country, spring.provisional) == (date(2027, 2, 5), "CN", True)
    assert [one.provisional for one in found.days if one.where == "store"] == [False]
    assert not any(one.worked for one in found.days)


def test_days_in_a_row_are_apart_where_one_is_announced_and_the_other_not(monkeypatch):
    """What is provisional is said of the days that are, and of no other."""
    days = [
        (date(2026, 12, 31), "Eve", False),
        (date(2027, 1, 1), "New Year", True),
        (date(2027, 1, 2), "Day off", True),
    ]
    monkeypatch.setattr(
        "poa.analysis.coming_days.holidays_of", lambda country, *_: days if country == "CN" else []
    )
    found = coming(origin=CHINA, store="US", after=date(2026, 12, 20))
    assert [(one.first, one.last, one.names, one.provisional) for one in found.days] == [
        (date(2026, 12, 31), date(2026, 12, 31), ("Eve",), False),
        (date(2027, 1, 1), date(2027, 1, 2), ("New Year", "Day off"), True),
    ]


def test_nobody_said_where_goods_come_from():
    found = coming(origin=None, store="US", after=date(2026, 11, 22))
    assert found.origin is None
    assert [(one.where, one.first, one.names) for one in found.days] == [
        ("store", date(2026, 11, 26), ("Thanksgiving Day",))
    ]


def test_the_stores_own_country_stands_once():
    found = coming(origin=origin_of("US"), store="US", after=date(2026, 11, 22))
    assert [(one.where, one.first) for one in found.days] == [("origin", date(2026, 11, 26))]


def test_the_store_has_no_worked_weekends():
    """What China makes up for matters where goods come from, and not where they go to."""
    found = coming(origin=origin_of("VN"), store="CN", after=date(2026, 9, 13), days=30)
    assert any(one.country == "CN" for one in found.days)
    assert not any(one.worked for one in found.days)


def test_no_days_are_no_holidays():
    found = coming(origin=CHINA, store="DE", after=date(2026, 9, 30), days=0)
    assert found.days == ()


@given(ORIGINS, STORES, AFTER)
def test_every_holiday_stands_in_one_span_and_no_other_day_does(origin, store, after):
    """The spans of a place hold exactly its holidays; they are in order, and no two of one kind touch."""
    found = coming(origin=origin, store=store, after=after)
    assert [one.first for one in found.days] == sorted(one.first for one in found.days)
    for where, country in (("origin", origin.code), ("store", store)):
        own = [one for one in found.days if one.where == where and not one.worked]
        days = [
            one.first + timedelta(days=at) for one in own for at in range((one.last - one.first).days + 1)
        ]
        expected = {day for day, _, _ in holidays_of(country, found.first, found.last)}
        assert days == sorted(set() if where == "store" and store == origin.code else expected)
        assert all(
            later.first - one.last > timedelta(days=1) or later.provisional != one.provisional
            for one, later in pairwise(own)
        )


@given(AFTER)
def test_a_worked_day_is_a_weekend_day_and_no_holiday(after):
    found = coming(origin=CHINA, store="US", after=after, days=60)
    closed = {day for day, _, _ in holidays_of("CN", found.first, found.last)}
    for one in found.days:
        if one.worked:
            assert one.first.weekday() >= 5
            assert one.last.weekday() >= 5
            assert (one.where, one.names) == ("origin", ())
            assert one.first not in closed


@given(AFTER, st.integers(1, 20))
def test_a_longer_look_ahead_tells_the_same_of_the_days_of_a_shorter_one(after, days):
    """Only a span that runs on over the end may grow."""
    shorter = coming(origin=CHINA, store="US", after=after, days=days)
    longer = coming(origin=CHINA, store="US", after=after, days=21)
    whole = [one for one in shorter.days if one.last < shorter.last]
    assert [one for one in longer.days if one in whole] == whole
