"""The accounts of a batch on a Dask cluster: the bytes of each go out and its papers come back, or both lie in a shared folder.

Workers need ``poa`` in the same version and nothing else. A worker that dies loses nothing: what it was busy with is
done by another.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

from poa import __version__
from poa.cli.batch.asked import Asked, paths_in
from poa.cli.batch.book import Book
from poa.cli.batch.job import run
from poa.cli.batch.outcome import Outcome, failed
from poa.cli.faults import fault_of
from poa.errors import OutputFault, PoaError, UsageFault
from poa.files import files_in, laid_out, packed, read, replace_file

_AHEAD = 2  # accounts that wait for each thread of the cluster
_CONNECT = 10  # seconds
_HISTORY = "history"

_GIVEN = r"\S*[/\\]\.given[/\\]\d+[/\\]"  # before the name of a file that an option named

# One account at a time in a process: to make papers is pure Python, and a second thread gains nothing.
_alone = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """An account on its way: its files by name, and those that the options name."""

    name: str
    files: Mapping[str, bytes]
    given: Mapping[str, bytes]
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What came back: the outcome, the papers, and the weeks that the account's folder is to keep."""

    outcome: Outcome
    papers: Mapping[str, bytes]
    history: Mapping[str, bytes]


def outcomes(
    asked: Asked, names: Sequence[str], *, address: str, work: Path, anew: bool, shared: bool
) -> Iterator[Outcome]:
    """The outcome of each account, as they come; raises UsageFault where there is no cluster to be had."""
    distributed = _library()
    try:
        client = distributed.Client(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageFault(
            "no_scheduler",
            f"No Dask scheduler answers at {address}: {str(error).splitlines()[0] if str(error) else type(error).__name__}.",
            hint="Start one with 'dask scheduler', and workers with 'dask worker ADDRESS'; or leave --scheduler out.",
        ) from None
    with client:
        threads = _checked(client, address)
        yield from _Sent(client, distributed, asked, work, shared=shared).outcomes(
            names, most=threads * _AHEAD, anew=anew
        )


class _Sent:
    """A batch that is being sent out, a few accounts at a time."""

    def __init__(self, client: Any, distributed: Any, asked: Asked, work: Path, *, shared: bool) -> None:
        self.client, self.distributed, self.asked, self.work, self.shared = (
            client, distributed, asked, work, shared,
        )  # fmt: skip
        self.book = Book(asked)
        self.options, self.given = _given(asked)

    def outcomes(self, names: Sequence[str], *, most: int, anew: bool) -> Iterator[Outcome]:
        left, done = deque(names), self.distributed.as_completed(loop=self.client.loop)
        keys: dict[str, tuple[str, str]] = {}
        while left or keys:
            while left and len(keys) < most:
                name = left.popleft()
                found = self._begun(name, anew=anew)
                if isinstance(found, Outcome):
                    yield found
                    continue
                future, key = found
                keys[future.key] = (name, key)
                done.add(future)
            if keys:
                future = next(done)
                name, key = keys.pop(future.key)
                yield self._ended(name, key, future)

    def _begun(self, name: str, *, anew: bool) -> Outcome | tuple[Any, str]:
        """The outcome of an account that needs no work, or the work that was sent out and the account's key."""
        try:
            key = self.asked.key_of(name)
            if not anew and (before := self.book.made(name, key)):
                return before
            carried = Carried(
                name=name,
                files={} if self.shared else packed(self.asked.folder / name),
                given=self.given,
                options=self.options,
            )
        except PoaError as fault:
            return self.book.keep(name, "", failed(name, fault))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an account is as large as it is: Dask would have it in a file
            if self.shared:
                return self.client.submit(_here, self.asked, carried, self.work, pure=False), key
            return self.client.submit(_away, self.asked, carried, pure=False), key

    def _ended(self, name: str, key: str, future: Any) -> Outcome:
        if future.status in {"lost", "cancelled"}:
            raise OutputFault(
                "scheduler_gone",
                "The Dask scheduler is gone. What was done until then is kept.",
                hint="Start the scheduler again, then the same command: it does what is left.",
            )
        if future.status != "finished":
            return self.book.keep(name, key, failed(name, self._fault(future.exception())))
        found = future.result()
        if isinstance(found, Outcome):
            return self.book.keep(name, key, found)
        outcome: Outcome = found.outcome
        if not outcome.failed:
            try:
                self._laid_down(name, found)
            except PoaError as fault:
                outcome = failed(name, fault)
        return self.book.keep(name, key, outcome)

    def _fault(self, error: Exception) -> PoaError:
        if not isinstance(error, self.distributed.KilledWorker):
            return fault_of(error)
        return PoaError(
            "worker_died",
            "Each worker that tried it ended.",
            hint="Often that is for want of memory: give workers more (dask worker --memory-limit).",
        )

    def _laid_down(self, name: str, found: Returned) -> None:
        from poa.cli.saving import save

        save(found.papers, self.asked.out_of(name), replace=True, staging=self.work)
        for file, data in sorted(found.history.items()):
            replace_file(self.asked.folder / name / _HISTORY / file, data)


def _here(asked: Asked, carried: Carried, work: Path) -> Outcome:
    """On a worker that sees the same folders, though not what the options name by a path of ours."""
    with _alone, laid_out(carried.given, folder=".given") as root:
        there = replace(asked, options=_at(root, carried.options))
        return _named_as_asked(run(there, carried.name, staging=work), root, asked)


def _away(asked: Asked, carried: Carried) -> Returned:
    """On a worker that sees nothing of ours: lay the files out, make the papers, take everything away again."""
    with _alone, laid_out({**carried.files, **carried.given}, folder=carried.name) as root:
        there = replace(asked, folder=root, out=root / "out", options=_at(root, carried.options))
        outcome = _named_as_asked(run(there, carried.name), root, asked)
        papers = {name: read(path) for name, path in files_in(there.out_of(carried.name)).items()}
        history = {name: read(path) for name, path in files_in(root / carried.name / _HISTORY).items()}
        return Returned(outcome=outcome, papers=papers, history=history)


def _named_as_asked(outcome: Outcome, root: Path, asked: Asked) -> Outcome:
    """The outcome with the account's own folder in place of the one that was laid out for a moment."""
    if outcome.fault is None:
        return outcome
    said = {
        key: re.sub(_GIVEN, "", told.replace(str(root), str(asked.folder))) if isinstance(told, str) else told
        for key, told in outcome.fault.items()
    }
    return replace(outcome, fault=said)


_PLACE = "\0given\0"  # stands for the folder that is laid out on the worker


def _given(asked: Asked) -> tuple[tuple[str, ...], dict[str, bytes]]:
    """The options with the files they name carried along, each in a folder of its own."""
    with asked.context("account") as context:
        named = {one.name: one.opts for one in context.command.params}
        paths = [(named[name], path) for name, path in paths_in(context.params) if path.exists()]
    options, given = list(asked.options), dict[str, bytes]()
    for number, (names, path) in enumerate(paths):
        there = f"{_PLACE}{number}/{path.name}"
        for at, option in enumerate(asked.options):
            name, sign, value = option.partition("=")
            if sign and name in names and Path(value) == path:
                options[at] = f"{name}={there}"
            elif at and asked.options[at - 1] in names and Path(option) == path:
                options[at] = there
        given |= {f".given/{number}/{name}": data for name, data in packed(path).items()}
    return tuple(options), given


def _at(root: Path, options: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.replace(_PLACE, f"{root.as_posix()}/.given/") for one in options)


def _checked(client: Any, address: str) -> int:
    """How many accounts may be made at once; UsageFault where there are no workers, or not all have this poa."""
    threads: int = sum(client.nthreads().values())
    if not threads:
        raise UsageFault(
            "no_workers",
            f"The scheduler at {address} has no workers.",
            hint=f"Start some: dask worker {address}",
        )
    try:
        versions = set(client.run(_version).values())
    except Exception as error:  # noqa: BLE001 - whatever a worker without poa answers
        raise UsageFault(
            "worker_without_poa",
            f"A worker cannot run poa: {type(error).__name__}.",
            hint=f"Install poa {__version__} where the workers run, and start them anew.",
        ) from None
    if versions != {__version__}:
        others = ", ".join(sorted(versions - {__version__}))
        raise UsageFault(
            "other_version",
            f"Workers have poa {others}, and this is poa {__version__}: their papers could differ.",
            hint="Install the same version everywhere.",
        )
    return threads


def _version() -> str:
    return __version__


def _library() -> Any:
    try:
        import distributed
    except ImportError:
        raise UsageFault(
            "no_dask",
            "A cluster needs Dask, which is not installed.",
            hint="Install it with: pip install 'poa[cluster]'; or leave --scheduler out.",
        ) from None
    # A scheduler that dies is told in one sentence, and not by the tracebacks of each thread that spoke to it.
    for name in [one for one in logging.root.manager.loggerDict if one.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return distributed
