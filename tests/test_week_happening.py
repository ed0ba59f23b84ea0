"""What a week's page may call an incident: overdue orders count as late, a few days count as much as thirty."""

import sys
from dataclasses import fields, is_dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_weeks import MONDAY, accounts, counting
from planted_weeks import planted_week, quiet_week

from poa.account.weeks.happening import with_overdue
from poa.account.weeks.seen import by_day
from poa.analysis.windows import Window
from poa.facts import Figure

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
import weeks as bench

JUNIPER = 0  # the seed of an incident that goes on for fifteen days after the page's Sunday


def first_page(seed, *, history=False):
    made = planted_week(seed)
    return made, bench.page(bench.made_weeks(made.report), made.sunday, {}, history=history).weekly


def figures(told):
    if isinstance(told, Figure):
        yield told
    elif is_dataclass(told):
        for part in fields(told):
            yield from figures(getattr(told, part.name))
    elif isinstance(told, tuple):
        for part in told:
            yield from figures(part)


def test_an_incident_whose_last_late_orders_are_not_confirmed_yet_goes_on():
    """Late orders of the last days are known as such when they are confirmed; until then nothing has ended."""
    made, told = first_page(JUNIPER)
    assert made.last > made.sunday
    (one,) = told.incidents
    assert (one.causes[0].dimension, one.causes[0].name.value) == (made.dimension, made.name)
    assert one.state == "new"
    assert one.incident.running


def test_the_rules_of_an_incident_say_that_overdue_orders_are_in_it():
    """A count of late orders that holds unconfirmed ones says so, and no two figures have one id."""
    _, told = first_page(JUNIPER)
    (one,) = told.incidents
    assert "or past it and not confirmed" in one.incident.late.rows.rule
    assert "late or overdue" in one.week_late.rows.rule
    assert "not confirmed" not in one.step_late[0].rows.rule  # the steps of confirmed ones are known
    found = list(figures(one))
    assert len(found) > 20
    rules = {}
    for figure in found:
        assert rules.setdefault(figure.id, figure) == figure


@pytest.mark.parametrize("seed", range(4))
def test_incidents_of_a_page_have_no_day_in_common(seed):
    """Causes whose days overlap are one incident, whichever of the two looks found them."""
    _, told = first_page(seed)
    spans = sorted((str(one.incident.from_.value), str(one.incident.to.value)) for one in told.incidents)
    assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_a_quiet_account_is_told_quiet_and_each_seed_is_one_account():
    """The bench makes the same account again, and its first finds nothing."""
    assert quiet_week(0) == quiet_week(0)
    assert bench.quiet(0) == []


def test_a_course_that_is_told_truly_is_in_order():
    """What the bench calls a true course: new, running, ended, and then nothing."""
    course = bench.planted(1)
    assert course.found
    assert course.named
    assert course.step == "dispatch"
    assert course.in_order
    assert course.told_ended
    assert not course.too_soon


@given(accounts(), st.integers(0, 500))
def test_overdue_orders_count_as_late_and_nothing_else_changes(orders, hours):
    """The other orders keep what is known of them."""
    before = counting(orders, now=MONDAY + timedelta(hours=hours))
    after = with_overdue(before)
    assert (after.late == (before.late | before.overdue)).all()
    assert (after.counted == (before.counted | before.overdue)).all()
    rest = ~before.overdue
    assert after.orders.table[rest].equals(before.orders.table[rest])


@given(accounts(), st.integers(-2, 16), st.integers(0, 14), st.integers(-48, 500))
def test_orders_by_day_are_recounted_as_one_by_one(orders, start, length, hours):
    """Any days, as known at any moment: late since then, or on time and bought and confirmed by then."""
    made = counting(orders)
    first = (MONDAY + timedelta(days=start)).date()
    span = Window(days=length + 1, first=first, last=first + timedelta(days=length))
    moment = MONDAY + timedelta(hours=hours)
    table = made.orders.table
    late = on_time = 0
    for at in np.flatnonzero(span.holds(made.days)).tolist():
        row = table.iloc[at]
        if row["late_since"] <= moment:
            late += 1
        elif made.counted[at] and not made.late[at]:
            on_time += not (row["ship_confirmed"] > moment or row["purchased"] > moment)
    assert by_day(made).recount(span, moment) == (late + on_time, late)
