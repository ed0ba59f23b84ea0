"""Papers that another process makes are the same papers, and its faults are told as if they were ours."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import ahead_makers
import pytest
from conftest import SAMPLES, run_poa

import poa.cli.ahead
from poa import errors
from poa.cli.ahead import Ahead, Later, Maker
from poa.cli.pack_folders import open_packs
from poa.doing import Doing, silent

REPORT = SAMPLES / "late-shipment-report.csv"
WEEKLY = Ahead(language="en", documents=("weekly-summary",), room="poa.build.weekly")

_ALWAYS = """
import sys
import poa.cli.ahead
poa.cli.ahead.LARGE = 0
from poa.cli import main
if __name__ == "__main__":
    main(sys.argv[1:], prog_name="poa")
"""


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def always(tmp_path):
    """``always(*args)`` runs poa as if every file were large."""
    script = tmp_path / "always.py"
    script.write_text(_ALWAYS)

    def run(*args):
        return subprocess.run(
            [sys.executable, str(script), *map(str, args)],
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "80"},
            check=False,
        )

    return run


@pytest.fixture(scope="module")
def there():
    """A process that was begun and goes on, for tests that do not end it."""
    with Maker(WEEKLY) as maker:
        maker.begin()
        yield maker


@pytest.mark.deep
@pytest.mark.parametrize(("job", "language"), [("appeal", "zh"), ("weekly", "en")])
def test_the_papers_have_the_same_bytes(always, tmp_path, job, language):
    """Made beside, a folder holds what it holds made here."""
    given = [job, REPORT, "--suppliers", SAMPLES / "suppliers.csv", "--lang", language]
    here = run_poa(*given, "--out", "out-1", cwd=tmp_path, check=0)
    there = always(*given, "--out", "out-2")
    assert there.returncode == 0, there.stderr
    assert files(tmp_path / "out-2") == files(tmp_path / "out-1")
    assert there.stdout == here.stdout.replace("out-1", "out-2")


@pytest.mark.deep
def test_a_refusal_is_told_in_the_same_words(always, tmp_path):
    """A final paper with open questions is refused as it is refused here, and nothing is written."""
    here = run_poa("appeal", REPORT, "--final", "--out", "out", cwd=tmp_path)
    there = always("appeal", REPORT, "--final", "--out", "out")
    assert (there.returncode, there.stdout, there.stderr) == (here.returncode, here.stdout, here.stderr)
    assert here.returncode == 3
    assert not (tmp_path / "out").exists()


def test_another_process_makes_it(there):
    assert there.made(ahead_makers.where, ["given"], tell=silent) == (["given"], True)
    assert there.made(ahead_makers.where, 2, tell=silent) == (2, True)


def test_what_is_begun_is_made_in_its_turn_while_others_wait(there):
    """Answers may be called for in any order, and no larger one stops a pipe that nobody empties."""
    large = ["x" * 100] * 30_000
    first = there.begun(ahead_makers.where, large, tell=silent)
    second = there.begun(ahead_makers.where, [*large, "y"], tell=silent)
    assert second() == ([*large, "y"], True)
    assert first() == (large, True)


@pytest.mark.parametrize(("sizes", "before"), [((90, 30, 5), 2), ((125,), 1), ((5, 30, 90), 3)])
def test_the_process_loads_once_and_not_before_nearly_all_is_read(monkeypatch, sizes, before):
    """``before`` files are read by then: both cores are needed until 20 bytes are left, and a short list may say nothing."""
    said, heard = [], []
    there = SimpleNamespace(connection=SimpleNamespace(send=said.append))
    monkeypatch.setattr(poa.cli.ahead, "LARGE", 20)
    monkeypatch.setattr(poa.cli.ahead, "_begun", lambda _: there)
    maker = Maker(WEEKLY, reads=sum(sizes) + 1)
    maker.begin()
    tell = maker.beside(heard.append)
    for number, size in enumerate(sizes, start=1):
        for done in (0, size // 2, size):
            tell(Doing("Reading", done=done, total=size))
        assert len(said) == (number >= before)
    tell(Doing("Counting"))
    assert said == [None]
    assert len(heard) == 3 * len(sizes) + 1  # whoever waits is told all the same


def test_what_was_begun_where_the_process_ended_is_made_here():
    with Maker(WEEKLY) as maker:
        maker.begin()
        ended = maker.begun(ahead_makers.ending, "whole", tell=silent)
        after = maker.begun(ahead_makers.where, 1, tell=silent)
        assert (ended(), after()) == ("whole", (1, False))


def test_what_was_begun_stands_for_what_it_makes(there):
    """It goes into what is made next without coming back, and a fault of it is a fault of that."""
    for maker in (there, Maker(None)):
        first = maker.begun(ahead_makers.where, ["images"], tell=silent)
        given = {"images": first, "late": 2}
        (made, elsewhere) = maker.made(ahead_makers.where, given, tell=silent)
        assert made == {"images": (["images"], elsewhere), "late": 2}
        refused = maker.begun(ahead_makers.refusing, ["one"], tell=silent)
        with pytest.raises(errors.GateNotMet):
            maker.made(ahead_makers.where, {"images": refused}, tell=silent)


def test_what_stands_for_an_answer_that_never_came_is_made_here():
    with Maker(WEEKLY) as maker:
        maker.begin()
        ended = maker.begun(ahead_makers.ending, "whole", tell=silent)
        assert maker.made(ahead_makers.where, {"images": ended}, tell=silent) == ({"images": "whole"}, False)


@pytest.mark.parametrize("times", [0, 1])
def test_what_is_made_here_meanwhile_comes_late(there, times):
    """Large as it is, whether it is called for or not; and what comes next is answered as ever."""
    large = ["x" * 100] * 30_000
    for maker in (there, Maker(None)):
        made, elsewhere = maker.made(
            ahead_makers.calling, {"late": Later(lambda: large), "times": times}, tell=silent
        )
        assert made == [large] * times
        assert maker.made(ahead_makers.where, 2, tell=silent) == (2, elsewhere)


def test_a_fault_of_what_comes_late_is_a_fault_where_it_is_called_for(there):
    def refuse():
        raise errors.OutputFault("full", "The disk is full.")

    for maker in (there, Maker(None)):
        with pytest.raises(errors.OutputFault):
            maker.made(ahead_makers.calling, {"late": Later(refuse), "times": 1}, tell=silent)


def test_a_maker_that_is_closed_ends_what_it_was_asked_for():
    """Ctrl-C does not wait for the papers."""
    with Maker(WEEKLY) as maker:
        maker.begin()
        maker.begun(ahead_makers.sleeping, 600, tell=silent)
    assert maker.made(ahead_makers.where, 1, tell=silent) == (1, False)


def test_before_it_is_begun_and_where_nothing_is_large_it_is_made_here():
    for maker in (Maker(WEEKLY), Maker(None)):
        assert maker.made(ahead_makers.where, 1, tell=silent) == (1, False)
    maker.begin()
    assert maker.made(ahead_makers.where, 1, tell=silent) == (1, False)


def test_a_process_that_ends_is_made_up_for():
    with Maker(WEEKLY) as maker:
        maker.begin()
        assert maker.made(ahead_makers.ending, "whole", tell=silent) == "whole"
        assert maker.made(ahead_makers.where, 1, tell=silent) == (1, False)


def test_a_room_that_is_missing_is_made_up_for():
    with Maker(Ahead(language="en", documents=(), room="poa.no_such_room")) as maker:
        maker.begin()
        assert maker.made(ahead_makers.where, 1, tell=silent) == (1, False)


def test_faults_come_back_whole(there):
    with pytest.raises(errors.GateNotMet) as found:
        there.made(ahead_makers.refusing, ["one", "two"], tell=silent)
    assert list(found.value.open_points) == ["one", "two"]
    assert found.value.as_data()["hint"] == "Answer them."


@pytest.mark.parametrize("pack", [None, "8d"])
def test_the_built_in_pack_is_ready_there_and_others_go_along(there, pack):
    here = open_packs(None if pack is None else Path(pack))
    compiled, sha256, built_in = there.made(ahead_makers.pack_of, None if pack is None else here, tell=silent)
    assert (compiled, sha256, built_in) == (pack is None, here.sha256, pack is None)


@pytest.mark.parametrize("kind", [errors.InputFault, errors.PackFault, errors.UsageFault, errors.OutputFault])
def test_each_fault_can_go_to_another_process(kind):
    fault = kind("code", "What.", file="f", line=3, column="c", hint="Do.")
    again = pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own
    assert (type(again), str(again), again.as_data()) == (kind, "What.", fault.as_data())
