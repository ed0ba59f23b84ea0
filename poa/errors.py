"""What went wrong, where, and what to do next: the one tree of errors that a user can meet.

    PoaError                 anything that ends a run with a sentence instead of a traceback
    ├── InputFault           a report, map, mapping or performance file cannot be used
    │   └── Undecided        it can be read in two ways, and only the user knows which
    ├── CaseFault            the case file says something that cannot be read or cannot be
    ├── PackFault            a template or its pack is wrong: pack/file:line
    ├── OutputFault          the papers cannot be written where they were asked for
    ├── UsageFault           options that do not go together
    └── GateNotMet           it ran, but a gate that was asked for is not met

An error carries data and never prints: the command line chooses words, colours and exit code.
"""

from __future__ import annotations

from collections.abc import Iterable


class PoaError(Exception):
    """One fault, told once and on one line: what happened, where, what to do next.

    ``code`` is stable and snake_case; ``line`` counts physical lines from 1; ``column`` is the
    name of a column, or a position from 1 in a text; ``hint`` is the next step, a whole sentence.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: str | int | None = None,
        hint: str | None = None,
    ) -> None:
        if len(message.splitlines()) > 1:  # a name out of a stranger's file, or what a parser says
            message = " ".join(message.split())
        super().__init__(message)
        self.code = code
        self.message = message
        self.file = file
        self.line = line
        self.column = column
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Whole to another process and back, whatever its own arguments are."""
        return BaseException.__new__, (type(self), self.message), self.__dict__

    @property
    def place(self) -> str:
        """Where it happened, as ``file:line``, or nothing."""
        if self.file is None:
            return ""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def as_data(self) -> dict[str, object]:
        """The ``error`` object of the JSON contract."""
        return {
            "code": self.code,
            "message": self.message,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "hint": self.hint,
        }


class InputFault(PoaError):
    """A file that was handed in cannot be used."""


class Undecided(InputFault):
    """A file can be read in two ways. ``setting`` is what to decide, ``choices`` its values and how each reads."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        setting: str,
        choices: Iterable[tuple[str, str]],
        file: str,
        line: int | None = None,
        column: str | int | None = None,
        hint: str,
    ) -> None:
        super().__init__(code, message, file=file, line=line, column=column, hint=hint)
        self.setting = setting
        self.choices = tuple(choices)


class CaseFault(PoaError):
    """The case file cannot be read, or states what cannot be."""


class PackFault(PoaError):
    """A pack or one of its templates is wrong."""


class OutputFault(PoaError):
    """The output folder or a file in it cannot be written."""


class UsageFault(PoaError):
    """The options given do not go together."""


class GateNotMet(PoaError):
    """The run worked, but what ``--strict`` or ``--final`` asks for is not met; no paper exists."""

    def __init__(
        self, code: str, message: str, *, open_points: Iterable[str] = (), hint: str | None = None
    ) -> None:
        super().__init__(code, message, hint=hint)
        self.open_points = tuple(open_points)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence: ``; did you mean 'late'?``, or a full stop where nothing is near."""
    near = nearest(word, known)
    return f"; did you mean '{near}'?" if near else "."


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The name that was probably meant, if any is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - start-up: only a fault needs it

    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return near[0] if near else None
