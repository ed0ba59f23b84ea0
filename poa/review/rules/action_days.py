"""The days of actions and controls: each action has one, and none lies where it cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from poa.review.claims import Claim, day_of
from poa.review.draft import Draft, Found
from poa.review.items import Item, items
from poa.review.rule import LETTER, rule
from poa.review.rules.tenses import not_done, tense_asked
from poa.review.sentences import plain
from poa.words import said

_NEAR = 24  # characters beside a day in which a word such as "until" makes it a deadline


@rule(
    "R08",
    "error",
    papers=LETTER,
    title=said("Each action has its day, and the day can be true"),
    why=said("An action without a day reads as not done, and a day that cannot be true costs trust."),
    source="Amazon's answer that the actions have not been implemented",
)
def dated(draft: Draft) -> Iterator[Found]:
    """Actions without a day, and days of actions and controls that lie in the future or before the problem."""
    for item in items(draft, "corrective"):
        if not item.asks(draft):
            yield from _of_action(draft, item)
    for item in items(draft, "preventive"):
        yield from _of_control(draft, item)


def days_of(draft: Draft, item: Item) -> tuple[date, ...]:
    """The days on which an item says that something was or is done; a deadline is none, nor a day of unclear order."""
    told = (one for one in item.days if not one.ambiguous and not _is_deadline(draft, item.text, one))
    return tuple(day for one in told if (day := _day(draft, str(one.value))) is not None)


def names_a_day(draft: Draft, item: Item) -> bool:
    """Whether an item names any day on which something is done, also a month alone or one of unclear order."""
    return any(not _is_deadline(draft, item.text, one) for one in item.days) or draft.lexicon.matches(
        "R08", item.plain, key="day"
    )


def _is_deadline(draft: Draft, text: str, day: Claim) -> bool:
    before, behind = (
        plain(text[max(day.start - _NEAR, 0) : day.start]),
        plain(text[day.end : day.end + _NEAR]),
    )
    words = draft.lexicon
    return words.matches("R08", before, key="before") or words.matches("R08", behind, key="after")


def _day(draft: Draft, value: str) -> date | None:
    """A day as claims write it; one without its year is the last such day up to half a year after the letter."""
    if not value.startswith("--"):
        return day_of(value)
    today = draft.today
    if today is None:
        return None
    found = (day_of(f"{year}{value[1:]}") for year in (today.year + 1, today.year, today.year - 1))
    return next((day for day in found if day and day <= today + timedelta(days=180)), None)


def _of_action(draft: Draft, item: Item) -> Iterator[Found]:
    days = days_of(draft, item)
    at = item.lines[0]
    if not days:
        if not names_a_day(draft, item) and not not_done(draft, item):
            yield Found(
                at=at,
                message=said("This action has no day."),
                remedy=said("Begin it with the day on which it was done, such as 2 November 2026."),
            )
        return
    first, begun = _first_day(draft), _begun(draft)
    if draft.today and tense_asked(draft) == "past" and min(days) > draft.today:
        yield Found(
            at=at,
            message=said(
                "This action is dated {day}, after the day of the letter ({letter}).",
                day=min(days),
                letter=draft.today,
            ),
            remedy=said("Send the letter when it is done, or move it to the preventive steps."),
        )
    elif first and max(days) < first:
        yield Found(
            at=at,
            message=said(
                "This action is dated {day}, before the first day of the data ({first}).",
                day=max(days),
                first=first,
            ),
            remedy=said("Correct the day: an action answers what happened, so it comes after it."),
        )
    elif begun and max(days) < begun:
        yield Found(
            at=at,
            severity="warning",
            message=said(
                "This action is dated {day}, before the late orders began to gather ({begun}).",
                day=max(days),
                begun=begun,
            ),
            remedy=said("Check the day. What was there before did not help; say what was done after it."),
        )


def _of_control(draft: Draft, item: Item) -> Iterator[Found]:
    days = days_of(draft, item)
    if not days:
        return
    start, begun = days[0], _begun(draft)
    if draft.today and start > draft.today and _asks_for_done(draft, item):
        yield Found(
            at=item.lines[0],
            severity="warning",
            message=said(
                "This step begins on {day}, after the day of the letter ({letter}), and the heading asks for steps"
                " taken.",
                day=start,
                letter=draft.today,
            ),
            remedy=said("Begin it before you send the letter, and write the day on which it began."),
        )
    elif begun and start < begun and len(days) == 1:
        yield Found(
            at=item.lines[0],
            severity="warning",
            message=said(
                "This step began on {day}, before the late orders began to gather ({begun}).",
                day=start,
                begun=begun,
            ),
            remedy=said(
                "Check the day. A step that was there before did not prevent them; say what is new about it."
            ),
        )


def _asks_for_done(draft: Draft, item: Item) -> bool:
    """Whether the heading of an item asks for what has been done."""
    heading = plain(draft.paper.heading(item.lines[0]) or "")
    return draft.lexicon.matches("R08", heading, key="taken")


def _first_day(draft: Draft) -> date | None:
    """The first day of the rows."""
    facts = draft.ground.facts
    told = [one.get("day") for one in facts.get("days") or ()] or [draft.ground.window.get("from")]
    return _earliest(told)


def _begun(draft: Draft) -> date | None:
    """The day from which late orders gathered in the longest window; its first day where none stands out.

    A cause may stand out some days before the incident that it ends in.
    """
    facts = draft.ground.facts
    window = draft.ground.window
    opened = _earliest([window.get("from")])
    gathered = [
        one.get("from")
        for one in facts.get("incidents") or ()
        if str(one.get("to") or "") >= str(window.get("from") or "")
    ]
    causes = (facts.get("attribution") or {}).get("causes") or ()
    begun = _earliest([*gathered, *(one.get("from") for one in causes)])
    return opened if begun is None else begun - timedelta(days=1)  # "about": a day is not told apart


def _earliest(days: Iterable[object]) -> date | None:
    return min(filter(None, (day_of(str(day)[:10]) for day in days)), default=None)
