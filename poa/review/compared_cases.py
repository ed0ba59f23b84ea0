"""What the seller says otherwise than before: causes, actions and evidence of two cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias, TypeVar

from poa.characters import clean
from poa.policy.causes import cause_codes, gap_codes
from poa.review.difference import Difference, differing
from poa.review.ground import Ground
from poa.review.shingles import words_of
from poa.words import said

_T = TypeVar("_T")
_Entry: TypeAlias = Mapping[str, Any]
_MOST = 200  # entries of a heading that are compared
_ALIKE = 0.4  # from here on, a text is another one reworded


def case_differences(old: Ground, new: Ground) -> Iterator[Difference]:
    """Every difference of two cases."""
    yield from _causes(old.case, new.case)
    yield from _actions(old.case, new.case)
    yield from _evidence(old, new)


# --- causes --------------------------------------------------------------------------------------

_OF_CAUSE = {
    "code": "Cause {number}, kind",
    "gap": "Cause {number}, gap in own control",
    "shown_by": "Cause {number}, shown by",
    "statement": "Cause {number}, statement",
    "why": "Cause {number}, a step of the whys",
    "escape": "Cause {number}, why it was not noticed",
}
_OWN_WORDS = {"statement", "why", "escape"}


def _causes(old: _Entry, new: _Entry) -> Iterator[Difference]:
    for number, was, now in _numbered(old, new, "cause", _same_cause):
        if not (was and now):
            name = said("Cause {number}", number=number)
            yield from differing("causes", name, _told_cause(was), _told_cause(now))
            continue
        for key in tuple(_OF_CAUSE):
            name = said(_OF_CAUSE[key], number=number)
            pairs = _steps(was, now) if key == "why" else [(_value(was, key), _value(now, key))]
            for before, after in pairs:
                yield from differing("causes", name, before, after, text=key in _OWN_WORDS)


def _told_cause(cause: _Entry) -> str:
    """A cause in its own words, else by its kind."""
    return _text(cause, "statement") or _value(cause, "code") or _text(cause, "shown_by")


def _steps(was: _Entry, now: _Entry) -> Iterator[tuple[str, str]]:
    """The steps of the whys of a cause, each with the one that it was."""
    before, after = _texts(was, "why"), _texts(now, "why")
    for one, other in _paired(before, after, _alike):
        yield "" if one is None else before[one], "" if other is None else after[other]


def _same_cause(one: _Entry, other: _Entry) -> float:
    """How surely two entries are one cause: by its name, by what shows it, by its words."""
    if _text(one, "id") and _text(one, "id") == _text(other, "id"):
        return 1.0
    same_code = bool(_text(one, "code")) and _text(one, "code") == _text(other, "code")
    if same_code and _text(one, "shown_by") == _text(other, "shown_by"):
        return 1.0
    return max(_alike(_text(one, "statement"), _text(other, "statement")), 0.5 if same_code else 0.0)


def _value(cause: _Entry, key: str) -> str:
    """What a cause says under a key; of a code or a gap, its title."""
    text = _text(cause, key)
    titled = cause_codes() if key == "code" else gap_codes() if key == "gap" else {}
    known = titled.get(text)
    return said(known.title) if known else text


# --- actions -------------------------------------------------------------------------------------

# Of each part its words first, then what stands beside them.
_OF_ACTION = {
    ("corrective", "action"): "Corrective action {number}",
    ("corrective", "date"): "Corrective action {number}, date",
    ("corrective", "evidence"): "Corrective action {number}, evidence",
    ("preventive", "control"): "Preventive action {number}",
    ("preventive", "role"): "Preventive action {number}, role",
    ("preventive", "start"): "Preventive action {number}, start",
    ("preventive", "frequency"): "Preventive action {number}, frequency",
    ("preventive", "measure"): "Preventive action {number}, measure",
}


def _actions(old: _Entry, new: _Entry) -> Iterator[Difference]:
    for part in ("corrective", "preventive"):
        words, *beside = (key for of, key in _OF_ACTION if of == part)
        for number, was, now in _numbered(old, new, part, partial(_same_action, words, beside)):
            for key in (words, *beside) if was and now else (words,):
                name = said(_OF_ACTION[part, key], number=number)
                yield from differing("actions", name, _text(was, key), _text(now, key), text=key == words)


def _same_action(words: str, beside: Sequence[str], one: _Entry, other: _Entry) -> float:
    """By its words; half sure where all that stands beside them is as it was."""
    same = all(_text(one, key) == _text(other, key) != "" for key in beside)
    return max(_alike(_text(one, words), _text(other, words)), 0.5 if same else 0.0)


# --- evidence ------------------------------------------------------------------------------------

_OF_FILE = {
    "title": "Evidence {file}, title",
    "date": "Evidence {file}, day",
    "shows": "Evidence {file}, what it shows",
    "number": "Evidence {file}, annex",
}


def _evidence(old: Ground, new: Ground) -> Iterator[Difference]:
    """The files of the cases, with title and day, and the number of the annex that each is."""
    before, after = _files(old), _files(new)
    for file in dict.fromkeys((*after, *before)):
        was, now = before.get(file, {}), after.get(file, {})
        if not (was and now):
            name = said("Evidence {file}", file=file)
            yield from differing("evidence", name, _told_file(was, file), _told_file(now, file))
            continue
        for key in tuple(_OF_FILE):
            name = said(_OF_FILE[key], file=file)
            yield from differing("evidence", name, was[key], now[key], text=key in {"title", "shows"})


def _told_file(evidence: Mapping[str, str], file: str) -> str:
    return evidence.get("title") or (file if evidence else "")


def _files(ground: Ground) -> dict[str, dict[str, str]]:
    numbers = {_text(one, "file"): _text(one, "number") for one in ground.enclosed}
    return {
        file: {
            **{key: _text(one, key) for key in ("title", "date", "shows")},
            "number": numbers.get(file, ""),
        }
        for one in entries_of(ground.case, "evidence")
        if (file := _text(one, "file"))
    }


# --- entries -------------------------------------------------------------------------------------


def _numbered(
    old: _Entry, new: _Entry, heading: str, likeness: Callable[[_Entry, _Entry], float]
) -> Iterator[tuple[int, _Entry, _Entry]]:
    """The entries of a heading that belong together, each with the number that it has now, or had."""
    before, after = entries_of(old, heading), entries_of(new, heading)
    for was, now in _paired(before, after, likeness):
        number = now if now is not None else was or 0
        yield number + 1, {} if was is None else before[was], {} if now is None else after[now]


def _alike(one: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1: words, and words that stand side by side."""
    mine, theirs = _pieces(one), _pieces(other)
    shared = (mine & theirs).total()
    return 2 * shared / max(mine.total() + theirs.total(), 1)


def _paired(
    old: Sequence[_T], new: Sequence[_T], likeness: Callable[[_T, _T], float]
) -> list[tuple[int | None, int | None]]:
    """Positions in both lists of what is the same entry, in the order of the new; None for what came or went.

    The likest pairs are made first, of equally like ones those that stand nearest to each other: so the pairs
    are the same where the lists change places.
    """
    scores = sorted(
        (-score, abs(was - now), was + now, was, now)
        for was, one in enumerate(old)
        for now, other in enumerate(new)
        if (score := likeness(one, other)) >= _ALIKE
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, was, now in scores:
        if now not in partner and was not in taken:
            partner[now] = was
            taken.add(was)
    gone = [(was, None) for was in range(len(old)) if was not in taken]
    return [*((partner.get(now), now) for now in range(len(new))), *gone]


def _pieces(text: str) -> Counter[tuple[str, ...]]:
    words = words_of(text)
    return Counter([*((word,) for word in words), *pairwise(words)])


def entries_of(case: Mapping[str, Any], heading: str) -> list[Mapping[str, Any]]:
    """The entries under a heading of a case."""
    found = case.get(heading)
    return (
        [one for one in found if isinstance(one, Mapping)][:_MOST] if isinstance(found, list | tuple) else []
    )


def _texts(entry: _Entry, key: str) -> list[str]:
    found = entry.get(key)
    return [clean(one) for one in found if isinstance(one, str)] if isinstance(found, list | tuple) else []


def _text(entry: _Entry, key: str) -> str:
    found = entry.get(key)
    return clean(str(found)) if isinstance(found, str | int) and not isinstance(found, bool) else ""
