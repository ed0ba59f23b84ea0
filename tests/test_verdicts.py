"""What is said of a figure that is not proven: at which words, by which fact, and how many rows stand behind it."""

from dataclasses import replace

import pytest
from made_grounds import made_ground

from poa.review.sentences import Sentence
from poa.review.verdicts import _MESSAGES, _REMEDIES, finding, rows_behind
from poa.words import spoken

LINES = [{"file": "a.csv", "ranges": [[2, 4], [9, 9]]}, {"file": "b.csv", "ranges": [[7, 8]]}]
ROWS = [
    ({"rows": {"orders": 44, "lines": LINES}}, 44),
    ({"rows": {"orders": 1}}, 1),
    ({"rows": {"orders": 0, "lines": LINES}}, 6),
    ({"rows": {"lines": LINES}}, 6),
    ({"rows": {"lines": [{"file": "a.csv", "ranges": [[5, 5]]}]}}, 1),
    ({"rows": {"orders": 0, "lines": []}}, None),
    ({"rows": {"orders": 0}}, None),
    ({"rows": {}}, None),
    ({"rows": None}, None),
    ({}, None),
]


@pytest.mark.parametrize(("evidence", "rows"), ROWS)
def test_the_rows_behind_a_fact_are_its_orders_or_else_its_lines(evidence, rows):
    assert rows_behind(evidence) == rows


NOW = Sentence(line=7, start=20, text="We shipped 950 orders.")
GROUND = made_ground()


def spoken_(one):
    return spoken(one.message, "en"), spoken(one.remedy, "en")


def test_a_finding_stands_at_its_words_and_says_what_to_write():
    fact = "late_shipment_rate.30.orders"
    one = finding(GROUND, NOW, "of_the_rows", start=11, text="950", fact=fact, expected="800")
    assert one.at == Sentence(line=7, start=31, text="950")
    assert (one.fact, one.expected, one.rows, one.severity) == (fact, "800", None, None)
    assert spoken_(one) == ("The rows say 800; this says 950.", "Write 800.")


def test_a_finding_without_words_is_of_the_whole_sentence():
    one = finding(GROUND, NOW, "reworded", statement="We shipped.")
    assert one.at == NOW
    assert (one.fact, one.expected, one.rows) == (None, None, None)
    assert spoken_(one)[0] == "The case file says this in other words: We shipped."


def test_an_empty_fact_is_none():
    """The title of an annex is no fact."""
    one = finding(GROUND, NOW, "unsupported", text="950", fact="")
    assert (one.fact, one.rows) == (None, None)
    assert spoken_(one)[0] == "No row and no statement of the case supports 950."


def test_the_rows_are_those_of_the_fact():
    held = made_ground()
    evidence = {**held.evidence, "x.late": {"unit": "orders", "value": 9, "rows": {"orders": 9}}}
    held = replace(held, evidence=evidence)
    assert finding(held, NOW, "of_the_rows", text="8", fact="x.late", expected="9").rows == 9
    assert finding(held, NOW, "of_the_rows", text="8", fact="y.late", expected="9").rows is None
    assert finding(held, NOW, "of_the_rows", text="8", expected="9").rows is None


def test_what_is_said_and_what_to_do_are_known_for_the_same_wrongs():
    assert _MESSAGES.keys() == _REMEDIES.keys()


@pytest.mark.parametrize("wrong", _MESSAGES)
def test_every_message_and_remedy_can_be_said(wrong):
    parts = {
        name: name.upper()
        for name in (
            *("sentence", "statement", "name", "days", "last", "first", "rate", "target", "late", "most"),
        )
    }
    one = finding(GROUND, NOW, wrong, text="950", expected="800", **parts)
    for words in spoken_(one):
        assert "{" not in words
        assert words.endswith((".", ": SENTENCE", ": STATEMENT"))
