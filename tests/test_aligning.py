"""Each line of an edited paper stands beside the one that it was: moved, reworded, in other signs, or new."""

import pytest
from made_edits import laid, places

GREEK = "alpha beta gamma delta"

# --- lines -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("The van's list – full.", "The van’s list - full."),
        ("The\u00a0van   was full.", "The van was full."),
        ("The van was “full”.", 'The van was "full".'),
        ("44 orders", "４４ orders"),
    ],
)
def test_a_line_in_other_signs_is_the_same(now, before):
    assert laid([now], [before]) == [(now, before, "same")]


def test_a_line_of_several_sentences_that_is_as_it_was_is_one():
    text = "The van was full. Nobody looked."
    assert laid([text], [text]) == [(text, text, "same")]
    assert places([text], [text]) == [((0, 0), (0, 0))]


def test_lines_that_changed_places_are_the_same():
    now, before = ["# Cause", "The van was full.", "Mugs | 4"], ["Mugs | 4", "# Cause", "The van was full."]
    assert places(now, before) == [((0, 0), (1, 0)), ((1, 0), (2, 0)), ((2, 0), (0, 0))]


def test_the_same_line_twice_is_paired_in_its_order():
    twice = ["The van was full.", "The van was full."]
    assert places(twice, twice) == [((0, 0), (0, 0)), ((1, 0), (1, 0))]
    assert laid(twice, twice[:1]) == [(twice[0], twice[0], "same"), (twice[0], None, "")]
    assert places(twice[:1], twice) == [((0, 0), (0, 0))]


@pytest.mark.parametrize(
    ("now", "before", "was"),
    [
        ("alpha beta omega psi", GREEK, True),  # half of it
        ("alpha chi omega psi", GREEK, False),
        ("alpha beta omega psi chi", GREEK, False),  # less than half
        ("gamma delta alpha beta", GREEK, True),  # in another order half is in the same one
        ("delta gamma beta alpha", GREEK, False),
        ("44 of 787 orders", "12 of 300 orders", True),  # figures are no words
    ],
)
def test_a_sentence_with_half_of_its_words_is_reworded_and_one_with_less_is_new(now, before, was):
    assert laid([now], [before]) == [(now, before if was else None, "")]


def test_of_two_that_it_resembles_a_line_was_the_one_that_it_resembles_more():
    before = ["The red van was full on Monday.", "The red van was full on Tuesday at noon."]
    now = "The blue van was full on Tuesday at noon."
    assert laid([now], before) == [(now, before[1], "")]
    assert laid([now], before[::-1]) == [(now, before[1], "")]


def test_equal_words_with_other_figures_are_less_the_same():
    before = ["We shipped 12 mugs late.", "We shipped 44 mugs late."]
    now = "We shipped 44 mugs very late."
    assert laid([now], before) == [(now, before[1], "")]
    assert laid([now], before[::-1]) == [(now, before[1], "")]


def test_of_two_lines_the_one_that_resembles_more_has_it_and_the_other_is_new():
    before = "The red van was full at noon."
    near, far = "The red van was full at night.", "The red van was gone by night."
    assert laid([far, near], [before]) == [(far, None, ""), (near, before, "")]
    assert laid([near, far], [before]) == [(near, before, ""), (far, None, "")]


def test_equally_like_lines_are_those_that_stand_where_it_stood():
    before = ["# Cause", "The red van was full.", "# Deeds", "The tall van was full."]
    first = ["# Cause", "The blue van was full.", "# Deeds"]
    second = ["# Cause", "# Deeds", "The blue van was full."]
    assert (("The blue van was full.", before[1], "")) in laid(first, before)
    assert (("The blue van was full.", before[3], "")) in laid(second, before)


def test_a_line_that_came_above_moves_what_is_looked_for():
    """Behind two known lines: it counts from the nearer one, not from the first."""
    before = ["Apples ripen.", "The red van was full.", "Pears fall.", "The tall van was full."]
    now = ["Apples ripen.", "Plums rot slowly.", "Figs dry early.", "Pears fall.", "The blue van was full."]
    assert laid(now, before)[-1] == (now[-1], before[3], "")


def filler(count, word="filler"):
    """Lines that resemble no other one."""
    return [
        f"{word}{chr(97 + at // 26)}{chr(97 + at % 26)} stands{chr(97 + at // 26)}{chr(97 + at % 26)}"
        for at in range(count)
    ]


def common(count=45):
    """Lines of the same three words, too many to tell anything, and one of their own."""
    return [f"alpha beta gamma own{chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(count)]


@pytest.mark.parametrize(("lines", "found"), [(0, True), (30, True), (31, False)])
def test_words_of_many_lines_tell_only_of_lines_near_by(lines, found):
    now, before = ["alpha beta gamma omega"], [*filler(lines), *common()]
    assert laid(now, before) == [(now[0], common()[0] if found else None, "")]


@pytest.mark.parametrize(("lines", "found"), [(0, True), (28, True), (29, False)])
def test_lines_near_by_are_those_above_as_well(lines, found):
    now = ["Known line here.", "alpha beta gamma omega"]
    before = [*filler(1, "other"), *common(), *filler(lines), "Known line here."]
    assert laid(now, before)[1] == (now[1], common()[-1] if found else None, "")


def test_a_rare_word_tells_of_a_line_far_away():
    now, before = ["alpha beta gamma delta omega"], [*filler(80), "alpha beta gamma delta psi"]
    assert laid(now, before) == [(now[0], before[-1], "")]


HEAD = "one red van with nine big old blue crates of mugs and two of cups for many shops"


def test_a_little_more_alike_but_far_away_is_another_line():
    """One word in twenty is not worth the way; five are."""
    now = f"{HEAD} stood there before our dock at noon"
    far = f"{HEAD} stood there behind our dock at noon"
    near = f"{HEAD} stood here behind our dock at noon"
    unlike = f"{HEAD} sat here behind her dock by night"
    assert laid([now], [near, *filler(40), far]) == [(now, near, "")]
    assert laid([now], [unlike, *filler(40), far]) == [(now, far, "")]


# --- words beside the text ---------------------------------------------------------------------


def test_words_beside_the_text_were_words_beside_the_text_or_none():
    before, now = "The photo shows the red van.", "The photo shows the blue van."
    assert laid([f"! {now}"], [before]) == [(now, None, "")]
    assert laid([f"! {now}"], [f"! {before}"]) == [(now, before, "")]
    assert laid([now], [f"! {before}"]) == [(now, before, "")]
    assert laid([f"! {before}"], [before]) == [(before, before, "same")]
    # The first that it resembles is a sentence of the text, the second stood beside it.
    assert laid([f"! {now}"], [before, f"! {before}"]) == [(now, before, "")]
    assert places([f"! {now}"], [before, f"! {before}"]) == [((0, 0), (1, 0))]


def test_new_words_beside_the_text_are_new_sentence_by_sentence():
    text = "The red van. It is full."
    assert places([f"! {text}"], ["Apples ripen."]) == [((0, 0), None), ((0, 13), None)]


def test_what_stands_beside_the_text_takes_no_sentence_that_was_moved():
    """The line it was in has gone, and the words in the header are not those of the paper."""
    moved = "The red van was full on Monday morning."
    before = [f"{moved} Apples ripen in the garden behind our house when autumn is long and warm."]
    now = [f"! {moved}", "Pears fall."]
    assert laid(now, before) == [(moved, None, ""), ("Pears fall.", None, "")]
