"""What changed in a sentence since it was printed: a figure or name, a word that turns it, something new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from poa.review.around import SPANS
from poa.review.claims import Claim
from poa.review.marks import Token
from poa.review.sense import is_zero, negations, turning

ChangeKind: TypeAlias = Literal["kept", "sign", "unbound", "flipped", "other", "swapped", "turned", "added"]
# What may take the place of what: a figure that of a figure, a name or code that of a name.
_CLASSES = {
    **dict.fromkeys(("number", "percent", "fraction"), "figure"),
    **dict.fromkeys(("day", "time"), "day"),
    **dict.fromkeys(("code", "name"), "name"),
}
_FLIPS = ({"under", "over"}, {"under", "at_least"}, {"at_most", "over"})
_LATE = ("turn", "late")
_TOLD = {"claim", "name"}
_NOTHING, _EQUAL = 1, 2  # nothing stands beside either of two; the same does
_FEW = 0.34  # of the words: where more of a sentence changed, one turning word tells nothing
_WITH_NOT = 4  # words: a "not" takes its verb with it, from "did not ship" to "shipped"
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
    before: Sequence[Token],
    now: Sequence[Token],
    *,
    piece: bool,
    strict: bool,
    common: Callable[[str], bool],
    groups: Mapping[str, str],
) -> Iterator[Change]:
    """Every figure and name of a sentence with what became of it, and every word that turns it.

    ``piece`` says that only a part of the sentence is left; ``strict`` that every word counts, as in a cell;
    ``common`` knows the words that are no names, however they are written, and ``groups`` the keys of names.
    """
    found = _Changes(before, now, common, groups)
    told_of = [*found.in_place()]
    few = found.changed() <= max(_FEW * max(len(before), len(now)), 1)
    told_of += found.elsewhere(near=few or strict)
    # "Did not stay under 4%" is "stayed over 4%".
    flips = sum(one.kind == "flipped" for one in told_of)
    settled = flips % 2 == 1 == (negations(before) + negations(now)) % 2
    for one in told_of:
        yield replace(one, kind="kept" if settled else "turned") if one.kind == "flipped" else one
    if (few or strict) and not piece:
        gone = [before[at] for at in found.gone]
        turned = turning(before, now, gone, own=len(found.own), zeros=found.zeros, flipped=settled)
        if turned is not None:
            lost, put, place = turned
            start, end = (place.start, place.end) if place else (0, 0)
            yield Change(kind="turned", before=lost, now=put, start=start, end=end)


class _Changes:
    """What became of the figures and names of a sentence; ``gone`` and ``come`` are those that nothing became of."""

    def __init__(
        self,
        before: Sequence[Token],
        now: Sequence[Token],
        common: Callable[[str], bool],
        groups: Mapping[str, str],
    ) -> None:
        self.before, self.now, self.common, self.groups = before, now, common, groups
        self.keys = {one.key for one in before}, {one.key for one in now}
        self.gone: list[int] = []
        self.come: list[int] = []
        self.own: set[int] = set()  # turning words that came with a figure of their own: "44 late orders"
        self.zeros = 0  # noughts where a "no" stood: "0 orders" for "no order"
        keys, told = [one.key for one in before], [one.key for one in now]
        self._steps = SequenceMatcher(None, keys, told, autojunk=False).get_opcodes()

    def changed(self) -> int:
        """How many words went, or came, whichever are more; a "not" and the verb beside it are one."""
        gone, come = Counter(one.key for one in self.before), Counter(one.key for one in self.now)
        gone, come = gone - come, come - gone
        kept = sum(b - a for what, a, b, _, _ in self._steps if what == "equal")
        turns = 0
        for what, a, b, c, d in self._steps:
            was, one = self.before[a:b], self.now[c:d]
            turned = what != "equal" and negations(was) + negations(one)
            if turned and max(b - a, d - c) <= min(_WITH_NOT, kept):
                gone -= Counter(each.key for each in was)
                come -= Counter(each.key for each in one)
                turns += 1
        return max(gone.total(), come.total()) + turns

    def in_place(self) -> Iterator[Change]:
        """Place by place: what was kept, and what stands where another stood."""
        for what, a, b, c, d in self._steps:
            if what == "equal":
                for was, one in zip(self.before[a:b], self.now[c:d], strict=True):
                    if one.kind in _TOLD:
                        yield _kept(was, one)
                continue
            left = [at for at in range(a, b) if self.before[at].kind in _TOLD]
            new = [at for at in range(c, d) if self.now[at].kind in _TOLD]
            yield from self._alike(left, new)
            yield from self._other(left, new)
            yield from self._misspelt(left, new, range(c, d))
            self.gone += left
            self.come += new
            if (negations(self.before[a:b]), negations(self.now[c:d])) == (1, 0):
                self.zeros += sum(is_zero(self.now[at]) for at in new)
            if what == "insert" and any(one.claim for one in self.now[c:d]):
                self.own |= {one.start for one in self.now[c:d] if one.key == _LATE}

    def _alike(self, left: list[int], new: list[int]) -> Iterator[Change]:
        """The same in another writing."""
        for at in [*new]:
            one = self.now[at]
            for other in left:
                was = self.before[other]
                if was.key == one.key or _less_exact(was, one) or self._same_group(was, one):
                    yield _kept(was, one)
                    left.remove(other)
                    new.remove(at)
                    break

    def _same_group(self, was: Token, one: Token) -> bool:
        """Whether a name and a key of the tables (S1) are of the same supplier."""
        name = self.groups.get(was.text.casefold())
        return name is not None and name == self.groups.get(one.text.casefold())

    def _other(self, left: list[int], new: list[int]) -> Iterator[Change]:
        """Another one where one stood: between the same words, or of its kind and beside the same word."""
        for at in [*new]:
            one = self.now[at]
            for other in left:
                was = self.before[other]
                behind, ahead = self._beside(other, at, -1), self._beside(other, at, 1)
                if (behind and ahead) or (_EQUAL in {behind, ahead} and self._replaces(was, one)):
                    yield self._change("other", other, at)
                    left.remove(other)
                    new.remove(at)
                    break

    def _replaces(self, was: Token, one: Token) -> bool:
        """Whether one may stand for the other: both of a kind, and neither elsewhere in the other's sentence."""
        alike = _class(was) == _class(one) or (was.claim is not None and one.claim is not None)
        return alike and one.key not in self.keys[0] and was.key not in self.keys[1]

    def _beside(self, was: int, one: int, step: int) -> int:
        """Whether the same stands on a side of both; nothing on either side is the same, but tells less."""
        places = was + step, one + step
        ends = [not 0 <= place < len(of) for place, of in zip(places, (self.before, self.now), strict=True)]
        if any(ends):
            return _NOTHING if all(ends) else 0
        old, new = self.before[places[0]].key, self.now[places[1]].key
        return _EQUAL if old == new else 0

    def _misspelt(self, left: list[int], new: list[int], place: range) -> Iterator[Change]:
        """Words in the place of a name that are like it, or a name of their own."""
        for at in [*left]:
            was = self.before[at]
            if was.kind == "name" or (was.claim and was.claim.kind == "code"):
                words = [self.now[one] for one in place if self.now[one].kind not in _TOLD or one in new]
                other = _misspelt(was, words, self.common)
                if other:
                    start, end = other
                    yield Change(kind="other", before=was, start=start, end=end)
                    left.remove(at)
                    new[:] = [one for one in new if not start <= self.now[one].start < end]

    def elsewhere(self, *, near: bool) -> Iterator[Change]:
        """What left one place of a sentence and stands in another is kept, if it still counts the same thing.

        ``near`` says that the sentence is nearly as it was, so that one figure gone and another come is one changed.
        """
        left = []
        for at in self.come:
            one = self.now[at]
            same = [other for other in self.gone if self.before[other].key == one.key]
            kept = next((other for other in same if _counts_alike(self.before[other], one)), None)
            was = kept if kept is not None else next(iter(same), None)
            if was is None:
                left.append(at)
                continue
            self.gone.remove(was)
            if kept is not None or not self._overtaken(was, at):
                yield _kept(self.before[was], one)
            else:
                yield self._change("swapped", was, at)
        for at in left:
            was = next((one for one in self.gone if near and self._is_class(one, at)), None)
            if was is not None:
                self.gone.remove(was)
            yield self._change("added" if was is None else "other", was, at)

    def _change(self, kind: ChangeKind, was: int | None, one: int) -> Change:
        token = self.now[one]
        before = None if was is None else self.before[was]
        return Change(kind=kind, before=before, now=token, start=token.start, end=token.end)

    def _is_class(self, was: int, one: int) -> bool:
        return _class(self.before[was]) == _class(self.now[one])

    def _overtaken(self, was: int, one: int) -> bool:
        """Whether another figure stood on one side of it and now stands on the other."""
        kind = _class(self.now[one])
        old = {token.key: at for at, token in enumerate(self.before) if token.claim and _class(token) == kind}
        new = {token.key: at for at, token in enumerate(self.now) if token.claim}
        shared = old.keys() & new.keys() - {self.now[one].key}
        return any((old[key] < was) != (new[key] < one) for key in shared)


def _kept(was: Token, one: Token) -> Change:
    """The same figure; told apart where its decimal sign is that of another language, or another bound stands by it."""
    kind: ChangeKind = "kept"
    if was.text != one.text and was.text.replace(",", ".") == one.text.replace(",", "."):
        kind = "sign"
    elif was.claim and one.claim and was.claim.bound != one.claim.bound:
        kind = _bound(was.claim, one.claim)
    return Change(kind=kind, before=was, now=one, start=one.start, end=one.end)


def _bound(was: Claim, one: Claim) -> ChangeKind:
    """What another bound makes of a figure."""
    if {was.bound, one.bound} <= {None, "about"} or one.unit in SPANS:
        return "kept"
    if one.bound in {None, "about"}:
        return "kept" if was.bound in {"at_least", "at_most"} else "unbound"
    return "flipped" if {was.bound, one.bound} in _FLIPS else "turned"


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


def _misspelt(was: Token, words: Sequence[Token], common: Callable[[str], bool]) -> tuple[int, int] | None:
    """The place of the words that stand where a name stood and are like it, or a name of their own."""
    if not words:
        return None
    said = " ".join(one.text for one in words)
    alike = max(
        SequenceMatcher(None, was.text.casefold(), text.casefold(), autojunk=False).ratio()
        for text in (said, *(one.text for one in words))
    )
    large = [one for one in words if one.text[:1].isupper() and not common(one.text)]
    named = any(one in large for one in words[1:]) or (
        len(words) == 1 and words[0] in large and words[0].start > 0
    )
    return (words[0].start, words[-1].end) if alike >= _NAMELIKE or named else None
