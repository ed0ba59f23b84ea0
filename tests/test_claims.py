"""Every figure of a sentence is read, in four languages: tables of examples and near misses, and laws."""

import gc
import json
import re
import time
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from conftest import mostly_deep
from hypothesis import assume, example, given
from hypothesis import strategies as st
from made_reviews import sample_ground

from poa.languages import LANGUAGES
from poa.packs.language import day_text, number_text, percent_text, whole_text
from poa.review.claims import claims, day_of, key, pairs
from poa.review.marks import Names
from poa.review.numbers import table

TABLES = Path(__file__).parent / "figures"
CODES = ("en", "zh", "ja", "de")


# --- tables ----------------------------------------------------------------------------------------


def rows(language):
    """Sentence => the figures in it; & the pairs of part/whole."""
    for line in (TABLES / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if " =>" in line and not line.startswith("# "):
            text, _, told = line.partition(" =>")
            figures, _, two = told.partition(" & ")
            yield text, _parted(figures, ";"), _parted(two, ",")


def _parted(text, sign):
    return [one.strip() for one in text.split(sign) if one.strip()]


def spelt(claim):
    """A claim as the tables write it: value, unit, bound; # before a code, ? behind an unclear day, ! a bad id."""
    match claim.kind:
        case "number":
            value = f"{Decimal(claim.value).normalize():f}"
        case "percent":
            value = f"{claim.value.normalize():f}%"
        case "fraction":
            value = f"{claim.value.numerator}/{claim.value.denominator}"
        case "code":
            value = f"#{claim.value}"
        case _:
            value = f"{claim.value}{'?' * claim.ambiguous}{'!' * claim.malformed}"
    return " ".join(filter(None, (value, claim.unit, claim.bound)))


@pytest.mark.parametrize(
    ("language", "text", "figures", "two"),
    [pytest.param(code, *row, id=f"{code}-{at}") for code in CODES for at, row in enumerate(rows(code))],
)
def test_each_figure_is_read_with_its_unit_and_bound_and_nothing_else(language, text, figures, two):
    found = claims(text, language=language)
    assert [spelt(one) for one in found] == figures
    told = pairs(found, text, language)
    assert [f"{spelt(part).split()[0]}/{spelt(whole).split()[0]}" for part, whole in told] == two


@pytest.mark.parametrize("language", CODES)
def test_there_are_many_examples_and_near_misses(language):
    assert len([*rows(language)]) >= 150
    assert sum(not figures for _, figures, _ in rows(language)) >= 12


def test_names_that_hold_digits_are_names():
    names = ("Supplier 24 Ltd", "义乌88号", "Lot 7", "MUG-11 (blue)")
    found = claims("Supplier 24 Ltd and 义乌88号 sent 88 of 124 orders.", language="en", names=names)
    assert [spelt(one) for one in found] == ["#supplier 24 ltd", "#义乌88号", "88", "124 orders"]
    assert [spelt(one) for one in claims("由义乌88号发货的88笔", language="zh", names=names)] == [
        "#义乌88号",
        "88 orders",
    ]
    assert [spelt(one) for one in claims("Lot 71, Lot 7b, Lot 7.", language="en", names=names)] == [
        "71",
        "#7b",
        "#lot 7",
    ]
    assert [spelt(one) for one in claims("MUG-11 (blue)", language="en", names=names)] == ["#mug-11 (blue)"]


def test_a_day_is_a_date_only_when_it_is_whole():
    assert day_of("2026-11-02") == date(2026, 11, 2)
    assert day_of("--11-02") is None
    assert day_of("2026-11") is None
    assert day_of("3/4/2026") is None


def test_what_no_reader_sees_does_not_part_a_figure():
    for gap in ("\u200b", "\u00ad", "\u2060", "\ufeff"):
        text = f"4{gap}4 of 7{gap}87 orders were late: 5.{gap}59 %"
        found = claims(text, language="en")
        assert [key(one)[1] for one in found] == [44, 787, Decimal("5.59")]
        assert [one.text for one in found] == [text[one.start : one.end] for one in found]
        assert [(part.value, whole.value) for part, whole in pairs(found, text, "en")] == [(44, 787)]


# --- the sample's own papers -----------------------------------------------------------------------


@pytest.mark.parametrize("language", mostly_deep(CODES, "en", "ja"))
def test_what_a_paper_prints_of_a_fact_is_read_as_that_fact(language):
    ground = sample_ground(language)
    names = Names(ground.names).with_digits
    checked = 0
    for base in ground.bases.values():
        for at, printed in base.cited.items():
            found = claims(base.paper.lines[at].text, language=language, names=names)
            for one in printed:
                fact = ground.evidence[one.fact]
                if fact["unit"] in {"name", "statement"}:
                    continue
                (claim,) = (
                    claim
                    for claim in found
                    if claim.start < one.start + len(one.text) and one.start < claim.end
                )
                assert _is_fact(claim, fact), (one, claim)
                checked += 1
    assert checked > 200


def _is_fact(claim, fact):
    if fact["unit"] == "day":
        return claim.kind == "day" and claim.value == fact["value"]
    value = Decimal(repr(fact["value"])) * (100 if fact["unit"] == "fraction" else 1)
    shown = value.quantize(Decimal(1).scaleb(-claim.digits), rounding=ROUND_HALF_UP)
    return claim.kind == ("percent" if fact["unit"] == "fraction" else "number") and shown == claim.value


def test_the_part_and_the_whole_are_read_in_every_language():
    """Those of the first paragraph, and of the root cause, each with its words between."""
    for language in CODES:
        ground = sample_ground(language)
        told = {
            (int(part.value), int(whole.value))
            for line in ground.bases["plan-of-action"].paper.lines
            for part, whole in pairs(claims(line.text, language=language), line.text, language)
        }
        assert {(44, 787), (22, 256), (33, 128)} <= told
        assert told <= {(44, 787), (22, 256), (33, 128), (1, 100)}


# --- laws ------------------------------------------------------------------------------------------

PIECES = [
    *"0123456789０１２３٤५²①",
    *" .,:;/-–—−+±%‰％()'’\u00a0\u202f\u200b\u3000，。、：／",
    *"年月日号時时点分半成割万千百億亿十一二三四五六七八九〇两件個个笔单天社人回の之うちにと至到から前後第每",
    *(
        "st",
        "th",
        " of ",
        " in ",
        " to ",
        " and ",
        " am",
        "pm",
        " Uhr",
        "bis ",
        "von ",
        "T",
        "Z",
        "h",
        "x",
        "k",
    ),
    *("November ", "Nov", "Oct. ", "März ", " May ", "2026", "令和", "上午", "下午", "午後"),
    *("one", "two", "forty-", "hundred", "thousand", "dozen", "zwei", "und", "zwanzig", "hundert", "third"),
    *(
        "orders",
        "days",
        "Bestellungen",
        "percent",
        "Prozent",
        "partie",
        "MUG-",
        "S",
        "Annex ",
        "附件",
        "111-1839303-3150322",
    ),
    *("less than ", "between ", "mindestens ", "不超过", "以内", "1,", "10:", "100分之", "の注文", "every "),
    *("万分之", "小时-", "時間-", "hours-", " Stunden-", "h-", "-%", "-Prozentpunkte", "分钟", "分間"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=16).map("".join) | st.text(max_size=60)
LANGUAGE = st.sampled_from(CODES)


@given(TEXTS | st.text(st.characters(), max_size=40), LANGUAGE)
@example("\ud800 4", "en")
@example("İ1 ß2 ǰ3", "de")
def test_every_digit_lies_in_one_claim_and_claims_are_in_order(text, language):
    found = claims(text, language=language)
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        end = one.end
    covered = {at for one in found for at in range(one.start, one.end)}
    assert all(at in covered for at, char in enumerate(text) if char.isdigit())
    for part, whole in pairs(found, text, language):
        assert part in found
        assert whole in found
        assert part != whole


@given(st.data(), TEXTS, LANGUAGE)
def test_another_digit_anywhere_is_another_figure(data, text, language):
    """The law that the review stands on: no digit can be changed unseen."""
    places = [at for at, char in enumerate(text) if char.isdigit()]
    assume(places)
    at = data.draw(st.sampled_from(places))
    digit = data.draw(
        st.sampled_from("0123456789").filter(lambda one: int(one) != unicodedata.digit(text[at]))
    )
    changed = text[:at] + digit + text[at + 1 :]
    before = [key(one) for one in claims(text, language=language)]
    assert before != [key(one) for one in claims(changed, language=language)]


@pytest.mark.parametrize("language", mostly_deep(CODES, "en", "ja"))
def test_another_digit_anywhere_in_a_paper_is_another_figure(language):
    """Every digit of the letter and of the analysis, each with two other digits in its place."""
    ground = sample_ground(language)
    names = Names(ground.names).with_digits
    for name in ("plan-of-action", "root-cause-analysis"):
        for line in ground.bases[name].paper.lines:
            before = [key(one) for one in claims(line.text, language=language, names=names)]
            for at, char in enumerate(line.text):
                if char.isdigit():
                    other = str((int(char) + 1 + at % 9) % 10)
                    other = other if other != char else str((int(char) + 1) % 10)
                    changed = line.text[:at] + other + line.text[at + 1 :]
                    now = [key(one) for one in claims(changed, language=language, names=names)]
                    assert now != before, changed


NUMBERS = st.integers(0, 99_999_999)
AROUND = st.sampled_from(
    [("", ""), ("(", ")"), ("In all ", " of them."), ("共", "笔"), ("計", "件"), ("rund ", " Stück")]
)


@given(NUMBERS, LANGUAGE, AROUND)
def test_a_whole_number_reads_back(number, code, around):
    shown = whole_text(number, language=LANGUAGES[code])
    (found,) = claims(f"{around[0]}{shown}{around[1]}", language=code)
    assert (found.kind, found.text, found.value) == ("number", shown, number)


@given(st.decimals(-9_999, 99_999, places=1), st.integers(1, 4), LANGUAGE)
def test_a_number_with_decimals_reads_back(number, digits, code):
    shown = number_text(number, digits=digits, language=LANGUAGES[code])
    (found,) = claims(f"({shown})", language=code)
    assert (found.kind, found.text, found.value, found.digits) == ("number", shown, number, digits)


@given(st.decimals("0", "1", places=6), st.integers(0, 3), LANGUAGE)
def test_a_percentage_reads_back(fraction, digits, code):
    shown = percent_text(fraction, digits=digits, against=None, language=LANGUAGES[code])
    rounded = (fraction * 100).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    for before, after in (("", ""), ("率为", "。"), ("under ", ","), ("率は", "です"), ("von ", " auf")):
        (found,) = claims(before + shown + after, language=code)
        assert (found.kind, found.text, found.value, found.digits) == ("percent", shown, rounded, digits)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), LANGUAGE)
def test_a_day_reads_back(day, code):
    for shown in (day_text(day, language=LANGUAGES[code]), day.isoformat()):
        for before, after in (("", ""), ("(", ")"), ("自", "起"), ("Since ", ", it"), ("am ", ".")):
            (found,) = claims(before + shown + after, language=code)
            assert (found.kind, found.text, day_of(found.value)) == ("day", shown, day)


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2099, 12, 31)), LANGUAGE
)
def test_a_range_of_days_reads_back(first, last, code):
    one, other = (day_text(day, language=LANGUAGES[code]) for day in (first, last))
    for form in ("{} to {}", "vom {} bis zum {}", "{}至{}", "{}から{}まで", "{}–{}", "{} – {}"):
        assert [day_of(found.value) for found in claims(form.format(one, other), language=code)] == [
            first,
            last,
        ]


@given(st.integers(10**16, 10**17 - 1), LANGUAGE, st.sampled_from("-‐‑‒–—−－"))
def test_an_order_id_reads_back_whatever_its_dashes(number, code, dash):
    digits = str(number)
    order = dash.join((digits[:3], digits[3:10], digits[10:]))
    (found,) = claims(order, language=code)
    assert (found.kind, found.text, found.malformed) == ("order_id", order, False)
    assert key(found) == ("order_id", digits)


def _wide(text):
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


VARIANTS = [
    _wide,
    lambda text: text.replace("\u00a0", "\u202f"),
    lambda text: text.replace("\u00a0", " "),
    lambda text: text.replace("\u00a0", ""),
    lambda text: text.replace("-", "−"),
    lambda text: text.translate(dict(zip(range(48, 58), "٠١٢٣٤٥٦٧٨٩", strict=True))),
    "\u2060".join,
]


@given(st.decimals("-9999", "99999", places=2), st.sampled_from(["", "%", "\u00a0%"]), LANGUAGE)
def test_the_same_figure_in_other_signs_has_the_same_key(number, sign, code):
    shown = number_text(number, digits=2, language=LANGUAGES[code]) + sign
    (known,) = claims(shown, language=code)
    for variant in VARIANTS:
        (found,) = claims(variant(shown), language=code)
        assert key(found) == key(known), variant(shown)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), LANGUAGE)
def test_the_same_day_in_other_signs_has_the_same_key(day, code):
    shown = day_text(day, language=LANGUAGES[code])
    (known,) = claims(shown, language=code)
    for variant in (_wide, VARIANTS[5], VARIANTS[6], lambda text: text.replace(" ", "\u00a0")):
        assert [key(one) for one in claims(variant(shown), language=code)] == [key(known)]


def test_a_sign_makes_another_figure():
    texts = ("5%", "+5%", "-5%", "±5%", "50‰", "5", "+5", "-5", "0", "-0")
    keys = [key(claims(text, language="en")[0]) for text in texts]
    assert len(set(keys)) == len(keys)
    assert key(claims("＋5", language="en")[0]) == key(claims("+5", language="en")[0])


ONES = [
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_english(number, joint):
    if number >= 1000:
        rest = in_english(number % 1000, joint) if number % 1000 else ""
        return f"{in_english(number // 1000, joint)} thousand {rest}".strip()
    if number >= 100:
        rest = f"{joint}{in_english(number % 100, joint)}" if number % 100 else ""
        return f"{ONES[number // 100]} hundred{rest}"
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")


@given(st.integers(2, 99_999), st.sampled_from([" ", " and "]))
def test_english_number_words_read_back(number, joint):
    shown = in_english(number, joint)
    (found,) = claims(f"We saw {shown} orders.", language="en")
    assert (found.text, found.value, found.unit) == (shown, number, "orders")


EINS = [
    *(
        "null",
        "ein",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf",
    ),
    *("dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"),
]
ZIG = ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]


def in_german(number, joint):
    if number >= 1000:
        return (
            in_german(number // 1000, joint)
            + "tausend"
            + (in_german(number % 1000, joint) if number % 1000 else "")
        )
    if number >= 100:
        rest = joint + in_german(number % 100, joint) if number % 100 else ""
        return f"{EINS[number // 100]}hundert{rest}"
    if number < 20:
        return EINS[number]
    return (f"{EINS[number % 10]}und" if number % 10 else "") + ZIG[number // 10]


@given(st.integers(2, 99_999), st.sampled_from(["", "und"]))
def test_german_number_words_read_back(number, joint):
    assume(number < 1000 or 1 not in {number % 1000, number % 100, number // 1000 % 100})
    shown = in_german(number, joint)
    (found,) = claims(f"Es waren {shown} Bestellungen.", language="de")
    assert (found.text, found.value, found.unit) == (shown, number, "orders")


def in_numerals(number, language):
    """As Chinese writes it with 零 and 一, Japanese without."""
    text, zero = "", False
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit == 0:
            zero = bool(text)
            continue
        text += "零" if zero and language == "zh" else ""
        zero = False
        text += sign if digit == 1 and sign and language == "ja" else "〇一二三四五六七八九"[digit] + sign
    return text


@given(st.integers(3, 9_999), st.sampled_from(["zh", "ja"]))
def test_numerals_read_back(number, language):
    shown = in_numerals(number, language)
    counted = "笔" if language == "zh" else "件"
    (found,) = claims(f"{shown}{counted}", language=language)
    assert (found.text, found.value) == (shown, number)


@given(st.integers(1, 99), st.integers(0, 99))
def test_percentages_in_numerals_read_back(whole, part):
    text = f"百分之{in_numerals(whole, 'zh')}点{'〇一二三四五六七八九'[part // 10]}{'〇一二三四五六七八九'[part % 10]}"
    (found,) = claims(text, language="zh")
    assert (found.kind, found.value, found.digits) == ("percent", Decimal(f"{whole}.{part:02d}"), 2)


# --- how fast --------------------------------------------------------------------------------------

SECONDS = 8  # of the processor; about 1.5 where nothing else runs


@pytest.mark.parametrize("language", mostly_deep(CODES, "en"))
def test_a_megabyte_is_read_in_seconds(language):
    lines = "\n".join(
        line.text for base in sample_ground(language).bases.values() for line in base.paper.lines
    )
    text = (lines * (1_000_000 // len(lines) + 1))[:1_000_000]
    begun = time.process_time()
    pairs(claims(text, language=language), text, language)
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("language", mostly_deep(CODES))
def test_no_text_takes_time_beyond_its_length(language):
    """Twice the text takes about twice the time, never four times."""
    for piece in (
        *(
            "1,",
            "-",
            "1 in ",
            "A-",
            "年",
            "1",
            "1.",
            "1-",
            "1/",
            "1 ",
            "1:",
            "1'",
            "1\u00a0",
            "1\u200b",
            "1万",
            "1百",
        ),
        *(
            "one hundred and ",
            "two ",
            "zwei",
            "einundhundert",
            "十",
            "一二",
            "1月",
            "1月1日、",
            "Oct 1, ",
            "1, ",
            "may 1 to 2 ",
        ),
        *(
            "三分之",
            "of 44 ",
            "787 orders, ",
            "1 of 2 of ",
            "111-1839303-",
            "(",
            "a.1.",
            "a third of ",
            "1件中",
            "less than ",
            "5 hours-",
            "5h-",
            "5小时-",
            "万分之",
        ),
        *(
            "von 1 bestellungen ",
            "、と",
            "ß",
            "1th of ",
            "每1笔",
            "1 orders in this ",
            "between 1 and ",
            "10:0",
            "1.1.",
            "%",
        ),
    ):
        assert any(_grows_evenly(piece, language, at) for at in range(3)), piece


def _grows_evenly(piece, language, at):
    """Whether four times the text takes less than nine times the time; a machine that is busy may say no once."""
    short, long = (_seconds(piece * (size // len(piece) + at), language) for size in (3_000, 12_000))
    return long < max(short * 9, 0.5)


def _seconds(text, language):
    gc.disable()  # what other tests left behind is not to be looked through meanwhile
    try:
        begun = time.process_time()
        pairs(claims(text, language=language), text, language)
        return time.process_time() - begun
    finally:
        gc.enable()


# --- the tables as data ----------------------------------------------------------------------------


def test_the_tables_have_no_groups_and_name_the_same_units():
    units = {code: set(table(code).units.codes) for code in CODES}
    assert units["en"] == units["de"] == units["zh"] == units["ja"]
    for code in CODES:
        known = table(code)
        for codes in (known.units, known.unit_before, known.bound_before, known.bound_after, known.parts):
            assert codes.pattern.groups == len(codes.codes)
            assert not re.search(
                r"[A-ZÄÖÜ](?![a-z0-9]*>)", re.sub(r"\\[A-Z]|\(\?P", "", codes.pattern.pattern)
            )


def test_a_figure_of_facts_is_plain_data():
    """A claim can be told as JSON by whoever reports it."""
    for text in ("44 of 787", "two thirds", "4 %", "2 November 2026", "S1", "10:00"):
        for one in claims(text, language="en"):
            assert json.dumps([one.kind, one.text, str(one.value), one.unit, one.bound])
