"""A disk whose nth call fails: what creates, writes, renames, links or deletes is counted, and refused where asked."""

import builtins
import errno
import io
import os
import signal
import tempfile
from contextlib import ExitStack, contextmanager
from unittest import mock

_REASONS = (errno.ENOSPC, errno.EIO, errno.EACCES)
_NAMES = ("chmod", "link", "mkdir", "rename", "replace", "rmdir", "truncate", "unlink")
CLEANING = {"rmdir", "unlink"}
_FILLING = {"fsync", "link", "mkdir", "open", "write"}  # what a full disk refuses


class Disk:
    """``calls`` are the calls so far; the one of number ``failing`` is refused, with ``full`` all that fill the disk from it on;
    with ``killed`` the process ends there, in the middle of what it writes."""

    def __init__(self, failing=None, *, full=False, killed=False):
        self.calls = []
        self.refused = []
        self._failing, self._full, self._killed = failing, full, killed

    def call(self, name, path=None, *, half=lambda: None):
        """Count one call, and raise where it is to fail."""
        number = len(self.calls)
        self.calls.append(name)
        if self._failing is None:
            return
        if self._killed:
            if number == self._failing:
                half()
                os.kill(os.getpid(), signal.SIGKILL)
            return
        if number == self._failing or (self._full and number > self._failing and name in _FILLING):
            self.refused.append(name)
            reason = errno.ENOSPC if self._full else _REASONS[number % len(_REASONS)]
            raise OSError(reason, os.strerror(reason), *([] if path is None else [os.fspath(path)]))


class _Raw(io.FileIO):
    """A file of which half a piece is on the disk when the rest is refused."""

    disk = None

    def write(self, data):
        def half():
            io.FileIO.write(self, memoryview(data)[: len(data) // 2])

        try:
            self.disk.call("write", half=half)
        except OSError:
            half()
            raise
        return super().write(data)


class _Calls:
    """What stands in the place of the system's calls, each counted by a disk."""

    def __init__(self, disk):
        self._disk, self._open, self._os_open = disk, io.open, os.open

    def open(self, file, mode="r", buffering=-1, *texts, closefd=True, opener=None, **named):
        """A file as the builtin gives it; one that is written to counts each write."""
        if not set(mode) & set("wxa+"):
            return self._open(file, mode, buffering, *texts, closefd=closefd, opener=opener, **named)
        if opener is None and not isinstance(file, int):
            self._disk.call("open", file)
        raw = _Raw(file, mode.replace("b", "").replace("t", ""), closefd, opener)
        raw.disk = self._disk
        if buffering == 0:
            return raw
        whole = (io.BufferedRandom if "+" in mode else io.BufferedWriter)(raw)
        return whole if "b" in mode else io.TextIOWrapper(whole, *texts, **named)

    def os_open(self, path, flags, *more, **how):
        """A handle; one that makes a file counts."""
        if flags & os.O_CREAT:
            self._disk.call("open", path)
        return self._os_open(path, flags, *more, **how)

    def fsync(self, _):
        """No test waits until a disk has it."""
        self._disk.call("fsync")

    def counted(self, name):
        """Another call, by its name."""
        real = getattr(os, name)

        def call(path, *more, **how):
            self._disk.call(name, None if isinstance(path, int) else path)
            return real(path, *more, **how)

        return call


@contextmanager
def disk(failing=None, *, full=False, killed=False):
    """The disk of this process, as long as the block runs."""
    found = Disk(failing, full=full, killed=killed)
    calls = _Calls(found)
    with ExitStack() as patches:
        for where, name, other in (
            *((os, name, calls.counted(name)) for name in _NAMES),
            (os, "open", calls.os_open),
            (os, "fsync", calls.fsync),
            *((where, "open", calls.open) for where in (io, builtins, tempfile._io)),
        ):
            patches.enter_context(mock.patch.object(where, name, other))
        yield found
