"""``poa case follow``: by which figure of the rows the weekly page checks each action, its target, for how long."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from poa.cli.options import ui_language_option
from poa.words import said

if TYPE_CHECKING:
    from poa.case import Case
    from poa.cli.case.book import CaseBook
    from poa.policy.kpis import Kpi

_ABOUT = said(
    "poa weekly measures this figure each week and says whether the action holds. Press Enter where no row can tell"
    " it: 'poa case held' notes your own word then."
)


@click.command(name="follow", epilog="Example: poa case follow my-case")
@click.argument("folder", type=click.Path(path_type=Path))
@ui_language_option
def command(folder: Path, ui_language: str | None) -> None:
    """Say for each action by which figure poa weekly checks it.

    Asked are the figure, its target, and in how many weeks running it must hold
    before the action counts as proven. Press Enter to skip, ? for help, q to stop.
    Written by hand, these are kpi, target and weeks of an action in case.toml.
    """
    from poa.case import action_names
    from poa.cli.case.book import CaseBook
    from poa.cli.case.folder import case_file
    from poa.cli.case.prompts import Left
    from poa.cli.case.wall_clock import on_terminal
    from poa.errors import UsageFault

    path = case_file(folder)
    if not on_terminal():
        raise UsageFault(
            "no_terminal",
            "Questions can only be asked on a terminal.",
            hint=f"Write kpi, target and weeks of each action into {path}; 'poa case codes' lists the figures.",
        )
    book = CaseBook.opened_in(folder, ui_language)
    names = action_names(book.opened.case)
    if not names:
        book.prompts.tell(said("The case promises no action yet: poa case ask {folder}", folder=str(folder)))
        return
    try:
        for name, place in names.items():
            _follow(book, name, place)
    except (Left, click.Abort, KeyboardInterrupt):
        book.prompts.tell(
            said(
                "Stopped; what you answered is saved. Go on with: poa case follow {folder}",
                folder=str(folder),
            )
        )


def _follow(book: CaseBook, name: str, place: str) -> None:
    prompts = book.prompts
    heading, at = place.split(".")
    case = book.opened.case
    action = getattr(case, heading)[int(at)]
    words = action.action if heading == "corrective" else action.control
    if action.kpi and action.target is not None and action.weeks:
        return
    prompts.tell()
    prompts.tell(said("{id}: {words}", id=name, words=words or "-"), bold=True)
    figures = _fitting(case, action.cause)
    kpi = action.kpi
    if not kpi:
        prompts.tell(said("Which figure shows each week that it holds?"))
        taken = prompts.choice(
            said("Number, or Enter to leave it open"), [one.title for one in figures], own=False, about=_ABOUT
        )
        if not isinstance(taken, int):
            return
        kpi = figures[taken].id
        if not book.answer(f"{place}.kpi", kpi):
            return
    if action.target is None:
        _target(book, place, next(one for one in figures if one.id == kpi))
    if not action.weeks:
        _weeks(book, place)


def _fitting(case: Case, named: str | None) -> list[Kpi]:
    """Every control figure, those that fit the cause of the action first."""
    from poa.policy.kpis import kpis

    codes = [one.code for number, one in enumerate(case.cause, 1) if named in {None, one.id, str(number)}]
    return sorted(kpis().values(), key=lambda one: not any(code in one.fits for code in codes))


def _target(book: CaseBook, place: str, kpi: Kpi) -> None:
    question = {
        "hours": said("Under how many hours, for nine in ten orders?"),
        "fraction": said("Under which share? Write 2 % as 0.02."),
    }.get(kpi.unit, said("At most how many orders a week?"))

    def asked() -> float | None:
        while (given := book.prompts.text(question, about=said(kpi.meaning))) is not None:
            try:
                return float(given.replace(",", "."))
            except ValueError:
                book.prompts.tell(said("Write a number, such as 4 or 0.02."))
        return None

    book.ask(f"{place}.target", asked)


def _weeks(book: CaseBook, place: str) -> None:
    def asked() -> int | None:
        question = said("In how many weeks running must it hold before it counts as proven?")
        while (given := book.prompts.text(question, about=_ABOUT)) is not None:
            if given.isdecimal() and int(given):
                return int(given)
            book.prompts.tell(said("Write a number, such as 4 or 0.02."))
        return None

    book.ask(f"{place}.weeks", asked)
