"""Amazon's own word: which windows the performance report states, and what they prove of ours."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import ALIASES, Line, facts, order_id, report, stamp, summary, text_of

from poa.errors import InputFault, UsageFault
from poa.files import as_input
from poa.reports.opening import read_performance

US, DE = "ATVPDKIKX0DER", "A1PA6795UKMFR9"
NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def window(first="2026-09-21T00:00Z", last="2026-10-20T23:59Z", orders=870, late=27, **more):
    """One window as Amazon writes it."""
    return {
        "reportingDateRange": {"reportingDateFrom": first, "reportingDateTo": last},
        "orderCount": orders,
        "lateShipmentCount": late,
        "status": "GOOD",
        "rate": 0.031,
        "targetValue": 0.04,
        "targetCondition": "LESS_THAN",
        **more,
    }


TEN = {"first": "2026-10-11T00:00Z", "orders": 300, "late": 2}


def answer(*metrics):
    return {
        "accountStatuses": [{"marketplaceId": US, "status": "NORMAL"}],
        "performanceMetrics": list(metrics),
    }


def stated(*metrics, marketplace=US):
    """The windows of an answer: days, first, last, orders, late."""
    read = read_performance(
        as_input("p.json", json.dumps(answer(*metrics)).encode()), marketplace_id=marketplace
    )
    return [
        (one.window_days, one.from_.value, one.to.value, one.orders.value, one.late.value) for one in read
    ]


THIRTY_DAYS = (30, "2026-09-21", "2026-10-20", 870, 27)
TEN_DAYS = (10, "2026-10-11", "2026-10-20", 300, 2)


@pytest.mark.parametrize(
    "metric",
    [
        {"lateShipmentRate": window(), "lateShipmentRateList": [window(**TEN)]},
        {"lateShipmentRateList": [window(**TEN), window()]},
        {"lateShipmentRate": window(), "lateShipmentRateList": [window(), window(**TEN)]},
        {"lateShipmentRateList": [window(), window(**TEN), {"status": "NONE"}, None, 7]},
        {
            "lateShipmentRateList": [
                window(last="2026-10-21T00:00:00Z"),
                window(**TEN, last="2026-10-21T00:00:00Z"),
            ]
        },
        {
            "lateShipmentRateList": [window(first="2026-09-21T00:00:00Z"), window(**TEN)],
            "unknown": {"x": [1]},
        },
        {"marketplaceId": US, "lateShipmentRate": window(), "lateShipmentRateList": [window(**TEN)]},
    ],
)
def test_windows_are_taken_where_they_stand(metric):
    """Alone, in a list, in both, with a midnight as their end: the longest first, each once."""
    assert stated(metric) == [THIRTY_DAYS, TEN_DAYS]


def test_a_window_that_ends_at_a_midnight_keeps_its_days():
    """A midnight end is the end of the day before only where that makes a window of Amazon's."""
    assert stated({"lateShipmentRate": window(first="2026-09-22T00:00Z", last="2026-10-21T00:00Z")}) == [
        (30, "2026-09-22", "2026-10-21", 870, 27)
    ]


def test_other_marketplaces_are_left_out():
    """Of an answer for several stores, only the one that is asked for is taken."""
    us, de = (
        {"marketplaceId": store, "lateShipmentRate": window(orders=number)}
        for store, number in ((US, 100), (DE, 200))
    )
    assert [one[3] for one in stated(us, de)] == [100]
    assert [one[3] for one in stated(us, de, marketplace=DE)] == [200]


@pytest.mark.parametrize(
    "broken",
    [
        {"orderCount": True, "lateShipmentCount": 0},
        {"orderCount": True, "lateShipmentCount": 1},
        {"lateShipmentCount": True},
        {"orderCount": None},
        {"orderCount": "870"},
        {"orderCount": 870.0},
        {"lateShipmentCount": False},
        {"lateShipmentCount": -1},
        {"lateShipmentCount": 871},
        {"orderCount": 10**400},
        {"reportingDateRange": None},
        {"reportingDateRange": {}},
        {"reportingDateRange": {"reportingDateFrom": "2026-09-21T00:00Z"}},
        {"reportingDateRange": {"reportingDateFrom": "soon", "reportingDateTo": "later"}},
        {"reportingDateRange": {"reportingDateFrom": "2026-10-20", "reportingDateTo": "2026-10-01"}},
        {"reportingDateRange": {"reportingDateFrom": 20260921, "reportingDateTo": []}},
    ],
)
def test_a_window_without_whole_counts_and_days_is_not_taken(broken):
    """A count is a whole number, late ones are among the orders, and a window has two days."""
    metric = {"lateShipmentRate": {**window(), **broken}, "lateShipmentRateList": [window(**TEN)]}
    assert stated(metric) == [TEN_DAYS]
    with pytest.raises(InputFault) as fault:
        stated({"lateShipmentRate": {**window(), **broken}})
    assert (fault.value.code, fault.value.file) == ("no_rate", "p.json")
    assert fault.value.hint


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "bad_json"),
        (b"{", "bad_json"),
        (b"order-id,x\n", "bad_json"),
        (b"\xff\xfe{\x00}\x00", "bad_json"),
        (b"[" * 200_000, "bad_json"),
        (b'{"a":' * 200_000, "bad_json"),
        (b'{"performanceMetrics": [{"lateShipmentRate": {"orderCount": ' + b"9" * 5000 + b"}}]}", "bad_json"),
        (b"null", "not_performance"),
        (b"[]", "not_performance"),
        (b"{}", "not_performance"),
        (b'{"performanceMetrics": {}}', "not_performance"),
        (b'{"performanceMetrics": []}', "no_rate"),
        (b'{"performanceMetrics": [null, 1, "x", []]}', "no_rate"),
        (b'{"performanceMetrics": [{"lateShipmentRate": [], "lateShipmentRateList": {}}]}', "no_rate"),
        (b'{"performanceMetrics": [{"marketplaceId": {"a": 1}, "lateShipmentRate": {}}]}', "no_rate"),
        (
            b'{"performanceMetrics": [{"lateShipmentRate": {"orderCount": NaN, "lateShipmentCount": Infinity}}]}',
            "no_rate",
        ),
    ],
)
def test_what_is_no_performance_report_is_a_sentence(data, code):
    """Anything but Amazon's JSON ends the run with a fault that names the file and the report."""
    with pytest.raises(InputFault) as fault:
        read_performance(as_input("p.json", data), marketplace_id=US)
    assert (fault.value.code, fault.value.file) == (code, "p.json")
    assert fault.value.hint


def test_a_byte_order_mark_does_no_harm():
    """The JSON may begin with UTF-8's mark."""
    data = json.dumps(answer({"lateShipmentRate": window()})).encode("utf-8-sig")
    assert read_performance(as_input("p.json", data), marketplace_id=US)[0].window_days == 30


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "lateShipmentRate",
                    "lateShipmentRateList",
                    "reportingDateRange",
                    "orderCount",
                    "marketplaceId",
                    "status",
                ]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=often(150))
@given(JSON)
def test_no_json_ends_in_a_traceback(metric):
    """Whatever stands where a metric should stand, one fault of ours comes out."""
    with pytest.raises(InputFault) as fault:
        stated(metric)
    assert fault.value.hint


def test_the_status_is_amazons_and_short():
    """Amazon's status is shown as it stands, without characters that paper cannot hold, never computed."""
    found = summary(
        listed(1),
        performance=answer(
            {"lateShipmentRate": window(orders=100, late=50, status="GOOD\x1b[31m" + "x" * 50)}
        ),
    )
    assert found["stated_by_amazon"][0]["status"] == ("GOOD\ufffd[31m" + "x" * 50)[:20]


# --- What it proves


def listed(late):
    """A list of so many late orders, without any other."""
    rows = [[order_id(at), stamp(NOON), stamp(NOON + timedelta(hours=1))] for at in range(1, late + 1)]
    return text_of(rows, header=ALIASES)


def test_it_is_the_denominator_of_a_list_of_late_orders():
    """Amazon's number of orders completes such a list, window by window, and ends them on Amazon's day."""
    found = summary(
        listed(3), performance=answer({"lateShipmentRate": window(), "lateShipmentRateList": [window(**TEN)]})
    )
    assert found["as_of"] == "2026-10-20"
    assert [(rate["late"], rate["orders"]) for rate in found["late_shipment_rate"]] == [
        (3, 870),
        (3, 300),
        (3, None),
    ]
    assert found["late_shipment_rate"][0]["rate"] == 3 / 870


def test_a_typed_number_wins_over_amazons():
    """What the user types is used instead."""
    found = summary(listed(3), performance=answer({"lateShipmentRate": window()}), orders=500)
    assert found["late_shipment_rate"][0]["orders"] == 500


@pytest.mark.parametrize("day", [date(2026, 10, 19), date(2026, 10, 25)])
def test_amazons_number_is_not_used_for_other_days(day):
    """With another as-of day Amazon's count speaks of other days: there is no rate, and that is said."""
    found = summary(listed(3), performance=answer({"lateShipmentRate": window()}), as_of=day)
    assert found["late_shipment_rate"][0]["orders"] is None
    assert found["late_shipment_rate"][0]["rate"] is None
    assert any("is not taken for ours" in words for words in found["source"]["assumptions"])


def test_fewer_orders_than_late_ones_is_a_fault():
    """Where Amazon counts fewer orders than the list has late ones, the two speak of different things."""
    with pytest.raises(UsageFault) as fault:
        facts(listed(30), performance=answer({"lateShipmentRate": window(orders=29, late=29)}))
    assert fault.value.code == "too_few_orders"


@pytest.mark.parametrize(("last", "code"), [("0001-01-30", "bad_as_of"), ("9999-12-30", "bad_as_of")])
def test_a_window_outside_the_calendar_is_a_sentence(last, code):
    """A window of the year 1 or 9999 cannot be ours."""
    first = last[:-2] + "01"
    with pytest.raises(UsageFault) as fault:
        facts(listed(1), performance=answer({"lateShipmentRate": window(first=first, last=last)}))
    assert fault.value.code == code


def full():
    """Twelve orders whose purchase, deadline and confirmation lie on different sides of the window's end."""
    made = []
    for at in range(12):
        due = NOON + (2 - 2 * at) * DAY
        away = timedelta(hours=30 if at % 5 == 1 else -30)
        made.append(
            Line(
                order=at + 1,
                item="",
                sku="A",
                supplier="",
                purchased=due - 4 * DAY,
                ship_by=due,
                confirmed=due + away,
            )
        )
    return made


@pytest.mark.parametrize("basis", ["ship-by", "purchase", "confirm"])
def test_the_basis_that_gives_amazons_numbers_is_named(basis):
    """Amazon's two counts are tried on each basis, and the one that gives both is named."""
    made = full()
    day = {
        "ship-by": lambda line: line.ship_by,
        "purchase": lambda line: line.purchased,
        "confirm": lambda line: line.confirmed,
    }
    first, last = datetime(2026, 9, 21, 7, tzinfo=UTC), datetime(2026, 10, 21, 7, tzinfo=UTC)

    def counts(name):
        inside = [line for line in made if first <= day[name](line) < last]
        return sum(line.confirmed > line.ship_by for line in inside), len(inside)

    assert len({counts(name) for name in day}) == 3
    late, number = counts(basis)
    performance = answer({"lateShipmentRate": window(orders=number, late=late)})
    found = summary(report(made), performance=performance, complete=True)
    assert found["stated_by_amazon"][0]["reproduced_by"] == [basis]


@pytest.mark.parametrize(("late", "number"), [(3, 999), (0, 11)])
def test_numbers_that_no_basis_gives_are_reproduced_by_none(late, number):
    """One of the two counts alone reproduces nothing."""
    performance = answer({"lateShipmentRate": window(orders=number, late=late)})
    found = summary(report(full()), performance=performance, complete=True, as_of=date(2026, 10, 20))
    assert found["stated_by_amazon"][0]["reproduced_by"] == []


def test_a_list_of_late_orders_is_compared_by_its_late_orders_alone():
    """Without every order, only Amazon's late count can be reproduced, or not."""
    for late, same in ((3, True), (2, False)):
        performance = answer({"lateShipmentRate": window(orders=300, late=late)})
        stated = summary(listed(3), performance=performance)["stated_by_amazon"][0]
        assert bool(stated["reproduced_by"]) is same


def test_it_is_listed_among_the_files():
    """The report of Amazon stands among the sources, without rows."""
    found = summary(listed(1), performance=answer({"lateShipmentRate": window()}))
    file = found["source"]["files"][-1]
    assert (file["name"], file["report"], file["rows_read"]) == (
        "performance.json",
        "seller_performance_v2",
        0,
    )
