"""What became of each figure, name and turning word of a sentence that was edited: in its place, elsewhere, bounded."""

import pytest

from poa.review.changes import changes
from poa.review.marks import Names, tokens

NAMES = Names(frozenset({"Alder Supply", "Cedar Supply", "Dogwood Supply", "MUG-11", "MUG-12"}))
GROUPS = {"s1": "1", "alder supply": "1", "s2": "2", "cedar supply": "2"}
COMMON = {"the", "our", "from", "friday", "somebody"}


def found(before, now, *, piece=False, strict=False):
    was, one = (tokens(text, language="en", names=NAMES) for text in (before, now))
    return changes(
        was,
        one,
        piece=piece,
        strict=strict,
        common=lambda word: word.casefold() in COMMON,
        groups=GROUPS,
    )


def told(before, now, **how):
    """Each change: its kind, what was, and the words that stand there now."""
    return [
        f"{one.kind} {one.before.text if one.before else ''} > {now[one.start : one.end]}".replace("  ", " ")
        for one in found(before, now, **how)
    ]


def not_kept(before, now, **how):
    return [one for one in told(before, now, **how) if not one.startswith("kept")]


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
    assert f"{one.before.text} > {one.now.text}" in f"{was} > {now}" or one.kind != "sign"


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


def test_a_name_for_a_name_with_a_figure_is_told_once():
    """What stands within the words that replaced a name is told with them and not as something new."""
    assert not_kept("It came via Alder Supply yesterday.", "It came via Aldr Supply 3 yesterday.") in (
        ["other Alder Supply > Aldr Supply 3"],
        ["other Alder Supply > Aldr Supply", "added > 3"],
    )


# --- elsewhere ---------------------------------------------------------------------------------


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
    assert not_kept("a b c d e f g h not", "a b c d e f x y z") == ["turned not > x"]
    assert not_kept("a b c d e f g h i not", "a b c d e f w x y z") == []
    assert not_kept("a b not", "a b") == ["turned not > "]
    assert not_kept("not", "yes") == ["turned not > yes"]
    assert not_kept("a not", "x y") == []


def test_in_a_cell_every_word_counts():
    assert not_kept("a not", "x y", strict=True) == ["turned not > x"]
    assert not_kept("a not", "x y", strict=True, piece=True) == []


def test_a_piece_of_a_sentence_lost_no_turning_word():
    assert not_kept("We never shipped it.", "We shipped it.", piece=True) == []
