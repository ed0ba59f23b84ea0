"""The questions on causes: what the rows propose first, then the gap in one's own control, the whys, the escape."""

from __future__ import annotations

from collections.abc import Sequence

from poa.case import QUESTIONS, Cause, links, open_points
from poa.case.proposals import ASSOCIATION, proposed_causes, proposed_gaps, proposed_why
from poa.cli.case.book import CaseBook
from poa.cli.case.prompts import Prompts
from poa.facts import Facts
from poa.policy.causes import cause_codes, gap_codes
from poa.words import Said, said, spoken

_OWN = said(
    "Amazon wants the step in your own work that failed, not that orders were late, and nobody else's fault."
)
_CONFIRM = said(
    "y: you know that this is why these orders were late; you are then asked for the step of your own that let it"
    " happen. n: it was not. Enter: you do not know yet; nothing of it goes into the letter."
)
_NUMBER = said("Number, or Enter to leave it open")


def ask_causes(book: CaseBook) -> None:
    """Every proposal of the rows, then what each cause of the file still lacks."""
    if book.facts is not None and not _answered(book):
        _propose(book, book.facts)
    if not any(map(_begun, book.opened.case.cause)):
        code = _code(book.prompts, [])
        if code:
            book.add("cause", {"code": code})
    for at in range(len(book.opened.case.cause)):
        if _begun(book.opened.case.cause[at]):
            _complete(book, at)


def _begun(cause: Cause) -> bool:
    return any(value for field, value in cause if field != "id")


def _answered(book: CaseBook) -> bool:
    """Whether the causes are settled: somebody went on to what was done about them."""
    case = book.opened.case
    return any(one.action for one in case.corrective) or any(one.control for one in case.preventive)


def _propose(book: CaseBook, facts: Facts) -> None:
    prompts, found = book.prompts, proposed_causes(facts)
    known = {one.shown_by for one in book.opened.case.cause}
    if not found:
        prompts.tell(said("The rows propose no cause: nothing stands out in them."))
    elif any(one.shown_by not in known for one in found):
        prompts.tell()
        prompts.tell(ASSOCIATION)
    for one in found:
        if one.shown_by in known:
            continue
        prompts.tell()
        prompts.tell(one.reason)
        if one.doubt:
            prompts.tell(one.doubt)
        if prompts.yes(one.question, about=_CONFIRM):
            code = _code(prompts, [*one.codes, *one.open_codes])
            book.add("cause", {"id": _id(book), "code": code, "shown_by": one.shown_by})


def _id(book: CaseBook) -> str | None:
    """The first cause needs no name; the others are numbered, so that actions can name them."""
    begun = [one for one in book.opened.case.cause if _begun(one)]
    if not begun:
        return None
    number, taken = len(begun) + 1, {one.id for one in begun}
    while str(number) in taken:
        number += 1
    return str(number)


def _code(prompts: Prompts, likely: Sequence[str]) -> str | None:
    """The kind of a cause: the likely ones first, all others on demand."""
    known = {code: one for code, one in cause_codes().items() if one.in_letter}
    listed = [code for code in dict.fromkeys(likely) if code in known]
    told: dict[str, Said] = {
        code: said("{title}: {meaning}", title=said(one.title), meaning=said(one.meaning))
        for code, one in known.items()
    }
    if listed:
        more = said("Another kind: show the whole list")
        picked = _pick(prompts, QUESTIONS["cause.code"], [*(told[code] for code in listed), more])
        if picked is None or picked < len(listed):
            return None if picked is None else listed[picked]
    picked = _pick(prompts, QUESTIONS["cause.code"], list(told.values()))
    return None if picked is None else list(known)[picked]


def _pick(prompts: Prompts, question: str, choices: Sequence[str]) -> int | None:
    prompts.tell()
    prompts.tell(question, bold=True)
    picked = prompts.choice(_NUMBER, choices, own=False, about=_OWN)
    return picked if isinstance(picked, int) else None


def _complete(book: CaseBook, at: int) -> None:
    """What one cause still lacks."""
    if not book.opened.case.cause[at].code:
        code = _code(book.prompts, [])
        if code:
            book.answer(f"cause.{at}.code", code)
    points = open_points(book.opened.case, present=book.opened.evidence)
    if any(one.path.startswith(f"cause.{at}.") for one in points):
        book.prompts.tell()
        book.prompts.tell(headed(book.opened.case.cause[at], at + 1), bold=True)
    _gap(book, at)
    _text(book, at, "statement")
    _why(book, at)
    _text(book, at, "escape")


def headed(cause: Cause, number: int) -> Said:
    """The heading of the questions about a cause; one that has neither kind nor statement is its number alone."""
    title = title_of(cause, number)
    if title == str(number):
        return said("Cause {number}", number=number)
    return said("Cause {number}: {title}", number=number, title=title)


def title_of(cause: Cause, number: int) -> str:
    """What a person calls a cause: its kind, else its statement, else its number."""
    known = cause_codes().get(cause.code or "")
    return said(known.title) if known else cause.statement or str(number)


def _gap(book: CaseBook, at: int) -> None:
    cause = book.opened.case.cause[at]
    gaps = proposed_gaps(cause.code) if cause.code else ()
    if cause.gap or not gaps or (cause.statement and not links(book.opened.case)[at].external):
        return
    question = said("Which gap in your own control let it make orders late?")
    if links(book.opened.case)[at].external:
        question = said(QUESTIONS["cause.gap"])
    picked = _pick(book.prompts, question, [said(one.title) for one in gaps])
    if picked is not None:
        book.answer(f"cause.{at}.gap", gaps[picked].code)


def _text(book: CaseBook, at: int, field: str) -> None:
    """The statement of a cause or its escape: word for word as its gap proposes it, or in own words."""
    prompts, cause = book.prompts, book.opened.case.cause[at]
    if getattr(cause, field):
        return
    path, question = f"cause.{at}.{field}", QUESTIONS[f"cause.{field}"]
    if gap := gap_codes().get(cause.gap or ""):
        offered = getattr(gap, field)
        shown = spoken(offered, book.language)
        prompts.tell()
        prompts.tell(question)
        prompts.tell(said("Proposed: {words}", words=shown))
        _in_own_language(book, [offered])
        true = prompts.yes(said("Is this true of your account, word for word?"), about=_OWN)
        if true and book.answer(path, shown):
            return
    book.ask(path, lambda: prompts.words(question, about=_OWN))


def _why(book: CaseBook, at: int) -> None:
    """The chain of whys: the proposed one where each step is true, else the seller's own."""
    prompts, cause = book.prompts, book.opened.case.cause[at]
    if cause.why:
        return
    if cause.code and cause.gap:
        steps = proposed_why(cause.code, cause.gap, book.facts, cause.shown_by or "")
        chain = [spoken(said(one) if type(one) is str else one, book.language) for one in steps]
        prompts.tell()
        prompts.tell(said("Proposed, from what happened to what you control:"))
        prompts.listed(chain)
        _in_own_language(book, steps)
        true = prompts.yes(said("Is each of these steps true of your account?"), about=_OWN)
        if true and book.answer(f"cause.{at}.why", chain):
            return
    book.ask(f"cause.{at}.why", lambda: prompts.lines(QUESTIONS["cause.why"], about=_OWN) or None)


def _in_own_language(book: CaseBook, sentences: Sequence[str]) -> None:
    """What is proposed for the letter, in the language of whoever confirms it."""
    if book.language != book.prompts.language:
        book.prompts.listed([spoken(one, book.prompts.language) for one in sentences])
