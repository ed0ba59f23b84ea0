"""What many accounts cost, as ratios in one run: ``python bench/batch.py [ACCOUNTS] [ROWS]``.

Each account has its own rows and gets a letter, an analysis and a cover, each as Word and Markdown. All are made by
one process, by two, and by a Dask cluster of two workers on this machine; the papers must be the same bytes. What the
batch itself costs for an account is measured on accounts with which nothing can be done: the slope from 200 to 2,000
empty folders.
"""

from __future__ import annotations

import filecmp
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ratios import run

from poa.sample import CASE, EVIDENCE, NOTICE, REPORT, SUPPLIERS, sample_files

WORKERS = 2
LEAST = {"two processes": 1.5, "Dask, two workers": 1.25}  # times the speed of one process
MOST = {"two processes": 5.0, "Dask, two workers": 15.0}  # milliseconds an account
FEW, MANY = 200, 2000
_PER_DAY = 1 / 90  # orders a day for a row of the report: the sample's maker tells some 90 days
PORT = 18_787


def main(accounts: int, rows: int, *, large: bool = True) -> float:
    """Print the table; by how much the worst figure misses its goal, 1 being the goal."""
    folder = Path(tempfile.mkdtemp(prefix="poa-bench-"))
    try:
        made = make_accounts(folder / "clients", accounts, rows)
        print(
            f"{accounts} accounts, {made:,} rows each on average; letter, analysis and cover, Word and Markdown"
        )
        alone = _batch(folder, "alone", "--workers", "1")
        print(f"{'one process':<20}{alone:8.1f} s{1000 * alone / accounts:8.0f} ms an account")
        worst = [
            _speed(folder, "two processes", accounts, alone, "--workers", str(WORKERS)),
            _overhead(folder, "two processes", "--workers", str(WORKERS)),
        ]
        if large:
            with cluster(folder / "dask") as address:
                worst.append(_speed(folder, "Dask, two workers", accounts, alone, "--scheduler", address))
                worst.append(_overhead(folder, "Dask, two workers", "--scheduler", address))
        return max(worst)
    finally:
        shutil.rmtree(folder)


def make_accounts(folder: Path, accounts: int, rows: int) -> int:
    """Case folders, each with rows of its own; how many rows each has on average."""
    total = 0
    for number in range(accounts):
        files = sample_files(seed=number, orders_a_day=max(1, round(rows * _PER_DAY)))
        total += files[REPORT].count(b"\n") - 1
        root = folder / f"account-{number:04d}"
        (root / "inputs").mkdir(parents=True)
        for name in (CASE, NOTICE, *EVIDENCE):
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_bytes(files[name])
        for name in (REPORT, SUPPLIERS):
            (root / "inputs" / name).write_bytes(files[name])
    return total // accounts


def _batch(folder: Path, out: str, *how: str) -> float:
    """Seconds of a batch in which every account must succeed."""
    command = [sys.executable, "-m", "poa", "batch", str(folder / "clients"), "--format", "md,docx"]
    return run([*command, "--out", str(folder / out), "--json", *how]).seconds


def _speed(folder: Path, name: str, accounts: int, alone: float, *how: str) -> float:
    seconds = _batch(folder, name, *how)
    same = _same(folder / "alone", folder / name)
    print(
        f"{name:<20}{seconds:8.1f} s{1000 * seconds / accounts:8.0f} ms an account"
        f"{alone / seconds:8.2f} times as fast (goal {LEAST[name]}), the same bytes: {'yes' if same else 'NO'}"
    )
    return LEAST[name] * seconds / alone if same else 99.0


def _same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    names = {path.relative_to(one) for path in one.rglob("*") if path.is_file()}
    return names == {path.relative_to(other) for path in other.rglob("*") if path.is_file()} and all(
        filecmp.cmp(one / name, other / name, shallow=False) for name in names
    )


def _overhead(folder: Path, name: str, *how: str) -> float:
    """Milliseconds that the batch itself takes for an account."""
    seconds = []
    for number in (FEW, MANY):
        for at in range(number):
            (folder / f"empty-{number}" / f"{at:05d}").mkdir(parents=True, exist_ok=True)
        seconds.append(_timed(folder, f"{name} {number}", f"empty-{number}", how))
    each = 1000 * (seconds[1] - seconds[0]) / (MANY - FEW)
    print(
        f"{name:<20}{each:8.2f} ms of its own for an account (goal {MOST[name]:.0f}); start {seconds[0]:.1f} s"
    )
    return each / MOST[name]


def _timed(folder: Path, out: str, clients: str, how: Sequence[str]) -> float:
    command = [
        sys.executable,
        "-m",
        "poa",
        "batch",
        str(folder / clients),
        "--out",
        str(folder / out),
        "--json",
    ]
    start = time.perf_counter()
    done = subprocess.run([*command, *how], stdout=subprocess.DEVNULL, check=False)
    if done.returncode != 1:  # every account has failed, as it must
        raise subprocess.CalledProcessError(done.returncode, command)
    return time.perf_counter() - start


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A scheduler and two workers as processes on this machine; its address."""
    from distributed import Client  # noqa: PLC0415 - it would weigh on the memory of all that is measured beside it

    folder.mkdir()
    address = f"tcp://127.0.0.1:{PORT}"
    ours = [sys.executable, "-m"]
    more = ["--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
    commands = [
        [
            *ours,
            "distributed.cli.dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            str(PORT),
            "--no-dashboard",
        ],
        *([[*ours, "distributed.cli.dask_worker", address, *more]] * WORKERS),
    ]
    every = [
        subprocess.Popen(one, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for one in commands
    ]
    try:
        with Client(address, timeout=60, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(WORKERS, timeout=60)
        yield address
    finally:
        for one in every:
            one.terminate()
        for one in every:
            one.wait()


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:3]]
    sys.exit(int(main(*[*numbers, *(200, 5000)[len(numbers) :]]) > 2))
