"""Each language has its table of words, and patterns put together tell which of them fits."""

import re

import pytest

from poa.review.numbers import codes_of, month_of, month_pattern, table

TWO = codes_of([["one", "ab"], ["other", "a"], ["third", "cd?"]], "-{0,2}")


AT = [
    ("ab", 0, ("one", 2)),
    ("ac", 0, ("other", 1)),
    ("--ab", 0, ("one", 4)),
    ("---ab", 0, None),
    ("---ab", 1, ("one", 5)),
    ("xcd", 1, ("third", 3)),
    ("xcd", 0, None),
    ("", 0, None),
]


def test_of_patterns_the_first_that_fits_in_a_place_tells_its_code():
    for text, place, found in AT:
        assert TWO.at(text, place) == found, text


def test_every_place_where_a_pattern_fits_is_told():
    assert [(found[0], code) for found, code in TWO.found("ab -a x cd")] == [
        ("ab", "one"),
        ("-a", "other"),
        ("cd", "third"),
    ]
    assert TWO.ends("ab -a x cd") == {2: "one", 5: "other", 10: "third"}
    assert TWO.ends("xyz") == {}


def test_codes_of_a_number_of_two_digits_are_told():
    rows = [[f"code-{number}", chr(97 + number)] for number in range(12)]
    assert codes_of(rows, "").ends("ajkl") == {1: "code-0", 2: "code-9", 3: "code-10", 4: "code-11"}


MONTHS = {
    "January": 1,
    "Jan": 1,
    "jänner": 1,
    "März": 3,
    "mrz.": 3,
    "MAY": 5,
    "Mai": 5,
    "Sept.": 9,
    "sep": 9,
    "Oktober": 10,
    "december": 12,
    "Dez.": 12,
    "Monday": None,
    "": None,
    ".Dez": None,
}


def test_a_month_is_known_by_its_names_in_english_and_german():
    assert {word: month_of(word) for word in MONTHS} == MONTHS


def test_of_two_names_of_a_month_the_longer_is_looked_for_first():
    names = month_pattern().split("|")
    assert names.index("september") < names.index("sept") < names.index("sep")
    assert names.index("juni") < names.index("jun")
    assert re.match(month_pattern(), "september")[0] == "september"
    assert re.match(month_pattern(), "mai")[0] == "mai"


def test_a_table_holds_what_its_language_has():
    assert [table(code).decimal for code in ("en", "de", "zh", "ja")] == [".", ",", ".", "."]
    assert [table(code).words is None for code in ("en", "de", "zh", "ja")] == [False, False, True, True]
    assert [table(code).counters is None for code in ("en", "de", "zh", "ja")] == [True, True, False, False]
    assert [table(code).numerators is None for code in ("en", "de", "zh", "ja")] == [False, False, True, True]
    assert table("en").values["forty"] == 40
    assert table("de").values["zwölf"] == 12
    assert table("zh").values == {}
    assert table("en").denominators["thirds"] == 3
    assert table("ja").denominators == {}
    assert table("zh").idioms == ()
    assert len(table("en").idioms) == 3


def test_a_language_without_a_table_is_read_as_english():
    assert table("fr").decimal == "."
    assert table("fr").values["forty"] == 40
    assert table("fr").words.pattern == table("en").words.pattern


@pytest.fixture(autouse=True)
def _made_anew():
    """What another test has read of a table is not kept."""
    table.cache_clear()


def test_one_counts_only_where_a_language_says_so():
    assert table("en").one.match(" of the 20")
    assert not table("en").one.match(" order")
    for text in ("", " of the 20", "一"):
        assert not table("zh").one.match(text)


def test_a_pattern_written_in_lines_is_one_pattern():
    assert "\n" not in table("en").words.pattern
    assert table("en").words.fullmatch("thirteen")
    assert table("en").words.fullmatch("three hundred eight")


def test_units_and_bounds_stand_beside_a_figure_with_up_to_two_blanks():
    known = table("en")
    assert known.units.at("44  orders", 2) == ("orders", 10)
    assert known.units.at("44orders", 2) == ("orders", 8)
    assert known.units.at("44   orders", 2) is None
    assert known.bound_after.at("44  or more", 2) == ("at_least", 11)
    assert known.bound_after.at("44   or more", 2) is None
    assert known.bound_before.ends("over 44") == {5: "over"}
    assert known.bound_before.ends("äover 44") == {}
    assert known.unit_before.ends("annex 4") == {6: "annex"}
    assert known.unit_before.ends("xannex 4") == {}
    assert table("zh").bound_before.ends("x超过4") == {3: "over"}
    assert table("zh").unit_before.ends("见附件4") == {3: "annex"}


def test_parts_begin_a_word():
    assert [code for _, code in table("en").parts.found("half of the orders")] == ["1/2"]
    assert [*table("en").parts.found("behalf of the orders")] == []


def test_a_form_of_a_pair_tells_its_order_and_what_stands_around_it():
    forms = table("en").pairs
    assert [one.turned for one in forms] == [False, True, True, True, True]
    assert [one.before is not None for one in forms] == [False, False, False, False, True]
    assert [one.after is not None for one in forms] == [False, True, False, True, False]
    assert forms[0].between.fullmatch(" of ")
    assert forms[1].after.match(" of them")
    assert forms[4].before.search("out of ")
    assert not forms[4].before.search("out of 5")
