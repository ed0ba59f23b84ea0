"""Whose figures a sentence states: the suppliers, carriers, SKUs and windows that it names, and which stands where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from poa.review.claims import Claim
from poa.review.known import Known
from poa.review.lexicon import Lexicon
from poa.review.marks import Token
from poa.review.sentences import plain

Scope: TypeAlias = "str | int"  # a group by its name, a window by its days
_ROOM = 30  # signs beside "10 days" that tell whether a window is meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A group or a window that a sentence names, and where."""

    start: int
    scope: Scope


def mentions(text: str, found: Sequence[Token], known: Known, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Every group and every window that a sentence names, in order; of one named twice in a row the first."""
    told = []
    for one in found:
        scope: Scope | None = known.groups.get(one.text.casefold())
        if scope is None and one.claim is not None:
            scope = _window(text, one.claim, known, lexicon)
        if scope is not None:
            told.append(Mention(start=one.start, scope=scope))
    told += _spans(found, known)
    told.sort(key=lambda one: one.start)
    return tuple(one for at, one in enumerate(told) if not at or one.scope != told[at - 1].scope)


def groups(told: Sequence[Mention]) -> frozenset[str]:
    """The groups among them."""
    return frozenset(one.scope for one in told if isinstance(one.scope, str))


def misplaced(told: Sequence[Mention], whose: Mapping[int, frozenset[str | int | None]]) -> int | None:
    """Of figures by their place, the first that is of something that the sentence names, but not where it names it.

    A figure may belong to the name before it, to the one behind it, to one that all belong to, or to that in its
    own place of a list ("A and B had 33 and 7 late orders").
    """
    named = {one.scope for one in told}
    bound = {at: scopes for at, scopes in whose.items() if None not in scopes and scopes & named}
    if len(named) < 2 or any(all(one in scopes for scopes in bound.values()) for one in named):
        return None
    in_order = sorted(bound)
    if len(in_order) == len(told) and all(
        one.scope in bound[at] for one, at in zip(told, in_order, strict=True)
    ):
        return None
    return next((at for at in in_order if not _beside(told, at) & bound[at]), None)


def _beside(told: Sequence[Mention], at: int) -> set[Scope]:
    before = [one.scope for one in told if one.start < at]
    after = [one.scope for one in told if one.start > at]
    return {*before[-1:], *after[:1]}


def _window(text: str, claim: Claim, known: Known, lexicon: Lexicon) -> int | None:
    """The window that "the last 10 days" means; other days of that number mean none."""
    if claim.kind != "number" or claim.unit != "days" or claim.value not in known.windows:
        return None
    before = plain(text[max(claim.start - _ROOM, 0) : claim.start])
    after = plain(text[claim.end : claim.end + _ROOM])
    if lexicon.matches("windows", before, key="before") or lexicon.matches("windows", after, key="after"):
        return int(claim.value)
    return None


def _spans(found: Sequence[Token], known: Known) -> Iterator[Mention]:
    """The windows whose first and last day stand one after the other."""
    days = [one for one in found if one.claim is not None and one.claim.kind == "day"]
    for one, other in pairwise(days):
        window = known.spans.get((one.claim.value, other.claim.value)) if one.claim and other.claim else None
        if window is not None:
            yield Mention(start=one.start, scope=window)
