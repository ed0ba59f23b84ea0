"""Many accounts in one run: each gets what its own command gives it, none stops another, and nothing is made twice."""

import csv
import errno
import io
import json
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import threading
import time

import pytest
from conftest import mostly_deep, run_poa
from made_clients import clients, kills_its_process, kills_its_process_once, tree

from poa.cli.batch.asked import asked_of, folder_of
from poa.cli.batch.book import HOME
from poa.cli.batch.index import as_csv, as_html
from poa.cli.batch.local import outcomes
from poa.cli.batch.outcome import Outcome, Window, by_urgency, failed
from poa.errors import InputFault, OutputFault
from poa.files.held import held

NAMES = ("acme", "bay", "cedar", "dune")
BARE = ("--format", "md")
HERE = ("--workers", "1")  # no second process, which takes a second to start


def batch(*args, cwd, check=0):
    """Run it with ``--json``; what it printed."""
    done = run_poa("batch", *args, "--json", cwd=cwd, check=check)
    return json.loads(done.stdout)


def told(found):
    """Account → done, kept or the code of its fault."""
    return {
        one["account"]: one["fault"]["code"] if one["fault"] else "done" if one["fresh"] else "kept"
        for one in found["accounts"]
    }


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two accounts, and the folder they lie in; for tests that change nothing in it."""
    root = tmp_path_factory.mktemp("two")
    clients(root / "clients", NAMES[:2])
    return root


# --- what an account gets


@pytest.mark.parametrize("job", mostly_deep(["appeal", "weekly"], "appeal"))
def test_each_account_gets_what_its_own_command_makes(two, tmp_path, job):
    """The same bytes, with the options of the job; in one process as in several."""
    given = ("--job", job, "--lang", "de", "--format", "md,docx")
    found = batch(two / "clients", *given, "--out", tmp_path / "out", cwd=tmp_path)
    assert told(found) == {"acme": "done", "bay": "done"}
    alone = batch(two / "clients", *given, "--out", tmp_path / "one", "--workers", "1", cwd=tmp_path)
    assert alone["accounts"] == found["accounts"]
    for name in NAMES[:2]:
        own = tmp_path / "own" / name
        run_poa(job, "--case", two / "clients" / name, "--out", own, *given[2:], cwd=tmp_path, check=0)
        assert tree(own) == tree(tmp_path / "out" / name) == tree(tmp_path / "one" / name)
    assert tree(tmp_path / "out")["batch.html"] == tree(tmp_path / "one")["batch.html"]


def test_a_summary_is_the_json_of_its_command(two, tmp_path):
    batch(two / "clients", "--job", "summary", "--as-of", "2026-10-20", *HERE, cwd=tmp_path)
    own = run_poa(
        "summary", "--case", two / "clients" / "bay", "--as-of", "2026-10-20", "--json", cwd=tmp_path, check=0
    )
    assert (tmp_path / "poa-clients-summary/bay/summary.json").read_text(encoding="utf-8") == own.stdout


def test_the_week_is_kept_in_the_history_of_each_account(tmp_path):
    """And since the job itself writes there, the same batch again makes nothing."""
    clients(tmp_path / "clients", NAMES[:2])
    given = ("clients", "--job", "weekly", *BARE, *HERE)
    assert told(batch(*given, cwd=tmp_path)) == {"acme": "done", "bay": "done"}
    kept = tree(tmp_path / "clients")
    assert any(name.startswith("acme/history/2026-W") for name in kept)
    assert told(batch(*given, cwd=tmp_path)) == {"acme": "kept", "bay": "kept"}
    assert tree(tmp_path / "clients") == kept
    lost = next((tmp_path / "clients/acme/history").iterdir())
    lost.unlink()
    assert told(batch(*given, cwd=tmp_path)) == {"acme": "done", "bay": "kept"}
    assert tree(tmp_path / "clients") == kept


# --- one bad account


def test_a_bad_account_never_stops_the_rest(tmp_path):
    """Its reason stands at the end with the command that repeats just it; once mended, that makes just it."""
    clients(tmp_path / "clients", NAMES[:3])
    report = tmp_path / "clients/bay/inputs/report.csv"
    whole = report.read_bytes()
    report.write_bytes(b"nothing,of,this\n1,2,3\n")
    (tmp_path / "clients/empty").mkdir()
    (tmp_path / "clients/notes.txt").write_text("no account")
    done = run_poa("batch", "clients", *BARE, *HERE, cwd=tmp_path, check=1)
    assert done.stdout.startswith("4 accounts: 2 done, 2 failed.\n")
    assert "- bay: " in done.stdout
    assert "- empty: clients/empty is no case folder" in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines() if not line.startswith("  poa batch "))
    (again,) = re.findall(r"^  (poa batch .*)$", done.stdout, re.MULTILINE)
    report.write_bytes(whole)
    (tmp_path / "clients/empty").rmdir()
    words = shlex.split(again)[2:]
    del words[words.index("empty") - 1 : words.index("empty") + 1]
    assert told(batch(*words, *HERE, cwd=tmp_path)) == {"bay": "done"}
    rows = list(
        csv.DictReader(io.StringIO((tmp_path / "poa-clients-appeal/batch.csv").read_text("utf-8-sig")))
    )
    assert {row["account"]: row["status"] for row in rows} == dict.fromkeys(NAMES[:3], "done")


def test_what_failed_is_tried_again_and_failed_alone_repeats_it(tmp_path):
    clients(tmp_path / "clients", NAMES[:2])
    (tmp_path / "clients/empty").mkdir()
    given = ("clients", "--job", "summary", *HERE)
    first = batch(*given, cwd=tmp_path, check=1)
    assert told(first) == {"acme": "done", "bay": "done", "empty": "no_case"}
    assert (first["done"], first["failed"]) == (2, 1)
    assert told(batch(*given, "--failed", cwd=tmp_path, check=1)) == {"empty": "no_case"}
    assert told(batch(*given, cwd=tmp_path, check=1)) == {"acme": "kept", "bay": "kept", "empty": "no_case"}
    clients(tmp_path / "more", ["empty"])
    (tmp_path / "clients/empty").rmdir()
    (tmp_path / "more/empty").rename(tmp_path / "clients/empty")
    assert told(batch(*given, "--failed", cwd=tmp_path)) == {"empty": "done"}
    error = json.loads(run_poa("batch", *given, "--failed", "--json", cwd=tmp_path, check=2).stdout)["error"]
    assert error["code"] == "none_failed"


def test_a_gate_that_is_not_met_is_a_failure_with_its_open_points(two, tmp_path):
    done = run_poa("batch", two / "clients", "--final", *BARE, *HERE, cwd=tmp_path, check=1)
    said = " ".join(done.stdout.split())
    assert re.search(r"- acme: A final paper cannot exist while \d+ questions are open\. Answer", said)
    index = (tmp_path / "poa-clients-appeal/batch.csv").read_text("utf-8-sig")
    assert "What was done?" in index or "What have you already done" in index
    assert not (tmp_path / "poa-clients-appeal" / "acme").exists()


@pytest.mark.parametrize(
    ("make", "became"),
    [
        (kills_its_process, "process_died"),
        pytest.param(kills_its_process_once, "done", marks=pytest.mark.deep),
    ],
)
def test_a_process_that_dies_takes_nobody_with_it(tmp_path, make, became):
    """What it was busy with is tried once more, alone; the rest is made as ever."""
    clients(tmp_path / "clients", ["acme", "bay", "killer", "loam", "moor"], orders=30)
    asked = asked_of("summary", (), folder=tmp_path / "clients", out=tmp_path / "out")
    with held(asked.out / HOME, hint="") as work:
        names = ["acme", "bay", "killer", "loam", "moor"]
        found = list(outcomes(asked, names, workers=2, work=work, anew=False, make=make))
    by_name = {one.account: one.fault["code"] if one.fault else "done" for one in found}
    assert by_name == {**dict.fromkeys(names, "done"), "killer": became}
    assert len(found) == len(names)


# --- nothing is made twice, nothing is half made


def test_only_what_has_changed_is_made_again(tmp_path):
    """A file of an account, an option, a paper that is gone; and all of it where that is asked for."""
    clients(tmp_path / "clients", NAMES[:3])
    given = ("clients", "--job", "summary", *HERE)
    batch(*given, cwd=tmp_path)
    assert set(told(batch(*given, cwd=tmp_path)).values()) == {"kept"}
    report = tmp_path / "clients/bay/inputs/report.csv"
    report.write_text("".join(report.read_text().splitlines(keepends=True)[:-3]))
    assert told(batch(*given, cwd=tmp_path)) == {"acme": "kept", "bay": "done", "cedar": "kept"}
    (tmp_path / "poa-clients-summary/cedar/summary.json").unlink()
    assert told(batch(*given, cwd=tmp_path)) == {"acme": "kept", "bay": "kept", "cedar": "done"}
    (tmp_path / "poa-clients-summary/internal/batch/done/acme.json").write_text("{")
    assert told(batch(*given, cwd=tmp_path)) == {"acme": "done", "bay": "kept", "cedar": "kept"}
    assert set(told(batch(*given, "--as-of", "2026-10-20", cwd=tmp_path)).values()) == {"done"}
    assert set(told(batch(*given, "--as-of", "2026-10-20", "--anew", cwd=tmp_path)).values()) == {"done"}


@pytest.mark.deep
def test_another_pack_makes_everything_again(tmp_path):
    clients(tmp_path / "clients", NAMES[:1])
    run_poa("packs", "new", "own", cwd=tmp_path, check=0)
    given = ("clients", "--pack", "own", "--lang", "en", *BARE, *HERE)
    assert told(batch(*given, cwd=tmp_path)) == {"acme": "done"}
    assert told(batch(*given, cwd=tmp_path)) == {"acme": "kept"}
    path = tmp_path / "own" / "lang" / "en.toml"
    path.write_text(path.read_text() + '\nclosing = "What we count stands in the analysis."\n')
    assert told(batch(*given, cwd=tmp_path)) == {"acme": "done"}
    letter = (tmp_path / "poa-clients-appeal/acme/plan-of-action.md").read_text()
    assert "What we count stands in the analysis." in letter


def test_a_paper_that_somebody_edited_is_kept(tmp_path):
    """As by the command itself: the seller's words are never lost, and a batch that changes nothing leaves them."""
    clients(tmp_path / "clients", NAMES[:1])
    batch("clients", *BARE, *HERE, cwd=tmp_path)
    letter = tmp_path / "poa-clients-appeal/acme/plan-of-action.md"
    letter.write_text("My own words.")
    assert told(batch("clients", *BARE, *HERE, cwd=tmp_path)) == {"acme": "kept"}
    assert letter.read_text() == "My own words."
    assert told(batch("clients", *BARE, "--anew", cwd=tmp_path)) == {"acme": "done"}
    aside = [path.read_text() for path in letter.parent.glob("internal/edited/*-plan-of-action.md")]
    assert aside == ["My own words."]


def test_a_run_killed_while_it_replaced_papers_leaves_nobody_s_edits(tmp_path):
    """Some papers are the new ones, the provenance is still the old: begun again, it ends as if nothing had happened."""
    clients(tmp_path / "clients", NAMES[:1])
    report = tmp_path / "clients/acme/inputs/report.csv"
    given = ("clients", *BARE, *HERE)
    batch(*given, cwd=tmp_path)
    old = tree(tmp_path / "poa-clients-appeal/acme")
    report.write_text("".join(report.read_text().splitlines(keepends=True)[:-9]))
    batch(*given, "--out", "new", cwd=tmp_path)
    new = tree(tmp_path / "new/acme")
    changed = [name for name in new if name in old and old[name] != new[name] and "provenance" not in name]
    assert len(changed) > 2
    for name in changed[::2]:
        (tmp_path / "poa-clients-appeal/acme" / name).write_bytes(new[name])
    (tmp_path / "poa-clients-appeal/.batch.csv-0123abcd").write_text("half")
    (tmp_path / "poa-clients-appeal/internal/batch/done/.acme.json-0123abcd").write_text("half")
    batch(*given, cwd=tmp_path)
    assert tree(tmp_path / "poa-clients-appeal") == tree(tmp_path / "new")


@pytest.mark.parametrize(
    ("job", "moments"),
    [
        pytest.param("summary", 4, marks=pytest.mark.deep),
        pytest.param("summary", 20, marks=pytest.mark.deep),
        pytest.param("weekly", 3, marks=pytest.mark.deep),
    ],
)
def test_killed_at_any_moment_and_begun_again_it_ends_as_if_nothing_had_happened(tmp_path, job, moments):
    """SIGKILL at so many moments, one after another; the same bytes at last, and nothing left in the way."""
    chance = random.Random(20)  # noqa: S311 - the same moments in every run
    clients(tmp_path / "clients", [f"account-{number:02d}" for number in range(8)], orders=60)
    given = ("clients", "--job", job, *(BARE if job == "weekly" else ()))
    calm = tmp_path / "calm"
    clients(calm / "clients", [f"account-{number:02d}" for number in range(8)], orders=60)
    batch(*given, cwd=calm)
    for _ in range(moments):
        running = subprocess.Popen(
            [sys.executable, "-m", "poa", "batch", *given, "--workers", "2"],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        stop = threading.Timer(chance.uniform(0.3, 1.2), running.kill)
        stop.start()
        running.wait()
        stop.cancel()
    batch(*given, cwd=tmp_path)
    assert tree(tmp_path / f"poa-clients-{job}") == tree(calm / f"poa-clients-{job}")
    assert tree(tmp_path / "clients") == tree(calm / "clients")
    left = [path for path in tmp_path.rglob("*") if path.name.startswith(".") or path.name == "work"]
    assert left == []


def test_ctrl_c_says_how_far_it_came(tmp_path):
    clients(tmp_path / "clients", [f"account-{number:02d}" for number in range(40)], orders=60)
    running = subprocess.Popen(
        [sys.executable, "-m", "poa", "batch", "clients", *BARE, "--workers", "2"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    done = tmp_path / "poa-clients-appeal/internal/batch/done"
    while running.poll() is None and not (done.is_dir() and any(done.iterdir())):
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate()
    assert running.returncode == 1
    assert re.search(r"Stopped; \d+ of 40 accounts are done\.", err), out + err
    assert "Traceback" not in err
    assert not (tmp_path / "poa-clients-appeal/internal/batch/work").exists()


def test_two_batches_never_write_into_one_folder(two, tmp_path):
    with held(tmp_path / "poa-clients-summary" / HOME, hint=""):
        error = json.loads(
            run_poa("batch", two / "clients", "--job", "summary", "--json", cwd=tmp_path, check=1).stdout
        )["error"]
    assert error["code"] == "in_use"
    assert error["message"] == "Another run of poa is writing into poa-clients-summary."
    assert told(batch(two / "clients", "--job", "summary", *HERE, cwd=tmp_path)) == {
        "acme": "done",
        "bay": "done",
    }


def test_a_folder_that_no_batch_made_is_not_written_into(two, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    done = run_poa("batch", two / "clients", "--out", "mine", "--json", cwd=tmp_path, check=1)
    assert json.loads(done.stdout)["error"]["code"] == "already_exists"
    assert tree(tmp_path) == {"mine/letter.txt": b"mine"}


# --- what a disk does


def test_a_disk_that_fills_up_is_one_sentence_for_each_account(two, tmp_path, monkeypatch):
    """Nothing half written; with room again the same batch makes what is left."""
    asked = asked_of("summary", (), folder=two / "clients", out=tmp_path / "out")

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with held(asked.out / HOME, hint="") as work:
        monkeypatch.setattr(os, "fsync", full)
        found = list(outcomes(asked, NAMES[:2], workers=1, work=work, anew=False))
        assert [one.fault["code"] for one in found] == ["unwritable", "unwritable"]
        assert all("No space left on device" in one.fault["message"] for one in found)
        assert list(work.iterdir()) == []
        monkeypatch.undo()
        again = list(outcomes(asked, NAMES[:2], workers=1, work=work, anew=False))
    assert [one.failed for one in again] == [False, False]


def test_a_full_disk_at_the_very_first_file(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("pathlib.Path.mkdir", full)
    with pytest.raises(OutputFault, match="No space left on device"), held(tmp_path / HOME, hint="x"):
        pass


def test_an_account_that_is_removed_while_the_batch_runs_is_told(two, tmp_path):
    """Before it is begun, and in the middle of being read."""
    asked = asked_of("summary", (), folder=two / "clients", out=tmp_path / "out")
    with held(asked.out / HOME, hint="") as work:
        (one,) = outcomes(asked, ["gone"], workers=1, work=work, anew=False)
    assert one.fault["code"] == "no_case"
    assert "There is no case folder" in one.fault["message"]

    def removed(*_):
        raise InputFault("unreadable", "gone", file="r.csv")

    patched = pytest.MonkeyPatch()
    patched.setattr("poa.cli.batch.asked.hash_of", removed)
    with held(asked.out / HOME, hint="") as work:
        (one,) = outcomes(asked, ["acme"], workers=1, work=work, anew=False)
    patched.undo()
    assert one.fault["code"] == "unreadable"


@pytest.mark.deep
def test_hundreds_of_empty_folders_are_one_sentence_each(tmp_path):
    for number in range(300):
        (tmp_path / "clients" / f"{number:03d}").mkdir(parents=True)
    found = batch("clients", "--workers", "2", cwd=tmp_path, check=1)
    assert set(told(found).values()) == {"no_case"}
    done = run_poa("batch", "clients", "--workers", "2", cwd=tmp_path, check=1)
    assert "280 more stand in the index." in done.stdout
    assert "--failed" in done.stdout


# --- options


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("clients", "--case", "x"), "--case is set by the batch"),
        (("clients", "--out=x", "--overwrite"), "--overwrite is set by the batch"),
        (("clients", "--orders", "9"), "--orders belongs to one account"),
        (("clients", "report.csv"), "REPORT belongs to one account"),
        (("clients", "--finale"), "No such option '--finale'"),
        (("clients", "--job", "weekly", "--check"), "--check belongs to one account"),
        (("--final", "clients"), "There is no option --final of a batch"),
        (("clients", "--workers", "2", "--scheduler", "tcp://x:1"), "cannot be given together"),
        (("clients", "--shared"), "--shared goes with --scheduler"),
        (("clients", "--only", "acne"), "did you mean 'acme'?"),
        (("clients", "--pack", "no-such"), "There is no folder and no pack"),
    ],
)
def test_options_that_do_not_go_with_a_batch(two, given, words):
    done = run_poa("batch", *given, cwd=two, check=2)
    assert words in " ".join(done.stderr.split())
    assert sorted(path.name for path in two.iterdir()) == ["clients"]


def test_papers_beside_the_accounts_are_no_accounts(tmp_path):
    """Who works in the folder of the accounts itself finds their papers there the next time."""
    clients(tmp_path, NAMES[:1], orders=30)
    for job in ("summary", "weekly"):
        assert told(batch(".", "--job", job, *(BARE if job == "weekly" else ()), *HERE, cwd=tmp_path)) == {
            "acme": "done"
        }
    run_poa("appeal", "--case", "acme", "--out", "papers", *BARE, cwd=tmp_path, check=0)
    assert told(batch(".", "--job", "summary", *HERE, cwd=tmp_path)) == {"acme": "kept"}


def test_a_folder_without_accounts_is_refused(tmp_path):
    for folder, code in (("none", "no_such_folder"), ("empty", "no_accounts")):
        (tmp_path / "empty").mkdir(exist_ok=True)
        error = json.loads(run_poa("batch", folder, "--json", cwd=tmp_path, check=1).stdout)["error"]
        assert (error["code"], bool(error["hint"])) == (code, True)


# --- the index


def outcome(name, *, deadline=None, breach=None, **more):
    window = Window(days=30, orders=100, late=5, rate=0.05, target=0.04, breach_in=breach)
    return Outcome(account=name, deadline=deadline, windows=(window,), **more)


def test_the_most_urgent_account_stands_first():
    """By deadline, then by the days until a target is missed; the failed ones in their place, for they are due, too."""
    every = [
        outcome("quiet"),
        outcome("soon-missed", breach=3),
        outcome("missed", breach=0),
        outcome("due-late", deadline="2026-11-20"),
        outcome("due", deadline="2026-11-10", breach=2),
        outcome("due-missed", deadline="2026-11-10", breach=0),
        failed("broken", InputFault("x", "No."), deadline="2026-11-09"),
    ]
    names = [one.account for one in by_urgency(every)]
    assert names == ["broken", "due-missed", "due", "due-late", "missed", "soon-missed", "quiet"]
    rows = list(csv.DictReader(io.StringIO(as_csv(every).decode("utf-8-sig"))))
    assert [row["account"] for row in rows] == names
    assert [row["breach_30_in_days"] for row in rows] == ["", "0", "2", "", "0", "3", ""]


def test_no_name_runs_in_the_index(tmp_path):
    """Neither as a formula in a spreadsheet, nor as a script in a browser."""
    asked = asked_of("appeal", (), folder=tmp_path / "<b>", out=tmp_path / "out")
    naughty = ["=HYPERLINK(1)", "<script>alert(1)</script>", '" onclick="x', "+1"]
    every = [outcome(name, seller=name) for name in naughty]
    every.append(failed("@x", InputFault("y", "<i>No.</i>", hint="<u>")))
    cells = [cell for row in csv.reader(io.StringIO(as_csv(every).decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "@"}]
    page = as_html(asked, every).decode()
    assert not re.findall(r"<(script|b|i|u)>", page)
    assert "&quot; onclick=&quot;x" in page
    assert 'onclick="' not in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize("name", ["internal", "Internal", "batch.csv", "batch.html"])
def test_an_account_called_like_a_file_of_the_batch_has_a_folder_of_its_own(name):
    assert folder_of(name).casefold() not in {"internal", "batch.csv", "batch.html"}
    assert folder_of(name) != folder_of(f"{name}x")
