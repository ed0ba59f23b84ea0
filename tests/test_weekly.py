"""The Monday page of any account: of odd weeks, of planted incidents, for one supplier, and as an alarm."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from made_year import (
    ZONE,
    account_of,
    csv_of,
    end_of,
    kept,
    names,
    order,
    summary_of,
    told_in,
    weeks_of,
)

import poa.build.weekly as papers
from poa.analysis.weeks import iso_week
from poa.cli.weekly import command
from poa.errors import CaseFault, UsageFault
from poa.files import as_input
from poa.readers import read_paper

MONDAY = date(2026, 9, 7)  # of 2026-W37


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Pictures have tests of their own."""
    monkeypatch.setattr(papers, "charts_of", lambda _: {})


def spread(number, *, days=14, first=MONDAY, start=0, **more):
    """Orders that are due day by day."""
    return [order(start + at, first + timedelta(days=at % days), **more) for at in range(number)]


# --- odd weeks -----------------------------------------------------------------------------------


def test_a_week_without_an_order_is_told_without_a_rate():
    lines = [*spread(56), *spread(3, first=date(2026, 9, 29), start=100)]
    told = told_in(weeks_of(csv_of(lines)), "2026-W39", {})
    assert (told.weekly.count.orders.value, told.weekly.count.rate.value, told.weekly.whole) == (
        0,
        None,
        True,
    )
    assert not told.weekly.scorecards
    assert set(told.fresh) == set(names("2026-W37", "2026-W39"))


def test_one_order_makes_no_percentage():
    lines = [order(1, MONDAY), order(2, date(2026, 9, 15))]
    told = told_in(weeks_of(csv_of(lines)), "2026-W37", {})
    assert (told.weekly.count.orders.value, told.weekly.count.few) == (1, True)
    assert "%" not in re.sub(r"under \d+%|90 %|10 %", "", summary_of(told))


def test_where_all_are_late_the_page_says_so():
    told = told_in(weeks_of(csv_of(spread(28, days=7, late=True))), "2026-W37", {})
    count = told.weekly.count
    assert count.orders.value == count.late.value == 24  # those of the Sunday are confirmed on Monday
    assert "100.00%" in summary_of(told)


def test_without_a_supplier_in_any_file_the_page_says_that():
    data = csv_of(spread(56)).decode().replace("Alder Supply", "").encode()
    told = told_in(weeks_of(data), "2026-W37", {})
    assert "No file states the supplier of any order of the week (--suppliers)." in told.weekly.gaps
    assert "Alder" not in summary_of(told)


@pytest.mark.parametrize(
    ("week", "hours"),
    [("2026-W10", 7 * 24 - 1), ("2026-W44", 7 * 24 + 1), ("2026-W53", 7 * 24), ("2026-W41", 7 * 24)],
)
def test_a_week_has_all_its_days_whatever_the_clocks_do(week, hours):
    """Also where one of them has 23 or 25 hours, and where the year ends in it."""
    monday = date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)
    lines = spread(28, days=28, first=monday - timedelta(days=14))
    told = told_in(weeks_of(csv_of(lines)), week, {})
    assert told.weekly.count.orders.value == 7
    assert told.weekly.count.late.value == 0
    assert told.fresh[week].days == ((1, 0),) * 7
    before = end_of(iso_week(monday - timedelta(days=7)))
    assert told.seen.moment.timestamp() - before.timestamp() == hours * 3600
    assert week in summary_of(told)


def test_a_store_in_japan_has_weeks_of_its_own():
    """What is due on a Sunday night there is due on the Sunday in Los Angeles, some of it a day earlier."""
    lines = spread(56, zone="Asia/Tokyo")
    told = told_in(weeks_of(csv_of(lines), marketplace="JP"), "2026-W37", {})
    assert told.fresh["2026-W37"].days == ((4, 0),) * 7
    assert told.weekly.cut_off == "2026-09-14T00:00:00+09:00"
    page = summary_of(told)
    assert "Amazon.co.jp" in page
    assert "Asia/Tokyo" in page


def test_bare_days_tell_no_hours():
    def bare(moment):
        return moment.astimezone(ZoneInfo(ZONE)).date().isoformat() if moment else ""

    lines = [*spread(56), order(90, MONDAY, late=True)]
    rows = [f"{one.id},{bare(one.bought)},{bare(one.due)},{bare(one.confirmed)}" for one in lines]
    head = "order-id,purchase-date,ship-by-date,ship-confirm-date"
    told = told_in(weeks_of("\n".join([head, *rows, ""]).encode()), "2026-W37", {})
    assert (told.weekly.count.orders.value, told.weekly.count.late.value) == (29, 1)
    assert told.weekly.near_misses.orders.value is None
    assert all(card.lead_time.value is None for card in told.weekly.scorecards)
    summary_of(told)


@settings(max_examples=often(5))
@given(st.integers(0, 55), st.integers(0, 55))
def test_rows_that_lie_in_two_files_count_once(first, second):
    lines = spread(56)
    low, high = sorted((first, second))
    parts = (csv_of(lines[: high + 1]), csv_of(lines[low:]))
    assert (
        told_in(weeks_of(*parts), "2026-W37", {}).fresh
        == told_in(weeks_of(csv_of(lines)), "2026-W37", {}).fresh
    )


def test_an_order_open_on_monday_and_confirmed_by_the_next_counts_as_confirmed():
    """A plain list has no stamp of its last update, but it ends before the confirmation that the next one tells."""
    lines = account_of(date(2026, 8, 31), 4, per_day=4)
    both = [csv_of(lines, as_of=end_of(week)) for week in ("2026-W37", "2026-W38")]
    alone, told = (told_in(weeks_of(*files), "2026-W38", {}) for files in (both[1:], both))
    assert told.weekly.count.orders.value == alone.weekly.count.orders.value > 0
    assert told.weekly.count.late.value == alone.weekly.count.late.value
    assert told.seen.facts.rows_refused.value == 0
    assert [one for one in told.seen.facts.source.assumptions if "after the last row of the first" in one]


def test_a_supplier_that_changed_half_way_has_a_card_under_each_name():
    lines = [
        replace(one, supplier="Alder Supply" if at % 7 < 3 else "Alder & Sons")
        for at, one in enumerate(spread(70, days=7))
    ]
    told = told_in(weeks_of(csv_of(lines)), "2026-W37", {})
    cards = {str(card.name.value): card.orders.value for card in told.weekly.scorecards}
    assert cards == {"Alder Supply": 30, "Alder & Sons": 40}


def test_a_supplier_that_the_map_changes_half_way_has_a_card_under_each_name():
    """The map gives the SKU to one until a day of the week, and to another from the next day on."""
    data = csv_of(spread(56)).decode().replace("Alder Supply", "").encode()
    days = b"sku,supplier,from,to\nMUG-1,Alder Supply,,2026-09-09\nMUG-1,Alder & Sons,2026-09-10,\n"
    weeks = weeks_of(data, suppliers=(as_input("suppliers.csv", days),))
    cards = {
        str(one.name.value): one.orders.value for one in told_in(weeks, "2026-W37", {}).weekly.scorecards
    }
    assert sum(cards.values()) == 28
    assert set(cards) == {"Alder Supply", "Alder & Sons"}


def test_a_list_of_late_orders_alone_makes_counts_and_no_rate():
    """Nobody knows of how many; so no percentage but the target, and no zero where nothing is known."""
    data = csv_of([*spread(14, late=True), *spread(2, first=date(2026, 9, 24), start=50, late=True)])
    told = told_in(weeks_of(data, complete=False), "2026-W38", {})
    assert told.weekly.count.orders.value is None
    assert told.weekly.count.late.value == 6
    page = summary_of(told)
    assert "6 orders due this week were confirmed late, of how many no file says" in page
    assert "%" not in re.sub(r"under \d+%|90 %|10 %", "", page)
    assert told.fresh["2026-W38"].orders is None


def test_a_list_of_late_orders_lowers_no_week_that_a_full_list_told():
    """And the page says of what it knows less than before."""
    full = [*spread(56), *spread(4, start=100, late=True)]
    history = kept({}, told_in(weeks_of(csv_of(full)), "2026-W37", {}))
    later = [*spread(4, start=100, late=True), *spread(9, first=date(2026, 9, 14), start=200, late=True)]
    told = told_in(weeks_of(csv_of(later), complete=False), "2026-W38", history)
    assert "2026-W37" not in told.fresh
    assert any(
        gap.startswith("2026-W37: the files at hand hold 4 of the 4 late orders") for gap in told.weekly.gaps
    )


# --- incidents -----------------------------------------------------------------------------------

START = date(2026, 9, 16)  # the Wednesday of 2026-W38


def planted(supplier, day):
    return 0.4 if supplier == "Alder Supply" and START <= day < START + timedelta(days=12) else 0.02


@pytest.mark.deep
@settings(max_examples=2)
@given(st.integers(1, 7))
def test_an_incident_is_told_in_its_first_week_and_ends_on_one_page(seed):
    """Two late orders in five instead of one in fifty, for twelve days from a Wednesday, at one supplier of three."""
    weeks = weeks_of(csv_of(account_of(date(2026, 7, 6), 14, seed=seed, per_day=30, late_of=planted)))
    records, states = {}, []
    for week in names("2026-W38", "2026-W41"):
        told = told_in(weeks, week, records)
        records = kept(records, told)
        found = [
            (one.state, one.step, one.first_week)
            for one in told.weekly.incidents
            if one.causes
            and (one.causes[0].dimension, one.causes[0].name.value) == ("supplier", "Alder Supply")
        ]
        states.append(found)
        assert ("Alder Supply" in section(summary_of(told), "Incidents")) == bool(found)
    assert states == [
        [("new", "dispatch", "2026-W38")],
        [("running", "dispatch", "2026-W38")],
        [("ended", "dispatch", "2026-W38")],
        [],
    ]


def section(page, title):
    return page.split(f"## {title}\n")[1].split("\n## ")[0]


# --- the command ---------------------------------------------------------------------------------

CASE = """
case = 1
[seller]
name = "Harbor & Pine"
marketplace = "US"
{notice}
[[cause]]
code = "SUP_DISPATCH"
shown_by = "supplier: Alder Supply"
[[preventive]]
control = "Call Cedar each noon about what is due"
role = "Operations"
start = {start}
kpi = "late_dispatched"
target = {target}
weeks = 2
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A case of eight weeks without trouble, whose only promise holds."""
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path)
    return tmp_path


def write_case(root, *, start="2026-09-07", target=9, notice="", **more):
    (root / "my-case" / "inputs").mkdir(parents=True, exist_ok=True)
    (root / "my-case" / "case.toml").write_text(
        CASE.format(start=start, target=target, notice=notice), encoding="utf-8"
    )
    lines = account_of(
        date(2026, 7, 27), 9, per_day=more.pop("per_day", 12), **{"late": 0.0, "seed": 5, **more}
    )
    (root / "my-case" / "inputs" / "orders.csv").write_bytes(csv_of(lines))
    return lines


def run(*args):
    return CliRunner().invoke(
        command, ["--case", "my-case", "--complete", *args], standalone_mode=False, catch_exceptions=True
    )


def files_of(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_a_check_of_what_is_well_says_nothing_and_writes_nothing(folder):
    before = files_of(folder)
    done = run("--check")
    assert (done.exit_code, done.output, done.exception) == (0, "", None)
    assert files_of(folder) == before
    told = run("--check", "--json")
    assert json.loads(told.output) == {"check": 1, "alarms": []}


def share_from(day, share):
    return lambda _, due: share if due >= day else 0.0


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        pytest.param({"late": 0.2, "target": 999}, {"breach"}, marks=pytest.mark.deep),
        ({"late": 0.2, "target": 0}, {"breach", "broken_promise"}),
        ({"late_of": share_from(date(2026, 9, 24), 0.1), "target": 999}, {"breach", "projected_breach"}),
    ],
)
def test_a_check_has_one_line_for_each_alarm(folder, more, codes):
    write_case(folder, **more)
    before = files_of(folder)
    done = run("--check")
    assert done.exit_code == 3
    told = json.loads(run("--check", "--json").output)
    assert {one["code"] for one in told["alarms"]} == codes
    assert done.output.splitlines() == [one["message"] for one in told["alarms"]]
    assert files_of(folder) == before


def test_a_check_tells_an_overdue_promise(folder):
    case = (folder / "my-case" / "case.toml").read_text(encoding="utf-8")
    (folder / "my-case" / "case.toml").write_text(
        case + '[[corrective]]\naction = "Stop"\ndate = 2026-09-01\n', encoding="utf-8"
    )
    done = run("--check")
    assert done.exit_code == 3
    assert len(done.output.splitlines()) == 1
    assert done.output.startswith("Overdue promise: C1 was due on 2026-09-01, ")


def test_a_run_writes_the_page_and_the_history_and_a_second_one_changes_nothing(folder):
    done = run("--week", "2026-W36..2026-W38", "--out", "pages", "--format", "md")
    assert done.exception is None, done.exception
    first = files_of(folder)
    assert {name for name in first if name.startswith("my-case/history/")} == {
        f"my-case/history/{week}.toml" for week in names("2026-W32", "2026-W38")
    }
    assert {f"pages/{week}/weekly-summary.md" for week in names("2026-W36", "2026-W38")} <= set(first)
    again = run("--week", "2026-W36..2026-W38", "--out", "pages", "--format", "md", "--overwrite")
    assert again.exception is None, again.exception
    assert files_of(folder) == first


def test_a_history_file_that_a_hand_changed_ends_the_run_with_its_name_and_nothing_is_written(folder):
    assert run("--out", "pages", "--format", "md").exception is None
    record = folder / "my-case" / "history" / "2026-W36.toml"
    record.write_bytes(record.read_bytes()[:-200])
    before = files_of(folder)
    for more in (("--out", "other"), ("--check",), ("--out", "other", "--week", "2026-W35..2026-W37")):
        done = run(*more, "--format", "md")
        assert isinstance(done.exception, CaseFault)
        assert "history/2026-W36.toml" in done.exception.message
        assert files_of(folder) == before


def test_json_names_the_weeks_and_the_files(folder):
    told = json.loads(run("--week", "2026-W37", "--out", "pages", "--format", "md", "--json").output)
    assert [one["weekly"]["week"] for one in told["weeks"]] == ["2026-W37"]
    assert sorted(files_of(folder / "pages")) == told["files"]


def test_since_notice_needs_the_day_of_the_notice(folder):
    done = run("--since-notice", "--out", "annex")
    assert isinstance(done.exception, UsageFault)
    assert "Nobody says on which day" in done.exception.message
    assert not (folder / "annex").exists()


def test_since_notice_counts_before_and_since(folder):
    lines = write_case(folder, notice="[notice]\ndate = 2026-08-31", late=0.05)
    done = run("--since-notice", "--out", "annex", "--format", "md")
    assert done.exception is None, done.exception
    page = (folder / "annex" / "since-notice.md").read_text(encoding="utf-8")
    told = json.loads((folder / "annex" / "internal" / "facts.json").read_text(encoding="utf-8"))
    since = told["evidence"]["since.since.orders"]["value"]
    until = told["evidence"]["since.until"]["value"]
    counted = {
        one.id
        for one in lines
        if "2026-08-31" <= one.due.astimezone(ZoneInfo(ZONE)).date().isoformat() <= until
    }
    assert 0.9 * len(counted) < since <= len(counted)  # all but the open ones
    assert f"{since}" in page


# --- for one supplier ----------------------------------------------------------------------------

OTHERS = ("Birch & Sons", "義烏恒泰")


def everything_in(out):
    """The text of every file of a folder, that of Word files too."""
    for name, data in files_of(out).items():
        if name.endswith(".docx"):
            yield name, "\n".join(one.text for one in read_paper(data, name=name).lines)
            with ZipFile(BytesIO(data)) as parts:
                yield from ((part, parts.read(part).decode()) for part in parts.namelist())
        elif not name.endswith(".png"):
            yield name, data.decode()


def test_a_page_for_one_supplier_holds_nothing_of_another(folder):
    """No other name, no other order, no promise: not in the paper, and not in the files beside it."""
    lines = write_case(folder, late=0.2)
    done = run("--audience", "supplier:alder supply", "--out", "theirs", "--week", "2026-W37")
    assert done.exception is None, done.exception
    own = {one.id for one in lines if one.supplier == "Alder Supply"}
    foreign = {one.id for one in lines if one.supplier != "Alder Supply"}
    seen = set()
    for name, text in everything_in(folder / "theirs"):
        numbers = set(re.findall(r"\d{3}-\d{7}-\d{7}", text))
        seen |= numbers
        assert not numbers & (foreign - own), name
        assert not any(other in text for other in OTHERS), name
        assert "Call Cedar" not in text, name
    assert seen & own


def test_an_unknown_supplier_is_asked_back_for(folder):
    done = run("--audience", "supplier:Aldr Supply", "--out", "theirs")
    assert isinstance(done.exception, UsageFault)
    assert "did you mean 'Alder Supply'" in done.exception.message
    assert not (folder / "theirs").exists()


@pytest.mark.parametrize("told", ["Alder Supply", "supplier:", "supplier: ", "carrier:Northway", ""])
def test_an_audience_is_a_supplier(folder, told):
    done = run("--audience", told, "--out", "theirs")
    assert isinstance(done.exception, UsageFault)
    assert not (folder / "theirs").exists()


# --- every number ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "least"),
    [
        (("--week", "2026-W38"), 30),
        (("--week", "2026-W38", "--audience", "supplier:Alder Supply"), 3),
        (("--since-notice",), 3),
    ],
)
def test_every_number_of_a_paper_has_its_rows(folder, more, least):
    """Each figure that a paper prints is among the evidence of the facts file."""
    write_case(folder, late_of=planted, per_day=30, notice="[notice]\ndate = 2026-08-31")
    done = run(*more, "--out", "pages", "--format", "md")
    assert done.exception is None, done.exception
    told = json.loads((folder / "pages" / "internal" / "facts.json").read_text(encoding="utf-8"))
    cited = {printed["fact"] for printed in told["printed"]}
    assert len(cited) > least
    assert cited <= set(told["evidence"])


def test_several_weeks_where_one_lay_leave_nothing_of_it_but_what_was_edited(folder):
    """No page of an earlier run lies beside those of this one as if it were theirs."""
    assert run("--week", "2026-W37", "--format", "md", "--out", "page").exit_code == 0
    (folder / "page" / "weekly-summary.md").write_text("my own words", encoding="utf-8")
    told = run("--week", "2026-W36..2026-W37", "--format", "md", "--out", "page", "--overwrite", "--json")
    (kept,) = json.loads(told.output)["kept"]
    assert sorted(one.name for one in (folder / "page").iterdir()) == ["2026-W36", "2026-W37", "internal"]
    assert (folder / "page" / kept).read_text(encoding="utf-8") == "my own words"


@pytest.mark.every_third
@pytest.mark.parametrize(
    ("weeks", "part"),
    [(("--week", "2026-W37"), ""), (("--week", "2026-W36..2026-W37"), "2026-W37/")],
)
def test_a_page_that_somebody_edited_is_kept_aside(folder, weeks, part):
    """Of one week, or of several that lie in a folder each."""
    given = (*weeks, "--format", "md", "--out", "page")
    assert run(*given).exit_code == 0
    (folder / "page" / part / "weekly-summary.md").write_text("my own words", encoding="utf-8")
    told = json.loads(run(*given, "--overwrite", "--json").output)
    (kept,) = told["kept"]
    assert kept.startswith(f"{part}internal/edited/")
    assert (folder / "page" / kept).read_text(encoding="utf-8") == "my own words"
    (folder / "page" / part / "weekly-summary.md").write_text("mine", encoding="utf-8")
    assert "Edited since the last run, kept as page" in run(*given, "--overwrite").output.replace("\n", "")
    assert run(*given, "--overwrite", "--json").exit_code == 0
