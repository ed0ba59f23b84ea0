"""One problem of a pack, with its place to the column, and the pad on which all of them are noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from poa.errors import PackFault, nearest

__all__ = ["Pad", "Place", "Problem", "Severity", "nearest"]

_LONGEST = 72  # letters of a line that a terminal shows

Severity: TypeAlias = Literal["error", "warning"]


class Place(NamedTuple):
    """Where something stands in a file; lines and columns count from 1, ``width`` is that of the caret."""

    line: int
    column: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong, where, and what mends it.

    ``file`` is as in ``acme/plan-of-action.md.j2``; line and column count from 1 and are None for a file as a whole.
    ``source`` is the line itself. In a Word file ``inside`` names the part and the paragraph, as ``header 1, paragraph 2``,
    ``paragraph`` is that number, and ``source`` what stands there. An error makes a paper fail or say something else than was meant; a warning may.
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    file: str
    line: int | None = None
    column: int | None = None
    source: str = ""
    width: int = 1
    inside: str = ""
    paragraph: int | None = None

    @property
    def place(self) -> str:
        """As in ``acme/plan-of-action.md.j2:14:9``, as far as it is known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    @property
    def caret(self) -> str:
        """The line under the source that points at the place; empty where no column is known."""
        if self.column is None:
            return ""
        before = "".join("\t" if sign == "\t" else " " for sign in self.source[: self.column - 1])
        return before + "^" * max(1, min(self.width, len(self.source) - self.column + 1))

    @property
    def shown(self) -> tuple[str, str]:
        """The source and the caret as a terminal shows them: of a long line the part around the place."""
        source, caret = self.source, self.caret
        if self.inside:
            room = _LONGEST - len(self.inside)
            said = source if len(source) <= room else f"{source[: room - 1]}…"
            return f'{self.inside}: "{said}"' if said else self.inside, ""
        if len(source) > _LONGEST:
            start = max(0, min((self.column or 1) - 1 - _LONGEST // 3, len(source) - _LONGEST))
            end = start + _LONGEST
            source = f"{'…' if start else ''}{source[start:end]}{'…' if end < len(self.source) else ''}"
            caret = f"{' ' if start else ''}{caret[start:end]}".rstrip()
        return source, caret

    def as_data(self) -> dict[str, object]:
        """The problem as JSON has it."""
        return {name: value for name, value in asdict(self).items() if name != "width"}


@dataclass(frozen=True, slots=True)
class Pad:
    """Where problems are noted, once each. ``name`` is the pack's, whose own files alone are anybody's to mend."""

    name: str
    sources: Mapping[str, str]
    noted: dict[tuple[str, Place | None, str, str], Problem] = field(default_factory=dict)

    def own(self, file: str) -> bool:
        """Whether a file, by its real name, is the pack's own."""
        return file.startswith(f"{self.name}/")

    def note(
        self,
        code: str,
        message: str,
        remedy: str,
        *,
        at: tuple[str, Place | None],
        severity: Severity = "error",
    ) -> None:
        """Note a problem at a file and a place in it."""
        file, place = at
        text = self.sources.get(file.removeprefix(f"{self.name}/"), "")
        lines = text.split("\n")
        there = place is not None and 0 < place.line <= len(lines)
        problem = Problem(
            code=code,
            severity=severity,
            message=message,
            remedy=remedy,
            file=file,
            line=place.line if place else None,
            column=place.column if place else None,
            source=lines[place.line - 1].rstrip("\r") if place and there else "",
            width=place.width if place else 1,
        )
        self.noted.setdefault((file, place, code, message), problem)

    def fault(self, fault: PackFault, *, file: str) -> None:
        """Note what was raised as a fault."""
        where = fault.file if fault.file and "/" in fault.file else file
        place = self._place(fault, where)
        self.note(fault.code, fault.message, fault.hint or "", at=(where, place))

    def _place(self, fault: PackFault, file: str) -> Place | None:
        """The line of a fault, from its first sign on."""
        if fault.line is None:
            return None
        lines = self.sources.get(file.removeprefix(f"{self.name}/"), "").split("\n")
        line = lines[fault.line - 1] if fault.line <= len(lines) else ""
        first = line.strip().partition(" ")[0].partition("=")[0]
        column = fault.column if isinstance(fault.column, int) else len(line) - len(line.lstrip()) + 1
        return Place(fault.line, column, max(1, len(first)))

    def problems(self) -> tuple[Problem, ...]:
        """All of them in the order of their places."""
        found = self.noted.values()
        return tuple(sorted(found, key=lambda one: (one.file, one.line or 0, one.column or 0, one.code)))
