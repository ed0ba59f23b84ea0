"""The questions on actions: what was done about each cause, with its proof, what is done from now on, what is added later."""

from __future__ import annotations

from functools import partial

from poa.case import QUESTIONS, Linked, links
from poa.case.graph import name_of
from poa.case.proposals import ProposedMeasure, proposed_corrective, proposed_preventive
from poa.case.resubmission import unanswered
from poa.cli.case.ask_causes import headed, title_of
from poa.cli.case.book import CaseBook
from poa.cli.case.folder import EVIDENCE
from poa.cli.case.prompts import Prompts
from poa.words import said, spoken

_DONE = said("Only what is done, with the day on which it was done and a file that shows it.")
_PLANNED = said(
    "Only what you will do, with the day on which you will do it. You will be asked for the proof."
)
_CONTROL = said(
    "A control that somebody carries out, not an intention: what is done, by which role, how often."
)
_MORE = said("Number, own words, or Enter for no more")
_NUMBER = said("Number, or Enter to leave it open")
_SAME = said("The case says the same as what was sent. What can you add that is true?")


def ask_actions(book: CaseBook) -> None:
    """What the actions of the file still lack; then, for each cause that none answers, new ones."""
    for at in range(len(book.opened.case.corrective)):
        _complete_corrective(book, at)
    for at in range(len(book.opened.case.preventive)):
        _complete_preventive(book, at)
    for linked in links(book.opened.case):
        if all(not one.action for _, one in linked.corrective):
            _headed(book, linked)
            _ask_corrective(book, linked)
        if all(not one.control for _, one in linked.preventive):
            _headed(book, linked)
            _ask_preventive(book, linked)


def ask_again(book: CaseBook) -> None:
    """The second time: each line of Amazon's answer that waits; it is answered when its part of the case says more."""
    prompts = book.prompts
    for one in unanswered(book.opened.earlier, book.opened.case):
        prompts.tell()
        prompts.tell(said("Amazon asks: {line}", line=one.line), bold=True)
        prompts.tell(_SAME)
        if one.ask in {"evidence", "documents"}:
            _document(book)
            continue
        for linked in links(book.opened.case):
            match one.ask:
                case "root_cause":
                    _cause_again(book, linked.number - 1)
                case "corrective":
                    _ask_corrective(book, linked)
                case _:
                    _ask_preventive(book, linked)


def _cause_again(book: CaseBook, at: int) -> None:
    """The whole statement again, in more detail; what was sent stands above it."""
    book.prompts.tell(said("It was sent as: {words}", words=book.opened.case.cause[at].statement or ""))
    question = said("The whole root cause again, with the detail that Amazon asks for:")
    book.ask(f"cause.{at}.statement", lambda: book.prompts.words(question))


def _document(book: CaseBook) -> None:
    """A file that no action names, enclosed for what it shows."""
    file = _picked(book, said("Which file do you enclose?"))
    if file is not None:
        shows = book.prompts.words(said("What does it show? It is its title in the list of annexes."))
        if shows:
            book.add("evidence", {"file": file, "title": shows, "shows": shows})


def _headed(book: CaseBook, linked: Linked) -> None:
    book.prompts.tell()
    book.prompts.tell(headed(linked.cause, linked.number), bold=True)


def _name(book: CaseBook, linked: Linked) -> str | None:
    """How an action names its cause; nothing where there is one only."""
    return name_of(linked.cause, linked.number) if len(book.opened.case.cause) > 1 else None


def _ask_corrective(book: CaseBook, linked: Linked) -> None:
    """What was, or will be, done about a cause, as often as there is something to say."""
    planned, prompts, cause = book.opened.planned, book.prompts, linked.cause
    left: list[str] = []
    if cause.code:
        left += proposed_corrective(
            cause.code, book.facts, cause.shown_by or "", "future" if planned else "past"
        )
    question = (
        said("What will you do about these orders and their cause?") if planned else QUESTIONS["corrective"]
    )
    while True:
        prompts.tell(question)
        taken = prompts.choice(_MORE, left, own=True, about=_PLANNED if planned else _DONE)
        if taken is None:
            return
        words = spoken(left[taken], book.language) if isinstance(taken, int) else taken
        at = book.add("corrective", {"cause": _name(book, linked), "action": words})
        if at is not None:
            if isinstance(taken, int):
                left.pop(taken)
            _complete_corrective(book, at)
        prompts.tell()


def _complete_corrective(book: CaseBook, at: int) -> None:
    action = book.opened.case.corrective[at]
    if not action.action:
        return
    if not action.cause and len(book.opened.case.cause) > 1:
        _cause_of(book, "corrective", at)
    if action.date is None:
        planned = book.opened.planned
        question = said("On which day will this be done?") if planned else QUESTIONS["corrective.date"]
        about = _PLANNED if planned else _DONE
        book.prompts.tell(action.action)
        book.ask(f"corrective.{at}.date", lambda: book.prompts.day(question, about=about))
    if not action.evidence or action.evidence not in book.opened.evidence:
        folder = _folder(book)
        about = said(
            "A photo, an export, a screenshot. Copy the file into {folder}; never alter it.", folder=folder
        )
        missing = said("There is no new file in {folder} yet.", folder=folder)
        question = said("Which file shows that this was done?")
        book.ask(f"corrective.{at}.evidence", lambda: _picked(book, question, about=about, missing=missing))


def _folder(book: CaseBook) -> str:
    return str((book.opened.root or book.folder) / EVIDENCE)


def _picked(book: CaseBook, question: str, *, about: str = "", missing: str = "") -> str | None:
    """A file of the evidence, picked from the folder, which is read again at every question; None where it is skipped."""
    again = said("I have put a file into {folder} now: look again", folder=_folder(book))
    while True:
        book.reread()
        files = sorted(book.opened.evidence)
        book.prompts.tell(question)
        taken = book.prompts.choice(_NUMBER, [*files, again], own=False, about=about)
        if not isinstance(taken, int):
            return None
        if taken < len(files):
            return files[taken]
        book.reread()
        if missing and book.opened.evidence.keys() <= set(files):
            book.prompts.tell(missing)


def _ask_preventive(book: CaseBook, linked: Linked) -> None:
    """The controls for a cause from now on, as often as there is one."""
    prompts, cause = book.prompts, linked.cause
    left = [*proposed_preventive(cause.code, book.facts, cause.shown_by or "")] if cause.code else []
    while True:
        prompts.tell(QUESTIONS["preventive"])
        taken = prompts.choice(_MORE, [one.control for one in left], own=True, about=_CONTROL)
        if taken is None:
            return
        one = left[taken] if isinstance(taken, int) else None
        words = spoken(one.control, book.language) if one else str(taken)
        at = book.add("preventive", {"cause": _name(book, linked), "control": words})
        if at is not None:
            if one:
                left.remove(one)
            _complete_preventive(book, at, one)
        prompts.tell()


def _complete_preventive(book: CaseBook, at: int, one: ProposedMeasure | None = None) -> None:
    """What a control still lacks, with what its proposal offers."""
    prompts = book.prompts
    control = book.opened.case.preventive[at]
    if not control.control:
        return
    if not control.cause and len(book.opened.case.cause) > 1:
        _cause_of(book, "preventive", at)
    offered = {"role": "", "frequency": "", "measure": ""}
    if one:
        _notes(prompts, one)
        offered = {field: spoken(getattr(one, field), book.language) for field in offered}
    missing = [field for field in offered if not getattr(control, field)]
    if missing or control.start is None:
        prompts.tell(control.control)
    for field in missing:
        asked = partial(
            prompts.words, QUESTIONS[f"preventive.{field}"], about=_CONTROL, offered=offered[field]
        )
        book.ask(f"preventive.{at}.{field}", asked)
    if control.start is None:
        question = QUESTIONS["preventive.start"]
        book.ask(f"preventive.{at}.start", lambda: prompts.day(question, about=_CONTROL))


def _notes(prompts: Prompts, one: ProposedMeasure) -> None:
    for note in one.notes:
        prompts.tell(said("Note: {words}", words=said(note) if type(note) is str else note), dim=True)
    if one.never_alone:
        prompts.tell(said("This is an option beside others: alone it answers no cause."), dim=True)


def _cause_of(book: CaseBook, heading: str, at: int) -> None:
    """Which cause an action of the file answers."""
    prompts = book.prompts
    joined = links(book.opened.case)
    entry = getattr(book.opened.case, heading)[at]
    prompts.tell(entry.action if heading == "corrective" else entry.control)
    prompts.tell(QUESTIONS[f"{heading}.cause"])
    taken = prompts.choice(_NUMBER, [title_of(one.cause, one.number) for one in joined], own=False)
    if isinstance(taken, int):
        book.answer(f"{heading}.{at}.cause", name_of(joined[taken].cause, joined[taken].number))
