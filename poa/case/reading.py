"""The case file's bytes made a case, or one sentence with file, line and key that says why not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError

from poa.case.followed import check_followed
from poa.case.graph import FaultAt, check_links
from poa.case.model import Case, Cause, Check, Corrective, Evidence, Notice, Part, Preventive, Seller
from poa.errors import CaseFault, did_you_mean
from poa.languages import SPOKEN
from poa.policy.forbidden import confirms_early, retailer_as_supplier
from poa.policy.lookalikes import seen
from poa.policy.retailers import retailer_named
from poa.toml import line_of, read_toml

_HEADINGS: dict[str, type[Part]] = {
    "seller": Seller,
    "notice": Notice,
    "cause": Cause,
    "corrective": Corrective,
    "preventive": Preventive,
    "evidence": Evidence,
    "check": Check,
}
_KNOWN = {*Case.model_fields} | {field for part in _HEADINGS.values() for field in part.model_fields}
_DAYS = {"letter_date", "date", "start", "deadline"}
_LISTS = {
    "own_warehouse": 'own_warehouse = ["Our warehouse"]',
    "answered_apart": 'answered_apart = ["cancellation"]',
    "why": 'why = ["first reason", "reason for that"]',
}
_WANTED = {
    "tuple_type": "is a list of entries: write its heading as [[{key}]]",
    "model_type": "is a heading with entries of its own: write it as [{key}]",
    "string_type": "must be words in quotes",
    "string_too_long": "is longer than 2000 characters",
    "literal_error": "must be 1, the version of the case file",
    "bool_type": 'must be "yes", "no" or empty',
    "float_type": "must be a number, such as 4 or 0.02",
    "int_type": "must be a whole number, such as 4",
    "greater_than_equal": "is smaller than it can be",
    "less_than_equal": "is larger than a year has weeks",
}

_STATING = ("cause", "corrective", "preventive", "evidence")
_NO_STATEMENTS = {"id", "code", "gap", "cause", "evidence", "file"}  # names of causes and files


def read_case(data: bytes, *, name: str) -> Case:
    """The case file, checked: its form, its links, and that it states nothing that must never be stated.

    Raises CaseFault with file, line and key for the first fault.
    """
    values = read_toml(data, name=name, fault=CaseFault)
    try:
        case = Case.model_validate(_with_tuples(values))
    except ValidationError as error:
        raise _fault(error.errors()[0], data, name) from None
    fault_at = faults_in(data, name=name)
    if case.seller.language and case.seller.language not in SPOKEN:
        raise fault_at(
            ["seller", "language"],
            "unknown_language",
            f"poa does not speak '{case.seller.language}'.",
            f"Use one of {', '.join(SPOKEN)}, or leave it empty.",
        )
    for check in (check_links, check_followed, _check_statements):
        check(case, fault_at)
    return case


def faults_in(data: bytes, *, name: str) -> FaultAt:
    """What makes the fault of an entry of a case file: with the file's name, and the line that sets the entry."""

    def fault_at(path: list[str], code: str, message: str, hint: str) -> CaseFault:
        return CaseFault(code, message, file=name, line=_line_in(data, path), column=path[-1], hint=hint)

    return fault_at


def dated(case: Case, today: date | None, *, name: str, planned: bool = False) -> Case:
    """The case with the day of its letter; raises CaseFault for a notice or an action after that day.

    ``planned`` is true where the notice asks what will be done: an action may then lie ahead.
    """
    day = case.letter_date or today
    if day and case.notice.date and case.notice.date > day:
        raise CaseFault(
            "letter_before_notice",
            f"The letter of {day} is dated before the notice of {case.notice.date} that it answers.",
            file=name,
            hint="Correct letter_date, or the date under [notice].",
        )
    dates = [action.date for action in case.corrective if action.date and day and action.date > day]
    if dates and not planned:
        raise CaseFault(
            "action_in_future",
            f"A corrective action is dated {dates[0]}, after the letter of {day}.",
            file=name,
            hint="A corrective action is something already done; what is planned stands under [[preventive]].",
        )
    return case.model_copy(update={"letter_date": day})


def _with_tuples(value: Any) -> Any:
    """Lists as tuples, at every depth; a word in place of a list is left as it is, and refused by name."""
    match value:
        case list():
            return tuple(map(_with_tuples, value))
        case dict():
            return {key: _with_tuples(one) for key, one in value.items()}
        case _:
            return value


def _fault(error: Any, data: bytes, name: str) -> CaseFault:
    path = [str(part) for part in error["loc"]]
    key = next((part for part in reversed(path) if not part.isdigit()), "")
    if error["type"] == "extra_forbidden" and key in _KNOWN and len(path) == 1:
        message = f"'{key}' stands outside its heading, such as [seller] or [[corrective]]."
    elif error["type"] == "extra_forbidden":
        known = _HEADINGS[path[0]].model_fields if len(path) > 1 else _KNOWN
        message = f"'{key}' means nothing in a case file{did_you_mean(key, known)}"
    elif "date" in error["type"] or (error["type"] == "value_error" and key in _DAYS):
        message = f"'{'.'.join(path)}' must be a day such as 2026-11-02."
    elif error["type"] == "tuple_type" and key in _LISTS:
        message = f"'{'.'.join(path)}' is a list of texts: write {_LISTS[key]}."
    elif error["type"] in _WANTED:
        message = f"'{'.'.join(path)}' {_WANTED[error['type']].format(key=key)}."
    else:
        message = f"'{'.'.join(path)}' is not right: {error['msg'][:1].lower()}{error['msg'][1:]}."
    return CaseFault("bad_case", message, file=name, line=_line_in(data, path), column=key)


def _check_statements(case: Case, fault_at: FaultAt) -> None:
    """Raise CaseFault for the first statement that no paper of poa carries (``poa.policy.forbidden``)."""
    for path, text in _stated_texts(case):
        if confirms_early(text):
            raise fault_at(
                path,
                "early_confirmation",
                "This says that shipments are confirmed before the carrier has them. Amazon treats that as"
                " confirmed but not shipped, and closes accounts over it.",
                "Take it out; if it is done, stop it first. Confirm each order when the carrier has it.",
            )
        retailer = (
            retailer_named(seen(_shown_name(text))) if path[-1] == "shown_by" else retailer_as_supplier(text)
        )
        if retailer:
            raise fault_at(
                path,
                "retailer_as_supplier",
                f"{retailer} is a retailer; the drop-shipping policy forbids shipping what another retailer sends.",
                "Do not send a plan that names it. Where the name is a mistake, correct it in your files.",
            )


def _stated_texts(case: Case) -> Iterator[tuple[list[str], str]]:
    """Every text of causes, actions and exhibits, with its place: ``["cause", "0", "statement"]``."""
    for heading in _STATING:
        for at, part in enumerate(getattr(case, heading)):
            for field, value in part:
                if field in _NO_STATEMENTS:
                    continue
                if isinstance(value, str):
                    yield [heading, str(at), field], value
                elif isinstance(value, tuple):
                    for one in value:
                        yield [heading, str(at), field], one


def _shown_name(shown_by: str) -> str:
    """The name in ``supplier: NAME``; what it says of a step or a SKU is no name of a supplier's."""
    kind, parted, name = shown_by.partition(":")
    if not parted:
        return shown_by
    return name if kind.strip().casefold() == "supplier" else ""


def _line_in(data: bytes, path: list[str]) -> int | None:
    """The line that sets a key in the entry that the path names (``corrective.1.date``); None if there is none."""
    key = next((part for part in reversed(path) if not part.isdigit()), "")
    lines = data.splitlines(keepends=True)
    head = re.compile(rb"\s*\[\[?\s*" + re.escape(path[0].encode()) + rb"\s*\]")
    heads = [at for at, line in enumerate(lines) if head.match(line)]
    number = int(path[1]) if len(path) > 1 and path[1].isdigit() else 0
    start = heads[number] if number < len(heads) else 0
    found = line_of(b"".join(lines[start:]), key)
    return found + start if found else None
