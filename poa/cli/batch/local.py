"""All cores of this machine: a process for each, which makes one account after another."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Protocol

from poa.cli.batch.asked import Asked
from poa.cli.batch.book import Book
from poa.cli.batch.job import run
from poa.cli.batch.outcome import Outcome, failed
from poa.errors import PoaError
from poa.files.held import work_in


class Make(Protocol):
    """What makes the papers of one account."""

    def __call__(self, asked: Asked, name: str, *, staging: Path | None) -> Outcome:
        """The outcome; raises nothing."""


_AHEAD = 2  # accounts that wait for each process, so that none waits for us


def cores() -> int:
    """How many processes may compute at once."""
    with suppress(AttributeError):  # macOS and Windows do not say which cores a process may use
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def outcomes(
    asked: Asked, names: Sequence[str], *, workers: int, work: Path, anew: bool, make: Make = run
) -> Iterator[Outcome]:
    """The outcome of each account, as they come.

    With one worker everything happens here. A process that dies takes nobody with it: what it was busy with is
    tried once more, alone, and has failed where that process dies, too.
    """
    if workers == 1 or len(names) == 1:
        book = Book(asked)
        for name in names:
            yield book.run(name, lambda name=name: make(asked, name, staging=work), anew=anew)  # type: ignore[misc]
        return
    left = iter(names)
    pooled = partial(_pooled, partial(_one, asked, make, work, anew), work)
    while batch := [*islice(left, 1)]:
        suspects: list[str] = []
        yield from pooled(chain(batch, left), suspects, workers)
        for name in suspects:
            again: list[str] = []
            yield from pooled(iter([name]), again, 1)
            if again:
                yield Book(asked).keep(name, "", failed(name, _died()))


def _pooled(
    one: Callable[[str], Outcome], work: Path, names: Iterator[str], lost: list[str], workers: int
) -> Iterator[Outcome]:
    """The outcomes until the names end or a process dies; ``lost`` gets those that were being made then."""
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_ready, initargs=(work,))
    waiting: dict[Future[Outcome], str] = {}
    try:
        while True:
            for name in islice(names, workers * _AHEAD - len(waiting)):
                try:
                    waiting[pool.submit(one, name)] = name
                except BrokenProcessPool:
                    lost.append(name)
                    raise
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                outcome = future.result()
                del waiting[future]
                yield outcome
    except BrokenProcessPool:
        yield from _saved(waiting, lost)
    finally:
        for process in (pool._processes or {}).values():  # noqa: SLF001 - whoever stops us does not wait for an account
            if waiting:
                process.kill()
        pool.shutdown(wait=True, cancel_futures=True)


def _saved(waiting: dict[Future[Outcome], str], lost: list[str]) -> Iterator[Outcome]:
    """What had ended when a process died; the names of the others go to ``lost``."""
    for future, name in waiting.items():
        if future.done() and not future.cancelled() and future.exception() is None:
            yield future.result()
        else:
            lost.append(name)


def _one(asked: Asked, make: Make, work: Path, anew: bool, name: str) -> Outcome:  # noqa: FBT001 - called by position
    """In a process of its own: one account."""
    return Book(asked).run(name, lambda: make(asked, name, staging=work), anew=anew)


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
