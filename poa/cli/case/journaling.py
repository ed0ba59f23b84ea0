"""What the journal's lines are made of: who speaks, and the files that were sent."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import click

from poa.cli.case.wall_clock import on_terminal
from poa.errors import InputFault, UsageFault
from poa.files import files_in, read

_INTERNAL = "internal/"
_FACTS = "internal/facts.json"
_SENT_LIMIT = 64 << 20  # bytes of one paper


def named(by: str | None) -> str:
    """Who speaks, by option or at a prompt; UsageFault where there is nobody to ask."""
    if by and by.strip():
        return by.strip()
    if not on_terminal():
        raise UsageFault(
            "no_name", "The journal needs to know who confirms it.", hint="Add --by, such as --by 'Ops lead'."
        )
    return str(click.prompt("Who confirms it (a name or a role)?", err=True)).strip()


def hashes(papers: Sequence[Path]) -> dict[str, str]:
    """The SHA-256 of each file by its name; of a folder, what may be sent: all but ``internal/``.

    Raises InputFault for a path that is not there, and for a folder that holds nothing.
    """
    found: dict[str, str] = {}
    for path in papers:
        if not path.is_dir():
            files = {path.name: path}
        elif not (
            files := {name: one for name, one in files_in(path).items() if not name.startswith(_INTERNAL)}
        ):
            raise InputFault(
                "no_papers",
                f"{path} holds nothing that may be sent.",
                file=str(path),
                hint="Name the folder that 'poa appeal' wrote, or the files that you sent.",
            )
        for name, one in files.items():
            told = name if name not in found else f"{path.resolve().parent.name}/{path.name}/{name}"
            found[told] = sha256(read(one, limit=_SENT_LIMIT)).hexdigest()
    return found


def facts_beside(papers: Sequence[Path]) -> bytes | None:
    """The facts behind the papers of a folder, to be compared with those of a later letter."""
    for path in papers:
        for folder in (path, path.parent):
            if (folder / _FACTS).is_file():
                return read(folder / _FACTS)
    return None
