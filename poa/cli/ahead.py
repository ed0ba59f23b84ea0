"""A Python beside this one that loads what makes papers, and then makes them, while a large run still counts.

Importing and counting keep one core busy, reading every one: the other process loads during the first two and waits
during the third. A thread would not do: Python lets only one run. Where no second process can be had, or it ends
before its time, the papers are made right here, with the same bytes.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from poa.doing import Doing, Tell, silent

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess


LARGE = 16 << 20  # bytes; below it, reading is over before a second Python has started

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What to have ready: the built-in pack's ``documents`` in a language, and the ``room`` that makes papers of them.

    ``reviewed`` is true where they are read strictly as well.
    """

    language: str
    documents: Sequence[str]
    room: str
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    """Stands for what the other process answered to a question, counted from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class _Late:
    """What is handed over after what it belongs to, for it was not made yet; a fault where making it raised one."""

    value: object


@dataclass(frozen=True, slots=True)
class Later(Generic[_Made]):
    """A value of a dict that is given, which is made here while the other process begins without it: call it there."""

    make: Callable[[], _Made]

    def __call__(self) -> _Made:
        """The value; raises what making it raised."""
        return self.make()


@dataclass(frozen=True, slots=True, kw_only=True)
class _There:
    """The other process, the pipe to it, and two threads, one that speaks there and one that listens.

    So neither end waits for the other to listen first, and nobody for a process that still loads.
    """

    process: BaseProcess
    connection: Connection
    speaking: ThreadPoolExecutor
    listening: ThreadPoolExecutor


class Begun(Generic[_Made]):
    """Something that is being made in the other process; called, it is waited for, or made here."""

    def __init__(self, maker: Maker, here: Callable[[], _Made]) -> None:
        self._maker, self._here = maker, here
        self.number: int | None = None
        self.asked: tuple[Future[None], Future[Any]] | None = None

    def __call__(self) -> _Made:
        """What was made; raises what making it raised."""
        if self.asked is None:
            return self._here()
        said, heard = self.asked
        try:
            said.result()
            answer = heard.result()
        except (OSError, EOFError):  # it has ended before its time
            self._maker.close()
            return self._here()
        if isinstance(answer, BaseException):
            raise answer
        made: _Made = answer
        return made


class Maker:
    """Makes papers: in a process that was begun before, or here. ``close`` it once they are made.

    ``reads`` are the bytes that are read before, by what :meth:`beside` tells.
    """

    def __init__(self, ahead: Ahead | None, *, reads: int = 0) -> None:
        self._ahead, self._unread = ahead, reads
        self._there: _There | None = None
        self._questions = count()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self) -> None:
        """Begin the process, where one is wanted."""
        if self._ahead is not None and self._there is None:
            with suppress(OSError):  # no process is to be had
                self._there = _begun(self._ahead)

    def beside(self, tell: Tell) -> Tell:
        """``tell``, by which the process learns as well when nearly all is read: a core is free to load the rest then."""

        def told(doing: Doing) -> None:
            tell(doing)
            if self._unread and doing.total and doing.done == doing.total:
                self._unread -= doing.total
                if self._unread <= LARGE:
                    self._load()

        return told

    def _load(self) -> None:
        self._unread = 0
        if self._there is not None:
            with suppress(OSError):  # it has ended before its time, and is made up for when it is asked
                self._there.connection.send(None)

    def made(self, make: Callable[..., _Made], given: _Given, *, tell: Tell) -> _Made:
        """``make(given, tell=…)``, which takes and gives what can be pickled; raises what it raises."""
        if self._there is not None:
            tell(Doing("Writing"))
        return self.begun(make, given, tell=tell)()

    def begun(self, make: Callable[..., _Made], given: _Given, *, tell: Tell) -> Begun[_Made]:
        """The same, begun at once in the other process, and waited for when it is called.

        What was begun before may be a value of a dict that is given, where it stands for what it makes. One value may be
        a :class:`Later`.
        """
        begun = Begun(self, lambda: make(_each(given, Begun, lambda one: one()), tell=tell))
        there = self._there
        if there is not None:
            begun.number = next(self._questions)
            told = _each(given, Begun, lambda one: one() if one.number is None else _Answer(one.number))
            late = [one for one in told.values() if isinstance(one, Later)] if isinstance(told, dict) else []
            told = _each(told, Later, lambda _: _Late(None))
            begun.asked = (
                there.speaking.submit(_say, there.connection, (make, told)),
                there.listening.submit(there.connection.recv),
            )
            for one in late:
                there.speaking.submit(_say_late, there.connection, one)
        return begun

    def close(self) -> None:
        """End the process."""
        there, self._there = self._there, None
        if there is not None:
            there.process.kill()
            there.process.join()
            there.speaking.shutdown()
            there.listening.shutdown()
            there.connection.close()


def _each(given: Any, kind: type[_Part], of: Callable[[_Part], object]) -> Any:
    """What is given; a dict with something else for its values of a kind."""
    if not isinstance(given, dict):
        return given
    return {name: of(one) if isinstance(one, kind) else one for name, one in given.items()}


def maker(values: Mapping[str, Any], ahead: Ahead | None) -> Maker:
    """One that is begun before anything else, where the reports of a command are large: importing keeps one core busy only."""
    reads = sum(_sizes(values))
    made = Maker(ahead if ahead and reads >= LARGE else None, reads=reads)
    made.begin()
    return made


def _sizes(values: Mapping[str, Any]) -> Iterator[int]:
    """The sizes of the files that a command is about to read, by its options; what cannot be read is told there."""
    case = values["case_folder"]
    with suppress(OSError):
        for path in values["reports"] or ((case / "inputs").iterdir() if case else ()):
            with suppress(OSError):
                yield path.stat().st_size


def _begun(ahead: Ahead) -> _There:
    import multiprocessing  # twenty milliseconds that a small run is spared

    context = multiprocessing.get_context("spawn")  # the one way that every system has
    ours, theirs = context.Pipe()
    # What is told here must be short: starting waits for ever on a process that ends before it has read it all.
    process = context.Process(target=_beside, args=(theirs, ahead), daemon=True)
    process.start()
    theirs.close()
    speaking, listening = (ThreadPoolExecutor(max_workers=1) for _ in range(2))
    return _There(process=process, connection=ours, speaking=speaking, listening=listening)


def _answered(answers: Sequence[object], one: _Answer) -> object:
    answer = answers[one.number]
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _say_late(connection: Connection, later: Later[object]) -> None:
    try:
        value = later()
    except Exception as error:  # noqa: BLE001 - it is raised where it is called for
        value = error
    _say(connection, _Late(value))


def _arrived(connection: Connection) -> object:
    """In the other process: the next that comes is what comes late."""
    late = connection.recv().value
    if isinstance(late, BaseException):
        raise late
    return late


def _say(connection: Connection, what: object) -> None:
    connection.send_bytes(pickle.dumps(what, pickle.HIGHEST_PROTOCOL))


def _beside(connection: Connection, ahead: Ahead) -> None:
    """The other process: load, then make what is asked for until nobody asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    # Whatever ends this process, the one who asks makes the papers, and a traceback of ours would only frighten.
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the process is there
    gc.disable()  # what is made here is handed over, and this process ends with it
    from poa.charts.frame import blank, png
    from poa.cli.pack_folders import built_in
    from poa.languages import LANGUAGES
    from poa.packs import compile_ahead
    from poa.review import load_rules

    for room in (ahead.room, "poa.writers.md"):
        import_module(room)
    try:
        asked = connection.recv()  # nothing, when reading is over
    except (OSError, EOFError):
        return
    compile_ahead(built_in(), ahead.documents, language=LANGUAGES[ahead.language])
    empty = blank()
    empty.add_subplot()
    png(empty)  # drawing loads code and fonts
    if ahead.reviewed:
        load_rules(ahead.language)
    answers: list[object] = []
    with suppress(OSError, EOFError):  # nobody asks any more
        while True:
            if isinstance(
                asked, tuple
            ):  # else reading is over, or something came late that nobody called for
                make, given = asked
                given = _each(given, _Late, lambda _: partial(_arrived, connection))
                try:
                    answers.append(make(_each(given, _Answer, partial(_answered, answers)), tell=silent))
                except Exception as error:  # noqa: BLE001 - it is raised where it was asked for
                    answers.append(error)
                connection.send(answers[-1])
            asked = connection.recv()
