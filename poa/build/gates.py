"""What keeps a paper from being final: every open question, and what no answer of the seller's can mend."""

from __future__ import annotations

from collections.abc import Iterator

from poa.build.asked import Appeal
from poa.case import open_questions
from poa.case.proposals import supports
from poa.case.resubmission import unanswered
from poa.errors import CaseFault
from poa.facts import Facts
from poa.policy.retailers import retailer_named
from poa.words import Said, said, spoken

KINDS = {
    "late_shipment": said("late shipment rate"),
    "cancellation": said("cancellation rate"),
    "valid_tracking": said("valid tracking rate"),
    "on_time_delivery": said("on-time delivery rate"),
    "order_defect": said("order defect rate"),
    "drop_shipping": said("drop-shipping policy"),
    "seller_fulfilled_review": said("review of seller-fulfilled orders"),
    "confirmed_not_shipped": said("orders confirmed but not shipped"),
    "premium_shipping": said("premium shipping"),
    "other": said("another matter"),
}


def check_letter(appeal: Appeal) -> None:
    """Raise CaseFault where the letter would speak of days after its own."""
    letter, last = appeal.case.letter_date, str(appeal.facts.as_of.value)
    if letter and letter.isoformat() < last:
        raise CaseFault(
            "letter_before_data",
            f"The letter is dated {letter}, but its figures run to {last}.",
            file=appeal.case_file[0] or None,
            hint="Correct letter_date, or end the windows earlier with --as-of.",
        )


def letter_questions(appeal: Appeal) -> tuple[str, ...]:
    """What stands open beside the case's own fields, as questions in the language of the cover."""
    return tuple(spoken(one, appeal.ui_language) for one in _open(appeal))


def case_questions(appeal: Appeal) -> tuple[str, ...]:
    """The case's own open questions, in the language of the cover, each once."""
    asked = open_questions(appeal.case, present=appeal.evidence)
    return tuple(spoken(one, appeal.ui_language) for one in asked)


def _open(appeal: Appeal) -> Iterator[Said]:
    yield from _other_questions(appeal)
    for one in unanswered(appeal.earlier, appeal.case):
        yield said(
            "Amazon asks: {line} The case says the same as what was sent. What can you add?",
            line=_closed(one.line),
        )
    for name in retailers(appeal.facts):
        yield said(
            "{name} is a retailer, and the drop-shipping policy forbids shipping what another retailer sends."
            " Is the name right? Correct it in your files if not; if it is, do not send these papers.",
            name=name,
        )
    for cause in appeal.case.cause:
        if cause.shown_by and supports(appeal.facts, cause.code or "", cause.shown_by) is None:
            yield said(
                'The rows do not show "{shown}" as a cause. Correct shown_by in the case file, or leave it empty.',
                shown=cause.shown_by,
            )


def _other_questions(appeal: Appeal) -> Iterator[Said]:
    """A notice that asks about something else, or about more than the late shipment rate (R03, R04)."""
    notice = appeal.notice
    kinds = notice.kinds if notice else ()
    if kinds and "late_shipment" not in kinds:
        yield said(
            "The notice is about the {kind}, and this letter about the late shipment rate: it would answer"
            " another question than the one asked. Do not send it as the answer to this notice.",
            kind=KINDS[kinds[0]],
        )
        return
    for kind in kinds:
        if kind != "late_shipment" and kind not in appeal.case.notice.answered_apart:
            yield said(
                "The notice also names the {kind}, on which this letter says nothing. Answer it apart, then add"
                ' "{code}" to answered_apart under [notice].',
                kind=KINDS[kind],
                code=kind,
            )


def retailers(facts: Facts) -> tuple[str, ...]:
    """The suppliers' names in the papers that are retailers or marketplaces (R37)."""
    names = [one.name.value for one in facts.late_by_supplier.suppliers]
    return tuple(str(name) for name in names if name and retailer_named(str(name)))


def _closed(line: str) -> str:
    return line if line[-1:] in ".?!。？！" else f"{line}."
