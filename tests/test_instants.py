"""Dates: every form we read, what proves its order, and what a zone makes of it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import order_id, problems, summary, text_of

from poa.errors import InputFault
from poa.reports.day_order import UnsettledDatesError
from poa.reports.instants import read_instants

US, JP, DE = "America/Los_Angeles", "Asia/Tokyo", "Europe/Berlin"
FORCE_SLOW = "1 Jan 2026"  # beside this value no column is all ISO


def read(*values, zone=US, deadline=False, date_format=None):
    return read_instants(
        pa.chunked_array([values], type=pa.string()), zone=zone, deadline=deadline, date_format=date_format
    )


def one(value, **options):
    """One value as it is read alone, in UTC, or None where it is no date."""
    found = read(value, **options)
    return None if found.bad[0] or found.blank[0] else str(found.seconds[0])


def report(*dates, header=("order-id", "ship-by-date", "ship-confirm-date")):
    return text_of([[order_id(at), *pair] for at, pair in enumerate(dates, 1)], header=header)


NAMED = [
    ("2026-10-31T23:59:59Z", "2026-10-31T23:59:59"),
    ("2026-10-31 23:59:59 UTC", "2026-10-31T23:59:59"),
    ("2026-10-31 23:59 GMT", "2026-10-31T23:59:00"),
    ("2026-10-31T23:59:59+00:00", "2026-10-31T23:59:59"),
    ("2026-10-31T23:59:59-0700", "2026-11-01T06:59:59"),
    ("2026-10-31T23:59:59-07", "2026-11-01T06:59:59"),
    ("2026-10-31T23:59:59.250+05:30", "2026-10-31T18:29:59"),
    ("2026-10-31 23:59:59 GMT+08:00", "2026-10-31T15:59:59"),
    ("2026-10-31 16:59:59 PDT", "2026-10-31T23:59:59"),
    ("2026-10-31 15:59:59 PST", "2026-10-31T23:59:59"),
    ("2026-11-01 08:59:59 JST", "2026-10-31T23:59:59"),
    ("2026-07-31 23:59:59 CEST", "2026-07-31T21:59:59"),
    ("2026-12-31 23:59:59 CET", "2026-12-31T22:59:59"),
]
LOCAL = [
    ("2026-10-31 16:59", "2026-10-31T23:59:00"),
    ("2026-10-31T16:59:58", "2026-10-31T23:59:58"),
    ("2026/10/31 4:59 PM", "2026-10-31T23:59:00"),
    ("2026.10.31 16:59", "2026-10-31T23:59:00"),
    ("2026-12-31 16:59", "2027-01-01T00:59:00"),
    ("10/31/2026, 4:59:58 PM", "2026-10-31T23:59:58"),
    ("31.10.2026 16:59", "2026-10-31T23:59:00"),
    ("31/10/2026 16:59", "2026-10-31T23:59:00"),
    ("10/31/26 16:59", "2026-10-31T23:59:00"),
    ("31.10.26 16:59", "2026-10-31T23:59:00"),
    ("31-Oct-2026 16:59", "2026-10-31T23:59:00"),
    ("31-Oct-26 16:59", "2026-10-31T23:59:00"),
    ("31 October 2026 16:59", "2026-10-31T23:59:00"),
    ("Oct 31, 2026 4:59 p.m.", "2026-10-31T23:59:00"),
    ("Sept. 30, 2026 4:59 PM", "2026-09-30T23:59:00"),
    ("October 31 2026 16:59", "2026-10-31T23:59:00"),
    ("2026年10月31日 16:59", "2026-10-31T23:59:00"),
    ("Oct 31, 2026 12:00 AM", "2026-10-31T07:00:00"),
    ("Oct 31, 2026 12:00 PM", "2026-10-31T19:00:00"),
    (" 2026-10-31 16:59 ", "2026-10-31T23:59:00"),
]


@pytest.mark.parametrize(("value", "utc"), NAMED)
def test_an_offset_in_the_value_wins(value, utc):
    """A time that states its offset is that instant, in whatever zone the store lies."""
    assert {one(value, zone=zone) for zone in (US, JP, DE)} == {utc}


@pytest.mark.parametrize(("value", "utc"), LOCAL)
def test_a_time_without_an_offset_is_of_the_stores_zone(value, utc):
    """Each form of a time without an offset is read as the wall clock of the zone."""
    assert one(value) == utc
    assert read(value).local


@pytest.mark.parametrize(("value", "utc"), [*NAMED, *LOCAL])
def test_one_value_reads_alike_alone_and_beside_others(value, utc):
    """A value means the same on the fast road, where all are ISO, and beside another form."""
    day, month = ("31", "10") if value.strip()[:2] == "31" else ("10", "31")
    others = [FORCE_SLOW] if "/" not in value else [FORCE_SLOW, f"{day}/{month}/2026"]
    assert str(read(value, *others).seconds[0]) == utc


@pytest.mark.parametrize(
    "value",
    [
        *(
            "2026-02-29",
            "2026-13-01",
            "0000-01-01",
            "2026-10-31T24:00:00",
            "31/12/1999 24:00",
            "2026-10-31 23:60",
        ),
        *(
            "2026-10-31 13:00 PM",
            "2026-10-31 0:30 AM",
            "31-Foo-2026",
            "46326",
            "46326.99",
            "########",
            "NA",
            "-1",
        ),
        *("2026-10-31T10:00+99:99", "2026-10-31T10:00:00+24:00", "2026-10-31T10:00-05:60", "2026-10-31T23Z"),
        *(
            "2026-10-31Z",
            "20261031",
            "10:00",
            "2026-10",
            "Jane Roe",
            "2026-10-31T10:00:00Z extra",
            '="2026-10-31"',
        ),
    ],
)
def test_what_is_no_date_is_bad_and_never_blank(value):
    """A value that is no date is marked as such: on the fast road and beside other forms."""
    for found in (read(value), read(value, FORCE_SLOW), read(value, "2026-10-31T10:00:00Z")):
        assert found.bad[0]
        assert not found.blank[0]
        assert np.isnat(found.seconds[0])


@pytest.mark.parametrize("zone", ["CST", "EST", "IST", "BST", "EDT", "MEZ", "XXX"])
def test_a_zone_that_means_several_things_is_not_guessed(zone):
    """CST is an hour in America and another in China, so a time with it is no instant."""
    assert one(f"2026-10-31 16:59 {zone}") is None


def test_blank_is_blank():
    """Empty and white cells are blank, neither bad nor a date."""
    for found in (read("", " ", "2026-10-31T10:00:00Z"), read("", " ", FORCE_SLOW)):
        assert found.blank.tolist() == [True, True, False]
        assert not found.bad.any()
        assert np.isnat(found.seconds[:2]).all()
    assert read("", "").blank.all()


def test_a_bare_day_ends_as_a_deadline_and_begins_as_a_moment():
    """A day without a time ends at 23:59:59 of the zone as a deadline, and begins at 00:00 otherwise."""
    for zone, begin, end in (
        (US, "2026-10-31T07:00:00", "2026-11-01T06:59:59"),
        (JP, "2026-10-30T15:00:00", "2026-10-31T14:59:59"),
        (DE, "2026-10-30T23:00:00", "2026-10-31T22:59:59"),
    ):
        for value in ("2026-10-31", "31 Oct 2026", "10/31/2026", "2026年10月31日"):
            assert (one(value, zone=zone), one(value, zone=zone, deadline=True)) == (begin, end)
            assert read(value, zone=zone).day_only[0]
    assert one("2026-10-31 00:00", deadline=True) == "2026-10-31T07:00:00"


@settings(max_examples=often(150))
@given(
    st.datetimes(datetime(1995, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001 - a wall clock
    st.sampled_from([US, JP, DE, "UTC", "Asia/Kolkata"]),
    st.booleans(),
)
def test_wall_clocks_are_those_of_the_zone(wall, zone, slow):
    """A time without an offset is the instant that the zone's own rules give, the first where it repeats."""
    wall = wall.replace(microsecond=0)
    there = wall.replace(tzinfo=ZoneInfo(zone))
    exists = there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall
    found = read(wall.strftime("%Y-%m-%d %H:%M:%S"), *[FORCE_SLOW] * slow, zone=zone)
    if exists:
        assert found.seconds[0] == np.datetime64(there.astimezone(UTC).replace(tzinfo=None), "s")


# --- Clock changes


@pytest.mark.parametrize(
    ("zone", "value", "utc"),
    [(US, "2026-11-01 01:30:00", "2026-11-01T08:30:00"), (DE, "2026-10-25 02:30:00", "2026-10-25T00:30:00")],
)
@pytest.mark.parametrize("others", [(), (FORCE_SLOW,)])
def test_the_hour_that_repeats_is_the_first_and_is_counted(zone, value, utc, others):
    """A time that a clock change shows twice is taken as the first of the two, and each one is counted."""
    found = read(value, value, "2026-11-01 12:00:00", *others, zone=zone)
    assert str(found.seconds[0]) == utc
    assert found.repeated == 2


@pytest.mark.parametrize("others", [(), (FORCE_SLOW,)])
def test_the_hour_that_is_skipped_becomes_the_next_moment(others):
    """A time that no clock showed is the moment of the change."""
    found = read("2026-03-08 02:30:00", *others)
    assert str(found.seconds[0]) == "2026-03-08T10:00:00"
    assert found.repeated == 0


def test_a_repeated_hour_is_told_as_an_assumption():
    """Each column with times in the repeated hour says how many, and how they were taken."""
    found = summary(
        report(("2026-11-01 23:00", "2026-11-01 01:30"), ("2026-11-01 23:00", "2026-11-01 01:40"))
    )
    assert any(
        "2 times of ship-confirm-date fall into the hour" in words for words in found["source"]["assumptions"]
    )


@pytest.mark.parametrize(
    ("day", "deadline", "refused"),
    [
        ("2026-10-12", "2026-10-12T23:59:59-07:00", False),
        ("2026-10-12", "2026-10-12T23:59:58-07:00", True),
        ("2026-10-12", "2026-10-12T00:00:00-07:00", True),
        ("2026-10-12", "2026-10-11T23:59:59-07:00", False),
        ("2026-03-08", "2026-03-08T23:59:59-07:00", False),
        ("2026-11-01", "2026-11-01T23:59:59-08:00", False),
        ("2026-11-01", "2026-11-01T23:30:00-08:00", True),
    ],
)
def test_a_bare_confirmation_proves_nothing_against_a_deadline_within_that_day(day, deadline, refused):
    """Whether such a row is late cannot be known, so it is refused; the day may have 23, 24 or 25 hours."""
    found = summary(report((deadline, day), ("2026-10-12T23:59:59Z", "2026-10-01")))
    assert problems(found) == ({(2, "late_or_not")} if refused else set())
    late = found["late_shipment_rate"][2]["late"]
    assert late == (deadline.startswith("2026-10-11"))


# --- Which number is the day?


@pytest.mark.parametrize(
    ("values", "first"),
    [
        (("03/04/2026", "13/04/2026"), "2026-04-03"),
        (("03/04/2026", "04/13/2026"), "2026-03-04"),
        (("03.04.2026",), "2026-04-03"),
        (("03-04-2026", "03-31-2026"), "2026-03-04"),
        (("05/05/2026",), "2026-05-05"),
        (("05/05/2026", "2026-01-13"), "2026-05-05"),
    ],
)
def test_the_column_proves_which_number_is_the_day(values, first):
    """One row that can only be read one way settles its whole column."""
    assert str(read(*values, zone="UTC").seconds[0])[:10] == first


@pytest.mark.parametrize(
    "values",
    [
        ("03/04/2026",),
        ("03/04/2026", "05/05/2026"),
        ("13/04/2026", "04/13/2026"),
        ("03.04.2026", "04/13/2026"),
        ("26-10-31",),
        ("26/10/30", "26/10/31"),
        ("31/10/26",),
    ],
)
def test_a_column_that_proves_nothing_is_not_guessed(values):
    """Where two readings fit, or two rows contradict each other, the column is refused with both."""
    with pytest.raises(UnsettledDatesError) as fault:
        read(*values)
    assert values[0] in str(fault.value) or values[-1] in str(fault.value)


def test_a_year_of_two_digits_is_the_number_that_repeats():
    """Of days over a month the year repeats and the day does not; that settles 31/10/26."""
    days = [f"{day:02d}/10/26" for day in range(10, 20)]
    assert str(read(*days, zone="UTC").seconds[0]) == "2026-10-10T00:00:00"


def test_ambiguous_dates_name_file_column_and_way_out():
    """The fault of a file names the column and a line for a mapping file, and that line settles it."""
    text = report(("03/04/2026", "04/04/2026"))
    with pytest.raises(InputFault) as fault:
        summary(text)
    assert (fault.value.code, fault.value.file, fault.value.column) == (
        "ambiguous_dates",
        "report.csv",
        "ship-by-date",
    )
    assert "date_format" in fault.value.hint
    for date_format, day in (("%m/%d/%Y", "2026-03-04"), ("%d/%m/%Y", "2026-04-03")):
        found = summary(text, mapping=f'date_format = "{date_format}"\n')
        assert found["late_shipment_rate"][2]["from"] == day


@pytest.mark.parametrize(
    ("date_format", "value", "deadline", "utc"),
    [
        ("%d/%m/%Y", "03/04/2026", False, "2026-04-03T07:00:00"),
        ("%d/%m/%Y", "03/04/2026", True, "2026-04-04T06:59:59"),
        ("%m/%d/%Y %H:%M", "03/04/2026 16:00", True, "2026-03-05T00:00:00"),
        ("%Y%m%d", "20261031", True, "2026-11-01T06:59:59"),
        ("%Y-%m-%dT%H:%M:%S%z", "2026-10-31T10:00:00+0900", False, "2026-10-31T01:00:00"),
        ("%y/%m/%d", "26/10/31", False, "2026-10-31T07:00:00"),
        ("%d/%m/%Y", "2026-04-03", False, None),
        ("%d/%m/%Y", "31/02/2026", False, None),
    ],
)
def test_a_stated_format_is_the_only_one(date_format, value, deadline, utc):
    """The user's format is used and nothing else: another form is no date then."""
    assert one(value, date_format=date_format, deadline=deadline) == utc


# --- Years


@pytest.mark.every_third
@pytest.mark.parametrize(
    "value",
    [
        "0001-01-01",
        "0001-01-01T00:00:00Z",
        "1994-12-30",
        "2100-01-02",
        "9999-12-31",
        "9999-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
    ],
)
@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("beside", ["2026-10-12", "2026-10-12T10:00:00Z"])
def test_a_year_without_amazon_is_refused_by_row(value, place, beside):
    """A date before 1995 or after 2100 refuses its row, in any form and column, and moves no window."""
    pair = [beside, beside]
    pair[place] = value
    for store in ("US", "JP"):
        found = summary(report(pair, (beside, beside)), marketplace=store)
        assert problems(found) == {(2, "bad_date")}
        assert found["as_of"] == "2026-10-12"


def test_a_report_of_nothing_but_impossible_years_is_a_sentence():
    """Where no year can be, the run ends with the first row's reason."""
    with pytest.raises(InputFault) as fault:
        summary(report(("0001-01-01", "0001-01-01")))
    assert (fault.value.code, fault.value.line) == ("no_usable_row", 2)


@settings(max_examples=often(300))
@given(st.lists(st.text("0123456789-/.:TZ +aApPmMjJn年月日,", max_size=20), min_size=1, max_size=4))
def test_no_text_is_too_odd_to_judge(values):
    """Any cells give dates, blanks and bad ones, one of the three each, or an unsettled column."""
    try:
        found = read(*values, deadline=True)
    except UnsettledDatesError:
        return
    dates = ~np.isnat(found.seconds)
    assert (dates.astype(int) + found.blank + found.bad == 1).all()


def test_a_deadline_day_is_met_by_any_moment_of_it():
    """Over a whole year, 23:59:59 of the day is on time and the next second is late, in three zones."""
    for store, zone in (("US", US), ("JP", JP), ("DE", DE)):
        clock = ZoneInfo(zone)
        days = [datetime(2026, 1, 1, tzinfo=clock).date() + timedelta(days=at) for at in range(0, 365, 3)]
        ends = [
            datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=clock).astimezone(UTC) for day in days
        ]
        rows = [
            (day.isoformat(), (end + timedelta(seconds=late)).strftime("%Y-%m-%dT%H:%M:%SZ"))
            for day, end in zip(days, ends, strict=True)
            for late in (0, 1)
        ]
        assert summary(report(*rows), marketplace=store)["late_shipment_rate"][2]["late"] == len(days)
