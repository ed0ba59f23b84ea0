"""``--annotate``: a copy of a Word paper with each finding as a comment at its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from poa.errors import OutputFault, UsageFault
from poa.files import check_output, replace_file
from poa.review import Finding, Review
from poa.words import said, spoken

_WORD = ".docx"
_SEVERITIES = {
    "error": "Error {rule}: {message}",
    "warning": "Warning {rule}: {message}",
    "info": "Note {rule}: {message}",
}


def check_annotate(papers: Sequence[Path], out: Path | None, *, replace: bool) -> None:
    """Raise before any work where a copy cannot be made or written.

    UsageFault for a paper that takes no comments and for two of one name, OutputFault for a copy that is there.
    """
    copies: dict[Path, Path] = {}
    for path in papers:
        if path.suffix.casefold() != _WORD:
            raise UsageFault(
                "no_word_file",
                f"{path} is no Word file, and only a Word file takes comments.",
                hint="Name the .docx, or leave --annotate out: the findings are listed all the same.",
            )
        copy = copy_of(path, out)
        if copy in copies:
            raise UsageFault(
                "one_copy_for_two",
                f"The copies of {copies[copy]} and {path} would both be {copy}.",
                hint="Review them one by one, each with its own --out.",
            )
        copies[copy] = path
        check_output(copy.parent, replace=True)  # the folder may hold other things
        if copy.exists() and not (replace and copy.is_file()):
            raise OutputFault(
                "already_exists",
                f"{copy} is already there, and was not touched.",
                file=str(copy),
                hint="Name another folder with --out, or add --overwrite to replace the copy.",
            )


def copy_of(path: Path, out: Path | None) -> Path:
    """Where the copy goes: beside the paper, or into a folder."""
    return (out or path.parent) / f"{path.stem}-reviewed{_WORD}"


def annotate(path: Path, data: bytes, review: Review, *, out: Path | None, language: str) -> Path:
    """Write the copy with its comments; raises OutputFault where it cannot be written."""
    from poa.readers import Note, annotated

    notes = [
        Note(line=one.line, start=one.start, text=one.text, comment=comment_of(one, language))
        for one in review.findings
    ]
    copy = copy_of(path, out)
    replace_file(copy, annotated(data, notes, name=str(path)))
    return copy


def comment_of(finding: Finding, language: str) -> str:
    """A finding as Word shows it beside the words."""
    told = said(_SEVERITIES[finding.severity], rule=finding.rule, message=finding.message)
    return f"{spoken(told, language)}\n{spoken(finding.remedy, language)}"
