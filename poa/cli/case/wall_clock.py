"""The wall clock: only ever offered as the answer at a prompt, and never taken without being confirmed."""

from __future__ import annotations

import sys
from datetime import date

import click

from poa.cli.options import Day
from poa.errors import UsageFault


def day_given(day: date | None, *, what: str) -> date:
    """The day of the option, or the one confirmed at a prompt; UsageFault where there is nobody to ask."""
    if day is not None:
        return day
    if not on_terminal():
        raise UsageFault("no_day", f"{what} needs a day.", hint="Add --today, such as --today 2026-11-04.")
    answer: date = click.prompt(f"{what}: on which day?", default=offered_day(), type=Day(), err=True)
    return answer


def offered_day() -> date:
    """Today where the user sits, to be offered at a prompt."""
    return date.today()  # noqa: DTZ011 - the user's own day is what is meant


def on_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()
