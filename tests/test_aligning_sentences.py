"""Sentences of an edited line stand beside those that they were: reworded, moved, cut, joined, and rows by their cells."""

import pytest
from made_edits import flags, laid, line_of, paper, places

from poa.review.aligning import Pair, aligned, cells, spans
from poa.review.sentences import Sentence

GREEK = "alpha beta gamma delta"

# --- sentences ---------------------------------------------------------------------------------

LONG = "Apples ripen in the garden behind our house when the autumn is long and warm."
OTHER = "Boats wait at the pier until somebody has paid for every net and each rope."
THIRD = "Clouds hung over that town and nothing dried before evening in any yard."


def test_of_a_line_one_sentence_is_reworded_and_the_others_are_the_same():
    before = "The van was full. Nobody booked another one. We paid."
    now = "The van was full. Nobody called another one. We paid."
    assert laid([now], [before]) == [
        ("The van was full.", "The van was full.", "same"),
        ("Nobody called another one.", "Nobody booked another one.", ""),
        ("We paid.", "We paid.", "same"),
    ]
    assert places([now], [before]) == [((0, 0), (0, 0)), ((0, 18), (0, 18)), ((0, 45), (0, 45))]


def test_a_sentence_that_came_into_a_line_is_new_and_moves_the_others():
    now = f"We paid. {LONG}"
    assert places([now], [LONG]) == [((0, 0), None), ((0, 9), (0, 0))]
    assert laid([now], [LONG]) == [("We paid.", None, ""), (LONG, LONG, "same")]


@pytest.mark.parametrize(
    ("moved", "was", "said"),
    [
        ("alpha beta gamma delta omega.", True, ""),  # four of five
        ("alpha beta gamma psi omega.", True, "loose"),  # three
        ("alpha beta chi psi omega.", False, ""),
        ("alpha beta gamma delta epsilon.", True, "same"),
    ],
)
def test_a_sentence_in_another_line_must_resemble_more_and_is_loose_where_much_differs(moved, was, said):
    before = "alpha beta gamma delta epsilon."
    told = (moved, before if was else None, said)
    assert laid([LONG, f"{OTHER} {moved}"], [f"{LONG} {before}", OTHER]) == [
        (LONG, LONG, "same"),
        (OTHER, OTHER, "same"),
        told,
    ]


@pytest.mark.parametrize("was", [True, False])
def test_in_its_own_line_half_of_the_words_are_enough(was):
    now = "alpha beta psi omega." if was else "alpha chi psi omega."
    assert laid([f"{LONG} {now}"], [f"{LONG} {GREEK}."])[1] == (now, f"{GREEK}." if was else None, "")


def test_in_its_own_line_no_sentence_is_loose():
    assert laid([f"{LONG} alpha beta psi omega."], [f"{LONG} {GREEK}."])[1][2] == ""


def test_a_sentence_of_a_line_that_has_gone_is_found_where_it_stands_now():
    before = [f"{LONG} {THIRD}", OTHER]
    assert laid([f"{OTHER} {THIRD}"], [THIRD, OTHER]) == [(OTHER, OTHER, "same"), (THIRD, THIRD, "same")]
    assert places([OTHER, LONG, THIRD], before) == [((0, 0), (1, 0)), ((1, 0), (0, 0)), ((2, 0), (0, 78))]


@pytest.mark.parametrize(
    ("cut", "is_piece"),
    [
        ("Boats wait at the pier.", True),  # five words
        ("Boats wait at pier.", False),  # four
        ("Boats wait at the pier until laughed.", True),  # six of seven are 0.857
        ("Boats wait at the pier laughing.", False),  # five of six are 0.833
    ],
)
def test_a_piece_of_a_sentence_in_another_line_is_loose_and_is_held_against_the_whole(cut, is_piece):
    told = (cut, OTHER if is_piece else None, "piece loose" if is_piece else "")
    long = f"{LONG[:-1]}, {THIRD}"
    assert laid([f"{long} {cut}"], [long, OTHER])[1:] == [told]


def test_a_sentence_that_stands_there_still_lost_no_piece():
    cut = "Boats wait at the pier."
    assert laid([f"{LONG} {cut}", OTHER], [LONG, OTHER])[1] == (cut, None, "")


def test_a_piece_is_of_the_first_sentence_that_holds_it():
    cut, first, second = "Boats wait at the pier.", OTHER, OTHER.replace("paid", "asked")
    long = f"{LONG[:-1]}, {THIRD}"
    assert laid([f"{long} {cut}"], [first, long, second])[1] == (cut, first, "piece loose")
    assert laid([f"{long} {cut}"], [second, long, first])[1] == (cut, second, "piece loose")


def test_equally_like_sentences_of_a_line_are_paired_by_their_places():
    before = f"The red van was full. {LONG} The tall van was full."
    ahead, behind = f"The blue van was full. {LONG}", f"{LONG} Pears fall. The blue van was full."
    assert laid([ahead], [before])[0] == ("The blue van was full.", "The red van was full.", "")
    assert laid([behind], [before])[2] == ("The blue van was full.", "The tall van was full.", "")


def test_of_two_sentences_of_a_line_the_one_that_resembles_more_has_it():
    before = f"The red van was full at noon. {LONG}"
    near, far = "The red van was full at night.", "The red van was gone by night."
    assert laid([f"{far} {near} {LONG}"], [before]) == [
        (far, None, ""),
        (near, "The red van was full at noon.", ""),
        (LONG, LONG, "same"),
    ]


def test_a_sentence_that_stands_there_still_is_no_other_one_as_well():
    before = f"{LONG} The red van was full."
    assert laid([f"{before} The blue van was full."], [before])[2] == ("The blue van was full.", None, "")


def test_of_two_old_sentences_one_was_the_one_with_the_same_figures():
    before = f"We shipped 12 mugs late. {LONG} We shipped 44 mugs late."
    now = f"We shipped 44 mugs very late. {LONG}"
    assert laid([now], [before])[0][1] == "We shipped 44 mugs late."


# --- joined ------------------------------------------------------------------------------------

TWO = "The van was full. Nobody booked another one."


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("The van was full and nobody booked another one.", TWO, TWO),
        ("Nobody booked another one as the van was full.", TWO, None),
        (
            "The van was full, nobody booked another one, and we paid.",
            f"{TWO} We paid.",
            f"{TWO} We paid.",
        ),
        (
            "We paid, the van was full and nobody booked another one.",
            f"We paid. {TWO}",
            f"We paid. {TWO}",
        ),
    ],
)
def test_sentences_that_were_joined_are_held_against_all_that_they_were_made_of(now, before, expected):
    (found,) = aligned(paper(now), paper(before))
    if expected:
        assert (found.before.text, found.before.start, found.same) == (expected, 0, False)
    else:
        assert found.before.text in before


def test_what_was_joined_begins_where_the_first_of_them_began():
    before = f"{LONG} {TWO}"
    now = f"{LONG} The van was full and nobody booked another one."
    assert laid([now], [before]) == [
        (LONG, LONG, "same"),
        ("The van was full and nobody booked another one.", TWO, ""),
    ]
    assert places([now], [before])[1] == ((0, 78), (0, 78))


def test_a_sentence_that_was_cut_takes_no_other_one_into_it():
    now, before = f"The van was nearly full. {LONG}", f"{TWO} {LONG}"
    assert laid([now], [before])[0] == ("The van was nearly full.", "The van was full.", "")


def test_sentences_with_another_between_them_were_not_joined():
    before = f"The van was full. {LONG} Nobody booked another one."
    now = f"The van was full and nobody booked another one. {LONG}"
    found = laid([now], [before])
    assert found[1] == (LONG, LONG, "same")
    assert found[0][1] in {"The van was full.", "Nobody booked another one."}


def test_what_an_edited_sentence_did_not_take_in_is_found_where_it_stands_now():
    edited = LONG.replace("garden", "yard")
    assert laid([edited, f"{OTHER} {THIRD}"], [f"{LONG} {THIRD}", OTHER]) == [
        (edited, LONG, ""),
        (OTHER, OTHER, "same"),
        (THIRD, THIRD, "same"),
    ]


def test_what_was_joined_is_found_nowhere_else():
    joined = "The van was full and nobody booked another one."
    before = [TWO, OTHER]
    now = [joined, f"{OTHER} Nobody booked another one today."]
    assert laid(now, before) == [
        (joined, TWO, ""),
        (OTHER, OTHER, "same"),
        ("Nobody booked another one today.", None, ""),
    ]


def test_what_was_joined_resembles_both_more_than_the_one():
    """Two words more of which one is the same are as much like the one as like both."""
    now = "Our clerk booked one red van for crates of mugs, paid soon."
    before = "Our clerk booked one red van for crates of mugs. Paid late."
    assert laid([now], [before]) == [(now, before[:48], "")]


# --- rows --------------------------------------------------------------------------------------


def test_the_sentences_of_a_line_have_their_places_and_a_row_is_one():
    assert spans(3, line_of("The van was full.  Nobody looked.")) == [
        Sentence(line=3, start=0, text="The van was full."),
        Sentence(line=3, start=19, text="Nobody looked."),
    ]
    text = "Late. Orders. | 44"
    assert spans(2, line_of(text)) == [Sentence(line=2, start=0, text=text)]


def of_row(now, before):
    """The cells of a row, each with what it was; places are counted from the twentieth sign."""
    was = None if before is None else Sentence(line=1, start=20, text=before)
    pair = Pair(now=Sentence(line=2, start=20, text=now), before=was)
    return [(one.now.text, one.before and one.before.text, flags(one)) for one in cells(pair)]


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("a | b", "a | c", [("a", "a", "cell"), ("b", "c", "cell")]),
        ("b | a", "a | b", [("b", "a", "cell"), ("a", "b", "cell")]),
        ("a | b", None, [("a | b", None, "")]),
        ("a | b", "a", [("a | b", "a", "")]),
        ("a", "a | b", [("a", "a | b", "")]),
        ("a", "b", [("a", "b", "")]),
        ("a | b | c", "a | c", [("a", "a", "cell"), ("b", None, "cell"), ("c", "c", "cell")]),
        ("a | c", "a | b | c", [("a", "a", "cell"), ("c", "c", "cell")]),
        ("c | d", "a | b | c | d", [("c", "c", "cell"), ("d", "d", "cell")]),
        ("a | x | c", "a | b | d | c", [("a", "a", "cell"), ("x", "b", "cell"), ("c", "c", "cell")]),
        (
            "a | x | y | c",
            "a | b | c",
            [("a", "a", "cell"), ("x", "b", "cell"), ("y", None, "cell"), ("c", "c", "cell")],
        ),
        ("a – b | c", "x | a - b | c", [("a – b", "a - b", "cell"), ("c", "c", "cell")]),
    ],
)
def test_a_row_is_told_cell_by_cell_also_where_a_column_came_or_went(now, before, expected):
    assert of_row(now, before) == expected


def test_a_long_text_in_a_row_is_a_sentence():
    short, long = "x" * 29, "x" * 30
    assert of_row(f"{short} | {long}", f"{long} | {short}") == [(short, long, "cell"), (long, short, "")]


def test_a_column_that_came_is_known_in_a_row_of_two_hundred_equal_cells():
    many = " | ".join(["x"] * 200)
    assert of_row(f"y | {many}", many) == [("y", None, "cell"), *[("x", "x", "cell")] * 200]


def test_a_cell_has_its_place_in_its_line():
    pair = Pair(
        now=Sentence(line=2, start=20, text="ab | c | d"),
        before=Sentence(line=1, start=5, text="abc | cd | d"),
    )
    assert [(one.now.line, one.now.start, one.before.line, one.before.start) for one in cells(pair)] == [
        (2, 20, 1, 5),
        (2, 25, 1, 11),
        (2, 29, 1, 16),
    ]


def test_a_row_with_other_figures_is_the_row_that_it_was():
    before = ["Alder Supply | 33 | 128", "Cedar Supply | 7 | 152"]
    assert laid(["Cedar Supply | 8 | 153", "Alder Supply | 33 | 129"], before) == [
        ("Cedar Supply | 8 | 153", before[1], ""),
        ("Alder Supply | 33 | 129", before[0], ""),
    ]
