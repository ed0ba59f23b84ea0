"""What is wrong with a consultant's Word file, and where: all of it in one run, each as data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from poa.errors import PackFault
from poa.markdown import clean

_MOST = 200  # problems of one shell; more tell nobody more
_LONGEST = 60  # signs of a paragraph that are shown
# What could act where the file is opened, or leads out of it; a field does unless its code is known to be harmless.
_ACTS = {
    *("macro", "attached_template", "alt_chunk", "ole", "web_extension", "mail_merge", "dtd"),
    *("external_relation", "unsupported_relation"),
}
_WORDS = re.compile(
    r"word/(?:_rels/)?(document|header|footer|settings|styles)([0-9]*)\.xml(?:\.rels)?", re.ASCII
)
_WHOLE = {"", "[Content_Types].xml", "_rels/.rels"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellProblem:
    """One fault or note: ``part`` is the file's part (``word/header1.xml``), ``paragraph`` counts in it from 1.

    ``text`` is what stands in that paragraph, cut short; ``message`` and ``remedy`` are whole sentences.
    ``acts`` is true where the file should not be copied for it.
    """

    code: str
    severity: Literal["error", "note"]
    part: str
    paragraph: int | None
    text: str
    message: str
    remedy: str
    acts: bool = False

    @property
    def inside(self) -> str:
        """Where it stands, for who looks at the file in Word: ``header 1, paragraph 2``; nothing for the whole file."""
        if self.part in _WHOLE:
            return ""
        part = part_in_word(self.part)
        return part if self.paragraph is None else f"{part}, paragraph {self.paragraph}"

    @property
    def place(self) -> str:
        """Where it stands: ``word/header1.xml, paragraph 2 "Bay {{ sellr }}"``, or nothing."""
        if self.paragraph is None:
            return self.part
        return f'{self.part}, paragraph {self.paragraph} "{self.text}"'

    def fault(self, name: str) -> PackFault:
        """The problem as the error that ends a run; ``name`` is the shell's (``acme/shell.docx``)."""
        where = f"{self.place}: " if self.place else ""
        return PackFault(self.code, f"{where}{self.message}", file=name, hint=self.remedy)


def part_in_word(part: str) -> str:
    """A part as who looks at the file in Word knows it: ``body``, ``header 1``."""
    known = _WORDS.fullmatch(part)
    return part if known is None else f"{known[1]} {known[2]}".strip().replace("document", "body")


def in_word(message: str) -> str:
    """The message of a :meth:`ShellProblem.fault` with its place as who looks at the file in Word knows it."""
    part = _WORDS.match(message)
    if part is None or not message[part.end() :].startswith((", paragraph ", ": ")):
        return message
    return f"{part_in_word(part[0])}{message[part.end() :]}"


@dataclass(slots=True)
class Found:
    """The problems of one file as they are found; the same one is told once."""

    problems: dict[ShellProblem, None] = field(default_factory=dict)
    acts: bool = False

    def add(
        self,
        code: str,
        message: str,
        remedy: str,
        *,
        part: str = "",
        at: Place | None = None,
        note: bool = False,
        acts: bool = False,
    ) -> None:
        """One more problem, in a part and perhaps in one of its paragraphs."""
        acts = acts or code in _ACTS
        if len(self.problems) >= _MOST and not (acts and not self.acts):
            return
        problem = ShellProblem(
            code=code,
            severity="note" if note else "error",
            part=clean(part),
            paragraph=at.number if at else None,
            text=at.text if at else "",
            message=message,
            remedy=remedy,
            acts=acts,
        )
        self.problems[problem] = None
        self.acts = self.acts or acts

    @property
    def errors(self) -> tuple[ShellProblem, ...]:
        """Those that make the file unusable."""
        return tuple(one for one in self.problems if one.severity == "error")

    @property
    def notes(self) -> tuple[ShellProblem, ...]:
        """Those that a consultant should know, no more."""
        return tuple(one for one in self.problems if one.severity == "note")


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph: its number in its part, from 1, and what stands in it."""

    number: int
    text: str

    @classmethod
    def of(cls, number: int, text: str) -> Place:
        """The place with its text on one line and cut short."""
        text = clean(text)
        return cls(number, text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def shown(value: Any) -> str:
    """A stranger's name or address inside a message: on one line, cut short."""
    return Place.of(0, str(value)).text
