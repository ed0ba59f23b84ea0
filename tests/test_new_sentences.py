"""A sentence that poa did not print, held against a small ground: its figures, and whose it says they are."""

from collections import Counter

import pytest
from made_grounds import judged_alone, made_ground, made_known
from made_reviews import draft_of

from poa.review.marks import tokens
from poa.review.new_sentences import NewSentences
from poa.review.sentences import Sentence
from poa.words import spoken

ALDER, BIRCH, CEDAR = "Alder Supply", "Birch & Sons", "Cedar Supply"


def found_in(text, **more):
    """The findings as (severity, expected, words)."""
    found, counts = judged_alone(text, **more)
    return [(one.severity, one.expected, one.at.text) for one in found], counts


# --- figures -------------------------------------------------------------------------------------

TRUE = [
    ("40 of 800 orders were late.", {"proven": 2}),
    ("In the 30 days, 40 of 800 orders were late.", {"proven": 3}),
    ("Our rate was 5.0%.", {"proven": 1}),
    ("Alder Supply had 30 late orders.", {"proven": 1}),
    ("Alder Supply had 30 of the 40 late orders.", {"proven": 2}),
    ("Alder Supply and Cedar Supply had 30 and 7 late orders.", {"proven": 2}),
    ("Alder Supply had 30 late orders, Cedar Supply 7 late orders.", {"proven": 2}),
    ("Of 120 orders of Alder Supply, 90 were shipped on time.", {"proven": 2}),
    ("760 of 800 orders were shipped on time.", {"proven": 2}),
    ("In the last 10 days our rate was 8.8%.", {"proven": 2}),
    ("In the last 30 days 40 of 800 orders were late, 5.0%.", {"proven": 4}),
    ("The rate lies between 3.7% and 6.7%.", {"proven": 2}),
    ("We have 6 packers.", {"sellers_own": 1}),
    ("Order 112-7654321-1234568 was late.", {"unknown": 1}),  # another rule speaks of it
    ("Alder Supply usually has 2 late orders.", {"proven": 1}),
    ("No figure at all.", {}),
    ("The target is under 4% for Alder Supply.", {"proven": 1}),
    ("In the last 10 days 22 of 250 orders were late, in the last 30 days 40 of 800 orders.", {"proven": 6}),
]


@pytest.mark.parametrize(("text", "counts"), TRUE)
def test_what_is_so_has_no_finding_and_each_figure_its_verdict(text, counts):
    assert found_in(text) == ([], counts)


WRONG = [
    # severity (None is the rule's own), expected, at which words; verdicts.
    ("We shipped 950 orders.", [(None, None, "950")], {"unknown": 1}),
    ("41 of 800 orders were late.", [(None, "40", "41")], {"untrue": 1, "proven": 1}),
    ("Our rate was 8%.", [(None, "8.80%", "8%")], {"misleading": 1}),
    ("MUG-12 was sold out.", [(None, "MUG-11", "MUG-12")], {"untrue": 1}),
    (
        "Seven packers came at 07:30.",
        [("warning", None, "Seven"), ("warning", None, "07:30")],
        {"unknown": 2},
    ),
    ("It took 12 minutes.", [("warning", None, "12")], {"unknown": 1}),
    ("We found 12.", [("warning", None, "12")], {"unknown": 1}),
    ("12 suppliers had late orders.", [(None, None, "12")], {"unknown": 1}),
    ("Alder Supply had 40 late orders.", [(None, "30 / 120", "40")], {"proven": 1}),
    ("Alder Supply had a rate of 5.0%.", [(None, "30 / 120", "5.0%")], {"proven": 1}),
    (
        "Alder Supply had 30 late orders, and we shipped 950 orders.",
        [(None, None, "950")],
        {"proven": 1, "unknown": 1},
    ),
    (
        "Alder Supply had 40 late orders, and we shipped 950 orders.",
        [(None, None, "950")],
        {"proven": 1, "unknown": 1},
    ),
    ("Birch & Sons had 30 late orders.", [(None, None, "30")], {"unknown": 1}),
    ("In the last 10 days our rate was 5.0%.", [(None, "22 / 250", "5.0%")], {"proven": 2}),
    ("In the last 10 days 40 of 800 orders were late.", [(None, "22 / 250", "800")], {"proven": 3}),
    ("In the last 10 days 22 of 250 orders were late, 5.0%.", [(None, "22 / 250", "5.0%")], {"proven": 4}),
    ("In the last 30 days 22 of 250 orders were late.", [(None, "40 / 800", "250")], {"proven": 3}),
    (
        "Alder Supply had 7 late orders, Cedar Supply 30 late orders, Birch & Sons none.",
        [(None, "7 / 380", "30")],
        {"proven": 2},
    ),
    (
        "Alder Supply had 30 late orders, Cedar Supply 7 late orders, Birch & Sons 380 orders.",
        [(None, "0 / 300", "380")],
        {"proven": 3},
    ),
    (
        "22 of 250 orders were late in the last 10 days, 40 of 800 orders in the last 30 days, in all 22 late orders.",
        [(None, "40 / 800", "22")],
        {"proven": 7},
    ),
    ("Alder Supply had 30 of the 44 late orders.", [(None, "40", "44")], {"proven": 1, "untrue": 1}),
]


@pytest.mark.parametrize(("text", "findings", "counts"), WRONG)
def test_what_is_not_so_is_found_at_its_words(text, findings, counts):
    assert found_in(text) == (findings, counts)


SAID = [
    ("We shipped 950 orders.", "No row and no statement of the case supports 950."),
    ("MUG-12 was sold out.", "MUG-12 is not in the rows; MUG-11 is."),
    ("Our rate was 8%.", "8% is not how 8.80% is rounded."),
    ("Our rate was over 5%.", "The rows say 5.00%; what is said of 5% does not hold."),
    ("Our rate was under 5%.", "The rows say 5.00%; what is said of 5% does not hold."),
    ("Our rate was about 8%.", "8% is not how 8.80% is rounded."),
    ("41 of 800 orders were late.", "41 is not in the rows; 40 is."),
    ("Alder Supply had 40 late orders.", "No figure here is that of Alder Supply; its rows say 30 / 120."),
    (
        "In the last 10 days our rate was 5.0%.",
        "No figure here is that of the 10 days; their rows say 22 / 250.",
    ),
    (
        "Alder Supply had 7 late orders, Cedar Supply 30 late orders, Birch & Sons none.",
        "30 is not the figure of Cedar Supply.",
    ),
]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_what_is_said_fits_what_is_wrong(text, said):
    (one,), _ = judged_alone(text)
    assert spoken(one.message, "en") == said


def test_a_rate_of_a_window_and_of_something_else_may_stand_beside_another_window():
    text = "In the last 10 days 22 of 250 orders were late, against 5.0%."
    held = made_ground(facts={"attribution.history.rate": ("fraction", 0.05)})
    assert found_in(text)[0] == [(None, "22 / 250", "5.0%")]
    assert found_in(text, ground=held) == ([], {"proven": 4})


def test_a_finding_stands_where_its_figure_does():
    """The sentence begins at the hundredth sign of line 3."""
    (one,), _ = judged_alone("We shipped 950 orders.")
    assert (one.at.line, one.at.start, one.at.text) == (3, 111, "950")
    (one,), _ = judged_alone("Alder Supply had 40 late orders.")
    assert (one.at.line, one.at.start, one.at.text) == (3, 117, "40")


def test_a_finding_has_the_fact_that_it_should_print():
    (one,), _ = judged_alone("41 of 800 orders were late.")
    assert one.fact == "late_shipment_rate.30.late"
    (one,), _ = judged_alone("We shipped 950 orders.")
    assert one.fact is None


# --- only, before --------------------------------------------------------------------------------


def test_only_the_figures_that_are_asked_for_are_judged():
    text = "We shipped 950 orders and 960 orders."
    found, counts = judged_alone(text, only=[26])
    assert [one.at.text for one in found] == ["960"]
    assert counts == {"unknown": 1}
    assert judged_alone(text, only=[]) == ([], {})
    assert len(judged_alone(text)[0]) == 2


def test_groups_named_before_are_meant_where_the_sentence_names_none():
    assert len(judged_alone("These had 30 late orders.")[0]) == 1
    assert judged_alone("These had 30 late orders.", before=frozenset({ALDER})) == ([], {"proven": 1})
    assert len(judged_alone("These had 30 late orders.", before=frozenset({BIRCH}))[0]) == 1


def test_a_group_that_the_sentence_names_takes_the_place_of_those_before():
    assert found_in("Cedar Supply had 30 late orders.", before=frozenset({ALDER})) == (
        [(None, None, "30")],
        {"unknown": 1},
    )


# --- certain -------------------------------------------------------------------------------------

CERTAIN = [
    ("Alder Supply had 30 of the 40 late orders.", {ALDER}, {17, 27}),
    ("Alder Supply had 30 of the 40 late orders.", {CEDAR}, set()),
    ("Alder Supply had 30 of the 40 late orders.", set(), set()),
    ("Alder Supply had 30 of the 44 late orders.", {ALDER}, set()),
    ("Alder Supply had 31 of the 40 late orders.", {ALDER}, set()),
    ("Alder Supply had 30 of 120 orders.", {ALDER}, set()),
    ("Alder Supply had 30 of the 40 orders.", {ALDER}, set()),
]


@pytest.mark.parametrize(("text", "named", "places"), CERTAIN)
def test_a_part_of_all_late_orders_is_certain_together(text, named, places):
    known = made_known()
    new = NewSentences(draft=draft_of("x", ground=made_ground()), known=known, counts=Counter())
    found = tokens(text, language="en", names=known.names)
    assert new.certain(Sentence(line=0, start=0, text=text), found, frozenset(named)) == places
