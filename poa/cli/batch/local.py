"""All cores of this machine: a process for each, which makes one account after another."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from threading import Thread

from poa.cli.batch.asked import Asked
from poa.cli.batch.book import Book
from poa.cli.batch.job import run
from poa.cli.batch.outcome import Outcome, failed
from poa.errors import PoaError
from poa.files import work_in

_AHEAD = 2  # accounts that wait for each process, so that none waits for us


def cores() -> int:
    """How many processes may compute at once."""
    with suppress(AttributeError):  # macOS and Windows do not say which cores a process may use
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def outcomes(
    asked: Asked, names: Sequence[str], *, workers: int, work: Path, anew: bool
) -> Iterator[Outcome]:
    """The outcome of each account, as they come.

    With one worker everything happens here. A process that dies takes nobody with it: what it was busy with is
    tried once more, alone, and has failed where that process dies, too.
    """
    if workers == 1 or len(names) == 1:
        book = Book(asked)
        for name in names:
            yield book.run(name, lambda name=name: run(asked, name, staging=work), anew=anew)  # type: ignore[misc]
        return
    left = iter(names)
    while batch := [*islice(left, 1)]:
        suspects: list[str] = []
        yield from _pooled(asked, _chained(batch, left), suspects, workers=workers, work=work, anew=anew)
        for name in suspects:
            again: list[str] = []
            yield from _pooled(asked, iter([name]), again, workers=1, work=work, anew=anew)
            if again:
                yield Book(asked).keep(name, "", failed(name, _died()))


def _chained(first: Iterable[str], rest: Iterator[str]) -> Iterator[str]:
    yield from first
    yield from rest


def _pooled(
    asked: Asked, names: Iterator[str], lost: list[str], *, workers: int, work: Path, anew: bool
) -> Iterator[Outcome]:
    """The outcomes until the names end or a process dies; ``lost`` gets those that were being made then."""
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_ready, initargs=(work,))
    waiting: dict[Future[Outcome], str] = {}
    try:
        while True:
            for name in islice(names, workers * _AHEAD - len(waiting)):
                waiting[pool.submit(_one, asked, name, work, anew)] = name
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                outcome = future.result()
                del waiting[future]
                yield outcome
    except BrokenProcessPool:
        for future, name in waiting.items():
            ended = future.done() and not future.cancelled() and future.exception() is None
            if ended:
                yield future.result()
            else:
                lost.append(name)
    finally:
        for process in (pool._processes or {}).values():  # noqa: SLF001 - whoever stops us does not wait for an account
            if waiting:
                process.kill()
        pool.shutdown(wait=True, cancel_futures=True)


def _one(asked: Asked, name: str, work: Path, anew: bool) -> Outcome:  # noqa: FBT001 - called by position
    """In a process of its own: one account."""
    return Book(asked).run(name, lambda: run(asked, name, staging=work), anew=anew)


def _ready(work: Path) -> None:
    """In a process of its own, before the first account: end with the one who asked, whatever ends that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    work_in(work)
    gc.set_threshold(200_000, 50, 100)  # as for one run: what is made here lives to the end of its account


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _died() -> PoaError:
    return PoaError(
        "process_died",
        "The process that made it was ended by the system, twice.",
        hint="Often that is for want of memory: run it alone, or with fewer --workers.",
    )
