"""The command line: arguments in, words out, and the only place that speaks.

stdout carries the product, stderr the story. Exit codes: 0 done, 1 refused, 2 wrong usage,
3 ran but a gate that was asked for is not met.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import click

from poa import __version__
from poa.cli.faults import fault_of
from poa.cli.lazy import LazyGroup
from poa.errors import GateNotMet, PoaError, UsageFault

# In the order in which a newcomer needs them; the help of the group needs no command's module.
_COMMANDS = {
    "notice": "Say what Amazon's notice asks, and what to do first.",
    "case": "Start a case folder, answer its questions, note what was sent.",
    "appeal": "Write the root cause analysis and the plan of action.",
    "review": "Hold a finished letter against the facts and the letter rules.",
    "weekly": "Write last week's incidents, suppliers, promises on a page.",
    "summary": "Print the numbers: rates, suppliers, data problems.",
    "batch": "Run one job for many accounts, and list them by urgency.",
    "explain": "Say why an order is late, or what stands behind a figure.",
    "packs": "Make, check, preview and test your own templates.",
    "demo": "Make a worked example on sample data.",
}


class _Poa(LazyGroup):
    """Commands are imported when named, and every fault ends in one sentence."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run, and turn whatever happens into words and an exit code."""
        # A run is short and makes many small objects that live to its end: looking for dead ones costs a tenth.
        gc.set_threshold(200_000, 50, 100)
        given = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")  # a cp1252 terminal meets a Chinese name
        try:
            # Without arguments of its own, click takes the process's, and expands *.csv where no shell does.
            code = super().main(None if args is None else given, *more, **extra)
            sys.stdout.flush()
        except click.exceptions.Exit as stop:
            code = stop.exit_code
        except BrokenPipeError:  # the reader has seen enough
            _silence()
            code = 0
        except Exception as error:  # noqa: BLE001 - whatever happens ends in one sentence
            if "--debug" in given:
                traceback.print_exc()
            code = _tell(error, as_json="--json" in given)
        sys.exit(code if isinstance(code, int) else 0)


def _silence() -> None:
    """Let what is still to be printed go nowhere: nobody can read it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(error: Exception, *, as_json: bool) -> int:
    """Say what went wrong, on stderr or as the JSON of the contract, and choose the exit code."""
    from poa.cli.terminal import show_error

    match error:
        case click.exceptions.NoArgsIsHelpError():
            sys.stdout.write(f"{error.format_message()}\n")
            return 2
        case OSError(filename=None):  # no file is named: it was the terminal or the pipe
            _silence()
            fault = PoaError("unprintable", f"The output could not be printed: {error.strerror}.")
        case _:
            fault = fault_of(error)
    show_error(fault, as_json=as_json)
    match fault:
        case GateNotMet():
            return 3
        case UsageFault():
            return 2
        case _:
            return 1


@click.group(
    cls=_Poa,
    package=__name__,
    listed=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Begin with: poa demo",
)
@click.version_option(__version__, prog_name="poa")
def main() -> None:
    """From a Late Shipment Report to the papers of an appeal.

    poa reads an Amazon seller's own rows and writes a root cause analysis and
    a plan of action, in Word and Markdown, with every figure provable.
    """
