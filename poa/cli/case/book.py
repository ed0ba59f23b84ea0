"""The case file while it is answered: each answer is checked, then saved whole before the next question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from poa.cli.case.folder import OpenCase, case_file, open_case
from poa.words import said

if TYPE_CHECKING:
    from poa.case.editing import Answer
    from poa.cli.case.prompts import Prompts

_LONGEST = 1_800  # bytes: a line of the file holds 2,048
_MOST = 600  # letters of any script that are as long at most


@dataclass(slots=True)
class CaseBook:
    """A case folder that is being answered; ``opened`` is what it holds now."""

    folder: Path
    opened: OpenCase

    @classmethod
    def opened_in(cls, folder: Path) -> CaseBook:
        """The book of a folder."""
        return cls(folder=folder, opened=open_case(folder))

    def reread(self) -> None:
        """Open the folder again: somebody may have put a file into it, or have written into the case."""
        self.opened = open_case(self.folder)

    def ask(self, path: str, question: Callable[[], Answer | None], prompts: Prompts) -> bool:
        """Ask until the answer can stand, and save it; False where the question is skipped."""
        while (answer := question()) is not None:
            if self.answer(path, answer, prompts):
                return True
        return False

    def answer(self, path: str, answer: Answer, prompts: Prompts) -> bool:
        """Save one answer; says why where it cannot stand, and leaves the file as it was."""
        from poa.case.editing import with_answer

        self.reread()
        if _too_long(answer, prompts):
            return False
        return self._take(with_answer(self.opened.data, path, answer), prompts)

    def add(self, heading: str, fields: Mapping[str, Answer | None], prompts: Prompts) -> int | None:
        """Save one entry more; its number from 0, or None where it cannot stand."""
        from poa.case.editing import with_entry_of

        self.reread()
        if any(_too_long(one, prompts) for one in fields.values()):
            return None
        data, at = with_entry_of(self.opened.data, heading, fields)
        return at if self._take(data, prompts) else None

    def open_count(self) -> int:
        """How many points are open, lines of Amazon's answer and other matters of its notice among them."""
        from poa.case import open_points
        from poa.case.matters import other_matters
        from poa.case.resubmission import unanswered

        opened = self.opened
        points = open_points(opened.case, present=opened.evidence)
        waits = unanswered(opened.earlier, opened.case)
        return len(points) + len(waits) + len([*other_matters(opened.notice, opened.case)])

    def _take(self, data: bytes, prompts: Prompts) -> bool:
        from poa.case import dated, read_case
        from poa.errors import CaseFault
        from poa.files import replace_file

        name = self.opened.name
        try:
            dated(read_case(data, name=name), None, name=name, planned=self.opened.planned)
        except CaseFault as fault:
            prompts.tell(fault.message)
            if fault.hint:
                prompts.tell(fault.hint)
            return False
        replace_file(case_file(self.folder), data)
        self.reread()
        return True


def _too_long(answer: Answer | None, prompts: Prompts) -> bool:
    """Whether words do not fit on a line of the file; says so."""
    told = [answer] if isinstance(answer, str) else answer if isinstance(answer, Sequence) else []
    if all(len(one.encode()) <= _LONGEST for one in told):
        return False
    prompts.tell(said("This is too long for a letter of one page: write at most {most} letters.", most=_MOST))
    return True
