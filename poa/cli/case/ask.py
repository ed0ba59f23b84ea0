"""``poa case ask``: the questions of a case, one at a time, with what the rows propose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from poa.cli.options import pack_option, ui_language_option
from poa.languages import SPOKEN
from poa.words import counted, said

if TYPE_CHECKING:
    from poa.cli.case.book import CaseBook
    from poa.facts import Facts
    from poa.packs.options import Option

_COLUMNS = said(
    "A few questions on its titles. Without that file nothing can be counted, and no letter be written."
)

letter_language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(SPOKEN),
    default="en",
    show_default=True,
    help="Language of the letter.",
)


@click.command(name="ask", epilog="Example: poa case ask my-case")
@click.argument("folder", type=click.Path(path_type=Path))
@letter_language_option
@ui_language_option
@pack_option
def command(*, folder: Path, language: str, ui_language: str | None, pack_folder: Path | None) -> None:
    """Answer the open questions of a case, one at a time.

    Press Enter to skip a question, write ? for help and q to stop; every answer is
    saved at once, and the next run goes on where you stopped. What the rows
    propose becomes your statement only if you take it. With --pack, the options of
    that pack are asked, too.
    """
    from poa.cli.case.folder import case_file
    from poa.cli.case.wall_clock import on_terminal
    from poa.errors import UsageFault

    path = case_file(folder)
    if not on_terminal():
        raise UsageFault(
            "no_terminal",
            "Questions can only be asked on a terminal.",
            hint=f"Write the answers into {path}; 'poa case check {folder}' lists what is open.",
        )
    ask_all(folder, ui_language=ui_language, language=language, pack_folder=pack_folder)


def ask_all(
    folder: Path, *, ui_language: str | None, language: str = "en", pack_folder: Path | None = None
) -> None:
    """Every question that is open, until the last one or until the user leaves."""
    from poa.cli.case.ask_options import open_options
    from poa.cli.case.book import CaseBook
    from poa.cli.case.confirming import ask_confirmation, last_name
    from poa.cli.case.prompts import Left
    from poa.cli.pack_folders import open_packs

    options = open_packs(pack_folder).options
    again = str(folder) if pack_folder is None else f"{folder} --pack {pack_folder}"
    book = CaseBook.opened_in(folder, ui_language, language=language)
    prompts = book.prompts
    prompts.tell(said("Enter skips a question, ? explains it, q stops. Every answer is saved at once."))
    try:
        by = prompts.text(
            said("Who answers, by name or role?"),
            about=said("It stands in the journal of the case, beside what you confirm, and in no letter."),
            offered=last_name(book),
        )
        _ask(book, options)
        if by:
            ask_confirmation(book, by)
    except (Left, click.Abort, KeyboardInterrupt):
        prompts.tell(
            said("Stopped; what you answered is saved. Go on with: poa case ask {folder}", folder=again)
        )
    left = book.open_count() + len(open_options(book.opened.case.options, options))
    prompts.tell()
    prompts.tell(
        said(
            "To change an answer, write it into {file}.",
            file=str(folder / "case.toml" if folder.is_dir() else folder),
        ),
        dim=True,
    )
    if left:
        prompts.tell(
            counted(
                left,
                "1 point is open: poa case check {folder}",
                "{number} points are open: poa case check {folder}",
                folder=again,
            )
        )
    else:
        prompts.tell(
            said("Nothing of the case is open. Next: poa appeal --case {folder} --final", folder=again)
        )


def _ask(book: CaseBook, options: tuple[Option, ...]) -> None:
    from poa.cli.case.ask_actions import ask_actions, ask_again
    from poa.cli.case.ask_causes import ask_causes
    from poa.cli.case.ask_frame import ask_frame, ask_notice
    from poa.cli.case.ask_options import ask_options

    # First: nobody answers ten questions to learn then that a file cannot be read.
    book.facts = _facts(book)
    day = book.opened.case.letter_date
    ask_notice(book)
    ask_frame(book)
    ask_options(book, options)
    if book.facts is not None and book.opened.case.letter_date != day:  # open orders are judged by it
        book.facts = _facts(book)
    ask_causes(book)
    ask_actions(book)
    ask_again(book)


def _facts(book: CaseBook) -> Facts | None:
    """What the reports of the case say; None where there are none, or they cannot be used yet."""
    from poa.account import facts_of
    from poa.cli.asking import answered
    from poa.cli.options import open_account
    from poa.errors import PoaError

    prompts = book.prompts
    if not book.opened.inputs:
        prompts.tell(said("There are no reports in the case folder, so nothing can be proposed from rows."))
        return None
    while True:
        try:
            return answered(
                open_account(book.opened, _DEFAULTS), lambda account, tell: facts_of(account, tell=tell)
            )
        except PoaError as fault:
            if fault.code == "unknown_header" and _mapped(book, fault.file or ""):
                continue
            prompts.tell(fault.message)
            if fault.hint:
                prompts.tell(fault.hint)
            prompts.tell(
                said("Nothing can be proposed from these rows; the questions are asked without them.")
            )
            return None


def _mapped(book: CaseBook, name: str) -> bool:
    """Whether somebody said which column of a file is which; what was said is kept beside the reports."""
    from dataclasses import replace

    from poa.cli.case.folder import INPUTS
    from poa.cli.mapping_dialogue import keep_mapping
    from poa.cli.options import open_account
    from poa.errors import PoaError
    from poa.files import files_in, free_name

    account = open_account(book.opened, _DEFAULTS)
    found = [one for one in account.reports if one.name == name]
    question = said("poa does not know all columns of {file}. Can you say which is which?", file=name)
    root, prompts = book.opened.root, book.prompts
    while found and root is not None and prompts.yes(question, about=_COLUMNS):
        stem = name.rpartition(".")[0] or name
        out = root / INPUTS / free_name(f"{stem}.toml", files_in(root / INPUTS))
        try:
            keep_mapping(replace(account, reports=(found[0],), mappings=()), out, language=prompts.language)
        except PoaError as fault:  # an answer that the rows do not bear out
            prompts.tell(fault.message)
            continue
        book.reread()
        return True
    return False


_DEFAULTS: dict[str, Any] = {
    **dict.fromkeys(("performance", "marketplace", "origin")),
    **dict.fromkeys(("reports", "suppliers", "mappings", "own_warehouse"), ()),
}
