"""The timeline of the analysis: what the rows show, what Amazon sent, what the seller did, day by day."""

from __future__ import annotations

from collections.abc import Iterator

from poa.build.asked import Appeal
from poa.build.letter import cited
from poa.facts import Plain, template_data

# What only some kinds of event have.
_UNTOLD = dict.fromkeys(("shown_day", "stated_day", "window_days", "cause", "or_before", "words"))


def timeline(appeal: Appeal, case: dict[str, Plain]) -> list[Plain]:
    """Events in the order of their days; ``case`` is the case's template data, whose fields they print.

    ``kind`` is ``stands_out`` or ``missed`` (with a ``shown_day``, of the rows), ``notice``, ``action``, ``control`` or
    ``letter`` (with a ``stated_day``, of the seller). Days that are not known have no event.
    """
    found = [*_of_rows(appeal), *_of_case(case)]
    return [{**_UNTOLD, **event} for _, event in sorted(found, key=lambda one: one[0])]


def _of_rows(appeal: Appeal) -> Iterator[tuple[str, dict[str, Plain]]]:
    facts = appeal.facts
    for budget in facts.budgets or ():
        if budget.missed_since.value is not None:
            yield (
                str(budget.missed_since.value),
                {
                    "kind": "missed",
                    "shown_day": cited(budget.missed_since),
                    "window_days": budget.window_days,
                },
            )
    for cause in facts.attribution.causes if facts.attribution else ():
        if cause.from_.value is not None:
            told = template_data(cause)
            yield (
                str(cause.from_.value),
                {
                    "kind": "stands_out",
                    "shown_day": told["from"],
                    "cause": told,
                    "or_before": cause.or_before,
                },
            )


def _of_case(case: dict[str, Plain]) -> Iterator[tuple[str, dict[str, Plain]]]:
    notice, letter = case["notice"], case["letter_date"]
    if isinstance(notice, dict):
        yield from _event("notice", notice["date"])
    yield from _event("letter", letter)
    for heading, kind, day, words in (
        ("corrective", "action", "date", "action"),
        ("preventive", "control", "start", "control"),
    ):
        actions = case[heading]
        for action in actions if isinstance(actions, list) else ():
            if isinstance(action, dict):
                yield from _event(kind, action[day], words=action[words])


def _event(kind: str, day: Plain, **more: Plain) -> Iterator[tuple[str, dict[str, Plain]]]:
    if isinstance(day, dict) and day["value"] is not None:
        yield str(day["value"]), {"kind": kind, "stated_day": day, **more}
