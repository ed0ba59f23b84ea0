"""What the preview knows: the pack as it lies in its folder now, each document as it was last good, what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from threading import Condition, Event, Lock, Thread

from poa.build.filled import faults_apart
from poa.build.sampled import Sampled, sampled
from poa.build.samples import SAMPLES
from poa.cli.pack_folders import open_packs
from poa.document import Block, BulletList, Document, Heading, NumberedList, Quote, gaps
from poa.errors import InputFault, PackFault, PoaError
from poa.files import bundled, read_folder
from poa.markdown import CLOSE, FACT_OPEN, FACT_SPLIT, GAP_OPEN
from poa.packs import Pack
from poa.packs.pack import WORD
from poa.writers import writer
from poa.writers.shell import in_word

_EVERY = 0.15  # seconds between two looks at the folder
_SETTLED = 0.04  # seconds in which a file that was written changes no more
_AROUND = 2  # lines shown before and after the one that is wrong
_WIDEST = 400  # characters of a line that are shown
_LONGEST = 1200  # characters of a hint
_KEPT = 60  # documents whose last good page stays
_FACT = re.compile(f"{FACT_OPEN}[^{FACT_SPLIT}]*{FACT_SPLIT}|{CLOSE}|{GAP_OPEN}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is looked at."""

    document: str
    language: str
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something wrong: where, what, the remedy, and the lines around as number and text; ``line`` is the one."""

    place: str
    message: str
    hint: str = ""
    line: int | None = None
    lines: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Good:
    """A document that could be made: its tree, what it was made of, its page, and the heading above what changed last."""

    paper: Document
    made: Sampled = field(repr=False)
    page: bytes = field(repr=False)
    mark: str
    changed: str = ""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class View:
    """A document at one moment: ``good`` is the last page that could be made, old where ``is_new`` is false."""

    version: int
    good: Good | None
    is_new: bool
    troubles: tuple[Trouble, ...]


class Desk:
    """A pack folder under watch. ``version`` grows with each change of a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = folder.resolve().name
        self.version = 0
        self._changed = Condition()
        self._work = Lock()
        self._ended = Event()
        self._state: tuple[tuple[str, int, int], ...] | None = None
        self._default = read_folder(bundled("templates") / "default")
        built_in = open_packs(None)
        self.documents, self.languages = built_in.documents, built_in.languages
        self._pack: Pack | PoaError = built_in
        self._good: dict[Choice, Good] = {}
        self._views: dict[Choice, View] = {}
        self.look_again()

    def watch(self) -> None:
        """Look at the folder from now on, until :meth:`end`."""
        Thread(target=self._watch, daemon=True, name="poa-preview-watch").start()

    def end(self) -> None:
        """Stop watching; nobody waits any longer."""
        self._ended.set()
        with self._changed:
            self._changed.notify_all()

    def wait(self, version: int, seconds: float) -> None:
        """Return when the folder is of another version, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended.is_set() or self.version != version, seconds)

    def look_again(self) -> None:
        """Open the pack anew where a file changed since the last look."""
        state = _state_of(self.folder)
        if state == self._state:
            return
        with self._work:
            self._state = state
            try:
                pack = open_packs(self.folder)
            except PoaError as fault:
                self._pack = fault
            except OSError as error:  # a file that goes while it is read; the next look finds it gone
                message = f"{self.folder} cannot be read: {error.strerror}."
                self._pack = InputFault("unreadable", message, hint="Check the folder and who may read it.")
            else:
                self._pack = pack
                self.documents, self.languages = pack.documents, pack.languages
            self._views.clear()
            with self._changed:
                self.version += 1
                self._changed.notify_all()

    def view(self, choice: Choice) -> View:
        """The document as the folder makes it now, made once for each version."""
        with self._work:
            if choice not in self._views:
                self._views[choice] = self._made(choice)
            return self._views[choice]

    def word(self, good: Good) -> bytes:
        """The page as a Word file; raises PoaError."""
        return good.made.word(good.paper)

    def allows(self, choice: Choice) -> bool:
        """Whether there is such a document, language and sample case."""
        return (
            choice.document in self.documents
            and choice.language in self.languages
            and choice.sample in SAMPLES
        )

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY):
            state = _state_of(self.folder)
            # An editor empties a file before it writes it: what is still moving is looked at later.
            if state == self._state or (not self._ended.wait(_SETTLED) and state != _state_of(self.folder)):
                continue
            self.look_again()

    def _made(self, choice: Choice) -> View:
        version, good = self.version, self._good.get(choice)
        if isinstance(self._pack, PoaError):
            trouble = self._trouble(self._pack)
            return View(version=version, good=good, is_new=False, troubles=(trouble,))
        found: Sampled | None = None
        troubles: list[Trouble] = []
        is_new = False
        try:
            found = sampled(choice.document, sample=choice.sample, pack=self._pack, language=choice.language)
            good = self._kept(choice, _good(found, before=good))
            is_new = True
            found.look()
        except PoaError as fault:
            troubles.append(self._trouble(fault, choice.document, found))
        except Exception as error:  # noqa: BLE001 - a page that says so, not one that stays white
            message = f"This is a fault of poa itself: {type(error).__name__}."
            troubles.append(Trouble(place="", message=message, hint="Report what you changed last."))
        troubles += [one for one in self._elsewhere(self._pack) if one not in troubles]
        return View(version=version, good=good, is_new=is_new, troubles=tuple(troubles))

    def _kept(self, choice: Choice, good: Good) -> Good:
        self._good.pop(choice, None)
        self._good[choice] = good
        while len(self._good) > _KEPT:
            del self._good[next(iter(self._good))]
        return good

    def _elsewhere(self, pack: Pack) -> Iterator[Trouble]:
        """What is wrong with files of the pack that this document may not use."""
        try:
            for fault in faults_apart(pack):
                yield self._trouble(fault)
        except PackFault as fault:
            yield self._trouble(fault)

    def _trouble(self, fault: PoaError, document: str = "", found: Sampled | None = None) -> Trouble:
        text = self._text(fault.file or "", document, found)
        lines: tuple[tuple[int, str], ...] = ()
        if text is not None and fault.line is not None:
            rows = text.split("\n")
            first, last = max(1, fault.line - _AROUND), min(len(rows), fault.line + _AROUND)
            lines = tuple((number, rows[number - 1][:_WIDEST]) for number in range(first, last + 1))
        column = f":{fault.column}" if fault.line is not None and isinstance(fault.column, int) else ""
        return Trouble(
            place=f"{fault.place}{column}",
            message=in_word(fault.message) if (fault.file or "").endswith(WORD) else fault.message,
            hint=_short(fault.hint or ""),
            line=fault.line,
            lines=lines,
        )

    def _text(self, file: str, document: str, found: Sampled | None) -> str | None:
        """The text of a file as a fault names it: the pack's, the built-in's, or the Markdown that was filled."""
        if found is not None and file == f"{document}.md":
            return _FACT.sub("", found.markdown)
        owner, _, name = file.partition("/")
        if owner == self.name:
            try:
                return read_folder(self.folder).get(name)
            except (PoaError, OSError):
                return None
        return self._default.get(name) if owner == "default" else None


def _short(hint: str) -> str:
    """A hint that names hundreds of names, cut after the last name that has room."""
    return hint if len(hint) <= _LONGEST else f"{hint[:_LONGEST].rpartition(' ')[0]} …"


def _good(found: Sampled, *, before: Good | None) -> Good:
    paper = found.paper()
    page = writer("html").write(paper, images=found.images)
    mark = sha256(page).hexdigest()[:16]
    if before is not None and before.mark == mark:
        return replace(before, made=found)
    changed = _changed(before.paper.blocks, paper.blocks) if before else ""
    return Good(paper=paper, made=found, page=page, mark=mark, changed=changed)


def questions(good: Good | None) -> int:
    """How many questions stand open in the page."""
    return len(gaps(good.paper.blocks)) if good else 0


def _changed(before: tuple[Block, ...], now: tuple[Block, ...]) -> str:
    """The id of the heading at or above the first block that is another one; none before the first heading."""
    same = next(
        (at for at, pair in enumerate(zip(before, now, strict=False)) if pair[0] != pair[1]), len(now)
    )
    number = _headings(now[: same + 1])
    return f"s{number}" if number else ""


def _headings(blocks: Iterable[Block]) -> int:
    number = 0
    for block in blocks:
        match block:
            case Heading():
                number += 1
            case Quote(content=content):
                number += _headings(content)
            case BulletList(items=items) | NumberedList(items=items):
                number += sum(map(_headings, items))
    return number


def _state_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Every file of a folder with the moment of its last change and its size."""
    found = []
    try:
        for path in folder.rglob("*"):
            told = path.lstat()
            found.append((str(path), told.st_mtime_ns, told.st_size))
    except OSError:  # an editor took its own file away; the next look finds another state
        found.append(("", 0, 0))
    return tuple(sorted(found))
