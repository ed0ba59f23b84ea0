"""Each sentence of an edited paper stands beside the one that it was: moved, reworded, cut, joined, in rows, or new."""

import pytest

from poa.paper import Line, Paper, numbered, row
from poa.review.aligning import Pair, aligned, cells, spans
from poa.review.sentences import Sentence

KINDS = {"#": "heading", "-": "item", "!": "aside"}
GREEK = "alpha beta gamma delta"


def line_of(text):
    """A line; a bar makes a row of it, a sign before it tells another kind."""
    if " | " in text:
        return row(text.split(" | "))
    sign, _, rest = text.partition(" ")
    return Line(kind=KINDS.get(sign, "paragraph"), text=rest if sign in KINDS else text, paragraph=0)


def paper(*texts):
    return Paper(name="plan.md", lines=numbered(map(line_of, texts)))


def flags(pair):
    return " ".join(one for one in ("same", "piece", "cell", "loose") if getattr(pair, one))


def laid(now, before):
    """Every sentence with what it was and what is said of the two."""
    return [
        (one.now.text, one.before and one.before.text, flags(one))
        for one in aligned(paper(*now), paper(*before))
    ]


def places(now, before):
    """Where every sentence stands and stood: line and sign."""
    return [
        ((one.now.line, one.now.start), one.before and (one.before.line, one.before.start))
        for one in aligned(paper(*now), paper(*before))
    ]


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


def test_what_was_joined_is_found_nowhere_else():
    joined = "The van was full and nobody booked another one."
    before = [TWO, OTHER]
    now = [joined, f"{OTHER} Nobody booked another one today."]
    assert laid(now, before) == [
        (joined, TWO, ""),
        (OTHER, OTHER, "same"),
        ("Nobody booked another one today.", None, ""),
    ]


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
