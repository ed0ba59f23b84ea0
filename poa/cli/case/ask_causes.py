"""The questions on causes: what the rows propose first, then the gap in one's own control, the whys, the escape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from poa.words import Said, said, spoken

if TYPE_CHECKING:
    from poa.case import Cause
    from poa.cli.case.book import CaseBook
    from poa.cli.case.prompts import Prompts
    from poa.facts import Facts

_OWN = said(
    "Amazon wants the step in your own work that failed, not that orders were late, and nobody else's fault."
)
_CONFIRM = said(
    "y: you know that this is why these orders were late; you are then asked for the step of your own that let it"
    " happen. n: it was not. Enter: you do not know yet; nothing of it goes into the letter."
)
_NUMBER = said("Number, or Enter to leave it open")


def ask_causes(book: CaseBook, prompts: Prompts, facts: Facts | None, *, language: str) -> None:
    """Every proposal of the rows, then what each cause of the file still lacks."""
    if facts is not None and not _answered(book):
        _propose(book, prompts, facts)
    if not any(map(_begun, book.opened.case.cause)):
        code = _code(prompts, [])
        if code:
            book.add("cause", {"code": code}, prompts)
    for at in range(len(book.opened.case.cause)):
        if _begun(book.opened.case.cause[at]):
            _complete(book, prompts, facts, at, language)


def _begun(cause: Cause) -> bool:
    return any(value for field, value in cause if field != "id")


def _answered(book: CaseBook) -> bool:
    """Whether the causes are settled: somebody went on to what was done about them."""
    case = book.opened.case
    return any(one.action for one in case.corrective) or any(one.control for one in case.preventive)


def _propose(book: CaseBook, prompts: Prompts, facts: Facts) -> None:
    from poa.case.proposals import ASSOCIATION, proposed_causes

    found = proposed_causes(facts)
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
            book.add("cause", {"id": _id(book), "code": code, "shown_by": one.shown_by}, prompts)


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
    from poa.case import QUESTIONS
    from poa.policy.causes import cause_codes

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


def _complete(book: CaseBook, prompts: Prompts, facts: Facts | None, at: int, language: str) -> None:
    """What one cause still lacks."""
    if not book.opened.case.cause[at].code:
        code = _code(prompts, [])
        if code:
            book.answer(f"cause.{at}.code", code, prompts)
    if not _complete_already(book, at):
        cause = book.opened.case.cause[at]
        prompts.tell()
        prompts.tell(headed(cause, at + 1), bold=True)
    _gap(book, prompts, at)
    _text(book, prompts, at, "statement", language)
    _why(book, prompts, facts, at, language)
    _text(book, prompts, at, "escape", language)


def headed(cause: Cause, number: int) -> Said:
    """The heading of the questions about a cause; one that has neither kind nor statement is its number alone."""
    title = title_of(cause, number)
    if title == str(number):
        return said("Cause {number}", number=number)
    return said("Cause {number}: {title}", number=number, title=title)


def title_of(cause: Cause, number: int) -> str:
    """What a person calls a cause: its kind, else its statement, else its number."""
    from poa.policy.causes import cause_codes

    known = cause_codes().get(cause.code or "")
    return said(known.title) if known else cause.statement or str(number)


def _complete_already(book: CaseBook, at: int) -> bool:
    from poa.case import open_points

    points = open_points(book.opened.case, present=book.opened.evidence)
    return not any(one.path.startswith(f"cause.{at}.") for one in points)


def _gap(book: CaseBook, prompts: Prompts, at: int) -> None:
    from poa.case import QUESTIONS, links
    from poa.case.proposals import proposed_gaps

    cause = book.opened.case.cause[at]
    gaps = proposed_gaps(cause.code) if cause.code else ()
    if cause.gap or not gaps or (cause.statement and not links(book.opened.case)[at].external):
        return
    question = said("Which gap in your own control let it make orders late?")
    if links(book.opened.case)[at].external:
        question = said(QUESTIONS["cause.gap"])
    picked = _pick(prompts, question, [said(one.title) for one in gaps])
    if picked is not None:
        book.answer(f"cause.{at}.gap", gaps[picked].code, prompts)


def _text(book: CaseBook, prompts: Prompts, at: int, field: str, language: str) -> None:
    """The statement of a cause or its escape: as its gap proposes it, or in own words."""
    from poa.case import QUESTIONS
    from poa.policy.causes import gap_codes

    cause = book.opened.case.cause[at]
    gap = gap_codes().get(cause.gap or "")
    if not getattr(cause, field):
        _own_or_offered(
            book,
            prompts,
            f"cause.{at}.{field}",
            question=QUESTIONS[f"cause.{field}"],
            offered=getattr(gap, field) if gap else "",
            language=language,
        )


def _why(book: CaseBook, prompts: Prompts, facts: Facts | None, at: int, language: str) -> None:
    """The chain of whys: the proposed one where each step is true, else the seller's own."""
    from poa.case import QUESTIONS
    from poa.case.proposals import proposed_why

    cause = book.opened.case.cause[at]
    if cause.why:
        return
    if cause.code and cause.gap:
        steps = proposed_why(cause.code, cause.gap, facts, cause.shown_by or "")
        chain = [spoken(said(one) if type(one) is str else one, language) for one in steps]
        prompts.tell()
        prompts.tell(said("Proposed, from what happened to what you control:"))
        prompts.listed(chain)
        _in_own_language(prompts, steps, language)
        if prompts.yes(said("Is each of these steps true of your account?"), about=_OWN) and book.answer(
            f"cause.{at}.why", chain, prompts
        ):
            return
    book.ask(f"cause.{at}.why", lambda: prompts.lines(QUESTIONS["cause.why"], about=_OWN) or None, prompts)


def _own_or_offered(
    book: CaseBook, prompts: Prompts, path: str, *, question: str, offered: str, language: str
) -> None:
    """The proposal where it is taken word for word, else own words."""
    if offered:
        shown = spoken(offered, language)
        prompts.tell()
        prompts.tell(question)
        prompts.tell(said("Proposed: {words}", words=shown))
        _in_own_language(prompts, [offered], language)
        if prompts.yes(said("Is this true of your account, word for word?"), about=_OWN) and book.answer(
            path, shown, prompts
        ):
            return
    book.ask(path, lambda: prompts.words(question, about=_OWN), prompts)


def _in_own_language(prompts: Prompts, sentences: Sequence[str], language: str) -> None:
    """What is proposed for the letter, in the language of whoever confirms it."""
    if language != prompts.language:
        prompts.listed([spoken(one, prompts.language) for one in sentences])
