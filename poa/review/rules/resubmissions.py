"""A letter after an earlier one: it says something new, answers what Amazon asked, and contradicts nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from poa.policy.causes import cause_codes
from poa.review.draft import Draft, Found
from poa.review.rule import LETTER, rule
from poa.review.sentences import plain
from poa.words import said

# Which parts of the case answer a line of Amazon's, as the journal of the case judges it.
_ANSWERED_BY = {
    "root_cause": "cause",
    "corrective": "corrective",
    "preventive": "preventive",
    "evidence": "evidence",
    "documents": "evidence",
}
_PART = {
    "cause": "root_cause",
    "corrective": "corrective",
    "preventive": "preventive",
    "evidence": "evidence",
}


@rule(
    "R41",
    "error",
    papers=LETTER,
    title=said("A second letter differs from the first and answers each line of Amazon's reply"),
    why=said("The same letter again is refused without being read."),
    source="notices that ask for greater detail; a practitioner (aSellingSecrets)",
)
def says_something_new(draft: Draft) -> Iterator[Found]:
    """Lines of Amazon's answer whose part is as it was, and a letter that is the earlier one again."""
    earlier = draft.ground.earlier
    if earlier is None or not draft.ground.case:
        return
    before = earlier.get("case") or {}
    same = {part for part in _PART if _as_before(draft, before, part)}
    if same == set(_PART):
        yield Found(
            message=said("This letter says the same as the one sent on {day}.", day=_day(earlier)),
            remedy=said(
                "Add what is new: a deeper cause, actions done since, evidence that was not enclosed."
            ),
        )
        return
    asked: dict[str, list[str]] = {}
    for one in (earlier.get("reply") or {}).get("lines") or ():
        if one["ask"] in _ANSWERED_BY:
            asked.setdefault(str(one["line"]), []).append(_ANSWERED_BY[one["ask"]])
    for line, parts in asked.items():  # a line that asks for two parts is answered by either
        if all(part in same for part in parts):
            yield Found(
                at=next(iter(draft.parts.get(_PART[parts[0]], ())), None),
                message=said('Amazon asks "{line}", and this part says the same as before.', line=line),
                remedy=said("Answer it here with something that the earlier letter did not say."),
            )


def _as_before(draft: Draft, before: Mapping[str, Any], part: str) -> bool:
    """Whether a part of the case is as it was sent, and nobody has edited it in this letter."""
    now = draft.ground.case
    if part == "evidence":
        same = _files(before) == _files(now)
    else:
        same = list(before.get(part) or ()) == list(now.get(part) or ())
    base = draft.ground.bases.get("plan-of-action")
    if not same or base is None:
        return same
    printed = replace(draft, paper=base.paper)
    return _texts(draft, _PART[part]) <= _texts(printed, _PART[part])


def _texts(draft: Draft, part: str) -> set[str]:
    return {plain(line.text) for _, line in draft.lines(part)}


def _files(case: Mapping[str, Any]) -> set[str]:
    cited = {one.get("evidence") for one in case.get("corrective") or ()}
    return {str(file) for file in cited | {one.get("file") for one in case.get("evidence") or ()} if file}


@rule(
    "R42",
    "warning",
    papers=LETTER,
    title=said("A second letter does not contradict the first"),
    why=said("Amazon reads both; two stories make each doubtful."),
    source="a practitioner (C. McCabe)",
)
def same_story(draft: Draft) -> Iterator[Found]:
    """Causes of the earlier letter that this one drops without a word, and other days for the same action."""
    before, now = (draft.ground.earlier or {}).get("case") or {}, draft.ground.case
    if not now:
        return
    told = {str(one.get("code")) for one in now.get("cause") or ()}
    explained = any(
        draft.lexicon.matches("R42", one.plain, key="explained") for one in draft.part_sentences("root_cause")
    )
    known = cause_codes()
    for code in dict.fromkeys(str(one["code"]) for one in before.get("cause") or () if one.get("code")):
        if told and code not in told and not explained:
            yield Found(
                at=next(iter(draft.parts.get("root_cause", ())), None),
                message=said(
                    "The letter that was sent named the cause {cause}; this one does not.",
                    cause=said(known[code].title) if code in known else code,
                ),
                remedy=said("Say in the root cause what you have learned since, and why it was named first."),
            )
    yield from _other_days(draft, before, now)


def _other_days(draft: Draft, before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Found]:
    for part, words, day in (("corrective", "action", "date"), ("preventive", "control", "start")):
        told = {one.get(words): one.get(day) for one in before.get(part) or ()}
        for one in now.get(part) or ():
            then, stated = told.get(one.get(words)), one.get(day)
            at = _line_of(draft, part, str(one.get(words) or ""))
            if then and stated and then != stated and at is not None:
                yield Found(
                    at=at,
                    message=said(
                        "The letter that was sent gave another day for this: {before}, now {now}.",
                        before=date.fromisoformat(then),
                        now=date.fromisoformat(stated),
                    ),
                    remedy=said("Give the day that is true, and say why it differs if the first was wrong."),
                )


def _line_of(draft: Draft, part: str, words: str) -> int | None:
    said_ = plain(words)
    return next((at for at, line in draft.lines(part) if said_ and said_ in plain(line.text)), None)


@rule(
    "R43",
    "info",
    papers=LETTER,
    title=said("Two days lie between two letters"),
    why=said("A second letter within two days is read as the same one again."),
    source="a practitioner (SSOPDOT); Amazon help page G200370560",
)
def not_too_soon(draft: Draft) -> Iterator[Found]:
    """A letter that is dated less than two days after the one before."""
    earlier, letter = draft.ground.earlier, draft.ground.letter_date
    if earlier is None or letter is None:
        return
    sent = _day(earlier)
    if (letter - sent).days < draft.limit("R43"):
        yield Found(
            message=said(
                "The last letter was sent on {sent}, and this one is dated {letter}.",
                sent=sent,
                letter=letter,
            ),
            remedy=said("Wait for Amazon's answer, or at least two days, before you send another."),
        )


def _day(earlier: Mapping[str, Any]) -> date:
    return date.fromisoformat(str(earlier["day"]))
