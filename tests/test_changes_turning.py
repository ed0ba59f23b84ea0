"""What turns an edited sentence: another bound of a figure, a "not" that came or went, a word in a cell."""

import pytest
from made_edits import found, not_kept, told

# --- bounds ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        ("5.59%", "5.59%", "kept"),
        ("5.59%", "5,59%", "sign"),
        ("5,59%", "5.59%", "sign"),
        ("5.59%", "5.59 %", "kept"),
        ("75%", "three quarters", "kept"),
        ("5.59%", "about 5.59%", "kept"),
        ("about 5.59%", "5.59%", "kept"),
        ("5.59%", "over 5.59%", "turned"),
        ("about 4%", "over 4%", "turned"),
        ("5.59%", "at least 5.59%", "turned"),
        ("under 4%", "4%", "unbound"),
        ("under 4%", "about 4%", "unbound"),
        ("over 4%", "4%", "unbound"),
        ("at most 4%", "4%", "kept"),
        ("at least 4%", "about 4%", "kept"),
        ("under 4%", "over 4%", "turned"),
        ("over 4%", "at most 4%", "turned"),
        ("under 4%", "at most 4%", "turned"),
        ("over 4%", "at least 4%", "turned"),
    ],
)
def test_another_bound_makes_another_thing_of_a_figure(was, now, kind):
    (one,) = found(f"The rate was {was} there.", f"The rate was {now} there.")
    assert one.kind == kind
    assert was.endswith(one.before.text)
    assert now.endswith(one.now.text)


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        ("10 days", "over 10 days", "kept"),
        ("10 business days", "over 10 business days", "kept"),
        ("10 hours", "under 10 hours", "kept"),
        ("10 minutes", "over 10 minutes", "kept"),
        ("10 weeks", "over 10 weeks", "kept"),
        ("10 months", "over 10 months", "kept"),
        ("10 orders", "over 10 orders", "turned"),
    ],
)
def test_over_ten_days_is_no_bound(was, now, kind):
    assert [one.kind for one in found(f"It took {was} there.", f"It took {now} there.")] == [kind]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("The rate did not stay under 4%.", "The rate stayed over 4%.", []),
        ("The rate stayed over 4%.", "The rate did not stay under 4%.", []),
        ("The rate did not stay under 4%.", "The rate stayed at least 4%.", []),
        ("The rate did not stay at most 4%.", "The rate stayed over 4%.", []),
        ("The rate did not stay under 4%.", "The rate did not stay over 4%.", ["turned 4% > 4%"]),
        (
            "As they say the rate did not stay under 4%.",
            "As they say the rate did stay under 4%.",
            ["turned not > stay"],
        ),
        (
            "As they say the rate did not stay under 4% and under 9%.",
            "As they say the rate did stay over 4% and over 9%.",
            ["turned 4% > 4%", "turned 9% > 9%", "turned not > stay"],
        ),
        (
            "It stayed under 4% here and not there.",
            "It stayed over 4% here and not there.",
            ["turned 4% > 4%"],
        ),
        (
            "As they say the rate did not stay under 4%.",
            "As they say the rate did stay at most 4%.",
            ["turned 4% > 4%", "turned not > stay"],
        ),
    ],
)
def test_a_bound_that_is_turned_round_makes_good_for_a_not(before, now, expected):
    assert not_kept(before, now) == expected


# --- turning words -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("We shipped it.", "We never shipped it.", ["turned > never"]),
        ("We never shipped it.", "We shipped it.", ["turned never > shipped"]),
        ("The 44 orders came early.", "The 44 orders came late.", ["turned early > late"]),
        ("44 orders came.", "All orders came.", ["turned > All"]),
        ("0 orders came.", "None came.", []),
        ("No order came.", "0 orders came.", ["added > 0"]),
        ("We sent mugs there.", "We sent 12 late mugs there.", ["added > 12"]),
        ("We sent mugs there.", "We sent late mugs there.", ["turned > late"]),
        ("We sent mugs there late.", "We sent 12 mugs there.", ["added > 12", "turned late > 12"]),
    ],
)
def test_a_word_that_turns_the_sentence_is_told_with_what_stands_there(before, now, expected):
    assert not_kept(before, now) == expected


def test_where_much_changed_one_turning_word_tells_nothing():
    """Three of nine words are few, four of ten are many."""
    assert not_kept("a b c d e f g h late", "a b c d e f x y z") == ["turned late > x"]
    assert not_kept("a b c d e f g h i late", "a b c d e f w x y z") == []
    assert not_kept("a b late", "a b") == ["turned late > "]
    assert not_kept("not", "yes") == ["turned not > yes"]
    assert not_kept("a not", "x y") == []


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("We did not ship 44 orders.", "We shipped 44 orders.", ["turned not > shipped"]),
        ("We shipped 44 orders.", "We did not ship 44 orders.", ["turned > not"]),
        (
            "They did not confirm 33 of these in time.",
            "They confirmed 33 of these in time.",
            ["turned not > confirmed"],
        ),
        ("33 orders could not be sent.", "33 orders were sent.", ["turned not > were"]),
        ("a b c d e not g h i", "a b c d e s t u v", ["turned not > s"]),
        ("a b c d e not g h i j", "a b c d e s t u v w", []),  # five words are more than a verb
        ("a b c not e f", "a b c r s t", ["turned not > r"]),
        ("a b not d e", "a b r s t", []),  # more of it went than is left
        ("a b c not e f g h i j", "x y c r s t g h i j", ["turned not > x"]),  # a change and two words of ten
        ("a b c not e f g h i j", "x y z r s t g h i j", []),
        ("a b c d not f g h i j", "x y z d r f g h i j", []),  # three words and the "not" are four of ten
    ],
)
def test_a_not_and_its_verb_are_one_word_of_those_that_changed(before, now, expected):
    assert not_kept(before, now) == expected


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        # Two turns may make good for each other or be two untrue ones: what cannot be told is told.
        ("We did not ship 44 orders in time.", "We shipped 44 orders late.", ["turned not > late"]),
        (
            "No supplier told us of these 33 late orders.",
            "A supplier told us of these 33 punctual orders.",
            ["turned No > punctual"],
        ),
        (
            "No supplier told us of these 33 orders of the week.",
            "A supplier told us of these 33 orders, 0 of the week.",
            ["added > 0", "turned No > A"],
        ),
        ("The 44 orders were not late.", "The 44 orders were late.", ["turned not > late"]),
        ("The 44 orders were in time.", "The 44 orders were late.", ["turned in time > late"]),
        (
            "In our town the 44 orders never came early or early.",
            "In our town the 44 orders came late or late.",
            ["turned never > late"],
        ),
        ("No order came there.", "0 orders came there.", ["added > 0"]),
        ("An order came there.", "0 orders came there.", ["added > 0"]),
        ("No order came there.", "12 orders came there.", ["added > 12", "turned No > 12"]),
        (
            "Here 0 orders came and it was not seen there by us.",
            "It was seen there by us and 0 orders came here.",
            ["turned not > It"],
        ),
        (
            "We sent mugs there in the week.",
            "We sent 12 big mugs there late in the week.",
            ["added > 12", "turned > late"],
        ),
        ("Not 12 orders never came.", "0 orders came.", ["other 12 > 0"]),
        ("It was 2% instead of 5%.", "It was 2%, not 5%.", []),
        ("It was 2% rather than 5%.", "It was 2% and 5%.", ["turned rather than > and"]),
    ],
)
def test_only_what_stands_in_the_place_of_a_not_makes_good_for_it(before, now, expected):
    assert not_kept(before, now) == expected


def test_in_a_cell_every_word_counts():
    assert not_kept("a not", "x y", strict=True) == ["turned not > x"]
    assert not_kept("a not", "x y", strict=True, piece=True) == []


def test_a_piece_of_a_sentence_lost_no_turning_word():
    assert not_kept("We never shipped it.", "We shipped it.", piece=True) == []


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (
            "As they say it did not stay under 4% and it never fell.",
            "As they say it did stay over 4% and it never fell.",
            [],
        ),
        (
            "As they say it did not stay under 4%, under 9% and under 11%.",
            "As they say it did stay over 4%, over 9% and over 11%.",
            [],
        ),
        (
            "As they say it did not stay under 4%, under 9% and under 11%.",
            "As they say it did not stay over 4%, over 9% and over 11%.",
            ["turned 4% > 4%", "turned 9% > 9%", "turned 11% > 11%"],
        ),
    ],
)
def test_one_not_makes_good_for_bounds_that_are_all_turned_round(before, now, expected):
    assert not_kept(before, now) == expected


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        # Three of nine words are few, however they came or went.
        ("a b c d e f g h not", "a b c d e f", ["turned not > "]),
        ("a b c d e f", "a b c d e f g h not", ["turned > not"]),
        ("a b c d e not", "a b c d e v w x y z", []),
        ("a b c d e v w x y not", "a b c d e", []),
        ("a not", "a", ["turned not > "]),
        ("a", "a not", ["turned > not"]),
        # A new figure is late by its own word; one that stands for another word is not.
        (
            "We sent red mugs there to shops.",
            "We sent 12 late mugs there to shops.",
            ["added > 12", "turned > late"],
        ),
        ("We sent mugs there to shops.", "We sent late cups there to shops.", ["turned > late"]),
    ],
)
def test_a_turning_word_counts_where_little_else_changed(before, now, expected):
    assert not_kept(before, now) == expected


def test_what_turns_a_sentence_and_left_no_place_has_none():
    (one,) = found("a b not", "a b")
    assert (one.kind, one.before.text, one.now, one.start, one.end) == ("turned", "not", None, 0, 0)


def test_each_of_many_equal_figures_has_its_own_place():
    """A sentence of two hundred words that are all the same."""
    first, *rest = found("7 mugs " * 110, "8 mugs " + "7 mugs " * 109)
    assert (first.kind, first.before.start, first.start) == ("other", 0, 0)
    assert {(one.kind, one.before.start - one.start) for one in rest} == {("kept", 0)}
    assert len(rest) == 109


def test_a_long_sentence_is_told_figure_by_figure():
    assert told("12 mugs, 13 cups, Alder Supply.", "12 mugs, 14 cups, Cedar Supply.") == [
        "kept 12 > 12",
        "other 13 > 14",
        "other Alder Supply > Cedar Supply",
    ]
