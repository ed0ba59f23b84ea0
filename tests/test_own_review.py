"""poa reads its own papers before anybody else does: clean ones are handed over, and a final one with an error is not."""

import json
import tomllib

import pytest
from conftest import run_poa
from made_papers import papers_of, sample_account
from made_reviews import sample_ground, sample_papers

from poa.errors import GateNotMet, PackFault
from poa.packs import open_pack
from poa.review import ground_of, review
from poa.sample import sample_files

LANGUAGES = ("en", "zh", "ja", "de")


def case_with(old, new, language="en"):
    """The sample's case with some words changed."""
    text = sample_files(language=language)["case.toml"].decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def made(case, *, final=True, language="en", **more):
    """Papers of the sample account with a case of its own."""
    evidence = {
        name.removeprefix("evidence/"): data
        for name, data in sample_files().items()
        if name.startswith("evidence/")
    }
    return papers_of(sample_account(), case=case, final=final, evidence=evidence, language=language, **more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paper_of_the_sample_is_clean(language):
    """No error and no warning, and every figure proven or the seller's own."""
    ground = sample_ground(language)
    for name, base in ground.bases.items():
        if name == "cover":
            continue
        found = review(base.paper, ground)
        assert found.verdict == "clean", (name, found.findings)
        assert set(found.figures) == {"proven", "sellers_own", "unknown", "untrue", "misleading", "stale"}
        assert not found.figures["unknown"] + found.figures["untrue"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_final_with_an_error_does_not_exist(language):
    """An angry sentence in the case keeps the letter from being made, and is named."""
    old = {
        "en": "Nobody checked",
        "zh": "没有人检查",
        "ja": "確認する担当者がいませんでした",
        "de": "Niemand prüfte",
    }[language]
    angry = {
        "en": "Please please help!! ",
        "zh": "恳求贵方！！",
        "ja": "どうか助けてください！！",
        "de": "Wir sind verzweifelt!! ",
    }
    case = case_with(old, angry[language] + old, language)
    with pytest.raises(GateNotMet) as caught:
        made(case, language=language, ui_language=language)
    assert caught.value.code == "review_errors"
    assert any(point.startswith("R17") for point in caught.value.open_points)
    assert caught.value.hint


def test_a_draft_with_an_error_is_made_and_says_so(tmp_path):
    """A draft is there to be mended: what a strict reader would stop at is shown."""
    (tmp_path / "case.toml").write_bytes(case_with("Nobody checked", "Please please help!! Nobody checked"))
    for name, data in sample_files().items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        if not path.exists():
            path.write_bytes(data)
    report = ("appeal", "late-shipment-report.csv", "--suppliers", "suppliers.csv", "--case", ".")
    done = run_poa(*report, "--out", "out", cwd=tmp_path, check=0)
    assert "A strict reader would stop at" in done.stdout
    assert "R17" in done.stdout
    refused = run_poa(*report, "--out", "final", "--final", cwd=tmp_path, check=3)
    assert "R17" in refused.stderr
    assert not (tmp_path / "final").exists()


def test_facts_json_holds_what_a_review_needs():
    """The contract's keys, and beside them the papers as printed, the case, the annexes, the late orders."""
    data = json.loads(sample_papers()["internal/facts.json"])
    assert {"evidence", "printed", "papers", "case", "notice", "enclosed", "late_order_rows"} <= set(data)
    one = data["printed"][0]
    line = data["papers"][one["document"]]["lines"][one["paragraph"]]["text"]
    assert line[one["start"] :].startswith(one["text"])
    assert len(data["late_order_rows"]) == data["late_shipment_rate"][0]["late"]
    assert ground_of(data, name="facts.json").letter_date


def pack_with(settings, default):
    """A pack that holds nothing but settings of the review."""
    files = {"pack.toml": 'id = "acme"\nversion = "1"\nfacts = 1\n', "review.toml": settings}
    return open_pack("acme", files, default=default)


def test_a_pack_makes_a_rule_stricter(monkeypatch):
    """What is a warning by itself keeps a final paper of this pack from being made."""
    import made_papers

    real = made_papers.open_packs(None)
    case = case_with("Nobody checked", "We guarantee that this will never happen again. Nobody checked")
    assert made(case).reviews[0].verdict == "warnings"
    strict = pack_with('[R21]\nseverity = "error"\n', real.default)
    monkeypatch.setattr(made_papers, "open_packs", lambda _: strict)
    with pytest.raises(GateNotMet) as caught:
        made(case)
    assert any(point.startswith("R21") for point in caught.value.open_points)


def test_a_pack_cannot_make_a_rule_milder(monkeypatch):
    """Switching an error off is refused with the file and the line."""
    import made_papers

    lax = pack_with("[R17]\noff = true\n", made_papers.open_packs(None).default)
    monkeypatch.setattr(made_papers, "open_packs", lambda _: lax)
    with pytest.raises(PackFault) as caught:
        made(sample_files()["case.toml"])
    assert caught.value.file == "acme/review.toml"
    assert caught.value.line == 2


def test_a_pack_adds_phrases(monkeypatch):
    """A consultant's own list is looked for as words."""
    import made_papers

    own = pack_with(
        '[R21.en]\nsaid = ["as everybody in our trade does"]\n', made_papers.open_packs(None).default
    )
    monkeypatch.setattr(made_papers, "open_packs", lambda _: own)
    case = case_with("Nobody checked", "We ship as everybody in our trade does. Nobody checked")
    found = made(case).reviews[0].findings
    assert [one.rule for one in found if one.severity == "warning"] == ["R21"]


def test_the_sample_case_is_as_the_tests_take_it():
    """The words that these tests change stand in the sample's case."""
    assert "Nobody checked" in tomllib.loads(sample_files()["case.toml"].decode())["cause"][0]["statement"]
