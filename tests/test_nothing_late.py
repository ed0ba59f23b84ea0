"""An account in which no order is late: there is no list of late orders, and nothing says that there is one."""

import re
from dataclasses import replace

import pytest

from poa.build import appeal_papers
from poa.build.samples import sample_appeal
from poa.case import Case
from poa.case.notices import read_notice
from poa.cli.pack_folders import open_packs
from poa.doing import silent

LANGUAGES = ("en", "de", "zh", "ja")
ANNEX = re.compile(r"(?:Annex|Anlage|附件|別紙)\s?(\d+)")


def papers(language="en", **more):
    appeal = sample_appeal("nothing_late", pack=open_packs(None), language=language)
    return appeal_papers(replace(appeal, formats=("md",), **more), tell=silent)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_evidence_is_numbered_from_one(language):
    """Letter, analysis, cover and folder count alike, and name no list that is not there."""
    made = papers(language)
    assert not any("late-orders" in name for name in made.files)
    enclosed = {name.split("/")[1][0] for name in made.files if name.startswith("annex/")}
    assert enclosed == {"1", "2"}
    for name in ("plan-of-action.md", "root-cause-analysis.md", "internal/cover.md"):
        text = made.files[name].decode()
        assert set(ANNEX.findall(text)) == enclosed, name
        assert "late-orders" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_strict_reader_stops_at_nothing_that_is_an_error(language):
    found = [one for review in papers(language).reviews for one in review.findings]
    assert [one.rule for one in found if one.severity == "error"] == []
    assert "R10" not in {one.rule for one in found}


def test_a_list_of_annexes_that_the_notice_asks_for_is_never_empty():
    """Where nothing is enclosed yet, the seller is asked for what shows the actions."""
    notice = read_notice(
        "Your late shipment rate on Amazon.com is above 4%. Send us a plan of action:\n"
        "- The root cause of the late shipments\n- The actions you have taken\n"
        "- The steps to prevent it\n- Supporting documents\n"
    )
    made = papers(notice=notice, case=Case(), evidence={})
    letter = made.files["plan-of-action.md"].decode()
    section = letter.partition("## Supporting documents\n")[2]
    assert "Which document or record shows it?" in section.partition("\n## ")[0]
    assert "## Annexes" not in made.files["root-cause-analysis.md"].decode()


def test_a_case_with_late_orders_keeps_their_list_first():
    made = appeal_papers(
        replace(sample_appeal("normal", pack=open_packs(None)), formats=("md",)), tell=silent
    )
    assert "annex/late-orders.xlsx" in made.files
    assert {name.split("/")[1][:2] for name in made.files if re.match(r"annex/\d", name)} == {"2-", "3-"}
