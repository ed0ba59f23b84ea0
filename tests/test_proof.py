"""An edited paper held against what poa printed, on a small made ground: each change, its words, its verdict."""

import pytest
from made_grounds import draft_with, proof_of

LATE, ORDERS, RATE = (f"late_shipment_rate.30.{leaf}" for leaf in ("late", "orders", "rate"))
PLAN = "In the 30 days, 40 of 800 orders were late.\n\nThe rate was 5.00%, and the target is under 4%.\n"
CITED = (("40", LATE), ("800", ORDERS), ("5.00%", RATE), ("under 4%", "late_shipment_rate.30.target"))
FIRST, SECOND = PLAN.strip().split("\n\n")
TURNED = "The change turns the sense. The rows show: {}"


def changed(old, new):
    assert old in PLAN
    return proof_of(PLAN.replace(old, new), PLAN, CITED)


def test_a_paper_as_it_was_has_each_printed_figure_proven():
    assert proof_of(PLAN, PLAN, CITED) == ([], {"proven": 4})


def test_without_a_printed_paper_every_figure_is_a_new_one():
    """The 30 days among them, which the frame prints."""
    assert proof_of(PLAN) == ([], {"proven": 5})


SAME = [
    ("5.00%", "5%"),
    ("5.00%", "over 4.5%"),
    ("800", "over 790"),
    ("40 of", "about 40 of"),
    ("under 4%", "4%"),
    ("In the 30 days, 40 of 800 orders were late.", "40 of 800 orders were late in the 30 days."),
    ("40 of", "forty of"),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_what_says_the_same_is_proven(old, new):
    assert changed(old, new) == ([], {"proven": 4})


CHANGED = [
    # old, new; severity, message, expected, words; verdicts
    ("40 of", "41 of", (None, "The rows say 40; this says 41.", "40", "41"), {"proven": 3, "untrue": 1}),
    ("800", "801", (None, "The rows say 800; this says 801.", "800", "801"), {"proven": 3, "untrue": 1}),
    (
        "5.00%",
        "5.1%",
        (None, "The rows say 5.00%; this says 5.1%.", "5.00%", "5.1%"),
        {"proven": 3, "untrue": 1},
    ),
    (
        "30 days",
        "31 days",
        (None, "poa printed 30 here; this says 31.", "30", "31"),
        {"proven": 4, "untrue": 1},
    ),
    (
        "5.00%",
        "5,00%",
        ("warning", "In this language 5,00% reads as another number.", "5.00%", "5,00%"),
        {"proven": 3},
    ),
    ("under 4%", "over 4%", (None, TURNED.format(SECOND), "4%", "4%"), {"proven": 3, "untrue": 1}),
    ("were late", "were not late", (None, TURNED.format(FIRST), None, "not"), {"proven": 4, "untrue": 1}),
    ("40 of 800", "800 of 40", (None, TURNED.format(FIRST), None, "800"), {"proven": 3, "untrue": 1}),
    (
        "were late",
        "were late at 3 carriers",
        (None, "No row and no statement of the case supports 3.", None, "3"),
        {"proven": 4, "unknown": 1},
    ),
    (
        "late.",
        "late. We shipped 950 orders.",
        (None, "No row and no statement of the case supports 950.", None, "950"),
        {"proven": 4, "unknown": 1},
    ),
]


@pytest.mark.parametrize(("old", "new", "found", "counts"), CHANGED)
def test_a_change_is_found_at_its_words_with_what_stood_there(old, new, found, counts):
    one, verdicts = changed(old, new)
    assert one == [found]
    assert verdicts == counts


def test_a_new_figure_does_not_hide_a_word_that_turns_the_sentence():
    found, counts = changed("were late", "were not late at 3 carriers")
    assert [text for _, _, _, text in found] == ["not", "3"]
    assert counts == {"proven": 4, "untrue": 1, "unknown": 1}


def test_two_figures_that_were_changed_are_two_findings():
    found, counts = changed("40 of 800", "41 of 801")
    assert [(expected, text) for _, _, expected, text in found] == [("40", "41"), ("800", "801")]
    assert counts == {"proven": 2, "untrue": 2}


@pytest.mark.parametrize(("old", "new"), [("5.00%", "5,00%"), ("5.00%", "5.1%")])
def test_a_finding_has_the_fact_that_was_printed_there(old, new):
    (one,) = draft_with(PLAN.replace(old, new), PLAN, CITED).proof.found
    assert one.fact == RATE
    (one,) = draft_with(PLAN.replace(old, new), PLAN, ()).proof.found
    assert one.fact is None


def test_a_bound_that_was_lost_is_the_targets_own_and_no_other_figures():
    was = "The rate was under 6%.\n"
    found, counts = proof_of("The rate was 6%.\n", was, (("under 6%", RATE),))
    assert found == [(None, TURNED.format(was.strip()), None, "6%")]
    assert counts == {"untrue": 1}
    assert proof_of("The rate was 6%.\n", was, (("under 6%", "x.target"),)) == ([], {"proven": 1})
    assert proof_of("The rate was 6%.\n", was, ())[1] == {"untrue": 1}


def test_words_that_are_beside_what_is_printed_are_judged_where_they_stand():
    """The second of two paragraphs; the line and the sign of the finding are those of the edited paper."""
    (one,) = draft_with(f"A new line.\n\n{PLAN.replace('5.00%', '5.1%')}", PLAN, CITED).proof.found
    assert (one.at.line, one.at.start, one.fact, one.rows) == (2, 13, RATE, None)


# --- parts and wholes ----------------------------------------------------------------------------


def test_one_of_a_hundred_may_be_told_as_its_percentage():
    was = "Late was 1 of 100 orders.\n"
    assert proof_of("Late was 1.0% of orders.\n", was) == ([], {"proven": 1})
    found, counts = proof_of("Late was 2.0% of orders.\n", was)
    assert [(expected, text) for _, _, expected, text in found] == [("1", "2.0%")]
    assert counts == {"untrue": 1}


def test_another_part_of_all_late_orders_that_its_group_proves_is_proven():
    was = "Alder Supply had 31 of the 44 late orders.\n"
    assert proof_of("Alder Supply had 30 of the 40 late orders.\n", was) == ([], {"proven": 2})
    assert proof_of("Alder Supply had 30 of the 41 late orders.\n", was)[1] == {"untrue": 2}


# --- the seller's own words ----------------------------------------------------------------------

OWN = "We had 6 packers and checked at 10:00."
OWN_CITED = ((OWN[:-1], "case.cause.0.statement"),)
REWORDED = f"The case file says this in other words: {OWN}"


def own(text, ground=None):
    return proof_of(text, OWN, OWN_CITED, ground=ground)


def test_the_sellers_own_words_are_counted_as_such():
    assert own(OWN) == ([], {"sellers_own": 1})


@pytest.mark.parametrize(
    "text", ["We had 6 packers and looked at 10:00.", "We had not 6 packers and checked at 10:00."]
)
def test_what_rewords_or_turns_the_sellers_own_words_is_told_alone(text):
    assert own(text) == ([("info", REWORDED, None, text)], {"sellers_own": 2})


def test_another_figure_in_the_sellers_own_words_is_the_case_files_to_say():
    found, counts = own("We had 7 packers and checked at 10:00.")
    assert found == [(None, "The case file says 6; this says 7.", "6", "7")]
    assert counts == {"sellers_own": 1, "untrue": 1}


def test_a_figure_that_came_into_the_sellers_own_words_is_a_new_one():
    found, counts = own("We had 6 packers, 12 lorries and checked at 10:00.")
    assert found == [("warning", "No row and no statement of the case supports 12.", None, "12")]
    assert counts == {"sellers_own": 2, "unknown": 1}


def test_words_of_the_rows_reworded_are_no_words_of_the_seller():
    assert changed("were late", "went out late") == ([], {"proven": 4})
    assert changed("The rate was", "Our rate was") == ([], {"proven": 4})


def test_each_sentence_of_a_paragraph_has_what_is_printed_in_it_alone():
    was, cited = "We had 40 late orders. The rate was 5.00%.", (("40", LATE), ("5.00%", RATE))
    assert proof_of(was.replace("had", "found"), was, cited) == ([], {"proven": 2})
    assert proof_of(was.replace("The", "Our"), was, cited) == ([], {"proven": 2})


def test_a_statement_of_two_sentences_is_counted_where_it_begins_and_reworded_in_each():
    was = "We had 6 packers. We checked at 10:00. The rate was 5.00%."
    cited = ((was[:37], "case.cause.0.statement"), ("5.00%", RATE))
    assert proof_of(was.replace("The", "Our"), was, cited) == ([], {"sellers_own": 1, "proven": 1})
    for old, new, text in (("had", "got", "We got 6 packers."), ("checked", "looked", "We looked at 10:00.")):
        found, _ = proof_of(was.replace(old, new), was, cited)
        assert [(severity, at) for severity, _, _, at in found] == [("info", text)]


def test_a_statement_beside_a_figure_of_the_rows_is_no_statement_alone():
    was = "We had 6 packers for 800 orders."
    cited = (("We had 6 packers", "case.cause.0.statement"), ("800", ORDERS))
    assert proof_of("We had 6 packers for our 800 orders.", was, cited)[0] == []


def test_what_no_figure_tells_is_looked_for_in_all_but_the_sellers_own_words():
    """A range of days that ends before it begins."""
    was, now = "From 2 October 2026 to 31 October 2026.", "From 31 October 2026 to 2 October 2026."
    turned = "2 October 2026 is before 31 October 2026."
    assert turned in [said for _, said, _, _ in proof_of(now)[0]]
    assert turned in [said for _, said, _, _ in proof_of(now, was)[0]]
    assert proof_of(now)[1]["untrue"] == 1
    stated = proof_of(now, was, ((was[:-1], "case.cause.0.statement"),))
    assert turned not in [said for _, said, _, _ in stated[0]]


# --- tables --------------------------------------------------------------------------------------

TABLE = """| No. | Supplier | Orders | State |
|--|--|--|--|
| 1 | Alder Supply | 120 | open |
| 2 | Cedar Supply | 380 | closed |
"""
CELLS = (
    ("Alder Supply", "late_by_supplier.S1.name"),
    ("120", "late_by_supplier.S1.orders"),
    ("Cedar Supply", "late_by_supplier.S3.name"),
    ("380", "late_by_supplier.S3.orders"),
)


def cell(old, new):
    assert old in TABLE
    return proof_of(TABLE.replace(old, new), TABLE, CELLS)


def test_names_without_digits_are_not_counted():
    assert proof_of(TABLE, TABLE, CELLS) == ([], {"proven": 2})
    was = "MUG-11 had 5 late orders."
    assert proof_of(was, was, (("MUG-11", "late_by_sku.K1.name"), ("5", "late_by_sku.K1.late")))[1] == {
        "proven": 2
    }


@pytest.mark.parametrize("new", ["| shut", "| "])
def test_a_cell_in_other_words_is_no_finding(new):
    assert cell("| open", new) == ([], {"proven": 2})


@pytest.mark.parametrize(
    ("old", "new", "found", "counts"),
    [
        ("120", "121", ("The rows say 120; this says 121.", "120", "121"), {"proven": 1, "untrue": 1}),
        (
            "| open",
            "| closed",
            ("poa printed open here; this says closed.", "open", "closed"),
            {"proven": 2, "untrue": 1},
        ),
        ("| open", "| not open", (TURNED.format("open"), None, "not"), {"proven": 2, "untrue": 1}),
    ],
)
def test_a_cell_that_says_another_thing_is_found(old, new, found, counts):
    assert cell(old, new) == ([(None, *found)], counts)


def test_the_words_of_a_cell_that_came_from_another_are_words_of_the_cell():
    (one,) = draft_with(TABLE.replace("| open", "| closed"), TABLE, CELLS).proof.found
    assert one.at.text == "closed"
    assert one.at.start == len("1 | Alder Supply | 120 | ")


def test_the_names_of_columns_may_be_turned_and_their_figures_not():
    assert cell("| Orders", "| Not orders") == ([], {"proven": 2})
    was = "| Late, under 4% of 800 | Orders |\n|--|--|\n| 1 | 120 |\n"
    assert proof_of(was.replace("under", "over"), was) == ([], {})
    found, counts = proof_of(was.replace("under", "over").replace("800", "801"), was)
    assert [(expected, text) for _, _, expected, text in found] == [("800", "801")]
    assert counts == {"untrue": 1}


def test_two_cells_are_labels_also_where_there_are_no_others():
    was = "| 1 | 2 |\n|--|--|\n| open | closed |\n"
    found, _ = proof_of(was.replace("| open", "| closed"), was)
    assert [(expected, text) for _, _, expected, text in found] == [("open", "closed")]


def test_a_row_that_came_is_judged_by_the_name_that_it_holds():
    """The 3 is one of the case's own figures."""
    come = TABLE + "| 3 | Birch & Sons | {} | open |\n"
    assert proof_of(come.format(300), TABLE, CELLS) == ([], {"proven": 3, "sellers_own": 1})
    found, _ = proof_of(come.format(120), TABLE, CELLS)
    assert [text for _, _, _, text in found] == ["120"]


def test_a_column_that_came_is_judged_by_the_names_of_its_rows():
    def with_late(*cells):
        ends = zip(TABLE.splitlines(), ("Late", "--", *cells), strict=True)
        return "".join(f"{line} {cell} |\n" for line, cell in ends)

    assert proof_of(with_late(30, 7), TABLE, CELLS) == ([], {"proven": 4})
    found, counts = proof_of(with_late(7, 30), TABLE, CELLS)
    assert [text for _, _, _, text in found] == ["7"]  # a window has 30 days
    assert counts == {"proven": 3, "unknown": 1}
