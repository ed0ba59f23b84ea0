"""The questions on actions: what was done about each cause with its day and its proof, and what is done from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa.cli.case.ask_causes import headed, title_of
from poa.words import said, spoken

if TYPE_CHECKING:
    from poa.case import Linked
    from poa.case.proposals import ProposedMeasure
    from poa.cli.case.book import CaseBook
    from poa.cli.case.prompts import Prompts
    from poa.facts import Facts

_DONE = said("Only what is done, with the day on which it was done and a file that shows it.")
_PLANNED = said(
    "Only what you will do, with the day on which you will do it. You will be asked for the proof."
)
_CONTROL = said(
    "A control that somebody carries out, not an intention: what is done, by which role, how often."
)
_MORE = said("Number, own words, or Enter for no more")
_NUMBER = said("Number, or Enter to leave it open")


def ask_actions(book: CaseBook, prompts: Prompts, facts: Facts | None, *, language: str) -> None:
    """What the actions of the file still lack; then, for each cause that none answers, new ones."""
    from poa.case import links

    for at in range(len(book.opened.case.corrective)):
        _complete_corrective(book, prompts, at)
    for at in range(len(book.opened.case.preventive)):
        _complete_preventive(book, prompts, at)
    for linked in links(book.opened.case):
        if all(not one.action for _, one in linked.corrective):
            _headed(prompts, linked)
            ask_corrective(book, prompts, linked, facts, language)
        if all(not one.control for _, one in linked.preventive):
            _headed(prompts, linked)
            ask_preventive(book, prompts, linked, facts, language)


def _headed(prompts: Prompts, linked: Linked) -> None:
    prompts.tell()
    prompts.tell(headed(linked.cause, linked.number), bold=True)


def _name(book: CaseBook, linked: Linked) -> str | None:
    """How an action names its cause; nothing where there is one only."""
    from poa.case.graph import name_of

    return name_of(linked.cause, linked.number) if len(book.opened.case.cause) > 1 else None


def ask_corrective(
    book: CaseBook, prompts: Prompts, linked: Linked, facts: Facts | None, language: str
) -> None:
    """What was, or will be, done about a cause, as often as there is something to say."""
    from poa.case import QUESTIONS
    from poa.case.proposals import proposed_corrective

    planned = book.opened.planned
    code = linked.cause.code
    left = (
        list(proposed_corrective(code, facts, linked.cause.shown_by or "", "future" if planned else "past"))
        if code
        else []
    )
    question = (
        said("What will you do about these orders and their cause?") if planned else QUESTIONS["corrective"]
    )
    while True:
        prompts.tell(question)
        taken = prompts.choice(_MORE, left, own=True, about=_PLANNED if planned else _DONE)
        if taken is None:
            return
        words = spoken(left[taken], language) if isinstance(taken, int) else taken
        at = book.add("corrective", {"cause": _name(book, linked), "action": words}, prompts)
        if at is not None:
            if isinstance(taken, int):
                left.pop(taken)
            _complete_corrective(book, prompts, at)
        prompts.tell()


def _complete_corrective(book: CaseBook, prompts: Prompts, at: int) -> None:
    from poa.case import QUESTIONS

    action = book.opened.case.corrective[at]
    if not action.action:
        return
    if not action.cause and len(book.opened.case.cause) > 1:
        _cause_of(book, prompts, "corrective", at)
    if action.date is None:
        planned = book.opened.planned
        question = said("On which day will this be done?") if planned else QUESTIONS["corrective.date"]
        about = _PLANNED if planned else _DONE
        prompts.tell(action.action)
        book.ask(f"corrective.{at}.date", lambda: prompts.day(question, about=about), prompts)
    if not action.evidence or action.evidence not in book.opened.evidence:
        _evidence(book, prompts, at)


def _evidence(book: CaseBook, prompts: Prompts, at: int) -> None:
    """The file that shows an action, picked from the folder, which is read again at every question."""
    from poa.cli.case.folder import EVIDENCE

    folder = str((book.opened.root or book.folder) / EVIDENCE)
    about = said(
        "A photo, an export, a screenshot. Copy the file into {folder}; never alter it.", folder=folder
    )
    while True:
        book.reread()
        files = sorted(book.opened.evidence)
        again = said("I have put a file into {folder} now: look again", folder=folder)
        prompts.tell(said("Which file shows that this was done?"))
        taken = prompts.choice(_NUMBER, [*files, again], own=False, about=about)
        if taken is None:
            return
        if taken == len(files) and not _new_files(book, files):
            prompts.tell(said("There is no new file in {folder} yet.", folder=folder))
        if (
            isinstance(taken, int)
            and taken < len(files)
            and book.answer(f"corrective.{at}.evidence", files[taken], prompts)
        ):
            return


def _new_files(book: CaseBook, known: list[str]) -> bool:
    book.reread()
    return any(name not in known for name in book.opened.evidence)


def ask_preventive(
    book: CaseBook, prompts: Prompts, linked: Linked, facts: Facts | None, language: str
) -> None:
    """The controls for a cause from now on, as often as there is one."""
    from poa.case import QUESTIONS
    from poa.case.proposals import proposed_preventive

    code = linked.cause.code
    left = list(proposed_preventive(code, facts, linked.cause.shown_by or "")) if code else []
    while True:
        prompts.tell(QUESTIONS["preventive"])
        taken = prompts.choice(_MORE, [one.control for one in left], own=True, about=_CONTROL)
        if taken is None:
            return
        one = left[taken] if isinstance(taken, int) else None
        words = spoken(one.control, language) if one else str(taken)
        at = book.add("preventive", {"cause": _name(book, linked), "control": words}, prompts)
        if at is not None:
            if one:
                left.remove(one)
            _complete_preventive(book, prompts, at, one, language)
        prompts.tell()


def _complete_preventive(
    book: CaseBook, prompts: Prompts, at: int, one: ProposedMeasure | None = None, language: str = "en"
) -> None:
    """What a control still lacks, with what its proposal offers."""
    from poa.case import QUESTIONS

    control = book.opened.case.preventive[at]
    if not control.control:
        return
    if not control.cause and len(book.opened.case.cause) > 1:
        _cause_of(book, prompts, "preventive", at)
    offered = {"role": "", "frequency": "", "measure": ""}
    if one:
        _notes(prompts, one)
        offered = {field: spoken(getattr(one, field), language) for field in offered}
    missing = [field for field in offered if not getattr(control, field)]
    if missing or control.start is None:
        prompts.tell(control.control)
    for field in missing:
        _ask_words(
            book, prompts, f"preventive.{at}.{field}", QUESTIONS[f"preventive.{field}"], offered[field]
        )
    if control.start is None:
        question = QUESTIONS["preventive.start"]
        book.ask(f"preventive.{at}.start", lambda: prompts.day(question, about=_CONTROL), prompts)


def _ask_words(book: CaseBook, prompts: Prompts, path: str, question: str, offered: str) -> None:
    """Words for the letter, with those that are offered."""
    if offered:
        book.ask(path, lambda: prompts.words(question, about=_CONTROL, offered=offered), prompts)
    else:
        book.ask(path, lambda: prompts.words(question, about=_CONTROL), prompts)


def _notes(prompts: Prompts, one: ProposedMeasure) -> None:
    for note in one.notes:
        prompts.tell(said("Note: {words}", words=said(note) if type(note) is str else note), dim=True)
    if one.never_alone:
        prompts.tell(said("This is an option beside others: alone it answers no cause."), dim=True)


def _cause_of(book: CaseBook, prompts: Prompts, heading: str, at: int) -> None:
    """Which cause an action of the file answers."""
    from poa.case import QUESTIONS, links
    from poa.case.graph import name_of

    joined = links(book.opened.case)
    entry = getattr(book.opened.case, heading)[at]
    prompts.tell(entry.action if heading == "corrective" else entry.control)
    prompts.tell(QUESTIONS[f"{heading}.cause"])
    taken = prompts.choice(_NUMBER, [title_of(one.cause, one.number) for one in joined], own=False)
    if isinstance(taken, int):
        book.answer(f"{heading}.{at}.cause", name_of(joined[taken].cause, joined[taken].number), prompts)
