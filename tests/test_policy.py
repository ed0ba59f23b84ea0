"""Amazon's rules as data: complete, sourced, and read exactly."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from strategies import Line, report, summary

from poa.errors import UsageFault
from poa.policy import late_shipment_rule, marketplace, store_named

CODES = list(tomllib.loads(files("poa.policy").joinpath("marketplaces.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("code", CODES)
def test_a_marketplace_says_where_its_zone_comes_from(code):
    """Each store has an id of its own, a zone that exists, and a source with its day and how sure it is."""
    store = marketplace(code)
    assert ZoneInfo(store.zone)
    assert store.source
    assert date(2026, 1, 1) < store.as_of
    assert store.sure in {"C", "S", "U"}
    assert store.name.startswith("Amazon.")
    assert store_named(store.id) == code == marketplace(code.lower()).code


@pytest.mark.parametrize(("code", "near"), [("UX", ""), ("", ""), ("JPN", "JP"), ("USA", "US")])
def test_an_unknown_marketplace_is_told_with_those_that_are_known(code, near):
    """The fault lists every code, and the nearest where there is one."""
    with pytest.raises(UsageFault) as fault:
        marketplace(code)
    assert fault.value.code == "unknown_marketplace"
    assert all(known in fault.value.hint for known in CODES)
    assert not near or f"did you mean '{near}'?" in fault.value.message


def test_the_rule_is_exact_and_sourced():
    """The target is the fraction 1/25, not a float near it; the windows are 30 and 10 days."""
    rule = late_shipment_rule()
    assert rule.target == Fraction(1, 25)
    assert rule.windows_days == (30, 10)
    assert rule.source
    assert rule.window_source
    assert rule.sure == "C"


@pytest.mark.parametrize("code", CODES)
def test_a_deadline_ends_in_each_stores_own_zone(code):
    """A bare ship-by day ends at 23:59:59 of that store, and an unsure zone is printed as such."""
    clock = ZoneInfo(marketplace(code).zone)
    end = datetime(2026, 10, 12, 23, 59, 59, tzinfo=clock).astimezone(UTC)
    made = [
        Line(
            order=at,
            item="",
            sku="",
            supplier="",
            purchased=None,
            ship_by=end,
            confirmed=end + timedelta(seconds=late),
        )
        for at, late in enumerate((0, 1), 1)
    ]
    text = report(made).replace(end.strftime("%Y-%m-%dT%H:%M:%SZ,"), "2026-10-12,")
    found = summary(text, marketplace=code)
    assert found["late_shipment_rate"][2]["late"] == 1
    assert found["time_zone"] == str(clock)
    assumed = " ".join(found["source"]["assumptions"])
    assert (f"{clock}, which is our assumption" in assumed) == (marketplace(code).sure == "U")
