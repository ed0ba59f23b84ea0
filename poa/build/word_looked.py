"""A pack's letterhead and its letters looked at: their problems in the form of those of templates, also as comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from poa.errors import InputFault
from poa.packs.checking import Problem
from poa.packs.pack import SHELL
from poa.readers import Note, annotated
from poa.writers.shell import problems
from poa.writers.word_native import Mark, ShellProblem, looked_at

_UNUSED = "unused_file"
_BODY = "body"
_PARTS = (_BODY, "header", "footer")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFiles:
    """The Word files of a pack by name, each as the marks that were read in it, and what is wrong with it as a file."""

    pack: str
    marks: Mapping[str, tuple[Mark, ...]]
    own: Mapping[str, tuple[ShellProblem, ...]]

    @property
    def sources(self) -> dict[str, str]:
        """The marks of each file as the lines of a template, which is checked as any other."""
        return {file: "\n".join(mark.jinja for mark in marks) for file, marks in self.marks.items()}

    def placed(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems that were found in a pack, those of its Word files at their paragraphs, and those of its files."""
        told = tuple(problems)
        unused = {one.file for one in told if one.code == _UNUSED}
        found = [*self._of_marks(told)]
        for file, own in self.own.items():
            if f"{self.pack}/{file}" not in unused:
                found += [problem_of(one, file=f"{self.pack}/{file}") for one in own]
        return tuple(found)

    def _of_marks(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        for one in problems:
            file = one.file.removeprefix(f"{self.pack}/")
            marks = self.marks.get(file)
            if marks is None or one.line is None:
                yield one
            elif one.code == "template_syntax" and any(own.severity == "error" for own in self.own[file]):
                continue  # that marks do not fit into one another was told, where they stand
            else:
                mark = marks[min(one.line, len(marks)) - 1]
                yield replace(
                    one,
                    line=None,
                    column=None,
                    source=mark.place.text,
                    inside=mark.inside,
                    paragraph=mark.place.number,
                )


def look_at(words: Mapping[str, bytes], *, pack: str) -> WordFiles:
    """Read the Word files of a pack's folder, whatever they are."""
    looked = {file: looked_at(data, name=f"{pack}/{file}") for file, data in words.items()}
    return WordFiles(
        pack=pack,
        marks={file: marks for file, (_, marks) in looked.items()},
        own={file: problems for file, (problems, _) in looked.items()},
    )


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
