"""Letters of other clients, which a paper must not repeat: read from a folder, each only for its sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from poa.cli.review.handed import is_report
from poa.doing import Doing, Tell
from poa.errors import InputFault, PoaError
from poa.files import files_in, read
from poa.paper import Paper
from poa.readers import read_paper
from poa.review.sentences import sentences

_ENDINGS = {".docx", ".md", ".txt"}
_MOST = 500
_LIMIT = 64 << 20  # bytes
_OWN = {
    "internal",
    "case",
    "sent",
    "inputs",
    "evidence",
}  # folders of a run and of a case that hold no letter to send
_SAID_IN = {"paragraph", "item", "row"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """One letter: where it lies, its name in the folder, and its sentences."""

    path: Path
    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """The letters of a folder; ``unread`` are the names of files that are no papers."""

    letters: tuple[Other, ...] = ()
    unread: tuple[str, ...] = ()

    def beside(self, path: Path, paper: Paper, *, home: Path | None) -> Mapping[str, tuple[str, ...]]:
        """Their sentences by name, without the paper itself, its copies and what else its own run wrote."""
        own, said = path.resolve(), sentences_of(paper)
        inside = home.resolve() if home else None
        return {
            one.name: one.sentences
            for one in self.letters
            if one.path != own
            and one.sentences != said
            and (inside is None or not one.path.is_relative_to(inside))
        }


def read_others(folder: Path, *, tell: Tell) -> Others:
    """The letters in a folder and below; raises InputFault where there is no folder, or far too much in it."""
    if not folder.is_dir():
        raise InputFault("no_such_folder", f"There is no folder {folder}.", file=str(folder))
    found = {name: path for name, path in files_in(folder).items() if _is_letter(name, path)}
    if len(found) > _MOST:
        raise InputFault(
            "too_many_letters",
            f"{folder} holds {len(found):,} papers; at most {_MOST} are compared.",
            file=str(folder),
            hint="Name a folder inside it, or move the older ones away.",
        )
    letters: dict[tuple[str, ...], Other] = {}
    unread = []
    for number, (name, path) in enumerate(found.items()):
        tell(Doing(f"Reading {name}", done=number, total=len(found)))
        try:
            said = sentences_of(read_paper(read(path, limit=_LIMIT), name=path.name))
        except PoaError:
            unread.append(name)
            continue
        if said:  # a letter in Word, Markdown and text is one letter
            letters.setdefault(said, Other(path=path.resolve(), name=name, sentences=said))
    return Others(letters=tuple(letters.values()), unread=tuple(unread))


def sentences_of(paper: Paper) -> tuple[str, ...]:
    """What a paper says in sentences; headings answer the notice and are alike everywhere."""
    lines = [line for line in paper.lines if line.kind in _SAID_IN]
    return tuple(said for line in lines for text in line.cells or (line.text,) for _, said in sentences(text))


def _is_letter(name: str, path: Path) -> bool:
    inner = set(name.split("/")[:-1])
    return (
        path.suffix.casefold() in _ENDINGS
        and not path.name.startswith("~$")  # Word's mark of a file that is open
        and not inner & _OWN
        and not is_report(path)
    )
