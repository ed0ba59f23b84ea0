"""A text's figures are found once each, surest first, and two writings of one figure share a key."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from made_figures import all_told

from poa.review.claims import Claim, claims, day_of, days, key, pairs


def only(text, language="en", *names):
    (found,) = claims(text, language=language, names=names)
    return found


def test_a_claim_tells_its_place_its_signs_its_unit_and_its_bound():
    assert only("We saw over 44 orders.") == Claim(
        kind="number", text="44", start=12, end=14, value=Decimal(44), unit="orders", bound="over"
    )
    assert only("It was 5.59 % then.") == Claim(
        kind="percent", text="5.59 %", start=7, end=13, value=Decimal("5.59"), digits=2
    )
    assert only("Only 5.59% late", "zh").digits == 2


def test_a_claim_is_neither_unclear_nor_malformed_nor_bounded_unless_it_is_said():
    bare = Claim(kind="number", text="4", start=0, end=1, value=Decimal(4))
    assert (bare.digits, bare.unit, bare.bound, bare.ambiguous, bare.malformed) == (
        0,
        None,
        None,
        False,
        False,
    )
    assert only("on 03/04/2026").ambiguous is True
    assert only("on 03/14/2026").ambiguous is False
    assert only("111-183930-3150322").malformed is True
    assert only("111-1839303-3150322").malformed is False


def test_a_claim_in_a_text_with_unseen_signs_has_its_place_there():
    found = only("ab 4\u200b4 cd")
    assert (found.text, found.start, found.end, found.value) == ("4\u200b4", 3, 6, 44)


FOUND = {
    "en": {
        "m²": "² = #2",
        "50 ² m": "50 = 50; ² = #2",
        "5 ① 6": "5 = 5; ① = #1; 6 = 6",
        "MUG-11 and 11": "MUG-11 = #mug-11; 11 = 11",
        "2026-10-31T10:00": "2026-10-31 = 2026-10-31; T10:00 = 10:00",
        "2026-10-31": "2026-10-31 = 2026-10-31",
        "at 10:00": "10:00 = 10:00",
        "2 November 2026,44": "2 November 2026 = 2026-11-02; 44 = 44",
        "MUG-123456 and 2 November": "MUG-123456 = #mug-123456; 2 November = --11-02",
        "no figure": "",
        "two thirds and two": "two thirds = 2/3; two = 2",
        "44 of forty-four": "44 = 44; forty-four = 44",
        "111-1839303-3150322 2 November 44": (
            "111-1839303-3150322 = 111-1839303-3150322; 2 November = --11-02; 44 = 44"
        ),
        "from 2 October to 31 October 2026": "2 October = 2026-10-02; 31 October 2026 = 2026-10-31",
        "from 2 October 2026 to 3/11/2026": "2 October 2026 = 2026-10-02; 3/11/2026 = 3/11/2026?",
    },
    "de": {"am 4.11. und 5": "4.11. = --11-04; 5 = 5"},
    "zh": {"十月二日": "十月二日 = --10-02", "三分之二": "三分之二 = 2/3", "三笔": "三 = 3"},
}


def test_what_was_found_is_not_found_again_and_every_digit_is_found():
    assert all_told(FOUND) == FOUND


def test_a_name_is_one_code_and_nothing_in_it_counts():
    found = claims("Lot 7 sent 7", language="en", names=["Lot 7"])
    assert [(one.kind, one.text, one.value) for one in found] == [
        ("code", "Lot 7", "lot 7"),
        ("number", "7", 7),
    ]
    assert [one.kind for one in claims("Lot 7", language="en")] == ["number"]
    assert only("义乌88号", "zh", "义乌88号").text == "义乌88号"


def test_days_are_those_claims_that_are_days():
    text = "44 orders since 2 November 2026, two thirds by 10:00 on 3 November"
    assert [one.value for one in days(text, "en")] == ["2026-11-02", "--11-03"]
    assert [one.value for one in days("am 4.11. um 10:00", "de")] == ["--11-04"]
    assert days("44 orders", "en") == ()


SAME = [
    ("44", "en", "forty-four", "en"),
    ("5.59%", "en", "5,59 %", "de"),
    ("5.50%", "en", "5.5%", "en"),
    ("+5", "en", "＋5", "en"),
    ("111-1839303-3150322", "en", "111 1839303 3150322", "en"),
    ("111-1839303-3150322", "en", "11118393033150322", "en"),
    ("2 November 2026", "en", "2026年11月2日", "zh"),
    ("1/3 of", "en", "三分之一", "zh"),
    ("MUG-11", "en", "mug-11", "en"),
    ("10:00", "en", "10 am", "en"),
    ("50‰", "en", "50 ‰", "en"),
]
OTHER = [
    ("44", "en", "44%", "en"),
    ("5", "en", "-5", "en"),
    ("5", "en", "+5", "en"),
    ("+5", "en", "±5", "en"),
    ("0", "en", "-0", "en"),
    ("5%", "en", "50‰", "en"),
    ("5%", "en", "6%", "en"),
    ("111-1839303-3150322", "en", "111-1839303-3150323", "en"),
    ("2 November", "en", "3 November", "en"),
    ("1/3 of", "en", "1/4 of", "en"),
    ("MUG-11", "en", "MUG-12", "en"),
    ("2026-11", "en", "S2026-11", "en"),
]


def test_two_writings_of_one_figure_share_a_key():
    for one, its, other, others in SAME:
        assert key(only(one, its)) == key(only(other, others)), one


def test_two_figures_have_two_keys():
    for one, its, other, others in OTHER:
        assert key(only(one, its)) != key(only(other, others)), one


def test_a_key_says_kind_and_value():
    assert key(only("111-1839303-3150322")) == ("order_id", "11118393033150322")
    assert key(only("two thirds of")) == ("fraction", Fraction(2, 3))
    assert key(only("2 November 2026")) == ("day", "2026-11-02")
    assert key(only("-5 ‰")) == ("percent", Decimal("-0.5"), True, "", True)
    assert key(only("±5")) == ("number", Decimal(5), False, "±", False)
    assert key(only("+5")) == ("number", Decimal(5), False, "+", False)


PAIRED = [
    ("en", "44 of 787 orders", [(44, 787)]),
    ("en", "4\u200b4 of 7\u200b87 orders", [(44, 787)]),
    ("en", "forty-four of 787 orders", [(44, 787)]),
    ("en", "44 or 787 orders", []),
    ("en", "787 orders on 2 November 2026, 44 of them late", [(44, 787)]),
    ("en", "5.59 % of 787 orders", []),
    ("en", "44 of 5.59 %", []),
    ("en", "44 orders; 22 of 256 orders; 33 of 128", [(22, 256), (33, 128)]),
    ("en", "44 days of 787 orders", []),
    ("de", "44 von 787 Bestellungen", [(44, 787)]),
    ("zh", "787笔订单中有44笔", [(44, 787)]),
    ("ja", "787件中44件", [(44, 787)]),
]


def test_a_part_stands_with_its_whole():
    for language, text, two in PAIRED:
        found = claims(text, language=language)
        assert [(part.value, whole.value) for part, whole in pairs(found, text, language)] == two, text


def test_a_day_is_a_date_when_it_has_its_year_and_its_day():
    assert day_of("2026-11-02") == day_of(date(2026, 11, 2)) == date(2026, 11, 2)
    for value in ("--11-02", "2026-11", "3/4/2026", None):
        assert day_of(value) is None
