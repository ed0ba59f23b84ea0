"""Whether a letter has the frame of an answer: three parts in order, the open orders, and no deadline of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poa.policy import LATE
from poa.review.draft import Draft, Found
from poa.review.rule import LETTER, SENT, rule
from poa.review.rules.metric import about_late_shipments, asked_kinds, told
from poa.review.sentences import plain
from poa.words import said, strung

THREE = ("root_cause", "corrective", "preventive")
PART_NAMES = {
    "root_cause": said("the root cause"),
    "corrective": said("what was done"),
    "preventive": said("what prevents it from now on"),
}
_REPEATS = 0.75  # of a request line's words that stand in a heading that repeats it
_LONGEST = 110  # signs of a line that can be a heading
_TURNED = {"you": "we", "your": "our", "sie": "wir", "ihre": "unsere", "ihrer": "unserer", "ihren": "unseren"}
_TAKEN = {"deactivated", "rejected", "more_information", "final", "review"}  # stages past a quiz


@rule(
    "R01",
    "error",
    papers=LETTER,
    title=said("The letter has three parts: root cause, actions taken, prevention"),
    why=said("Amazon asks three questions; a letter without an answer to each is returned as incomplete."),
    source="Amazon help page G201623610",
)
def three_parts(draft: Draft) -> Iterator[Found]:
    """Each of the three parts stands under a heading of its own, holds something, and comes in its order."""
    missing = [PART_NAMES[part] for part in THREE if part not in draft.parts]
    if missing:
        yield Found(
            message=said(
                "No heading opens this part of the letter: {parts}.", parts=strung("{one}; {other}", missing)
            ),
            remedy=said("Give each of the three parts a heading that names it, and answer it there."),
        )
    for part in THREE:
        if part in draft.parts and not any(line.text.strip() for _, line in draft.lines(part)):
            yield Found(
                message=said("Nothing stands under the heading of this part: {part}.", part=PART_NAMES[part]),
                remedy=said("Write the answer below its heading, or move it there."),
            )
    first = {part: draft.parts[part][0] for part in THREE if draft.parts.get(part)}
    order = sorted(first, key=lambda part: first[part])
    if order not in [[part for part in wanted if part in first] for wanted in (THREE, _asked_order(draft))]:
        yield Found(
            at=first[order[0]],
            message=said("The parts do not stand in the order in which Amazon asks for them."),
            remedy=said("Put the root cause first, then what was done, then what prevents it from now on."),
        )


def _asked_order(draft: Draft) -> tuple[str, ...]:
    """The three parts in the notice's order, those that it leaves out behind."""
    asked = [one["ask"] for one in (draft.ground.notice or {}).get("asks_lines", ())]
    return tuple(part for part in dict.fromkeys([*asked, *THREE]) if part in THREE)


@rule(
    "R02",
    "info",
    papers=LETTER,
    title=said("Headings repeat the notice's own request lines"),
    why=said("A reader who ticks off what was asked finds each answer at once."),
    source="Practitioners: POA Defender, posted plans",
)
def headings_repeat_requests(draft: Draft) -> Iterator[Found]:
    """Each line in which the notice asks for one of the three parts is found again as a heading."""
    notice = draft.ground.notice or {}
    if notice.get("language") != draft.language:
        return
    headings = [_pieces(line.text) for line in draft.paper.lines if line.kind == "heading"]
    answered: set[str] = set()
    lines = [str(one["line"]) for one in notice.get("asks_lines", ())]
    for one in notice.get("asks_lines", ()):
        line = str(one["line"])
        wanted = _pieces(line)
        # A long line, or one that asks for several parts at once, is a sentence and no heading.
        if len(line) > _LONGEST or lines.count(line) > 1 or not wanted:
            continue
        if one["ask"] not in THREE or one["ask"] in answered:
            continue
        answered.add(one["ask"])
        if not any(len(wanted & heading) >= _REPEATS * len(wanted) for heading in headings):
            yield Found(
                at=_heading_of(draft, one["ask"]),
                message=said(
                    "The notice asks in its own words, and no heading repeats them: {line}", line=line
                ),
                remedy=said("Use the notice's line as the heading of this part."),
            )


def _pieces(line: str) -> set[str]:
    """The words of a line, and pairs of signs where a language has no blanks; "you" is "we" in an answer."""
    found: set[str] = set()
    for word in re.findall(r"[^\W\d_]+", plain(line)[:300]):
        wide = ord(word[0]) > 0x2E80
        found |= {word[at : at + 2] for at in range(len(word) - 1)} if wide else {_TURNED.get(word, word)}
    return found


def _heading_of(draft: Draft, part: str) -> int | None:
    lines = draft.parts.get(part)
    if not lines:
        return None
    return next((at for at in range(lines[0], -1, -1) if draft.paper.lines[at].kind == "heading"), None)


@rule(
    "R25",
    "error",
    papers=SENT,
    title=said("The letter says that every open order is shipped and confirmed, and the data agree"),
    why=said("Amazon wants open orders shipped before anything else, and looks them up."),
    source="Amazon help page 201623660 (Japan)",
    lexical=True,
)
def open_orders_shipped(draft: Draft) -> Iterator[Found]:
    """A claim that nothing is open agrees with the newest data; a letter that says nothing of it is told so."""
    facts = (draft.ground.newer or draft.ground).facts
    open_now = facts.get("unconfirmed_past_due") or facts.get("unconfirmed_due_by_letter") or 0
    claimed = [one for one, text in told(draft) if draft.lexicon.found("R25", text)]
    for sentence in claimed if open_now else ():
        yield Found(
            at=sentence,
            message=said(
                "This says that no order is open; by the data of {day}, orders that were due are not confirmed:"
                " {number}.",
                day=str(facts.get("unconfirmed_as_of")),
                number=int(open_now),
            ),
            remedy=said("Ship and confirm them and run poa on a newer report, or say how many are open."),
            fact="unconfirmed_past_due" if facts.get("unconfirmed_past_due") else "unconfirmed_due_by_letter",
            rows=int(open_now),
        )
    whole = draft.kind == "plan" and all(part in draft.parts for part in THREE)
    if claimed or not whole or not facts.get("lists_every_order") or not about_late_shipments(draft):
        return
    if not any(draft.lexicon.matches("R25", text, key="state") for _, text in told(draft)):
        yield Found(
            severity="warning",
            message=said("The letter does not say whether every open order is shipped and confirmed."),
            remedy=said(
                "Say it with the day, as the letter that poa printed does, or say how many are open."
            ),
        )


@rule(
    "R44",
    "info",
    papers=SENT,
    title=said("The notice's deadline does not stand in the letter"),
    why=said("It answers none of the three questions, and a date that Amazon counts otherwise harms."),
    source="Real notices of Amazon; the advice of poa",
    lexical=True,
)
def no_deadline(draft: Draft) -> Iterator[Found]:
    """No sentence speaks of the time that the notice gave to answer."""
    for sentence, text in told(draft):
        if not _tells_deadline(draft, text):
            continue
        yield Found(
            at=sentence,
            severity="warning",
            message=said("This speaks of the time that the notice gave to answer."),
            remedy=said("Leave it out: the deadline is for you, and stands on the cover."),
        )


def _tells_deadline(draft: Draft, text: str) -> bool:
    """Plain words for the notice's own time, or any deadline where nothing is shipped, sold or delivered."""
    if draft.lexicon.found("R44", text) is not None:
        return True
    speaks = draft.kind == "plan" and draft.lexicon.matches("R44", text, key="deadline")
    return speaks and not draft.lexicon.matches("R44", text, key="shipping")


@rule(
    "R47",
    "info",
    papers=LETTER,
    title=said("Ways without a plan of action were considered first"),
    why=said("A quiz, automated handling time, or a banner that asks for nothing can make a plan needless."),
    source="Amazon help pages G200285190, G200847280; Amazon's forums",
)
def plan_needed(draft: Draft) -> Iterator[Found]:
    """What the seller answered about the account leaves no shorter way."""
    notice, case = draft.ground.notice or {}, draft.ground.case.get("notice") or {}
    stage = notice.get("stage")
    taken = stage in _TAKEN
    if case.get("quiz_offered") and about_late_shipments(draft) and not taken:
        yield Found(
            message=said("By the case, Amazon offers a quiz: who passes it needs no plan of action."),
            remedy=said("Take the quiz first."),
        )
    if case.get("appeal_button") is False and stage == "banner":
        yield Found(
            message=said("By the case, the banner has no button to appeal: Amazon asks for no answer."),
            remedy=said("Send nothing, bring the rate down and watch the page."),
        )
    store = notice.get("marketplace") or draft.ground.facts.get("marketplace")
    if case.get("automated_handling_time") and store == "US" and LATE in (asked_kinds(draft) or (LATE,)):
        yield Found(
            message=said(
                "By the case, automated handling time is on: US listings are then not deactivated for this rate."
            ),
            remedy=said("Say so in the answer, with the day since when it is on."),
        )
