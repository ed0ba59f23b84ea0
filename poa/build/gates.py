"""What keeps a paper from being final: every open question, and what no answer of the seller's can mend."""

from __future__ import annotations

from collections.abc import Iterator

from poa.build.asked import Appeal
from poa.case import open_questions
from poa.case.matters import other_matters
from poa.case.proposals import supports
from poa.case.resubmission import unanswered
from poa.errors import CaseFault
from poa.facts import Facts
from poa.policy.retailers import retailer_named
from poa.words import Said, said, spoken

_QUOTES, _ENDS = "”\"'」）)", frozenset(".?!。？！")


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
    yield from other_matters(appeal.notice, appeal.case)
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


def retailers(facts: Facts) -> tuple[str, ...]:
    """The suppliers' names in the papers that are retailers or marketplaces (R37)."""
    names = [one.name.value for one in facts.late_by_supplier.suppliers]
    return tuple(str(name) for name in names if name and retailer_named(str(name)))


def _closed(line: str) -> str:
    return line if line.rstrip(_QUOTES)[-1:] in _ENDS else f"{line}."
