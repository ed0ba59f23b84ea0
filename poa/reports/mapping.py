"""A mapping file: which column of a file nobody has seen is which, said by the seller.

    [columns]
    order_id = "Bestell-Nr."
    ship_by = "Versand bis"
    ship_confirmed = "Versendet am"

Beside ``[columns]`` it may hold ``zone``, ``date_format``, ``order_id_pattern`` and ``complete``.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import Any
from zoneinfo import ZoneInfo

from poa.characters import clean
from poa.errors import InputFault, did_you_mean
from poa.reports import Recognised, Report, folded, holds_values, no_header, report_named
from poa.reports.day_order import DAY_ORDERS
from poa.toml import line_of, read_toml, text_value

_KEYS: dict[str, tuple[type, str]] = {
    "columns": (dict, "a table of our names and their headers"),
    "zone": (str, 'the name of a time zone in quotes, such as "Asia/Shanghai"'),
    "date_format": (str, '"day-first", "month-first", or a format in quotes, such as "%d/%m/%Y %H:%M"'),
    "order_id_pattern": (str, "a regular expression in quotes"),
    "complete": (bool, "true (every order is listed) or false"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """What a mapping file says; ``columns`` leads from our name to their header."""

    columns: Mapping[str, str] = field(default_factory=dict)
    zone: str | None = None
    date_format: str | None = None
    order_id_pattern: str | None = None
    complete: bool | None = None

    def fits(self, header: Sequence[str]) -> bool:
        """Whether every column that it names stands in a header, letter by letter or folded."""
        here = {folded(title) for title in header}
        return all(folded(clean(title)) in here for title in self.columns.values())


# What a mapping file can describe: a list of orders, or a supplier's list of them.
MAPPED = ("late_shipment", "supplier_sheet", "supplier_map")


def read_mapping(data: bytes, *, name: str) -> ColumnMap:
    """The mapping file's statements, checked; raises InputFault naming file, line and key."""
    values = read_toml(data, name=name, fault=InputFault)
    ours = {column.name for report in map(report_named, MAPPED) for column in report.columns}
    for key, what in _wrong_statements(values, ours):
        raise InputFault(
            "bad_mapping", what, file=name, line=line_of(data, key), column=key, hint=f"Correct it in {name}."
        )
    return ColumnMap(**values)


def _wrong_statements(values: Mapping[str, Any], ours: set[str]) -> Iterator[tuple[str, str]]:
    """Each key that says something wrong, and what is wrong with it."""
    for key, value in values.items():
        if key not in _KEYS:
            yield key, f"'{key}' means nothing in a mapping file{did_you_mean(key, _KEYS)}"
        elif not isinstance(value, _KEYS[key][0]):
            yield key, f"'{key}' must be {_KEYS[key][1]}."
    yield from _wrong_columns(values.get("columns", {}), ours)
    try:
        ZoneInfo(values.get("zone", "UTC"))
    except (OSError, ValueError, KeyError):  # what zoneinfo raises for a name it does not hold
        yield "zone", f"'{values['zone']}' is no time zone; they look like 'Asia/Shanghai'."
    try:
        re.compile(values.get("order_id_pattern", ""))
    except (re.error, OverflowError, RecursionError) as error:
        yield "order_id_pattern", f"'order_id_pattern' is no regular expression: {error}."
    if "date_format" in values and not _tells_days(values["date_format"]):
        what = 'year, month and day, as in "%d/%m/%Y %H:%M"; an offset is %z, and %Z is not read'
        yield "date_format", f"'date_format' must hold {what}."


def _wrong_columns(columns: Mapping[str, Any], ours: set[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for key, header in columns.items():
        if key not in ours:
            yield key, f"'{key}' is no column that poa reads{did_you_mean(key, ours)}"
        elif not isinstance(header, str) or not header.strip():
            yield key, f"'columns.{key}' must be their header in quotes."
        elif clean(header).casefold() in seen:
            yield key, f"'{header}' stands for two of our columns; it can only be one."
        else:
            seen.add(clean(header).casefold())


def _tells_days(date_format: str) -> bool:
    """Whether a format brings a day back as it went in; %Z would drop the zone that it reads."""
    if date_format in DAY_ORDERS:
        return True
    if "%Z" in date_format or not re.search("%[YyGcx]", date_format):
        return False
    day = datetime(2026, 10, 31, tzinfo=UTC)
    try:
        read = datetime.strptime(day.strftime(date_format), date_format)  # noqa: DTZ007 - only its day counts
    except (ValueError, re.error):
        return False
    return read.date() == day.date()


def apply_mapping(given: ColumnMap, header: Sequence[str], *, file: str) -> Recognised:
    """The header read as the mapping says; columns it does not name are recognised as usual.

    It is a list of orders where it has what that needs, else a supplier's list. Raises InputFault
    where the mapping names a header that is not there, or a needed column is missing.
    """
    positions = _named(given, header, file=file)
    for report in map(report_named, MAPPED):
        known = _with_known(report, positions, header)
        told = positions.keys() <= {column.name for column in report.columns}
        if told and any(known.keys() >= set(names) for names in report.recognised_by):
            return Recognised(report=report, positions=known, plain=False)
    raise unknown_header(header, file=file, known=_with_known(report_named(MAPPED[0]), positions, header))


def _with_known(report: Report, positions: Mapping[str, int], header: Sequence[str]) -> dict[str, int]:
    """The mapped columns, and those that the header names in a way that the report knows."""
    out = dict(positions)
    for column in report.columns:
        found = [position for position, title in enumerate(header) if column.means(title)]
        if column.name not in out and len(found) == 1 and found[0] not in out.values():
            out[column.name] = found[0]
    return out


def _named(given: ColumnMap, header: Sequence[str], *, file: str) -> dict[str, int]:
    """Where each column that the mapping names stands."""
    positions: dict[str, int] = {}
    for name, title in given.columns.items():
        found = [position for position, known in enumerate(header) if known == clean(title)]
        found = found or [at for at, known in enumerate(header) if folded(known) == folded(title) != ""]
        if len(found) > 1:
            both = " and ".join(f"'{header[at]}'" for at in found)
            raise InputFault(
                "ambiguous_column",
                f"The mapping file says {name} is '{title}', and in {file} that could be {both}.",
                file=file,
                line=1,
                column=title,
                hint="Write it in the mapping file letter by letter as it stands in the header.",
            )
        if not found:
            if holds_values(header):
                raise no_header(file, 1)
            raise InputFault(
                "unknown_header",
                f"The mapping file says {name} is '{title}', but {file} has no such column"
                f"{did_you_mean(title, header)}",
                file=file,
                line=1,
                column=title,
                hint=f"Its columns are: {', '.join(header)}.",
            )
        positions[name] = found[0]
    return positions


def unknown_header(header: Sequence[str], *, file: str, known: Mapping[str, int] | None = None) -> InputFault:
    """The fault for a header without the needed columns: what was seen, what is nearest, what to do."""
    if holds_values(header):
        return no_header(file, 1)
    report = report_named(MAPPED[0])
    positions = dict(known or {})
    for column in report.columns:
        for position, title in enumerate(header):
            if column.means(title):
                positions.setdefault(column.name, position)
    missing = [column for column in report.columns if column.required and column.name not in positions]
    free = [title for position, title in enumerate(header) if position not in positions.values() and title]
    lines = ["[columns]"]
    for column in report.columns:
        if column.name in positions:
            lines.append(f"{column.name} = {text_value(header[positions[column.name]])}")
            continue
        near = nearest((column.plain, *column.aliases), free, least=0.5 if column.required else 0.65)
        if near or column.required:
            why = "the nearest; check it" if near else "which column is it?"
            lines.append(f"{column.name} = {text_value(near)}  # {column.plain}: {why}")
            free = [title for title in free if title != near]
    wanted = ", ".join(column.plain for column in missing)
    return InputFault(
        "unknown_header",
        f"{file} has no column that poa knows as {wanted}. Its columns are: {', '.join(header)}.",
        file=file,
        line=1,
        hint="Say which columns are meant. On a terminal this asks you:"
        f" poa summary {shlex.quote(file)} --map-out my-map.toml\nOr save these lines as my-map.toml and correct"
        " them. Then run again with --map my-map.toml; in a case, put my-map.toml into its folder inputs.\n\n"
        + "\n".join(lines),
    )


def nearest(names: Sequence[str], titles: Sequence[str], *, least: float) -> str:
    """The title most like one of the names; one that holds a name as a word of its own is likest."""
    scored = [(_likeness(folded(name), title), title) for name in names for title in titles]
    likeness, title = max(scored, default=(0.0, ""))
    return title if likeness >= least else ""


def _likeness(name: str, title: str) -> float:
    if name in {folded(word) for word in re.split(r"[\W_]+", title)}:
        return 1.0
    return SequenceMatcher(None, name, folded(title)).ratio()
