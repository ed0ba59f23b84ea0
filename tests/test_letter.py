"""The letter answers the notice that came: its order, its words, its tense, and nothing that it did not ask."""

import json
import re
from datetime import date

import pytest
from conftest import SAMPLES
from made_papers import SAMPLE_EVIDENCE, account, papers_of, report, sample_account

from poa.account import facts_of
from poa.case import read_case
from poa.case.journal import Reply, Sent
from poa.case.notices import read_notice
from poa.case.resubmission import Earlier
from poa.case.supports import supports
from poa.errors import CaseFault, GateNotMet
from poa.sample import sample_files

CASE = sample_files()["case.toml"]
PLAN = """\
Your seller account on Amazon.com may be deactivated, because your late shipment rate is above 4%.
Send us a plan of action that explains:
{asks}
"""


def letter(case=CASE, *, notice=None, **more):
    made = papers_of(sample_account(), case=case, notice=notice and read_notice(notice), **more)
    return made.files["plan-of-action.md"].decode()


def headings(text):
    return re.findall(r"^## (.*)$", text, re.MULTILINE)


def with_evidence(case, **more):
    """Papers of the sample with another case, whose evidence files are there."""
    return papers_of(sample_account(), case=case, evidence=SAMPLE_EVIDENCE, **more)


@pytest.mark.parametrize(
    "asks",
    [
        ["The root cause of the late shipments", "The actions you have taken", "The steps to prevent it"],
        ["The steps to prevent it", "The root cause of the late shipments", "The actions you have taken"],
        ["The actions you have taken", "The steps to prevent it", "The root cause of the late shipments"],
    ],
)
def test_the_headings_are_the_notices_own_in_its_own_order(asks):
    """Whoever asked finds the answers under the lines that were asked, in that order."""
    assert headings(letter(notice=PLAN.format(asks="\n".join(f"- {ask}" for ask in asks)))) == [
        *asks,
        "Annexes",
    ]


def test_without_a_notice_the_three_parts_stand_in_their_usual_order():
    """Root cause, actions, prevention: no letter lacks one."""
    assert headings(letter()) == [
        "Root cause",
        "Actions we have taken",
        "How we prevent late shipments from now on",
        "Annexes",
    ]


def test_a_part_that_the_notice_leaves_out_is_written_all_the_same():
    """A notice that asks for the root cause alone gets all three parts."""
    notice = PLAN.format(asks="- The root cause of the late shipments")
    assert headings(letter(notice=notice)) == [
        "The root cause of the late shipments",
        "Actions we have taken",
        "How we prevent late shipments from now on",
        "Annexes",
    ]


def test_a_line_of_another_language_is_no_heading():
    """An English letter has English headings, whatever language the notice came in."""
    text = letter(
        notice="您的迟发率高于 4%。请提交行动计划，说明：\n- 根本原因\n- 您已采取的纠正措施\n- 预防措施\n"
    )
    assert headings(text)[0] == "Root cause"
    assert not re.search(r"[\u4e00-\u9fff]", text)


def test_the_letter_names_five_orders_and_the_annex_all():
    """The five that were confirmed longest after their ship-by time, and how many there are."""
    made = papers_of(sample_account(), case=CASE)
    text = made.files["plan-of-action.md"].decode()
    ids = re.findall(r"\b\d{3}-\d{7}-\d{7}\b", text)
    rows = made.files["annex/late-orders.csv"].decode("utf-8-sig").splitlines()
    assert len(ids) == len(set(ids)) == 5
    assert len(rows) == 1 + 44
    assert "all 44 late orders" in text
    assert all(any(one in row for row in rows) for one in ids)


def test_every_annex_is_cited_and_every_citation_has_its_annex():
    """Exhibits are numbered once, in the letter, the folder and the workbook alike."""
    made = papers_of(sample_account(), case=CASE)
    text = made.files["plan-of-action.md"].decode()
    assert set(re.findall(r"Annex (\d+)", text)) == {"1", "2", "3"}
    assert {name.split("/")[1].split("-")[0] for name in made.files if re.match(r"annex/\d", name)} == {
        "2",
        "3",
    }
    evidence = {name: data for name, data in sample_files().items() if name.startswith("evidence/")}
    assert {made.files[name] for name in made.files if re.match(r"annex/\d", name)} == set(evidence.values())


def test_the_deadline_stands_on_the_cover_and_in_no_paper_that_is_sent():
    """By when is the seller's business."""
    made = papers_of(sample_account(), case=CASE, deadline=date(2026, 11, 9))
    assert "9 November 2026" in made.files["internal/cover.md"].decode()
    for name in ("plan-of-action.md", "root-cause-analysis.md"):
        assert "9 November" not in made.files[name].decode()


def test_the_form_gets_one_plain_block_a_question():
    """The text for the form holds each heading once, says its length on the cover, and has no Markdown."""
    made = papers_of(sample_account(), case=CASE, formats=("md", "txt"), form_limit=300)
    text = made.files["plan-of-action.txt"].decode()
    assert not re.search(r"[*#|`\\]|\[", text)
    assert "too long: the limit is 300" in made.files["internal/cover.md"].decode()
    assert "root-cause-analysis.txt" not in made.files


# --- gates


OPEN = {
    "another matter": ("Your cancellation rate is above 2.5%. Send a plan of action.", "cancellation rate"),
    "a second matter": (
        "Your late shipment rate is above 4%, and your cancellation rate is above 2.5%. Send a plan for each.",
        "cancellation rate",
    ),
}


@pytest.mark.parametrize(("notice", "words"), OPEN.values(), ids=OPEN)
def test_a_letter_that_answers_another_question_is_never_final(notice, words):
    """What the notice asks and the letter does not answer is an open question in the draft, and refused as final."""
    told = read_notice(notice)
    draft = papers_of(sample_account(), case=CASE, notice=told)
    assert any(words in question for question in draft.questions)
    with pytest.raises(GateNotMet) as refused:
        papers_of(sample_account(), case=CASE, notice=told, final=True)
    assert any(words in point for point in refused.value.open_points)


def test_a_second_matter_that_was_answered_apart_is_closed():
    """The seller says that it has an answer of its own."""
    told = read_notice(OPEN["a second matter"][0])
    case = CASE.replace(b'quiz_offered = "no"', b'quiz_offered = "no"\nanswered_apart = ["cancellation"]')
    assert with_evidence(case, notice=told, final=True).questions == ()


def test_a_retailer_among_the_suppliers_keeps_the_papers_drafts():
    """A paper that names a retailer as supplier opens a drop-shipping case."""
    orders = [("Walmart.com", day, day % 3 - 1) for day in range(1, 29)] * 2
    made = papers_of(account(report(orders)))
    assert any("Walmart" in question and "retailer" in question for question in made.questions)


def test_a_cause_that_the_rows_do_not_show_is_asked_about():
    """A supplier that is in no row proves nothing."""
    case = CASE.replace(b"supplier: Alder Supply", b"supplier: Nobody Ltd")
    assert any("Nobody Ltd" in question for question in with_evidence(case).questions)


def test_words_are_no_evidence():
    """An action whose proof is no file is open."""
    case = CASE.replace(b'evidence = "inventory-2026-11-03.csv"', b'evidence = "our inventory file"', 1)
    assert any("evidence" in question for question in with_evidence(case).questions)


def test_a_letter_before_its_data_is_refused():
    """Figures of days after the letter cannot stand in it."""
    with pytest.raises(CaseFault) as refused:
        with_evidence(CASE.replace(b"letter_date = 2026-11-04", b"letter_date = 2026-10-20"))
    assert refused.value.code == "letter_before_data"


# --- a second submission


REPLY = (
    ("root_cause", "Greater detail on the root cause of the late shipments"),
    ("preventive", "Greater detail on the steps you have taken to prevent it"),
)


def earlier(case=CASE):
    return Earlier(
        sent=Sent(day=date(2026, 11, 4), by="Ops", number=1, files={}, kept="sent/1"),
        case=read_case(case, name="case.toml"),
        reply=Reply(
            day=date(2026, 11, 6), file="inputs/reply-1.txt", sha256="", stage="rejected", lines=REPLY
        ),
    )


def test_the_same_letter_again_is_refused_line_by_line():
    """Each line of Amazon's answer stays open until that part of the case says more."""
    made = papers_of(sample_account(), case=CASE, earlier=earlier())
    assert len(made.questions) == 2
    assert all("Greater detail" in question for question in made.questions)
    more = CASE.replace(b"Nobody checked,", b"We had nobody who checked,")
    left = with_evidence(more, earlier=earlier()).questions
    assert len(left) == 1
    assert "prevent" in left[0]


def test_the_cover_says_what_changed_and_what_contradicts():
    """A dropped cause and a changed day are named; what is new is listed."""
    before = CASE.replace(b'code = "SUP_DISPATCH"', b'code = "LATE_CONFIRM"')
    before = before.replace(b"date = 2026-11-03", b"date = 2026-11-02")
    cover = (
        papers_of(sample_account(), case=CASE, earlier=earlier(before)).files["internal/cover.md"].decode()
    )
    assert "named the cause Shipped in time, confirmed late" in cover
    assert "2026-11-02" in cover
    assert "Greater detail on the root cause" in cover


# --- what no paper holds


REFUTED = ("12 hours", "19 %", "19%", "8 %", "8%", "200 orders", "200/month", "12-hour", "1.5 %")


def test_no_figure_of_the_popular_guides_is_offered():
    """Figures that no source carries stand in no phrase and in no proposal."""
    texts = [(SAMPLES.parent / "templates/default/lang/en.toml").read_text(encoding="utf-8")]
    texts += [(SAMPLES.parent / "poa/policy/causes.toml").read_text(encoding="utf-8")]
    for text in texts:
        for figure in REFUTED:
            assert not re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d])", text), figure


def test_every_order_in_the_letter_has_its_rows():
    """An order id of the letter leads to its lines in the report."""
    made = papers_of(sample_account(), case=CASE)
    facts = json.loads(made.files["internal/facts.json"])
    lines = sample_files()["late-shipment-report.csv"].decode().splitlines()
    named = [item for item in facts["printed"] if item["fact"].startswith("late_orders.1")]
    assert len(named) == 5
    for item in named:
        (place,) = facts["evidence"][item["fact"]]["rows"]["lines"]
        assert all(
            item["text"] in lines[at - 1] for first, last in place["ranges"] for at in range(first, last + 1)
        )


def test_the_same_appeal_gives_the_same_bytes():
    """Papers, annex and all."""
    once, again = (papers_of(sample_account(), case=CASE, formats=("md", "docx", "txt")) for _ in range(2))
    assert once.files == again.files


def test_an_exhibit_that_nobody_cites_is_not_enclosed():
    """A file that no action names is told on the cover and stays at home."""
    made = papers_of(sample_account(), case=CASE + b"", evidence={**SAMPLE_EVIDENCE, "secret.pdf": b"%PDF"})
    assert not any("secret" in name for name in made.files)
    assert "secret.pdf" in made.files["internal/cover.md"].decode()


# --- what strangers found


def test_a_second_letter_answers_the_last_message_of_amazons():
    """It names the day of the answer beside that of the notice, and the journal is behind it."""
    made = papers_of(sample_account(), case=CASE, earlier=earlier())
    assert (
        "answers your message of 6 November 2026, after your notice of 2 November 2026"
        in made.files["plan-of-action.md"].decode()
    )
    facts = json.loads(made.files["internal/facts.json"])
    assert facts["evidence"]["case.reply.date"]["value"] == "2026-11-06"


def test_a_notice_with_another_target_keeps_the_papers_drafts():
    """The letter states a target; where the notice writes another, one of them is wrong."""
    notice = read_notice(PLAN.format(asks="- The root cause").replace("above 4%", "above 2.5%"))
    assert [one.value for one in notice.thresholds]
    assert any(
        "another target" in one for one in papers_of(sample_account(), case=CASE, notice=notice).questions
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"order-id,recipient-name,ship-address-1\n1,x,y\n", "buyers' data"),
        (b"order;mail\n1;jane@example.com\n", "buyers' data"),
    ],
)
def test_evidence_that_proves_nothing_or_too_much_is_asked_about(data, words):
    """An empty file is no proof, and an export with buyers' columns is never enclosed in silence."""
    evidence = {**SAMPLE_EVIDENCE, "inventory-2026-11-03.csv": data}
    made = papers_of(sample_account(), case=CASE, evidence=evidence)
    assert [one for one in made.questions if words in one]


def test_a_line_with_an_address_is_no_heading():
    """What may be a buyer's data does not leave the notice."""
    notice = PLAN.format(
        asks="- The root cause of the late order of jane@example.com\n- The actions you have taken"
    )
    assert "jane" not in letter(notice=notice)


def test_figures_that_end_long_before_the_letter_are_told():
    """The cover says so, and the analysis speaks of no day to come."""
    case = CASE.replace(b"letter_date = 2026-11-04", b"letter_date = 2026-11-25")
    made = with_evidence(case)
    assert "25 days before the letter" in made.files["internal/cover.md"].decode()
    assert "When the target is met again" not in made.files["root-cause-analysis.md"].decode()


def test_a_deadline_that_has_passed_or_is_not_dated_is_told():
    """Before the letter's day: due by. Without the notice's day: within so many days."""
    late = (
        papers_of(sample_account(), case=CASE, deadline=date(2026, 11, 3)).files["internal/cover.md"].decode()
    )
    assert "due by 3 November 2026" in late
    notice = read_notice(PLAN.format(asks="- The root cause") + "\nSend it within 7 days.\n")
    undated = papers_of(sample_account(), notice=notice).files["internal/cover.md"].decode()
    assert "within 7 days of the notice" in undated


def test_names_that_differ_in_case_alone_are_not_mixed_up():
    """A cause shown by one supplier has that supplier's figures, and each has papers of its own."""
    names = ["alder", "alder", "ALDER", "ALDER", *["Birch"] * 8]
    orders = [
        (name, day, 3 if day > 14 and number < 4 else -2)
        for number, name in enumerate(names)
        for day in range(1, 29)
    ]
    facts = facts_of(account(report(orders)), tell=lambda _: None)
    told = {name: supports(facts, "SUP_DISPATCH", f"supplier: {name}") for name in ("alder", "ALDER")}
    assert {name: one.name.value for name, one in told.items()} == {"alder": "alder", "ALDER": "ALDER"}
    assert supports(facts, "SUP_DISPATCH", "supplier: Alder") is None


def test_no_supplier_is_asked_to_sign_for_orders_that_left_in_time():
    """The statement lists those that left after the ship-by time, or of which no file tells."""
    made = papers_of(sample_account(), case=CASE)
    (name,) = [one for one in made.files if one.startswith("annex/supplier-statement")]
    rows = [
        line.split("|") for line in made.files[name].decode().splitlines() if re.match(r"\| \d{3}-", line)
    ]
    assert rows
    assert all(int(row[6]) > 0 for row in rows)


def test_a_form_alone_still_gets_its_analysis():
    """With text for the form only, the papers that the letter speaks of are written as Markdown."""
    made = papers_of(sample_account(), case=CASE, formats=("txt",))
    assert {"plan-of-action.txt", "root-cause-analysis.md", "internal/cover.md"} <= set(made.files)
    without = papers_of(sample_account(), case=CASE, formats=("md",)).files["internal/cover.md"].decode()
    assert "plan-of-action.txt" not in without
