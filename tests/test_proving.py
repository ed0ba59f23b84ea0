"""Every figure of a paper is held against the facts: what was changed is found, what was only moved is not."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from made_reviews import paper_in, sample_ground, sample_paper, sample_papers

from poa.errors import InputFault
from poa.paper import numbered, row
from poa.review import Ground, ground_of, review
from poa.review.aligning import aligned
from poa.review.sentences import sentences

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
from mutations import mutations

LANGUAGES = ("en", "zh", "ja", "de")
PAPERS = ("plan-of-action", "root-cause-analysis")


def edited(paper, old, new, *, times=1):
    """The paper with some words replaced, in the first line that has them."""
    lines, left = [], times
    for line in paper.lines:
        if old in line.text and left:
            left -= 1
            text = line.text.replace(old, new, 1)
            lines.append(row(text.split(" | ")) if line.kind == "row" else replace(line, text=text))
        else:
            lines.append(line)
    assert left < times, f"no line has {old}"
    return replace(paper, lines=numbered(lines))


def proven(paper, ground, **more):
    """What R06 finds, infos left out."""
    found = review(paper, ground, **more)
    return [one for one in found.findings if one.rule == "R06" and one.severity != "info"], found.figures


# --- laws --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_an_unchanged_paper_has_no_finding(name, language):
    """What poa printed is proven, figure by figure."""
    found, figures = proven(sample_paper(name, language), sample_ground(language))
    assert not found
    assert figures["proven"] > 20
    assert figures["sellers_own"] > 10
    assert not figures["untrue"] + figures["unknown"] + figures["misleading"] + figures["stale"]


@settings(max_examples=often(60), deadline=None)
@given(st.sampled_from(LANGUAGES), st.sampled_from(PAPERS), st.integers(0, 10_000))
def test_one_changed_digit_day_name_or_sign_is_found(language, name, number):
    """The law of the review; ``bench/mutations.py`` tries thousands on forty accounts."""
    paper, ground = sample_paper(name, language), sample_ground(language)
    changes = mutations(paper, ground, rolled=Random(7))  # noqa: S311 - no secret
    one = changes[number % len(changes)]
    found, _ = proven(one.applied(paper), ground)
    assert any(finding.severity != "info" for finding in found), one


@settings(max_examples=often(60), deadline=None)
@given(st.sampled_from(LANGUAGES), st.sampled_from(PAPERS), st.randoms(use_true_random=False))
def test_lines_in_another_order_are_no_finding(language, name, rolled):
    """A table or a paragraph moved elsewhere says what it said."""
    paper = sample_paper(name, language)
    lines = list(paper.lines)
    start = rolled.randrange(len(lines))
    block, rest = lines[start : start + 9], lines[:start] + lines[start + 9 :]
    place = rolled.randrange(len(rest) + 1)
    moved = replace(paper, lines=numbered([*rest[:place], *block, *rest[place:]]))
    assert not proven(moved, sample_ground(language))[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_of_a_word_processor_are_no_finding(language):
    """Curly quotes, long dashes, narrow blanks, full-width digits: the same words."""
    paper = sample_paper(language=language)
    signs = str.maketrans(
        {"-": "\u2011", "'": "\u2019", " ": "\u00a0"} | {str(n): chr(0xFF10 + n) for n in range(10)}
    )
    changed = replace(paper, lines=tuple(replace(one, text=one.text.translate(signs)) for one in paper.lines))
    assert not proven(changed, sample_ground(language))[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paragraph_cut_in_two_or_joined_is_no_finding(language):
    """Enter and Backspace change no figure."""
    paper = sample_paper(language=language)
    cut = []
    for line in paper.lines:
        said = [text for _, text in sentences(line.text)]
        if line.kind == "paragraph" and len(said) > 1:
            cut += [replace(line, text=said[0]), replace(line, text=" ".join(said[1:]))]
        else:
            cut.append(line)
    assert len(cut) > len(paper.lines)
    assert not proven(replace(paper, lines=numbered(cut)), sample_ground(language))[0]
    joined = replace(paper.lines[2], text=f"{paper.lines[2].text} {paper.lines[3].text}")
    lines = [*paper.lines[:2], joined, *paper.lines[4:]]
    assert not proven(replace(paper, lines=numbered(lines)), sample_ground(language))[0]


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_text_ends_in_a_review(texts):
    """Whatever stands in a paper, it is reviewed and nothing is raised."""
    paper = sample_paper()
    lines = [replace(paper.lines[1], text=text) for text in texts]
    review(replace(paper, lines=numbered([*lines, *paper.lines[3:6]])), sample_ground())


def test_every_sentence_is_paired_once():
    """No words of an edited paper are left out, and none are looked at twice."""
    paper = sample_paper("root-cause-analysis")
    changed = edited(
        edited(paper, "44 of 787", "45 of 787"), "The rate counts", "A new sentence. The rate counts"
    )
    pairs = aligned(changed, paper)
    for at, line in enumerate(changed.lines):
        said = "".join(one.now.text for one in pairs if one.now.line == at)
        assert said.replace(" ", "") == line.text.replace(" ", "").replace("\n", "")


# --- changed sentences -------------------------------------------------------------------------

CHANGED = [
    ("44 of 787", "45 of 787", "44", "late_shipment_rate.30.late"),
    ("44 of 787", "44 of 778", "787", "late_shipment_rate.30.orders"),
    ("5.59%", "5.95%", "5.59%", "late_shipment_rate.30.rate"),
    ("5.59%", "5.5%", "5.59%", "late_shipment_rate.30.rate"),
    ("31 October 2026 (30", "30 October 2026 (30", "31 October 2026", "late_shipment_rate.30.to"),
    ("2 November 2026:", "3 November 2026:", "2 November 2026", "case.corrective.0.date"),
    ("112-2298605-9224604", "112-2298605-9224640", "112-2298605-9224604", "late_orders.112-2298605-9224604"),
    ("10:00", "11:00", "10:00", "case.preventive.0.frequency"),
    ("MUG-11", "MUG-13", "MUG-11", "case.corrective.1.action"),
    ("Harbor & Pine Goods", "Harbour & Pine Goods", "Harbor & Pine Goods", "case.seller.name"),
    ("Annex 2", "Annex 4", "2", None),
    ("S1 in", "S2 in", "S1", None),
]


@pytest.mark.parametrize(("old", "new", "expected", "fact"), CHANGED)
def test_a_change_is_named_with_what_stood_there(old, new, expected, fact):
    """The finding says what it should be, by which fact, and at which words."""
    found, figures = proven(edited(sample_paper(), old, new), sample_ground())
    assert [(one.expected, one.fact) for one in found] == [(expected, fact)]
    assert found[0].severity == "error"
    assert figures["untrue"] == 1
    line = edited(sample_paper(), old, new).lines[found[0].line].text
    assert line[found[0].start :].startswith(found[0].text)


def test_the_rows_behind_are_counted():
    """A finding says how many orders stand behind the fact."""
    found, _ = proven(edited(sample_paper(), "44 of 787", "45 of 787"), sample_ground())
    assert found[0].rows == 44


SAME = [
    ("44 of 787 orders were confirmed", "of 787 orders, 44 were confirmed"),
    ("5.59%", "5.6%"),
    ("5.59%", "5.59 percent"),
    ("44 of 787", "forty-four of 787"),
    ("2 November 2026", "November 2, 2026"),
    ("2 November 2026", "2026-11-02"),
    ("4 November 2026", "4th November 2026"),
    ("The target is under 4%.", "The target is a rate under 4 %."),
    ("a late shipment rate of", "this is a late shipment rate of"),
    ("for our mugs and bowls we had no second source", "we had no second source for our mugs and bowls"),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_the_same_figure_in_other_words_is_proven(old, new):
    """Reworded, reordered, rounded on the same side of the target: still what the rows say."""
    found, figures = proven(edited(sample_paper(), old, new), sample_ground())
    assert not found
    assert figures["untrue"] == 0


TURNED = [
    ("en", "under 4%", "over 4%"),
    ("en", "no order of ours", "one order of ours"),
    ("en", "after their ship-by time: a late", "before their ship-by time: a late"),
    ("en", "44 of 787", "787 of 44"),
    ("de", "unter 4", "über 4"),
    ("de", "nach ihrer Versandfrist (", "vor ihrer Versandfrist ("),
    ("de", "keine von uns", "eine von uns"),
    ("zh", "低于4%", "高于4%"),
    ("zh", "之后确认发货：迟发率", "之前确认发货：迟发率"),
    ("ja", "4%未満", "4%超"),
    ("ja", "出荷予定日時の後に", "出荷予定日時の前に"),
]


@pytest.mark.parametrize(("language", "old", "new"), TURNED)
def test_a_word_that_turns_the_figures_is_found(language, old, new):
    """The digits are right and the sentence is wrong."""
    found, figures = proven(edited(sample_paper(language=language), old, new), sample_ground(language))
    assert found
    assert figures["untrue"]


def test_the_sellers_own_words_are_told_apart():
    """A reworded statement is no error: it is to be put into the case file too."""
    paper = edited(
        sample_paper(),
        "Nobody checked, before the ship-by time,",
        "There was no check, before the ship-by time, of",
    )
    found = review(paper, sample_ground()).findings
    own = [one for one in found if one.rule == "R06"]
    assert [one.severity for one in own] == ["info"]
    assert "case file" in own[0].message


# --- new sentences -----------------------------------------------------------------------------

LETTER = "# Plan of action\n\n## Root cause\n\n{}\n"


def of_new(sentence, language="en", ground=None):
    return proven(paper_in(LETTER.format(sentence), language=language), ground or sample_ground(language))


PROVEN = [
    "In the 30 days, 44 of 787 orders were late.",
    "Our rate was 5.59 % on 31 October 2026.",
    "Our rate was about 5.6 %.",
    "Our rate was over 5 %.",
    "Forty-four orders were late.",
    "Of 128 orders from Alder Supply, 33 were confirmed late.",
    "Three quarters of the late orders came from Alder Supply.",
    "Order 111-1839303-3150322 was confirmed late.",
    "Alder Supply ships MUG-11 and BOWL-4.",
    "See Annex 2 and the list in Annex 1.",
]


@pytest.mark.parametrize("sentence", PROVEN)
def test_a_new_sentence_is_proven_by_the_facts(sentence):
    """What somebody wrote into the letter is true, and says so."""
    found, figures = of_new(sentence)
    assert not found
    assert figures["proven"]


UNTRUE = [
    ("115 of 787 orders were late.", "44"),
    ("44 of 128 orders of Alder Supply were late.", "33"),
    ("Our rate was 5.5 %.", "5.59%"),
    ("Our rate was 6.3 %.", None),
    ("We shipped 950 orders.", None),
    ("Two thirds of the orders came from Dogwood Supply.", None),
    ("On 14 September 2026 we changed the process for 12 suppliers.", None),
    ("MUG-21 was out of stock.", None),
    ("Alder Supply had 44 late orders.", "33 / 128"),
]


@pytest.mark.parametrize(("sentence", "expected"), UNTRUE)
def test_a_new_sentence_that_no_row_supports_is_found(sentence, expected):
    """A figure out of nowhere, of another group, or rounded away."""
    found, _ = of_new(sentence)
    assert found
    if expected:
        assert expected in {one.expected for one in found}


EAST_AND_WEST = [
    ("zh", "30天内，787个订单中有44个延迟确认。", True),
    ("zh", "迟发率为百分之五点五九。", True),
    ("zh", "四十四个订单延迟确认。", True),
    ("zh", "787个订单中有54个延迟确认。", False),
    ("zh", "迟发率为百分之四。", None),
    ("zh", "迟发率为百分之三点一。", False),
    ("ja", "注文787件のうち44件が遅延しました。", True),
    ("ja", "率は５．５９％でした。", True),
    ("ja", "注文787件のうち45件が遅延しました。", False),
    ("ja", "率は3.1%でした。", False),
    ("de", "Von 787 Bestellungen wurden 44 verspätet bestätigt.", True),
    ("de", "Die Rate lag bei 5,59 %.", True),
    ("de", "Die Rate lag bei 5,95 %.", False),
    ("de", "Vierundvierzig Bestellungen waren verspätet.", True),
    ("de", "Fünfundvierzig Bestellungen waren verspätet.", False),
]


@pytest.mark.parametrize(("language", "sentence", "true"), EAST_AND_WEST)
def test_new_sentences_in_other_languages(language, sentence, true):
    """Numbers in words, full-width digits, decimal commas."""
    found, figures = of_new(sentence, language)
    if true is None:
        assert figures["proven"], "the target is a fact, too"
    else:
        assert bool(found) is not true


def test_a_statement_of_the_case_supports_its_own_figures():
    """What the case says may be said again; it is counted as the seller's own."""
    found, figures = of_new("We check at 10:00 and at 14:00.")
    assert not found
    assert figures["sellers_own"] == 2


def test_what_only_the_seller_can_know_is_a_warning():
    """Five packers are no row of a report: put it into the case file."""
    found, _ = of_new("Five packers work in two shifts from 07:30.")
    assert found
    assert {one.severity for one in found} == {"warning"}


# --- older than the data -----------------------------------------------------------------------


def newer_ground(**changes) -> Ground:
    """The sample's ground, and newer data with some facts changed."""
    data = json.loads(sample_papers()["internal/facts.json"])
    for fact, value in changes.items():
        data["evidence"][fact.replace("__", ".")]["value"] = value
    return replace(sample_ground(), newer=ground_of(data, name="facts.json"))


def test_a_figure_that_newer_data_no_longer_shows_is_stale():
    """With another as-of day a warning; on the same days an error, for the rows were corrected."""
    later = newer_ground(late_shipment_rate__30__late=51, as_of="2026-11-07")
    found, figures = proven(sample_paper(), later)
    assert {one.severity for one in found} == {"warning"}
    assert {one.expected for one in found} == {"51", "2026-11-07"}
    assert figures["stale"] == len(found)
    corrected = newer_ground(late_shipment_rate__30__late=51)
    assert {one.severity for one in proven(sample_paper(), corrected)[0]} == {"error"}


def test_a_key_that_is_anothers_by_now_is_not_compared():
    """S1 of the old letter and S1 of the new rows may be two suppliers."""
    later = newer_ground(late_by_supplier__S1__name="Elm Works", late_by_supplier__S1__late=3)
    assert not proven(sample_paper(), later)[0]


# --- without a printed paper -------------------------------------------------------------------


def test_facts_of_a_summary_prove_values_alone():
    """``poa summary --json`` has no printed papers: every sentence is new to it."""
    data = json.loads(sample_papers()["internal/facts.json"])
    bare = ground_of(
        {key: data[key] for key in data if key not in {"papers", "printed", "case"}}, name="f.json"
    )
    found, figures = of_new("In the 30 days, 44 of 787 orders were late: 5.59 %.", ground=bare)
    assert not found
    assert figures["proven"] == 4


@pytest.mark.parametrize(
    "data", [{}, {"facts": 2}, {"facts": 1, "late_shipment_rate": [], "papers": {"a": 3}}]
)
def test_what_is_no_ground_is_refused_in_a_sentence(data):
    """A file that poa did not write, or of another version."""
    with pytest.raises(InputFault) as caught:
        ground_of(data, name="my.json")
    assert "my.json" in caught.value.message
    assert caught.value.hint
