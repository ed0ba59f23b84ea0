"""What became of each figure and name of a sentence that was edited, where it stood."""

import pytest
from made_edits import found, not_kept, told

# --- in its place ------------------------------------------------------------------------------


def test_what_is_as_it_was_is_kept_and_told_with_its_place():
    (orders, name) = found("So 44 orders of Alder Supply came.", "44 orders of Alder Supply came.")
    assert (orders.kind, orders.before.start, orders.now.text, orders.start, orders.end) == (
        "kept",
        3,
        "44",
        0,
        2,
    )
    assert (name.kind, name.before.text, name.start, name.end) == ("kept", "Alder Supply", 13, 25)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("44 of 787 orders came.", "45 of 787 orders came.", ["other 44 > 45"]),
        ("44 of 787 orders came.", "44 of 788 orders came.", ["other 787 > 788"]),
        ("We had 5 mugs for 3 shops.", "We had 3 mugs for 5 shops.", ["other 5 > 3", "other 3 > 5"]),
        ("We had 5%.", "We had 5.", ["other 5% > 5"]),
        ("We saw 2 November 2026.", "We saw 3 November 2026.", ["other 2 November 2026 > 3 November 2026"]),
        ("We saw 2 November 2026.", "We saw 10:00.", ["other 2 November 2026 > 10:00"]),
        ("We saw 44.", "We saw Alder Supply.", ["other 44 > Alder Supply"]),
        ("Alder Supply sent it.", "Cedar Supply sent it.", ["other Alder Supply > Cedar Supply"]),
        ("It is MUG-11 here.", "It is MUG-12 here.", ["other MUG-11 > MUG-12"]),
        ("44", "45", ["other 44 > 45"]),
        ("We sent 12 mugs.", "We sent mugs.", []),
        ("We sent mugs.", "We sent 12 mugs.", ["added > 12"]),
        ("We sent red mugs.", "We sent 12 mugs.", ["added > 12"]),
        ("We saw 2 November 2026.", "We saw Alder Supply.", ["other 2 November 2026 > Alder Supply"]),
    ],
)
def test_another_one_stands_where_one_stood(before, now, expected):
    assert not_kept(before, now) == expected


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        ("2 November 2026", "2 November", "kept"),
        ("2 November", "2 November 2026", "other"),
        ("2 November 2026", "3 November", "other"),
        ("2 November 2026", "2 December", "other"),
        ("2 November 2026", "2026-11-02", "kept"),
        ("2 November", "3 November", "other"),
    ],
)
def test_a_day_that_lost_its_year_is_less_exact_and_any_other_is_another_day(was, now, kind):
    (one,) = found(f"We called on {was} there.", f"We called on {now} there.")
    assert (one.kind, one.before.text, one.now.text) == (kind, was, now)


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        ("Alder Supply", "S1", "kept"),
        ("S1", "Alder Supply", "kept"),
        ("Alder Supply", "S2", "other"),
        ("S1", "S2", "other"),
        ("Dogwood Supply", "S1", "other"),
        ("Alder Supply", "S7", "other"),
        ("Dogwood Supply", "S7", "other"),
    ],
)
def test_a_supplier_and_its_key_are_the_same(was, now, kind):
    (one,) = found(f"It is {was} here.", f"It is {now} here.")
    assert (one.kind, one.before.text, one.now.text) == (kind, was, now)


def test_two_names_by_their_keys_are_each_its_own():
    before, now = "See Alder Supply and Cedar Supply here.", "See S2 and S1 here."
    assert [(one.kind, one.before.text, one.now.text) for one in found(before, now)] == [
        ("other", "Alder Supply", "S2"),
        ("other", "Cedar Supply", "S1"),
    ]
    run = "Alder Supply Cedar Supply"
    assert told(f"See {run} here.", "See S2 S1 here.") == ["kept Cedar Supply > S2", "kept Alder Supply > S1"]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        # Beside the same word and of its kind; the other side reads otherwise.
        ("We sent 12 mugs.", "We sent 13 cups.", ["other 12 > 13"]),
        ("We sent 12 mugs.", "They got 13 mugs.", ["other 12 > 13"]),
        # A figure for a figure of another kind, too: both are claims.
        ("We sent 12 mugs.", "We sent 13% cups.", ["other 12 > 13%"]),
        # Neither side is the same and much else is not: something new.
        ("We sent 12 mugs away.", "They got 13 cups there.", ["added > 13"]),
        # It stood in the sentence already, elsewhere.
        ("We sent 12 mugs for 13 shops.", "We sent 13 cups here.", []),
    ],
)
def test_of_its_kind_and_beside_the_same_word_it_is_another_one(before, now, expected):
    assert not_kept(before, now) == expected


# --- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "there"),
    [
        ("Alder Supply", "Alder Suply", "Alder Suply"),
        ("Alder Supply", "alder supplier", "alder supplier"),
        ("Alder Supply", "Birch Works", "Birch Works"),  # a name of its own
        ("Alder Supply", "Birch", "Birch"),
        ("Alder Supply", "our Birch", "our Birch"),
        ("Alder Supply", "somebody", None),
        ("Alder Supply", "Friday", None),  # large, and no name
        ("Alder Supply", "the Friday", None),
        ("Alder Supply", "Birch and", None),  # large, for it begins what came
        ("MUG-11", "mugs", "mugs"),
        ("MUG-11", "cups", None),
        ("MUG-11", "Cups", "Cups"),
        ("Alder Supply", "", None),
    ],
)
def test_words_in_the_place_of_a_name_are_it_misspelt_or_another_name(was, now, there):
    before, after = f"It came via {was} yesterday.", f"It came via {now} yesterday.".replace("  ", " ")
    assert not_kept(before, after) == ([f"other {was} > {there}"] if there else [])


def test_a_large_word_that_begins_the_sentence_is_no_name():
    assert told("Alder Supply sent it.", "Birch sent it.") == []
    assert told("Then Alder Supply sent it.", "Then Birch sent it.") == ["other Alder Supply > Birch"]
    assert told("Alder Supply sent it.", "The Birch sent it.") == ["other Alder Supply > The Birch"]


def test_a_figure_is_never_misspelt():
    assert told("We saw 44 there.", "We saw Birch there.") == []
