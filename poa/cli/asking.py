"""What only the user can settle, asked on a terminal, one question at a time; elsewhere the run is refused."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import click

from poa.characters import harmless
from poa.errors import Undecided

if TYPE_CHECKING:
    from poa.account import Account
    from poa.doing import Tell

_Found = TypeVar("_Found")


def answered(account: Account, use: Callable[[Account, Tell], _Found]) -> _Found:
    """What ``use`` makes of the account, each question on the way asked where there is somebody to ask."""
    from poa.cli.terminal import progress

    while True:
        try:
            with progress() as tell:
                return use(account, tell)
        except Undecided as question:
            if not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise
            name = question.file or ""
            told = {**account.answers.get(name, {}), question.setting: _ask(question)}
            account = replace(account, answers={**account.answers, name: told})


def _ask(question: Undecided) -> str:
    click.echo(harmless(question.message), err=True)
    for number, (value, shown) in enumerate(question.choices, start=1):
        click.echo(f"  {number}  {harmless(shown)}  ({value})", err=True)
    number = click.prompt(
        "Which is right?", type=click.IntRange(1, len(question.choices)), err=True, show_default=False
    )
    return question.choices[number - 1][0]
