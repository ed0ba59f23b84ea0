"""The case file while it is answered: each answer is checked, then saved whole before the next question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from poa.case import dated, open_points, read_case
from poa.case.editing import Answer, with_answer, with_entry_of
from poa.case.matters import other_matters
from poa.case.resubmission import unanswered
from poa.cli.case.folder import OpenCase, case_file, open_case
from poa.cli.case.prompts import Prompts
from poa.errors import CaseFault
from poa.facts import Facts
from poa.files import replace_file
from poa.languages import LANGUAGES
from poa.words import said

_LONGEST = 1_800  # bytes: a line of the file holds 2,048
_MOST = 600  # letters of any script that are as long at most


@dataclass(slots=True)
class CaseBook:
    """A case folder that is being answered: what it holds now, who is asked, the letter's language, what the rows say."""

    folder: Path
    opened: OpenCase
    prompts: Prompts
    language: str
    facts: Facts | None = None

    @classmethod
    def opened_in(cls, folder: Path, ui_language: str | None = None, *, language: str = "en") -> CaseBook:
        """The book of a folder."""
        opened = open_case(folder)
        prompts = Prompts(language=opened.reads(ui_language), written=LANGUAGES[language].name)
        return cls(folder=folder, opened=opened, prompts=prompts, language=language)

    def reread(self) -> None:
        """Open the folder again: somebody may have put a file into it, or have written into the case."""
        self.opened = open_case(self.folder)

    def ask(self, path: str, question: Callable[[], Answer | None]) -> bool:
        """Ask until the answer can stand, and save it; False where the question is skipped."""
        while (answer := question()) is not None:
            if self.answer(path, answer):
                return True
        return False

    def answer(self, path: str, answer: Answer) -> bool:
        """Save one answer; says why where it cannot stand, and leaves the file as it was."""
        self.reread()
        return not self._too_long(answer) and self._take(with_answer(self.opened.data, path, answer))

    def add(self, heading: str, fields: Mapping[str, Answer | None]) -> int | None:
        """Save one entry more; its number from 0, or None where it cannot stand."""
        self.reread()
        if any(map(self._too_long, fields.values())):
            return None
        data, at = with_entry_of(self.opened.data, heading, fields)
        return at if self._take(data) else None

    def open_count(self) -> int:
        """How many points are open, lines of Amazon's answer and other matters of its notice among them."""
        opened = self.opened
        points = open_points(opened.case, present=opened.evidence)
        waits = unanswered(opened.earlier, opened.case)
        return len(points) + len(waits) + len([*other_matters(opened.notice, opened.case)])

    def _take(self, data: bytes) -> bool:
        name = self.opened.name
        try:
            dated(read_case(data, name=name), None, name=name, planned=self.opened.planned)
        except CaseFault as fault:
            self.prompts.tell(fault.message)
            if fault.hint:
                self.prompts.tell(fault.hint)
            return False
        replace_file(case_file(self.folder), data)
        self.reread()
        return True

    def _too_long(self, answer: Answer | None) -> bool:
        """Whether words do not fit on a line of the file; says so."""
        told = [answer] if isinstance(answer, str) else answer if isinstance(answer, Sequence) else []
        if all(len(one.encode()) <= _LONGEST for one in told):
            return False
        too_long = said(
            "This is too long for a letter of one page: write at most {most} letters.", most=_MOST
        )
        self.prompts.tell(too_long)
        return True
