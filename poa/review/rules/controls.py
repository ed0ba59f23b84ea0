"""Preventive steps as controls: who by role, from when, how often, measured by what, and what stands by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from poa.review.draft import Draft, Found
from poa.review.items import Item, items
from poa.review.rule import LETTER, rule
from poa.review.rules.action_days import names_a_day
from poa.review.sentences import Sentence, plain
from poa.words import said, strung

_FIELDS = {
    "owner": said("the role that does it"),
    "start": said("the day on which it begins"),
    "frequency": said("how often it is done"),
    "threshold": said("the number by which it is measured"),
}
_OF_CASE = {"owner": "role", "start": "start", "frequency": "frequency"}


@rule(
    "R23",
    "warning",
    papers=LETTER,
    title=said("Each preventive step has a role, a start, a frequency and a measure"),
    why=said("Without them a step is an intention; with them it is a control."),
    source="several practitioners; Amazon's form for the correction of errors",
)
def whole_controls(draft: Draft) -> Iterator[Found]:
    """What each preventive step leaves open, and names of persons where a role belongs."""
    for item in items(draft, "preventive"):
        if item.asks(draft):
            continue
        stated = _stated(draft, item)
        lacking = [_FIELDS[field] for field in _FIELDS if not _has(draft, item, field, stated)]
        if lacking:
            yield Found(
                at=item.lines[0],
                message=said("This step does not name: {what}.", what=strung("{one}; {other}", lacking)),
                remedy=said(
                    "Add it, as in: Responsible: Operations lead. From 3 November 2026, each day at 10:00."
                    " Measured by: orders confirmed late, fewer than 1 in 100 each week."
                ),
            )
        elif draft.lexicon.matches("R23", item.text, key="name"):
            yield Found(
                at=item.lines[0],
                message=said("This step names a person as the one who does it."),
                remedy=said("Name the role, such as operations lead: it stays when the person is away."),
            )


def _stated(draft: Draft, item: Item) -> dict[str, Any]:
    """The control of the case that an item prints unchanged; nothing where it was edited."""
    for one in draft.ground.case.get("preventive") or ():
        words = [one.get(field) for field in ("control", "role", "frequency", "measure")]
        if one.get("control") and all(plain(word) in item.plain for word in words if word):
            return dict(one)
    return {}


def _has(draft: Draft, item: Item, field: str, stated: Mapping[str, Any]) -> bool:
    if field in _OF_CASE and stated.get(_OF_CASE[field]):
        return True
    if field == "start":
        return names_a_day(draft, item)
    if field == "threshold" and stated.get("measure") and re.search(r"\d", stated["measure"]):
        return True
    return draft.lexicon.matches("R23", item.plain, key=field)


_ALONE = {
    "source": said("a single source"),
    "person": said("a single person"),
    "carrier": said("a single carrier"),
}
_OF_GAP = {"NO_BACKUP_SOURCE": "source", "NO_DEPUTY": "person", "NO_SECOND_CARRIER": "carrier"}
_OF_CODE = {"STAFF": "person"}


@rule(
    "R46",
    "warning",
    papers=LETTER,
    title=said("What depends on one source, person or carrier gets a backup"),
    why=said("A cause that names a single point of failure is answered only by what stands by for it."),
    source="a practitioner (Creative Intelligence)",
)
def backed_up(draft: Draft) -> Iterator[Found]:
    """Single points of failure in the causes without anything that stands by for them."""
    actions = [one.plain for part in ("corrective", "preventive") for one in items(draft, part)]
    if not actions:
        return
    words = draft.lexicon
    for alone, at in _named_alone(draft).items():
        if not any(words.matches("R46", text, key=f"backup_{alone}") for text in actions):
            yield Found(
                at=at,
                message=said(
                    "The cause names {what}, and no action puts a backup beside it.", what=_ALONE[alone]
                ),
                remedy=said(
                    "Add a step that says what stands by: a second source, a deputy, another carrier."
                ),
            )


def _named_alone(draft: Draft) -> dict[str, Sentence | int | None]:
    """Each single point of failure that text or case names, and where."""
    found: dict[str, Sentence | int | None] = {}
    for sentence in draft.part_sentences("root_cause"):
        for alone in _ALONE:
            if draft.lexicon.matches("R46", sentence.plain, key=alone):
                found.setdefault(alone, sentence)
    first = next(iter(draft.parts.get("root_cause", ())), None)
    for cause in draft.ground.case.get("cause") or ():
        for key, known in (("gap", _OF_GAP), ("code", _OF_CODE)):
            of_case = known.get(str(cause.get(key)))
            if of_case:
                found.setdefault(of_case, first)
    return found


@rule(
    "R36",
    "warning",
    papers=LETTER,
    title=said("A new handling time covers what the orders took"),
    why=said("A handling time under the measured one makes the next orders late as well."),
    source="Amazon help pages G201623610 and 201623660 (Japan)",
)
def covers_the_rows(draft: Draft) -> Iterator[Found]:
    """A new handling time under the days that nine in ten orders of a SKU took."""
    needed = [
        one
        for one in (draft.ground.facts.get("remedies") or {}).get("handling") or ()
        if one.get("needed_days")
    ]
    for part in ("corrective", "preventive"):
        for item in items(draft, part) if needed else ():
            days = _new_handling(draft, item)
            named = [one for one in needed if _names(item.text, str(one["sku"]))]
            if days is None or not (named or _of_every_sku(draft, item)):
                continue
            short = max(named or needed, key=lambda one: int(one["needed_days"]))
            most = int(short["needed_days"])
            if days < most:
                yield Found(
                    at=item.lines[0],
                    message=said(
                        "A handling time of {days} days is shorter than what nine in ten orders of {sku} took:"
                        " {needed} business days.",
                        days=days,
                        sku=str(short["sku"]),
                        needed=most,
                    ),
                    remedy=said(
                        "Set it to {needed} business days at least, and correct the letter.", needed=most
                    ),
                    fact=f"remedies.handling.{short['key']}.needed_days",
                    expected=str(most),
                    rows=int(short["orders"]),
                )


_WORDS = (
    "one two three four five six seven eight nine ten",
    "ein zwei drei vier fünf sechs sieben acht neun zehn",
    "一 二 三 四 五 六 七 八 九 十",
)
_NUMBERS = {word: at for words in _WORDS for at, word in enumerate(words.split(), start=1)}
_NUMBERS |= {"eine": 1, "einen": 1, "两": 2}
_FAR = 80  # characters around the words for a handling time


def _new_handling(draft: Draft, item: Item) -> int | None:
    """The handling time in days that an item sets: the last that it names, the earlier one is what it was."""
    text = item.plain
    told = draft.lexicon.found("R36", text, key="handling")
    if told is None:
        return None
    found: int | None = None
    near = text[max(told.start() - _FAR, 0) : told.end() + _FAR]
    while (days := draft.lexicon.found("R36", near, key="days")) is not None:
        if not draft.lexicon.matches("R36", near[: days.start()], key="span"):
            number = days["n"]
            found = int(number) if number.isdecimal() else _NUMBERS.get(number)
        near = near[days.end() :]
    return found


def _of_every_sku(draft: Draft, item: Item) -> bool:
    """Whether an item speaks of all SKUs and names none."""
    codes = any(one.kind == "code" for one in item.claims)
    return not codes and draft.lexicon.matches("R36", item.plain, key="every")


def _names(text: str, name: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9_-]){re.escape(name)}(?![A-Za-z0-9_-])", text) is not None
