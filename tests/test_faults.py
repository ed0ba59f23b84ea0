"""Whatever a disk refuses: a file is the old one or the new one, never half of one, and the run says so in a sentence."""

import errno
import io
import json
import os
import pkgutil
import random
import shutil
import signal
import warnings
from collections.abc import Callable
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest import mock

import pytest
from conftest import SAMPLES
from docx import Document
from failing_disk import CLEANING, disk
from made_clients import clients
from test_case_commands import REPLY

from poa.cli import main
from poa.cli.case.book import CaseBook
from poa.cli.saving import save
from poa.errors import OutputFault
from poa.files import alone_in, write_folder

ROWS = (SAMPLES / "late-shipment-report.csv").read_text(encoding="utf-8").splitlines(keepends=True)


def run(*args):
    """The command line in this process: exit code and what it said."""
    told = io.StringIO()
    with redirect_stdout(told), redirect_stderr(told):
        try:
            main([str(one) for one in args])
        except SystemExit as stop:
            return stop.code, " ".join(told.getvalue().split())
    raise AssertionError(args)


def tree(folder):
    """Every file below, hidden ones too; the lock of a batch aside, which stays."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


@contextmanager
def remembered(*names):
    """What these functions make, made once: only writing is tried over and over."""
    with ExitStack() as patches:
        for name in names:
            where, _, function = name.rpartition(".")
            place = pkgutil.resolve_name(where)
            patches.enter_context(mock.patch.object(place, function, _once(getattr(place, function))))
        yield


def _once(real):
    made = {}

    def once(*args, **more):
        # The maker of papers is asked for several things: by the function that makes them.
        key = getattr(args[1], "__name__", "") if len(args) > 1 else ""
        if key not in made:
            made[key] = real(*args, **more)
        return made[key]

    return once


def _report(here, every=40):
    (here / "r.csv").write_text("".join([ROWS[0], *ROWS[1::every]]), encoding="utf-8")


def _nothing(here):
    _report(here)


def _earlier_papers(here):
    """Papers with Word files, of which a run without them is left no more than names."""
    _report(here)
    assert run("appeal", here / "r.csv", "--out", here / "out", "--format", "md,docx")[0] == 0
    (here / "out" / "plan-of-action.md").write_text("My own words.")
    (here / "out" / "mine.txt").write_text("mine")
    _report(here, every=38)


def _case(here):
    _report(here, every=30)
    assert run("case", "new", here / "case", here / "r.csv")[0] == 0


def _told_week(here):
    _case(here)
    assert run("weekly", "--case", here / "case", "--out", here / "out", "--format", "md,docx")[0] == 0
    told = sorted((here / "case" / "history").iterdir())
    for one in told[-2:]:
        one.unlink()


def _pack(here):
    assert run("packs", "new", here / "pack")[0] == 0


def _sent_case(here):
    shutil.copytree(SAMPLES, here / "case", ignore=shutil.ignore_patterns("generate.py", "__pycache__"))
    (here / "papers" / "internal").mkdir(parents=True)
    for name in ("plan-of-action.docx", "internal/facts.json"):
        (here / "papers" / name).write_text(name)
    (here / "reply.txt").write_text(REPLY)


def _answered_case(here):
    _sent_case(here)
    assert run("case", "sent", here / "case", here / "papers", *_BY)[0] == 0


def _letter(here):
    _report(here)
    assert run("appeal", here / "r.csv", "--out", here, "--overwrite", "--format", "md")[0] == 0
    letter = Document()
    letter.add_paragraph("Of 4,321 orders 1,234 were late.")
    letter.save(here / "letter.docx")


def _open_orders(here):
    lines = [
        f"111-100000{n}-2000000,A,Alder,2026-10-30T12:00Z,{'' if n else '2026-10-30T10:00Z'}\n"
        for n in range(4)
    ]
    text = "".join(["order-id,sku,supplier,ship-by-date,ship-confirm-date\n", *lines])
    (here / "r.csv").write_text(text, encoding="utf-8")


def _demo(here):
    assert run("demo", "--out", here / "demo")[0] == 0
    (here / "demo" / "case" / "case.toml").write_text("mine")


_BY = ("--by", "Ops lead", "--today", "2026-11-04")
_OF_APPEAL = (
    "poa.cli.ahead.Maker.made",
    "poa.account.joined_of",
    "poa.account.counted_facts",
    "poa.account.late_orders.late_orders",
)
_OF_WEEK = ("poa.cli.ahead.Maker.made", "poa.account.weeks.open_weeks", "poa.account.weeks.tell_week")
_OF_DEMO = (
    "poa.account.facts_and_late_orders",
    "poa.build.appeal_papers",
    "poa.sample.sample_files",
    "poa.build.samples.account_of",
    "poa.build.samples.appeal_of",
)


_OF_REVIEW = ("poa.review.review",)


class Writing(NamedTuple):
    """A command that writes, in the folder ``here`` that ``before`` has filled.

    ``steps`` is true where it writes one thing after another, so that a later one may fail alone.
    """

    args: str
    before: Callable[[Path], None]
    slow: tuple[str, ...] = ()
    steps: bool = False


WRITING = {
    "appeal into a new folder": Writing("appeal r.csv --out a/new/out --format md", _nothing, _OF_APPEAL),
    "appeal over earlier papers": Writing(
        "appeal r.csv --out out --overwrite --format md", _earlier_papers, _OF_APPEAL
    ),
    "a case": Writing("case new case r.csv", _nothing),
    "what was sent": Writing("case sent case papers --by Lead --today 2026-11-04", _sent_case, steps=True),
    "an answer of Amazon's": Writing(
        "case reply case reply.txt --today 2026-11-06", _answered_case, steps=True
    ),
    "a case that is emptied": Writing("case purge case --yes", _case, steps=True),
    "a week and its history": Writing(
        "weekly --case case --out out --overwrite --format md", _told_week, _OF_WEEK, steps=True
    ),
    "a pack": Writing("packs new pack", _nothing),
    "a file of a pack": Writing("packs eject pack _causes.md.j2", _pack),
    "a zipped pack": Writing("packs zip pack --out pack.zip", _pack),
    "a letter with comments": Writing("review letter.docx --annotate", _letter, _OF_REVIEW),
    "requests to suppliers": Writing("summary r.csv --open --out out --overwrite", _open_orders),
    "a demo again": Writing("demo --out demo", _demo, _OF_DEMO),
}


@pytest.fixture
def here(monkeypatch):
    """A folder in memory where there is one: what a disk takes for thousands of files is of no interest."""
    memory = Path("/dev/shm")  # noqa: S108 - it is of no weight where it lies
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None, prefix="poa-test-") as name:
        monkeypatch.chdir(name)
        yield Path(name)
        monkeypatch.undo()


def put_back(here, old):
    """The folder as it was."""
    found = tree(here)
    for name in {*found, *old}:
        if name not in old:
            (here / name).unlink()
        elif found.get(name) != old[name]:
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            (here / name).write_bytes(old[name])
    for folder in sorted((one for one in here.rglob("*") if one.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


@pytest.mark.parametrize("name", WRITING)
def test_a_call_that_fails_leaves_each_file_old_or_new(name, here):
    """Each call that creates, writes, renames or deletes fails alone, and with all those after it that need room."""
    asked = WRITING[name]
    args = asked.args.split()
    asked.before(here)
    old = tree(here)
    with remembered(*asked.slow):
        assert run(*args)[0] == expected(args)
        put_back(here, old)
        with disk() as calm:
            run(*args)
        new = tree(here)
        assert new != old
        assert len(calm.calls) > 3
        for full in (False, True):
            for number in range(len(calm.calls)):
                put_back(here, old)
                with disk(number, full=full) as failing:
                    code, told = run(*args)
                check(asked, code, told, failing, old=old, new=new, found=tree(here))


def expected(args):
    """A review with findings ends with 1."""
    return 1 if args[0] == "review" else 0


def check(asked, code, told, failing, *, old, new, found):
    """One sentence, no half file, and nothing left that could be taken away."""
    where = f"{failing.refused} {told}"
    assert failing.refused, "the call was never made"
    assert "Traceback" not in told, where
    assert "fault of poa itself" not in told, where
    left = {name for name in found if name not in old and name not in new}
    assert not left or failing.refused[0] in CLEANING, (left, where)
    found = {name: data for name, data in found.items() if name not in left}
    if found == new:  # what failed is of no weight: a second name, a folder that was to go
        assert code in {0, 1}, where
    else:
        assert code == 1, where
        assert len(told) < 600, told
        assert os.strerror(28) in told or "Input/output error" in told or "Permission denied" in told, told
        if asked.steps:
            for name in {*old, *new, *found}:
                is_old_or_new = found.get(name) in (old.get(name), new.get(name))
                assert is_old_or_new or _is_first_lines(name, found.get(name, b""), new[name]), (name, where)
        else:
            assert found == old, where


def _is_first_lines(name, found, new):
    """A journal is written line by line."""
    return name.endswith(".jsonl") and found.endswith(b"\n") and new.startswith(found)


def answered(here):
    """An answer put into the case file, as the interview does."""
    book = CaseBook.opened_in(here / "case")
    try:
        assert book.answer("seller.name", "Harbor Goods")
    except OutputFault as fault:
        return 1, f"{fault.message} {fault.hint}"
    return 0, ""


def test_an_answer_that_cannot_be_saved_leaves_the_case_file(here):
    _case(here)
    old = tree(here)
    with disk() as calm:
        assert answered(here)[0] == 0
    new = tree(here)
    for number in range(len(calm.calls)):
        put_back(here, old)
        with disk(number) as failing:
            code, told = answered(here)
        check(Writing("", _case), code, told, failing, old=old, new=new, found=tree(here))


def test_a_batch_on_a_failing_disk_ends_well_when_begun_again(here):
    """Each account is whole or not there; the next run makes what is left, and nothing lies about."""
    clients(here / "clients", ["acme", "bay"], orders=30)
    args = ("batch", "clients", "--job", "summary", "--workers", "1")
    old, out = tree(here), here / "poa-clients-summary"
    with remembered("poa.cli.summary.each_store"):
        assert run(*args)[0] == 0
        put_back(here, old)
        with disk() as calm:
            run(*args)
        new = tree(here)
        for number in range(len(calm.calls)):
            put_back(here, old)
            with disk(number, full=number % 2 == 0) as failing:
                code, told = run(*args)
            assert code in {0, 1}, (failing.refused, told)
            assert "Traceback" not in told
            assert "fault of poa itself" not in told
            for path in out.rglob("summary.json"):
                assert path.read_bytes() == new[path.relative_to(here).as_posix()]
            assert run(*args)[0] == 0
            assert tree(here) == new, failing.refused


posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is copied with all it knows")


def begun(act):
    """A copy of this process that does something and ends."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # Python 3.12 warns of copies of processes with threads
        child = os.fork()
    if child == 0:
        code = 1
        try:
            signal.alarm(60)
            code = act()
        finally:
            os._exit(code or 0)
    return child


@posix
@pytest.mark.parametrize(
    ("name", "moments"), [("appeal over earlier papers", 12), ("a week and its history", 12)]
)
def test_killed_at_any_call_each_file_is_old_or_new_and_the_next_run_mends_it(name, moments, here):
    """SIGKILL in the middle of a write or before any other call; what was left on its way goes with the next run."""
    asked, chance = WRITING[name], random.Random(7)  # noqa: S311 - the same moments in every run
    args = asked.args.split()
    asked.before(here)
    old = tree(here)
    with remembered(*asked.slow):
        assert run(*args)[0] == 0
        put_back(here, old)
        with disk() as calm:
            run(*args)
        new = tree(here)
        for number in sorted(chance.sample(range(len(calm.calls)), moments)):
            put_back(here, old)

            def act(number=number):
                with disk(number, killed=True):
                    run(*args)

            _, status = os.waitpid(begun(act), 0)
            assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
            for file, data in tree(here).items():
                assert "/." in f"/{file}" or data in {old.get(file), new.get(file)}, (
                    calm.calls[number],
                    file,
                )
            assert run(*args)[0] == 0
            assert tree(here) == new, calm.calls[number]


@posix
def test_two_runs_at_once_leave_the_papers_of_one(here):
    """Whichever was last: no paper of the other is left, nor is one lost that somebody edited."""
    made = {}
    for who in "ab":
        papers = {f"{who if n % 3 else 'x'}/{n}.md": f"{who} {n}".encode() * 999 for n in range(9)}
        outputs = {name: sha256(data).hexdigest() for name, data in papers.items()}
        told = {"made_by": "poa", "status": "draft", "inputs": [], "outputs": outputs}
        made[who] = {**papers, "internal/provenance.json": json.dumps(told).encode()}
    save(made["a"], here / "out", replace=True)

    def act(who):
        for _ in range(25):
            save(made[who], here / "out", replace=True)

    children = [begun(lambda who=who: act(who)) for who in "ab"]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    assert tree(here / "out") in [*made.values()]
    assert [path.name for path in here.iterdir()] == ["out"]


@posix
def test_two_runs_that_make_one_new_folder(here):
    """One of them makes it, the other is told so."""

    def act():
        try:
            write_folder(here / "out", {f"{n}.md": os.urandom(9) for n in range(50)})
        except OutputFault as fault:
            return 0 if fault.code == "already_exists" else 3
        return 2

    children = [begun(act) for _ in range(4)]
    ended = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
    assert ended == [0, 0, 0, 2]
    assert len(tree(here)) == 50


@posix
def test_a_folder_that_another_run_holds_for_too_long(here):
    ready, told = os.pipe()
    (here / "out").mkdir()

    def act():
        with alone_in(here / "out"):
            os.write(told, b"!")
            signal.pause()

    child = begun(act)
    os.read(ready, 1)
    with (
        pytest.raises(OutputFault, match="Another run of poa is writing into"),
        alone_in(here / "out", wait=0.1),
    ):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with alone_in(here / "out", wait=0.1):
        os.close(ready)
        os.close(told)


@pytest.mark.parametrize("reason", [errno.EACCES, errno.EBUSY])
def test_a_paper_that_is_open_in_word(here, reason):
    """Windows refuses to replace it: every paper stays as it was, and the next step is said."""
    _earlier_papers(here)
    old, real = tree(here), os.replace

    def replace(source, target):
        if Path(target).name == "plan-of-action.md" and Path(target).parent.name == "out":
            raise OSError(reason, "The process cannot access the file", str(source))
        return real(source, target)

    with mock.patch.object(os, "replace", replace):
        code, told = run("appeal", "r.csv", "--out", "out", "--overwrite", "--format", "md")
    assert code == 1
    assert (
        "plan-of-action.md cannot be replaced: The process cannot access the file; every paper is as it was."
        in told
    )
    assert ("close it there" in told) is (reason == errno.EACCES)
    assert tree(here) == old
