"""``poa packs``: templates of one's own, made, checked, seen and tried before a client sees them."""

from __future__ import annotations

import click

from poa.cli.lazy import LazyGroup

_COMMANDS = {
    "list": "List the packs that come with poa, and their papers.",
    "new": "Start a pack of your own, which works at once.",
    "vars": "Print what a template may use: names, filters, tests.",
    "which": "Say which file makes a paper or says a phrase, and why.",
    "check": "Find every problem of a pack before a client does.",
    "preview": "See each paper in the browser while you write it.",
    "test": "Compare a pack's papers with the ones it kept.",
    "eject": "Copy a built-in file into a pack, with its origin.",
    "diff": "Say what changed in built-in files since they were ejected.",
    "zip": "Put a pack into one file.",
    "unzip": "Take a pack out of one, safely.",
}


@click.group(
    name="packs",
    cls=LazyGroup,
    package=__name__,
    listed=_COMMANDS,
    epilog="Example: poa packs new acme",
)
def command() -> None:
    """Packs: your wording, your letterhead, your order of sections.

    A pack is a folder laid over the built-in one, file by file and block by
    block. Begin with 'poa packs new', look with 'poa packs preview', and let
    'poa packs check' find what is wrong before a client does.
    """
