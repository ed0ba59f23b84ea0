"""What changed between two versions of a paper: in facts, causes, actions, evidence and wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from poa.characters import clean
from poa.languages import SPOKEN
from poa.paper import Paper
from poa.policy.causes import cause_codes, gap_codes
from poa.review.compared_cases import case_differences, entries_of
from poa.review.compared_facts import fact_differences
from poa.review.compared_words import Turn, turns
from poa.review.difference import GROUPS, Difference, Group, Place, What, place_of
from poa.review.draft import Draft
from poa.review.ground import Ground
from poa.review.kinds import kind_of, promoted
from poa.review.lexicon import Lexicon
from poa.review.sentences import plain, sentences
from poa.review.shingles import Names, bare
from poa.review.stated import without
from poa.words import Said, said, spoken

__all__ = ["Comparison", "Difference", "Place", "compare", "comparison_data"]

_GROUP_OF: Mapping[str, Group] = {
    "root_cause": "causes",
    "corrective": "actions",
    "preventive": "actions",
    "ship_open_orders": "actions",
    "evidence": "evidence",
}
_NAMES = {
    "heading": said("Heading"),
    "paragraph": said("Sentence"),
    "item": said("Sentence"),
    "row": said("Row of a table"),
    "aside": said("Words beside the text"),
}
_HEADINGS = ("cause", "corrective", "preventive", "evidence")
_LEAST = 8  # signs of a value that is looked for in the text
_NO_GROUND = Ground(facts={}, evidence={}, bases={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions of a paper, and every difference: facts first, then causes, actions, evidence, wording."""

    old: Paper
    new: Paper
    differences: tuple[Difference, ...]


def compare(
    old: Paper, new: Paper, *, old_ground: Ground | None = None, new_ground: Ground | None = None
) -> Comparison:
    """What changed from the old version to the new one.

    With the facts of both, facts and the seller's statements are compared as such; what poa printed from them is
    then not told again as wording. Without, the text alone is.
    """
    before, after = _drafted(old, old_ground), _drafted(new, new_ground)
    told: list[Difference] = []
    untold: Iterable[Turn] = turns(old, new)
    if old_ground is not None and new_ground is not None:
        told = [*fact_differences(old_ground, new_ground)]
        told += (_placed(one, old, new) for one in case_differences(old_ground, new_ground))
        if told:
            untold = _untold(untold, before.paper, after.paper, old_ground, new_ground)
    groups = _groups(before), _groups(after)
    text = [_difference(one, before.paper, after.paper, *groups) for one in untold]
    found = sorted((*told, *text), key=lambda one: GROUPS.index(one.group))  # stable: each group in its order
    return Comparison(old=old, new=new, differences=tuple(found))


def comparison_data(comparison: Comparison, *, language: str = "en") -> dict[str, object]:
    """The comparison as JSON, version 1; sentences of poa stand in ``language``."""
    return {
        "compared": 1,
        "old": comparison.old.name,
        "new": comparison.new.name,
        "same": not comparison.differences,
        "differences": [
            {
                "group": one.group,
                "what": one.what,
                "name": spoken(one.name, language),
                "message": spoken(one.message, language),
                "before": _value(one.before, language),
                "after": _value(one.after, language),
                "old": _place_data(one.old),
                "new": _place_data(one.new),
            }
            for one in comparison.differences
        ],
    }


def _value(text: str, language: str) -> str | None:
    """A value in a language; a text of the paper as it is."""
    return spoken(text, language) if isinstance(text, Said) else text or None


def _place_data(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    return {"heading": place.heading, "paragraph": place.paragraph, "page": place.page}


# --- sentences that read otherwise ---------------------------------------------------------------


def _drafted(paper: Paper, ground: Ground | None) -> Draft:
    """A version as rules see it, for the part of the paper that each line stands in."""
    held = ground or _NO_GROUND
    kind, base = kind_of(paper, held)
    paper = promoted(paper, base)
    drafts = [
        Draft(paper=paper, kind=kind, language=code, lexicon=Lexicon(code), ground=held)
        for code in _languages(paper, ground)
    ]
    return max(drafts, key=lambda one: len(one.parts))


def _languages(paper: Paper, ground: Ground | None) -> tuple[str, ...]:
    told = (paper.language or (ground.language if ground else "")).split("-")[0].casefold()
    return (told,) if told in SPOKEN else SPOKEN


def _groups(draft: Draft) -> dict[int, Group]:
    """The group of each line that stands in a part of the plan."""
    return {at: _GROUP_OF[part] for part, lines in draft.parts.items() if part in _GROUP_OF for at in lines}


def _difference(
    turn: Turn, old: Paper, new: Paper, was_in: Mapping[int, Group], now_in: Mapping[int, Group]
) -> Difference:
    """A turn as a difference; a sentence in which figures alone are others is one of the facts."""
    was, now = turn.was, turn.now
    groups: list[Group] = [was_in.get(was.line, "wording")] if was else []
    groups += [now_in.get(now.line, "wording")] if now else []
    group = min(groups, key=GROUPS.index)
    what: What = "gone" if now is None else "added" if was is None else "reworded"
    if was and now and group in {"causes", "wording"} and bare([was.text]) == bare([now.text]):
        group, what = "facts", "changed"
    line = new.lines[now.line] if now else old.lines[was.line if was else 0]
    return Difference(
        group=group,
        what=what,
        name=_NAMES[line.kind],
        before=was.text if was else "",
        after=now.text if now else "",
        old=place_of(old, was.line) if was else None,
        new=place_of(new, now.line) if now else None,
    )


def _placed(difference: Difference, old: Paper, new: Paper) -> Difference:
    """A difference of the cases with its places in the papers, where its words stand there."""
    return replace(difference, old=_place(old, difference.before), new=_place(new, difference.after))


def _place(paper: Paper, text: str) -> Place | None:
    wanted = plain(text).rstrip(".。")
    if len(wanted) < _LEAST or isinstance(text, Said):
        return None
    found = (at for at, line in enumerate(paper.lines) if wanted in plain(line.text))
    return next((place_of(paper, at) for at in found), None)


# --- what facts and case have told already -------------------------------------------------------


def _untold(
    found: Iterable[Turn], old: Paper, new: Paper, old_ground: Ground, new_ground: Ground
) -> Iterator[Turn]:
    """The turns that say something of their own.

    What poa printed into both papers from facts and cases that differ is told with these, not once more.
    """
    names = Names(name for one in (old_ground, new_ground) for name in one.names)
    was_printed, now_printed = _printed(old_ground), _printed(new_ground)
    was_stated, now_stated = _stated(old_ground), _stated(new_ground)
    before, after = _values(was_stated - now_stated), _values(now_stated - was_stated)
    frame_before = _frames(old, _values(was_stated), names)
    frame_after = _frames(new, _values(now_stated), names)
    for one in found:
        was, now = one.was, one.now
        printed = (was is None or plain(was.text) in was_printed) and (
            now is None or plain(now.text) in now_printed
        )
        if was is not None and now is not None:
            known = _frame(was.text, before, names) == _frame(now.text, after, names)
        elif was is not None:
            known = _known(was.text, before, frame_after, names)
        else:
            known = now is None or _known(now.text, after, frame_before, names)
        if not (printed and known):
            yield one


def _frames(paper: Paper, values: Iterable[str], names: Names) -> set[tuple[str, ...]]:
    """The frame of every sentence of a paper."""
    return {_frame(text, values, names) for line in paper.lines for _, text in sentences(line.text)}


def _frame(text: str, values: Iterable[str], names: Names) -> tuple[str, ...]:
    """What is left of a printed sentence without some values, figures and names."""
    return bare([without(plain(text), values)], names)


def _known(text: str, values: Iterable[str], frames: set[tuple[str, ...]], names: Names) -> bool:
    """Whether the other paper says the same of something else, sentence by sentence."""
    own = [_frame(one, values, names) for _, one in sentences(text)]
    return all(not one or one in frames for one in own)


def _printed(ground: Ground) -> set[str]:
    """Every line that poa printed, and every sentence of one."""
    lines = {line.text for base in ground.bases.values() for line in base.paper.lines}
    return {plain(text) for line in lines for text in (line, *(one for _, one in sentences(line)))}


def _stated(ground: Ground) -> set[str]:
    """Every text that the causes, actions and evidence of a case hold, and what its codes are called."""
    entries = [one for heading in _HEADINGS for one in entries_of(ground.case, heading)]
    values = [
        value for one in entries for name, value in one.items() if name != "id"
    ]  # which no paper prints
    texts = [text for value in values for text in (value if isinstance(value, list | tuple) else (value,))]
    titles = {code: spoken(one.title, ground.language) for code, one in cause_codes().items()}
    titles |= {code: spoken(one.title, ground.language) for code, one in gap_codes().items()}
    told = {clean(text) for text in texts if isinstance(text, str) and clean(text)}
    return told | {titles[one] for one in told if one in titles}


def _values(texts: Iterable[str]) -> list[str]:
    """Values as they stand in plain sentences, and each sentence of one, the longest first."""
    found = {
        plain(one).rstrip(".。") for text in texts for one in (text, *(part for _, part in sentences(text)))
    }
    return sorted(found - {""}, key=lambda one: (-len(one), one))
