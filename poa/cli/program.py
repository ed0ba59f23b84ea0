"""The command line as a process of its own, which ends when the last word is said."""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import suppress
from typing import NoReturn

from poa.cli import main


def program() -> NoReturn:
    """Run the command line, and end the process.

    Python would give back millions of rows one object at a time before it ends, a quarter of a second after the
    last word; the system takes them back at once. What others registered for the end is done first.
    """
    try:
        main(prog_name="poa")
    except SystemExit as stop:
        code = stop.code
    atexit._run_exitfuncs()  # noqa: SLF001 - the documented way out runs them only after all else
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads any more
            stream.flush()
    os._exit(code if isinstance(code, int) else 0)
