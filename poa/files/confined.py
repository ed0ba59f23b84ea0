"""A function runs on a stranger's data in a Python of its own, which is ended when it takes too much.

No limit inside a process holds: one call such as ``10 ** (10 ** 8)`` listens to no signal. So the
child is killed from outside, with all that it may have started, and where the system can it counts
the child's seconds, memory and files itself.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Self

from poa.files import inside
from poa.files.inside import HEAD, SIGN


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one answer may take: seconds, and bytes.

    ``cpu`` are seconds of computing, which no load on the machine uses up; ``wall`` is how long an
    answer may then be waited for, and ``wall_alone`` where the system does not count. ``start`` is
    for loading our own modules, before any stranger's data is there.
    """

    cpu: int = 4
    wall: float = 20
    wall_alone: float = 5
    start: float = 60
    memory: int = 600 << 20  # the sample's papers need 60 MB
    output: int = 24 << 20  # five million characters and their marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """Why there is no answer: a stable ``code`` and what happened, as the end of "the template …"."""

    code: str
    message: str


class Confined:
    """A child that runs one function of bytes, named ``module:function``, from the first request on.

    After it was stopped, the next request starts a new one. ``close`` it, or use it in a ``with``.
    """

    def __init__(self, function: str, *, limits: Limits = Limits()) -> None:
        self._function = function
        self._limits = limits
        self._child: _Child | None = None
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, data: bytes) -> bytes | Stopped:
        """What the function makes of these bytes, or why there is no answer."""
        with self._lock:
            try:
                child = self._start()
                found = child if isinstance(child, Stopped) else child.ask(data)
            except BaseException:  # Ctrl-C among others: nothing may go on computing
                self._end()
                raise
            if isinstance(found, Stopped) or (self._child is not None and self._child.late):
                self._end()
            return found

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _start(self) -> _Child | Stopped:
        if self._child is not None:
            return self._child
        try:
            self._child = _Child(_run(self._function, self._limits), self._limits)
        except OSError as error:
            reason = error.strerror or str(error)
            return Stopped(
                code="no_child", message=f"cannot be run: {sys.executable} does not start ({reason})"
            )
        begun = self._child.begin()
        return self._child if begun is None else begun

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


def _run(function: str, limits: Limits) -> subprocess.Popen[bytes]:
    whole = getattr(sys, "frozen", False)  # a build of one file: no other Python is there
    told = {
        "function": function,
        "path": None if whole else _path(),
        "memory": limits.memory,
        "cpu": limits.cpu,
    }
    # -I: no variable and no folder of the user changes what is loaded. -B: it could write nothing.
    start = [inside.ASKED] if whole else ["-I", "-B", "-X", "utf8", inside.__file__]
    return subprocess.Popen(  # noqa: S603 - this Python, and a script of our own
        [sys.executable, *start, json.dumps(told)],
        bufsize=0,
        cwd=Path(sys.executable).anchor,
        env={
            name: told
            for name, told in os.environ.items()
            if name in _PASSED_ON or name.startswith(_UNPACKED)
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _path() -> list[str]:
    home = str(Path(__file__).parent.parent.parent)  # where poa lies
    paths = [path for path in sys.path if path]  # an empty one is the folder the user stands in
    return paths if home in paths else [*paths, home]


# What a Python may need to start; no other variable reaches the child.
_PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR")
_UNPACKED = "_PYI_"  # of a build of one file: where it was unpacked to
_PIECE = 1 << 16


class _Child:
    """A child that runs: bytes in, bytes out, and a clock beside; ``late`` once that clock has ended it."""

    def __init__(self, running: subprocess.Popen[bytes], limits: Limits) -> None:
        self._running = running
        self._limits = limits
        self._wall = limits.wall_alone
        self._asked = 0
        self.late = False

    def begin(self) -> Stopped | None:
        """Wait until the child's modules are loaded and its limits set."""
        with self._watched(self._limits.start):
            found = self._answer(inside.READY)
        if isinstance(found, Stopped):
            return Stopped(code="no_child", message="cannot be run: the Python of its own does not start")
        if found == inside.COUNTED:
            self._wall = self._limits.wall
        return None

    def ask(self, data: bytes) -> bytes | Stopped:
        """The answer to one request."""
        self._asked += 1
        with self._watched(self._wall):
            try:
                self._send(HEAD.pack(SIGN, self._asked, inside.REQUEST, len(data)))
                self._send(data)
            except OSError:  # it has ended; why, its exit says
                return self._ended()
            return self._answer(inside.ANSWER)

    def end(self) -> None:
        """Kill the child with all that it started, and forget it."""
        _kill(self._running)
        self._running.wait()
        for pipe in (self._running.stdin, self._running.stdout):
            if pipe is not None:
                pipe.close()

    @contextmanager
    def _watched(self, seconds: float) -> Iterator[None]:
        """Kill the child once so many seconds have passed; it then says no more, and we stop waiting."""

        def stop() -> None:
            self.late = True
            _kill(self._running)

        clock = Timer(seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()
            clock.join()

    def _send(self, data: bytes) -> None:
        pipe = _there(self._running.stdin)
        rest = memoryview(data)
        while rest:
            rest = rest[pipe.write(rest) :]

    def _answer(self, wanted: bytes) -> bytes | Stopped:
        head = self._read(HEAD.size)
        if head is None:
            return self._ended()
        sign, number, kind, size = HEAD.unpack(head)
        if sign != SIGN or number != self._asked or kind not in {wanted, inside.FAILED, inside.NO_MEMORY}:
            return Stopped(code="child_rubbish", message="gave an answer that is none")
        if size > self._limits.output:
            return Stopped(
                code="too_much_output",
                message=f"makes {size:,} bytes; at most {self._limits.output:,} are taken",
            )
        data = self._read(size)
        if data is None:
            return self._ended()
        if kind == inside.NO_MEMORY:
            most = self._limits.memory >> 20
            return Stopped(code="too_much_memory", message=f"takes more than {most} MB of memory")
        if kind == inside.FAILED:
            return Stopped(code="child_failed", message=f"failed with {data[:80].decode('ascii', 'replace')}")
        return data

    def _read(self, size: int) -> bytes | None:
        """So many bytes, or None where the child says no more."""
        pipe = _there(self._running.stdout)
        pieces = []
        while size:
            piece = pipe.read(min(size, _PIECE))
            if not piece:
                return None
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def _ended(self) -> Stopped:
        """Why the child says no more; a child that only keeps silent is ended first."""
        _kill(self._running)
        code = self._running.wait()
        if self.late:
            return Stopped(code="too_much_time", message=f"takes more than {self._wall:g} seconds")
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            return Stopped(
                code="too_much_time", message=f"takes more than {self._limits.cpu} seconds of computing"
            )
        return Stopped(code="child_ended", message="brought the process down that it ran in")


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("the child was started without pipes")
    return pipe


def _kill(running: subprocess.Popen[bytes]) -> None:
    """End the child and all that it started, if it has not ended."""
    if running.returncode is None:  # its number may be another's by now
        end_tree(running.pid)


def end_tree(number: int) -> None:
    """End a process with all that it started, which are a session of their own."""
    if sys.platform == "win32":
        tree = ["taskkill", "/T", "/F", "/PID", str(number)]
        subprocess.run(tree, check=False, capture_output=True)  # noqa: S603 - the system's own program
    else:
        with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of what has ended
            os.killpg(number, signal.SIGKILL)
