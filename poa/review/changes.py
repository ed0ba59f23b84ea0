"""What changed in a sentence since it was printed: a figure or name, a word that turns it, something new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from poa.review.marks import Token

ChangeKind: TypeAlias = Literal["kept", "sign", "other", "swapped", "turned", "added"]
# What may take the place of what: a figure that of a figure, a name or code that of a name.
_CLASSES = {
    **dict.fromkeys(("number", "percent", "fraction"), "figure"),
    **dict.fromkeys(("day", "time"), "day"),
    **dict.fromkeys(("code", "name"), "name"),
}
_FEW = 0.34  # of the words: where more of a sentence changed, one turning word tells nothing
_NAMELIKE = 0.6  # a word so like a name is the name, misspelt


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change; the words that stand there now are those from ``start`` to ``end`` of the sentence."""

    kind: ChangeKind
    before: Token | None = None
    now: Token | None = None
    start: int = 0
    end: int = 0


def changes(
    before: Sequence[Token], now: Sequence[Token], *, piece: bool = False, strict: bool = False
) -> Iterator[Change]:
    """Every figure and name of a sentence with what became of it, and every word that turns it.

    ``piece`` says that only a part of the sentence is left; ``strict`` that every word counts, as in a cell.
    """
    matcher = SequenceMatcher(None, [one.key for one in before], [one.key for one in now], autojunk=False)
    gone: list[Token] = []
    come: list[Token] = []
    turned = Counter[tuple[object, ...]]()
    changed = 0
    places: list[Token] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            for was, one in zip(before[a:b], now[c:d], strict=True):
                if one.kind in {"claim", "name"}:
                    yield _kept(was, one)
            continue
        changed += max(b - a, d - c)
        left, new, settled = _settled(before[a:b], now[c:d])
        yield from settled
        gone += left
        come += new
        for one in before[a:b]:
            turned[one.key] -= one.kind == "turn"
        for one in now[c:d]:
            turned[one.key] += one.kind == "turn"
        places += now[c:d] or now[max(c - 1, 0) : c]
    few = changed <= max(_FEW * max(len(before), len(now)), 1)
    yield from _moved(gone, come, near=few or strict)
    if (few or strict) and not piece and any(turned.values()):
        lost = next((token for token in before if turned[token.key] < 0), None)
        put = next((token for token in now if turned[token.key] > 0), places[0] if places else None)
        yield Change(
            kind="turned",
            before=lost,
            now=put,
            start=put.start if put else 0,
            end=put.end if put else 0,
        )


def _kept(was: Token, one: Token) -> Change:
    """The same figure; told apart where its decimal sign is that of another language, and reads as thousands."""
    turned = was.text != one.text and was.text.replace(",", ".") == one.text.replace(",", ".")
    return Change(kind="sign" if turned else "kept", before=was, now=one, start=one.start, end=one.end)


def _settled(before: Sequence[Token], now: Sequence[Token]) -> tuple[list[Token], list[Token], list[Change]]:
    """In one place of a sentence: figures and names against those that stood there, in their order."""
    found: list[Change] = []
    left = [one for one in before if one.kind in {"claim", "name"}]
    new = [one for one in now if one.kind in {"claim", "name"}]
    for one in [*new]:
        # In the place of a figure stands this one, whatever its kind.
        was = next((other for other in left if _class(other) == _class(one)), left[0] if left else None)
        if was is not None:
            same = was.key == one.key or _less_exact(was, one)
            found.append(
                _kept(was, one)
                if same
                else Change(kind="other", before=was, now=one, start=one.start, end=one.end)
            )
            left.remove(was)
            new.remove(one)
    for was in [*left]:
        if was.kind == "name" or (was.claim and was.claim.kind == "code"):
            other = _misspelt(was, [one for one in now if one.kind in {"word", "turn"} or one in new])
            if other:
                start, end = other
                found.append(Change(kind="other", before=was, start=start, end=end))
                left.remove(was)
                new = [one for one in new if not start <= one.start < end]
    return left, new, found


def _moved(gone: list[Token], come: list[Token], *, near: bool) -> Iterator[Change]:
    """What left one place of a sentence and stands in another is kept, if it still counts the same thing.

    ``near`` says that the sentence is nearly as it was, so that one figure gone and another come is one changed.
    """
    for one in come:
        was = next((other for other in gone if other.key == one.key and _counts_alike(other, one)), None)
        if was is not None:
            gone.remove(was)
            yield _kept(was, one)
            continue
        swapped = next((other for other in gone if other.key == one.key), None)
        changed = next((other for other in gone if near and _class(other) == _class(one)), None)
        if swapped is not None:
            gone.remove(swapped)
            yield Change(kind="swapped", before=swapped, now=one, start=one.start, end=one.end)
        elif changed is not None:
            gone.remove(changed)
            yield Change(kind="other", before=changed, now=one, start=one.start, end=one.end)
        else:
            yield Change(kind="added", now=one, start=one.start, end=one.end)


def _class(token: Token) -> str:
    kind = token.claim.kind if token.claim else token.kind
    return _CLASSES.get(kind, kind)


def _counts_alike(one: Token, other: Token) -> bool:
    return one.claim is None or other.claim is None or one.claim.unit == other.claim.unit


def _less_exact(was: Token, one: Token) -> bool:
    """Whether a day lost its year or nothing else: 2 November for 2 November 2026."""
    if was.claim is None or one.claim is None or was.claim.kind != "day" or one.claim.kind != "day":
        return False
    known, said = str(was.claim.value), str(one.claim.value)
    return said.startswith("--") and known[4:] == said[1:]


def _misspelt(was: Token, words: Sequence[Token]) -> tuple[int, int] | None:
    """The place of the words that stand where a name stood and are like it, or a name of their own."""
    if not words:
        return None
    said = " ".join(one.text for one in words)
    alike = max(
        SequenceMatcher(None, was.text.casefold(), text.casefold(), autojunk=False).ratio()
        for text in (said, *(one.text for one in words))
    )
    named = any(one.text[:1].isupper() for one in words[1:]) or (
        len(words) == 1 and words[0].text[:1].isupper() and words[0].start > 0
    )
    return (words[0].start, words[-1].end) if alike >= _NAMELIKE or named else None
