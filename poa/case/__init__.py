"""What only the seller can say: who, when noticed, why, what was done, what is done from now on.

A case file (``case.toml``) holds it; what is missing becomes a question in the draft, word for
word, and a final paper does not exist while one is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from poa.characters import clean
from poa.errors import CaseFault, did_you_mean
from poa.facts import Plain
from poa.toml import line_of, read_toml


def _day(value: object) -> object:
    """A day as the file may write it: bare, in quotes, or left empty."""
    if isinstance(value, str):
        return date.fromisoformat(value.strip()) if value.strip() else None
    return value


Day: TypeAlias = Annotated[date | None, BeforeValidator(_day)]
Words: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Seller(_Part):
    """Who writes: the account's name as Amazon knows it, and its store.

    ``origin`` is the country that the goods come from, ``own_warehouse`` what the files call own stock.
    """

    name: Words | None = None
    marketplace: Words | None = None
    origin: Words | None = None
    own_warehouse: tuple[Words, ...] = ()


class Notice(_Part):
    """What Amazon sent."""

    date: Day = None


class Cause(_Part):
    """A root cause as the seller states it: the gap in the seller's own control."""

    statement: Words | None = None


class Corrective(_Part):
    """Something that was done, on a day that is past, with what proves it."""

    action: Words | None = None
    date: Day = None
    evidence: Words | None = None


class Preventive(_Part):
    """A control from now on: what, who by role, from when, how often, measured by what."""

    control: Words | None = None
    role: Words | None = None
    start: Day = None
    frequency: Words | None = None
    measure: Words | None = None


class Case(_Part):
    """The case file, version 1. ``letter_date`` is the day that stands on the letter."""

    case: Literal[1] = 1
    letter_date: Day = None
    seller: Seller = Field(default_factory=Seller)
    notice: Notice = Field(default_factory=Notice)
    cause: tuple[Cause, ...] = ()
    corrective: tuple[Corrective, ...] = ()
    preventive: tuple[Preventive, ...] = ()


QUESTIONS = {
    "letter_date": "Which date shall the letter carry?",
    "seller.name": "What is the seller's name, as Amazon shows it?",
    "notice.date": "On which day did Amazon's notice arrive?",
    "cause": "Root cause: which step in your own work let these orders be confirmed late?",
    "cause.statement": "Root cause: which step in your own work let these orders be confirmed late?",
    "corrective": "What have you already done about these orders and their cause?",
    "corrective.action": "What was done?",
    "corrective.date": "On which day was this done?",
    "corrective.evidence": "Which document or record shows it?",
    "preventive": "Which control keeps this from happening again?",
    "preventive.control": "Which control is it?",
    "preventive.role": "Which role carries this out?",
    "preventive.start": "From which day?",
    "preventive.frequency": "How often?",
    "preventive.measure": "Which figure shows that it works, and what is its target?",
}


_DAYS = {"letter_date", "date", "start"}
_WANTED = {
    "tuple_type": "is a list of entries: write its heading as [[{key}]]",
    "model_type": "is a heading with entries of its own: write it as [{key}]",
    "string_type": "must be words in quotes",
    "string_too_long": "is longer than 2000 characters",
    "literal_error": "must be 1, the version of the case file",
}


def read_case(data: bytes, *, name: str) -> Case:
    """The case file, checked; raises CaseFault with file, line and key for the first fault."""
    values = read_toml(data, name=name, fault=CaseFault)
    try:
        case = Case.model_validate(_with_tuples(values))
    except ValidationError as error:
        raise _fault(error.errors()[0], data, name) from None
    return dated(case, None, name=name)


def dated(case: Case, today: date | None, *, name: str) -> Case:
    """The case with the day of its letter; raises CaseFault for a notice or an action after that day."""
    day = case.letter_date or today
    if day and case.notice.date and case.notice.date > day:
        raise CaseFault(
            "letter_before_notice",
            f"The letter of {day} is dated before the notice of {case.notice.date} that it answers.",
            file=name,
            hint="Correct letter_date, or the date under [notice].",
        )
    dates = [action.date for action in case.corrective if action.date and day and action.date > day]
    if dates:
        raise CaseFault(
            "action_in_future",
            f"A corrective action is dated {dates[0]}, after the letter of {day}.",
            file=name,
            hint="A corrective action is something already done; what is planned stands under [[preventive]].",
        )
    return case.model_copy(update={"letter_date": day})


def _with_tuples(values: dict[str, Any]) -> dict[str, Any]:
    """Lists as tuples, under headings too; a word in place of a list is left as it is, and refused by name."""
    return {
        key: tuple(value)
        if isinstance(value, list)
        else _with_tuples(value)
        if isinstance(value, dict)
        else value
        for key, value in values.items()
    }


def _fault(error: Any, data: bytes, name: str) -> CaseFault:
    path = [str(part) for part in error["loc"]]
    key = next((part for part in reversed(path) if not part.isdigit()), "")
    known = {part.rsplit(".", 1)[-1] for part in QUESTIONS} | {
        "case",
        "seller",
        "notice",
        "marketplace",
        "origin",
        "own_warehouse",
    }
    if error["type"] == "extra_forbidden" and key in known and len(path) == 1:
        message = f"'{key}' stands outside its heading, such as [seller] or [[corrective]]."
    elif error["type"] == "extra_forbidden":
        message = f"'{key}' means nothing in a case file{did_you_mean(key, known)}"
    elif "date" in error["type"] or (error["type"] == "value_error" and key in _DAYS):
        message = f"'{'.'.join(path)}' must be a day such as 2026-11-02."
    elif error["type"] == "tuple_type" and key == "own_warehouse":
        message = "'seller.own_warehouse' is a list of names: write own_warehouse = [\"Our warehouse\"]."
    elif error["type"] in _WANTED:
        message = f"'{'.'.join(path)}' {_WANTED[error['type']].format(key=key)}."
    else:
        message = f"'{'.'.join(path)}' is not right: {error['msg'][:1].lower()}{error['msg'][1:]}."
    return CaseFault("bad_case", message, file=name, line=_line(data, path, key), column=key)


def _line(data: bytes, path: list[str], key: str) -> int | None:
    """The line that sets ``key`` in the entry that the path names: each [[corrective]] has a date."""
    lines = data.splitlines(keepends=True)
    head = re.compile(rb"\s*\[\[?\s*" + re.escape(path[0].encode()) + rb"\s*\]")
    heads = [at for at, line in enumerate(lines) if head.match(line)]
    number = int(path[1]) if len(path) > 1 and path[1].isdigit() else 0
    start = heads[number] if number < len(heads) else 0
    found = line_of(b"".join(lines[start:]), key)
    return found + start if found else None


def template_data(case: Case) -> dict[str, Plain]:
    """The case as plain data: each field is ``{"fact", "value", "question"}``, days with ``kind``."""
    return {
        "letter_date": _field("letter_date", case.letter_date),
        "seller": {"name": _field("seller.name", case.seller.name)},
        "notice": {"date": _field("notice.date", case.notice.date)},
        "cause": _list("cause", case.cause),
        "corrective": _list("corrective", case.corrective),
        "preventive": _list("preventive", case.preventive),
        "question": {
            key: text for key, text in QUESTIONS.items() if key in {"cause", "corrective", "preventive"}
        },
    }


def open_questions(case: Case) -> tuple[str, ...]:
    """Every question that the case does not answer, in the order of the papers, each once."""
    return tuple(dict.fromkeys(_open(template_data(case))))


def statements(case: Case) -> dict[str, Plain]:
    """What the seller says, by the id under which the papers cite it."""
    return dict(_stated(template_data(case)))


def _stated(value: Plain) -> Iterator[tuple[str, Plain]]:
    match value:
        case {"fact": str(fact), "value": stated} if stated is not None:
            yield fact, stated
        case dict():
            for part in value.values():
                yield from _stated(part)
        case list():
            for part in value:
                yield from _stated(part)


def _open(value: Plain) -> Iterator[str]:
    match value:
        case {"value": None, "question": str(question)}:
            yield question
        case dict():
            asked = value.get("question")
            for key, part in value.items():
                empty = part == [] and isinstance(asked, dict)
                yield from [str(asked[key])] if empty and isinstance(asked, dict) else _open(part)
        case list():
            for part in value:
                yield from _open(part)


def _list(name: str, parts: tuple[_Part, ...]) -> Plain:
    return [
        {field: _field(f"{name}.{number}.{field}", value) for field, value in part}
        for number, part in enumerate(parts)
    ]


def _field(path: str, value: str | date | None) -> Plain:
    key = ".".join(part for part in path.split(".") if not part.isdigit())
    day = isinstance(value, date)
    stated: Plain = (
        value.isoformat() if isinstance(value, date) else (clean(value) or None if value else None)
    )
    field: dict[str, Plain] = {"fact": f"case.{path}", "value": stated, "question": QUESTIONS[key]}
    if day:
        field["kind"] = "day"
    return field


def _sentence(key: str, value: str) -> str | None:
    """A statement on one line: a whole text ends as a sentence, a part of one without a full stop."""
    words = clean(value)
    if key == "cause.statement":
        return f"{words}." if words[-1:].isalnum() else words or None
    return words.removesuffix(".") or None
