"""What a figure, name or turning word became whose place in an edited sentence is another one, or hard to tell."""

import pytest
from test_changes import found, not_kept, told

# --- another one: between the same words, or of its kind and beside one --------------------------


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        # One side is the same and much else is other: of its kind, it is another one.
        ("We sent 12 mugs away.", "They sent 13 cups there.", ["other 12 > 13"]),
        ("We sent 12 mugs away.", "They sent 13% there now.", ["other 12 > 13%"]),
        ("We sent 12 mugs away.", "They got 13 mugs there.", ["other 12 > 13"]),
        ("We sent 12 mugs.", "Today then they sent 13 cups.", ["other 12 > 13"]),
        ("44 mugs came here.", "Then 45 mugs rose there.", ["other 44 > 45"]),
        (
            "We saw Alder Supply here.",
            "They saw Cedar Supply there now.",
            ["other Alder Supply > Cedar Supply"],
        ),
        # Of another kind, it is something new.
        ("We saw 44 here.", "They saw Alder Supply there now.", ["added > Alder Supply"]),
        ("We saw Dogwood Supply here.", "They saw 12 there now.", ["added > 12"]),
        ("We 44 came here.", "They Alder Supply came there again.", ["added > Alder Supply"]),
        # Both begin the sentence, and that alone tells nothing.
        ("44 mugs came here.", "45 cups rose then.", ["added > 45"]),
        ("44 mugs came here.", "Alder Supply rose then.", ["added > Alder Supply"]),
        ("They found mugs 44", "We got cups 45", ["added > 45"]),
        # Both begin and the next word is the same: that is enough for anything.
        ("44 came here.", "Alder Supply came there again now.", ["other 44 > Alder Supply"]),
        ("They found 44", "We once found Alder Supply", ["other 44 > Alder Supply"]),
        # One stood for two.
        ("We sent 44 mugs.", "We sent 45 46 mugs.", ["other 44 > 45", "added > 46"]),
        ("We sent 45 46 mugs.", "We sent 44 mugs.", ["other 45 > 44"]),
        # It is in the sentence of the other, elsewhere.
        ("For 13 shops we sent 12 mugs.", "Then we sent 13 cups here again now.", []),
        ("Then we sent 12 mugs.", "For 12 shops we sent 13 cups.", ["added > 13"]),
    ],
)
def test_another_one_is_told_from_something_new(before, now, expected):
    assert not_kept(before, now) == expected


PLACES = "We sent {} mugs to shops on the pier today.", "We sent mugs to {} shops on the pier today."


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        ("12", "13", "other"),
        ("12", "13%", "other"),
        ("13%", "12", "other"),
        ("two thirds", "12", "other"),
        ("10:00", "11:00", "other"),
        ("2 November", "10:00", "other"),
        ("MUG-99", "MUG-98", "other"),
        ("MUG-99", "Alder Supply", "other"),
        ("Alder Supply", "Cedar Supply", "other"),
        ("12", "10:00", "added"),
        ("12", "Alder Supply", "added"),
        ("Alder Supply", "10:00", "added"),
        ("10:00", "MUG-99", "added"),
        ("111-1839303-3150322", "12", "added"),
    ],
)
def test_in_a_sentence_that_is_nearly_as_it_was_one_that_went_is_the_one_of_its_kind_that_came(
    was, now, kind
):
    before, after = PLACES
    assert not_kept(before.format(was), after.format(now)) == [
        f"other {was} > {now}" if kind == "other" else f"added > {now}"
    ]


def test_one_that_went_is_one_that_came_and_not_two():
    before, now = (
        "We sent 12 mugs to shops on the pier today.",
        "We sent mugs to 13 shops on the 14 pier today.",
    )
    assert not_kept(before, now) == ["other 12 > 13", "added > 14"]


def test_of_several_that_went_the_one_of_its_kind_is_meant():
    before, now = (
        "We sent 10:00 and 12 mugs to shops on the pier.",
        "We sent and mugs to 13 shops on the pier.",
    )
    assert not_kept(before, now) == ["other 12 > 13"]


def test_in_a_cell_one_that_went_is_the_one_that_came_however_much_changed():
    before, now = "12 mugs red", "cups here 13 there"
    assert not_kept(before, now) == ["added > 13"]
    assert not_kept(before, now, strict=True) == ["other 12 > 13"]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (
            "In May 44 orders we shipped late.",
            "In May we shipped 44 mugs late.",
            "kept",
        ),  # no figure beside it
        ("On 2 November 44 orders we shipped.", "We shipped 44 mugs on 2 November.", "kept"),
        ("44 of 787 orders came.", "787 of 44 orders came.", "swapped"),
        ("44 of 787 orders came.", "787 of 44 orders came and 12 cups rose.", "swapped"),
        ("Of 9 and 44 of 787 orders came.", "Of 9 and 787 of 44 orders came.", "swapped"),
    ],
)
def test_a_figure_that_overtook_another_counts_another_thing(before, now, expected):
    kinds = {one.kind for one in found(before, now)} - {"kept", "added"}
    assert kinds == {expected} - {"kept"}


def test_of_two_equal_figures_the_one_that_counts_the_same_has_moved():
    before = "Today 44 days and 44 orders we shipped late there."
    (one,) = found(before, "We shipped late there 44 orders.")
    assert (one.kind, one.before.start) == ("kept", 18)
    (one,) = found(before, "We shipped late there in 44 days.")
    assert (one.kind, one.before.start) == ("kept", 6)


# --- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (
            "It came via Alder Supply yesterday.",
            "It came via Aldr Supply yesterday with Cedar Supply.",
            ["other Alder Supply > Aldr Supply", "added > Cedar Supply"],
        ),
        (
            "It came via Alder Supply 44 times.",
            "It came via Aldr Supply 45 times.",
            ["other 44 > 45", "other Alder Supply > Aldr Supply"],
        ),
        (
            "It came via Alder Supply yesterday.",
            "It came via Aldr Supply 3 yesterday.",
            ["other Alder Supply > Aldr Supply 3"],
        ),
        (
            "It came via Alder Supply yesterday.",
            "It came via dear aldersupply yesterday.",
            ["other Alder Supply > dear aldersupply"],
        ),
        ("“Alder Supply sent it.", "“Birch sent it.", ["other Alder Supply > Birch"]),
        ("It is MUG-99 here.", "It is Mug here.", ["other MUG-99 > Mug"]),
        ("It is 44 here.", "It is Forty here.", ["other 44 > Forty"]),
    ],
)
def test_a_name_that_was_written_otherwise_is_told_with_all_words_in_its_place(before, now, expected):
    assert not_kept(before, now) == expected


# --- bounds and turning words --------------------------------------------------------------------


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
