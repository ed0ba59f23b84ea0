"""What a pack says of its own accord is held against the rows like anybody's words, and its letterhead is nobody's claim."""

from __future__ import annotations

import io
import json
import shutil

import pytest
from conftest import SAMPLES, run_poa
from docx import Document as WordFile

MANIFEST = 'id = "acme"\nversion = "1"\nfacts = 1\n'
GIVEN = (SAMPLES / "late-shipment-report.csv", "--suppliers", SAMPLES / "suppliers.csv", "--case", SAMPLES)
BLOCK = '{{% extends "default/plan-of-action.md.j2" %}}\n{{% block root_cause %}}\n{{{{ super() }}}}\n\n{}\n{{% endblock %}}\n'
FALSE = "In these 30 days 45 of 787 orders were late, 5.7%, in the last 10 days 30 of 256.\n\nChecked on 5 November 2027."


@pytest.fixture
def pack(tmp_path):
    """``pack(**files)`` makes the folder acme; a text for the letter is put behind its root cause."""

    def make(letter="", **files):
        folder = tmp_path / "acme"
        folder.mkdir(exist_ok=True)
        (folder / "pack.toml").write_text(MANIFEST + files.pop("more", ""), encoding="utf-8")
        if letter:
            (folder / "plan-of-action.md.j2").write_text(BLOCK.format(letter), encoding="utf-8")
        for name, text in files.items():
            path = folder / "lang" / f"{name}.toml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return make


def errors(tmp_path, *args):
    """The words that a review of the letter has errors for, its draft being made before."""
    run_poa("appeal", *GIVEN, "--pack", "acme", "--out", "out", "--overwrite", *args, cwd=tmp_path, check=0)
    done = run_poa("review", "out/plan-of-action.docx", "--json", cwd=tmp_path)
    paper = json.loads(done.stdout)
    return [one["text"] for one in paper["findings"] if one["severity"] == "error"]


def test_false_figures_typed_into_a_block_are_named(pack, tmp_path):
    """The rows know 44 of 787 and 22 of 256; nothing knows of 5.7 % or of a day in another year."""
    pack(FALSE)
    assert errors(tmp_path) == ["45", "5.7%", "30", "5 November 2027"]
    done = run_poa("appeal", *GIVEN, "--pack", "acme", "--final", "--out", "final", cwd=tmp_path, check=3)
    assert "R06" in done.stdout + done.stderr
    assert not (tmp_path / "final").exists()


@pytest.mark.deep
def test_the_check_of_a_pack_names_them_in_each_paper(pack, tmp_path):
    """Tried with the sample case."""
    pack(FALSE)
    checked = run_poa(
        "packs", "check", "acme", "--lang", "en", "--sample", "normal", "--json", cwd=tmp_path, check=1
    )
    assert len(json.loads(checked.stdout)["papers"]) == 4


def test_true_figures_and_numbers_of_items_are_no_error(pack, tmp_path):
    """A figure that the rows have, one that a filter prints, the number of a step, the name of a standard."""
    pack(
        "In these 30 days 44 of 787 orders were late. In the last 10 days it were"
        " {{ facts.late_shipment_rate[1].late | count }} of {{ facts.late_shipment_rate[1].orders | count }}.\n\n"
        "Step 1 is our check by ISO 9001, step D4 the root cause."
    )
    assert errors(tmp_path) == []


def test_a_figure_in_a_phrase_is_a_figure_too(pack, tmp_path):
    """The sentence comes from lang/en.toml, and the letter says it in English."""
    pack(en='closing = "We ask you for your answer: 45 orders were late in the 30 days."\n')
    assert errors(tmp_path) == ["45"]


@pytest.mark.deep
def test_the_built_in_words_stay_trusted_in_another_pack(pack, tmp_path):
    """A block that says what it said before brings nothing that is not proven, in any language of the built-in words."""
    pack("{# nothing of its own #}")
    for language in ("en", "ja"):
        assert errors(tmp_path, "--lang", language) == []


@pytest.mark.deep
def test_a_letterhead_is_no_part_of_what_the_letter_says(pack, tmp_path):
    """Its e-mail address, its telephone and the number of its register stand on every paper, and are the sender's own."""
    folder = pack()
    word = WordFile()
    section = word.sections[0]
    section.header.paragraphs[0].text = "Acme Consulting, office@acme.example, +353 1 555 0100"
    section.footer.paragraphs[0].text = "Register no. 123456"
    word.add_paragraph("For {{ seller }}")
    word.add_paragraph("{{ body }}")
    made = io.BytesIO()
    word.save(made)
    (folder / "shell.docx").write_bytes(made.getvalue())
    run_poa("appeal", *GIVEN, "--pack", "acme", "--final", "--out", "out", cwd=tmp_path, check=0)
    done = run_poa("review", "out", "--json", cwd=tmp_path, check=0)
    assert json.loads(done.stdout)["verdict"] == "clean"
    # What somebody writes beside it is read as before.
    edited = WordFile(tmp_path / "out" / "plan-of-action.docx")
    edited.sections[0].footer.add_paragraph("Buyer: jane.doe@example.com")
    edited.save(tmp_path / "out" / "plan-of-action.docx")
    done = run_poa("review", "out/plan-of-action.docx", "--json", cwd=tmp_path)
    paper = json.loads(done.stdout)
    assert [one["rule"] for one in paper["findings"] if one["severity"] == "error"] == ["R32"]


@pytest.mark.deep
def test_a_day_in_the_footer_is_not_taken_for_another_day_of_the_letter(pack, tmp_path):
    """A footer was never a sentence of the text, so that its day is held against the facts and not against a sentence."""
    pack("We look at this again.")
    run_poa("appeal", *GIVEN, "--pack", "acme", "--out", "out", cwd=tmp_path, check=0)
    path = tmp_path / "out" / "plan-of-action.docx"
    edited = WordFile(path)
    edited.sections[0].footer.paragraphs[0].text = "Letter of 4 November 2026"
    edited.save(path)
    done = run_poa("review", "out/plan-of-action.docx", "--json", cwd=tmp_path)
    paper = json.loads(done.stdout)
    assert [one["text"] for one in paper["findings"] if one["severity"] == "error"] == []


@pytest.mark.deep
def test_a_case_answers_several_packs(pack, tmp_path):
    """What one pack asks stops no other; a name that is nearly right is told, with its place."""
    pack(more='[options.signature]\ntype = "text"\nhelp = "Who signs?"\n')
    shutil.copytree(SAMPLES / "evidence", tmp_path / "evidence")
    shutil.copy(SAMPLES / "notice.txt", tmp_path)
    case = tmp_path / "case.toml"
    asked = (SAMPLES / "case.toml").read_text(encoding="utf-8")
    given = (*GIVEN[:3], "--case", case)
    case.write_text(asked + '\n[options]\nvisit = "Monday"\nsignature = "Li Ming"\n', encoding="utf-8")
    for more in ([], ["--pack", "8d"], ["--pack", "acme"]):
        run_poa(
            "appeal", *given, *more, "--format", "md", "--out", "out", "--overwrite", cwd=tmp_path, check=0
        )
    case.write_text(asked + '\n[options]\nsignatur = "Li Ming"\n', encoding="utf-8")
    done = run_poa("appeal", *given, "--pack", "acme", "--out", "out", "--overwrite", cwd=tmp_path, check=1)
    assert "under [options]; did you mean 'signature'?" in " ".join(done.stderr.split())
