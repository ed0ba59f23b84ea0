"""What was stated is confirmed as a whole: by whom, on which day, each statement read once more."""

from __future__ import annotations

from collections.abc import Mapping

from poa.case.editing import statement_texts
from poa.case.journal import JOURNAL, Confirmed, entry_line, unconfirmed
from poa.cli.case.book import CaseBook
from poa.cli.case.wall_clock import offered_day
from poa.files import append_line
from poa.policy.causes import cause_codes, gap_codes
from poa.words import Said, said

_LABELS = {
    "code": said("kind"),
    "gap": said("gap in your own control"),
    "shown_by": said("rows that show it"),
    "statement": said("root cause"),
    "why": said("whys"),
    "escape": said("why not noticed"),
    "action": said("done"),
    "control": said("control"),
    "cause": said("answers cause"),
    "date": said("day"),
    "evidence": said("shown by"),
    "role": said("role"),
    "start": said("from"),
    "frequency": said("how often"),
    "measure": said("measured by"),
}
_PARTS = {
    "cause": "Cause {number}, {label}: {words}",
    "corrective": "Action {number}, {label}: {words}",
    "preventive": "Control {number}, {label}: {words}",
}


def last_name(book: CaseBook) -> str:
    """Who confirmed last, to be offered; empty where nobody did."""
    return next((one.by for one in reversed(book.opened.journal) if isinstance(one, Confirmed)), "")


def ask_confirmation(book: CaseBook, by: str) -> None:
    """Show each statement that nobody confirmed as it stands now, and note in the journal who says they are true."""
    book.reread()
    prompts = book.prompts
    texts = statement_texts(book.opened.case)
    fresh = unconfirmed(texts, book.opened.journal)
    root = book.opened.root
    if not fresh or root is None:
        return
    prompts.tell()
    prompts.tell(said("This is what the case states now, and nobody has confirmed yet:"))
    prompts.listed(_shown(fresh, texts))
    about = said("Whatever the letter says is said by you. What is not true, change in the case file.")
    if not prompts.yes(said("Is each of these statements true of your account?"), about=about):
        return
    day = prompts.day(said("On which day do you confirm them?"), offered=offered_day())
    if day is not None:
        entry = Confirmed(day=day, by=by, statements={path: texts[path] for path in fresh})
        append_line(root / JOURNAL, entry_line(entry))
        book.reread()


def _shown(fresh: tuple[str, ...], texts: Mapping[str, str]) -> list[Said]:
    """Each statement with its place in words, kinds by their title."""
    titles = {code: one.title for known in (cause_codes(), gap_codes()) for code, one in known.items()}
    rows = []
    for path in fresh:
        heading, at, field = path.split(".")
        words = said(titles[texts[path]]) if field in {"code", "gap"} else texts[path]
        if field != "id":
            rows.append(said(_PARTS[heading], number=int(at) + 1, label=_LABELS[field], words=words))
    return rows
