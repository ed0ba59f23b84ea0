"""What the rate is not about, what was known at a moment, and what suppliers say: each rule on rows few enough to see."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from test_joining_rows import NOON, TIMES, file, hours, row

from poa.joining import Pooled
from poa.joining.apart import Apart, set_apart
from poa.joining.known import known_at
from poa.joining.supplier_side import attach, tracking_of

WORDS = ("status", "channel", "store")


def pooled(*rows, **more):
    """Rows of one file with the words of their orders."""
    one, told = file(*rows, **more)
    frame = one.rows
    for word in WORDS:
        if any(word in each for each in told):
            frame = frame.assign(**{word: pd.Categorical([each.get(word, "") for each in told])})
    return Pooled(rows=frame, files=(replace(one, rows=frame),), ids={})


def apart(*rows, store="US", members=None):
    return set_apart(replace(pooled(*rows), members=members), store=store)


def left(found):
    return found.pooled.rows["key"].tolist()


def aside(found):
    return [(one.kind, str(one.name), one.orders.value) for one in found.set_aside]


# --- Orders that are set apart


@pytest.mark.parametrize("word", ["Amazon", "AFN", "amazon", "A-F_N "])
def test_what_amazon_ships_is_not_the_sellers(word):
    """Whatever the report calls it; every row of such an order goes."""
    found = apart(row(1, channel=word), row(2, channel="Merchant"), row(1, channel="MFN"), row(3, channel=""))
    assert (left(found), aside(found)) == ([2, 3], [("amazon_fulfilled", "shipped by Amazon (FBA)", 1)])
    assert len(found.cancelled) == 0
    assert found.stores == ()


@pytest.mark.parametrize("word", ["Cancelled", "canceled", "CANCELLED"])
def test_a_cancelled_order_is_not_counted_unless_it_was_confirmed(word):
    """By any of its rows, with a time or with the word."""
    rows = [
        row(1, status=word, done=None),
        row(2, status=word, done=-1),
        row(3, status=word, done=None),
        row(3, status="Shipped", done=None),
        row(4, status="Shipped"),
        row(5, status="", done=None),
    ]
    found = apart(*rows)
    assert (left(found), aside(found)) == ([2, 3, 3, 4, 5], [("cancelled", "cancelled", 1)])
    assert found.cancelled["key"].tolist() == [1]
    assert found.pooled.rows.index.tolist() == list(range(5))
    assert found.ships.tolist() == [False, False, True, True, False]


def test_the_word_shipped_keeps_no_order_that_was_cancelled_later():
    """The stamps tell which came last; equal ones leave it."""
    for updated, kept in ((1, []), (2, [1, 1]), (3, [1, 1]), (None, [1, 1])):
        found = apart(
            row(1, status="Shipped", done=None, updated=updated),
            row(1, status="Cancelled", done=None, updated=2),
        )
        assert left(found) == kept
    several = apart(
        row(1, status="Shipped", done=None, updated=4),
        row(1, status="Cancelled", done=None, updated=2),
        row(1, status="Cancelled", done=None, updated=5),
        row(2, status="Shipped", done=None, updated=1),
    )
    assert left(several) == [2]


@pytest.mark.parametrize(
    ("word", "opens", "ships"),
    [
        *((one, True, False) for one in ("Pending", "Unshipped", "Partially Shipped", "PartiallyShipped")),
        *((one, True, False) for one in ("Pending-Availability", "Shipping")),
        *((one, False, True) for one in ("Shipped", "Shipped - Delivered to Buyer", "delivered")),
        *((one, False, False) for one in ("", "Cancelled", "Not shipped", "Returned")),
    ],
)
def test_the_state_of_an_order_is_read_from_its_word(word, opens, ships):
    """However it is written; another word says neither."""
    found = apart(row(1, status=word), row(2))
    assert (found.opens[0], found.ships[0]) == (opens, ships)
    assert (bool(found.opens[1]), bool(found.ships[1])) == (False, False)


def test_marks_stay_with_their_rows():
    """Rows before them go."""
    found = apart(
        row(1, channel="Amazon", status="Shipped"), row(2, status="Pending"), row(3, status="Shipped")
    )
    assert (found.opens.tolist(), found.ships.tolist()) == ([True, False], [False, True])


def test_without_such_words_nothing_is_set_apart():
    """The rows are as they were."""
    found = apart(row(1), row(2, done=None))
    assert (left(found), found.set_aside, found.stores) == ([1, 2], (), ())
    assert len(found.cancelled) == 0
    assert found.pooled.rows["key"].tolist() == [1, 2]


def test_orders_of_other_stores_are_counted_by_store():
    """A row that gives an order to this store keeps it; one without a store is this store's."""
    rows = [
        row(1, store="Amazon.com"),
        row(2, store="amazon.de"),
        row(2, store="amazon.de"),
        row(3, store="ATVPDKIKX0DER"),
        row(4, store=""),
        row(5, store="Amazon.co.uk"),
        row(5, store="Amazon.com"),
        row(6, store="Elsewhere"),
        row(7, store="A1PA6795UKMFR9"),
    ]
    found = apart(*rows)
    assert left(found) == [1, 3, 4, 5, 5]
    assert aside(found) == [("other_store", "Amazon.de", 2), ("other_store", "Elsewhere", 1)]
    assert [one.orders.id for one in found.set_aside] == [
        "set_aside.other_store.Amazon.de",
        "set_aside.other_store.Elsewhere",
    ]
    assert found.stores == ("US", "DE", "UK")
    assert aside(apart(*rows, store="DE"))[0] == ("other_store", "Amazon.co.uk", 1)
    assert left(apart(*rows, store="DE")) == [2, 2, 4, 7]


def test_stores_are_told_by_the_most_orders():
    """Of orders that the seller ships and that were not cancelled; equal ones by their code."""
    rows = [
        row(1, store="amazon.de"),
        row(2, store="amazon.de"),
        row(3, store="Amazon.com"),
        row(4, store="Amazon.ca"),
    ]
    rows += [
        row(5, store="Amazon.ca", channel="AFN"),
        row(6, store="Amazon.com", status="Cancelled", done=None),
    ]
    rows += [
        row(1, store="amazon.de"),
        row(3, store="Amazon.com"),
        row(3, store="Amazon.com"),
        row(8, store=""),
    ]
    assert apart(*rows).stores == ("DE", "CA", "US")


def test_an_order_is_set_apart_once():
    """Amazon's first, then other stores', then cancelled ones."""
    rows = [
        row(1, channel="AFN", store="amazon.de", status="Cancelled", done=None),
        row(2, store="amazon.de", status="Cancelled", done=None),
        row(3, store="Amazon.com", status="Cancelled", done=None),
        row(4, store="Amazon.com"),
    ]
    found = apart(*rows)
    assert aside(found) == [
        ("amazon_fulfilled", "shipped by Amazon (FBA)", 1),
        ("other_store", "Amazon.de", 1),
        ("cancelled", "cancelled", 1),
    ]
    assert left(found) == [4]
    assert found.cancelled["key"].tolist() == [3]


def test_what_is_set_apart_can_be_found():
    """By its rule and its lines; of very many orders by the rule alone."""
    (one,) = apart(row(1, channel="AFN"), row(2), row(3, channel="AFN"), row(3, channel="AFN")).set_aside
    assert one.orders.id == "set_aside.amazon_fulfilled"
    assert one.orders.rows.rule == "orders shipped by Amazon (FBA), not counted in the rate"
    assert (one.orders.rows.orders, one.orders.rows.lines[0].ranges) == (2, ((2, 2), (4, 5)))
    (other,) = apart(row(1, store="amazon.de"), row(2, store="Amazon.com")).set_aside
    assert other.orders.rows.rule == "orders of the store Amazon.de, not counted in the rate"
    for number, lines in ((500, 1), (501, 0)):
        (many,) = apart(*(row(key, channel="AFN") for key in range(1, number + 1)), row(0)).set_aside
        assert (many.orders.value, len(many.orders.rows.lines)) == (number, lines)


class Alike:
    """The orders behind two groups: one of the first, three of the second."""

    lines = ((20,), (30, 31, 40))

    def places(self, groups):
        lines = [line for group in groups for line in self.lines[group]]
        return np.zeros(len(lines), dtype=np.int16), np.array(lines, dtype=np.int32)


def test_orders_that_one_row_stands_for_are_set_apart_with_it():
    """All of them are counted, and found where they stand; an order of several rows is one."""
    rows = [
        row(1, channel="AFN", weight=3, group=1),
        row(2, store="amazon.de", weight=4),
        row(3, channel="AFN", weight=1, group=0),
        row(4, channel="AFN"),
        row(4, channel="AFN"),
        row(5, store="Amazon.ca"),
        row(6, store="Amazon.ca"),
        row(7, store="Amazon.com"),
    ]
    found = apart(*rows, members=Alike())
    assert aside(found)[0] == ("amazon_fulfilled", "shipped by Amazon (FBA)", 5)
    assert found.set_aside[0].orders.rows.lines[0].ranges == ((5, 6), (20, 20), (30, 31), (40, 40))
    assert found.set_aside[2].orders.value == 4
    assert found.stores == ("DE", "CA", "US")


def test_rows_that_stay_tell_what_they_told():
    """No column is added to them, whatever goes."""
    rows = [row(1, channel="AFN", bought=3), row(2, channel="MFN", bought=-3)]
    columns = pooled(*rows).rows.columns.tolist()
    assert apart(*rows).pooled.rows.columns.tolist() == columns
    whole, later = known(*rows)
    assert (left(whole), left(later)) == ([1, 2], [2])
    assert later.pooled.rows.columns.tolist() == columns


# --- What was known at a moment


def known(*rows, at=0, late_only=False, opens=(), ships=(), has=None):
    one = pooled(*rows, has=has)
    marks = [np.array([number in some for number in range(len(rows))]) for some in (opens, ships)]
    whole = Apart(pooled=one, cancelled=one.rows[:0], opens=marks[0], ships=marks[1], set_aside=(), stores=())
    return whole, known_at(whole, NOON + timedelta(hours=at), late_only=[late_only])


def times(found, name):
    return [hours(one) for one in found.pooled.rows[TIMES[name]]]


def test_at_the_present_moment_nothing_is_hidden():
    """The very same rows, also where one names no purchase time."""
    whole, found = known(row(1, bought=-9, done=0, scan=-1), row(2, bought=0, done=None))
    assert found is whole
    whole, found = known(row(1, done=0, scan=-1), row(2, bought=0, done=None))
    assert found is whole


def test_what_all_rows_tell_of_later_is_hidden():
    """The latest purchase and the latest of each event lie ahead."""
    _, found = known(row(1, bought=1, done=2), row(2, bought=-9, done=1), row(3, bought=-9, done=-1))
    assert (left(found), times(found, "done")) == ([2, 3], [None, -1])


def test_an_order_placed_later_is_not_there_yet():
    """One placed at the moment is."""
    _, found = known(
        row(1, bought=1, done=None), row(2, bought=0, done=None), row(3, bought=-9), opens=[0, 2], ships=[1]
    )
    assert left(found) == [2, 3]
    assert (found.opens.tolist(), found.ships.tolist()) == ([False, True], [True, False])
    assert found.pooled.rows.index.tolist() == [0, 1]


@pytest.mark.parametrize("name", ["done", "scan", "left"])
def test_what_happened_later_is_not_told_yet(name):
    """And what happened until then is."""
    rows = [row(1, bought=-9, **{"done": None, name: 1}), row(2, bought=-9, **{"done": None, name: 0})]
    _, found = known(*rows, ships=[0, 1])
    assert times(found, name) == [None, 0]
    assert found.ships.tolist() == ([False, True] if name == "done" else [True, True])
    assert times(found, "due") == [0, 0]


def test_a_promise_and_a_stamp_are_no_events():
    """They may lie ahead."""
    whole, found = known(row(1, bought=-9, updated=5, due=50))
    assert found is whole


def test_an_order_confirmed_later_was_in_no_list_of_late_orders():
    """In a list of all orders it stands, not confirmed."""
    rows = [row(1, bought=-9, due=-5, done=1), row(2, bought=-9, done=0)]
    assert left(known(*rows)[1]) == [1, 2]
    assert left(known(*rows, late_only=True)[1]) == [2]
    assert times(known(*rows)[1], "done") == [None, 0]


def test_a_row_without_a_purchase_time_was_there_when_it_was_due_or_confirmed():
    """Where the moment is past; of the present one the files themselves tell what is there."""
    rows = [
        row(1, due=0, done=5),
        row(2, due=1, done=5),
        row(3, due=1, done=0),
        row(4, due=1, done=None),
        row(5, due=0, done=None),
        row(6, due=9, done=None, bought=-3),
        row(7, due=-9, done=None, bought=3),
        row(8, due=9, done=None, bought=0),
    ]
    assert left(known(*rows)[1]) == [1, 3, 5, 6, 8]
    present = [row(1, due=1, done=None, bought=None), row(2, due=1, done=0), row(3, due=9, done=None)]
    assert left(known(*present)[1]) == [1, 2, 3]


def test_the_purchase_time_of_any_row_is_that_of_the_order():
    """The earliest of them."""
    rows = [row(1, due=9, done=None), row(1, due=9, done=None, bought=-1), row(1, due=9, bought=2, done=None)]
    rows += [row(2, done=5, due=9, bought=-9), row(3, due=-9, bought=2, done=None), row(3, due=-9, done=None)]
    assert left(known(*rows)[1]) == [1, 1, 1, 2]


# --- What suppliers say


def side(*lines):
    """Lines of a supplier: an order, or a tracking number, and what is told of it."""
    made = {"key": np.array([one.get("key", -1) for one in lines], dtype=np.int64)}
    for word in ("supplier", "carrier", "sku", "tracking_number"):
        if any(word in one for one in lines):
            made[word] = pd.Series([one.get(word, "") for one in lines], dtype="object")
    if any("item" in one for one in lines):
        made["item"] = np.array([one.get("item", 0) for one in lines], dtype=np.int64)
    for name in ("left", "scan", "updated"):
        if any(name in one for one in lines):
            values = [
                pd.NaT if one.get(name) is None else pd.Timestamp(NOON + timedelta(hours=one[name]))
                for one in lines
            ]
            made[TIMES[name]] = pd.DatetimeIndex(values, tz="UTC").as_unit("s")
    return pd.DataFrame(made)


def frame(*rows):
    return file(*rows)[0].rows


NONE = pd.Series([], dtype=np.int64)


def laid(rows, *lines, wins=True, tracking=NONE):
    return attach(frame(*rows), [side(*lines)], tracking, wins=wins)


def names(found, word="supplier"):
    return found.rows[word].astype(str).tolist()


ROWS = [
    row(1, supplier="Alder", left=-5, sku="x"),
    row(2, supplier="", left=None, sku="y"),
    row(3, supplier="Cedar", sku="x"),
]


def test_a_suppliers_word_wins_where_it_may():
    """Else it fills gaps; either way rows whose own supplier is another are counted."""
    lines = [
        {"key": 1, "supplier": "Birch", "left": 1},
        {"key": 2, "supplier": "Birch", "left": 2},
        {"key": 9, "supplier": "Z"},
    ]
    won = laid(ROWS, *lines)
    assert names(won) == ["Birch", "Birch", "Cedar"]
    assert [hours(one) for one in won.rows["supplier_dispatched"]] == [1, 2, None]
    assert (won.differing, won.strange, won.parcels) == (1, 1, 0)
    filled = laid(ROWS, *lines, wins=False)
    assert names(filled) == ["Alder", "Birch", "Cedar"]
    assert [hours(one) for one in filled.rows["supplier_dispatched"]] == [-5, 2, None]
    assert (filled.differing, filled.strange) == (1, 1)


def test_the_same_supplier_differs_from_nobody():
    """Nor does a blank on either side."""
    found = laid(
        ROWS, {"key": 1, "supplier": "Alder"}, {"key": 2, "supplier": "Alder"}, {"key": 3, "supplier": ""}
    )
    assert (found.differing, found.strange) == (0, 0)
    assert names(found) == ["Alder", "Alder", "Cedar"]


def test_a_clock_that_no_row_had_is_made():
    """Missing where no supplier tells it; a carrier is told like a supplier, and the stamp of a line is not."""
    found = laid(ROWS, {"key": 3, "scan": 4, "updated": 5, "supplier": "Cedar"})
    assert [hours(one) for one in found.rows["first_scan"]] == [None, None, 4]
    assert "updated" not in found.rows
    carried = attach(
        frame(row(1, carrier="k"), row(2, carrier="")),
        [side({"key": 1, "carrier": "m"}, {"key": 2, "carrier": "m"})],
        NONE,
        wins=False,
    )
    assert (names(carried, "carrier"), carried.differing) == (["k", "m"], 0)


def test_lines_of_several_suppliers_leave_the_order_with_several():
    """Of several times the last counts, and such orders are counted."""
    found = laid(
        ROWS,
        {"key": 1, "supplier": "Birch", "left": 1},
        {"key": 1, "supplier": "Elm", "left": 3},
        {"key": 2, "supplier": "Birch", "left": 2},
        {"key": 2, "supplier": "Birch", "left": 2},
    )
    assert names(found) == ["(several)", "Birch", "Cedar"]
    assert [hours(one) for one in found.rows["supplier_dispatched"]] == [3, 2, None]
    assert found.parcels == 1


@pytest.mark.parametrize("word", ["item", "sku"])
def test_a_line_that_names_an_item_speaks_of_that_alone(word):
    """One that names what no row has speaks of the order."""
    one, two, other = (1, 2, 7) if word == "item" else ("x", "y", "q")
    rows = [
        row(1, supplier="", **{word: one}),
        row(1, supplier="", **{word: two}),
        row(2, supplier="", **{word: one}),
    ]
    found = laid(rows, {"key": 1, word: two, "supplier": "Birch"})
    assert names(found) == ["", "Birch", ""]
    found = laid(rows, {"key": 1, word: two, "supplier": "Birch"}, {"key": 1, "supplier": "Elm"})
    assert names(found) == ["Elm", "Birch", ""]
    found = laid(rows, {"key": 1, word: other, "supplier": "Birch"})
    assert names(found) == ["Birch", "Birch", ""]
    found = laid(rows, {"key": 1, word: one, "supplier": "Birch"}, {"key": 1, word: two, "supplier": "Elm"})
    assert names(found) == ["Birch", "Elm", ""]


def test_an_item_goes_before_a_sku():
    """Where lines name both."""
    rows = [row(1, item=1, sku="x", supplier=""), row(1, item=2, sku="x", supplier="")]
    found = laid(rows, {"key": 1, "item": 2, "supplier": "Birch"}, {"key": 1, "sku": "x", "supplier": "Elm"})
    assert names(found) == ["Elm", "Birch"]


def test_a_tracking_number_leads_to_its_order():
    """Spaces around it aside; one of two orders leads nowhere, and a blank neither."""
    told = [
        pd.DataFrame({"key": [1, 2, -1], "tracking_number": [" T1 ", "T2", "T9"]}),
        pd.DataFrame({"key": [1, 3, 2, 4], "tracking_number": ["T1", "T2", None, "  "]}),
        pd.DataFrame({"key": [5]}),
    ]
    found = tracking_of(told)
    assert found.to_dict() == {"T1": 1}
    assert len(tracking_of([pd.DataFrame({"key": [5]})])) == 0
    lines = [
        {"tracking_number": " T1", "supplier": "Birch"},
        {"tracking_number": "T2", "supplier": "Elm"},
        {"key": 3, "tracking_number": "T1", "supplier": "Fir"},
    ]
    laid_ = laid(ROWS, *lines, tracking=found)
    assert names(laid_) == ["Birch", "", "Fir"]
    assert laid_.strange == 1


def test_an_order_of_noughts_is_found_by_its_number_and_by_its_tracking_number():
    """What leads nowhere does not lead to it, and a line that names it is told of it."""
    found = tracking_of([pd.DataFrame({"key": [0, 2, -1], "tracking_number": ["T0", "T2", "T9"]})])
    assert found.to_dict() == {"T0": 0, "T2": 2}
    rows = [row(0, supplier=""), row(1, supplier=""), row(2, supplier="")]
    nowhere = laid(rows, {"tracking_number": "T8", "supplier": "Elm"}, tracking=found)
    assert (names(nowhere), nowhere.strange) == (["", "", ""], 1)
    assert names(laid(rows, {"tracking_number": "T0", "supplier": "Elm"}, tracking=found)) == ["Elm", "", ""]
    both = {"key": 0, "tracking_number": "T2", "supplier": "Elm"}
    assert names(laid(rows, both, tracking=found)) == ["Elm", "", ""]


def test_a_suppliers_file_without_tracking_numbers_goes_by_orders():
    """Though reports have such numbers."""
    tracking = tracking_of([pd.DataFrame({"key": [1], "tracking_number": ["T1"]})])
    assert names(laid(ROWS, {"key": 2, "supplier": "Birch"}, tracking=tracking)) == [
        "Alder",
        "Birch",
        "Cedar",
    ]


def test_a_line_whose_item_or_sku_is_blank_speaks_of_the_whole_order():
    """Beside lines that name one, and where none does."""
    rows = [row(1, item=0, sku="", supplier=""), row(1, item=5, sku="x", supplier="")]
    other = {"key": 2, "item": 7, "sku": "z", "supplier": "Elm"}
    for lines in ([{"key": 1, "item": 0, "sku": "", "supplier": "Birch"}], [{"key": 1, "supplier": "Birch"}]):
        assert names(laid([*rows, row(2, item=7, sku="z", supplier="")], *lines, other)) == [
            "Birch",
            "Birch",
            "Elm",
        ]
        assert names(laid(rows, *lines)) == ["Birch", "Birch"]
        told = laid(rows, {**lines[0], "left": 3})
        assert [hours(one) for one in told.rows["supplier_dispatched"]] == [3, 3]


def test_a_name_that_no_line_tells_leaves_the_others_told():
    """And what the reports say of it as it is."""
    found = laid(
        [row(1, supplier="Alder", carrier="", scan=1)],
        {"key": 1, "supplier": "", "carrier": "m", "scan": None, "left": 2},
    )
    assert (names(found), names(found, "carrier"), found.differing) == (["Alder"], ["m"], 0)
    assert [hours(found.rows[name].iloc[0]) for name in ("first_scan", "supplier_dispatched")] == [1, 2]
    assert "first_scan" not in laid(ROWS, {"key": 1, "scan": None, "left": 2}).rows


def test_several_suppliers_files_are_one():
    """Their lines stand below each other."""
    found = attach(
        frame(*ROWS), [side({"key": 1, "left": 1}), side({"key": 2, "supplier": "Birch"})], NONE, wins=True
    )
    assert names(found) == ["Alder", "Birch", "Cedar"]
    assert [hours(one) for one in found.rows["supplier_dispatched"]] == [1, None, None]
