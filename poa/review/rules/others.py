"""Others in the root cause: never the only ones, and never for more orders than the rows lay to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from poa.review.draft import Draft, Found
from poa.review.rule import SENT, rule
from poa.review.rules.causes import ignorant, left_over, names_own, root_sentences, without
from poa.review.sentences import Sentence, plain
from poa.words import said

_CLAUSE = re.compile(
    r"[,;:、]| (?:and|but|while|whereas|because|since|although|as|when|so|und(?! \d)|während|weil|obwohl) "
)


_FEW = 3  # words of a clause that no list holds, and that may still be what came of another's failure


@rule(
    "R16",
    "error",
    papers=SENT,
    title=said("A supplier, carrier or the weather is never the only cause"),
    why=said("It may be true and is not accepted: Amazon asks which gap in your own control let it happen."),
    source="Amazon's guidance for sellers in China (as reposted); eCommerce Law Pro; practitioners",
)
def not_only_others(draft: Draft) -> Iterator[Found]:
    """A root cause that names others and no gap of one's own, and all late orders laid to one of them."""
    told = [one for one in root_sentences(draft) if not ignorant(draft, one.plain)]  # that is no gap either
    blamed = [one for one in told if draft.lexicon.matches("R16", _kept(draft, one), key="external")]
    if (
        blamed
        and not any(names_own(draft, one.plain) for one in told)
        and not any(_may_be_own(draft, one) for one in told)
    ):
        sure = all(_lays_blame(draft, one) for one in told) and not _gap_is_stated(draft)
        yield Found(
            at=blamed[0],
            severity=None if sure else "warning",
            message=said("The root cause names only others, and no gap in your own control.")
            if sure
            else said("The root cause names others, and no words in it show a gap in your own control."),
            remedy=said(
                "Write beside it what you did not check, agree or have ready, so that it could make orders late."
            ),
        )
    yield from laid_wholly(draft)


def _lays_blame(draft: Draft, sentence: Sentence) -> bool:
    """Whether each clause tells what others failed in, what came of it, or an excuse, and nothing else."""
    words = draft.lexicon
    few = _FEW if draft.language in {"en", "de"} else 2 * _FEW
    text = _excused(draft, sentence)
    return all(
        ("|" in clause or words.matches("R16", clause, key="blame"))  # an excuse was cut out
        if words.matches("R16", clause, key="external")
        else words.matches("R16", clause, key="theirs") or left_over(draft, clause) <= few
        for clause in _CLAUSE.split(text)
    )


def _gap_is_stated(draft: Draft) -> bool:
    """Whether the part prints the causes of the case as they are, each with a gap that was chosen for it.

    Then somebody has judged it, and the words are all that may be missing.
    """
    text = " ".join(plain(line.text) for _, line in draft.lines("root_cause"))
    causes = draft.ground.case.get("cause") or ()
    return bool(causes) and all(
        one.get("gap") and one.get("statement") and plain(one["statement"]) in text for one in causes
    )


def _may_be_own(draft: Draft, sentence: Sentence) -> bool:
    """Whether a clause tells something and names nobody: it may be the gap, in words that no list holds."""
    words = draft.lexicon
    text = without(words, "R12", _excused(draft, sentence), key="restated")
    return any(
        words.matches("R16", clause, key="lacks")
        and not words.matches("R16", clause, key="external")
        and not words.matches("R16", clause, key="theirs")
        for clause in _CLAUSE.split(text)
    )


def _excused(draft: Draft, sentence: Sentence) -> str:
    """A plain sentence without what only excuses."""
    return without(draft.lexicon, "R16", sentence.plain, key="excuse")


def _kept(draft: Draft, sentence: Sentence) -> str:
    return without(draft.lexicon, "R12", sentence.plain, key="restated")


def laid_wholly(draft: Draft) -> Iterator[Found]:
    """Sentences that lay every late order to one supplier, carrier or SKU to which the rows lay fewer."""
    for sentence in draft.sentences:
        if not draft.lexicon.matches("R16", sentence.plain, key="all_late"):
            continue
        group = _named(draft, sentence.text) or _most_of(draft, sentence.plain)
        if group is None:
            continue
        fact, one, total = group
        if int(one["late"]) < total:
            yield Found(
                at=sentence,
                message=said(
                    "This lays all late orders to one, and by the rows it is {late} of {total}.",
                    late=int(one["late"]),
                    total=total,
                ),
                remedy=said("Write the number, and what made the other orders late."),
                fact=fact,
                expected=str(one["late"]),
                rows=int(one["late"]),
            )


_Group = tuple[str, Mapping[str, Any], int]


def _groups(draft: Draft) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each supplier, carrier and SKU that the rows tell apart: its kind, the id of its late orders, its figures."""
    facts = draft.ground.facts
    told = facts.get("late_by_supplier") or {}
    if told.get("known"):
        for one in told.get("suppliers") or ():
            yield "supplier", f"late_by_supplier.{one['key']}.late", one
    dimensions = (facts.get("attribution") or {}).get("dimensions") or {}
    for kind in ("carrier", "sku"):
        for one in dimensions.get(kind) or ():
            yield kind, f"attribution.{kind}.{one['key']}.late", one


def _late(draft: Draft) -> int | None:
    late = draft.ground.window.get("late")
    return int(late) if late else None


def _named(draft: Draft, text: str) -> _Group | None:
    """The one group that a sentence names; None where it names none or several."""
    total, folded = _late(draft), text.casefold()
    found = [
        (fact, one, total)
        for _, fact, one in _groups(draft)
        if total
        and str(one["name"]).casefold() in folded  # before a pattern is made for each of 2,000 SKUs
        and re.search(
            rf"(?<![A-Za-z0-9_-]){re.escape(str(one['name']))}(?![A-Za-z0-9_-])", text, re.IGNORECASE
        )
    ]
    return found[0] if len(found) == 1 else None


def _most_of(draft: Draft, sentence: str) -> _Group | None:
    """The supplier or carrier with most late orders, where a sentence speaks of a single one without its name."""
    total = _late(draft)
    for kind in ("supplier", "carrier"):
        if total and draft.lexicon.matches("R16", sentence, key=f"one_{kind}"):
            own = [(int(one["late"]), fact, one) for each, fact, one in _groups(draft) if each == kind]
            if own:
                _, fact, one = max(own, key=lambda told: told[0])
                return fact, one, total
    return None
