"""``poa packs which``: the blocks of a paper, the place of a phrase, and the phrase behind words of a paper."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from test_packs_commands import run

from poa.build.sampled import sampled
from poa.cli.pack_folders import open_packs

DOCS = Path(__file__).parent.parent / "docs" / "packs.md"


@pytest.fixture
def acme(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("packs", "new", "acme")
    return tmp_path / "acme"


def which(*args):
    return json.loads(run("packs", "which", *args, "--json"))


def letter(folder, language="en"):
    return sampled("plan-of-action", sample="normal", pack=open_packs(folder), language=language).markdown


def take_over(folder, inside):
    (folder / "plan-of-action.md.j2").write_text(
        f'{{% extends "default/plan-of-action.md.j2" %}}\n{{% block closing %}}\n{inside}\n{{% endblock %}}\n'
    )


def test_the_prepared_phrase_shows_in_the_letter(acme):
    """Taking the sign away in front of it changes the letter's last sentence."""
    file = acme / "lang" / "en.toml"
    before = letter(acme)
    file.write_text(re.sub(r"^# (closing = )", r"\1", file.read_text(), flags=re.MULTILINE))
    assert "closing = " in file.read_text()
    assert letter(acme) != before
    assert letter(acme).rstrip().endswith("comes with this letter shows the count behind each figure.")


def test_the_prepared_block_needs_nothing_else(acme):
    """Its comment taken away, the sample letter ends with it."""
    file = acme / "plan-of-action.md.j2"
    begin, block = file.read_text().split("{# To change one section", 1)
    file.write_text(begin + block[block.index("{% block") : block.rindex("#}")])
    assert letter(acme).rstrip().endswith("We look forward to your reply.")
    assert "nothing is wrong" in run("packs", "check", "acme", "--fast")


def test_the_blocks_of_a_paper_stand_in_their_order_with_their_words(acme):
    """Also which the pack takes over; a block that the sample lacks has its first phrase."""
    take_over(acme, "Yours, Acme.")
    blocks = which("plan-of-action.md.j2", "--pack", "acme")["blocks"]
    assert [one["block"] for one in blocks][:2] == ["heading", "opening"]
    last = blocks[-1]
    assert (last["block"], last["begins"]) == ("closing", "Yours, Acme.")
    assert last["taken_by"] == "acme/plan-of-action.md.j2"
    assert all(one["taken_by"] is None for one in blocks[:-1])
    evidence = next(one for one in blocks if one["block"] == "evidence")
    assert (evidence["begins"], evidence["in_sample"]) == ("Evidence", False)
    assert blocks[0]["begins"] == "Plan of action: late shipment rate"
    assert which("plan-of-action", "--lang", "de")["blocks"][0]["begins"].startswith("Maßnahmenplan")


def test_blocks_are_told_of_a_pack_that_cannot_be_filled(acme):
    """Then each by its phrase: what is wrong is for the check to say."""
    take_over(acme, "{{ nobody }}")
    blocks = which("plan-of-action", "--pack", "acme")["blocks"]
    assert blocks[0]["begins"] == "Plan of action: late shipment rate"
    assert not any(one["in_sample"] for one in blocks)


def test_a_phrase_has_its_words_its_file_and_its_templates(acme):
    (acme / "lang" / "de.toml").write_text('closing = "Mit Gruß."\n')
    found = which("closing", "--pack", "acme", "--lang", "de")
    assert found["phrases"] == [
        {"key": "closing", "language": "de", "place": "acme/lang/de.toml:1", "words": ["Mit Gruß."]}
    ]
    (place,) = found["said_by"]
    file, line = place.rsplit(":", 1)
    assert file == "default/plan-of-action.md.j2"
    text = open_packs(None).text(file).splitlines()
    assert "t.closing" in text[int(line) - 1]
    assert "Said by: default/plan-of-action.md.j2" in run("packs", "which", "closing", "--pack", "acme")


def test_words_of_a_paper_lead_to_their_phrase():
    """In any language and any case, whatever stands in the parts."""
    assert "closing" in {one["key"] for one in which("COUNT behind Each figure")["phrases"]}
    assert {one["language"] for one in which("Zählung hinter jeder")["phrases"]} == {"de"}
    rate = which("orders were confirmed after their ship-by time")["phrases"]
    assert "letter_rate" in {one["key"] for one in rate}
    missing = run("packs", "which", "no such words at all", code=1)
    assert "no phrase with these words" in missing
    assert "without figures" in missing


def test_every_answer_has_the_same_keys():
    """A script reads a file, a phrase and a search in one way."""
    keys = {"files", "blocks", "phrases", "said_by"}
    for name in ("plan-of-action", "_rates.md.j2", "lang/de.toml", "closing", "behind each figure"):
        assert set(which(name)) == keys


def test_the_option_of_the_manual_is_printed_and_asked_for(acme):
    """The example of docs/packs.md passes the check, and the letter asks while nobody answered."""
    text = DOCS.read_text(encoding="utf-8")
    block = text.split("```jinja\n")[1].split("```")[0]
    (acme / "plan-of-action.md.j2").write_text(f'{{% extends "default/plan-of-action.md.j2" %}}\n{block}')
    option = text.split("[options.signature]")[1].split("\n\n")[0]
    manifest = acme / "pack.toml"
    manifest.write_text(f"{manifest.read_text()}\n[options.signature]{option}\n")
    assert "nothing is wrong" in run("packs", "check", "acme", "--fast")
    made = sampled("plan-of-action", sample="normal", pack=open_packs(acme), language="en")
    word = made.word(made.paper())
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        xml = package.read("word/document.xml").decode()
    assert re.search(r'<w:highlight w:val="yellow"/></w:rPr><w:t>\[Who signs the letter\?\]', xml)
