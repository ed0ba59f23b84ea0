"""Actions and controls: told as done, dated, proven, checkable, owned and measured, and backed up where one is alone."""

from dataclasses import replace

import pytest
from made_letter_texts import LANGUAGES, draft_under, fixtures
from made_reviews import draft_of, found_by, sample_ground

from poa.policy.causes import cause_codes, common_immediate, options
from poa.review.items import items
from poa.words import spoken

MINE = ("R07", "R08", "R09", "R22", "R23", "R24", "R36", "R46")
ACTION = {
    "en": "**2 November 2026:** {text}. Evidence: Annex 2.",
    "zh": "**2026年11月2日**：{text}。证据：附件2。",
    "ja": "**2026年11月2日**：{text}。証拠：別紙2。",
    "de": "**2. November 2026:** {text}. Nachweis: Anlage 2.",
}
CONTROL = {
    "en": "**{control}.** Responsible: {role}. From 3 November 2026, {frequency}. Measured by: {measure}.",
    "zh": "**{control}**。负责岗位：{role}。开始日期：2026年11月3日。频率：{frequency}。衡量指标：{measure}。",
    "ja": "**{control}**。担当：{role}。開始日：2026年11月3日。頻度：{frequency}。測定指標：{measure}。",
    "de": "**{control}.** Verantwortlich: {role}. Ab 3. November 2026, {frequency}. Gemessen an: {measure}.",
}
SLOTS = {"skus": "MUG-11", "days": "5", "late": "44", "supplier_late": "33", "open": "3", "target": "4%"}


def filled(sentence):
    for slot, value in SLOTS.items():
        sentence = sentence.replace("{" + slot + "}", value)
    return sentence


@pytest.mark.parametrize(("rule", "language", "text", "about", "breaks"), fixtures(MINE))
def test_each_text_is_found_or_left_alone(rule, language, text, about, breaks):
    """A text that breaks a rule is found by it; a near miss is not."""
    assert bool(found_by(rule, draft_under(text, language, about))) == breaks


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_poa_proposes_keeps_the_rules(language):
    """Each proposed action, told as done, and each proposed control pass; the same action told as to come does not."""
    bare = replace(sample_ground(language), case={}, bases={})
    for cause in cause_codes().values():
        for one in (*cause.immediate, *common_immediate()):
            done = draft_under(
                f"1. {ACTION[language].format(text=filled(spoken(one.plain_past or one.past, language)))}",
                language,
                {"under": "corrective"},
                ground=bare,
            )
            assert not [
                (rule, done.paper.lines[-1].text)
                for rule in ("R07", "R08", "R09", "R22", "R36")
                if found_by(rule, done)
            ]
            future = one.plain_future if one.plain_past else one.future
            if future:
                to_come = draft_under(
                    f"1. {ACTION[language].format(text=filled(spoken(future, language)))}",
                    language,
                    {"under": "corrective"},
                    ground=bare,
                )
                assert found_by("R07", to_come), future
        for one in (*cause.preventive, *(options()[name] for name in cause.options)):
            text = CONTROL[language].format(
                control=filled(spoken(one.control, language)),
                role=spoken(one.role, language),
                frequency=spoken(one.frequency, language),
                measure=filled(spoken(one.plain or one.measure, language)),
            )
            control = draft_under(f"1. {text}", language, {"under": "preventive"}, ground=bare)
            assert not [(rule, text) for rule in ("R08", "R22", "R23", "R36") if found_by(rule, control)]
            # FBA as the only step is offered with the note that it is never that.
            assert bool(found_by("R24", control)) == one.never_alone


def test_the_tense_is_the_one_that_the_notice_asks():
    """Where the notice asks what will be done, a future is right, and a later day too."""
    asks = sample_ground().notice | {"tense": "future"}
    text = "5 November 2026: We will call each supplier. Evidence: Annex 2."
    for notice, wanted in ((sample_ground().notice, 1), (None, 1), (asks, 0)):
        draft = draft_under(
            text, "en", {"under": "corrective"}, ground=replace(sample_ground(), notice=notice)
        )
        assert len(found_by("R07", draft)) == wanted
        assert len(found_by("R08", draft)) == wanted


def test_a_day_before_the_rows_is_an_error_and_one_before_the_late_orders_a_warning():
    told = {
        "30 July 2026": None,
        "1 September 2026": "warning",
    }
    for day, severity in told.items():
        draft = draft_under(
            f"{day}: We checked the orders. Evidence: Annex 2.", "en", {"under": "corrective"}
        )
        assert [one.severity for one in found_by("R08", draft)] == [severity]


def test_a_step_that_begins_after_the_letter_counts_where_steps_taken_are_asked():
    """Under "How we prevent" a later start is a plan; under "steps you have taken" it is none yet."""
    step = "1. Check the list. Responsible: Operations lead. From 9 November 2026, each day. Measured by: 0 late."
    taken = "The steps you have taken to prevent late shipments from now on"
    for heading, wanted in ((taken, ["warning"]), ("How we prevent late shipments", [])):
        draft = draft_of(f"# Plan\n\n## {heading}\n\n{step}\n")
        assert [one.severity for one in found_by("R08", draft)] == wanted


def test_a_step_from_before_the_problem_is_asked_about():
    step = (
        "1. Check the list. Responsible: Operations lead. From 3 March 2026, each day. Measured by: 0 late."
    )
    assert [one.severity for one in found_by("R08", draft_under(step, "en", {"under": "preventive"}))] == [
        "warning"
    ]


@pytest.mark.parametrize(
    "written",
    [
        "1. 2026-11-02: We checked the orders. Evidence: Annex 2.\n2. 2026-11-03: We called. Evidence: Annex 3.",
        "1) 2026-11-02: We checked the orders. Evidence: Annex 2.\n\n2) 2026-11-03: We called. Evidence: Annex 3.",
        "We have done the following:\n\n- 2026-11-02: We checked the orders. Evidence: Annex 2.\n- 2026-11-03: We called. Evidence: Annex 3.\n\nWe believe that this resolves the issue.",
        "2026-11-02: We checked the orders.\n\nEvidence: Annex 2.\n\n2026-11-03: We called.\n\nEvidence: Annex 3.\n\nThank you for your time.",
        "| No | Date | Action | Evidence |\n| :-- | :-- | :-- | :-- |\n| 1 | 2026-11-02 | We checked the orders | Annex 2 |\n| 2 | 2026-11-03 | We called | Annex 3 |",
        "2026-11-02: We checked the orders. Evidence: Annex 2.\n\n2026-11-03: We called. Evidence: Annex 3.\n\nAnnex 1: List of the late orders (44)",
    ],
)
def test_actions_are_read_however_somebody_numbered_them(written):
    """A list, numbers typed by hand, plain paragraphs and a table hold the same two actions."""
    draft = draft_under(written, "en", {"under": "corrective"})
    assert len(items(draft, "corrective")) == 2
    assert not found_by("R08", draft)
    assert not found_by("R09", draft)


def test_what_a_step_lacks_is_named():
    text = "1. Check the list. Responsible: Operations lead. Measured by: late orders, fewer than 1 in 100."
    (found,) = found_by("R23", draft_under(text, "en", {"under": "preventive"}))
    assert "the day on which it begins; how often it is done" in found.message


def test_a_control_of_the_case_is_judged_by_its_fields():
    """A role that no list knows is one where the case says so, and is asked for once the text was edited."""
    stated = {
        "control": "Read the list",
        "role": "Tinka",
        "start": "2026-11-03",
        "frequency": "now and then",
        "measure": "0 left",
    }
    ground = replace(sample_ground(), case={"preventive": [stated]})
    text = "1. Read the list. Done by Tinka. From 3 November 2026, now and then. 0 left."
    about = {"under": "preventive"}
    assert not found_by("R23", draft_under(text, "en", about, ground=ground))
    assert found_by("R23", draft_under(text.replace("Tinka", "Tonka"), "en", about, ground=ground))


def test_questions_of_a_draft_are_no_findings():
    """What a draft asks in square brackets is known; the same words in a final letter are not."""
    action = "1. [On which day was it done?]: We checked the orders. Evidence: [Which file shows it?]."
    step = "1. Check the list. Responsible: [Who does it, by role?]."
    paper = f"# Plan\n\n## Corrective actions\n\n{action}\n\n## Prevention\n\n{step}\n"
    for draft in (True, False):
        found = [rule for rule in MINE if found_by(rule, draft_of(paper, draft=draft))]
        assert found == ([] if draft else ["R08", "R23"])


def test_a_single_person_is_known_from_the_case_too():
    """A cause whose gap is a missing deputy asks for one, whatever the words of the letter."""
    paper = "# Plan\n\n## Root cause\n\nOrders waited.\n\n## Corrective actions\n\n1. 2 November 2026: We confirmed them.\n"
    for gap, wanted in (("NO_DEPUTY", 1), ("NO_EARLY_WARNING", 0)):
        ground = replace(sample_ground(), case={"cause": [{"code": "LATE_CONFIRM", "gap": gap}]})
        assert len(found_by("R46", draft_of(paper, ground=ground))) == wanted


def test_a_short_handling_time_names_the_fact_and_its_rows():
    text = "3 November 2026: We raised the handling time of BOWL-6 to 3 business days. Evidence: Annex 3."
    (found,) = found_by("R36", draft_under(text, "en", {"under": "corrective"}))
    assert (found.fact, found.expected, found.rows) == ("remedies.handling.H1.needed_days", "4", 38)


@pytest.mark.parametrize("rule", MINE)
def test_a_language_without_lists_is_left_alone(rule):
    """What cannot be read cannot be missed."""
    draft = draft_of(
        "# Plan\n\n## Corrective actions\n\n1. Nous avons contrôlé les commandes.\n\n## Prevention\n\n1. Contrôle.\n",
        language="fr",
        ground=sample_ground(),
    )
    assert not found_by(rule, draft)
