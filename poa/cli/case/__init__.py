"""``poa case``: the folder of one appeal, with what only the seller can say."""

from __future__ import annotations

import click

from poa.cli.lazy import LazyGroup

_COMMANDS = {
    "new": "Start a case folder.",
    "ask": "Answer its questions here, one at a time.",
    "check": "Say what is open, by what the notice asks.",
    "codes": "List the kinds of cause, of gap beside them, and control figures.",
    "follow": "Say by which figure poa weekly checks each action.",
    "held": "Note whether an action held in a week, where no file can tell.",
    "sent": "Note in the journal what was sent.",
    "reply": "Note and read what Amazon answered.",
    "purge": "Delete the files of a case that is closed.",
}


@click.group(
    name="case",
    cls=LazyGroup,
    package=__name__,
    listed=_COMMANDS,
    epilog="Example: poa case new my-case late-shipments.csv suppliers.xlsx",
)
def command() -> None:
    """The case folder: what only you can say, and what was sent and answered.

    It holds case.toml (your answers), inputs (reports and Amazon's notice),
    evidence (what proves your actions) and a journal. Everything can be answered
    in a terminal with 'poa case ask', or written into case.toml by hand.
    """
