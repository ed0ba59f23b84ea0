"""What actions say: the evidence that each cites, and measures that a reader can check."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poa.review.draft import Draft, Found
from poa.review.items import Item, all_of, core, items, said_in
from poa.review.rule import LETTER, rule
from poa.review.rules.action_days import names_a_day
from poa.review.rules.causes import without
from poa.review.rules.tenses import not_done
from poa.review.sentences import plain
from poa.words import said

# A number behind one of these words is that of an annex or a cause, and says nothing about a measure.
_NUMBERED = re.compile(
    r"(?:annex(?:es)?|exhibit|attachment|appendix|enclosure|anlagen?|anhang|beilage|附件|附录|別紙|添付|別添|資料|cause"
    r"|原因|ursache)\s?(?:\d{1,2}(?:,| and| und|、|和|と)\s?)?$"
)


@rule(
    "R09",
    "warning",
    papers=LETTER,
    title=said("Each action cites its evidence"),
    why=said("A document shows that something was done; a sentence only says so."),
    source="Amazon help page G201623610 (EU text); practitioners",
)
def cites_evidence(draft: Draft) -> Iterator[Found]:
    """Actions that name no annex."""
    for item in items(draft, "corrective"):
        cited = item.asks(draft) or draft.lexicon.matches("R09", item.plain, key="cites")
        if not cited and not not_done(draft, item):
            yield Found(
                at=item.lines[0],
                message=said("This action cites no evidence."),
                remedy=said("Enclose a document that shows it, and name it here, such as Annex 2."),
            )


@rule(
    "R22",
    "warning",
    papers=LETTER,
    title=said("Each measure says something that can be checked"),
    why=said("Vague measures are the reason for a refusal that is named most often."),
    source="several practitioners",
    lexical=True,
)
def checkable(draft: Draft) -> Iterator[Found]:
    """Measures such as "train our team" without who, when or how much, and such as "pay more attention" at all."""
    for part in ("corrective", "preventive"):
        for item in all_of(draft, part):
            if item.asks(draft):
                continue
            for key, concrete in (("hollow", _counts), ("said", _names_something)):
                at = said_in(draft, item, "R22", key=key)
                if at is None or concrete(draft, item):
                    continue
                yield Found(
                    at=at,
                    message=said("Nobody can check this measure: it does not say what is done differently."),
                    remedy=said(
                        "Write what is done, by which role, when or how often, and by which number one sees that it"
                        " was done."
                    ),
                )
                break


@rule(
    "R24",
    "warning",
    papers=LETTER,
    title=said("FBA or more staff is not the only prevention"),
    why=said("Both leave the step that failed as it was, so that the plan does not answer its cause."),
    source="Amazon's guidance for sellers in China (as reposted)",
)
def not_only_moved(draft: Draft) -> Iterator[Found]:
    """All preventive steps move orders to Amazon's warehouses or add people."""
    steps = items(draft, "preventive")
    if steps and all(_moves_only(draft, one) for one in steps):
        yield Found(
            at=steps[0].lines[0],
            message=said("The only prevention is to move orders to Amazon's warehouses or to add people."),
            remedy=said("Add a control in your own work that answers the root cause, with role and measure."),
        )


def _moves_only(draft: Draft, item: Item) -> bool:
    text, words = core(draft, item), draft.lexicon
    moved = words.matches("R24", text, key="fba") or words.matches("R24", text, key="hire")
    return moved and not words.matches("R24", text, key="control")


def _counts(draft: Draft, item: Item) -> bool:  # noqa: ARG001 - one of two that are asked alike
    """Whether a number stands beside the words that is no day and no annex."""
    return any(
        one.kind in {"number", "percent", "fraction", "time"}
        and not _NUMBERED.search(plain(item.text[max(one.start - 24, 0) : one.start]))
        for one in item.claims
    )


def _names_something(draft: Draft, item: Item) -> bool:
    """Whether an item names who, when, how often or how much."""
    words = draft.lexicon
    text = without(words, "R22", item.plain, key="vague")
    return names_a_day(draft, item) or any(
        words.matches("R23", text, key=key) for key in ("owner", "frequency", "threshold")
    )
