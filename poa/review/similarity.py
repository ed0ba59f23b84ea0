"""Whether the seller's own statements are still as poa proposed them, or stand in another client's letter as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from poa.review.draft import Draft, Found
from poa.review.sentences import Sentence, plain
from poa.review.shingles import Index, Names, Run, bare, index_of, length, runs_of, share
from poa.review.stated import Passage, frame, passages, seller_of
from poa.words import Said, said

_LEAST = 8  # words of a passage that tells anything
_LEAST_PROPOSED = 5  # the same where it is a proposal word for word
_OWN_WORDS = said("Say it in your own words: which SKU, on which day, who did what.")
_OWN_CASE = said("Write it from this account's own case: its SKUs, its days, who did what.")
_SPLIT = " \u00b7 "  # between seller, store and day on a letter


def similar(draft: Draft) -> Iterator[Found]:
    """The passages that many sellers send, or that another client sends too."""
    limit = draft.limit("R30") / 100
    proposals = _Proposals.of(draft.ground.proposed, draft.ground.names, limit)
    own = list(passages(draft))
    left = [one for one in own if proposals.left(one)]
    yield from _left_as_proposed(own, left)
    yield from _in_other_letters(draft, [one for one in own if one not in left], proposals.names, limit)


# --- as proposed -------------------------------------------------------------------------------


class _Proposals:
    def __init__(self, texts: tuple[str, ...], names: Names, limit: float) -> None:
        self.names = names
        self._index = index_of(texts, names)
        self._bare = {bare([text], names) for text in texts}
        # Half way between near and word for word: who adds the own detail to a proposal has made it own.
        self._limit = (limit + 1) / 2

    @classmethod
    @lru_cache(maxsize=4)  # all papers of an account are held against the same ones
    def of(cls, texts: tuple[str, ...], names: frozenset[str], limit: float) -> _Proposals:
        """These texts, in which these names are masked."""
        return cls(texts, Names(names), limit)

    def left(self, passage: Passage) -> bool:
        """Whether a passage stands as it was proposed, but for figures."""
        words = bare(passage.texts, self.names)
        if words in self._bare:
            return length([Run(" ".join(words), 0, len(words))]) >= _LEAST_PROPOSED
        runs = runs_of(passage.texts, self.names)
        return length(runs) >= _LEAST and share(runs, self._index) >= self._limit


def _left_as_proposed(own: Iterable[Passage], left: Iterable[Passage]) -> Iterator[Found]:
    """One finding a passage, and one for a chain of whys that mostly stands as proposed."""
    steps = Counter(one.of for one in own if one.field == "why")
    taken = Counter(one.of for one in left if one.field == "why")
    told: set[int] = set()
    for one in left:
        if one.field != "why":
            yield _warning(
                one.places[0],
                said("This stands as poa proposed it, and Amazon knows texts that many sellers send."),
                _OWN_WORDS,
            )
        elif one.of not in told and 2 * taken[one.of] > steps[one.of]:
            told.add(one.of)
            yield _warning(
                one.places[0],
                said(
                    "Of the {steps} steps that lead to this cause, {taken} stand as poa proposed them, and Amazon"
                    " knows texts that many sellers send.",
                    steps=steps[one.of],
                    taken=taken[one.of],
                ),
                _OWN_WORDS,
            )


# --- other clients' letters --------------------------------------------------------------------


def _in_other_letters(draft: Draft, own: Iterable[Passage], names: Names, limit: float) -> Iterator[Found]:
    others = _of_others(draft.others, seller_of(draft.ground.case))
    letters = {name: index_of(texts) for name, texts in others.items()}
    if not letters:
        return
    printed = index_of(frame(draft), names)
    for passage in own:
        if (
            passage.field or draft.ground.bases
        ):  # without the printed paper, its frame would be taken for own words
            yield from _nearest(passage, letters, printed, names, limit)


def _nearest(
    passage: Passage, letters: Mapping[str, Index], printed: Index, names: Names, limit: float
) -> Iterator[Found]:
    """The letter that holds most of a passage, if it holds enough; else of one of its sentences nearly all."""
    units = [(passage.texts, passage.places, limit)]
    if len(passage.texts) > 1:
        units += [
            ((text,), (place,), (limit + 1) / 2)
            for text, place in zip(passage.texts, passage.places, strict=True)
        ]
    for texts, places, least in units:
        runs = _own(runs_of(texts, names), printed)
        if length(runs) < _LEAST:
            continue
        part, letter = max((share(runs, index), name) for name, index in letters.items())
        if part >= least:
            closest = max(
                zip(texts, places, strict=True),
                key=lambda one: share(_own(runs_of([one[0]], names), printed), letters[letter]),
            )
            yield _warning(closest[1], _told(round(part * 100), letter), _OWN_CASE)
            return


def _told(part: int, letter: str) -> Said:
    return said(
        "This stands in {letter} as well, the letter of another account."
        if part == 100
        else "{part} % of this stands in {letter} as well, the letter of another account.",
        part=part,
        letter=letter,
    )


def _own(runs: Iterable[Run], printed: Index) -> list[Run]:
    """The runs that are no words of the pack's own frame: every client's letter has those."""
    return [run for run in runs if not printed.holds(run)]


def _of_others(others: Mapping[str, tuple[str, ...]], seller: str) -> dict[str, tuple[str, ...]]:
    """The letters of other sellers: one that this seller signed is an earlier one of its own."""
    name = plain(seller)
    return {
        letter: texts
        for letter, texts in sorted(others.items())
        if not (name and any(_names(text, name) for text in texts))
    }


def _names(text: str, name: str) -> bool:
    """Whether a sentence names a seller: a name of one short word must stand by itself."""
    said_ = plain(text)
    if name not in said_:
        return False
    return len(name) >= 8 or name in (part.strip(" .,:") for part in said_.split(_SPLIT))


def _warning(place: Sentence, message: Said, remedy: Said) -> Found:
    return Found(at=place, message=message, remedy=remedy, severity="warning")
