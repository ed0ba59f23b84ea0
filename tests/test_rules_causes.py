"""Root causes and second letters: answered, deeper than the symptom, never only others, and the same story."""

from dataclasses import replace

import pytest
from made_letter_texts import LANGUAGES, draft_under, fixtures
from made_reviews import draft_of, found_by, sample_ground, sample_paper

from poa.policy.causes import cause_codes, gap_codes
from poa.review import review
from poa.words import spoken

MINE = ("R11", "R12", "R13", "R16", "R20", "R41", "R42", "R43")
WITH_TEXTS = ("R11", "R12", "R13", "R16", "R20")
ROOT = {"under": "root_cause"}


@pytest.mark.parametrize(("rule", "language", "text", "about", "breaks"), fixtures(WITH_TEXTS))
def test_each_text_is_found_or_left_alone(rule, language, text, about, breaks):
    """A text that breaks a rule is found by it; a near miss is not."""
    assert bool(found_by(rule, draft_under(text, language, about))) == breaks


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_poa_proposes_keeps_the_rules(language):
    """A proposed gap passes, alone and behind each cause that it may stand beside."""
    causes = cause_codes()
    for gap in gap_codes().values():
        statement = spoken(gap.statement, language)
        before = [f"{spoken(causes[code].because, language)} " for code in gap.fits]
        for text in (statement, *(one + statement for one in before)):
            draft = draft_under(text, language, ROOT)
            assert not [(rule, text) for rule in ("R12", "R16", "R20") if found_by(rule, draft)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["SUP_DISPATCH", "SUP_STOCKOUT", "PICKUP_MISSED"])
def test_a_partner_alone_is_no_root_cause(code, language):
    """What a partner did, without a gap beside it, is an error in the letter and in the analysis."""
    text = spoken(cause_codes()[code].because, language)
    for kind in ("plan", "analysis"):
        assert found_by("R16", draft_under(text, language, ROOT | {"kind": kind}))


def test_a_gap_that_was_chosen_makes_it_a_warning():
    """Where the letter prints a cause of the case with its gap as it is, somebody has judged it."""
    text = "Our supplier was out of stock."
    told = {"code": "SUP_STOCKOUT", "gap": "NO_STOCK_CHECK", "statement": text}
    for cause, severity in ((told, "warning"), (told | {"gap": ""}, None)):
        ground = replace(sample_ground(), case={"cause": [cause]})
        (found,) = found_by("R16", draft_under(text, "en", ROOT, ground=ground))
        assert found.severity == severity


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Our supplier was out of stock.", None),
        ("USPS did not collect the parcels. This was beyond our control.", None),
        ("The forwarding of orders to the supplier ran at midnight.", "warning"),
        ("The logistics provider was late, and goods-in is spot-checked at one in fifty.", "warning"),
    ],
)
def test_what_is_not_sure_is_a_warning(text, severity):
    """Words that no list knows may be the gap; only a sentence that lays plain blame is an error."""
    (found,) = found_by("R16", draft_under(text, "en", ROOT))
    assert found.severity == severity


@pytest.mark.parametrize(
    ("text", "late"),
    [
        ("All late orders came from Alder Supply, and we had no check.", "33"),
        ("Every late order came from one supplier, and we had no check.", "33"),
        ("All delayed shipments were caused by UPS, and we had no check.", "16"),
    ],
)
def test_more_than_the_rows_say_is_laid_to_nobody(text, late):
    """All late orders laid to one are held against the rows, with the fact that tells how many it is."""
    (found,) = found_by("R16", draft_under(text, "en", ROOT))
    assert found.expected == late
    assert found.fact.endswith(".late")


def test_all_is_true_where_the_rows_say_so():
    """With one supplier behind every late order, the sentence stands."""
    ground = sample_ground()
    told = ground.facts["late_by_supplier"]
    suppliers = [one | {"late": 44 if one["key"] == "S1" else 0} for one in told["suppliers"]]
    facts = {**ground.facts, "late_by_supplier": told | {"suppliers": suppliers}}
    text = "All late orders came from Alder Supply, and we had no check."
    assert not found_by("R16", draft_under(text, "en", ROOT, ground=replace(ground, facts=facts)))


PAPER = (
    "# Plan\n\n## Root cause\n\nNobody checked.\n\n## Corrective actions\n\n1. We checked.\n\n"
    "## Prevention\n\n1. Check.\n"
)


def test_links_of_the_case_count_where_the_letter_names_no_numbers():
    """With one cause every action answers it; with two, each needs its own, unless somebody added items by hand."""
    causes = [{"id": "a", "statement": "A"}, {"id": "b", "statement": "B"}]
    linked = {
        "cause": causes,
        "corrective": [{"cause": "a", "action": "x"}],
        "preventive": [{"cause": "b", "control": "y"}],
    }
    for case, wanted in (
        (linked, 2),
        (linked | {"cause": causes[:1]}, 0),
        ({"cause": causes, "corrective": [], "preventive": []}, 0),
        (linked | {"corrective": [{"cause": "a"}, {"cause": "b"}], "preventive": [{"cause": "2"}]}, 2),
    ):
        assert len(found_by("R11", draft_of(PAPER, ground=replace(sample_ground(), case=case)))) == wanted
    more = PAPER.replace("1. We checked.", "1. We checked.\n2. We called.")
    assert len(found_by("R11", draft_of(more, ground=replace(sample_ground(), case=linked)))) == 1


def test_a_chain_that_was_taken_out_is_missed():
    """The analysis of the sample has its chain; without it, there is a finding; a pack may ask for a longer one."""
    paper = sample_paper("root-cause-analysis")
    ground = sample_ground()
    assert not [one for one in review(paper, ground).findings if one.rule == "R13"]
    whys = set(ground.case["cause"][0]["why"])
    lines = tuple(
        line for line in paper.lines if line.text not in whys and not line.text.startswith("Why it happened")
    )
    found = [one for one in review(replace(paper, lines=lines), ground).findings if one.rule == "R13"]
    assert [one.message for one in found] == ["The root cause has no chain of whys."]
    draft = replace(draft_of("# A"), paper=paper, kind="analysis", limits={"R13": 5})
    assert "4 of at least 5 steps" in found_by("R13", draft)[0].message


def earlier(case, *, day="2026-10-20", lines=()):
    return {"day": day, "case": case, "reply": {"day": "2026-10-25", "lines": list(lines)} if lines else None}


def second(now, before):
    """The sample's letter as a second one."""
    ground = replace(sample_ground(), case=now, earlier=before)
    return replace(draft_of("# A", ground=ground), paper=sample_paper())


LINE = {"ask": "root_cause", "line": "Greater detail on the root cause of the late shipments"}


def test_the_same_letter_again_is_an_error():
    case = sample_ground().case
    (found,) = found_by("R41", second(case, earlier(case)))
    assert "2026-10-20" in found.message
    changed = case | {"corrective": case["corrective"][:1]}
    assert not found_by("R41", second(case, earlier(changed)))


def test_each_line_of_the_answer_asks_for_something_new():
    """A line is answered when a part that it asks for has changed, in the case or by hand in the letter."""
    case = sample_ground().case
    before = case | {"corrective": case["corrective"][:1]}
    (found,) = found_by("R41", second(case, earlier(before, lines=[LINE])))
    assert LINE["line"] in found.message
    assert not found_by("R41", second(case, earlier(before | {"cause": []}, lines=[LINE])))
    assert not found_by("R41", second(case, earlier(before, lines=[LINE, LINE | {"ask": "corrective"}])))
    draft = second(case, earlier(before, lines=[LINE]))
    root = draft.parts["root_cause"][0]
    edited = [
        replace(line, text=f"{line.text} We did not ask by telephone.") if at == root else line
        for at, line in enumerate(draft.paper.lines)
    ]
    assert not found_by("R41", replace(draft, paper=replace(draft.paper, lines=tuple(edited))))


def test_a_cause_that_was_dropped_is_asked_about_until_the_letter_says_why():
    case = sample_ground().case
    before = earlier(case | {"cause": [{"code": "PICKUP_MISSED", "statement": "x"}]})
    (found,) = found_by("R42", second(case, before))
    assert "Parcels were ready and not picked up" in found.message
    assert not found_by("R42", second(case, earlier(case)))
    told = "# Plan\n\n## Root cause\n\nOur first letter named the pickups; the rows show the supplier.\n"
    ground = replace(sample_ground(), case=case, earlier=before)
    assert not found_by("R42", draft_of(told, ground=ground))


def test_another_day_for_the_same_action_is_a_contradiction():
    case = sample_ground().case
    moved = [one | {"date": "2026-10-30"} for one in case["corrective"]]
    found = found_by("R42", second(case, earlier(case | {"corrective": moved})))
    assert len(found) == 2
    assert "2026-10-30, now 2026-11-02" in found[0].message


@pytest.mark.parametrize(("day", "wanted"), [("2026-11-04", 1), ("2026-11-03", 1), ("2026-11-02", 0)])
def test_two_days_lie_between_two_letters(day, wanted):
    case = sample_ground().case
    assert len(found_by("R43", second(case, earlier(case, day=day)))) == wanted


@pytest.mark.parametrize("rule", ["R41", "R42", "R43"])
def test_a_first_letter_has_nothing_to_differ_from(rule):
    assert not found_by(rule, second(sample_ground().case, None))


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_papers_raise_nothing(language):
    """No paper of the sample, in no language, breaks a rule of actions or causes."""
    ground = sample_ground(language)
    rules = {*MINE, "R07", "R08", "R09", "R22", "R23", "R24", "R36", "R46"}
    for name, base in ground.bases.items():
        found = [one for one in review(base.paper, ground).findings if one.rule in rules]
        assert not found, (name, found)
