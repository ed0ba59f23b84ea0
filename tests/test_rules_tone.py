"""The rules on tone: what each language says when it blames, begs, boasts, asks aside or promises too much."""

import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from made_reviews import draft_of, found_by, sample_ground

from poa.languages import SPOKEN
from poa.policy.causes import cause_codes
from poa.review.draft import Draft
from poa.review.kinds import kind_of
from poa.review.lexicon import Lexicon
from poa.review.rules import rules
from poa.review.sentences import spot
from poa.words import spoken

RULES = ("R14", "R15", "R17", "R18", "R19", "R21")
CAUSE = {"en": "Root cause", "zh": "根本原因", "ja": "根本原因", "de": "Ursache"}
FIXTURES = Path(__file__).parent / "letter_rules"


def texts(part):
    for rule in RULES:
        told = tomllib.loads((FIXTURES / f"{rule}.toml").read_text(encoding="utf-8"))
        for language, lists in told.items():
            for number, text in enumerate(lists[part]):
                yield pytest.param(rule, language, text, id=f"{rule}-{language}-{number}")


def under_cause(text, language="en", **more):
    return draft_of(f"## {CAUSE[language]}\n\n{text}", language=language, **more)


@pytest.mark.parametrize(("rule", "language", "text"), [*texts("breaks")])
def test_what_breaks_a_rule_is_found(rule, language, text):
    """Each rule finds what a strict reader would stop at."""
    assert found_by(rule, under_cause(text, language))


@pytest.mark.parametrize(("rule", "language", "text"), [*texts("holds")])
def test_what_is_only_near_passes(rule, language, text):
    """A count, a negation, a control and a courtesy break nothing."""
    assert found_by(rule, under_cause(text, language)) == []


def test_every_rule_has_five_texts_of_each_kind_in_each_language():
    """A list without texts to try it on would only look like one."""
    for rule in RULES:
        told = tomllib.loads((FIXTURES / f"{rule}.toml").read_text(encoding="utf-8"))
        assert set(told) == set(SPOKEN)
        assert all(len(lists[part]) >= 5 for lists in told.values() for part in ("breaks", "holds"))


@pytest.mark.parametrize("language", SPOKEN)
def test_our_own_papers_keep_the_tone(language):
    """What poa prints from the sample breaks none of these rules, in any language."""
    ground = sample_ground(language)
    for base in ground.bases.values():
        kind, _ = kind_of(base.paper, ground)
        draft = Draft(
            paper=base.paper, kind=kind, language=language, lexicon=Lexicon(language), ground=ground
        )
        found = {one.id: list(one.check(draft)) for one in rules() if one.id in RULES and kind in one.papers}
        assert not any(found.values()), found


def proposed(value):
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from proposed(one)
        case dict():
            for key, one in value.items():
                if key not in {"note", "needs", "test", "source", "sure", "x12", "shown_by"}:
                    yield from proposed(one)


@pytest.mark.parametrize("language", SPOKEN)
def test_what_poa_proposes_keeps_the_tone(language):
    """Every sentence of the taxonomy may stand in a letter."""
    told = tomllib.loads(files("poa.policy").joinpath("causes.toml").read_text(encoding="utf-8"))
    told["cause"].pop("FRAUD_RISK_EARLY_CONFIRM")
    assert set(told["cause"]) < set(cause_codes())
    said = "\n\n".join(spoken(one, language).replace("{", "").replace("}", "") for one in proposed(told))
    draft = under_cause(said, language)
    for rule in (*RULES, "R32", "R35", "R37"):
        found = [one for one in found_by(rule, draft) if rule != "R17" or one.severity != "warning"]
        assert found == [], rule


# --- Signs and capitals


def test_one_sentence_of_apology_is_allowed_and_each_further_is_a_warning():
    """The first stays; the second and third are named."""
    draft = under_cause("We apologise. We checked the list. We are sorry. We regret the delays.")
    found = found_by("R17", draft)
    assert [(one.severity, one.at.text) for one in found] == [
        ("warning", "We are sorry."),
        ("warning", "We regret the delays."),
    ]


def test_one_exclamation_mark_is_let_pass_and_two_are_not():
    """Also where they are the wide ones of Chinese, and in two paragraphs."""
    assert found_by("R17", under_cause("All orders are shipped!")) == []
    assert len(found_by("R17", under_cause("All orders are shipped!\n\nThe list is empty!"))) == 2
    assert len(found_by("R17", under_cause("全部订单已发货！！", "zh"))) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We NEVER looked.", ["NEVER"]),
        ("This is DEFINITELY done and FULLY checked.", ["DEFINITELY", "FULLY"]),
        ("WE HAVE FIXED IT and moved on.", ["WE HAVE FIXED IT"]),
        ("USPS, UPS, ASIN, OTDR and the SKUs MUG-11 and BOWL-6.", []),
        ("The carrier YUNEXPRESS collects.", []),
        ("NASA standards.", []),
    ],
)
def test_words_are_shouted_where_they_are_words(text, words):
    """An abbreviation, a SKU and a firm's name in capitals are none; three words in a row are."""
    assert [one.at.text for one in found_by("R17", under_cause(text))] == words


def test_a_supplier_in_capitals_is_a_name():
    """Words that the rows know as names are not shouted."""
    ground = sample_ground()
    assert any("Alder Supply" in name for name in ground.names)
    assert found_by("R17", under_cause("Orders of ALDER SUPPLY WORKS were late, of ALDER SUPPLY too.")) == []


def test_a_heading_in_capitals_is_a_look():
    """A heading may be set in capitals."""
    assert found_by("R17", draft_of("# PLAN OF ACTION\n\n## ROOT CAUSE\n\nNobody checked.")) == []


# --- Questions


def test_questions_of_a_draft_are_known():
    """What a draft asks in brackets is no side question; in a final letter nothing else may ask."""
    text = "**[Which control keeps this from happening again?]**"
    assert found_by("R19", under_cause(text, draft=True)) == []
    assert found_by("R19", under_cause("Which other documents do you need?"))
    text = "**[なぜ起きましたか？それはなぜですか？自分で管理できる工程までたどってください。]**"
    assert found_by("R19", under_cause(text, draft=True)) == []


def test_the_notices_own_question_may_head_a_part():
    """A line of the notice stays what it is where it lost its look as a heading."""
    asked = {"asks_lines": [{"ask": "preventive", "line": "How can we trust this?"}]}
    ground = sample_ground()
    other = replace(ground, notice=asked)
    assert found_by("R19", under_cause("How can we trust this?", ground=other)) == []
    assert found_by("R19", under_cause("How can we trust this?"))


# --- Where a finding points


def test_a_finding_points_at_the_very_words():
    """Not the whole sentence, but the words that the list found, at their place in the line."""
    draft = under_cause("The list is new. We guarantee a better rate.")
    (found,) = found_by("R21", draft)
    line = draft.paper.lines[found.at.line].text
    assert found.at.text == "guarantee"
    assert line[found.at.start : found.at.start + 9] == "guarantee"


def test_words_that_stand_twice_are_shown_with_their_sentence():
    """Where the words cannot be told apart, the sentence is meant."""
    draft = under_cause("A guarantee is a guarantee.")
    (sentence, match), *_ = draft.said("R21")
    assert spot(sentence, match) == sentence
