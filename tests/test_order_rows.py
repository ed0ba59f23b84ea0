"""Order ids as numbers, where rows stand, and which orders are late: on tables small enough to count by hand."""

from dataclasses import fields, replace
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pytest
from made_weeks import MONDAY, Made, counting, late

from poa.facts import Lines
from poa.orders import (
    MISSING,
    NOT_STATED,
    ORDER_LIMIT,
    YEARS,
    Condensed,
    Orders,
    key_of,
    name_of,
    order_id_of,
    order_keys,
    places,
)

ID = "123-4567890-1234567"
KEY = 12345678901234567


# --- Ids


def keys(*texts):
    found = order_keys(pa.array(texts, type=pa.string()))
    return found.text.to_pylist(), found.keys.tolist()


def test_an_id_is_its_seventeen_digits():
    """And back again, with the noughts that it begins with."""
    assert key_of(ID) == KEY
    assert order_id_of(KEY) == ID
    assert key_of("001-0000000-0000002") == 10**14 + 2
    assert order_id_of(10**14 + 2) == "001-0000000-0000002"
    assert key_of("987-6543210-9876543") == 98765432109876543


@pytest.mark.parametrize("place", [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18])
@pytest.mark.parametrize("sign", ["0", "9"])
def test_each_digit_of_an_id_counts(place, sign):
    """Two ids that differ in one digit are two orders."""
    other = ID[:place] + sign + ID[place + 1 :]
    assert order_id_of(key_of(other)) == other
    assert (key_of(other) == KEY) == (other == ID)


@pytest.mark.parametrize("place", range(19))
@pytest.mark.parametrize("sign", ["/", ":", "x", " "])
def test_nineteen_signs_of_another_form_are_no_id(place, sign):
    """A sign beside the digits in the table of signs, a letter or a blank, wherever it stands."""
    assert key_of(ID[:place] + sign + ID[place + 1 :]) == -1


@pytest.mark.parametrize("place", [3, 11])
def test_a_digit_for_a_dash_is_no_id(place):
    """The dashes are a part of the form."""
    assert key_of(ID[:place] + "1" + ID[place + 1 :]) == -1


def test_ids_of_one_length_are_told_apart_one_by_one():
    """One that is none does not spoil the others; blanks around an id are none of it."""
    assert keys(ID, "123-4567890-123456x") == ([ID, "123-4567890-123456x"], [KEY, -1])
    assert keys(f" {ID}", "A-1", "") == ([ID, "A-1", ""], [KEY, -1, -1])
    assert keys(ID, " " * 16 + "A-1") == ([ID, "A-1"], [KEY, -1])
    assert keys(ID, ID) == ([ID, ID], [KEY, KEY])
    assert keys() == ([], [])


def test_ids_in_pieces_and_cut_out_of_others_are_the_same():
    """However the reader hands them over."""
    every = pa.array(["x", ID, "987-6543210-9876543"], type=pa.string())
    assert order_keys(every[1:]).keys.tolist() == [KEY, 98765432109876543]
    ids = pa.array([ID, "987-6543210-9876543", "001-0000000-0000002"], type=pa.string())
    assert order_keys(ids[1:]).keys.tolist() == [98765432109876543, 10**14 + 2]
    assert order_keys(pa.chunked_array([every[1:2], every[2:]])).keys.tolist() == [KEY, 98765432109876543]


def test_an_id_of_another_store_is_itself():
    """Amazon's is unpacked from its key."""
    orders = counting([Made()]).orders
    assert orders.order_id(KEY) == ID
    assert replace(orders, ids={KEY: "A-1"}).order_id(KEY) == "A-1"


def test_amazon_opened_in_1995():
    """A day before, or one of the next century, is a slip of the pen."""
    assert YEARS == (1995, 2100)


def test_our_own_word_for_a_blank_is_a_blank():
    """A name is on one line."""
    assert name_of(NOT_STATED) == ""
    assert name_of(f" {NOT_STATED} ") == ""
    assert name_of(" Alder \n Supply ") == "Alder Supply"


# --- Places


def arrays(rows):
    files = np.array([file for file, _ in rows], dtype=np.int16)
    return files, np.array([line for _, line in rows], dtype=np.int32)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(0, 2)], [("a", ((2, 2),))]),
        ([(0, 2), (0, 3), (0, 4)], [("a", ((2, 4),))]),
        ([(0, 2), (0, 4), (0, 5), (0, 9)], [("a", ((2, 2), (4, 5), (9, 9)))]),
        ([(1, 3), (0, 7), (1, 2), (0, 5)], [("a", ((5, 5), (7, 7))), ("b", ((2, 3),))]),
        ([(0, 2), (1, 3)], [("a", ((2, 2),)), ("b", ((3, 3),))]),
        ([(0, 1), (1, 1)], [("a", ((1, 1),)), ("b", ((1, 1),))]),
    ],
)
def test_rows_stand_in_ranges_of_lines_of_their_file(rows, told):
    """Lines that follow each other are one range, whatever order the rows come in."""
    found = places(*arrays(rows), ["a", "b"])
    assert found == tuple(Lines(file=file, ranges=ranges) for file, ranges in told)


def spread():
    """Four orders whose rows stand in two files, some side by side."""
    rows = [[(0, 2), (0, 3)], [(0, 4)], [(0, 9), (1, 2), (0, 8), (1, 4)], [(1, 5), (1, 6)]]
    flat = [row for order in rows for row in order]
    files, lines = arrays(flat)
    return rows, replace(
        counting([Made()]).orders,
        rows=np.arange(len(flat), dtype=np.int32),
        row_start=np.cumsum([0, *(len(one) for one in rows)]).astype(np.int32),
        row_file=files,
        row_line=lines,
        file_names=("a", "b"),
    )


@pytest.mark.parametrize(
    "chosen", [[0], [1], [2], [3], [0, 1], [1, 0], [3, 2], [0, 2], [0, 1, 2, 3], [2, 2], [1, 3], []]
)
def test_the_rows_behind_some_orders_are_theirs_alone(chosen):
    """Each order by itself, and all of them together."""
    rows, orders = spread()
    at = np.array(chosen, dtype=np.intp)
    alone = [places(*arrays(rows[one]), ["a", "b"]) for one in chosen]
    assert orders.places_of_each(at) == alone
    behind = orders.behind(at, "rule")
    together = [row for one in chosen for row in rows[one]]
    assert behind.lines == (places(*arrays(together), ["a", "b"]) if together else ())
    assert (behind.rule, behind.orders) == ("rule", len(chosen))


def test_rows_that_stand_in_another_order_are_found_by_their_place():
    """``rows`` leads from an order to its rows."""
    _, orders = spread()
    turned = np.arange(len(orders.rows), dtype=np.int32)[::-1].copy()
    other = replace(orders, rows=turned, row_file=orders.row_file[::-1], row_line=orders.row_line[::-1])
    at = np.arange(4)
    assert other.places_of_each(at) == orders.places_of_each(at)
    assert other.behind(at, "") == orders.behind(at, "")


def test_many_orders_have_a_rule_instead_of_lines():
    """Up to the limit each line is listed."""
    orders = counting([Made() for _ in range(ORDER_LIMIT + 1)]).orders
    most = orders.behind(np.arange(ORDER_LIMIT), "rule")
    assert most.lines == (Lines(file="report.csv", ranges=((2, ORDER_LIMIT + 1),)),)
    assert most.orders == ORDER_LIMIT
    more = orders.behind(np.arange(ORDER_LIMIT + 1), "rule")
    assert (more.lines, more.orders, more.rule) == ((), ORDER_LIMIT + 1, "rule")


def test_five_hundred_orders_are_listed():
    """More would not be read."""
    assert ORDER_LIMIT == 500


# --- Rows that stand for several orders


class Alike:
    """The orders behind two groups: two of the first, three of the second; each has its line as its moment."""

    rows = (((0, 20), (0, 22)), ((1, 30), (1, 31), (1, 32)))

    def places(self, groups):
        return arrays([row for group in groups for row in self.rows[group]])

    def moments(self, groups, names):
        told = [(at, line) for at, group in enumerate(groups) for _, line in self.rows[group]]
        at, lines = (np.array([one[part] for one in told], dtype=np.int64) for part in (0, 1))
        return at, {name: lines + number for number, name in enumerate(names)}


def condensed():
    """The four orders again, of which the second row stands for two and the last for three; the third waits."""
    made = [Made(), Made(), Made(confirmed=None, purchased=-50), Made()]
    weight, group = np.array([1, 2, 1, 3]), np.array([-1, 0, -1, 1])
    return replace(
        spread()[1],
        table=counting(made).orders.table,
        condensed=Condensed(weight=weight, group=group, members=Alike()),
    )


def test_a_row_that_stands_for_several_orders_counts_as_these():
    """By a mask, by positions, and by number; any other row is one order."""
    orders = condensed()
    plain = replace(orders, condensed=None)
    mask, some = np.array([True, True, False, True]), np.array([0, 1, 3])
    assert (orders.count(mask), plain.count(mask)) == (6, 3)
    assert (orders.count(some), plain.count(some)) == (6, 3)
    number = np.array([0, 2, 2])
    for found, expected in ((orders, [1, 0, 5, 0]), (plain, [1, 0, 2, 0])):
        told = found.tally(number, some, size=4)
        assert (told.tolist(), told.dtype) == (expected, np.int64)
    assert orders.tally(np.array([1, 0, 1, 0]), slice(None), size=2).tolist() == [5, 2]


def test_the_rows_behind_orders_that_are_alike_are_all_of_them():
    """Beside those of orders that stand alone; more than the limit have the rule."""
    orders = condensed()
    behind = orders.behind(np.array([0, 1, 3]), "rule")
    told = [(0, 2), (0, 3), *Alike.rows[0], *Alike.rows[1]]
    assert (behind.orders, behind.lines) == (6, places(*arrays(told), ["a", "b"]))
    assert orders.behind(np.array([0, 2]), "") == replace(orders, condensed=None).behind(np.array([0, 2]), "")
    many = replace(orders.condensed, weight=np.array([1, ORDER_LIMIT, 1, 3]))
    found = replace(orders, condensed=many)
    assert len(found.behind(np.array([1]), "rule").lines) == 1
    assert found.behind(np.array([0, 1]), "rule").lines == ()


def test_the_moments_of_orders_are_told_in_seconds():
    """Of each order behind a row, in the order that was asked for; a blank is missing."""
    orders = condensed()
    bought = [int(one.timestamp()) for one in orders.table["purchased"]]
    done = int(orders.table["ship_confirmed"].iloc[0].timestamp())
    chosen, names = np.array([3, 0, 1, 2]), ("purchased", "ship_confirmed")
    place, found = replace(orders, condensed=None).moments(chosen, names)
    assert place.tolist() == [0, 1, 2, 3]
    assert found["purchased"].tolist() == [bought[at] for at in chosen]
    assert found["ship_confirmed"].tolist() == [done, done, done, MISSING]
    place, found = orders.moments(chosen, names)
    assert place.tolist() == [0, 0, 0, 1, 2, 2, 3]
    assert found["purchased"].tolist() == [30, 31, 32, bought[0], 20, 22, bought[2]]
    assert found["ship_confirmed"].tolist() == [31, 32, 33, done, 21, 23, MISSING]


def test_of_orders_none_is_confirmed_since_and_none_stands_for_others_unless_it_is_said():
    """An account in one piece says neither."""
    needed = {one.name for one in fields(Orders)} - {"confirmed_since", "condensed"}
    plain = Orders(**dict.fromkeys(needed))
    assert (plain.confirmed_since, plain.condensed) == (0, None)


# --- Lateness


@pytest.mark.parametrize(
    ("hours", "is_late"), [(-1, False), (0, False), (1 / 3600, True), (1, True), (None, False)]
)
def test_an_order_is_late_after_its_instant_and_not_at_it(hours, is_late):
    """A second is enough; one that is not confirmed is not late."""
    table = counting([Made(confirmed=hours)]).orders.table
    assert bool(table["late"].iloc[0]) is is_late
    assert bool(table["confirmed"].iloc[0]) is (hours is not None)


def test_late_lines_are_those_of_late_orders():
    """With their dates and the supplier's name."""
    orders = counting([Made(), late(supplier="Birch"), late(due=MONDAY + timedelta(hours=40))]).orders
    assert orders.late_lines.index.tolist() == [1, 2]
    assert orders.late_lines["supplier"].tolist() == ["Birch", "Alder Supply"]
    assert "key" not in orders.late_lines
