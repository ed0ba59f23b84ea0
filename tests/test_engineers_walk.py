"""The engineer who inherits it: a report type, a letter rule, an output format and a language, by their pages alone, and away again."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT, SAMPLES

pytestmark = pytest.mark.deep
PAGES = ROOT / "docs"
REPORT = SAMPLES / "late-shipment-report.csv"


def block(page):
    """The file that a page prints first."""
    return (PAGES / page).read_text(encoding="utf-8").split("```python\n")[1].split("```\n")[0]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the code to put files into; it begins and ends the same."""
    root = tmp_path_factory.mktemp("house")
    for name in ("poa", "templates", "samples"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    before = files(root)
    yield root
    assert files(root) == before


def files(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"}


@pytest.fixture
def add(house):
    """``add(path, text)`` writes one new file into the house; all of them are deleted again."""
    added = []

    def write(path, text):
        there = house / path
        assert not there.exists()
        there.parent.mkdir(exist_ok=True)
        there.write_text(text, encoding="utf-8")
        added.append(there)

    yield write
    for one in added:
        one.unlink()
        if not any(one.parent.iterdir()):
            one.parent.rmdir()


def poa(house, *args, cwd, code=0):
    done = subprocess.run(
        [sys.executable, "-m", "poa", *map(str, args)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(house), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "80"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def test_a_report_type_is_one_file(house, add, tmp_path):
    """A supplier's file of hand-overs is known by its header, and laid over the orders."""
    add("poa/reports/parcelio.py", block("a-new-report.md"))
    (tmp_path / "parcels.csv").write_text("Parcel,Handed in\n1Z999AA10123456784,2026-10-14 10:00\n")
    told = json.loads(poa(house, "summary", REPORT, tmp_path / "parcels.csv", "--json", cwd=tmp_path))
    read = {one["name"]: one["report"] for one in told["source"]["files"]}
    assert read["parcels.csv"] == "parcelio"


def test_a_letter_rule_is_one_file_and_its_words(house, add, tmp_path):
    """It is listed, and finds what its words say."""
    add("poa/review/rules/greetings.py", re.sub(r"^# poa/.*\n", "", block("a-letter-rule.md")))
    add("poa/review/lexicon/en/greetings.toml", "[R49]\nsaid = ['\\bdear (amazon|sir)']\n")
    assert "R49" in poa(house, "review", "--rules", cwd=tmp_path)
    poa(house, "appeal", REPORT, "--out", "papers", cwd=tmp_path)
    letter = tmp_path / "papers" / "plan-of-action.md"
    letter.write_text("Dear Amazon, we were late.\n\n" + letter.read_text(encoding="utf-8"), encoding="utf-8")
    done = poa(house, "review", letter, "--json", cwd=tmp_path)
    assert "R49" in {one["rule"] for one in json.loads(done)["findings"]}


def test_an_output_format_is_one_file(house, add, tmp_path):
    """Every command that writes papers offers it."""
    add("poa/writers/adoc.py", re.sub(r"^# poa/.*\n", "", block("an-output-format.md")))
    poa(house, "appeal", REPORT, "--format", "adoc", "--out", "papers", cwd=tmp_path)
    assert (tmp_path / "papers" / "plan-of-action.adoc").read_text(encoding="utf-8").startswith("WARNING")


def test_a_language_is_an_entry_and_its_files_of_words(house, add, tmp_path):
    """English words under another code: the letter is written, and its days and thousands are the language's own."""
    known = (house / "poa" / "languages.py").read_text(encoding="utf-8")
    try:
        entry = '        Language(code="fr", name="French", locale="fr_FR", day_form="{day} {month} {year}", draft="Brouillon"),\n'
        (house / "poa" / "languages.py").write_text(
            known.replace(
                '        Language(\n            code="de"', f'{entry}        Language(\n            code="de"'
            ),
            encoding="utf-8",
        )
        pack = (house / "templates" / "default" / "pack.toml").read_text(encoding="utf-8")
        (house / "templates" / "default" / "pack.toml").write_text(
            pack.replace('"de"', '"de", "fr"', 1), encoding="utf-8"
        )
        for path in ("templates/default/lang", "poa/case/notices", "poa/review/numbers"):
            add(f"{path}/fr.toml", (house / path / "en.toml").read_text(encoding="utf-8"))
        add("poa/words/fr.toml", '"English" = "anglais"\n')
        for one in (house / "poa" / "review" / "lexicon" / "en").glob("*.toml"):
            add(f"poa/review/lexicon/fr/{one.name}", one.read_text(encoding="utf-8"))
        poa(house, "appeal", REPORT, "--lang", "fr", "--out", "papers", cwd=tmp_path)
        letter = (tmp_path / "papers" / "plan-of-action.md").read_text(encoding="utf-8")
        assert "octobre 2026" in letter
        assert "fr-FR" in poa_language(tmp_path / "papers" / "plan-of-action.docx")
    finally:
        (house / "poa" / "languages.py").write_text(known, encoding="utf-8")
        (house / "templates" / "default" / "pack.toml").write_text(pack, encoding="utf-8")


def poa_language(path):
    import zipfile

    with zipfile.ZipFile(path) as package:
        return package.read("word/styles.xml").decode()
