"""Which sentences of a paper came, went or read otherwise; one that was only moved or set otherwise is no difference."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from poa.paper import Paper
from poa.review.aligning import Pair, aligned, spans
from poa.review.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A sentence as it was and as it is; one of them is None where it came or went.

    A whole paragraph, item or row that came or went is one turn.
    """

    was: Sentence | None
    now: Sentence | None


def turns(old: Paper, new: Paper) -> list[Turn]:
    """What reads otherwise, in the order of the new paper; what went stands where it was missed.

    The two papers are laid beside each other in one order, whichever is the newer: so the answer is the same
    seen from either side.
    """
    if _texts(old) <= _texts(new):
        found, above = _turns(old, new)
    else:
        back, above = _turns(new, old)
        found = [Turn(was=one.now, now=one.was) for one in back]
        above = {now: was for was, now in above.items()}
    known = sorted(above)

    def order(one: Turn) -> tuple[int, int, int]:
        if one.now is not None:
            return one.now.line, 1, one.now.start
        line = one.was.line if one.was else 0
        place = bisect_right(known, line)
        return (above[known[place - 1]] if place else -1), 2, line

    return sorted(found, key=order)


def _texts(paper: Paper) -> tuple[str, ...]:
    return tuple(line.text for line in paper.lines)


def _turns(old: Paper, new: Paper) -> tuple[list[Turn], Mapping[int, int]]:
    """The turns, and which line of the new paper holds what stood in a line of the old one."""
    pairs = aligned(new, old)
    found = [Turn(was=one.before, now=one.now) for one in pairs if one.before is not None and not one.same]
    came = [one.now for one in pairs if one.before is None]
    found += [Turn(was=None, now=span) for span in _gathered(came, new)]
    found += [Turn(was=span, now=None) for span in _gathered(_gone(pairs, old), old)]
    return found, {one.before.line: one.now.line for one in pairs if one.before is not None}


def _gone(pairs: Iterable[Pair], old: Paper) -> Iterator[Sentence]:
    """The sentences that stand beside none."""
    kept: dict[int, list[Sentence]] = defaultdict(list)
    for one in pairs:
        if one.before is not None:
            kept[one.before.line].append(one.before)
    for at in range(len(old.lines)):
        for span in spans(at, old.lines[at]):
            if not any(
                one.start <= span.start and span.start + len(span.text) <= one.start + len(one.text)
                for one in kept[at]
            ):
                yield span


def _gathered(found: Iterable[Sentence], paper: Paper) -> Iterator[Sentence]:
    """Sentences that make up a whole line together as that line, the others as they are."""
    by_line: dict[int, list[Sentence]] = defaultdict(list)
    for span in found:
        by_line[span.line].append(span)
    for at, together in by_line.items():
        if len(together) > 1 and len(together) == len(spans(at, paper.lines[at])):
            yield Sentence(line=at, start=0, text=paper.lines[at].text)
        else:
            yield from together
