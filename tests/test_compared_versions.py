"""Two versions of a small paper: the group, kind, name and place of each difference, and all of it as data."""

from dataclasses import replace

import pytest
from made_edits import PLAN, edited
from made_reviews import paper_in

from poa.paper import Line, numbered
from poa.review.comparing import compare, comparison_data
from poa.review.ground import Ground


def differences(*pairs):
    return compare(paper_in(PLAN), edited(*pairs)).differences


# --- the text alone ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pair", "group", "what", "name"),
    [
        (("We answer", "So we answer"), "wording", "reworded", "Sentence"),
        (("We answer your notice.", "We answer. Apples ripen here."), "wording", "added", "Sentence"),
        (("# Plan of action", "# Our plan of action"), "wording", "reworded", "Heading"),
        (("Nobody booked", "Nobody called"), "causes", "reworded", "Sentence"),
        (("We counted each", "We weighed each"), "actions", "reworded", "Sentence"),
        (("Count the crates each", "Weigh the crates each"), "actions", "reworded", "Sentence"),
        (("Photo of the floor", "Photo of the dock"), "evidence", "reworded", "Sentence"),
        (("- Annex 2: Photo of the floor\n", ""), "evidence", "gone", "Sentence"),
        (("| Alder Supply | 33 |\n", ""), None, "gone", "Row of a table"),
        (
            ("| Alder Supply | 33 |\n", "| Alder Supply | 33 |\n| Cedar Supply | 7 |\n"),
            None,
            "added",
            "Row of a table",
        ),
    ],
)
def test_a_change_has_its_group_its_kind_and_its_name(pair, group, what, name):
    one = next(one for one in differences(pair) if one.what == what)
    assert (one.what, one.name) == (what, name)
    assert group in {one.group, None}


@pytest.mark.parametrize(
    ("pair", "group", "what"),
    [
        (("on Monday.", "on 2 November."), "causes", "reworded"),
        (("The red van", "The 4 red van"), "facts", "changed"),
        (("We answer your notice.", "We answer your 2 notice."), "facts", "changed"),
        (("We counted each", "We counted 9 each"), "actions", "reworded"),
        (("Photo of the floor", "Photo 3 of the floor"), "evidence", "reworded"),
    ],
)
def test_other_figures_alone_are_facts_in_the_account_and_no_facts_in_actions_and_evidence(pair, group, what):
    (one,) = differences(pair)
    assert (one.group, one.what) == (group, what)


def test_a_sentence_that_came_or_went_has_one_place_and_one_text():
    (came,) = differences(("another one.", "another one. Apples ripen here."))
    assert (came.what, came.before, came.after) == ("added", "", "Apples ripen here.")
    assert (came.old, came.new.line, came.new.heading) == (None, 3, "Root cause")
    (went,) = differences((" Nobody booked another one.", ""))
    assert (went.what, went.before, went.after) == ("gone", "Nobody booked another one.", "")
    assert (went.new, went.old.line, went.old.paragraph) == (None, 3, 3)


def test_what_moved_into_another_part_is_told_in_the_first_of_both_groups():
    moved = "The red van was full on Monday."
    (one,) = differences((f"{moved} ", ""), ("We counted", f"{moved.replace('red', 'blue')} We counted"))
    assert (one.group, one.what, one.old.heading, one.new.heading) == (
        "causes",
        "reworded",
        "Root cause",
        "Corrective actions",
    )
    (back,) = compare(
        edited((f"{moved} ", ""), ("We counted", f"{moved} We counted")),
        edited(("red", "blue")),
    ).differences
    assert (back.group, back.old.heading, back.new.heading) == ("causes", "Corrective actions", "Root cause")


def test_words_beside_the_text_are_told_as_such():
    old = paper_in(PLAN)
    aside = Line(kind="aside", text="Draft of Monday", paragraph=0)
    new = replace(old, lines=numbered((*old.lines, aside)))
    (one,) = compare(old, new).differences
    assert (one.name, one.what, one.after) == ("Words beside the text", "added", "Draft of Monday")


@pytest.mark.parametrize("language", ["en", "en-GB", "EN", None, "xx"])
def test_the_parts_are_known_in_whatever_language_the_file_says(language):
    papers = [
        replace(one, language=language)
        for one in (paper_in(PLAN), edited(("Nobody booked", "Nobody called")))
    ]
    (one,) = compare(*papers).differences
    assert one.group == "causes"


def test_a_paper_in_another_language_than_it_says_has_no_parts():
    papers = [
        replace(one, language="de") for one in (paper_in(PLAN), edited(("Nobody booked", "Nobody called")))
    ]
    (one,) = compare(*papers).differences
    assert one.group == "wording"


@pytest.mark.parametrize(
    ("paper", "facts", "group"),
    [(None, "en", "causes"), (None, "de", "wording"), ("en", "de", "causes"), ("de", "en", "wording")],
)
def test_a_paper_that_says_no_language_is_in_that_of_its_facts(paper, facts, group):
    old, new = (
        replace(one, language=paper) for one in (paper_in(PLAN), edited(("Nobody booked", "Nobody called")))
    )
    held = Ground(facts={}, evidence={}, bases={}, language=facts)
    (one,) = compare(old, new, old_ground=held, new_ground=held).differences
    assert one.group == group


# --- as data -----------------------------------------------------------------------------------


def test_a_difference_as_data_has_both_texts_or_null_and_both_places_or_null():
    data = comparison_data(compare(paper_in(PLAN, name="a.md"), edited((" Nobody booked another one.", ""))))
    assert data == {
        "compared": 1,
        "old": "a.md",
        "new": "plan-of-action.md",
        "same": False,
        "differences": [
            {
                "group": "causes",
                "what": "gone",
                "name": "Sentence",
                "message": "Sentence: gone.",
                "before": "Nobody booked another one.",
                "after": None,
                "old": {"heading": "Root cause", "paragraph": 3, "page": None},
                "new": None,
            }
        ],
    }
    assert comparison_data(compare(paper_in(PLAN), paper_in(PLAN)))["same"] is True


def test_the_names_of_differences_stand_in_the_language_that_is_asked_for():
    comparison = compare(paper_in(PLAN), edited(("Nobody booked", "Nobody called")))
    (german,) = comparison_data(comparison, language="de")["differences"]
    (english,) = comparison_data(comparison)["differences"]
    assert english["name"] == "Sentence"
    assert german["name"] == "Satz"
    assert german["before"] == english["before"] == "Nobody booked another one."
