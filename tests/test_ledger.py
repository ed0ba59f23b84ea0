"""The action ledger: what was promised is held against what the weeks tell, and only that."""

from datetime import date

import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st

from poa.case import Case
from poa.facts.history import ToldMeasure, WeekRecord
from poa.ledger import ledger, wanted_of
from poa.orders import ALL_ORDERS
from poa.policy.kpis import kpis

START = date(2026, 8, 31)  # the Monday of 2026-W36
WEEKS = [f"2026-W{36 + number}" for number in range(12)]
UNKNOWN = None
HELD, MISSED = 1.0, 5.0  # late orders, where the promise is at most 2


def record(week, value, *, kpi="late_orders", scope=("account", ALL_ORDERS)):
    """A week that tells one control figure, as a value, as its bounds, or (None) not at all."""
    low, high = value if isinstance(value, tuple) else (value, value)
    told = ToldMeasure(
        kpi=kpi,
        dimension=scope[0],
        name=scope[1],
        low=low,
        high=high,
        of=0 if value is None else 40,
        due=40,
    )
    return WeekRecord(
        week=week,
        cut_off="2026-09-07T00:00:00-07:00",
        orders=40,
        late=0,
        days=((40, 0), *((0, 0),) * 6),
        rates=(),
        incidents=(),
        measures=(told,),
    )


def history(*values, **more):
    """The weeks from 2026-W36 on; "gap" is one of which no page was made."""
    return {
        week: record(week, value, **more)
        for week, value in zip(WEEKS, values, strict=False)
        if value != "gap"
    }


def case(*, checks=(), heading="preventive", **action):
    words = {"control": "Call"} if heading == "preventive" else {"action": "Call"}
    told = {"kpi": "late_orders", "target": 2.0, "weeks": 3, **words, **action}
    if heading == "preventive":
        told = {"start": START, **told}
    return Case.model_validate({heading: (told,), "check": checks})


def entry(values, of=None, *, week=None, **more):
    """The one entry of a ledger after these weeks."""
    week = week or WEEKS[max(len(values) - 1, 0)]
    return ledger(of or case(), week, history(*values), **more).entries[0]


@pytest.mark.parametrize(
    ("values", "status", "held"),
    [
        ([UNKNOWN], "overdue", 0),
        ([HELD], "not_yet", 1),
        ([HELD, HELD], "not_yet", 2),
        ([HELD, HELD, HELD], "verified", 3),
        ([HELD, HELD, HELD, HELD], "closed", 4),
        ([HELD, HELD, HELD, UNKNOWN], "closed", 3),
        ([HELD, HELD, HELD, MISSED], "reopened", 0),
        ([HELD, HELD, HELD, MISSED, HELD], "reopened", 1),
        ([HELD, HELD, HELD, MISSED, HELD, HELD, HELD], "verified", 3),
        ([HELD, HELD, HELD, MISSED, HELD, HELD, HELD, HELD], "closed", 4),
        ([MISSED], "broken", 0),
        ([HELD, HELD, MISSED], "broken", 0),
        ([MISSED, HELD], "not_yet", 1),
        ([HELD, UNKNOWN, HELD, "gap", HELD], "verified", 3),
        ([HELD, UNKNOWN, MISSED, UNKNOWN], "broken", 0),
        ([HELD, HELD, UNKNOWN, UNKNOWN], "not_yet", 2),
    ],
)
def test_an_action_stands_as_its_weeks_say(values, status, held):
    """Closed only after so many weeks running that held; a week that nothing tells counts neither way."""
    found = entry(values)
    assert (found.status, found.weeks_held.value) == (status, held)
    assert found.weeks_needed.value == 3
    assert (found.closed_in is not None) == (status in {"verified", "closed"})


def test_what_is_to_begin_later_is_planned_and_what_begins_in_a_week_is_not_judged_by_it():
    begun = case(start=date(2026, 9, 9))  # the Wednesday of W37
    assert entry([MISSED], begun).status == "planned"
    within = entry([MISSED, MISSED], begun)
    assert (within.status, within.checks) == ("not_yet", ())
    assert [check.week for check in entry([MISSED, MISSED, HELD], begun).checks] == ["2026-W38"]
    assert entry([HELD], case(start=None)).status == "planned"


def test_what_is_overdue_says_by_how_many_days():
    found = entry([UNKNOWN, UNKNOWN], case(start=date(2026, 8, 31)))
    assert (found.status, found.late_by.value) == ("overdue", 13)
    assert entry([HELD]).late_by.value is None


def test_a_file_that_shows_it_done_makes_an_action_that_no_row_measures_not_overdue():
    done = case(heading="corrective", date=START, evidence="done.csv", kpi=None)
    assert entry([HELD], done).status == "overdue"
    assert entry([HELD], done, evidence={"done.csv"}).status == "not_yet"
    assert entry([HELD], done, evidence={"other.csv"}).status == "overdue"


@pytest.mark.parametrize(
    ("told", "own", "verdict", "is_own"),
    [
        (UNKNOWN, "yes", "held", True),
        (UNKNOWN, "no", "missed", True),
        (UNKNOWN, None, "not_told", False),
        ("gap", "yes", "held", True),
        (HELD, "no", "held", False),
        (MISSED, "yes", "missed", False),
        ((1.0, 5.0), "yes", "held", True),
        ((1.0, 5.0), "no", "missed", True),
        ((1.0, 2.0), "no", "held", False),
        ((3.0, 5.0), "yes", "missed", False),
        ((3.0, None), "yes", "missed", False),
    ],
)
def test_the_sellers_own_word_counts_only_where_rows_cannot_tell(told, own, verdict, is_own):
    checks = ({"action": "P1", "week": "2026-W36", "held": own},)
    found = entry([told, UNKNOWN], case(checks=checks)).checks[0]
    assert (found.verdict, found.own) == (verdict, is_own)


def test_a_word_of_another_action_or_week_says_nothing():
    checks = (
        {"action": "P2", "week": "2026-W36", "held": "no"},
        {"action": "P1", "week": "2026-W40", "held": "no"},
    )
    assert entry([UNKNOWN], case(checks=checks)).checks[0].verdict == "not_told"


def test_own_words_alone_can_close_an_action_and_reopen_it():
    words = [
        {"action": "P1", "week": week, "held": held}
        for week, held in zip(WEEKS, ["yes", "yes", "yes", "no"], strict=False)
    ]
    of = [case(kpi=None, checks=tuple(words[:number])) for number in (3, 4)]
    assert [entry([UNKNOWN] * 3, of[0]).status, entry([UNKNOWN] * 4, of[1]).status] == [
        "verified",
        "reopened",
    ]


def test_without_a_number_of_weeks_nothing_is_ever_closed():
    for missing, status in (("weeks", "not_yet"), ("target", "overdue"), ("kpi", "overdue")):
        told = {"control": "Call", "start": START, "kpi": "late_orders", "target": 2.0, "weeks": 3}
        told.pop(missing)
        assert entry([HELD] * 10, Case.model_validate({"preventive": (told,)})).status == status


def test_overdue_reopened_and_broken_actions_come_first():
    """And the counts are those of the entries."""
    promised = {
        "closed": {"kpi": "late_orders", "target": 9.0, "weeks": 2, "start": START},
        "verified": {"kpi": "late_orders", "target": 9.0, "weeks": 4, "start": START},
        "planned": {"kpi": "late_orders", "target": 9.0, "weeks": 2, "start": date(2027, 1, 4)},
        "not_yet": {"kpi": "late_orders", "target": 9.0, "weeks": 9, "start": START},
        "broken": {"kpi": "late_orders", "target": 0.0, "weeks": 2, "start": START},
        "reopened": {"kpi": "late_orders", "target": 2.0, "weeks": 2, "start": START},
        "overdue": {"start": START},
    }
    of = Case.model_validate(
        {"preventive": tuple({"id": name, "control": name, **told} for name, told in promised.items())}
    )
    found = ledger(of, WEEKS[3], history(1.0, 1.0, 1.0, 5.0))
    assert [one.id for one in found.entries] == [one.status for one in found.entries]
    assert [one.id for one in found.entries] == [
        *("overdue", "reopened", "broken", "not_yet", "planned", "verified", "closed")
    ]
    assert [one.value for one in (found.overdue, found.broken, found.waiting, found.verified)] == [1, 2, 2, 2]


def test_a_figure_is_taken_of_the_group_that_shows_the_cause_where_it_can_be():
    def scope_of(shown_by, kpi="late_dispatched"):
        of = Case.model_validate(
            {
                "cause": ({"id": "one", "shown_by": shown_by}, {"id": "two", "shown_by": "sku: MUG-11"}),
                "preventive": ({"cause": "one", "control": "Call", "start": START, "kpi": kpi},),
            }
        )
        (found,) = ledger(of, WEEKS[0], {}).entries
        assert kpi in wanted_of(of)[found.dimension, found.name]
        return found.dimension, found.name

    account = ("account", ALL_ORDERS)
    assert scope_of("supplier: Alder Supply") == ("supplier", "Alder Supply")
    assert scope_of("sku: MUG-11") == ("sku", "MUG-11")
    assert scope_of("carrier: Northway") == account  # no dispatch is a carrier's
    assert scope_of("step: dispatch") == account
    assert scope_of("") == account
    assert scope_of("supplier: Alder Supply", "late_shipment_rate") == (
        ("supplier", "Alder Supply") if "supplier" in kpis()["late_shipment_rate"].per else account
    )


def test_the_history_keeps_every_figure_of_the_account():
    assert wanted_of(Case()) == {("account", ALL_ORDERS): frozenset(kpis())}


def test_actions_are_called_by_their_id_or_their_place():
    of = Case.model_validate(
        {"corrective": ({"action": "a"}, {"action": "b", "id": "stock"}), "preventive": ({"control": "c"},)}
    )
    assert {(one.heading, one.at): one.id for one in ledger(of, WEEKS[0], {}).entries} == {
        ("corrective", 0): "C1",
        ("corrective", 1): "stock",
        ("preventive", 0): "P1",
    }


COURSES = st.lists(st.sampled_from([HELD, MISSED, UNKNOWN, "gap"]), min_size=1, max_size=12)


def streaks(values, needed):
    """Said once more and otherwise: the longest ends of runs of held weeks, with the untold ones left out."""
    told = [value for value in values if value in (HELD, MISSED)]
    text = "".join("h" if value == HELD else "m" for value in told)
    last = len(text) - len(text.rstrip("h"))
    return last, last >= needed, "h" * needed in text


@settings(max_examples=often(150))
@given(COURSES, st.integers(1, 4))
def test_an_action_is_closed_exactly_while_its_last_weeks_told_held_long_enough(values, needed):
    last, closed, ever = streaks(values, needed)
    found = entry(values, case(weeks=needed))
    assert found.weeks_held.value == last
    assert (found.status in {"verified", "closed"}) == closed
    assert (found.status == "reopened") == (ever and not closed)
    assert (found.status == "overdue") == (not any(value in (HELD, MISSED) for value in values))


@settings(max_examples=often(100))
@given(COURSES, st.integers(0, 12))
def test_a_week_that_nothing_tells_changes_no_action(values, at):
    """But that it was verified is news in its own week only."""
    at = min(at, len(values))
    with_one = [*values[:at], UNKNOWN, *values[at:]][:12]
    if len(with_one) <= len(values):
        return
    one, other = entry(values), entry(with_one)
    assert one.weeks_held.value == other.weeks_held.value
    same = {"verified": "closed"}
    assert same.get(one.status, one.status) == same.get(other.status, other.status)


@settings(max_examples=often(60))
@given(COURSES)
def test_what_a_week_said_does_not_change_with_the_weeks_after_it(values):
    whole = history(*values)
    for number in range(1, len(values) + 1):
        so_far = {week: told for week, told in whole.items() if week <= WEEKS[number - 1]}
        assert (
            ledger(case(), WEEKS[number - 1], so_far).entries
            == ledger(case(), WEEKS[number - 1], whole).entries
        )
