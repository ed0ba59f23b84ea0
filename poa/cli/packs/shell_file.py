"""The letterhead of a pack that is checked: read whatever it is, and copied with its problems as comments."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from poa.build.word_looked import annotated_shell, problems_of_shell
from poa.cli.pack_folders import shell_of
from poa.errors import InputFault, OutputFault
from poa.files import replace_file, save_new
from poa.packs.checking import Problem
from poa.packs.pack import SHELL

_COPY = "shell-annotated.docx"
_OTHER_FILE = "Name another file with --out."
_OTHERS = {".doc", ".docm", ".dot", ".dotm", ".dotx", ".odt", ".ott", ".rtf", ".pages"}
_SMALLER = "Make its pictures smaller; in Word: Picture Format > Compress Pictures."
_READABLE = "Let yourself read it, close it in other programs, or take it out of the folder."


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The shell of a folder, None where there is none that papers would take (``unused`` says why), and its problems."""

    data: bytes | None
    problems: tuple[Problem, ...]
    unused: str = ""

    @property
    def is_broken(self) -> bool:
        """Whether no Word paper can be made in it."""
        return any(one.severity == "error" for one in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """The copy that was written, None where there is none; ``words`` say in one sentence what became of it."""

    path: Path | None
    words: str

    def as_data(self) -> dict[str, object]:
        """The same as JSON has it: the copy, and why there is none."""
        return {
            "annotated": None if self.path is None else str(self.path),
            "not_annotated": self.words if self.path is None else None,
        }


def look(folder: Path, *, pack: str) -> Looked:
    """Read the shell of a pack's folder; one that cannot be read is a problem like any other."""
    path = folder / SHELL
    if path.is_symlink() or (path.exists() and not path.is_file()):
        what = "a link" if path.is_symlink() else "no file"
        ignored = Problem(
            code="shell_ignored",
            severity="warning",
            message=f"It is {what}, and is not used: the papers have the built-in look.",
            remedy="Put the Word file itself into the folder, under this name.",
            file=f"{pack}/{SHELL}",
        )
        return Looked(data=None, problems=(ignored,), unused=f"is {what}")
    try:
        data = shell_of(folder)
    except InputFault as fault:
        is_large = fault.code == "too_large"
        unread = Problem(
            code=fault.code,
            severity="error",
            message="It is larger than 20 MB." if is_large else fault.message,
            remedy=_SMALLER if is_large else _READABLE,
            file=f"{pack}/{SHELL}",
        )
        return Looked(data=None, problems=(unread,), unused="is not read")
    if data is None:
        return Looked(data=None, problems=_of_other_kinds(folder, pack), unused="is not there")
    return Looked(data=data, problems=problems_of_shell(data, pack=pack))


def _of_other_kinds(folder: Path, pack: str) -> tuple[Problem, ...]:
    """A warning of each file that was meant as the shell, but is of a kind that no paper takes."""
    meant = SHELL.partition(".")[0]
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return tuple(
        Problem(
            code="shell_ignored",
            severity="warning",
            message=f"It is not used: a letterhead is a Word document, {SHELL}. The papers have the built-in look.",
            remedy=f"Open it in Word or LibreOffice, and save it as {SHELL} beside it.",
            file=f"{pack}/{one.name}",
        )
        for one in found
        if one.stem.casefold() == meant and one.suffix.casefold() in _OTHERS
    )


def copy_for(looked: Looked, *, pack: str, out: Path | None, replace: bool, folder: Path) -> Copied:
    """Write the copy with comments; raises OutputFault where it is there already or cannot be written.

    The shell itself is never written to, whatever ``out`` is called.
    """
    if looked.data is None:
        return Copied(path=None, words=f"No copy was written: {pack}/{SHELL} {looked.unused}.")
    made = annotated_shell(looked.data, pack=pack)
    if made.why_not:
        return Copied(path=None, words=made.why_not)
    path = out or Path(_COPY)
    if path.exists() and path.samefile(folder / SHELL):
        raise OutputFault(
            "own_shell",
            f"{path} is the shell itself, which is never changed.",
            file=str(path),
            hint=_OTHER_FILE,
        )
    if path.is_file() and not replace:
        raise OutputFault(
            "already_exists",
            f"{path} is already there, and was not touched.",
            file=str(path),
            hint="Name another file with --out, or add --overwrite to replace the copy.",
        )
    if path.is_file():
        replace_file(path, made.data)
    else:
        save_new(path, made.data, hint=_OTHER_FILE)
    count = f"{made.comments} comment{'' if made.comments == 1 else 's'}"
    return Copied(path=path, words=f"A copy of {pack}/{SHELL} with {count}, for Word: {path}")
