"""Who stands out, as a user meets it: named or not, with figures that can be counted again, in plain words."""

import csv
import io
import json
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from conftest import mostly_deep, run_poa
from hypothesis import given
from hypothesis import strategies as st
from planted import plant
from strategies import order_id, stamp, summary

from poa.analysis.closed_days import holidays_of
from poa.analysis.stages import C, D, Times, stage_sets
from poa.errors import UsageFault
from poa.policy import no_supplier, origin_of

HEADER = (
    "order-id",
    "order-item-id",
    "sku",
    "supplier",
    "carrier",
    "purchase-date",
    "ship-by-date",
    "ship-confirm-date",
    "supplier-order-date",
    "supplier-dispatch-date",
    "carrier-first-scan-date",
)
LAST = date(2026, 10, 31)
HOUR = timedelta(hours=1)


class Book:
    """A made-up account: orders are added by supplier and day, each late or not at a step."""

    def __init__(self):
        self.rows = []

    def add(
        self, supplier, *, per_day, late_per_day=0.0, first=90, last=0, carrier="", step="dispatch", sku=""
    ):
        """Orders due on the days ``first`` to ``last`` before the as-of day; the late ones are spread evenly."""
        owed = Fraction(0)
        for back in range(first - 1, last - 1, -1):
            owed += Fraction(str(late_per_day))
            for at in range(per_day):
                late = owed >= 1
                owed -= late
                self.order(
                    LAST - timedelta(days=back),
                    supplier,
                    late=late,
                    carrier=carrier,
                    step=step,
                    sku=sku or f"{supplier}-{(at + back) % 2}",
                )
        return self

    def order(self, day, supplier, *, late, carrier="", step="dispatch", sku="A-1", confirmed=True):
        due = datetime.combine(day, time(22), UTC)
        bought, done = due - 40 * HOUR, due + (5 if late else -5) * HOUR
        left = due + 2 * HOUR if late and step == "dispatch" else due - 10 * HOUR
        seen = max(left, due - 9 * HOUR) + HOUR
        if late and step == "handover":
            seen = due + 3 * HOUR
        self.rows.append(
            [
                order_id(len(self.rows) + 1),
                "",
                sku,
                supplier,
                carrier,
                stamp(bought),
                stamp(due),
                stamp(done) if confirmed else "",
                stamp(bought + HOUR),
                stamp(left),
                stamp(seen),
            ]
        )

    def text(self, *, without=()):
        kept = [at for at, name in enumerate(HEADER) if name not in without]
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([[row[at] for at in kept] for row in (HEADER, *self.rows)])
        return out.getvalue()


def spike(**more):
    """Four suppliers, of which Alder is late since the 16th before the as-of day."""
    book = Book()
    for name in ("Birch", "Cedar", "Dogwood"):
        book.add(name, per_day=10, late_per_day=0.2)
    book.add("Alder", per_day=5, late_per_day=0.1, first=90, last=16)
    return book.add("Alder", per_day=5, late_per_day=2.0, first=16, **more)


def quiet():
    book = Book()
    for name in ("Alder", "Birch", "Cedar", "Dogwood"):
        book.add(name, per_day=10, late_per_day=0.2)
    return book


def found(book, **more):
    return summary(book.text(), complete=True, **more)


def group(facts, name, dimension="supplier"):
    return next(one for one in facts["attribution"]["dimensions"][dimension] if one["name"] == name)


# --- who -----------------------------------------------------------------------------------------


def test_a_supplier_that_spiked_is_named_with_figures_that_can_be_counted_again():
    """Orders, late orders, excess over its own rate and the rate without it, by hand from the rows."""
    facts = found(spike())
    (cause,) = facts["attribution"]["causes"]
    rows = [row for row in spike().rows if row[3] == "Alder"]
    now = [row[7] > row[6] for row in rows if row[6] > "2026-10-02"]
    then = [row[7] > row[6] for row in rows if row[6] <= "2026-10-02"]
    late, orders, before_late, before = sum(now), len(now), sum(then), len(then)
    assert (orders, before) == (150, 300)
    assert (cause["dimension"], cause["name"], cause["kind"]) == ("supplier", "Alder", "changed")
    assert (cause["late"], cause["orders"]) == (late, orders)
    assert (cause["late_before"], cause["orders_before"]) == (before_late, before)
    over = late - orders * Fraction(before_late, before)
    assert cause["excess"] == pytest.approx(float(over), abs=1e-12)
    window = facts["late_shipment_rate"][0]
    assert cause["rate_without"] == pytest.approx(
        float((window["late"] - over) / window["orders"]), abs=1e-12
    )
    assert cause["from_earliest"] <= "2026-10-16" <= cause["from_latest"]
    assert (cause["to"], cause["running"]) == ("2026-10-31", True)
    low, high = cause["late_caused"]
    assert 3 <= low <= over <= high <= late
    assert group(facts, "Alder")["verdict"] == "cause"
    assert {group(facts, name)["verdict"] for name in ("Birch", "Cedar", "Dogwood")} == {"not_cause"}


def test_nothing_stands_out_where_nothing_does(tmp_path):
    """An empty answer is a proper answer, on the terminal and in the paper as well."""
    assert found(quiet())["attribution"]["causes"] == []
    (tmp_path / "r.csv").write_text(quiet().text())
    assert "Nothing stands out" in run_poa("summary", "r.csv", cwd=tmp_path, check=0).stdout
    run_poa("appeal", "r.csv", "--out", "out", cwd=tmp_path, check=0)
    assert "Nothing stands out" in (tmp_path / "out" / "root-cause-analysis.md").read_text(encoding="utf-8")


def test_the_json_keeps_its_contract():
    """Names of keys that people and programs rely on."""
    facts = found(spike())
    keys = {
        "attribution": {"history", "dimensions", "causes", "change"},
        "stages": {"dispatch", "handover", "confirmation", "unattributed"},
    }
    for name, wanted in keys.items():
        assert set(facts[name]) >= wanted
    assert set(facts["attribution"]["history"]) >= {"from", "to", "orders", "late"}
    assert set(facts["attribution"]["dimensions"]) >= {"supplier", "carrier", "sku"}
    assert set(group(facts, "Alder")) >= {
        "name", "orders", "late", "rate", "low", "high", "share_of_orders", "share_of_late",
        "usual_low", "usual_high", "excess", "verdict",
    }  # fmt: skip
    (cause,) = facts["attribution"]["causes"]
    assert set(cause) >= {
        "dimension", "name", "kind", "late_caused", "excess", "from", "from_earliest", "from_latest",
        "to", "running", "stages", "rate_without",
    }  # fmt: skip
    assert {name: len(bounds) for name, bounds in cause["stages"].items()} == {
        "dispatch": 2,
        "handover": 2,
        "confirmation": 2,
    }
    assert set(facts["attribution"]["change"]) >= {"rate_part", "mix_part"}
    assert set(facts["incidents"][0]) >= {
        "from", "to", "late", "expected", "peak_day", "peak_rate", "causes",
    }  # fmt: skip
    assert set(facts["projection"][0]) >= {
        "scenario", "name", "window_days", "optimistic", "likely", "cautious", "spare",
    }  # fmt: skip
    assert {(one["scenario"], one["name"]) for one in facts["projection"]} == {
        ("zero_late", None), ("current_rate", None), ("usual_rate", "Alder"), ("paused", "Alder"),
        ("paused_moved", "Alder"),
    }  # fmt: skip


def test_an_account_without_a_late_order_has_every_key(tmp_path):
    """Zero is counted, not left out; the paper says nothing of steps that nobody was late in."""
    book = Book().add("Alder", per_day=5).add("Birch", per_day=5)
    facts = found(book)
    assert facts["stages"]["dispatch"] == {"low": 0, "high": 0}
    assert (facts["attribution"]["causes"], facts["incidents"]) == ([], [])
    (tmp_path / "r.csv").write_text(book.text())
    run_poa("appeal", "r.csv", "--complete", "--out", "out", cwd=tmp_path, check=0)
    assert "## Where the time was lost" not in (tmp_path / "out" / "root-cause-analysis.md").read_text(
        encoding="utf-8"
    )
    assert "Nothing stands out" in run_poa("summary", "r.csv", "--complete", cwd=tmp_path, check=0).stdout


def test_a_list_of_late_orders_is_not_judged():
    """Where no file lists every order the keys are absent: an empty list would say that nothing stands out."""
    book = Book().add("Alder", per_day=2, late_per_day=2.0, first=30)
    facts = summary(book.text())
    assert not {"attribution", "incidents", "budgets", "projection"} & set(facts)
    assert facts["stages"]["dispatch"] == {"low": 60, "high": 60}


@pytest.mark.parametrize("blank", ["", "unknown", "N/A", "未知"])
def test_a_blank_or_an_unknown_supplier_is_shown_and_never_a_cause(blank):
    """Even when it alone is late, and whatever word stands for it."""
    book = quiet().add(blank, per_day=6, late_per_day=3.0, first=20)
    facts = found(book)
    assert ("supplier", blank or "(not stated)") not in {
        (one["dimension"], one["name"]) for one in facts["attribution"]["causes"]
    }
    shown = group(facts, blank or "(not stated)")
    assert shown["late"] == 60
    assert shown["role"] == ("unknown" if blank else "not_stated")


def test_no_supplier_is_named_where_most_late_orders_state_none():
    """Over half of the late orders without a supplier: what the others show is not what happened."""
    book = spike().add("", per_day=5, late_per_day=4.0, first=30)
    facts = found(book)
    assert facts["attribution"]["suppliers_named"] is False
    assert "supplier" not in {one["dimension"] for one in facts["attribution"]["causes"]}


def test_blanks_that_are_late_make_nobody_else_a_cause():
    """Where part of a supplier's late orders lost its name, the account is not blamed for the rest."""
    book = Book()
    for name in ("Alder", "Birch", "Cedar"):
        book.add(name, per_day=5, late_per_day=0.05, first=90, last=30 if name == "Birch" else 0)
    book.add("Birch", per_day=3, late_per_day=1.5, first=30).add("", per_day=2, late_per_day=1.4, first=30)
    facts = found(book)["attribution"]
    assert [(one["dimension"], one["name"]) for one in facts["causes"]] == [("supplier", "Birch")]
    assert [one["name"] for one in facts["nameless"]] == ["(not stated)"]
    assert (
        next(one for one in facts["dimensions"]["supplier"] if one["name"] == "Alder")["verdict"]
        == "not_cause"
    )


def test_late_lines_of_orders_with_several_suppliers_are_told_by_their_supplier():
    """The order stands under (several); which supplier's line was latest is said beside it."""
    book = quiet()
    for number in range(3):
        day = LAST - timedelta(days=number)
        book.order(day, "Alder", late=True, sku="X")
        book.order(day, "Birch", late=False, sku="Y")
        book.rows[-2][1], book.rows[-1][1] = f"{number}1", f"{number}2"
        book.rows[-1][0] = book.rows[-2][0]
    facts = found(book)["attribution"]
    assert facts["several_late"] == [{"name": "Alder", "late": 3}]
    assert group({"attribution": facts}, "(several)")["late"] == 3


def test_a_cause_goes_on_where_one_order_on_time_says_nothing():
    """The last day with one punctual order is no end; a fortnight on time is one."""
    book = spike()
    book.rows = [row for row in book.rows if not (row[3] == "Alder" and row[6] > "2026-10-31")]
    book.order(LAST, "Alder", late=False)
    (cause,) = found(book)["attribution"]["causes"]
    assert cause["running"] is True
    over = Book()
    for name in ("Birch", "Cedar", "Dogwood"):
        over.add(name, per_day=10, late_per_day=0.2)
    over.add("Alder", per_day=5, late_per_day=0.1, last=28).add(
        "Alder", per_day=5, late_per_day=3, first=28, last=14
    )
    over.add("Alder", per_day=5, first=14)
    (cause,) = found(over)["attribution"]["causes"]
    assert (cause["running"], cause["to"]) == (False, "2026-10-17")


def test_a_cause_as_old_as_the_data_began_then_or_earlier(tmp_path):
    """A report of 30 days in which a supplier was late from the first one on."""
    book = Book().add("Alder", per_day=5, late_per_day=2, first=30)
    for name in ("Birch", "Cedar", "Dogwood"):
        book.add(name, per_day=10, late_per_day=0.2, first=30)
    facts = found(book)["attribution"]
    assert facts["compared_with"] == "others"
    assert [(one["name"], one["or_before"]) for one in facts["causes"]] == [("Alder", True)]
    (tmp_path / "r.csv").write_text(book.text())
    assert "2026-10-02 or earlier" in " ".join(
        run_poa("summary", "r.csv", cwd=tmp_path, check=0).stdout.split()
    )


def test_spellings_that_may_be_one_supplier_are_proposed_and_never_merged():
    """Case, spaces and signs apart, two names are one: said, and counted apart."""
    facts = found(
        quiet().add("ALDER ", per_day=2, first=30).add("Al-der", per_day=1, first=30),
        own_warehouse=("Nobody",),
    )
    said = " ".join(facts["source"]["assumptions"])
    assert "ALDER and Al-der and Alder may be one supplier" in said
    assert "No row names Nobody" in said
    assert {"ALDER", "Al-der", "Alder"} <= {
        one["name"] for one in facts["attribution"]["dimensions"]["supplier"]
    }


def test_the_sellers_own_warehouse_is_shown_as_such(tmp_path):
    """By a word that everybody uses, by the option, and by the case; never as somebody else's fault."""
    assert no_supplier("Own Warehouse") == "own_warehouse"
    (tmp_path / "r.csv").write_text(spike().text())
    (tmp_path / "case.toml").write_text('case = 1\n[seller]\nown_warehouse = ["alder"]\n')
    for more in (("--own-warehouse", "Alder"), ("--case", "case.toml")):
        said = run_poa("summary", "r.csv", *more, cwd=tmp_path, check=0).stdout
        assert "Your own warehouse (Alder) stands out" in said
        assert "Alder (own)" in said
    facts = found(spike(), own_warehouse=("Alder",))
    assert group(facts, "Alder")["role"] == "own_warehouse"


def test_what_a_cause_explains_is_said_to_be_explained():
    """A carrier that the late supplier uses is not blamed for it, although it is late too."""
    facts = found(spike(carrier="BlueVan").add("Birch", per_day=6, carrier="BlueVan"))
    carrier = group(facts, "BlueVan", "carrier")
    assert [one["name"] for one in facts["attribution"]["causes"]] == ["Alder"]
    assert (carrier["verdict"], carrier["explained_by"]) == ("not_cause", ["Alder"])


def test_two_groups_with_the_same_orders_are_not_told_apart(tmp_path):
    """A supplier that is the only one to use a carrier: the paper says that nobody can tell which it is."""
    book = Book()
    for name in ("Birch", "Cedar", "Dogwood"):
        book.add(name, per_day=10, late_per_day=0.2, carrier="Northway")
    book.add("Alder", per_day=5, late_per_day=0.1, last=16, carrier="BlueVan")
    book.add("Alder", per_day=5, late_per_day=2.0, first=16, carrier="BlueVan")
    (cause,) = found(book)["attribution"]["causes"]
    assert {(one["dimension"], one["name"], one["shared"]) for one in cause["alike"]} == {
        ("carrier", "BlueVan", 150)
    }
    (tmp_path / "r.csv").write_text(book.text())
    said = " ".join(run_poa("summary", "r.csv", cwd=tmp_path, check=0).stdout.split())
    assert "cannot be told apart from carrier BlueVan: they share 150 of 150 orders" in said


def test_orders_that_move_to_a_slow_supplier_are_a_mix_and_no_change():
    """Every supplier keeps its rate and the account's rises: the finding is the mix, to the last order."""
    book = (
        Book()
        .add("Birch", per_day=40, late_per_day=0.4, last=30)
        .add("Slow", per_day=4, late_per_day=0.4, last=30)
    )
    book.add("Birch", per_day=24, late_per_day=0.24, first=30).add(
        "Slow", per_day=20, late_per_day=2.0, first=30
    )
    facts = found(book)
    (cause,) = facts["attribution"]["causes"]
    assert (cause["name"], cause["kind"]) == ("Slow", "mix")
    change = facts["attribution"]["change"]
    assert change["mix_part"] > 10 * abs(change["rate_part"])
    rates = (facts["late_shipment_rate"][0]["rate"], facts["attribution"]["history"]["rate"])
    assert change["rate_part"] + change["mix_part"] == pytest.approx(rates[0] - rates[1], abs=1e-15)


@pytest.mark.every_third
@pytest.mark.parametrize("kind", ["A", "B", "E", "H", "I", "K"])
def test_verdicts_and_sums_hold_on_every_report(kind):
    """Each dimension adds up to the account; nobody is cleared with few orders or outside the usual range."""
    for seed in (3, 4):
        facts = summary(plant(kind, seed).csv(), complete=True)
        window, found_ = facts["late_shipment_rate"][0], facts["attribution"]
        named = {(one["dimension"], one["name"]) for one in found_["causes"]}
        for dimension, groups in found_["dimensions"].items():
            if groups:
                assert sum(one["orders"] for one in groups) == window["orders"]
                assert sum(one["late"] for one in groups) == window["late"]
            for one in groups:
                assert (one["verdict"] == "cause") == ((dimension, one["name"]) in named)
                if one["verdict"] == "not_cause":
                    assert one["orders"] >= 30
                    assert one["late"] <= one["usual_high"]
                if one["verdict"] == "too_few":
                    assert one["orders"] < 30
        for one in found_["causes"]:
            low, high = one["late_caused"]
            assert 0 <= low <= high <= one["late"]
            for bound in one["stages"].values():
                assert 0 <= bound[0] <= bound[1] <= one["late"]


@pytest.mark.parametrize("kind", ["A", "E", "H"])
def test_the_parts_of_the_change_add_up_over_suppliers(kind):
    """Supplier by supplier, rate and mix, in whole fractions from the rows: those that are gone included."""
    data = plant(kind, 6).csv()
    facts = summary(data, complete=True)
    before, now, late_before, late = (defaultdict(int) for _ in range(4))
    first = facts["late_shipment_rate"][0]["from"]
    for row in {row["order-id"]: row for row in rows_of(data) if row["ship-confirm-date"]}.values():
        in_window = (datetime.fromisoformat(row["ship-by-date"]) - 7 * HOUR).date().isoformat() >= first
        orders, struck = (now, late) if in_window else (before, late_before)
        orders[row["supplier"]] += 1
        struck[row["supplier"]] += row["ship-confirm-date"] > row["ship-by-date"]
    total_before, total = sum(before.values()), sum(now.values())
    rise = Fraction(sum(late.values()), total) - Fraction(sum(late_before.values()), total_before)
    rate_part = Fraction(0)
    for name in set(before) & set(now):
        share = (Fraction(before[name], total_before) + Fraction(now[name], total)) / 2
        rate_part += share * (Fraction(late[name], now[name]) - Fraction(late_before[name], before[name]))
    change = facts["attribution"]["change"]
    assert change["rate_part"] == pytest.approx(float(rate_part), abs=1e-15)
    assert change["mix_part"] == pytest.approx(float(rise - rate_part), abs=1e-15)
    assert change["rate_orders"] + change["mix_orders"] == pytest.approx(float(rise * total), abs=1e-9)


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode())))


# --- where ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["dispatch", "handover", "confirmation"])
def test_a_late_order_is_laid_to_the_step_that_it_was_in(step):
    """Each step alone, told by the clocks of the rows."""
    facts = found(spike(step=step))
    (cause,) = facts["attribution"]["causes"]
    others = {"dispatch", "handover", "confirmation"} - {step}
    assert cause["stages"][step][0] >= 32
    assert all(cause["stages"][other][1] <= 2 for other in others)


def test_the_step_is_that_of_the_line_that_was_late():
    """An order of two lines, one late without times, one handed over long before: nothing tells the step."""
    book = quiet()
    day = LAST - timedelta(days=3)
    book.order(day, "Alder", late=True)
    book.order(day, "Alder", late=False)
    book.rows[-2][1], book.rows[-1][1] = "1", "2"
    book.rows[-1][0] = book.rows[-2][0]
    book.rows[-2][9:11] = "", ""
    before, after = found(quiet())["stages"], found(book)["stages"]
    assert after["unattributed"] == before["unattributed"] + 1


@given(
    st.lists(st.tuples(st.integers(-30, 40), st.integers(0, 40), st.integers(1, 60)), min_size=1, max_size=20)
)
def test_what_the_carrier_had_in_time_is_never_the_suppliers(orders):
    """Scanned by the deadline and confirmed after it: our own confirmation, whatever else is known."""
    due = np.datetime64("2026-10-10T00:00:00", "s")
    hours = [np.array([one[at] for one in orders], dtype="timedelta64[h]") for at in range(3)]
    scanned = due - hours[1]
    left = np.where(hours[0] < np.timedelta64(0, "h"), np.datetime64("NaT"), scanned - hours[0])
    nothing = np.full(len(orders), np.datetime64("NaT"), dtype="datetime64[s]")
    sets = stage_sets(
        Times(
            purchased=nothing,
            ordered=nothing,
            dispatched=left.astype("datetime64[s]"),
            scanned=scanned,
            confirmed=due + hours[2],
            ship_by=np.full(len(orders), due),
        )
    )
    assert (sets == C).all()
    assert not (sets & D).any()


def test_a_bare_day_is_any_moment_of_it():
    """Dispatched on the day of the deadline, no hour told: before or after it, so both steps are possible."""
    book = spike()
    for row in book.rows:
        row[9] = row[9][:10]
        row[10] = ""
    stages = found(book)["stages"]
    assert stages["dispatch"]["low"] < stages["dispatch"]["high"] == stages["late"]
    assert stages["dispatch_hours"] == 0


def test_holidays_at_the_origin_are_told_from_open_days():
    """The first week of October 2026 in China; a year that is not announced there is provisional."""
    book = spike()
    closed = found(book, origin="CN")["closed_days"]
    days = {one["day"] for one in closed["days"] if one["where"] == "origin"}
    assert {"2026-10-01", "2026-10-02", "2026-10-05", "2026-10-07"} <= days
    late = [row for row in book.rows if row[7] > row[6] and row[6] >= "2026-10-02T08"]

    def day_in_china(moment):
        return datetime.fromisoformat(moment).astimezone(ZoneInfo("Asia/Shanghai")).date().isoformat()

    over = sum(any(day_in_china(row[5]) <= day <= day_in_china(row[6]) for day in days) for row in late)
    assert closed["over_closed"] == over
    assert closed["over_closed"] + closed["on_open_days"] == len(late)
    assert not any(one["provisional"] for one in closed["days"])
    assert all(provisional for _, _, provisional in holidays_of("CN", date(2027, 1, 1), date(2027, 12, 31)))
    with pytest.raises(UsageFault, match="no country of origin"):
        origin_of("XX")
    assert "closed_days" not in found(book)


# --- when, until when ----------------------------------------------------------------------------


def test_an_incident_counts_the_whole_account_on_its_days():
    """Orders, late orders and the worst day of the days that the cause has, counted by hand."""
    book = spike()
    facts = found(book)
    (incident,) = facts["incidents"]
    by_day = defaultdict(lambda: [0, 0])
    for row in book.rows:
        day = (datetime.fromisoformat(row[6]) - 7 * HOUR).date().isoformat()
        if incident["from"] <= day <= incident["to"]:
            by_day[day][0] += 1
            by_day[day][1] += row[7] > row[6]
    assert incident["orders"] == sum(orders for orders, _ in by_day.values())
    assert incident["late"] == sum(late for _, late in by_day.values())
    assert by_day[incident["peak_day"]][1] == max(late for _, late in by_day.values())
    assert (incident["causes"], incident["trigger"]) == ([0], "Alder")


def test_an_overdue_order_counts_as_late_in_what_is_to_come():
    """It will be late when it is confirmed: the budget has it already, the rate has not."""
    book = spike()
    plain = found(book)
    for _ in range(4):
        book.order(LAST - timedelta(days=2), "Birch", late=False, confirmed=False)
    facts = found(book)
    assert facts["late_shipment_rate"][0]["late"] == plain["late_shipment_rate"][0]["late"]
    assert facts["budgets"][0]["late"] == plain["budgets"][0]["late"] + 4
    assert facts["budgets"][0]["orders"] == plain["budgets"][0]["orders"] + 4


def test_zero_late_is_reached_when_brute_force_says_so():
    """Day by day with the orders that the last 28 days let expect, in whole numbers."""
    facts = found(spike())
    days = [(one["orders"], one["late"]) for one in facts["days"]]
    weekday = {at: sum(days[-7 * week + at][0] for week in range(1, 5)) / 4 for at in range(7)}
    coming = [weekday[at % 7] for at in range(40)]
    for length in (10, 30):
        under = []
        for ahead in range(41):
            past = days[len(days) - (length - ahead) :] if ahead < length else []
            new = round(sum(coming[:ahead])) - round(sum(coming[: max(0, ahead - length)]))
            orders, late = sum(n for n, _ in past) + new, sum(k for _, k in past)
            under.append(25 * late < orders)
        first = len(under) - under[::-1].index(False)
        told = next(one for one in facts["projection"] if one["window_days"] == length)
        assert told["scenario"] == "zero_late"
        assert told["likely"] == (LAST + timedelta(days=first)).isoformat()


# --- words ---------------------------------------------------------------------------------------

NEVER = (
    "significan",
    "p-value",
    "bonferroni",
    "posterior",
    "standard deviation",
    "caused by",
    "because of",
    "guarantee",
)


@pytest.mark.parametrize("kind", mostly_deep("ABCDEFGIJKL", "A"))
def test_no_paper_speaks_in_statistics_or_blames(kind, tmp_path):
    """What stands out is told as a finding, in words that need no course; a picture has words beside it."""
    planted = plant(kind, 2)
    (tmp_path / "r.csv").write_bytes(planted.csv())
    run_poa("appeal", "r.csv", "--complete", "--out", "out", cwd=tmp_path, check=0)
    paper = (tmp_path / "out" / "root-cause-analysis.md").read_text(encoding="utf-8")
    assert not [word for word in NEVER if word in paper.casefold()]
    for line in paper.splitlines():
        if line.startswith("!["):
            alternative = line[2 : line.index("](")]
            assert len(alternative.split()) >= 10
    printed = json.loads((tmp_path / "out" / "internal" / "facts.json").read_text(encoding="utf-8"))[
        "printed"
    ]
    facts = {one["fact"] for one in printed if one["document"] == "root-cause-analysis"}
    if kind in "AJ":  # where one supplier is planted, each number of its sentence leads to its rows
        assert {"attribution.causes.0.late_caused.low", "attribution.causes.0.rate_without"} <= facts


def test_explain_says_to_which_step_and_cause_an_order_was_laid(tmp_path):
    """A late order of the cause, a late one of a supplier that is not named, and one that is not late."""
    book = spike()
    (tmp_path / "r.csv").write_text(book.text())
    rows = [row for row in book.rows if row[6] >= "2026-10-20"]

    def told(supplier, *, late):
        row = next(row for row in rows if row[3] == supplier and (row[7] > row[6]) is late)
        return json.loads(run_poa("explain", row[0], "r.csv", "--json", cwd=tmp_path, check=0).stdout)

    alder = told("Alder", late=True)
    assert alder["steps"] == ["dispatch"]
    assert alder["causes"] == [{"dimension": "supplier", "name": "Alder"}]
    assert " of 150 orders late; " in alder["why"][-2]
    birch = told("Birch", late=True)
    assert birch["causes"] == []
    assert birch["why"][-1].startswith("Its supplier Birch was not later than usual: ")
    assert (told("Birch", late=False)["steps"], told("Birch", late=False)["causes"]) == ([], [])
