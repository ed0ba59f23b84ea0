"""A Python beside this one that loads what makes papers, and then makes them, while a large run still counts.

Reading keeps every core busy, counting only one. A thread would not do: Python lets only one run. Where no second
process can be had, or it ends before its time, the papers are made right here, with the same bytes.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from poa.doing import Doing, Tell, silent

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess


LARGE = 16 << 20  # bytes; below it, reading is over before a second Python has started

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What to have ready: the built-in pack's ``documents`` in a language, and the ``room`` that makes papers of them."""

    language: str
    documents: Sequence[str]
    room: str


class Maker:
    """Makes papers: in a process that was begun before, or here. ``close`` it once they are made."""

    def __init__(self, ahead: Ahead | None) -> None:
        self._ahead = ahead
        self._there: tuple[BaseProcess, Connection] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self) -> None:
        """Begin the process, where one is wanted."""
        if self._ahead is not None and self._there is None:
            with suppress(OSError):  # no process is to be had
                self._there = _begun(self._ahead)

    def made(self, make: Callable[..., _Made], given: _Given, *, tell: Tell) -> _Made:
        """``make(given, tell=…)``, which takes and gives what can be pickled; raises what it raises."""
        if self._there is None:
            return make(given, tell=tell)
        tell(Doing("Writing"))
        try:
            answer = _asked(self._there[1], pickle.dumps((make, given), pickle.HIGHEST_PROTOCOL))
        except (OSError, EOFError):  # it has ended before its time
            self.close()
            return make(given, tell=tell)
        if isinstance(answer, BaseException):
            raise answer
        made: _Made = answer
        return made

    def close(self) -> None:
        """End the process."""
        if self._there is not None:
            process, connection = self._there
            self._there = None
            connection.close()
            process.kill()
            process.join()


def maker(values: Mapping[str, Any], ahead: Ahead | None) -> Maker:
    """One that is begun before anything else, where the reports of a command are large: importing keeps one core busy only."""
    made = Maker(ahead if ahead and sum(_sizes(values)) >= LARGE else None)
    made.begin()
    return made


def _sizes(values: Mapping[str, Any]) -> Iterator[int]:
    """The sizes of the files that a command is about to read, by its options; what cannot be read is told there."""
    case = values["case_folder"]
    with suppress(OSError):
        for path in values["reports"] or ((case / "inputs").iterdir() if case else ()):
            with suppress(OSError):
                yield path.stat().st_size


def _begun(ahead: Ahead) -> tuple[BaseProcess, Connection]:
    import multiprocessing  # twenty milliseconds that a small run is spared

    context = multiprocessing.get_context("spawn")  # the one way that every system has
    ours, theirs = context.Pipe()
    # What is told here must be short: starting waits for ever on a process that ends before it has read it all.
    process = context.Process(target=_beside, args=(theirs, ahead), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _asked(connection: Connection, data: bytes) -> Any:
    connection.send_bytes(data)
    return connection.recv()


def _beside(connection: Connection, ahead: Ahead) -> None:
    """The other process: load, then make what is asked for until nobody asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    # Whatever ends this process, the one who asks makes the papers, and a traceback of ours would only frighten.
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the process is there
    from poa.charts.frame import blank, png
    from poa.cli.pack_folders import built_in
    from poa.packs import LANGUAGES, compile_ahead

    for room in (ahead.room, "poa.writers.md"):
        import_module(room)
    compile_ahead(built_in(), ahead.documents, language=LANGUAGES[ahead.language])
    empty = blank()
    empty.add_subplot()
    png(empty)  # drawing loads code and fonts
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)  # as in the process beside it
    with suppress(OSError, EOFError):  # nobody asks any more
        while True:
            make, given = connection.recv()
            try:
                answer: object = make(given, tell=silent)
            except Exception as error:  # noqa: BLE001 - it is raised where it was asked for
                answer = error
            connection.send(answer)
