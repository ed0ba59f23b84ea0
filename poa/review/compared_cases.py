"""What the seller says otherwise than before: causes, actions and evidence of two cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from poa.characters import clean
from poa.policy.causes import cause_codes, gap_codes
from poa.review.difference import Difference, differing
from poa.review.ground import Ground
from poa.review.likeness import alike, paired
from poa.words import said

_Entry = Mapping[str, Any]
_MOST = 200  # entries of a heading that are compared


def case_differences(old: Ground, new: Ground) -> Iterator[Difference]:
    """Every difference of two cases."""
    yield from _causes(old.case, new.case)
    yield from _corrective(old.case, new.case)
    yield from _preventive(old.case, new.case)
    yield from _evidence(old, new)


# --- causes --------------------------------------------------------------------------------------


def _causes(old: _Entry, new: _Entry) -> Iterator[Difference]:
    for number, was, now in _numbered(old, new, "cause", _same_cause):
        if was and now:
            yield from _cause(was, now, number)
            continue
        name = said("Cause {number}", number=number)
        yield from differing("causes", name, _told_cause(was), _told_cause(now))


def _told_cause(cause: _Entry) -> str:
    """A cause in its own words, else by its kind."""
    return _text(cause, "statement") or _code(cause) or _text(cause, "shown_by")


def _cause(was: _Entry, now: _Entry, number: int) -> Iterator[Difference]:
    name = said("Cause {number}, kind", number=number)
    yield from differing("causes", name, _code(was), _code(now))
    name = said("Cause {number}, gap in own control", number=number)
    yield from differing("causes", name, _gap(was), _gap(now))
    name = said("Cause {number}, shown by", number=number)
    yield from differing("causes", name, _text(was, "shown_by"), _text(now, "shown_by"))
    name = said("Cause {number}, statement", number=number)
    yield from differing("causes", name, _text(was, "statement"), _text(now, "statement"), text=True)
    name = said("Cause {number}, a step of the whys", number=number)
    before, after = _texts(was, "why"), _texts(now, "why")
    for one, other in paired(before, after, alike):
        step = "" if one is None else before[one]
        yield from differing("causes", name, step, "" if other is None else after[other], text=True)
    name = said("Cause {number}, why it was not noticed", number=number)
    yield from differing("causes", name, _text(was, "escape"), _text(now, "escape"), text=True)


def _same_cause(one: _Entry, other: _Entry) -> float:
    """How surely two entries are one cause: by its name, by what shows it, by its words."""
    if _text(one, "id") and _text(one, "id") == _text(other, "id"):
        return 1.0
    same_code = bool(_text(one, "code")) and _text(one, "code") == _text(other, "code")
    if same_code and _text(one, "shown_by") == _text(other, "shown_by"):
        return 1.0
    return max(alike(_text(one, "statement"), _text(other, "statement")), 0.5 if same_code else 0.0)


def _code(cause: _Entry) -> str:
    code = _text(cause, "code")
    known = cause_codes().get(code)
    return said(known.title) if known else code


def _gap(cause: _Entry) -> str:
    gap = _text(cause, "gap")
    known = gap_codes().get(gap)
    return said(known.title) if known else gap


# --- actions -------------------------------------------------------------------------------------

_OF_CORRECTIVE = {
    "date": "Corrective action {number}, date",
    "evidence": "Corrective action {number}, evidence",
}
_OF_PREVENTIVE = {
    "role": "Preventive action {number}, role",
    "start": "Preventive action {number}, start",
    "frequency": "Preventive action {number}, frequency",
    "measure": "Preventive action {number}, measure",
}


def _corrective(old: _Entry, new: _Entry) -> Iterator[Difference]:
    for number, was, now in _numbered(old, new, "corrective", _same_corrective):
        name = said("Corrective action {number}", number=number)
        yield from differing("actions", name, _text(was, "action"), _text(now, "action"), text=True)
        for key in _OF_CORRECTIVE if was and now else ():
            name = said(_OF_CORRECTIVE[key], number=number)
            yield from differing("actions", name, _text(was, key), _text(now, key))


def _preventive(old: _Entry, new: _Entry) -> Iterator[Difference]:
    for number, was, now in _numbered(old, new, "preventive", _same_preventive):
        name = said("Preventive action {number}", number=number)
        yield from differing("actions", name, _text(was, "control"), _text(now, "control"), text=True)
        for key in _OF_PREVENTIVE if was and now else ():
            name = said(_OF_PREVENTIVE[key], number=number)
            yield from differing("actions", name, _text(was, key), _text(now, key))


def _same_corrective(one: _Entry, other: _Entry) -> float:
    return max(alike(_text(one, "action"), _text(other, "action")), _same_beside(one, other, _OF_CORRECTIVE))


def _same_preventive(one: _Entry, other: _Entry) -> float:
    return max(
        alike(_text(one, "control"), _text(other, "control")), _same_beside(one, other, _OF_PREVENTIVE)
    )


def _same_beside(one: _Entry, other: _Entry, keys: Mapping[str, str]) -> float:
    """Half sure where all that stands beside the words of an action is as it was."""
    beside = [(_text(one, key), _text(other, key)) for key in keys]
    return 0.5 if all(was == now != "" for was, now in beside) else 0.0


# --- evidence ------------------------------------------------------------------------------------


def _evidence(old: Ground, new: Ground) -> Iterator[Difference]:
    """The files of the cases, with title and day, and the number of the annex that each is."""
    before, after = _files(old), _files(new)
    for file in dict.fromkeys((*after, *before)):
        was, now = before.get(file, {}), after.get(file, {})
        if not (was and now):
            name = said("Evidence {file}", file=file)
            yield from differing("evidence", name, _told_file(was, file), _told_file(now, file))
            continue
        name = said("Evidence {file}, title", file=file)
        yield from differing("evidence", name, was["title"], now["title"], text=True)
        name = said("Evidence {file}, day", file=file)
        yield from differing("evidence", name, was["date"], now["date"])
        name = said("Evidence {file}, what it shows", file=file)
        yield from differing("evidence", name, was["shows"], now["shows"], text=True)
        name = said("Evidence {file}, annex", file=file)
        yield from differing("evidence", name, was["number"], now["number"])


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
    for was, now in paired(before, after, likeness):
        number = now if now is not None else was or 0
        yield number + 1, {} if was is None else before[was], {} if now is None else after[now]


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
