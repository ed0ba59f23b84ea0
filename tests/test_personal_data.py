"""What identifies a person: each form of a telephone number, an address, a mailbox and a name, and what only looks like it."""

import pytest
from made_reviews import draft_of, found_by

from poa.characters import clean, harmless, shape, shown_date, shown_id, shown_name_of_order
from poa.review import Ground

MAIL, PHONE, PLACE = "an e-mail address", "a telephone number", "a postal address"
BUYER, FIELD = "name a buyer", "a field of a buyer"


def told(text, language="en", *, names=(), kind="plan"):
    """What R32 says of one sentence: the kind of each finding."""
    ground = Ground(facts={}, evidence={}, bases={}, names=frozenset(names))
    found = found_by("R32", draft_of(text, language=language, kind=kind, ground=ground, today=None))
    return [kind for one in found for kind in (MAIL, PHONE, PLACE, BUYER, FIELD) if kind in str(one.message)]


# --- Mailboxes


@pytest.mark.parametrize(
    "text",
    [
        "We wrote to jane@example.com.",
        "We wrote to j.d_o+e-1@mail.example.co.uk today.",
        "We wrote to jürgen@example.de.",
        "We wrote to ab12cd@marketplace.amazon.com.",
        "We wrote to AB12CD@MARKETPLACE.AMAZON.DE.",
        "We wrote to jane@notamazon.com.",
        "We wrote to jane@amazon.com.example.",
        "We wrote to jane＠example.com.",
    ],
)
def test_a_mailbox_is_somebodys(text):
    """A relay to a buyer is the buyer's, and a name that only ends like Amazon's is not Amazon's."""
    assert told(text) == [MAIL]


@pytest.mark.parametrize(
    "text",
    [
        "We wrote to seller-performance@amazon.com.",
        "We wrote to seller-performance@Amazon.co.uk.",
        "We wrote to notice@mail.amazon.de.",
        "We wrote to marketplace.amazon@amazon.com.",
        "Messages go to our mailbox pickup@birch.example.",
        "We sold it @ 12 dollars.",
        "See jane@example for it.",
    ],
)
def test_amazons_mailbox_and_our_own_are_nobodys(text):
    """Nor is a sign that stands for a price."""
    assert told(text) == []


def test_a_mailbox_of_our_own_covers_no_other():
    """Only the one that the words stand right before."""
    assert told("Our mailbox pickup@birch.example was full, and jane@example.com waited.") == [MAIL]


# --- Telephone numbers


NUMBERS = [
    "+49 170 1234567",
    "+1 (555) 123-4567",
    "+86-138-1234-5678",
    "+4917012345",
    "+491701234567",
    "+8613812345678",
    "(555) 123-4567",
    "(555)123.4567",
    "555-123-4567",
    "555.123.4567",
    "138-1234-5678",
    "139 1234 5678",
    "03-1234-5678",
    "090-123-4567",
    "0579-85123456",
    "030/ 1234567",
    "０３-１２３４-５６７８",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_telephone_number_is_known_by_its_form(number):
    """Whatever stands around it: nothing, words, a bracket, a comma."""
    for text in (
        number,
        f"We rang {number} too late.",
        f"Nobody ({number}) came.",
        f"See {number}, then wait.",
    ):
        assert told(text) == [PHONE], text


@pytest.mark.parametrize(
    "text",
    [
        "Order 111-1839303-3150322 was late.",
        "Order 1555-123-4567 was late.",
        "Order 2-555-123-4567 was late.",
        "Order 4.555-123-4567 was late.",
        "Order 555-123-45678 was late.",
        "Order 555-123-4567-1 was late.",
        "Order 555-123-4567.1 was late.",
        "Order 1(555) 123-4567 was late.",
        "Order -(555) 123-4567 was late.",
        "Order (555) 123-45678 was late.",
        "Order (555) 123-4567-8 was late.",
        "Order 2138-1234-5678 was late.",
        "Order 1-138-1234-5678 was late.",
        "Order 138-1234-56789 was late.",
        "Order 138-1234-5678-9 was late.",
        "Order 103-1234-5678 was late.",
        "Order 1-03-1234-5678 was late.",
        "Order 03-1234-56789 was late.",
        "Order 03-1234-5678-9 was late.",
        "Order 10579-85123456 was late.",
        "Order 1-0579-85123456 was late.",
        "Order 0579-8512345678 was late.",
        "Order 0579-85123456-1 was late.",
        "Order +49 1701 was late.",
        "Order +491701 was late.",
        "Parcel 9400110898825022579493 was scanned.",
        "Of 787 orders, 44 were late.",
        "From 2026-10-02 to 2026-10-31 it was slow.",
    ],
)
def test_a_longer_number_is_no_telephone_number(text):
    """An order id, a tracking number and a day have their own forms."""
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Our phone is 5551234.",
        "Our phone is 555 12 34.",
        "Our phone is 555/123 (45).6.",
        "Our phone is 555 123 456 789 01.",
        "Our phone is A11-183930-315032.",
        "Our phone is 11-183930-315032A.",
    ],
)
def test_any_number_that_is_called_one_is_one(text):
    """Seven digits are enough where the words say what it is."""
    assert told(text) == [PHONE]


@pytest.mark.parametrize(
    "text",
    [
        "The count is 5551234.",
        "Our phone rang for 555123.",
        "Our phone rang 55 51 23 times.",
        "Our phone list has A-5551234.",
        "Our phone list has 5551234-A.",
        "Our phone list has 123456789012.",
        "Our phone list has 111-1839303-3150322.",
        "We phone from 10:00:00 to 14:00:00.",
        "We phone at 10:00 14:00 16:30.",
        "We phone 12:30:15 12:45:15.",
        "We phone from 2026-10-02 on.",
        "We phone on 2026-10-02, 2026-10-09 and 2026-10-16.",
        "We phone about order 11-183930-315032.",
        "We phone line 12345 10:00 daily.",
        "We phone on 02/11/2026 at 10:00.",
    ],
)
def test_a_number_of_another_kind_is_none_beside_a_telephone(text):
    """Too short, too long, a part of another, a day, a time or an order."""
    assert told(text) == []


def test_sixteen_digits_are_no_telephone_number():
    """Fifteen are the most that one has in the world."""
    assert told("We wrote to +1231234123412345.") == []
    assert told("We wrote to +123123412341234.") == [PHONE]


def test_a_partner_whose_name_is_a_number_is_no_telephone_number():
    """A supplier may be called by digits."""
    text = "The supplier 138-1234-5678 was late."
    assert told(text) == [PHONE]
    assert told(text, names=["138-1234-5678"]) == []
    assert told(text, names=["Alder"]) == [PHONE]


# --- Streets and towns


ENGLISH = [
    "Street",
    "St",
    "Avenue",
    "Ave",
    "Road",
    "Rd",
    "Boulevard",
    "Blvd",
    "Drive",
    "Dr",
    "Lane",
    "Ln",
    "Court",
    "Ct",
    "Way",
    "Place",
    "Pl",
    "Terrace",
    "Circle",
    "Cir",
    "Parkway",
    "Pkwy",
    "Highway",
    "Hwy",
    "Close",
    "Crescent",
]


@pytest.mark.parametrize("kind", ENGLISH)
def test_an_english_street_with_its_town_is_an_address(kind):
    """Each word for a street; without a town it may be the name of a depot."""
    assert told(f"It went to 12 Harbor {kind}, Portland, OR 97201.") == [PLACE]
    assert told(f"The depot 12 Harbor {kind} closes early.") == []


GERMAN = ["straße", "strasse", "str.", "weg", "allee", "platz", "gasse", "ring", "damm", "ufer", "chaussee"]


@pytest.mark.parametrize("kind", GERMAN)
def test_a_german_street_with_its_town_is_an_address(kind):
    """In one word with its number."""
    assert told(f"Das Paket ging nach Linden{kind} 12 a, 10115 Berlin.", "de") == [PLACE]
    assert told(f"Das Paket ging nach Linden{kind}, 10115 Berlin.", "de") == []


@pytest.mark.parametrize(
    "kind", ["Straße", "Strasse", "Weg", "Allee", "Platz", "Gasse", "Ring", "Damm", "Ufer"]
)
def test_a_german_street_in_two_words_is_an_address(kind):
    """Its own name before it."""
    assert told(f"Das Paket ging in die Berliner {kind} 12, 10115 Potsdam.", "de") == [PLACE]


@pytest.mark.parametrize(
    "town",
    [
        "OR 97201",
        "OR 97201-1234",
        "SW1A 1AA",
        "M1 1AE",
        "97201 Portland",
        "Apt 4",
        "Apartment 4",
        "Suite 4",
        "Unit 4",
    ],
)
def test_a_town_is_known_by_its_code(town):
    """Or a part of the house."""
    assert told(f"It went to 12 Harbor Street, {town}.") == [PLACE]


@pytest.mark.parametrize(
    "near",
    [
        "FOR 97201",
        "OR 972012",
        "OR 97201X",
        "197201 Portland",
        "97201 to",
        "97201 Po",
        "XSW1A 1AA1",
        "Aptly",
        "Unity",
    ],
)
def test_a_code_of_another_kind_is_no_town(near):
    """A longer number or a longer word."""
    assert told(f"The depot of 12 Harbor Street, {near}.") == []


@pytest.mark.parametrize(
    "text",
    [
        "It was shipped to 12 Harbor Street.",
        "The customer of 12 Harbor Street waited.",
        "It went to 12 N. Harbor Street, Portland, OR 97201.",
        "It went to 12 W Old Harbor View Street, Portland, OR 97201.",
        "It went to 12345 Harbor Street, Portland, OR 97201.",
        "It went to 12 Harbor St. Portland, OR 97201.",
        "It went to 12 Harbor Ave. Portland, OR 97201.",
        "It went to 12 Harbor Rd. Portland, OR 97201.",
        "It went to 12 Harbor Blvd. Portland, OR 97201.",
        "It went to 12 Harbor Dr. Portland, OR 97201.",
        "It went to 12 Harbor Ln. Portland, OR 97201.",
        "It went to 12 Harbor Hwy. Portland, OR 97201.",
        "It went to 12 Harbor Pkwy. Portland, OR 97201.",
    ],
)
def test_a_street_that_is_called_an_address_is_one(text):
    """By what happened there, or who lives there."""
    assert told(text) == [PLACE]


@pytest.mark.parametrize(
    "text",
    [
        "It went by A12 Harbor Street, OR 97201.",
        "It went by lot-12 Harbor Street, OR 97201.",
        "It went by 12 Harbor Streets, OR 97201.",
        "It went by 12 harbor Street, OR 97201.",
        "Our warehouse at 12 Harbor Street, Portland, OR 97201, was closed.",
    ],
)
def test_a_street_of_our_own_is_nobodys(text):
    """Nor is a number that is a part of a word."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It went to PO Box 12.", "en"),
        ("It went to P.O. Box 123456.", "en"),
        ("It went to P. O. Box 12.", "en"),
        *(
            (f"包裹寄往浙江{province}义乌{county}北苑{road}12{number}。", "zh")
            for province, county, road, number in [
                *((one, "市", "路", "号") for one in ("省", "市", "自治区")),
                *(("省", one, "路", "号") for one in ("区", "县", "市", "镇")),
                *(
                    ("省", "市", one, "号")
                    for one in ("路", "街", "道", "巷", "弄", "村", "大厦", "小区", "园")
                ),
                *(("省", "市", "路", one) for one in ("号", "室", "栋", "楼", "单元", "幢")),
            ]
        ),
        ("荷物は〒100-0005に送りました。", "ja"),
        ("荷物は〒 1000005に送りました。", "ja"),
        *(
            (f"荷物は東京{area}港{ward}芝1{end}に送りました。", "ja")
            for area, ward, end in [
                *((one, "区", "丁目") for one in "都道府県"),
                *(("都", one, "丁目") for one in "市区町村郡"),
                *(("都", "区", one) for one in ("丁目", "番", "号", "-2")),
            ]
        ),
    ],
)
def test_an_address_that_needs_no_town_is_whole(text, language):
    """A box, and what Chinese and Japanese write in one."""
    assert told(text, language) == [PLACE]


# --- Names


ENGLISH_WORDS = "buyer buyers customer customers recipient recipients purchaser purchasers consignee consignees shopper shoppers"


@pytest.mark.parametrize("word", ENGLISH_WORDS.split())
def test_who_is_called_a_buyer_by_name_is_one(word):
    """In small letters and with a capital, with and without a comma, or a word that names."""
    for text in (
        f"The {word} Maria Lopez waited.",
        f"{word.capitalize()}, Maria Lopez-Ruiz waited.",
        f"A {word} named Maria Lopez waited.",
        f"A {word}, called Maria Lopez waited.",
    ):
        assert told(text) == [BUYER], text


@pytest.mark.parametrize(
    "word",
    [
        "Käufer",
        "Käuferin",
        "Kunde",
        "Kundin",
        "Kunden",
        "Empfänger",
        "Empfängerin",
        "Besteller",
        "Bestellerin",
    ],
)
def test_who_is_called_a_buyer_in_german_is_one(word):
    """A man, a woman or several."""
    assert told(f"Der {word} Jörg Weiß wartete.", "de") == [BUYER]
    assert told(f"Der {word}, namens Jörg Weiß wartete.", "de") == [BUYER]


@pytest.mark.parametrize(
    ("word", "language"),
    [
        *((one, "zh") for one in ("买家", "客户", "顾客", "收件人", "收货人")),
        *((one, "ja") for one in ("購入者", "お客様", "顧客", "受取人")),
    ],
)
def test_who_is_called_a_buyer_in_signs_is_one(word, language):
    """A Latin name behind the word, a colon, a comma or a blank."""
    for between in ("", ":", "、", " "):
        assert told(f"{word}{between}Daniel Reed", language) == [BUYER]


@pytest.mark.parametrize("title", ["様", "さん"])
def test_a_title_may_stand_before_the_name(title):
    """As Japanese writes it."""
    assert told(f"購入者{title}、Daniel Reed", "ja") == [BUYER]


@pytest.mark.parametrize(
    "text",
    [
        "The Customer Service Lead answers.",
        "The buyer Maria waited.",
        "The buyer maria lopez waited.",
        "The customer Alder Supply waited.",
        "The buyers of October waited.",
    ],
)
def test_a_partner_or_a_trade_is_no_buyer(text):
    """A name of the case, a word of the trade, or half a name."""
    assert told(text, names=["Alder Supply"]) == []


@pytest.mark.parametrize(
    "name",
    [
        "Ronald McDonald",
        "McKenzie DeVito",
        "DeShawn MacArthur",
        "LaToya LeRoy",
        "DiAnn McIntyre",
        "LeBron DiCaprio",
        "MacKenzie LaRue",
    ],
)
def test_a_name_may_have_a_capital_inside(name):
    """As many Scottish, French and Italian ones have, in any language's sentence."""
    assert told(f"The buyer {name} waited.") == [BUYER]
    assert told(f"买家{name}", "zh") == [BUYER]


def test_a_name_with_a_title_is_a_buyers_by_what_it_did():
    """Nobody else bought."""
    assert told("Mr Smith bought the bowl.") == [BUYER]
    assert told("Mr Smith packs the bowl.") == []


def test_half_a_partners_name_is_the_partners():
    """People shorten it, and put it beside another word."""
    assert told("The customer Alder Ruiz waited.", names=["Alder Supply"]) == []


def test_a_partners_name_covers_no_other():
    """A buyer may stand beside a partner."""
    assert told("The customer Alder Supply met the buyer Maria Lopez.", names=["Alder Supply"]) == [BUYER]


def test_a_suppliers_paper_has_its_own_address_and_no_buyers_name():
    """What anybody may have is looked for only in what is sent to Amazon."""
    for text in ("Mail: sales@alder.example", "12 Mill Road, Dayton, OH 45402", "+1 937 555 0100"):
        assert told(text)
        assert told(text, kind="statement") == []
    assert told("The buyer Maria Lopez waited.", kind="statement") == [BUYER]


def test_a_field_of_a_buyer_is_told_as_one():
    """Before anything else in its sentence."""
    assert told("Buyer name: Maria Lopez") == [FIELD]


# --- What may be printed of a refused cell


@pytest.mark.parametrize(
    "value",
    [
        "2026-13-41",
        "2026/1/2",
        "1999.13.01",
        "32/13/26",
        "1-2-2026",
        "2026年13月41日",
        *(
            f"{month} 32, 2026"
            for month in [
                "Jan",
                "February",
                "Mar",
                "April",
                "May",
                "June",
                "Jul",
                "August",
                "Sept",
                "October",
                "Nov",
                "Dec",
            ]
        ),
        *(
            f"32 {month} 26"
            for month in [
                "January",
                "Feb",
                "March",
                "Apr",
                "Jun",
                "July",
                "Aug",
                "September",
                "Sep",
                "Oct",
                "November",
                "December",
            ]
        ),
        "32-Oct-2026",
        "2026-13-41T25:61:00Z",
        "2026-13-41 25:61 PM PST",
        *(
            f"2026-13-41 25:61 {zone}"
            for zone in ("UTC", "GMT", "MDT", "EST", "CST", "JST", "CEST", "CET", "BST", "IST")
        ),
        "2026-13-41, 25:61:00 AM GMT+09:00",
        "2026-13-41 25:61:00 1995",
        "1995-13-41",
    ],
)
def test_a_refused_date_is_shown(value):
    """It has the signs of a date, or the name of a month."""
    assert shown_date(value) == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("20261341", "digits, 8 characters"),
        ("2026-13", "digits and signs, 7 characters"),
        ("1826-13-41", "digits and signs, 10 characters"),
        ("555-123-4567", "digits and signs, 12 characters"),
        ("Maria 1, 2026", "letters and digits and signs, 13 characters"),
        ("2026-13-41 Maria", "letters and digits and signs, 16 characters"),
        ("Maria", "letters, 5 characters"),
        ("x", "letters, 1 character"),
        ("", "nothing, 0 characters"),
        ("12/13/1985", "digits and signs, 10 characters"),
        ("12/13/1994", "digits and signs, 10 characters"),
        ("12/13/1903", "digits and signs, 10 characters"),
        ("12/13/1885", "digits and signs, 10 characters"),
        ("2026-13-41" + " " * 31, "digits and signs, 41 characters"),
    ],
)
def test_what_could_be_a_persons_is_shown_by_its_shape(value, shown):
    """A telephone number, a name, a day of birth, or what is too long to be a date."""
    assert str(shown_date(value)) == shown


def test_a_date_of_forty_signs_is_shown():
    """And no longer one."""
    assert shown_date("2026-13-41" + " " * 30) == "2026-13-41" + " " * 30


def test_a_year_of_birth_is_none_inside_a_longer_number():
    """Digits on either side make another number of it."""
    for value in ("2026-13-41 11985", "2026-13-41 19855", "2026-13-41 19945", "2026-13-41 11994"):
        assert shown_date(value) == value


@pytest.mark.parametrize(
    "value",
    ["111-1839303-315032", "11 183930 31503222", "1111-18393033-31503222", "1.12E+16", "1,12e16", "1E16"],
)
def test_a_refused_order_id_is_shown(value):
    """Three groups of digits, or one that a workbook has spoilt."""
    assert shown_id(value) == value


@pytest.mark.parametrize(
    "value", ["1118393033150322", "1-1839303-3150322", "555-123-4567", "Maria", "11.2E+16", "4E"]
)
def test_digits_of_another_form_are_shown_by_their_shape(value):
    """They could be a telephone number or a payment card."""
    assert shown_id(value) == shape(value)


@pytest.mark.parametrize("value", ["#A-12", "A_1 2", "Maria", "", "é1", "1é"])
def test_an_order_of_any_store_is_one_word_with_a_digit(value):
    """Everything else is shown by its shape."""
    assert shown_name_of_order(value) == shape(value)
    for known in ("A-1", "1", "x_2-y", "12ab"):
        assert shown_name_of_order(known) == known


def test_what_no_paper_can_hold_is_shown_as_such():
    """Control signs, marks that turn the writing, halves of a pair; invisible ones go, lines and blanks become one."""
    for sign in (
        *"\x00\x08\x0b\x0c\x0e\x1f\x7f\x9f\u202a\u202e\u2066\u2069\ud800\udfff\ufffe\uffff\ue000\ue003",
    ):
        assert harmless(f"a{sign}b") == "a\ufffdb"
    for sign in "\u200b\u2060\ufeff":
        assert harmless(f"a{sign}b") == "ab"
    for sign in "\t\n\r \xa0\u2029\u202f\u2065\u206a\ud7ff\ue004\ufffd":
        assert harmless(f"a{sign}b") == f"a{sign}b"
    assert clean(" a\n\t b  c ") == "a b c"
