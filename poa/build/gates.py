"""What keeps a paper from being final: every open question, and what no answer of the seller's can mend."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poa.build.asked import Appeal
from poa.case import open_questions
from poa.case.matters import other_matters
from poa.case.proposals import supports
from poa.case.resubmission import unanswered
from poa.errors import CaseFault
from poa.facts import Facts
from poa.policy import late_shipment_rule
from poa.policy.retailers import retailer_named
from poa.words import Said, said

_QUOTES, _ENDS = "”\"'」）)", frozenset(".?!。？！")


_LOOKED_AT = 1 << 16  # bytes
# Titles of columns with buyers' data in Amazon's exports, and e-mail addresses; pictures and PDFs are not read.
_BUYERS = re.compile(
    rb"(?i)\b(?:buyer|recipient|ship)[ _-]?(?:name|e-?mail|phone|address|city|postal)"
    rb"|[\w.+-]{2,}@[\w-]+\.[A-Za-z]{2,}"
)


def check_letter(appeal: Appeal) -> None:
    """Raise CaseFault where the letter would speak of days after its own."""
    facts = appeal.facts
    letter, last = appeal.case.letter_date, max(str(facts.as_of.value), str(facts.unconfirmed_as_of.value))
    if letter and letter.isoformat() < last:
        raise CaseFault(
            "letter_before_data",
            f"The letter is dated {letter}, but its figures run to {last}.",
            file=appeal.case_file[0] or None,
            hint="Correct letter_date, or end the windows earlier with --as-of and --now.",
        )


def letter_questions(appeal: Appeal) -> tuple[str, ...]:
    """What stands open beside the case's own fields, as questions in the language of the cover."""
    return tuple(appeal.told(one) for one in _open(appeal))


def case_questions(appeal: Appeal) -> tuple[str, ...]:
    """The case's own open questions, in the language of the cover, each once."""
    asked = open_questions(appeal.case, present=appeal.evidence)
    return tuple(appeal.told(one) for one in asked)


def _open(appeal: Appeal) -> Iterator[Said]:
    yield from other_matters(appeal.notice, appeal.case)
    for one in unanswered(appeal.earlier, appeal.case):
        yield said(
            "Amazon asks: {line} The case says the same as what was sent. What can you add?",
            line=_closed(one.line),
        )
    yield from _notice_target(appeal)
    yield from _evidence(appeal)
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


def _notice_target(appeal: Appeal) -> Iterator[Said]:
    """A notice that writes another target than the one that every figure of the papers is held against."""
    told = appeal.notice.thresholds if appeal.notice else ()
    rule = late_shipment_rule()
    if any(one.kind == "late_shipment" and one.value != rule.target for one in told):
        yield said(
            "The notice writes another target of the late shipment rate than the one that this letter states. Look"
            " at Amazon's page; if the notice is right, the rule in poa is out of date, and these papers cannot be"
            " sent."
        )


def _evidence(appeal: Appeal) -> Iterator[Said]:
    """Evidence that proves nothing, or that would hand buyers' data on (R32)."""
    for one in appeal.exhibits:
        data = appeal.evidence[one.file]
        if not data:
            yield said("The file {file} of the evidence is empty.", file=one.file)
        elif _BUYERS.search(data[:_LOOKED_AT]):
            yield said(
                "The file {file} of the evidence seems to hold buyers' data (names, addresses, e-mail). Leave those"
                " columns out of it, in a copy.",
                file=one.file,
            )


def retailers(facts: Facts) -> tuple[str, ...]:
    """The suppliers' names in the papers that are retailers or marketplaces (R37)."""
    names = [one.name.value for one in facts.late_by_supplier.suppliers]
    return tuple(str(name) for name in names if name and retailer_named(str(name)))


def _closed(line: str) -> str:
    return line if line.rstrip(_QUOTES)[-1:] in _ENDS else f"{line}."
