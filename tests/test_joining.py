"""Joining: several files tell one story of each order, in any order, and what they cannot tell is never guessed."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import made_files as made
import numpy as np
import pytest
from conftest import mostly_deep, often, run_poa
from counted_once import facts_once
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import Order, Sheet, account, end_of_day
from strategies import told

from poa.account.explaining import explain
from poa.account.joined import join
from poa.cli.summary import each_store
from poa.errors import InputFault
from poa.facts import evidence_data, summary_data
from poa.files import as_input
from poa.joining.copies import Copies, copies_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AS_OF = date(2026, 10, 25)
PACIFIC = ZoneInfo("America/Los_Angeles")


def orders(count=20, *, late=(3, 7, 20), store="US", start=1):
    """So many orders, one due each day from the 6th of October on; those of the numbers ``late`` came 5 h late."""
    found = []
    for number in range(1, count + 1):
        due = end_of_day(2026, 10, 5 + number, store=store)
        found.append(
            Order(
                number=start + number - 1,
                bought=due - 2 * DAY - 9 * HOUR,
                due=due,
                confirmed=due + (5 if number in late else -6) * HOUR,
                sku=f"S-{number % 3}",
                store=store,
                updated=due + DAY,
            )
        )
    return found


ORDERS = orders()
LATE = [order for order in ORDERS if order.late]


def facts(files, **options):
    return facts_once(account(files, **options))


def summary(files, **options):
    """The JSON of ``poa summary --json`` for files by name."""
    return json.loads(json.dumps(summary_data(facts(files, **options)), allow_nan=False))


def rates(found):
    """Late orders, orders and rate of each window."""
    return {
        rate["window_days"]: (rate["late"], rate["orders"], rate["rate"])
        for rate in found["late_shipment_rate"]
    }


def counted(found):
    """Late orders and orders of the whole file."""
    return rates(found)[None][:2]


def aside(found):
    return {(one["kind"], one["name"]): one["orders"] for one in found["set_aside"]}


def problems(found):
    return {(row["file"], row["line"], row["code"]) for row in found["source"]["problems"]}


def table(files, **options):
    """The order table by order id, as the files together make it."""
    joined = join(account(files, **options), tell=lambda _: None)
    orders_ = joined.orders
    return {orders_.order_id(int(row["key"])): row for row in orders_.table.to_dict("records")}


def in_window(orders_, days, *, day, as_of=AS_OF):
    """Late orders and orders of a window, counted one by one: ``day`` gives the moment that places an order."""
    first = as_of - timedelta(days=days - 1)
    inside = {}
    for order in orders_:
        if first <= day(order).astimezone(PACIFIC).date() <= as_of:
            inside[order.number] = inside.get(order.number, False) or order.late
    return sum(inside.values()), len(inside)


# --- A list of late orders, and a list of all


DENOMINATORS = {
    "all orders": (made.all_orders(ORDERS), "purchase"),
    "all orders without items": (made.all_orders(ORDERS, items=False), "purchase"),
    "orders report": (made.orders_report(ORDERS), "ship-by"),
    "api v0": (made.api_v0(ORDERS), "ship-by"),
    "api v0 with items": (made.api_v0(ORDERS, items=True), "ship-by"),
    "api 2026 without packages": (made.api_2026(ORDERS, packages=False), "ship-by"),
}
LATE_LISTS = {
    "Amazon's header": made.late_list(LATE),
    "days without times": made.late_list(LATE, written=made.bare_day("America/Los_Angeles")),
    "plain header": made.plain(LATE),
    "plain header without items": made.plain(LATE, items=False),
}


@pytest.mark.every_third
@pytest.mark.parametrize("every", DENOMINATORS)
@pytest.mark.parametrize("late", mostly_deep(LATE_LISTS, "Amazon's header", "plain header"))
@pytest.mark.parametrize(
    "turned", [pytest.param(False, id=""), pytest.param(True, id="turned", marks=pytest.mark.deep)]
)
def test_a_late_list_beside_all_orders_gives_the_rate_of_the_whole_list(late, every, turned):
    """Numerator from one file and denominator from another are what one full list of the same orders gives."""
    file, by = DENOMINATORS[every]
    pair = {"late": LATE_LISTS[late], "every": file}
    files = dict(reversed(pair.items())) if turned else pair
    found = summary(files, as_of=AS_OF)
    whole = summary({"own": made.plain(ORDERS)}, as_of=AS_OF, window_by=by)
    assert not found["source"]["problems"]
    assert found["window_by"] == by
    moments = {"purchase": lambda order: order.bought, "ship-by": lambda order: order.due}
    for days in (30, 10):
        expected = in_window(ORDERS, days, day=moments[by])
        assert rates(found)[days][:2] == rates(whole)[days][:2] == expected
        assert rates(found)[days][2] == expected[0] / expected[1]


def test_without_a_day_given_the_windows_are_those_of_the_whole_list():
    """The late list ends with its last late order, on the last day here: the windows are the same as of a full list."""
    found = summary({"late": made.late_list(LATE), "orders": made.orders_report(ORDERS)})
    assert rates(found) == rates(summary({"own": made.plain(ORDERS)}))
    assert found["as_of"] == "2026-10-25"


_HAPPENED = st.sampled_from(
    ["late", "late", "on time", "on time", "open", "pending", "cancelled", "fba", "DE"]
)


@st.composite
def accounts(draw):
    """Orders of one to three lines of which some are open, cancelled, Amazon's or another store's; one is late."""
    made_orders = []
    for number in range(1, draw(st.integers(2, 10))):
        happened = "late" if number == 1 else draw(_HAPPENED)
        due = end_of_day(2026, 10, draw(st.integers(3, 25)))
        bought = due - timedelta(hours=draw(st.integers(1, 120)))
        after = timedelta(minutes=draw(st.integers(1, 300)))
        order = Order(
            number=number,
            bought=bought,
            due=due,
            confirmed={"late": due + after, "on time": due - timedelta(minutes=5)}.get(happened),
            status={"pending": "Pending", "cancelled": "Cancelled", "fba": "Shipped", "DE": "Shipped"}.get(
                happened, ""
            ),
            by_amazon=happened == "fba",
            store="DE" if happened == "DE" else "US",
            buyer_cancelled=draw(st.booleans()),
            sku=draw(st.sampled_from(["A-1", "B-2"])),
            updated=due + DAY,
        )
        made_orders += [
            replace(order, item=f"{number}{item}", sku=f"{order.sku}-{item}")
            for item in range(draw(st.sampled_from([1, 1, 1, 2, 3])))
        ]
    return made_orders


def of_the_rate(orders_):
    """The lines that the rate is about: of this store, shipped by the seller, not cancelled, not waiting."""
    return [
        order
        for order in orders_
        if order.store == "US" and not order.by_amazon and order.confirmed is not None
    ]


@settings(max_examples=often(40))
@given(accounts(), st.sampled_from(["all orders", "api v0"]), st.booleans())
def test_a_slow_counter_finds_the_same_rate(made_orders, every, turned):
    """The rate of a late list and All Orders, or the API's orders, is that of the definitions, order by order."""
    ours = of_the_rate(made_orders)
    firsts = list({order.number: order for order in made_orders}.values())
    late = made.late_list(order for order in firsts if order.late)
    files = {
        "all orders": {"late": late, "every": made.all_orders(made_orders)},
        "api v0": {"late": late, "every": made.api_v0(made_orders, items=True)},
    }[every]
    if turned:
        files = dict(reversed(files.items()))
    found = summary(files, as_of=AS_OF, marketplace="US")
    # Where All Orders holds orders of which nobody tells the ship-by time, the purchase day counts.
    by = {"purchase": lambda order: order.bought, "ship-by": lambda order: order.due}[found["window_by"]]
    assert found["window_by"] == "ship-by" or every == "all orders"
    for days in (30, 10):
        assert rates(found)[days][:2] == in_window(ours, days, day=by)
    kinds = {
        "amazon_fulfilled": {order.number for order in made_orders if order.by_amazon},
        "other_store": {order.number for order in made_orders if order.store == "DE"},
        "cancelled": {order.number for order in made_orders if order.state == "Cancelled"},
    }
    assert {one["kind"]: one["orders"] for one in found["set_aside"]} == {
        kind: len(numbers) for kind, numbers in kinds.items() if numbers
    }


def test_the_unshipped_report_takes_waiting_orders_out_of_the_denominator():
    """What the unshipped report lists is not confirmed: it is beside the rate, not in it."""
    waiting = [replace(order, confirmed=None) for order in orders(2, start=40)]
    files = {
        "late": made.late_list(LATE),
        "orders": made.orders_report([*ORDERS, *waiting]),
        "open": made.unshipped(waiting, reported=datetime(2026, 10, 26, 18, tzinfo=UTC)),
    }
    for order in permutations(files):
        found = summary({name: files[name] for name in order}, as_of=AS_OF)
        assert rates(found)[30] == (3, 20, 3 / 20)
        assert found["unconfirmed_past_due"] == 2
        assert {one["order_id"] for one in found["past_due"]} == {order.id for order in waiting}


@pytest.mark.parametrize("late", ["Amazon's header", "plain header", "plain header without items"])
def test_a_late_order_missing_from_all_orders_gives_no_rate(late):
    """A list that lacks an order which another file knows to be late does not list every order, whatever headers say."""
    strange = replace(LATE[0], number=90)
    list_ = {
        "Amazon's header": made.late_list([*LATE, strange]),
        "plain header": made.plain([*LATE, strange]),
        "plain header without items": made.plain([*LATE, strange], items=False),
    }[late]
    found = summary({"late": list_, "all": made.all_orders(ORDERS)}, as_of=AS_OF)
    assert rates(found)[30] == (4, None, None)
    assert any("does not list every order" in words for words in found["source"]["assumptions"])


def test_orders_of_which_no_file_tells_a_confirmation_give_no_rate():
    """Where a full list lacks orders that All Orders holds, they are not taken as on time."""
    found = summary({"own": made.plain(ORDERS[:15]), "all": made.all_orders(ORDERS)}, as_of=AS_OF)
    assert rates(found)[30][1:] == (None, None)


def test_two_parcels_of_one_order_are_no_contradiction():
    """A late list with a row for each parcel counts the order once, alone and beside All Orders."""
    parcels = [LATE[0], replace(LATE[0], confirmed=LATE[0].confirmed + DAY), *LATE[1:]]
    alone = summary({"late": made.late_list(parcels)}, as_of=AS_OF)
    both = summary({"late": made.late_list(parcels), "all": made.all_orders(ORDERS)}, as_of=AS_OF)
    assert (alone["late_shipment_rate"][0]["late"], problems(alone)) == (3, set())
    assert (rates(both)[30][:2], problems(both)) == ((3, 20), set())


def test_the_lines_of_a_defect_report_are_no_contradiction_of_a_late_list():
    """One row an order in the late list and one row a SKU in the defect report tell the same of the order."""
    lines = [
        replace(
            LATE[0], item="1", sku="A", delivered=LATE[0].due + 4 * DAY, deliver_by=LATE[0].due + 3 * DAY
        ),
        replace(
            LATE[0], item="2", sku="B", delivered=LATE[0].due + 5 * DAY, deliver_by=LATE[0].due + 3 * DAY
        ),
    ]
    every = [*lines, *(order for order in ORDERS if order.number != LATE[0].number)]
    for items in (True, False):
        files = {
            "late": made.late_list(LATE),
            "otdr": made.on_time_delivery(lines),
            "all": made.all_orders(every, items=items),
        }
        found = summary(files, as_of=AS_OF)
        assert (rates(found)[30][:2], problems(found)) == ((3, 20), set())
        assert {clock["name"]: clock["late"] for clock in found["clocks"]}["delivery"] == 1


def to_the_minute(moment):
    return "" if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def test_a_minute_is_no_contradiction_of_its_seconds():
    """Times that one file tells to the minute and another to the second agree; no late order is lost over them."""
    exact = [replace(order, bought=order.bought + timedelta(seconds=31)) for order in ORDERS]
    late = [order for order in exact if order.late]
    found = summary(
        {"late": made.late_list(late, written=to_the_minute), "all": made.all_orders(exact)}, as_of=AS_OF
    )
    assert (rates(found)[30][:2], problems(found)) == ((3, 20), set())


def test_a_blank_sku_is_a_gap():
    """A column for the SKU with nothing in it contradicts no file that tells the SKU."""
    bare = made.plain(replace(order, sku="") for order in ORDERS)
    found = summary({"own": bare, "all": made.all_orders(ORDERS)}, as_of=AS_OF)
    assert (rates(found)[None][:2], problems(found)) == ((3, 20), set())


# --- Amazon's own figures


def performance(orders_=400, late=12, *, first="2026-09-26", last="2026-10-25", **metric):
    return made.performance_v2(
        {
            "lateShipmentRate": made.window(first, last, orderCount=orders_, lateShipmentCount=late),
            **metric,
        }
    )


def test_amazons_number_of_orders_is_the_denominator_of_a_late_list():
    """A late list and the V2 report give the rate of Amazon's own window, positional or by its option alike."""
    files = {"late": made.late_list(LATE), "v2.json": performance()}
    found = summary(files)
    assert (found["as_of"], rates(found)[30]) == ("2026-10-25", (3, 400, 3 / 400))
    assert rates(found)[10][1:] == (None, None)
    by_option = summary({"late": made.late_list(LATE)}, performance=as_input("v2.json", performance()))
    assert rates(by_option) == rates(found)


@pytest.mark.parametrize("every", [made.all_orders, made.api_v0])
def test_own_and_stated_figures_stand_side_by_side_and_a_gap_is_explained(every):
    """Where both agree nothing is explained; where they do not, what the files show is said."""
    own = {"own": made.plain(ORDERS)}
    (same,) = summary(own | {"v2.json": performance(20, 3)})["stated_by_amazon"]
    assert (same["own_orders"], same["own_late"], same["gap"]) == (20, 3, [])
    cancelled = Order(number=70, bought=ORDERS[5].bought, due=ORDERS[5].due, status="Cancelled")
    files = own | {"every": every([*ORDERS, cancelled]), "v2.json": performance(25, 4)}
    (other,) = summary(files)["stated_by_amazon"]
    assert (other["orders"], other["late"], other["own_orders"], other["own_late"]) == (25, 4, 20, 3)
    gap = "; ".join(other["gap"])
    assert "cancelled orders, which may be in Amazon's number: 1" in gap
    assert "orders that Amazon counts and the files do not hold: 4" in gap


def test_the_v1_report_stands_beside_the_rows_and_makes_no_rate():
    """Counts of late orders without the number of orders are shown beside ours, and are no denominator."""
    v1 = made.performance_v1(("2026-09-26", "2026-10-25", 4))
    beside = summary({"own": made.plain(ORDERS), "v1.xml": v1})["stated_by_amazon"]
    assert [(one["window_days"], one["orders"], one["late"], one["own_late"]) for one in beside] == [
        (30, None, 4, 3)
    ]
    assert rates(summary({"late": made.late_list(LATE), "v1.xml": v1}))[30] == (3, None, None)


@pytest.mark.parametrize(
    "others",
    [
        {"old.json": performance(390, 11, first="2026-09-19", last="2026-10-18"), "new.json": performance()},
        {"v1.xml": made.performance_v1(("2026-09-26", "2026-10-25", 4)), "v2.json": performance()},
    ],
    ids=["two weeks of V2", "V1 and V2"],
)
def test_the_newest_of_amazons_figures_counts_in_any_order(others):
    """Of several performance reports the one that ends last, with a number of orders, sets the day and the denominator."""
    for names in permutations(("late", *others)):
        files = {"late": made.late_list(LATE)} | others
        found = summary({name: files[name] for name in names})
        assert (found["as_of"], rates(found)[30]) == ("2026-10-25", (3, 400, 3 / 400))


def test_other_rates_come_from_amazon_or_from_the_rows():
    """Amazon's figures are shown as stated; without them All Orders gives the cancellation rate, at most."""
    lost = [
        replace(order, status="Cancelled", confirmed=None) for order in orders(3, start=50, late=())
    ]  # bought on the 3rd, 4th and 5th
    rows = summary(
        {"all": made.all_orders([*ORDERS, *lost]), "late": made.late_list(LATE)}, as_of=date(2026, 10, 9)
    )
    (own,) = rows["other_rates"]
    first, last = date(2026, 10, 3), date(2026, 10, 9)
    bought = [order for order in [*ORDERS, *lost] if first <= order.bought.astimezone(PACIFIC).date() <= last]
    assert (own["metric"], own["count"], own["of"], own["told_by"]) == (
        "cancellation_rate",
        3,
        len(bought),
        "rows",
    )
    assert (own["meets_target"], "at most" in own["remark"]) == (None, True)
    stated = {
        "preFulfillmentCancellationRate": made.window(
            "2026-10-19", "2026-10-25", orderCount=90, cancellationCount=1
        ),
        "validTrackingRate": made.window(
            "2026-09-26", "2026-10-25", shipmentCount=380, validTrackingCount=370
        ),
        "unitOnTimeDeliveryRate": made.window(
            "2026-10-05", "2026-10-18", totalUnitCount=200, unitOnTimeDeliveryCount=150
        ),
    }
    found = summary({"all": made.all_orders([*ORDERS, *lost]), "v2.json": performance(**stated)})
    assert [(one["metric"], one["count"], one["of"], one["told_by"]) for one in found["other_rates"]] == [
        ("cancellation_rate", 1, 90, "amazon"),
        ("valid_tracking_rate", 370, 380, "amazon"),
        ("on_time_delivery_rate", 150, 200, "amazon"),
    ]
    assert found["other_rates_missing"] == []


def test_deliveries_of_every_order_give_the_on_time_delivery_rate():
    """Where a list of every order and the delivery times stand side by side, in 14 days that end 7 days ago."""
    known = [
        replace(
            order,
            supplier="Alder",
            deliver_by=order.due + 4 * DAY,
            delivered=order.due + 4 * DAY + (1 if order.number % 5 == 0 else -1) * HOUR,
        )
        for order in ORDERS
    ]
    side = Sheet(
        ["order id", "supplier", "delivered at"],
        [[order.id, order.supplier, made.iso(order.delivered)] for order in known],
    )
    first, last = date(2026, 10, 5), date(2026, 10, 18)
    inside = [order for order in known if first <= order.deliver_by.astimezone(PACIFIC).date() <= last]
    in_time = [order for order in inside if order.delivered <= order.deliver_by]
    for files in (
        {"api.json": made.api_2026(known), "side": side},
        {"side": side, "api.json": made.api_2026(known)},
    ):
        (rate,) = (
            one
            for one in summary(files, as_of=AS_OF)["other_rates"]
            if one["metric"] == "on_time_delivery_rate"
        )
        assert (rate["from"], rate["to"]) == (str(first), str(last))
        assert (rate["count"], rate["of"], rate["unit"]) == (len(in_time), len(inside), "orders")
        assert rate["meets_target"] is None


def test_who_cancelled_is_known_from_whichever_file_tells_it():
    """A cancellation that the buyer asked for is not the seller's, whether the file that says so comes first or last."""
    lost = [
        replace(order, status="Cancelled", confirmed=None, buyer_cancelled=order.number == 18)
        if order.number in {17, 18}
        else order
        for order in ORDERS
    ]
    files = {"all": made.all_orders(lost), "orders": made.orders_report(lost), "late": made.late_list(LATE)}
    for names in permutations(files):
        (rate,) = summary({name: files[name] for name in names}, as_of=AS_OF)["other_rates"]
        assert (rate["metric"], rate["count"]) == ("cancellation_rate", 1)


# --- What the rate is not about


def test_orders_the_rate_is_not_about_are_counted_apart_and_can_be_found():
    """Amazon's shipments, cancelled orders and other stores' are out of the rate; file and line of each are known."""
    base = replace(ORDERS[4], confirmed=None)
    odd = [
        replace(base, number=61, by_amazon=True, status="Shipped"),
        replace(base, number=62, by_amazon=True, status="Shipped", store="DE"),
        replace(base, number=63, status="Cancelled"),
        replace(base, number=64, status="Shipped", store="DE"),
        replace(base, number=65, status="Shipped", store="CA"),
        replace(base, number=66, status="Cancelled", store="DE"),
    ]
    for every in (made.all_orders([*ORDERS, *odd]), made.api_v0([*ORDERS, *odd])):
        found = facts({"late": made.late_list(LATE), "every": every}, marketplace="US", as_of=AS_OF)
        data = summary_data(found)
        assert rates(data)[30] == (3, 20, 3 / 20)
        assert aside(data) == {
            ("amazon_fulfilled", "shipped by Amazon (FBA)"): 2,
            ("other_store", "Amazon.ca"): 1,
            ("other_store", "Amazon.de"): 2,
            ("cancelled", "cancelled"): 1,
        }
        for one in found.set_aside:
            ((place,),) = (one.orders.rows.lines,)
            assert place.file == "every"
            assert sum(last - first + 1 for first, last in place.ranges) == one.orders.value


def test_an_order_that_was_confirmed_is_not_cancelled():
    """A late order that All Orders calls cancelled stays late; one that Amazon shipped is not the seller's."""
    odd = [
        replace(order, status="Cancelled" if order.number == 3 else "", by_amazon=order.number == 7)
        for order in ORDERS
    ]
    found = summary({"late": made.late_list(LATE), "all": made.all_orders(odd)}, as_of=AS_OF)
    assert rates(found)[30] == (2, 19, 2 / 19)
    assert aside(found) == {("amazon_fulfilled", "shipped by Amazon (FBA)"): 1}


def test_a_store_has_one_name_in_all_files():
    """All Orders names a store by its address and the API by its id; it is one store, in any order of the files."""
    german = orders(3, store="DE", start=60, late=())
    files = {"all": made.all_orders([*ORDERS, *german]), "api.json": made.api_2026([*ORDERS, *german])}
    for names in permutations(files):
        found = summary({name: files[name] for name in names})
        assert aside(found) == {("other_store", "Amazon.de"): 3}


def stores(files, **options):
    """The results of each store: late orders, orders and the zone of its days."""
    return {
        one.marketplace: (*counted(summary_data(one)), one.time_zone)
        for one in each_store(account(files, **options), lambda _: None)
    }


GERMAN = orders(12, store="DE", start=60, late=(1, 12))
ZONES = ("America/Los_Angeles", "Europe/Berlin")


def test_several_stores_give_one_result_each():
    """Each store has its own late orders and orders, by its own days; the one with most orders comes first."""
    every = [*ORDERS, *GERMAN]
    for files in (
        {"api.json": made.api_2026(every)},
        {"all": made.all_orders(every), "late": made.late_list(order for order in every if order.late)},
        {
            "us": made.all_orders(ORDERS),
            "de": made.all_orders(GERMAN),
            "late": made.late_list(LATE),
            "spät": made.late_list(order for order in GERMAN if order.late),
        },
    ):
        assert stores(files) == {"US": (3, 20, ZONES[0]), "DE": (2, 12, ZONES[1])}
        assert list(stores(files)) == ["US", "DE"]
    german_only = {"api.json": made.api_2026(GERMAN)}
    assert stores(german_only) == {"DE": (2, 12, ZONES[1])}


def test_amazons_figures_of_one_store_do_not_stop_the_others():
    """A performance report of the US beside orders of two stores: both have their result, the US Amazon's beside it."""
    files = {"api.json": made.api_2026([*ORDERS, *GERMAN]), "v2.json": performance()}
    found = {one.marketplace: one for one in each_store(account(files), lambda _: None)}
    assert [one.late.value for one in found["US"].stated_by_amazon] == [12]
    assert counted(summary_data(found["DE"])) == (2, 12)
    assert found["DE"].stated_by_amazon == ()


def test_a_performance_report_of_the_only_store_needs_no_marketplace():
    """Where all orders are of one store, Amazon's figures of that store are taken, by option too."""
    v2 = performance(marketplaceId=made.STORES["DE"][1])
    positional = summary({"api.json": made.api_2026(GERMAN), "v2.json": v2})
    assert (positional["marketplace"], positional["stated_by_amazon"][0]["late"]) == ("DE", 12)
    by_option = summary({"api.json": made.api_2026(GERMAN)}, performance=as_input("v2.json", v2))
    assert by_option["stated_by_amazon"] == positional["stated_by_amazon"]


@pytest.mark.parametrize("status", ["Cancelled", "Pending"])
def test_a_store_without_an_order_to_count_does_not_stop_the_others(status):
    """Where all of a store's orders are cancelled or wait, the other store has its result all the same."""
    waiting = [replace(order, status=status, confirmed=None) for order in GERMAN]
    assert stores({"api.json": made.api_2026([*ORDERS, *waiting])})["US"] == (3, 20, ZONES[0])


def test_a_late_list_without_an_order_of_a_store_proves_no_rate_of_it():
    """Account Health shows one store: a list of late orders of the US says nothing of Germany, least of all 0 %."""
    for every in (made.all_orders([*ORDERS, *GERMAN]), made.orders_report([*ORDERS, *GERMAN])):
        found = {
            one.marketplace: summary_data(one)
            for one in each_store(account({"every": every, "late": made.late_list(LATE)}), lambda _: None)
        }
        assert counted(found["US"]) == (3, 20)
        assert rates(found["DE"])[None][1:] == (None, None)


# --- What suppliers and uploads know


def suppliers(found):
    return {one["name"]: (one["late"], one["orders"]) for one in found["late_by_supplier"]["suppliers"]}


SHIPPED = [
    replace(
        order,
        supplier="Alder" if order.number % 2 else "Birch",
        ordered=order.bought + HOUR,
        dispatched=order.due - 8 * HOUR,
        carrier="UPS",
        tracking=f"1Z{order.number:04d}",
    )
    for order in ORDERS
]
TRACKED = made.plain(replace(order, tracking=f"1Z{order.number:04d}") for order in ORDERS)
ODD_AND_EVEN = {"Alder": (2, 10), "Birch": (1, 10)}


@pytest.mark.every_third
@pytest.mark.parametrize(
    ("side", "beside", "names", "clocks"),
    [
        (
            made.supplier_sheet(SHIPPED),
            made.plain(ORDERS),
            ODD_AND_EVEN,
            {"supplier_ordered", "supplier_dispatched"},
        ),
        (
            made.supplier_sheet(SHIPPED, "order id", "dispatched at"),
            made.plain(ORDERS),
            {"(not stated)": (3, 20)},
            {"supplier_dispatched"},
        ),
        (
            made.supplier_sheet(SHIPPED, "tracking", "supplier", "dispatched at"),
            TRACKED,
            ODD_AND_EVEN,
            {"supplier_dispatched"},
        ),
        (made.zendrop(SHIPPED), made.plain(ORDERS), ODD_AND_EVEN, {"supplier_dispatched"}),
        (made.mabang(SHIPPED), made.plain(ORDERS), {"(not stated)": (3, 20)}, {"supplier_dispatched"}),
        (made.tongtool(SHIPPED), made.plain(ORDERS), {"(not stated)": (3, 20)}, {"supplier_dispatched"}),
        (made.lingxing(SHIPPED), made.plain(ORDERS), ODD_AND_EVEN, set()),
        (made.upload(SHIPPED), made.plain(ORDERS), {"(not stated)": (3, 20)}, {"ship_entered"}),
    ],
    ids=["sheet", "two columns", "by tracking", "zendrop", "mabang", "tongtool", "lingxing", "upload"],
)
def test_a_suppliers_file_tells_who_shipped_and_when(side, beside, names, clocks):
    """By order id, else by tracking number, names and clocks of the supplier's side reach the orders; no rate changes."""
    moments = {
        "supplier_ordered": lambda order: order.ordered,
        "supplier_dispatched": lambda order: order.dispatched,
        "ship_entered": lambda order: order.dispatched.astimezone(PACIFIC).replace(
            hour=0, minute=0, second=0
        ),
    }
    for files in ({"own": beside, "side": side}, {"side": side, "own": beside}):
        found = summary(files)
        assert suppliers(found) == names
        assert counted(found) == (3, 20)
        rows = table(files)
        for order in SHIPPED:
            for clock in clocks:
                assert rows[order.id][clock].to_pydatetime() == moments[clock](order), clock


def two_lines(**more):
    """An order of two lines with items and SKUs, one late, beside the others."""
    one = replace(ORDERS[0], item="11111111111111", sku="A", **more)
    two = replace(ORDERS[0], item="22222222222222", sku="B", confirmed=ORDERS[0].due + HOUR, **more)
    return one, two


@pytest.mark.parametrize("key", ["order-item-id", "sku"])
def test_a_line_of_a_supplier_may_be_about_one_item(key):
    """Where a supplier names the item or the SKU, its word is of that line: two suppliers make several, one makes one."""
    one, two = two_lines()
    own = made.plain([one, two, *ORDERS[1:]])

    def sheet(*lines):
        return made.supplier_sheet(lines, "order id", key, "supplier", "dispatched at")

    alder = replace(one, supplier="Alder", dispatched=one.due - HOUR)
    birch = replace(two, supplier="Birch", dispatched=two.due - 2 * HOUR)
    both = {"own": own, "side": sheet(alder, birch)}
    assert table(both)[one.id]["supplier"] == "(several)"
    assert table(both)[one.id]["supplier_dispatched"].to_pydatetime() == alder.dispatched
    same = {"own": own, "side": sheet(alder, replace(birch, supplier="Alder"))}
    assert table(same)[one.id]["supplier"] == "Alder"
    split = {"own": own, "a": sheet(alder), "b": sheet(birch)}
    assert table(split)[one.id]["supplier"] == "(several)"
    whole = {"own": own, "side": made.supplier_sheet([alder], "order id", "supplier")}
    assert table(whole)[one.id]["supplier"] == "Alder"


def test_files_with_and_without_item_ids_stand_beside_each_other():
    """A supplier's file that names items and one that does not are both followed, in any order."""
    one, two = two_lines()
    files = {
        "own": made.plain([one, two, *ORDERS[1:]]),
        "items": made.supplier_sheet(
            [replace(one, supplier="Alder"), replace(two, supplier="Alder")],
            "order id",
            "order-item-id",
            "supplier",
        ),
        "orders": made.supplier_sheet(
            [replace(order, supplier="Birch") for order in ORDERS[1:]], "order id", "supplier"
        ),
    }
    for names in permutations(files):
        assert suppliers(summary({name: files[name] for name in names})) == {
            "Alder": (1, 1),
            "Birch": (3, 19),
        }


def test_a_tracking_number_of_the_upload_joins_a_suppliers_file():
    """The upload tells which order a tracking number is of; a supplier that knows the number alone is joined by it."""
    files = {
        "late": made.late_list(LATE),
        "all": made.all_orders(ORDERS),
        "upload": made.upload(SHIPPED),
        "side": made.supplier_sheet(SHIPPED, "tracking", "supplier", "dispatched at"),
    }
    for names in (list(files), list(reversed(files))):
        rows = table({name: files[name] for name in names})
        assert {rows[order.id]["supplier"] for order in SHIPPED} == {"Alder", "Birch"}
        assert rows[LATE[0].id]["supplier_dispatched"].to_pydatetime() == SHIPPED[2].dispatched


def test_a_suppliers_line_without_an_order_id_joins_by_its_tracking_number():
    """Where a line has both, the order id joins it; where that is blank, the tracking number does."""
    sheet = made.supplier_sheet(SHIPPED, "order id", "tracking", "supplier")
    blank = replace(sheet, rows=[["" if at % 2 else row[0], *row[1:]] for at, row in enumerate(sheet.rows)])
    assert suppliers(summary({"own": TRACKED, "side": blank})) == ODD_AND_EVEN


def test_spaces_around_a_tracking_number_do_not_matter():
    """A number with spaces around it, in either file, is the same number."""
    spaced = made.plain(replace(order, tracking=f" 1Z{order.number:04d} ") for order in ORDERS)
    side = [replace(order, tracking=f"{order.tracking} ") for order in SHIPPED]
    for own, sheet in ((TRACKED, side), (spaced, SHIPPED)):
        files = {"own": own, "side": made.supplier_sheet(sheet, "tracking", "supplier")}
        assert suppliers(summary(files)) == ODD_AND_EVEN


def test_a_suppliers_word_wins_and_an_upload_fills_gaps():
    """A supplier's file is followed against the report's own column, which is said; an upload only fills what is blank."""
    own = made.plain(replace(order, supplier="Cedar", carrier="DHL") for order in ORDERS)
    found = summary({"own": own, "side": made.supplier_sheet(SHIPPED, "order id", "supplier")})
    assert suppliers(found) == ODD_AND_EVEN
    assert any("name another supplier than side: 20" in words for words in found["source"]["assumptions"])
    rows = table({"own": own, "upload": made.upload(SHIPPED)})
    assert {row["carrier"] for row in rows.values()} == {"DHL"}
    rows = table({"own": made.plain(ORDERS), "upload": made.upload(SHIPPED)})
    assert {row["carrier"] for row in rows.values()} == {"UPS"}


def test_suppliers_never_make_an_order():
    """Lines about orders that no report holds are counted and said, and change no number."""
    strange = [replace(order, number=order.number + 500) for order in SHIPPED[:4]]
    files = {"own": made.plain(ORDERS), "side": made.supplier_sheet([*SHIPPED, *strange])}
    found = summary(files)
    assert (counted(found), suppliers(found)) == ((3, 20), ODD_AND_EVEN)
    assert any(
        "4 lines are about orders that no report holds" in words for words in found["source"]["assumptions"]
    )


def test_a_supplier_in_one_of_two_reports_is_the_orders_supplier():
    """A supplier that one report names and another is silent of is the one supplier of the order."""
    own = made.plain((replace(order, supplier="Alder") for order in ORDERS), items=False)
    for items in (True, False):
        for files in (
            {"own": own, "all": made.all_orders(ORDERS, items=items)},
            {"all": made.all_orders(ORDERS, items=items), "own": own},
        ):
            assert suppliers(summary(files, as_of=AS_OF, window_by="ship-by")) == {"Alder": (3, 20)}


# --- The newest row wins; without a stamp nobody does


def moved(order, *, hours, updated):
    return replace(order, due=order.due + timedelta(hours=hours), updated=updated)


STAMP = datetime(2026, 10, 7, 8, tzinfo=UTC)
OPEN = replace(ORDERS[0], confirmed=None)
OLD, NEW = moved(OPEN, hours=0, updated=STAMP), moved(OPEN, hours=48, updated=STAMP + DAY)


@pytest.mark.every_third
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (made.api_v0([OLD]), made.api_v0([NEW])),
        (made.api_v0([OLD], items=True), made.api_v0([NEW], items=True)),
        (made.api_2026([OLD]), made.api_2026([NEW])),
        (made.api_v0([OLD]), made.api_2026([NEW])),
        (made.unshipped([OLD], reported=STAMP), made.unshipped([NEW], reported=STAMP + DAY)),
        (made.unshipped([OLD], reported=STAMP), made.api_v0([NEW], items=True)),
    ],
    ids=["v0", "v0 with items", "2026", "v0 and 2026", "unshipped", "unshipped and v0"],
)
def test_the_row_that_was_updated_last_wins(old, new):
    """Of two deadlines of one order the one with the later stamp inside its row counts, whichever file comes first."""
    rest = made.api_v0(ORDERS[1:])
    for files in ({"old": old, "new": new, "rest": rest}, {"new": new, "rest": rest, "old": old}):
        assert problems(summary(files)) == set()
        assert table(files)[OPEN.id]["ship_by"].to_pydatetime() == NEW.due


@pytest.mark.every_third
@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Pending", "Shipped", "counted"),
        ("Unshipped", "Shipped", "counted"),
        ("Pending", "Cancelled", "cancelled"),
        ("Unshipped", "Cancelled", "cancelled"),
        ("Shipped", "Cancelled", "cancelled"),
    ],
)
def test_the_newest_status_counts(before, after, expected):
    """All Orders downloaded twice: what the later stamp says of an order is what it is."""
    one = replace(ORDERS[0], confirmed=None)
    rows = {
        "before": made.all_orders([replace(one, status=before, updated=STAMP)]),
        "after": made.all_orders([replace(one, status=after, updated=STAMP + DAY)]),
        "late": made.late_list(LATE),
        "rest": made.all_orders(ORDERS[1:]),
    }
    for names in (list(rows), list(reversed(rows)), ["late", "after", "rest", "before"]):
        found = summary({name: rows[name] for name in names}, as_of=AS_OF)
        assert rates(found)[30][:2] == ((3, 20) if expected == "counted" else (3, 19))
        assert aside(found) == ({} if expected == "counted" else {("cancelled", "cancelled"): 1})


@pytest.mark.parametrize("stamped", [False, True], ids=["without stamps", "equal stamps"])
def test_a_contradiction_without_a_newer_row_is_named_and_the_order_unused(stamped):
    """Where stamps are missing or equal, every row of the order is named with file and line, and it counts for nothing."""
    other = replace(ORDERS[0], due=ORDERS[0].due + HOUR, updated=ORDERS[0].updated)
    if stamped:
        files = {"one": made.api_2026(ORDERS), "other": made.api_2026([other])}
    else:
        files = {"one": made.plain(ORDERS), "other": made.plain([other])}
    for names in permutations(files):
        found = summary({name: files[name] for name in names}, complete=True)
        assert {(file, code) for file, _, code in problems(found)} == {
            ("one", "conflict"),
            ("other", "conflict"),
        }
        assert len(found["source"]["problems"]) == 2
        assert all(ORDERS[0].id in row["message"] for row in found["source"]["problems"])
        assert counted(found) == (3, 19)
        for file in found["source"]["files"]:
            assert file["rows_refused"] == 1
            assert file["rows_read"] == file["rows_used"] + 1


# --- Twice, and overlapping


BUNDLE = {
    "late": made.late_list(LATE),
    "all": made.all_orders(ORDERS),
    "orders": made.orders_report(ORDERS),
    "otdr": made.on_time_delivery(
        replace(
            order, scanned=order.due - HOUR, deliver_by=order.due + 3 * DAY, delivered=order.due + 4 * DAY
        )
        for order in LATE
    ),
    "upload": made.upload(SHIPPED),
    "side": made.supplier_sheet(SHIPPED),
    "vtr": made.valid_tracking([(order.tracking, order.number != 4) for order in SHIPPED]),
    "v2.json": performance(),
}


def figures(found):
    """What the facts say, without where it stands and how many rows were read for it."""
    return {key: value for key, value in found.items() if key not in {"source", "rows_read"}}


def again(name, form):
    """A file of the bundle once more: as it is, packed, or as a workbook."""
    file = BUNDLE[name]
    data = file.data() if isinstance(file, Sheet) else file
    if form == "packed":
        (inside,) = made.handed({f"{name}.gz": gzip.compress(data)})
        return inside
    if form == "workbook":
        return as_input(f"{name}.xlsx", file.xlsx)
    return as_input(name, data)


@pytest.mark.every_third
@pytest.mark.parametrize("form", mostly_deep(["itself", "packed", "workbook"], "itself"))
@pytest.mark.parametrize("name", BUNDLE)
def test_a_report_handed_in_twice_changes_nothing(name, form):
    """The same file again, under its name, inside a .gz or saved as a workbook, changes no figure."""
    if form == "workbook" and not isinstance(BUNDLE[name], Sheet):
        return
    from poa.files.inputs import inside

    once = account(BUNDLE)
    twice = replace(once, reports=(*once.reports, *inside(again(name, form))))
    one, two = (json.loads(json.dumps(summary_data(facts_once(files)))) for files in (once, twice))
    assert figures(one) == figures(two)
    assert problems(two) == set()
    if form == "itself":
        assert any("is the same file as" in words for words in two["source"]["assumptions"])


@pytest.mark.parametrize("items", [True, False], ids=["with items", "without items"])
def test_overlapping_weeks_are_counted_once(items):
    """Reports of overlapping days, each order told of up to three times, count what one report of all days counts."""
    whole = {"late": made.late_list(LATE), "all": made.all_orders(ORDERS, items=items)}
    parts = {
        "late 1": made.late_list(LATE[:2]),
        "late 2": made.late_list(LATE[1:]),
        "all 1": made.all_orders(ORDERS[:12], items=items),
        "all 2": made.all_orders(ORDERS[5:], items=items),
        "all 3": made.all_orders(ORDERS[10:], items=items),
    }
    expected = figures(summary(whole, as_of=AS_OF))
    for names in (list(parts), list(reversed(parts))):
        assert figures(summary({name: parts[name] for name in names}, as_of=AS_OF)) == expected
    own = {"1": made.plain(ORDERS[:14], items=items), "2": made.plain(ORDERS[8:], items=items)}
    assert figures(summary(own)) == figures(summary({"own": made.plain(ORDERS, items=items)}))


def told_or_refused(files):
    """The facts with the rows behind them, or why there are none: both files may contradict each other throughout."""
    try:
        found = facts(files, as_of=AS_OF)
    except InputFault as fault:
        return fault.as_data()
    return summary_data(found), evidence_data(found)


def nothing_alike(_, twice):
    """As if no order were told alike by several files."""
    none = np.empty(0, dtype=np.int64)
    return Copies(alike=np.zeros(len(twice), dtype=bool), again=none, first=none, listed=none)


@settings(max_examples=often(15))
@given(accounts(), st.integers(0, 20), st.integers(0, 20), st.booleans(), st.booleans())
def test_orders_told_alike_are_joined_as_all_others_are(made_orders, first, more, items, open_then):
    """What overlapping files say in the same words need not be settled, and settling it changes nothing.

    In the earlier of two files some orders may still be open, and some may stand in it twice.
    """
    known = of_the_rate(made_orders)
    earlier = [replace(order, confirmed=None) if open_then else order for order in known[: first + more]]
    files = {
        "1": made.plain([*known[:first], *earlier[first:], *known[:1]], items=items),
        "2": made.plain(known[first // 2 :] or known, items=items),
        "late": made.late_list(order for order in known if order.late),
    }
    quick = told_or_refused(files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("poa.joining.copies_of", nothing_alike)
        slow = told_or_refused(files)
    assert quick == slow


def test_overlapping_files_are_told_alike():
    """The orders of two overlapping reports are settled without a comparison of their lines."""
    found = join(account({"1": made.plain(ORDERS[:14]), "2": made.plain(ORDERS[8:])}), tell=lambda _: None)
    rows = found.pooled.rows
    shown = rows["ship_confirmed"].notna()
    copies = copies_of(
        rows.assign(confirmed=shown, told=True, open=~shown, listed=rows["file"] == 1),
        rows["key"].duplicated(keep=False).to_numpy(),
    )
    assert copies.alike.sum() == 12
    assert sorted(copies.first.tolist()) == sorted(copies.listed.tolist()) == list(range(8, 14))
    assert sorted(copies.again.tolist()) == list(range(14, 20))


@settings(max_examples=often(15))
@given(accounts(), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_rows_columns_and_files_does_not_count(made_orders, chance, own):
    """Shuffled rows, columns and files tell the same facts and name the same rows as doubtful."""
    known = [
        replace(
            order,
            supplier=chance.choice(["Alder", "Birch"]),
            dispatched=order.due - timedelta(hours=chance.randrange(40)),
            scanned=order.due + timedelta(hours=chance.randrange(-9, 9)),
            deliver_by=order.due + 3 * DAY,
            delivered=order.due + 3 * DAY + timedelta(hours=chance.randrange(-9, 9)),
            carrier="UPS",
            tracking=f"1Z{order.item}",
        )
        for order in made_orders
    ]
    firsts = list({order.number: order for order in known}.values())
    confirmed = [order for order in known if order.confirmed]
    files = {
        "late": made.late_list(order for order in firsts if order.late),
        "all": made.all_orders(known),
        "unshipped": made.unshipped(
            [order for order in known if not order.confirmed and order.state == "Unshipped"] or known[:1],
            reported=STAMP,
        ),
        "upload": made.upload(confirmed),
        "side": made.supplier_sheet(known),
        "map": made.supplier_map({(order.sku, "Cedar") for order in known[:2]}),
        "vtr": made.valid_tracking([(order.tracking, order.number % 2 == 0) for order in confirmed]),
        "v2.json": performance(),
    }
    if own:
        files["own"] = made.plain([replace(order, supplier="", carrier="") for order in of_the_rate(known)])
    shuffled = {
        name: files[name].mixed(chance) if isinstance(files[name], Sheet) else files[name]
        for name in chance.sample(list(files), len(files))
    }
    one, other = (facts(these, marketplace="US") for these in (files, shuffled))
    assert told(one) == told(other)
    # Rows have other lines after shuffling: which files are in doubt, and why, is the same.
    assert sorted((row.file, row.code) for row in one.source.problems) == sorted(
        (row.file, row.code) for row in other.source.problems
    )
    by_name = [
        {
            file.name: (file.report, file.columns, file.rows_read, file.rows_used, file.has)
            for file in found.source.files
        }
        for found in (one, other)
    ]
    assert by_name[0] == by_name[1]


# --- One order explained


def explained(order, files, **options):
    order_id = order.id if isinstance(order, Order) else order
    return explain(order_id, account(files, **options), tell=lambda _: None)


def places(found):
    return {(row.file, row.line) for row in found.rows}


ASIDE = {
    "amazon": replace(ORDERS[4], number=61, confirmed=None, by_amazon=True, status="Shipped"),
    "cancelled": replace(ORDERS[4], number=62, confirmed=None, status="Cancelled"),
    "elsewhere": replace(ORDERS[4], number=63, confirmed=None, store="DE", status="Shipped"),
}
WAITING = replace(ORDERS[4], number=64, confirmed=None, status="Pending")
EVERY = {"late": made.late_list(LATE), "all": made.all_orders([*ORDERS, *ASIDE.values(), WAITING])}


@pytest.mark.every_third
@pytest.mark.parametrize(
    ("order", "files", "verdict", "words", "rows"),
    [
        (
            LATE[0],
            EVERY,
            "late",
            ["confirmed 2026-10-09 04:59:59, 5 hours after its ship-by time 2026-10-08 23:59:59"],
            {("late", 2), ("all", 4)},
        ),
        (
            ORDERS[0],
            {"own": made.plain(ORDERS)},
            "on_time",
            ["confirmed 2026-10-06 17:59:59, 6 hours before its ship-by time 2026-10-06 23:59:59"],
            {("own", 2)},
        ),
        (ORDERS[0], EVERY, "not_late_by_list", ["not in late", "every late order"], {("all", 2)}),
        (WAITING, EVERY, "open", ["No file confirms it"], {("all", 25)}),
        (
            ORDERS[0],
            {"orders": made.orders_report(ORDERS), "all": made.all_orders(ORDERS)},
            "unknown",
            ["No file says when it was confirmed"],
            {("orders", 2), ("all", 2)},
        ),
        (ASIDE["amazon"], EVERY, "set_aside", ["shipped by amazon", "not about it"], {("all", 22)}),
        (ASIDE["cancelled"], EVERY, "set_aside", ["cancelled", "not about it"], {("all", 23)}),
        (ASIDE["elsewhere"], EVERY, "set_aside", ["amazon.de", "not about it"], {("all", 24)}),
        (
            ORDERS[0],
            {"one": made.plain(ORDERS), "two": made.plain([replace(ORDERS[0], due=ORDERS[0].due + HOUR)])},
            "conflict",
            ["told in different ways", "one:2", "two:2"],
            {("one", 2), ("two", 2)},
        ),
    ],
    ids=["late", "on time", "by the list", "open", "unknown", "FBA", "cancelled", "other store", "conflict"],
)
def test_each_verdict_is_explained_by_the_rows_behind_it(order, files, verdict, words, rows):
    """Why an order is late, or not, is said in a sentence, and every row that speaks of it is named."""
    for these in (files, dict(reversed(files.items()))):
        found = explained(order, these, marketplace="US")
        assert (found.order_id, found.verdict) == (order.id, verdict)
        assert places(found) == rows
        for said in words:
            assert said.lower() in " ".join(found.why).lower()


def test_a_refused_row_is_explained():
    """An order whose only row was refused is found, with the reason."""
    broken = made.plain(ORDERS)
    at = list(broken.header).index("ship-confirm-date")
    rows = [
        ["soon" if number == at else cell for number, cell in enumerate(broken.rows[0])],
        *broken.rows[1:],
    ]
    found = explained(ORDERS[0], {"own": replace(broken, rows=rows)})
    assert (found.verdict, places(found)) == ("refused", {("own", 2)})
    assert "ship-confirm-date" in found.rows[0].told["refused"]


@pytest.mark.parametrize("order_id", ["111-1111111-1111111", "Jane Roe", "", "   "])
def test_an_order_that_no_file_holds_is_not_explained(order_id):
    """An order id that stands nowhere ends in one sentence, which never repeats what may be a name."""
    with pytest.raises(InputFault) as caught:
        explained(order_id, {"own": made.plain(ORDERS)})
    assert caught.value.code == "order_not_found"
    assert "Jane" not in caught.value.message


def test_an_order_of_several_lines_is_explained_by_the_line_that_was_late():
    """The sentence names the confirmation and the deadline of the late line, not the last of each."""
    one = replace(ORDERS[0], item="1", confirmed=ORDERS[0].due + 2 * HOUR)
    two = replace(ORDERS[0], item="2", due=ORDERS[0].due + 9 * DAY, confirmed=ORDERS[0].due + 3 * HOUR)
    found = explained(one, {"own": made.plain([one, two, *ORDERS[1:]])})
    assert found.verdict == "late"
    assert "confirmed 2026-10-07 01:59:59, 2 hours after its ship-by time 2026-10-06 23:59:59" in found.why[0]


def test_what_is_unknown_to_the_facts_is_unknown_to_the_explanation():
    """An order that All Orders holds and a full list lacks is not called on time by a list of late orders that is none."""
    files = {"own": made.plain(ORDERS[:15]), "all": made.all_orders(ORDERS)}
    assert rates(summary(files, as_of=AS_OF))[30][1] is None
    assert explained(ORDERS[18], files).verdict == "unknown"


def test_every_row_that_speaks_of_the_order_is_named_whatever_the_order_of_files():
    """Orders, defects, upload, supplier and package, by order id or by tracking number: each row is listed."""
    files = {
        "own": TRACKED,
        "late": made.late_list(LATE),
        "otdr": BUNDLE["otdr"],
        "upload": made.upload(SHIPPED),
        "side": made.supplier_sheet(SHIPPED, "tracking", "supplier", "dispatched at"),
        "vtr": BUNDLE["vtr"],
        "zendrop": made.zendrop(SHIPPED),
    }
    expected = {("own", 4), ("late", 2), ("otdr", 2), ("upload", 4), ("side", 4), ("vtr", 4), ("zendrop", 4)}
    for names in (
        list(files),
        list(reversed(files)),
        ["vtr", "side", "late", "own", "zendrop", "otdr", "upload"],
    ):
        found = explained(LATE[0], {name: files[name] for name in names})
        assert found.verdict == "late"
        assert places(found) == expected


def test_a_hand_over_in_time_is_told_beside_a_late_confirmation():
    """The other clocks are told with their own deadlines, and judge nothing."""
    order = replace(
        LATE[0],
        scanned=LATE[0].due - HOUR,
        deliver_by=LATE[0].due + 3 * DAY,
        delivered=LATE[0].due + 2 * DAY,
        dispatched=LATE[0].due - 5 * HOUR,
        supplier="Alder",
    )
    files = EVERY | {
        "otdr": made.on_time_delivery([order]),
        "side": made.supplier_sheet([order], "order id", "supplier", "dispatched at"),
    }
    found = explained(order, files, marketplace="US")
    assert found.verdict == "late"
    said = " ".join(found.why)
    for words in (
        "first scanned it 2026-10-08 22:59:59, before the ship-by time: it was handed over in time",
        "supplier dispatched it 2026-10-08 18:59:59",
        "delivered 2026-10-10 23:59:59, by its deliver-by time 2026-10-11 23:59:59",
    ):
        assert words in said


def test_ids_of_another_form_are_explained_with_their_suppliers_rows():
    """Where a mapping file lifts the rule of Amazon's ids, the supplier's row of the order is named too."""
    orders_ = Sheet(
        ["order-id", "ship-by-date", "ship-confirm-date"],
        [["X-1", "2026-10-08", "2026-10-09"], ["X-2", "2026-10-08", "2026-10-08"]],
    )
    side = Sheet(["order id", "supplier", "dispatched at"], [["X-1", "Alder", "2026-10-07"]])
    mapping = as_input("map.toml", b'complete = true\norder_id_pattern = "X-[0-9]+"\n')
    found = explained("X-1", {"own": orders_, "side": side}, mappings=(mapping,))
    assert (found.verdict, places(found)) == ("late", {("own", 2), ("side", 2)})


def test_the_command_line_explains(tmp_path):
    """``poa explain ORDER-ID FILES`` prints the verdict, the reason and the rows, and the same as JSON."""
    for name, file in EVERY.items():
        (tmp_path / f"{name}.txt").write_bytes(file.data())
    names = [f"{name}.txt" for name in EVERY]
    printed = run_poa("explain", LATE[0].id, *names, cwd=tmp_path, check=0).stdout
    for words in (LATE[0].id, "late.txt:2", "all.txt:4", "5 hours after its ship-by time"):
        assert words in " ".join(printed.split())
    data = json.loads(run_poa("explain", LATE[0].id, *names, "--json", cwd=tmp_path, check=0).stdout)
    assert (data["verdict"], len(data["rows"])) == ("late", 2)
    run_poa("explain", "111-1111111-1111111", *names, cwd=tmp_path, check=1)
