"""The questions around the letter: Amazon's notice, the account, what Account Health shows, the day."""

from __future__ import annotations

from pathlib import Path

from poa.case import QUESTIONS
from poa.case.notices import notice_text
from poa.cli.case.book import CaseBook
from poa.cli.case.folder import INPUTS
from poa.cli.case.prompts import Prompts
from poa.cli.case.wall_clock import offered_day
from poa.errors import PoaError
from poa.files import files_in, free_name, read, replace_file
from poa.words import said

_LOOK = said("Open Seller Central, Account Health, and look. Press Enter where you do not know.")
_DAY = said("The day on which you will send it. Whoever reads it compares your actions with this day.")


def ask_notice(book: CaseBook) -> None:
    """Amazon's notice, as a file or pasted; then what it asks."""
    root, prompts = book.opened.root, book.prompts
    while book.opened.notice is None and root is not None:
        found = _notice(prompts)
        if found is None:
            break
        name, data = found
        taken = [one.removeprefix(f"{INPUTS}/") for one in files_in(root)]
        kept = f"{INPUTS}/{free_name(name, taken)}"
        replace_file(root / kept, data)
        book.answer("notice.file", kept)
    notice = book.opened.notice
    if notice is None:
        return
    if not notice.kinds:
        prompts.tell(
            said("This could not be recognised as a notice about shipping; read it yourself, word for word.")
        )
    if notice.asks_text:
        prompts.tell(said("Amazon asks:"))
        prompts.listed(notice.asks_text)


def _notice(prompts: Prompts) -> tuple[str, bytes] | None:
    """The notice as a name and its bytes; None where it is left for later."""
    asked = said("Amazon's notice: write the name of its file, or p to paste its text.")
    about = said(
        "Save the e-mail or copy the text of the notice. Enter leaves it for later; a letter needs it."
    )
    while (given := prompts.text(asked, about=about)) is not None:
        try:
            if given.casefold() != "p":
                path = Path(given.strip("'\"")).expanduser()
                data = read(path, limit=8 << 20)
                notice_text(data, name=path.name)
                return path.name, data
        except (PoaError, RuntimeError) as fault:  # no home of that name is a RuntimeError
            prompts.tell(str(fault))
            continue
        if text := prompts.paste():
            return "notice.txt", text.encode("utf-8", "replace")
    return None


def ask_frame(book: CaseBook) -> None:
    """The name, the days, and what only a look at Account Health tells."""
    prompts, case = book.prompts, book.opened.case
    if not case.seller.name:
        about = said("It stands in the letter, so that Amazon finds your account.")
        book.ask("seller.name", lambda: prompts.text(QUESTIONS["seller.name"], about=about))
    if case.notice.date is None:
        about = said("The time to answer is counted from it.")
        book.ask("notice.date", lambda: prompts.day(QUESTIONS["notice.date"], about=about))
    day = book.opened.case.letter_date
    if day is None or (day < offered_day() and book.open_count()):
        offered = day or offered_day()
        question = QUESTIONS["letter_date"]
        book.ask("letter_date", lambda: prompts.day(question, about=_DAY, offered=offered))
    _ask_account_health(book)


def _ask_account_health(book: CaseBook) -> None:
    notice = book.opened.notice
    questions = {
        "quiz_offered": said("Does Account Health offer you a quiz for this metric?"),
        "appeal_button": said("Is there an appeal button beside the notice in Account Health?"),
        "automated_handling_time": said("Is automated handling time switched on for your SKUs?"),
    }
    if notice is not None and "on_time_delivery" in notice.kinds:
        questions["repeat_on_time_delivery"] = said("Have you had a notice on on-time delivery before?")
    for field, question in questions.items():
        if getattr(book.opened.case.notice, field) is None:
            known = book.prompts.yes(question, about=_LOOK)
            if known is not None:
                book.answer(f"notice.{field}", known)
