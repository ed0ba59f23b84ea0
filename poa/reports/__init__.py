"""Which report is this, and what can it prove? One file per report type, a declaration each.

A module of this folder that has a ``REPORT`` is a report type; nothing else registers it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from poa.errors import InputFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column we can read: our name, its plain header, and the headers that mean the same."""

    name: str
    plain: str
    aliases: tuple[str, ...] = ()
    required: bool = False

    def means(self, header: str) -> bool:
        """Whether a header names this column; case, punctuation and spacing do not count."""
        return folded(header) in {folded(known) for known in (self.plain, *self.aliases)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report type: its columns, the clock it carries, what it can and cannot prove."""

    name: str
    title: str
    clock: str
    columns: tuple[Column, ...]
    proves: tuple[str, ...]
    cannot_prove: tuple[str, ...]
    lists_every_order: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A header read: the report type, and the position of each of our columns in the file.

    ``plain`` is true where every required column stands under its plain header.
    """

    report: Report
    positions: Mapping[str, int]
    plain: bool


def folded(header: str) -> str:
    """A header without case, width, punctuation and spacing: ``Ship-By Date`` is ``shipbydate``."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", header).casefold())


@cache
def known_reports() -> tuple[Report, ...]:
    """Every report type of this folder, in the order of their names."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return tuple(module.REPORT for module in modules if hasattr(module, "REPORT"))


def recognise(header: Sequence[str], *, file: str) -> Recognised | None:
    """The one report type whose required columns all stand in the header, or None.

    Raises InputFault where two columns could be the same thing, or two report types fit.
    """
    fits = [found for report in known_reports() if (found := _fit(report, header, file=file))]
    if len(fits) > 1:
        names = " and ".join(found.report.title for found in fits)
        raise InputFault(
            "ambiguous_report", f"{file} could be {names}.", file=file, line=1, hint="Use --map."
        )
    return fits[0] if fits else None


def holds_values(header: Sequence[str]) -> bool:
    """Whether a line that should hold titles holds values: ids, dates, addresses, whole paragraphs.

    Such a line is a row, and a row may hold a buyer's name, so it is never printed.
    """
    return any(_VALUE.fullmatch(title) for title in header)


_VALUE = re.compile(r"[0-9][0-9\s:./+TZ-]{5,}|.*@.*|.{200,}", re.DOTALL)


def no_header(file: str, line: int) -> InputFault:
    """The fault for a first line that is a row."""
    return InputFault(
        "no_header",
        f"Line {line} of {file} holds values where the titles of the columns should stand.",
        file=file,
        line=line,
        hint="Download the report again, or write the titles of its columns above the first row.",
    )


def _fit(report: Report, header: Sequence[str], *, file: str) -> Recognised | None:
    required = [column for column in report.columns if column.required]
    if not all(any(map(column.means, header)) for column in required):
        return None
    positions = positions_of(report.columns, header, file=file)
    plain = all(folded(header[positions[column.name]]) == folded(column.plain) for column in required)
    return Recognised(report=report, positions=positions, plain=plain)


def positions_of(columns: Sequence[Column], header: Sequence[str], *, file: str) -> dict[str, int]:
    """Where each column stands in the header; the plain title wins over aliases beside it.

    Raises InputFault where two titles could be the same column.
    """
    positions: dict[str, int] = {}
    for column in columns:
        found = [at for at, title in enumerate(header) if column.means(title)]
        exact = [at for at in found if folded(header[at]) == folded(column.plain)]
        if len(found) > 1 and len(exact) != 1:
            both = " and ".join(f"'{header[at]}'" for at in found)
            raise InputFault(
                "ambiguous_column",
                f"In {file}, {both} could each be the column {column.plain}.",
                file=file,
                line=1,
                column=header[found[0]],
                hint="Rename the one that is not meant, or say which one is in a mapping file (--map).",
            )
        if found:
            positions[column.name] = (exact or found)[0]
    return positions
