"""Room on the disk for an account whose rows do not fit into the memory together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from poa.account import Account

LARGE = (
    4 << 30
)  # bytes of reports, some twenty million rows: beyond it they go to the disk without being told to

_Command = TypeVar("_Command", bound=Callable[..., Any])


def part_option(command: _Command) -> _Command:
    """In parts of how many rows a very large account is worked through."""
    return click.option(
        "--part-rows",
        metavar="N",
        type=click.IntRange(min=1),
        help="Put rows away on the disk, in parts of about N; by itself above 4 GB.",
    )(command)


@contextmanager
def roomy(account: Account) -> Iterator[Account]:
    """The account with a private folder to put rows away in where they are many, or somebody says so; it goes at the end."""
    from poa.files.spilled import spill

    if account.part_rows is None and sum(file.size for file in account.reports) < LARGE:
        yield account
        return
    with spill() as place:
        yield replace(account, away=place)
