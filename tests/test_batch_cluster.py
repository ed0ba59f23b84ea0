"""A batch on a Dask cluster: a real scheduler and workers as processes of their own, on loopback."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from conftest import run_poa
from made_clients import clients, tree

from poa.cli.batch import cluster as on_cluster
from poa.errors import UsageFault

pytest.importorskip("distributed")

BARE = ("--format", "md")
NAMES = [f"account-{number:02d}" for number in range(8)]


def started(*args, cwd):
    """A process of Dask's own command line, in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + args[0], *args[1:]],
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "DASK_DISTRIBUTED__WORKER__DAEMON": "True"},
    )


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def cluster(folder, workers):
    """The address of a scheduler, and the processes: the scheduler's own and its workers'."""
    from distributed import Client

    folder.mkdir(parents=True)
    address = f"tcp://127.0.0.1:{(port := free_port())}"
    every = [
        started("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", cwd=folder)
    ]
    try:
        for _ in range(workers):
            more = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory", str(folder))
            every.append(started("dask_worker", address, *more, cwd=folder))
        with Client(address, timeout=60, set_as_default=False) as client:
            if workers:
                client.wait_for_workers(workers, timeout=60)
        yield address, every
    finally:
        for one in every:
            one.kill()
        for one in every:
            one.wait()


def done_in(ground, out):
    """The accounts that are done in a folder."""
    return [one.stem for one in (ground / out / "internal" / "batch" / "done").glob("account-*.json")]


def begun(ground, address, out):
    """A batch that is at work on the cluster, with two accounts done."""
    given = ["clients", *BARE, "--scheduler", address, "--out", out]
    running = subprocess.Popen(
        [sys.executable, "-m", "poa", "batch", *given],
        cwd=ground,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    while running.poll() is None and len(done_in(ground, out)) < 2:
        time.sleep(0.01)
    assert running.poll() is None
    return running


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """Eight accounts, and what one process alone makes of them."""
    root = tmp_path_factory.mktemp("cluster")
    clients(root / "clients", NAMES, orders=60)
    (root / "clients" / "broken").mkdir()
    run_poa("batch", "clients", *BARE, "--workers", "1", "--out", "alone", cwd=root, check=1)
    return root


@pytest.mark.deep
def test_a_worker_that_dies_changes_nothing(ground):
    """One of two is killed while it works: the result is complete, and the same bytes as from one process."""
    with cluster(ground / "dask", 2) as (address, (_, worker, _)):
        running = begun(ground, address, "killed")
        worker.kill()
        out, err = running.communicate()
    assert running.returncode == 1, err
    assert out.startswith("9 accounts: 8 done, 1 failed.")
    assert tree(ground / "killed") == tree(ground / "alone")


@pytest.mark.deep
def test_of_a_scheduler_that_dies_one_sentence_tells_and_the_next_run_does_what_is_left(ground):
    """Nothing that was done is done again, and the bytes are those of one process."""
    with cluster(ground / "dask-gone", 1) as (address, (scheduler, _)):
        running = begun(ground, address, "gone")
        scheduler.kill()
        out, err = running.communicate(timeout=120)
    assert (running.returncode, out) == (1, ""), err
    assert err.splitlines()[-2:] == [
        "Error: The Dask scheduler is gone. What was done until then is kept.",
        "Start the scheduler again, then the same command: it does what is left.",
    ]
    assert "Traceback" not in err
    before = done_in(ground, "gone")
    assert 2 <= len(before) < len(NAMES)
    with cluster(ground / "dask-again", 1) as (address, _):
        again = run_poa(
            "batch", "clients", *BARE, "--scheduler", address, "--out", "gone", "--json", cwd=ground, check=1
        )
    kept = [one["account"] for one in json.loads(again.stdout)["accounts"] if not one["fresh"]]
    assert sorted(kept) == sorted(before)
    assert tree(ground / "gone") == tree(ground / "alone")


@pytest.mark.deep
def test_an_account_in_parts_is_the_same_on_a_cluster(ground):
    """Rows that a worker puts away on its own disk change no byte."""
    summary = ("batch", "clients", "--job", "summary", "--only", NAMES[0])
    run_poa(*summary, "--out", "whole", cwd=ground, check=0)
    with cluster(ground / "dask-parts", 1) as (address, _):
        run_poa(*summary, "--part-rows", "20", "--scheduler", address, "--out", "parts", cwd=ground, check=0)
    assert tree(ground / "parts" / NAMES[0]) == tree(ground / "whole" / NAMES[0])


@pytest.mark.deep
def test_the_bytes_go_out_or_the_folders_are_shared(ground):
    """A pack that lies with us goes along; a week is kept in our folder; a fault names our folder."""
    clients(ground / "weeks" / "clients", NAMES[:2], orders=60)
    run_poa("packs", "new", "own", cwd=ground, check=0)
    with cluster(ground / "dask-2", 1) as (address, _):
        for more in ((), ("--shared",)):
            given = (
                "clients",
                "--pack",
                "own",
                "--lang",
                "en",
                *BARE,
                "--only",
                NAMES[0],
                "--only",
                "broken",
            )
            out = ("--out", f"away{len(more)}")
            done = run_poa(
                "batch", *given, *out, *more, "--scheduler", address, "--json", cwd=ground, check=1
            )
            (fault,) = [one["fault"] for one in json.loads(done.stdout)["accounts"] if one["fault"]]
            assert re.fullmatch(
                r"\S*clients/broken is no case folder: it holds no case\.toml\.", fault["message"]
            )
        run_poa("batch", *given, "--out", "here", cwd=ground, check=1)
        assert tree(ground / "away0" / NAMES[0]) == tree(ground / "here" / NAMES[0])
        assert tree(ground / "away1" / NAMES[0]) == tree(ground / "here" / NAMES[0])
        assert (ground / "here" / NAMES[0] / "plan-of-action.md").exists()
        run_poa("packs", "new", "en", cwd=ground, check=0)  # called like a language
        same = ("batch", "clients", "--pack=en", "--lang", "en", *BARE, "--only", NAMES[0])
        run_poa(*same, "--scheduler", address, "--out", "same", cwd=ground, check=0)
        assert "plan-of-action.md" in tree(ground / "same" / NAMES[0])
        weekly = ("batch", "clients", "--job", "weekly", *BARE, "--json")
        told = json.loads(run_poa(*weekly, "--scheduler", address, cwd=ground / "weeks", check=0).stdout)
        assert [one["fresh"] for one in told["accounts"]] == [True, True]
        kept = tree(ground / "weeks")
        assert any(name.startswith(f"clients/{NAMES[0]}/history/2026-W") for name in kept)
        again = json.loads(run_poa(*weekly, cwd=ground / "weeks", check=0).stdout)
        assert [one["fresh"] for one in again["accounts"]] == [False, False]
        run_poa(*weekly, "--anew", cwd=ground / "weeks", check=0)
        assert tree(ground / "weeks") == kept
        unknown = ("batch", "clients", "--pack", "own", "--lang", "xx", "--scheduler", address, "--json")
        faults = json.loads(run_poa(*unknown, "--only", NAMES[0], cwd=ground, check=1).stdout)
        assert "/.given/" not in json.dumps(faults)


def test_a_cluster_that_is_not_there_is_one_sentence(ground, monkeypatch):
    """No scheduler, a scheduler without workers."""
    monkeypatch.setattr(on_cluster, "_CONNECT", 1)
    with pytest.raises(UsageFault) as fault:
        next(on_cluster.outcomes(None, (), address="tcp://127.0.0.1:1", work=None, anew=False, shared=False))
    assert fault.value.code == "no_scheduler"
    assert "\n" not in fault.value.message
    with cluster(ground / "dask-3", 0) as (address, _):
        done = run_poa(
            "batch", "clients", "--scheduler", address, "--out", "none", "--json", cwd=ground, check=2
        )
    assert json.loads(done.stdout)["error"]["code"] == "no_workers"


def test_without_dask_the_option_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageFault, match="which is not installed") as fault:
        next(on_cluster.outcomes(None, (), address="tcp://x:1", work=None, anew=False, shared=False))
    assert "poa[cluster]" in fault.value.hint
