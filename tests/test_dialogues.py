"""What poa asks: on a terminal one question at a time; elsewhere the run is refused with the way on."""

import json
import os
import subprocess
import sys

import pytest
from conftest import SAMPLES, run_poa
from strategies import order_id, text_of

from poa.account import Account, facts_of
from poa.errors import Undecided
from poa.files import as_input

HEADER = ["order-id", "ship-by-date", "ship-confirm-date", "supplier"]


def with_supplier(name, encoding):
    """A report of thirty orders, one supplier written in an encoding that it does not state."""
    rows = [[order_id(n), "2026-10-12T12:00Z", "2026-10-12T10:00Z", name] for n in range(1, 31)]
    return text_of(rows, header=HEADER).encode(encoding)


def on_a_terminal(*args, cwd, answers):
    """Run poa with its questions on a terminal of 80 columns: stdout, and what the terminal showed."""
    pty = pytest.importorskip("pty", reason="a terminal to be had from the system")
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "poa", *args],
        cwd=cwd,
        stdin=theirs,
        stderr=theirs,
        stdout=subprocess.PIPE,
        env={**os.environ, "TERM": "dumb", "COLUMNS": "80", "PYTHONUTF8": "1"},
    )
    os.close(theirs)
    os.write(ours, answers.encode())
    out = done.communicate(timeout=60)[0].decode()
    shown = b""
    try:
        while piece := os.read(ours, 65_536):
            shown += piece
    except OSError:  # the other end of the terminal is closed
        pass
    os.close(ours)
    return done.returncode, out, shown.decode(errors="replace")


# --- Encodings


@pytest.mark.parametrize(
    ("name", "encoding", "store"),
    [
        ("Müller GmbH", "cp1252", "DE"),
        ("Müller GmbH", "cp1252", "US"),
        ("café Ünlü", "cp1252", None),
        ("義烏商店", "cp932", "JP"),
        ("カタカナ商事", "cp932", "JP"),
    ],
)
def test_an_encoding_that_one_reading_fits_is_read(name, encoding, store):
    """Where one encoding alone makes names of the bytes, or the store settles it, the names are right."""
    account = Account(reports=(as_input("r.csv", with_supplier(name, encoding)),), marketplace=store)
    facts = facts_of(account, tell=lambda _: None)
    assert [one.name.value for one in facts.late_by_supplier.suppliers] == [name]
    assert facts.source.files[0].encoding == encoding


@pytest.mark.parametrize("name", ["义乌恒泰", "宁波海安贸易"])
def test_a_chinese_name_is_never_read_as_something_else_in_silence(name):
    """GB18030 in a store of the West is read as Chinese, or asked about; never as accents in a row."""
    account = Account(reports=(as_input("r.csv", with_supplier(name, "gb18030")),))
    try:
        facts = facts_of(account, tell=lambda _: None)
    except Undecided as question:
        assert question.setting == "encoding"
        assert ("gb18030", name) in question.choices
    else:
        assert [one.name.value for one in facts.late_by_supplier.suppliers] == [name]


def test_letters_that_are_not_read_need_no_encoding():
    """Where only a column that poa does not read has other letters, nothing is asked."""
    rows = [[order_id(1), "2026-10-12T23:59Z", "2026-10-12T10:00Z", "ÄÖ你好"]]
    data = text_of(rows, header=[*HEADER[:3], "buyer-name"]).encode("gb18030")
    facts = facts_of(Account(reports=(as_input("r.csv", data),)), tell=lambda _: None)
    assert facts.rows_refused.value == 0


# --- Questions on a terminal


def test_dates_that_two_readings_fit_are_asked_on_a_terminal(tmp_path):
    """03/04 is asked about once; the answer settles the whole file, and nobody is asked in a pipe."""
    rows = [[order_id(n), "03/04/2026 12:00", "03/04/2026 15:00", "A"] for n in range(1, 31)]
    (tmp_path / "r.csv").write_text(text_of(rows, header=HEADER))
    for answer, day in (("1", "2026-04-03"), ("2", "2026-03-04")):
        code, out, shown = on_a_terminal("summary", "r.csv", "--json", cwd=tmp_path, answers=f"{answer}\n")
        assert (code, json.loads(out)["as_of"]) == (0, day)
        assert shown.count("Which is right?") == 1
    refused = run_poa("summary", "r.csv", "--json", cwd=tmp_path, check=1)
    assert json.loads(refused.stdout)["error"]["code"] == "ambiguous_dates"


def test_an_answer_that_is_none_of_the_choices_is_asked_again(tmp_path):
    """A slip of the finger costs a second question, not the run."""
    rows = [[order_id(1), "03/04/2026 12:00", "03/04/2026 15:00", "A"]]
    (tmp_path / "r.csv").write_text(text_of(rows, header=HEADER))
    code, out, _ = on_a_terminal("summary", "r.csv", "--json", cwd=tmp_path, answers="9\n2\n")
    assert (code, json.loads(out)["as_of"]) == (0, "2026-03-04")


# --- A mapping file made by asking

FOREIGN = (
    "Bestell-Nr.;Versand bis;Versendet am;Artikel;Lieferant X\n"
    "7-1;03.04.2026 23:59;04.04.2026 10:00;A;Alder\n"
    "7-2;03.04.2026 23:59;03.04.2026 10:00;B;Birch\n"
)


def test_a_mapping_file_is_made_by_asking_and_is_what_map_reads(tmp_path):
    """The answers are written as a mapping file, used at once, and read the same file again without a question."""
    (tmp_path / "r.csv").write_text(FOREIGN)
    answers = "1\n1\n1\n1\n1\n1\nEurope/Berlin\n1\n"
    made = run_poa("summary", "r.csv", "--map-out", "m.toml", "--json", cwd=tmp_path, stdin=answers, check=0)
    again = run_poa("summary", "r.csv", "--map", "m.toml", "--json", cwd=tmp_path, check=0)
    assert made.stdout == again.stdout
    found = json.loads(again.stdout)
    assert (found["late_shipment_rate"][2]["late"], found["late_shipment_rate"][2]["orders"]) == (1, 2)
    assert found["time_zone"] == "Europe/Berlin"
    assert {one["name"] for one in found["late_by_supplier"]["suppliers"]} == {"Alder", "Birch"}


def test_what_a_header_says_is_not_asked(tmp_path):
    """Of a file that poa knows, only what no header tells is asked: what it holds, and whether all of it."""
    rows = [[order_id(1), "2026-10-12T23:59Z", "2026-10-12T10:00Z", "A"]]
    (tmp_path / "r.csv").write_text(text_of(rows, header=HEADER))
    done = run_poa("summary", "r.csv", "--map-out", "m.toml", cwd=tmp_path, stdin="1\n1\n", check=0)
    assert done.stderr.count("Which column") == 0


def test_a_mapping_file_that_is_there_is_not_written_over(tmp_path):
    """Nobody answers a question for a file that could not be written."""
    (tmp_path / "r.csv").write_text(FOREIGN)
    (tmp_path / "m.toml").write_text("mine")
    done = run_poa("summary", "r.csv", "--map-out", "m.toml", "--json", cwd=tmp_path, stdin="", check=1)
    assert json.loads(done.stdout)["error"]["code"] == "already_exists"
    assert (tmp_path / "m.toml").read_text() == "mine"


def test_a_dialogue_that_is_left_writes_nothing(tmp_path):
    """Closing the input in the middle ends the run with a sentence and no file."""
    (tmp_path / "r.csv").write_text(FOREIGN)
    done = run_poa("summary", "r.csv", "--map-out", "m.toml", "--json", cwd=tmp_path, stdin="1\n1\n", check=1)
    assert json.loads(done.stdout)["error"]["code"] == "stopped"
    assert not (tmp_path / "m.toml").exists()


def test_a_suppliers_file_gets_its_mapping_without_a_report(tmp_path):
    """For a list that holds no orders the mapping is written, and the next step told."""
    (tmp_path / "s.csv").write_text("Ref,Left WH,Who\n1,2026-10-12 10:00,Alder\n")
    answers = "2\n1\n3\n1\n2\nAsia/Shanghai\n"
    done = run_poa("summary", "s.csv", "--map-out", "m.toml", cwd=tmp_path, stdin=answers, check=0)
    assert "--map m.toml" in done.stderr
    written = (tmp_path / "m.toml").read_text()
    assert 'order_id = "Ref"' in written
    assert 'supplier_dispatched = "Left WH"' in written


def test_a_case_asks_which_column_is_which_and_keeps_the_answer(tmp_path):
    """A file of a shape of its own is asked about before all else, and every command reads it from then on."""
    (tmp_path / "r.csv").write_text(FOREIGN)
    answers = "\ny\n1\n1\n1\n1\n1\n1\n1\nq\n"
    run_poa("case", "new", "c", "r.csv", "--ask", "--marketplace", "DE", cwd=tmp_path, stdin=answers, check=0)
    assert "ship_by" in (tmp_path / "c" / "inputs" / "r.toml").read_text()
    found = json.loads(run_poa("summary", "--case", "c", "--json", cwd=tmp_path, check=0).stdout)
    assert (found["late_shipment_rate"][2]["late"], found["late_shipment_rate"][2]["orders"]) == (1, 2)


def test_whoever_cannot_say_the_columns_goes_on_without(tmp_path):
    """The questions of the case follow, and the sentence says what is missing."""
    (tmp_path / "r.csv").write_text(FOREIGN)
    done = run_poa("case", "new", "c", "r.csv", "--ask", cwd=tmp_path, stdin="\nn\nq\n", check=0)
    told = " ".join((done.stdout + done.stderr).split())
    assert "Nothing can be proposed from these rows" in told
    assert "poa summary r.csv --map-out my-map.toml" in told


def test_a_file_that_is_not_utf8_gets_its_mapping(tmp_path):
    """What the titles are read in, the dates are read in too."""
    (tmp_path / "r.csv").write_bytes(FOREIGN.replace("Alder", "Händler").encode("cp1252"))
    answers = "1\n1\n1\n1\n1\n1\nEurope/Berlin\n1\n"
    done = run_poa("summary", "r.csv", "--map-out", "m.toml", cwd=tmp_path, stdin=answers, check=0)
    assert "cp1252" in done.stdout


def test_a_day_is_no_action(tmp_path):
    """Whoever writes the day where the action is asked is asked again."""
    files = ("late-shipment-report.csv", "suppliers.csv")
    for name in files:
        (tmp_path / name).write_bytes((SAMPLES / name).read_bytes())
    answers = "\n" * 7 + "y\n1\n\n\n\n\n2026-11-03\nq\n"
    done = run_poa("case", "new", "c", *files, "--ask", cwd=tmp_path, stdin=answers, check=0)
    assert 'action = "2026-11-03"' not in (tmp_path / "c" / "case.toml").read_text()
    assert "or your own words" in done.stdout + done.stderr
