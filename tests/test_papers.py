"""The papers say what the facts say, for whatever account: whole, the same everywhere, or not at all."""

import json
import re

import pytest
from conftest import mostly_deep, often
from hypothesis import given, settings
from hypothesis import strategies as st
from made_papers import account, papers_of, report, sample_account

from poa.build.record import as_json, facts_file_data, recorded
from poa.build.samples import SAMPLES, sample_appeal
from poa.cli.pack_folders import open_packs
from poa.document import words
from poa.errors import GateNotMet
from poa.markdown import parse
from poa.sample import sample_files

NAUGHTY = 'A|B *Inc* <x> & 株式会社 [y](z) `c` _d_ # "e" \\| ~f~ $g$'


ODD = {
    "one order, on time": [("Alder", 5, -2)],
    "one order, late": [("Alder", 5, 2)],
    "all late": [("Alder", day, 3) for day in range(1, 29)],
    "none late": [("Alder", day, -3) for day in range(1, 29)],
    "none confirmed": [("Alder", day, None) for day in range(1, 9)],
    "nothing in the windows": [("Alder", 1, -1), ("Alder", 2, -1)],
    "no supplier": [("", day, -1) for day in range(1, 29)],
    "thirty suppliers": [(f"Supplier {day % 30}", 1 + day % 28, day % 9 - 7) for day in range(300)],
    "some open": [("Alder", day, None if day % 5 == 0 else -1) for day in range(1, 29)] * 2,
    "a name full of signs": [(NAUGHTY, day, day % 4 - 2) for day in range(1, 29)] * 3,
    "half late": [("Alder", day, 1 if day % 2 else -1) for day in range(1, 29)],
}


@pytest.mark.every_third
@pytest.mark.parametrize("orders", ODD.values(), ids=ODD.keys())
def test_every_account_gets_its_papers(orders):
    """However odd the account, its draft is made, and no figure in it is missing or unformatted."""
    made = papers_of(account(report(orders)))
    for name in ("plan-of-action.md", "root-cause-analysis.md"):
        text = made.files[name].decode()
        assert not re.search(r"\bNone\b|\bnan\b|\{|\}|\d\.\d{7}", text), text
        prose = "\n".join(line for line in text.splitlines() if not line.startswith("|"))
        assert not re.search(r"\.\.|\S  |\s[.,]", prose), prose


@settings(max_examples=often(25))
@given(
    orders=st.lists(
        st.tuples(
            st.one_of(st.sampled_from(["Alder", "Birch", ""]), st.text(max_size=12)),
            st.integers(1, 28),
            st.one_of(st.none(), st.integers(-11, 11)),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_any_account_gets_its_papers(orders):
    """Whatever the counts and the names are, the draft is made."""
    assert papers_of(
        account(
            report(
                [
                    (name.replace("\x00", "").replace("\r", "").replace("\n", ""), *rest)
                    for name, *rest in orders
                ]
            )
        )
    ).files


def test_a_name_full_of_signs_stands_whole_in_the_paper():
    """A supplier's name passes the template, the Markdown and its reading unchanged."""
    made = papers_of(account(report(ODD["a name full of signs"])))
    blocks = parse(made.files["root-cause-analysis.md"].decode(), name="analysis")
    cells = [words(cell) for block in blocks if hasattr(block, "rows") for row in block.rows for cell in row]
    assert NAUGHTY in cells


def test_every_printed_fact_is_in_the_evidence_and_in_the_text():
    """What facts.json says is printed where, is there, and has its rows."""
    made = papers_of(sample_account(), case=sample_files()["case.toml"], final=True)
    facts = json.loads(made.files["internal/facts.json"])
    assert len(facts["printed"]) > 40
    for item in facts["printed"]:
        assert item["fact"] in facts["evidence"], item
        if item["document"].startswith(("annex/", "suppliers/")):
            continue
        folder = "internal/" if item["document"] == "cover" else ""
        assert item["text"] in unescaped(made.files[f"{folder}{item['document']}.md"].decode()), item


def test_every_number_of_the_letter_is_a_fact_or_the_sellers_word():
    """Take the cited facts out of the sample's letter, and no digit of a count or a rate is left."""
    made = papers_of(sample_account(), case=sample_files()["case.toml"], final=True)
    facts = json.loads(made.files["internal/facts.json"])
    text = unescaped(made.files["plan-of-action.md"].decode())
    for item in sorted(facts["printed"], key=lambda item: -len(item["text"])):
        if item["document"] == "plan-of-action":
            text = text.replace(item["text"], "")
    # What is left are the lengths of the windows, the numbers of annexes and list items, and the names of annexes.
    for title in ("Open orders and their state on 2 November 2026", "Inventory file of 3 November 2026"):
        text = text.replace(title, "")
    assert set(re.findall(r"\d+", text)) == {"30", "10", "1", "2", "3"}


def test_the_evidence_of_a_late_count_is_its_lines():
    """The lines named for the late orders of 30 days are late, and as many."""
    files = sample_files()
    made = papers_of(sample_account(), case=files["case.toml"])
    facts = json.loads(made.files["internal/facts.json"])
    late = facts["evidence"]["late_shipment_rate.30.late"]
    lines = files["late-shipment-report.csv"].decode().splitlines()
    [place] = late["rows"]["lines"]
    found = [lines[line - 1].split(",") for first, last in place["ranges"] for line in range(first, last + 1)]
    assert len({cells[0] for cells in found}) == late["value"] == 44
    assert all(cells[7] > cells[6] for cells in found)


def test_a_final_paper_does_not_exist_while_a_question_is_open():
    """--final refuses and names each question; the same case as a draft shows them."""
    with pytest.raises(GateNotMet) as refusal:
        papers_of(sample_account(), final=True)
    draft = papers_of(sample_account())
    assert refusal.value.open_points == draft.questions
    letter = unescaped(draft.files["plan-of-action.md"].decode())
    analysis = unescaped(draft.files["root-cause-analysis.md"].decode())
    for question in draft.questions:
        assert f"**[{question}]**" in letter + analysis


def test_two_runs_give_the_same_bytes():
    """The same files give the same papers, byte by byte."""
    one, two = (
        papers_of(sample_account(), case=sample_files()["case.toml"], formats=("md", "docx"))
        for _ in range(2)
    )
    assert one.files == two.files


def unescaped(text):
    return re.sub(r"\\(\W)", r"\1", text)


@pytest.mark.parametrize("sample", mostly_deep(SAMPLES, *({*SAMPLES} - {"many_late"})))
def test_entries_written_beforehand_are_those_of_the_data(sample):
    """``facts.json`` begun with what was recorded beside the letter has the bytes of the data written in one go."""
    appeal = sample_appeal(sample, pack=open_packs(None), language="zh")
    wanted = facts_file_data(appeal, {})
    begun = recorded(appeal)
    assert set(begun) == {"evidence", "late_order_rows"}
    assert as_json(wanted, begun) == as_json(wanted)
    assert json.loads(as_json(wanted, begun)) == wanted
