"""What supports a share: a rate that it rounds, a bound that is kept and near, a share of the rows in words."""

import pytest
from made_grounds import ALDER, BIRCH, CEDAR, RATE, SUPPORT, UNKNOWN, around, figure, made_ground, of, told

from poa.review.claims import claims
from poa.review.support import Supported

# --- shares --------------------------------------------------------------------------------------

SHARES = [
    ("5%", (), ("proven", RATE)),
    ("5.0%", (), ("proven", RATE)),
    ("8.8%", (), ("proven", "late_shipment_rate.10.rate")),
    ("9%", (), ("proven", "late_shipment_rate.10.rate")),
    ("4%", (), ("proven", "late_shipment_rate.30.target")),
    ("25%", (ALDER,), ("proven", "late_by_supplier.S1.rate")),
    ("25%", (), UNKNOWN),
    ("25%", (BIRCH,), UNKNOWN),
    ("75%", (ALDER,), ("proven", "late_by_supplier.S1.share_of_late")),
    ("0%", (BIRCH,), ("proven", "late_by_supplier.S2.rate")),
    ("5%", (ALDER,), ("proven", RATE)),
    # Rounded away: nearer than its last digit, and of a window.
    ("5.1%", (), UNKNOWN),
    ("5.09%", (), UNKNOWN),
    ("5.01%", (), UNKNOWN),
    ("8.7%", (), UNKNOWN),
    ("8%", (), ("misleading", "late_shipment_rate.10.rate")),
    ("8.80%", (), ("proven", "late_shipment_rate.10.rate")),
    ("8.81%", (), UNKNOWN),
    ("24.9%", (ALDER,), UNKNOWN),
    ("24%", (ALDER,), UNKNOWN),
    ("6%", (), UNKNOWN),
    # Bounds: kept and near.
    ("over 4.5%", (), ("proven", RATE)),
    ("over 5%", (), ("misleading", RATE)),
    ("over 8%", (), ("proven", "late_shipment_rate.10.rate")),
    ("at least 5%", (), ("proven", RATE)),
    ("at least 5.1%", (), UNKNOWN),
    ("under 6%", (), UNKNOWN),
    ("under 5.5%", (), ("proven", RATE)),
    ("under 4%", (), ("proven", "late_shipment_rate.30.target")),
    ("at most 5%", (), ("proven", RATE)),
    ("under 9%", (), ("proven", "late_shipment_rate.10.rate")),
    ("over 24.5%", (ALDER,), ("proven", "late_by_supplier.S1.rate")),
    ("over 25%", (ALDER,), UNKNOWN),
    # Over the target are the rates that are.
    ("over 4%", (), ("proven", RATE)),
    ("at least 4%", (), ("proven", RATE)),
    ("over 4%", (ALDER,), ("proven", "late_by_supplier.S1.rate")),
    # The ends of a range are no shares by themselves.
    ("3.7%", (), UNKNOWN),
    ("6.7%", (), UNKNOWN),
]


@pytest.mark.parametrize(("text", "groups", "expected"), SHARES)
def test_a_share_is_a_rate_that_it_rounds_or_a_bound_that_is_kept(text, groups, expected):
    assert told(text, *groups) == expected


def test_a_rate_under_the_target_is_not_over_it():
    facts = {RATE: ("fraction", 0.03), "late_shipment_rate.10.rate": ("fraction", 0.03)}
    low = made_ground(facts=facts)
    assert of("over 4%", ground=low).verdict == "misleading"
    assert of("over 4%", CEDAR, ground=low).verdict == "misleading"
    assert told("over 3.9%", ground=low) == UNKNOWN
    assert told("over 4%", ALDER, ground=low) == ("proven", "late_by_supplier.S1.rate")


def test_a_rate_that_is_the_target_is_not_over_it():
    facts = {RATE: ("fraction", 0.04), "late_shipment_rate.10.rate": ("fraction", 0.03)}
    assert of("over 4%", ground=made_ground(facts=facts)).verdict == "misleading"
    assert told("at least 4%", ground=made_ground(facts=facts)) == ("proven", RATE)


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [
        (0.05995, "misleading"),
        (0.0601, "unknown"),
        (0.0399, "unknown"),
        (0.0401, "misleading"),
        (0.0451, "proven"),
    ],
)
def test_a_rate_is_misrounded_by_less_than_its_last_digit(rate, verdict):
    held = made_ground(without=("late_shipment_rate.10.rate",), facts={RATE: ("fraction", rate)})
    assert of("5%", ground=held).verdict == verdict


def test_the_target_is_that_of_its_window():
    held = made_ground(facts={"late_shipment_rate.10.target": ("fraction", 0.045)})
    assert of("4%", ground=held).scopes == {30}
    assert of("4%").scopes == {30, 10}


def test_a_misrounded_rate_names_the_nearest_and_how_it_is_written():
    facts = {"late_shipment_rate.10.rate": ("fraction", 0.0523)}
    one = of("5.2%", ground=made_ground(facts={RATE: ("fraction", 0.0529)} | facts))
    assert (one.verdict, one.fact) == ("proven", "late_shipment_rate.10.rate")
    one = of("5.25%", ground=made_ground(facts={RATE: ("fraction", 0.0529)} | facts))
    assert one == Supported(verdict="unknown")
    one = of("5.1%", ground=made_ground(facts={RATE: ("fraction", 0.0519)} | facts))
    assert one == Supported(verdict="misleading", fact=RATE, expected="5.19%")
    one = of("5.3%", ground=made_ground(facts={RATE: ("fraction", 0.0521)} | facts))
    assert one == Supported(verdict="misleading", fact="late_shipment_rate.10.rate", expected="5.23%")


def test_both_ends_of_a_range_are_told_beside_each_other():
    """Between 3.7% and 6.7%."""
    low, high = claims("3.7% to 6.7%", language="en")
    both = around(shares=(low, high))
    assert (SUPPORT.of(low, both).verdict, SUPPORT.of(low, both).fact) == (
        "proven",
        "late_shipment_rate.30.low",
    )
    assert (SUPPORT.of(high, both).verdict, SUPPORT.of(high, both).fact) == (
        "proven",
        "late_shipment_rate.30.high",
    )
    assert SUPPORT.of(low, around(shares=(low,))).verdict == "unknown"
    other = around(shares=(low, figure("6.8%")))
    assert SUPPORT.of(low, other).verdict == "unknown"
    assert SUPPORT.of(figure("over 6.5%"), around(shares=(low,))).verdict == "unknown"


IN_TIME = [
    ("95%", (), ("proven", RATE)),
    ("91.2%", (), ("proven", "late_shipment_rate.10.rate")),
    ("75%", (ALDER,), ("proven", "late_by_supplier.S1.rate")),
    ("5%", (), UNKNOWN),
    ("91.3%", (), UNKNOWN),
    ("91%", (), ("proven", "late_shipment_rate.10.rate")),
    ("92%", (), UNKNOWN),
    ("4%", (), ("proven", "late_shipment_rate.30.target")),
]


@pytest.mark.parametrize(("text", "groups", "expected"), IN_TIME)
def test_a_share_of_orders_in_time_is_the_rest_of_the_rate(text, groups, expected):
    assert told(text, *groups, in_time=True) == expected


def test_a_share_in_time_is_none_of_a_share_of_late_orders():
    one = of("75%", ALDER, in_time=True)
    assert one.fact == "late_by_supplier.S1.rate"
    assert of("25%", ALDER, in_time=True).verdict == "unknown"


FRACTIONS = [
    ("three quarters", (ALDER,), ("proven", "late_by_supplier.S1.share_of_late")),
    ("three quarters", (), UNKNOWN),
    ("a quarter", (ALDER,), ("proven", "late_by_supplier.S1.rate")),
    ("a third", (ALDER,), UNKNOWN),
    ("over three quarters", (ALDER,), UNKNOWN),
    ("at least three quarters", (ALDER,), ("proven", "late_by_supplier.S1.share_of_late")),
    ("at most three quarters", (ALDER,), ("proven", "late_by_supplier.S1.share_of_late")),
    ("less than three quarters", (ALDER,), UNKNOWN),
    ("about three quarters", (ALDER,), ("proven", "late_by_supplier.S1.share_of_late")),
]


@pytest.mark.parametrize(("text", "groups", "expected"), FRACTIONS)
def test_a_share_in_words_is_near_a_share_of_the_rows(text, groups, expected):
    assert told(f"{text} of the late orders", *groups) == expected


@pytest.mark.parametrize(
    ("share", "near"), [(0.775, True), (0.725, True), (0.7751, False), (0.7249, False), (0.76, True)]
)
def test_a_share_in_words_is_within_a_fortieth(share, near):
    held = made_ground(facts={"late_by_supplier.S1.share_of_late": ("fraction", share)})
    assert (told("three quarters of them", ALDER, ground=held)[0] == "proven") == near


@pytest.mark.parametrize(
    ("share", "over", "under"), [(0.76, True, False), (0.74, False, True), (0.8, False, False)]
)
def test_a_bound_in_words_is_kept_and_near(share, over, under):
    held = made_ground(facts={"late_by_supplier.S1.share_of_late": ("fraction", share)})
    assert (told("more than three quarters of them", ALDER, ground=held)[0] == "proven") == over
    assert (told("less than three quarters of them", ALDER, ground=held)[0] == "proven") == under


def test_the_target_and_the_ends_of_a_range_are_no_share_in_words():
    held = made_ground(facts={"late_by_supplier.S1.low": ("fraction", 0.5), "x.target": ("fraction", 0.5)})
    assert told("half of them", ALDER, ground=held) == UNKNOWN
