"""A review of a folder reads the papers that a pack adds to it, and those that it calls by another name."""

import json

from conftest import SAMPLES, run_poa

PACK = """id = "acme"
version = "1"
facts = 1
documents = ["handover-note"]

[papers.plan-of-action]
file = "{seller} plan"
"""
NOTE = "# Handover note\n\nLate orders: {{ facts.late_shipment_rate[0].late | count }}.\n"


def test_a_folder_is_read_with_what_a_pack_added_and_renamed(tmp_path):
    """Each paper once, whatever it is called; a figure that is changed in one of them is named."""
    pack = tmp_path / "acme"
    pack.mkdir()
    (pack / "pack.toml").write_text(PACK)
    (pack / "handover-note.md.j2").write_text(NOTE)
    given = ["appeal", SAMPLES / "late-shipment-report.csv", "--case", SAMPLES / "case.toml"]
    run_poa(*given, "--pack", pack, "--out", "out", "--format", "md,txt", cwd=tmp_path, check=0)
    done = run_poa("review", "out", "--json", cwd=tmp_path)
    found = json.loads(done.stdout)
    names = [paper["document"] for paper in found["papers"]]
    assert names == ["root-cause-analysis.md", "Harbor & Pine Goods plan.md", "handover-note.md"]
    assert found["verdict"] == "clean"
    note = tmp_path / "out" / "handover-note.md"
    note.write_text(note.read_text().replace("Late orders: 44", "Late orders: 45"))
    (changed,) = json.loads(run_poa("review", "out", "--json", cwd=tmp_path).stdout)["papers"][2:]
    assert [one["text"] for one in changed["findings"] if one["severity"] == "error"] == ["45"]
