"""The sample in each language: papers, cover and the seller's own words, with nothing of another language left."""

import re

import pytest
from conftest import run_poa
from made_papers import SAMPLE_EVIDENCE, papers_of, sample_account

from poa.case import open_points, read_case
from poa.sample import sample_files

LANGUAGES = ("zh", "ja", "de")
# Words that English cannot do without and no other of our languages has.
ENGLISH = re.compile(
    r"\b(the|of|and|is|were|which|orders?|late|after|before|their|our|from|with|no|this|that|shown?|days?)\b"
)
# What stays as it is: names and files of the seller's, commands, the policy's own term, and the headings of an
# English letter where the cover counts the characters below each.
QUOTED = re.compile(
    r"`[^`]*`|annex/\S+|internal\S*|[\w-]+\.(?:csv|xlsx|txt|toml|docx|md|json|png)"
    r"|plan-of-action\.net|poa case \w+|Harbor & Pine Goods|Birch & Sons|[Ss]eller of [Rr]ecord"
    r"|Plan of action: late shipment rate|Actions we have taken|How we prevent late shipments from now on"
)


def sample_in(language, **more):
    case = sample_files(language=language)["case.toml"]
    return papers_of(
        sample_account(), case=case, evidence=SAMPLE_EVIDENCE, language=language, ui_language=language, **more
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left_in_the_papers_of_a_language(language):
    """Letter, analysis, cover and the suppliers' papers of the sample speak one language."""
    made = sample_in(language, final=True, formats=("md", "txt"))
    for name, data in made.files.items():
        if name.endswith((".md", ".txt")) and not name.startswith("annex/2"):
            found = ENGLISH.findall(QUOTED.sub("", data.decode()))
            assert not found, (name, found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_asks_in_the_sellers_language_and_writes_in_the_letters(language):
    """The letter stays English, its open questions are those of the seller's language."""
    draft = papers_of(sample_account(), ui_language=language)
    letter = draft.files["plan-of-action.md"].decode()
    assert "## Root cause" in letter
    assert "orders were confirmed after their ship-by time" in letter
    assert len(draft.questions) == 6
    assert not any(ENGLISH.search(question) for question in draft.questions)
    assert not ENGLISH.search(QUOTED.sub("", draft.files["internal/cover.md"].decode()))


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_figures_are_the_same_in_every_language(language):
    """What is printed differs by language, the facts behind it do not."""
    case = read_case(sample_files(language=language)["case.toml"], name="case.toml")
    assert open_points(case, present=SAMPLE_EVIDENCE) == ()
    facts = sample_in(language).files["internal/facts.json"]
    english = papers_of(sample_account(), case=sample_files()["case.toml"]).files["internal/facts.json"]
    assert figures(facts) == figures(english)


def figures(data):
    """The evidence that comes from rows, by its id."""
    import json

    evidence = json.loads(data)["evidence"]
    return {key: one for key, one in evidence.items() if one["unit"] != "statement"}


def test_the_demo_is_made_in_a_language(tmp_path):
    """One command, and an account whose seller writes Japanese."""
    said = run_poa("demo", "--lang", "ja", "--out", "d", cwd=tmp_path, check=0).stdout
    assert not ENGLISH.search(QUOTED.sub("", said))
    assert "出荷遅延率" in (tmp_path / "d" / "papers" / "plan-of-action.md").read_text(encoding="utf-8")
