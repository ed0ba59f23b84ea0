"""Whatever ends a run, as one fault of the tree of errors: what happened, where, what to do next."""

from __future__ import annotations

import os

import click

from poa.errors import PoaError, UsageFault


def fault_of(error: Exception) -> PoaError:
    """The fault that an exception is; what nobody foresaw is a fault of poa itself."""
    match error:
        case PoaError():
            return error
        case click.exceptions.Abort():
            return PoaError("stopped", "Stopped. Nothing is half written.")
        case click.ClickException():
            context = error.ctx if isinstance(error, click.UsageError) else None
            hint = f"'{context.command_path} --help' shows the way." if context else None
            return UsageFault("usage", error.format_message(), hint=hint)
        case OSError(filename=str() | bytes() as name):  # such as a name that is longer than a disk allows
            path = os.fsdecode(name)
            return PoaError(
                "unusable_path",
                f"{path} cannot be used: {error.strerror}.",
                file=path,
                hint="Check the name, that there is room, and that you may read and write there; close it in other programs.",
            )
        case _:
            return _own_fault(error)


def _own_fault(error: Exception) -> PoaError:
    """A defect of poa: named by kind and place, never by content, which may be a buyer's."""
    at = error.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    place = f"{os.path.basename(at.tb_frame.f_code.co_filename)}:{at.tb_lineno}" if at else "?"  # noqa: PTH119 - pathlib costs start-up
    return PoaError(
        "own_fault",
        f"This is a fault of poa itself: {type(error).__name__} at {place}.",
        hint="Run again with --debug and report what it prints.",
    )
