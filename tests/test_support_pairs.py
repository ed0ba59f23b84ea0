"""What supports a part and its whole, and what says fairly what was printed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from made_grounds import ALDER, BIRCH, CEDAR, RATE, SUPPORT, around, figure, made_ground, made_known

from poa.review.claims import claims, pairs
from poa.review.ground import Printed
from poa.review.support import Support

# --- pairs ---------------------------------------------------------------------------------------


def pair(text):
    found = claims(text, language="en")
    ((part, whole),) = pairs(found, text, "en")
    return part, whole


def of_pair(text, *groups, ground=None, **more):
    support = SUPPORT if ground is None else Support(made_known(ground))
    one = support.of_pair(*pair(text), around(*groups, **more))
    return None if one is None else (one.verdict, one.fact, one.expected, one.scopes)


PAIRS = [
    ("40 of 800 orders", (), ("proven", "late_shipment_rate.30.late", None, {30})),
    ("22 of 250 orders", (), ("proven", "late_shipment_rate.10.late", None, {10})),
    ("41 of 800 orders", (), ("untrue", "late_shipment_rate.30.late", "40", set())),
    ("22 of 800 orders", (), ("untrue", "late_shipment_rate.30.late", "40", set())),
    ("30 of 120 orders", (ALDER,), ("proven", "late_by_supplier.S1.late", None, {ALDER})),
    ("31 of 120 orders", (ALDER,), ("untrue", "late_by_supplier.S1.late", "30", set())),
    ("30 of 120 orders", (BIRCH,), None),
    ("30 of 120 orders", (), None),
    ("40 of 801 orders", (), None),
    ("40 of 800 orders", (ALDER,), ("proven", "late_shipment_rate.30.late", None, {30})),
    ("3 of 40 orders", (), None),  # 40 are late ones
    ("3 of 38 orders", ("BOWL-6",), None),  # of those no late ones are counted
    ("40 of about 800 orders", (), ("proven", "late_shipment_rate.30.late", None, {30})),
    ("40 of about 810 orders", (), ("proven", "late_shipment_rate.30.late", None, {30})),
    ("40 of about 900 orders", (), None),
    # So many were counted, so that they are meant and not the 790 of Heron Express.
    ("39 of about 800 orders", ("Heron Express",), ("untrue", "late_shipment_rate.30.late", "40", set())),
    ("39 of about 780 orders", ("Heron Express",), None),
    (
        "39 of over 785 orders",
        ("Heron Express",),
        ("proven", "late_by_carrier.C1.late", None, {"Heron Express"}),
    ),
    ("over 39 of 800 orders", (), ("proven", "late_shipment_rate.30.late", None, {30})),
    ("over 40 of 800 orders", (), ("proven", "late_shipment_rate.30.late", None, {30})),
    ("over 41 of 800 orders", (), ("untrue", "late_shipment_rate.30.late", "40", set())),
    ("about 40 of 800 orders", (), ("proven", "late_shipment_rate.30.late", None, {30})),
    ("about 50 of 800 orders", (), ("untrue", "late_shipment_rate.30.late", "40", set())),
    ("6 of 800 orders", (), None),  # the case states six
]


@pytest.mark.parametrize(("text", "groups", "expected"), PAIRS)
def test_a_part_and_its_whole_are_counted_by_one_group(text, groups, expected):
    assert of_pair(text, *groups) == expected


def test_orders_since_a_cause_began_have_late_ones_and_those_before_it_none():
    cause = "attribution.causes.1"
    facts = {f"{cause}.span_orders": ("orders", 333), f"{cause}.span_late": ("orders", 44)}
    assert of_pair("44 of 333 orders", ground=made_ground(facts=facts))[:2] == (
        "proven",
        f"{cause}.span_late",
    )
    facts = {f"{cause}.orders_before": ("orders", 333), f"{cause}.late_before": ("orders", 44)}
    assert of_pair("44 of 333 orders", ground=made_ground(facts=facts)) is None


def test_a_part_in_time_is_what_of_the_whole_was_not_late():
    assert of_pair("760 of 800 orders", in_time=True) == ("proven", "late_shipment_rate.30.late", None, {30})
    assert of_pair("90 of 120 orders", ALDER, in_time=True) == (
        "proven",
        "late_by_supplier.S1.late",
        None,
        {ALDER},
    )
    assert of_pair("40 of 800 orders", in_time=True) == (
        "untrue",
        "late_shipment_rate.30.late",
        "40",
        frozenset(),
    )
    assert of_pair("228 of 800 orders", in_time=True)[0] == "untrue"
    assert of_pair("760 of 800 orders")[0] == "untrue"


def test_a_window_is_named_before_a_group_of_as_many_orders():
    ground = made_ground()
    facts = {"x.orders": ("orders", 250), "x.late": ("orders", 9)}
    first = {key: {"unit": unit, "value": value, "rows": {}} for key, (unit, value) in facts.items()}
    held = replace(ground, evidence=first | {k: v for k, v in ground.evidence.items() if k not in first})
    assert of_pair("5 of 250 orders", ground=held)[:3] == ("untrue", "late_shipment_rate.10.late", "22")


def of_whole(text, *groups, **more):
    return SUPPORT.of_whole(figure(text), around(*groups, **more)).verdict


@pytest.mark.parametrize(
    ("text", "groups", "verdict"),
    [
        ("800 orders", (), "proven"),
        ("120 orders", (ALDER,), "proven"),
        ("120 orders", (), "unknown"),
        ("40 orders", (), "proven"),  # all the late orders
        ("40 late orders", (), "proven"),
        ("22 orders", (), "unknown"),  # of ten days alone
        ("30 late orders", (ALDER,), "unknown"),
        ("28 orders", (), "unknown"),
        ("780 orders", (), "proven"),
        ("over 21 orders", (), "proven"),  # a bound is none of a whole
        ("801 orders", (), "unknown"),
        ("18 SKUs", (), "proven"),
        ("13", (), "proven"),
    ],
)
def test_a_whole_is_all_the_orders_of_something_or_all_the_late_ones(text, groups, verdict):
    assert of_whole(text, *groups) == verdict


def test_without_windows_no_late_orders_are_all():
    held = replace(made_ground(), facts={})
    assert Support(made_known(held)).of_whole(figure("40 late orders"), around()).verdict == "unknown"


def of_late(part, whole, *groups):
    one = SUPPORT.of_late(figure(part), figure(whole), groups)
    return None if one is None else (one.verdict, one.fact, one.expected, one.scopes)


OF_LATE = [
    ("30", "40 late orders", (ALDER,), ("proven", "late_by_supplier.S1.late", None, {ALDER})),
    ("7", "40 late orders", (ALDER, CEDAR), ("proven", "late_by_supplier.S3.late", None, {CEDAR})),
    ("30", "44 late orders", (ALDER,), ("untrue", "late_shipment_rate.30.late", "40", set())),
    ("30", "22 late orders", (ALDER,), ("untrue", "late_shipment_rate.30.late", "40", set())),
    ("31", "40 late orders", (ALDER,), None),
    ("31", "44 late orders", (ALDER,), None),
    ("30", "40 late orders", (BIRCH,), None),
    ("30", "40 late orders", (), None),
]


@pytest.mark.parametrize(("part", "whole", "groups", "expected"), OF_LATE)
def test_a_part_of_the_late_orders_is_a_groups_and_the_whole_all(part, whole, groups, expected):
    assert of_late(part, whole, *groups) == expected


# --- as printed ----------------------------------------------------------------------------------

AS_PRINTED = [
    ("5%", RATE, True),
    ("5.0%", RATE, True),
    ("5.1%", RATE, False),
    ("over 4.5%", RATE, True),
    ("over 5%", RATE, False),
    ("9%", "late_shipment_rate.10.rate", True),
    ("about 40 late orders", "late_shipment_rate.30.late", True),
    ("over 39 late orders", "late_shipment_rate.30.late", True),
    ("over 40 late orders", "late_shipment_rate.30.late", False),
    ("about 50 late orders", "late_shipment_rate.30.late", False),
    ("40 late orders", "late_shipment_rate.30.late", False),  # the same is no other figure
    ("over 39 days", "late_shipment_rate.30.late", False),
    ("over 39 hours", "late_shipment_rate.30.late", False),
    ("5%", "late_shipment_rate.30.late", False),
    ("31 October 2026", "as_of", False),
    ("5%", "nothing.rate", False),
]


@pytest.mark.parametrize(("text", "fact", "same"), AS_PRINTED)
def test_another_figure_may_say_fairly_what_was_printed(text, fact, same):
    assert SUPPORT.as_printed(figure(text), Printed(start=0, text="x", fact=fact)) is same


def test_nothing_printed_or_no_figure_is_no_fair_word():
    assert not SUPPORT.as_printed(figure("5%"), None)
    assert not SUPPORT.as_printed(None, Printed(start=0, text="5%", fact=RATE))


@pytest.mark.parametrize(("rate", "fair"), [(0.0404, True), (0.0396, False), (0.04, True)])
def test_a_rate_is_rounded_on_its_own_side_of_the_target(rate, fair):
    """4% misses the target of under 4%, as 4.04% does; 3.96% meets it."""
    support = Support(made_known(made_ground(facts={RATE: ("fraction", rate)})))
    assert support.as_printed(figure("4%"), Printed(start=0, text="x", fact=RATE)) is fair


def test_without_a_target_a_rate_is_rounded_freely():
    held = made_ground(facts={"late_by_supplier.S1.rate": ("fraction", 0.0396)})
    printed = Printed(start=0, text="3.96%", fact="late_by_supplier.S1.rate")
    assert Support(made_known(held)).as_printed(figure("4%"), printed)


def test_shares_are_exact():
    assert SUPPORT.known.share(RATE) == Decimal("0.05")
