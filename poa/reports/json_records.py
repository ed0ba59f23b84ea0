"""JSON answers as rows: every object that a report type calls its record, wherever it stands in the file."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from poa.errors import InputFault
from poa.reports import Report, known_reports
from poa.reports.handed import Handed

JSON_LIMIT = 32 << 20  # bytes; an answer holds at most 100 orders


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A JSON file parsed: the report type that knows it, its text, and the tree."""

    report: Report
    text: str
    tree: Any

    @property
    def goes_on(self) -> bool:
        """Whether more orders exist: another page follows, or the answer is about single orders."""
        listed = re.search(r'"[Oo]rders"\s*:\s*\[', self.text)
        return listed is None or re.search(r'"[Nn]extToken"\s*:\s*"[^"]', self.text) is not None


def parse_json(file: Handed) -> Parsed:
    """Parse and recognise a JSON file; raises InputFault for what is broken, too large or unknown."""
    name = file.name
    with file.open() as stream:
        data = stream.read(JSON_LIMIT + 1)
    if len(data) > JSON_LIMIT:
        raise InputFault(
            "too_large",
            f"{name} has more than {JSON_LIMIT:,} bytes of JSON.",
            file=name,
            hint="Request the orders in pages of 100, as Amazon gives them.",
        )
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
        tree = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputFault(
            "bad_json",
            f"{name} is not valid JSON: {error.msg}.",
            file=name,
            line=error.lineno,
            column=error.colno,
            hint="Save the answer again as it came.",
        ) from None
    except (ValueError, RecursionError):
        raise InputFault(
            "bad_json", f"{name} is not valid JSON.", file=name, hint="Save the answer again as it came."
        ) from None
    for report in known_reports():
        if (
            report.form == "json"
            and f'"{report.record}"' in text
            and next(_records(tree, report), None) is not None
        ):
            return Parsed(report=report, text=text, tree=tree)
    raise InputFault(
        "unknown_header",
        f"{name} is JSON, but no report that poa knows.",
        file=name,
        hint="Known are the seller performance report (V2) and the answers of Amazon's Orders API.",
    )


def json_table(parsed: Parsed, *, name: str) -> tuple[tuple[str, ...], list[list[str]], list[int]]:
    """The columns of the report type that occur, their cells, and the line on which each record stands."""
    report = parsed.report
    assert report.records is not None  # noqa: S101 - a declaration of rows has it
    lines: list[int] = []
    rows: list[Mapping[str, object]] = []
    places = list(_places(parsed.text, report.record))
    numbers: dict[str, list[int]] = {}  # an object that stands nowhere costs no walk through all places
    for number, (value, _) in enumerate(places):
        numbers.setdefault(value, []).append(number)
    at, line = 0, 1
    for record in _records(parsed.tree, report):
        value = record[report.record]
        known = numbers.get(value, []) if isinstance(value, str) else []
        here = bisect_left(known, at)
        if here < len(known):
            at, line = known[here] + 1, places[known[here]][1]
        for row in report.records(record):
            rows.append(row)
            lines.append(line)
    if not rows:
        raise InputFault("no_rows", f"{name} holds no order.", file=name, hint="Request the orders again.")
    columns = [column for column in report.columns if any(row.get(column.name) is not None for row in rows)]
    cells = [[_text(row.get(column.name)) for row in rows] for column in columns]
    return tuple(column.plain for column in columns), cells, lines


def _records(tree: Any, report: Report) -> Iterator[Mapping[str, Any]]:
    """The objects that hold the report's record key and one of the keys beside it, in their order."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if report.record in node and (not report.beside or any(key in node for key in report.beside)):
                yield node
            else:
                waiting += reversed(node.values())
        elif isinstance(node, list):
            waiting += reversed(node)


def _places(text: str, key: str) -> Iterator[tuple[str, int]]:
    """Each value of the key in the text with its line; a parser keeps no lines."""
    line, at = 1, 0
    for found in re.finditer(rf'"{re.escape(key)}"\s*:\s*("(?:[^"\\]|\\.)*")', text):
        line += text.count("\n", at, found.start())
        at = found.start()
        yield json.loads(found[1], strict=False), line


_HALVES = re.compile("[\ud800-\udfff]")  # halves of letters, which no text can hold


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str() | int() | float():
            return _HALVES.sub("\ufffd", str(value))
        case _:
            return ""
