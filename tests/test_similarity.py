"""Own words are the seller's own: not poa's proposal as it was, not another client's letter."""

import random
import time
from dataclasses import replace

import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from made_reviews import draft_of, sample_ground, sample_paper

from poa.languages import SPOKEN
from poa.policy.causes import cause_codes, common_immediate, gap_codes
from poa.review.draft import Draft
from poa.review.lexicon import Lexicon
from poa.review.sentences import sentences
from poa.review.shingles import Names, index_of, length, runs_of, share
from poa.review.similarity import similar
from poa.review.stated import stated
from poa.words import said, spoken

KINDS = {"plan-of-action": "plan", "root-cause-analysis": "analysis"}
HEADINGS = {
    "en": ("Root cause", "Corrective actions", "Preventive measures"),
    "zh": ("根本原因", "纠正措施", "预防措施"),
    "ja": ("根本原因", "是正措置", "再発防止策"),
    "de": ("Ursache", "Abstellmaßnahmen", "Vorbeugende Maßnahmen"),
}
OWN = {
    "en": "Alder Supply packed MUG-11 on two lines until 12 October, and nobody in our Reno office asked for its 33 late parcels.",
    "zh": "Alder Supply在10月12日之前用两条产线包装MUG-11，我们雷诺办公室里没有人追问那33个迟发的包裹。",
    "ja": "Alder Supplyは10月12日まで2本の作業線でMUG-11を梱包しており、当社リノ事務所では遅れた荷物33個を誰も問い合わせませんでした。",
    "de": "Alder Supply packte MUG-11 bis zum 12. Oktober auf zwei Linien, und niemand in unserem Büro in Reno fragte nach den 33 späten Paketen.",
}
THEIRS = {
    "en": "Keller Keramik packed BOWL-900 on two lines until 3 May, and nobody in our Reno office asked for its 7 late parcels.",
    "zh": "宁波青岚陶瓷有限公司在5月3日之前用两条产线包装BOWL-900，我们雷诺办公室里没有人追问那7个迟发的包裹。",
    "ja": "青嵐陶器株式会社は5月3日まで2本の作業線でBOWL-900を梱包しており、当社リノ事務所では遅れた荷物7個を誰も問い合わせませんでした。",
    "de": "Keller Keramik GmbH packte BOWL-900 bis zum 3. Mai auf zwei Linien, und niemand in unserem Büro in Reno fragte nach den 7 späten Paketen.",
}
LONG = (
    "Our mugs waited on the packing floor because the clerk who books the van had moved to the new dock, and the"
    " list on the wall beside the kiln still told everybody to call the old one."
)
languages = pytest.mark.parametrize("language", SPOKEN)


def told_in(case):
    return tuple(text for one in stated(case) for _, text in sentences(one.text))


def sample_draft(name="plan-of-action", language="en", **more):
    return Draft(
        paper=sample_paper(name, language),
        kind=KINDS[name],
        language=language,
        lexicon=Lexicon(language),
        ground=sample_ground(language),
        **more,
    )


def plan_with(
    *, statement="", why=(), action="", control="", language="en", others=None, proposed=None, **edit
):
    """A letter of these statements, and the ground of the same case; ``edit`` is what stands in the letter instead."""
    ground = sample_ground(language)
    cause, corrective, preventive = HEADINGS[language]
    case = {
        "seller": {"name": "Harbor & Pine Goods"},
        "cause": [{"statement": statement, "why": list(why), "escape": ""}],
        "corrective": [{"action": action}],
        "preventive": [{"control": control, "role": "Operations lead", "frequency": "each week"}],
    }
    told = {"statement": statement, "action": action, "control": control} | edit
    text = "\n\n".join(
        (
            "# Plan of action",
            f"## {cause}",
            told["statement"],
            *why,
            f"## {corrective}",
            told["action"],
            f"## {preventive}",
            told["control"],
        )
    )
    held = replace(ground, case=case, **({} if proposed is None else {"proposed": proposed}))
    return draft_of(text, language=language, ground=held, others=others or {})


def messages(draft):
    return [str(one.message) for one in similar(draft)]


# --- as proposed -------------------------------------------------------------------------------


@languages
@pytest.mark.parametrize("name", KINDS)
def test_the_sample_says_everything_in_its_own_words(name, language):
    assert sample_ground(language).proposed
    assert messages(sample_draft(name, language)) == []


@languages
@pytest.mark.parametrize("field", ["statement", "action", "control"])
def test_a_statement_left_as_proposed_is_a_warning_at_its_place(field, language):
    proposal = {
        "statement": gap_codes()["NO_EARLY_WARNING"].statement,
        "action": cause_codes()["SUP_DISPATCH"].immediate[0].past,
        "control": cause_codes()["SUP_DISPATCH"].preventive[0].control,
    }[field]
    words = spoken(proposal, language)
    draft = plan_with(**{field: words}, language=language)
    (found,) = similar(draft)
    assert found.severity == "warning"
    assert found.at.text.rstrip(".。") in words
    assert "as poa proposed it" in found.message


@languages
def test_every_proposal_for_the_codes_of_the_case_is_known_in_every_language(language):
    proposed = set(sample_ground(language).proposed)
    code, gap = cause_codes()["SUP_DISPATCH"], gap_codes()["NO_EARLY_WARNING"]
    offered = (
        code.because,
        common_immediate()[0].plain_past,
        *(one.past for one in code.immediate if "{" not in one.past),
        *(one.control for one in code.preventive),
        gap.statement,
        gap.escape,
        *gap.why,
    )
    for one in offered:
        assert {spoken(one, language), one} <= proposed


def test_small_things_may_stand_as_they_were_proposed():
    code = cause_codes()["SUP_DISPATCH"]
    offered = {text for one in code.preventive for text in (one.role, one.frequency, one.measure, one.plain)}
    assert offered.isdisjoint(sample_ground().proposed)


@languages
def test_the_numbers_that_rows_fill_into_a_proposal_do_not_make_it_the_sellers_own(language):
    full = cause_codes()["SUP_DISPATCH"].immediate[1].past
    words = spoken(said(full, supplier_late=33), language)
    mine = spoken(said(full, supplier_late=471), language)
    assert len(messages(plan_with(action=mine, language=language, proposed=(words,)))) == 1


@languages
def test_a_proposal_with_the_sellers_own_detail_is_the_sellers_own(language):
    more = {
        "en": ", and for MUG-11 our clerk Chen calls the Reno dock of this supplier at ten and notes the pallet it names",
        "zh": "，另外我们的职员每天十点致电该供应商位于雷诺的码头，询问马克杯所在的托盘并记录在共享的表格里",
        "ja": "。加えて担当の陳が毎日十時にリノの荷捌き場へ電話し、マグカップの載るパレット番号を聞き取り共有表に書き込みます",
        "de": ", und für die Becher ruft Frau Chen um zehn an der Rampe in Reno an und notiert die Palette, die man ihr dort nennt",
    }
    words = spoken(cause_codes()["SUP_DISPATCH"].preventive[0].control, language)
    assert messages(plan_with(control=words + more[language], language=language)) == []


def test_a_chain_of_whys_is_one_finding_where_most_of_it_stands_as_proposed():
    gap = gap_codes()["NO_EARLY_WARNING"]
    own = ("Alder Supply packed our mugs behind its own web shop's.", "Nobody asked it for the day's list.")
    assert "Of the 5 steps" in messages(plan_with(why=(*gap.why, *own)))[0]
    assert len(messages(plan_with(why=(*gap.why, *own)))) == 1
    assert messages(plan_with(why=(gap.why[0], *own))) == []


def test_a_proposal_that_a_human_put_in_place_of_the_statement_is_seen_too():
    assert messages(plan_with(statement=OWN["en"])) == []
    ground = replace(sample_ground(), case={"cause": [{"statement": OWN["en"]}]})
    proposal = gap_codes()["NO_EARLY_WARNING"].escape
    assert len(messages(draft_of(f"# Plan\n\n## Root cause\n\n{proposal}", ground=ground))) == 1


# --- other clients' letters --------------------------------------------------------------------


@languages
def test_the_same_letter_for_another_account_is_flagged_with_its_name(language):
    draft = plan_with(statement=OWN[language], language=language, others={"oak.docx": (OWN[language],)})
    (found,) = similar(draft)
    assert found.severity == "warning"
    assert "oak.docx" in found.message


@languages
def test_the_same_letter_with_other_figures_days_and_suppliers_is_flagged(language):
    assert (
        len(
            messages(plan_with(statement=OWN[language], language=language, others={"a": (THEIRS[language],)}))
        )
        == 1
    )


@languages
def test_another_account_of_another_thing_is_not(language):
    gap, other = gap_codes()["NO_EARLY_WARNING"], gap_codes()["NO_DEPUTY"]
    theirs = tuple(spoken(one, language) for one in (other.statement, other.escape, *other.why))
    mine = spoken(gap.statement, language)
    assert messages(plan_with(statement=mine, language=language, proposed=(), others={"a": theirs})) == []


@languages
def test_an_earlier_letter_of_the_same_seller_is_no_other_clients(language):
    own = tuple(one.text for one in sample_draft(language=language).sentences)
    assert messages(sample_draft(language=language, others={"earlier.md": own})) == []
    signed = (*told_in(sample_ground(language).case), "Harbor & Pine Goods")
    assert messages(sample_draft(language=language, others={"earlier.txt": signed})) == []


@languages
def test_what_two_letters_share_by_the_frame_of_their_pack_is_not_flagged(language):
    frame = tuple(one.text for one in sample_draft(language=language).sentences)
    own = told_in(sample_ground(language).case)
    theirs = tuple(
        one.replace("Harbor & Pine Goods", "Oak Lane")
        for one in frame
        if not any(text.rstrip(".。") in one for text in own)
    )
    assert messages(sample_draft(language=language, others={"a.docx": theirs})) == []


@languages
@pytest.mark.parametrize("name", KINDS)
def test_a_letter_made_from_this_one_is_flagged_at_each_statement(name, language):
    draft = sample_draft(name, language)
    theirs = tuple(one.text.replace("Harbor & Pine Goods", "Oak Lane") for one in draft.sentences)
    found = list(similar(replace(draft, others={"a.docx": theirs})))
    assert len(found) == len({one.at for one in found}) >= 4
    assert all("a.docx" in one.message for one in found)


def test_the_letter_that_holds_most_is_named_and_how_much():
    others = {
        "less.md": (LONG.partition(", and the")[0],),
        "more.md": (LONG,),
        "none.md": ("We sell shoes.",),
    }
    (message,) = messages(plan_with(statement=LONG, others=others))
    assert message == "This stands in more.md as well, the letter of another account."
    near = LONG.replace("the new dock", "another gate")
    (message,) = messages(plan_with(statement=LONG, others={"near.md": (near,)}))
    assert message.startswith("79 % of this stands in near.md as well")


def test_one_sentence_of_a_statement_that_another_letter_has_is_flagged():
    rest = (
        "Our own list of the day began with new orders. The dock was moved in August and its phone was not."
    )
    draft = plan_with(statement=f"{rest} {OWN['en']}", others={"a": (OWN["en"],)})
    (found,) = similar(draft)
    assert found.at.text == OWN["en"]


def test_a_short_statement_tells_nothing():
    assert messages(plan_with(statement="We had no deputy.", others={"a": ("We had no deputy.",)})) == []


def test_a_pack_may_ask_for_less_in_common():
    half = f"{LONG.partition(', and the')[0]}, which is what we saw in the end."
    draft = plan_with(statement=LONG, others={"a": (half,)})
    assert messages(draft) == []
    assert len(messages(replace(draft, limits={"R30": 30}))) == 1


def test_a_damaged_case_costs_no_review():
    for case in ({}, {"cause": 3}, {"cause": [4, {"why": "x", "statement": 7}]}, {"seller": []}):
        ground = replace(sample_ground(), case=case)
        assert (
            messages(draft_of("# Plan\n\n## Root cause\n\nWords.", ground=ground, others={"a": ("b",)})) == []
        )


# --- laws --------------------------------------------------------------------------------------

WORDS = {
    "en": [
        *("carton", "dock", "pallet", "clerk", "morning", "list", "shelf", "van", "gate", "ledger", "screen"),
        *("rota", "kiln", "glaze", "crate", "order"),
    ],
    "ja": list("箱棚車門表窯釉杯碗朝夜紙布糸石川山空海森"),
}


@st.composite
def statements(draw, script):
    words = draw(st.lists(st.sampled_from(WORDS[script]), min_size=12, max_size=40, unique=script == "ja"))
    if script == "ja":
        return "".join(words * 2) + "。"
    return " ".join(words).capitalize() + "."


@given(st.sampled_from(sorted(WORDS)).flatmap(statements))
@settings(max_examples=often(60), deadline=None)
def test_a_text_holds_itself_whole(text):
    runs = runs_of([text])
    assert runs
    assert share(runs, index_of([text])) == 1.0
    assert length(runs) > 0


@given(
    st.lists(st.sampled_from(WORDS["en"]), min_size=10, max_size=30),
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(1, 99_999), st.integers(1, 99_999)), min_size=1, max_size=3
    ),
)
@settings(max_examples=often(60), deadline=None)
def test_figures_and_names_change_nothing(words, put):
    one, other = list(words), list(words)
    for place, mine, theirs in put:
        one.insert(place, f"Alder Supply {mine}")
        other.insert(place, f"Keller Keramik Nord {theirs}")
    runs = runs_of([" ".join(one)], Names(["Alder Supply"]))
    assert share(runs, index_of([" ".join(other)])) == (1.0 if runs else 0.0)


@given(
    st.lists(st.sampled_from(WORDS["en"][:8]), min_size=8),
    st.lists(st.sampled_from(WORDS["en"][8:]), min_size=8),
)
@settings(max_examples=often(60), deadline=None)
def test_texts_without_a_word_in_common_share_nothing(one, other):
    assert share(runs_of([" ".join(one)]), index_of([" ".join(other)])) == 0.0


def test_forty_letters_are_compared_in_well_under_a_second():
    dice = random.Random(6)  # noqa: S311 - words for a test, the same in every run
    words = [f"{one}{other}" for one in WORDS["en"] for other in WORDS["en"]]

    def sentence():
        return " ".join(dice.choices(words, k=30)).capitalize() + "."

    own = [sentence() for _ in range(40)]
    case = {"cause": [{"statement": one} for one in own]}
    others = {f"{number:02}.docx": (own[number], *(sentence() for _ in range(60))) for number in range(40)}
    draft = draft_of(
        "\n\n".join(("# Plan", "## Root cause", *own)),
        ground=replace(sample_ground(), case=case),
        others=others,
    )
    begun = time.process_time()
    found = list(similar(draft))
    assert time.process_time() - begun < 1
    assert [one.message.split()[3] for one in found] == list(others)
