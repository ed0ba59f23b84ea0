"""The taxonomy as data: every cause and gap is whole, every sentence keeps the letter rules, retailers are told apart."""

import re
from string import Formatter

import pytest

from poa.errors import UsageFault
from poa.policy.causes import cause_code, cause_codes, common_immediate, gap_code, gap_codes, options
from poa.policy.retailers import retailer_named

CODES = [
    "SUP_DISPATCH",
    "SUP_STOCKOUT",
    "SUP_RELEASE",
    "HANDLING_SHORT",
    "LATE_CONFIRM",
    "TRACKING_LATE",
    "ROUTING_DELAY",
    "PICKUP_MISSED",
    "CUTOFF_MOVED",
    "CALENDAR",
    "VACATION_SETTING",
    "VOLUME_SPIKE",
    "STAFF",
    "SYSTEM_SYNC",
    "CONFIG_ERROR",
    "AMAZON_SETTING",
    "ADDRESS",
    "PAYMENT_HOLD",
    "WEATHER_EVENT",
    "SCHEDULED_DELIVERY",
    "FRAUD_RISK_EARLY_CONFIRM",
    "UNKNOWN",
]
SHOWN_BY = {
    "stage.supplier",
    "stage.routing",
    "stage.handover",
    "stage.confirmation",
    "closed_days",
    "handling",
    "surge",
}
SLOTS = {"late", "supplier_late", "skus", "days", "open", "target"}
# R14 R15 R17 R20 R21 R22 R24 R35: words that a letter must not hold.
FORBIDDEN = re.compile(
    r"!|\b(never again|ensure|guarantee|100 ?%|always|unfortunately|sorry|apologi[sz]e|desperate|beg|please|family|"
    r"livelihood|fault|blame|failed us|let us down|because of amazon|amazon's error|unaware|not aware|"
    r"did not know the policy|pay more attention|be more careful|improve communication|train our|better monitor|"
    r"as soon as possible|try to|do our best|hire|early confirm|confirm .{0,30}in advance|customers? fault|"
    r"12 hours|19 ?%|8 ?%|200)\b",
    re.IGNORECASE,
)


def sentences():
    """Every sentence that may reach a letter, with where it stands."""
    for code, cause in cause_codes().items():
        yield f"{code}.because", cause.because
        for one in cause.immediate:
            yield from ((f"{code}.immediate", words) for words in told(one))
        for one in cause.preventive:
            yield from ((f"{code}.preventive", words) for words in measures(one))
    for one in common_immediate():
        yield from (("common", words) for words in told(one))
    for name, one in options().items():
        yield from ((f"option.{name}", words) for words in measures(one))
    for code, gap in gap_codes().items():
        yield from ((f"gap.{code}", words) for words in (gap.statement, gap.escape, *gap.why))


def told(one):
    return [words for words in (one.past, one.future, one.plain_past, one.plain_future) if words]


def measures(one):
    return [words for words in (one.control, one.role, one.frequency, one.measure, one.plain) if words]


def slots(words):
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


SENTENCES = [pytest.param(words, id=f"{at}-{number}") for number, (at, words) in enumerate(sentences())]


def test_the_taxonomy_holds_its_22_codes():
    """No code is missing, none is new, and each says what it is, how it shows and where it is from."""
    assert list(cause_codes()) == CODES
    for cause in cause_codes().values():
        assert cause.layer in {"internal", "partner", "external"}
        assert cause.title
        assert cause.meaning.endswith(".")
        assert cause.test.endswith(".")
        assert cause.source
        assert cause.sure in {"C", "S", "U"}
        assert set(cause.shown_by) <= SHOWN_BY
        assert cause.shown_by or cause.needs, "what rows cannot show names the paper that would"


def test_a_cause_of_the_letter_can_be_answered():
    """Each cause that may stand in a letter has an immediate and a preventive action, and a step of a why-chain."""
    kept = [one.code for one in cause_codes().values() if not one.in_letter]
    assert kept == ["FRAUD_RISK_EARLY_CONFIRM", "UNKNOWN"]
    for cause in cause_codes().values():
        assert bool(cause.immediate) == bool(cause.preventive) == bool(cause.because) == cause.in_letter
        assert cause.in_letter or cause.note


def test_no_cause_outside_stands_without_a_gap_of_our_own():
    """Each cause of the letter has a gap to pair with (R16), and a gap fits only causes that exist."""
    fits = {code for gap in gap_codes().values() for code in gap.fits}
    assert fits == {code for code, cause in cause_codes().items() if cause.in_letter}
    for gap in gap_codes().values():
        assert gap.title
        assert gap.escape
        assert len(gap.why) >= 3
        assert gap.why[-1].startswith(("We had", "Our ")), "the chain ends in what the seller controls"
        assert gap.statement.split()[0] in {"We", "One", "Nobody"}


def test_a_single_point_of_failure_has_a_backup():
    """Causes of staff, source, carrier and software offer a measure that stands by (R46)."""
    backed = {
        code
        for code, cause in cause_codes().items()
        if any(one.kind == "backup" for one in cause.preventive)
        or any(options()[name].kind == "backup" for name in cause.options)
    }
    assert {
        "SUP_DISPATCH",
        "SUP_STOCKOUT",
        "PICKUP_MISSED",
        "STAFF",
        "SYSTEM_SYNC",
        "WEATHER_EVENT",
    } <= backed


def test_moving_to_amazons_warehouses_is_never_the_only_measure():
    """The option says so, and each cause that has it has a control of the seller's own (R24)."""
    assert [name for name, one in options().items() if one.never_alone] == ["MOVE_TO_FBA"]
    assert all(one.preventive for one in cause_codes().values() if "MOVE_TO_FBA" in one.options)


@pytest.mark.parametrize("words", SENTENCES)
def test_each_sentence_keeps_the_letter_rules(words):
    """No blame, no promise without limit, no vague measure, no number of a guide; slots are known ones."""
    assert not FORBIDDEN.search(words), FORBIDDEN.search(words)
    assert slots(words) <= SLOTS
    assert not re.search(r"\d", re.sub(r"last 30 days|90 % point|: 0\b", "", words)), (
        "a number nobody measured"
    )


def test_what_was_done_is_past_and_what_will_be_is_future():
    """Each immediate action exists in both tenses (R07), and with a slot also without it."""
    for one in (*common_immediate(), *(i for c in cause_codes().values() for i in c.immediate)):
        for words in filter(None, (one.past, one.plain_past)):
            assert words.startswith("We ")
            assert not re.search(r"\bwill\b", words)
        for words in filter(None, (one.future, one.plain_future)):
            assert words.startswith("We will ")
        assert not slots(one.past) or one.plain_past


def test_each_measure_says_who_when_and_how_it_is_measured():
    """Control, role, frequency and a figure with a target (R23); a number of the rows can be left out."""
    for one in (*options().values(), *(p for c in cause_codes().values() for p in c.preventive)):
        assert one.control
        assert one.role
        assert one.frequency
        assert re.search(r": (0|under)\b", one.measure)
        assert not slots(one.measure) or (one.plain and not slots(one.plain))


def test_a_name_is_no_sentence_of_the_letter():
    """No sentence names a supplier: the letter speaks of our control."""
    assert not any("{supplier}" in words for _, words in sentences())


def test_a_code_that_does_not_exist_is_refused_with_the_nearest():
    """A slip of the pen is answered with what was meant."""
    assert cause_code("late_confirm").code == "LATE_CONFIRM"
    assert gap_code("NO_DEPUTY").code == "NO_DEPUTY"
    with pytest.raises(UsageFault, match="did you mean 'LATE_CONFIRM'") as fault:
        cause_code("LATE_CONFRIM")
    assert fault.value.code == "unknown_cause"
    with pytest.raises(UsageFault, match="did you mean 'NO_DEPUTY'"):
        gap_code("NO_DEPUTI")


@pytest.mark.parametrize(
    ("name", "store"),
    [
        ("Walmart", "Walmart"),
        ("WAL-MART", "Walmart"),
        ("walmart us", "Walmart"),
        ("Walmart.com", "Walmart"),
        ("https://www.walmart.com/", "Walmart"),
        ("Walmart Supercenter 1123", "Walmart"),
        ("Target", "Target"),
        ("target.com", "Target"),
        ("The Home Depot", "Home Depot"),
        ("Best Buy", "Best Buy"),
        ("eBay seller goods4u", "eBay"),
        ("www.ebay.co.uk", "eBay"),
        ("Amazon.co.jp", "Amazon"),
        ("Amazon", "Amazon"),
        ("AliExpress", "AliExpress"),
        ("Temu", "Temu"),
        ("淘宝", "Taobao"),
        ("天猫", "Tmall"),
        ("京东", "JD.com"),
        ("拼多多", "Pinduoduo"),
        ("楽天市場", "Rakuten Ichiba"),
        ("Yahoo!ショッピング", "Yahoo Shopping"),
        ("メルカリ", "Mercari"),
        ("OTTO", "Otto"),
        ("otto.de", "Otto"),
        ("Zalando SE", "Zalando"),
        ("Kaufland", "Kaufland"),
        ("Argos", "Argos"),
        ("Currys", "Currys"),
        ("Ｗａｌｍａｒｔ", "Walmart"),
        ("Sam’s Club", "Sam's Club"),
    ],
)
def test_a_retailer_is_found_however_it_is_written(name, store):
    """Case, width, hyphens, address and country do not hide it."""
    assert retailer_named(name) == store


@pytest.mark.parametrize(
    "name",
    [
        "Alder Supply",
        "Targeted Supplies Ltd",
        "Target Supplies Ltd",
        "Target Ltd",
        "The Target Group",
        "Best Buyers Co",
        "Best Buy Packaging Ltd",
        "Ottoman Textiles",
        "Otto Müller GmbH",
        "Amazonia Trading",
        "Amazon Basin Coffee",
        "Superwalmart",
        "Walmartin Foods",
        "Wishbone Crafts",
        "Afternoon Tea Co",
        "JD",
        "JD Trading Co",
        "Saturn Tools",
        "Saturn",
        "Sheinhardt Wigs",
        "Lidlow & Sons",
        "义乌恒泰 (Yiwu Hengtai)",
        "天猫山茶厂",
        "乐天",
        "Home Depository Ltd",
        "Tescoma",
        "Costcorp",
        "1688",
        "",
    ],
)
def test_an_honest_supplier_is_never_called_a_retailer(name):
    """A name that only resembles one, or holds its word, is left alone."""
    assert retailer_named(name) is None


def test_a_wholesale_platform_is_no_retailer():
    """1688 and Alibaba.com are platforms: the factory is to be named instead."""
    assert retailer_named("1688.com") is None
    assert retailer_named("Alibaba.com") is None
