"""What facts and cases tell of two versions is told once; what a hand or another edition wrote is told beside it."""

import pytest
from made_edits import PLAN
from made_reviews import paper_in

from poa.policy.causes import cause_codes, gap_codes
from poa.review.comparing import compare, comparison_data
from poa.review.ground import Base, Ground
from poa.words import said

# --- with facts and cases ----------------------------------------------------------------------

WHY = "The red van was full on Monday"


def ground(case, text=PLAN, *, names=(), **more):
    paper = paper_in(text)
    return Ground(
        facts={},
        evidence={},
        bases={"plan-of-action": Base(paper=paper, cited={})},
        case=case,
        names=frozenset(names),
        **more,
    )


def with_cases(old, new, *, texts=(PLAN, PLAN), papers=(None, None), names=()):
    """The differences of two papers that two cases printed; ``papers`` where a hand edited them."""
    before, after = (ground(case, text, names=names) for case, text in zip((old, new), texts, strict=True))
    was, now = (paper_in(one or text) for one, text in zip(papers, texts, strict=True))
    return compare(was, now, old_ground=before, new_ground=after).differences


def case_of(statement=WHY, action="We counted each crate", role="Dock clerk"):
    return {
        "cause": [{"id": "cause-1", "statement": statement}],
        "corrective": [{"action": action}],
        "preventive": [{"control": "Count the crates each morning", "role": role}],
    }


def printed(*pairs):
    text = PLAN
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def test_a_statement_that_is_another_one_is_told_once_with_its_places():
    new = "The blue van was full on Monday"
    (one,) = with_cases(case_of(), case_of(new), texts=(PLAN, printed((WHY, new))))
    assert (one.group, one.what, one.name) == ("causes", "reworded", "Cause 1, statement")
    assert (one.before, one.after) == (WHY, new)
    assert (one.old.line, one.new.line, one.new.heading) == (3, 3, "Root cause")


def test_what_a_hand_wrote_beside_it_is_told_as_well():
    new = "The blue van was full on Monday"
    text = printed((WHY, new))
    found = with_cases(
        case_of(),
        case_of(new),
        texts=(PLAN, text),
        papers=(None, text.replace("Nobody booked", "Nobody called")),
    )
    assert [(one.group, one.after) for one in found] == [
        ("causes", new),
        ("causes", "Nobody called another one."),
    ]


def test_a_hand_that_altered_the_statement_itself_is_told_as_well():
    new = "The blue van was full on Monday"
    text = printed((WHY, new))
    found = with_cases(
        case_of(),
        case_of(new),
        texts=(PLAN, text),
        papers=(None, text.replace("The blue van", "Some blue van")),
    )
    assert [one.after for one in found] == [new, "Some blue van was full on Monday."]
    found = with_cases(
        case_of(), case_of(new), texts=(PLAN, text), papers=(printed(("The red van", "A red van")), None)
    )
    assert sorted(one.before for one in found) == ["A red van was full on Monday.", WHY]


def test_a_figure_that_a_hand_altered_in_one_of_the_papers_is_told():
    """poa printed it in none of its papers, though the words around it are the same."""
    new = "The blue van was full on Monday"
    text = printed((WHY, new))
    altered = ("Alder Supply | 33", "Alder Supply | 34")
    found = with_cases(case_of(), case_of(new), texts=(PLAN, text), papers=(None, text.replace(*altered)))
    assert [one.after for one in found] == [new, altered[1]]
    found = with_cases(case_of(), case_of(new), texts=(PLAN, text), papers=(printed(altered), None))
    assert [one.before for one in found] == [WHY, altered[1]]


def test_days_and_numbers_and_nothing_in_a_case_are_no_words_of_it():
    new = "The blue van was full on Monday"
    old, later = (case_of(one) | {"evidence": [{"number": 2, "title": "", "of": None}]} for one in (WHY, new))
    (one,) = with_cases(old, later, texts=(PLAN, printed((WHY, new))))
    assert one.name == "Cause 1, statement"


def test_what_came_and_went_with_an_entry_is_not_told_once_more():
    more = "We wrote to the rail company"
    text = printed(("Annex 2.\n", f"Annex 2.\n2. {more}. Evidence: Annex 2.\n"))
    longer = case_of() | {"corrective": [*case_of()["corrective"], {"action": more}]}
    (came,) = with_cases(case_of(), longer, texts=(PLAN, text))
    assert (came.what, came.group, came.after, came.old, came.new.line) == ("added", "actions", more, None, 6)
    (went,) = with_cases(longer, case_of(), texts=(text, PLAN))
    assert (went.what, went.group, went.before, went.new, went.old.line) == ("gone", "actions", more, None, 6)


def test_what_no_frame_of_the_other_paper_holds_is_told():
    more = "We wrote to the rail company"
    text = printed(("Annex 2.\n", f"Annex 2.\n2. {more}. Apples ripen here.\n"))
    longer = case_of() | {"corrective": [*case_of()["corrective"], {"action": more}]}
    found = with_cases(case_of(), longer, texts=(PLAN, text))
    assert [(one.name, one.after) for one in found] == [
        ("Corrective action 2", more),
        ("Sentence", f"{more}. Apples ripen here."),
    ]
    found = with_cases(longer, case_of(), texts=(text, PLAN))
    assert [(one.name, one.before) for one in found] == [
        ("Corrective action 2", more),
        ("Sentence", f"{more}. Apples ripen here."),
    ]


def test_what_is_printed_with_other_words_around_it_is_told():
    """A new edition of poa that words its frame otherwise: no fact tells it."""
    new = "The blue van was full on Monday"
    found = with_cases(
        case_of(), case_of(new), texts=(PLAN, printed((WHY, new), ("We answer your", "Here we answer your")))
    )
    assert [(one.group, one.after) for one in found] == [
        ("causes", new),
        ("wording", "Here we answer your notice."),
    ]


def test_other_figures_and_names_in_a_printed_sentence_are_facts_already_told():
    new = "The blue van was full on Monday"
    before, after = "We answer your notice of Alder Supply.", "We answer your notice of Cedar Supply."
    texts = (
        printed(("We answer your notice.", before)),
        printed((WHY, new), ("We answer your notice.", after)),
    )
    names = {"Alder Supply", "Cedar Supply"}
    assert [one.after for one in with_cases(case_of(), case_of(new), texts=texts, names=names)] == [new]
    assert [one.after for one in with_cases(case_of(), case_of(new), texts=texts)] == [new, after]


def test_without_a_difference_of_facts_every_sentence_is_told():
    found = with_cases(
        case_of(), case_of(), texts=(PLAN, printed(("Alder Supply | 33", "Alder Supply | 34")))
    )
    assert [(one.before, one.after) for one in found] == [("Alder Supply | 33", "Alder Supply | 34")]


@pytest.mark.parametrize(("which", "told"), [("both", 1), ("old", 1), ("new", 1), ("none", 1)])
def test_cases_are_compared_only_where_both_are_given(which, told):
    new = "The blue van was full on Monday"
    text = printed((WHY, new))
    found = compare(
        paper_in(PLAN),
        paper_in(text),
        old_ground=ground(case_of()) if which in {"both", "old"} else None,
        new_ground=ground(case_of(new), text) if which in {"both", "new"} else None,
    ).differences
    assert len(found) == told
    assert found[0].name == ("Cause 1, statement" if which == "both" else "Sentence")


@pytest.mark.parametrize(
    ("was", "now", "found"),
    [
        ("Dock clerk", "Night guard", (True, False)),
        ("Dock clerk.", "Dock boss", (True, False)),
        ("Clerks 7", "Dock boss", (False, False)),
        ("clerk", "boss", (False, False)),  # too short to be looked for
        ("We ship", "Apples", (False, False)),
        ("We ship.", "by rail.", (False, False)),
        ("We ship w", "ts: We an", (True, False)),
        ("Responsible: Dock clerk", "DOCK  CLERK", (True, True)),
        ("morning", "mornings", (False, False)),
        ("mornings", "morning.", (False, False)),
        ("crates each", "crates e", (True, True)),
        ("d answer", "crates .", (False, False)),
    ],
)
def test_a_value_has_a_place_where_its_words_stand_in_the_paper(was, now, found):
    (one,) = with_cases(case_of(role=was), case_of(role=now))
    assert (one.old is not None, one.new is not None) == found


def test_a_value_of_the_tables_has_no_place():
    """A title that poa gave it: it is no word of the seller's."""
    one, other = [*cause_codes()][:2]
    title = cause_codes()[one].title
    text = printed(("We answer your notice.", f"{title}."))
    old, new = ({"cause": [{"id": "cause-1", "statement": WHY, "code": code}]} for code in (one, other))
    found = with_cases(old, new, texts=(text, text))
    assert [(one.name, one.before, one.old) for one in found] == [("Cause 1, kind", said(title), None)]


def test_the_title_of_a_code_that_is_another_one_is_not_told_once_more():
    one, other = (cause_codes()[code].title for code in [*cause_codes()][:2])
    texts = [printed(("Nobody booked another one.", f"Kind: {title}.")) for title in (one, other)]
    old, new = (
        {"cause": [{"id": "cause-1", "statement": WHY, "code": code}]} for code in [*cause_codes()][:2]
    )
    assert [one.name for one in with_cases(old, new, texts=texts)] == ["Cause 1, kind"]
    one, other = (gap_codes()[code].title for code in [*gap_codes()][:2])
    texts = [printed(("Nobody booked another one.", f"Gap: {title}.")) for title in (one, other)]
    old, new = ({"cause": [{"id": "cause-1", "statement": WHY, "gap": code}]} for code in [*gap_codes()][:2])
    assert [one.name for one in with_cases(old, new, texts=texts)] == ["Cause 1, gap in own control"]


def test_each_step_of_the_whys_is_known_as_the_sellers_own():
    old, new = (
        {"cause": [{"id": "cause-1", "statement": WHY, "why": ["Nobody booked another one", last]}]}
        for last in ("The rota was empty that week", "The rota was empty that month")
    )
    texts = [
        printed(("another one.", f"another one. And so: {last}."))
        for last in ("The rota was empty that week", "The rota was empty that month")
    ]
    assert [one.after for one in with_cases(old, new, texts=texts)] == ["The rota was empty that month"]


def test_of_two_statements_that_begin_alike_the_longer_one_is_known_as_a_whole():
    one, other = "Clerks were tired", "Guards fell asleep"
    ends = " of all that work", " in their own chairs"
    old, new = (
        {"cause": [{"id": "cause-1", "statement": text, "escape": text + end}]}
        for text, end in zip((one, other), ends, strict=True)
    )
    texts = [
        printed(("Nobody booked another one.", f"So it was: {text}. And then: {text}{end}."))
        for text, end in zip((one, other), ends, strict=True)
    ]
    assert [one.name for one in with_cases(old, new, texts=texts)] == [
        "Cause 1, statement",
        "Cause 1, why it was not noticed",
    ]


def test_a_statement_of_two_sentences_is_known_sentence_by_sentence():
    first, second = "Apples ripen here. Pears fall soon.", "Plums ripen here. Figs dry early."
    texts = [printed(("Nobody booked another one.", said_)) for said_ in (first, second)]
    (one,) = with_cases(case_of(first), case_of(second), texts=texts)
    assert (one.name, one.before, one.after) == ("Cause 1, statement", first, second)
    parts = [
        printed(
            (
                "Nobody booked another one.",
                f"So: {one[: one.index('.') + 1]}\n\nThen: {one[one.index('.') + 2 :]}",
            )
        )
        for one in (first, second)
    ]
    assert [one.name for one in with_cases(case_of(first), case_of(second), texts=parts)] == [
        "Cause 1, statement"
    ]


def test_the_differences_stand_by_their_groups():
    new = "The blue van was full on Monday"
    text = printed((WHY, new), ("Photo of the floor", "Photo of the dock"), ("We answer", "So we answer"))
    found = with_cases(case_of(), case_of(new, role="Night guard"), texts=(PLAN, text))
    assert [one.group for one in found] == ["causes", "actions", "evidence", "wording"]


def test_a_title_of_the_tables_stands_in_the_language_and_a_text_of_the_paper_as_it_is():
    code, other = [*gap_codes()][:2]
    grounds = [ground({"cause": [{"id": "cause-1", "statement": WHY, "gap": one}]}) for one in (code, other)]
    comparison = compare(paper_in(PLAN), paper_in(PLAN), old_ground=grounds[0], new_ground=grounds[1])
    (one,) = comparison_data(comparison, language="de")["differences"]
    (english,) = comparison_data(comparison)["differences"]
    assert english["before"] == gap_codes()[code].title
    assert one["before"] != english["before"]


@pytest.mark.parametrize("name", ["cause-1", "a", "x", "ann", "den"])
def test_an_action_told_by_its_case_is_told_once_whatever_the_causes_are_called(name):
    """No paper prints what a case calls its causes, so it is nobody's words: not the ``a`` of "Annex 2"."""
    old = case_of() | {"cause": [{"id": "cause-0", "statement": WHY}]}
    new = case_of() | {"cause": [{"id": name, "statement": WHY}]}
    new["corrective"] = [*new["corrective"], {"action": "We rented a second van"}]
    text = printed(
        ("Evidence: Annex 2.", "Evidence: Annex 2.\n2. We rented a second van. Evidence: Annex 2.")
    )
    found = with_cases(old, new, texts=(PLAN, text))
    assert [one.name for one in found if one.group == "actions"] == ["Corrective action 2"]
