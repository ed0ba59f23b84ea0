"""What test_ahead.py lets another process make."""

import os
from multiprocessing import parent_process
from time import sleep

from poa.cli.pack_folders import built_in
from poa.errors import GateNotMet
from poa.packs.pack import BUILT_IN


def where(given, *, tell):  # noqa: ARG001
    """What was given, and whether another process made it."""
    return given, parent_process() is not None


def ending(given, *, tell):  # noqa: ARG001
    """Ends the process, if it is another one."""
    if parent_process() is not None:
        os._exit(3)
    return given


def refusing(given, *, tell):  # noqa: ARG001
    """A gate with its open points."""
    raise GateNotMet("open_questions", "Two are open.", open_points=given, hint="Answer them.")


def pack_of(pack, *, tell):  # noqa: ARG001
    """What a pack is there, the built-in one where none is given: whether it is compiled ahead, and its text."""
    pack = pack or built_in()
    return bool(pack.compiled), pack.sha256, parent_process() is not None and pack.name == BUILT_IN


def sleeping(seconds, *, tell):  # noqa: ARG001
    """Takes so long, if it is another process that makes it."""
    if parent_process() is not None:
        sleep(seconds)


def calling(given, *, tell):  # noqa: ARG001
    """What comes late, called for as often as wanted, and whether another process was given it."""
    return [given["late"]() for _ in range(given["times"])], parent_process() is not None
