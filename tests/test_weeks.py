"""Weeks have the names of ISO 8601 and end when their Sunday ends where the store is."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa.analysis.weeks import cut_off, iso_week, week_of, week_window, weeks_between
from poa.analysis.windows import Window
from poa.errors import UsageFault

DAYS = st.dates(date(1997, 1, 1), date(2098, 12, 20))
ZONES = st.sampled_from(
    ["America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo", "Australia/Sydney", "America/Sao_Paulo", "UTC"]
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 10, 26), "2026-W44"),  # a Monday
        (date(2026, 11, 1), "2026-W44"),  # its Sunday
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2021, 1, 3), "2020-W53"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2023, 1, 1), "2022-W52"),
    ],
)
def test_a_week_belongs_to_the_year_of_its_thursday(day, name):
    assert iso_week(day) == name
    assert (week_of(day).first + timedelta(days=3)).year == int(name[:4])


@given(DAYS)
def test_the_week_of_a_name_holds_the_day_from_monday_to_sunday(day):
    week = week_window(iso_week(day))
    assert week == week_of(day)
    assert week.first <= day <= week.last
    assert (week.first.weekday(), week.last.weekday(), week.days) == (0, 6, 7)


@given(DAYS, DAYS)
def test_weeks_have_one_name_each_and_names_sort_as_days_do(one, other):
    assert (week_of(one) == week_of(other)) == (iso_week(one) == iso_week(other))
    assert (week_of(one).first < week_of(other).first) == (iso_week(one) < iso_week(other))


@pytest.mark.parametrize("text", ["2026-W44", "2026-w44", " 2026-W44\n"])
def test_a_week_is_read_in_either_case_and_between_spaces(text):
    assert week_window(text).first == date(2026, 10, 26)


@pytest.mark.parametrize("text", ["1996-W01", "1996-W30", "2098-W30"])
def test_amazons_years_have_weeks(text):
    """From the year after its opening until the day after the last week can still be told."""
    assert iso_week(week_window(text).first) == text


@pytest.mark.parametrize(
    "text",
    [
        *("1995-W01", "1995-W30", "2099-W30", "2100-W02"),
        *("2026-W54", "2025-W53", "2026-W00", "44", "W44", "2026-44", "2026W44", "2026-W4", "2026-W444", ""),
        *("2026-10-26", "２０２６-W44", "9999-W01", "9999-W52", "0001-W01", "1890-W10", "2026-W-1", "this"),
    ],
)
def test_what_is_no_week_is_a_sentence(text):
    """Nonsense, a week 53 of a year without one, and years in which nobody sold, are told with the way out."""
    with pytest.raises(UsageFault) as caught:
        week_window(text)
    assert caught.value.code == "bad_week"
    assert repr(text) in caught.value.message
    assert "2026-W44" in caught.value.hint


def test_2026_has_a_week_53():
    assert (week_window("2026-W53").first, week_window("2026-W53").last) == (
        date(2026, 12, 28),
        date(2027, 1, 3),
    )


@pytest.mark.parametrize(
    ("week", "zone", "end"),
    [
        ("2026-W44", "America/Los_Angeles", "2026-11-02T00:00:00-08:00"),  # 1 November has 25 hours
        ("2026-W10", "America/Los_Angeles", "2026-03-09T00:00:00-07:00"),  # 8 March has 23
        ("2026-W43", "Europe/Berlin", "2026-10-26T00:00:00+01:00"),
        ("2026-W44", "Asia/Tokyo", "2026-11-02T00:00:00+09:00"),
        ("2026-W53", "Europe/London", "2027-01-04T00:00:00+00:00"),
    ],
)
def test_a_week_ends_with_its_sunday_in_the_zone(week, zone, end):
    assert cut_off(week_window(week), zone).isoformat() == end


@pytest.mark.parametrize(("week", "hours"), [("2026-W44", 169), ("2026-W10", 167), ("2026-W11", 168)])
def test_a_week_in_which_the_clocks_change_is_an_hour_longer_or_shorter(week, hours):
    window = week_window(week)
    before = week_of(window.first - timedelta(days=1))
    length = cut_off(window, "America/Los_Angeles").astimezone(UTC) - cut_off(
        before, "America/Los_Angeles"
    ).astimezone(UTC)
    assert length == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("last", "zone", "end"),
    [
        (date(2018, 11, 3), "America/Sao_Paulo", "2018-11-04T01:00:00-02:00"),  # there is no midnight
        (date(2026, 10, 31), "America/Havana", "2026-11-01T00:00:00-04:00"),  # midnight comes twice
    ],
)
def test_a_day_ends_once_where_midnight_is_skipped_or_repeated(last, zone, end):
    assert cut_off(Window(days=1, first=last, last=last), zone).isoformat() == end


@given(DAYS, ZONES)
def test_the_instant_before_the_cut_off_is_the_last_of_the_week(day, zone):
    week = week_of(day)
    end = cut_off(week, zone)
    before = (end.astimezone(UTC) - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
    assert (before.date(), end.date()) == (week.last, week.last + timedelta(days=1))


@given(DAYS, st.integers(0, 800))
def test_weeks_between_two_days_follow_each_other_and_hold_both(first, more):
    last = first + timedelta(days=more)
    weeks = weeks_between(first, last)
    assert weeks[0] == week_of(first)
    assert weeks[-1] == week_of(last)
    assert all(later.first - one.last == timedelta(days=1) for one, later in pairwise(weeks))


def test_no_week_lies_between_days_that_are_turned_round():
    assert weeks_between(date(2026, 11, 2), date(2026, 11, 1)) == ()
    assert len(weeks_between(date(2026, 11, 1), date(2026, 11, 2))) == 2


def test_the_cut_off_of_a_week_is_where_the_next_one_begins():
    zone = ZoneInfo("Europe/Berlin")
    week, following = weeks_between(date(2026, 10, 19), date(2026, 10, 26))
    assert cut_off(week, zone.key) == datetime(
        following.first.year, following.first.month, following.first.day, tzinfo=zone
    )
