"""What a supplier's statement holds before it is enclosed: every field, filled in and dated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poa.languages import SPOKEN
from poa.paper import Line
from poa.review.claims import day_of, days
from poa.review.draft import Draft, Found
from poa.review.kinds import kind_of
from poa.review.lexicon import Lexicon
from poa.review.rule import rule
from poa.review.sentences import plain
from poa.words import said

_BLANK = re.compile(r"_{3,}|＿{3,}")  # noqa: RUF001 - as Chinese and Japanese forms have it
_FIELDS = {
    "supplier": said("the supplier's registered name, address and contact"),
    "licence": said("the number of its business licence"),
    "addressee": said("the seller's legal entity as addressee"),
    "dated": said("its date and reference number"),
    "agreed": said("the agreed day of dispatch"),
    "dispatched": said("the actual day of dispatch"),
    "received": said("the day on which the supplier received the order"),
    "cause": said("the cause"),
    "remedy": said("the remedy, with the lead time from now on"),
    "proof": said("the documents enclosed"),
    "signature": said("name, title, signature and seal"),
}
_LISTS = tuple(Lexicon(language) for language in SPOKEN)
_FILL_IN = said("Have the supplier fill it in, sign and seal it, before it is enclosed.")


@rule(
    "R38",
    "warning",
    papers=("statement",),
    title=said("A supplier's statement has all its fields and its date"),
    why=said("A statement that lacks its date, seal or cause proves nothing, and looks made up."),
    source="published delay letters; SSOPDOT and pitele on documents",
    lexical=True,
)
def statement_complete(draft: Draft) -> Iterator[Found]:
    """Fields that are missing or still blank. The form as poa printed it is not yet a statement: one note."""
    blanks = _blanks(draft.paper.lines)
    _, base = kind_of(draft.paper, draft.ground)
    if base is not None and len(blanks) >= len(_blanks(base.paper.lines)) > 0:
        yield Found(
            severity="info",
            message=said("This is the form for the supplier: nothing is filled in yet."),
            remedy=_FILL_IN,
        )
        return
    texts = {plain(text) for line in draft.paper.lines for text in line.cells or (line.text,)}
    for field, name in _FIELDS.items():
        if not any(_names(text, field) for text in texts):
            yield Found(
                message=said("The statement lacks {field}.", field=name),
                remedy=said("Have the supplier add it."),
            )
    for at in blanks:
        yield Found(at=at, message=said("A field is still blank here."), remedy=_FILL_IN)
    yield from _dated(draft)


def _dated(draft: Draft) -> Iterator[Found]:
    """The day of the statement: after its orders, and not after the letter."""
    for at, line in enumerate(draft.paper.lines):
        if line.kind != "row" or len(line.cells) != 2 or not _names(plain(line.cells[0]), "dated"):
            continue
        told = [value for one in days(line.cells[1], draft.language) if (value := day_of(one.value))]
        if not told:
            if line.cells[1].strip() and not _BLANK.search(line.cells[1]):
                yield Found(
                    at=at,
                    message=said("The statement has no date that can be read."),
                    remedy=said("Have the supplier write the day of the statement."),
                )
        elif draft.today and max(told) > draft.today:
            yield Found(
                at=at,
                message=said("The statement is dated {day}, after the letter.", day=max(told)),
                remedy=said("Enclose a statement that is not younger than the letter."),
            )
        elif (began := day_of(draft.ground.window.get("from"))) and max(told) < began:
            yield Found(
                at=at,
                message=said("The statement is dated {day}, before its orders.", day=max(told)),
                remedy=said("Have the supplier correct the day."),
            )


def _blanks(lines: tuple[Line, ...]) -> list[int]:
    return [at for at, line in enumerate(lines) if _BLANK.search(line.text)]


def _names(text: str, field: str) -> bool:
    """Whether a plain text names a field, in whatever language the supplier writes."""
    return any(one.matches("R38", text, key=field) for one in _LISTS)
