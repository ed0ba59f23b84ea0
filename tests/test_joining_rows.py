"""Rows of one order as one row: each rule of the joining on rows few enough to see, in both orders of the files."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from poa.joining import collapse, pool
from poa.joining.copies import copies_of
from poa.joining.lines import FileRows, lines_of

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
ZONE = "UTC"
TIMES = {
    "due": "ship_by",
    "done": "ship_confirmed",
    "bought": "purchased",
    "scan": "first_scan",
    "left": "supplier_dispatched",
    "updated": "updated",
}
WORDS = ("sku", "supplier", "carrier")


def at(hours):
    """So many hours after noon of the first day; None: not told."""
    return pd.NaT if hours is None else pd.Timestamp(NOON + timedelta(hours=hours))


def row(key=1, **told):
    """A row of an order: its times in hours after a certain noon, its names, and what it says in words."""
    return {"key": key, "due": 0, "done": -1, **told}


def file(*rows, name="a", has=None, lists=False, all_open=False, coarse=(), minutes=()):
    """A file of such rows; ``has`` names the columns that it has, by default those that any row tells."""
    columns = has if has is not None else sorted({word for one in rows for word in one})
    frame = {
        "file": np.zeros(len(rows), dtype=np.int16),
        "line": np.arange(2, len(rows) + 2, dtype=np.int32),
        "key": np.array([one["key"] for one in rows], dtype=np.int64),
    }
    for ours, theirs in TIMES.items():
        if ours in columns or ours in {"due", "done"}:
            values = [at(one.get(ours)) if ours in columns else pd.NaT for one in rows]
            frame[theirs] = pd.DatetimeIndex(values, tz="UTC").as_unit("s")
    for word in WORDS:
        if word in columns:
            frame[word] = pd.Categorical([one.get(word, "") for one in rows])
            frame[word] = (
                frame[word].add_categories([""]) if "" not in frame[word].categories else frame[word]
            )
    if "item" in columns:
        frame["item"] = np.array([one.get("item", 0) for one in rows], dtype=np.int64)
    for word, plain in (("weight", 1), ("group", -1)):
        if word in columns:
            frame[word] = np.array([one.get(word, plain) for one in rows], dtype=np.int64)
    if "order_id" in columns:
        frame["order_id"] = pd.Series([one.get("order_id") for one in rows], dtype="object")
    told = {TIMES.get(one, one) for one in columns}
    return (
        FileRows(
            name=name,
            rows=pd.DataFrame(frame),
            told=frozenset(told),
            coarse=frozenset(TIMES[one] for one in coarse),
            minutes=frozenset(TIMES[one] for one in minutes),
            lists=lists,
            all_open=all_open,
        ),
        rows,
    )


def changed(made, **parts):
    """A file with other parts."""
    return replace(made[0], **parts), made[1]


def joined(*files, zone=ZONE, members=None):
    """What becomes of the rows of these files, and of each order by its key; conflicts as places."""
    numbered = [
        changed(made, rows=made[0].rows.assign(file=np.int16(number)))[0] for number, made in enumerate(files)
    ]
    every = [one for _, rows in files for one in rows]
    opens = np.array([bool(one.get("opens")) for one in every])
    ships = np.array([bool(one.get("ships")) for one in every])
    orders, problems = collapse(pool(numbered, members=members), opens=opens, ships=ships, zone=zone)
    return orders, [(one.file, one.line) for one in problems]


def hours(value):
    return None if pd.isna(value) else (value - pd.Timestamp(NOON)).total_seconds() / 3600


def of(orders, key=1):
    """One order in plain words; times in hours after the noon."""
    table = orders.table
    (place,) = np.flatnonzero(table["key"] == key)
    one = table.iloc[place]
    told = {ours: hours(one[theirs]) for ours, theirs in TIMES.items() if theirs in table}
    told |= {name: bool(one[name]) for name in ("late", "confirmed", "told", "open", "listed")}
    told |= {name: str(one[name]) for name in WORDS}
    told |= {"open_due": hours(one["open_ship_by"]), "late_since": hours(one["late_since"])}
    behind = orders.behind(np.array([place]), "")
    return told | {"rows": {line.file: line.ranges for line in behind.lines}}


def both_ways(*files, key=1, **expected):
    """The files in either order give the same of an order, and no conflict."""
    for some in (files, files[::-1]):
        orders, problems = joined(*some)
        found = of(orders, key)
        assert problems == []
        assert {name: found[name] for name in expected} == expected
    return orders


def conflict(*files, places):
    """The files in either order leave the order out, and every row of it is named."""
    for some in (files, files[::-1]):
        orders, problems = joined(*some)
        assert sorted(problems) == sorted(places)
        assert 1 not in orders.table["key"].tolist()


# --- One row


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"done": -1}, {"late": False, "confirmed": True, "told": True, "open": False, "late_since": None}),
        ({"done": 0}, {"late": False, "confirmed": True, "open": False}),
        ({"done": 2}, {"late": True, "confirmed": True, "open": False, "late_since": 2, "open_due": None}),
        ({"done": None}, {"late": False, "confirmed": False, "told": True, "open": True, "open_due": 0}),
        ({"done": None, "ships": True}, {"confirmed": False, "told": False, "open": False, "open_due": None}),
        ({"done": -1, "ships": True}, {"confirmed": True, "told": True, "open": False}),
        ({"done": -1, "opens": True}, {"confirmed": True, "open": True, "open_due": 0}),
        ({"done": None, "opens": True, "ships": True}, {"open": False, "told": False}),
    ],
)
def test_a_row_alone_says_what_it_says(told, expected):
    """Blank in a file that tells of confirmations is open; the word "shipped" without a time leaves it unknown."""
    found = of(joined(file(row(**told)))[0])
    assert {name: found[name] for name in expected} == expected


def test_a_file_without_confirmations_leaves_them_unknown():
    """Unless all of its orders, or a word of the row, are open."""
    bare = file(row(done=None), has=["due"])
    assert of(joined(bare)[0])["told"] is False
    assert of(joined(bare)[0])["open"] is False
    assert of(joined(file(row(done=None), has=["due"], all_open=True))[0])["open"] is True
    assert of(joined(file(row(done=None, opens=True), has=["due"]))[0])["open"] is True
    assert of(joined(file(row(done=None, ships=True), has=["due"], all_open=True))[0])["open"] is False


def test_what_a_file_says_is_said_of_its_own_rows():
    """That it lists every order, that all of its orders are open, that it has no confirmations."""
    orders, _ = joined(
        file(row(1), name="a", lists=True),
        file(row(2, done=None), name="b", has=["due"], all_open=True),
        file(row(3, done=None), name="c", has=["due"]),
    )
    assert [of(orders, key)["listed"] for key in (1, 2, 3)] == [True, False, False]
    assert [of(orders, key)["open"] for key in (1, 2, 3)] == [False, True, False]
    assert [of(orders, key)["told"] for key in (1, 2, 3)] == [True, False, False]
    assert of(orders, 2)["rows"] == {"b": ((2, 2),)}


def test_names_are_sorted_and_a_blank_has_its_word():
    """Whatever row told them first; a column that no file has is blank."""
    orders, _ = joined(file(row(1, sku="b"), row(2, sku=""), row(3, sku="a"), row(4, sku="b")))
    assert [of(orders, key)["sku"] for key in (1, 2, 3, 4)] == ["b", "(not stated)", "a", "b"]
    assert orders.table["sku"].cat.categories.tolist() == ["(not stated)", "a", "b"]
    assert of(orders, 1)["supplier"] == "(not stated)"
    plain, _ = joined(file(row(1, sku="a"), row(2, sku="b")))
    assert plain.table["sku"].cat.categories.tolist() == ["a", "b"]


def test_a_name_that_no_row_has_is_no_name():
    """Categories are shared by all files; only those in use are kept."""
    one = file(row(1, sku="b"))
    rows = one[0].rows
    held = rows.assign(sku=rows["sku"].cat.add_categories(["z", "a"]))
    orders, _ = joined(changed(one, rows=held))
    assert orders.table["sku"].cat.categories.tolist() == ["b"]
    only = rows.assign(sku=pd.Categorical(["b"]))
    assert of(joined(changed(one, rows=only))[0])["sku"] == "b"


def test_the_latest_stamp_is_the_last_purchase_or_confirmation():
    """Of all rows that are used."""
    assert hours(joined(file(row(bought=-9), row(2, done=4, bought=-3)))[0].latest) == 4
    assert hours(joined(file(row(done=None, bought=-9), row(2, done=None, bought=-3)))[0].latest) == -3
    orders, _ = joined(file(row(1, done=50), row(2)), file(row(1, done=60), name="b"))
    assert hours(orders.latest) == -1
    assert pd.isna(joined(file(row(done=None), has=["due"]))[0].latest)


def test_ids_that_are_not_amazons_have_numbers_of_their_own():
    """In all files the same; Amazon's beside them keep their names."""
    ours = [row(-1, order_id="A-1"), row(12345678901234567, order_id=None), row(-1, order_id="A-2")]
    orders, _ = joined(file(*ours), file(row(-1, order_id="A-2"), name="b"))
    names = [orders.order_id(int(key)) for key in orders.table["key"]]
    assert names == ["A-1", "123-4567890-1234567", "A-2"]
    amazon, _ = joined(file(row(12345678901234567, order_id=None)))
    assert (amazon.ids, amazon.table["key"].tolist()) == ({}, [12345678901234567])
    _, problems = joined(file(row(-1, order_id="A-1", due=1)), file(row(-1, order_id="A-1", due=2), name="b"))
    assert problems == [("a", 2), ("b", 2)]


def test_an_id_of_noughts_is_amazons():
    """It needs no number of its own."""
    orders, _ = joined(file(row(0, order_id=None), row(12345678901234567)))
    assert (orders.ids, orders.table["key"].tolist()) == ({}, [0, 12345678901234567])


def test_a_file_whose_ids_are_all_amazons_stands_beside_one_of_another_store():
    """It has no column of other ids, and its orders keep theirs."""
    other, amazon = file(row(-1, order_id="A-1")), file(row(12345678901234567), name="b")
    for files, names in (
        ((other, amazon), ["A-1", "123-4567890-1234567"]),
        ((amazon, other), ["123-4567890-1234567", "A-1"]),
    ):
        orders, _ = joined(*files)
        assert [orders.order_id(int(key)) for key in orders.table["key"]] == names


def test_rows_that_stand_for_several_orders_keep_their_number():
    """Whatever stands around them is one order each, or left out."""
    first = file(
        row(1, item=1), row(5, weight=4, group=1), row(7, due=3), row(1, item=2), row(3, weight=2, group=0)
    )
    second = file(row(7, due=4, group=-1, weight=1), row(9), name="b")
    behind = object()
    orders, problems = joined(first, second, members=behind)
    assert problems == [("a", 4), ("b", 2)]
    assert orders.table["key"].tolist() == [1, 5, 3, 9]
    assert orders.condensed.weight.tolist() == [1, 4, 2, 1]
    assert orders.condensed.group.tolist() == [-1, 1, 0, -1]
    assert orders.condensed.members is behind
    assert joined(first, second)[0].condensed is None


def test_the_table_has_the_same_columns_however_many_rows_tell_of_an_order():
    """Of several lines it has those that can be told of an order."""
    one = joined(file(row(sku="x")))[0].table.columns.tolist()
    assert joined(file(row(sku="x")), file(row(sku="x"), name="b"))[0].table.columns.tolist() == one
    several = joined(file(row(sku="x"), row(sku="y")))[0].table.columns.tolist()
    assert [name for name in one if name in several] == [
        name for name in one if name not in {"item", "ships"}
    ]
    assert set(several) <= set(one)


# --- Several lines of one order


def test_an_order_is_late_once_by_its_latest_line():
    """Its dates are the last of its lines, its first late confirmation made it late."""
    lines = [
        row(item=1, due=0, done=5, bought=-9, scan=6, supplier="Birch"),
        row(item=2, due=10, done=12, bought=-8, scan=4, supplier="Alder"),
        row(item=3, due=20, done=19, bought=-7, supplier="Alder"),
    ]
    for some in (lines, lines[::-1]):
        orders, _ = joined(file(*some, row(2, item=9)))
        found = of(orders)
        assert {name: found[name] for name in ("late", "confirmed", "told", "open", "open_due")} == {
            "late": True,
            "confirmed": True,
            "told": True,
            "open": False,
            "open_due": None,
        }
        assert [found[name] for name in ("due", "done", "bought", "scan", "late_since")] == [20, 19, -7, 6, 5]
        assert found["supplier"] == "(several)"
        assert orders.late_lines["supplier"].tolist() == ["Birch"]
        assert [hours(one) for one in orders.late_lines["ship_by"]] == [0]
        assert [hours(one) for one in orders.late_lines["ship_confirmed"]] == [5]
        assert orders.late_lines.index.tolist() == np.flatnonzero(orders.table["late"]).tolist()
        assert len(orders.table) == 2


def test_an_order_is_confirmed_when_all_its_lines_are():
    """One that waits leaves it open until its own time; a late line is late whatever waits."""
    at_its_time = of(joined(file(row(item=1, done=0), row(item=2, due=9, done=9)))[0])
    assert [at_its_time[name] for name in ("late", "confirmed", "late_since")] == [False, True, None]
    waits = [row(item=1, due=0), row(item=2, due=10, done=None), row(item=3, due=5, done=None)]
    found = of(joined(file(*waits))[0])
    assert [found[name] for name in ("late", "confirmed", "told", "open")] == [False, False, True, True]
    assert [found[name] for name in ("due", "done", "open_due")] == [10, None, 5]
    late = of(joined(file(row(item=1, done=2), row(item=2, due=10, done=None)))[0])
    assert [late[name] for name in ("late", "confirmed", "open", "done", "open_due")] == [
        True,
        True,
        True,
        2,
        10,
    ]


def test_a_line_that_is_open_by_a_word_and_confirmed_by_a_time_is_confirmed():
    """Of several lines; and the word "shipped" closes one that has no time."""
    found = of(joined(file(row(item=1, opens=True), row(item=2)))[0])
    assert [found[name] for name in ("open", "open_due", "confirmed")] == [False, None, True]
    found = of(joined(file(row(item=1, done=None, ships=True), row(item=2)))[0])
    assert [found[name] for name in ("open", "told", "confirmed")] == [False, True, True]


def test_lines_of_one_name_keep_it():
    """And those of several have none of their own; a blank beside a name is another."""
    names = [row(item=1, sku="a", supplier="x", carrier="k"), row(item=2, sku="b", supplier="x", carrier="k")]
    found = of(joined(file(*names, row(2, sku="c", supplier="y", carrier="m")))[0])
    assert [found[name] for name in WORDS] == ["(several)", "x", "k"]
    found = of(joined(file(row(item=1, supplier="x"), row(item=2, supplier="")))[0])
    assert found["supplier"] == "(several)"


def test_lines_are_told_apart_by_item_then_by_sku_and_supplier():
    """Rows of one file that nothing names are lines of their own."""
    for name in ("item", "sku", "supplier"):
        lines = [row(due=0, done=3, **{name: 1 if name == "item" else "x"})]
        lines += [row(due=9, done=8, **{name: 2 if name == "item" else "y"})]
        found = of(joined(file(*lines))[0])
        assert [found[one] for one in ("late", "due", "done", "late_since")] == [True, 9, 8, 3], name
    found = of(joined(file(row(due=0, done=3), row(due=9, done=8)))[0])
    assert [found[one] for one in ("late", "due", "done", "late_since")] == [True, 9, 8, 3]
    conflict(file(row(item=1, due=0), row(item=1, due=9)), places=[("a", 2), ("a", 3)])
    conflict(file(row(sku="x", due=0), row(sku="x", due=9)), places=[("a", 2), ("a", 3)])
    conflict(file(row(supplier="x", due=0), row(supplier="x", due=9)), places=[("a", 2), ("a", 3)])


def test_an_order_of_lines_without_names_stands_where_its_first_row_stands():
    """Among the others, each of one row or of several."""
    lines = file(row(1), row(2), row(1, due=9), row(3), row(2, due=9))
    assert joined(lines)[0].table["key"].tolist() == [1, 2, 3]


def test_one_row_of_many_orders_stands_beside_those_of_several():
    """Orders stand where their first row stands, with all their rows and no other's."""
    first = file(row(5), row(1, item=1), row(7, done=1), row(1, item=2, done=2), row(3))
    second = file(row(9), row(7, done=1), row(5), row(2), name="b")
    orders, problems = joined(first, second)
    assert problems == []
    assert orders.table["key"].tolist() == [5, 1, 7, 3, 9, 2]
    assert [of(orders, key)["rows"] for key in (5, 1, 7, 3, 9, 2)] == [
        {"a": ((2, 2),), "b": ((4, 4),)},
        {"a": ((3, 3), (5, 5))},
        {"a": ((4, 4),), "b": ((3, 3),)},
        {"a": ((6, 6),)},
        {"b": ((2, 2),)},
        {"b": ((5, 5),)},
    ]
    assert [of(orders, key)["late"] for key in (5, 1, 7, 3, 9, 2)] == [False, True, True, False, False, False]
    assert orders.table.index.tolist() == list(range(6))


def test_rows_of_an_order_that_is_left_out_are_nobodys():
    """The others keep theirs."""
    first = file(row(5), row(1, due=3), row(7))
    second = file(row(7), row(1, due=4), row(5), name="b")
    orders, problems = joined(first, second)
    assert problems == [("a", 3), ("b", 3)]
    assert [of(orders, key)["rows"] for key in (5, 7)] == [
        {"a": ((2, 2),), "b": ((4, 4),)},
        {"a": ((4, 4),), "b": ((2, 2),)},
    ]
    third = file(row(5, item=1), row(5, item=2), row(1, due=3), row(8, item=1), row(8, item=2))
    orders, problems = joined(third, second)
    assert problems == [("a", 4), ("b", 3)]
    assert of(orders, 8)["rows"] == {"a": ((5, 6),)}
    assert of(orders, 5)["rows"] == {"a": ((2, 3),), "b": ((4, 4),)}


def test_a_conflict_is_told_with_its_order_and_places():
    """So that the seller finds both lines."""
    numbered = [file(row(12345678901234567, due=number), name=f"{number}.csv") for number in (1, 2)]
    frames = [changed(made, rows=made[0].rows.assign(file=number))[0] for number, made in enumerate(numbered)]
    _, problems = collapse(pool(frames), opens=np.zeros(2, bool), ships=np.zeros(2, bool), zone=ZONE)
    assert [(one.file, one.line, one.code, one.column, one.value) for one in problems] == [
        ("1.csv", 2, "conflict", None, None),
        ("2.csv", 2, "conflict", None, None),
    ]
    assert "123-4567890-1234567" in str(problems[0].message)
    assert "1.csv:2, 2.csv:2" in str(problems[0].message)


def test_conflicts_are_told_order_by_order_as_they_stand_in_the_files():
    """Not by the number of the order."""
    first = file(row(9, due=1), row(5), row(2, due=1))
    _, problems = joined(first, file(row(2, due=2), row(9, due=2), name="b"))
    assert problems == [("a", 2), ("b", 3), ("a", 4), ("b", 2)]


# --- Several files


def copied(*rows):
    """Of rows (order, file, and what they say): which are alike, which repeat which, and which a list holds."""
    frame = pd.DataFrame(
        {
            "key": [key for key, _, _ in rows],
            "file": [number for _, number, _ in rows],
            "item": [told.get("item", 0) for _, _, told in rows],
            "sku": pd.Categorical([told.get("sku", "") for _, _, told in rows]),
            "ship_confirmed": pd.DatetimeIndex([at(told.get("done", -1)) for _, _, told in rows], tz="UTC"),
            "confirmed": [told.get("done", -1) is not None for _, _, told in rows],
            **{
                name: np.array([told.get(name, name == "told") for _, _, told in rows])
                for name in ("told", "open", "ships", "listed")
            },
        }
    )
    found = copies_of(frame, frame["key"].duplicated(keep=False).to_numpy())
    repeats = dict(zip(found.again.tolist(), found.first.tolist(), strict=True))
    return np.flatnonzero(found.alike).tolist(), repeats, found.listed.tolist()


def test_equal_rows_of_several_files_need_no_settling():
    """All of them repeat the first of their order, whatever stands between."""
    assert copied((1, 0, {}), (1, 1, {}), (1, 2, {})) == ([0, 1, 2], {1: 0, 2: 0}, [])
    mixed = [(3, 0, {"sku": "x"}), (1, 0, {}), (2, 0, {}), (1, 1, {"listed": True}), (3, 1, {"sku": "x"})]
    assert copied(*mixed) == ([0, 1, 3, 4], {3: 1, 4: 0}, [1])
    silent = {"done": None, "told": False}
    waits = {"done": None, "open": True}
    assert copied((1, 0, silent), (2, 0, waits), (1, 1, silent), (2, 1, waits))[1] == {2: 0, 3: 1}


@pytest.mark.parametrize(
    "rows",
    [
        [(1, 0, {}), (1, 0, {})],
        [(1, 0, {}), (1, 1, {}), (1, 1, {})],
        [(1, 0, {"open": True}), (1, 1, {"open": True})],
        *([(1, 0, {}), (1, 1, {name: value})] for name, value in [("item", 1), ("sku", "x"), ("done", 2)]),
        *([(1, 0, {}), (1, 1, {name: value})] for name, value in [("told", False), ("ships", True)]),
        [(1, 0, {}), (1, 1, {}), (1, 2, {"done": None, "open": True})],
    ],
)
def test_rows_that_one_file_tells_twice_or_that_differ_are_settled(rows):
    """So are those that a word calls open and a time confirmed; a list that holds them changes nothing."""
    assert copied(*rows) == ([], {}, [])
    assert copied(*((key, number, told | {"listed": True}) for key, number, told in rows)) == ([], {}, [])


def test_what_two_files_say_alike_is_said_once():
    """An order that one of them lists is listed."""
    found = both_ways(
        file(row(done=2, sku="x"), lists=True),
        file(row(done=2, sku="x"), name="b"),
        late=True,
        listed=True,
        late_since=2,
        sku="x",
        rows={"a": ((2, 2),), "b": ((2, 2),)},
    )
    assert len(found.table) == 1
    assert found.late_lines["supplier"].tolist() == [""] or found.late_lines["supplier"].tolist() == [
        "(not stated)"
    ]


def test_an_order_that_no_file_lists_is_not_listed():
    """However many files tell of it; one that a word calls open and two times confirm is confirmed."""
    both_ways(file(row()), file(row(), name="b"), listed=False)
    both_ways(
        file(row(opens=True)), file(row(opens=True), name="b"), open=False, open_due=None, confirmed=True
    )


def test_lines_of_an_order_that_only_one_file_lists_are_listed():
    """The other file tells of another line of it."""
    both_ways(
        file(row(item=1), lists=True), file(row(item=2, due=9, done=8), name="b"), listed=True, due=9, done=8
    )


def test_an_order_that_two_files_hold_without_confirmations_is_not_open():
    """Nor confirmed: nobody tells."""
    both_ways(
        file(row(done=None, sku="x"), has=["due", "sku"]),
        file(row(done=None), has=["due"], name="b"),
        open=False,
        told=False,
        confirmed=False,
        open_due=None,
    )


def test_a_supplier_that_no_report_tells_is_known_all_the_same():
    """A supplier map gave it to the rows of files that have no such column."""
    mapped = [
        changed(file(row(item=1, supplier="Alder", **more), name=name), told=frozenset({"ship_by"}))
        for name, more in (("a", {}), ("b", {"sku": "x"}))
    ]
    both_ways(*mapped, supplier="Alder", sku="x")


def test_gaps_of_one_file_are_filled_by_another():
    """The time of one, the confirmation of the other, and the name that only one has."""
    both_ways(
        file(row(due=0, done=None, sku="x"), has=["due", "sku"], lists=True),
        file(row(due=None, done=3, supplier="Alder"), has=["done", "supplier"], name="b"),
        due=0,
        done=3,
        late=True,
        confirmed=True,
        told=True,
        open=False,
        listed=True,
        sku="x",
        supplier="Alder",
        late_since=3,
    )


def test_a_file_that_lists_open_orders_is_overruled_by_a_confirmation_it_does_not_deny():
    """It has no column of confirmations, and says that its orders wait."""
    both_ways(
        file(row(done=None), has=["due"], all_open=True),
        file(row(done=-1), name="b"),
        confirmed=True,
        open=False,
    )
    both_ways(
        file(row(done=None), has=["due"], all_open=True),
        file(row(done=None), has=["due"], name="b", lists=True),
        confirmed=False,
        open=True,
        open_due=0,
        told=False,
    )


@pytest.mark.parametrize("name", ["due", "done", "bought"])
def test_two_files_that_tell_two_dates_contradict_each_other(name):
    """Without a stamp, with one alone, or with equal ones."""
    one, other = ({"bought": -9, name: value} for value in (-5, -4))
    places = [("a", 2), ("b", 2)]
    conflict(file(row(**one)), file(row(**other), name="b"), places=places)
    conflict(file(row(**one, updated=1)), file(row(**other), name="b"), places=places)
    conflict(file(row(**one, updated=1)), file(row(**other, updated=1), name="b"), places=places)
    orders = both_ways(
        file(row(**one, updated=1)), file(row(**other, updated=2), name="b"), **{name: -4, "updated": 2}
    )
    assert len(orders.table) == 1
    both_ways(
        file(row(**one, updated=2)), file(row(**other, updated=1), name="b"), **{name: -5, "updated": 2}
    )


@pytest.mark.parametrize("name", ["sku", "supplier"])
def test_two_files_that_tell_two_names_of_an_item_contradict_each_other(name):
    """A blank contradicts nothing."""
    conflict(
        file(row(item=4, **{name: "x"})),
        file(row(item=4, **{name: "y"}), name="b"),
        places=[("a", 2), ("b", 2)],
    )
    both_ways(file(row(item=4, **{name: "x"})), file(row(item=4, **{name: ""}), name="b"), **{name: "x"})
    both_ways(
        file(row(item=4, updated=1, **{name: "x"})),
        file(row(item=4, updated=3, **{name: "y"}), name="b"),
        **{name: "y"},
    )


def test_names_and_clocks_that_judge_nothing_leave_a_gap_where_they_contradict():
    """The newest wins by its stamp; of the stamps the last is kept."""
    one, other = {"carrier": "k", "scan": 3, "left": 1}, {"carrier": "m", "scan": 4, "left": 1}
    both_ways(
        file(row(item=1, **one)),
        file(row(item=1, **other), name="b"),
        carrier="(not stated)",
        scan=None,
        left=1,
    )
    both_ways(
        file(row(item=1, updated=7, **one)),
        file(row(item=1, updated=9, **other), name="b"),
        carrier="m",
        scan=4,
        updated=9,
    )
    both_ways(
        file(row(item=1, scan=None, carrier="")),
        file(row(item=1, scan=4, carrier="m"), name="b"),
        scan=4,
        carrier="m",
    )


def test_three_files_agree_or_the_newest_of_all_wins():
    """Two that agree do not outvote a third."""
    same = file(row(due=0, updated=1)), file(row(due=0, updated=2), name="b")
    both_ways(*same, file(row(due=5, updated=3), name="c"), due=5)
    both_ways(*same, file(row(due=5, updated=0), name="c"), due=0)
    conflict(*same, file(row(due=5, updated=2), name="c"), places=[("a", 2), ("b", 2), ("c", 2)])
    conflict(*same, file(row(due=5), name="c"), places=[("a", 2), ("b", 2), ("c", 2)])


def test_the_stamp_of_one_order_settles_no_other():
    """Each is settled by its own newest row."""
    first = file(row(1, due=0, updated=1), row(2, due=5, updated=3))
    second = file(row(1, due=1, updated=2), row(2, due=6, updated=9), name="b")
    for files in ((first, second), (second, first)):
        orders, problems = joined(*files)
        assert problems == []
        assert [of(orders, key)["due"] for key in (1, 2)] == [1, 6]


def test_a_file_that_ends_before_the_confirmation_does_not_deny_it():
    """What it had open was confirmed since; one that ends later contradicts."""
    early = file(row(1, done=None, bought=-20), row(2, done=-3, bought=-9))
    later = file(row(1, done=1, bought=-20), row(3, done=6), name="b")
    for files in ((early, later), (later, early)):
        orders, problems = joined(*files)
        assert (problems, orders.confirmed_since) == ([], 1)
        assert [of(orders)[name] for name in ("late", "confirmed", "told", "open", "done")] == [
            True,
            True,
            True,
            False,
            1,
        ]
    for done in (1, 2):
        ends_later = file(row(1, done=None, bought=-20), row(2, done=done, bought=-9))
        orders, problems = joined(ends_later, later)
        assert sorted(problems) == [("a", 2), ("b", 2)]
        assert orders.confirmed_since == 0
    bought_later = file(row(1, done=None, bought=-20), row(2, done=-3, bought=2))
    assert sorted(joined(bought_later, later)[1]) == [("a", 2), ("b", 2)]


def test_within_one_file_an_open_row_contradicts_a_confirmed_one_of_its_item():
    """It ends when it ends."""
    conflict(file(row(item=1, done=None), row(item=1, done=5)), places=[("a", 2), ("a", 3)])


def test_an_order_confirmed_since_is_counted_once():
    """However many lines it has; where nothing is settled, none is."""
    assert joined(file(row()))[0].confirmed_since == 0
    assert joined(file(row()), file(row(), name="b"))[0].confirmed_since == 0
    assert joined(file(row(item=1), row(item=2)))[0].confirmed_since == 0
    silent = file(row(done=None, bought=-20), has=["due", "bought"])
    told = file(row(done=1, bought=-20), row(2, done=None), name="b")
    assert joined(silent, told)[0].confirmed_since == 0
    early = file(
        row(item=1, done=None, bought=-20), row(item=2, done=None, bought=-20), row(2, item=1, done=-5)
    )
    later = file(row(item=1, done=1, bought=-20), row(item=2, done=3, bought=-20), name="b")
    orders, problems = joined(early, later)
    assert (problems, orders.confirmed_since) == ([], 1)
    assert [of(orders)[name] for name in ("late", "open", "done", "late_since")] == [True, False, 3, 1]


# --- Which rows of two files speak of one line


def test_a_sku_beside_an_item_is_that_items_line():
    """Where the order has the SKU once; else its rows are lines of their own."""
    items = file(row(item=1, sku="x", due=0), row(item=2, sku="y", due=10, done=9))
    both_ways(items, file(row(sku="y", due=10, done=9, left=4), name="b"), due=10, left=4, late=False)
    conflict(items, file(row(sku="y", due=11, done=9), name="b"), places=[("a", 2), ("a", 3), ("b", 2)])
    conflict(file(row(item=1, sku="x", due=0), row(sku="x", due=9)), places=[("a", 2), ("a", 3)])


def test_the_supplier_of_a_sku_is_told_by_one_file_and_not_by_the_other():
    """It is one line; within one file two suppliers of a SKU are two."""
    both_ways(
        file(row(sku="x", supplier="Alder")),
        file(row(sku="x", supplier=""), name="b"),
        supplier="Alder",
        sku="x",
    )
    conflict(
        file(row(sku="x", supplier="Alder")),
        file(row(sku="x", supplier="Birch"), name="b"),
        places=[("a", 2), ("b", 2)],
    )
    found = of(joined(file(row(sku="x", supplier="Alder", done=2), row(sku="x", supplier="Birch", due=9)))[0])
    assert [found[name] for name in ("late", "due", "supplier", "sku")] == [True, 9, "(several)", "x"]


def test_within_one_file_every_pair_of_sku_and_supplier_is_a_line():
    """A blank beside a name is another pair, whatever names other files told before."""
    pairs = [(sku, supplier) for sku in ("", "x", "y") for supplier in ("", "k", "m")][1:]
    lines = [row(sku=sku, supplier=supplier, due=at) for at, (sku, supplier) in enumerate(pairs)]
    before = file(row(2, sku="x", supplier="k"), row(3, sku="y", supplier="m"), name="b")
    for files in ([file(*lines)], [before, file(*lines)], [file(*lines[::-1]), before]):
        orders, problems = joined(*files)
        assert problems == []
        assert [of(orders)[name] for name in ("due", "sku", "supplier")] == [7, "(several)", "(several)"]


def test_within_one_file_an_item_a_sku_and_a_supplier_are_three_lines():
    """Whatever number the item has."""
    names = [{"sku": name} for name in ("x", "y", "z")] + [
        {"supplier": name} for name in ("k", "m", "n", "o")
    ]
    lines = [{"item": number} for number in range(1, 20)] + names
    orders, problems = joined(file(*(row(due=at, **line) for at, line in enumerate(lines))))
    assert (problems, of(orders)["due"]) == ([], len(lines) - 1)


def test_a_line_has_the_columns_of_its_rows():
    """And the mark of a row that speaks of the whole order, which is laid over them."""
    files = [file(row(sku="y", due=4), row(sku="x"))[0], file(row(due=4), name="b")[0]]
    rows = pool([files[0], replace(files[1], rows=files[1].rows.assign(file=np.int16(1)))]).rows
    marks = {name: np.zeros(3, dtype=bool) for name in ("open", "ships", "listed")}
    rows = rows.assign(told=True, **marks)
    found = lines_of(rows, files, zone=ZONE)
    assert found.clashing.tolist() == []
    assert found.table.columns.tolist() == [*rows.columns, "whole"]
    assert sorted(found.table["sku"]) == ["x", "y"]


def test_the_row_of_a_whole_order_is_none_of_its_lines():
    """Whatever names other orders have."""
    lines = file(row(sku="x", done=2), row(sku="y", due=10, done=9), row(2, sku="x", supplier="Alder"))
    whole = file(row(sku="", due=10, done=9), name="b")
    for more in ((), (file(row(3, supplier="Birch", sku="q"), name="c"),)):
        both_ways(lines, whole, *more, due=10, done=9, late=True, late_since=2)


def test_a_sku_with_its_supplier_and_the_same_alone_are_one_line():
    """So they contradict each other; two rows of one supplier do, beside another file as within one."""
    places = [("a", 2), ("a", 3), ("b", 2)]
    lines = file(row(sku="x", supplier="k"), row(sku="y", supplier="k", due=9, done=8))
    conflict(lines, file(row(sku="x", due=9, done=8), name="b"), places=places)
    parcels = file(row(supplier="k", done=2), row(supplier="k", due=9, done=8))
    conflict(parcels, file(row(supplier="k", due=9, done=8), name="b"), places=places)


def test_a_supplier_alone_beside_a_sku_is_that_of_the_order():
    """One file names the SKU, the other the supplier: they speak of one line, or of all lines of the order."""
    both_ways(
        file(row(done=3, sku="x")),
        file(row(done=3, supplier="Alder"), name="b"),
        sku="x",
        supplier="Alder",
        late=True,
    )
    both_ways(
        file(row(sku="x", due=0, done=2), row(sku="y", due=9, done=8)),
        file(row(due=9, done=8, supplier="Alder"), name="b"),
        sku="(several)",
        supplier="Alder",
        late=True,
        due=9,
    )


def test_several_suppliers_beside_skus_are_lines_of_their_own():
    """Nobody knows which of them made which SKU; within one file a row with a supplier is a line."""
    both_ways(
        file(row(sku="x"), row(sku="y")),
        file(row(supplier="Alder"), row(supplier="Birch"), name="b"),
        sku="(several)",
        supplier="(several)",
        late=False,
    )
    found = of(joined(file(row(sku="x", done=2), row(supplier="Alder", due=9)))[0])
    assert [found[name] for name in ("sku", "supplier", "late", "due")] == ["(several)", "(several)", True, 9]


def test_a_row_without_a_name_speaks_of_the_whole_order():
    """It fills the gaps of every line of another file, and contradicts what none of them tells."""
    lines = file(row(item=1, due=0, done=2, sku="x"), row(item=2, due=10, done=9, sku="y"))
    both_ways(
        lines,
        file(row(due=10, done=9, supplier="Alder", left=1), name="b", lists=True),
        due=10,
        done=9,
        late=True,
        late_since=2,
        supplier="Alder",
        left=1,
        listed=True,
        rows={"a": ((2, 3),), "b": ((2, 2),)},
    )
    every = [("a", 2), ("a", 3), ("b", 2)]
    conflict(lines, file(row(due=11, done=9), name="b"), places=every)
    conflict(lines, file(row(due=10, done=8), name="b"), places=every)
    both_ways(lines, file(row(due=None, done=None), has=["due"], name="b"), due=10, done=9, late=True)


def test_a_gap_of_all_lines_is_filled_by_the_row_of_the_whole_order():
    """One that any line tells is not."""
    lines = file(row(item=1, due=0, done=None), row(item=2, due=10, done=None), has=["item", "due"])
    both_ways(lines, file(row(due=10, done=3), name="b"), late=True, done=3, confirmed=True, late_since=3)
    some = file(row(item=1, due=0, done=-1), row(item=2, due=None, done=-1))
    both_ways(some, file(row(due=0, done=-1), name="b"), due=0, late=False, done=-1)


def test_the_row_of_a_whole_order_wins_where_it_is_newer():
    """And yields where it is older; equal or missing stamps are a conflict."""
    lines = file(row(item=1, due=0, done=-3, updated=5), row(item=2, due=0, done=-3, updated=5))
    both_ways(lines, file(row(due=9, done=-3, updated=6), name="b"), due=9, done=-3)
    both_ways(lines, file(row(due=9, done=-3, updated=4), name="b"), due=0, done=-3)
    every = [("a", 2), ("a", 3), ("b", 2)]
    conflict(lines, file(row(due=9, done=-3, updated=5), name="b"), places=every)
    conflict(lines, file(row(due=9, done=-3, updated=None), name="b"), places=every)
    both_ways(lines, file(row(due=0, done=-2, updated=6), name="b"), due=0, done=-2)
    both_ways(lines, file(row(due=0, done=-2, updated=4), name="b"), due=0, done=-3)


def test_one_says_that_it_is_confirmed_and_the_other_that_it_is_not():
    """Of the whole order, or of its lines."""
    every = [("a", 2), ("a", 3), ("b", 2)]
    lines = file(row(item=1, done=-3), row(item=2, done=-3))
    conflict(lines, file(row(done=None, bought=50), name="b"), places=every)
    waiting = file(row(item=1, done=None, bought=50), row(item=2, done=None, bought=50))
    conflict(waiting, file(row(done=-3, bought=50), name="b"), places=every)
    both_ways(
        waiting, file(row(done=None), has=["due"], name="b", lists=True), open=True, told=True, listed=True
    )


def test_rows_without_names_in_two_files_are_parcels_by_their_dates():
    """One file may hold fewer of them; where neither holds all of the other's, they contradict each other."""
    parcels = file(row(due=0, done=2), row(due=9, done=8))
    both_ways(
        parcels,
        file(row(due=0, done=2), row(due=9, done=8), name="b"),
        late=True,
        due=9,
        done=8,
        late_since=2,
    )
    both_ways(parcels, file(row(due=9, done=8), name="b"), late=True, due=9, done=8, late_since=2)
    places = [("a", 2), ("a", 3), ("b", 2)]
    conflict(parcels, file(row(due=9, done=7), name="b"), places=places)
    conflict(parcels, file(row(due=0, done=2), row(due=9, done=7), name="b"), places=[*places, ("b", 3)])
    both_ways(
        file(row(due=0, done=2), row(due=9, done=None)),
        file(row(due=9, done=None), row(due=0, done=2), name="b"),
        late=True,
        open=True,
        open_due=9,
    )


def test_a_parcel_is_told_by_two_files_together():
    """What only one of them tells of it is told of it."""
    both_ways(
        file(row(done=2, carrier="k"), row(due=9, done=8, carrier="k")),
        file(row(done=2, scan=1), row(due=9, done=8, scan=7), name="b"),
        carrier="k",
        scan=7,
    )


def test_two_rows_of_one_parcel_are_one():
    """Told twice in a file, beside another."""
    both_ways(file(row(done=2), row(done=2)), file(row(done=2), name="b"), late=True, done=2, due=0)


def test_orders_of_many_kinds_stand_side_by_side():
    """What settles one leaves its neighbours alone."""
    first = file(
        row(1, item=1, sku="x"),
        row(1, item=2, sku="y", done=3),
        row(2, sku="x", due=4, done=3),
        row(3, done=None, sku=""),
        row(4, item=5, due=1),
        row(5, sku="z", supplier="Alder"),
    )
    second = file(
        row(5, sku="z"),
        row(4, item=5, due=2),
        row(3, done=None, sku="q"),
        row(1, sku="y", done=3),
        row(2, sku="", due=4, done=3),
        name="b",
    )
    for files in ((first, second), (second, first)):
        orders, problems = joined(*files)
        assert sorted(problems) == [("a", 6), ("b", 3)]
        assert sorted(orders.table["key"]) == [1, 2, 3, 5]
        assert [of(orders, key)["late"] for key in (1, 2, 3, 5)] == [True, False, False, False]
        assert [of(orders, key)["sku"] for key in (1, 2, 3, 5)] == ["(several)", "x", "q", "z"]
        assert [of(orders, key)["open"] for key in (1, 2, 3, 5)] == [False, False, True, False]
        assert of(orders, 5)["supplier"] == "Alder"
        assert of(orders, 1)["rows"] == {"a": ((2, 3),), "b": ((5, 5),)}


# --- Dates that are not exact


DAY_END = 11 + 3599 / 3600  # 23:59:59 of the first day
MIDNIGHT = -12


@pytest.mark.parametrize("bare", [MIDNIGHT, DAY_END])
@pytest.mark.parametrize("name", ["due", "done"])
def test_a_day_gives_way_to_the_time_of_the_same_day(bare, name):
    """Whether a day stands for its beginning or its end."""
    exact = file(row(**{"due": 9, "done": 3, name: 5}))
    both_ways(exact, file(row(**{"due": 9, "done": 3, name: bare}), name="b", coarse=[name]), **{name: 5})


@pytest.mark.parametrize("name", ["due", "done"])
def test_a_day_contradicts_the_time_of_another_day(name):
    """And a time of the same file, of another hour, is exact."""
    exact = file(row(**{"due": 9, "done": 3, name: 5}))
    places = [("a", 2), ("b", 2)]
    conflict(
        exact, file(row(**{"due": 9, "done": 3, name: MIDNIGHT + 24}), name="b", coarse=[name]), places=places
    )
    conflict(exact, file(row(**{"due": 9, "done": 3, name: 6}), name="b", coarse=[name]), places=places)
    conflict(exact, file(row(**{"due": 9, "done": 3, name: MIDNIGHT}), name="b"), places=places)


def test_a_day_of_purchase_gives_way_to_any_time():
    """Stores differ in the zone of the day that they write."""
    exact = file(row(bought=-40))
    both_ways(exact, file(row(bought=MIDNIGHT), name="b", coarse=["bought"]), bought=-40)
    both_ways(exact, file(row(bought=MIDNIGHT + 24), name="b", coarse=["bought"]), bought=-40)


def test_a_minute_gives_way_to_its_second():
    """And contradicts another minute; a day gives way to a minute."""
    second = 2 + 30 / 3600
    exact = file(row(done=second))
    both_ways(exact, file(row(done=2), name="b", minutes=["done"]), done=second)
    conflict(exact, file(row(done=2 + 1 / 60), name="b", minutes=["done"]), places=[("a", 2), ("b", 2)])
    both_ways(
        file(row(done=MIDNIGHT), coarse=["done"]),
        file(row(done=2), name="b", minutes=["done"]),
        done=2,
        late=True,
    )


def test_a_day_that_two_times_fit_stays_a_day():
    """Nothing is chosen."""
    lines = file(row(item=1, done=2), row(item=2, done=3))
    conflict(
        lines,
        file(row(item=1, done=MIDNIGHT), name="b", coarse=["done"]),
        places=[("a", 2), ("a", 3), ("b", 2)],
    )


def test_a_clock_of_a_day_gives_way_too():
    """Those that judge nothing are filled the same way."""
    both_ways(file(row(item=1, scan=5)), file(row(item=1, scan=MIDNIGHT), name="b", coarse=["scan"]), scan=5)
    both_ways(
        file(row(item=1, scan=5)), file(row(item=1, scan=MIDNIGHT + 24), name="b", coarse=["scan"]), scan=None
    )


def test_the_day_is_that_of_the_store():
    """Late in the evening in Los Angeles it is the next day in London."""
    exact = file(row(due=30, done=18))  # 23:00 of the first day in Los Angeles
    bare = file(row(due=30, done=-5), name="b", coarse=["done"])  # its midnight there
    for files in ((exact, bare), (bare, exact)):
        orders, problems = joined(*files, zone="America/Los_Angeles")
        assert (problems, of(orders)["done"]) == ([], 18)


# --- All at once


EVERY = ("due", "done", "scan", "left", "updated", "sku", "supplier", "carrier", "item")
OPEN = {"done": None}
# What two files of the same columns say of an order, and what becomes of it; None: it is left out.
CASES = [
    ([{}], [{}], {"late": False, "done": -1, "due": 0}),
    ([{"done": 2}], [{"done": 2}], {"late": True, "late_since": 2}),
    ([{"done": 2}, {"due": 9, "done": 8}], [], {"late": True, "due": 9, "done": 8, "late_since": 2}),
    ([{"sku": "x", "done": 2}, {"sku": "y", "due": 9}], [], {"late": True, "due": 9, "sku": "(several)"}),
    ([{"item": 1, "done": 2}, {"item": 2, "due": 9}], [], {"late": True, "due": 9, "late_since": 2}),
    ([{"item": 1, "due": 0}, {"item": 1, "due": 9}], [], None),
    ([{"sku": "x", "due": 0}, {"sku": "x", "due": 9}], [], None),
    ([{"supplier": "k", "due": 0}, {"supplier": "k", "due": 9}], [], None),
    ([{"sku": "x", "supplier": "k", "done": 2}, {"sku": "x", "supplier": "m", "due": 9}], [], {"late": True, "due": 9}),
    ([{"item": 1, **OPEN}, {"item": 1, "done": 5}], [], None),
    ([{"due": 0}], [{"due": 1}], None),
    ([{"done": -2}], [{"done": -1}], None),
    ([{"due": 0, "updated": 1}], [{"due": 1}], None),
    ([{"due": 0, "updated": 1}], [{"due": 1, "updated": 1}], None),
    ([{"due": 0, "updated": 1}], [{"due": 1, "updated": 2}], {"due": 1, "updated": 2}),
    ([{"due": 0, "updated": 2}], [{"due": 1, "updated": 1}], {"due": 0, "updated": 2}),
    ([{"item": 4, "sku": "x"}], [{"item": 4, "sku": "y"}], None),
    ([{"item": 4, "sku": "x"}], [{"item": 4}], {"sku": "x"}),
    ([{"item": 4, "supplier": "k"}], [{"item": 4, "supplier": "m"}], None),
    ([{"item": 4, "sku": "x", "updated": 1}], [{"item": 4, "sku": "y", "updated": 3}], {"sku": "y"}),
    ([{"item": 1, "carrier": "k", "scan": 3, "left": 1}], [{"item": 1, "carrier": "m", "scan": 4, "left": 1}], {"carrier": "(not stated)", "scan": None, "left": 1}),
    ([{"item": 1, "carrier": "k", "scan": 3, "updated": 7}], [{"item": 1, "carrier": "m", "scan": 4, "updated": 9}], {"carrier": "m", "scan": 4, "updated": 9}),
    ([{"item": 1, "carrier": "k", "scan": 3, "updated": 9}], [{"item": 1, "carrier": "m", "scan": 4, "updated": 7}], {"carrier": "k", "scan": 3, "updated": 9}),
    ([{"item": 1}], [{"item": 1, "scan": 4, "carrier": "m"}], {"scan": 4, "carrier": "m"}),
    ([{"item": 1, "sku": "x"}, {"item": 2, "sku": "y", "due": 10, "done": 9}], [{"sku": "y", "due": 10, "done": 9, "left": 4}], {"due": 10, "left": 4, "late": False}),
    ([{"item": 1, "sku": "x"}, {"item": 2, "sku": "y", "due": 10, "done": 9}], [{"sku": "y", "due": 11, "done": 9}], None),
    ([{"item": 1, "sku": "x"}, {"item": 2, "sku": "x", "due": 10, "done": 9}], [{"sku": "x", "due": 10, "done": 9, "left": 4}], {"due": 10, "left": 4}),
    ([{"sku": "x", "supplier": "k"}], [{"sku": "x"}], {"supplier": "k", "sku": "x"}),
    ([{"sku": "x", "supplier": "k"}], [{"sku": "x", "supplier": "m"}], None),
    ([{"sku": "x", "done": 3}], [{"supplier": "k", "done": 3}], {"sku": "x", "supplier": "k", "late": True}),
    ([{"sku": "x", "done": 2}, {"sku": "y", "due": 9, "done": 8}], [{"due": 9, "done": 8, "supplier": "k"}], {"sku": "(several)", "supplier": "k", "late": True, "due": 9}),
    ([{"sku": "x"}, {"sku": "y"}], [{"supplier": "k"}, {"supplier": "m"}], {"sku": "(several)", "supplier": "(several)"}),
    ([{"item": 1, "done": 2, "sku": "x"}, {"item": 2, "due": 10, "done": 9, "sku": "y"}], [{"due": 10, "done": 9, "supplier": "k", "left": 1, "carrier": "m"}], {"due": 10, "done": 9, "late": True, "late_since": 2, "supplier": "k", "left": 1, "carrier": "m", "sku": "(several)"}),
    ([{"item": 1, "done": 2}, {"item": 2, "due": 10, "done": 9}], [{"due": 11, "done": 9}], None),
    ([{"item": 1, "done": 2}, {"item": 2, "due": 10, "done": 9}], [{"due": 10, "done": 8}], None),
    ([{"item": 1, "due": 0, "done": -1}, {"item": 2, "due": None, "done": -1}], [{"due": 0, "done": -1}], {"due": 0, "late": False}),
    ([{"item": 1, "updated": 5}, {"item": 2, "updated": 5}], [{"due": 9, "updated": 6}], {"due": 9}),
    ([{"item": 1, "updated": 5}, {"item": 2, "updated": 5}], [{"due": 9, "updated": 4}], {"due": 0}),
    ([{"item": 1, "updated": 5}, {"item": 2, "updated": 5}], [{"due": 9, "updated": 5}], None),
    ([{"item": 1, "updated": 5}, {"item": 2, "updated": 5}], [{"due": 9}], None),
    ([{"item": 1}, {"item": 2}], [{"due": 9, "updated": 5}], None),
    ([{"item": 1, "done": -3}, {"item": 2, "done": -3}], [OPEN], None),
    ([{"item": 1, **OPEN}, {"item": 2, **OPEN}], [{"done": -3}], None),
    ([{"item": 1, **OPEN}, {"item": 2, "done": -3}], [{"done": -3}], {"open": True, "done": None, "confirmed": False}),
    ([{"item": 1, **OPEN}, {"item": 2, "due": 5, **OPEN}], [{"due": 5, **OPEN}], {"open": True, "open_due": 0, "done": None}),
    ([{"done": 2}, {"due": 9, "done": 8}], [{"done": 2}, {"due": 9, "done": 8}], {"late": True, "due": 9, "late_since": 2}),
    ([{"done": 2}, {"due": 9, "done": 8}], [{"due": 9, "done": 8}], {"late": True, "due": 9, "late_since": 2}),
    ([{"done": 2}, {"due": 9, "done": 8}], [{"due": 9, "done": 7}], None),
    ([{"done": 2}, {"due": 9, "done": 8}], [{"done": 2}, {"due": 9, "done": 7}], None),
    ([{"done": 2}, {"due": 9, **OPEN}], [{"due": 9, **OPEN}, {"done": 2}], {"late": True, "open": True, "open_due": 9}),
    ([{"done": 2}, {"done": 2}], [{"done": 2}], {"late": True, "done": 2, "due": 0}),
    ([{"item": 1, "scan": 3}, {"item": 2, "scan": 5, "left": 2}], [{"scan": 4, "left": 9}], {"scan": 5, "left": 2}),
    ([{"item": 1, "carrier": "k"}, {"item": 2}], [{"carrier": "m"}], {"carrier": "(several)"}),
    ([{"sku": "x", "carrier": "k"}], [{"sku": "x"}], {"carrier": "k"}),
    ([{"item": 1, "sku": "x"}], [{"sku": "x", "supplier": "k"}], {"sku": "x", "supplier": "k"}),
    ([{"item": 1, "sku": "x"}], [{"supplier": "k"}], {"sku": "x", "supplier": "k"}),
    ([{"item": 1}], [{"sku": "x"}], {"sku": "x"}),
]  # fmt: skip


@pytest.mark.parametrize("turned", [False, True])
def test_each_order_is_settled_whatever_stands_beside_it(turned):
    """All cases in one pair of files: what becomes of each is what becomes of it alone."""
    sides = [[row(key, **one) for key, case in enumerate(CASES, 1) for one in case[side]] for side in (0, 1)]
    told = [file(*sides[side], name="ab"[side], has=EVERY) for side in (0, 1)]
    orders, _ = joined(*(told[::-1] if turned else told))
    keys = set(orders.table["key"])
    for key, (_, _, expected) in enumerate(CASES, 1):
        assert (key in keys) == (expected is not None), CASES[key - 1]
        found = of(orders, key) if expected else {}
        assert {name: found[name] for name in expected or {}} == (expected or {}), CASES[key - 1]
