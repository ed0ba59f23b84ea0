"""The command line keeps its contract: words, JSON, exit codes, folders, and the same bytes everywhere."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys

import click
import pytest
from conftest import ROOT, SAMPLES, run_poa
from word_package import check_package, read_text

from poa.cli import main
from poa.document import Document, leaves, words
from poa.markdown import parse

REPORT = SAMPLES / "late-shipment-report.csv"
SUPPLIERS = SAMPLES / "suppliers.csv"
SUMMARY_KEYS = {
    "facts",
    "as_of",
    "marketplace",
    "time_zone",
    "source",
    "late_shipment_rate",
    "unconfirmed_past_due",
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """The folder of a final appeal on the samples."""
    out = tmp_path_factory.mktemp("appeal") / "papers"
    run_poa(
        "appeal",
        REPORT,
        "--suppliers",
        SUPPLIERS,
        "--case",
        SAMPLES,
        "--final",
        "--out",
        out,
        cwd=out.parent,
        check=0,
    )
    return out


# --- help and JSON -----------------------------------------------------------------------------


def test_every_command_has_help_with_an_example_in_80_columns_and_stands_in_readme(poa):
    """Help fits the terminal, shows an example, and README names each command."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    overview = poa("--help", check=0).stdout
    commands = re.findall(r"^  ([a-z]+)  ", overview.split("Commands:")[1], re.MULTILINE)
    assert {"appeal", "summary", "demo"} <= set(commands)
    for command in commands:
        page = poa(command, "--help", check=0).stdout
        assert f"Example: poa {command}" in page
        assert f"`poa {command}" in readme
        assert all(len(line) <= 80 for line in page.splitlines())


def commands_of(command, path=("poa",)):
    """A command and all below it, each with the words that name it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from commands_of(command.get_command(context, name), (*path, name))


@pytest.mark.parametrize(
    ("path", "command"), [*commands_of(main)][1:], ids=lambda one: " ".join(one) if type(one) is tuple else ""
)
def test_every_command_has_an_example_that_can_be_copied(path, command):
    """Its help fits 80 columns, and the example is a line of its own that begins with the command."""
    context = click.Context(command, info_name=" ".join(path), terminal_width=80, max_content_width=80)
    page = command.get_help(context).splitlines()
    assert all(len(line) <= 80 for line in page)
    (example,) = [line.strip() for line in page if line.startswith("  Example: ")]
    assert example == command.epilog
    assert example.startswith(f"Example: {' '.join(path)}")


def test_help_imports_none_of_the_heavy_libraries():
    """``poa --help`` is shown before pandas, Word, templates or charts are loaded."""
    code = (
        "import sys\nfrom poa.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "click" in loaded
    assert not {"pandas", "numpy", "pyarrow", "docx", "jinja2", "matplotlib", "pydantic", "rich"} & set(
        loaded
    )


def test_summary_json_keeps_the_contract(poa):
    """The keys of facts version 1 are there under their names, and no key of what is not built."""
    facts = json.loads(poa("summary", REPORT, "--suppliers", SUPPLIERS, "--json", check=0).stdout)
    assert set(facts) >= SUMMARY_KEYS
    assert set(facts) >= {"attribution", "stages", "incidents", "projection", "budgets"}
    assert facts["facts"] == 1
    windows = [rate["window_days"] for rate in facts["late_shipment_rate"]]
    assert windows == [30, 10, None]
    longest = facts["late_shipment_rate"][0]
    wanted = {"window_days", "from", "to", "orders", "late", "rate", "low", "high", "target", "meets_target"}
    assert set(longest) >= wanted
    assert (longest["orders"], longest["late"], longest["meets_target"]) == (787, 44, False)
    [report, suppliers] = facts["source"]["files"]
    assert report["report"] == "late_shipment"
    assert report["columns"]["ship_by"] == "ship-by-date"
    assert report["rows_read"] == report["rows_used"] + report["rows_refused"]
    assert suppliers["report"] == "supplier_map"


def test_the_rate_is_what_a_plain_count_gives(poa):
    """Counting the sample with csv and two comparisons gives the same numbers."""
    rows = list(csv.DictReader(io.StringIO(REPORT.read_text(encoding="utf-8"))))
    late = {row["order-id"] for row in rows if row["ship-confirm-date"] > row["ship-by-date"]}
    facts = json.loads(poa("summary", REPORT, "--json", check=0).stdout)
    whole = facts["late_shipment_rate"][-1]
    assert (whole["late"], whole["orders"]) == (len(late), len({row["order-id"] for row in rows}))


def test_colour_only_on_a_terminal(poa):
    """Piped output has no escape sequence, with or without NO_COLOR."""
    for env in ({}, {"NO_COLOR": "1"}, {"TERM": "xterm-256color"}):
        assert "\x1b" not in poa("summary", REPORT, env=env, check=0).stdout


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_a_terminal_gets_colour_unless_no_color_is_set(no_color, coloured):
    """On a pseudo terminal the verdict is coloured; NO_COLOR takes the colour away."""
    pty = pytest.importorskip("pty", reason="pseudo terminals are POSIX only")
    screen, end = pty.openpty()
    env = {**os.environ, "NO_COLOR": no_color, "TERM": "xterm-256color", "COLUMNS": "80"}
    child = subprocess.Popen(
        [sys.executable, "-m", "poa", "summary", REPORT], stdout=end, stderr=end, env=env
    )
    os.close(end)
    seen = b""
    try:
        while part := os.read(screen, 65536):
            seen += part
    except OSError:  # Linux ends a pseudo terminal so
        pass
    os.close(screen)
    child.wait()
    assert b"missed" in seen
    assert bool(re.search(rb"\x1b\[[0-9;]*3\dm", seen)) is coloured


# --- papers ------------------------------------------------------------------------------------


def test_the_papers_lie_where_they_belong(papers):
    """What may be sent lies apart from what never is."""
    assert {path.relative_to(papers).as_posix() for path in papers.rglob("*") if path.is_file()} == {
        "plan-of-action.md",
        "plan-of-action.docx",
        "plan-of-action.txt",
        "annex/2-open-orders-2026-11-02.csv",
        "annex/3-inventory-2026-11-03.csv",
        "annex/late-orders.csv",
        "annex/late-orders.xlsx",
        "annex/supplier-statement-Alder-Supply-8ead5529.docx",
        "annex/supplier-statement-Alder-Supply-8ead5529.md",
        "suppliers/corrective-action-request-Alder-Supply-8ead5529.docx",
        "suppliers/corrective-action-request-Alder-Supply-8ead5529.md",
        "root-cause-analysis.md",
        "root-cause-analysis.docx",
        "img/daily-late-rate.png",
        "img/delay-steps.png",
        "img/recovery.png",
        "img/supplier-shares.png",
        "internal/cover.md",
        "internal/cover.docx",
        "internal/facts.json",
        "internal/provenance.json",
    }


@pytest.mark.parametrize("name", ["plan-of-action", "root-cause-analysis", "internal/cover"])
def test_word_and_markdown_are_the_same_paper(papers, name):
    """The text of the Word file, read back by another reader, is the text of the Markdown."""
    markdown = (papers / f"{name}.md").read_text(encoding="utf-8")
    tree = Document(blocks=parse(markdown, name=name), title="")
    assert read_text((papers / f"{name}.docx").read_bytes()) == "\n".join(map(words, leaves(tree.blocks)))


@pytest.mark.parametrize("name", ["plan-of-action", "root-cause-analysis", "internal/cover"])
def test_every_word_file_is_a_sound_package(papers, name):
    """Parts are well formed, relations resolve, styles exist, elements stand in the schema's order."""
    assert check_package((papers / f"{name}.docx").read_bytes()) == []


def test_libreoffice_opens_every_paper(papers, tmp_path):
    """Each Word file becomes a PDF; the letter is one page."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    files = sorted(papers.rglob("*.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *map(str, files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    pdfs = {path.stem: path.read_bytes() for path in tmp_path.glob("*.pdf")}
    assert set(pdfs) == {path.stem for path in files}
    assert len(re.findall(rb"/Type\s*/Page\b", pdfs["plan-of-action"])) == 1


def test_provenance_names_every_input_and_output(papers):
    """The hashes in provenance.json are those of the files."""
    from hashlib import sha256

    told = json.loads((papers / "internal" / "provenance.json").read_bytes())
    assert {item["name"] for item in told["inputs"]} == {
        "late-shipment-report.csv",
        "suppliers.csv",
        "case.toml",
        "notice.txt",
        "evidence/inventory-2026-11-03.csv",
        "evidence/open-orders-2026-11-02.csv",
    }
    for name, digest in told["outputs"].items():
        assert sha256((papers / name).read_bytes()).hexdigest() == digest
    assert str(papers.parent) not in json.dumps(told)


def test_other_zones_locales_hash_seeds_and_folders_change_no_byte(papers, tmp_path):
    """A process with another TZ, locale, hash seed and working folder writes the same bytes."""
    env = {
        "TZ": "Asia/Shanghai",
        "LC_ALL": "C",
        "LANG": "de_DE.UTF-8",
        "PYTHONHASHSEED": "99",
        "PYTHONUTF8": "0",
    }
    for path in (REPORT, SUPPLIERS, SAMPLES / "case.toml", SAMPLES / "notice.txt"):
        shutil.copy(path, tmp_path)
    shutil.copytree(SAMPLES / "evidence", tmp_path / "evidence")
    args = [REPORT.name, "--suppliers", SUPPLIERS.name, "--case", ".", "--final", "--out", "elsewhere"]
    run_poa("appeal", *args, cwd=tmp_path, env=env, check=0)
    for path in papers.rglob("*"):
        if path.is_file():
            assert (tmp_path / "elsewhere" / path.relative_to(papers)).read_bytes() == path.read_bytes(), (
                path.name
            )


# --- folders and faults --------------------------------------------------------------------------


def test_a_folder_with_files_is_left_as_it_is(poa, tmp_path):
    """Without --overwrite nothing in an existing folder is touched; with it, only the papers are."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "plan-of-action.md").write_text("mine")
    (out / "notes.txt").write_text("mine too")
    assert "already_exists" in poa("appeal", REPORT, "--out", out, "--json", check=1).stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    assert (out / "plan-of-action.md").read_text() == "mine"
    poa("appeal", REPORT, "--out", out, "--overwrite", check=0)
    assert (out / "plan-of-action.md").read_text(encoding="utf-8").startswith("# Plan of action")
    assert (out / "notes.txt").read_text() == "mine too"


@pytest.mark.parametrize("bad", ["missing.csv", "late.txt"])
def test_a_fault_leaves_no_file_behind(poa, tmp_path, bad):
    """Where a run is refused there is no folder, and no traceback."""
    (tmp_path / "late.txt").write_text("order-id,ship-by-date\n")
    done = poa("appeal", bad, "--out", "out", check=1)
    assert not (tmp_path / "out").exists()
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Error: ")


def test_a_file_in_the_way_of_the_folder_is_named(poa, tmp_path):
    """--out on a file is refused in one sentence."""
    (tmp_path / "out").write_text("a file")
    assert "is a file, not a folder" in poa("appeal", REPORT, "--out", "out", check=1).stderr


def test_a_name_that_no_disk_takes_is_named(poa):
    """As the file that it is of, and not as a fault of the terminal; the JSON of the contract says the same."""
    name = "x" * 300
    for args in (
        ["summary", name],
        ["summary", REPORT, "--map-out", name],
        ["appeal", REPORT, "--out", name],
    ):
        done = poa(*args, check=1)
        assert "cannot be used" in done.stderr
        fault = json.loads(poa(*args, "--json", check=1).stdout)["error"]
        assert fault["code"] == "unusable_path"
        assert fault["file"].endswith(name)


def test_an_unwritable_folder_is_named(poa, tmp_path):
    """--out below a file cannot be written, and is said to be so."""
    (tmp_path / "file").write_text("")
    done = poa("appeal", REPORT, "--out", tmp_path / "file" / "out", check=1)
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "file") in done.stderr.replace("\n", "")


def test_a_typo_in_a_template_is_told_with_its_place(poa, tmp_path):
    """A misspelt name in a pack comes with pack, file, line, and what was probably meant."""
    pack = tmp_path / "acme"
    pack.mkdir()
    (pack / "pack.toml").write_text('id = "acme"\nversion = "1"\nfacts = 1\nextends = "default"\n')
    (pack / "plan-of-action.md.j2").write_text("# Plan\n\n{{ facts.late_shipment_rates[0].late | count }}\n")
    done = poa("appeal", REPORT, "--pack", "acme", "--out", "out", "--json", check=1)
    error = json.loads(done.stdout)["error"]
    assert (error["file"], error["line"]) == ("acme/plan-of-action.md.j2", 3)
    assert "did you mean 'late_shipment_rate'?" in error["message"]
    assert not (tmp_path / "out").exists()


def test_a_pack_changes_one_section(poa, tmp_path):
    """A pack's own block takes the place of the built-in one; the rest stays."""
    pack = tmp_path / "acme"
    pack.mkdir()
    (pack / "pack.toml").write_text('id = "acme"\nversion = "1"\nfacts = 1\nextends = "default"\n')
    (pack / "plan-of-action.md.j2").write_text(
        '{% extends "default/plan-of-action.md.j2" %}\n{% block closing %}\nYours, Acme.\n{% endblock %}\n'
    )
    poa("appeal", REPORT, "--pack", "acme", "--out", "out", "--format", "md", check=0)
    letter = (tmp_path / "out" / "plan-of-action.md").read_text(encoding="utf-8")
    assert letter.rstrip().endswith("Yours, Acme.")
    assert "## Root cause" in letter


def test_buyers_data_reach_no_output(poa, tmp_path):
    """Columns of names, addresses and phones, and values shifted into others, are nowhere to be found."""
    canaries = ["Jane Q Canary", "12 Canary Street", "canary@example.com", "+1 555 0100 777"]
    header = (
        "order-id,ship-by-date,ship-confirm-date,buyer-name,ship-address-1,buyer-email,buyer-phone-number\n"
    )
    good = "111-{0}-2000001,2026-10-{1},2026-10-09,{2}\n"
    rows = [good.format(1_000_000 + n, 10 + n, ",".join(canaries)) for n in range(9)]
    rows.append(f"111-1000010-2000001,{canaries[0]},2026-10-09,x,y,z,w\n")
    rows.append(f"{canaries[1]},2026-10-11,{canaries[2]},x,y,z,w\n")
    rows.append(f"111-1000012-2000001,2026-10-11,{canaries[3]},x,y,z,w\n")
    (tmp_path / "report.csv").write_text(header + "".join(rows))
    said = ""
    for args in (
        ["summary"],
        ["summary", "--json"],
        ["summary", "--strict", "--debug"],
        ["appeal", "--out", "out"],
    ):
        done = poa(*args, "report.csv")
        said += done.stdout + done.stderr
    (tmp_path / "report.csv").unlink()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for canary in canaries:
        assert canary not in said
        assert canary.encode() not in written


def test_escape_sequences_in_a_file_do_not_reach_the_terminal(poa, tmp_path):
    """A supplier's name and a header with control characters are shown harmless."""
    (tmp_path / "report.csv").write_text(
        "order-id,ship-by-date,ship-confirm-date,supplier\n"
        + "".join(
            f"111-{number}-2000001,2026-10-10,2026-10-11,\x1b[31m\x07[bold]x[/b]\n"
            for number in range(1_000_001, 1_000_041)
        ),
        encoding="utf-8",
    )
    done = poa("summary", "report.csv", "--complete", check=0)
    assert "\x1b" not in done.stdout
    assert "[bold]x[/b]" in done.stdout


# --- demo ----------------------------------------------------------------------------------------


def test_demo_says_what_to_open_and_can_be_run_again(poa, tmp_path):
    """The first file it names is there; a second run replaces the first, byte by byte the same."""
    done = poa("demo", check=0)
    first = re.search(r"Open first:\s+(\S+)", done.stdout)[1]
    assert (tmp_path / first).is_file()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    poa("demo", check=0)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_demo_leaves_other_folders_alone(poa, tmp_path):
    """A folder that poa demo did not make is refused, whatever it holds."""
    (tmp_path / "poa-demo").mkdir()
    (tmp_path / "poa-demo" / "thesis.txt").write_text("mine")
    assert "already_exists" in poa("demo", "--json", check=1).stdout
    assert [path.name for path in (tmp_path / "poa-demo").iterdir()] == ["thesis.txt"]


def test_the_samples_are_what_their_generator_makes():
    """The bundled files are the seed's, to the byte."""
    from poa.sample import sample_files

    for name, data in sample_files().items():
        assert (SAMPLES / name).read_bytes() == data


def test_overwriting_keeps_what_somebody_edited_and_leaves_nothing_stale(poa, tmp_path):
    """An edited paper is kept aside, a paper that is no longer made is gone, a filled-in case stays."""
    out = tmp_path / "out"
    poa("appeal", REPORT, "--out", "out", check=0)
    (out / "plan-of-action.md").write_text("my own words")
    (out / "internal" / "case.toml").write_text("case = 1\n")
    done = poa("appeal", REPORT, "--out", "out", "--overwrite", "--format", "md", check=0)
    [kept] = (out / "internal" / "edited").iterdir()
    assert kept.read_text() == "my own words"
    assert kept.name in done.stdout
    assert (out / "internal" / "case.toml").read_text() == "case = 1\n"
    assert not list(out.rglob("*.docx"))
