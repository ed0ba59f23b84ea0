"""The threats of a stranger's text template, one test each: the attack, and that it reaches nothing."""

import os
import shutil
import subprocess
import sys
import zipfile

import pandas as pd
import pytest
from attacks import OURS, check, refused_template, run, stranger, tree, write
from conftest import ROOT
from test_packs_hostile import DEFAULT, EXHAUSTING, MANIFEST

from poa.packs import fill, open_pack

links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_template_that_reaches_for_python_objects_is_refused(tmp_path):
    """Globals of a helper, classes of a text, an attribute by its name: each at its line, and no command was run."""
    reach = f"cycler.__init__.__globals__.os.popen('touch {tmp_path}/ran').read()"
    files = {
        "_a.md.j2": f"{{{{ {reach} }}}}",
        "_b.md.j2": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "_c.md.j2": "{{ facts | attr('__class__') }}",
        "_d.md.j2": "{{ lipsum.__globals__['os'] }}",
    }
    error = refused_template(
        tmp_path, f"{OURS}{{% block opening %}}{{{{ {reach} }}}}{{% endblock %}}", **files
    )
    assert (error["code"], error["line"]) == ("not_allowed", 2)
    found = check(1)
    assert files.keys() <= found.keys()
    assert not (tmp_path / "ran").exists()


def test_a_template_that_escapes_by_formatting_is_refused(tmp_path):
    """The ways of the published escapes: format, format_map, a stored method, map and attr."""
    payloads = (
        "{{ '{0.__class__}'.format(facts) }}",
        "{{ '{x.__class__}'.format_map({'x': facts}) }}",
        "{% set f = '{0.__class__}'.format %}{{ f(facts) }}",
        "{{ ['{0.__class__}'] | map('format', facts) | first }}",
        "{{ '%(a.__class__)s' | format(a=facts) }}",
        "{{ 'x' | attr('format') }}",
    )
    files = {f"_{at}.md.j2": payload for at, payload in enumerate(payloads)}
    stranger(tmp_path, **files)
    found = check(1)
    assert all(any(one["severity"] == "error" for one in found[name]) for name in files)


def test_a_template_is_given_no_object_to_reach_through(tmp_path):
    """A table, a path or a function among the facts is a fault of the program, before the template runs."""
    pack = open_pack("stranger", {"pack.toml": MANIFEST, "letter.md.j2": "{{ x }}"}, default=DEFAULT)
    for thing in (pd.DataFrame({"a": [1]}), tmp_path, tmp_path.write_text, [tmp_path], {"a": {"b": open}}):
        with pytest.raises(TypeError, match="context"):
            fill(pack, "letter", {"x": thing}, language="en")


def test_a_template_that_changes_the_facts_for_the_next_paper_is_refused(tmp_path):
    """Neither by a method nor by setting an entry."""
    for change in ("{{ facts.days.clear() }}", "{% set facts.days = 9 %}", "{{ facts.update({}) }}"):
        refused_template(tmp_path, change)


def test_a_template_that_loops_without_end_is_stopped(tmp_path):
    """Loops in loops, through macros, over data: counted, and refused by the template's name."""
    for name in ("three loops over literals", "loops through macros", "doubled macros"):
        error = refused_template(tmp_path, EXHAUSTING[name])
        assert error["code"] in {"too_much_work", "not_allowed"}


def test_a_template_that_eats_the_memory_is_stopped(tmp_path):
    """Before it is compiled where it can be seen, for folding a constant would take gigabytes; else while it runs."""
    seen = {
        f"_{at}.md.j2": EXHAUSTING[name]
        for at, name in enumerate(("repeat", "power", "width", "format width"))
    }
    stranger(tmp_path, **seen)
    assert all(any(one["severity"] == "error" for one in check(1)[name]) for name in seen)
    for name in ("center filter", "doubled join", "doubled block"):
        shutil.rmtree(tmp_path / "stranger")
        assert refused_template(tmp_path, EXHAUSTING[name])["hint"]


def test_a_template_nested_too_deeply_is_one_sentence(tmp_path):
    """Whatever Python raises at it, the seller reads the template's name and a reason."""
    for name in ("deep brackets", "deep lists", "deep ifs", "self call", "many attributes"):
        assert refused_template(tmp_path, EXHAUSTING[name])["hint"]
    assert refused_template(tmp_path, "{% include 'plan-of-action.md.j2' %}")["hint"]


@links
def test_a_template_that_includes_a_file_outside_its_pack_is_refused(tmp_path):
    """By a name that leads up, from the root, or through a link inside the pack."""
    (tmp_path / "secret.md.j2").write_text("a secret\n")
    pack = stranger(tmp_path)
    (pack / "_leak.md.j2").symlink_to(tmp_path / "secret.md.j2")
    for name in ("../secret.md.j2", str(tmp_path / "secret.md.j2"), "_leak.md.j2"):
        error = refused_template(tmp_path, f"x\n{{% include '{name}' %}}")
        assert error["line"] == 2


def test_a_mistyped_name_is_told_and_leaves_no_gap_in_a_letter(tmp_path):
    error = refused_template(
        tmp_path, f"{OURS}{{% block opening %}}\n{{{{ facts.as_off }}}}\n{{% endblock %}}"
    )
    assert error["line"] == 3
    assert "as_of" in error["message"] + error["hint"]


def test_no_file_of_a_pack_is_run(tmp_path):
    """Python, pickles, settings and libraries' names beside the templates, in the folder where poa is run."""
    pack = stranger(tmp_path, "# Words\n\nx\n")
    bad = "open(__file__ + '.ran', 'w').close()\n"
    names = ("jinja2", "sitecustomize", "docx", "conftest", "poa_plugin", "json")
    write(
        pack,
        **{f"{name}.py": bad for name in names},
        **{"x.pkl": b"cos\nsystem\n(S'touch ran'\ntR.", ".env": "PYTHONSTARTUP=x.py"},
    )
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            "-m",
            "poa",
            "appeal",
            "../report.csv",
            "--pack",
            ".",
            "--out",
            "../out",
            "--format",
            "md",
        ],
        cwd=pack,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Words" in (tmp_path / "out" / "plan-of-action.md").read_text(encoding="utf-8")
    assert not list(tmp_path.rglob("*ran"))


def test_a_template_cannot_say_that_its_text_is_safe(tmp_path):
    """Neither by the filter nor by switching the escaping off."""
    files = {"_a.md.j2": "{{ '<b>' | safe }}", "_b.md.j2": "{% autoescape false %}x{% endautoescape %}"}
    stranger(tmp_path, **files)
    assert files.keys() <= check(1).keys()


def test_a_zipped_pack_that_leads_out_links_or_bursts_is_refused(tmp_path):
    """A name that leads up, a link to a secret, a bomb: nothing is unpacked."""
    link = zipfile.ZipInfo("acme/lang/en.toml")
    link.external_attr = 0o120777 << 16
    members = {
        "up": ("acme/../../x.toml", "x"),
        "link": (link, "/etc/passwd"),
        "bomb": ("acme/_x.md.j2", " " * (21 << 20)),
    }
    for name, (member, data) in members.items():
        with zipfile.ZipFile(f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("acme/pack.toml", MANIFEST)
            archive.writestr(member, data)
        before = tree(tmp_path)
        assert "pack" in run("packs", "unzip", f"{name}.zip", code=1)
        assert tree(tmp_path) == before
