"""How causes, actions and evidence hang together: no orphan, no cause without an answer, no invented file.

A cause is named by its ``id``, or by its number where it has none. With a single cause, every action
answers it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from poa.case.model import Case, Cause, Corrective, Evidence, Preventive
from poa.errors import CaseFault, did_you_mean
from poa.policy.causes import cause_codes, gap_codes

FaultAt = Callable[[list[str], str, str, str], CaseFault]  # of an entry: its place, code, message and hint
_Action = TypeVar("_Action", Corrective, Preventive)
# What a name of several words must end in to be taken for a file's: "see amazon.com" names none.
_ENDINGS = {
    *("bmp", "csv", "doc", "docx", "eml", "gif", "heic", "htm", "html", "jpeg", "jpg", "json", "msg"),
    *("ods", "odt", "pdf", "png", "rtf", "tif", "tiff", "tsv", "txt", "webp", "xls", "xlsx", "zip"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A cause with what answers it; ``number`` counts from 1, ``external`` is true where a gap must stand beside it."""

    number: int
    cause: Cause
    external: bool
    corrective: tuple[tuple[int, Corrective], ...]
    preventive: tuple[tuple[int, Preventive], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """An enclosed file, numbered from 2 as exhibit 1 is the list of late orders; ``cited_by`` are action numbers."""

    number: int
    file: str
    evidence: Evidence | None
    cited_by: tuple[int, ...]


def name_of(cause: Cause, number: int) -> str:
    """What actions call a cause: its id, or its number from 1."""
    return cause.id or str(number)


def links(case: Case) -> tuple[Linked, ...]:
    """Each cause with the actions that name it."""
    return tuple(
        Linked(
            number=number,
            cause=cause,
            external=is_external(cause),
            corrective=tuple(_answering(case.corrective, cause, number, alone=len(case.cause) == 1)),
            preventive=tuple(_answering(case.preventive, cause, number, alone=len(case.cause) == 1)),
        )
        for number, cause in enumerate(case.cause, start=1)
    )


def is_external(cause: Cause) -> bool:
    """Whether a cause lies with a partner or outside, so that it never stands alone (R16)."""
    known = cause_codes().get(cause.code or "")
    return known is not None and known.layer != "internal"


def exhibits(case: Case, present: Collection[str], *, first: int = 2) -> tuple[Exhibit, ...]:
    """The files of ``evidence/`` that actions name, in the order in which the letter cites them first.

    Behind them those that no action names and that say themselves what they show. ``first`` is the number of
    the first one: 2 behind the list of late orders, 1 where no order is late and there is no list.
    """
    described = {one.file: one for one in case.evidence if one.file}
    cited: dict[str, list[int]] = {}
    for number, action in enumerate(case.corrective, start=1):
        if action.evidence in present:
            cited.setdefault(action.evidence or "", []).append(number)
    for one in case.evidence:
        if one.file in present and one.shows:
            cited.setdefault(one.file or "", [])
    return tuple(
        Exhibit(number=number, file=file, evidence=described.get(file), cited_by=tuple(by))
        for number, (file, by) in enumerate(cited.items(), start=first)
    )


def looks_like_file(words: str) -> bool:
    """Whether words name a file rather than describe one: ``inventory.csv``, ``photos/1 of 2.png``."""
    ending = PurePosixPath(words).suffix.casefold()[1:]
    if " " in words or "@" in words:
        return ending in _ENDINGS
    return 1 <= len(ending) <= 4 and ending.isalnum() and not ending.isdigit()


def check_links(case: Case, fault_at: FaultAt) -> None:
    """Raise CaseFault for a code that does not exist, an id used twice, or an action of no cause."""
    ids = [name_of(cause, number) for number, cause in enumerate(case.cause, start=1)]
    for at, cause in enumerate(case.cause):
        if fault := _fault_of(cause, ids, at):
            key, *told = fault
            raise fault_at(["cause", str(at), key], *told)
    for heading in ("corrective", "preventive"):
        for at, action in enumerate(getattr(case, heading)):
            if action.cause and action.cause not in ids:
                raise fault_at(
                    [heading, str(at), "cause"],
                    "orphan",
                    f"A {heading} action answers the cause '{action.cause}', which is not in the"
                    f" file{did_you_mean(action.cause, ids)}",
                    f"The causes are called: {', '.join(ids)}." if ids else "Write the [[cause]] first.",
                )


def _fault_of(cause: Cause, ids: Sequence[str], at: int) -> tuple[str, str, str, str] | None:
    """What is wrong with a cause by itself: the key, the code, what it is, and what to do."""
    for key, what, known in (("code", "cause", cause_codes()), ("gap", "gap", gap_codes())):
        told = getattr(cause, key)
        if told and told not in known:
            return (
                key,
                f"unknown_{key}",
                f"'{told}' is no {what} of the list{did_you_mean(told.upper(), known)}",
                "'poa case codes' prints the list; 'poa case ask' offers what fits.",
            )
    stated = cause_codes().get(cause.code or "")
    if stated and not stated.in_letter:
        return (
            "code",
            "no_cause_of_a_letter",
            f"{stated.code} is no cause for a letter. {stated.note}",
            "Write another code, or leave it empty: 'poa case codes' prints the list.",
        )
    if ids.index(ids[at]) != at:
        return (
            "id",
            "same_id",
            f"Two causes are called '{ids[at]}'; one without an id is called by its number.",
            "Give each [[cause]] an id of its own.",
        )
    return None


def check_evidence(case: Case, present: Collection[str], fault_at: FaultAt) -> None:
    """Raise CaseFault for evidence that names a file which is not in ``evidence/``."""
    told = [
        *((["corrective", str(at), "evidence"], one.evidence) for at, one in enumerate(case.corrective)),
        *((["evidence", str(at), "file"], one.file) for at, one in enumerate(case.evidence)),
    ]
    for path, file in told:
        if file and file not in present and (path[0] == "evidence" or looks_like_file(file)):
            raise fault_at(
                path,
                "no_such_evidence",
                f"There is no file '{file}' among the evidence{_near(file, present)}",
                "Put it into the folder 'evidence' beside the case file, or leave the entry empty.",
            )


def _near(file: str, present: Collection[str]) -> str:
    """The end of a sentence: the file that was meant, also where only its case or its folder differ."""
    told = file.casefold().removeprefix("evidence/")
    same = next((one for one in present if one.casefold() == told), None)
    return did_you_mean(file, present) if same is None else f"; did you mean '{same}'?"


def _answering(
    actions: tuple[_Action, ...], cause: Cause, number: int, *, alone: bool
) -> Iterator[tuple[int, _Action]]:
    for at, action in enumerate(actions, start=1):
        if action.cause == name_of(cause, number) or (alone and not action.cause):
            yield at, action
