"""The far side of ``confined.py``: a Python of its own that answers one request after another, and takes no more than it may.

It runs as a script, so that nothing of poa is loaded here but what answers. A message is the head
below and so many bytes.
"""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import BinaryIO

HEAD = struct.Struct(">4sIcQ")  # the sign, the number of the request, what it is, how many bytes follow
SIGN = b"poa1"
ASKED = "--inside"  # the first word to a build of one file that is to be this Python
REQUEST, READY, ANSWER, FAILED, NO_MEMORY = b"?", b"r", b"a", b"f", b"m"
COUNTED = b"cpu"  # said when ready, where the system ends a process that computes for too long

_OPEN_FILES = 16  # counted after all modules are loaded


def serve(source: BinaryIO, target: BinaryIO, asked: dict[str, object]) -> None:
    """Answer until there are no more requests; ``asked`` names the function, and what it may take."""
    module, _, name = str(asked["function"]).partition(":")
    answers: Callable[[bytes], bytes] = getattr(import_module(module), name)
    _hold(int(str(asked["memory"])))
    seconds = int(str(asked["cpu"]))
    _say(target, 0, READY, COUNTED if _counting(seconds) else b"")
    while len(head := source.read(HEAD.size)) == HEAD.size:
        _, number, _, size = HEAD.unpack(head)
        request = source.read(size)
        _counting(seconds)
        try:
            kind, answer = ANSWER, answers(request)
        except MemoryError:
            kind, answer = NO_MEMORY, b""
        except Exception as error:  # noqa: BLE001 - whatever a stranger's data brings about; only its kind is told
            kind, answer = FAILED, type(error).__name__.encode()
        _say(target, number, kind, answer)


def _say(target: BinaryIO, number: int, kind: bytes, data: bytes) -> None:
    target.write(HEAD.pack(SIGN, number, kind, len(data)))
    target.write(data)
    target.flush()


def _hold(memory: int) -> None:
    """Set the limits that stay: no file is written, none starts another program, memory has an end."""
    with suppress(ImportError):  # Windows has none of them
        import resource  # noqa: PLC0415 - see above

        for kind, most in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NOFILE, _OPEN_FILES),
            (resource.RLIMIT_NPROC, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(OSError, ValueError):  # macOS refuses to bound memory
                hard = resource.getrlimit(kind)[1]
                bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
                resource.setrlimit(kind, (bound, bound))


def _counting(seconds: int) -> bool:
    """Allow so many more seconds of computing; False where nobody counts them."""
    try:
        import resource  # noqa: PLC0415 - Windows has none

        used = resource.getrusage(resource.RUSAGE_SELF)
        # The system counts whole seconds, so that one begun is given whole.
        most = int(used.ru_utime + used.ru_stime) + 1 + seconds
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    except (ImportError, OSError, ValueError):
        return False
    return True


def begin(given: str) -> None:
    """Be that Python: ``given`` is the JSON of what is asked for; without a path, modules are found as they are here."""
    told: dict[str, object] = json.loads(given)
    found = told["path"]
    if isinstance(found, list):
        sys.path[:] = found
    pipe, sys.stdout = sys.stdout.buffer, sys.stderr  # a stray print must not stand between the messages
    with suppress(BrokenPipeError):  # nobody waits for the answer any more
        serve(sys.stdin.buffer, pipe, told)


if __name__ == "__main__":
    begin(sys.argv[1])
