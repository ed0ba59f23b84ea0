"""Where figures come from: the files that were read, the rows that could not be used, what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file read. Always ``rows_read == rows_used + rows_refused``.

    ``columns`` leads from our names to the titles it was recognised by; ``has`` and ``lacks`` say in
    words what it can and cannot prove; ``title`` is the name of the report type.
    """

    name: str
    sha256: str
    report: str
    title: str
    encoding: str
    rows_read: int
    rows_used: int
    rows_refused: int
    columns: Mapping[str, str]
    has: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One row that was refused, or used with a remark (``refused`` false).

    ``value`` is printed only where it cannot be a person's data; else it is the value's shape.
    """

    file: str
    line: int | None
    column: str | None
    value: str | None
    code: str
    message: str
    refused: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the figures come from, and what was assumed on the way."""

    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]
    assumptions: tuple[str, ...]
