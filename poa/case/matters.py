"""What a notice is about beside the late shipment rate: a letter that answers another question is refused (R03, R04)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from poa.case.model import Case
from poa.case.notices import ReadNotice
from poa.policy import LATE, MATTERS
from poa.words import Said, said

KINDS = MATTERS | {"other": said("another matter")}
_UNNAMED = {"other"}


def other_matters(notice: ReadNotice | None, case: Case) -> Iterator[Said]:
    """Each matter of the notice that the letter does not answer, as an open point."""
    kinds = notice.kinds if notice else ()
    named = [kind for kind in kinds if kind not in _UNNAMED]
    if kinds and not named:
        if "other" not in case.notice.answered_apart:
            yield said(
                "It could not be told what the notice is about. This letter answers the late shipment rate and"
                ' nothing else. If that is the matter, add "other" to answered_apart under [notice].'
            )
        return
    if named and LATE not in named:
        yield said(
            "The notice is about the {kind}, and this letter about the late shipment rate: it would answer"
            " another question than the one asked. Do not send it as the answer to this notice.",
            kind=KINDS[named[0]],
        )
        return
    for kind in named:
        if kind != LATE and kind not in case.notice.answered_apart:
            yield said(
                "The notice also names the {kind}, on which this letter says nothing. Answer it apart, then add"
                ' "{code}" to answered_apart under [notice].',
                kind=KINDS[kind],
                code=kind,
            )


def after_reply(reply: ReadNotice, first: ReadNotice | None) -> ReadNotice:
    """Amazon's last word, which leaves out what the notice before it said: the matter, the way, the lines."""
    if first is None:
        return reply
    named = set(reply.kinds) - _UNNAMED
    return replace(
        reply,
        kinds=reply.kinds if named else first.kinds,
        asks_lines=reply.asks_lines or first.asks_lines,
        channel=reply.channel or first.channel,
        tense=reply.tense or first.tense,
        language=reply.language or first.language,
    )
