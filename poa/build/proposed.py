"""What poa proposed for the causes of a case, in every language that the seller may have taken it in."""

from __future__ import annotations

from collections.abc import Iterator

from poa.build.asked import Appeal
from poa.case import Cause
from poa.case.proposals import proposed_corrective, proposed_gaps, proposed_preventive, proposed_why
from poa.facts import Facts, Plain
from poa.policy.causes import cause_codes, gap_codes
from poa.words import spoken


def proposed_sentences(appeal: Appeal) -> list[Plain]:
    """Every text that poa offers for the codes and gaps of the case, each once.

    A review says where one of them was left as it was. Roles, frequencies and measures are not among them:
    small things may well be the same everywhere.
    """
    languages = dict.fromkeys(
        (appeal.language, appeal.ui_language, appeal.case.seller.language or appeal.language, "en")
    )
    texts = [text for cause in appeal.case.cause for text in _of_cause(cause, appeal.facts)]
    return list(dict.fromkeys(spoken(text, language) for language in languages for text in texts))


def _of_cause(cause: Cause, facts: Facts) -> Iterator[str]:
    """The offers for one cause: with the numbers of these rows, and as they read where rows lack them."""
    gaps = [cause.gap] if cause.gap and cause.gap in gap_codes() else []
    known = cause_codes().get(cause.code or "")
    if known is not None and known.in_letter:
        gaps += [one.code for one in proposed_gaps(known.code)]
        for rows in (facts, None):
            shown_by = cause.shown_by or ""
            yield from proposed_corrective(known.code, rows, shown_by, "past")
            yield from proposed_corrective(known.code, rows, shown_by, "future")
            yield from (one.control for one in proposed_preventive(known.code, rows, shown_by))
            for gap in dict.fromkeys(gaps):
                yield from proposed_why(known.code, gap, rows, shown_by)
    for gap in dict.fromkeys(gaps):
        own = gap_codes()[gap]
        yield from (own.statement, own.escape, *own.why)
