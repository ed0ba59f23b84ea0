"""The second time: each line of Amazon's answer that the case does not answer yet, and what can be added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa.words import said

if TYPE_CHECKING:
    from poa.cli.case.book import CaseBook
    from poa.cli.case.prompts import Prompts
    from poa.facts import Facts

_SAME = said("The case says the same as what was sent. What can you add that is true?")


def ask_again(book: CaseBook, prompts: Prompts, facts: Facts | None, *, language: str) -> None:
    """Go through the lines that wait; a line is answered when its part of the case says more."""
    from poa.case import links
    from poa.case.resubmission import unanswered
    from poa.cli.case.ask_actions import ask_corrective, ask_preventive

    for one in unanswered(book.opened.earlier, book.opened.case):
        prompts.tell()
        prompts.tell(said("Amazon asks: {line}", line=one.line), bold=True)
        prompts.tell(_SAME)
        if one.ask in {"evidence", "documents"}:
            _document(book, prompts)
            continue
        for linked in links(book.opened.case):
            match one.ask:
                case "root_cause":
                    _cause(book, prompts, linked.number - 1)
                case "corrective":
                    ask_corrective(book, prompts, linked, facts, language)
                case _:
                    ask_preventive(book, prompts, linked, facts, language)


def _cause(book: CaseBook, prompts: Prompts, at: int) -> None:
    """The whole statement again, in more detail; what was sent stands above it."""
    prompts.tell(said("It was sent as: {words}", words=book.opened.case.cause[at].statement or ""))
    question = said("The whole root cause again, with the detail that Amazon asks for:")
    book.ask(f"cause.{at}.statement", lambda: prompts.words(question), prompts)


def _document(book: CaseBook, prompts: Prompts) -> None:
    """A file that no action names, enclosed for what it shows."""
    from poa.cli.case.folder import EVIDENCE

    folder = str((book.opened.root or book.folder) / EVIDENCE)
    while True:
        book.reread()
        files = sorted(book.opened.evidence)
        again = said("I have put a file into {folder} now: look again", folder=folder)
        prompts.tell(said("Which file do you enclose?"))
        taken = prompts.choice(said("Number, or Enter to leave it open"), [*files, again], own=False)
        if not isinstance(taken, int):
            return
        if taken < len(files):
            shows = prompts.words(said("What does it show? It is its title in the list of annexes."))
            if shows:
                book.add("evidence", {"file": files[taken], "title": shows, "shows": shows}, prompts)
            return
