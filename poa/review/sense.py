"""Whether a changed sentence says another thing by the words that came and went: not, after, all, over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from poa.review.marks import Token
from poa.review.turns import turned

_NUMBERED = {"item", "annex", "figure"}
_BESIDE = 12  # signs between "all" and its figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """The word that turned a sentence: one that went, one that came, and what stands in its place."""

    lost: Token | None
    put: Token | None
    place: Token | None


def turning(
    before: Sequence[Token], now: Sequence[Token], gone: Sequence[Token], *, own: int, flipped: bool
) -> Turning | None:
    """What turns a sentence of which some figures are gone; None where it says what it said.

    ``own`` words say that new figures are late; ``flipped`` says that a bound made good for a "not".
    """
    count = Counter(_said(now))
    count.subtract(_said(before))
    count["none"] += flipped + sum(map(_is_zero, gone))
    count["late"] -= min(own, max(count["late"], 0))
    if not any(map(_counts, gone)):
        count["all"] = min(count["all"], 0)  # "all" says another thing where it stands for "44"
    if not turned(count):
        return None
    lost = next((one for one in before if one.kind == "turn" and count[str(one.key[1])] < 0), None)
    put = next((one for one in now if one.kind == "turn" and count[str(one.key[1])] > 0), None)
    place = put or next((one for was, one in zip(before, now, strict=False) if was.key != one.key), None)
    return Turning(lost=lost, put=put, place=place)


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


def _is_zero(token: Token) -> bool:
    """Whether a figure is a nought: "0 were late" is "none was late"."""
    return token.claim is not None and token.claim.kind == "number" and token.claim.value == 0
