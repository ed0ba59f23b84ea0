"""Every question that only the seller can answer, where it stands, and which part of the notice it serves.

A missing answer is a question in the draft, word for word; a final paper does not exist while one is open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from poa.case.graph import Linked, exhibits, links, name_of
from poa.case.model import Case

QUESTIONS = {
    "letter_date": "Which date shall the letter carry?",
    "seller.name": "What is the seller's name, as Amazon shows it?",
    "notice.date": "On which day did Amazon's notice arrive?",
    "cause": "Root cause: which step in your own work let these orders be confirmed late?",
    "cause.code": "Which kind of cause is it?",
    "cause.gap": "This cause lies outside your own work: which gap in your own control let it make orders late?",
    "cause.statement": "Root cause: which step in your own work let these orders be confirmed late?",
    "cause.why": "Why did it happen, and why that? Go on until you reach something that you control.",
    "cause.escape": "Why was it not noticed before the ship-by time?",
    "corrective": "What have you already done about these orders and their cause?",
    "corrective.cause": "Which cause does this action answer?",
    "corrective.action": "What was done?",
    "corrective.date": "On which day was this done?",
    "corrective.evidence": "Which document or record shows it? Put the file into the folder evidence and write its name.",
    "preventive": "Which control keeps this from happening again?",
    "preventive.cause": "Which cause does this control answer?",
    "preventive.control": "Which control is it?",
    "preventive.role": "Which role carries this out?",
    "preventive.start": "From which day?",
    "preventive.frequency": "How often?",
    "preventive.measure": "Which figure shows that it works, and what is its target?",
    "evidence.cited": "Which action does this file show? Name it there as its evidence, or write under shows what it proves.",
    "orders": "How many orders were there in these days? Give a file that lists all of them (--complete, if yours does), Amazon's performance report (--performance), or their number (--orders).",
    "ship_open": "Ship these orders and confirm them first; then run poa again with a fresh report.",
    "fresh_report": "Run poa again with a fresh report, which shows whether these orders were confirmed in time.",
}

_ASK_OF = {
    "cause": "root_cause",
    "corrective": "corrective",
    "preventive": "preventive",
    "evidence": "evidence",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """One open point: where it stands in the case file, such as ``corrective.1.date``, and its question's key."""

    path: str
    key: str

    @property
    def question(self) -> str:
        """The question in English, the pattern of its translations."""
        return QUESTIONS[self.key]

    @property
    def ask(self) -> str:
        """The part of the notice that the answer serves."""
        part = "evidence" if self.key == "corrective.evidence" else self.path.split(".")[0]
        return _ASK_OF.get(part, "")


def open_points(case: Case, *, present: Collection[str] = ()) -> tuple[Open, ...]:
    """What the case does not answer yet, in the order of the papers.

    ``present`` are the names of the files in ``evidence/``: evidence that is not there proves nothing.
    """
    return tuple(_open(case, present))


def open_questions(case: Case, *, present: Collection[str] = ()) -> tuple[str, ...]:
    """The questions of the open points, each once."""
    return tuple(dict.fromkeys(one.question for one in open_points(case, present=present)))


def needed_of(linked: Linked) -> tuple[str, ...]:
    """The fields of a cause that must be answered: the gap only beside a cause that lies outside."""
    return ("code", *(("gap",) if linked.external else ()), "statement", "why", "escape")


def _open(case: Case, present: Collection[str]) -> Iterator[Open]:
    for key, stated in (
        ("letter_date", case.letter_date),
        ("seller.name", case.seller.name),
        ("notice.date", case.notice.date),
    ):
        if not stated:
            yield Open(path=key, key=key)
    joined = links(case)
    if not joined:
        yield Open(path="cause", key="cause")
    for one in joined:
        for field in needed_of(one):
            if not getattr(one.cause, field):
                yield Open(path=f"cause.{one.number - 1}.{field}", key=f"cause.{field}")
    yield from _actions(case, joined, "corrective", ("action", "date", "evidence"))
    yield from _actions(case, joined, "preventive", ("control", "role", "start", "frequency", "measure"))
    yield from _files(case, present)


def _files(case: Case, present: Collection[str]) -> Iterator[Open]:
    """Evidence that is words and no file, and files that no action names."""
    for at, action in enumerate(case.corrective):
        if action.evidence and action.evidence not in present:
            yield Open(path=f"corrective.{at}.evidence", key="corrective.evidence")
    cited = {one.file for one in exhibits(case, present)}
    for at, file in enumerate(case.evidence):
        if file.file not in cited:
            yield Open(path=f"evidence.{at}.file", key="evidence.cited")


def _actions(case: Case, joined: tuple[Linked, ...], heading: str, fields: tuple[str, ...]) -> Iterator[Open]:
    """The fields that its actions lack, and each cause that none of them answers."""
    actions = getattr(case, heading)
    for at, action in enumerate(actions):
        if len(joined) > 1 and not action.cause:
            yield Open(path=f"{heading}.{at}.cause", key=f"{heading}.cause")
        for field in fields:
            if not getattr(action, field):
                yield Open(path=f"{heading}.{at}.{field}", key=f"{heading}.{field}")
    if not actions and not joined:
        yield Open(path=heading, key=heading)
    for one in joined:
        if not getattr(one, heading):
            yield Open(path=f"{heading}.of.{name_of(one.cause, one.number)}", key=heading)
