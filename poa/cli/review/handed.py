"""What was named on the command line: papers to review, reports to hold them against, facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from poa.errors import InputFault, UsageFault
from poa.files import open_input, provenance_of

SENT = ("plan-of-action", "root-cause-analysis")
_PAPERS = (".docx", ".md", ".txt")  # the first that is there is taken
_REPORTS = {".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".json", ".xml", ".gz", ".zip"}
_TITLES_IN = 4  # lines; a title or two may stand above a header
_START = 1 << 16  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """``drafts`` has the papers of each argument: one, or those of a folder; ``facts`` may be named there too."""

    drafts: tuple[tuple[Path, ...], ...] = ()
    reports: tuple[Path, ...] = ()
    facts: Path | None = None

    @property
    def papers(self) -> tuple[Path, ...]:
        """Every paper once, in the order in which they were named."""
        return tuple(dict.fromkeys(path for one in self.drafts for path in one))


def handed_in(named: Iterable[Path], *, reports: Iterable[Path], facts: Path | None) -> Handed:
    """The arguments told apart.

    Raises InputFault for a file that is missing and a folder without papers, UsageFault where no paper is named.
    """
    drafts: list[tuple[Path, ...]] = []
    rows = [*reports]
    for path in named:
        if path.is_dir():
            drafts.append(papers_in(path))
        elif path.suffix.casefold() == ".json" and _holds_facts(path):
            facts = _one(facts, path)
        elif is_report(path):
            rows.append(path)
        elif path.suffix.casefold() == ".toml":
            raise UsageFault(
                "no_paper",
                f"{path} is no paper.",
                hint="A case file is given with --case, a pack with --pack.",
            )
        else:
            drafts.append((path,))
    if not drafts:
        raise UsageFault(
            "usage",
            "Missing argument 'DRAFT...': a paper to review (.docx, .md or .txt).",
            hint="'poa review --help' shows the way.",
        )
    return Handed(drafts=tuple(drafts), reports=tuple(rows), facts=facts)


def papers_in(folder: Path) -> tuple[Path, ...]:
    """The papers of a folder that are sent; raises InputFault where there are none."""
    found = tuple(_sent(folder))
    if not found:
        raise InputFault(
            "no_papers",
            f"There is no {SENT[0]} and no {SENT[1]} in {folder}.",
            file=str(folder),
            hint="Name the folder that poa appeal wrote, or the paper itself.",
        )
    return found


def is_report(path: Path) -> bool:
    """Whether a file is a report: by its ending; a text by its first lines."""
    ending = path.suffix.casefold()
    return ending in _REPORTS or (ending == ".txt" and _has_titles(path))


def _sent(folder: Path) -> Iterator[Path]:
    """The papers that poa always makes, then those that its record of the folder names: a pack adds and renames some."""
    made = (PurePosixPath(name) for name in sorted(provenance_of(folder).outputs) if "/" not in name)
    others = (one.stem for one in made if one.suffix in _PAPERS)
    for name in dict.fromkeys((*SENT, *others)):
        there = [path for end in _PAPERS if (path := folder / f"{name}{end}").is_file()]
        yield from there[:1]


def _one(facts: Path | None, other: Path) -> Path:
    if facts is not None and facts != other:
        raise UsageFault(
            "two_facts",
            f"{facts} and {other} both hold facts.",
            hint="Name the one that the paper is to be held against.",
        )
    return other


def _holds_facts(path: Path) -> bool:
    """Whether a JSON file is of poa's own making; every such file begins so."""
    return _start(path).lstrip(b"\xef\xbb\xbf \t\r\n{").startswith(b'"facts"')


def _has_titles(path: Path) -> bool:
    """Whether one of the first lines is the header of a report."""
    start = _start(path)
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    lines = start.decode(encoding, "replace").splitlines()[:_TITLES_IN]
    return any(_known(line.split(sign), path.name) for line in lines for sign in "\t,;")


def _known(titles: list[str], name: str) -> bool:
    from poa.reports import recognise

    try:
        return len(titles) > 1 and recognise([one.strip(' "') for one in titles], file=name) is not None
    except InputFault:  # of two report types, or one column twice: a report all the same
        return True


def _start(path: Path) -> bytes:
    with open_input(path).open() as stream:
        return stream.read(_START)
