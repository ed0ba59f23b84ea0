"""Whether a letter speaks of the metric of its notice, and of that alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from poa.policy import LATE, MATTERS
from poa.review.draft import Draft, Found
from poa.review.rule import LETTER, SENT, rule
from poa.review.sentences import Sentence, plain
from poa.words import said

_RATES = (LATE, "cancellation", "valid_tracking", "on_time_delivery", "order_defect")
_LETTER = 150  # sentences that tell what a letter is about
_READ, _SIGNS = 1500, 600  # sentences, and signs of each; a letter has some forty
_ENDS = " .:;,"
_PARTS = ("root_cause", "corrective", "preventive")


def asked_kinds(draft: Draft) -> tuple[str, ...]:
    """The matters that the notice names; empty without a notice, or where it could not be told."""
    return tuple(kind for kind in (draft.ground.notice or {}).get("kinds", ()) if kind in MATTERS)


def told(draft: Draft) -> Iterator[tuple[Sentence, str]]:
    """The sentences that rules look at, each with its plain text: of a book the beginning, which is no letter."""
    for sentence in draft.sentences[:_READ]:
        yield sentence, plain(sentence.text[:_SIGNS])


def about_late_shipments(draft: Draft) -> bool:
    """Whether the letter is to answer the late shipment rate: the notice names it, or nothing else."""
    asked = asked_kinds(draft)
    return not asked or LATE in asked


@rule(
    "R03",
    "error",
    papers=LETTER,
    title=said("The letter is about the metric that the notice names"),
    why=said("A letter that answers another question than the one asked is refused, however good it is."),
    source="JRJ Reinstaters; Amazon China's guidance as reposted",
)
def about_the_notices_metric(draft: Draft) -> Iterator[Found]:
    """The letter names a metric of the notice, and not another one in its place."""
    asked = asked_kinds(draft)
    if not asked:
        return
    other = answers_another(draft)
    if other is not None:
        yield Found(
            message=said(
                "The notice is about another matter ({asked}) than this letter ({told}).",
                asked=MATTERS[asked[0]],
                told=MATTERS[other],
            ),
            remedy=said("Answer the matter of the notice, and name it as the notice does."),
        )
    elif any(part in draft.parts for part in _PARTS) and not any(_speaks(draft, kind) for kind in asked):
        yield Found(
            severity="warning",
            message=said("No sentence speaks of what the notice is about: {asked}.", asked=MATTERS[asked[0]]),
            remedy=said("Name the metric as the notice does, in the first sentence."),
        )


def answers_another(draft: Draft) -> str | None:
    """The matter that a letter is about where the notice names it nowhere: by its title, else by its sentences."""
    asked = asked_kinds(draft)
    if not asked:
        return None
    titled = _titled(draft)
    if titled is not None or any(_mentions(draft, kind) for kind in asked):
        return titled
    named = {kind: _mentions(draft, kind) for kind in MATTERS if kind not in asked}
    other = max(named, key=lambda kind: named[kind])
    least = 2 if any(_speaks(draft, kind) for kind in asked) else 1
    return other if named[other] >= least else None


def _titled(draft: Draft) -> str | None:
    """The rate that the title names where it is none of the notice's."""
    title = next((plain(line.text) for line in draft.paper.lines if line.kind == "heading"), "")
    titled = [kind for kind in MATTERS if draft.lexicon.matches("metrics", title, key=kind)]
    if {*titled} & {*asked_kinds(draft)}:
        return None
    return next((kind for kind in _RATES if kind in titled and _says(draft, kind, title)), None)


def _speaks(draft: Draft, kind: str) -> bool:
    return _mentions(draft, kind) > 0 or _mentions(draft, f"{kind}_topic") > 0


@rule(
    "R04",
    "error",
    papers=LETTER,
    title=said("Every metric that the notice names is answered"),
    why=said("Amazon wants an explanation of every issue that it names; one left out leaves the case open."),
    source="Amazon help page G201623610 (EU)",
)
def every_metric_answered(draft: Draft) -> Iterator[Found]:
    """Each further metric of the notice is spoken of, or the case says that it is answered apart."""
    asked = asked_kinds(draft)
    if answers_another(draft) is not None:
        return  # that is R03
    apart = (draft.ground.case.get("notice") or {}).get("answered_apart") or ()
    silent = [kind for kind in asked if not _answered(draft, kind)]
    for kind in silent if len(silent) < len(asked) else ():
        if kind not in apart:
            yield Found(
                message=said(
                    "The notice names a further matter, which the letter does not answer: {kind}.",
                    kind=MATTERS[kind],
                ),
                remedy=said(
                    'Answer it here, or apart and add "{code}" to answered_apart under [notice] in the case.',
                    code=kind,
                ),
            )


def _answered(draft: Draft, kind: str) -> bool:
    return _mentions(draft, kind) > 0 or _mentions(draft, f"{kind}_topic") > 1


def _mentions(draft: Draft, key: str) -> int:
    """How many sentences a list of metric words is found in; a heading of the seller's own counts twice."""
    asked = {
        plain(str(one["line"])).rstrip(_ENDS) for one in (draft.ground.notice or {}).get("asks_lines", ())
    }
    found = 0
    for one, text in islice(told(draft), _LETTER):
        heading = draft.paper.lines[one.line].kind == "heading"
        if heading and text.rstrip(_ENDS) in asked:
            continue  # the notice's own line says nothing of what is answered below it
        found += (2 if heading else 1) * draft.lexicon.matches("metrics", text, key=key)
    return found


@rule(
    "R48",
    "warning",
    papers=SENT,
    title=said("Late shipment, late delivery, tracking and order defects are not mixed up"),
    why=said(
        "Amazon counts each apart, and each has another remedy; mixing them shows that the metric is not understood."
    ),
    source="Northline Seller Recovery; G10 Fulfillment",
)
def metrics_not_mixed_up(draft: Draft) -> Iterator[Found]:
    """No sentence names another rate than the notice's, or speaks of deliveries where it means shipments."""
    asked = asked_kinds(draft) or (LATE,)
    if _titled(draft) is not None or not {*asked} & {*_RATES}:
        return
    shipments = LATE in asked and not {"on_time_delivery", "premium_shipping", "order_defect"} & {*asked}
    others = [kind for kind in _RATES if kind not in asked] if draft.kind == "plan" else []
    for sentence, text in told(draft):
        if draft.paper.lines[sentence.line].kind in {"row", "aside"}:
            continue
        if shipments and (kind := _taken_for(draft, text, asked)):
            yield _late_delivery(sentence) if kind == "on_time_delivery" else _names(sentence, kind, asked)
        elif draft.lexicon.matches("R48", text, key="apart"):
            continue
        elif (named := next((kind for kind in others if _says(draft, kind, text)), None)) and not any(
            _says(draft, kind, text) for kind in asked
        ):
            yield _names(sentence, named, asked)
        elif shipments and _delivered(draft, text):
            yield _late_delivery(sentence)


def _names(at: Sentence, told_: str, asked: tuple[str, ...]) -> Found:
    return Found(
        at=at,
        message=said(
            "This names another metric ({told}) than the notice ({asked}).",
            told=MATTERS[told_],
            asked=MATTERS[asked[0]],
        ),
        remedy=said("Name the metric of the notice, or leave the sentence out."),
    )


def _late_delivery(at: Sentence) -> Found:
    return Found(
        at=at,
        message=said("This speaks of late delivery; the late shipment rate counts late ship confirmations."),
        remedy=said('Say "confirmed after the ship-by time" where that is meant.'),
    )


def _taken_for(draft: Draft, text: str, asked: tuple[str, ...]) -> str | None:
    """The metric whose doings a plain sentence gives as the reason of the late shipment rate."""
    words = draft.lexicon
    rate = words.found("metrics", text, key=f"{LATE}_rate")
    if rate is None or words.matches("R48", text, key="denied"):
        return None
    inbound = words.matches("R48", text, key="inbound")
    for kind in _RATES[1:]:
        if kind == "on_time_delivery" and inbound:
            continue
        event = words.found("R48", text, key=kind)
        if kind not in asked and event and _reasoned(draft, text, rate, event):
            return kind
    return None


def _reasoned(draft: Draft, text: str, rate: re.Match[str], event: re.Match[str]) -> bool:
    """Whether words give what happened as the reason of the rate, and not the rate as the reason of that."""
    words = draft.lexicon
    if ";" in text[min(rate.end(), event.end()) : max(rate.start(), event.start())]:
        return False
    if event.start() < rate.start():
        between = text[event.start() : rate.start()]
        if draft.language != "ja" and words.matches("R48", text[event.end() : rate.start()], key="because"):
            return False
        return words.matches("R48", between, key="so") or words.matches("R48", text[rate.end() :], key="rose")
    # Japanese puts the word for the reason behind it.
    behind = text[event.start() :] if draft.language == "ja" else text[rate.end() : event.end()]
    return words.matches("R48", behind, key="because")


def _says(draft: Draft, kind: str, text: str) -> bool:
    return draft.lexicon.matches("metrics", text, key=f"{kind}_rate")


def _delivered(draft: Draft, text: str) -> bool:
    return draft.lexicon.matches("R48", text, key="delivered") and not draft.lexicon.matches(
        "R48", text, key="inbound"
    )
