"""Whether a changed sentence says another thing by the words that came and went: not, after, all, over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from poa.review.marks import Token

_NUMBERED = {"item", "annex", "figure"}
# What may go, or come, without turning a sentence; of these a change to the other one does.
_OPPOSITES = (("first", "last"), ("since", "until"))
_LOOSE = {"none", "all", *(one for pair in _OPPOSITES for one in pair)}
_BESIDE = 12  # signs between "all" and its figure


def turning(
    before: Sequence[Token],
    now: Sequence[Token],
    gone: Sequence[Token],
    *,
    own: int,
    zeros: int,
    flipped: bool,
) -> tuple[Token | None, Token | None, Token | None] | None:
    """What turns a sentence of which some figures are gone: the word that went, the one that came, what stands there.

    None where it says what it said. ``own`` words say that new figures are late; ``zeros`` stand where a "no" stood; ``flipped`` says that a bound made good for a "not".
    """
    count = Counter(_said(now))
    count.subtract(_said(before))
    count["none"] += flipped + zeros + sum(map(is_zero, gone))
    count["late"] -= min(own, max(count["late"], 0))
    if not any(map(_counts, gone)):
        count["all"] = min(count["all"], 0)  # "all" says another thing where it stands for "44"
    if not _is_turned(count):
        return None
    lost = next((one for one in before if one.kind == "turn" and count[str(one.key[1])] < 0), None)
    put = next((one for one in now if one.kind == "turn" and count[str(one.key[1])] > 0), None)
    place = put or next((one for was, one in zip(before, now, strict=False) if was.key != one.key), None)
    return lost, put, place


def negations(tokens: Sequence[Token]) -> int:
    """How often a sentence says "not"."""
    return sum(one.key == ("turn", "none") for one in tokens)


def _said(tokens: Sequence[Token]) -> list[str]:
    return [str(one.key[1]) for one in tokens if one.kind == "turn" and not _of_all(one, tokens)]


def _of_all(token: Token, others: Sequence[Token]) -> bool:
    """Whether it is the "all" of "all 44", which says no more than the figure."""
    return token.key == ("turn", "all") and any(
        one.kind == "claim" and 0 <= one.start - token.end <= _BESIDE for one in others
    )


def _counts(token: Token) -> bool:
    claim = token.claim
    return claim is not None and claim.kind == "number" and claim.unit not in _NUMBERED and bool(claim.value)


def is_zero(token: Token) -> bool:
    """Whether a figure is a nought: "0 were late" is "none was late"."""
    return token.claim is not None and token.claim.kind == "number" and token.claim.value == 0


def _is_turned(count: Counter[str]) -> bool:
    """Whether a sentence says another thing by the turning words that came, or went (less than nothing).

    Two of "none" undo each other; "all" may go, for what holds of all of them holds of them.
    """
    if count["none"] % 2 or count["all"] > 0 or count["last"] < 0:
        return True
    if any(number for code, number in count.items() if code not in _LOOSE):
        return True
    return any(count[one] * count[other] < 0 for one, other in _OPPOSITES)
