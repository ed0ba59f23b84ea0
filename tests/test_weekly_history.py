"""A history that was kept week by week, one told at once and one that was lost say the same; what changed is said."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_year import (
    account_of,
    csv_of,
    end_of,
    history_bytes,
    kept,
    names,
    order,
    page_of,
    summary_of,
    told_in,
    weeks_of,
)

import poa.build.weekly as papers
from poa.analysis.weeks import iso_week
from poa.case import Case
from poa.errors import CaseFault
from poa.facts import plain_data
from poa.facts.history import ToldBefore, ToldIncident, ToldMeasure, ToldRate, WeekRecord
from poa.ledger import read_record, record_bytes
from poa.orders import ALL_ORDERS

# Four actions on two suppliers, as a case with a supplier in trouble has them.
CASE = Case.model_validate(
    {
        "cause": (
            {"id": "alder", "shown_by": "supplier: Alder Supply"},
            {"id": "birch", "shown_by": "supplier: Birch & Sons"},
        ),
        "corrective": (
            {
                "cause": "alder",
                "action": "Ask",
                "date": date(2026, 3, 3),
                "kpi": "late_dispatched",
                "target": 2.0,
                "weeks": 4,
            },
            {"cause": "birch", "action": "Stop", "date": date(2026, 9, 1), "evidence": "stopped.csv"},
        ),
        "preventive": (
            {
                "cause": "alder",
                "control": "Call",
                "start": date(2026, 2, 3),
                "kpi": "lead_time",
                "target": 40.0,
                "weeks": 4,
            },
            {
                "cause": "birch",
                "control": "Look",
                "start": date(2026, 5, 4),
                "kpi": "late_dispatch_share",
                "target": 0.05,
                "weeks": 8,
            },
        ),
    }
)


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Pictures have tests of their own."""
    monkeypatch.setattr(papers, "charts_of", lambda _: {})


def trouble(supplier, day):
    """One in fifty is late, but of one supplier two in five in twelve days of June."""
    return 0.4 if supplier == "Alder Supply" and date(2026, 6, 3) <= day < date(2026, 6, 15) else 0.02


def facts_told(told):
    """All that a page says: the facts of the week and of its account, but for the size and the hash of the files."""
    facts = told.seen.facts
    source = replace(facts.source, files=())
    rows = replace(facts.rows_read, value=0)
    return plain_data(told.weekly), plain_data(replace(facts, source=source, rows_read=rows))


@pytest.mark.deep
def test_a_year_told_each_monday_and_a_year_told_at_once_are_the_same():
    """Pages, facts and history are the same bytes, whether later rows are there yet or not.

    What may differ is what names the files themselves: their hash and how many rows they hold.
    """
    lines = account_of(date(2025, 12, 29), 54, late_of=trouble)
    whole = weeks_of(csv_of(lines))
    by_week, at_once = {}, {}
    every = names("2026-W02", "2026-W53")
    assert len(every) == 52
    for at, week in enumerate(every):
        monday = weeks_of(csv_of(lines, as_of=end_of(week)))
        assert iso_week(monday.newest.first) == week
        then, now = (
            told_in(monday, week, by_week, case=CASE),
            told_in(whole, week, at_once, case=CASE),
        )
        assert set(then.fresh) == set(now.fresh) == {week}
        assert facts_told(then) == facts_told(now), week
        if at % 10 == 1:
            assert (
                page_of(then, case=CASE)["weekly-summary.md"] == page_of(now, case=CASE)["weekly-summary.md"]
            )
        by_week, at_once = kept(by_week, then), kept(at_once, now)
    assert history_bytes(by_week) == history_bytes(at_once)
    assert 20_000 < sum(map(len, history_bytes(by_week).values())) < 100_000
    # The history is lost after a quarter: the next page is the same, and so is the history that it makes again.
    lost = told_in(whole, "2026-W14", {}, case=CASE)
    kept_then = {week: record for week, record in by_week.items() if week < "2026-W14"}
    assert facts_told(lost) == facts_told(told_in(whole, "2026-W14", kept_then, case=CASE))
    assert history_bytes(lost.fresh) == {
        week: data for week, data in history_bytes(by_week).items() if week <= "2026-W14"
    }


MONDAY = date(2026, 8, 31)  # of 2026-W36
LINES = account_of(MONDAY, 7, per_day=5)


def told_weekly(first, last, *, lines=LINES, records=None):
    """The history of weeks that were told each Monday with the files of then."""
    records = dict(records or {})
    for week in names(first, last):
        records = kept(records, told_in(weeks_of(csv_of(lines, as_of=end_of(week))), week, records))
    return records


@cache
def whole_history():
    """Four weeks, told each Monday."""
    return told_weekly("2026-W37", "2026-W40")


def late_rows(number, *, day=date(2026, 9, 22)):
    """Orders of 2026-W39 that a first file did not hold yet, each late."""
    return [order(90_000 + at, day, late=True) for at in range(number)]


@settings(max_examples=3)
@given(st.integers(1, 9))
def test_a_week_whose_rows_came_late_is_restated_and_what_was_told_is_kept(number):
    """The page says both counts, the history keeps them, and a second run says the same in the same bytes."""
    before = {week: whole_history()[week] for week in names("2026-W37", "2026-W39")}
    was = before["2026-W39"]
    weeks = weeks_of(csv_of([*LINES, *late_rows(number)], as_of=end_of("2026-W40")))
    told = told_in(weeks, "2026-W40", before)
    (restated,) = told.weekly.restated
    assert (restated.week, restated.orders_told.value, restated.late_told.value) == (
        "2026-W39",
        was.orders,
        was.late,
    )
    assert (restated.orders.value, restated.late.value) == (was.orders + number, was.late + number)
    page = summary_of(told)
    assert f"{was.orders}" in page
    assert f"{was.orders + number}" in page
    after = kept(before, told)
    assert set(told.fresh) == {"2026-W39", "2026-W40"}
    assert [(one.seen_in, one.orders, one.late) for one in after["2026-W39"].before] == [
        ("2026-W40", was.orders, was.late)
    ]
    again = told_in(weeks, "2026-W40", after)
    assert history_bytes(kept(after, again)) == history_bytes(after)
    assert not again.fresh
    assert page_of(again) == page_of(told)


def test_rows_that_come_late_twice_leave_both_tellings_in_the_history():
    history = {week: whole_history()[week] for week in names("2026-W37", "2026-W39")}
    told_before = history["2026-W39"].orders
    for week, number in (("2026-W40", 2), ("2026-W41", 5)):
        weeks = weeks_of(csv_of([*LINES, *late_rows(number)], as_of=end_of(week)))
        history = kept(history, told_in(weeks, week, history))
    assert [(one.seen_in, one.orders) for one in history["2026-W39"].before] == [
        ("2026-W40", told_before),
        ("2026-W41", told_before + 2),
    ]
    assert history["2026-W39"].orders == told_before + 5


def test_the_page_of_an_earlier_week_made_again_does_not_know_what_was_restated_later():
    history = {week: whole_history()[week] for week in names("2026-W37", "2026-W39")}
    weeks = weeks_of(csv_of([*LINES, *late_rows(3)], as_of=end_of("2026-W40")))
    history = kept(history, told_in(weeks, "2026-W40", history))
    assert not told_in(weeks, "2026-W39", history).weekly.restated


@settings(max_examples=4)
@given(st.sets(st.sampled_from(names("2026-W37", "2026-W40")), min_size=1))
def test_weeks_that_are_missing_in_the_history_are_filled_in_as_they_were(missing):
    """Whichever weeks were missed or lost: the same page, and in the end the same files."""
    whole = whole_history()
    weeks = weeks_of(csv_of(LINES, as_of=end_of("2026-W41")))
    with_all = told_in(weeks, "2026-W41", whole)
    gone = {week: record for week, record in whole.items() if week not in missing}
    told = told_in(weeks, "2026-W41", gone)
    assert told.filled == tuple(sorted(missing))
    assert set(told.fresh) == {*missing, "2026-W41"}
    assert history_bytes(kept(gone, told)) == history_bytes(kept(whole, with_all))
    assert page_of(told) == page_of(with_all)


@pytest.mark.deep
@settings(max_examples=3)
@given(st.sets(st.integers(0, len(LINES) - 1), min_size=40, max_size=80))
def test_a_file_with_fewer_rows_lowers_no_week_that_was_told(missing):
    """What its page told stands in the history; each such week is named among the gaps."""
    history = whole_history()
    few = [one for at, one in enumerate(LINES) if at not in missing]
    told = told_in(weeks_of(csv_of(few, as_of=end_of("2026-W41"))), "2026-W41", history)
    assert set(told.fresh) == {"2026-W41"}
    gaps = " ".join(told.weekly.gaps)
    whole = weeks_of(csv_of(LINES, as_of=end_of("2026-W41")))
    short = weeks_of(csv_of(few, as_of=end_of("2026-W41")))
    for week in history:
        fewer = told_in(short, week, {}).weekly.count.orders.value
        assert (f"{week}: the files at hand hold {fewer} of" in gaps) == (
            fewer < told_in(whole, week, {}).weekly.count.orders.value
        )


def test_a_file_from_before_a_weeks_end_does_not_lower_the_week_that_was_told():
    """All orders of the week are in it, but not yet the confirmation that was late on Sunday."""
    sunday = date(2026, 10, 4)
    lines = [*LINES, replace(order(80_000, date(2026, 10, 3), late=True))]
    weeks = weeks_of(csv_of(lines, as_of=end_of("2026-W40")))
    history = kept({}, told_in(weeks, "2026-W40", {}))
    assert lines[-1].confirmed.date() == sunday
    old = weeks_of(csv_of(lines, as_of=lines[-1].confirmed - timedelta(hours=3)))
    told = told_in(old, "2026-W40", history)
    assert not told.weekly.whole
    assert not told.fresh


def test_a_week_told_before_its_end_is_told_anew_when_it_has_ended():
    """Also where only the next page finds it so, and also where its counts are the same."""
    wednesday = weeks_of(csv_of(LINES, as_of=end_of("2026-W40") - timedelta(days=4)))
    half = kept({}, told_in(wednesday, "2026-W40", {}))
    assert half["2026-W40"].cut_off < "2026-10-02"
    for week in ("2026-W40", "2026-W41"):
        weeks = weeks_of(csv_of(LINES, as_of=end_of(week)))
        after = kept(half, told_in(weeks, week, half))
        assert history_bytes(after) == history_bytes(kept({}, told_in(weeks, week, {})))
        assert not after["2026-W40"].before


def test_a_first_week_of_which_the_rows_hold_only_some_days_is_not_kept():
    """A later page would otherwise tell those days as the whole week."""
    weeks = weeks_of(csv_of(LINES))
    assert weeks.first > MONDAY
    told = told_in(weeks, "2026-W36", {})
    assert told.weekly.count.orders.value
    assert not told.fresh
    assert set(told_in(weeks, "2026-W37", {}).fresh) == {"2026-W37"}


def test_an_action_that_is_added_later_is_measured_in_the_weeks_before_too():
    history = whole_history()
    case = Case.model_validate(
        {
            "cause": ({"shown_by": "supplier: Birch & Sons"},),
            "preventive": (
                {
                    "control": "Call",
                    "start": date(2026, 9, 7),
                    "kpi": "late_dispatched",
                    "target": 9.0,
                    "weeks": 3,
                },
            ),
        }
    )
    told = told_in(weeks_of(csv_of(LINES, as_of=end_of("2026-W41"))), "2026-W41", history, case=case)
    (entry,) = told.weekly.ledger.entries
    assert [check.verdict for check in entry.checks] == ["held"] * 5
    assert (entry.status, entry.closed_in) == ("closed", "2026-W39")
    assert not told.filled
    assert set(told.fresh) == set(names("2026-W37", "2026-W41"))


RECORD = WeekRecord(
    week="2026-W39",
    cut_off="2026-09-28T00:00:00-07:00",
    orders=10,
    late=3,
    days=((2, 1), (2, 0), (1, 0), (0, 0), (3, 2), (1, 0), (1, 0)),
    rates=(ToldRate(window_days=10, orders=14, late=4),),
    incidents=(
        ToldIncident(
            dimension="supplier",
            name='義烏 "恒泰"',
            first="2026-09-18",
            last="2026-09-25",
            running=True,
            first_week="2026-W38",
        ),
    ),
    measures=(
        ToldMeasure(
            kpi="late_orders",
            dimension="account",
            name=ALL_ORDERS,
            low=3,
            high=3,
            of=10,
            due=10,
        ),
        ToldMeasure(
            kpi="lead_time",
            dimension="supplier",
            name="Alder Supply",
            low=None,
            high=None,
            of=0,
            due=2,
        ),
    ),
    before=(ToldBefore(seen_in="2026-W40", orders=9, late=3),),
)
NAME = "history/2026-W39.toml"


def test_a_record_is_read_as_it_was_written():
    for record in (RECORD, *whole_history().values()):
        assert read_record(record_bytes(record), name=f"history/{record.week}.toml") == record


def test_half_a_history_file_is_never_taken_for_a_whole_one():
    """Wherever it is cut, it is refused by its name."""
    whole = record_bytes(RECORD)
    for cut in range(len(whole) - 1):
        with pytest.raises(CaseFault) as caught:
            read_record(whole[:cut], name=NAME)
        assert NAME in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"orders = {RECORD.orders}", f"orders = {RECORD.orders - 1}"),
        (f"\nlate = {RECORD.late}", f"\nlate = {RECORD.late + 1}"),
        (f"\nlate = {RECORD.late}", "\nlate = -1"),
        (f"\nlate = {RECORD.late}", '\nlate = "3"'),
        (f"\nlate = {RECORD.late}", "\nlate = true"),
        ("days = [", "days = [[0, 0], "),
        ("days = [", "dayz = ["),
        ("cut_off = ", 'cut_off = "yesterday" #'),
        ("cut_off = ", 'cut_off = "2026-09-28T00:00:00" #'),
        ('week = "2026-W39"', 'week = "2026-W38"'),
        ('week = "2026-W39"', 'week = "last"'),
        ("history = 1", "history = 2"),
        ("history = 1", ""),
        ("window_days = 10", 'window_days = "10"'),
        ("measures = [", "measures = [ 7,"),
        ('first_week = "2026-W38"', 'first_week = "2026-38"'),
        ('first = "2026-09-18"', 'first = "2026-09-31"'),
        ('first = "2026-09-18"', 'first = "2026-09-26"'),
        ('seen_in = "2026-W40"', "seen_in = 40"),
        (", running = true", ""),
        ('"late_orders", 3', '"late_orders", "3"'),
    ],
)
def test_a_history_file_that_a_hand_changed_is_refused_by_its_name(old, new):
    told = record_bytes(RECORD).decode()
    assert told.count(old) >= 1, told
    with pytest.raises(CaseFault) as caught:
        read_record(told.replace(old, new, 1).encode(), name=NAME)
    assert NAME in caught.value.message
    assert "\n" not in caught.value.message
