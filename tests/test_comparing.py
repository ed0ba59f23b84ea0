"""What changed between two versions of a paper is told once, in its group, and the same from either side."""

import json
import time
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from made_papers import papers_of, sample_account
from made_reviews import paper_in, sample_ground, sample_paper

from poa.account import Account
from poa.case.notices import read_notice
from poa.files import as_input
from poa.languages import SPOKEN
from poa.paper import numbered, row
from poa.review import ground_of
from poa.review.comparing import compare, comparison_data
from poa.review.difference import GROUPS
from poa.sample import sample_files

languages = pytest.mark.parametrize("language", SPOKEN)
NAMES = ("plan-of-action", "root-cause-analysis")


@cache
def ground_with(old="", new="", *, language="en", fewer_rows=False):
    """The sample's ground with other words in the case, or with a ninth of the rows left out."""
    files = sample_files(language=language)
    case = files["case.toml"].decode()
    assert old in case
    rows = files["late-shipment-report.csv"].decode().splitlines(keepends=True)
    report = "".join(rows[:1] + [one for at, one in enumerate(rows[1:]) if not fewer_rows or at % 9])
    made = papers_of(
        Account(
            reports=(as_input("late-shipment-report.csv", report.encode()),),
            suppliers=sample_account().suppliers,
        ),
        case=case.replace(old, new).encode(),
        evidence={
            name.removeprefix("evidence/"): data
            for name, data in files.items()
            if name.startswith("evidence/")
        },
        notice=read_notice(files["notice.txt"].decode()),
        language=language,
        final=True,
    )
    return ground_of(json.loads(made.files["internal/facts.json"]), name="facts.json")


def told(comparison):
    return [(one.group, one.what, one.name, one.before, one.after) for one in comparison.differences]


def seen_from_both_sides(old, new, **grounds):
    """Each difference is there from the other side, with before and after exchanged."""
    there = compare(old, new, **grounds).differences
    back = compare(
        new, old, old_ground=grounds.get("new_ground"), new_ground=grounds.get("old_ground")
    ).differences
    key = lambda one: (one.group, one.what, one.before, one.after, one.old, one.new)  # noqa: E731 - said once
    turned = {"added": "gone", "gone": "added"}
    mirrored = [
        replace(
            one,
            what=turned.get(one.what, one.what),
            before=one.after,
            after=one.before,
            old=one.new,
            new=one.old,
        )
        for one in back
    ]
    return Counter(map(key, there)) == Counter(map(key, mirrored))


PLAN = """# Plan of action

We answer your notice of 2 November 2026.

## Root cause

Our mugs waited on the packing floor because the van was full. Nobody booked a second one.

## Corrective actions

1. **2 November 2026:** We counted the crates on the floor. Evidence: Annex 2.
2. **3 November 2026:** We called the van company. Evidence: Annex 3.

## Preventive measures

1. **Count the crates before the van comes.** Responsible: Dock clerk. From 3 November 2026, each day.

| Supplier | Late | Of |
| :--- | ---: | ---: |
| Alder Supply | 33 | 128 |
| Cedar Supply | 7 | 152 |

## Annexes

- Annex 2: Photo of the floor
- Annex 3: Mail to the van company
"""


def edited(*pairs, text=PLAN):
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return paper_in(text, name="new.md")


def of_plan(*pairs):
    return told(compare(paper_in(PLAN, name="old.md"), edited(*pairs)))


# --- the text alone ----------------------------------------------------------------------------


def test_a_sentence_that_reads_otherwise_is_told_with_both_and_its_place():
    comparison = compare(paper_in(PLAN), edited(("because the van was full", "because the van came late")))
    (found,) = comparison.differences
    assert (found.group, found.what) == ("causes", "reworded")
    assert found.before == "Our mugs waited on the packing floor because the van was full."
    assert found.after == "Our mugs waited on the packing floor because the van came late."
    assert found.old == found.new
    assert (found.new.heading, found.new.paragraph) == ("Root cause", 3)


@pytest.mark.parametrize(
    ("pair", "group", "what"),
    [
        (("Nobody booked a second one.", "Nobody was told to book a second one."), "causes", "reworded"),
        ((" Nobody booked a second one.", ""), "causes", "gone"),
        (("We called the van company", "We wrote to the van company"), "actions", "reworded"),
        (("**3 November 2026:**", "**4 November 2026:**"), "actions", "reworded"),
        (("From 3 November 2026, each day", "From 3 November 2026, each week"), "actions", "reworded"),
        (("Dock clerk", "Head of the dock"), "actions", "reworded"),
        (("Photo of the floor", "Photo of the dock floor"), "evidence", "reworded"),
        (("We answer your notice", "Here we answer your notice"), "wording", "reworded"),
        (("We answer your notice of 2 November", "We answer your notice of 3 November"), "facts", "changed"),
        (("## Root cause", "## The root cause"), "wording", "reworded"),
        (("- Annex 3: Mail to the van company\n", ""), "evidence", "gone"),
    ],
)
def test_a_change_stands_in_its_group(pair, group, what):
    (found,) = of_plan(pair)
    assert found[:2] == (group, what)


def test_a_row_with_another_figure_is_one_difference():
    comparison = compare(paper_in(PLAN), edited(("| 33 | 128 |", "| 34 | 128 |")))
    (found,) = comparison.differences
    assert (found.before, found.after) == ("Alder Supply | 33 | 128", "Alder Supply | 34 | 128")


def test_a_new_paragraph_is_one_difference_however_many_sentences_it_has():
    more = "We also sell shoes. They are red. Nobody asked for that."
    found = of_plan(("## Root cause", f"{more}\n\n## Root cause"))
    assert found == [("wording", "added", "Sentence", "", more)]


def test_the_groups_stand_in_their_order():
    found = of_plan(
        ("We answer your notice", "Here we answer your notice"),
        ("2 November 2026.", "3 November 2026."),
        ("Photo of the floor", "Photo of the dock floor"),
        ("We called the van company", "We wrote to the van company"),
        ("because the van was full", "because the van came late"),
        ("| 33 | 128 |", "| 34 | 128 |"),
    )
    groups = [one[0] for one in found]
    assert groups == sorted(groups, key=GROUPS.index)
    assert set(groups) >= {"causes", "actions", "evidence", "wording"}


def test_what_is_set_otherwise_is_no_change():
    """Bold, lists, breaks, quotes, blanks, dashes, a table elsewhere, paragraphs joined and split."""
    assert of_plan(("**2 November 2026:**", "2 November 2026:"), ("1. ", "- "), ("2. ", "- ")) == []
    assert of_plan(("full. Nobody", "full.\n\nNobody")) == []
    table = PLAN[PLAN.index("| Supplier") : PLAN.index("## Annexes")]
    moved = PLAN.replace(table, "").replace("## Root cause", f"{table}## Root cause")
    assert told(compare(paper_in(PLAN), paper_in(moved))) == []
    lines = [
        replace(line, text=line.text.replace(" ", "\u00a0").replace("-", "\u2011"))
        if line.kind != "row"
        else line
        for line in paper_in(PLAN).lines
    ]
    assert told(compare(paper_in(PLAN), replace(paper_in(PLAN), lines=tuple(lines)))) == []


@languages
@pytest.mark.parametrize("name", NAMES)
def test_a_paper_is_as_it_was(name, language):
    ground, paper = sample_ground(language), sample_paper(name, language)
    assert told(compare(paper, paper)) == []
    assert told(compare(paper, paper, old_ground=ground, new_ground=ground)) == []
    back = replace(paper, lines=tuple(reversed(paper.lines)))
    assert told(compare(paper, back)) == []


# --- with facts and cases ----------------------------------------------------------------------


@pytest.mark.every_third
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'role = "Purchasing lead"',
            'role = "Head of purchasing"',
            ("actions", "changed", "Preventive action 2, role", "Purchasing lead", "Head of purchasing"),
        ),
        (
            "date = 2026-11-03\nevidence",
            "date = 2026-11-01\nevidence",
            ("actions", "changed", "Corrective action 2, date", "2026-11-03", "2026-11-01"),
        ),
        (
            'frequency = "reviewed each Monday',
            'frequency = "reviewed each Friday',
            (
                *("actions", "changed", "Preventive action 2, frequency"),
                "reviewed each Monday until the list is empty, then at each new SKU",
                "reviewed each Friday until the list is empty, then at each new SKU",
            ),
        ),
        (
            'gap = "NO_EARLY_WARNING"',
            'gap = "NO_BACKUP_SOURCE"',
            (
                *("causes", "changed", "Cause 1, gap in own control"),
                *("No check before the ship-by time", "No second source"),
            ),
        ),
        (
            'title = "Inventory file',
            'title = "Stock file',
            (
                *("evidence", "reworded", "Evidence inventory-2026-11-03.csv, title"),
                *("Inventory file of 3 November 2026", "Stock file of 3 November 2026"),
            ),
        ),
        (
            "letter_date = 2026-11-04",
            "letter_date = 2026-11-05",
            ("facts", "changed", "Date of the letter", "2026-11-04", "2026-11-05"),
        ),
        (
            "Our order list showed no dispatch state",
            "Our order list did not show the state of dispatch",
            (
                *("causes", "reworded", "Cause 1, a step of the whys"),
                "Our order list showed no dispatch state, and nobody was charged with looking at it during the day.",
                "Our order list did not show the state of dispatch, and nobody was charged with looking at it during the day.",
            ),
        ),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_what_the_seller_says_otherwise_is_told_once(name, old, new, expected):
    before, after = sample_ground(), ground_with(old, new)
    comparison = compare(
        before.bases[name].paper, after.bases[name].paper, old_ground=before, new_ground=after
    )
    found = told(comparison)
    assert expected in found
    assert [one for one in found if one[0] == expected[0]] == [expected]
    assert "wording" not in {one[0] for one in found} or name == "root-cause-analysis"


@languages
def test_a_new_action_is_told_once_and_not_again_as_wording(language):
    entry = (
        '[[preventive]]\ncontrol = "Weigh each crate 箱 before the van comes"\nrole = "Dock clerk"\n'
        'start = 2026-11-04\nfrequency = "each day"\nmeasure = "crates not weighed"\n\n[[evidence]]\nfile = "open'
    )
    before, after = (
        sample_ground(language),
        ground_with('[[evidence]]\nfile = "open', entry, language=language),
    )
    for name in NAMES:
        comparison = compare(
            before.bases[name].paper, after.bases[name].paper, old_ground=before, new_ground=after
        )
        found = [one for one in comparison.differences if one.what == "added"]
        assert [(one.group, one.name) for one in found] == [("actions", "Preventive action 3")]
        assert found[0].new is not None
        assert found[0].old is None


@pytest.mark.parametrize("name", NAMES)
def test_other_rows_are_told_as_facts(name):
    before, after = sample_ground(), ground_with(fewer_rows=True)
    old, new = before.bases[name].paper, after.bases[name].paper
    found = told(compare(old, new, old_ground=before, new_ground=after))
    assert ("facts", "changed", "Late shipment rate of 30 days", "5.59%", "5.24%") in found
    assert ("facts", "changed", "Late orders of 30 days", "44 orders", "37 orders") in found
    assert [one[4] for one in found if one[2] == "Supplier Alder Supply"] == [
        "26 of 108 orders late, 70.3% of all late orders"
    ]
    assert {one[0] for one in found} <= {"facts", "wording"}
    without = told(compare(old, new))
    assert len(without) > len([one for one in found if one[0] == "wording"])
    assert "facts" in {one[0] for one in without}


def test_what_a_human_wrote_into_the_paper_is_told_with_the_same_facts():
    ground = sample_ground()
    old = ground.bases["plan-of-action"].paper
    lines = tuple(
        replace(
            one, text=one.text.replace("44 of 787", "43 of 787").replace("Nobody checked", "No one checked")
        )
        for one in old.lines
    )
    found = told(compare(old, replace(old, lines=lines), old_ground=ground, new_ground=ground))
    assert [one[:2] for one in found] == [("facts", "changed"), ("causes", "reworded")]
    assert told(compare(old, replace(old, lines=lines))) == found


def test_a_figure_altered_by_hand_is_told_beside_other_facts():
    before, after = sample_ground(), ground_with(fewer_rows=True)
    new = after.bases["plan-of-action"].paper
    lines = tuple(replace(one, text=one.text.replace("37 of 706", "36 of 706")) for one in new.lines)
    old = before.bases["plan-of-action"].paper
    found = compare(old, replace(new, lines=lines), old_ground=before, new_ground=after).differences
    assert ["36 of 706" in one.after for one in found if one.new is not None] == [True]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("old", "new"), [("", ""), ("Purchasing lead", "Head of purchasing"), ("Our only check", "The check")]
)
def test_two_runs_are_seen_alike_from_both_sides(name, old, new):
    before, after = sample_ground(), ground_with(old, new, fewer_rows=True)
    papers = before.bases[name].paper, after.bases[name].paper
    assert seen_from_both_sides(*papers, old_ground=before, new_ground=after)
    assert seen_from_both_sides(*papers, old_ground=before)
    assert seen_from_both_sides(*papers)


def test_damaged_facts_cost_no_comparison():
    ground = sample_ground()
    paper = ground.bases["plan-of-action"].paper
    for case in ({}, {"cause": 3}, {"cause": [4, {"why": 1, "statement": []}], "evidence": [{"file": 2}]}):
        other = replace(ground, case=case, facts={"late_shipment_rate": [{"rate": "x"}], "attribution": []})
        assert seen_from_both_sides(paper, paper, old_ground=ground, new_ground=other)


# --- as data -----------------------------------------------------------------------------------


def test_the_data_hold_every_difference_and_can_be_written():
    comparison = compare(paper_in(PLAN, name="old.md"), edited(("Dock clerk", "Head of the dock")))
    data = json.loads(json.dumps(comparison_data(comparison, language="de")))
    assert (data["compared"], data["old"], data["new"], data["same"]) == (1, "old.md", "new.md", False)
    (one,) = data["differences"]
    assert one["before"] == "Responsible: Dock clerk."
    assert one["after"] == "Responsible: Head of the dock."
    assert set(one["old"]) == {"heading", "paragraph", "page"}
    same = comparison_data(compare(paper_in(PLAN), paper_in(PLAN)))
    assert (same["same"], same["differences"]) == (True, [])


def test_every_difference_says_itself_in_a_sentence():
    before, after = sample_ground(), ground_with("Purchasing lead", "Head of purchasing", fewer_rows=True)
    comparison = compare(
        before.bases["plan-of-action"].paper,
        after.bases["plan-of-action"].paper,
        old_ground=before,
        new_ground=after,
    )
    messages = [str(one.message) for one in comparison.differences]
    assert "Late shipment rate of 30 days: 5.59%, now 5.24%." in messages
    assert "Preventive action 2, role: Purchasing lead, now Head of purchasing." in messages


# --- laws --------------------------------------------------------------------------------------

WORDS = (
    "crate",
    "van",
    "mug",
    "dock",
    "clerk",
    "list",
    "rota",
    "kiln",
    "four",
    "12",
    "3%",
    "盒子",
    "釉薬",
    "größer",
)


def sentence_of(words):
    return f"{' '.join(words).capitalize()} end."


sentences = st.lists(st.sampled_from(WORDS), min_size=2, max_size=7).map(sentence_of)
lines = st.one_of(
    st.tuples(st.just("paragraph"), st.lists(sentences, min_size=1, max_size=4).map(" ".join)),
    st.tuples(st.just("heading"), st.sampled_from(["Root cause", "Corrective actions", "Evidence", "Notes"])),
    st.tuples(st.just("item"), sentences),
    st.tuples(st.just("row"), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)),
)


def paper_of_lines(found):
    start = paper_in("# Plan")
    made = [
        row(text)
        if kind == "row"
        else replace(start.lines[0], kind=kind, text=text, level=2 if kind == "heading" else 0)
        for kind, text in found
    ]
    return replace(start, lines=numbered((start.lines[0], *made)))


papers = st.lists(lines, max_size=8).map(paper_of_lines)


@given(papers)
@settings(max_examples=often(80), deadline=None)
def test_a_law_the_same_paper_has_no_difference(paper):
    assert compare(paper, paper).differences == ()


@given(papers, st.randoms(use_true_random=False))
@settings(max_examples=often(80), deadline=None)
def test_a_law_lines_that_moved_are_no_difference(paper, dice):
    moved = list(paper.lines)
    dice.shuffle(moved)
    assert compare(paper, replace(paper, lines=numbered(moved))).differences == ()


@given(papers, papers)
@settings(max_examples=often(150), deadline=None)
def test_a_law_what_was_added_is_gone_from_the_other_side(old, new):
    assert seen_from_both_sides(old, new)


@given(papers, st.integers(0, 8), sentences)
@settings(max_examples=often(80), deadline=None)
def test_a_law_a_new_sentence_is_told_and_nothing_else(paper, place, sentence):
    at = min(place + 1, len(paper.lines))
    new = f"Altogether unheard-of: {sentence[:-4]}, says somebody who never wrote before."
    line = replace(paper.lines[0], kind="paragraph", text=new, level=0)
    longer = replace(paper, lines=numbered((*paper.lines[:at], line, *paper.lines[at:])))
    (found,) = compare(paper, longer).differences
    assert (found.what, found.after, found.new.line) == ("added", new, at)


@pytest.mark.deep
def test_a_paper_of_five_hundred_pages_is_compared_in_seconds():
    body = "\n\n".join(
        f"## Part {page}\n\n"
        + "\n\n".join(
            f"Crate {page}-{at} waited at dock {at * page % 97} because van {at} was full."
            for at in range(20)
        )
        for page in range(500)
    )
    old = paper_in(f"# Plan\n\n{body}")
    new = paper_in(f"# Plan\n\n{body.replace('Crate 7-', 'Box 7-').replace('van 3 ', 'truck 3 ')}")
    begun = time.process_time()
    found = compare(old, new).differences
    assert time.process_time() - begun < 10
    assert 500 <= len(found) <= 540
