"""A case folder opened: the case, the notice, the evidence, the journal, and the reports to count from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from poa.case import Case, check_evidence, dated, faults_in, read_case
from poa.case.journal import JOURNAL, Entry, Reply, last_reply, read_journal, submissions
from poa.case.matters import after_reply
from poa.case.notices import ReadNotice, due_on, notice_text, read_notice
from poa.case.resubmission import Earlier
from poa.errors import InputFault
from poa.files import files_in, read

if TYPE_CHECKING:
    from poa.case.triage import Answers

CASE_FILE = "case.toml"
EVIDENCE_NOTE = "README.txt"  # put there by 'poa case new'; no evidence
NOTICE_NAME = "notice"  # a file called so is the notice, also where the case does not name it
INPUTS, EVIDENCE, SENT = "inputs", "evidence", "sent"
_NOTICE_LIMIT = 8 << 20  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """What a folder holds. ``name`` and ``data`` are the case file's, empty where there is none.

    ``notice`` is Amazon's last word: its answer to the last submission, else the notice. ``evidence``
    leads from the names of the files in ``evidence/`` to where they lie; ``inputs`` are the reports,
    and ``mappings`` the mapping files beside them.
    """

    case: Case = field(default_factory=Case)
    name: str = ""
    data: bytes = b""
    root: Path | None = None
    notice: ReadNotice | None = None
    notice_file: tuple[str, bytes] | None = None
    evidence: Mapping[str, Path] = field(default_factory=dict)
    inputs: tuple[Path, ...] = ()
    mappings: tuple[Path, ...] = ()
    journal: tuple[Entry, ...] = ()
    earlier: Earlier | None = None

    @property
    def deadline(self) -> date | None:
        """The day by which the answer is due: the case's, the reply's, or counted from the notice."""
        reply = self.earlier.reply if self.earlier else None
        if reply is not None:
            return reply.deadline or (due_on(self.notice, reply.day) if self.notice else None)
        if self.case.notice.deadline:
            return self.case.notice.deadline
        return due_on(self.notice, self.case.notice.date) if self.notice else None

    def reads(self, chosen: str | None) -> str:
        """The language of cover and questions: the one chosen, else the case's, else English."""
        return chosen or self.case.seller.language or "en"

    @property
    def planned(self) -> bool:
        """Whether the notice asks what will be done, so that an action may lie ahead."""
        return _planned(self.notice)

    @property
    def answers(self) -> Answers:
        """What a look at Account Health told."""
        from poa.case.triage import Answers

        told = self.case.notice
        return Answers(
            quiz_offered=told.quiz_offered,
            appeal_button=told.appeal_button,
            automated_handling_time=told.automated_handling_time,
            repeat_on_time_delivery=told.repeat_on_time_delivery,
        )


def open_case(folder: Path | None, *, today: date | None = None, notice: Path | None = None) -> OpenCase:
    """The case of a folder, or of a file named outright; an empty one without a folder.

    ``today`` dates the letter where the case does not; ``notice`` stands before the one that the case names.
    Raises CaseFault or InputFault with the place.
    """
    if folder is None:
        word, file = notice_in(notice) if notice else (None, None)
        case = dated(_received(Case(), word), today, name="", planned=_planned(word))
        return OpenCase(case=case, notice=word, notice_file=file)
    path = case_file(folder)
    root = path.parent
    data = read(path)
    case = read_case(data, name=path.name)
    evidence = {name: one for name, one in files_in(root / EVIDENCE).items() if name != EVIDENCE_NOTE}
    check_evidence(case, evidence, faults_in(data, name=path.name))
    journal_path = root / JOURNAL
    journal = read_journal(read(journal_path)) if journal_path.is_file() else ()
    earlier = _earlier(root, journal)
    told = notice or _named_notice(root, case, path.name, data)
    first, file = notice_in(told) if told else (None, None)
    last = first
    if answer := _answer_in(root, earlier):  # Amazon's last word, in the light of the notice before it
        last, file = after_reply(answer[0], first), answer[1]
    case = _received(case, first)
    lying = _reports(root, told, journal)
    if earlier and earlier.reply and case.letter_date and case.letter_date < earlier.reply.day:
        # That was the day of the letter before: ask for the new one.
        case = case.model_copy(update={"letter_date": None})
    return OpenCase(
        case=dated(case, today, name=path.name, planned=_planned(last)),
        name=path.name,
        data=data,
        root=root,
        notice=last,
        notice_file=file,
        evidence=evidence,
        inputs=tuple(path for path in lying if not _is_mapping(path)),
        mappings=tuple(filter(_is_mapping, lying)),
        journal=journal,
        earlier=earlier,
    )


def case_file(folder: Path) -> Path:
    """Where the case file of a folder lies; a case file named outright is itself.

    Raises InputFault where there is none.
    """
    if not folder.exists():
        raise InputFault(
            "no_case",
            f"There is no case folder {folder}.",
            file=str(folder),
            hint=f"Check the name, or make it: poa case new {folder}",
        )
    if folder.is_dir() and not (folder / CASE_FILE).exists():
        raise InputFault(
            "no_case",
            f"{folder} is no case folder: it holds no {CASE_FILE}.",
            file=str(folder),
            hint="Name the folder that 'poa case new' made.",
        )
    if folder.is_file() and folder.suffix.casefold() != ".toml":
        raise InputFault(
            "no_case",
            f"{folder} is a file, not a case folder.",
            file=str(folder),
            hint=f"Name the folder that 'poa case new' made, or its {CASE_FILE}.",
        )
    return folder / CASE_FILE if folder.is_dir() else folder


def notice_in(path: Path) -> tuple[ReadNotice, tuple[str, bytes]]:
    """The notice in a file as read, and the file as its name and its bytes; raises InputFault."""
    data = read(path, limit=_NOTICE_LIMIT)
    return read_notice(notice_text(data, name=path.name)), (path.name, data)


def _named_notice(root: Path, case: Case, name: str, data: bytes) -> Path | None:
    known = files_in(root)
    if not case.notice.file:
        found = [path for name, path in known.items() if PurePosixPath(name).stem == NOTICE_NAME]
        return found[0] if len(found) == 1 else None
    if case.notice.file not in known:
        raise faults_in(data, name=name)(
            ["notice", "file"],
            "no_such_notice",
            f"There is no file '{case.notice.file}' in the case folder.",
            "Save Amazon's notice there, or leave the entry empty.",
        )
    return known[case.notice.file]


def _received(case: Case, notice: ReadNotice | None) -> Case:
    """An e-mail says itself when it was sent; a date in the case wins."""
    if notice is None or notice.received is None or case.notice.date is not None:
        return case
    return case.model_copy(update={"notice": case.notice.model_copy(update={"date": notice.received})})


def _planned(notice: ReadNotice | None) -> bool:
    return notice is not None and notice.tense in {"future", "conditional"}


def _earlier(root: Path, journal: tuple[Entry, ...]) -> Earlier | None:
    sent = submissions(journal)
    if not sent:
        return None
    kept = root / sent[-1].kept / CASE_FILE
    return Earlier(
        sent=sent[-1],
        case=read_case(read(kept), name=f"{sent[-1].kept}/{CASE_FILE}"),
        reply=last_reply(journal),
    )


def _answer_in(root: Path, earlier: Earlier | None) -> tuple[ReadNotice, tuple[str, bytes]] | None:
    """Amazon's answer to the last submission, where it is kept."""
    path = files_in(root).get(earlier.reply.file) if earlier and earlier.reply else None
    return notice_in(path) if path else None


def _reports(root: Path, notice: Path | None, journal: tuple[Entry, ...]) -> tuple[Path, ...]:
    """What lies in ``inputs/`` and is no letter of Amazon's."""
    letters = {one.file for one in journal if isinstance(one, Reply)}
    return tuple(
        path
        for name, path in files_in(root / INPUTS).items()
        if f"{INPUTS}/{name}" not in letters and (notice is None or path.resolve() != notice.resolve())
    )


def _is_mapping(path: Path) -> bool:
    """A mapping file lies beside the reports whose columns it names."""
    return path.suffix.casefold() == ".toml"
