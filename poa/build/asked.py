"""What an appeal is: facts, case, notice, pack, and how its papers are to be printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from poa.case import Case, Exhibit, exhibits
from poa.case.notices import ReadNotice
from poa.case.resubmission import Earlier
from poa.case.triage import Answers
from poa.facts import Facts, LateOrder
from poa.packs import Pack
from poa.words import spoken

FORMATS = ("md", "docx", "txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class FromRows:
    """What stands on the rows alone, and takes as long as a letter: it can be made while the letter is.

    ``listed`` are the files of the list of late orders, by name. ``recorded`` are entries of ``facts.json`` as JSON, one
    a line, by the key that they begin.
    """

    listed: Mapping[str, bytes]
    recorded: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """What the papers of an appeal are made of.

    ``case_file`` is the name and the bytes of the case file, for provenance, and ``notice_file`` the same of
    the notice; ``evidence`` are the files that prove the actions, by the name that the case gives them; those
    that nothing cites may be empty.
    ``ui_language`` is that of the cover, the questions and the suppliers' papers. ``form_limit`` is how many
    characters a block of the form takes, where the seller knows. ``made_by`` is the command that asked; ``images`` are the charts, where they
    are drawn already, and ``from_rows`` gives what stands on the rows alone, where it is made elsewhere.
    """

    facts: Facts
    case: Case
    case_file: tuple[str, bytes]
    pack: Pack
    late_orders: Sequence[LateOrder] = ()
    notice: ReadNotice | None = None
    notice_file: tuple[str, bytes] | None = None
    answers: Answers = field(default_factory=Answers)
    deadline: date | None = None
    evidence: Mapping[str, bytes] = field(default_factory=dict)
    earlier: Earlier | None = None
    language: str = "en"
    ui_language: str = "en"
    formats: Sequence[str] = FORMATS
    form_limit: int | None = None
    final: bool = False
    made_by: str = "poa appeal"
    images: Mapping[str, bytes] | None = None
    from_rows: Callable[[], FromRows] | None = None

    @property
    def dated(self) -> str:
        """The ISO day of its papers: that of the letter, else the last one that the figures know."""
        return str(self.case.letter_date or self.facts.as_of.value)

    def told(self, words: str) -> str:
        """Words of poa in the language of the cover."""
        return spoken(words, self.ui_language)

    @property
    def first_exhibit(self) -> int:
        """The number of the evidence's first annex: annex 1 is the list of late orders, where one is late."""
        return 2 if self.late_orders else 1

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """The evidence that is enclosed, by the numbers of its annexes."""
        return exhibits(self.case, self.evidence, first=self.first_exhibit)
