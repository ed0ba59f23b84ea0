"""Which words of an edited paper were which when poa printed it: line by line, then sentence by sentence.

Whatever a word processor does to a text (runs, quotes, blanks, styles, a table in another place) leaves its
words equal here; what was reworded is paired with what it most resembles; what resembles nothing is new.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from poa.paper import CELL_GAP, Line, Paper
from poa.review.sentences import Sentence, sentences
from poa.review.wording import Wordings, seen, wording

_ALIKE = 0.5  # of the words, figures masked: less is another sentence
_ALIKE_ELSEWHERE = 0.6  # the same for a sentence that stands in another paragraph
_CLOSE = 0.8  # of the words: less, and the sentence may as well be a new one
_GAIN = 0.02  # so much more alike are two printed sentences that were joined than either alone
_PART = 0.85  # of the words of a piece are in the sentence that it was cut from
_CELL = 30  # signs; a longer text in a row is a sentence
_PIECE = 5  # words; a shorter piece could be cut from anything
_NEAR = 30  # lines between two known ones that are looked at whatever their words


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Words of the edited paper and those that they were; ``before`` is None for new ones.

    ``same`` is true where nothing but signs of layout differs, ``piece`` where only a part of what was
    printed is left, ``cell`` for a cell of a table that holds a figure or a word and no sentence; ``loose``
    where it stood elsewhere and so much differs that it may as well be a sentence of its own.
    """

    now: Sentence
    before: Sentence | None
    same: bool = False
    piece: bool = False
    cell: bool = False
    loose: bool = False


def aligned(paper: Paper, printed: Paper) -> tuple[Pair, ...]:
    """Every sentence of a paper (every line that is as it was, and every row, is one) with what it was."""
    lines = _Matching(paper.lines, printed.lines)
    found: list[Pair] = []
    new: list[Sentence] = []
    left: list[Sentence] = []
    taken = set(lines.pairs.values())
    for at, line in enumerate(printed.lines):
        if at not in taken:
            left += spans(at, line)
    for at, line in enumerate(paper.lines):
        before = lines.pairs.get(at)
        if before is None and line.kind == "aside":  # what stands beside the text was none of it
            found += [Pair(now=span, before=None) for span in spans(at, line)]
        elif before is None:
            new += spans(at, line)
        elif at in lines.same:
            whole = Sentence(line=before, start=0, text=printed.lines[before].text)
            found.append(Pair(now=Sentence(line=at, start=0, text=line.text), before=whole, same=True))
        else:
            paired, fresh, gone = _matched(
                spans(at, line), spans(before, printed.lines[before]), least=_ALIKE
            )
            paired, gone = _joined(paired, gone, printed.lines[before].text)
            found += paired
            new += fresh
            left += gone
    found += _elsewhere(new, left)
    return tuple(sorted(found, key=lambda one: (one.now.line, one.now.start)))


def cells(pair: Pair) -> Iterator[Pair]:
    """A row cell by cell, also where a column came or went; anything else as it is."""
    before, now = pair.before, pair.now
    old, new = _cells(before) if before else [], _cells(now)
    if before is None or min(len(old), len(new)) == 1:
        yield pair
        return
    for at, other in enumerate(_columns([one.text for one in old], [one.text for one in new])):
        was = None if other is None else old[other]
        yield Pair(now=new[at], before=was, cell=len(new[at].text) < _CELL)


def _cells(span: Sentence) -> list[Sentence]:
    found, start = [], span.start
    for text in span.text.split(CELL_GAP):
        found.append(Sentence(line=span.line, start=start, text=text))
        start += len(text) + len(CELL_GAP)
    return found


def _columns(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Which cell each one was; of rows of another length, those that are equal tell which the others were."""
    if len(old) == len(new):
        return [*range(len(new))]
    found: list[int | None] = [None] * len(new)
    matcher = SequenceMatcher(None, [seen(one) for one in old], [seen(one) for one in new], autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        for at, other in zip(range(c, d), range(a, b), strict=False):
            found[at] = other
    return found


# --- lines -------------------------------------------------------------------------------------


class _Matching:
    """Pairs of positions: ``same`` those of equal lines, ``pairs`` all."""

    def __init__(self, now: Sequence[Line], before: Sequence[Line]) -> None:
        self.pairs = _equal([seen(one.text) for one in now], [seen(one.text) for one in before])
        self.same = frozenset(self.pairs)
        left = set(range(len(before))) - set(self.pairs.values())
        words = {at: wording(before[at].text) for at in left}
        index = Wordings(words)
        known = sorted(self.pairs)
        scores = []
        for at in (one for one in range(len(now)) if one not in self.pairs):
            beside = now[at].kind == "aside"  # which was words of a picture, or none of the paper's
            own = wording(now[at].text)
            # Where it would stand if nothing between it and the nearest known line above had come or gone.
            above = known[place - 1] if (place := bisect_left(known, at)) else -1
            wanted = self.pairs.get(above, -1) + at - above
            near = range(wanted - _NEAR, wanted + _NEAR + 1)
            for other in index.like(own, least=_ALIKE, near=near):
                if beside and before[other].kind != "aside":
                    continue
                alike = own.alike(words[other])
                if alike >= _ALIKE:
                    score = alike + own.same(words[other]) + (0.1 if other in near else 0)
                    scores.append((-score, abs(other - wanted), at, other))
        for _, _, at, other in sorted(scores):
            if at not in self.pairs and other in left:
                self.pairs[at] = other
                left.remove(other)


def _equal(now: Sequence[str], before: Sequence[str]) -> dict[int, int]:
    """Equal ones paired in their order, wherever they stand."""
    places: dict[str, deque[int]] = defaultdict(deque)
    for at, one in enumerate(before):
        places[one].append(at)
    return {at: places[one].popleft() for at, one in enumerate(now) if places[one]}


# --- sentences ---------------------------------------------------------------------------------


def spans(at: int, line: Line) -> list[Sentence]:
    """The sentences of a line, a row as one of them, as they are laid beside each other."""
    if line.kind == "row":
        return [Sentence(line=at, start=0, text=line.text)]
    return [Sentence(line=at, start=start, text=text) for start, text in sentences(line.text)]


def _elsewhere(new: Sequence[Sentence], left: Sequence[Sentence]) -> list[Pair]:
    """New sentences that stood in another paragraph, whole or as a piece of one; the others as new."""
    found, fresh, left_over = _matched(new, left, least=_ALIKE_ELSEWHERE, elsewhere=True)
    index = Wordings({at: wording(one.text) for at, one in enumerate(left_over)})
    for span in fresh:
        own = wording(span.text)
        at = index.whole_of(own, least=_PART) if len(own.raw) >= _PIECE else None
        whole = None if at is None else left_over[at]
        found.append(Pair(now=span, before=whole, piece=whole is not None, loose=whole is not None))
    return found


def _matched(
    now: Sequence[Sentence], before: Sequence[Sentence], *, least: float, elsewhere: bool = False
) -> tuple[list[Pair], list[Sentence], list[Sentence]]:
    pairs = _equal([seen(one.text) for one in now], [seen(one.text) for one in before])
    found = [Pair(now=now[at], before=before[other], same=True) for at, other in pairs.items()]
    taken = set(pairs.values())
    left = {at: wording(one.text) for at, one in enumerate(before) if at not in taken}
    index = Wordings(left)
    scores = []
    for at, one in enumerate(now):
        if at in pairs:
            continue
        own = wording(one.text)
        for other in index.like(own, least=least, near=(at,)):
            alike = own.alike(left[other])
            if alike >= least:
                scores.append((-(alike + own.same(left[other])), abs(at - other), at, other, alike))
    for _, _, at, other, alike in sorted(scores):
        if at not in pairs and other in left:
            pairs[at] = other
            del left[other]
            found.append(Pair(now=now[at], before=before[other], loose=elsewhere and alike < _CLOSE))
    fresh = [one for at, one in enumerate(now) if at not in pairs]
    return found, fresh, [before[at] for at in sorted(left)]


def _joined(pairs: list[Pair], left: list[Sentence], line: str) -> tuple[list[Pair], list[Sentence]]:
    """Sentences that were joined to one, each with all that it was made of; and what is left of the line."""
    found, left = [], [*left]
    for pair in pairs:
        grown = pair
        while not pair.same and (more := next((one for one in left if _grown(grown, one, line)), None)):
            left.remove(more)
            grown = _grown(grown, more, line) or grown
        found.append(grown)
    return found, left


def _grown(pair: Pair, more: Sentence, line: str) -> Pair | None:
    """The pair with a sentence that stood beside its own; None where it resembles both less than the one."""
    before = pair.before
    if before is None or more.line != before.line:
        return None
    first, last = (more, before) if more.start < before.start else (before, more)
    if line[first.start + len(first.text) : last.start].strip():
        return None  # another sentence stands between them
    both = replace(first, text=line[first.start : last.start + len(last.text)])
    own = wording(pair.now.text)
    alike = own.alike(wording(both.text))
    if alike < own.alike(wording(before.text)) + _GAIN:
        return None
    return replace(pair, before=both)
