"""A pack's ``shell.docx`` looked at: its problems in the form of those of templates, and a copy with them as comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from poa.errors import InputFault
from poa.packs.checking import Problem
from poa.packs.pack import SHELL
from poa.readers import Note, annotated
from poa.writers.shell import ShellProblem, problems

_BODY = "body"
_PARTS = (_BODY, "header", "footer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A copy of a shell with comments, and how many; or why there is none, as one sentence."""

    data: bytes = b""
    comments: int = 0
    why_not: str = ""


def problems_of_shell(data: bytes, *, pack: str) -> tuple[Problem, ...]:
    """Every problem of the shell of a pack, errors first; what its maker should know, though it works, is a warning."""
    file = f"{pack}/{SHELL}"
    return tuple(problem_of(one, file=file) for one in _told(problems(data, name=file)))


def problem_of(one: ShellProblem, *, file: str) -> Problem:
    """A problem of a Word file in the form of those of templates; whatever is no error is a warning."""
    return Problem(
        code=one.code,
        severity="error" if one.severity == "error" else "warning",
        message=one.message,
        remedy=one.remedy,
        file=file,
        source=one.text,
        inside=one.inside,
        paragraph=one.paragraph,
    )


def annotated_shell(data: bytes, *, pack: str) -> Annotated:
    """A copy of the shell with each problem as a comment at its paragraph; the same shell gives the same bytes.

    Word takes no comment in a header or footer: those stand at the first paragraph, and name their place.
    """
    name = f"{pack}/{SHELL}"
    found = problems(data, name=name)
    if not found:
        return Annotated(why_not=f"There is nothing to comment on in {name}, and no copy was written.")
    if any(one.acts for one in found):
        why = f"No copy of {name} was written: a file that can run something or leads out of itself is not copied."
        return Annotated(why_not=why)
    notes = [_note(one) for one in _told(found)]
    try:
        return Annotated(data=annotated(data, notes, name=name), comments=len(notes))
    except InputFault:
        why = f"No copy of {name} was written: the file cannot be opened, so no comment has a place in it."
        return Annotated(why_not=why)


def _told(found: Iterable[ShellProblem]) -> Iterator[ShellProblem]:
    """The problems as they stand in the file, without those that say again, of another part, that it has macros."""
    has_macro = False
    for one in sorted(found, key=_order):
        if one.code == "macro" and has_macro:
            continue
        has_macro = has_macro or one.code == "macro"
        yield one


def _order(one: ShellProblem) -> tuple[bool, int, str, int]:
    """Errors first; what is about the whole file, the body, then its headers, footers and all else."""
    rank = next((at for at, part in enumerate(_PARTS) if one.inside.startswith(part)), len(_PARTS))
    return one.severity != "error", 0 if not one.inside else rank + 1, one.part, one.paragraph or 0


def _note(one: ShellProblem) -> Note:
    is_here = one.inside.startswith(_BODY)
    severity = "Error" if one.severity == "error" else "Warning"
    place = "" if is_here else f"{one.inside[:1].upper()}{one.inside[1:]}"
    words = f'{place}, which says "{one.text}"' if place and one.text else place
    lines = (f"{severity}: {one.message}", *([f"Place: {words}."] if words else []), one.remedy)
    return Note(
        line=None,
        start=0,
        text="",
        comment="\n".join(line for line in lines if line),
        paragraph=one.paragraph if is_here else None,
    )
