"""Which report is this, and what can it prove? One file per report type, a declaration each.

A module of this folder that has a ``REPORT`` is a report type; nothing else registers it. How to
write one: ``docs/a-new-report.md``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import combinations
from pkgutil import iter_modules
from typing import Any, Literal, TypeAlias

from poa.errors import InputFault
from poa.facts import Stated

Role: TypeAlias = Literal["orders", "supplier", "supplier_map", "upload", "packages", "stated"]
Lists: TypeAlias = Literal["every_order", "late_orders", "open_orders", "some_orders"]
Form: TypeAlias = Literal["table", "json", "xml"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column we can read: our name (:mod:`poa.orders`), its plain header, and those that mean the same."""

    name: str
    plain: str
    aliases: tuple[str, ...] = ()
    required: bool = False

    def means(self, header: str) -> bool:
        """Whether a header names this column; case, punctuation and spacing do not count."""
        return folded(header) in _folded_names(self)


@cache
def _folded_names(column: Column) -> frozenset[str]:
    return frozenset(map(folded, (column.plain, *column.aliases)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report type: its columns, what its rows are, and the clock that it carries.

    A header is taken for it where all columns of one of ``known_by`` stand in it (our names; by
    default the required columns) and none of the titles ``without``. ``role`` says what its rows
    are: orders, a supplier's word on orders, packages, or what Amazon states of the account.
    ``filled`` names columns that a row may not leave empty. ``records`` (JSON) yields one mapping
    of our names for each line of one record, and a record is an object with the key ``record``
    beside ``beside``. ``stated`` (JSON, XML) reads what Amazon states from the parsed file.
    """

    name: str
    title: str
    clock: str
    columns: tuple[Column, ...]
    source: str
    role: Role = "orders"
    lists: Lists = "some_orders"
    known_by: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    remark: str = ""
    form: Form = "table"
    record: str = ""
    beside: tuple[str, ...] = ()
    records: Callable[[Mapping[str, Any]], Iterator[Mapping[str, object]]] | None = None
    stated: Callable[[Any, str, str], tuple[Stated, ...]] | None = None

    @property
    def recognised_by(self) -> tuple[tuple[str, ...], ...]:
        """The sets of our names of which one must stand in a header."""
        return self.known_by or (tuple(column.name for column in self.columns if column.required),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A header read: the report type, and the position of each of our columns in the file.

    ``plain`` is true where every column that it is known by stands under its plain header.
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


def report_named(name: str) -> Report:
    """The report type with this name."""
    return next(report for report in known_reports() if report.name == name)


def second_table(file: str, line: int | None) -> InputFault:
    """The fault for the titles of another table among the rows."""
    return InputFault(
        "second_table",
        f"Line {line} of {file} holds the titles of another table: two files were put into one.",
        file=file,
        line=line,
        hint="Hand in the two files as they were downloaded, each by itself.",
    )


@cache
def order_titles() -> frozenset[str]:
    """Every title of an order id that some report type knows, folded: such a cell is a header's."""
    return frozenset(
        folded(title)
        for report in known_reports()
        for column in report.columns
        if column.name == "order_id"
        for title in (column.plain, *column.aliases)
    )


def recognise(header: Sequence[str], *, file: str) -> Recognised | None:
    """The one report type that the header fits, or None.

    Where two fit, the one that needs all that the other needs, and more, is meant. Raises
    InputFault where two columns could be the same thing, or two report types fit.
    """
    here = frozenset(map(folded, header))
    tables = [report for report in known_reports() if report.form == "table"]
    fits = [(report, met) for report in tables if (met := _needs_met(report, header, here))]
    best = [
        (report, met[0])
        for report, met in fits
        if not any(needs < others[0] for other, others in fits if other is not report for needs in met)
    ]
    for (one, _), (other, _) in combinations(best, 2):
        raise InputFault(
            "ambiguous_report",
            f"{file} could be '{one.title}' or '{other.title}'.",
            file=file,
            line=1,
            hint="Say which columns are meant in a mapping file (--map), or delete the columns of one of them.",
        )
    if not best:
        return None
    report, needs = best[0]
    positions = positions_of(report.columns, header, file=file)
    plain = {folded(column.plain) for column in report.columns}
    return Recognised(
        report=report, positions=positions, plain=all(folded(header[at]) in plain for at in needs)
    )


def _needs_met(report: Report, header: Sequence[str], here: frozenset[str]) -> list[frozenset[int]]:
    """The positions of each set of columns that the report is known by and the header has, largest first."""
    if here & frozenset(map(folded, report.without)):
        return []
    columns = {column.name: column for column in report.columns}
    met = [
        frozenset(next(at for at, title in enumerate(header) if columns[name].means(title)) for name in names)
        for names in report.recognised_by
        if all(_folded_names(columns[name]) & here for name in names)
    ]
    return sorted(met, key=len, reverse=True)


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
