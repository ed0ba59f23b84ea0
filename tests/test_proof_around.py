"""What stands around an edited paper: newer data, words of a pack, groups named before, sentences moved, too many findings."""

from dataclasses import replace

import pytest
from made_grounds import draft_with, made_ground, proof_of

LATE, ORDERS, RATE = (f"late_shipment_rate.30.{leaf}" for leaf in ("late", "orders", "rate"))
PLAN = "In the 30 days, 40 of 800 orders were late.\n\nThe rate was 5.00%, and the target is under 4%.\n"
CITED = (("40", LATE), ("800", ORDERS), ("5.00%", RATE), ("under 4%", "late_shipment_rate.30.target"))


# --- newer data ----------------------------------------------------------------------------------


def newer(*, without=(), **facts):
    changes = {fact.replace("__", "."): one for fact, one in facts.items()}
    return made_ground(newer=made_ground(without=without, facts=changes))


STALE = "The data is newer than this paper: it now says 41."


def test_another_value_on_the_same_days_is_an_error():
    held = newer(late_shipment_rate__30__late=("orders", 41))
    assert proof_of(PLAN, PLAN, CITED, ground=held) == (
        [("error", STALE, "41", "40")],
        {"proven": 4, "stale": 1},
    )


def test_on_later_days_it_is_a_warning():
    held = newer(late_shipment_rate__30__late=("orders", 41), as_of=("day", "2026-11-01"))
    assert proof_of(PLAN, PLAN, CITED, ground=held)[0] == [("warning", STALE, "41", "40")]


def test_in_an_edited_sentence_too():
    held = newer(late_shipment_rate__30__late=("orders", 41))
    edited = PLAN.replace("were late", "went out late")
    assert proof_of(edited, PLAN, CITED, ground=held) == (
        [("error", STALE, "41", "40")],
        {"proven": 4, "stale": 1},
    )


def test_beside_a_sentence_that_was_edited_too():
    """It stands where it does now."""
    held = newer(late_shipment_rate__30__late=("orders", 41))
    was = "A first sentence is here. In the 30 days, 40 orders were late."
    (one,) = draft_with(was.replace("is here", "stands here now"), was, CITED[:1], ground=held).proof.found
    assert (one.at.line, one.at.start, one.at.text) == (0, 50, "40")


def test_the_rows_of_a_stale_figure_are_those_of_the_newer_data():
    held = newer(late_shipment_rate__30__late=("orders", 41))
    evidence = dict(held.newer.evidence)
    evidence[LATE] = {**evidence[LATE], "rows": {"orders": 41}}
    held = replace(held, newer=replace(held.newer, evidence=evidence))
    (one,) = draft_with(PLAN, PLAN, CITED, ground=held).proof.found
    assert (one.rows, one.fact, one.at.start, one.at.line) == (41, LATE, 16, 0)


def test_the_same_or_nothing_is_not_stale():
    for held in (newer(), newer(without=(LATE,))):
        assert proof_of(PLAN, PLAN, CITED, ground=held) == ([], {"proven": 4})


def test_the_key_of_another_group_is_not_compared():
    was = "Alder Supply had 30 late orders."
    cited = (("30", "late_by_supplier.S1.late"),)
    fewer = {"late_by_supplier__S1__late": ("orders", 3)}
    assert proof_of(was, was, cited, ground=newer(**fewer))[1] == {"proven": 1, "stale": 1}
    other = newer(late_by_supplier__S1__name=("name", "Zed Ltd"), **fewer)
    assert proof_of(was, was, cited, ground=other)[1] == {"proven": 1}


# --- words of a pack -----------------------------------------------------------------------------

PACK = "We shipped 950 orders in 12 lots. In the 30 days, 40 orders were late.\n"
WORDS = frozenset({"We shipped 950 orders in 12 lots."})


def test_figures_in_the_words_of_a_pack_were_proven_by_nobody():
    found, counts = proof_of(PACK, PACK, (("40", LATE),), ground=made_ground(pack_words=WORDS))
    assert [text for _, _, _, text in found] == ["950", "12"]
    assert counts == {"proven": 1, "unknown": 2}
    assert proof_of(PACK, PACK, (("40", LATE),)) == ([], {"proven": 1})


def test_what_a_pack_prints_of_the_rows_is_proven():
    was = "We got 22 late orders.\n"
    held = made_ground(pack_words=frozenset({was.strip()}))
    assert proof_of(was, was, (("22", LATE),), ground=held) == ([], {"proven": 1})
    was = "We got 23 late orders.\n"
    held = made_ground(pack_words=frozenset({was.strip()}))
    assert proof_of(was, was, (("23", LATE),), ground=held) == ([], {"proven": 1})
    assert proof_of(was, was, (), ground=held)[1] == {"unknown": 1}


# --- the groups named before ---------------------------------------------------------------------

THESE = "These were 30 late orders."
NAMED = [
    (f"Alder Supply is in Ohio. {THESE}", True),
    (f"Alder Supply is in Ohio.\n\n{THESE}", True),
    (f"A word.\n\nA word.\n\nAlder Supply is in Ohio.\n\n{THESE}", True),
    (f"Alder Supply is in Ohio.\n\nA word.\n\n{THESE}", False),
    (f"Alder Supply is in Ohio. A word. A word. A word. {THESE}", True),
    (f"Alder Supply is in Ohio. A word. A word. A word. A word. {THESE}", False),
    (f"Alder Supply is in Ohio. So is Birch & Sons. {THESE}", False),
    (f"So is Birch & Sons. Alder Supply is in Ohio. {THESE}", True),
    ("Alder Supply is in Ohio. Rosa Luxembourg had 30 late orders.", False),
    (f"{THESE} Alder Supply is in Ohio.", False),
]


@pytest.mark.parametrize(("text", "proven"), NAMED)
def test_these_are_those_of_the_group_named_last_nearby(text, proven):
    found, counts = proof_of(text)
    assert (found == []) == proven
    assert counts == ({"proven": 1} if proven else {"unknown": 1})


@pytest.mark.parametrize(("text", "proven"), NAMED[:2])
def test_and_so_in_the_words_of_a_pack_and_in_what_came_into_a_sentence(text, proven):
    held = made_ground(pack_words=frozenset({THESE}))
    assert (proof_of(text, text, ground=held)[0] == []) == proven
    was = text.replace("30 late", "late")
    assert (proof_of(text, was)[0] == []) == proven


# --- moved ---------------------------------------------------------------------------------------

LINE = (
    "Orders of the supplier went out late on 14 October 2026. We looked at each of the open orders of that day."
    " We then wrote to the warehouse and asked for the state of the parcels. The warehouse answered us with a list."
)
REST = LINE.partition(". ")[2]


def moved(sentence):
    return proof_of(f"{REST}\n\n{sentence}\n", f"{LINE}\n")


def test_a_sentence_that_stands_elsewhere_is_what_it_was():
    assert moved("Orders of the supplier went out late on 14 October 2026.") == ([], {})
    found, counts = moved("Orders of the supplier went late on 22 October 2026.")
    assert [(expected, text) for _, _, expected, text in found] == [("14 October 2026", "22 October 2026")]
    assert counts == {"untrue": 1}


def test_one_that_differs_much_may_be_a_new_one_with_figures_of_its_own():
    assert moved("Orders of a supplier went out before a term on 22 October 2026.") == ([], {"proven": 1})
    found, counts = moved("Orders of a supplier went out before a term on 23 October 2026.")
    assert [said for _, said, _, _ in found] == [
        "No row and no statement of the case supports 23 October 2026."
    ]
    assert counts == {"unknown": 1}


WORDY = (
    "We checked every open order against its ship-by time at 10:00 and asked the warehouse for the state of each"
    " parcel that had not left and wrote the answers into a list that the lead reads."
)


def test_a_piece_of_the_sellers_own_words_is_not_told_as_other_words():
    cited = ((WORDY, "case.cause.0.statement"),)
    piece = f"{WORDY.partition(' and')[0]}."
    assert proof_of(f"{piece}\n", f"{WORDY}\n", cited) == ([], {"sellers_own": 1})
    found, _ = proof_of(f"{WORDY.replace('reads', 'has')}\n", f"{WORDY}\n", cited)
    assert [severity for severity, *_ in found] == ["info"]


LONG = "Orders of the supplier went out late on 14 October 2026 from our main warehouse in Ohio to buyers."


def moved_behind(sentence):
    """The same behind a paragraph with two figures that are proven."""
    first = PLAN.partition("\n")[0]
    return proof_of(f"{first}\n\n{REST}\n\n{sentence}\n", f"{first}\n\n{LONG} {REST}\n", CITED[:2])


def test_what_was_counted_before_a_sentence_that_may_be_new_stays_counted():
    sentence = (
        "Orders of a supplier went out late on 22 October 2026 from a big storehouse in Ohio to clients."
    )
    assert moved_behind(sentence) == ([], {"proven": 3})


def test_one_with_a_word_that_turns_it_is_no_new_one():
    found, counts = moved_behind(
        "Orders of a supplier went out not late on 22 October 2026 from a small warehouse in Ohio to buyers."
    )
    assert [text for _, _, _, text in found] == ["22 October 2026", "not"]
    assert counts == {"proven": 2, "untrue": 2}


# --- too many ------------------------------------------------------------------------------------


def figures(many):
    numbers = [f"{90_000 + one}" for one in range(many)]
    return "\n\n".join(" ".join(numbers[at : at + 250]) for at in range(0, many, 250))


def test_after_two_thousand_findings_nothing_more_is_looked_at():
    found, counts = proof_of(figures(2_000))
    assert (len(found), counts) == (2_000, {"unknown": 2_000})
    found, counts = proof_of(figures(2_001) + "\n\n95000 again")
    assert (
        found[-1][1]
        == "More than 2,000 figures, days and names are not proven; what follows was not checked."
    )
    assert (len(found), counts) == (2_002, {"unknown": 2_001})
