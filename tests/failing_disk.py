"""A disk whose nth call fails: what creates, writes, renames, links or deletes is counted, and refused where asked."""

import builtins
import errno
import io
import os
from contextlib import contextmanager
from unittest import mock

_REASONS = (errno.ENOSPC, errno.EIO, errno.EACCES)
_NAMES = ("chmod", "link", "mkdir", "rename", "replace", "rmdir", "truncate", "unlink")
CLEANING = {"rmdir", "unlink"}
_FILLING = {"fsync", "link", "mkdir", "open", "write"}  # what a full disk refuses


class Disk:
    """``calls`` are the calls so far; the one of number ``failing`` is refused, with ``full`` all that fill the disk from it on."""

    def __init__(self, failing=None, *, full=False):
        self.calls = []
        self.refused = []
        self._failing, self._full = failing, full

    def call(self, name, path=None):
        """Count one call, and raise where it is to fail."""
        number = len(self.calls)
        self.calls.append(name)
        if self._failing is None:
            return
        if number == self._failing or (self._full and number > self._failing and name in _FILLING):
            self.refused.append(name)
            reason = errno.ENOSPC if self._full else _REASONS[number % len(_REASONS)]
            raise OSError(reason, os.strerror(reason), *([] if path is None else [os.fspath(path)]))


class _Raw(io.FileIO):
    """A file of which half a piece is on the disk when the rest is refused."""

    disk = None

    def write(self, data):
        try:
            self.disk.call("write")
        except OSError:
            super().write(memoryview(data)[: len(data) // 2])
            raise
        return super().write(data)


@contextmanager
def disk(failing=None, *, full=False):
    """The disk of this process, as long as the block runs."""
    found = Disk(failing, full=full)
    real_open, real_os_open = io.open, os.open

    def opened(
        file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None
    ):
        if not set(mode) & set("wxa+"):
            return real_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
        if opener is None and not isinstance(file, int):
            found.call("open", file)
        raw = _Raw(file, mode.replace("b", "").replace("t", ""), closefd, opener)
        raw.disk = found
        if buffering == 0:
            return raw
        whole = (io.BufferedRandom if "+" in mode else io.BufferedWriter)(raw)
        return whole if "b" in mode else io.TextIOWrapper(whole, encoding, errors, newline)

    def os_opened(path, flags, *more, **how):
        if flags & os.O_CREAT:
            found.call("open", path)
        return real_os_open(path, flags, *more, **how)

    def counted(name, real):
        def call(path, *more, **how):
            found.call(name, None if isinstance(path, int) else path)
            return real(path, *more, **how)

        return call

    patches = [mock.patch.object(os, name, counted(name, getattr(os, name))) for name in _NAMES]
    patches += [mock.patch.object(os, "open", os_opened)]
    # No test waits until a disk has it.
    patches += [mock.patch.object(os, "fsync", lambda _: found.call("fsync"))]
    patches += [mock.patch.object(where, "open", opened) for where in (io, builtins)]
    patches += [mock.patch("tempfile._io.open", opened)]
    for one in patches:
        one.start()
    try:
        yield found
    finally:
        for one in reversed(patches):
            one.stop()
