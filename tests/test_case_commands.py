"""`poa case` as a frightened seller uses it: every message clear, every answer saved, nothing half written."""

import hashlib
import json
import os
import re
import shutil
import signal
import time
import tomllib
from datetime import date

import pytest
from conftest import SAMPLES, begin_on_terminal, run_poa

from poa.case import read_case
from poa.files import plain_name

REPORTS = [SAMPLES / "late-shipment-report.csv", SAMPLES / "suppliers.csv"]
NOTICE = SAMPLES / "notice.txt"


def code_of(done):
    return json.loads(done.stdout)["error"]["code"]


@pytest.fixture
def sample(tmp_path):
    """The sample's case, complete, as a folder of a user."""
    folder = tmp_path / "my-case"
    shutil.copytree(SAMPLES, folder, ignore=shutil.ignore_patterns("generate.py", "__pycache__", "history"))
    return folder


def narrow(text):
    """Every line of prose fits 80 columns."""
    return all(len(line) <= 80 for line in text.splitlines())


# --- poa case new


def test_a_new_case_holds_the_files_and_states_nothing(tmp_path):
    """Reports and notice are copied, the case asks everything, and the next step is named."""
    done = run_poa("case", "new", "my-case", *REPORTS, "--notice", NOTICE, cwd=tmp_path, check=0)
    assert sorted(
        one.relative_to(tmp_path / "my-case").as_posix() for one in tmp_path.rglob("*") if one.is_file()
    ) == [
        "case.toml",
        "evidence/README.txt",
        "inputs/late-shipment-report.csv",
        "inputs/notice.txt",
        "inputs/suppliers.csv",
    ]
    assert "Next: poa case ask my-case" in done.stdout
    assert narrow(done.stdout)
    case = read_case((tmp_path / "my-case" / "case.toml").read_bytes(), name="case.toml")
    assert (case.seller.marketplace, case.notice.file) == ("US", "inputs/notice.txt")


def test_names_of_files_stay_apart_on_every_system(tmp_path):
    """Two files of one name, names that differ in case, Chinese and reserved names: all are kept."""
    for folder, name in (
        ("a", "r.csv"),
        ("b", "R.CSV"),
        ("c", "r.csv"),
        ("d", "迟发货 报告.csv"),
        ("e", "con.csv"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(folder)
    paths = [one for one in sorted(tmp_path.rglob("*")) if one.is_file()]
    done = run_poa(
        "case", "new", "x", *paths, "--notice", tmp_path / "a" / "r.csv", "--json", cwd=tmp_path, check=0
    )
    kept = [
        one.removeprefix("inputs/") for one in json.loads(done.stdout)["files"] if one.startswith("inputs/")
    ]
    assert sorted(kept) == sorted(
        ["r.csv", "R-2.CSV", "r-3.csv", "r-4.csv", "迟发货 报告.csv", "file-con.csv"]
    )
    assert tomllib.loads((tmp_path / "x" / "case.toml").read_text())["notice"]["file"] == "inputs/r-4.csv"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a:b?.csv", "a-b.csv"),
        ("..", "file"),
        ("NUL.tar.gz", "file-NUL.tar.gz"),
        ("lpt1", "file-lpt1"),
        (".hidden", "hidden"),
        ("report. ", "report"),
        ("x" * 300 + ".xlsx", "x" * 120 + ".xlsx"),
        ("Mu\u0308ller.pdf", "Müller.pdf"),
    ],
)
def test_a_name_fits_every_disk(name, kept):
    """What Windows cannot hold is taken out of a name, and its ending stays."""
    assert plain_name(name) == kept


@pytest.mark.parametrize(
    ("args", "code", "status"),
    [
        (["there"], "already_exists", 1),
        (["full"], "already_exists", 1),
        (["file.txt"], "not_a_folder", 1),
        (["new", "missing.csv"], "no_such_file", 1),
        (["new", "full"], "is_a_folder", 1),
        (["new", "--notice", "missing.txt"], "no_such_file", 1),
        (["new", "--marketplace", "ATLANTIS"], "unknown_marketplace", 2),
        ([], "usage", 2),
    ],
)
def test_a_case_that_cannot_be_made_leaves_nothing_behind(tmp_path, args, code, status):
    """What is in the way is named with the next step, and no file is written or changed."""
    for name in ("there/case.toml", "full/mine.txt", "file.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mine")
    done = run_poa("case", "new", *args, "--json", cwd=tmp_path, check=status)
    assert code_of(done) == code
    assert json.loads(done.stdout)["error"]["hint"]
    assert "--out" not in done.stdout
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file.txt", "full", "there"]


# --- Odd folders


@pytest.mark.parametrize("command", ["check", "sent", "reply", "purge"])
@pytest.mark.parametrize(
    ("folder", "code"),
    [("missing", "no_case"), ("empty", "no_case"), ("file.csv", "no_case"), ("broken", "bad_toml")],
)
def test_a_folder_that_is_no_case_is_a_sentence(tmp_path, command, folder, code):
    """A missing folder, a file, a folder without a case and a broken case file are each named."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "case.toml").write_text("\n[seller\n")
    (tmp_path / "file.csv").write_text("x")
    more = {
        "sent": ["file.csv", "--by", "x", "--today", "2026-11-04"],
        "reply": ["file.csv"],
        "purge": ["--all"],
    }
    done = run_poa("case", command, folder, *more.get(command, []), "--json", cwd=tmp_path)
    if (command, folder) == ("purge", "broken"):  # a closed case need not be readable to be deleted
        assert code_of(done) == "not_confirmed"
        return
    assert (done.returncode, code_of(done)) == (1, code)
    assert done.stderr == ""


def test_the_case_file_itself_may_be_named(sample):
    """case.toml in the place of its folder is the same case."""
    by_folder = run_poa("case", "check", "my-case", "--json", cwd=sample.parent, check=0)
    by_file = run_poa("case", "check", "my-case/case.toml", "--json", cwd=sample.parent, check=0)
    within = run_poa("case", "check", "case.toml", "--json", cwd=sample, check=0)
    assert by_folder.stdout == by_file.stdout == within.stdout


def test_without_a_terminal_the_questions_are_not_asked(sample):
    """ask in a pipe is wrong usage, and names the way by file; it changes nothing."""
    before = (sample / "case.toml").read_bytes()
    done = run_poa("case", "ask", "my-case", cwd=sample.parent, stdin="x\n", check=2)
    assert "case.toml" in done.stderr
    assert "poa case check my-case" in " ".join(done.stderr.split())
    assert (sample / "case.toml").read_bytes() == before


# --- poa case check


def test_the_sample_has_nothing_open(sample):
    """A complete case says so, and names the next step."""
    done = run_poa("case", "check", "my-case", "--strict", cwd=sample.parent, check=0)
    assert "Answer by 2026-11-09." in done.stdout
    assert "Nothing of the case is open. Next: poa appeal --case my-case --final" in " ".join(
        done.stdout.split()
    )
    told = json.loads(run_poa("case", "check", "my-case", "--json", cwd=sample.parent, check=0).stdout)
    assert (told["ready"], told["open"], told["deadline"]) == (True, [], "2026-11-09")


def test_what_is_open_is_listed_by_what_the_notice_asks(sample):
    """Each part carries the notice's own line; an open point stands under it; --strict ends with 3."""
    text = (sample / "case.toml").read_text().replace('role = "Purchasing lead"', 'role = ""')
    (sample / "case.toml").write_text(text)
    done = run_poa("case", "check", "my-case", cwd=sample.parent, check=0)
    assert narrow(done.stdout)
    assert "The actions you have taken to resolve it: ready" in done.stdout
    flat = " ".join(done.stdout.split())
    assert (
        "prevent late shipments from now on: 1 point is open - Control 2: Which role carries this out?"
        in flat
    )
    assert not re.search(r"chance|probab|likel|%", done.stdout)
    strict = run_poa("case", "check", "my-case", "--strict", cwd=sample.parent, check=3)
    assert "1 point of the case is open." in strict.stderr


def test_missing_evidence_is_named(sample):
    """A file that is gone is a fault with its line; with the whole folder gone as well."""
    (sample / "evidence" / "inventory-2026-11-03.csv").unlink()
    done = run_poa("case", "check", "my-case", "--json", cwd=sample.parent, check=1)
    error = json.loads(done.stdout)["error"]
    line = (sample / "case.toml").read_text().splitlines()[error["line"] - 1]
    assert (error["code"], line) == ("no_such_evidence", 'evidence = "inventory-2026-11-03.csv"')
    shutil.rmtree(sample / "evidence")
    assert (
        code_of(run_poa("case", "check", "my-case", "--json", cwd=sample.parent, check=1))
        == "no_such_evidence"
    )


def test_the_codes_are_listed_with_words(tmp_path):
    """Every code that a letter may name is printed with its title, within 80 columns."""
    done = run_poa("case", "codes", cwd=tmp_path, check=0)
    assert "SUP_DISPATCH" in done.stdout
    assert "Goods left the supplier late" in done.stdout
    assert "UNKNOWN" not in done.stdout
    assert narrow(done.stdout)
    assert {"causes", "gaps", "kpis"} == json.loads(
        run_poa("case", "codes", "--json", cwd=tmp_path, check=0).stdout
    ).keys()


# --- What was sent, what came back

REPLY = """\
Hello,

We received your plan of action about your late shipment rate. We cannot accept it yet. Send us:

- Greater detail on the root cause of the late shipments
- Greater detail on the steps you have taken to prevent late shipments

"""


@pytest.fixture
def papers(tmp_path):
    """A folder as poa appeal writes it."""
    for name in ("plan-of-action.docx", "annex/late-orders.csv", "internal/facts.json", "internal/cover.md"):
        (tmp_path / "papers" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "papers" / name).write_text(name)
    return tmp_path / "papers"


def send(cwd, *more, **how):
    return run_poa(
        "case",
        "sent",
        "my-case",
        *more,
        "--by",
        "Ops lead",
        "--today",
        "2026-11-04",
        "--json",
        cwd=cwd,
        **how,
    )


@pytest.mark.usefixtures("papers")
def test_what_was_sent_is_kept_and_noted(sample):
    """The journal holds the hashes of what may be sent; the folder keeps the case and the facts of that day."""
    told = json.loads(send(sample.parent, "papers", check=0).stdout)
    assert set(told["files"]) == {"plan-of-action.docx", "annex/late-orders.csv"}
    assert (sample / "sent/1/case.toml").read_bytes() == (sample / "case.toml").read_bytes()
    assert (sample / "sent/1/facts.json").read_text() == "internal/facts.json"
    first = (sample / "journal.jsonl").read_bytes()
    assert [json.loads(line)["event"] for line in first.splitlines()] == ["confirmed", "sent"]
    assert json.loads(send(sample.parent, "papers/plan-of-action.docx", check=0).stdout)["kept"] == "sent/2"
    assert (sample / "journal.jsonl").read_bytes().startswith(first)
    assert (sample / "sent/2/facts.json").exists()


@pytest.mark.parametrize(
    ("args", "code", "status"),
    [
        (["--by", "x", "--today", "2026-11-04"], "nothing_sent", 2),
        (["nothing", "--by", "x", "--today", "2026-11-04"], "no_such_file", 1),
        (["void", "--by", "x", "--today", "2026-11-04"], "no_papers", 1),
        (["papers", "--today", "2026-11-04"], "no_name", 2),
        (["papers", "--by", "x"], "no_day", 2),
        (["papers", "--by", "x", "--today", "soon"], "usage", 2),
    ],
)
@pytest.mark.usefixtures("papers")
def test_what_is_not_said_is_not_noted(sample, args, code, status):
    """Without papers, a name or a day nothing is written at all."""
    (sample.parent / "void").mkdir()
    assert (
        code_of(run_poa("case", "sent", "my-case", *args, "--json", cwd=sample.parent, check=status)) == code
    )
    assert not (sample / "sent").exists()
    assert not (sample / "journal.jsonl").exists()


def test_an_answer_needs_something_that_was_sent(sample):
    """A reply to nothing is refused, and nothing is kept of it."""
    (sample.parent / "reply.txt").write_text(REPLY)
    done = run_poa(
        "case", "reply", "my-case", "reply.txt", "--today", "2026-11-06", "--json", cwd=sample.parent, check=2
    )
    assert code_of(done) == "nothing_sent"
    assert not (sample / "inputs").exists()


@pytest.mark.usefixtures("papers")
def test_an_answer_opens_its_lines_until_the_case_says_more(sample):
    """Each line of Amazon's waits; changing the part that it asks about closes it, and no other."""
    send(sample.parent, "papers", check=0)
    (sample.parent / "reply.txt").write_text(REPLY)
    reply = ["case", "reply", "my-case", "reply.txt", "--today", "2026-11-06"]
    run_poa(*reply, cwd=sample.parent, check=0)
    assert (sample / "inputs/reply-1-reply.txt").read_text() == REPLY
    assert code_of(run_poa(*reply, "--json", cwd=sample.parent, check=2)) == "already_noted"

    def waiting():
        told = json.loads(run_poa("case", "check", "my-case", "--json", cwd=sample.parent, check=0).stdout)
        return {one["ask"] for one in told["unanswered"]}, told

    before, told = waiting()
    assert {"root_cause", "preventive"} <= before
    assert told["ready"] is False
    text = (sample / "case.toml").read_text()
    (sample / "case.toml").write_text(text.replace("Nobody checked,", "Nobody in the warehouse checked,"))
    assert waiting()[0] == before - {"root_cause"}
    (sample / "case.toml").write_text(text.replace('code = "SUP_DISPATCH"', 'code = "LATE_CONFIRM"'))
    assert any("Goods left the supplier late" in one for one in waiting()[1]["contradictions"])
    done = run_poa("case", "check", "my-case", cwd=sample.parent, check=0)
    assert "Amazon still waits for more on:" in done.stdout
    assert narrow(done.stdout)


def test_a_journal_with_a_broken_line_is_named(sample):
    """Somebody's slip in the journal stops the run with its line, and nothing is written."""
    (sample / "journal.jsonl").write_text("\nbroken\n")
    error = json.loads(run_poa("case", "check", "my-case", "--json", cwd=sample.parent, check=1).stdout)[
        "error"
    ]
    assert (error["code"], error["line"]) == ("bad_journal", 2)


# --- poa case purge


def test_a_closed_case_is_emptied_of_what_came_in(sample):
    """Without --yes nothing goes; with it inputs, evidence and the notice, and no other file."""
    (sample / "inputs").mkdir()
    (sample / "inputs" / "r.csv").write_text("x")
    (sample / "history").mkdir()
    (sample / "history" / "2026-W44.toml").write_text("x")
    assert (
        code_of(run_poa("case", "purge", "my-case", "--json", cwd=sample.parent, check=2)) == "not_confirmed"
    )
    assert (sample / "inputs" / "r.csv").exists()
    done = run_poa("case", "purge", "my-case", "--yes", "--json", cwd=sample.parent, check=0)
    assert json.loads(done.stdout)["deleted"] == [
        "evidence/inventory-2026-11-03.csv",
        "evidence/open-orders-2026-11-02.csv",
        "inputs/r.csv",
        "notice.txt",
    ]
    assert sorted(one.name for one in sample.iterdir()) == sorted(
        ["case.toml", "history", "late-shipment-report.csv", "suppliers.csv"]
    )
    run_poa("case", "purge", "case.toml", "--all", "--yes", cwd=sample, check=0)
    assert sorted(one.name for one in sample.iterdir()) == ["late-shipment-report.csv", "suppliers.csv"]


@pytest.mark.parametrize(
    ("status", "case", "code"),
    [("draft", "own", "draft_sent"), ("final", "other", "other_case"), ("final", "own", None)],
)
def test_only_final_papers_of_this_case_are_noted_as_sent(sample, papers, status, case, code):
    """A draft with its questions, or the papers of another client, are refused by the folder's own record."""
    own = hashlib.sha256((sample / "case.toml").read_bytes()).hexdigest()
    told = {"read_as": "case", "sha256": own if case == "own" else "0" * 64}
    made = {"made_by": "poa appeal", "status": status, "inputs": [told], "outputs": {}}
    (papers / "internal" / "provenance.json").write_text(json.dumps(made))
    done = send(sample.parent, "papers")
    if code is None:
        assert done.returncode == 0
    else:
        assert (done.returncode, code_of(done)) == (2, code)
        assert not (sample / "journal.jsonl").exists()


@pytest.mark.usefixtures("papers")
def test_an_answer_before_the_letter_is_refused(sample):
    """Nobody answers what was not sent yet."""
    send(sample.parent, "papers", check=0)
    (sample.parent / "reply.txt").write_text(REPLY)
    done = run_poa(
        "case", "reply", "my-case", "reply.txt", "--today", "2026-11-03", "--json", cwd=sample.parent, check=2
    )
    assert code_of(done) == "reply_before_sent"


# --- The interview, on a terminal


def talk(args, answer, *, cwd, env=None):
    """Run poa on a terminal; ``answer`` gets what was shown since the last prompt. Returns code and all of it.

    An answer of None kills the process as a power cut would.
    """
    pty = pytest.importorskip("pty", reason="a terminal to be had from the system")
    ours, theirs = pty.openpty()
    running = begin_on_terminal(args, theirs, cwd=cwd, env={"TERM": "dumb", **(env or {})})
    shown, told = b"", 0
    try:
        while piece := os.read(ours, 65_536):
            if not shown:  # it has opened the terminal itself by now
                os.close(theirs)
            shown += piece
            if shown.endswith(b"\n> "):
                given = answer(shown[told:].decode().replace("\r\n", "\n"))
                told = len(shown)
                if given is None:
                    running.kill()
                elif given == "^C":
                    time.sleep(0.3)  # until it waits for the line
                    running.send_signal(signal.SIGINT)
                else:
                    os.write(ours, given.encode() if given == "\x04" else f"{given}\n".encode())
    except OSError:  # the other end of the terminal is closed
        pass
    except BaseException:
        running.kill()
        raise
    os.close(ours)
    return running.wait(timeout=30), shown.decode().replace("\r\n", "\n")


class Seller:
    """Answers by the question; ``said`` overrides, each list is used up in order; else what a sample seller says."""

    SAYS = (
        ("Who answers", "Ops lead"),
        ("seller's name", "Harbor Goods"),
        ("notice arrive", "2026-11-02"),
        ("shall the letter carry", "2026-11-04"),
        ("offer you a quiz|automated handling", "n"),
        ("appeal button", "y"),
        ("confirm as a cause", "y"),
        ("Which kind of cause|[Ww]hich gap", "1"),
        ("steps true|word for word|statements true", "y"),
        ("day was this done", "2026-11-03"),
        ("Which file shows", "1"),
        ("What have you already done|Which control keeps", "1"),
        ("Which role|How often|Which figure", ""),
        ("From which day", "2026-11-04"),
        ("do you confirm them", "2026-11-04"),
    )

    def __init__(self, **said):
        self.said = {key: list(value) for key, value in said.items()}
        self.asked = []
        self.question = ""

    def __call__(self, shown):
        self.asked.append(shown)
        assert len(self.asked) < 150, "".join(self.asked[-3:])  # it goes round in circles
        if len(shown.splitlines()) < 4 and self.question and "?" in shown.splitlines()[0][:2]:
            shown = self.question  # help was read; the question still stands
        self.question = shown
        for key, answers in self.said.items():
            if answers and re.search(key.replace("_", "."), shown, re.DOTALL):
                return answers.pop(0)
        for pattern, answer in self.SAYS:
            if re.search(pattern, shown):
                if answer == "1" and "own words" in shown:  # one action and one control for each cause
                    cause = re.search(r"Cause (\d):", shown)
                    return "1" if cause else ""
                return answer
        raise AssertionError(shown)


def new_case(cwd):
    run_poa("case", "new", "my-case", *REPORTS, "--notice", NOTICE, cwd=cwd, check=0)
    for one in (SAMPLES / "evidence").iterdir():
        shutil.copy(one, cwd / "my-case" / "evidence")
    return cwd / "my-case"


def stated(folder):
    return tomllib.loads((folder / "case.toml").read_text())


def ready(folder):
    done = run_poa("case", "check", folder, "--json", cwd=folder.parent, check=0)
    return json.loads(done.stdout)["open"]


def test_proposals_and_short_answers_complete_a_case(tmp_path):
    """From the sample's files to nothing open; what was taken is stated, confirmed, and within 80 columns."""
    folder = new_case(tmp_path)
    code, shown = talk(["case", "ask", "my-case"], Seller(), cwd=tmp_path)
    assert code == 0
    assert "Nothing of the case is open." in shown
    assert ready(folder) == []
    case = stated(folder)
    assert [one["shown_by"] for one in case["cause"]] == ["supplier: Alder Supply", "step: confirmation"]
    assert len(case["corrective"]) == len(case["preventive"]) == 2
    (confirmed,) = (json.loads(line) for line in (folder / "journal.jsonl").read_text().splitlines())
    assert (confirmed["by"], confirmed["day"]) == ("Ops lead", "2026-11-04")
    assert confirmed["statements"]["corrective.1.date"] == "2026-11-03"
    assert narrow(shown)
    assert not re.search(r"SUP_DISPATCH|NO_EARLY_WARNING|cause\.0", shown)
    assert "# Which date shall the letter carry?" in (folder / "case.toml").read_text()


OPTIONS = """id = "acme"
version = "1"
facts = 1

[options.closing]
type = "text"
help = "With which words shall the letter end?"
required = true

[options.formal]
type = "yes_no"
help = "Formal address?"
default = false

[options.days]
type = "whole"
help = "How many days does the buffer last?"

[options.until]
type = "day"
help = "Until which day does the offer hold?"

[options.tone]
type = "choice"
choices = ["short", "warm"]
help = "Which tone?"
"""


@pytest.mark.deep
def test_the_options_of_a_pack_are_asked_in_its_own_words(tmp_path):
    """Each answer is written with the option's type, and what the pack requires is open until it is answered."""
    folder = new_case(tmp_path)
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "pack.toml").write_text(OPTIONS)
    asked = {
        "words shall the letter end": ["?", ""],
        "Formal address": ["maybe", "y"],
        "buffer last": ["two", "2.5", "2"],
        "offer hold": ["2026-12-24"],
        "Which tone|short": ["warm", "2"],
    }
    _, shown = talk(["case", "ask", "my-case", "--pack", "acme"], Seller(**asked), cwd=tmp_path)
    assert "without an answer no final paper" in " ".join(shown.split())
    assert shown.count("Write a whole number.") == 2
    assert "1 point is open: poa case check my-case --pack acme" in " ".join(shown.split())
    assert stated(folder)["options"] == {
        "formal": True,
        "days": 2,
        "until": date(2026, 12, 24),
        "tone": "warm",
    }
    done = run_poa("case", "check", "my-case", "--pack", "acme", "--strict", cwd=tmp_path, check=3)
    assert "The pack asks:\n  - With which words shall the letter end?" in done.stdout
    run_poa("case", "check", "my-case", "--strict", cwd=tmp_path, check=0)
    again = {"words shall the letter end": ["Yours, [name] & team"]}
    _, shown = talk(["case", "ask", "my-case", "--pack", "acme"], Seller(**again), cwd=tmp_path)
    assert not re.search("Formal address|buffer last|offer hold|Which tone", shown)
    assert "Next: poa appeal --case my-case --pack acme --final" in " ".join(shown.split())
    assert stated(folder)["options"]["closing"] == "Yours, [name] & team"
    run_poa("appeal", "--case", "my-case", "--pack", "acme", "--final", "--out", "out", cwd=tmp_path, check=0)


def test_a_second_run_takes_up_where_the_first_stopped(tmp_path):
    """q leaves with everything saved; the next run asks none of it again, and goes on to the end."""
    folder = new_case(tmp_path)
    first = Seller(**{"Shipped in time and confirmed late.*confirm as": ["q"]})
    code, shown = talk(["case", "ask", "my-case"], first, cwd=tmp_path)
    assert code == 0
    assert "Go on with: poa case ask my-case" in " ".join(shown.split())
    assert stated(folder)["cause"][0]["code"] == "SUP_DISPATCH"
    assert not (folder / "journal.jsonl").exists()
    second = Seller()
    _, shown = talk(["case", "ask", "my-case"], second, cwd=tmp_path)
    assert not re.search("seller's name|notice arrive|quiz|Alder Supply, 31 of", shown)
    assert "Shipped in time and confirmed late, 12 of 44" in shown
    assert ready(folder) == []


def test_an_answer_is_on_the_disk_before_the_next_question(tmp_path):
    """A power cut after any answer loses none that was given."""
    folder = new_case(tmp_path)
    talk(["case", "ask", "my-case"], Seller(**{"day was this done": ["2026-11-03", None]}), cwd=tmp_path)
    case = stated(folder)
    assert case["corrective"][0]["date"].isoformat() == "2026-11-03"
    assert case["corrective"][0]["evidence"]
    assert sorted(one.name for one in folder.iterdir()) == ["case.toml", "evidence", "inputs"]


def test_an_answer_that_cannot_stand_is_asked_again(tmp_path):
    """A day ahead, no day at all, an early confirmation, too many words: each is told why, and asked again."""
    folder = new_case(tmp_path)
    seller = Seller(
        **{
            "day was this done": ["2027-01-01", "soon", "2026-11-03"],
            "already done": ["We confirmed orders before handover", "很" * 700, "1"],
            "notice arrive": ["?", "02.11.2026", "2026-11-02"],
            "letter carry": ["2026-10-01", "2026-11-04"],
        }
    )
    code, shown = talk(["case", "ask", "my-case"], seller, cwd=tmp_path)
    flat = " ".join(shown.split())
    assert code == 0
    assert "2027-01-01, after the letter of 2026-11-04" in flat
    assert "'soon' is no day; write it as 2026-10-31" in flat
    assert "closes accounts over it" in flat
    assert "dated before the notice" in flat
    assert "write at most 600 letters" in flat
    assert "The time to answer is counted from it." in flat
    assert ready(folder) == []


@pytest.mark.parametrize("leave", ["^C", "\x04"])
def test_leaving_in_any_way_ends_in_a_sentence(tmp_path, leave):
    """Ctrl-C and the end of the input stop as q does: nothing lost, no traceback."""
    folder = new_case(tmp_path)
    code, shown = talk(["case", "ask", "my-case"], Seller(**{"notice arrive": [leave]}), cwd=tmp_path)
    assert code == 0
    assert "Stopped; what you answered is saved." in shown
    assert "Traceback" not in shown
    assert stated(folder)["seller"]["name"] == "Harbor Goods"


def test_a_case_without_reports_and_notice_is_asked_all_the_same(tmp_path):
    """The notice is pasted or named, the cause chosen from the list, everything else in own words."""
    shutil.copy(SAMPLES / "evidence" / "inventory-2026-11-03.csv", tmp_path / "proof.csv")
    seller = Seller(
        **{
            "name of its file": ["missing.txt", str(NOTICE)],
            "already done": ["We shipped the open orders", ""],
            "control keeps": ["A list of the orders due", ""],
            "Which role": ["Lead"],
            "How often": ["each day"],
            "Which figure": ["late orders: 0"],
            "look again": ["", ""],
        }
    )
    code, shown = talk(["case", "new", "my-case"], seller, cwd=tmp_path)
    assert code == 0
    assert "There is no file missing.txt" in shown
    assert "In your own words, in the language of the letter: English." in shown
    folder = tmp_path / "my-case"
    case = stated(folder)
    assert case["notice"]["file"] == "inputs/notice.txt"
    assert case["preventive"][0]["role"] == "Lead"
    assert [one["path"] for one in ready(folder)] == ["corrective.0.evidence"]


def test_a_notice_is_pasted_to_its_last_line(tmp_path):
    """Text that begins with an empty line and goes on over many is the notice, and no answer to a question."""
    pasted = f"p\n\n{NOTICE.read_text()}\n."
    code, shown = talk(
        ["case", "new", "my-case"], Seller(name_of_its_file=[pasted], seller_s_name=["q"]), cwd=tmp_path
    )
    assert code == 0
    assert "The actions you have taken to resolve it" in shown
    assert (tmp_path / "my-case/inputs/notice.txt").read_text() == NOTICE.read_text().strip()
    assert stated(tmp_path / "my-case")["notice"]["file"] == "inputs/notice.txt"


def test_what_the_notice_asks_in_the_future_may_lie_ahead(tmp_path):
    """Where Amazon asks what will be done, an action after the letter stands."""
    (tmp_path / "n.txt").write_text(NOTICE.read_text().replace("you have taken", "you will take"))
    run_poa("case", "new", "my-case", *REPORTS, "--notice", "n.txt", cwd=tmp_path, check=0)
    shutil.copytree(SAMPLES / "evidence", tmp_path / "my-case/evidence", dirs_exist_ok=True)
    seller = Seller(
        **{
            "What will you do.*own words": ["1", "", "1", ""],
            "will this be done": ["2026-11-20", "2026-11-21"],
        }
    )
    code, _ = talk(["case", "ask", "my-case"], seller, cwd=tmp_path)
    assert code == 0
    assert [str(one["date"]) for one in stated(tmp_path / "my-case")["corrective"]] == [
        "2026-11-20",
        "2026-11-21",
    ]


def test_two_people_answer_one_case(tmp_path):
    """What somebody else writes into the case meanwhile stays."""
    folder = new_case(tmp_path)

    def answer(shown):
        if "notice arrive" in shown:
            text = (folder / "case.toml").read_text()
            (folder / "case.toml").write_text(text.replace('origin = ""', 'origin = "CN"'))
        return "q" if "letter carry" in shown else Seller()(shown)

    talk(["case", "ask", "my-case"], answer, cwd=tmp_path)
    assert stated(folder)["seller"]["origin"] == "CN"
    assert str(stated(folder)["notice"]["date"]) == "2026-11-02"


def test_rows_that_cannot_be_used_do_not_stop_the_questions(tmp_path):
    """A report that is none is named, and the questions go on without it."""
    (tmp_path / "r.csv").write_text("a,b\n1,2\n")
    run_poa("case", "new", "my-case", "r.csv", "--notice", NOTICE, cwd=tmp_path, check=0)
    code, shown = talk(
        ["case", "ask", "my-case"], Seller(**{"which is which": ["n"], "Which kind": ["q"]}), cwd=tmp_path
    )
    assert code == 0
    assert "Nothing can be proposed from these rows" in shown


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_folder_that_cannot_be_written_to_is_a_sentence(tmp_path):
    """A read-only folder ends the interview with what is wrong, and the case as it was."""
    folder = new_case(tmp_path)
    before = (folder / "case.toml").read_bytes()
    folder.chmod(0o500)
    try:
        code, shown = talk(["case", "ask", "my-case"], Seller(), cwd=tmp_path)
    finally:
        folder.chmod(0o700)
    assert code == 1
    assert "cannot be written" in shown
    assert (folder / "case.toml").read_bytes() == before


@pytest.mark.usefixtures("papers")
def test_the_second_round_is_asked_line_by_line(sample):
    """What Amazon's answer waits for is asked, and taken as an answer only when the case says more."""
    send(sample.parent, "papers", check=0)
    (sample.parent / "reply.txt").write_text(REPLY)
    reply = ["case", "reply", "my-case", "reply.txt", "--today", "2026-11-06"]
    run_poa(*reply, cwd=sample.parent, check=0)
    words = "Nobody was charged with looking at open orders before their ship-by time"
    seller = Seller(
        shall_the_letter_carry=["2026-11-07"],
        whole_root_cause_again=["1", words],
        Which_control_keeps=["Check the list of open orders", ""],
        Which_role=["Operations lead"],
        How_often=["each working day at noon"],
        Which_figure_shows=["late orders in each week, none"],
        From_which_day=["2026-11-09"],
    )
    code, shown = talk(["case", "ask", "my-case"], seller, cwd=sample.parent)
    assert code == 0
    assert "Write it in words" in shown
    assert "Nothing of the case is open." in shown
    case = stated(sample)
    assert case["cause"][0]["statement"] == words
    assert case["preventive"][-1]["control"] == "Check the list of open orders"
    assert str(case["letter_date"]) == "2026-11-07"
    assert narrow(shown)
