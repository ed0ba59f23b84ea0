"""What a figure or name became whose place in an edited sentence is another one, or hard to tell."""

import pytest
from made_edits import found, not_kept, told

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
        # One of them begins or ends the sentence, the other does not.
        ("44 came here", "Here Alder Supply came there now", ["added > Alder Supply"]),
        ("We found 44", "They found Alder Supply there now", ["added > Alder Supply"]),
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


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("44 late orders and 3 days.", "3 days and 44 late orders.", ["kept 44 > 44", "kept 3 > 3"]),
        ("44 of 787 orders came.", "787 of 44 orders came.", ["kept 44 > 44", "swapped 787 > 787"]),
        (
            "On 2 November 2026 we called.",
            "We called on 2 November 2026.",
            ["kept 2 November 2026 > 2 November 2026"],
        ),
        (
            "In 2026 Alder Supply sent 44 orders.",
            "44 orders of Alder Supply came in 2026.",
            ["kept Alder Supply > Alder Supply", "kept 44 > 44", "kept 2026 > 2026"],
        ),
    ],
)
def test_what_stands_elsewhere_is_kept_where_it_counts_the_same(before, now, expected):
    assert sorted(told(before, now)) == sorted(expected)


def test_a_figure_that_moved_is_one_and_a_second_is_new():
    before, now = (
        "In May 44 orders we shipped them late.",
        "In May we shipped them 44 orders late and 44 cups.",
    )
    assert told(before, now) == ["kept 44 > 44", "added > 44"]


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
            "It came via 3 Aldr Supply yesterday.",
            ["other Alder Supply > 3 Aldr Supply"],
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


def test_a_name_that_was_misspelt_is_not_another_one_as_well():
    before = "It came via Alder Supply yesterday."
    now = "It came via Aldr Supply yesterday with Cedar Supply."
    assert told(before, now, strict=True) == ["other Alder Supply > Aldr Supply", "added > Cedar Supply"]
