"""The letter rules as a whole: all of the checklist are there, and each has texts that it is tried on.

``bench/letter_rules.py`` measures them on texts that they were not written on.
"""

import tomllib
from pathlib import Path

import pytest

from poa.languages import SPOKEN
from poa.review.rules import rules

FOLDER = Path(__file__).parent / "letter_rules"
LEAST = 3  # texts that break a rule, and near misses, in each language of its lexicon
# Judged by the case, the notice, the facts or the file rather than by a text: their claims stand in tests of their own.
BY_THE_CASE = {"R06", "R28", "R38", "R39", "R40", "R41", "R42", "R43", "R47"}


def fixtures(rule):
    """The texts of a rule by language."""
    path = FOLDER / f"{rule}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def test_every_rule_of_the_checklist_is_there():
    """R01 to R48, each once, with a title, a reason, a source and a severity."""
    known = {one.id: one for one in rules()}
    assert set(known) >= {f"R{number:02d}" for number in range(1, 49)}
    for one in known.values():
        assert one.title
        assert one.why
        assert one.source
        assert one.papers


@pytest.mark.parametrize("rule", [one.id for one in rules() if one.lexical and one.id not in BY_THE_CASE])
def test_a_rule_with_words_has_fixtures_in_each_language(rule):
    """At least three texts that break it and three that nearly do, in every language."""
    told = fixtures(rule)
    assert set(told) >= set(SPOKEN)
    for language in SPOKEN:
        assert len(told[language]["breaks"]) >= LEAST
        assert len(told[language]["holds"]) >= LEAST


@pytest.mark.parametrize("rule", [one.id for one in rules() if not one.lexical and one.id not in BY_THE_CASE])
def test_a_rule_without_words_has_fixtures_too(rule):
    """At least three and three, in one language or over all."""
    told = fixtures(rule).values()
    assert sum(len(one.get("breaks", ())) for one in told) >= LEAST
    assert sum(len(one.get("holds", ())) for one in told) >= LEAST
