"""Every figure that is told of groups and causes, counted again from the orders, and each threshold at its edge."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from random import Random
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from made_weeks import MONDAY, Made, counting
from slow_causes import Account, usual_range
from test_cause_figures import THREE, drawn
from test_causes import counts, world

from poa.analysis import attribution as telling
from poa.analysis import groups as grouping
from poa.analysis import named_causes
from poa.analysis.attribution import attribution
from poa.analysis.causes.change import split
from poa.analysis.causes.standing import Extra, Group, StandsOut
from poa.analysis.causes.usual import OwnHistory, TheOthers
from poa.analysis.groups import Baseline, baseline_of, counts_of, rankings, role
from poa.analysis.intervals import wilson
from poa.analysis.looking import look
from poa.analysis.named_causes import spans_of
from poa.analysis.shares import late_by_supplier, shares
from poa.analysis.steps import steps_of
from poa.analysis.windows import Window, window
from poa.facts import Figure
from poa.orders import ALL_ORDERS, NOT_STATED, SEVERAL

LAST = MONDAY.date()
WINDOW = window(30, as_of=LAST)
KEYS = {"account": "A", "supplier": "S", "carrier": "C", "sku": "K"}


def nobody(_name):
    return ""


def booked(rows, *, end=59, **more):
    """Rows (day, late, supplier, carrier, sku) as they are counted: the last day is the as-of day."""
    names = ("supplier", "carrier", "sku")
    return counting(
        [
            Made(
                due=MONDAY + timedelta(days=day - end, hours=20),
                confirmed=5 if late else -10,
                **dict(zip(names, more_names, strict=False)),
            )
            for day, late, *more_names in rows
        ],
        **more,
    )


def of(late, orders, *names, day=59):
    """So many orders of these names on one day, the first of them late."""
    return [(day, at < late, *names) for at in range(orders)]


def several(made, chosen):
    """The chosen orders have lines of several suppliers: their own supplier is that of the latest line."""
    column = [SEVERAL if at in chosen else name for at, name in enumerate(made.orders.table["supplier"])]
    table = made.orders.table.assign(supplier=pd.Categorical(column))
    return replace(made, orders=replace(made.orders, table=table))


def value(figure):
    return figure.value if isinstance(figure, Figure) else figure


def plain(one):
    """The values of a fact, by name."""
    return {part.name: value(getattr(one, part.name)) for part in fields(one)}


def lines_of(figure):
    """The order positions of the rows behind a figure: the first order stands on line 2."""
    return [
        at - 2 for lines in figure.rows.lines for first, last in lines.ranges for at in range(first, last + 1)
    ]


# --- Shares


@pytest.mark.parametrize("dimension", KEYS)
def test_every_share_is_counted_from_the_orders(dimension):
    """Orders, late orders, rate with its interval and both shares of each group; the rows behind each are its own."""
    rows = [row for row in drawn(11, rate=0.1).rows if row[0] >= 20]
    made = booked(rows)
    at = {"account": None, "supplier": 2, "carrier": 3, "sku": 4}[dimension]
    now = [(number, row) for number, row in enumerate(rows) if row[0] >= 30]
    all_late = sum(row[1] for _, row in now)
    found = shares(made, WINDOW, dimension)
    assert sum(one.orders.value for one in found) == len(now)
    for number, one in enumerate(found, start=1):
        name = one.name.value
        mine = [place for place, row in now if at is None or row[at] == name]
        late = [place for place in mine if rows[place][1]]
        assert one.key == f"{KEYS[dimension]}{number}"
        assert (one.orders.value, one.late.value) == (len(mine), len(late))
        assert (one.rate.value, one.low.value, one.high.value) == (
            len(late) / len(mine),
            *wilson(len(late), len(mine)),
        )
        assert (one.share_of_orders.value, one.share_of_late.value) == (
            len(mine) / len(now),
            len(late) / all_late,
        )
        whose = "" if at is None else f", {dimension} {name}"
        assert one.late.rows.rule == made.rule_of(WINDOW, f"confirmed after the ship-by instant{whose}")
        assert one.orders.rows.rule == made.rule_of(WINDOW, f"confirmed orders{whose}")
        for figure in (one.name, one.orders, one.share_of_orders):
            assert lines_of(figure) == mine
        for figure in (one.late, one.rate, one.low, one.high, one.share_of_late):
            assert lines_of(figure) == late
        units = ("name", "orders", "orders", *["fraction"] * 5)
        told = [getattr(one, part.name) for part in fields(one) if part.name not in {"key", "few"}]
        assert [figure.unit for figure in told] == list(units)
        assert {figure.id.rpartition(".")[0] for figure in told} == {f"late_by_{dimension}.{one.key}"}


def names(found):
    return [one.name.value for one in found]


def test_the_order_of_shares_is_late_orders_then_orders_then_the_name():
    rows = [*of(2, 40, "B"), *of(2, 40, "A"), *of(2, 50, "C"), *of(3, 30, "D"), *of(0, 60, "E")]
    assert names(shares(booked(rows), WINDOW, "supplier")) == ["D", "C", "A", "B", "E"]


def test_thirty_orders_are_ranked_and_fewer_come_behind():
    """Then those without a name; where only late orders are listed, their number is no reason."""
    rows = [*of(29, 29, "few"), *of(1, 30, "enough"), *of(40, 40, ""), *of(0, 31, "none")]
    made = booked(rows)
    assert names(shares(made, WINDOW, "supplier")) == ["enough", "none", "few", NOT_STATED]
    listed = replace(made, complete=False)
    assert names(shares(listed, WINDOW, "supplier")) == ["few", "enough", "none", NOT_STATED]
    both = several(made, {0, 1})
    assert names(shares(both, WINDOW, "supplier")) == ["enough", "none", "few", NOT_STATED, SEVERAL]


@pytest.mark.parametrize(("orders", "few"), [(19, True), (20, False), (21, False)])
def test_fewer_than_twenty_orders_are_few(orders, few):
    assert [one.few for one in shares(booked(of(1, orders, "A")), WINDOW, "supplier")] == [few]


def test_who_has_no_order_in_the_window_has_no_share():
    rows = [*of(1, 5, "gone", day=29), *of(1, 5, "first", day=30), *of(1, 4, "last")]
    assert names(shares(booked(rows), WINDOW, "supplier")) == ["first", "last"]


def test_without_a_late_order_there_is_no_share_of_them():
    (one,) = shares(booked(of(0, 20, "A")), WINDOW, "supplier")
    assert (one.share_of_late.value, one.share_of_orders.value, one.rate.value) == (None, 1.0, 0.0)


def test_a_list_of_late_orders_has_no_rates_and_no_shares_of_orders():
    made = booked([*of(3, 3, "A"), *of(1, 1, "B")], complete=False)
    told = [plain(one) for one in shares(made, WINDOW, "supplier")]
    for one in told:
        assert [one[name] for name in ("orders", "rate", "low", "high", "share_of_orders")] == [None] * 5
    assert [(one["late"], one["share_of_late"]) for one in told] == [(3, 0.75), (1, 0.25)]


def test_the_lines_of_fifty_groups_are_listed_and_those_of_others_counted():
    """The rule finds them again."""
    rows = [row for at in range(52) for row in of(1, 2, "A", f"c{at:02}")]
    found = shares(booked(rows), WINDOW, "carrier")
    assert [bool(one.late.rows.lines) for one in found] == [True] * 50 + [False] * 2
    assert [bool(one.orders.rows.lines) for one in found] == [True] * 50 + [False] * 2
    assert {(one.late.rows.orders, one.orders.rows.orders) for one in found} == {(1, 2)}


def suppliers(number, *, late=1, orders=2):
    return [row for at in range(number) for row in of(late, orders, f"s{at:02}")]


@pytest.mark.parametrize(
    ("number", "top", "rest"), [(1, 1, 0), (10, 10, 0), (11, 11, 0), (12, 10, 2), (14, 10, 4)]
)
def test_ten_suppliers_are_named_and_the_others_stand_in_one_line(number, top, rest):
    """A single one beyond the ten is named as well: its line would be no shorter."""
    made = booked(suppliers(number))
    found = late_by_supplier(made, WINDOW)
    assert (names(found.suppliers), names(found.top)) == (
        [f"s{at:02}" for at in range(number)],
        [f"s{at:02}" for at in range(top)],
    )
    assert found.rest_count.value == rest
    assert (found.known, found.several, found.window_days) == (True, False, 30)
    if not rest:
        assert found.rest is None
        assert (found.rest_count.rows.rule, found.rest_count.rows.orders) == ("no other supplier", 0)
        return
    together = found.rest
    assert (together.name.value, together.key, together.orders.value, together.late.value) == (
        "(others)",
        "rest",
        2 * rest,
        rest,
    )
    assert lines_of(together.orders) == list(range(2 * top, 2 * number))
    assert lines_of(together.late) == list(range(2 * top, 2 * number, 2))
    assert together.share_of_late.value == rest / number
    assert found.rest_count.rows == together.orders.rows


def test_a_supplier_is_known_where_one_is_stated_and_something_tells_of_confirmations():
    """A blank among them does no harm; orders of several suppliers are said to be there."""
    found = late_by_supplier(booked([*of(1, 2, ""), *of(1, 2, "A")]), WINDOW)
    assert (found.known, found.several) == (True, False)
    assert late_by_supplier(booked(of(1, 2, "")), WINDOW).known is False
    both = several(booked(of(1, 4, "A")), {0})
    assert (late_by_supplier(both, WINDOW).known, late_by_supplier(both, WINDOW).several) == (True, True)
    made = booked(of(0, 4, "A"))
    untold = replace(made, orders=replace(made.orders, table=made.orders.table.assign(told=False)))
    assert late_by_supplier(untold, WINDOW).known is False


def test_all_of_the_file_has_no_days_of_a_window():
    whole = Window(days=None, first=LAST, last=LAST)
    assert late_by_supplier(booked(of(1, 4, "A")), whole).window_days == 0


# --- Groups beside what is usual, from the orders


@dataclass(frozen=True, eq=False)
class Case:
    """Orders, and what is told of them: reckoned in the test that asks first."""

    account: Account
    role_of: object = nobody

    @cached_property
    def made(self):
        return booked(self.account.rows, end=self.account.end)

    @cached_property
    def looked(self):
        return look(self.made, WINDOW, role_of=self.role_of)

    @cached_property
    def steps(self):
        return steps_of(self.made, days=frozenset())

    @cached_property
    def found(self):
        return attribution(self.looked, self.made, WINDOW, self.steps, role_of=self.role_of)

    @cached_property
    def slow(self):
        """The slow reckoning beside the days that served as history."""
        named = self.looked.named
        own = isinstance(named.yardstick, OwnHistory)
        return replace(self.account, history=(named.first, named.last) if own else None)

    def extras(self):
        named = self.looked.named
        return {
            self.named(group): (extra.first, extra.last, extra.chance)
            for group, extra in named.extras.items()
        }

    def named(self, group):
        return group.dimension, self.looked.cells.names[group.dimension][group.number]


def changed(*, daily=16):
    """A turned late, P did a little later, and so did orders of no SKU, after a calm history."""
    dice = Random(21)  # noqa: S311 - no secret
    rows = []
    for day in range(60):
        for _ in range(daily):
            supplier, carrier, sku = dice.choice("AABCC"), dice.choice("PQQR"), dice.choice("xxyyz")
            since = {"A": 45, "P": 50, "z": 40}
            hit = [dice.random() < 0.5 and since.get(name, 60) <= day for name in (supplier, carrier, sku)]
            rows.append(
                (day, dice.random() < 0.02 or any(hit), supplier, carrier, NOT_STATED if sku == "z" else sku)
            )
    return Account(tuple(rows), THREE, 30, 59, (0, 29))


def moved():
    """A slow supplier got most of the orders."""
    rows = [
        row
        for day in range(30)
        for row in (*of(1, 5, "slow", "P", "x", day=day), *of(0, 25, "good", "Q", "y", day=day))
    ]
    rows += [
        row
        for day in range(30, 60)
        for row in (*of(4, 20, "slow", "P", "x", day=day), *of(0, 10, "good", "Q", "y", day=day))
    ]
    return Account(tuple(rows), THREE, 30, 59, (0, 29))


def turned():
    """No history; the account turned late ten days before its end."""
    rows = [
        row
        for day in range(30)
        for name, carrier in (("A", "P"), ("B", "Q"))
        for row in of(6 * (day >= 20), 12, name, carrier, "x", day=day)
    ]
    return Account(tuple(rows), THREE, 0, 29, None)


def alone():
    rows = tuple((day - 30, *more) for day, *more in changed().rows if day >= 30)
    return Account(rows, THREE, 0, 29, None)


def beside():
    """Too few orders a day for the first days to be a history: half of A's orders are late, evenly."""
    rows = [
        row
        for day in range(30)
        for row in (*of(1, 2, "A", "P", "x", day=day), *of(day % 15 == 3, 5, "B", "Q", "y", day=day))
    ]
    return Account(tuple(rows), THREE, 0, 29, None)


def slow_throughout():
    """A third of A's orders was always late."""
    rows = [
        row
        for day in range(60)
        for row in (*of(2, 6, "A", "P", "x", day=day), *of(0, 12, "B", "P", "x", day=day))
    ]
    return Account(tuple(rows), THREE, 30, 59, (0, 29))


def over():
    """A was late for eight days and is not any more."""
    rows = [
        row
        for day in range(60)
        for row in (
            *of(4 * (40 <= day < 48), 6, "A", "P", "x", day=day),
            *of(day % 9 == 0, 12, "B", "P", "x", day=day),
        )
    ]
    return Account(tuple(rows), THREE, 30, 59, (0, 29))


CASES = {
    "changed": Case(changed()),
    "moved": Case(moved()),
    "turned": Case(turned()),
    "alone": Case(alone()),
    "beside": Case(beside()),
    "slow": Case(slow_throughout()),
    "over": Case(over()),
    "calm": Case(drawn(31, rate=0.03, struck=0.0)),
    "unknown": Case(changed(), role_of=lambda name: "unknown" if name in {"A", "P"} else "own_warehouse"),
}
each = pytest.mark.parametrize("case", CASES)


def test_the_cases_are_what_they_are_made_for():
    told = {
        name: (
            one.found.compared_with,
            [(cause.dimension, cause.name.value, cause.kind) for cause in one.found.causes],
        )
        for name, one in CASES.items()
    }
    two = [("supplier", "A", "changed"), ("carrier", "P", "changed")]
    assert told == {
        "changed": ("own_history", two),
        "moved": ("own_history", [("supplier", "slow", "mix")]),
        "turned": ("first_days", [("account", ALL_ORDERS, "changed")]),
        "alone": ("first_days", two),
        "beside": ("others", [("supplier", "A", "changed")]),
        "slow": ("own_history", [("supplier", "A", "above_target_throughout")]),
        "over": ("own_history", [("supplier", "A", "changed")]),
        "calm": ("own_history", []),
        "unknown": ("own_history", []),
    }
    nameless = {name: len(one.found.nameless) for name, one in CASES.items()}
    assert nameless == {
        "changed": 1,
        "moved": 0,
        "turned": 0,
        "alone": 0,
        "beside": 0,
        "slow": 0,
        "over": 0,
        "calm": 0,
        "unknown": 3,
    }
    assert {name for name, one in CASES.items() if one.found.overlap} == {"changed", "alone"}


@each
def test_every_group_has_its_counts_before_its_range_and_its_excess(case):
    """By plain counting, and the range by the slow reckoning with every cause counted in."""
    one = CASES[case]
    slow, found, looked = one.slow, one.found, one.looked
    spared = slow.spared(one.extras())
    named = {one.named(each_.group): (each_.low, each_.high) for each_, _ in looked.named.causes}
    named |= {one.named(each_.group): (each_.low, each_.high) for each_ in looked.named.nameless}
    for dimension in slow.every:
        groups = getattr(found.dimensions, dimension)
        if dimension == "account" and found.compared_with == "others":
            assert groups == ()
            continue
        assert len(groups) == len(names(groups)) == len(slow.names(dimension))
        for group in groups:
            own = (dimension, group.name.value)
            now, late = (sum(part) for part in slow.counts(own))
            before = [
                row for row in slow.rows if slow.history and slow.history[0] <= row[0] <= slow.history[1]
            ]
            mine = [row for row in before if slow.name(row[2:], dimension) == own[1]]
            k0, n0 = sum(row[1] for row in mine), len(mine)
            if found.compared_with == "others":
                assert (group.orders_before.value, group.late_before.value) == (None, None)
            else:
                assert (group.orders_before.value, group.late_before.value) == (n0, k0)
                first, last = looked.day(slow.history[0]), looked.day(slow.history[1])
                assert (
                    group.orders_before.rows.rule
                    == f"counted orders from {first} to {last}, {dimension} {own[1]}"
                )
                assert group.orders_before.rows.orders == n0
            usual = named.get(own)
            if usual is None:
                usual = expected_range(slow, own, spared)
            assert (group.usual_low.value, group.usual_high.value) == (usual or (None, None))
            assert (group.usual_low.rows.orders, group.usual_high.rows.orders) == (0, 0)
            rate, whose = expected_baseline(slow, own, before, found.compared_with)
            assert group.excess.value == (
                None if rate is None else pytest.approx(float(late - now * rate), abs=1e-9)
            )
            assert group.excess.rows.rule.endswith(f", less {whose}")
            is_cause = own in {one.named(each_.group) for each_, _ in looked.named.causes}
            clear = "not_cause" if usual and late <= usual[1] else "unclear"
            assert group.verdict == ("cause" if is_cause else "too_few" if now < 30 else clear)
            kinds = {one.named(each_.group): kind for each_, kind in looked.named.causes}
            assert group.kind == kinds.get(own, "")


def expected_range(slow, own, spared):
    if not slow.history:
        others = [cell for cell in slow.cells if cell not in slow.inside(own)]
        if not sum(
            slow.now[0][cell][at] for cell in others for at in range(slow.blocks) if spared[cell][at] == 1
        ):
            return None
    orders, _, usual, variance = slow.alone(own, 0, slow.blocks - 1, spared)
    return usual_range(orders, usual, variance)


def expected_baseline(slow, own, before, compared):
    if compared == "others":
        rest = [row for row in slow.rows if row[0] >= slow.window and slow.name(row[2:], own[0]) != own[1]]
        return (Fraction(sum(row[1] for row in rest), len(rest)) if rest else None), "the rate of the others"
    mine = [row for row in before if slow.name(row[2:], own[0]) == own[1]]
    if len(mine) >= 50:
        return Fraction(sum(row[1] for row in mine), len(mine)), "its own rate before"
    return Fraction(sum(row[1] for row in before), len(before)), "the account's rate before"


@each
def test_the_parts_of_each_supplier_are_those_of_its_counts(case):
    """Beside a history of its own; nothing else has parts."""
    one = CASES[case]
    looked, found = one.looked, one.found
    own = dict(zip(looked.cells.names["supplier"], counts_of(looked, "supplier"), strict=True))
    for dimension in one.slow.every:
        for group in getattr(found.dimensions, dimension):
            told = (group.rate_part.value, group.mix_part.value)
            if dimension != "supplier" or found.compared_with != "own_history":
                assert told == (None, None)
                continue
            parts = dict(zip(own, split(list(own.values())), strict=True))[group.name.value]
            assert told == (float(parts.rate), float(parts.mix))


@each
def test_every_cause_is_counted_again_from_the_orders(case):
    """Orders, late orders, the account without its excess, its share before, and the days that tell it apart."""
    one = CASES[case]
    slow, found, looked = one.slow, one.found, one.looked
    in_window = [row for row in slow.rows if row[0] >= slow.window]
    before = [row for row in slow.rows if slow.history and slow.history[0] <= row[0] <= slow.history[1]]
    for number, (cause, (out, kind), when) in enumerate(
        zip(found.causes, looked.named.causes, spans_of(looked), strict=True)
    ):
        own = (cause.dimension, cause.name.value)
        assert own == one.named(out.group)
        assert cause.kind == kind
        now, late = (sum(part) for part in slow.counts(own))
        assert (cause.orders.value, cause.late.value, cause.rate.value) == (now, late, late / now)
        assert [figure.value for figure in cause.late_caused] == [
            max(0, late - out.high),
            max(0, late - out.low),
        ]
        assert [figure.id for figure in cause.late_caused] == [
            f"attribution.causes.{number}.late_caused.{end}" for end in ("low", "high")
        ]
        rate, whose = expected_baseline(slow, own, before, found.compared_with)
        assert cause.usual_rate.value == (None if rate is None else float(rate))
        assert cause.usual_rate.rows.rule.endswith(f"; {whose}")
        assert cause.own_baseline == (whose == "its own rate before")
        every_late = sum(row[1] for row in in_window)
        without = None if rate is None else float((every_late - (late - now * rate)) / len(in_window))
        assert cause.rate_without.value == (None if without is None else pytest.approx(without, abs=1e-15))
        mine = [row for row in before if slow.name(row[2:], own[0]) == own[1]]
        assert cause.share_before.value == (len(mine) / len(before) if before else None)
        told = [cause.from_, cause.from_earliest, cause.from_latest, cause.to]
        if when is None:
            without_day = (*told, cause.span_orders, cause.span_late)
            assert [(figure.value, figure.rows.orders) for figure in without_day] == [(None, 0)] * 6
            assert (cause.running, cause.or_before, cause.span_late.rows.orders) == (False, False, 0)
            continue
        days = (when.likely, when.earliest, when.latest, when.end)
        assert [figure.value for figure in told] == [looked.day(day).isoformat() for day in days]
        inside = [
            row
            for row in slow.rows
            if when.likely <= row[0] <= when.end and slow.name(row[2:], own[0]) == own[1]
        ]
        assert (cause.span_orders.value, cause.span_late.value) == (
            len(inside),
            sum(row[1] for row in inside),
        )
        assert (cause.span_orders.rows.orders, cause.span_late.rows.orders) == (
            len(inside),
            sum(row[1] for row in inside),
        )
        assert [figure.rows for figure in told] == [cause.span_late.rows] * 4
        assert (cause.running, cause.or_before) == (
            when.running,
            when.earliest == min(row[0] for row in slow.rows),
        )
        every_late_row = sorted(at for at, row in enumerate(slow.rows) if row in inside and row[1])
        assert len(lines_of(cause.span_late)) == len(every_late_row)
        stage = cause.stages.dispatch[1]
        assert stage.value == late
        assert {slow.rows[at][0] >= slow.window for at in lines_of(stage)} <= {True}


@each
def test_the_change_and_the_history_are_those_of_the_counts(case):
    one = CASES[case]
    slow, found, looked = one.slow, one.found, one.looked
    now = [row for row in slow.rows if row[0] >= slow.window]
    if found.compared_with == "others":
        assert (found.history, found.change) == (None, None)
    else:
        first, last = slow.history
        before = [row for row in slow.rows if first <= row[0] <= last]
        k0, n0 = sum(row[1] for row in before), len(before)
        told = plain(found.history)
        assert told == {
            "from_": looked.day(first).isoformat(),
            "to": looked.day(last).isoformat(),
            "orders": n0,
            "late": k0,
            "rate": k0 / n0,
        }
        assert found.history.orders.rows.orders == n0
    if found.compared_with == "own_history":
        k1, n1 = sum(row[1] for row in now), len(now)
        rose = Fraction(k1, n1) - Fraction(k0, n0)
        parts = split(counts_of(looked, "supplier"))
        rate = sum(part.rate for part in parts)
        assert (found.change.total.value, found.change.rate_part.value, found.change.mix_part.value) == (
            float(rose),
            float(rate),
            float(rose - rate),
        )
        assert found.change.rate_orders.value == float(rate * n1)
        assert found.change.mix_orders.value == float((rose - rate) * n1)
    stated = sum(row[1] and row[2] != NOT_STATED for row in now)
    assert found.stated_share.value == stated / sum(row[1] for row in now)
    assert (found.mostly_stated, found.suppliers_named, found.too_few) == (True, True, False)


@each
def test_late_orders_in_two_causes_overlap(case):
    one = CASES[case]
    named = [(cause.dimension, cause.name.value) for cause in one.found.causes]
    hands = [
        sum(one.slow.name(row[2:], dimension) == name for dimension, name in named)
        for row in one.slow.rows
        if row[0] >= one.slow.window and row[1]
    ]
    assert one.found.overlap == any(hand > 1 for hand in hands)


@each
def test_nameless_groups_that_gather_late_orders_are_told(case):
    one = CASES[case]
    told = [one.named(each_.group) for each_ in one.looked.named.nameless]
    assert [
        (group.id.split(".")[0], name)
        for group, name in ((own.name, own.name.value) for own in one.found.nameless)
    ] == [(f"late_by_{dimension}", name) for dimension, name in told]


@each
def test_a_group_is_explained_by_the_causes_that_hold_its_late_orders(case):
    """Half of them; a third where more are late than is usual without any cause, the account among the causes then."""
    one = CASES[case]
    slow, found, looked = one.slow, one.found, one.looked
    own_ones = {one.named(group) for group in looked.named.extras}
    for dimension in slow.every:
        for group in getattr(found.dimensions, dimension):
            own = (dimension, group.name.value)
            now = [
                row
                for row in slow.rows
                if row[0] >= slow.window and row[1] and slow.name(row[2:], dimension) == own[1]
            ]
            alone_ = expected_range(slow, own, slow.spared({}))
            unusual = (
                alone_ is not None
                and told_range(slow, own, slow.spared(one.extras()))
                and len(now) > alone_[1]
            )
            expected = []
            if own not in own_ones and (len(now) >= 3 or unusual):
                for cause in found.causes:
                    shared = sum(slow.name(row[2:], cause.dimension) == cause.name.value for row in now)
                    if shared * (3 if unusual else 2) >= len(now) and (
                        unusual or cause.dimension != "account"
                    ):
                        expected.append(cause.name.value)
            assert list(group.explained_by) == expected


def told_range(slow, own, spared):
    return expected_range(slow, own, spared) is not None


# --- Baselines, roles, verdicts, tables


def looked_at(compared="own_history", **more):
    return SimpleNamespace(named=SimpleNamespace(compared=compared, causes=(), **more))


@pytest.mark.parametrize(
    ("orders_before", "rate", "whose", "own"),
    [
        (49, Fraction(1, 10), "the account's rate before", False),
        (50, Fraction(4, 50), "its own rate before", True),
        (51, Fraction(4, 51), "its own rate before", True),
    ],
)
@pytest.mark.parametrize("compared", ["own_history", "first_days"])
def test_fifty_orders_before_are_a_baseline_of_ones_own(compared, orders_before, rate, whose, own):
    one, every = counts(4, orders_before, 9, 20), counts(30, 300, 40, 400)
    assert baseline_of(looked_at(compared), one, every) == Baseline(rate=rate, whose=whose, own=own)


def test_without_orders_before_there_is_no_baseline_and_beside_others_it_is_theirs():
    none = baseline_of(looked_at(), counts(0, 0, 9, 20), counts(0, 0, 40, 400))
    assert none == Baseline(rate=None, whose="the account's rate before", own=False)
    others = looked_at("others")
    assert baseline_of(others, counts(60, 60, 10, 100), counts(0, 0, 40, 400)) == Baseline(
        rate=Fraction(30, 300), whose="the rate of the others", own=False
    )
    assert baseline_of(others, counts(0, 0, 40, 400), counts(0, 0, 40, 400)).rate is None


def test_a_role_is_a_suppliers_and_only_what_is_unknown_is_so_everywhere():
    told = {"": "", "own": "own_warehouse", "tbd": "unknown"}.get
    assert [role(name, "supplier", told) for name in ("", "own", "tbd")] == ["", "own_warehouse", "unknown"]
    assert [role(name, "carrier", told) for name in ("", "own", "tbd")] == ["", "", "unknown"]
    for dimension in ("supplier", "sku"):
        assert (role(NOT_STATED, dimension, told), role(SEVERAL, dimension, told)) == (
            "not_stated",
            "several",
        )


@pytest.mark.parametrize(
    ("orders", "late", "usual", "cause", "expected"),
    [
        (29, 0, (0, 5), False, "too_few"),
        (30, 0, (0, 5), False, "not_cause"),
        (30, 5, (0, 5), False, "not_cause"),
        (30, 6, (0, 5), False, "unclear"),
        (30, 0, None, False, "unclear"),
        (29, 20, (0, 5), True, "cause"),
    ],
)
def test_thirty_orders_inside_the_usual_range_clear_a_group(orders, late, usual, cause, expected):
    assert grouping._verdict(counts(0, 0, late, orders), usual, cause=cause) == expected


def shown(number, *, verdict="not_cause", role_="", orders=40, late=2):
    rows = [SimpleNamespace(rows=SimpleNamespace(orders=many)) for many in (orders, late)]
    return SimpleNamespace(number=number, verdict=verdict, role=role_, orders=rows[0], late=rows[1])


def numbers(found):
    return [one.number for one in found]


@pytest.mark.parametrize(("dimension", "rows"), [("supplier", 10), ("carrier", 5), ("sku", 5)])
def test_a_table_has_its_rows_and_one_more_where_that_is_the_last(dimension, rows):
    for size in (1, rows, rows + 1, rows + 2, rows + 5):
        (table,) = rankings({"account": [shown(0)], dimension: [shown(at) for at in range(size)]})
        many = size if size <= rows + 1 else rows
        assert (table.dimension, numbers(table.top)) == (dimension, list(range(many)))
        assert (table.few, table.blank) == (None, ())
        if many == size:
            assert table.rest is None
            continue
        told = table.rest
        assert [one.value for one in (told.groups, told.orders, told.late)] == [
            size - many,
            40 * (size - many),
            2 * (size - many),
        ]
        assert [one.rows.orders for one in (told.groups, told.orders, told.late)] == [
            40 * (size - many)
        ] * 2 + [2 * (size - many)]
        assert [one.unit for one in (told.groups, told.orders, told.late)] == ["groups", "orders", "orders"]
        assert [one.id for one in (told.groups, told.orders, told.late)] == [
            f"attribution.{dimension}.rest.{name}" for name in ("groups", "orders", "late")
        ]
        assert told.late.rows.rule == f"{size - many} of the groups by {dimension}, rest: their late"


def test_a_cause_is_shown_however_far_down_it_stands():
    """And small groups are counted together, those without a name alone."""
    every = [shown(at, verdict="cause" if at in {2, 8} else "unclear") for at in range(10)]
    every += [shown(20, verdict="too_few", orders=7, late=1), shown(21, verdict="too_few", orders=9, late=0)]
    every += [
        shown(30, role_="not_stated"),
        shown(31, role_="several", verdict="too_few"),
        shown(5, role_="unknown"),
    ]
    (table,) = rankings({"sku": every})
    assert numbers(table.top) == [0, 1, 2, 3, 4, 8]
    assert table.rest.groups.value == 5
    assert (table.few.groups.value, table.few.orders.value, table.few.late.value) == (2, 16, 1)
    assert numbers(table.blank) == [30, 31]


# --- What a cause explains


def explained(*, late, shared, usual, dimension="carrier", own=()):
    """By which causes a supplier is explained of whose late orders so many are a cause's; ``usual`` is the top without any."""
    rows = [(0, True, "A", "P" if at < shared else "Q") for at in range(late)]
    rows += [(0, False, name, carrier) for name in "AB" for carrier in "PQ"]
    cells = world(rows, window=0, end=9, dimensions=("supplier", "carrier")).cells()
    orders, struck = cells.counts(0, 9)
    group = Group(2, 0) if dimension == "carrier" else Group(0, 0)
    causes = ((SimpleNamespace(group=group), "changed"),)
    named = SimpleNamespace(causes=causes, yardstick=SimpleNamespace(orders=orders, late=struck))
    ranges = grouping._Ranges(
        named=named,
        low=np.array([0, -1]),
        high=np.array([3, -1]),
        high_alone=np.array([usual, usual]),
        own=dict.fromkeys(own, (1, 2)),
        kinds={1: "mix"},
    )
    return ranges.explained_by(SimpleNamespace(cells=cells), "supplier", 0, late), ranges


@pytest.mark.parametrize(
    ("late", "shared", "usual", "expected"),
    [
        (10, 5, 10, ["P"]),  # half of what is usual
        (10, 4, 10, []),
        (9, 3, 8, ["P"]),  # a third of what is unusual
        (9, 2, 8, []),
        (9, 3, 9, []),  # nine are usual
        (3, 2, 5, ["P"]),
        (2, 2, 5, []),  # two late orders are too few
        (2, 2, 1, ["P"]),  # but for where they are unusual
    ],
)
def test_half_of_the_late_orders_are_explained_or_a_third_where_they_are_unusual(
    late, shared, usual, expected
):
    found, _ = explained(late=late, shared=shared, usual=usual)
    assert list(found) == expected


def test_the_account_explains_only_what_is_unusual_and_a_cause_not_itself():
    assert explained(late=9, shared=0, usual=9, dimension="account")[0] == ()
    assert explained(late=9, shared=0, usual=8, dimension="account")[0] == (ALL_ORDERS,)
    assert explained(late=9, shared=9, usual=8, own=(0,))[0] == ()


def test_a_range_is_the_causes_own_or_that_beside_the_causes_or_none():
    _, ranges = explained(late=3, shared=1, usual=1, own=(1,))
    assert (ranges.of(0), ranges.of(1)) == ((0, 3), (1, 2))
    _, ranges = explained(late=3, shared=1, usual=1)
    assert (ranges.of(0), ranges.of(1)) == ((0, 3), None)
    assert (ranges.kind(0), ranges.kind(1)) == ("", "mix")
    none_late = replace(ranges, high=np.array([0, -1]))
    assert (none_late.of(0), none_late.of(1)) == ((0, 0), None)


@pytest.mark.parametrize(("others", "told"), [(0, False), (1, True)])
def test_beside_others_a_range_needs_one_order_outside_every_cause(others, told):
    """Of two suppliers B is the cause; A is told a range where somebody else had an order."""
    rows = [(0, at < 5, "A") for at in range(20)] + [(0, at < 15, "B") for at in range(20)]
    rows += [(0, False, "C")] * others
    cells = world(rows, window=0, end=9).cells()
    orders, late = cells.counts(0, 9, block=10)
    group = Group(1, 1)
    one = StandsOut(
        group=group, orders=20, late=15, usual=5.0, low=1, high=9, extra=Extra(0, 0, 0.5), chance=0.0
    )
    named = SimpleNamespace(
        yardstick=TheOthers(cells=cells, orders=orders, late=late),
        extras={group: one.extra},
        compared="others",
        causes=((one, "changed"),),
        nameless=(),
    )
    found = grouping._ranges(SimpleNamespace(cells=cells, named=named), "supplier")
    assert (found.of(0) is not None) is told
    assert bool(found.high_alone[0] < 100) is told
    assert (found.of(1), found.kind(1), found.kind(0)) == ((1, 9), "changed", "")


# --- Since when


BOTH = (Group(1, 0), Group(2, 0))


def spanned(monkeypatch, rows, *, kind="changed", compared="own_history", causes=BOTH, window_=2):
    """What the first of the causes asks the temporal scan."""
    asked = []

    def noted(orders, late, **more):
        asked.append((orders.tolist(), late.tolist(), more))

    monkeypatch.setattr(named_causes, "span", noted)
    cells = world(rows, window=window_, end=3, dimensions=("supplier", "carrier")).cells()
    named = SimpleNamespace(
        causes=tuple((SimpleNamespace(group=group), kind) for group in causes),
        yardstick=SimpleNamespace(spread={"supplier": 1.25, "carrier": 1.75}),
        compared=compared,
    )
    spans_of(SimpleNamespace(cells=cells, named=named))
    return asked[0] if asked else None


@pytest.mark.parametrize(("in_both", "expected"), [(3, [0, 0, 0, 3]), (4, [0, 0, 0, 7])])
def test_orders_of_another_cause_are_left_out_where_half_of_the_late_ones_remain(
    monkeypatch, in_both, expected
):
    rows = (
        [(3, True, "A", "Q")] * 3
        + [(3, True, "A", "P")] * in_both
        + [(0, False, "A", "Q"), (1, True, "B", "Q")]
    )
    orders, late, more = spanned(monkeypatch, rows)
    assert late == expected
    assert orders == [1, 0, 0, expected[3]]
    assert more == {"spread": 1.25, "until": 2, "outside": (0.0, 0.0)}
    alone_ = spanned(monkeypatch, rows, causes=(Group(1, 0),))
    assert alone_[1] == [0, 0, 0, 3 + in_both]


@pytest.mark.parametrize(
    ("day", "compared", "expected"),
    [
        (1, "own_history", (0.0, 0.0)),
        (2, "own_history", (4.0, 1.0)),
        (1, "others", (4.0, 1.0)),
        (1, "first_days", (0.0, 0.0)),
    ],
)
def test_who_has_no_days_before_is_set_beside_the_others(monkeypatch, day, compared, expected):
    rows = [(day, False, "A", "P"), *[(3, True, "A", "P")] * 5]
    rows += [(0, True, "B", "Q"), *[(1, False, "B", "Q")] * 3]
    *_, more = spanned(monkeypatch, rows, compared=compared, causes=(Group(1, 0),))
    assert more["outside"] == expected


def test_a_mix_begins_where_the_share_of_orders_rose_and_who_was_slow_throughout_has_no_day(monkeypatch):
    rows = [(0, True, "A", "P"), (3, False, "A", "P"), (3, False, "B", "P"), (1, True, "B", "Q")]
    orders, mine, more = spanned(monkeypatch, rows, kind="mix")
    assert (orders, mine, more) == ([1, 1, 0, 2], [1, 0, 0, 1], {"until": 2})
    assert spanned(monkeypatch, rows, kind="above_target_throughout") is None


# --- Who cannot be told apart


def alike(*, mine, theirs, shared, name="P"):
    """Whether carrier P has nearly the orders of supplier A, of so many orders each and in common."""
    rows = [(0, False, "A", name)] * shared + [(0, False, "A", "Q")] * (mine - shared)
    rows += [(0, False, "B", name)] * (theirs - shared) + [(0, False, "B", "R")] * 50
    cells = world(rows, window=0, end=9, dimensions=("supplier", "carrier")).cells()
    orders, _ = cells.counts(0, 9)
    looked = SimpleNamespace(cells=cells, named=SimpleNamespace(yardstick=SimpleNamespace(orders=orders)))
    telling_ = named_causes._Telling(
        looked=looked,
        counting=None,
        steps=None,
        one=SimpleNamespace(group=Group(1, 0)),
        when=None,
        group=SimpleNamespace(name=SimpleNamespace(value="A")),
        id="one",
    )
    return [
        (each_.dimension, each_.name.value, each_.shared.value, each_.orders.value, each_.name.rows.orders)
        for each_ in telling_._alike()
    ]


@pytest.mark.parametrize(
    ("mine", "theirs", "shared", "told"),
    [
        (20, 18, 18, True),
        (18, 20, 18, True),
        (20, 17, 17, False),
        (17, 20, 17, False),
        (20, 20, 18, True),
        (20, 20, 20, True),
    ],
)
def test_nine_tenths_of_the_orders_of_both_make_two_groups_alike(mine, theirs, shared, told):
    assert alike(mine=mine, theirs=theirs, shared=shared) == (
        [("carrier", "P", shared, theirs, shared)] if told else []
    )


def test_one_order_in_common_is_enough_where_it_is_the_only_one():
    assert alike(mine=1, theirs=1, shared=1) == [("carrier", "P", 1, 1, 1)]


def test_a_blank_is_not_told_as_alike():
    assert alike(mine=20, theirs=20, shared=20, name=NOT_STATED) == []


def test_the_rate_without_a_group_needs_orders_and_an_excess():
    every = counts(0, 0, 100, 2000)
    assert named_causes._without(every, Fraction(54)) == 46 / 2000
    assert named_causes._without(every, None) is None
    assert named_causes._without(counts(0, 0, 0, 0), Fraction(1)) is None


# --- The account: change, history, several suppliers


def change_of(monkeypatch, *groups, compared="own_history", dimensions=("account", "supplier")):
    """The change of an account of these groups (late and orders before, late and orders now)."""
    every = [counts(*(sum(column) for column in zip(*groups, strict=True)))]
    told = {"account": every, "supplier": [counts(*one) for one in groups]}
    monkeypatch.setattr(telling, "counts_of", lambda _looked, dimension: told[dimension])
    looked = SimpleNamespace(
        named=SimpleNamespace(compared=compared), cells=SimpleNamespace(dimensions=dimensions)
    )
    return telling._change(looked)


def test_the_change_is_split_over_suppliers_or_all_of_it_is_rate(monkeypatch):
    groups = ((9, 900, 4, 500), (12, 100, 55, 500))
    one = change_of(monkeypatch, *groups)
    assert plain(one) == {
        "total": 0.038,
        "rate_part": -0.0044,
        "mix_part": 0.0424,
        "rate_orders": -4.4,
        "mix_orders": 42.4,
        "by_supplier": True,
        "mix_matters": True,
        "no_rate_rose": True,
    }
    assert one.total.rows.orders == 1000
    whole = change_of(monkeypatch, *groups, dimensions=("account", "carrier"))
    assert (whole.total.value, whole.rate_part.value, whole.mix_part.value) == (0.038, 0.038, 0.0)
    assert (whole.by_supplier, whole.mix_matters, whole.no_rate_rose) == (False, False, False)


@pytest.mark.parametrize("compared", ["others", "first_days"])
def test_only_a_history_of_its_own_has_a_change(monkeypatch, compared):
    assert change_of(monkeypatch, (1, 10, 2, 10), compared=compared) is None


def test_a_change_needs_orders_before_and_in_the_window(monkeypatch):
    assert change_of(monkeypatch, (0, 0, 2, 10)) is None
    assert change_of(monkeypatch, (1, 10, 0, 0)) is None
    assert change_of(monkeypatch, (1, 10, 2, 10)) is not None


@pytest.mark.parametrize(
    ("now", "matters"),
    [
        ((75, 100, 0, 100), True),  # a tenth of three tenths
        ((72, 96, 0, 104), False),  # nine hundredths of 28.5
        ((78, 104, 0, 96), True),
        ((40, 160, 0, 40), True),  # the mix alone
        ((45, 60, 0, 140), False),  # the rates alone
        ((5, 80, 0, 120), True),  # against each other
    ],
)
def test_the_mix_matters_from_a_third_of_the_change_on_or_against_the_rates(monkeypatch, now, matters):
    """A had 15 late of 60 before, and B none of 140; the other way round it is the same."""
    assert change_of(monkeypatch, (15, 60, *now[:2]), (0, 140, *now[2:])).mix_matters is matters
    assert change_of(monkeypatch, (*now[:2], 15, 60), (*now[2:], 0, 140)).mix_matters is matters


def test_nothing_changed_and_no_mix_matters(monkeypatch):
    same = change_of(monkeypatch, (1, 10, 1, 10), (0, 10, 0, 10))
    assert (same.mix_matters, same.no_rate_rose) == (False, False)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (((2, 100, 1, 50), (10, 100, 20, 200)), True),  # the very rates, another mix
        (((2, 100, 2, 50), (10, 100, 20, 200)), False),  # one rose
        (((2, 100, 1, 50), (10, 100, 20, 200), (0, 0, 1, 5)), False),  # a new one has no rate before
        (((2, 100, 1, 50), (10, 100, 20, 200), (1, 50, 0, 0)), True),  # one that is gone
        (((2, 100, 1, 200), (10, 100, 20, 200)), False),  # the account did not rise
        (((0, 100, 0, 50), (10, 100, 20, 200)), True),
    ],
)
def test_no_rate_rose_where_the_account_did_and_nobody_else(monkeypatch, groups, expected):
    assert change_of(monkeypatch, *groups).no_rate_rose is expected


def test_a_history_without_orders_has_no_rate(monkeypatch):
    looked = SimpleNamespace(
        named=SimpleNamespace(compared="first_days", first=2, last=9),
        day=lambda number: date(2026, 10, 1) + timedelta(days=number),
    )
    for late, orders, rate in ((0, 0, None), (0, 1, 0.0), (1, 4, 0.25)):
        monkeypatch.setattr(
            telling, "counts_of", lambda *_, late=late, orders=orders: [counts(late, orders, 5, 10)]
        )
        found = telling._history(looked)
        assert (found.orders.value, found.rate.value) == (orders, rate)
        assert (found.from_.value, found.to.value) == ("2026-10-03", "2026-10-10")
        assert found.from_.rows.rule == "counted orders from 2026-10-03 to 2026-10-10"
        assert [part.id for part in (found.from_, found.to, found.orders, found.late, found.rate)] == [
            f"attribution.history.{name}" for name in ("from", "to", "orders", "late", "rate")
        ]


@pytest.mark.parametrize(("late", "expected"), [(True, True), (False, False)])
def test_causes_overlap_where_a_late_order_is_in_both(late, expected):
    rows = [(0, late, "A", "P"), (0, True, "A", "Q"), (0, True, "B", "P"), (0, False, "B", "Q")]
    cells = world(rows, window=0, end=9, dimensions=("supplier", "carrier")).cells()
    struck = cells.counts(0, 9)[1]

    def overlap(*groups):
        named = SimpleNamespace(
            causes=tuple((SimpleNamespace(group=group), "changed") for group in groups),
            yardstick=SimpleNamespace(late=struck),
        )
        return telling._overlap(SimpleNamespace(cells=cells, named=named))

    assert overlap(Group(1, 0), Group(2, 0)) is expected
    assert overlap(Group(1, 0)) is False
    assert overlap() is False


def test_late_orders_of_several_suppliers_are_told_by_that_of_the_latest_line():
    """Those of the window, that are late, and of several suppliers: with their rows."""
    rows = [
        *of(2, 3, "B"),
        *of(2, 2, "A"),
        *of(1, 1, ""),
        *of(1, 1, "A"),
        *of(1, 1, "A", day=29),
        *of(0, 1, "A"),
    ]
    made = several(booked(rows), {0, 1, 2, 3, 4, 5, 7, 8})
    found = list(telling._several_late(made, WINDOW))
    assert [(one.name.value, one.late.value, lines_of(one.late)) for one in found] == [
        (NOT_STATED, 1, [5]),
        ("A", 2, [3, 4]),
        ("B", 2, [0, 1]),
    ]
    assert [one.late.id for one in found] == [f"attribution.several_late.{at}.late" for at in range(3)]
    assert found[1].late.rows.rule == made.rule_of(
        WINDOW, "late, lines of several suppliers, the latest of A"
    )


@pytest.mark.parametrize(
    ("stated", "late", "mostly"), [(8, 10, True), (7, 9, False), (79, 99, False), (4, 5, True), (0, 0, True)]
)
def test_four_fifths_of_the_late_orders_are_most_of_them(stated, late, mostly):
    one = CASES["calm"]
    looked = replace(one.looked, stated=stated, late=late, suppliers_named=False)
    found = attribution(looked, one.made, WINDOW, one.steps, role_of=nobody)
    assert found.mostly_stated is mostly
    assert found.stated_share.value == (stated / late if late else None)
    assert found.stated_share.rows.orders == stated
    assert found.suppliers_named is False


@pytest.mark.parametrize(("orders", "expected"), [(29, True), (30, False)])
def test_of_fewer_than_thirty_orders_nobody_is_judged(orders, expected):
    made = booked(of(1, orders, "A"))
    looked = look(made, WINDOW, role_of=nobody)
    found = attribution(looked, made, WINDOW, steps_of(made, days=frozenset()), role_of=nobody)
    assert found.too_few is expected


def test_roles_are_told_of_groups_and_causes():
    """What is unknown is never a cause; the rest is whose it is said to be, and only of suppliers."""
    found = CASES["unknown"].found
    roles = {
        dimension: {one.name.value: one.role for one in getattr(found.dimensions, dimension)}
        for dimension in THREE
    }
    assert roles == {
        "supplier": {"A": "unknown", "B": "own_warehouse", "C": "own_warehouse"},
        "carrier": {"P": "unknown", "Q": "", "R": ""},
        "sku": {NOT_STATED: "not_stated", "x": "", "y": ""},
    }


def test_a_cause_without_its_group_is_a_fault():
    one = CASES["changed"]
    with pytest.raises(ValueError, match="A"):
        list(named_causes.causes(one.looked, one.made, one.steps, groups={}, role_of=nobody))
